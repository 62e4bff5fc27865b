// Brevier — lists in Word: their numbering definitions, levels and restarts.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

static void test_docx_list__ordered_lists_restart(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture, BRV_S("# T\n\n1. a\n2. b\n\nBetween.\n\n7. g\n8. h\n"), "");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    brv_str numbering = docx_part(&file, "word/numbering.xml");
    assert_str(docx_outline(fixture, body),
               "Heading1: T\nListNumber: a\nListNumber: b\nBodyText: Between.\n"
               "ListNumberRestart1: g\nListNumberRestart1Last: h\n");
    assert_int_equal(docx_count(body, "<w:numPr>"), 0);
    // One for each list, and bullets that a Word user may want.
    assert_int_equal(docx_count(numbering, "<w:abstractNum "), 3);
    docx_assert_has(numbering, "<w:pStyle w:val=\"ListNumber\"/>");
    docx_assert_has(numbering, "<w:pStyle w:val=\"ListNumberRestart1\"/>");
    assert_int_equal(docx_count(numbering, "<w:startOverride "), 1);
    docx_assert_has(numbering, "<w:startOverride w:val=\"7\"/>");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles,
                    "<w:name w:val=\"List Number Restart 1\"/><w:basedOn w:val=\"ListNumber\"/>");
    docx_assert_has(styles, "<w:numPr><w:numId w:val=\"2\"/></w:numPr>");
    docx_assert_has(numbering, "<w:numFmt w:val=\"decimal\"/>");
    docx_assert_has(numbering, "<w:lvlText w:val=\"%1.\"/>");
}

static void test_docx_list__lists_continue(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture, BRV_S("# T\n\n1. a\n2. b\n\nBetween.\n\n3. c\n"), "");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nListNumber: a\nListNumber: b\nBodyText: Between.\n"
               "ListNumberLast: c\n");
    assert_int_equal(docx_count(docx_part(&file, "word/numbering.xml"), "<w:startOverride "), 0);
}

// Beyond a number of lists that anybody wants styles for, a paragraph names its numbering.
static void test_docx_list__hundreds_of_lists(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    for (int i = 0; i < 300; i++) {
        struct brv_node *list = docx_element(fixture, root, BRV_KIND_OL, NULL, NULL);
        docx_element(fixture, list, BRV_KIND_LI, NULL, "item");
        docx_element(fixture, root, BRV_KIND_P, NULL, "between");
    }
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    size_t named = docx_count(body, "<w:numPr>");
    assert_true(named > 200 && named < 300);
    assert_int_equal(docx_count(docx_part(&file, "word/numbering.xml"), "<w:num "), 301);
}

static void test_docx_list__nested_lists_share_one_numbering(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture, BRV_S("# T\n\n- a\n  - b\n    - c\n- d\n  - e\n\n  more of d\n"), "");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\n"
               "ListBullet: a\n"
               "ListBullet2: b\n"
               "ListBullet3: c\n"
               "ListBullet: d\n"
               "ListBullet2: e\n"
               "ListContinue: more of d\n");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:numPr>"), 0);
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles, "<w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"1\"/></w:numPr>");
    brv_str numbering = docx_part(&file, "word/numbering.xml");
    assert_int_equal(docx_count(numbering, "<w:num "), 2); // these, and numbers for the pane
    docx_assert_has(numbering, "<w:pStyle w:val=\"ListBullet2\"/>");
}

// The number of the numbering that a style carries.
static char number_of(const struct docx_file *file, const char *id)
{
    brv_str style = docx_style(file, id);
    const brv_str tag = BRV_S("<w:numId w:val=\"");
    size_t at = brv_str_find(style, 0, tag) + tag.len;
    assert_true(at < style.len);
    return style.ptr[at];
}

