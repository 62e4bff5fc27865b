// Brevier — tests of paragraph filling in the text output.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "base/macros.h"
#include "base/width.h"
#include "output/text_ascii.h"
#include "output/text_fill.h"

// The filled paragraph with "|" between its lines.
static brv_str filled(struct brv_arena *arena, brv_str run, struct brv_fill_options options)
{
    struct brv_words words = brv_words_cut(arena, run);
    size_t count = 0;
    const struct brv_fill_line *lines = brv_words_fill(arena, &words, options, &count);
    struct brv_buf *out = brv_buf_new_in(arena);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            brv_buf_add_byte(out, '|');
        size_t start = out->len;
        assert_int_equal(brv_fill_line_write(&words, &lines[i], 0, out), lines[i].width);
        assert_int_equal(brv_str_width((brv_str){ out->ptr + start, out->len - start }),
                         lines[i].width);
    }
    return brv_buf_str(out);
}

struct fill_case {
    size_t width;
    const char *run;
    const char *want;
};

static const struct fill_case fill_cases[] = {
    { 20, "", "" },
    { 20, "one", "one" },
    { 11, "one two three four", "one two|three four" },
    // the least raggedness, not the fullest first line
    { 6, "aaa bb cc ddddd", "aaa|bb cc|ddddd" },
    // marks
    { 20, "one\ntwo", "one|two" },
    { 20, "one\n\ntwo", "one||two" },
    { 5, "aa b\002c dd", "aa|b c|dd" },
    { 4, "aaa\003bbb", "aaa|bbb" },
    { 8, "aaa\003bbb", "aaabbb" },
    { 0, "no limit at all\nsecond", "no limit at all|second" },
    // words that are too long
    { 10, "x https://example.org/a-b/c y", "x|https://example.org/a-b/c|y" },
    { 10, "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e" },
    { 10, "state-of-the-art x", "state-of-|the-art x" },
    { 16, "state-of-the-art x", "state-of-the-art|x" },
    { 6,
      "\u0E01\u0E02\u0E03\u0E04\u0E05\u0E06\u0E07\u0E08",
      "\u0E01\u0E02\u0E03\u0E04\u0E05\u0E06|\u0E07\u0E08" },
    // ideographs break anywhere but before closing and after opening punctuation
    { 4, "\u4E2D\u6587\u5B57\u7B26", "\u4E2D\u6587|\u5B57\u7B26" },
    { 4, "\u4E2D\u6587\u3002\u5B57", "\u4E2D|\u6587\u3002|\u5B57" },
    { 6, "\u4E2D\u300C\u6587\u300D\u5B57", "\u4E2D|\u300C\u6587\u300D|\u5B57" },
    // clusters stay whole
    { 4, "e\u0301e\u0301 e\u0301e\u0301", "e\u0301e\u0301|e\u0301e\u0301" },
    { 2,
      "\U0001F469\u200D\U0001F4BB\U0001F1EB\U0001F1F7",
      "\U0001F469\u200D\U0001F4BB|\U0001F1EB\U0001F1F7" },
};

// What begins no line.
static const struct fill_case sign_cases[] = {
    { 10, "some words / others", "some|words /|others" },
    { 10, "some words \u2013 others", "some|words \u2013|others" },
    { 10, "des mots ? bien", "des mots ?|bien" },
    { 9, "des mots ?", "des|mots ?" },
    { 10, "il dit \u00AB oui \u00BB", "il dit|\u00AB oui \u00BB" },
    { 5, "words\n/ words", "words|/|words" }, // it stands there because it was put there
    { 5, "a-words / b", "a-|words|/ b" },     // no room for it at the end of that line
    { 5, "https://x / b", "https://x|/ b" },
    { 9, "/ a / b / c /", "/ a / b /|c /" },
};

