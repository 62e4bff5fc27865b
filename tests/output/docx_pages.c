// Brevier — pages in Word: sections, their margins and numbers, headers and footers.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

static void test_docx_pages__pages_are_numbered_by_the_sheet(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, "cover", "cover");
    docx_element(fixture, root, BRV_KIND_H1, "cover zero", "title");
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    docx_element(fixture, root, BRV_KIND_P, "again", "appendix");
    docx_element(fixture, root, BRV_KIND_P, "same", "no page of its own");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "@page { @bottom-right { content: counter(page) } }"
                       "@page cover { margin: 9cm; @bottom-right { content: counter(page) } }"
                       ".cover { page: cover } .zero { counter-reset: page }"
                       ".again { break-before: page; counter-reset: page 7 }"
                       ".same { counter-reset: page 9 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:sectPr>"), 3);
    assert_int_equal(docx_count(body, "<w:pgNumType w:start=\"0\"/>"), 1);
    assert_int_equal(docx_count(body, "<w:pgNumType w:start=\"7\"/>"), 1);
    assert_int_equal(docx_count(body, "<w:pgNumType "), 2);
    assert_int_equal(docx_count(body, "\"continuous\""), 0);
    assert_int_equal(docx_count(docx_part(&file, "word/styles.xml"), "<w:pageBreakBefore/>"), 0);
    // How many pages the cover has is not known, so neither is what follows it.
    assert_str(docx_outline(fixture, docx_part(&file, "word/footer4.xml")), "FooterCover: →0\n");
}

// Margins that are mirrored on all pages are so in Word; else those of right pages hold.
static void test_docx_pages__mirrored_margins(void **state)
{
#define MIRRORED                                                                                   \
    "@page :left { margin: 20pt 30pt 20pt 50pt } @page :right { margin: 20pt 50pt 20pt 30pt }"
    static const struct {
        const char *css;
        bool is_mirrored;
    } rows[] = {
        { MIRRORED, true },
        { MIRRORED "@page wide { margin: 10pt } h2 { page: wide }", true },
        { MIRRORED "@page wide { margin: 10pt 20pt 10pt 10pt } h2 { page: wide }", false },
        { "@page { margin: 20pt 30pt } ", false },
        { "@page { margin: 20pt 30pt 20pt 50pt } ", false },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file =
            docx_from_markdown(fixture, BRV_S("text\n\n## Wide\n"), rows[i].css);
        assert_int_equal(docx_count(docx_part(&file, "word/settings.xml"), "<w:mirrorMargins/>"),
                         rows[i].is_mirrored);
        if (rows[i].is_mirrored) {
            docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "w:right=\"1000\"");
            docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "w:left=\"600\"");
        }
    }
#undef MIRRORED
}

// A section without a header says so, else Word shows that of the section before.
static void test_docx_pages__sections_without_headers(void **state)
{
    struct docx_file file = docx_from_markdown(
        *state,
        BRV_S("text\n\n## Wide\n\ntext\n\n## Other\n"),
        "@page wide { @top-left { content: 'wide' } @bottom-left { content: 'foot' } }"
        "@page :left { @top-left { content: 'left' } }"
        ".wide { page: wide }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(xml, "<w:sectPr>"), 3);
    assert_int_equal(docx_count(xml, "<w:headerReference w:type=\"default\""), 3);
    assert_int_equal(docx_count(xml, "<w:headerReference w:type=\"even\""), 3);
    assert_int_equal(docx_count(xml, "<w:footerReference w:type=\"default\""), 3);
    assert_int_equal(docx_count(xml, "<w:footerReference w:type=\"even\""), 3);
    docx_assert_has(docx_part(&file, "word/footer1.xml"), "<w:p/>");
    assert_int_equal(docx_count(docx_part(&file, "word/footer1.xml"), "<w:t>"), 0);
}

// A header stands in the middle of its margin: the tallest of what it shows makes its height.
static void test_docx_pages__headers_in_their_margin(void **state)
{
    static const char *const sheets[] = {
        "@page { margin: 60pt; @top-left { content: 'a'; font: 10pt/1.2 serif } }",
        "@page { margin: 60pt; @top-left { content: 'a'; font: 10pt/1.2 serif }"
        "@top-right { content: 'b'; font-size: 20pt } }",
        "@page { margin: 60pt; @top-left { content: 'a'; font: 10pt/1.2 serif }"
        "@top-right { content: string(none); font-size: 20pt } }",
        "@page { margin: 60pt; @top-left { content: 'a\\A b'; white-space: pre; font: 10pt/1.2 "
        "serif } }",
    };
    static const char *const distances[] = { "480", "360", "480", "360" };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct docx_file file = docx_from_markdown(fixture, BRV_S("text\n"), sheets[i]);
        docx_assert_has(
            docx_part(&file, DOCX_DOCUMENT),
            brv_arena_cstr(fixture->arena,
                           brv_arena_printf(fixture->arena, "w:header=\"%s\"", distances[i])));
    }
}

