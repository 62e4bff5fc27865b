// Brevier — tests: the small parts of the PDF output.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "output/deflate.h"
#include "output/pdf.h"
#include "output/pdf_cff.h"
#include "output/pdf_write.h"
#include "output/pdf_xref.h"

#include <zlib.h>

static void test_pdf_write__dates(void **state)
{
    static const struct {
        long long seconds;
        const char *iso;
        const char *pdf;
    } cases[] = {
        { 0, "1970-01-01T00:00:00+00:00", "D:19700101000000+00'00'" },
        { 951782400, "2000-02-29T00:00:00+00:00", "D:20000229000000+00'00'" },
        { 4107542399, "2100-02-28T23:59:59+00:00", "D:21000228235959+00'00'" },
        { 4107542400, "2100-03-01T00:00:00+00:00", "D:21000301000000+00'00'" },
        { 1735689599, "2024-12-31T23:59:59+00:00", "D:20241231235959+00'00'" },
        { 9000000000000, "9999-12-31T23:59:59+00:00", "D:99991231235959+00'00'" },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_buf *out = brv_buf_new_in(f->arena);
        brv_pdf_add_date_iso(out, cases[i].seconds);
        assert_str(brv_buf_str(out), cases[i].iso);
        brv_buf_clear(out);
        brv_pdf_add_date(out, cases[i].seconds);
        assert_str(brv_buf_str(out), cases[i].pdf);
    }
}

static void test_pdf_write__text_strings(void **state)
{
    static const char *const cases[][2] = {
        { "", "()" },
        { "plain", "(plain)" },
        { "a(b)c\\", "(a\\(b\\)c\\\\)" },
        { "caf\u00E9", "<FEFF00630061006600E9>" },
        { "\U0001F600", "<FEFFD83DDE00>" },
        { "\x1B", "<FEFF001B>" },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_buf *out = brv_buf_new_in(f->arena);
        brv_pdf_add_text(out, brv_str_from_cstr(cases[i][0]));
        assert_str(brv_buf_str(out), cases[i][1]);
    }
}

// Readers must accept 32,767 bytes; a longer text is cut at a character.
static void test_pdf_write__long_text_is_cut(void **state)
{
    struct fixture *f = *state;
    struct brv_buf *text = brv_buf_new_in(f->arena);
    for (int i = 0; i < 20000; i++)
        brv_buf_add_cstr(text, "\u20AC");
    struct brv_buf *out = brv_buf_new_in(f->arena);
    brv_pdf_add_text(out, brv_buf_str(text));
    assert_true((out->len - 2) / 2 <= 32767);
    assert_true((out->len - 2) % 4 == 0);
    assert_true(brv_str_ends_with(brv_buf_str(out), BRV_S("20AC>")));
}

static void test_pdf_metadata__language_tags(void **state)
{
    static const char *const good[] = { "en", "de-AT", "zh-Hant-TW", "x-own", "sl-rozaj-1994" };
    static const char *const bad[] = { "",     "e",   "en_US",          "en-", "-en", "12",
                                       "en (", "a-b", "toolonglanguage" };
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(good); i++)
        assert_true(brv_pdf_is_language(brv_str_from_cstr(good[i])));
    for (size_t i = 0; i < BRV_COUNT(bad); i++)
        assert_false(brv_pdf_is_language(brv_str_from_cstr(bad[i])));
}

// Header, Name INDEX "A", a Top DICT with ROS and a charset, then the charset: CIDs 5–7 and 100.
static const unsigned char cff_table[] = {
    1,   0,   4,   1,                             // header of 4 bytes
    0,   1,   1,   1,  2,  'A',                   // Name INDEX
    0,   1,   1,   1,  9,                         // Top DICT INDEX, one object of 8 bytes
    139, 139, 139, 12, 30, 139 + 23, 15,  139,    // ROS; charset at 23
    2,   0,   5,   0,  2,  0,        100, 0,   0, // charset of format 2
};

static void test_pdf_cff__charset_gives_cids(void **state)
{
    struct fixture *f = *state;
    brv_str table = { (const char *)cff_table, sizeof cff_table };
    const uint16_t *cids = brv_pdf_cff_cids(f->arena, table, 5);
    assert_non_null(cids);
    static const uint16_t wanted[] = { 0, 5, 6, 7, 100 };
    assert_memory_equal(cids, wanted, sizeof wanted);
}

static void test_pdf_cff__damage_is_no_charset(void **state)
{
    struct fixture *f = *state;
    // Cut anywhere, it has no charset of four glyphs.
    for (size_t len = 0; len < sizeof cff_table; len++) {
        char *copy = brv_arena_alloc(f->arena, len);
        memcpy(copy, cff_table, len);
        assert_null(brv_pdf_cff_cids(f->arena, (brv_str){ copy, len }, 5));
    }
    // Changed anywhere, it is read without harm.
    for (size_t i = 0; i < sizeof cff_table; i++)
        for (int value = 0; value < 256; value += 5) {
            char *copy = brv_arena_alloc(f->arena, sizeof cff_table);
            memcpy(copy, cff_table, sizeof cff_table);
            copy[i] = (char)value;
            (void)brv_pdf_cff_cids(f->arena, (brv_str){ copy, sizeof cff_table }, 5);
        }
}

