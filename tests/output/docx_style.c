// Brevier — what a sheet says of elements as Word styles: borders, items, names, notes, tables.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include <stdlib.h>

static void test_docx_style__borders_around_text(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "press ");
    docx_element(fixture, p, BRV_KIND_CODE, NULL, "Tab");
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, "code { border: 1pt dashed #123456; background-color: #eeeeee }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles,
                    "<w:bdr w:val=\"dashed\" w:sz=\"8\" w:space=\"0\" w:color=\"123456\"/><w:shd ");
}

static void test_docx_style__items_of_any_element(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, "step", "first");
    docx_element(fixture, root, BRV_KIND_P, "step", "second");
    docx_element(fixture, root, BRV_KIND_P, "dot", "third");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "article { counter-reset: list-item }"
                       ".step, .dot { display: list-item; margin-left: 20pt }"
                       ".step { list-style-type: decimal } .dot { list-style-type: square }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "ListNumber: first\nListNumber: second\nListBullet: third\n");
    brv_str numbering = docx_part(&file, "word/numbering.xml");
    docx_assert_has(numbering, "<w:lvlText w:val=\"%1.\"/>");
    docx_assert_has(numbering, "<w:lvlText w:val=\"▪\"/>");
}

// Where a panel or a section that a rule names has the only heading or list of its kind, Word's own
// names go to what these look like elsewhere.
static void test_docx_style__built_in_names_are_plain(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *one = docx_element(fixture, root, BRV_KIND_SECTION, "one", NULL);
    docx_element(fixture, one, BRV_KIND_H3, NULL, "framed");
    struct brv_node *two = docx_element(fixture, root, BRV_KIND_SECTION, "two", NULL);
    struct brv_node *list = docx_element(fixture, two, BRV_KIND_UL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "red");
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, ".one { background-color: #ffff00 } .two li { color: #ff0000 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "OneHeading3: framed\nListBulletColored: red\n");
    brv_str styles = docx_part(&file, "word/styles.xml");
    static const char *const names[] = { "heading 3", "List Bullet" };
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        size_t at = brv_str_find(
            styles, 0, brv_arena_printf(fixture->arena, "<w:name w:val=\"%s\"/>", names[i]));
        brv_str own = brv_str_slice(styles, at, brv_str_find(styles, at, BRV_S("</w:style>")));
        assert_int_equal(docx_count(own, "FFFF00") + docx_count(own, "FF0000"), 0);
        assert_int_equal(docx_count(own, "<w:pPr>"), 1);
    }
    docx_assert_has(styles, "<w:name w:val=\"One Heading 3\"/><w:basedOn w:val=\"Heading3\"/>");
    docx_assert_has(styles,
                    "<w:name w:val=\"List Bullet Colored\"/><w:basedOn w:val=\"ListBullet\"/>");
}

static void test_docx_style__names_of_lists_and_sections(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *list = docx_element(fixture, root, BRV_KIND_UL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "one");
    docx_element(fixture, list, BRV_KIND_LI, "key", "two");
    struct brv_node *section = docx_element(fixture, root, BRV_KIND_SECTION, NULL, NULL);
    docx_element(fixture, section, BRV_KIND_H2, NULL, "head");
    docx_element(fixture, section, BRV_KIND_P, NULL, "text");
    docx_element(fixture, section, BRV_KIND_P, "own", "own");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "ul { -brv-word-style: 'House List' } .key { -brv-word-style: 'House Key' }"
                       "section { -brv-word-style: 'House Text' }"
                       ".own { -brv-word-style: 'House Own' }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "HouseList: one\nHouseKey: two\nHeading2: head\nHouseText: text\nHouseOwn: own\n");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:numPr>"), 0);
}

static void test_docx_style__numbers_of_notes(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    docx_element(fixture, p, BRV_KIND_FOOTNOTE, NULL, "note");
    static const struct {
        const char *css;
        const char *call;   // in the document
        const char *marker; // in the note
        const char *style;  // of the call
    } rows[] = {
        { "",
          "<w:footnoteReference w:id=\"1\"/>",
          "<w:footnoteRef/>",
          "<w:vertAlign w:val=\"superscript\"/>" },
        { "::footnote-call { color: #aa0000; vertical-align: baseline; font-size: 1em }",
          "<w:footnoteReference w:id=\"1\"/>",
          "<w:footnoteRef/>",
          "<w:rPr><w:color w:val=\"AA0000\" w:themeColor=\"accent1\"/></w:rPr>" },
        { "::footnote-call { content: '[' counter(footnote) ']' }",
          "<w:t>[</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"
          "<w:footnoteReference w:id=\"1\"/></w:r>",
          "<w:footnoteRef/>",
          "superscript" },
        { "::footnote-call { content: '*' } ::footnote-marker { content: '* ' }",
          "<w:footnoteReference w:customMarkFollows=\"1\" w:id=\"1\"/><w:t>*</w:t>",
          ">*</w:t>",
          "superscript" },
        { "::footnote-marker { content: counter(footnote) ') '; font-weight: bold }",
          "<w:footnoteReference w:id=\"1\"/>",
          "<w:rStyle w:val=\"FootnoteMarker\"/></w:rPr><w:footnoteRef/>",
          "superscript" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file = docx_from_tree(fixture, root, NULL, rows[i].css);
        docx_assert_has(docx_part(&file, DOCX_DOCUMENT), rows[i].call);
        docx_assert_has(docx_part(&file, "word/footnotes.xml"), rows[i].marker);
        docx_assert_has(docx_style(&file, "FootnoteReference"), rows[i].style);
    }
}

static void test_docx_style__raised_text_keeps_its_size(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "m");
    docx_element(fixture, p, BRV_KIND_SUP, NULL, "2");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "sup { font-size: 60% }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles, "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>");
}

