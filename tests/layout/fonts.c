// Brevier — tests of font choice and shaping.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/file.h"
#include "layout/shape.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct brv_font_request request_of(const brv_str *family, int weight,
                                          enum brv_font_style style)
{
    return (struct brv_font_request){
        .families = { family, 1, BRV_STRINGS_SET },
        .weight = weight,
        .style = style,
        .stretch_percent = 100,
        .lang = BRV_S("en"),
    };
}

struct match_case {
    const char *family;
    int weight;
    enum brv_font_style style;
    const char *want;
};

static const struct match_case match_cases[] = {
    { "Noto Serif", 400, BRV_FONT_NORMAL, "NotoSerif-Regular" },
    { "noto serif", 700, BRV_FONT_NORMAL, "NotoSerif-Bold" },
    { "Noto Serif", 600, BRV_FONT_ITALIC, "NotoSerif-BoldItalic" },
    { "serif", 400, BRV_FONT_NORMAL, "NotoSerif-Regular" },
    { "sans-serif", 400, BRV_FONT_ITALIC, "NotoSans-Italic" },
    { "monospace", 400, BRV_FONT_NORMAL, "NotoSansMono-Regular" },
    { "DejaVu Sans Mono", 700, BRV_FONT_NORMAL, "DejaVuSansMono-Bold" },
    // its bold face says that it weighs 400, too
    { "Noto Serif Myanmar", 400, BRV_FONT_NORMAL, "NotoSerifMyanmar-Regular" },
    { "Noto Serif Myanmar", 700, BRV_FONT_NORMAL, "NotoSerifMyanmar-Bold" },
    // what is not installed falls to a serif
    { "No Such Family", 400, BRV_FONT_NORMAL, "NotoSerif-Regular" },
};

static void test_primary(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    for (size_t i = 0; i < BRV_COUNT(match_cases); i++) {
        brv_str family = brv_str_from_cstr(match_cases[i].family);
        struct brv_font_request request =
            request_of(&family, match_cases[i].weight, match_cases[i].style);
        const struct brv_face *face = brv_fonts_primary(fonts, &request, &fixture->sink);
        assert_non_null(face);
        assert_str(face->postscript_name, match_cases[i].want);
        assert_true(face->units_per_em >= 16);
        assert_true(face->ascent > 0 && face->descent < 0);
        assert_ptr_equal(face, brv_fonts_primary(fonts, &request, &fixture->sink));
    }
    assert_int_equal(fixture->sink.kept, 0);
}

struct fallback_case {
    uint32_t codepoint;
    const char *lang;
    const char *want;
};

static const struct fallback_case fallback_cases[] = {
    { 'a', "en", "Noto Serif" },
    { 0x0416, "en", "Noto Serif" },
    { 0x05D0, "en", "Noto Serif Hebrew" },
    { 0x0905, "en", "Noto Serif Devanagari" },
    { 0x0E01, "en", "Noto Serif Thai" },
    { 0x4E2D, "zh", "Noto Serif CJK SC" },
    { 0x4E2D, "zh-TW", "Noto Serif CJK TC" },
    { 0x4E2D, "ja", "Noto Serif CJK JP" },
    { 0x4E2D, "ko-KR", "Noto Serif CJK KR" },
};

static void test_fallback(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    brv_str family = BRV_S("Noto Serif");
    for (size_t i = 0; i < BRV_COUNT(fallback_cases); i++) {
        struct brv_font_request request = request_of(&family, 400, BRV_FONT_NORMAL);
        request.lang = brv_str_from_cstr(fallback_cases[i].lang);
        const struct brv_face *face =
            brv_fonts_for_codepoint(fonts, &request, fallback_cases[i].codepoint);
        assert_non_null(face);
        assert_str(face->family, fallback_cases[i].want);
    }
}

static void test_fallback_never_takes_colour_or_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    brv_str family = BRV_S("Noto Sans");
    struct brv_font_request request = request_of(&family, 400, BRV_FONT_NORMAL);
    const struct brv_face *emoji = brv_fonts_for_codepoint(fonts, &request, 0x1F600);
    assert_non_null(emoji);
    assert_false(brv_str_is(emoji->family, "Noto Color Emoji"));
    assert_null(brv_fonts_for_codepoint(fonts, &request, 0x10FFFD));
}

static void test_list_is_sorted(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_fonts_list(brv_fonts_new(fixture->arena, (brv_str){ 0 }), out);
    brv_str text = brv_buf_str(out);
    brv_str previous = { 0 };
    size_t lines = 0;
    for (size_t at = 0; at < text.len; lines++) {
        size_t end = brv_str_find_byte(text, at, '\n');
        brv_str line = brv_str_slice(text, at, end);
        brv_str family = brv_str_slice(line, 0, brv_str_find_byte(line, 0, ','));
        assert_true(brv_str_compare(previous, family) <= 0);
        previous = family;
        at = end + 1;
    }
    assert_true(lines > 10);
}

