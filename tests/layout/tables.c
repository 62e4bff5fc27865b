// Brevier — tests of tables.
// SPDX-License-Identifier: MIT
#include "rig.h"

static void test_cells_stand_in_columns(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, rig_table(fixture, 3, 2), "");
    const struct brv_page *page = &pages->pages[0];
    for (size_t column = 0; column < 3; column++) {
        float x = rig_run(page, column)->x_pt;
        assert_float_equal(rig_run(page, column + 3)->x_pt, x, 0.01);
        assert_float_equal(rig_run(page, column + 6)->x_pt, x, 0.01);
    }
    assert_true(rig_run(page, 1)->x_pt > rig_run(page, 0)->x_pt + rig_run_width(rig_run(page, 0)));
    assert_int_equal(rig_count_tags(pages, "TH"), 3);
    assert_int_equal(rig_count_tags(pages, "TD"), 6);
    assert_int_equal(rig_count_tags(pages, "TR"), 3);
    assert_int_equal(rig_count_tags(pages, "THead"), 1);
}

static size_t count_text(const struct brv_page *page, const char *text, bool tagged)
{
    size_t count = 0;
    for (const struct brv_item *item = page->first; item; item = item->next) {
        count += item->kind == BRV_ITEM_GLYPHS && (item->tag != NULL) == tagged &&
                 brv_str_is(item->glyphs.text, text);
    }
    return count;
}

static void test_header_is_repeated(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, rig_table(fixture, 2, 60));
    struct brv_pages *pages = rig_layout(fixture, article, "");
    assert_true(pages->page_count >= 3);
    assert_int_equal(count_text(&pages->pages[0], "h0", true), 1);
    for (size_t i = 1; i < pages->page_count; i++) {
        assert_int_equal(count_text(&pages->pages[i], "h0", true), 0);
        assert_int_equal(count_text(&pages->pages[i], "h0", false), 1);
    }
    rig_check(fixture, pages, article);
}

static void test_tall_row_is_cut(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(text, "|a|b|\n|---|---|\n|");
    for (size_t i = 0; i < 600; i++) {
        brv_buf_printf(text, "w%zu ", i);
    }
    brv_buf_add_cstr(text, "|short|\n");
    struct brv_node *article = rig_article(fixture, brv_buf_str(text));
    struct brv_pages *pages = rig_layout(fixture, article, "td { border: 1pt solid black }");
    assert_true(pages->page_count >= 2);
    for (size_t i = 0; i < pages->page_count; i++) {
        for (size_t k = 0; rig_run(&pages->pages[i], k); k++) {
            assert_true(rig_run(&pages->pages[i], k)->baseline_pt < 361);
        }
    }
}

// What is drawn at a height of one page: "x1-x2 width" of each line, in order.
static size_t count_lines(const struct brv_page *page, float y_pt, float *width_pt)
{
    size_t count = 0;
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_LINE && item->line.y1_pt > y_pt - 0.1f &&
            item->line.y1_pt < y_pt + 0.1f && item->line.y2_pt < y_pt + 0.1f) {
            *width_pt = item->line.width_pt;
            count++;
        }
    }
    return count;
}

