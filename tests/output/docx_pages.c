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

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_pages__pages_are_numbered_by_the_sheet),
        TEST(test_docx_pages__mirrored_margins),
        TEST(test_docx_pages__sections_without_headers),
        TEST(test_docx_pages__headers_in_their_margin),
        TEST(test_docx_pages__headings_that_a_running_head_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