static void test_docx_style__tables_on_one_page(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        struct brv_node *row = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
        docx_element(fixture, row, BRV_KIND_TD, NULL, i < 2 ? "kept" : "last");
    }
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, "table { break-inside: avoid; margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "TableText: kept\nTableText: kept\nTableTextLast: last\nSpacer: \n");
    docx_assert_has(docx_part(&file, "word/styles.xml"), "<w:keepNext/>");
    docx_assert_has(docx_part(&file, "word/styles.xml"), "<w:keepNext w:val=\"0\"/>");
}

static void test_docx_style__families_in_order(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "x");
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, "article { font-family: 'Quay Sans', 'Harbour Sans', sans-serif }");
    docx_assert_has(docx_part(&file, "word/fontTable.xml"),
                    "<w:font w:name=\"Quay Sans\"><w:altName w:val=\"Harbour Sans\"/>");
}

static void test_docx_style__hyphens_by_paragraph(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H2, NULL, "head");
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    static const struct {
        const char *css;
        size_t settings, left_out;
    } rows[] = {
        { "p { hyphens: auto }", 1, 1 }, // all text but that of p, by the style Normal
        { "", 0, 0 },
        { "h2 { hyphens: none }", 0, 1 },
        { "article { hyphens: auto } h2 { hyphens: manual }", 1, 1 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file = docx_from_tree(fixture, root, NULL, rows[i].css);
        // After the tab stops, as the schema has it.
        assert_int_equal(docx_count(docx_part(&file, "word/settings.xml"),
                                    "<w:defaultTabStop w:val=\"720\"/>\n<w:autoHyphenation/>"),
                         rows[i].settings);
        assert_int_equal(
            docx_count(docx_part(&file, "word/styles.xml"), "<w:suppressAutoHyphens/>"),
            rows[i].left_out);
    }
}

static void test_docx_style__words_own_names_are_words_own_styles(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, "big", "name");
    docx_element(fixture, root, BRV_KIND_P, "subtitle", "below it");
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           ".big { -brv-word-style: 'Title'; font-size: 30pt }"
                                           ".subtitle { font-size: 15pt }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Title: name\nSubtitle: below it\nBodyText: text\n");
    brv_str styles = docx_part(&file, "word/styles.xml");
    assert_int_equal(docx_count(styles, "\"Title\"><w:name w:val=\"Title\"/>"), 1);
    assert_int_equal(docx_count(styles, "\"Subtitle\"><w:name w:val=\"Subtitle\"/>"), 1);
    assert_int_equal(docx_count(styles, "Variant"), 0);
    // Where a document has neither, they are there for whoever goes on writing.
    root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H1, NULL, "head");
    file = docx_from_tree(fixture, root, NULL, "h1 { font-size: 44pt } .subtitle { color: red }");
    docx_assert_has(docx_style(&file, "Title"), "<w:sz w:val=\"88\"/>");
    assert_int_equal(docx_count(docx_style(&file, "Title"), "outlineLvl"), 0);
    docx_assert_has(docx_style(&file, "Subtitle"), "FF0000");
}

static void test_docx_style__tables_say_what_they_hold(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    docx_element(fixture, table, BRV_KIND_CAPTION, NULL, "Cranes & loads");
    struct brv_node *head = docx_element(fixture, table, BRV_KIND_THEAD, NULL, NULL);
    struct brv_node *row = docx_element(fixture, head, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, row, BRV_KIND_TH, NULL, "Crane");
    docx_element(fixture, row, BRV_KIND_TH, NULL, NULL);
    docx_element(fixture, row, BRV_KIND_TH, NULL, "Load");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT),
                    "<w:tblCaption w:val=\"Cranes &amp; loads\"/>"
                    "<w:tblDescription w:val=\"Crane, Load\"/>");
    brv_node_set_attr(fixture->arena, table, BRV_S("title"), BRV_S("T"));
    brv_node_set_attr(fixture->arena, table, BRV_S("alt"), BRV_S("A"));
    file = docx_from_tree(fixture, root, NULL, "");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT),
                    "<w:tblCaption w:val=\"T\"/><w:tblDescription w:val=\"A\"/>");
}

