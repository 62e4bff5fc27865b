// Brevier — Word documents read back: outline, styles, tables, direction and language.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

// ---- text

static void test_docx_read__headings_and_text(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(fixture,
                                               BRV_S("# Incident: A Flood\n\n## Summary\n\n"
                                                     "Water *rose* fast &\nfell < again.\n\n"
                                                     "### Details\n\nNone."),
                                               "");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: A Flood\n"
               "Heading2: Summary\n"
               "BodyText: Water rose fast & fell < again.\n"
               "Heading3: Details\n"
               "BodyText: None.\n");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles,
                    "<w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Normal\"/>"
                    "<w:next w:val=\"BodyText\"/>");
    docx_assert_has(styles, "<w:outlineLvl w:val=\"1\"/>");
    docx_assert_has(docx_part(&file, "docProps/core.xml"), "<dc:title>A Flood</dc:title>");
    docx_assert_has(docx_part(&file, "docProps/core.xml"),
                    "1971-01-01T00:00:00Z</dcterms:created>");
}

static void test_docx_read__white_space(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "  one \n ");
    docx_element(fixture, p, BRV_KIND_EM, NULL, " two ");
    docx_element(fixture, p, BRV_KIND_STRONG, NULL, " three ");
    docx_element(fixture, p, BRV_KIND_BR, NULL, NULL);
    docx_element(fixture, p, BRV_KIND_SPAN, NULL, " four\t ");
    struct brv_node *pre = docx_element(fixture, root, BRV_KIND_PRE, NULL, NULL);
    docx_element(fixture, pre, BRV_KIND_CODE, NULL, " a\n\tb  c");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "BodyText: one two three↵four\n"
               "SourceCode:  a↵→b  c\n");
    // Tabs lead to every eighth character.
    docx_assert_has(docx_part(&file, "word/styles.xml"),
                    "<w:tab w:val=\"left\" w:pos=\"960\"/><w:tab w:val=\"left\" w:pos=\"1920\"/>");
}

static void test_docx_read__kicker_keeps_its_space(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *h1 = docx_element(fixture, root, BRV_KIND_H1, NULL, NULL);
    docx_element(fixture, h1, BRV_KIND_SPAN, "kicker", "News:");
    docx_element(fixture, h1, BRV_KIND_SPAN, NULL, " ");
    docx_element(fixture, h1, BRV_KIND_SPAN, "headline", "Rain");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           ".kicker { display: block; color: red }"
                                           ".headline { string-set: title content() }"
                                           "@page { @top-left { content: string(title) } }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_str(docx_outline(fixture, xml), "Heading1: News: ↵Rain\n");
    // The space is part of the kicker: a run of its own would have the height of the headline.
    docx_assert_has(xml, "<w:t xml:space=\"preserve\">News: </w:t>");
    assert_int_equal(docx_count(xml, "<w:br/>"), 1);
    // The running head shows the headline alone.
    docx_assert_has(docx_part(&file, "word/header1.xml"), "STYLEREF &quot;Headline&quot;");
    docx_assert_has(xml, "<w:rStyle w:val=\"Headline\"/>");
}

static void test_docx_read__usual_styles_are_there(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture, BRV_S("# T\n\nText.\n"), "h4 { color: #123456 } ul { padding-left: 20pt }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    static const char *const names[] = {
        "heading 1",     "heading 2",     "heading 3",     "heading 4",     "heading 5",
        "heading 6",     "List Bullet",   "List Bullet 2", "List Bullet 3", "List Number",
        "List Number 2", "List Number 3", "Quote",         "Source Code",   "caption",
        "Strong",        "Emphasis",
    };
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        brv_str name = brv_arena_printf(fixture->arena, "<w:name w:val=\"%s\"/>", names[i]);
        assert_int_equal(docx_count(styles, name.ptr), 1);
    }
    brv_str h4 = docx_style(&file, "Heading4");
    docx_assert_has(h4, "<w:color w:val=\"123456\" w:themeColor=\"accent1\"/>");
    docx_assert_has(docx_part(&file, "word/numbering.xml"), "<w:pStyle w:val=\"ListBullet\"/>");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nBodyText: Text.\n");
}

static void test_docx_read__text_transforms(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, "low", "ÉTÉ Two");
    docx_element(fixture, root, BRV_KIND_P, "cap", "été two");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           ".low { text-transform: lowercase }"
                                           ".cap { text-transform: capitalize }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(xml, ">été two<");
    docx_assert_has(xml, ">Été Two<");
}

