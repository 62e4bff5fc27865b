// Brevier — tests of pictures: what is read of them, and that no broken one gets through.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "load/image.h"
#include "load/image_inflate.h"
#include "picture_load.h"
#include "pictures.h"
#include <zlib.h>

// ---- what is read

static void test_png_kinds(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        unsigned color_type, bits;
        const char *before;
        enum brv_image_color color;
        bool has_alpha;
    } kinds[] = {
        { 0, 1, NULL, BRV_IMAGE_GRAY, false },
        { 0, 2, "tRNS:2", BRV_IMAGE_GRAY, true },
        { 0, 4, NULL, BRV_IMAGE_GRAY, false },
        { 0, 8, "gAMA:4 tEXt:9", BRV_IMAGE_GRAY, false },
        { 0, 16, NULL, BRV_IMAGE_GRAY, false },
        { 2, 8, "PLTE:30", BRV_IMAGE_RGB, false },
        { 2, 16, "tRNS:6", BRV_IMAGE_RGB, true },
        { 3, 1, "PLTE:6", BRV_IMAGE_PALETTE, false },
        { 3, 2, "PLTE:3", BRV_IMAGE_PALETTE, false },
        { 3, 4, "PLTE:48 tRNS:16", BRV_IMAGE_PALETTE, true },
        { 3, 8, "PLTE:768 tRNS:1", BRV_IMAGE_PALETTE, true },
        { 4, 8, NULL, BRV_IMAGE_GRAY, true },
        { 4, 16, NULL, BRV_IMAGE_GRAY, true },
        { 6, 8, NULL, BRV_IMAGE_RGB, true },
        { 6, 16, NULL, BRV_IMAGE_RGB, true },
    };
    static const uint32_t sizes[][2] = { { 1, 1 }, { 3, 2 }, { 9, 17 }, { 40, 5 } };
    for (size_t i = 0; i < BRV_COUNT(kinds); i++) {
        for (size_t k = 0; k < BRV_COUNT(sizes) * 2; k++) {
            const struct png_spec spec = {
                .width = sizes[k / 2][0],
                .height = sizes[k / 2][1],
                .bits = kinds[i].bits,
                .color_type = kinds[i].color_type,
                .before = kinds[i].before,
                .is_interlaced = k % 2,
                .part_bytes = (unsigned)(i % 3) * 5,
                .level = (int)k - 1,
            };
            struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
            png_build(bytes, &spec);
            const struct brv_image *image = picture_load(fixture, bytes);
            assert_non_null(image);
            assert_int_equal(image->format, BRV_IMAGE_PNG);
            assert_int_equal(image->color, kinds[i].color);
            assert_int_equal(image->bits, spec.bits);
            assert_int_equal(image->has_alpha, kinds[i].has_alpha);
            assert_int_equal(image->is_interlaced, spec.is_interlaced);
            assert_int_equal(image->width_px, spec.width);
            assert_int_equal(image->height_px, spec.height);
        }
    }
}

static void test_png_resolution(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *data;
        float dpi_x;
    } rows[] = {
        { "\0\0\x2E\x23\0\0\x2E\x23\1", 300 }, // 11811 per metre
        { "\0\0\x2E\x23\0\0\x2E\x23\0", 96 },  // a ratio only
        { "\0\0\0\0\0\0\0\0\1", 96 },
        { "\xFF\xFF\xFF\xFF\0\0\0\1\1", 96 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
        struct brv_buf *plain = brv_buf_new_in(fixture->arena);
        png_build(plain, &(struct png_spec){ .width = 3, .height = 3, .bits = 8 });
        enum { AFTER_HEADER = 8 + 25 };
        brv_buf_add(bytes, plain->ptr, AFTER_HEADER);
        png_add_chunk(bytes, "pHYs", (brv_str){ rows[i].data, 9 });
        brv_buf_add(bytes, plain->ptr + AFTER_HEADER, plain->len - AFTER_HEADER);
        const struct brv_image *image = picture_load(fixture, bytes);
        assert_non_null(image);
        assert_float_equal(image->dpi_x, rows[i].dpi_x, 0.1F);
    }
}

