// Brevier — tests of where lines may end within a text: what UAX 14 says of what reports hold, and
// our own additions. And of bidirectional levels, as they come out in runs.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/direction.h"
#include "base/utf8.h"
#include "base/width.h"
#include "layout/breaks.h"

#include <fribidi.h>
#include <hb.h>
#include <linebreak.h>

// The text with "÷" wherever a line may end, but for its end.
static const char *const break_cases[] = {
    "one ÷two ÷three",
    "one  ÷two",
    "well-÷known",
    "end.) ÷Next",
    "“quoted” ÷text",
    "e.g. ÷this, ÷that; ÷more: ÷last!",
    "10 ÷000",
    "10\u00A0000",      // a space that holds
    "foot\u2060note",   // a joiner
    "zero\u200B÷width", // a space of no width
    "a—÷b",
    "a ÷—÷b",
    "1–÷2",
    "and/÷or",
    "24/7",
    "12:30",
    "3.14159",
    "-5 ÷degrees",
    "$5 ÷or ÷5$ ÷or ÷5 ÷%",
    "(a) ÷[b] ÷{c}",
    "f(x)",
    // our own
    "UTC+3",
    "UTC+3; ÷then",
    "100% ÷or ÷N%",
    "US$5",
    "C:\\Users\\Public",
    "\\\\server\\share",
    "run ÷-o ÷out ÷--strict",
    "(-x)",
    "https://example.org/path/to",
    "ftp://a",
    "a ÷client-÷helper",
    "the ÷client-helper.exe ÷in /opt/two-part/x",
    "part-÷way ÷x_y-z ÷me-too@a-b.example",
    "Q3-÷plan: ÷12:30-ish, ÷end-÷of.",
    // Chinese, Japanese, Korean
    "漢÷字",
    "漢÷字。",
    "「漢÷字」",
    "ア÷ッ÷プ",
    "한÷국 ÷어",
    // pictographs and flags break like ideographs
    "😀÷😀",
    "ok ÷😀",
    // Thai without a dictionary stays whole
    "ภาษาไทย",
    // Hebrew and Arabic
    "שלום ÷עולם",
    "مرحبا ÷بك",
};

static void test_breaks(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(break_cases); i++) {
        brv_str want = brv_str_from_cstr(break_cases[i]);
        struct brv_buf *plain = brv_buf_new_in(fixture->arena);
        for (size_t at = 0; at < want.len;) {
            size_t start = at;
            if (brv_utf8_next(want, &at) != 0xF7) {
                brv_buf_add(plain, want.ptr + start, at - start);
            }
        }
        brv_str text = brv_buf_str(plain);
        size_t count;
        const bool *breaks = brv_breaks_find(fixture->arena, text, BRV_S("en"), &count);
        struct brv_buf *got = brv_buf_new_in(fixture->arena);
        size_t index = 0;
        for (size_t at = 0; at < text.len; index++) {
            size_t start = at;
            brv_utf8_next(text, &at);
            brv_buf_add(got, text.ptr + start, at - start);
            if (breaks[index] && at < text.len) {
                brv_buf_add_cstr(got, "÷");
            }
        }
        assert_int_equal(index, count);
        if (!brv_str_equal(brv_buf_str(got), want)) {
            fail_msg("want %s, got %" BRV_STR_F, break_cases[i], BRV_STR_ARG(brv_buf_str(got)));
        }
    }
}

// What is asked of libunibreak for a part of the text only, against what it says of all of it.
static void test_breaks_are_those_of_the_library(void **state)
{
    static const uint32_t alphabet[] = {
        'a',    'b',    'c',    'X',    'Y',    'Z',   'a',   'b',  ' ',    ' ',   '7',
        ';',    ',',    '(',    ')',    '"',    '!',   '?',   '\'', '[',    0x301, 0xA0,
        0x200B, 0x2060, 0x4E00, 0x3042, 0x3001, 0x5D0, 0x627, 0xE9, 0xAC00,
    };
    struct fixture *fixture = *state;
    uint64_t seed = 5;
    init_linebreak();
    for (int turn = 0; turn < 20000; turn++) {
        char bytes[64];
        size_t len = 0;
        while (len < 40) {
            uint32_t c = alphabet[random_next(&seed) % BRV_COUNT(alphabet)];
            len += brv_utf8_encode(c, bytes + len);
        }
        utf32_t text[40];
        size_t n = 0;
        for (size_t at = 0; at < len; n++) {
            text[n] = brv_utf8_next((brv_str){ bytes, len }, &at);
        }
        char want[40];
        set_linebreaks_utf32(text, n, "en", want);
        size_t count;
        struct brv_arena_mark mark = brv_arena_mark(fixture->arena);
        const bool *got =
            brv_breaks_find(fixture->arena, (brv_str){ bytes, len }, BRV_S("en"), &count);
        assert_int_equal(count, n);
        for (size_t i = 0; i < n; i++) {
            if (got[i] != (want[i] == LINEBREAK_ALLOWBREAK || want[i] == LINEBREAK_MUSTBREAK)) {
                fail_msg("\"%.*s\": another break after character %zu", (int)len, bytes, i);
            }
        }
        brv_arena_rewind(fixture->arena, mark);
    }
}