static void test_docx_read__physical_sides(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "יפו");
    docx_element(fixture, root, BRV_KIND_P, "left", "יפו");
    docx_element(fixture, root, BRV_KIND_P, "left", "Jaffa");
    docx_element(fixture, root, BRV_KIND_P, "right", "יפו");
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, ".left { text-align: left } .right { text-align: right }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "BodyText: יפו\nLeft: יפו\nBodyText: Jaffa\nBodyText: יפו\n");
    brv_str left = docx_style(&file, "Left");
    docx_assert_has(left, "<w:jc w:val=\"right\"/>"); // Word's "right" is where the line ends
}

static void test_docx_read__upper_case_is_a_property(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture, BRV_S("# T\n\n## Straße und Weg\n"), "h2 { text-transform: uppercase }");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "Straße und Weg");
    docx_assert_has(docx_part(&file, "word/styles.xml"), "<w:caps/>");
}

static void test_docx_read__soft_hyphen_is_an_element(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture,
                 root,
                 BRV_KIND_P,
                 NULL,
                 "har\xC2\xAD"
                 "bour");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT),
                    "<w:t>har</w:t><w:softHyphen/><w:t>bour</w:t>");
}

// ---- styles

static void test_docx_read__style_names(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "plain");
    docx_element(fixture, root, BRV_KIND_P, "lead", "lead");
    docx_element(fixture, root, BRV_KIND_P, "house", "house");
    struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "callout", NULL);
    docx_element(fixture, aside, BRV_KIND_H2, NULL, "framed");
    docx_element(fixture, aside, BRV_KIND_P, NULL, "framed text");
    docx_element(fixture, root, BRV_KIND_H2, NULL, "plain heading");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "p.lead { font-size: 14pt } "
                       "p.house { color: red; -brv-word-style: \"Our, House\" } "
                       "aside.callout { background-color: #eeeeee; padding: 6pt }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "BodyText: plain\n"
               "Lead: lead\n"
               "OurHouse: house\n"
               "CalloutHeading2: framed\n"
               "CalloutText: framed text\n"
               "Heading2: plain heading\n");
    docx_assert_has(docx_part(&file, "word/styles.xml"),
                    "w:styleId=\"Lead\"><w:name w:val=\"Lead\"/><w:basedOn w:val=\"BodyText\"/>");
    docx_assert_has(docx_part(&file, "word/styles.xml"), "<w:name w:val=\"Our House\"/>");
}

// What stands between `<w:rPr>` or `<w:pPr>` and its end in the body may only name styles,
// direction and language.
static void assert_no_direct_formatting(brv_str xml)
{
    static const char *const allowed[] = {
        "<w:rStyle ", "<w:pStyle ", "<w:bidi/>", "<w:rtl/>", "<w:lang "
    };
    bool is_inside = false;
    for (size_t at = brv_str_find_byte(xml, 0, '<'); at < xml.len;
         at = brv_str_find_byte(xml, at + 1, '<')) {
        brv_str tag = brv_str_slice(xml, at, xml.len);
        if (brv_str_starts_with(tag, BRV_S("<w:rPr>")) ||
            brv_str_starts_with(tag, BRV_S("<w:pPr>"))) {
            is_inside = true;
        } else if (brv_str_starts_with(tag, BRV_S("</w:rPr>")) ||
                   brv_str_starts_with(tag, BRV_S("</w:pPr>"))) {
            is_inside = false;
        } else if (is_inside) {
            bool is_allowed = false;
            for (size_t i = 0; i < BRV_COUNT(allowed); i++) {
                is_allowed |= brv_str_starts_with(tag, brv_str_from_cstr(allowed[i]));
            }
            assert_true(is_allowed);
        }
    }
}

static void test_docx_read__no_direct_formatting(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("# T\n\n## *A* `b`\n\nOne **two *three* `four`** [five](https://example.org) "
              "~~six~~.\n\n1. a\n2. b\n   - c\n\n> quoted **so**\n\n| x | y |\n|---|--:|\n"
              "| 1 | **2** |\n\nנמל יפו.\n"),
        "strong { color: #800000 } table { font-size: 8pt } li { margin: 3pt 0 }");
    assert_no_direct_formatting(docx_part(&file, DOCX_DOCUMENT));
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "<w:bidi/>");
}

