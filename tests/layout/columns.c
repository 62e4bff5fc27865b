// Brevier — tests of multi-column blocks.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <math.h>

// The page of the rig holds 200 by 320 points: 16 lines of 20.
static const char css[] = "p { margin: 0; line-height: 20pt } "
                          "article { column-count: 2; column-gap: 20pt } ";

static struct brv_pages *lay(struct fixture *fixture, size_t count, const char *more)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 1; i <= count; i++) {
        brv_buf_printf(out, "p%zu\n\n", i);
    }
    struct brv_node *article = rig_article(fixture, brv_buf_str(out));
    struct brv_pages *pages =
        rig_layout(fixture, article, brv_arena_printf(fixture->arena, "%s%s", css, more).ptr);
    rig_check(fixture, pages, article);
    return pages;
}

static void test_columns_are_filled_in_turn(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = lay(fixture, 40, "");
    assert_int_equal(pages->page_count, 2);
    const struct brv_page *page = &pages->pages[0];
    assert_str(rig_run(page, 16)->text, "p17");
    assert_float_equal(rig_run(page, 0)->x_pt, 50, 0.01);
    assert_float_equal(rig_run(page, 16)->x_pt, 50 + 90 + 20, 0.01);
    assert_float_equal(rig_run(page, 16)->baseline_pt, rig_run(page, 0)->baseline_pt, 0.01);
    assert_str(rig_run(&pages->pages[1], 0)->text, "p33");
}

static void test_the_last_page_is_balanced(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_page *page = &lay(fixture, 9, "")->pages[0];
    assert_str(rig_run(page, 5)->text, "p6");
    assert_float_equal(rig_run(page, 4)->x_pt, 50, 0.01);
    assert_float_equal(rig_run(page, 5)->x_pt, 160, 0.01);
    page = &lay(fixture, 9, "article { column-fill: auto }")->pages[0];
    assert_float_equal(rig_run(page, 8)->x_pt, 50, 0.01);
}