// A running head finds headings by one style: those that look otherwise have it, too, and say
// themselves how.
static void test_docx_pages__headings_that_a_running_head_shows(void **state)
{
    static const char css[] = "h2 { string-set: s content(); border-top: 1pt solid black; "
                              "margin: 0 } aside h2 { color: #ff0000 } h2 em { color: #00ff00 }";
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H2, NULL, "Tides");
    docx_element(fixture, root, BRV_KIND_H2, NULL, "Winds");
    struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "callout", NULL);
    struct brv_node *heading = docx_element(fixture, aside, BRV_KIND_H2, NULL, "Storms ");
    docx_element(fixture, heading, BRV_KIND_EM, NULL, "now");
    struct docx_file file = docx_from_tree(fixture, root, NULL, css);
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading2: Tides\nHeading2Next: Winds\nCalloutHeading2: Storms now\n");
    brv_str shown =
        brv_arena_printf(fixture->arena, "%s @page { @top-left { content: string(s) } }", css);
    file = docx_from_tree(fixture, root, NULL, shown.ptr);
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(docx_part(&file, "word/header1.xml"), "> STYLEREF 2 <");
    assert_str(docx_outline(fixture, xml),
               "Heading2: Tides\nHeading2: Winds\nHeading2: Storms now\n");
    docx_assert_has(xml,
                    "<w:pStyle w:val=\"Heading2\"/><w:ind w:left=\"0\" w:right=\"1\" "
                    "w:firstLine=\"0\"/></w:pPr><w:r><w:t>Winds");
    docx_assert_has(xml,
                    "<w:rPr><w:color w:val=\"FF0000\" w:themeColor=\"accent1\"/></w:rPr></w:pPr>"
                    "<w:r><w:rPr><w:color w:val=\"FF0000\" w:themeColor=\"accent1\"/></w:rPr>"
                    "<w:t xml:space=\"preserve\">Storms </w:t>");
    assert_int_equal(docx_count(xml, "<w:color "), 2); // the colour of emphasis is its style's
    assert_int_equal(docx_count(docx_part(&file, "word/styles.xml"), "\"Heading2Next\""), 0);
    docx_assert_has(fixture->sink.last->message, "what sets 2 paragraphs apart");
}

