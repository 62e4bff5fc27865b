// Brevier — tests of pages that are chosen together.
// SPDX-License-Identifier: MIT
#include "rig.h"

// How many runs each page holds, as in "16 16 8".
static const char *runs_by_page(struct fixture *fixture, const struct brv_pages *pages)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < pages->page_count; i++) {
        size_t count = 0;
        while (rig_run(&pages->pages[i], count)) {
            count++;
        }
        brv_buf_printf(out, i > 0 ? " %zu" : "%zu", count);
    }
    return brv_arena_cstr(fixture->arena, brv_buf_str(out));
}

static void test_a_hole_is_shared_by_the_pages_above(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    brv_buf_add_str(text, rig_short_paragraphs(fixture, 40));
    for (size_t i = 0; i < 12; i++) { // twelve lines that stay together
        brv_buf_printf(text, "> q%zu\n>\n", i);
    }
    const char *more = "blockquote { margin: 0 } @page { @bottom-center { content: none } }";
    struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), rig_line_css(fixture, more));
    assert_string_equal(runs_by_page(fixture, pages), "16 16 16 4");
    more = "blockquote { margin: 0; break-inside: avoid }";
    pages = rig_markdown(fixture, brv_buf_str(text), rig_line_css(fixture, more));
    assert_string_equal(runs_by_page(fixture, pages), "14 13 13 12");
}

// A hole of three lines at the foot of the second page, or one of two above the rest of a
// paragraph.
static void test_a_paragraph_that_fits_is_not_torn(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    brv_buf_add_str(text, rig_short_paragraphs(fixture, 12));
    brv_buf_add_cstr(text, "one\\\ntwo\\\nthree\\\nfour\n\n");
    brv_buf_add_str(text, rig_short_paragraphs(fixture, 13));
    brv_buf_add_cstr(text, "> q1\\\nq2\\\nq3\\\nq4\\\nq5\\\nq6\n");
    const char *more = "blockquote { margin: 0; break-inside: avoid }";
    struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), rig_line_css(fixture, more));
    assert_string_equal(runs_by_page(fixture, pages), "16 13 6");
}

static void test_the_last_page_is_not_short(void **state)
{
    struct fixture *fixture = *state;
    for (size_t count = 1; count < 80; count++) {
        struct brv_pages *pages =
            rig_markdown(fixture, rig_short_paragraphs(fixture, count), RIG_LINE_CSS);
        assert_int_equal(pages->page_count, (count + 15) / 16); // never a page more
        size_t on_last = 0;
        while (rig_run(&pages->pages[pages->page_count - 1], on_last)) {
            on_last++;
        }
        assert_true(on_last >= 2 || count == 1);
    }
}

static void test_a_forced_break_ends_what_is_weighed(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = brv_arena_printf(fixture->arena,
                                    "%" BRV_STR_F "# Next\n\nend\n",
                                    BRV_STR_ARG(rig_short_paragraphs(fixture, 20)));
    const char *more = "h1 { break-before: right; margin: 0; font-size: 10pt; line-height: 20pt }";
    struct brv_pages *pages = rig_markdown(fixture, text, rig_line_css(fixture, more));
    assert_string_equal(runs_by_page(fixture, pages), "16 4 2");
    more = "h1 { page: other; margin: 0 } @page other { margin: 0 }";
    pages = rig_markdown(fixture, text, rig_line_css(fixture, more));
    assert_string_equal(runs_by_page(fixture, pages), "16 4 1 1");
}

// Text, a table with a header that is repeated, notes: everything is there once and in order.
static void test_pages_that_are_weighed_lose_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (size_t part = 0; part < 12; part++) {
        for (size_t i = 0; i < 5 + 3 * part; i++) {
            brv_buf_printf(text, "p%zu of %zu[^%zu-%zu]\n\n", i, part, part, i);
        }
        brv_buf_add_cstr(text, "| a | b |\n|---|---|\n");
        for (size_t i = 0; i < 4 + part; i++) {
            brv_buf_printf(text, "| %zu | row |\n", i);
        }
        brv_buf_add_cstr(text, "\n## Head\n\n");
        for (size_t i = 0; i < 5 + 3 * part; i += 2) {
            brv_buf_printf(text, "[^%zu-%zu]: note %zu\n\n", part, i, i);
        }
    }
    struct brv_node *article = rig_article(fixture, brv_buf_str(text));
    struct brv_pages *pages =
        rig_layout(fixture, article, rig_line_css(fixture, "table, h2 { break-inside: avoid }"));
    assert_true(pages->page_count > 24);
    size_t notes = 0;
    for (size_t i = 0; i < pages->destination_count; i++) {
        notes += brv_str_starts_with(pages->destinations[i].id, BRV_S("brv-note-"));
    }
    assert_true(notes > 100);
    assert_int_equal(rig_count_tags(pages, "Note"), notes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_hole_is_shared_by_the_pages_above),
        TEST(test_a_paragraph_that_fits_is_not_torn),
        TEST(test_the_last_page_is_not_short),
        TEST(test_a_forced_break_ends_what_is_weighed),
        TEST(test_pages_that_are_weighed_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
