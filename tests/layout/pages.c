// Brevier — tests of pages: breaks, frames, lists, tags.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <math.h>

static void test_pages_hold_what_fits(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture, rig_short_paragraphs(fixture, 40), RIG_LINE_CSS);
    assert_int_equal(pages->page_count, 3);
    assert_str(rig_run(&pages->pages[1], 0)->text, "p17");
    assert_str(rig_run(&pages->pages[2], 0)->text, "p33");
    assert_str(pages->pages[2].label, "3");
}

static void test_heading_stays_with_its_text(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = brv_arena_printf(fixture->arena,
                                    "%" BRV_STR_F "## Head\n\nbody\n",
                                    BRV_STR_ARG(rig_short_paragraphs(fixture, 15)));
    struct brv_pages *pages =
        rig_markdown(fixture,
                     text,
                     rig_line_css(fixture, "h2 { margin: 0; font-size: 10pt; line-height: 20pt }"));
    assert_int_equal(pages->page_count, 2);
    assert_str(rig_run(&pages->pages[1], 0)->text, "Head");
}

static void test_widows_and_orphans(void **state)
{
    struct fixture *fixture = *state;
    for (size_t before = 12; before <= 16; before++) {
        brv_str text = brv_arena_printf(
            fixture->arena,
            "%" BRV_STR_F "One line and another line and a third line of text that is long enough "
            "to need some four lines, which is what is wanted here now",
            BRV_STR_ARG(rig_short_paragraphs(fixture, before)));
        struct brv_pages *pages = rig_markdown(fixture, text, RIG_LINE_CSS);
        size_t on_first = 0;
        size_t on_second = 0;
        while (rig_run(&pages->pages[0], on_first)) {
            on_first++;
        }
        while (pages->page_count > 1 && rig_run(&pages->pages[1], on_second)) {
            on_second++;
        }
        size_t lines_above = on_first - before;
        assert_true(lines_above != 1);
        assert_true(on_second != 1);
    }
}

static void test_last_item_is_not_alone(void **state)
{
    struct fixture *fixture = *state;
    for (size_t before = 12; before <= 16; before++) {
        brv_str text = brv_arena_printf(fixture->arena,
                                        "%" BRV_STR_F "- one\n- two\n- three\n- end\n\n%" BRV_STR_F,
                                        BRV_STR_ARG(rig_short_paragraphs(fixture, before)),
                                        BRV_STR_ARG(rig_short_paragraphs(fixture, 40)));
        struct brv_pages *pages =
            rig_markdown(fixture, text, rig_line_css(fixture, "li { margin: 0 }"));
        const struct brv_glyph_run *second = rig_run(&pages->pages[1], 1); // after the marker
        assert_false(brv_str_is(second->text, "end"));
    }
}

static void test_forced_breaks_and_sides(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture, BRV_S("# A\n\nx\n\n# B\n\ny"), "h1 { break-before: page; margin: 0 }");
    assert_int_equal(pages->page_count, 2);
    pages = rig_markdown(
        fixture, BRV_S("# A\n\nx\n\n# B\n\ny"), "h1 { break-before: right; margin: 0 }");
    assert_int_equal(pages->page_count, 3);
    assert_null(rig_run(&pages->pages[1], 0));
    assert_str(rig_run(&pages->pages[2], 0)->text, "B");
}

static void test_break_inside_avoid(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = brv_arena_printf(fixture->arena,
                                    "%" BRV_STR_F "> q1\n>\n> q2\n>\n> q3\n",
                                    BRV_STR_ARG(rig_short_paragraphs(fixture, 14)));
    struct brv_pages *pages = rig_markdown(
        fixture, text, rig_line_css(fixture, "blockquote { margin: 0; break-inside: avoid }"));
    assert_str(rig_run(&pages->pages[1], 0)->text, "q1");
}