static unsigned long read_number(const unsigned char *at)
{
    return (unsigned long)at[0] << 24 | (unsigned long)at[1] << 16 | (unsigned long)at[2] << 8 |
           at[3];
}

// The matrix of sRGB under D50 is well known; its columns sum to the white.
static void test_pdf_profile__is_srgb(void **state)
{
    static const double wanted[3][3] = { { 0.4361, 0.2225, 0.0139 },
                                         { 0.3851, 0.7169, 0.0971 },
                                         { 0.1431, 0.0606, 0.7141 } };
    struct fixture *f = *state;
    struct brv_buf *out = brv_buf_new_in(f->arena);
    brv_pdf_profile_add(out, NULL, false);
    const unsigned char *bytes = (const unsigned char *)out->ptr;
    assert_int_equal(read_number(bytes), out->len);
    assert_memory_equal(bytes + 36, "acsp", 4);
    for (size_t i = 0; i < 3; i++) {
        const unsigned char *tag = bytes + 132 + 12 * (3 + i);
        assert_memory_equal(tag, &"rXYZgXYZbXYZ"[4 * i], 4);
        const unsigned char *data = bytes + read_number(tag + 4);
        assert_memory_equal(data, "XYZ ", 4);
        for (size_t j = 0; j < 3; j++) {
            double value = (double)read_number(data + 8 + 4 * j) / 65536;
            assert_true(value > wanted[i][j] - 0.0002 && value < wanted[i][j] + 0.0002);
        }
    }
}

// Rows are told by what differs from the row above.
static void test_pdf_xref__rows(void **state)
{
    static const struct brv_pdf_xref_entry entries[] = {
        { BRV_PDF_XREF_FREE, 0, UINT16_MAX },
        { BRV_PDF_XREF_OFFSET, 0x01020304, 0 },
        { BRV_PDF_XREF_PACKED, 0x01020305, 7 },
        { BRV_PDF_XREF_PACKED, 0x01020305, 8 },
    };
    static const char rows[] = "\2\0\0\0\0\0\377\377"
                               "\2\1\1\2\3\4\1\1"
                               "\2\1\0\0\0\1\0\7"
                               "\2\0\0\0\0\0\0\1";
    struct fixture *f = *state;
    struct brv_buf *out = brv_buf_new_in(f->arena);
    brv_pdf_xref_add(out, entries, BRV_COUNT(entries));
    assert_int_equal(out->len, sizeof rows - 1);
    assert_memory_equal(out->ptr, rows, sizeof rows - 1);
}

static size_t count_of(brv_str bytes, brv_str needle)
{
    size_t count = 0;
    for (size_t at = brv_str_find(bytes, 0, needle); at < bytes.len;
         at = brv_str_find(bytes, at + needle.len, needle))
        count++;
    return count;
}

// Small objects stand in packs, streams by themselves, and a second file, which a worker helps to
// write, has the same bytes: of short streams, long ones, and more than are ever under way at once.
static void test_pdf_object__packs(void **state)
{
    enum { OBJECTS = 1000, STREAMS = 200 };
    struct fixture *f = *state;
    struct brv_worker *workers[2] = { NULL, brv_worker_new(f->arena) };
    struct brv_buf *files[2];
    struct brv_buf *long_stream = brv_buf_new_in(f->arena);
    brv_buf_add_repeated(long_stream, 'x', 3 << 20);
    for (size_t n = 0; n < BRV_COUNT(files); n++) {
        files[n] = brv_buf_new_in(f->arena);
        brv_buf_add_cstr(files[n], "what stands before");
        struct brv_pdf_file *file = brv_pdf_file_new(f->arena, workers[n], files[n]);
        for (int i = 0; i < OBJECTS; i++)
            brv_pdf_file_put(file, brv_pdf_file_reserve(file), BRV_S("/Type/StructElem/S/P"));
        for (size_t i = 0; i < STREAMS; i++) {
            brv_str bytes = brv_buf_str(long_stream);
            bytes.len = i % 50 == 49 ? bytes.len : i * i;
            brv_pdf_file_put_stream(
                file, brv_pdf_file_reserve(file), BRV_S("/Kind/Many"), bytes, BRV_PDF_DEFLATE);
        }
        brv_pdf_file_put_stream(
            file, brv_pdf_file_reserve(file), BRV_S("/Kind/Plain"), BRV_S("(text)"), BRV_PDF_PLAIN);
        brv_pdf_file_put(file, brv_pdf_file_catalog(file), BRV_S(""));
        brv_pdf_file_put(file, brv_pdf_file_page_root(file), BRV_S("/Kids[]/Count 0"));
        brv_pdf_file_put(file, brv_pdf_file_info(file), BRV_S(""));
        assert_int_equal(brv_pdf_file_finish(file, &f->sink), BRV_OK);
    }
    brv_str bytes = brv_buf_str(files[0]);
    assert_true(brv_str_equal(bytes, brv_buf_str(files[1])));
    assert_int_equal(count_of(bytes, BRV_S("/Type/ObjStm/N 200/")), OBJECTS / 200);
    assert_int_equal(count_of(bytes, BRV_S("/Type/ObjStm/N 3/")), 1);
    assert_int_equal(count_of(bytes, BRV_S("/StructElem")), 0);
    assert_int_equal(count_of(bytes, BRV_S("/Kind/Plain/Length 6\n")), 1);
    assert_int_equal(count_of(bytes, BRV_S("\nstream\n(text)\nendstream\nendobj\n")), 1);
    assert_int_equal(count_of(bytes, BRV_S("/Kind/Many/Length ")), STREAMS);
    assert_true(bytes.len < 60000);
}