// What the user's fontconfig rejects is not there; a file that is broken says nothing.
static void test_user_rejects_fonts(void **state)
{
    static const struct {
        const char *config;
        const char *want;
    } rows[] = {
        { "<fontconfig><selectfont><rejectfont><glob>*/NotoSerif-*</glob></rejectfont></selectfont>"
          "</fontconfig>",
          "NotoSansMono-Regular" },
        { "<fontconfig><selectfont>", "NotoSerif-Regular" },
    };
    struct fixture *fixture = *state;
    const char *before = getenv("XDG_CONFIG_HOME");
    (void)mkdir(BRV_SCRATCH_DIR "/user", 0755); // there from an earlier run, or made now
    (void)mkdir(BRV_SCRATCH_DIR "/user/fontconfig", 0755);
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        FILE *file = fopen(BRV_SCRATCH_DIR "/user/fontconfig/fonts.conf", "w");
        assert_non_null(file);
        fputs(rows[i].config, file);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(setenv("XDG_CONFIG_HOME", BRV_SCRATCH_DIR "/user", 1), 0);
        const brv_str families[] = { BRV_S("Noto Serif"), BRV_S("Noto Sans Mono") };
        struct brv_font_request request = request_of(families, 400, BRV_FONT_NORMAL);
        request.families.count = 2;
        const struct brv_face *face = brv_fonts_primary(
            brv_fonts_new(fixture->arena, (brv_str){ 0 }), &request, &fixture->sink);
        assert_str(face->postscript_name, rows[i].want);
    }
    if (before)
        setenv("XDG_CONFIG_HOME", before, 1);
    else
        unsetenv("XDG_CONFIG_HOME");
}

static struct brv_shape_request shape_request(struct fixture *fixture, struct brv_fonts *fonts,
                                              const char *text)
{
    brv_str family = BRV_S("Noto Serif");
    struct brv_font_request request = request_of(&family, 400, BRV_FONT_NORMAL);
    return (struct brv_shape_request){
        .face = brv_fonts_primary(fonts, &request, &fixture->sink),
        .text = brv_str_from_cstr(text),
        .script = HB_SCRIPT_LATIN,
        .lang = BRV_S("en"),
    };
}

static void test_shape_is_cached(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    struct brv_shaper *shaper = brv_shaper_new(fixture->arena);
    struct brv_shape_request request = shape_request(fixture, fonts, "office");
    const struct brv_shaped *first = brv_shape(shaper, fixture->arena, &request);
    assert_ptr_equal(first, brv_shape(shaper, fixture->arena, &request));
    assert_true(first->advance > 0);
    request.no_ligatures = true;
    const struct brv_shaped *apart = brv_shape(shaper, fixture->arena, &request);
    assert_ptr_not_equal(first, apart);
    assert_int_equal(apart->count, 6);
    for (uint32_t i = 0; i < apart->count; i++) {
        assert_int_equal(apart->glyphs[i].cluster, i);
    }
}

static void check_ahead(struct fixture *fixture, struct brv_worker *worker)
{
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    struct brv_shape_request texts[] = {
        shape_request(
            fixture, fonts, "The office of the first well-known affair, \u201cno\u201d less."),
        shape_request(fixture, fonts, ""),
        shape_request(fixture, fonts, "- -- office-wide "),
    };
    struct brv_shaper *plain = brv_shaper_new(fixture->arena);
    struct brv_shaper *shaper = brv_shaper_new(fixture->arena);
    struct brv_shape_ahead *ahead = brv_shaper_begin_ahead(shaper, worker, texts, BRV_COUNT(texts));
    assert_non_null(ahead);
    assert_null(brv_shaper_begin_ahead(shaper, worker, texts, BRV_COUNT(texts)));
    static const char *const words[] = { "office", "well-", "known", "affair,", "wide", "other" };
    for (size_t i = 0; i < BRV_COUNT(words); i++) {
        struct brv_shape_request request = shape_request(fixture, fonts, words[i]);
        const struct brv_shaped *got = brv_shape(shaper, fixture->arena, &request);
        const struct brv_shaped *want = brv_shape(plain, fixture->arena, &request);
        assert_int_equal(got->count, want->count);
        assert_int_equal(got->advance, want->advance);
        assert_memory_equal(got->glyphs, want->glyphs, want->count * sizeof *want->glyphs);
        if (i == 2) {
            brv_shape_ahead_end(ahead);
        }
    }
    assert_null(brv_shaper_begin_ahead(plain, worker, texts, BRV_COUNT(texts)));
}

// What the worker shapes is what layout would have got, however far it came.
static void test_shape_ahead(void **state)
{
    struct fixture *fixture = *state;
    check_ahead(fixture, NULL);
    struct brv_arena *arena = brv_arena_new();
    struct brv_worker *worker = brv_worker_new(arena);
    for (int i = 0; i < 20; i++) {
        check_ahead(fixture, worker);
    }
    brv_arena_free(arena);
}

