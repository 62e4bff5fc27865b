// Brevier — what Word does in its own way: fields, languages, directions, properties.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include <stdio.h>
#include <stdlib.h>

// The title of contents has a style of its own: it sets a running head only where nothing else
// does.
static void test_docx_word__running_heads_beside_contents(void **state)
{
    struct fixture *fixture = *state;
    for (int has_more = 0; has_more < 2; has_more++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *nav = docx_element(fixture, root, BRV_KIND_NAV, "toc", NULL);
        docx_element(fixture, nav, BRV_KIND_H2, NULL, "Contents");
        struct brv_node *list = docx_element(fixture, nav, BRV_KIND_UL, NULL, NULL);
        docx_element(fixture, list, BRV_KIND_LI, NULL, "entry");
        if (has_more) {
            docx_element(fixture, root, BRV_KIND_H2, NULL, "Tides");
            docx_element(fixture, root, BRV_KIND_H2, NULL, "Winds");
        }
        struct docx_file file = docx_from_tree(
            fixture,
            root,
            NULL,
            "@page { @top-left { content: string(s) } } h2 { string-set: s content() }");
        brv_str header = docx_part(&file, "word/header1.xml");
        assert_str(docx_outline(fixture, header),
                   has_more ? "Header: Tides\n" : "Header: Contents\n");
        docx_assert_has(header,
                        has_more ? "> STYLEREF 2 <" : "> STYLEREF &quot;TOC Heading&quot; <");
    }
}

// A cell that would reach beyond the last column ends with it; all widths agree.
static void test_docx_word__cells_end_with_the_table(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *row = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, row, BRV_KIND_TD, NULL, "a");
    docx_element(fixture, row, BRV_KIND_TD, NULL, "b");
    docx_element(fixture, row, BRV_KIND_TD, NULL, "c");
    row = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    struct brv_node *wide = docx_element(fixture, row, BRV_KIND_TD, NULL, "wide");
    brv_node_set_attr(fixture->arena, wide, BRV_S("colspan"), BRV_S("200"));
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           "@page { size: 400pt 400pt; margin: 50pt }"
                                           "table { width: 100% } td { padding: 0 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:gridCol "), 3);
    assert_int_equal(docx_count(body, "<w:gridSpan w:val=\"3\"/>"), 1);
    assert_int_equal(docx_count(body, "<w:tcW w:w=\"6000\" "), 1);
    assert_int_equal(docx_count(body, "<w:tblW w:w=\"6000\" "), 1);
    int sum = 0;
    for (size_t at = 0; (at = brv_str_find(body, at, BRV_S("<w:gridCol w:w=\""))) < body.len;) {
        at += BRV_S("<w:gridCol w:w=\"").len;
        sum += atoi(body.ptr + at);
    }
    assert_int_equal(sum, 6000);
}

// Entries have one style a level, however the space after the last of them collapses.
static void test_docx_word__entries_have_no_variants(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *nav = docx_element(fixture, root, BRV_KIND_NAV, "toc", NULL);
    struct brv_node *list = docx_element(fixture, nav, BRV_KIND_UL, NULL, NULL);
    for (int i = 0; i < 2; i++) {
        struct brv_node *item = docx_element(fixture, list, BRV_KIND_LI, NULL, NULL);
        struct brv_node *link = docx_element(fixture, item, BRV_KIND_A, NULL, i == 0 ? "a" : "b");
        brv_node_set_attr(fixture->arena, link, BRV_S("href"), BRV_S("#head"));
    }
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, ".toc { margin: 30pt 0 } li:first-child { padding-top: 4pt }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "TOC1: a→\nTOC1: b→\nBodyText: text\n");
}