// Columns may be a little higher for a listing's sake: 6 and 8 lines rather than 7 and 7, but not
// 6 and 12.
static void test_a_listing_stands_whole_in_a_column(void **state)
{
    struct fixture *fixture = *state;
    static const char *const rows[][2] = {
        { "```\nc1\nc2\nc3\nc4\n```\n\np7\n\np8\n\np9\n\np10\n", "c1" },
        { "c1 \\\nc2 \\\nc3 \\\nc4\n\np7\n\np8\n\np9\n\np10\n", "c2" }, // text
        { "```\nc1\nc2\nc3\nc4\nc5\nc6\nc7\nc8\n```\n", "c1" },
        { "```\nc1\nc2\nc3\nc4\nc5\nc6\nc7\nc8\nc9\nc10\nc11\nc12\n```\n", "c4" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str text =
            brv_arena_printf(fixture->arena, "p1\n\np2\n\np3\n\np4\n\np5\n\np6\n\n%s", rows[i][0]);
        struct brv_pages *pages = rig_markdown(
            fixture,
            text,
            brv_arena_printf(fixture->arena,
                             "%s p, pre { orphans: 1; widows: 1 } pre { margin: 0; padding: 0; "
                             "font-size: 10pt; line-height: 20pt; border: none }",
                             css)
                .ptr);
        assert_int_equal(pages->page_count, 1);
        const struct brv_page *page = &pages->pages[0];
        size_t n = 0;
        while (rig_run(page, n)->x_pt < 159) {
            n++;
        }
        assert_str(brv_str_trim(rig_run(page, n)->text), rows[i][1]);
    }
}

static void test_width_says_how_many(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_page *page =
        &lay(fixture, 6, "article { columns: 50pt auto; column-gap: 10pt }")->pages[0];
    assert_float_equal(rig_run(page, 2)->x_pt, 50 + 70, 0.01);
    assert_float_equal(rig_run(page, 4)->x_pt, 50 + 140, 0.01);
    page = &lay(fixture, 6, "article { columns: 150pt 3 }")->pages[0];
    assert_float_equal(rig_run(page, 5)->x_pt, 50, 0.01);
}

static void test_text_across_all_columns(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_page *page =
        &lay(fixture, 9, "p:nth-child(5) { column-span: all; text-align: right }")->pages[0];
    const struct brv_glyph_run *across = rig_run(page, 4);
    assert_float_equal(across->x_pt + rig_run_width(across), 250, 0.1);
    assert_float_equal(across->baseline_pt, rig_run(page, 0)->baseline_pt + 40, 0.01);
    assert_float_equal(rig_run(page, 3)->x_pt, 160, 0.01); // p1 … p4 are balanced above it
    assert_float_equal(rig_run(page, 5)->baseline_pt, across->baseline_pt + 20, 0.01);
    assert_float_equal(rig_run(page, 8)->x_pt, 160, 0.01);
}

static void test_headings_stay_with_their_text(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_page *page =
        &lay(fixture, 20, "p:nth-child(10) { break-after: avoid } ")->pages[0];
    assert_float_equal(rig_run(page, 9)->x_pt, rig_run(page, 10)->x_pt, 0.01);
}

static void test_columns_below_text(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, BRV_S("before\n\n> q1\n>\n> q2\n\nafter"));
    struct brv_pages *pages =
        rig_layout(fixture,
                   article,
                   "p { margin: 0; line-height: 20pt } blockquote { margin: 10pt 0; columns: 2; "
                   "column-rule: 2pt solid red; background-color: yellow }");
    const struct brv_page *page = &pages->pages[0];
    float first = rig_run(page, 0)->baseline_pt;
    assert_float_equal(rig_run(page, 1)->baseline_pt, first + 30, 0.01);
    assert_float_equal(rig_run(page, 2)->baseline_pt, first + 30, 0.01);
    assert_float_equal(rig_run(page, 3)->baseline_pt, first + 60, 0.01);
    size_t rules = 0;
    size_t boxes = 0;
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_LINE) {
            rules++;
            assert_float_equal(item->line.x1_pt, 150, 0.01);
            assert_float_equal(item->line.y2_pt - item->line.y1_pt, 20, 0.01);
        } else if (item->kind == BRV_ITEM_BOX) {
            boxes++;
            assert_float_equal(item->box.width_pt, 200, 0.01);
            assert_float_equal(item->box.height_pt, 20, 0.01);
        }
    }
    assert_int_equal(rules, 1);
    assert_int_equal(boxes, 1);
}

// A background within the columns is drawn for each column that it touches.
static void test_frames_are_cut_by_columns(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_page *page = &lay(fixture, 20, "div { background-color: yellow; }")->pages[0];
    size_t boxes = 0;
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_BOX) {
            assert_float_equal(item->box.x_pt, boxes == 0 ? 50 : 160, 0.01);
            assert_float_equal(item->box.width_pt, 90, 0.01);
            assert_float_equal(item->box.height_pt, 200, 0.1);
            boxes++;
        }
    }
    assert_int_equal(boxes, 2);
}

static void test_right_to_left(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, BRV_S("שלום\n\nעולם"));
    brv_node_set(fixture->arena, article, BRV_ATTR_LANG, BRV_S("he"));
    struct brv_pages *pages = rig_layout(fixture, article, css);
    const struct brv_page *page = &pages->pages[0];
    assert_true(rig_run(page, 0)->x_pt > 160);
    assert_true(rig_run(page, 1)->x_pt < 140);
}