// Words that no document asks for any more are forgotten; those that one does stay as they were.
static void test_shape_cache_is_bounded(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    struct brv_shaper *shaper = brv_shaper_new(fixture->arena);
    struct brv_shape_request office = shape_request(fixture, fonts, "office");
    struct brv_shaped wanted = *brv_shape(shaper, fixture->arena, &office);
    const struct brv_shaped_glyph *glyphs =
        memcpy(BRV_NEW_ARRAY(fixture->arena, struct brv_shaped_glyph, wanted.count),
               wanted.glyphs,
               wanted.count * sizeof *glyphs);
    for (unsigned document = 0; document < 100; document++) {
        brv_shaper_trim(shaper);
        for (unsigned i = 0; i < 500; i++) {
            struct brv_shape_request request = office;
            request.text = brv_arena_printf(fixture->arena, "w%u", document * 500 + i);
            const struct brv_shaped *shaped = brv_shape(shaper, fixture->arena, &request);
            assert_ptr_equal(shaped, brv_shape(shaper, fixture->arena, &request));
        }
        const struct brv_shaped *again = brv_shape(shaper, fixture->arena, &office);
        assert_int_equal(again->count, wanted.count);
        assert_int_equal(again->advance, wanted.advance);
        assert_memory_equal(again->glyphs, glyphs, wanted.count * sizeof *glyphs);
        assert_true(brv_shaper_bytes(shaper) < 4 << 20);
    }
}

static void test_shape_missing_is_a_mark(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    struct brv_shaper *shaper = brv_shaper_new(fixture->arena);
    struct brv_shape_request request = shape_request(fixture, fonts, "\U0010FFFD");
    request.is_missing = true;
    const struct brv_shaped *shaped = brv_shape(shaper, fixture->arena, &request);
    assert_int_equal(shaped->count, 1);
    assert_true(shaped->advance > 0);
}

static void copy_font(struct fixture *fixture, const char *from, const char *to)
{
    brv_str path = brv_path_join(
        fixture->arena, BRV_S("/usr/share/fonts/truetype/noto"), brv_str_from_cstr(from));
    brv_str bytes;
    assert_int_equal(
        brv_file_read(fixture->arena, path, 8 << 20, BRV_CODE_INPUT, &bytes, &fixture->sink),
        BRV_OK);
    path = brv_path_join(fixture->arena, BRV_S(BRV_SCRATCH_DIR), brv_str_from_cstr(to));
    assert_int_equal(brv_file_write(path, bytes, &fixture->sink), BRV_OK);
}

static const struct brv_face *face_under(struct fixture *fixture, const char *css)
{
    return rig_run(&rig_markdown(fixture, BRV_S("text"), css)->pages[0], 0)->face;
}

static void test_declared_font(void **state)
{
    struct fixture *fixture = *state;
    copy_font(fixture, "NotoSansMono-Bold.ttf", "house.ttf");
    copy_font(fixture, "NotoSerif-Italic.ttf", "slanted.ttf");
    const char *css = "@font-face { font-family: House; src: url(gone.ttf), url(house.ttf) }"
                      "@font-face { font-family: House; font-style: italic; src: url(slanted.ttf) }"
                      "@font-face { font-family: Local; src: local(\"Noto Sans Bold\") }"
                      "p { font-family: House, serif }";
    const struct brv_face *face = face_under(fixture, css);
    assert_str(face->postscript_name, "NotoSansMono-Bold");
    assert_int_equal(face->weight, 400); // as declared
    face = face_under(fixture,
                      brv_arena_printf(fixture->arena, "%s p { font-style: italic }", css).ptr);
    assert_str(face->postscript_name, "NotoSerif-Italic");
    face = face_under(fixture,
                      brv_arena_printf(fixture->arena, "%s p { font-family: Local }", css).ptr);
    assert_str(face->postscript_name, "NotoSans-Bold");
    assert_null(fixture->sink.first);
}

static void test_declared_font_that_is_none(void **state)
{
    struct fixture *fixture = *state;
    brv_str path = brv_path_join(fixture->arena, BRV_S(BRV_SCRATCH_DIR), BRV_S("broken.ttf"));
    assert_int_equal(brv_file_write(path, BRV_S("OTTO but no font"), &fixture->sink), BRV_OK);
    const char *css = "@font-face { font-family: House; src: url(broken.ttf) }"
                      "@font-face { font-family: Out; src: url(../out.ttf) }"
                      "p { font-family: House, Out, \"Noto Serif\" }";
    assert_str(face_under(fixture, css)->postscript_name, "NotoSerif-Regular");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 2);
    assert_str(sink_message(&fixture->sink, 0),
               "no source of the font \"House\" is a font with outlines that can be read");
    assert_non_null(fixture->sink.first->span.source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_primary),
        TEST(test_fallback),
        TEST(test_fallback_never_takes_colour_or_nothing),
        TEST(test_list_is_sorted),
        TEST(test_user_rejects_fonts),
        TEST(test_shape_is_cached),
        TEST(test_shape_ahead),
        TEST(test_shape_cache_is_bounded),
        TEST(test_shape_missing_is_a_mark),
        TEST(test_declared_font),
        TEST(test_declared_font_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