static void test_collapsed_borders_are_drawn_once(void **state)
{
    struct fixture *fixture = *state;
    const char *css = "td, th { border: 1pt solid black; padding: 0; line-height: 20pt } "
                      "table { margin: 0; border: 2pt solid red } thead { border: 3pt solid blue }"
                      "tbody tr:first-child td { border-bottom-style: double }";
    struct brv_pages *pages = rig_markdown(fixture, rig_table(fixture, 3, 3), css);
    const struct brv_page *page = &pages->pages[0];
    float width = 0;
    float height = rig_run(page, 3)->baseline_pt - rig_run(page, 0)->baseline_pt;
    assert_int_equal(count_lines(page, 40, &width), 1); // the head's wins over the table's
    assert_float_equal(width, 3, 0.01);
    assert_int_equal(count_lines(page, 40 + height, &width), 1);
    assert_float_equal(width, 3, 0.01);
    assert_int_equal(count_lines(page, 40 + 2 * height, &width), 1);
    assert_float_equal(width, 1, 0.01);
    assert_int_equal(count_lines(page, 40 + 4 * height, &width), 1);
    assert_float_equal(width, 2, 0.01);
    size_t upright = 0;
    size_t is_double = 0;
    for (const struct brv_item *item = page->first; item; item = item->next) {
        upright += item->kind == BRV_ITEM_LINE && item->line.x1_pt >= item->line.x2_pt;
        is_double += item->kind == BRV_ITEM_LINE && item->line.style == BRV_BORDER_DOUBLE;
    }
    assert_int_equal(upright, 4 * 4); // four lines in each of four rows
    assert_int_equal(is_double, 1);
}

static void test_pages_close_and_open_collapsed_tables(void **state)
{
    struct fixture *fixture = *state;
    const char *css = "td, th { border-bottom: 1pt solid black; padding: 0; line-height: 20pt } "
                      "th { border-bottom-width: 3pt } table { margin: 0 }";
    struct brv_pages *pages = rig_markdown(fixture, rig_table(fixture, 2, 40), css);
    float width = 0;
    const struct brv_page *first = &pages->pages[0];
    const float head = 40 + rig_run(first, 2)->baseline_pt - rig_run(first, 0)->baseline_pt;
    for (size_t i = 0; i + 1 < pages->page_count; i++) {
        const struct brv_page *page = &pages->pages[i];
        float row = rig_run(page, 4)->baseline_pt - rig_run(page, 2)->baseline_pt;
        assert_int_equal(count_lines(page, head, &width), 1);
        assert_float_equal(width, 3, 0.01);
        size_t rows = 0;
        while (rig_run(page, rows * 2)) {
            rows++;
        }
        rows -= i == 0;
        assert_int_equal(count_lines(page, head + row * (float)rows, &width), 1);
        assert_float_equal(width, 1, 0.01);
    }
}

static void test_frames_in_a_cut_row(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *table = brv_node_new(fixture->arena, BRV_KIND_TABLE, brv_span_none());
    brv_node_append(article, table);
    struct brv_node *row = brv_node_new(fixture->arena, BRV_KIND_TR, brv_span_none());
    brv_node_append(table, row);
    for (size_t i = 0; i < 2; i++) {
        struct brv_node *cell = brv_node_new(fixture->arena, BRV_KIND_TD, brv_span_none());
        brv_node_append(row, cell);
        struct brv_node *pre = brv_node_new(fixture->arena, BRV_KIND_PRE, brv_span_none());
        brv_node_append(cell, pre);
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (size_t k = 0; k < (i == 0 ? 40u : 3u); k++) {
            brv_buf_printf(text, "line %zu\n", k);
        }
        brv_node_append(pre, brv_node_new_text(fixture->arena, brv_buf_str(text), brv_span_none()));
    }
    struct brv_pages *pages = rig_layout(
        fixture, article, "pre { background-color: yellow; padding: 4pt; border: 1pt solid red }");
    assert_true(pages->page_count >= 2);
    for (size_t i = 0; i < pages->page_count; i++) {
        float top = 1000;
        float bottom = 0;
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            if (item->kind == BRV_ITEM_BOX) {
                top = item->box.y_pt < top ? item->box.y_pt : top;
                float end = item->box.y_pt + item->box.height_pt;
                bottom = end > bottom ? end : bottom;
            }
        }
        for (size_t k = 0; rig_run(&pages->pages[i], k); k++) {
            float y = rig_run(&pages->pages[i], k)->baseline_pt;
            assert_true(y > top && y < bottom);
        }
    }
}