static void test_docx_word__languages_by_script(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *lang, *defaults, *east_asian;
    } rows[] = {
        { "hi", "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"hi-IN\"/>", "SimSun" },
        { "th", "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"th-TH\"/>", "SimSun" },
        { "zh-TW", "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-TW\" w:bidi=\"ar-SA\"/>", "PMingLiU" },
        { "ja", "<w:lang w:val=\"en-US\" w:eastAsia=\"ja-JP\" w:bidi=\"ar-SA\"/>", "MS Mincho" },
        { "ko", "<w:lang w:val=\"en-US\" w:eastAsia=\"ko-KR\" w:bidi=\"ar-SA\"/>", "Batang" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "plain ");
        struct brv_node *span = docx_element(fixture, p, BRV_KIND_SPAN, NULL, "ภาษา");
        brv_node_set_attr(fixture->arena, span, BRV_S("lang"), BRV_S("th"));
        struct brv_document document = { .lang = brv_str_from_cstr(rows[i].lang) };
        struct docx_file file =
            docx_from_tree(fixture, root, &document, "article { font-family: serif }");
        docx_assert_has(docx_part(&file, "word/styles.xml"), rows[i].defaults);
        docx_assert_has(
            docx_part(&file, "word/styles.xml"),
            brv_arena_printf(fixture->arena, "w:eastAsia=\"%s\"", rows[i].east_asian).ptr);
        assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:lang w:bidi=\"th-TH\"/>"),
                         i != 1);
    }
}

// In a right-to-left language all that is no code goes that way, whatever its first letters, and a
// rule beside a quotation stands where its lines begin. Numbers go with the letters before them.
static void test_docx_word__right_to_left(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    brv_node_set_attr(fixture->arena, root, BRV_S("lang"), BRV_S("ar"));
    struct brv_node *heading = docx_element(fixture, root, BRV_KIND_H1, NULL, NULL);
    docx_element(fixture, heading, BRV_KIND_SPAN, "kicker", "Incident");
    docx_element(fixture, heading, BRV_KIND_SPAN, "headline", "تقرير");
    docx_element(fixture, root, BRV_KIND_P, NULL, "Only English");
    docx_element(fixture, root, BRV_KIND_PRE, NULL, "code");
    docx_element(fixture, root, BRV_KIND_P, NULL, "APT-29 مجموعة 14");
    docx_element(fixture, root, BRV_KIND_P, "rule", "اقتباس");
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           ".kicker, .headline { display: block }"
                                           ".rule { border-left: 2pt solid #123456 }");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:bidi/>"), 4);
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT),
                    "<w:t>APT-29</w:t></w:r><w:r><w:rPr><w:rtl/><w:lang w:bidi=\"ar-SA\"/></w:rPr>"
                    "<w:t xml:space=\"preserve\"> مجموعة 14</w:t>");
    docx_assert_has(docx_part(&file, "word/styles.xml"), "<w:pBdr><w:right w:val=\"single\"");
}

// What the front matter says of the document that no other property does, letter by letter.
static void test_docx_word__custom_properties(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(fixture,
                                               BRV_S("---\ntitle: M\nid: X-1\ndate: 2026-01-02\n"
                                                     "tags: [t]\ncustomer: A & B\nseverity: 5\n"
                                                     "score: -7.50\nopen: true\ndue: 2024-02-29\n"
                                                     "code: \"007\"\n"
                                                     "sources: [one, two]\ntoc: 3\nlof: true\n"
                                                     "lot: false\n---\n# M\n"),
                                               "");
    brv_str custom = docx_part(&file, "docProps/custom.xml");
    static const char *const expected[] = {
        " name=\"Document ID\"><vt:lpwstr>X-1</vt:lpwstr>",
        " name=\"Date\"><vt:filetime>2026-01-02T00:00:00Z</vt:filetime>",
        " name=\"customer\"><vt:lpwstr>A &amp; B</vt:lpwstr>",
        " name=\"severity\"><vt:lpwstr>5</vt:lpwstr>",
        " name=\"score\"><vt:lpwstr>-7.50</vt:lpwstr>",
        " name=\"open\"><vt:lpwstr>true</vt:lpwstr>",
        " name=\"due\"><vt:lpwstr>2024-02-29</vt:lpwstr>",
        " name=\"code\"><vt:lpwstr>007</vt:lpwstr>",
        " name=\"sources\"><vt:lpwstr>one; two</vt:lpwstr>",
    };
    for (size_t i = 0; i < BRV_COUNT(expected); i++) {
        docx_assert_has(custom, expected[i]);
    }
    static const char *const others[] = { "tags", "toc", "lof", "lot" };
    for (size_t i = 0; i < BRV_COUNT(others); i++) {
        brv_str name = brv_arena_printf(fixture->arena, "name=\"%s\"", others[i]);
        assert_int_equal(docx_count(custom, name.ptr), 0);
    }
}