static void test_hyphens_without_end_take_no_time(void **state)
{
    struct fixture *fixture = *state;
    const size_t len = 1 << 20;
    char *dashes = BRV_NEW_ARRAY(fixture->arena, char, len);
    memset(dashes, '-', len);
    size_t count;
    const bool *breaks =
        brv_breaks_find(fixture->arena, (brv_str){ dashes, len }, BRV_S("en"), &count);
    assert_int_equal(count, len);
    assert_false(breaks[0]);
}

// Runs from the left to the right of a line, each in the order of its letters; capitals stand for
// Hebrew in the usual way.
struct bidi_case {
    const char *text, *runs;
};

static const struct bidi_case bidi_cases[] = {
    { "abc אבג def", "abc |אבג| def" },
    { "אבג abc דהו", "דהו| |abc| |אבג" },
    { "אבג 123 דהו", "דהו| |123| |אבג" },
    { "abc אבג 123", "abc |123| |אבג" },
    { "abc (אבג) def", "abc (|אבג|) def" },
    { "אבג (abc) דהו", "דהו|) |abc| (|אבג" },
    { "abc אבג, דהו def", "abc |דהו|, |אבג| def" },
    { "אבג: 1-2", "1-2|: |אבג" },
    { "x \u2067אבג abc\u2069 y", "x \u2067|abc| |אבג|\u2069 y" },
};

// What our own table says of letters is what FriBidi says, which may be of an older Unicode:
// so the basic plane.
static void test_letters_run_as_fribidi_has_them(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x10000; c++) {
        hb_unicode_general_category_t category =
            hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
        bool is_letter = category >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
                         category <= HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
        FriBidiCharType type = fribidi_get_bidi_type(c);
        enum brv_bidi want = type == FRIBIDI_TYPE_LTR ? BRV_BIDI_LTR
                             : type == FRIBIDI_TYPE_RTL || type == FRIBIDI_TYPE_AL
                                 ? BRV_BIDI_RTL
                                 : BRV_BIDI_NEUTRAL;
        if (is_letter && brv_codepoint_width(c) > 0 && brv_bidi_of(c) != want)
            fail_msg("U+%04X is %d, not %d", (unsigned)c, (int)brv_bidi_of(c), (int)want);
    }
}

static void test_runs_stand_by_their_levels(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(bidi_cases); i++) {
        struct brv_pages *pages = rig_markdown(fixture, brv_str_from_cstr(bidi_cases[i].text), "");
        const struct brv_glyph_run *runs[16];
        size_t count = 0;
        while (count < BRV_COUNT(runs) && rig_run(&pages->pages[0], count)) {
            runs[count] = rig_run(&pages->pages[0], count);
            count++;
        }
        struct brv_buf *got = brv_buf_new_in(fixture->arena);
        for (size_t left = 0; left < count; left++) {
            size_t next = 0; // runs come in the order of the text; here by place
            for (size_t k = 1; k < count; k++) {
                next = !runs[next] || (runs[k] && runs[k]->x_pt < runs[next]->x_pt) ? k : next;
            }
            brv_buf_add_cstr(got, left > 0 ? "|" : "");
            brv_buf_add_str(got, runs[next]->text);
            runs[next] = NULL;
        }
        if (!brv_str_is(brv_buf_str(got), bidi_cases[i].runs)) {
            fail_msg("\"%s\": want \"%s\", got \"%" BRV_STR_F "\"",
                     bidi_cases[i].text,
                     bidi_cases[i].runs,
                     BRV_STR_ARG(brv_buf_str(got)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_breaks),
        TEST(test_letters_run_as_fribidi_has_them),
        TEST(test_breaks_are_those_of_the_library),
        TEST(test_hyphens_without_end_take_no_time),
        TEST(test_runs_stand_by_their_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
