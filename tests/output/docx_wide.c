// Brevier — Word tables wider than the page: which columns stand together, and what is said of
// them.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include <stdlib.h>

// A column of 300 points and a size of 10.
static const char page_css[] = "@page { size: 320pt 400pt; margin: 10pt } "
                               "article { font-size: 10pt; font-family: sans-serif } "
                               "table { width: 100% } td, th { padding: 0 }";

enum { FEW_COLUMNS = 12 };

// Twelve columns, of which each third has a word of more than nine ems.
static struct docx_file twelve_columns(struct fixture *fixture)
{
    return docx_from_markdown(
        fixture,
        BRV_S("| A | B | C | D | E | F | G | H | I | J | K | L |\n"
              "|--|--|--|--|--|--|--|--|--|--|--|--|\n"
              "| somewhat-long | b1 | b2 | somewhatlongword | b4 | b5 | somewhatlongword "
              "| b7 | b8 | somewhatlongword | b10 | b11 |\n"),
        page_css);
}

// The widths of the columns of the table that begins at `at`, which moves behind them.
static size_t read_grid(brv_str xml, size_t *at, long widths[FEW_COLUMNS])
{
    const brv_str column = BRV_S("<w:gridCol w:w=\"");
    size_t end = brv_str_find(xml, *at, BRV_S("</w:tblGrid>"));
    size_t count = 0;
    for (size_t i = brv_str_find(xml, *at, column); i < end && count < FEW_COLUMNS;
         i = brv_str_find(xml, i + 1, column)) {
        widths[count++] = strtol(xml.ptr + i + column.len, NULL, 10);
    }
    *at = end + 1;
    return count;
}

// A part has no more columns than the words in them leave room for, and none has far more than
// another.
static void test_docx_wide__words_of_parts_are_whole(void **state)
{
    static const struct {
        size_t columns, long_column;
    } parts[] = { { 5, 3 }, { 5, 2 }, { 4, 1 } };
    enum { NINE_EMS = 9 * 10 * 20 };
    struct fixture *fixture = *state;
    struct docx_file file = twelve_columns(fixture);
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(xml, "<w:tbl>"), BRV_COUNT(parts));
    size_t at = 0;
    for (size_t i = 0; i < BRV_COUNT(parts); i++) {
        long widths[FEW_COLUMNS] = { 0 };
        assert_int_equal(read_grid(xml, &at, widths), parts[i].columns);
        assert_true(widths[parts[i].long_column] > NINE_EMS);
    }
}

// Each part says what its own columns hold.
static void test_docx_wide__parts_are_described(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = twelve_columns(fixture);
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(xml, "<w:tblDescription w:val=\"A, B, C, D, E\"/>");
    docx_assert_has(xml, "<w:tblDescription w:val=\"A, F, G, H, I\"/>");
    docx_assert_has(xml, "<w:tblDescription w:val=\"A, J, K, L\"/>");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_wide__words_of_parts_are_whole),
        TEST(test_docx_wide__parts_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