// Names that are one to Word, or too long for it, become others; nothing is lost.
static void test_docx_word__names_of_properties(void **state)
{
    struct fixture *fixture = *state;
    char name[300];
    memset(name, 'n', sizeof name);
    brv_str front = brv_arena_printf(fixture->arena,
                                     "---\nstatus: a\nStatus: b\nSTATUS: c\n\"status 2\": d\n"
                                     "%.*sx: e\n%.*sy: f\n---\n# M\n",
                                     (int)sizeof name,
                                     name,
                                     (int)sizeof name,
                                     name);
    struct docx_file file = docx_from_markdown(fixture, front, "");
    brv_str custom = docx_part(&file, "docProps/custom.xml");
    docx_assert_has(custom, " name=\"status\"><vt:lpwstr>a<");
    docx_assert_has(custom, " name=\"Status 2\"><vt:lpwstr>b<");
    docx_assert_has(custom, " name=\"STATUS 3\"><vt:lpwstr>c<");
    docx_assert_has(custom, " name=\"status 2 2\"><vt:lpwstr>d<");
    char cut[300];
    (void)snprintf(cut, sizeof cut, " name=\"%.255s\"><vt:lpwstr>e<", name);
    docx_assert_has(custom, cut);
    (void)snprintf(cut, sizeof cut, " name=\"%.234s 2\"><vt:lpwstr>f<", name);
    docx_assert_has(custom, cut);
    assert_int_equal(fixture->sink.counts[BRV_NOTE], 5);
}

// The second call of a note finds the number of the first, and looks like it.
static void test_docx_word__later_calls_of_a_note(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture, BRV_S("# T\n\n## S\n\nOne[^a] two[^b] one[^a].\n\n[^a]: x\n[^b]: y\n"), "");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:footnoteReference "), 2);
    docx_assert_has(body, "> NOTEREF fn_1 \\h <");
    docx_assert_has(body, "<w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:t>1</w:t>");
    docx_assert_has(body, "<w:footnoteReference w:id=\"1\"/></w:r><w:bookmarkEnd ");
    assert_int_equal(docx_count(body, "<w:bookmarkStart "), docx_count(body, "<w:bookmarkEnd "));
}

// An empty element is seen where it has height; margins leave room for text.
static void test_docx_word__nothing_to_see(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_DIV, "bar", NULL);
    docx_element(fixture, root, BRV_KIND_DIV, "line", NULL);
    docx_element(fixture, root, BRV_KIND_DIV, "box", NULL);
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "@page { size: 500pt 500pt; margin: 100cm 200pt 1cm 30cm }"
                       ".bar { border-left: 2pt solid #123456; padding-left: 9pt }"
                       ".line { border-top: 2pt solid #123456 }"
                       ".box { padding: 4pt; background-color: #123456 }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:p>"), 2);
    static const char *const names[] = { "w:top=\"", "w:bottom=\"", "w:left=\"", "w:right=\"" };
    int lengths[4];
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        size_t at = brv_str_find(body, 0, brv_str_from_cstr(names[i]));
        assert_true(at < body.len);
        lengths[i] = atoi(body.ptr + at + strlen(names[i]));
    }
    assert_int_equal(lengths[0] + lengths[1], 10000 - 720);
    assert_int_equal(lengths[2] + lengths[3], 10000 - 720);
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 2);
}

