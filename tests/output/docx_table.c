// Brevier — tables as Word styles: conditional formatting, and what names a style.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 3, COLUMNS = 3 };

// A head row, then three rows; `first` is an element within the first cell of the last, or TEXT.
static struct brv_node *add_table(struct fixture *fixture, struct brv_node *root,
                                  const char *class_name, enum brv_kind first)
{
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, class_name, NULL);
    struct brv_node *part = docx_element(fixture, table, BRV_KIND_THEAD, NULL, NULL);
    for (int row = 0; row <= ROWS; row++) {
        struct brv_node *tr = docx_element(fixture, part, BRV_KIND_TR, NULL, NULL);
        for (int column = 0; column < COLUMNS; column++) {
            bool is_special = first != BRV_KIND_TEXT && row == ROWS && column == 0;
            struct brv_node *cell = docx_element(fixture,
                                                 tr,
                                                 row == 0 ? BRV_KIND_TH : BRV_KIND_TD,
                                                 NULL,
                                                 is_special ? NULL : "cell");
            if (is_special) {
                docx_element(fixture, cell, first, NULL, "special");
            }
        }
        part = row == 0 ? docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL) : part;
    }
    return table;
}

static void test_docx_table__text_of_the_first_column(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    add_table(fixture, root, NULL, BRV_KIND_TEXT);
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           "article { color: #222222 } td { font-size: 8pt }"
                                           "td:first-child { font-weight: bold; color: #aa0000 }"
                                           "tr:nth-child(even) td { background-color: #eeeeee }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    brv_str styles = docx_part(&file, "word/styles.xml");
    brv_str grid = docx_style(&file, "TableGrid");
    docx_assert_has(docx_style_condition(grid, "firstCol"),
                    "<w:rPr><w:b/><w:bCs/><w:color w:val=\"AA0000\"");
    // Word takes the head of the first column for a cell of it.
    docx_assert_has(docx_style_condition(grid, "nwCell"),
                    "<w:rPr><w:b/><w:bCs/><w:color w:val=\"222222\"");
    docx_assert_has(docx_style_condition(grid, "band2Horz"), "EEEEEE");
    docx_assert_has(body, "w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\"");
    // What Normal or the paragraphs' own style stated, that of the table could not change.
    assert_int_equal(docx_count(docx_style(&file, "Normal"), "<w:rPr>"), 0);
    size_t end = brv_str_find(styles, 0, BRV_S("</w:docDefaults>"));
    docx_assert_has(brv_str_slice(styles, 0, end), "<w:color w:val=\"222222\"");
    assert_int_equal(docx_count(docx_style(&file, "TableText"), "<w:color"), 0);
    assert_int_equal(docx_count(body, "<w:pStyle w:val=\"TableText\"/>"), ROWS * COLUMNS);
}

// What is bold in the header row and in heads of rows is so by the table's style: their paragraphs
// would be plain without it, those of rows the same as any other.
static void test_docx_table__text_of_the_header(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = add_table(fixture, root, NULL, BRV_KIND_TEXT);
    for (struct brv_node *tr = table->last->first; tr; tr = tr->next) {
        tr->first->kind = BRV_KIND_TH;
    }
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, "thead th { font-style: italic } tbody th { color: #aa0000 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    brv_str grid = docx_style(&file, "TableGrid");
    docx_assert_has(docx_style_condition(grid, "firstRow"),
                    "<w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr>");
    docx_assert_has(docx_style_condition(grid, "firstCol"),
                    "<w:rPr><w:b/><w:bCs/><w:color w:val=\"AA0000\"");
    docx_assert_has(docx_style_condition(grid, "nwCell"),
                    "<w:rPr><w:b/><w:bCs/><w:color w:val=\"000000\"");
    assert_int_equal(docx_count(docx_style(&file, "TableHeading"), "<w:rPr>"), 0);
    assert_int_equal(docx_count(docx_style(&file, "TableText"), "<w:rPr>"), 0);
    assert_int_equal(docx_count(body, "<w:pStyle w:val=\"TableText\"/>"), ROWS * COLUMNS);
    docx_assert_has(body, "w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\"");
}

// Of several header rows LibreOffice takes the first alone, and one of several looks has no one to
// state: their paragraphs say it themselves.
static void test_docx_table__headers_that_are_not_the_tables(void **state)
{
    struct fixture *fixture = *state;
    for (int is_various = 0; is_various < 2; is_various++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *table = add_table(fixture, root, NULL, BRV_KIND_TEXT);
        if (!is_various) {
            struct brv_node *tr = docx_element(fixture, table->first, BRV_KIND_TR, NULL, NULL);
            docx_element(fixture, tr, BRV_KIND_TH, NULL, "second");
        }
        struct docx_file file = docx_from_tree(
            fixture, root, NULL, is_various ? "th:last-child { font-style: italic }" : "");
        assert_int_equal(
            docx_count(docx_style_condition(docx_style(&file, "TableGrid"), "firstRow"), "<w:b/>"),
            0);
        docx_assert_has(docx_style(&file, "TableHeading"), "<w:b/>");
    }
}

