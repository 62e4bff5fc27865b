// Brevier — Word files of customers: what is taken over, what is cleaned, what is refused.
// SPDX-License-Identifier: MIT
#include "docx_template_fixture.h"

static void test_docx_template__is_taken_over(void **state)
{
    struct fixture *fixture = *state;
    brv_str template = package(fixture, NULL, 0);
    struct docx_file file = docx_from_template(fixture, document(fixture), template, "");
    assert_int_equal(fixture->sink.kept, 0);
    brv_str xml = docx_part(&file, "word/document.xml");
    brv_str styles = docx_part(&file, "word/styles.xml");
    // By name, whatever its id; a style of ours has an id that the template has not.
    assert_str(docx_outline(fixture, xml), "Kop2: Part\nBodyTextV1: text\nLijst: one\n");
    docx_assert_has(styles, "<w:color w:val=\"00695C\"/>");
    docx_assert_has(
        styles,
        "w:styleId=\"BodyTextV1\"><w:name w:val=\"Body Text\"/><w:basedOn w:val=\"Base\"/>");
    assert_int_equal(docx_count(styles, "w:val=\"Normal\""), 1);
    docx_assert_has(xml, "<w:pgSz w:w=\"12000\" w:h=\"15000\"/>");
    docx_assert_has(
        xml, "w:top=\"900\" w:right=\"800\" w:bottom=\"700\" w:left=\"600\" w:header=\"300\"");
    assert_str(docx_outline(fixture, docx_part(&file, "word/header1.xml")), "House\n");
    // The template's numbers follow ours; ordered lists are ours.
    brv_str numbering = docx_part(&file, "word/numbering.xml");
    docx_assert_has(numbering, "<w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Kop2\"/>");
    size_t ours = docx_count(numbering, "<w:num ") - 1;
    brv_str id = brv_arena_printf(fixture->arena, "<w:numId w:val=\"%zu\"/>", ours + 4);
    docx_assert_has(styles, id.ptr);
    docx_assert_has(
        styles, "<w:keepNext/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:jc");
    for (size_t i = 0; i < file.count; i++) {
        assert_true(docx_is_well_formed(file.contents[i]));
    }
}

#define SECTION(rows)                                                                              \
    "<w:sectPr>" rows "<w:pgSz w:w=\"12000\" w:h=\"15000\"/>"                                      \
    "<w:pgMar w:top=\"900\" w:right=\"800\" w:bottom=\"700\" w:left=\"600\" w:header=\"0\" "       \
    "w:footer=\"0\" w:gutter=\"0\"/></w:sectPr>"
#define DOCUMENT(rows)                                                                             \
    "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\"><w:body>" rows "</w:body></w:document>"

// What the last section does not name is that of the section before.
// Between paragraphs of a style that has no space there, a last one would need the same style.
static void test_docx_template__lists_stay_together(void **state)
{
    struct fixture *fixture = *state;
    static const char *const values[] = { "", " w:val=\"0\"" };
    for (size_t i = 0; i < BRV_COUNT(values); i++) {
        struct part styles = { "word/styles.xml",
                               brv_arena_printf(fixture->arena,
                                                STYLES
                                                "<w:style w:type=\"paragraph\" w:styleId=\"All\">"
                                                "<w:name w:val=\"All\"/><w:pPr>"
                                                "<w:contextualSpacing%s/></w:pPr></w:style>"
                                                "<w:style w:type=\"paragraph\" w:styleId=\"LN\">"
                                                "<w:name w:val=\"List Number\"/>"
                                                "<w:basedOn w:val=\"All\"/></w:style></w:styles>",
                                                values[i]) };
        struct brv_node *root = document(fixture);
        docx_element(fixture, root->last, BRV_KIND_LI, NULL, "two");
        docx_element(fixture, root->last, BRV_KIND_LI, NULL, "three");
        docx_element(fixture, root, BRV_KIND_P, NULL, "text");
        struct docx_file file =
            docx_from_template(fixture,
                               root,
                               package(fixture, &styles, 1),
                               "li { margin-bottom: 2pt } ol { margin-bottom: 10pt }");
        brv_str xml = docx_part(&file, "word/document.xml");
        assert_int_equal(docx_count(xml, "<w:pStyle w:val=\"LN\"/>"), i == 0 ? 3 : 2);
    }
}