static const struct fill_case hyphen_cases[] = {
    { 20, "soft\006hyphen\006ated", "softhyphenated" },
    { 10, "soft\006hyphen\006ated", "soft-|hyphenated" },
    { 9, "soft\006hyphen\006ated", "soft-|hyphen-|ated" },
    { 10, "an extra\006ordinary one", "an extra-|ordinary|one" }, // too long for any line
    { 10, "an extra\006ordin one", "an|extraordin|one" },
    { 4, "abcdefgh\006ij", "abcdefgh-|ij" }, // the first place comes too late
    { 4, "\u4E2D\006\u6587", "\u4E2D\u6587" },
    { 2, "\u4E2D\006\u6587", "\u4E2D|\u6587" },
    { 4, "\u00E9\u00E9\u00E9\006\u00E9\u00E9", "\u00E9\u00E9\u00E9-|\u00E9\u00E9" },
    { 4, "\u00E9\u00E9\u00E9\u00E9\u00E9", "\u00E9\u00E9\u00E9\u00E9\u00E9" }, // as without accents
    { 3, "\u0E01\u0E02\u0E03\u0E04\u0E05", "\u0E01\u0E02\u0E03|\u0E04\u0E05" },
    { 3, "abcde\u0E01\u0E02fghij", "abcde|\u0E01\u0E02|fghij" }, // Thai, which has no spaces
    { 5, "\uAC00\uAC01\uAC02\uAC03", "\uAC00\uAC01|\uAC02\uAC03" },
    { 12, "https://x.y/\006abc", "https://x.y/abc" }, // a hyphen would make it another one
};

static void check_cases(struct brv_arena *arena, const struct fill_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct brv_fill_options options = { .width = cases[i].width };
        assert_str(filled(arena, brv_str_from_cstr(cases[i].run), options), cases[i].want);
    }
}

static void test_fill(void **state)
{
    struct fixture *fixture = *state;
    check_cases(fixture->arena, fill_cases, BRV_COUNT(fill_cases));
    check_cases(fixture->arena, sign_cases, BRV_COUNT(sign_cases));
    check_cases(fixture->arena, hyphen_cases, BRV_COUNT(hyphen_cases));
}

static void test_indent(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fill_options options = { .width = 10, .indent = 5 };
    assert_str(filled(fixture->arena, BRV_S("aaaa bbbb cccc"), options), "aaaa|bbbb cccc");
}

// A first line that hangs out has the columns that the others have not.
static void test_hang(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fill_options options = { .width = 10, .hang = 4 };
    assert_str(filled(fixture->arena, BRV_S("aaaa bbbb cccc dd"), options), "aaaa bbbb|cccc|dd");
    assert_str(filled(fixture->arena, BRV_S("aaaa\nbbb bbb"), options), "aaaa|bbb|bbb");
}

static void test_balance(void **state)
{
    struct fixture *fixture = *state;
    brv_str run = BRV_S("one two three four five six");
    struct brv_fill_options options = { .width = 19 };
    assert_str(filled(fixture->arena, run, options), "one two three four|five six");
    options.balances = true;
    assert_str(filled(fixture->arena, run, options), "one two three|four five six");
}

static void test_leader(void **state)
{
    static const struct {
        size_t room;
        const char *run;
        const char *want;
    } cases[] = {
        { 12, "one\004.\0052", "one ...... 2" },
        { 12, "one\004. \00522", "one  . .  22" },
        { 12, "one\004=-\0052", "one =-=-=- 2" },
        { 4, "one\004.\0052", "one . 2" }, // no room: the least of a leader
        { 12, "a\004.\005b\004.\005c", "a .... b . c" },
        { 12, "a\004\005b", "a          b" },
        { 12, "a\004.", "a ......... " }, // nothing ends it but the run
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_words words = brv_words_cut(fixture->arena, brv_str_from_cstr(cases[i].run));
        assert_int_equal(words.count, 1);
        struct brv_fill_line line = { words.items, 1, words.items[0].width };
        struct brv_buf *out = brv_buf_new_in(fixture->arena);
        size_t width = brv_fill_line_write(&words, &line, cases[i].room, out);
        assert_str(brv_buf_str(out), cases[i].want);
        assert_int_equal(width, brv_str_width(brv_buf_str(out)));
    }
}

static void test_sever(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fill_options options = { .width = 4, .may_sever = true };
    assert_str(filled(fixture->arena, BRV_S("abcdefghij"), options), "abcd|efgh|ij");
    assert_str(filled(fixture->arena, BRV_S("http://x.y"), options), "http|://x|.y");
}

static void test_last_line_is_not_lost(void **state)
{
    struct fixture *fixture = *state;
    struct brv_fill_options options = { .width = 36 };
    brv_str run = BRV_S("the quick brown fox jumps over the lazy dog by an inch or so a b");
    brv_str got = filled(fixture->arena, run, options);
    size_t last = 0;
    for (size_t i = 0; i < got.len; i++)
        if (got.ptr[i] == '|')
            last = i + 1;
    assert_true(got.len - last >= 6);
}