// Where it would change other text, too, or would not show, paragraphs have a style of their own.
static void test_docx_table__text_that_is_not_the_tables(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        enum brv_kind first;
        const char *css;
    } rows[] = {
        { BRV_KIND_PRE, "td:first-child { color: #aa0000 }" },
        { BRV_KIND_TEXT, "td { color: #0000aa } td:first-child { color: #aa0000 }" },
        { BRV_KIND_TEXT, "tr:last-child td:first-child { color: #aa0000 }" },
        { BRV_KIND_TEXT, "article { font-weight: bold } td:first-child { font-weight: normal }" },
        { BRV_KIND_TEXT, "td { color: #aa0000 }" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        add_table(fixture, root, NULL, rows[i].first);
        struct docx_file file = docx_from_tree(fixture, root, NULL, rows[i].css);
        brv_str styles = docx_part(&file, "word/styles.xml");
        assert_int_equal(docx_count(styles, "w:type=\"firstCol\""), 0);
        docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "w:firstColumn=\"0\"");
    }
}

// Another table's text has a colour, and as it is the commoner its style is Table Text: one based
// on that would have to state the first one's colour.
static void test_docx_table__text_based_on_nothing_that_states_it(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    for (int i = 0; i < 3; i++) {
        add_table(fixture, root, "blue", BRV_KIND_TEXT);
    }
    add_table(fixture, root, NULL, BRV_KIND_TEXT);
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       ".blue > tbody > tr > td { color: #0000aa }"
                       "table:last-child > tbody > tr > td:first-child { color: #aa0000 }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    brv_str last = brv_str_from(body, brv_str_find(body, 0, BRV_S("w:firstColumn=\"1\"")));
    size_t at = brv_str_find(last, 0, BRV_S("</w:tr>")); // the head
    at = brv_str_find(last, at, BRV_S("<w:pStyle w:val=\"")) + BRV_S("<w:pStyle w:val=\"").len;
    brv_str id = brv_str_slice(last, at, brv_str_find_byte(last, at, '"'));
    brv_str style = docx_style(&file, brv_arena_cstr(fixture->arena, id));
    docx_assert_has(style, "<w:basedOn w:val=\"Normal\"/>");
    assert_int_equal(docx_count(style, "<w:color"), 0);
    assert_int_equal(docx_count(styles, "<w:color w:val=\"AA0000\""), 1);
}

static void test_docx_table__class_of_its_cells_rules(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *css;
        const char *id;
    } rows[] = {
        { "table.zebra { border-top: 1pt solid red }", "ZebraTable" },
        { "table.zebra td { padding: 2pt }", "ZebraTable" },
        { ".zebra th { padding: 2pt }", "ZebraTable" },
        { ".zebras td { padding: 2pt }", "TableGrid" },
        { "td { padding: 2pt }", "TableGrid" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        add_table(fixture, root, "zebra", BRV_KIND_TEXT);
        struct docx_file file = docx_from_tree(fixture, root, NULL, rows[i].css);
        char style[60];
        (void)snprintf(style, sizeof style, "<w:tblStyle w:val=\"%s\"/>", rows[i].id);
        docx_assert_has(docx_part(&file, DOCX_DOCUMENT), style);
    }
}

// Sums at the foot and at the side: the table's style says how they look, where they cross, too.
static void test_docx_table__last_row_and_column(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    add_table(fixture, root, NULL, BRV_KIND_TEXT);
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "tbody tr:nth-child(even) td { background: #eeeeee }"
                       "tbody td:last-child { border-left: 2pt solid #00ff00; font-style: italic }"
                       "tbody tr:last-child td { border-top: 1pt solid #0000ff; font-weight: bold;"
                       " background: #dddddd }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(body,
                    "w:firstRow=\"1\" w:lastRow=\"1\" w:firstColumn=\"0\" w:lastColumn=\"1\"");
    assert_int_equal(docx_count(body, "<w:tcBorders>"), 0);
    assert_int_equal(docx_count(body, "<w:shd"), 0);
    assert_int_equal(docx_count(body, "\"TableText\""), (size_t)ROWS * COLUMNS);
    brv_str style = docx_style(&file, "TableGrid");
    brv_str row = docx_style_condition(style, "lastRow");
    docx_assert_has(row, "<w:rPr><w:b/><w:bCs/></w:rPr>");
    docx_assert_has(
        row, "<w:tcBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"0000FF\"");
    docx_assert_has(row, "w:fill=\"DDDDDD\"");
    brv_str column = docx_style_condition(style, "lastCol");
    docx_assert_has(column, "<w:rPr><w:i/><w:iCs/></w:rPr>");
    docx_assert_has(column, "<w:tcBorders><w:left w:val=\"single\" w:sz=\"16\"");
    assert_int_equal(docx_count(column, "<w:shd"), 0);
    docx_assert_has(docx_style_condition(style, "neCell"), "<w:left w:val=\"nil\"/>");
    assert_null(fixture->sink.first);
}