static void test_docx_pages__running_heads(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture,
                           BRV_S("# T\n\n## One Part\n\ntext\n\n## Another Part\n\ntext\n"),
                           "@page { @top-left { content: string(part) } "
                           "@bottom-right { content: counter(page) \"/\" counter(pages) } } "
                           "@page :first { @top-left { content: none } } "
                           "@page :left { @bottom-right { content: none } "
                           "@bottom-left { content: counter(page, lower-roman) } } "
                           "h2 { string-set: part content() }");
    brv_str header = docx_part(&file, "word/header1.xml");
    docx_assert_has(header, "<w:instrText xml:space=\"preserve\"> STYLEREF 2 </w:instrText>");
    docx_assert_has(header, "<w:t>One Part</w:t>");
    brv_str footer = docx_part(&file, "word/footer1.xml");
    // The third page is the first that is neither first nor left; how many there are, Word counts.
    assert_str(docx_outline(fixture, footer), "Footer: →3/\n");
    assert_int_equal(docx_count(footer, "\"separate\""), 1);
    docx_assert_has(footer, " NUMPAGES <");
    docx_assert_has(docx_part(&file, "word/footer3.xml"), " PAGE \\* roman <");
    assert_str(docx_outline(fixture, docx_part(&file, "word/footer3.xml")), "Footer: ii\n");
    assert_str(docx_outline(fixture, docx_part(&file, "word/footer2.xml")), "Footer: →1/\n");
    docx_assert_has(docx_part(&file, "word/settings.xml"), "<w:evenAndOddHeaders/>");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(body, "<w:titlePg/>");
    assert_int_equal(docx_count(body, "<w:headerReference w:type=\"first\""), 0);
    assert_int_equal(docx_count(body, "<w:footerReference w:type=\"first\""), 1);
}

static void test_docx_pages__named_pages_are_sections(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("# T\n\n## Before\n\ntext\n\n## Wide\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
              "## After\n\ntext\n"),
        "@page { size: A4; margin: 20mm; @top-left { content: 'x' } }"
        "@page wide { size: A4 landscape; margin: 10mm }"
        "@page :first { @top-left { content: none } }"
        "section.wide { page: wide } table { width: 100% }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_true(docx_is_well_formed(xml));
    assert_int_equal(docx_count(xml, "<w:sectPr>"), 3);
    assert_int_equal(docx_count(xml, "w:orient=\"landscape\""), 1);
    // The wide pages' header reaches further; those after them have the usual one again.
    assert_int_equal(docx_count(xml, "r:id=\"rIdheader1\""), 2);
    assert_int_equal(docx_count(xml, "r:id=\"rIdheader4\""), 1);
    assert_int_equal(docx_count(xml, "<w:titlePg/>"), 1);
    // The section of the wide page ends after its table, which is as wide as that page.
    size_t table = brv_str_find(xml, 0, BRV_S("<w:tbl>"));
    size_t wide = brv_str_find(xml, 0, BRV_S("w:orient=\"landscape\""));
    assert_true(table < wide && wide < brv_str_find(xml, 0, BRV_S(">After<")));
    docx_assert_has(xml, "<w:tblW w:w=\"15704\" w:type=\"dxa\"/>");
}

static void test_docx_pages__columns_are_sections(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "over the page");
    struct brv_node *div = docx_element(fixture, root, BRV_KIND_DIV, NULL, NULL);
    docx_element(fixture, div, BRV_KIND_P, NULL, "in columns");
    docx_element(fixture, div, BRV_KIND_H2, NULL, "across");
    docx_element(fixture, div, BRV_KIND_P, NULL, "in columns again");
    docx_element(fixture, root, BRV_KIND_P, NULL, "over the page again");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "@page { size: 400pt 600pt; margin: 50pt; @top-left { content: 'x' } }"
                       "div { columns: 3; column-gap: 12pt; column-rule: 1pt solid red }"
                       "h2 { column-span: all }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_true(docx_is_well_formed(xml));
    assert_int_equal(docx_count(xml, "<w:sectPr>"), 5);
    assert_int_equal(docx_count(xml, "<w:type w:val=\"continuous\"/>"), 4);
    assert_int_equal(docx_count(xml, "<w:cols w:num=\"3\" w:space=\"240\" w:sep=\"1\"/>"), 2);
    assert_int_equal(docx_count(xml, "<w:headerReference"), 1);
    struct docx_file narrow =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "@page { size: 400pt 600pt; margin: 50pt } div { column-width: 140pt }");
    docx_assert_has(docx_part(&narrow, DOCX_DOCUMENT), "<w:cols w:num=\"2\" w:space=\"200\"/>");
    struct docx_file one =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "@page { size: 400pt 600pt; margin: 50pt } div { column-width: 290pt }");
    assert_int_equal(docx_count(docx_part(&one, DOCX_DOCUMENT), "<w:sectPr>"), 1);
}

