// Brevier — what refers to something in Word: links, notes, captions that count, contents.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

static void test_docx_field__links(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture,
                           BRV_S("# T\n\n## Over There\n\n[out](https://example.org/?a=1&b=2) and "
                                 "[again](https://example.org/?a=1&b=2), [in](#over-there), "
                                 "[nowhere](#lost).\n"),
                           "");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    brv_str relations = docx_part(&file, "word/_rels/document.xml.rels");
    assert_int_equal(docx_count(body, "<w:hyperlink r:id=\"rIdLink1\""), 2);
    assert_int_equal(docx_count(relations, "TargetMode=\"External\""), 1);
    docx_assert_has(relations, "Target=\"https://example.org/?a=1&amp;b=2\"");
    docx_assert_has(body, "w:anchor=\"over_there\"");
    docx_assert_has(body, "w:name=\"over_there\"");
    assert_int_equal(docx_count(body, "w:anchor="), 1);
    assert_int_equal(docx_count(body, "<w:bookmarkStart "), docx_count(body, "<w:bookmarkEnd "));
}

static void test_docx_field__notes(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("# T\n\nText[^a] and more[^b].\n\n[^a]: See <https://example.org>.\n\n"
              "[^b]: Second.\n"),
        "");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: T\nBodyText: Text[1] and more[2].\n");
    brv_str notes = docx_part(&file, "word/footnotes.xml");
    assert_int_equal(docx_count(notes, "<w:footnoteRef/>"), 2);
    docx_assert_has(notes, "w:type=\"separator\"");
    docx_assert_has(notes, "<w:pStyle w:val=\"FootnoteText\"/>");
    docx_assert_has(docx_part(&file, "word/_rels/footnotes.xml.rels"), "https://example.org");
}

// A running head follows a title that calls a note at its end; one within parts its text.
static void test_docx_field__notes_of_titles(void **state)
{
    struct fixture *fixture = *state;
    for (size_t more = 0; more < 2; more++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *h1 = docx_element(fixture, root, BRV_KIND_H1, NULL, NULL);
        struct brv_node *title = docx_element(fixture, h1, BRV_KIND_SPAN, "headline", "Rain");
        docx_element(fixture, title, BRV_KIND_FOOTNOTE, NULL, "note");
        if (more) {
            brv_node_append(
                title, brv_node_new_text(fixture->arena, BRV_S(" again"), (struct brv_span){ 0 }));
        }
        struct docx_file file = docx_from_tree(fixture,
                                               root,
                                               NULL,
                                               ".headline { string-set: title content() }"
                                               "footnote { float: footnote }"
                                               "@page { @top-left { content: string(title) } }");
        brv_str header = docx_part(&file, "word/header1.xml");
        assert_str(docx_outline(fixture, header), more ? "Header: Rain again\n" : "Header: Rain\n");
        assert_int_equal(docx_count(header, "STYLEREF &quot;Headline&quot;"), more ? 0 : 1);
    }
}

// A link's title is what Word shows beside the pointer: never more than it takes.
static void test_docx_field__titles_of_links(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(text, "[a](https://a.example \"Its \\\"title\\\"\") [b](https://a.example \"");
    for (int i = 0; i < 200; i++) {
        brv_buf_add_cstr(text, "ä");
    }
    brv_buf_add_cstr(text, "\")\n");
    struct docx_file file = docx_from_markdown(fixture, brv_buf_str(text), "");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    docx_assert_has(body, "<w:hyperlink r:id=\"rIdLink1\" w:tooltip=\"Its &quot;title&quot;\"");
    docx_assert_has(body, "<w:hyperlink r:id=\"rIdLink1\" w:tooltip=\"ää");
    assert_int_equal(docx_count(body, "ä"), 125);
}

static struct brv_node *captioned_table(struct fixture *fixture, struct brv_node *root,
                                        const char *id, const char *caption)
{
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    brv_node_set(fixture->arena, table, BRV_ATTR_ID, brv_str_from_cstr(id));
    docx_element(fixture, table, BRV_KIND_CAPTION, NULL, caption);
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    struct brv_node *row = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, row, BRV_KIND_TD, NULL, "x");
    return table;
}