// A number that was had and not used is a fault of the program, which leaves no file.
static void test_pdf_object__unfilled(void **state)
{
    struct fixture *f = *state;
    struct brv_buf *out = brv_buf_new_in(f->arena);
    struct brv_pdf_file *file = brv_pdf_file_new(f->arena, NULL, out);
    (void)brv_pdf_file_reserve(file);
    assert_int_equal(brv_pdf_file_finish(file, &f->sink), BRV_FAILED);
    assert_int_equal(out->len, 0);
    assert_int_equal(f->sink.counts[BRV_ERROR], 1);
}

static void test_deflate__comes_back(void **state)
{
    struct fixture *f = *state;
    struct brv_deflater *packer = brv_deflater_new(BRV_DEFLATE_ZLIB);
    struct brv_buf *text = brv_buf_new_in(f->arena);
    uint64_t seed = 7;
    for (size_t round = 0; round < 40; round++) {
        struct brv_buf *packed = brv_buf_new_in(f->arena);
        brv_deflate(packer, brv_buf_str(text), packed);
        uLongf len = (uLongf)text->len + 1;
        char *back = brv_arena_alloc(f->arena, len);
        assert_int_equal(
            uncompress((Bytef *)back, &len, (const Bytef *)packed->ptr, (uLong)packed->len), Z_OK);
        assert_true(brv_str_equal(brv_buf_str(text), (brv_str){ back, len }));
        for (size_t i = 0; i < round * 50; i++)
            brv_buf_add_byte(text, (char)(random_next(&seed) >> 40));
    }
    brv_deflater_free(packer);
}

// Whatever the figures, the three colours together are the white of all profiles; grey has a curve.
static void test_pdf_profile__figures(void **state)
{
    static const struct brv_image_calibration wide = {
        .gamma = 1.8F,
        .white = { 0.3127F, 0.329F },
        .red = { 0.64F, 0.33F },
        .green = { 0.21F, 0.71F },
        .blue = { 0.15F, 0.06F },
    };
    static const double white[3] = { 0.9642, 1, 0.8249 };
    struct fixture *f = *state;
    struct brv_buf *out = brv_buf_new_in(f->arena);
    brv_pdf_profile_add(out, &wide, false);
    const unsigned char *bytes = (const unsigned char *)out->ptr;
    for (size_t j = 0; j < 3; j++) {
        double sum = 0;
        for (size_t i = 3; i < 6; i++)
            sum += (double)read_number(bytes + read_number(bytes + 132 + 12 * i + 4) + 8 + 4 * j);
        assert_float_equal(sum / 65536, white[j], 0.0001);
    }

    brv_buf_clear(out);
    brv_pdf_profile_add(out, &wide, true);
    bytes = (const unsigned char *)out->ptr;
    assert_int_equal(read_number(bytes), out->len);
    const unsigned char *tag = bytes + 132 + 12 * 3;
    assert_memory_equal(tag, "kTRC", 4);
    const unsigned char *middle = bytes + read_number(tag + 4) + 12 + 2 * 128;
    double light = (double)(middle[0] << 8 | middle[1]) / 65535;
    assert_float_equal(light, 0.2892, 0.001); // 128/255 to the power of 1.8
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_pdf_write__dates),
        TEST(test_pdf_write__text_strings),
        TEST(test_pdf_write__long_text_is_cut),
        TEST(test_pdf_metadata__language_tags),
        TEST(test_pdf_cff__charset_gives_cids),
        TEST(test_pdf_cff__damage_is_no_charset),
        TEST(test_pdf_profile__is_srgb),
        TEST(test_pdf_xref__rows),
        TEST(test_pdf_object__packs),
        TEST(test_pdf_object__unfilled),
        TEST(test_deflate__comes_back),
        TEST(test_pdf_profile__figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