// Whatever the text and the width: no character is lost, none is added but line ends, and a line
// is longer than the width only when it holds a single word.
static void test_nothing_is_lost(void **state)
{
    static const char *const pieces[] = { "a",      "word",   "long-word-with-hyphens",
                                          "\u4E2D", "\u3002", "e\u0301",
                                          "/",      " ",      " ",
                                          "\n",     "\003",   "https://example.org/path" };
    struct fixture *fixture = *state;
    uint64_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        struct brv_arena_mark mark = brv_arena_mark(fixture->arena);
        struct brv_buf *run = brv_buf_new_in(fixture->arena);
        for (uint64_t n = random_next(&seed) % 40; n > 0; n--)
            brv_buf_add_cstr(run, pieces[random_next(&seed) % BRV_COUNT(pieces)]);
        struct brv_fill_options options = {
            .width = random_next(&seed) % 30,
            .indent = random_next(&seed) % 8,
            .hang = random_next(&seed) % 8,
            .may_sever = random_next(&seed) % 2 == 0,
        };
        brv_str got = filled(fixture->arena, brv_buf_str(run), options);
        size_t from = 0;
        for (size_t i = 0; i < got.len; i++) {
            if (got.ptr[i] == ' ' || got.ptr[i] == '|')
                continue;
            while (from < run->len && (unsigned char)run->ptr[from] <= ' ')
                from++;
            assert_true(from < run->len);
            assert_int_equal(got.ptr[i], run->ptr[from]);
            from++;
        }
        while (from < run->len && (unsigned char)run->ptr[from] <= ' ')
            from++;
        assert_int_equal(from, run->len);
        struct brv_words words = brv_words_cut(fixture->arena, brv_buf_str(run));
        size_t count = 0;
        const struct brv_fill_line *lines = brv_words_fill(fixture->arena, &words, options, &count);
        for (size_t i = 0; options.width > 1 && i < count; i++)
            assert_true(lines[i].width <= options.width || lines[i].count == 1);
        brv_arena_rewind(fixture->arena, mark);
    }
}

// Steps grow with the length, not with its square: a paragraph of 200,000 words is quick.
static void test_long_paragraph(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *run = brv_buf_new_in(fixture->arena);
    for (int i = 0; i < 200000; i++)
        brv_buf_add_cstr(run, "\u0301\003"); // of no width at all: nothing fills a line
    struct brv_fill_options options = { .width = 80 };
    size_t count = 0;
    struct brv_words words = brv_words_cut(fixture->arena, brv_buf_str(run));
    (void)brv_words_fill(fixture->arena, &words, options, &count);
    assert_true(count > 0);
}

