// Brevier — what a Word user finds who goes on writing: styles where nothing stands yet, numbers
// before what they number.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include <stdio.h>

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

// The style of this id leads to itself: it has a base and no other style that follows.
static bool goes_on(const struct docx_file *file, const char *id, const char *base)
{
    char tags[120];
    (void)snprintf(tags, sizeof tags, "\"%s\"/><w:basedOn w:val=\"%s\"/><w:uiPriority", id, base);
    return docx_count(docx_part(file, "word/styles.xml"), tags) == 1;
}

// A second line of a cell is where the first is and looks as it does, and so is one of an item's
// code.
static void test_docx_typing__next_in_cells_and_items(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(fixture,
                                               BRV_S("| Name | Sum | Note |\n|:--|--:|:-:|\n"
                                                     "| Ann | 12 | * |\n\n```\nplain\n```\n\n"
                                                     "- item\n\n  ```\n  code\n  ```\n"),
                                               "td:first-child { font-size: 8pt }"
                                               "td { text-align: start }"
                                               "[data-align=right] { text-align: end }"
                                               "[data-align=center] { text-align: center }");
    assert_true(goes_on(&file, "Table Heading", "Normal"));
    assert_true(goes_on(&file, "Table Heading Right", "TableHeading"));
    assert_true(goes_on(&file, "Table Text Right", "TableText"));
    assert_true(goes_on(&file, "Table Text Centered", "TableText"));
    assert_true(goes_on(&file, "Table Text 8 pt", "TableText"));
    assert_true(goes_on(&file, "List Source Code", "SourceCode"));
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *tr = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, tr, BRV_KIND_TD, NULL, "text");
    struct brv_node *td = docx_element(fixture, tr, BRV_KIND_TD, NULL, NULL);
    docx_element(fixture, td, BRV_KIND_PRE, NULL, "code");
    td = docx_element(fixture, tr, BRV_KIND_TD, NULL, NULL);
    struct brv_node *quote = docx_element(fixture, td, BRV_KIND_BLOCKQUOTE, NULL, NULL);
    docx_element(fixture, quote, BRV_KIND_P, NULL, "quoted");
    file = docx_from_tree(fixture, root, NULL, "td { font-size: 8pt }");
    assert_true(goes_on(&file, "Table Source Code", "SourceCode"));
    docx_assert_has(docx_style(&file, "TableQuote"), "<w:next w:val=\"TableText\"/>");
    // The class of a section says nothing of what sets one of its columns apart.
    file = docx_from_markdown(fixture,
                              BRV_S("## Times\n\n| A | B |\n|:--|:-:|\n| a | b |\n"),
                              "td { text-align: start } [data-align=center] { text-align: center }"
                              "table { margin: 0 } .times td, .times th { border: 1pt solid }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading2: Times\nTableHeading: A\nTableHeadingCentered: B\nTableText: a\n"
               "TableTextCentered: b\nSpacer: \n");
}

// Where the sheet calls plain text otherwise, that is what follows, and what is in a figure does
// not have its name.
static void test_docx_typing__text_of_a_name(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *figure = docx_element(fixture, root, BRV_KIND_FIGURE, NULL, NULL);
    docx_element(fixture, figure, BRV_KIND_DIV, NULL, "drawn");
    docx_element(fixture, root, BRV_KIND_H2, NULL, "head");
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "p { -brv-word-style: \"Our Text\" }"
                       "figure { margin: 0; font-size: 7pt; break-after: avoid }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Figure: drawn\nHeading2: head\nOurText: text\n");
    assert_true(goes_on(&file, "Our Text", "Normal"));
    docx_assert_has(styles,
                    "\"heading 2\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"OurText\"");
    docx_assert_has(styles, "\"Figure\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"OurText\"");
    assert_int_equal(docx_count(styles, "w:styleId=\"BodyText\""), 0);
}

