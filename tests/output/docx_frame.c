// Brevier — frames in Word: paragraphs with borders, and tables of one cell.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

// The side of a frame goes on beside what has a border of its own.
static void test_docx_frame__frames_around_borders(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, NULL, NULL);
    docx_element(fixture, aside, BRV_KIND_H2, NULL, "head");
    docx_element(fixture, aside, BRV_KIND_P, NULL, "text");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           "aside { border: 3pt solid #112233; padding: 6pt }"
                                           "h2 { border-bottom: 1pt solid #445566 }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:tbl>"), 1); // what follows stands in the frame
    size_t at = brv_str_find(styles, 0, BRV_S("w:styleId=\"Heading2Inner\""));
    brv_str heading = brv_str_slice(styles, at, brv_str_find(styles, at, BRV_S("</w:pBdr>")));
    assert_int_equal(docx_count(heading, "112233"), 3);
    assert_int_equal(docx_count(heading, "<w:bottom"), 0); // that of a heading
}

// Headings within a frame of lists stand between the tables that it is made of.
static void test_docx_frame__headings_within_frames(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "callout", NULL);
    docx_element(fixture, aside, BRV_KIND_H2, NULL, "head");
    docx_element(fixture, aside, BRV_KIND_P, NULL, "text");
    struct brv_node *section = docx_element(fixture, aside, BRV_KIND_SECTION, NULL, NULL);
    docx_element(fixture, section, BRV_KIND_H3, NULL, "part");
    struct brv_node *list = docx_element(fixture, section, BRV_KIND_UL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "one");
    docx_element(fixture, root, BRV_KIND_P, NULL, "after");
    struct docx_file file = docx_from_tree(
        fixture,
        root,
        NULL,
        "aside.callout { border: 3pt solid #112233; padding: 6pt; break-inside: avoid }"
        "h2 { margin: 20pt 0 5pt } h3 { margin: 12pt 0 3pt } p, ul { margin: 0 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_str(docx_outline(fixture, body),
               "CalloutHeading2: head\nBodyText: text\nCalloutHeading3: part\nListBullet: one\n"
               "BodyText: after\n");
    assert_int_equal(docx_count(body, "<w:tbl>"), 2);
    assert_int_equal(docx_count(body, "<w:cantSplit/>"), 2);
    assert_true(brv_str_find(body, 0, BRV_S("</w:tbl>")) < brv_str_find(body, 0, BRV_S(">part<")));
    // The tables fill the space that a heading leaves above and below.
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles, "<w:name w:val=\"Callout\"/>");
    docx_assert_has(styles, "<w:name w:val=\"Callout 3 pt Above\"/>");
    docx_assert_has(styles, "<w:top w:w=\"100\" w:type=\"dxa\"/>");
    docx_assert_has(styles, "<w:bottom w:w=\"240\" w:type=\"dxa\"/>");
    brv_str heading = docx_style(&file, "CalloutHeading3");
    docx_assert_has(heading, "<w:spacing w:before=\"0\" w:after=\"0\"/>");
    assert_int_equal(docx_count(heading, "112233"), 2); // left and right
}

// A frame that is longer than a page is not kept in one piece.
static void test_docx_frame__long_frames(void **state)
{
    struct fixture *fixture = *state;
    for (int count = 3; count < 100; count += 90) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "callout", NULL);
        struct brv_node *list = docx_element(fixture, aside, BRV_KIND_UL, NULL, NULL);
        for (int i = 0; i < count; i++) {
            docx_element(fixture, list, BRV_KIND_LI, NULL, "item");
        }
        struct docx_file file = docx_from_tree(
            fixture, root, NULL, "aside { border: 3pt solid #112233; break-inside: avoid }");
        assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:cantSplit/>"), count == 3);
    }
}