static void test_jpeg_kinds(void **state)
{
    struct fixture *fixture = *state;
    static const char *const spaces[] = { "", "GRAY", "", "RGB ", "CMYK" };
    for (unsigned components = 1; components <= 4; components++) {
        if (components == 2) {
            continue;
        }
        struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
        jpeg_build(bytes,
                   &(struct jpeg_spec){ .across = 3,
                                        .down = 2,
                                        .components = components,
                                        .is_adobe = components == 4,
                                        .density = 150,
                                        .icc = icc_profile(fixture->arena, spaces[components]),
                                        .icc_parts = components });
        const struct brv_image *image = picture_load(fixture, bytes);
        assert_non_null(image);
        assert_int_equal(image->format, BRV_IMAGE_JPEG);
        assert_int_equal(image->color,
                         components == 1   ? BRV_IMAGE_GRAY
                         : components == 3 ? BRV_IMAGE_RGB
                                           : BRV_IMAGE_CMYK);
        assert_int_equal(image->width_px, 24);
        assert_int_equal(image->height_px, 16);
        assert_int_equal(image->is_inverted, components == 4);
        assert_int_equal(image->icc.len, 132);
        assert_float_equal(brv_image_width_pt(image), 11.52F, 0.01F);
        assert_null(fixture->sink.first);
    }
}

static void test_orientation(void **state)
{
    struct fixture *fixture = *state;
    for (unsigned i = 0; i <= 9; i++) {
        struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
        brv_str exif = exif_block(fixture->arena, i, i % 2);
        jpeg_build(bytes,
                   &(struct jpeg_spec){ .across = 2, .down = 1, .components = 1, .exif = exif });
        const struct brv_image *image = picture_load(fixture, bytes);
        assert_non_null(image);
        unsigned want = i >= 1 && i <= 8 ? i : 1;
        assert_int_equal(image->orientation, want);
        assert_float_equal(brv_image_width_pt(image), want >= 5 ? 6 : 12, 0.01F);
        // Cut anywhere, the block says less and breaks nothing.
        for (size_t len = 0; len < exif.len; len++) {
            struct brv_buf *cut = brv_buf_new_in(fixture->arena);
            jpeg_build(
                cut,
                &(struct jpeg_spec){
                    .across = 2, .down = 1, .components = 1, .exif = brv_str_slice(exif, 0, len) });
            assert_non_null(picture_load(fixture, cut));
        }
    }
}