// A heading leads to plain text, whatever frames either has; one within a frame to the text there.
// Nobody goes on with a figure.
static void test_docx_typing__headings_lead_to_text(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H1, NULL, "head");
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    struct brv_node *figure = docx_element(fixture, root, BRV_KIND_FIGURE, NULL, NULL);
    docx_element(fixture, figure, BRV_KIND_DIV, NULL, "drawn");
    struct brv_node *aside = docx_element(fixture, root, BRV_KIND_ASIDE, "note", NULL);
    docx_element(fixture, aside, BRV_KIND_H1, NULL, "inner");
    docx_element(fixture, aside, BRV_KIND_P, "label", "label");
    docx_element(fixture, aside, BRV_KIND_P, NULL, "one");
    docx_element(fixture, aside, BRV_KIND_P, NULL, "two");
    struct docx_file file = docx_from_tree(
        fixture,
        root,
        NULL,
        "p { background-color: silver; margin: 0 }"
        ".label { break-after: avoid }"
        ".note { background-color: yellow } .note p { background-color: transparent }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles,
                    "\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"");
    docx_assert_has(styles,
                    "\"Figure\"/><w:basedOn w:val=\"BodyText\"/><w:next w:val=\"BodyText\"");
    docx_assert_has(
        styles, "\"Note Heading 1\"/><w:basedOn w:val=\"Heading1\"/><w:next w:val=\"NoteText\"");
}

// Nobody's spelling checker looks at code.
static void test_docx_typing__code_has_no_spelling(void **state)
{
    struct fixture *fixture = *state;
    for (int is_all = 0; is_all < 2; is_all++) {
        struct docx_file file = docx_from_markdown(
            fixture,
            BRV_S("text `code`\n\n    more\n"),
            is_all ? "article, code, pre { font-family: monospace }"
                   : "article { font-family: serif } code, pre { font-family: monospace }");
        brv_str styles = docx_part(&file, "word/styles.xml");
        assert_int_equal(docx_count(styles, "<w:noProof/>"), is_all ? 0 : 2);
    }
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

// The widest number of a list has room before the text, outside of the indent if need be.
static void test_docx_typing__wide_numbers(void **state)
{
    static const struct {
        const char *markdown, *indent;
    } rows[] = {
        { "8. a\n9. b\n", "<w:ind w:left=\"300\" w:hanging=\"300\"/>" },
        { "99. a\n100. b\n", "<w:ind w:left=\"300\" w:hanging=\"482\"/>" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file =
            docx_from_markdown(fixture,
                               brv_str_from_cstr(rows[i].markdown),
                               "article { font-size: 10pt } ol { padding-left: 15pt }");
        docx_assert_has(docx_part(&file, "word/numbering.xml"), rows[i].indent);
    }
}

// Columns on pages of a name.
static void test_docx_typing__columns_on_named_pages(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "before");
    struct brv_node *annex = docx_element(fixture, root, BRV_KIND_SECTION, "annex", NULL);
    docx_element(fixture, annex, BRV_KIND_P, NULL, "one");
    docx_element(fixture, annex, BRV_KIND_P, NULL, "two");
    docx_element(fixture, root, BRV_KIND_P, NULL, "after");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           "@page two { size: A4 landscape }"
                                           ".annex { page: two; columns: 3; column-gap: 12pt }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:sectPr>"), 3);
    assert_int_equal(docx_count(body, "w:orient=\"landscape\""), 1);
    assert_int_equal(docx_count(body, "<w:cols "), 1);
    docx_assert_has(body, "<w:cols w:num=\"3\" w:space=\"240\"/>");
}

// The running head of each kind of page says what its own first one does.
static void test_docx_typing__running_heads_by_pages(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H2, NULL, "Tides");
    struct brv_node *annex = docx_element(fixture, root, BRV_KIND_SECTION, "annex", NULL);
    docx_element(fixture, annex, BRV_KIND_H2, NULL, "Winds");
    docx_element(fixture, annex, BRV_KIND_H2, NULL, "Waves");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           "@page { @top-left { content: string(s) } }"
                                           "@page two { size: A4 landscape }"
                                           "h2 { string-set: s content() } .annex { page: two }");
    assert_str(docx_outline(fixture, docx_part(&file, "word/header1.xml")), "Header: Tides\n");
    assert_str(docx_outline(fixture, docx_part(&file, "word/header4.xml")), "HeaderTwo: Winds\n");
}

