// Brevier — tests of long indicators: hashes, addresses, paths, keys. Wherever they stand, they
// stay within their line and cell, get no hyphen, and copy out as they were typed.
// SPDX-License-Identifier: MIT
#include "rig.h"

static const char *const indicators[] = {
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "https://cdn.example.org/share/7f3a9c/update_2026-07.bin?session=0d41f7a2b9&x=1#part-two",
    "hxxps://login[.]example[.]org/reset?token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    "C:\\Users\\Public\\Libraries\\Transport\\Modules\\synchronisation-client-helper.exe",
    "/usr/lib/systemd/system/multi-user.target.wants/network-update-helper.service",
    "\\\\files.example.org\\department\\finance\\invoices\\2026\\november\\overdue.xlsm",
    "HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\UpdateHelper",
    "2001:0db8:85a3:08d3:1319:8a2e:0370:7348",
    "a-mailbox-with-a-long-name+filter@mail.department.example.org",
    "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}-{3F2504E0-4F89-11D3-9A0C-0305E82C3302}",
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQC7vbqajDhAqY2tMxS3K7qfmR0xY9Zp4o1TjJ2Z8wM5",
};

// Where an indicator stands; %s is its place.
static const struct {
    const char *name, *markdown, *css;
} places[] = {
    { "a paragraph", "Some words before `%s` and after.", "" },
    { "a narrow paragraph", "`%s`", "p { width: 40pt }" },
    { "a justified paragraph",
      "Some words before %s and some more words after it, to fill a line or two.",
      "p { text-align: justify; hyphens: auto }" },
    { "a heading", "## About `%s`", "" },
    { "a list", "- one\n- `%s`\n  - `%s`", "ul { hyphens: auto }" },
    { "a quotation", "> %s", "" },
    { "a cell", "| Type | Value | Note |\n|:--|:--|--:|\n| hash | `%s` | 1,180 |", "" },
    { "narrow columns",
      "| a | b | c | d |\n|---|---|---|---|\n| `%s` | x | `%s` | y |",
      "table { width: 100%; hyphens: auto }" },
    { "two columns", "One two three `%s` four.", "article { column-count: 2; hyphens: auto }" },
    { "code", "```\n%s\n```", "pre { white-space: pre-wrap }" },
};

static brv_str fill(struct fixture *fixture, const char *pattern, const char *indicator)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (const char *at = pattern; *at; at++) {
        if (at[0] == '%' && at[1] == 's') {
            brv_buf_add_cstr(out, indicator);
            at++;
        } else {
            brv_buf_add_byte(out, *at);
        }
    }
    return brv_buf_str(out);
}

static size_t count_of(brv_str text, const char *part)
{
    size_t count = 0;
    brv_str wanted = brv_str_from_cstr(part);
    for (size_t at = 0; (at = brv_str_find(text, at, wanted)) < text.len; at += wanted.len) {
        count++;
    }
    return count;
}

static void test_indicators_everywhere(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(places); i++) {
        for (size_t k = 0; k < BRV_COUNT(indicators); k++) {
            brv_str markdown = fill(fixture, places[i].markdown, indicators[k]);
            // Outside code, Markdown would read some of them.
            bool is_code = count_of(markdown, "`") > 0;
            if (!is_code && strpbrk(indicators[k], "\\[]_")) {
                continue;
            }
            struct brv_node *article = rig_article(fixture, markdown);
            brv_node_set_attr(fixture->arena, article, BRV_S("lang"), BRV_S("en"));
            struct brv_pages *pages = rig_layout(fixture, article, places[i].css);
            rig_check(fixture, pages, article); // all of it, in order, on the page
            brv_str text = rig_text(fixture, pages, false);
            size_t wanted = count_of(brv_str_from_cstr(places[i].markdown), "%s");
            if (count_of(text, indicators[k]) != wanted) {
                fail_msg("%s: %s does not copy out: %" BRV_STR_F,
                         places[i].name,
                         indicators[k],
                         BRV_STR_ARG(text));
            }
        }
    }
}