static void test_notes_stand_below_all_columns(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 1; i <= 60; i++) {
        if (i % 4 == 0) {
            brv_buf_printf(out, "p%zu[^n%zu]\n\n[^n%zu]: note %zu\n\n", i, i, i, i);
        } else {
            brv_buf_printf(out, "p%zu\n\n", i);
        }
    }
    struct brv_pages *pages = rig_layout(fixture, rig_article(fixture, brv_buf_str(out)), css);
    assert_int_equal(rig_count_tags(pages, "Note"), 15);
    for (size_t i = 0; i < pages->page_count; i++) {
        float lowest = 0;
        float highest_note = 1000;
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            if (item->kind != BRV_ITEM_GLYPHS || !item->tag) {
                continue;
            }
            float y = item->glyphs.baseline_pt;
            bool is_note = brv_str_starts_with(item->glyphs.text, BRV_S("note"));
            lowest = !is_note && brv_str_starts_with(item->glyphs.text, BRV_S("p")) && y > lowest
                         ? y
                         : lowest;
            highest_note = is_note && y < highest_note ? y : highest_note;
        }
        assert_true(lowest < highest_note);
        assert_true(lowest < 361);
    }
}

static void test_tables_repeat_their_header_in_each_column(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(out, "|head|\n|---|\n");
    for (size_t i = 0; i < 40; i++) {
        brv_buf_printf(out, "|c%zu|\n", i);
    }
    struct brv_pages *pages = rig_layout(fixture, rig_article(fixture, brv_buf_str(out)), css);
    size_t heads = 0;
    for (const struct brv_item *item = pages->pages[0].first; item; item = item->next) {
        heads += item->kind == BRV_ITEM_GLYPHS && brv_str_is(item->glyphs.text, "head");
    }
    assert_int_equal(heads, 2);
}

// ---- the baseline grid

static const char grid_css[] =
    "article { font: 9pt/13pt \"Noto Serif\"; columns: 2; column-gap: 14pt; text-align: justify }\n"
    "h1, h2, h3 { font-size: 12pt; line-height: 1.3; margin: 11pt 0 3pt; break-after: avoid }\n"
    "p { margin: 0 0 5pt } ul, ol { margin: 3pt 0 6pt; padding-left: 12pt } li { margin: 0 0 2pt "
    "}\n"
    "table { font-size: 6pt; line-height: 1.3; margin: 4pt 0 } sup { font-size: 6pt }\n"
    "pre { font-size: 6pt; line-height: 1.4; padding: 4pt; background-color: #eee; margin: 5pt 0 "
    "}\n"
    "blockquote { border: 1pt solid red; padding: 3pt 4pt; margin: 6pt 0 }\n";

// How many lines of text at 9 pt there are; each stands a whole number of lines below the first of
// its page.
static size_t count_lines_on_grid(const struct brv_pages *pages)
{
    size_t count = 0;
    for (size_t i = 0; i < pages->page_count; i++) {
        float first = -1;
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            const struct brv_glyph_run *run = &item->glyphs;
            if (item->kind != BRV_ITEM_GLYPHS || !item->tag || run->size_pt < 8.9f ||
                run->size_pt > 9.1f) {
                continue;
            }
            first = first < 0 ? run->baseline_pt : first;
            float lines = (run->baseline_pt - first) / 13;
            if (fabsf(lines - roundf(lines)) > 0.01f) {
                print_message("off the grid by %.2f lines: \"%" BRV_STR_F "\"\n",
                              (double)(lines - roundf(lines)),
                              BRV_STR_ARG(run->text));
                fail();
            }
            count++;
        }
    }
    return count;
}

static void test_lines_of_columns_stand_side_by_side(void **state)
{
    struct fixture *fixture = *state;
    static const char *const samples[] = {
        "incident.md", "regulation.md", "research.md", "threat-actor.md", "vulnerability.md"
    };
    for (size_t i = 0; i < BRV_COUNT(samples); i++) {
        brv_str text = rig_sample(fixture, samples[i]);
        struct brv_pages *pages = rig_markdown(fixture, text, grid_css);
        assert_true(pages->page_count >= 2);
        assert_true(count_lines_on_grid(pages) > 40);
    }
}

