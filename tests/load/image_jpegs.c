// Brevier — tests of JPEG pictures that are broken: tables, scans, passes, segments.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "picture_load.h"
#include "pictures.h"

// The scan is taken at its word only when a decoder would get through it.
static void test_jpeg_pixels(void **state)
{
    struct fixture *fixture = *state;
    static const uint8_t samples[] = { 10, 240, 10, 240, 10, 240 };
    const struct jpeg_spec spec = { 3, 2, 1, .samples = samples };
    struct brv_buf *whole = brv_buf_new_in(fixture->arena);
    jpeg_build(whole, &spec);
    assert_non_null(picture_load(fixture, whole));
    brv_str bytes = brv_buf_str(whole);
    const size_t scan = brv_str_find(bytes, 0, BRV_S("\xFF\xDA")) + 10;
    const size_t tables = brv_str_find(bytes, 0, BRV_S("\xFF\xC4"));
    assert_true(scan + 4 < bytes.len && tables < scan);

    struct brv_buf *bad = brv_buf_new_in(fixture->arena);
    brv_buf_add_str(bad, brv_str_slice(bytes, 0, scan));
    brv_buf_add_str(bad, brv_str_slice(bytes, bytes.len - 3, bytes.len));
    picture_check_refused(fixture, bad, "its coded pixels end early");
    brv_buf_clear(bad);
    brv_buf_add_str(bad, brv_str_slice(bytes, 0, bytes.len - 2));
    brv_buf_add_repeated(bad, '\0', 4);
    brv_buf_add_str(bad, BRV_S("\xFF\xD9"));
    picture_check_refused(fixture, bad, "there is more than its pixels need");
    brv_buf_clear(bad);
    brv_buf_add_str(bad, brv_str_slice(bytes, 0, scan));
    brv_buf_add_repeated(bad, '\xEE', 8); // a code of ones alone is none
    brv_buf_add_str(bad, BRV_S("\xFF\xD9"));
    picture_check_refused(fixture, bad, "its coded pixels make no sense");
    brv_buf_clear(bad);
    brv_buf_add_str(bad, bytes);
    bad->ptr[tables + 1] = '\xFE'; // a comment
    picture_check_refused(fixture, bad, "a scan uses a Huffman table that is not there");
    brv_buf_clear(bad);
    brv_buf_add_str(bad, bytes);
    bad->ptr[scan - 5]++;
    picture_check_refused(fixture, bad, "a scan is of a component that is not there");
}

// The passes of a progressive picture: what a later one has depends on what the first ones found.
static void test_jpeg_passes(void **state)
{
    struct fixture *fixture = *state;
    enum { MOST = 5 };
#define FIRST                                                                                      \
    {                                                                                              \
        0, 0, 0, 0, "0000 0000 0000"                                                               \
    }
    static const struct {
        const char *want; // NULL: whole
        struct jpeg_pass passes[MOST];
    } rows[] = {
        { NULL, { FIRST } },
        { NULL, { { 0, 0, 0, 1, "0001 1 0000 0000" }, { 0, 0, 1, 0, "101" } } },
        // A run over two blocks and a block of one coefficient after a zero; over three.
        { NULL, { FIRST, { 1, 5, 0, 0, "0001 0  0011 1 0000" } } },
        { NULL, { FIRST, { 1, 63, 0, 0, "0001 1" } } },
        // One coefficient is found in each of two blocks; each has a bit more, on the way to a new
        // one or in a run.
        { NULL,
          { FIRST,
            { 1, 5, 0, 1, "0010 1 0000  0011 1 0000  0000" },
            { 1, 5, 1, 0, "0011 1 1  0001 0  0  0000" } } },
        { NULL,
          { FIRST,
            { 1, 5, 0, 1, "0010 1 0000  0011 1 0000  0000" },
            { 1, 5, 1, 0, "0001 1 1 0" } } },
        // Sixteen zeros, and the two coefficients that lie among them.
        { NULL,
          { FIRST,
            { 1, 30, 0, 1, "0010 1 0010 1 0000  0001 0" },
            { 1, 30, 1, 0, "0100 10 0010 1 0000  0001 0" } } },
        { "its coded pixels end early",
          { FIRST,
            { 1, 30, 0, 1, "0010 1 0010 1 0000  0001 0" },
            { 1, 30, 1, 0, "0100 10 0010 1 0000  0011 1 0100 0000" } } },
        { "there is more than its pixels need",
          { FIRST, { 1, 5, 0, 0, "0001 1 00000000 00000000 00000000 00000000" } } },
        { "its coded pixels make no sense", { FIRST, { 1, 2, 0, 0, "0010 1 0011 1 0000" } } },
        { "its coded pixels make no sense", { FIRST, { 1, 5, 0, 0, "0000 0000 0001 1" } } },
        { "its coded pixels make no sense", { FIRST, { 1, 5, 0, 0, "1111 1111 1111 1111" } } },
        { "its coded pixels make no sense",
          { FIRST, { 1, 2, 0, 1, "0001 1" }, { 1, 2, 1, 0, "0010 1 0011 1 0000 0000" } } },
        { "a scan does not follow", { FIRST, FIRST } },
        { "a scan does not follow", { { 0, 0, 1, 0, "000" } } },
        { "a scan does not follow", { { 0, 5, 0, 0, "0001 1" } } },
        { "a scan does not follow", { FIRST, { 5, 1, 0, 0, "0001 1" } } },
        { "a scan does not follow", { FIRST, { 1, 64, 0, 0, "0001 1" } } },
        { "a scan does not follow", { FIRST, { 1, 5, 0, 14, "0001 1" } } },
        { "a scan does not follow", { FIRST, { 1, 5, 0, 2, "0001 1" }, { 1, 5, 2, 0, "0001 1" } } },
        { "a scan does not follow", { FIRST, { 1, 5, 0, 2, "0001 1" }, { 1, 6, 2, 1, "0001 1" } } },
        { "lacks the pixels of a colour component", { { 1, 5, 0, 0, "0001 1" } } },
    };
#undef FIRST
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        size_t count = 0;
        while (count < MOST && rows[i].passes[count].bits)
            count++;
        struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
        jpeg_build_passes(bytes, 3, 1, rows[i].passes, count);
        if (rows[i].want)
            picture_check_refused(fixture, bytes, rows[i].want);
        else
            assert_non_null(picture_load(fixture, bytes));
    }
    enum { MANY = 300, EACH = 5 }; // each coefficient by itself, bit by bit
    struct jpeg_pass many[MANY];
    for (unsigned i = 0; i < MANY; i++) {
        unsigned k = i / EACH, step = i % EACH;
        many[i] = (struct jpeg_pass){
            .from = (uint8_t)k,
            .to = (uint8_t)k,
            .bits_before = (uint8_t)(step > 0 ? EACH - step : 0),
            .bits_to_come = (uint8_t)(EACH - 1 - step),
            .bits = "0000",
        };
    }
    struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
    jpeg_build_passes(bytes, 1, 1, many, MANY);
    picture_check_refused(fixture, bytes, "too many scans");
}