// What is right of its cell lies in the next one.
static void test_indicators_stay_in_their_cell(void **state)
{
    struct fixture *fixture = *state;
    for (size_t k = 0; k < BRV_COUNT(indicators); k++) {
        brv_str markdown =
            fill(fixture, "| a | b | c |\n|:--|:--|:--|\n| `%s` | `%s` | ||| |", indicators[k]);
        struct brv_pages *pages = rig_layout(fixture, rig_article(fixture, markdown), "");
        float left[3] = { 0 };
        for (size_t column = 0; column < 3; column++) {
            left[column] = rig_run(&pages->pages[0], column)->x_pt; // of the header
        }
        for (size_t n = 3; rig_run(&pages->pages[0], n); n++) {
            const struct brv_glyph_run *run = rig_run(&pages->pages[0], n);
            float right = run->x_pt + rig_run_width(run);
            size_t column = run->x_pt >= left[2] - 0.1f ? 2 : run->x_pt >= left[1] - 0.1f ? 1 : 0;
            float edge = column < 2 ? left[column + 1] : 250;
            if (right > edge + 0.1f) {
                fail_msg("\"%" BRV_STR_F "\" reaches into the next cell", BRV_STR_ARG(run->text));
            }
        }
    }
}

struct part_case {
    const char *indicator, *lines;
};

// At 100 points, about 20 characters.
static const struct part_case part_cases[] = {
    { "https://cdn.example.org/share/update", "https://cdn|.example.org/|share/update" },
    { "C:\\Users\\Public\\Libraries", "C:\\Users\\Public\\|Libraries" },
    { "/srv/data-store/one-file", "/srv/data-store/|one-file" },
    { "/opt/one-part/another-part", "/opt/one-part/|another-part" },
    { "settings.production-of-the-service", "settings|.production-of|-the-service" },
    { "2001:0db8:85a3:08d3:1319:8a2e", "2001:0db8:85a3:|08d3:1319:8a2e" },
};

static void test_indicators_part_at_their_marks(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(part_cases); i++) {
        brv_str markdown = fill(fixture, "`%s`", part_cases[i].indicator);
        struct brv_pages *pages =
            rig_markdown(fixture, markdown, "p { width: 100pt; font-family: \"Noto Sans Mono\" }");
        assert_str(rig_text(fixture, pages, true), part_cases[i].lines);
    }
}

// What fits a line stays whole, wherever the line before ends.
static void test_indicators_that_fit_stay_whole(void **state)
{
    struct fixture *fixture = *state;
    static const char *const whole[] = {
        "d41d8cd98f00b204e9800998ecf8427e",
        "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}",
        "user.name@example.org",
        "hxxps://evil[.]example/a",
        "client-helper.exe",
        "evil-domain[.]example[.]org",
        "2001:0db8:85a3:0000:0000:8a2e:370:7334",
        "CVE-2026-90412",
    };
    for (size_t i = 0; i < BRV_COUNT(whole); i++) {
        for (size_t words = 1; words < 40; words++) {
            struct brv_buf *out = brv_buf_new_in(fixture->arena);
            for (size_t k = 0; k < words; k++) {
                brv_buf_add_cstr(out, "to ");
            }
            brv_buf_printf(out, "%s and some more words after it", whole[i]);
            struct brv_pages *pages = rig_markdown(
                fixture,
                brv_buf_str(out),
                words % 2 == 0 ? "p { font-size: 7pt; hyphens: auto }"
                               : "p { font-size: 7pt; text-align: justify; hyphens: auto }");
            brv_str lines = rig_text(fixture, pages, true);
            brv_str wanted = brv_str_from_cstr(whole[i]);
            if (brv_str_find(lines, 0, wanted) >= lines.len) {
                fail_msg("%s is cut: %" BRV_STR_F, whole[i], BRV_STR_ARG(lines));
            }
        }
    }
}

