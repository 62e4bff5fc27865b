// Brevier — tests of sheets that ask for too much: text stays on its page, and pages come to an
// end.
// SPDX-License-Identifier: MIT
#include "rig.h"

static const char document[] = "# Title of it\n\n"
                               "Some text with `code-in-text` and **bold words** in a paragraph "
                               "that is long enough for some lines, so that it breaks.[^1]\n\n"
                               "- one\n  - two with internationalisation\n    - three\n\n"
                               "> quoted text\n\n"
                               "| Name | Value |\n|------|-------|\n| alpha | one two three |\n\n"
                               "```\ncode line\n  another\n```\n\nLast words.\n\n"
                               "[^1]: A note at the foot.\n";

static void expect_inside(const struct brv_page *page, const struct brv_glyph_run *run)
{
    assert_true(run->x_pt > -2.5f);
    assert_true(run->x_pt + rig_run_width(run) < page->width_pt + 2.5f);
    assert_true(run->baseline_pt > 0 && run->baseline_pt < page->height_pt + 0.5f);
}

static void test_text_stays_on_its_page(void **state)
{
    struct fixture *fixture = *state;
    static const char *const elements[] = { "p",      "li",       "h1",      "td",
                                            "table",  "ul",       "pre",     "blockquote",
                                            "strong", "footnote", "article", "@page" };
    static const char *const declarations[] = {
        "margin-left: 2000pt",
        "margin-left: -300pt",
        "margin-right: -2000pt",
        "margin-top: 2000pt",
        "margin-top: -2000pt",
        "margin-bottom: -300pt",
        "padding-left: 900pt",
        "padding-top: 2000pt",
        "border-left: 900pt solid",
        "text-indent: 2000pt",
        "text-indent: -2000pt",
        "letter-spacing: 2000pt",
        "letter-spacing: -20pt",
        "word-spacing: -50pt",
        "font-size: 900pt",
        "line-height: 2000pt",
        "width: 0",
        "white-space: nowrap",
        "overflow-wrap: normal",
        "columns: 16",
        "font-size: 0",
        "border-spacing: 2000pt",
        "margin: 50%",
        "padding: 60%",
    };
    struct brv_node *article = rig_article(fixture, brv_str_from_cstr(document));
    for (size_t i = 0; i < BRV_COUNT(elements) * BRV_COUNT(declarations); i++) {
        brv_str css = brv_arena_printf(fixture->arena,
                                       "%s { %s }",
                                       elements[i / BRV_COUNT(declarations)],
                                       declarations[i % BRV_COUNT(declarations)]);
        const struct brv_pages *pages = rig_layout(fixture, article, css.ptr);
        assert_true(pages->page_count < 400);
        for (size_t k = 0; k < pages->page_count; k++) {
            const struct brv_page *page = &pages->pages[k];
            for (size_t n = 0; rig_run(page, n); n++) {
                expect_inside(page, rig_run(page, n));
            }
        }
    }
}

// What goes too far is told once, at its place; text that is too large, once for each element.
static void test_what_is_too_deep_is_told(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *css;
        const char *message;
        size_t times;
    } cases[] = {
        { "li { padding-left: 2000pt }", "too deep for this page", 1 },
        { "p { text-indent: 2000pt }", "indented off the page", 1 },
        { "h1 { font-size: 900pt }", "text would leave its page", 1 },
        { "h1, pre { font-size: 900pt }", "text would leave its page", 2 },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        fixture->sink = brv_sink_init(fixture->arena);
        (void)rig_markdown(fixture, brv_str_from_cstr(document), cases[i].css);
        size_t told = 0;
        for (const struct brv_diag *diag = fixture->sink.first; diag; diag = diag->next) {
            told += brv_str_find(diag->message, 0, brv_str_from_cstr(cases[i].message)) <
                    diag->message.len;
        }
        assert_int_equal(told, cases[i].times);
    }
}

// Whatever an element is shown as, down to the whole document, its words are shown.
static void test_any_display(void **state)
{
    struct fixture *fixture = *state;
    static const char *const elements[] = { "*",   "article",    "h1", "p",        "ul",
                                            "li",  "td",         "tr", "thead",    "table",
                                            "pre", "blockquote", "em", "footnote", "code" };
    static const char *const values[] = {
        "inline",    "block",    "list-item",          "table",      "table-caption",
        "table-row", "contents", "table-header-group", "table-cell",
    };
    struct brv_node *article = rig_article(fixture, brv_str_from_cstr(document));
    for (size_t i = 0; i < BRV_COUNT(elements) * BRV_COUNT(values); i++) {
        brv_str css = brv_arena_printf(fixture->arena,
                                       "%s { display: %s }",
                                       elements[i / BRV_COUNT(values)],
                                       values[i % BRV_COUNT(values)]);
        const struct brv_pages *pages = rig_layout(fixture, article, css.ptr);
        bool has_end = false;
        for (size_t k = 0; k < pages->page_count; k++) {
            for (size_t n = 0; rig_run(&pages->pages[k], n); n++) {
                brv_str text = rig_run(&pages->pages[k], n)->text;
                has_end |= brv_str_find(text, 0, BRV_S("Last")) < text.len;
            }
        }
        if (!has_end)
            print_error("%s\n", css.ptr);
        assert_true(has_end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text_stays_on_its_page),
        TEST(test_what_is_too_deep_is_told),
        TEST(test_any_display),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