static void test_ascii(void **state)
{
    (void)state;
    assert_string_equal(brv_ascii_from_codepoint(0x201C), "\"");
    assert_string_equal(brv_ascii_from_codepoint(0x2014), "--");
    assert_string_equal(brv_ascii_from_codepoint(0x2026), "...");
    assert_string_equal(brv_ascii_from_codepoint(0x253C), "+");
    assert_string_equal(brv_ascii_from_codepoint(0xED), "i");
    assert_string_equal(brv_ascii_from_codepoint(0x0301), "");
    assert_null(brv_ascii_from_codepoint(0x4E2D));
    static const struct {
        uint32_t codepoint;
        const char *ascii;
    } rows[] = {
        { 0xC9, "E" },     { 0xDF, "ss" },       { 0x141, "L" },    { 0x17E, "z" },
        { 0x152, "OE" },   { 0x131, "i" },       { 0x219, "s" },    { 0x257, "d" },
        { 0x1EC7, "e" },   { 0x1ECD, "o" },      { 0x2075, "^5" },  { 0x207B, "^-" },
        { 0x2082, "2" },   { 0x2103, " deg C" }, { 0x2116, "No." }, { 0x2163, "IV" },
        { 0x2460, "(1)" }, { 0x2473, "(20)" },   { 0x2260, "!=" },  { 0x2588, "#" },
        { 0x258F, "|" },   { 0x338F, "kg" },     { 0xFB01, "fi" },  { 0xFF01, "!" },
        { 0xFF5E, "~" },   { 0x1D400, "A" },     { 0x1D433, "z" },  { 0x1D6A3, "z" },
        { 0x1D7CE, "0" },  { 0x1D7FF, "9" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++)
        assert_string_equal(brv_ascii_from_codepoint(rows[i].codepoint), rows[i].ascii);
    assert_null(brv_ascii_from_codepoint(0x226E)); // "not less" is not "less"
    for (uint32_t codepoint = 0xA0; codepoint < 0x30000; codepoint++) {
        const char *form = brv_ascii_from_codepoint(codepoint);
        for (; form && *form; form++)
            assert_true(*form >= ' ' && *form < 0x7F);
    }
}

static void test_ascii_of_emoji(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text;
        const char *ascii; // NULL: there is no form
        size_t left;       // bytes that remain
    } rows[] = {
        { "\U0001F1EB\U0001F1F7\U0001F1E9", "[FR]", 4 },
        { "\U0001F1EB", "[F]", 0 },
        { "\U0001F1EBr", "[F]", 1 },
        { "\U0001F680 ", "[rocket]", 1 },
        { "\u26A0\uFE0F", "[warning]", 3 },
        { "\uFE0F", "", 0 },
        { "\U0001F3FD", "", 0 }, // of the thumb before it
        { "\U0001FA85", "[pinata]", 0 },
        { "\u2122", "(TM)", 0 }, // a sign first, and also an emoji
        { "\u4E2D", NULL, 0 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str text = brv_str_from_cstr(rows[i].text);
        struct brv_buf *out = brv_buf_new_in(fixture->arena);
        size_t at = 0;
        assert_int_equal(brv_ascii_add(out, text, &at, (brv_str){ 0 }), rows[i].ascii != NULL);
        assert_true(brv_str_is(brv_buf_str(out), rows[i].ascii ? rows[i].ascii : ""));
        assert_int_equal(text.len - at, rows[i].left);
    }
}

static void test_ascii_of_languages(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *lang, *text, *ascii;
    } rows[] = {
        { "", "f\u00FCr \u00C4rger", "fur Arger" },
        { "en", "f\u00FCr", "fur" },
        { "de", "f\u00FCr \u00C4rger \u00FC\u00E4\u00F6\u00DF", "fuer Aerger ueaeoess" },
        { "de-AT",
          "\u00DCBER MEN\u00DC \u00C4\u00D6\u00DC \u00DC-Wagen \u00DC",
          "UEBER MENUE AEOEUE Ue-Wagen Ue" },
        { "fi", "\u00E4 \u00F6 \u00E5", "a o a" },
        { "de", // marks of their own
          "fu\u0308r A\u0308rger MENU\u0308 e\u0308 \u0308",
          "fuer Aerger MENUE e " },
        { "fi", "a\u0308 a\u030A", "a a" },
        { "da", "A\u030Arhus bla\u030A a\u0308", "Aarhus blaa a" },
        { "da", "\u00C5rhus \u00F8 \u00E6", "Aarhus oe ae" },
        { "NB", "bl\u00E5", "blaa" },
        { "den", "\u00E4", "a" },
        { "", "\u00A7 8b, \u00A78b, \u00A7\u00A7 3 f. \u00A7", "Sec. 8b, Sec. 8b, Sec. 3 f. Sec." },
        { "de", "\u00A7\u00A7\u00A03", "Par. 3" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str text = brv_str_from_cstr(rows[i].text);
        struct brv_buf *out = brv_buf_new_in(fixture->arena);
        for (size_t at = 0; at < text.len;)
            if ((unsigned char)text.ptr[at] < 0x80)
                brv_buf_add_byte(out, text.ptr[at++]);
            else
                assert_true(brv_ascii_add(out, text, &at, brv_str_from_cstr(rows[i].lang)));
        assert_str(brv_buf_str(out), rows[i].ascii);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fill),
        TEST(test_indent),
        TEST(test_hang),
        TEST(test_balance),
        TEST(test_leader),
        TEST(test_sever),
        TEST(test_last_line_is_not_lost),
        TEST(test_nothing_is_lost),
        TEST(test_long_paragraph),
        TEST(test_ascii),
        TEST(test_ascii_of_emoji),
        TEST(test_ascii_of_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