// A style with a name of Word's own looks as the sheet has it where nothing around changes it, even
// if the document has only uses where something does.
static void test_docx_typing__odd_uses_derive(void **state)
{
    static const struct {
        const char *markdown, *css, *outline, *derived;
    } rows[] = {
        { "> - quoted\n>\n>   more\n",
          "blockquote { font-style: italic } ul, li, p, blockquote { margin: 0 }",
          "QuoteListBullet: quoted\nListContinue: more\n",
          "<w:name w:val=\"Quote List Bullet\"/><w:basedOn w:val=\"ListBullet\"/>" },
        { "- ```\n  code\n  ```\n",
          "pre { background: silver }",
          "CodeListBullet: code\n",
          "<w:name w:val=\"Code List Bullet\"/><w:basedOn w:val=\"ListBullet\"/>" },
        { "- [ ] task\n", "ul { margin: 0 }", "ListTaskOpen: task\n", "w:val=\"List Task Open\"" },
        { "| |\n|--|\n| a |\n| b |\n",
          "td:first-child { color: red }",
          "Spacer: \nTableHeading: \nTableTextColored: a\nTableTextColored: b\nSpacer: \n",
          "<w:name w:val=\"Table Text Colored\"/><w:basedOn w:val=\"TableText\"/>" },
        // What looks the same is no odd use.
        { "> - quoted\n",
          "ul, li, p, blockquote { margin: 0 }",
          "ListBullet: quoted\n",
          "<w:name w:val=\"List Bullet\"/>" },
        // The first of two lists has the usual style, however short.
        { "1. one\n\ntext\n\n1. one\n2. two\n",
          "ol, p { margin: 0 }",
          "ListNumber: one\nBodyText: text\nListNumberRestart1: one\nListNumberRestart1: two\n",
          "<w:name w:val=\"List Number Restart 1\"/><w:basedOn w:val=\"ListNumber\"/>" },
        // Names count what a user sees.
        { "1. one\n\n- x\n\ntext\n\n1. one\n",
          "ol, ul, p { margin: 0 }",
          "ListNumber: one\nListBullet: x\nBodyText: text\nListNumberRestart1: one\n",
          "\"List Number Restart 1\"" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file =
            docx_from_markdown(fixture, brv_str_from_cstr(rows[i].markdown), rows[i].css);
        assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)), rows[i].outline);
        docx_assert_has(docx_part(&file, "word/styles.xml"), rows[i].derived);
    }
}

// A mix of two looks builds on one of them; what looks as another does is no style of its own.
static void test_docx_typing__mixes_build_on_parts(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("*a* **b** ***both*** `c` [`d` *e*](https://a.example/)\n\n> *quoted*\n"),
        "blockquote { font-style: italic } blockquote em { font-style: normal }"
        "a { color: navy } a em { color: inherit }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles,
                    "<w:name w:val=\"Emphasis Strong\"/><w:basedOn w:val=\"Emphasis\"/>"
                    "<w:uiPriority w:val=\"22\"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>");
    docx_assert_has(styles,
                    "<w:name w:val=\"Hyperlink HTML Code\"/><w:basedOn w:val=\"Hyperlink\"/>");
    assert_int_equal(docx_count(styles, "\"Quote Emphasis\""), 0);
}