// What is kept together, and must be torn since a heading above it takes the line that it needs, is
// not torn within a paragraph, nor within what is kept together in it.
static void test_what_is_kept_is_torn_where_it_hurts_least(void **state)
{
    struct fixture *fixture = *state;
    static const char css[] = "h2 { margin: 0; font-size: 10pt; line-height: 30pt } "
                              "blockquote, ul { margin: 0; break-inside: avoid } "
                              "li { margin: 0; break-inside: avoid }";
    static const struct {
        const char *end; // two lines, the last two of fifteen of what is kept
        const char *first_of_next;
    } rows[] = {
        { "> one\\\n> two\n", "one" },
        { "> - one\n>\n>   two\n", "one" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        brv_buf_add_cstr(text, "## heading\n\n");
        for (size_t k = 0; k < 13; k++) {
            brv_buf_printf(text, "> q%zu\n>\n", k);
        }
        brv_buf_printf(text, "%s\nx\n\ny\n\nz\n", rows[i].end);
        struct brv_pages *pages =
            rig_markdown(fixture, brv_buf_str(text), rig_line_css(fixture, css));
        assert_int_equal(pages->page_count, 2);
        brv_str second = rig_text(fixture, pages, true);
        second = brv_str_slice(second, brv_str_find(second, 0, BRV_S("‖")), second.len);
        assert_true(brv_str_find(second, 0, brv_str_from_cstr(rows[i].first_of_next)) < second.len);
        assert_true(brv_str_find(second, 0, BRV_S("q12")) == second.len);
    }
}

static void test_small_block_stays_whole_in_one_that_cannot(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = brv_arena_printf(fixture->arena,
                                    "%" BRV_STR_F "> q1\n>\n> q2\n>\n> q3\n",
                                    BRV_STR_ARG(rig_short_paragraphs(fixture, 14)));
    const char *more = "div { break-inside: avoid } blockquote { margin: 0; break-inside: avoid }";
    struct brv_pages *pages = rig_markdown(fixture, text, rig_line_css(fixture, more));
    assert_int_equal(pages->page_count, 2);
    assert_str(rig_run(&pages->pages[0], 0)->text, "p1");
    assert_str(rig_run(&pages->pages[1], 0)->text, "q1");
}

static void test_cover_page(void **state)
{
    struct fixture *fixture = *state;
    const char *css = "h1 { page: cover; counter-reset: page; color: white; margin: 0 } "
                      "@page { @bottom-center { content: counter(page) } } "
                      "@page cover { margin: 100pt 60pt 0 0; background-color: #102030; "
                      "@bottom-center { content: none } }";
    struct brv_pages *pages =
        rig_markdown(fixture, BRV_S("# One\n\n# Title\n\nbody\n\n## Next\n\nmore"), css);
    assert_int_equal(pages->page_count, 2); // both headings stand on one cover
    const struct brv_page *cover = &pages->pages[0];
    assert_int_equal(cover->first->kind, BRV_ITEM_BOX);
    assert_float_equal(cover->first->box.width_pt, 300, 0.01);
    assert_float_equal(cover->first->box.height_pt, 400, 0.01);
    assert_float_equal(rig_run(cover, 0)->x_pt, 0, 0.01);
    assert_int_equal(rig_run(cover, 0)->color.red, 255);
    assert_str(cover->label, "0");
    assert_str(rig_artifact_text(fixture, cover, BRV_ARTIFACT_FOOTER), "");
    assert_float_equal(rig_run(&pages->pages[1], 0)->x_pt, 50, 0.01);
    assert_str(pages->pages[1].label, "1");
    assert_str(rig_artifact_text(fixture, &pages->pages[1], BRV_ARTIFACT_FOOTER), "1");
}

static void test_frame_is_drawn_on_each_page(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        rig_short_paragraphs(fixture, 20),
        rig_line_css(fixture,
                     "div { background-color: #eee; border: 1pt solid red; padding: 5pt }"));
    assert_int_equal(pages->page_count, 2);
    for (size_t i = 0; i < 2; i++) {
        size_t boxes = 0;
        size_t lines = 0;
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            boxes += item->kind == BRV_ITEM_BOX;
            lines += item->kind == BRV_ITEM_LINE;
        }
        assert_int_equal(boxes, 1);
        assert_int_equal(lines, 3); // two sides, and the top or the bottom
    }
}

static void test_margins_collapse(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture, BRV_S("one\n\n> two"), "p { margin: 10pt 0 4pt } blockquote { margin: 16pt 0 }");
    float first = rig_run(&pages->pages[0], 0)->baseline_pt;
    float second = rig_run(&pages->pages[0], 1)->baseline_pt;
    assert_float_equal(second - first, 15 + 16, 0.01);
}

static void test_list_markers_stand_outside(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture, BRV_S("9. nine\n10. ten"), "ol { padding-left: 30pt; margin: 0 }");
    const struct brv_glyph_run *nine = rig_run(&pages->pages[0], 0);
    const struct brv_glyph_run *ten = rig_run(&pages->pages[0], 2);
    assert_str(nine->text, "9.");
    assert_str(ten->text, "10.");
    assert_float_equal(nine->x_pt + rig_run_width(nine), 50 + 30 - 4, 0.05);
    assert_float_equal(ten->x_pt + rig_run_width(ten), 50 + 30 - 4, 0.05);
    assert_float_equal(rig_run(&pages->pages[0], 1)->baseline_pt, nine->baseline_pt, 0.01);
    assert_int_equal(rig_count_tags(pages, "Lbl"), 2);
    assert_int_equal(rig_count_tags(pages, "LBody"), 2);
}

static void test_outline_and_destinations(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, BRV_S("# One *two*\n\nx\n\n## Three\n\ny"));
    brv_node_set(fixture->arena, article->first->first, BRV_ATTR_ID, BRV_S("top"));
    struct brv_pages *pages = rig_layout(fixture, article, "");
    assert_int_equal(pages->outline_count, 2);
    assert_str(pages->outline[0].title, "One two");
    assert_int_equal(pages->outline[1].level, 2);
    assert_string_equal(pages->outline[1].tag->type, "H2");
    float y;
    assert_int_equal(brv_pages_find(pages, BRV_S("#top"), &y), 0);
    assert_int_equal(brv_pages_find(pages, BRV_S("#nowhere"), NULL), pages->page_count);
}