static void test_a_column_of_figures_is_not_too_narrow(void **state)
{
    struct fixture *fixture = *state;
    rig_markdown(fixture, BRV_S("| a | b |\n|---|---|\n| 1 | 2 |\n"), "td { padding: 0 4pt }");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
}

// What is left of a table's width goes to the columns that have none of their own.
static void test_a_width_that_is_set_stays(void **state)
{
    struct fixture *fixture = *state;
    static const char set[] = "table { width: 180pt } th, td { text-align: left; padding: 0 }"
                              "[data-align=\"center\"] { width: 90pt }"
                              "[data-align=\"right\"] { width: 30pt }";
    static const struct {
        const char *text;
        float second_pt; // where the second column begins
    } tables[] = {
        { "| quite some words | x |\n|:-:|---|\n| y | z |\n", 90 },
        { "| a | x |\n|:-:|---|\n| y | quite some words |\n", 90 },
        { "| a | b |\n|:-:|--:|\n| y | z |\n", 135 }, // three quarters of 180
    };
    for (size_t i = 0; i < BRV_COUNT(tables); i++) {
        struct brv_pages *pages = rig_markdown(fixture, brv_str_from_cstr(tables[i].text), set);
        const struct brv_page *page = &pages->pages[0];
        float x = rig_run(page, 1)->x_pt - rig_run(page, 0)->x_pt;
        assert_float_equal(x, tables[i].second_pt, 0.01);
    }
}

static struct brv_node *append(struct fixture *fixture, struct brv_node *parent, enum brv_kind kind)
{
    struct brv_node *node = brv_node_new(fixture->arena, kind, brv_span_none());
    brv_node_append(parent, node);
    return node;
}

static struct brv_node *append_cell(struct fixture *fixture, struct brv_node *row, const char *text,
                                    const char *columns, const char *rows)
{
    struct brv_node *cell = append(fixture, row, BRV_KIND_TD);
    brv_node_append(cell,
                    brv_node_new_text(fixture->arena, brv_str_from_cstr(text), brv_span_none()));
    brv_node_set(fixture->arena, cell, BRV_ATTR_COLSPAN, brv_str_from_cstr(columns));
    brv_node_set(fixture->arena, cell, BRV_ATTR_ROWSPAN, brv_str_from_cstr(rows));
    return cell;
}

// Each cell of a row that is cut flows by itself: its lines keep their distance, whatever stands
// beside them, and on each page they begin below the padding of the row.
static void test_cells_of_a_cut_row_flow(void **state)
{
    struct fixture *fixture = *state;
    enum { LINES = 40, TALL = 25, LINE_PT = 20, TALL_PT = 33, PADDING_PT = 7, TOP_PT = 40 };
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
    struct brv_node *row = append(fixture, table, BRV_KIND_TR);
    for (size_t i = 0; i < 2; i++) {
        struct brv_node *cell = append(fixture, row, BRV_KIND_TD);
        for (size_t k = 0; k < (i == 0 ? LINES : TALL); k++) {
            struct brv_node *line = append(fixture, cell, i == 0 ? BRV_KIND_P : BRV_KIND_H6);
            brv_str text = i == 0 ? BRV_S("p") : BRV_S("h");
            brv_node_append(line, brv_node_new_text(fixture->arena, text, brv_span_none()));
        }
    }
    struct brv_pages *pages =
        rig_layout(fixture,
                   article,
                   "td { padding: 7pt } p { margin: 0; line-height: 20pt; widows: 1; orphans: 1 } "
                   "h6 { margin: 0; line-height: 33pt; font-size: 10pt; break-after: auto }");
    assert_true(pages->page_count >= 3);
    size_t seen[2] = { 0 };
    for (size_t i = 0; i < pages->page_count; i++) {
        const struct brv_glyph_run *before[2] = { NULL };
        const struct brv_glyph_run *run;
        for (size_t k = 0; (run = rig_run(&pages->pages[i], k)); k++) {
            size_t cell = brv_str_starts_with(run->text, BRV_S("h"));
            float line = cell ? TALL_PT : LINE_PT;
            float least = TOP_PT + PADDING_PT + line / 2;
            assert_true(run->baseline_pt > least && run->baseline_pt < 360);
            if (before[cell]) {
                assert_float_equal(run->baseline_pt - before[cell]->baseline_pt, line, 0.01);
            }
            before[cell] = run;
            seen[cell]++;
        }
    }
    assert_int_equal(seen[0], LINES);
    assert_int_equal(seen[1], TALL);
}