// Bold, code and links have their names where they stand in plain text, be it that they stand there
// nowhere; what the first one is in a cell of bold text is a style of its own.
static void test_docx_typing__text_that_is_odd(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("| **a** | `b` | [c](https://c.example/) |\n|---|---|---|\n| d | e | f |\n"),
        "th { font-weight: bold; font-size: 8pt } strong { font-weight: bold; color: #aa0000 }"
        "code { font-family: Courier; font-size: 9pt } a { color: #0000aa } th a { font-size: 7pt }"
        "a::after { content: '>'; font-size: 5pt }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    static const char *const plain[] = {
        "\"Strong\"/><w:basedOn w:val=\"DefaultParagraphFont\"/><w:uiPriority w:val=\"22\"/>"
        "<w:qFormat/><w:rPr><w:b/><w:bCs/><w:color w:val=\"AA0000\"",
        "\"Table Heading Strong\"/><w:basedOn w:val=\"DefaultParagraphFont\"/><w:uiPriority "
        "w:val=\"22\"/><w:qFormat/><w:rPr><w:color w:val=\"AA0000\"",
        "\"Hyperlink\"/><w:basedOn w:val=\"DefaultParagraphFont\"/><w:uiPriority "
        "w:val=\"99\"/><w:rPr><w:color w:val=\"0000AA\"",
        "\"Table Heading Hyperlink\"/><w:basedOn w:val=\"Hyperlink\"/>",
    };
    for (size_t i = 0; i < BRV_COUNT(plain); i++) {
        docx_assert_has(styles, plain[i]);
    }
    // What the sheet puts beside the sample of a link is in no text.
    struct docx_file none = docx_from_markdown(
        fixture, BRV_S("# T\n\ntext\n"), "a::after { content: '>'; font-size: 5pt }");
    assert_int_equal(docx_count(docx_part(&none, "word/styles.xml"), "Generated"), 0);
}

// Word makes contents anew and keeps the looks of their paragraphs: so those are the links' own.
static void test_docx_typing__entries_look_as_their_links(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *contents = docx_element(fixture, root, BRV_KIND_NAV, "toc", NULL);
    struct brv_node *list = docx_element(fixture, contents, BRV_KIND_OL, NULL, NULL);
    struct brv_node *item = docx_element(fixture, list, BRV_KIND_LI, NULL, NULL);
    struct brv_node *link = docx_element(fixture, item, BRV_KIND_A, NULL, "One");
    brv_node_set(fixture->arena, link, BRV_ATTR_HREF, BRV_S("#one"));
    struct brv_node *heading = docx_element(fixture, root, BRV_KIND_H2, NULL, "One");
    brv_node_set(fixture->arena, heading, BRV_ATTR_ID, BRV_S("one"));
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "a { color: #008080; font-weight: bold } nav a { text-decoration: none }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    size_t at = brv_str_find(styles, 0, BRV_S("w:styleId=\"TOC2\""));
    docx_assert_has(brv_str_slice(styles, at, brv_str_find(styles, at, BRV_S("</w:style>"))),
                    "<w:b/><w:bCs/><w:color w:val=\"008080\"");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:rStyle"), 0);
}

// Paragraphs of one name of the sheet are based on the first of them.
static void test_docx_typing__names_of_the_sheet_have_one_base(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture,
                           BRV_S("> one\n>\n> two\n\ntext\n"),
                           "p { margin: 0 0 4pt } blockquote { -brv-word-style: 'Our Quote';"
                           " margin: 0 0 30pt }");
    docx_assert_has(docx_part(&file, "word/styles.xml"),
                    "<w:name w:val=\"Our Quote Last\"/><w:basedOn w:val=\"OurQuote\"/>");
}

// A note looks as notes do, wherever it is called.
static void test_docx_typing__notes_look_alike(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("Text.[^a]\n\n| a |\n|:-:|\n| **b[^b]** |\n\n[^a]: One.\n\n[^b]: Two.\n"),
        "[data-align=center] { text-align: center } p { margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, "word/footnotes.xml")),
               "\n\nFootnoteText:  One.\nFootnoteText:  Two.\n");
}

// Code that ends in a line feed has no empty last line.
static void test_docx_typing__no_line_after_the_last(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_PRE, NULL, "one\n\ntwo\n");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)), "SourceCode: one↵↵two\n");
}