static void test_no_page_of_what_is_nowhere(void **state)
{
    struct fixture *fixture = *state;
    static const char css[] = "p::after { content: \" p. \" target-counter(attr(href), page) }";
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("x"), css);
    brv_str text = rig_text(fixture, pages, false);
    assert_true(brv_str_find(text, 0, BRV_S("x p. ?")) < text.len);
}

static void test_contents_names_the_page(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = brv_arena_printf(fixture->arena,
                                    "[Far](#far)\n\n%" BRV_STR_F,
                                    BRV_STR_ARG(rig_short_paragraphs(fixture, 40)));
    struct brv_node *article = rig_article(fixture, text);
    brv_node_set(fixture->arena, article->first->last, BRV_ATTR_ID, BRV_S("far"));
    struct brv_pages *pages = rig_layout(
        fixture,
        article,
        rig_line_css(fixture,
                     "a::after { content: leader(\".\") target-counter(attr(href), page) }"));
    assert_int_equal(pages->page_count, 3);
    const struct brv_glyph_run *last = NULL;
    for (size_t i = 0;
         rig_run(&pages->pages[0], i) && rig_run(&pages->pages[0], i)->baseline_pt < 60;
         i++) {
        last = rig_run(&pages->pages[0], i);
    }
    assert_non_null(last);
    assert_str(last->text, "3");
    assert_float_equal(last->x_pt + rig_run_width(last), 250, 0.1);
}

static void test_body_knows_its_page(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = brv_arena_printf(
        fixture->arena, "%" BRV_STR_F "> here\n", BRV_STR_ARG(rig_short_paragraphs(fixture, 40)));
    const char *more = "blockquote { margin: 0 } blockquote p::after "
                       "{ content: \" \" counter(page, lower-roman) \"/\" counter(pages) }";
    struct brv_pages *pages = rig_markdown(fixture, text, rig_line_css(fixture, more));
    assert_int_equal(pages->page_count, 3);
    assert_true(brv_str_ends_with(rig_text(fixture, pages, false), BRV_S("here iii/3")));
}

static void test_empty_document_has_a_page(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S(""), "");
    assert_int_equal(pages->page_count, 1);
}

static void test_named_page(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("one\n\n> two\n\nthree"),
        "@page wide { size: 400pt 300pt; margin: 40pt 50pt } blockquote { page: wide; margin: 0 }");
    assert_int_equal(pages->page_count, 3);
    assert_float_equal(pages->pages[0].width_pt, 300, 0.01);
    assert_float_equal(pages->pages[1].width_pt, 400, 0.01);
    assert_float_equal(pages->pages[2].width_pt, 300, 0.01);
}

// From some depth on, quotations stand below each other.
static void test_deep_blocks_stay_on_the_page(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (int i = 0; i < 60; i++)
        brv_buf_add_cstr(text, "> ");
    for (int i = 0; i < 200; i++)
        brv_buf_add_cstr(text, "words ");
    struct brv_node *article = rig_article(fixture, brv_buf_str(text));
    struct brv_pages *pages = rig_layout(fixture, article, "");
    rig_check(fixture, pages, article);
}

// A page is called what its margin says, in the style in which it says so.
static void test_labels_are_as_printed(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture,
                     BRV_S("p\n\n## A\n\n### B\n\n### C\n"),
                     "@page { @top-left { content: counter(pages) } "
                     "@bottom-right { content: \"p. \" counter(page, lower-roman) } } "
                     "@page body { @bottom-right { content: counter(page) } } "
                     "h2 { break-before: page } h3 { page: body; break-before: page }");
    static const char *const labels[] = { "i", "ii", "3", "4" };
    assert_int_equal(pages->page_count, BRV_COUNT(labels));
    for (size_t i = 0; i < BRV_COUNT(labels); i++) {
        assert_str(pages->pages[i].label, labels[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_pages_hold_what_fits),
        TEST(test_heading_stays_with_its_text),
        TEST(test_widows_and_orphans),
        TEST(test_last_item_is_not_alone),
        TEST(test_forced_breaks_and_sides),
        TEST(test_break_inside_avoid),
        TEST(test_what_is_kept_is_torn_where_it_hurts_least),
        TEST(test_small_block_stays_whole_in_one_that_cannot),
        TEST(test_cover_page),
        TEST(test_frame_is_drawn_on_each_page),
        TEST(test_margins_collapse),
        TEST(test_list_markers_stand_outside),
        TEST(test_outline_and_destinations),
        TEST(test_no_page_of_what_is_nowhere),
        TEST(test_contents_names_the_page),
        TEST(test_body_knows_its_page),
        TEST(test_empty_document_has_a_page),
        TEST(test_named_page),
        TEST(test_deep_blocks_stay_on_the_page),
        TEST(test_labels_are_as_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