// The width of a table's second column beside two of so many words.
static long second_width(struct fixture *fixture, size_t words)
{
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *row = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    for (int column = 0; column < 3; column++) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (size_t i = 0; i < words; i++) {
            brv_buf_add_cstr(text, "certificate ");
        }
        brv_buf_add_byte(text, '\0');
        docx_element(fixture, row, BRV_KIND_TD, NULL, column == 1 ? "95th percentile" : text->ptr);
    }
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    size_t at = brv_str_find(body, 0, BRV_S("<w:gridCol"));
    at = brv_str_find(body, at + 1, BRV_S("<w:gridCol w:w=\"")) + strlen("<w:gridCol w:w=\"");
    return strtol(body.ptr + at, NULL, 10);
}

static void test_docx_style__short_columns_stay_on_one_line(void **state)
{
    struct fixture *fixture = *state;
    long wanted = second_width(fixture, 1);
    assert_true(wanted > 1000);
    assert_int_equal(second_width(fixture, 8), wanted);
    assert_int_equal(second_width(fixture, 80), wanted);
}

static void test_docx_style__entries_of_contents_are_words(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *nav = docx_element(fixture, root, BRV_KIND_NAV, "toc", NULL);
    struct brv_node *list = docx_element(fixture, nav, BRV_KIND_UL, NULL, NULL);
    struct brv_node *item = docx_element(fixture, list, BRV_KIND_LI, NULL, NULL);
    struct brv_node *link = docx_element(fixture, item, BRV_KIND_A, NULL, "head");
    brv_node_set_attr(fixture->arena, link, BRV_S("href"), BRV_S("#head"));
    struct brv_node *heading = docx_element(fixture, root, BRV_KIND_H2, NULL, "head");
    brv_node_set_attr(fixture->arena, heading, BRV_S("id"), BRV_S("head"));
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, "ul { -brv-word-style: 'House List' }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "TOC2: head→\nHeading2: head\n");
}

// A running head of several parts: the sheet's words stand, the document's are a field.
static void test_docx_style__words_around_running_heads(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H2, NULL, "Tides");
    docx_element(fixture, root, BRV_KIND_H2, NULL, "Winds");
    static const struct {
        const char *css, *head;
        size_t fields;
    } rows[] = {
        { "h2 { string-set: s 'On ' content() '!' }", "Header: On Tides!\n", 1 },
        { "h2 { string-set: s content() }", "Header: Tides\n", 1 },
        { "h2 { string-set: s 'On ' content() } h2:first-child { string-set: s 'Of ' content() }",
          "Header: Of Tides\n",
          0 },
        { "h2 { string-set: s 'fixed' }", "Header: fixed\n", 0 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str css = brv_arena_printf(
            fixture->arena, "@page { @top-left { content: string(s) } } %s", rows[i].css);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        brv_str header = docx_part(&file, "word/header1.xml");
        assert_str(docx_outline(fixture, header), rows[i].head);
        assert_int_equal(docx_count(header, "> STYLEREF 2 <"), rows[i].fields);
    }
}

// The text of another place is a field where Word would make the same of it.
static void test_docx_style__text_of_another_place(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    static const char *const ids[] = { "tides", "rise", "both", "nowhere" };
    struct brv_node *heading = docx_element(fixture, root, BRV_KIND_H2, NULL, "Tides");
    brv_node_set_attr(fixture->arena, heading, BRV_S("id"), BRV_S("tides"));
    struct brv_node *section = docx_element(fixture, root, BRV_KIND_SECTION, NULL, NULL);
    brv_node_set_attr(fixture->arena, section, BRV_S("id"), BRV_S("both"));
    docx_element(fixture, section, BRV_KIND_H3, NULL, "Tides");
    struct brv_node *text = docx_element(fixture, section, BRV_KIND_P, NULL, "they ");
    struct brv_node *part = docx_element(fixture, text, BRV_KIND_EM, NULL, "rise");
    brv_node_set_attr(fixture->arena, part, BRV_S("id"), BRV_S("rise"));
    for (size_t i = 0; i < BRV_COUNT(ids); i++) {
        struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, NULL);
        struct brv_node *link = docx_element(fixture, p, BRV_KIND_A, NULL, "see");
        brv_str href = brv_arena_printf(fixture->arena, "#%s", ids[i]);
        brv_node_set_attr(fixture->arena, link, BRV_S("href"), href);
    }
    struct docx_file file =
        docx_from_tree(fixture, root, NULL, "a::after { content: ' ' target-text(attr(href)) }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(body, "> REF tides \\h <");
    docx_assert_has(body, "> REF rise \\h <");
    assert_int_equal(docx_count(body, " REF "), 2); // the section is more than its heading
    brv_str outline = docx_outline(fixture, body);
    docx_assert_has(outline, "BodyText: see Tides\n");
    docx_assert_has(outline, "BodyText: see rise\n");
}

