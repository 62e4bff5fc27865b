// Brevier — tests of tables.
// SPDX-License-Identifier: MIT
#include "rig.h"

static brv_str table_of(struct fixture *fixture, size_t columns, size_t rows)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t row = 0; row < rows + 2; row++) {
        for (size_t column = 0; column < columns; column++) {
            brv_buf_printf(out, row == 0 ? "|h%zu" : row == 1 ? "|---" : "|c%zu", column);
            if (row > 1) {
                brv_buf_printf(out, "r%zu", row - 1);
            }
        }
        brv_buf_add_cstr(out, "|\n");
    }
    return brv_buf_str(out);
}

static void test_cells_stand_in_columns(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, table_of(fixture, 3, 2), "");
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
    struct brv_node *article = rig_article(fixture, table_of(fixture, 2, 60));
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

static void test_wide_table_stays_on_the_page(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, table_of(fixture, 40, 2));
    struct brv_pages *pages = rig_layout(fixture, article, "th, td { padding: 0 1pt }");
    for (size_t i = 0; rig_run(&pages->pages[0], i); i++) {
        assert_true(rig_run(&pages->pages[0], i)->x_pt < 251);
    }
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 1);
    brv_str message = sink_message(&fixture->sink, 0);
    assert_true(brv_str_starts_with(message, BRV_S("table with 40 columns is too wide")));
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

static void test_long_table_is_linear(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, table_of(fixture, 4, 4000));
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
        TEST(test_wide_table_stays_on_the_page),
        TEST(test_spans),
        TEST(test_spans_beyond_the_grid),
        TEST(test_long_table_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