// Readers join the lines of a page and drop a hyphen at the end of one.
static void test_no_line_ends_with_a_hyphen(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(places); i++) {
        for (size_t k = 0; k < BRV_COUNT(indicators); k++) {
            brv_str markdown = fill(fixture, places[i].markdown, indicators[k]);
            if (count_of(markdown, "`") == 0 && strpbrk(indicators[k], "\\[]_")) {
                continue;
            }
            struct brv_pages *pages = rig_markdown(fixture, markdown, places[i].css);
            brv_str text = rig_text(fixture, pages, true);
            if (count_of(text, "-|") + count_of(text, "-‖") > 0) {
                fail_msg("%s: %" BRV_STR_F, places[i].name, BRV_STR_ARG(text));
            }
        }
    }
}

// A name in code stays whole wherever it comes in a line; one wider than its line parts before its
// hyphens. In prose a hyphen may end a line.
static void test_names_in_code_stay_whole(void **state)
{
    struct fixture *fixture = *state;
    for (size_t letters = 0; letters < 80; letters++) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (size_t i = 0; i < letters; i++) {
            brv_buf_add_cstr(text, i % 8 == 7 ? " " : "m");
        }
        brv_buf_add_cstr(text, " `client-helper` and `--new-mode`");
        struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), "");
        brv_str got = rig_text(fixture, pages, true);
        assert_int_equal(count_of(got, "client-helper"), 1);
        assert_int_equal(count_of(got, "--new-mode"), 1);
    }
    static const char css[] = "p { width: 34pt; hyphens: none; font: 10pt \"Noto Sans Mono\" }";
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("`key-new`"), css);
    assert_str(rig_text(fixture, pages, true), "key|-new");
    pages = rig_markdown(fixture, BRV_S("key-new"), css);
    assert_str(rig_text(fixture, pages, true), "key-|new");
}

static void test_addresses_in_arabic_stay_whole(void **state)
{
    struct fixture *fixture = *state;
    for (size_t words = 0; words < 24; words++) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (size_t i = 0; i <= words; i++) {
            brv_buf_add_cstr(text, "كلمة ");
        }
        brv_buf_add_cstr(text, "`https://portal.example/a-b?id=7` ثم `C:\\Users\\Public-x` بعد.");
        struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), "");
        brv_str got = rig_text(fixture, pages, true);
        assert_int_equal(count_of(got, "https://portal.example/a-b?id=7"), 1);
        assert_int_equal(count_of(got, "C:\\Users\\Public-x"), 1);
    }
}

// It stays on one line where that holds it; else it wraps between its words, which is told.
static void test_text_that_is_not_to_wrap(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text;
        const char *lines;
        size_t warnings;
    } rows[] = {
        { "a `b` *c* of few words", "a b c of few words", 0 },
        { "one two three four five six", "one two three four |five six", 1 },
        { "one Donaudampfschifffahrtsgesellschaftskapitän", NULL, 2 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        fixture->sink = brv_sink_init(fixture->arena);
        const struct brv_pages *pages =
            rig_markdown(fixture,
                         brv_str_from_cstr(rows[i].text),
                         "p { width: 110pt; white-space: nowrap; font-size: 12pt }");
        if (rows[i].lines)
            assert_str(rig_text(fixture, pages, true), rows[i].lines);
        assert_int_equal(fixture->sink.counts[BRV_WARNING], rows[i].warnings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_indicators_everywhere),          TEST(test_indicators_stay_in_their_cell),
        TEST(test_indicators_that_fit_stay_whole), TEST(test_indicators_part_at_their_marks),
        TEST(test_no_line_ends_with_a_hyphen),     TEST(test_names_in_code_stay_whole),
        TEST(test_addresses_in_arabic_stay_whole), TEST(test_text_that_is_not_to_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