static void test_docx_field__captions_are_counted(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    captioned_table(fixture, root, "one", "Depths in 2024");
    captioned_table(fixture, root, "two", "Widths");
    struct brv_node *last = captioned_table(fixture, root, "nine", "Heights");
    brv_node_set(fixture->arena, last, BRV_ATTR_CLASS, BRV_S("jump"));
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "article { counter-reset: t } caption { counter-increment: t }"
                       ".jump caption { counter-set: t 9 }"
                       "caption::before { content: 'Tab. ' counter(t) ': ' }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_str(docx_outline(fixture, xml),
               "Caption: Tab. 1: Depths in 2024\nTableText: x\nCaption: Tab. 2: Widths\n"
               "TableText: x\nCaption: Tab. 9: Heights\nTableText: x\nSpacer: \n");
    assert_int_equal(docx_count(xml, "> SEQ Table \\* ARABIC <"), 2);
    assert_int_equal(docx_count(xml, "> SEQ Table \\r 9 \\* ARABIC <"), 1);
}

// Word calls a sequence by its label, where that is a word.
static void test_docx_field__sequences_have_names(void **state)
{
    static const struct {
        const char *label, *field;
    } rows[] = {
        { "'Tabelle ' counter(t) '. '", "> SEQ Tabelle \\* ARABIC <" },
        { "'表 ' counter(t) ' '", "> SEQ 表 \\* ARABIC <" },
        { "'Übersicht ' counter(t)", "> SEQ Übersicht \\* ARABIC <" },
        { "counter(t) '. '", "> SEQ Table \\* ARABIC <" },
        { "'T \\\\r 5 ' counter(t) '. '", "> SEQ Table \\* ARABIC <" },
        { "'2nd ' counter(t) '. '", "> SEQ Table \\* ARABIC <" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        captioned_table(fixture, root, "one", "Depths");
        brv_str css = brv_arena_printf(fixture->arena,
                                       "article { counter-reset: t } "
                                       "caption { counter-increment: t }"
                                       "caption::before { content: %s }",
                                       rows[i].label);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        docx_assert_has(docx_part(&file, DOCX_DOCUMENT), rows[i].field);
    }
}

static void add_entry(struct fixture *fixture, struct brv_node *list, const char *href,
                      const char *text)
{
    struct brv_node *item = docx_element(fixture, list, BRV_KIND_LI, NULL, NULL);
    struct brv_node *link = docx_element(fixture, item, BRV_KIND_A, NULL, text);
    brv_node_set(fixture->arena, link, BRV_ATTR_HREF, brv_str_from_cstr(href));
}

static void test_docx_field__contents_are_a_field(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *nav = docx_element(fixture, root, BRV_KIND_NAV, "toc", NULL);
    docx_element(fixture, nav, BRV_KIND_H2, "toc-title", "Inside");
    struct brv_node *list = docx_element(fixture, nav, BRV_KIND_UL, NULL, NULL);
    add_entry(fixture, list, "#tide", "The Tide");
    struct brv_node *inner = docx_element(fixture, list->last, BRV_KIND_UL, NULL, NULL);
    add_entry(fixture, inner, "#ebb", "\\o \"1-9\" INCLUDETEXT");
    struct brv_node *h2 = docx_element(fixture, root, BRV_KIND_H2, NULL, "The Tide");
    brv_node_set(fixture->arena, h2, BRV_ATTR_ID, BRV_S("tide"));
    struct brv_node *h3 = docx_element(fixture, root, BRV_KIND_H3, NULL, "Ebb");
    brv_node_set(fixture->arena, h3, BRV_ATTR_ID, BRV_S("ebb"));
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_str(docx_outline(fixture, xml),
               "TOCHeading: Inside\nTOC2: The Tide→\nTOC3: \\o \"1-9\" INCLUDETEXT→\n"
               "Heading2: The Tide\nHeading3: Ebb\n");
    docx_assert_has(xml,
                    "<w:instrText xml:space=\"preserve\"> TOC \\o &quot;2-3&quot; \\h \\z \\u <");
    docx_assert_has(xml, "<w:docPartGallery w:val=\"Table of Contents\"/>");
    assert_int_equal(docx_count(xml, "PAGEREF tide \\h"), 1);
    assert_int_equal(docx_count(xml, "\"begin\""), 3);
    assert_int_equal(docx_count(xml, "\"end\""), 3);
    // Without pages of ours there is no number to show, and nothing pretends to know it.
    assert_int_equal(docx_count(xml, "\"separate\""), 1);
    assert_int_equal(docx_count(xml, "w:dirty"), 0);
    assert_int_equal(docx_count(docx_part(&file, "word/settings.xml"), "updateFields"), 0);
    assert_true(docx_is_well_formed(xml));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_field__links),
        TEST(test_docx_field__notes),
        TEST(test_docx_field__notes_of_titles),
        TEST(test_docx_field__titles_of_links),
        TEST(test_docx_field__captions_are_counted),
        TEST(test_docx_field__sequences_have_names),
        TEST(test_docx_field__contents_are_a_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
