// Brevier — tests of what a PNG file says of its colours: profiles, gamma, the three colours.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "load/image.h"
#include "pictures.h"

#include <zlib.h>

enum { GRAY = 0, RGB = 2, AFTER_HEADER = 8 + 25 };

// A small picture with some chunks after its header, loaded: there is nothing to refuse in it.
static const struct brv_image *load_with(struct fixture *fixture, unsigned color_type,
                                         const struct brv_buf *chunks)
{
    const struct brv_limits limits = brv_limits_default();
    struct brv_buf *plain = brv_buf_new_in(fixture->arena);
    struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
    png_build(plain,
              &(struct png_spec){ .width = 3, .height = 3, .bits = 8, .color_type = color_type });
    brv_buf_add(bytes, plain->ptr, AFTER_HEADER);
    brv_buf_add_str(bytes, brv_buf_str(chunks));
    brv_buf_add(bytes, plain->ptr + AFTER_HEADER, plain->len - AFTER_HEADER);
    fixture->sink = brv_sink_init(fixture->arena);
    const struct brv_image *image = brv_image_load(
        fixture->arena, BRV_S("x"), brv_buf_str(bytes), &limits, brv_span_none(), &fixture->sink);
    assert_non_null(image);
    return image;
}

static void add_numbers(struct brv_buf *out, const char *type, const uint32_t *numbers,
                        size_t count)
{
    char bytes[32];
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < 4; k++)
            bytes[4 * i + k] = (char)(numbers[i] >> (24 - 8 * k));
    png_add_chunk(out, type, (brv_str){ bytes, 4 * count });
}

static brv_str packed_profile(struct brv_arena *arena, brv_str profile)
{
    uLongf len = compressBound((uLong)profile.len);
    char *bytes = brv_arena_alloc(arena, len + 3);
    memcpy(bytes, "p\0\0", 3);
    assert_int_equal(
        compress((Bytef *)bytes + 3, &len, (const Bytef *)profile.ptr, (uLong)profile.len), Z_OK);
    return (brv_str){ bytes, len + 3 };
}

static void test_profile_is_kept(void **state)
{
    struct fixture *fixture = *state;
    for (unsigned color_type = GRAY; color_type <= RGB; color_type += RGB) {
        brv_str profile = icc_profile(fixture->arena, color_type == GRAY ? "GRAY" : "RGB ");
        struct brv_buf *chunks = brv_buf_new_in(fixture->arena);
        add_numbers(chunks, "gAMA", (uint32_t[]){ 100000 }, 1); // the profile knows better
        png_add_chunk(chunks, "iCCP", packed_profile(fixture->arena, profile));
        const struct brv_image *image = load_with(fixture, color_type, chunks);
        assert_true(brv_str_equal(image->icc, profile));
        assert_true(image->calibration.gamma <= 0);
        assert_null(fixture->sink.first);
    }
}

static void test_bad_profiles_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    brv_str right = packed_profile(fixture->arena, icc_profile(fixture->arena, "RGB "));
    brv_str other = packed_profile(fixture->arena, icc_profile(fixture->arena, "GRAY"));
    char *method = brv_arena_cstr(fixture->arena, right);
    method[2] = 1;
    char *huge = brv_arena_alloc(fixture->arena, 16 << 20);
    const struct {
        brv_str data;
        const char *message;
    } rows[] = {
        { other, "for other colours" },
        { brv_str_slice(right, 0, right.len - 5), "not whole" },
        { brv_str_slice(right, 0, 2), "not whole" },
        { BRV_S("no zero at all"), "not whole" },
        { { method, right.len }, "not whole" },
        { { "", 0 }, "not whole" },
        { packed_profile(fixture->arena, (brv_str){ huge, 16 << 20 }), "not whole" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf *chunks = brv_buf_new_in(fixture->arena);
        png_add_chunk(chunks, "iCCP", rows[i].data);
        assert_int_equal(load_with(fixture, RGB, chunks)->icc.len, 0);
        brv_str message = sink_message(&fixture->sink, 0);
        assert_true(brv_str_find(message, 0, brv_str_from_cstr(rows[i].message)) < message.len);
        assert_int_equal(fixture->sink.counts[BRV_WARNING], 1);
    }
}

static void test_calibration(void **state)
{
    struct fixture *fixture = *state;
    static const uint32_t srgb[8] = { 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000 };
    static const uint32_t adobe[8] = { 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000 };
    static const uint32_t line[8] = { 31270, 32900, 10000, 10000, 20000, 20000, 30000, 30000 };
    static const uint32_t outside[8] = { 70000, 20000, 64000, 33000, 30000, 60000, 15000, 6000 };
    static const uint32_t huge[8] = { 31270, 32900, 4000000000, 33000, 30000, 60000, 15000, 6000 };
    static const uint32_t black[8] = { 0 };
    static const struct {
        uint32_t gamma;
        const uint32_t *gamut;
        bool is_srgb;
        float want; // 0: none
        float green_x;
    } rows[] = {
        { 45455, NULL, false, 0, 0 },       { 45455, srgb, false, 0, 0 },
        { 45000, srgb, false, 0, 0 },       { 100000, NULL, false, 1, 0.3F },
        { 55556, srgb, false, 1.8F, 0.3F }, { 45455, adobe, false, 2.2F, 0.21F },
        { 45455, adobe, true, 0, 0 },       { 0, adobe, false, 0, 0 }, // no gamma, no meaning
        { 1, NULL, false, 0, 0 },           { 4294967295, NULL, false, 0, 0 },
        { 100000, line, false, 1, 0.3F },   { 100000, outside, false, 1, 0.3F },
        { 100000, huge, false, 1, 0.3F },   { 100000, black, false, 1, 0.3F },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf *chunks = brv_buf_new_in(fixture->arena);
        if (rows[i].gamut)
            add_numbers(chunks, "cHRM", rows[i].gamut, 8);
        if (rows[i].gamma > 0)
            add_numbers(chunks, "gAMA", &rows[i].gamma, 1);
        if (rows[i].is_srgb)
            png_add_chunk(chunks, "sRGB", (brv_str){ "\0", 1 });
        const struct brv_image *image = load_with(fixture, RGB, chunks);
        assert_float_equal(image->calibration.gamma, rows[i].want, 0.001F);
        assert_float_equal(image->calibration.green[0], rows[i].green_x, 0.001F);
        assert_null(fixture->sink.first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_profile_is_kept),
        TEST(test_bad_profiles_are_left_out),
        TEST(test_calibration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