// Two frames one below the other stay two: each second one has a style that differs by a hair.
static void test_docx_word__frames_stay_apart(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    for (int i = 0; i < 3; i++) {
        docx_element(fixture, root, BRV_KIND_PRE, NULL, "code");
    }
    for (int i = 0; i < 2; i++) {
        struct brv_node *box = docx_element(fixture, root, BRV_KIND_BLOCKQUOTE, NULL, NULL);
        docx_element(fixture, box, BRV_KIND_P, NULL, "one");
        docx_element(fixture, box, BRV_KIND_P, NULL, "two");
    }
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    docx_element(fixture, root, BRV_KIND_PRE, NULL, "code");
    struct docx_file file = docx_from_tree(
        fixture,
        root,
        NULL,
        "p { margin: 0 } pre { background-color: #f0f0f0; padding: 4pt; margin: 9pt 0 }"
        "blockquote { border-left: 2pt solid #123456; margin: 0 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "SourceCode: code\nSourceCodeNext: code\nSourceCode: code\n"
               "Quote: one\nQuote: two\nQuoteNext: one\nQuoteNext: two\n"
               "BodyText: text\nSourceCode: code\n");
    docx_assert_has(docx_part(&file, "word/styles.xml"),
                    "<w:basedOn w:val=\"SourceCode\"/>"
                    "<w:uiPriority w:val=\"30\"/><w:qFormat/><w:pPr><w:shd w:val=\"clear\" "
                    "w:color=\"auto\" w:fill=\"F0F0F1\"/>");
}

// Styles are called what the sheet calls them; nothing is called as another of Word's own styles.
static void test_docx_word__names_of_classes(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, "note", "1");
    docx_element(fixture, root, BRV_KIND_P, "note special", "2");
    docx_element(fixture, root, BRV_KIND_P, "title", "3");
    docx_element(fixture, root, BRV_KIND_P, "normal", "4");
    docx_element(fixture, root, BRV_KIND_P, "shared", "5");
    docx_element(fixture, root, BRV_KIND_P, "shared red", "6");
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "7");
    docx_element(fixture, p, BRV_KIND_SPAN, "hot", "8");
    docx_element(fixture, p, BRV_KIND_SPAN, "hot cold", "9");
    struct brv_node *quote = docx_element(fixture, root, BRV_KIND_BLOCKQUOTE, NULL, NULL);
    docx_element(fixture, quote, BRV_KIND_P, NULL, "10");
    struct docx_file file = docx_from_tree(
        fixture,
        root,
        NULL,
        ".note { color: #111111 } .special { color: #222222 } .title { color: #333333 }"
        ".normal { color: #444444 } .shared { -brv-word-style: 'Shared' }"
        ".red { color: #555555 } .hot { color: #666666 } .cold { color: #777777 }"
        "blockquote { -brv-word-style: 'Intense Quote'; background-color: #888888 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Note: 1\nSpecial: 2\nTitleText: 3\nNormalText: 4\nShared: 5\nSharedRed: 6\n"
               "BodyText: 789\nIntenseQuote: 10\n");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles, "<w:name w:val=\"Hot\"/>");
    docx_assert_has(styles, "<w:name w:val=\"Hot Cold\"/>");
    assert_int_equal(docx_count(styles, "Variant"), 0);
}

// A name for lists and headings is that of their usual form, also where others are unlike it.
// What Word cannot have in a name is left out, with a note; all else is as the sheet says it.
static void test_docx_word__names_of_the_sheet(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "1");
    docx_element(fixture, root, BRV_KIND_P, NULL, "2");
    docx_element(fixture, root, BRV_KIND_P, "red", "3");
    docx_element(fixture, root, BRV_KIND_H2, NULL, "4");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "p { -brv-word-style: 'My \"own\", odd\\\\<text>' } .red { color: #ff0000 }"
                       "h2 { -brv-word-style: 'part of it' }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    docx_assert_has(styles, "<w:name w:val=\"My own odd&lt;text&gt;\"/>");
    docx_assert_has(styles, "<w:name w:val=\"My own odd&lt;text&gt; Red\"/>");
    docx_assert_has(styles, "<w:name w:val=\"part of it\"/>");
    assert_int_equal(fixture->sink.counts[BRV_NOTE], 1);
    docx_assert_has(fixture->sink.last->message,
                    "the style \"My \"own\", odd\\<text>\" is called \"My own odd<text>\"");
}