// A cell of many paragraphs is as high as all of them, not as its longest.
static void test_many_paragraphs_want_their_width(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
    struct brv_node *row = append(fixture, table, BRV_KIND_TR);
    for (size_t i = 0; i < 2; i++) { // as many words in both
        struct brv_node *cell = append(fixture, row, BRV_KIND_TD);
        for (size_t k = 0; k < (i == 0 ? 1 : 10); k++) {
            struct brv_buf *words = brv_buf_new_in(fixture->arena);
            for (size_t n = 0; n < (i == 0 ? 80 : 8); n++) {
                brv_buf_add_cstr(words, i == 0 ? "left " : "right ");
            }
            struct brv_node *paragraph = append(fixture, cell, BRV_KIND_P);
            brv_node_append(paragraph,
                            brv_node_new_text(fixture->arena, brv_buf_str(words), brv_span_none()));
        }
    }
    struct brv_pages *pages = rig_layout(fixture, article, "p { margin: 0 }");
    float left = 0;
    float right = 0;
    const struct brv_glyph_run *run;
    for (size_t k = 0; (run = rig_run(&pages->pages[0], k)); k++) {
        bool is_left = brv_str_starts_with(run->text, BRV_S("left"));
        *(is_left ? &left : &right) = run->x_pt;
    }
    assert_true(right - left > 60 && right - left < 130); // of 200
}

static void test_spans(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
    struct brv_node *body = append(fixture, table, BRV_KIND_TBODY);
    struct brv_node *first = append(fixture, body, BRV_KIND_TR);
    append_cell(fixture, first, "tall", "1", "2");
    append_cell(fixture, first, "wide", "2", "1");
    struct brv_node *second = append(fixture, body, BRV_KIND_TR);
    append_cell(fixture, second, "x", "1", "1");
    append_cell(fixture, second, "y", "1", "99");
    struct brv_pages *pages = rig_layout(fixture, article, "");
    const struct brv_page *page = &pages->pages[0];
    const struct brv_glyph_run *wide = rig_run(page, 1);
    const struct brv_glyph_run *x = rig_run(page, 2);
    const struct brv_glyph_run *y = rig_run(page, 3);
    assert_str(x->text, "x");
    assert_float_equal(wide->x_pt, x->x_pt, 0.01);
    assert_true(y->x_pt > x->x_pt);
    assert_true(x->baseline_pt > wide->baseline_pt + 10);
    rig_check(fixture, pages, article);
}

// What a cell needs beyond its rows makes all of them higher.
static void test_tall_span_is_spread(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
    struct brv_node *first = append(fixture, table, BRV_KIND_TR);
    append_cell(fixture, first, "alpha bravo charlie delta echo foxtrot", "1", "2");
    append_cell(fixture, first, "x", "1", "1");
    append_cell(fixture, append(fixture, table, BRV_KIND_TR), "y", "1", "1");
    const struct brv_pages *pages =
        rig_layout(fixture, article, "table { width: 70pt } td { line-height: 20pt; padding: 0 }");
    const struct brv_page *page = &pages->pages[0];
    size_t n = 0;
    while (!brv_str_is(rig_run(page, n)->text, "x")) {
        n++;
    }
    assert_true(n >= 3); // lines of the tall cell
    float step = rig_run(page, n + 1)->baseline_pt - rig_run(page, n)->baseline_pt;
    float tall = rig_run(page, n - 1)->baseline_pt - rig_run(page, 0)->baseline_pt + 20;
    assert_float_equal(step, tall / 2, 6);
}

