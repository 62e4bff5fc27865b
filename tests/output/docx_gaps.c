// Brevier — what our sheet fills in beside the styles of a customer's Word file.
// SPDX-License-Identifier: MIT
#include "docx_template_fixture.h"

// Body text has what the template's text has; what else is ours states that it has it not.
static void test_docx_gaps__its_text_is_indented(void **state)
{
    static const char *const defaults[] = {
        "",
        "<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after=\"160\"/></w:pPr>"
        "</w:pPrDefault></w:docDefaults>"
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(defaults); i++) {
        brv_str styles = brv_arena_printf(
            fixture->arena,
            STYLES "%s<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Base\"><w:name "
                   "w:val=\"Normal\"/><w:pPr><w:spacing w:line=\"360\" w:lineRule=\"auto\"/>"
                   "<w:ind w:firstLine=\"709\"/><w:jc w:val=\"both\"/></w:pPr></w:style>"
                   "<w:style w:type=\"paragraph\" w:styleId=\"Kop2\"><w:name w:val=\"Heading 2\"/>"
                   "<w:basedOn w:val=\"Base\"/></w:style></w:styles>",
            defaults[i]);
        struct part parts[] = { { "word/styles.xml", styles } };
        struct brv_node *root = document(fixture);
        struct brv_node *pre = docx_element(fixture, root, BRV_KIND_PRE, NULL, NULL);
        docx_element(fixture, pre, BRV_KIND_CODE, NULL, "code");
        docx_element(fixture, root, BRV_KIND_P, "lead", "lead");
        struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "callout", NULL);
        docx_element(fixture, aside, BRV_KIND_H2, NULL, "framed");
        struct docx_file file = docx_from_template(
            fixture,
            root,
            package(fixture, parts, BRV_COUNT(parts)),
            ".lead { color: #ff0000 } p, pre { margin: 0 } h2 { break-after: avoid } "
            "aside { border-left: 2pt solid #00ff00 }");
        styles = docx_part(&file, "word/styles.xml");
        const char *after = i == 0 ? "" : " w:after=\"0\"";
        static const char *const names[] = { "Source Code", "Lead" };
        for (size_t k = 0; k < BRV_COUNT(names); k++) {
            size_t from = brv_str_find(
                styles, 0, brv_arena_printf(fixture->arena, "<w:name w:val=\"%s\"/>", names[k]));
            brv_str own =
                brv_str_slice(styles, from, brv_str_find(styles, from, BRV_S("</w:style>")));
            brv_str spacing = brv_arena_printf(
                fixture->arena, "<w:spacing%s w:line=\"240\" w:lineRule=\"auto\"/>", after);
            docx_assert_has(own, spacing.ptr);
            docx_assert_has(own, "<w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/>");
            docx_assert_has(own, "<w:jc w:val=\"left\"/>");
        }
        size_t from = brv_str_find(styles, 0, BRV_S("<w:name w:val=\"Body Text\"/>"));
        brv_str own = brv_str_slice(styles, from, brv_str_find(styles, from, BRV_S("</w:style>")));
        assert_int_equal(docx_count(own, "<w:pPr>"), 0);
        // A heading of a frame stays with it, though those of the template stay with nothing.
        from = brv_str_find(styles, 0, BRV_S("<w:name w:val=\"Callout Heading 2\"/>"));
        docx_assert_has(brv_str_from(styles, from), "<w:basedOn w:val=\"Kop2\"/>");
        docx_assert_has(
            brv_str_slice(styles, from, brv_str_find(styles, from, BRV_S("</w:style>"))),
            "<w:keepNext/>");
    }
}