// A cell like none around it says so itself, and is counted.
static void test_docx_table__direct_cells_are_counted(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = add_table(fixture, root, NULL, BRV_KIND_TEXT);
    brv_node_set(fixture->arena, table->last->first->first->next, BRV_ATTR_CLASS, BRV_S("hot"));
    struct docx_file file = docx_from_tree(fixture, root, NULL, "td.hot { background: #ff0000 }");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:shd"), 1);
    assert_str(sink_message(&fixture->sink, 0),
               "the looks of table cells that are unlike their rows and columns are direct "
               "formatting; there are 1");
}

// The shaded rows are the band, be they the odd ones; the table itself is plain.
static void test_docx_table__odd_bands(void **state)
{
    static const char *const rows[][2] = { { "odd", "band1Horz" }, { "even", "band2Horz" } };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        add_table(fixture, root, NULL, BRV_KIND_TEXT);
        brv_str css = brv_arena_printf(
            fixture->arena, "tbody tr:nth-child(%s) td { background: #eeeeff }", rows[i][0]);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        brv_str style = docx_style(&file, "TableGrid");
        assert_int_equal(docx_count(style, "w:fill="), 1);
        docx_assert_has(docx_style_condition(style, rows[i][1]), "w:fill=\"EEEEFF\"");
    }
}

// Where the header alone is not shaded the bands are, all of them; a table without a header, too.
static void test_docx_table__all_but_the_header_is_shaded(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    add_table(fixture, root, NULL, BRV_KIND_TEXT);
    struct brv_node *headless = add_table(fixture, root, NULL, BRV_KIND_TEXT);
    headless->first = headless->last;
    struct docx_file file = docx_from_tree(fixture, root, NULL, "td { background: #eeeeff }");
    brv_str style = docx_style(&file, "TableGrid");
    assert_int_equal(docx_count(style, "w:fill="), 2);
    docx_assert_has(docx_style_condition(style, "band1Horz"), "w:fill=\"EEEEFF\"");
    docx_assert_has(docx_style_condition(style, "band2Horz"), "w:fill=\"EEEEFF\"");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:tblStyle w:val=\"TableGrid\"/>"), 2);
    assert_int_equal(docx_count(body, "w:noHBand=\"0\""), 2);
    assert_int_equal(docx_count(body, "w:fill="), 0);
}

// One of two columns that is shaded is the first or the last one, and the table itself is plain.
static void test_docx_table__one_of_two_columns_is_shaded(void **state)
{
    struct fixture *fixture = *state;
    static const char *const rows[][2] = { { "first", "firstCol" }, { "last", "lastCol" } };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *table = add_table(fixture, root, NULL, BRV_KIND_TEXT);
        for (struct brv_node *part = table->first; part; part = part->next) {
            for (struct brv_node *tr = part->first; tr; tr = tr->next) {
                tr->first->next->next = NULL;
                tr->last = tr->first->next;
            }
        }
        brv_str css =
            brv_arena_printf(fixture->arena, "td:%s-child { background: #eeeeff }", rows[i][0]);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        brv_str style = docx_style(&file, "TableGrid");
        assert_int_equal(docx_count(style, "w:fill=\"EEEEFF\""), 1);
        docx_assert_has(docx_style_condition(style, rows[i][1]), "w:fill=\"EEEEFF\"");
        assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "w:fill="), 0);
    }
}

// The widths of a table's columns in the grid, of two columns with these texts in a wide table.
static void widths_of(struct fixture *fixture, const char *first, const char *second,
                      const char *css, long widths[2])
{
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    struct brv_node *tr = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, tr, BRV_KIND_TH, NULL, first);
    docx_element(fixture, tr, BRV_KIND_TD, NULL, second);
    struct docx_file file = docx_from_tree(fixture, root, NULL, css);
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    size_t at = 0;
    for (int i = 0; i < 2; i++) {
        at = brv_str_find(xml, at, BRV_S("<w:gridCol w:w=\"")) + strlen("<w:gridCol w:w=\"");
        assert_true(at < xml.len);
        widths[i] = strtol(xml.ptr + at, NULL, 10);
    }
}