static void test_spans_beyond_the_grid(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
    for (size_t i = 0; i < 30; i++) {
        struct brv_node *row = append(fixture, table, BRV_KIND_TR);
        append_cell(fixture, row, "a", "10000", "10000");
        append_cell(fixture, row, "b", "0", "0");
    }
    struct brv_pages *pages = rig_layout(fixture, article, "");
    assert_true(pages->page_count >= 1);
}

// Every row of a table has the same columns, whatever its cells ask for.
static void test_tags_make_a_grid(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
    struct brv_node *body = append(fixture, table, BRV_KIND_TBODY);
    struct brv_node *first = append(fixture, body, BRV_KIND_TR);
    append_cell(fixture, first, "a", "1", "1");
    append_cell(fixture, first, "b", "1", "3");
    append_cell(fixture, first, "c", "1", "1");
    struct brv_node *second = append(fixture, body, BRV_KIND_TR);
    append_cell(fixture, second, "under b", "3", "1");
    struct brv_node *third = append(fixture, body, BRV_KIND_TR);
    append_cell(fixture, third, "d", "1", "1");
    append_cell(fixture, third, "far", "9", "1");
    struct brv_pages *pages = rig_layout(fixture, article, "");
    const struct brv_tag *tag = pages->root;
    size_t count = 0; // of columns in all rows
    for (; tag; tag = rig_tag_next(tag)) {
        if (strcmp(tag->type, "TD") == 0) {
            count += tag->col_span > 1 ? tag->col_span : 1;
        }
    }
    assert_int_equal(count, 3 + 2 + 2); // with what "b" spans: three times three
    assert_int_equal(rig_count_tags(pages, "TD"), 3 + 2 + 2);
    rig_check(fixture, pages, article);
}

static void test_a_head_has_a_body(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("| a | b |\n|--|--|\n"), "");
    assert_int_equal(rig_count_tags(pages, "THead"), 0);
    assert_int_equal(rig_count_tags(pages, "TBody"), 1);
    assert_int_equal(rig_count_tags(pages, "TH"), 2);
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    (void)append(fixture, article, BRV_KIND_TABLE);
    assert_int_equal(rig_count_tags(rig_layout(fixture, article, ""), "Table"), 0);
    struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
    for (size_t i = 0; i < 2; i++) {
        struct brv_node *head = append(fixture, table, BRV_KIND_THEAD);
        append_cell(fixture, append(fixture, head, BRV_KIND_TR), "head", "1", "1");
        append_cell(fixture, append(fixture, table, BRV_KIND_TR), "body", "1", "1");
    }
    pages = rig_layout(fixture, article, "");
    assert_int_equal(rig_count_tags(pages, "THead"), 1);
    assert_int_equal(rig_count_tags(pages, "TBody"), 1);
}

static void test_long_table_is_linear(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, rig_table(fixture, 4, 4000));
    struct brv_pages *pages = rig_layout(fixture, article, "");
    assert_true(pages->page_count > 200);
    rig_check(fixture, pages, article);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_cells_stand_in_columns),
        TEST(test_header_is_repeated),
        TEST(test_tall_row_is_cut),
        TEST(test_collapsed_borders_are_drawn_once),
        TEST(test_pages_close_and_open_collapsed_tables),
        TEST(test_frames_in_a_cut_row),
        TEST(test_cells_of_a_cut_row_flow),
        TEST(test_many_paragraphs_want_their_width),
        TEST(test_a_column_of_figures_is_not_too_narrow),
        TEST(test_a_width_that_is_set_stays),
        TEST(test_spans),
        TEST(test_tall_span_is_spread),
        TEST(test_spans_beyond_the_grid),
        TEST(test_tags_make_a_grid),
        TEST(test_a_head_has_a_body),
        TEST(test_long_table_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