// What is larger than the sheet's text is larger than the template's by as much.
static void test_docx_gaps__sizes_of_its_text(void **state)
{
    static const struct {
        const char *css, *size;
    } rows[] = {
        { "article { font-size: 10pt } .lead { font-size: 12pt }", "<w:sz w:val=\"34\"/>" },
        { "article { font-size: 14pt } .lead { font-size: 7pt }", "<w:sz w:val=\"14\"/>" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct part parts[] = {
            { "word/styles.xml",
              BRV_S(STYLES "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr>"
                           "</w:rPrDefault></w:docDefaults>"
                           "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Base\">"
                           "<w:name w:val=\"Normal\"/><w:rPr><w:sz w:val=\"28\"/></w:rPr></w:style>"
                           "</w:styles>") },
        };
        struct brv_node *root = document(fixture);
        docx_element(fixture, root, BRV_KIND_P, "lead", "lead");
        struct docx_file file = docx_from_template(
            fixture, root, package(fixture, parts, BRV_COUNT(parts)), rows[i].css);
        brv_str styles = docx_part(&file, "word/styles.xml");
        size_t from = brv_str_find(styles, 0, BRV_S("<w:name w:val=\"Lead\"/>"));
        docx_assert_has(
            brv_str_slice(styles, from, brv_str_find(styles, from, BRV_S("</w:style>"))),
            rows[i].size);
        from = brv_str_find(styles, 0, BRV_S("<w:name w:val=\"Body Text\"/>"));
        brv_str body = brv_str_slice(styles, from, brv_str_find(styles, from, BRV_S("</w:style>")));
        assert_int_equal(docx_count(body, "<w:sz "), 0);
    }
}

// Boxes of our own pages stand at our own tab stops, whatever those of the template's "Header" are.
static void test_docx_gaps__tab_stops(void **state)
{
    static const struct {
        const char *stops, *left, *outline;
    } rows[] = {
        { "<w:tab w:val=\"center\" w:pos=\"4320\"/><w:tab w:val=\"right\" w:pos=\"8640\"/>",
          "left",
          "HeaderWide: left→right\n" },
        { "<w:tab w:val=\"right\" w:pos=\"6000\"/>", "left", "Kop: left→right\n" },
        { "<w:tab w:val=\"right\" w:pos=\"8640\"/>", "left", "HeaderWide: left→right\n" },
        { "<w:tab w:val=\"right\" w:pos=\"8640\"/>", "", "Kop: right\n" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str styles = brv_arena_printf(
            fixture->arena,
            STYLES "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Base\"><w:name "
                   "w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Kop\">"
                   "<w:name w:val=\"header\"/><w:pPr><w:tabs>%s</w:tabs></w:pPr></w:style>"
                   "</w:styles>",
            rows[i].stops);
        struct part parts[] = { { "word/styles.xml", styles } };
        brv_str css = brv_arena_printf(
            fixture->arena,
            "@page wide { size: 400pt 400pt; margin: 50pt; @top-left { content: '%s' } "
            "@top-%s { content: 'right' } } h2 { page: wide }",
            rows[i].left,
            *rows[i].left ? "right" : "left");
        struct docx_file file = docx_from_template(
            fixture, document(fixture), package(fixture, parts, BRV_COUNT(parts)), css.ptr);
        brv_str header = BRV_S("");
        for (size_t k = 0; k < file.count; k++) {
            bool is_ours = docx_count(file.contents[k], ">right<") > 0;
            header = is_ours ? file.contents[k] : header;
        }
        assert_str(docx_outline(fixture, header), rows[i].outline);
        styles = docx_part(&file, "word/styles.xml");
        bool is_own = docx_count(styles, "\"Header Wide\"") > 0;
        assert_int_equal(is_own, docx_count(header, "HeaderWide") > 0);
        if (is_own) {
            docx_assert_has(styles, "<w:basedOn w:val=\"Kop\"/>");
            docx_assert_has(styles,
                            "<w:tab w:val=\"clear\" w:pos=\"8640\"/>"
                            "<w:tab w:val=\"right\" w:pos=\"6000\"/></w:tabs>");
        }
    }
}

// The outline of headings and of their contents under a template that numbers headings two and
// three by the levels of a numbering.
static brv_str numbered_outline(struct fixture *fixture, brv_str numbering)
{
    struct part parts[] = {
        { "word/styles.xml",
          BRV_S(STYLES
                "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Base\">"
                "<w:name w:val=\"Normal\"/></w:style>"
                "<w:style w:type=\"paragraph\" w:styleId=\"Kop2\">"
                "<w:name w:val=\"heading 2\"/><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr>"
                "</w:pPr></w:style>"
                "<w:style w:type=\"paragraph\" w:styleId=\"Kop3\">"
                "<w:name w:val=\"heading 3\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/>"
                "<w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style></w:styles>") },
        { "word/numbers.xml", numbering },
    };
    static const struct {
        enum brv_kind kind;
        const char *text;
    } heads[] = {
        { BRV_KIND_H2, "one" },  { BRV_KIND_H3, "two" },  { BRV_KIND_H3, "three" },
        { BRV_KIND_H2, "four" }, { BRV_KIND_H3, "five" },
    };
    struct brv_node *root = docx_article(fixture);
    struct brv_node *nav = docx_element(fixture, root, BRV_KIND_NAV, "toc", NULL);
    struct brv_node *list = docx_element(fixture, nav, BRV_KIND_UL, NULL, NULL);
    for (size_t i = 0; i < BRV_COUNT(heads); i++) {
        struct brv_node *item = docx_element(fixture, list, BRV_KIND_LI, NULL, NULL);
        struct brv_node *link = docx_element(fixture, item, BRV_KIND_A, NULL, heads[i].text);
        brv_node_set_attr(fixture->arena,
                          link,
                          BRV_S("href"),
                          brv_arena_printf(fixture->arena, "#%s", heads[i].text));
        struct brv_node *head = docx_element(fixture, root, heads[i].kind, NULL, heads[i].text);
        brv_node_set_attr(fixture->arena, head, BRV_S("id"), brv_str_from_cstr(heads[i].text));
    }
    struct docx_file file =
        docx_from_template(fixture, root, package(fixture, parts, BRV_COUNT(parts)), "");
    return docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT));
}