// A page of 3000 twips; what the sheet gives a column it keeps, whatever is left over.
static void test_docx_table__set_widths_stay(void **state)
{
    static const char css[] = "@page { size: 190pt 400pt; margin: 20pt } table { width: 100% } "
                              "th { width: 40% }";
    long widths[2];
    widths_of(*state, "key", "short", css, widths);
    assert_int_equal(widths[0], 1200);
    assert_int_equal(widths[1], 1800);
    widths_of(*state, "key", "words that take more than one line of this page", css, widths);
    assert_int_equal(widths[0], 1200);
}

// A width in percent is one of the room around, whatever margin the table has.
static void test_docx_table__percent_of_the_room(void **state)
{
    long widths[2];
    widths_of(*state,
              "a",
              "b",
              "@page { size: 240pt 400pt; margin: 20pt } table { width: 60%; margin-left: 40pt }",
              widths);
    assert_int_equal(widths[0] + widths[1], 2400);
}

// A column keeps its line whole when the other one hardly gets narrower by it.
static void test_docx_table__little_is_given(void **state)
{
    static const char css[] = "@page { size: 297pt 400pt; margin: 20pt } table { width: 100% }"
                              "article { font-size: 10pt }";
    long alone[2];
    long beside[2];
    widths_of(*state, "eleven words or so of it", "x", "article { font-size: 10pt }", alone);
    widths_of(*state, "eleven words or so of it", "a dozen words at least here", css, beside);
    assert_int_equal(beside[0], alone[0]);
    widths_of(*state,
              "eleven words or so of it",
              "a dozen words at least here, and then as many again, and as many once more",
              css,
              beside);
    assert_true(beside[0] < alone[0]);
}

// What is measured is the text in Word's size, which is one of half points.
static void test_docx_table__measured_as_set(void **state)
{
    long half[2];
    long whole[2];
    widths_of(
        *state, "some words", "others", "table { font-size: 9.3pt } th, td { padding: 0 }", half);
    widths_of(
        *state, "some words", "others", "table { font-size: 9.5pt } th, td { padding: 0 }", whole);
    assert_int_equal(half[0], whole[0]);
    widths_of(
        *state, "some words", "others", "table { font-size: 9.25pt } th, td { padding: 0 }", half);
    assert_true(half[0] < whole[0]);
}

// Rows with fewer cells than the grid: the places beside a cell from above and at the end are
// filled.
static void test_docx_table__every_row_fills_the_grid(void **state)
{
    struct fixture *fixture = *state;
    static const char *const rows[][3] = { { "a", "b", "c" }, { "d" }, { NULL }, { "e", "f" } };
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *tr = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
        for (size_t k = 0; k < BRV_COUNT(rows[i]) && rows[i][k]; k++) {
            docx_element(fixture, tr, BRV_KIND_TD, NULL, rows[i][k]);
        }
    }
    brv_node_set(fixture->arena, body->first->last, BRV_ATTR_ROWSPAN, BRV_S("3"));
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    static const struct {
        size_t cells, wide, merged;
    } expected[] = { { 3, 0, 1 }, { 3, 0, 1 }, { 2, 1, 1 }, { 3, 0, 0 } };
    size_t at = 0;
    for (size_t i = 0; i < BRV_COUNT(expected); i++) {
        at = brv_str_find(xml, at, BRV_S("<w:tr>"));
        size_t end = brv_str_find(xml, at, BRV_S("</w:tr>"));
        brv_str tr = brv_str_slice(xml, at, end);
        assert_int_equal(docx_count(tr, "<w:tc>"), expected[i].cells);
        assert_int_equal(docx_count(tr, "<w:gridSpan w:val=\"2\"/>"), expected[i].wide);
        assert_int_equal(docx_count(tr, "<w:vMerge"), expected[i].merged);
        at = end;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_table__text_of_the_first_column),
        TEST(test_docx_table__text_of_the_header),
        TEST(test_docx_table__headers_that_are_not_the_tables),
        TEST(test_docx_table__text_that_is_not_the_tables),
        TEST(test_docx_table__text_based_on_nothing_that_states_it),
        TEST(test_docx_table__class_of_its_cells_rules),
        TEST(test_docx_table__last_row_and_column),
        TEST(test_docx_table__direct_cells_are_counted),
        TEST(test_docx_table__odd_bands),
        TEST(test_docx_table__all_but_the_header_is_shaded),
        TEST(test_docx_table__one_of_two_columns_is_shaded),
        TEST(test_docx_table__every_row_fills_the_grid),
        TEST(test_docx_table__set_widths_stay),
        TEST(test_docx_table__percent_of_the_room),
        TEST(test_docx_table__little_is_given),
        TEST(test_docx_table__measured_as_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