// What is too much for one line stands in cells, none of which runs on under another.
static void test_docx_pages__boxes_that_fill_more_than_a_line(void **state)
{
#define LONG "'some words that are said three times ' "
    static const struct {
        const char *css, *outline;
        size_t columns;
    } rows[] = {
        { "@top-left { content: " LONG LONG LONG " } @top-right { content: 'right' }",
          "Header: some words that are said three times some words that are said three times some "
          "words that are said three times\nHeaderFlushRight: right\nSpacer: \n",
          2 },
        { "@top-left { content: 'left' } @top-right { content: 'right' }",
          "Header: left→right\n",
          0 },
        { "@top-center { content: 'middle' } @top-right { content: " LONG LONG " }",
          "Header: \nHeaderCentered: middle\n"
          "HeaderFlushRight: some words that are said three times some words that are said three "
          "times\nSpacer: \n",
          3 },
        { "@top-center { content: " LONG LONG LONG LONG " }",
          "Header: some words that are said three times some words that are said three times some "
          "words that are said three times some words that are said three times\n",
          0 },
        { "@top-left { content: string(head) } @top-right { content: " LONG LONG " }",
          "Header: Tides\nHeaderFlushRight: some words that are said three times some words that "
          "are said three times\nSpacer: \n",
          2 }, // for a later heading
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str css = brv_arena_printf(fixture->arena,
                                       "@page { size: 400pt 400pt; margin: 50pt; %s } "
                                       "h2 { string-set: head content() }",
                                       rows[i].css);
        struct docx_file file = docx_from_markdown(
            fixture,
            BRV_S("## Tides\n\n## Winds that blow from the north in winter and from the south\n"),
            css.ptr);
        brv_str header = docx_part(&file, "word/header1.xml");
        assert_str(docx_outline(fixture, header), rows[i].outline);
        assert_int_equal(docx_count(header, "<w:gridCol "), rows[i].columns);
        assert_int_equal(docx_count(header, "<w:tblStyle w:val=\"HeaderTable\"/>"),
                         rows[i].columns > 0);
        assert_int_equal(docx_count(header, "<w:vAlign"), 0); // its style says it
    }
#undef LONG
}

// The outer cells are as wide as each other, and no word of either is broken.
static void test_docx_pages__boxes_with_long_words(void **state)
{
    struct fixture *fixture = *state;
    const char *const sides[] = { "left", "right" };
    for (size_t i = 0; i < BRV_COUNT(sides); i++) {
        brv_str css = brv_arena_printf(
            fixture->arena,
            "@page { size: 400pt 400pt; margin: 50pt; "
            "@top-%s { content: 'Hexakosioihexekonta' } "
            "@top-center { content: 'one two three four five six seven eight nine ten' } "
            "@top-%s { content: 'a b c d e f g h i j k l m n o p q r s t u v w x y z' } }",
            sides[i],
            sides[1 - i]);
        struct docx_file file = docx_from_markdown(fixture, BRV_S("text\n"), css.ptr);
        brv_str header = docx_part(&file, "word/header1.xml");
        const brv_str column = BRV_S("<w:gridCol w:w=\"");
        int widths[3] = { 0 };
        size_t at = 0;
        for (size_t k = 0; k < BRV_COUNT(widths); k++) {
            at = brv_str_find(header, at, column) + column.len;
            assert_true(at < header.len);
            widths[k] = atoi(header.ptr + at);
        }
        assert_int_equal(widths[0], widths[2]);
        assert_true(widths[0] > 19 * 110); // half an em a letter
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_pages__pages_are_numbered_by_the_sheet),
        TEST(test_docx_pages__mirrored_margins),
        TEST(test_docx_pages__sections_without_headers),
        TEST(test_docx_pages__headers_in_their_margin),
        TEST(test_docx_pages__headings_that_a_running_head_shows),
        TEST(test_docx_pages__boxes_that_fill_more_than_a_line),
        TEST(test_docx_pages__boxes_with_long_words),
        TEST(test_docx_pages__running_heads),
        TEST(test_docx_pages__named_pages_are_sections),
        TEST(test_docx_pages__columns_are_sections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