// Entries of contents have the numbers that the template's styles give to their headings.
static void test_docx_gaps__numbers_of_headings(void **state)
{
    static const struct {
        const char *first, *second; // in the two levels, beside formats and texts
        const char *text;           // of the second level
        const char *overrides;
        const char *entries;
    } rows[] = {
        { "<w:start w:val=\"3\"/>",
          "",
          "%1-%2)",
          "",
          "TOC2: III. one→\nTOC3: III-a) two→\nTOC3: III-b) three→\nTOC2: IV. four→\n"
          "TOC3: IV-a) five→\n" },
        { "",
          "<w:isLgl/>", // decimals, whatever the formats are
          "%1.%2",
          "",
          "TOC2: I. one→\nTOC3: 1.1 two→\nTOC3: 1.2 three→\nTOC2: II. four→\nTOC3: 2.1 five→\n" },
        { "",
          "<w:start w:val=\"0\"/><w:isLgl w:val=\"on\"/>",
          "%1.%2",
          "",
          "TOC2: I. one→\nTOC3: 1.0 two→\nTOC3: 1.1 three→\nTOC2: II. four→\nTOC3: 2.0 five→\n" },
        { "",
          "<w:lvlRestart w:val=\"0\"/><w:isLgl w:val=\"off\"/>", // goes on
          "%2",
          "",
          "TOC2: I. one→\nTOC3: a two→\nTOC3: b three→\nTOC2: II. four→\nTOC3: c five→\n" },
        { "",
          "",
          "%2",
          "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride>"
          "<w:lvlOverride w:ilvl=\"1\"><w:lvl w:ilvl=\"1\"><w:start w:val=\"2\"/>"
          "<w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"(%2)\"/></w:lvl></w:lvlOverride>",
          "TOC2: VII. one→\nTOC3: (2) two→\nTOC3: (3) three→\nTOC2: VIII. four→\n"
          "TOC3: (2) five→\n" },
        { "", // what is cut is cut between letters
          "",
          "%2 éééééééééééééééééééééééééééééééé",
          "",
          "TOC2: I. one→\nTOC3: a ééééééééééééééééééééééééééééé two→\n"
          "TOC3: b ééééééééééééééééééééééééééééé three→\nTOC2: II. four→\n"
          "TOC3: a ééééééééééééééééééééééééééééé five→\n" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str outline = numbered_outline(
            fixture,
            brv_arena_printf(
                fixture->arena,
                "<w:numbering xmlns:w=\"" W "\"><w:abstractNum w:abstractNumId=\"0\">"
                "<w:lvl w:ilvl=\"0\">%s<w:numFmt w:val=\"upperRoman\"/>"
                "<w:lvlText w:val=\"%%1.\"/></w:lvl>"
                "<w:lvl w:ilvl=\"1\">%s<w:numFmt w:val=\"lowerLetter\"/>"
                "<w:lvlText w:val=\"%s\"/></w:lvl></w:abstractNum><w:num w:numId=\"4\">"
                "<w:abstractNumId w:val=\"0\"/>%s</w:num></w:numbering>",
                rows[i].first,
                rows[i].second,
                rows[i].text,
                rows[i].overrides));
        brv_str body = BRV_S("Kop2: one\nKop3: two\nKop3: three\nKop2: four\nKop3: five\n");
        assert_str(outline,
                   brv_arena_printf(fixture->arena, "%s%s", rows[i].entries, body.ptr).ptr);
    }
}

// What a template says is not so, it does not have.
static void test_docx_gaps__what_is_switched_off(void **state)
{
    static const struct {
        const char *value;
        bool is_on;
    } rows[] = {
        { "", true },
        { " w:val=\"1\"", true },
        { " w:val=\"on\"", true },
        { " w:val=\"0\"", false },
        { " w:val=\"off\"", false },
        { " w:val=\"false\"", false },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str body =
            brv_arena_printf(fixture->arena,
                             "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\"><w:body><w:p/>"
                             "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/>"
                             "<w:titlePg%s/></w:sectPr></w:body></w:document>",
                             rows[i].value);
        struct part parts[] = { { "word/document.xml", body } };
        struct docx_file file = docx_from_template(
            fixture, document(fixture), package(fixture, parts, BRV_COUNT(parts)), "");
        assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:titlePg/>"),
                         rows[i].is_on);
    }
}