// What is typed next stays in a frame and in a list; only what is for one paragraph leads back.
static void test_docx_style__what_is_typed_next(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "plain");
    docx_element(fixture, root, BRV_KIND_P, "lead", "lead");
    docx_element(fixture, root, BRV_KIND_H2, NULL, "plain");
    struct brv_node *box = docx_element(fixture, root, BRV_KIND_ASIDE, "box", NULL);
    docx_element(fixture, box, BRV_KIND_H2, NULL, "head");
    docx_element(fixture, box, BRV_KIND_P, NULL, "framed");
    for (int i = 0; i < 2; i++) {
        struct brv_node *list = docx_element(fixture, root, BRV_KIND_OL, NULL, NULL);
        docx_element(fixture, list, BRV_KIND_LI, NULL, "item");
    }
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, ".lead { font-size: 14pt } .box { border-left: 3pt solid #ff0000 }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles,
                    "\"Lead\"/><w:basedOn w:val=\"BodyText\"/><w:next w:val=\"BodyText\"/>");
    docx_assert_has(styles, "\"Box Text\"/><w:basedOn w:val=\"BodyText\"/><w:uiPriority");
    docx_assert_has(
        styles, "\"Box Heading 2\"/><w:basedOn w:val=\"Heading2\"/><w:next w:val=\"BoxText\"/>");
    docx_assert_has(styles,
                    "\"List Number Restart 1\"/><w:basedOn w:val=\"ListNumber\"/><w:uiPriority");
}

// What a sheet frames or calls a table, in the document or only among the usual styles.
static void test_docx_style__frames_around_what_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    static const char *const sheets[] = {
        "ul { border: 1pt solid red }",
        "section { border: 1pt solid red } ol { background-color: #eee }",
        "p { display: table }",
        "* { border: 1pt solid red; background-color: #eee }",
        "td * { border: 1pt solid red } tr { display: block }",
        "* { display: table }",
    };
    for (size_t i = 0; i < BRV_COUNT(sheets); i++) {
        struct brv_node *root = docx_article(fixture);
        docx_element(fixture, root, BRV_KIND_P, NULL, "text");
        struct docx_file file = docx_from_tree(fixture, root, NULL, sheets[i]);
        docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "text");
        docx_assert_has(docx_part(&file, "word/styles.xml"), "w:styleId=\"Heading6\"");
    }
}

// A sheet may show no paragraph that stands alone, or something before each.
static void test_docx_style__plain_text_is_not_shown(void **state)
{
    static const struct {
        const char *css, *outline;
    } rows[] = {
        { "", "Quote: quoted\n" },
        { "section > p { display: none }", "House: quoted\n" },
        { "section { display: none }", "House: quoted\n" },
        { "section::before { content: 'x'; display: block }", "Quote: quoted\n" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *quote = docx_element(fixture, root, BRV_KIND_BLOCKQUOTE, NULL, NULL);
        docx_element(fixture, quote, BRV_KIND_P, NULL, "quoted");
        brv_str css =
            brv_arena_printf(fixture->arena, "p { -brv-word-style: 'House' } %s", rows[i].css);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)), rows[i].outline);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_style__borders_around_text),
        TEST(test_docx_style__items_of_any_element),
        TEST(test_docx_style__built_in_names_are_plain),
        TEST(test_docx_style__names_of_lists_and_sections),
        TEST(test_docx_style__numbers_of_notes),
        TEST(test_docx_style__raised_text_keeps_its_size),
        TEST(test_docx_style__tables_on_one_page),
        TEST(test_docx_style__families_in_order),
        TEST(test_docx_style__hyphens_by_paragraph),
        TEST(test_docx_style__words_own_names_are_words_own_styles),
        TEST(test_docx_style__tables_say_what_they_hold),
        TEST(test_docx_style__short_columns_stay_on_one_line),
        TEST(test_docx_style__entries_of_contents_are_words),
        TEST(test_docx_style__words_around_running_heads),
        TEST(test_docx_style__text_of_another_place),
        TEST(test_docx_style__what_is_typed_next),
        TEST(test_docx_style__frames_around_what_is_not_there),
        TEST(test_docx_style__plain_text_is_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