static void test_bad_profiles(void **state)
{
    struct fixture *fixture = *state;
    brv_str gray = icc_profile(fixture->arena, "GRAY");
    char *link = brv_arena_cstr(fixture->arena, gray);
    memcpy(link + 12, "link", 4); // from device to device
    brv_str odd = { link, gray.len };
    const struct {
        struct jpeg_spec spec;
        const char *message;
    } rows[] = {
        { { 1, 1, 1, .icc = gray, .icc_parts = 3, .icc_missing = 2 }, "not whole" },
        { { 1, 1, 1, .icc = gray, .icc_parts = 3, .icc_missing = 3 }, "not whole" },
        { { 1, 1, 1, .icc = brv_str_slice(gray, 0, 100) }, "not whole" },
        { { 1, 1, 3, .icc = gray }, "for other colours" },
        { { 1, 1, 1, .icc = odd }, "few programs know" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
        jpeg_build(bytes, &rows[i].spec);
        const struct brv_image *image = picture_load(fixture, bytes);
        assert_non_null(image);
        assert_int_equal(image->icc.len, 0);
        brv_str message = sink_message(&fixture->sink, 0);
        assert_true(brv_str_find(message, 0, brv_str_from_cstr(rows[i].message)) < message.len);
    }
}

// ---- what is refused

static void test_png_faults(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        struct png_spec spec;
        const char *want;
    } rows[] = {
        { { 8, 8, 8, 2, .claimed_width = 100000 }, "fewer than its header says" },
        { { 8, 40000, 8, 2, .claimed_width = 40000 }, "at most 40000000 are allowed" },
        { { 8, 8, 8, 2, .claimed_width = 0x80000000 }, "at most" },
        { { 0, 8, 8, 2, .before = NULL }, "it is 0 by 8 pixels large" },
        { { 8, 8, 8, 2, .pixel_bytes = -1 }, "fewer than its header says" },
        { { 8, 8, 8, 2, .pixel_bytes = 1 }, "more than its header says" },
        { { 8, 8, 8, 2, .pixel_bytes = 50000000, .level = 9 }, "more than its header says" },
        { { 8, 8, 8, 2, .is_interlaced = true, .pixel_bytes = -1 }, "fewer than" },
        { { 8, 8, 8, 2, .filter = 5 }, "unknown filter" },
        { { 8, 8, 8, 3, .before = NULL }, "has no palette" },
        { { 8, 8, 3, 0, .before = NULL }, "do not go together" },
        { { 8, 8, 16, 3, .before = "PLTE:3" }, "do not go together" },
        { { 8, 8, 4, 2, .before = NULL }, "do not go together" },
        { { 8, 8, 1, 3, .before = "PLTE:9" }, "no possible number" },
        { { 8, 8, 8, 3, .before = "PLTE:4" }, "no possible number" },
        { { 8, 8, 8, 3, .before = "PLTE:0" }, "no possible number" },
        { { 8, 8, 8, 2, .before = "PLTE:771" }, "no possible number" },
        { { 8, 8, 8, 3, .before = "PLTE:3 PLTE:3" }, "no palette may" },
        { { 8, 8, 8, 0, .before = "PLTE:3" }, "the picture is grey" },
        { { 8, 8, 8, 3, .before = "tRNS:1 PLTE:3" }, "does not fit" },
        { { 8, 8, 8, 3, .before = "PLTE:3 tRNS:2" }, "does not fit" },
        { { 8, 8, 8, 6, .before = "tRNS:6" }, "does not fit" },
        { { 8, 8, 8, 0, .before = "tRNS:3" }, "does not fit" },
        { { 8, 8, 8, 0, .before = "NEWX:3" }, "not to be passed over" },
        { { 8, 8, 8, 0, .before = "IHDR:13" }, "not to be passed over" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
        png_build(bytes, &rows[i].spec);
        picture_check_refused(fixture, bytes, rows[i].want);
    }
}

static void test_png_structure(void **state)
{
    struct fixture *fixture = *state;
    const struct png_spec spec = { .width = 30, .height = 9, .bits = 8, .part_bytes = 7 };
    struct brv_buf *whole = brv_buf_new_in(fixture->arena);
    png_build(whole, &spec);
    assert_non_null(picture_load(fixture, whole));
    // Every truncation, every byte changed: only what no output reads may change unseen.
    for (size_t len = 0; len < whole->len; len++) {
        struct brv_buf cut = { .ptr = whole->ptr, .len = len };
        assert_null(picture_load(fixture, &cut));
    }
    for (size_t at = 0; at < whole->len; at++) {
        char was = whole->ptr[at];
        for (unsigned bit = 0; bit < 8; bit++) {
            whole->ptr[at] = (char)(was ^ (1 << bit));
            assert_null(picture_load(fixture, whole));
        }
        whole->ptr[at] = was;
    }
    // The same with right checksums: no crash, and a message.
    for (size_t at = 16; at < whole->len; at++) {
        struct brv_buf *changed = brv_buf_new_in(fixture->arena);
        brv_buf_add_str(changed, brv_buf_str(whole));
        changed->ptr[at] = (char)(changed->ptr[at] ^ 0x11);
        png_sign(changed);
        picture_load(fixture, changed);
    }
    struct brv_buf *parted = brv_buf_new_in(fixture->arena);
    png_add_start(parted);
    png_add_chunk(parted, "IDAT", BRV_S("x"));
    picture_check_refused(fixture, parted, "a header of 13 bytes");
}

static void test_foreign(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        brv_str bytes;
        const char *want;
    } rows[] = {
        { BRV_S_INIT("GIF89a\1\0"), "it is a GIF" },
        { BRV_S_INIT("RIFF\4\0\0\0WEBPVP8 "), "it is a WebP image" },
        { BRV_S_INIT("BM\x3A\0\0\0"), "it is a BMP image" },
        { BRV_S_INIT("II*\0\x08\0\0\0"), "it is a TIFF image" },
        { BRV_S_INIT("MM\0*\0\0\0\x08"), "it is a TIFF image" },
        { BRV_S_INIT("%PDF-1.4\n"), "it is a PDF file" },
        { BRV_S_INIT("<?xml version=\"1.0\"?>\n<svg xmlns=\"\"/>"), "it is an SVG drawing" },
        { BRV_S_INIT("\0\0\0\x1C"
                     "ftypavif"),
          "it is an AVIF image" },
        { BRV_S_INIT(""), "it is empty" },
        { BRV_S_INIT("hello"), "it is no picture" },
        { BRV_S_INIT("\x89PNG\n\x1A\n"), "damaged, as by a transfer of text" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf bytes = { .ptr = (char *)(uintptr_t)rows[i].bytes.ptr,
                                 .len = rows[i].bytes.len };
        picture_check_refused(fixture, &bytes, rows[i].want);
    }
    struct brv_limits limits = brv_limits_default();
    limits.image_bytes = 4;
    assert_null(brv_image_load(
        fixture->arena, BRV_S("x"), BRV_S("GIF89"), &limits, brv_span_none(), &fixture->sink));
    assert_int_equal(fixture->sink.last->code, BRV_CODE_LIMIT);
}

// ---- inflating

struct taken {
    const uint8_t *want;
    size_t at, len;
};

static bool compare(void *user, const uint8_t *bytes, size_t len)
{
    struct taken *taken = user;
    assert_true(taken->len - taken->at >= len);
    assert_memory_equal(bytes, taken->want + taken->at, len);
    taken->at += len;
    return true;
}

static bool pass(void *user, const uint8_t *bytes, size_t len)
{
    size_t *total = user;
    (void)bytes;
    *total += len;
    return *total < (1 << 24);
}

// Bytes with repeats near and far, so that all kinds of codes come up.
static void fill(uint8_t *bytes, size_t len, unsigned alphabet, uint64_t seed)
{
    for (size_t i = 0; i < len;) {
        uint64_t r = random_next(&seed);
        size_t back = 1 + (r >> 8) % 40000;
        size_t run = 1 + (r >> 40) % 300;
        if (r % 3 == 0 && back <= i) {
            for (; run > 0 && i < len; run--, i++)
                bytes[i] = bytes[i - back];
        } else {
            bytes[i++] = (uint8_t)((r >> 24) % alphabet);
        }
    }
}

static void test_inflate(void **state)
{
    (void)state;
    enum { LEN = 150000 };
    static uint8_t bytes[LEN];
    static uint8_t packed[LEN + 4096];
    static const int strategies[] = { Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE };
    for (int round = 0; round < 40; round++) {
        size_t len = round < 4 ? (size_t)round : (size_t)(LEN / (round % 7 + 1));
        fill(bytes, len, round % 5 == 0 ? 2 : 256u >> round % 8, (uint64_t)round + 1);
        z_stream stream = { 0 };
        assert_int_equal(
            deflateInit2(&stream, round % 10, Z_DEFLATED, 15, 8, strategies[round % 4]), Z_OK);
        stream.next_in = bytes;
        stream.avail_in = (uInt)len;
        stream.next_out = packed;
        stream.avail_out = sizeof packed;
        assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
        size_t used = stream.total_out;
        deflateEnd(&stream);
        brv_str parts[3] = { { (char *)packed, used / 3 },
                             { NULL, 0 },
                             { (char *)packed + used / 3, used - used / 3 } };
        struct taken taken = { bytes, 0, len };
        assert_null(brv_inflate(parts, 3, compare, &taken));
        assert_int_equal(taken.at, len);
        size_t total = 0;
        for (size_t cut = 0; cut < used; cut += used / 50 + 1) {
            parts[0] = (brv_str){ (char *)packed, cut };
            assert_non_null(brv_inflate(parts, 1, pass, &total));
        }
        // Changed anywhere, it ends, and is right only if zlib agrees.
        for (size_t at = 0; at < used; at += used / 30 + 1) {
            packed[at] ^= 0x24;
            parts[0] = (brv_str){ (char *)packed, used };
            total = 0;
            const char *fault = brv_inflate(parts, 1, pass, &total);
            uLongf out_len = LEN;
            static uint8_t out[LEN];
            int status = uncompress(out, &out_len, packed, (uLong)used);
            assert_int_equal(fault == NULL, status == Z_OK);
            packed[at] ^= 0x24;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_png_kinds),     TEST(test_png_resolution), TEST(test_jpeg_kinds),
        TEST(test_orientation),   TEST(test_bad_profiles),   TEST(test_png_faults),
        TEST(test_png_structure), TEST(test_foreign),        TEST(test_inflate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