static void test_docx_read__margins_collapse(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "one");
    struct brv_node *section = docx_element(fixture, root, BRV_KIND_SECTION, NULL, NULL);
    docx_element(fixture, section, BRV_KIND_P, NULL, "two");
    docx_element(fixture, section, BRV_KIND_P, NULL, "three");
    docx_element(fixture, root, BRV_KIND_P, NULL, "four");
    struct docx_file wide =
        docx_from_tree(fixture, root, NULL, "p { margin: 5pt 0 } section { margin: 20pt 0 5pt }");
    assert_str(docx_outline(fixture, docx_part(&wide, DOCX_DOCUMENT)),
               "BodyText: one\nBodyTextFirst: two\nBodyText: three\nBodyText: four\n");
    docx_assert_has(docx_part(&wide, "word/styles.xml"),
                    "<w:name w:val=\"Body Text First\"/><w:basedOn w:val=\"BodyText\"/>"
                    "<w:next w:val=\"BodyText\"/><w:uiPriority w:val=\"1\"/><w:qFormat/>"
                    "<w:pPr><w:spacing w:before=\"400\"/></w:pPr>");
    struct docx_file narrow =
        docx_from_tree(fixture, root, NULL, "p { margin: 5pt 0 } section { margin: 4pt 0 }");
    assert_int_equal(docx_count(docx_part(&narrow, DOCX_DOCUMENT), "\"BodyText\""), 4);
}

// What is in a cell begins and ends at its padding.
static void test_docx_read__margins_end_at_cells(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *tr = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    struct brv_node *td = docx_element(fixture, tr, BRV_KIND_TD, NULL, NULL);
    docx_element(fixture, td, BRV_KIND_P, NULL, "one");
    docx_element(fixture, td, BRV_KIND_P, NULL, "two");
    td = docx_element(fixture, tr, BRV_KIND_TD, NULL, NULL);
    struct brv_node *list = docx_element(fixture, td, BRV_KIND_UL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "item");
    td = docx_element(fixture, tr, BRV_KIND_TD, NULL, NULL);
    docx_element(fixture, td, BRV_KIND_PRE, NULL, "code");
    docx_element(fixture, tr, BRV_KIND_TD, NULL, "plain");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "p { margin: 0 0 9pt } ul, pre { margin: 7pt 0 9pt } li { margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Spacer: \nTableTextFirst: one\nTableText: two\nListBullet: item\n"
               "TableSourceCode: code\nTableText: plain\nSpacer: \n");
    docx_assert_has(docx_style(&file, "TableTextFirst"), "<w:spacing w:after=\"180\"/>");
    docx_assert_has(docx_style(&file, "TableSourceCode"),
                    "<w:spacing w:before=\"0\" w:after=\"0\"/>");
}

// ---- tables

static void test_docx_read__header_rows_repeat(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture,
                           BRV_S("# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n"),
                           "table { width: 100% } thead th { background-color: #dddddd } "
                           "tbody tr:nth-child(even) { background-color: #f0f0f0 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    brv_str styles = docx_part(&file, "word/styles.xml");
    assert_int_equal(docx_count(body, "<w:tblHeader/>"), 1);
    assert_int_equal(docx_count(body, "<w:gridCol "), 2);
    assert_int_equal(docx_count(body, "<w:shd "), 0);
    docx_assert_has(styles, "<w:tblStylePr w:type=\"firstRow\">");
    docx_assert_has(styles, "<w:tblStylePr w:type=\"band2Horz\">");
    docx_assert_has(body, "w:firstRow=\"1\"");
    docx_assert_has(body, "w:noHBand=\"0\"");
}

static void test_docx_read__first_columns(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("# T\n\n| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n"),
        "td:first-child { background-color: #ddeeff; border-right: 1pt solid #112233 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(body, "w:val=\"06A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\"");
    assert_int_equal(docx_count(body, "<w:shd "), 0);
    assert_int_equal(docx_count(body, "<w:tcBorders>"), 0);
    docx_assert_has(docx_part(&file, "word/styles.xml"),
                    "<w:tblStylePr w:type=\"firstCol\"><w:tcPr><w:tcBorders><w:right "
                    "w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"112233\"/></w:tcBorders>"
                    "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"DDEEFF\"/></w:tcPr>");
}

static struct brv_node *cell(struct fixture *fixture, struct brv_node *row, const char *text,
                             const char *columns, const char *rows)
{
    struct brv_node *td = docx_element(fixture, row, BRV_KIND_TD, NULL, text);
    brv_node_set(fixture->arena, td, BRV_ATTR_COLSPAN, brv_str_from_cstr(columns));
    brv_node_set(fixture->arena, td, BRV_ATTR_ROWSPAN, brv_str_from_cstr(rows));
    return td;
}