static void test_docx_word__named_lists(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H1, NULL, "head");
    struct brv_node *list = docx_element(fixture, root, BRV_KIND_UL, NULL, NULL);
    struct brv_node *item = docx_element(fixture, list, BRV_KIND_LI, NULL, "one");
    docx_element(fixture, list, BRV_KIND_LI, NULL, "two");
    docx_element(fixture, list, BRV_KIND_LI, NULL, "three");
    list = docx_element(fixture, item, BRV_KIND_UL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "deep");
    struct docx_file file = docx_from_tree(
        fixture,
        root,
        NULL,
        "ul { -brv-word-style: 'My List'; margin: 9pt 0 } h1 { -brv-word-style: 'Title' }");
    brv_str styles = docx_part(&file, "word/styles.xml");
    assert_int_equal(docx_count(styles, "Variant"), 0);
    assert_int_equal(docx_count(styles, "<w:name w:val=\"My List\"/>"), 1);
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "\"MyList\""), 2);
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "\"MyList2\"");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:numPr>"), 0);
}

// The usual style of cells is the one that begins where lines begin, however many do not.
static void test_docx_word__cells_begin_at_the_start(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *row = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, row, BRV_KIND_TD, NULL, "text");
    docx_element(fixture, row, BRV_KIND_TD, "n", "1");
    docx_element(fixture, row, BRV_KIND_TD, "n", "2");
    docx_element(fixture, row, BRV_KIND_TD, "alert", "3");
    struct docx_file file = docx_from_tree(
        fixture, root, NULL, "td[class=n] { text-align: right } td.alert { color: #ff0000 }");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "\"TableText\"/></w:pPr><w:r><w:t>text<");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "\"Alert\"/></w:pPr><w:r><w:t>3<");
}

static struct brv_node *wide_table(struct fixture *fixture, struct brv_node *root, int columns)
{
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    for (int y = 0; y < 2; y++) {
        struct brv_node *row = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
        for (int x = 0; x < columns; x++) {
            brv_str text = brv_arena_printf(fixture->arena, "word%d", x);
            docx_element(fixture, row, BRV_KIND_TD, NULL, text.ptr);
        }
    }
    return table;
}

// Too many columns: smaller letters, then parts that begin with the first column; always a note.
static void test_docx_word__wide_tables(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        int columns;
        size_t tables, small, keys, notes;
    } rows[] = { { 6, 2, 0, 4, 0 }, { 11, 2, 1, 4, 1 }, { 30, 5, 0, 10, 1 } };
    const char *css = "@page { size: 500pt 500pt; margin: 50pt } article { font-size: 10pt }";
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        fixture->sink = brv_sink_init(fixture->arena);
        struct brv_node *root = docx_article(fixture);
        wide_table(fixture, root, 2);
        wide_table(fixture, root, rows[i].columns);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css);
        brv_str body = docx_part(&file, DOCX_DOCUMENT);
        assert_int_equal(docx_count(body, "<w:tbl>"), rows[i].tables);
        assert_int_equal(docx_count(body, ">word0<"), rows[i].keys);
        assert_int_equal(docx_count(body, ">word5<"), 2);
        assert_int_equal(docx_count(docx_part(&file, "word/styles.xml"), " pt\"/>") > 0,
                         rows[i].small > 0);
        assert_int_equal(fixture->sink.counts[BRV_NOTE], rows[i].notes);
        for (size_t at = 0; (at = brv_str_find(body, at, BRV_S("<w:tblW w:w=\""))) < body.len;
             at++) {
            assert_true(atoi(body.ptr + at + strlen("<w:tblW w:w=\"")) <= 8000);
        }
    }
}

// What reaches over columns is in each part with the columns it has there; a note is made once.
static void test_docx_word__cells_over_parts(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = wide_table(fixture, root, 30);
    struct brv_node *row = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    struct brv_node *key = docx_element(fixture, row, BRV_KIND_TD, NULL, "key");
    struct brv_node *note = docx_element(fixture, key, BRV_KIND_FOOTNOTE, NULL, "note");
    brv_node_set_attr(fixture->arena, note, BRV_S("id"), BRV_S("n"));
    struct brv_node *wide = docx_element(fixture, row, BRV_KIND_TD, NULL, "wide");
    brv_node_set_attr(fixture->arena, wide, BRV_S("colspan"), BRV_S("29"));
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "@page { size: 500pt 500pt; margin: 50pt } article { font-size: 10pt }"
                       "footnote { float: footnote }");
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, ">wide<"), docx_count(body, "<w:tbl>"));
    assert_int_equal(docx_count(body, "<w:footnoteReference "), 1);
    for (size_t at = 0; (at = brv_str_find(body, at, BRV_S("<w:tbl>"))) < body.len; at++) {
        brv_str one = brv_str_slice(body, at, brv_str_find(body, at, BRV_S("</w:tbl>")));
        char span[40];
        (void)snprintf(
            span, sizeof span, "<w:gridSpan w:val=\"%zu\"/>", docx_count(one, "<w:gridCol ") - 1);
        docx_assert_has(one, span);
    }
}