// The space above a heading that begins a frame stands above the frame, or within its edge.
static void test_docx_frame__space_above_headings(void **state)
{
    static const struct {
        const char *css, *spacing, *top;
    } rows[] = {
        { "", "<w:spacing w:before=\"360\"", NULL },
        { ".callout { margin-top: 30pt }", "<w:spacing w:before=\"600\"", NULL },
        { ".callout { padding: 4pt }", "<w:spacing w:before=\"0\"", "w:space=\"22\"" },
        { ".callout { border-top: 1pt solid red }", "<w:spacing w:before=\"0\"", "w:space=\"18\"" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        docx_element(fixture, root, BRV_KIND_H2, NULL, "usual");
        docx_element(fixture, root, BRV_KIND_P, NULL, "text");
        struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "callout", NULL);
        docx_element(fixture, aside, BRV_KIND_H2, NULL, "head");
        struct brv_node *list = docx_element(fixture, aside, BRV_KIND_UL, NULL, NULL);
        docx_element(fixture, list, BRV_KIND_LI, NULL, "item");
        brv_str css =
            brv_arena_printf(fixture->arena,
                             ".callout { background-color: #eeeeee } h2 { margin: 18pt 0 2pt }"
                             "h2:first-child { margin-top: 7pt } p { margin: 0 } "
                             "aside h2:first-child { margin-top: 18pt } %s",
                             rows[i].css);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        brv_str heading = docx_style(&file, "CalloutHeading2");
        docx_assert_has(heading, rows[i].spacing);
        if (rows[i].top) {
            size_t top = brv_str_find(heading, 0, BRV_S("<w:top "));
            docx_assert_has(brv_str_slice(heading, top, brv_str_find_byte(heading, top, '>')),
                            rows[i].top);
        }
    }
}

// A frame begins with its own edge, whatever rule its heading has; its sides are those where lines
// begin and end.
static void test_docx_frame__edges_and_sides(void **state)
{
    struct fixture *fixture = *state;
    for (int is_rtl = 0; is_rtl < 2; is_rtl++) {
        brv_str markdown = brv_arena_printf(fixture->arena,
                                            "---\nlang: %s\n---\n## %s\n\n- %s\n",
                                            is_rtl ? "ar" : "en",
                                            is_rtl ? "واحد" : "One",
                                            is_rtl ? "بند" : "item");
        struct docx_file file = docx_from_markdown(
            fixture,
            markdown,
            ".one, .واحد { border: 2pt solid #112233; border-left: 4pt solid #445566 }"
            "h2 { border-top: 1pt solid #778899 }");
        brv_str styles = docx_part(&file, "word/styles.xml");
        size_t at = brv_str_find(styles, 0, BRV_S("<w:basedOn w:val=\"Heading2\"/>"));
        brv_str heading = brv_str_slice(styles, at, brv_str_find(styles, at, BRV_S("</w:style>")));
        docx_assert_has(heading, "<w:top w:val=\"single\" w:sz=\"16\" ");
        docx_assert_has(heading,
                        is_rtl ? "<w:right w:val=\"single\" w:sz=\"32\" "
                               : "<w:left w:val=\"single\" w:sz=\"32\" ");
        at = brv_str_find(styles, 0, BRV_S("<w:style w:type=\"table\" w:customStyle"));
        brv_str table = brv_str_slice(styles, at, brv_str_find(styles, at, BRV_S("</w:style>")));
        docx_assert_has(table,
                        is_rtl ? "<w:right w:val=\"single\" w:sz=\"32\" "
                               : "<w:left w:val=\"single\" w:sz=\"32\" ");
    }
}

// Word has a double border by the width of one line of it.
static void test_docx_frame__double_borders(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H2, NULL, "head");
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, "h2 { border-bottom: 3pt double #112233 }");
    docx_assert_has(docx_part(&file, "word/styles.xml"), "<w:bottom w:val=\"double\" w:sz=\"8\" ");
}

// A frame may begin with what is not seen, and its first heading come right after that.
static void test_docx_frame__nothing_before_headings(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "callout", NULL);
    docx_element(fixture, aside, BRV_KIND_P, NULL, NULL);
    docx_element(fixture, aside, BRV_KIND_H2, NULL, "head");
    struct brv_node *list = docx_element(fixture, aside, BRV_KIND_UL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "one");
    docx_element(fixture, aside, BRV_KIND_H3, NULL, "part");
    docx_element(fixture, aside, BRV_KIND_P, NULL, NULL);
    docx_element(fixture, root, BRV_KIND_P, NULL, "after");
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, "aside { border: 3pt solid #112233 } ul { margin: 0 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_str(docx_outline(fixture, body),
               "CalloutHeading2: head\nListBullet: one\nCalloutHeading3: part\n"
               "BodyText: after\n");
    assert_int_equal(docx_count(body, "<w:tbl>"), 1);
    assert_int_equal(docx_count(docx_style(&file, "CalloutHeading3"), "<w:bottom "), 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_frame__frames_around_borders),
        TEST(test_docx_frame__headings_within_frames),
        TEST(test_docx_frame__long_frames),
        TEST(test_docx_frame__space_above_headings),
        TEST(test_docx_frame__edges_and_sides),
        TEST(test_docx_frame__double_borders),
        TEST(test_docx_frame__nothing_before_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