static void test_docx_read__spans(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    struct brv_node *first = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
    cell(fixture, first, "tall", "1", "2");
    cell(fixture, first, "wide", "2", "1");
    struct brv_node *second = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
    cell(fixture, second, "x", "1", "1");
    struct brv_node *third = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
    cell(fixture, third, "a", "1", "1");
    cell(fixture, third, "b", "1", "1");
    cell(fixture, third, "c", "1", "1");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(xml, "<w:gridCol "), 3);
    assert_int_equal(docx_count(xml, "<w:gridSpan w:val=\"2\"/>"), 1);
    assert_int_equal(docx_count(xml, "<w:vMerge w:val=\"restart\"/>"), 1);
    assert_int_equal(docx_count(xml, "<w:vMerge/>"), 1);
    assert_int_equal(docx_count(xml, "<w:tc>"), 8); // the short row is filled
    assert_true(docx_is_well_formed(xml));
}

static void test_docx_read__tables_are_kept_apart(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    for (int i = 0; i < 2; i++) {
        struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
        struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
        struct brv_node *row = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
        docx_element(fixture, row, BRV_KIND_TD, NULL, "x");
    }
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "</w:tbl>\n<w:tbl>"), 0);
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "</w:tbl>\n<w:sectPr>"), 0);
}

static void test_docx_read__frames_around_lists(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "note", NULL);
    docx_element(fixture, aside, BRV_KIND_H3, NULL, "Head");
    struct brv_node *list = docx_element(fixture, aside, BRV_KIND_UL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "item");
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, "aside { background-color: #eee; padding: 5pt }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_true(brv_str_find(xml, 0, BRV_S("Head")) < brv_str_find(xml, 0, BRV_S("<w:tbl>")));
    assert_true(brv_str_find(xml, 0, BRV_S("<w:tbl>")) < brv_str_find(xml, 0, BRV_S("item")));
}

static void test_docx_read__direction_and_language(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "north of יפו, then south");
    docx_element(fixture, root, BRV_KIND_P, NULL, "יפו (Jaffa).");
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "en ");
    struct brv_node *german = docx_element(fixture, p, BRV_KIND_SPAN, NULL, "Hafen");
    brv_node_set(fixture->arena, german, BRV_ATTR_LANG, BRV_S("de"));
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(xml,
                    "<w:r><w:rPr><w:rtl/></w:rPr><w:t>יפו</w:t></w:r>"
                    "<w:r><w:t>, then south</w:t></w:r>");
    docx_assert_has(xml,
                    "<w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr>"
                    "<w:t>יפו (</w:t></w:r><w:r><w:t>Jaffa</w:t></w:r>"
                    "<w:r><w:rPr><w:rtl/></w:rPr><w:t>).</w:t></w:r>");
    assert_int_equal(docx_count(xml, "<w:bidi/>"), 1);
    docx_assert_has(xml, "<w:lang w:val=\"de-DE\"/>");
    docx_assert_has(docx_part(&file, "word/styles.xml"),
                    "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>");
    struct docx_file hebrew =
        docx_from_markdown(fixture, BRV_S("---\nlang: he\n---\n# T\n\nיפו\n"), "");
    docx_assert_has(docx_part(&hebrew, "word/styles.xml"), "w:bidi=\"he-IL\"");
    docx_assert_has(docx_part(&hebrew, DOCX_DOCUMENT), "<w:bidi/></w:sectPr>");
    struct docx_file japanese =
        docx_from_markdown(fixture, BRV_S("---\nlang: ja\n---\n# T\n\n水\n"), "");
    docx_assert_has(docx_part(&japanese, "word/styles.xml"),
                    "<w:lang w:val=\"en-US\" w:eastAsia=\"ja-JP\" w:bidi=\"ar-SA\"/>");
    docx_assert_has(docx_part(&japanese, "word/styles.xml"), "w:eastAsia=\"MS Mincho\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_read__headings_and_text),
        TEST(test_docx_read__white_space),
        TEST(test_docx_read__kicker_keeps_its_space),
        TEST(test_docx_read__usual_styles_are_there),
        TEST(test_docx_read__text_transforms),
        TEST(test_docx_read__physical_sides),
        TEST(test_docx_read__upper_case_is_a_property),
        TEST(test_docx_read__soft_hyphen_is_an_element),
        TEST(test_docx_read__style_names),
        TEST(test_docx_read__no_direct_formatting),
        TEST(test_docx_read__margins_collapse),
        TEST(test_docx_read__margins_end_at_cells),
        TEST(test_docx_read__header_rows_repeat),
        TEST(test_docx_read__first_columns),
        TEST(test_docx_read__spans),
        TEST(test_docx_read__tables_are_kept_apart),
        TEST(test_docx_read__frames_around_lists),
        TEST(test_docx_read__direction_and_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