// What the sheet adds has the template's fonts and colours, as far as they mean the same: its first
// accent is the house's colour, a second one may mean "critical".
static void test_docx_template__gaps_are_filled_in_its_theme(void **state)
{
    struct fixture *fixture = *state;
    const struct part parts[] = {
        { "word/_rels/document.xml.rels",
          BRV_S(RELATIONS "<Relationship Id=\"s\" Type=\"" R "/styles\" Target=\"styles.xml\"/>"
                          "<Relationship Id=\"t\" Type=\"" R "/theme\" Target=\"numbers.xml\"/>"
                          "</Relationships>") },
        { "word/numbers.xml",
          BRV_S("<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">"
                "<a:themeElements><a:clrScheme name=\"x\"><a:dk1><a:sysClr val=\"windowText\" "
                "lastClr=\"101010\"/></a:dk1><a:accent1><a:srgbClr val=\"4F81BD\"/></a:accent1>"
                "<a:accent2><a:srgbClr val=\"C0504D\"/></a:accent2></a:clrScheme><a:fontScheme "
                "name=\"x\"><a:majorFont><a:latin typeface=\"House Sans\"/></a:majorFont>"
                "<a:minorFont><a:latin typeface=\"House Serif\"/></a:minorFont></a:fontScheme>"
                "</a:themeElements></a:theme>") },
    };
    struct brv_node *root = document(fixture);
    docx_element(fixture, root, BRV_KIND_P, "first", "one");
    docx_element(fixture, root, BRV_KIND_P, "second", "two");
    struct docx_file file =
        docx_from_template(fixture,
                           root,
                           package(fixture, parts, BRV_COUNT(parts)),
                           "article { font-family: \"Our Serif\"; color: #222222 }"
                           "h1, h2, h3, h4, h5, h6, p.first { font-family: \"Our Sans\" }"
                           "p.first { color: #aa0000 } p.second { color: #00aa00 }");
    assert_int_equal(fixture->sink.kept, 0);
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles, "w:ascii=\"House Sans\"");
    docx_assert_has(styles, "<w:color w:val=\"4F81BD\" w:themeColor=\"accent1\"/>");
    docx_assert_has(styles, "<w:color w:val=\"00AA00\"/>");
    assert_int_equal(docx_count(styles, "Our S"), 0);
    assert_int_equal(docx_count(styles, "AA0000"), 0);
    docx_assert_has(docx_part(&file, "word/fontTable.xml"), "<w:altName w:val=\"Our Sans\"/>");
    docx_assert_has(docx_part(&file, "word/theme/theme1.xml"), "House Serif");
}

static void test_docx_template__headers_of_earlier_sections(void **state)
{
    struct fixture *fixture = *state;
    const struct part parts[] = {
        { "word/document.xml",
          BRV_S(DOCUMENT("<w:p><w:pPr>" SECTION("<w:headerReference w:type=\"default\" "
                                                "r:id=\"h\"/>") "</w:pPr></w:p>" SECTION(""))) },
    };
    struct docx_file file = docx_from_template(
        fixture, document(fixture), package(fixture, parts, BRV_COUNT(parts)), "");
    assert_str(docx_outline(fixture, docx_part(&file, "word/header1.xml")), "House\n");
}

// A template without headers has no place for ours, which stand in the middle of its margins.
static void test_docx_template__no_headers(void **state)
{
    struct fixture *fixture = *state;
    const struct part parts[] = { { "word/document.xml", BRV_S(DOCUMENT(SECTION(""))) } };
    struct docx_file file = docx_from_template(
        fixture, document(fixture), package(fixture, parts, BRV_COUNT(parts)), "");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "w:header=\"450\" w:footer=\"350\"");
}