// Tab on an item leads to the next level of its own kind, also where the document mixes them and
// where it has no such level.
static void test_docx_list__levels_are_of_one_kind(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(fixture,
                                               BRV_S("# T\n\n1. a\n   - b\n     1. c\n   - d\n"
                                                     "2. e\n   - f\n     1. g\n\n"
                                                     "- [ ] h\n  - i\n"),
                                               "ol, ul { margin: 0; padding-left: 18pt }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nListNumber: a\nListBullet2: b\nListNumber3: c\nListBullet2: d\n"
               "ListNumber: e\nListBullet2: f\nListNumber3: g\n"
               "ListTaskOpen: h\nListBullet2: i\n");
    static const char *const styles[][4] = {
        { "ListNumber", "ListNumber2", "ListNumber3", NULL },
        { "ListBullet", "ListBullet2", "ListBullet3", NULL },
    };
    for (size_t i = 0; i < BRV_COUNT(styles); i++) {
        for (const char *const *id = styles[i]; *id; id++) {
            assert_int_equal(number_of(&file, *id), number_of(&file, styles[i][0]));
        }
    }
    assert_int_not_equal(number_of(&file, "ListNumber"), number_of(&file, "ListBullet"));
    assert_int_not_equal(number_of(&file, "ListTaskOpen"), number_of(&file, "ListBullet"));
    assert_int_equal(docx_count(docx_part(&file, "word/numbering.xml"), "<w:startOverride"), 0);
}

// What counters() shows of the items around is theirs, so that Word counts on in all levels.
static void test_docx_list__numbers_of_the_items_around(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *css;
        const char *second, *third; // what the second and the third level show
    } rows[] = {
        { "li::marker { content: counters(list-item, '.') ' ' }", "%1.%2", "%1.%2.%3" },
        { "li::marker { content: '(' counters(list-item, '-') ') ' }", "(%1-%2)", "(%1-%2-%3)" },
        { "ol { list-style-type: upper-roman } ol ol { list-style-type: decimal }"
          "ol ol li::marker { content: counters(list-item, '.') ' ' }",
          "<w:isLgl/>",
          "%1.%2.%3" },
        { "ol ol li::marker { content: 'no. ' counter(list-item) }", "no. %2", "no. %3" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file =
            docx_from_markdown(fixture, BRV_S("# T\n\n1. a\n   1. b\n      1. c\n"), rows[i].css);
        brv_str numbering = docx_part(&file, "word/numbering.xml");
        docx_assert_has(numbering, rows[i].second);
        docx_assert_has(numbering, rows[i].third);
    }
    struct docx_file file =
        docx_from_markdown(fixture,
                           BRV_S("# T\n\n1. a\n   1. b\n2. c\n   1. d\n   2. e\n"),
                           "ol { margin: 0 } li::marker { content: counters(list-item, '.') ' ' }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nListNumber: a\nListNumber2: b\nListNumber: c\nListNumber2: d\n"
               "ListNumber2: e\n");
}

static void test_docx_list__task_markers(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture, BRV_S("# T\n\n- [ ] open\n- [x] done\n"), "");
    brv_str numbering = docx_part(&file, "word/numbering.xml");
    docx_assert_has(numbering, "<w:lvlText w:val=\"☐\"/>");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nListTaskOpen: open\nListTaskDone: done\n");
}

static void test_docx_list__tasks_have_levels(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture, BRV_S("# T\n\n- [ ] open\n  - [x] inner\n- [x] outer\n"), "");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nListTaskOpen: open\nListTaskDone2: inner\nListTaskDone: outer\n");
}

// What the sheet calls items is what they are called, not what it calls all text; that is not what
// quotes and the rest of items are for, either.
static void test_docx_list__names_of_items(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("# T\n\n1. a\n\n   more\n\n2. b\n   - c\n\nBetween.\n\n"
              "1. d\n\n2. e\n\n> quoted\n\n- [x] done\n- [ ] open\n- dot\n"),
        "p { -brv-word-style: \"Our Text\" } li { -brv-word-style: \"Our Item\" }"
        "p, ol { margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nOurItem: a\nListContinue: more\nOurItem: b\nOurItem2: c\n"
               "OurText: Between.\nOurItemRestart1: d\nOurItemRestart1: e\nQuote: quoted\n"
               "OurItemDone: done\nOurItemOpen: open\nOurItemBullet: dot\n");
}