// A name is that of one style, whatever the types are.
static void test_docx_gaps__names_of_other_types(void **state)
{
    struct fixture *fixture = *state;
    struct part parts[] = {
        { "word/styles.xml",
          BRV_S(STYLES "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Base\">"
                       "<w:name w:val=\"Normal\"/></w:style>"
                       "<w:style w:type=\"character\" w:styleId=\"Text\">"
                       "<w:name w:val=\"Body text\"/></w:style></w:styles>") },
    };
    struct docx_file file = docx_from_template(
        fixture, document(fixture), package(fixture, parts, BRV_COUNT(parts)), "");
    brv_str styles = docx_part(&file, "word/styles.xml");
    assert_int_equal(docx_count(styles, "<w:name w:val=\"Body text\"/>"), 1);
    assert_int_equal(docx_count(styles, "<w:name w:val=\"Body Text\"/>"), 0);
    docx_assert_has(styles, "<w:name w:val=\"Body Text Variant 1\"/>");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_gaps__its_text_is_indented),
        TEST(test_docx_gaps__sizes_of_its_text),
        TEST(test_docx_gaps__tab_stops),
        TEST(test_docx_gaps__numbers_of_headings),
        TEST(test_docx_gaps__what_is_switched_off),
        TEST(test_docx_gaps__names_of_other_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