static void test_jpeg_faults(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        struct jpeg_spec spec;
        const char *want;
    } rows[] = {
        { { 1, 1, 3, .frame_marker = 0xC9 }, "arithmetic-coded" },
        { { 1, 1, 3, .frame_marker = 0xC3 }, "lossless or hierarchical" },
        { { 1, 1, 3, .frame_marker = 0xCC }, "arithmetic-coded" },
        { { 1, 1, 3, .precision = 12 }, "12 bits" },
        { { 1, 1, 2, .density = 0 }, "2 colour components" },
        { { 1, 0, 3, .density = 0 }, "8 by 0 pixels" },
        { { 8000, 8000, 1, .density = 0 }, "at most 40000000" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
        struct jpeg_spec spec = rows[i].spec;
        bool is_huge = spec.across > 1000;
        jpeg_build(bytes, &(struct jpeg_spec){ 0 });
        brv_buf_clear(bytes);
        if (is_huge) { // only the header is
            brv_buf_add(bytes, "\xFF\xD8\xFF\xC0\0\x0B\x08\xFA\0\xFA\0\1\1\x11\0", 15);
        } else {
            jpeg_build(bytes, &spec);
        }
        picture_check_refused(fixture, bytes, rows[i].want);
    }
    struct brv_buf *whole = brv_buf_new_in(fixture->arena);
    jpeg_build(whole,
               &(struct jpeg_spec){ .across = 3,
                                    .down = 3,
                                    .components = 3,
                                    .density = 72,
                                    .is_adobe = true,
                                    .exif = exif_block(fixture->arena, 6, true),
                                    .icc = icc_profile(fixture->arena, "RGB ") });
    assert_non_null(picture_load(fixture, whole));
    for (size_t len = 0; len < whole->len; len++) {
        struct brv_buf cut = { .ptr = whole->ptr, .len = len };
        assert_null(picture_load(fixture, &cut));
    }
    for (size_t at = 0; at < whole->len; at++) { // no crash, one error at most
        char was = whole->ptr[at];
        for (unsigned bit = 0; bit < 8; bit++) {
            whole->ptr[at] = (char)(was ^ (1 << bit));
            picture_load(fixture, whole);
        }
        whole->ptr[at] = was;
    }
    static const struct {
        brv_str bytes;
        const char *want;
    } broken[] = {
        { BRV_S_INIT("\xFF\xD8\xFF\xE1\0\0"), "shorter than its own length" },
        { BRV_S_INIT("\xFF\xD8\xFF\xE1\0\1"), "shorter than its own length" },
        { BRV_S_INIT("\xFF\xD8\xFF\xE1\0\x09"), "ends early" },
        { BRV_S_INIT("\xFF\xD8\xFF\xFF\xFF\xFF"), "ends early" },
        { BRV_S_INIT("\xFF\xD8\xFF\xD9"), "has no pixels" },
        { BRV_S_INIT("\xFF\xD8\xFF\x44\0\2"), "of no known kind" },
        { BRV_S_INIT("\xFF\xD8\xFF\xDF\0\2"), "of no known kind" },
        { BRV_S_INIT("\xFF\xD8\xFF\xF0\0\2"), "of no known kind" },
        { BRV_S_INIT("\xFF\xD8\xFF\xD8\xFF\xD9"), "where none may" },
        { BRV_S_INIT("\xFF\xD8\xFF\xDA\0\2\xFF\xD9"), "does not fit the frame" },
        { BRV_S_INIT("\xFF\xD8\xFF\xC4\0\3\x55"), "Huffman table" },
        { BRV_S_INIT("\xFF\xD8\xFF\xDB\0\3\x55"), "quantization table" },
        { BRV_S_INIT("\xFF\xD8\xFF\xE0\0\2x"), "no segment begins" },
    };
    for (size_t i = 0; i < BRV_COUNT(broken); i++) {
        struct brv_buf bytes = { .ptr = (char *)(uintptr_t)broken[i].bytes.ptr,
                                 .len = broken[i].bytes.len };
        picture_check_refused(fixture, &bytes, broken[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_jpeg_pixels),
        TEST(test_jpeg_passes),
        TEST(test_jpeg_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
