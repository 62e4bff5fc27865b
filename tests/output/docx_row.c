// Brevier — the first and last rows of a table as a Word style: what is their look, and what is a
// band.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include <stdio.h>

// Rows of a body, each with `columns` cells.
static struct brv_node *add_table(struct fixture *fixture, struct brv_node *root, int rows,
                                  int columns)
{
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    for (int row = 0; row < rows; row++) {
        struct brv_node *tr = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
        for (int column = 0; column < columns; column++) {
            docx_element(fixture, tr, BRV_KIND_TD, NULL, "cell");
        }
    }
    return table;
}

static const char sum[] = "tr:last-child td { border-bottom: 2pt solid #000; font-weight: bold }";

// A sum stays below when somebody adds a row: no band, which each second one would have.
static void test_docx_row__last_of_any_number(void **state)
{
    struct fixture *fixture = *state;
    for (int columns = 2; columns <= 4; columns++) {
        for (int rows = 2; rows <= 5; rows++) {
            struct brv_node *root = docx_article(fixture);
            add_table(fixture, root, rows, columns);
            struct docx_file file = docx_from_tree(fixture, root, NULL, sum);
            brv_str style = docx_style(&file, "TableGrid");
            brv_str last = docx_style_condition(style, "lastRow");
            docx_assert_has(last, "<w:rPr><w:b/><w:bCs/></w:rPr>");
            docx_assert_has(last, "<w:bottom w:val=\"single\" w:sz=\"16\"");
            assert_int_equal(docx_count(style, "Horz"), 0);
            assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:tcBorders>"), 0);
        }
    }
    assert_null(fixture->sink.first);
}

// What all of the row has is the row's, what some of it has besides is theirs.
static void test_docx_row__text_that_a_column_sets_apart_too(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    enum { ROWS = 3, COLUMNS = 4 };
    add_table(fixture, root, ROWS, COLUMNS);
    struct docx_file file = docx_from_tree(
        fixture,
        root,
        NULL,
        brv_arena_printf(
            fixture->arena, "%s td:nth-child(3) { font-style: italic; color: #aa0000 }", sum)
            .ptr);
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(docx_style_condition(docx_style(&file, "TableGrid"), "lastRow"),
                    "<w:rPr><w:b/><w:bCs/></w:rPr>");
    assert_int_equal(docx_count(body, "<w:pStyle w:val=\"TableText\"/>"), ROWS * (COLUMNS - 1));
    assert_int_equal(docx_count(docx_part(&file, "word/styles.xml"), "w:styleId=\"TableText"), 2);
}

// Tables that differ in nothing but the parts which they show have one style: each says which.
static void test_docx_row__parts_that_a_table_has_not(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    for (int i = 0; i < 4; i++) {
        struct brv_node *table = add_table(fixture, root, 3, 3);
        for (struct brv_node *tr = table->last->first; tr && i % 2 == 1; tr = tr->next) {
            tr->first->kind = BRV_KIND_TH;
        }
        if (i < 2) {
            brv_node_set(fixture->arena, table->last->last, BRV_ATTR_CLASS, BRV_S("sum"));
        }
    }
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, ".sum > * { border-top: 1pt solid; font-weight: bold }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    brv_str style = docx_style(&file, "TableGrid");
    assert_int_equal(docx_count(body, "<w:tblStyle w:val=\"TableGrid\"/>"), 4);
    assert_int_equal(docx_count(body, "w:lastRow=\"0\" w:firstColumn=\"1\""), 1);
    assert_int_equal(docx_count(body, "w:lastRow=\"0\" w:firstColumn=\"0\""), 1);
    assert_true(docx_style_condition(style, "firstCol").len > 0);
    assert_true(docx_style_condition(style, "lastRow").len > 0);
}

// Heads of rows are the first column's beside a cell of any other look.
static void test_docx_row__heads_beside_odd_text(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = add_table(fixture, root, 2, 4);
    for (struct brv_node *tr = table->last->first; tr; tr = tr->next) {
        tr->first->kind = BRV_KIND_TH;
        brv_node_set(fixture->arena, tr->first->next, BRV_ATTR_CLASS, BRV_S("high"));
    }
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, ".high { font-weight: bold; color: #aa0000 }");
    docx_assert_has(docx_style_condition(docx_style(&file, "TableGrid"), "firstCol"), "<w:b/>");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "w:firstColumn=\"1\"");
}

// Of two rows the second is a band where it is shaded and no rule chooses the last.
static void test_docx_row__second_of_two(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *css, *type;
    } rows[] = {
        { "tr:nth-child(even) td { background-color: #eeeeee }", "band2Horz" },
        { "tr:nth-child(even) { background-color: #eeeeee }", "band2Horz" },
        { "tr:nth-child(even) td { background-color: #eee } td:last-child { color: red }",
          "band2Horz" },
        { "tr:last-child td { background-color: #eeeeee }", "lastRow" },
        { "tr:last-of-type { background-color: #eeeeee }", "lastRow" },
        { "tr:nth-child(2) td { border-top: 1pt solid black }", "lastRow" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        add_table(fixture, root, 2, 2);
        struct docx_file file = docx_from_tree(fixture, root, NULL, rows[i].css);
        brv_str style = docx_style(&file, "TableGrid");
        assert_true(docx_style_condition(style, rows[i].type).len > 0);
        assert_int_equal(docx_count(style, "<w:tblStylePr"), 1);
    }
}

// The rule below two rows of heads stands below one that spans both, too: the style says so, and
// the cell for LibreOffice.
static void test_docx_row__rule_below_merged_heads(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *head = docx_element(fixture, table, BRV_KIND_THEAD, NULL, NULL);
    struct brv_node *tr = docx_element(fixture, head, BRV_KIND_TR, NULL, NULL);
    struct brv_node *tall = docx_element(fixture, tr, BRV_KIND_TH, NULL, "both");
    brv_node_set(fixture->arena, tall, BRV_ATTR_ROWSPAN, BRV_S("2"));
    docx_element(fixture, tr, BRV_KIND_TH, NULL, "upper");
    tr = docx_element(fixture, head, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, tr, BRV_KIND_TH, NULL, "lower");
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    tr = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, tr, BRV_KIND_TD, NULL, "one");
    docx_element(fixture, tr, BRV_KIND_TD, NULL, "two");
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, "thead th { border-bottom: 1pt solid red }");
    docx_assert_has(docx_style_condition(docx_style(&file, "TableGrid"), "firstRow"),
                    "<w:bottom w:val=\"single\"");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(xml, "<w:tcBorders>"), 1);
    docx_assert_has(xml, "<w:vMerge/><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"8\"");
    assert_null(fixture->sink.first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_row__last_of_any_number),
        TEST(test_docx_row__text_that_a_column_sets_apart_too),
        TEST(test_docx_row__parts_that_a_table_has_not),
        TEST(test_docx_row__heads_beside_odd_text),
        TEST(test_docx_row__second_of_two),
        TEST(test_docx_row__rule_below_merged_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