// A style that is named before the one which carries its numbering is called after that; lists of
// one look in another place than usual begin anew as well.
static void test_docx_list__names_of_lists_that_begin_anew(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("# T\n\n1. a\n2. b\n3. c\n\nBetween.\n\n1. d\n2. e\n3. f\n\n"
              "- g\n  1. h\n- i\n  1. j\n"),
        "ol, ul { margin: 0 } ol { padding-left: 20pt } ul { padding-left: 12pt }"
        "ol > li:first-child { margin-top: 10pt } ul ol li:first-child { margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nListNumberFirst: a\nListNumber: b\nListNumber: c\n"
               "BodyText: Between.\n"
               "ListNumberRestart1First: d\nListNumberRestart1: e\nListNumberRestart1: f\n"
               "ListBullet: g\nListNumber2: h\nListBullet: i\nListNumber2Restart1: j\n");
}

// But what it calls the text of items they are.
static void test_docx_list__names_of_text_in_items(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("# T\n\n1. a\n\n2. b\n\n> quoted\n"),
        "p { -brv-word-style: \"Our Text\" } li { -brv-word-style: \"Our Item\" }"
        "li p { -brv-word-style: \"Our Step\" }"
        "blockquote { -brv-word-style: \"Our Quote\" } p, ol { margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nOurStep: a\nOurStep: b\nOurQuote: quoted\n");
}

// Items that a sheet makes notes are notes; rows and cells cannot be any.
static void test_docx_list__items_as_notes(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture,
                           BRV_S("- one\n- two\n\n|a|b|\n|---|---|\n|three|four|\n"),
                           "li, tr, td { float: footnote } li:first-child { float: none }");
    brv_str notes = docx_part(&file, "word/footnotes.xml");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(notes, ">two<"), 1);
    assert_int_equal(docx_count(body, "<w:footnoteReference "), 1);
    assert_int_equal(docx_count(body, ">one<"), 1);
    assert_int_equal(docx_count(body, ">three<"), 1);
    assert_int_equal(docx_count(body, ">four<"), 1);
}

// A sign before an item is a bullet, also in a list of numbers; numbers that Word cannot count are
// typed, and a note counts them.
static void test_docx_list__markers_that_word_cannot_count(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture, BRV_S("1. one\n2. two\n"), "li:first-child::marker { content: '→ '; color: red }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "ListBullet: one\nListNumber: two\n");
    docx_assert_has(docx_part(&file, "word/numbering.xml"), "<w:lvlText w:val=\"→\"/>");
    assert_int_equal(fixture->sink.counts[BRV_NOTE], 0);
    file = docx_from_markdown(fixture,
                              BRV_S("## Greek\n\n1. one\n2. two\n"),
                              "@counter-style greek { system: cyclic; symbols: 'α' 'β' } "
                              ".greek ol { list-style-type: greek }");
    assert_int_equal(fixture->sink.counts[BRV_NOTE], 1);
    docx_assert_has(fixture->sink.last->message, "the numbers of 2 list items are typed text");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading2: Greek\nListNumberUnnumbered: α.→one\nListNumberUnnumberedLast: β.→two\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_list__ordered_lists_restart),
        TEST(test_docx_list__lists_continue),
        TEST(test_docx_list__hundreds_of_lists),
        TEST(test_docx_list__nested_lists_share_one_numbering),
        TEST(test_docx_list__levels_are_of_one_kind),
        TEST(test_docx_list__numbers_of_the_items_around),
        TEST(test_docx_list__task_markers),
        TEST(test_docx_list__tasks_have_levels),
        TEST(test_docx_list__names_of_items),
        TEST(test_docx_list__names_of_lists_that_begin_anew),
        TEST(test_docx_list__names_of_text_in_items),
        TEST(test_docx_list__items_as_notes),
        TEST(test_docx_list__markers_that_word_cannot_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