// Lists that begin anew have styles of their own as long as there are not too many; a note counts.
static void test_docx_word__direct_numbers_are_counted(void **state)
{
    struct fixture *fixture = *state;
    for (int count = 40; count <= 42; count += 2) {
        fixture->sink = brv_sink_init(fixture->arena);
        struct brv_node *root = docx_article(fixture);
        for (int i = 0; i < count; i++) {
            struct brv_node *list = docx_element(fixture, root, BRV_KIND_OL, NULL, NULL);
            docx_element(fixture, list, BRV_KIND_LI, NULL, "a");
            docx_element(fixture, root, BRV_KIND_P, NULL, "text");
        }
        struct docx_file file = docx_from_tree(fixture, root, NULL, "");
        size_t direct = docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:numPr>");
        assert_int_equal(direct, count - 40);
        assert_int_equal(fixture->sink.counts[BRV_NOTE], direct > 0);
        if (direct > 0) {
            docx_assert_has(fixture->sink.last->message, "the numbers of 2 list items are direct");
        }
    }
}

// Lines of a margin box stand one below the other, whatever stands beside them.
static void test_docx_word__lines_of_margin_boxes(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    struct docx_file file =
        docx_from_tree(fixture,
                       root,
                       NULL,
                       "@page { @bottom-left { content: 'left' } @bottom-right { content: 'right' }"
                       "@bottom-center { content: 'a\\A b\\A c'; white-space: pre } }");
    assert_str(docx_outline(fixture, docx_part(&file, "word/footer1.xml")),
               "Footer: left→a→right↵→b↵→c\n");
}

// The sides of margin boxes are those of the page, whichever way the document runs.
static void test_docx_word__margin_boxes_right_to_left(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("---\nlang: ar\n---\n# مذكرة\n\nنص[^a]\n\n[^a]: هامش\n"),
        "@page { @bottom-left { content: \"left\" } @bottom-center { content: \"وسط\" } }");
    brv_str line = docx_part(&file, "word/footer1.xml");
    assert_str(docx_outline(fixture, line), "Footer: →وسط→left\n");
    docx_assert_has(line, "<w:bidi/>");
    assert_int_equal(docx_count(line, "<w:rPr><w:rtl/></w:rPr><w:tab/>"), 2);
    docx_assert_has(docx_part(&file, "word/footnotes.xml"),
                    "<w:pPr><w:bidi/></w:pPr><w:r><w:separator/>");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_word__running_heads_beside_contents),
        TEST(test_docx_word__cells_end_with_the_table),
        TEST(test_docx_word__entries_have_no_variants),
        TEST(test_docx_word__languages_by_script),
        TEST(test_docx_word__right_to_left),
        TEST(test_docx_word__custom_properties),
        TEST(test_docx_word__names_of_properties),
        TEST(test_docx_word__later_calls_of_a_note),
        TEST(test_docx_word__nothing_to_see),
        TEST(test_docx_word__frames_stay_apart),
        TEST(test_docx_word__names_of_classes),
        TEST(test_docx_word__names_of_the_sheet),
        TEST(test_docx_word__named_lists),
        TEST(test_docx_word__cells_begin_at_the_start),
        TEST(test_docx_word__wide_tables),
        TEST(test_docx_word__cells_over_parts),
        TEST(test_docx_word__direct_numbers_are_counted),
        TEST(test_docx_word__lines_of_margin_boxes),
        TEST(test_docx_word__margin_boxes_right_to_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
