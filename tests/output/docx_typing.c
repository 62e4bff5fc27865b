// Brevier — what a Word user finds who goes on writing: styles where nothing stands yet, numbers
// before what they number.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

// An empty cell has the style of its column, so that what is typed there looks as the others do.
static void test_docx_typing__empty_cells(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(fixture,
                                               BRV_S("| Name | Sum |\n|:--|--:|\n"
                                                     "| Ann | 12 |\n| Bob | |\n| | |\n"),
                                               "td { text-align: start }"
                                               "[data-align=right] { text-align: end }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_str(docx_outline(fixture, body),
               "Spacer: \nTableHeading: Name\nTableHeadingRight: Sum\n"
               "TableText: Ann\nTableTextRight: 12\n"
               "TableText: Bob\nTableTextRight: \n"
               "TableText: \nTableTextRight: \n"
               "Spacer: \n");
}

// An item that begins with a list or a table has its number before that.
static void test_docx_typing__numbers_stand_first(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("1. - inner\n   - more\n2. | a |\n   |---|\n   | 1 |\n3.\n4. > quoted\n"),
        "ol, li, p, table, blockquote { margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "ListNumber: \nListBullet2: inner\nListBullet2: more\n"
               "ListNumber: \nTableHeading: a\nTableText: 1\n"
               "ListNumber: \nListNumber: quoted\n");
}

// Lists may count from 0.
static void test_docx_typing__lists_from_zero(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture, BRV_S("0. none\n1. one\n"), "ol { margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "ListNumber: none\nListNumber: one\n");
    docx_assert_has(docx_part(&file, "word/numbering.xml"), "<w:startOverride w:val=\"0\"/>");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_typing__empty_cells),
        TEST(test_docx_typing__numbers_stand_first),
        TEST(test_docx_typing__lists_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