// A table in a cell is not what a new table is to look like.
static void test_docx_typing__tables_in_tables(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, "wide", NULL);
    struct brv_node *cell = docx_element(
        fixture, docx_element(fixture, table, BRV_KIND_TR, NULL, NULL), BRV_KIND_TD, NULL, NULL);
    struct brv_node *inner = docx_element(fixture, cell, BRV_KIND_TABLE, NULL, NULL);
    docx_element(
        fixture, docx_element(fixture, inner, BRV_KIND_TR, NULL, NULL), BRV_KIND_TD, NULL, "x");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           "@page { size: 400pt 400pt; margin: 50pt }"
                                           "table { width: 100% } td { padding: 0 10pt }"
                                           ".wide td { background: silver }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(body, "<w:tblStyle w:val=\"WideTable\"/>");
    docx_assert_has(body, "<w:tblStyle w:val=\"InnerTable\"/>");
    docx_assert_has(body, "<w:tblW w:w=\"6000\" "); // the page
    docx_assert_has(body, "<w:tblW w:w=\"5600\" "); // the cell
    assert_int_equal(docx_count(docx_part(&file, "word/styles.xml"), "\"Table Grid\"/><w:based"),
                     0);
}

// A list whose markers the sheet makes is numbered where Word counts as they do.
static void test_docx_typing__markers_of_the_sheet(void **state)
{
    static const struct {
        const char *css, *format, *text; // NULL: typed
    } rows[] = {
        { "ol { list-style-type: upper-alpha } li::marker { content: counter(list-item) ') ' }",
          "decimal",
          "%1)" },
        { "li::marker { content: counter(list-item, lower-roman) '.' }", "lowerRoman", "%1." },
        { "@counter-style p { system: extends decimal; prefix: '('; suffix: ') ' }"
          "ol { list-style-type: p }",
          "decimal",
          "(%1)" },
        { "ol { list-style-type: symbols(numeric '0' '1' '2') }", NULL, NULL },
        { "@counter-style g { system: alphabetic; symbols: a z }"
          "ol { list-style-type: g }",
          NULL,
          NULL },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file =
            docx_from_markdown(fixture, BRV_S("1. a\n2. b\n3. c\n"), rows[i].css);
        brv_str xml = docx_part(&file, DOCX_DOCUMENT);
        assert_int_equal(docx_count(xml, "<w:tab/>"), rows[i].format ? 0 : 3);
        if (rows[i].format) {
            brv_str level =
                brv_arena_printf(fixture->arena,
                                 "<w:numFmt w:val=\"%s\"/><w:pStyle w:val=\"ListNumber\"/>"
                                 "<w:lvlText w:val=\"%s\"/>",
                                 rows[i].format,
                                 rows[i].text);
            docx_assert_has(docx_part(&file, "word/numbering.xml"), level.ptr);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_typing__empty_cells),
        TEST(test_docx_typing__next_in_cells_and_items),
        TEST(test_docx_typing__text_of_a_name),
        TEST(test_docx_typing__headings_lead_to_text),
        TEST(test_docx_typing__numbers_stand_first),
        TEST(test_docx_typing__lists_from_zero),
        TEST(test_docx_typing__wide_numbers),
        TEST(test_docx_typing__running_heads_by_pages),
        TEST(test_docx_typing__columns_on_named_pages),
        TEST(test_docx_typing__odd_uses_derive),
        TEST(test_docx_typing__mixes_build_on_parts),
        TEST(test_docx_typing__text_that_is_odd),
        TEST(test_docx_typing__entries_look_as_their_links),
        TEST(test_docx_typing__names_of_the_sheet_have_one_base),
        TEST(test_docx_typing__notes_look_alike),
        TEST(test_docx_typing__no_line_after_the_last),
        TEST(test_docx_typing__tables_in_tables),
        TEST(test_docx_typing__markers_of_the_sheet),
        TEST(test_docx_typing__code_has_no_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