static void test_docx_template__headers_are_cleaned(void **state)
{
    struct fixture *fixture = *state;
    static const char *const rows[][2] = {
        { "<w:hyperlink r:id=\"x\"><w:r><w:t>seen</w:t></w:r></w:hyperlink>", "r:id" },
        { "<w:fldSimple w:instr=\" INCLUDETEXT C:\\\\secret \"><w:r><w:t>seen</w:t></w:r>"
          "</w:fldSimple>",
          "INCLUDETEXT" },
        { "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> "
          "DDE</w:instrText></w:r>"
          "<w:r><w:instrText>AUTO cmd</w:instrText></w:r><w:r><w:fldChar "
          "w:fldCharType=\"separate\"/></w:r><w:r><w:t>seen</w:t></w:r><w:r><w:fldChar "
          "w:fldCharType=\"end\"/></w:r>",
          "AUTO" },
        { "<w:r><w:object r:id=\"x\"><w:control r:id=\"x\"/></w:object><w:t>seen</w:t></w:r>",
          "w:object" },
        { "<w:r><w:drawing><a:blip r:link=\"x\"/></w:drawing><w:t>seen</w:t></w:r>", "w:drawing" },
        { "<w:r><v:shape onclick=\"x\">hidden</v:shape><w:t>seen</w:t></w:r>", "hidden" },
        { "<w:r><w:t>seen</w:t></w:r><w:altChunk r:id=\"x\"/>", "altChunk" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str header =
            brv_arena_printf(fixture->arena,
                             "<w:hdr xmlns:w=\"" W "\" xmlns:r=\"" R "\" xmlns:v=\"urn:x\" "
                             "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/"
                             "main\"><w:p>%s</w:p></w:hdr>",
                             rows[i][0]);
        struct part part = { "word/header1.xml", header };
        struct docx_file file =
            docx_from_template(fixture, document(fixture), package(fixture, &part, 1), "");
        brv_str xml = docx_part(&file, "word/header1.xml");
        assert_true(docx_is_well_formed(xml));
        assert_str(docx_outline(fixture, xml), "seen\n");
        assert_int_equal(docx_count(xml, rows[i][1]), 0);
    }
}

// Only the field that fetches something goes, and a warning names it and what else is left out.
static void test_docx_template__what_is_left_out_is_told(void **state)
{
    struct fixture *fixture = *state;
#define MARK(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define FIELD(text) MARK("begin") "<w:r><w:instrText>" text "</w:instrText></w:r>" MARK("end")
    struct part parts[] = {
        { "word/header1.xml",
          BRV_S("<w:hdr xmlns:w=\"" W "\"><w:p>" FIELD(" PAGE ")
                    FIELD(" INCLUDEPICTURE x ") "<w:r><w:object/></w:r><w:r><w:drawing/></w:r></"
                                                "w:p></w:hdr>") },
        { "word/styles.xml",
          BRV_S("<w:styles xmlns:w=\"" W "\">"
                "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"heading 2\"/>"
                "<w:basedOn w:val=\"B\"/></w:style>"
                "<w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"b\"/>"
                "<w:basedOn w:val=\"A\"/><w:rPr><w:color w:val=\"no\"/><w:evil/><w:b/></w:rPr>"
                "</w:style>"
                "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"again\"/></w:style>"
                "</w:styles>") },
    };
    struct docx_file file = docx_from_template(
        fixture, document(fixture), package(fixture, parts, BRV_COUNT(parts)), "");
    brv_str header = docx_part(&file, "word/header1.xml");
    assert_int_equal(docx_count(header, " PAGE "), 1);
    assert_int_equal(docx_count(header, "INCLUDEPICTURE"), 0);
    assert_int_equal(docx_count(header, "w:fldChar "), 2);
    brv_str styles = docx_part(&file, "word/styles.xml");
    assert_int_equal(docx_count(styles, "w:styleId=\"A\""), 1);
    assert_int_equal(docx_count(styles, "<w:basedOn w:val=\"B\"/>"), 0);
    assert_int_equal(docx_count(styles, "<w:basedOn w:val=\"A\"/><w:rPr><w:b/></w:rPr>"), 1);
    docx_assert_has(fixture->sink.last->message,
                    "left out: A, basedOn, color, evil, INCLUDEPICTURE, object, picture");
}

static void test_docx_template__what_is_none_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *deep = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(deep, STYLES);
    for (int i = 0; i < 5000; i++) {
        brv_buf_add_cstr(deep, "<w:style>");
    }
    brv_str zeros = { brv_arena_alloc(fixture->arena, 8 << 20), 8 << 20 };
    const struct part parts[] = {
        { "word/styles.xml", BRV_S("<!DOCTYPE x [<!ENTITY a \"b\">]>" STYLES "&a;</w:styles>") },
        { "word/styles.xml", BRV_S(STYLES "<w:style></w:styles>") },
        { "word/styles.xml", BRV_S("") },
        { "word/styles.xml", brv_buf_str(deep) },
        { "word/styles.xml", zeros },
        { "_rels/.rels", BRV_S("<Relationships/>") },
    };
    for (size_t i = 0; i <= BRV_COUNT(parts); i++) {
        size_t before = fixture->sink.kept;
        brv_str template =
            i < BRV_COUNT(parts) ? package(fixture, &parts[i], 1) : BRV_S("PK\x03\x04 no archive");
        struct docx_file file = docx_from_template(fixture, document(fixture), template, "");
        assert_int_equal(fixture->sink.kept, before + 1);
        docx_assert_has(fixture->sink.last->message, "\"house.docx\" is not used: ");
        // The sheet's own look stands instead.
        assert_str(docx_outline(fixture, docx_part(&file, "word/document.xml")),
                   "Heading2: Part\nBodyText: text\nListNumber: one\n");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_template__is_taken_over),
        TEST(test_docx_template__lists_stay_together),
        TEST(test_docx_template__gaps_are_filled_in_its_theme),
        TEST(test_docx_template__headers_of_earlier_sections),
        TEST(test_docx_template__no_headers),
        TEST(test_docx_template__headers_are_cleaned),
        TEST(test_docx_template__what_is_left_out_is_told),
        TEST(test_docx_template__what_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