static void test_space_goes_above_a_heading_and_around_a_box(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_page *page =
        &rig_markdown(
             fixture,
             BRV_S("one\n\n## Head\n\ntwo\n\n> box\n\nthree\n\n- x\n- y\n"),
             "p { margin: 0; line-height: 20pt } article { line-height: 20pt; columns: 2; "
             "column-fill: auto } li { margin: 0 0 3pt } ul { margin: 0 } h2 { margin: 2pt "
             "0; line-height: 15pt; font-size: 10pt } blockquote { margin: 0; padding: 4pt; "
             "background-color: #eee }")
             ->pages[0];
    const float one = rig_run(page, 0)->baseline_pt;
    // The heading with its margins is 19 pt high; one more goes above it.
    assert_float_equal(rig_run(page, 1)->baseline_pt, one + 20 + 0.5f, 0.02);
    assert_float_equal(rig_run(page, 2)->baseline_pt, one + 40, 0.01);
    // Of the box, only the text is on the grid; its edge stays 4 pt away.
    assert_float_equal(rig_run(page, 3)->baseline_pt, one + 80, 0.01);
    const struct brv_item *box = page->first;
    assert_int_equal(box->kind, BRV_ITEM_BOX);
    assert_float_equal(box->box.height_pt, 28, 0.01);
    assert_float_equal(rig_run(page, 4)->baseline_pt, one + 120, 0.01);
    // A little white space between the items gives way: a third of a line would be in between.
    assert_str(rig_run(page, 8)->text, "y");
    assert_float_equal(rig_run(page, 8)->baseline_pt, one + 160, 0.01);
}

// Columns in columns, in cells and in lists of a hostile depth end, and lose nothing.
static void test_nested_columns(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article =
        rig_article(fixture, BRV_S("> > > a\n> > >\n> > > b\n\n- c\n  - d\n\n|x|y|\n|-|-|\n|1|2|"));
    struct brv_pages *pages =
        rig_layout(fixture,
                   article,
                   "article, blockquote, ul, li, td, table { columns: 5; column-gap: 0 } "
                   "p { column-span: all }");
    rig_check(fixture, pages, article);
}

// A heading goes with what stands across all columns below it.
static void test_heading_of_a_wide_block(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("one\n\ntwo\n\nthree\n\nfour\n\n### Head\n\n| a | b |\n|--|--|\n| c | d |"),
        "article { columns: 2 } table { column-span: all; width: 100% } h3 { "
        "break-after: avoid }");
    const struct brv_page *page = &pages->pages[0];
    float head = 0;
    float text = 0; // the lowest above
    for (size_t n = 0; rig_run(page, n); n++) {
        const struct brv_glyph_run *run = rig_run(page, n);
        if (brv_str_is(run->text, "Head")) {
            head = run->baseline_pt;
        } else if (head <= 0) {
            text = run->baseline_pt > text ? run->baseline_pt : text;
        }
    }
    assert_true(head > text);
}

// Code in a justified line keeps its spaces, and the distance of its letters.
static void test_code_is_not_stretched(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("Some words here and `a b c d` there, with more of them to fill a second line too."),
        "p { text-align: justify; width: 150pt }");
    for (size_t n = 0; rig_run(&pages->pages[0], n); n++) {
        const struct brv_glyph_run *run = rig_run(&pages->pages[0], n);
        if (brv_str_starts_with(run->text, BRV_S("a b"))) {
            for (size_t i = 1; i < run->glyph_count; i++) {
                assert_float_equal(run->glyphs[i].x_advance_pt, run->glyphs[0].x_advance_pt, 0.001);
            }
            return;
        }
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_heading_of_a_wide_block),
        TEST(test_code_is_not_stretched),
        TEST(test_columns_are_filled_in_turn),
        TEST(test_the_last_page_is_balanced),
        TEST(test_a_listing_stands_whole_in_a_column),
        TEST(test_width_says_how_many),
        TEST(test_text_across_all_columns),
        TEST(test_headings_stay_with_their_text),
        TEST(test_columns_below_text),
        TEST(test_frames_are_cut_by_columns),
        TEST(test_right_to_left),
        TEST(test_notes_stand_below_all_columns),
        TEST(test_tables_repeat_their_header_in_each_column),
        TEST(test_nested_columns),
        TEST(test_lines_of_columns_stand_side_by_side),
        TEST(test_space_goes_above_a_heading_and_around_a_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
