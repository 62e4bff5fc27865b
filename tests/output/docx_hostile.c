// Brevier — Word documents of hostile content: no markup, field or relation comes from the text,
// all parts stay well-formed, and the same input gives the same bytes.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include "base/hash.h"
#include "base/utf8.h"

static void assert_well_formed(const struct docx_file *file)
{
    for (size_t i = 0; i < file->count; i++) {
        if (!docx_is_well_formed(file->contents[i])) {
            print_message("%" BRV_STR_F " is not well-formed:\n%" BRV_STR_F "\n",
                          BRV_STR_ARG(file->names[i]),
                          BRV_STR_ARG(file->contents[i]));
            fail();
        }
    }
}

static void test_docx_hostile__markup_in_text(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = {
        "</w:t></w:r><w:instrText> DDEAUTO c:\\\\x </w:instrText>",
        "]]> &amp; &#0; <!-- \" ' -->",
        "{ INCLUDETEXT \"secret\" }",
        "\x01\x02\x08\x0B\x1F\x7F and \xC2\x85 and \xEF\xBF\xBE \xEF\xBF\xBF \xEF\xB7\x90",
        "\xFF\xC0\xAF\xED\xA0\x80 broken",
        "\xE2\x80\xAE override \xE2\x81\xA6 isolate",
    };
    struct brv_node *root = docx_article(fixture);
    for (size_t i = 0; i < BRV_COUNT(texts); i++) {
        docx_element(fixture, root, BRV_KIND_P, NULL, texts[i]);
        docx_element(fixture, root, BRV_KIND_H2, NULL, texts[i]);
        struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, NULL);
        docx_element(fixture, p, BRV_KIND_STRONG, texts[i], texts[i]);
        struct brv_node *image = docx_element(fixture, p, BRV_KIND_IMG, NULL, NULL);
        brv_node_set(fixture->arena, image, BRV_ATTR_ALT, brv_str_from_cstr(texts[i]));
        brv_node_set(fixture->arena, p, BRV_ATTR_LANG, brv_str_from_cstr(texts[i]));
        brv_node_set(fixture->arena, p, BRV_ATTR_ID, brv_str_from_cstr(texts[i]));
    }
    struct docx_file file = docx_from_tree(fixture,
                                           root,
                                           NULL,
                                           "h2 { string-set: t content() } strong { color: red } "
                                           "@page { @top-left { content: string(t) } }");
    assert_well_formed(&file);
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:instrText"), 0);
    brv_str header = docx_part(&file, "word/header1.xml");
    assert_int_equal(docx_count(header, "<w:instrText"), 1);
    assert_int_equal(docx_count(header, "> STYLEREF 2 <"), 1);
}

// Every instruction is one of ours: a known field, and words that cannot end it or begin another.
static void assert_fields_are_ours(const struct docx_file *file)
{
    static const char *const fields[] = {
        "PAGE ", "NUMPAGES ", "PAGEREF ", "REF ", "STYLEREF ", "SEQ ", "TOC ",
    };
    const brv_str open = BRV_S("<w:instrText xml:space=\"preserve\"> ");
    for (size_t i = 0; i < file->count; i++) {
        brv_str xml = file->contents[i];
        size_t found = 0;
        for (size_t at = brv_str_find(xml, 0, open); at < xml.len;
             at = brv_str_find(xml, at + 1, open)) {
            size_t from = at + open.len;
            brv_str text = brv_str_slice(xml, from, brv_str_find_byte(xml, from, '<'));
            bool is_ours = false;
            for (size_t k = 0; k < BRV_COUNT(fields); k++) {
                is_ours |= brv_str_starts_with(text, brv_str_from_cstr(fields[k]));
            }
            assert_true(is_ours);
            assert_true(docx_count(text, "&quot;") % 2 == 0);
            for (size_t k = 0; k < text.len; k++) {
                assert_true(strchr("{}", text.ptr[k]) == NULL &&
                            (unsigned char)text.ptr[k] >= 0x20);
            }
            found++;
        }
        assert_int_equal(docx_count(xml, "<w:instrText"), found);
        assert_int_equal(docx_count(xml, "<w:fldSimple"), 0);
        assert_int_equal(docx_count(xml, "Target=\"http"), 0);
        assert_int_equal(docx_count(xml, "TargetMode=\""), 0);
    }
}

// The same strings in every place where a document's words come near a field, a name or a relation.
static void test_docx_hostile__every_place(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = {
        "\" \\h \\o DDEAUTO cmd",
        "x\\\" } { INCLUDEPICTURE \"http://evil.example/x.png\" \\d",
        "</w:instrText></w:r><w:fldSimple w:instr=\"DDE\"/>",
        "<Relationship TargetMode=\"External\" Target=\"http://evil.example\"/>",
        "&#x1;&lt;w:altChunk r:id=\"x\"/&gt;\x02\xEF\xBF\xBF",
        "\xF0\x9F\x92\xA9\xCC\x81 \xE2\x80\xAEtxt.exe",
    };
    for (size_t i = 0; i < BRV_COUNT(texts); i++) {
        brv_str text = brv_str_from_cstr(texts[i]);
        struct brv_node *root = docx_article(fixture);
        struct brv_node *nav = docx_element(fixture, root, BRV_KIND_NAV, "toc", NULL);
        struct brv_node *list = docx_element(fixture, nav, BRV_KIND_UL, NULL, NULL);
        struct brv_node *item = docx_element(fixture, list, BRV_KIND_LI, NULL, NULL);
        struct brv_node *link = docx_element(fixture, item, BRV_KIND_A, NULL, texts[i]);
        brv_str href = brv_arena_printf(fixture->arena, "#%s", texts[i]);
        brv_node_set(fixture->arena, link, BRV_ATTR_HREF, href);
        struct brv_node *h2 = docx_element(fixture, root, BRV_KIND_H2, NULL, NULL);
        brv_node_set(fixture->arena, h2, BRV_ATTR_ID, text);
        docx_element(fixture, h2, BRV_KIND_SPAN, texts[i], texts[i]);
        struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, texts[i], NULL);
        brv_node_set(fixture->arena, table, BRV_ATTR_TITLE, text);
        docx_element(fixture, table, BRV_KIND_CAPTION, texts[i], texts[i]);
        struct brv_node *row =
            docx_element(fixture,
                         docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL),
                         BRV_KIND_TR,
                         NULL,
                         NULL);
        docx_element(fixture, row, BRV_KIND_TD, texts[i], texts[i]);
        struct brv_drawing drawing = { .width_pt = 9, .height_pt = 9, .text = text };
        struct brv_node *picture = docx_element(fixture, root, BRV_KIND_DRAWING, NULL, NULL);
        brv_node_set(fixture->arena, picture, BRV_ATTR_ALT, text);
        brv_node_set(fixture->arena, picture, BRV_ATTR_TITLE, text);
        picture->drawing = &drawing;
        struct brv_meta meta = { .key = BRV_S("authors"), .values = &text, .value_count = 1 };
        struct brv_document document = {
            .title = text,
            .kind = text,
            .kind_title = text,
            .id = text,
            .lang = text,
            .date = text,
            .tlp = text,
            .meta = &meta,
        };
        struct docx_file file =
            docx_from_tree(fixture,
                           root,
                           &document,
                           "article { counter-reset: t } caption { counter-increment: t }"
                           "caption::before { content: counter(t) attr(class) } span { string-set: "
                           "s content(); color: red }"
                           "a::after { content: leader('.') target-counter(attr(href), page) "
                           "target-text(attr(href)) }"
                           "@page { @top-left { content: string(s) counter(page) } }"
                           "td { -brv-word-style: 'a\\\" \\h {DDE}'; font-family: '\" DDE &<' }");
        assert_well_formed(&file);
        assert_fields_are_ours(&file);
    }
}

static void test_docx_hostile__links(void **state)
{
    struct fixture *fixture = *state;
    static const char *const targets[] = {
        "javascript:alert(1)", "java\tscript:x",  " file:///etc/passwd", "\\\\host\\share",
        "data:text/html,x",    "ms-word:ofe|u|x", "vbscript:x",          "#\" w:x=\"",
    };
    struct brv_node *root = docx_article(fixture);
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, NULL);
    for (size_t i = 0; i < BRV_COUNT(targets); i++) {
        struct brv_node *a = docx_element(fixture, p, BRV_KIND_A, NULL, "link");
        brv_node_set(fixture->arena, a, BRV_ATTR_HREF, brv_str_from_cstr(targets[i]));
    }
    struct brv_node *good = docx_element(fixture, p, BRV_KIND_A, NULL, "good");
    brv_node_set(fixture->arena, good, BRV_ATTR_HREF, BRV_S("https://x.example/\"><w:p/>\x01"));
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_well_formed(&file);
    assert_true(docx_count(docx_part(&file, "word/_rels/document.xml.rels"), "External") <= 1);
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "w:anchor="), 0);
}

// A relationship that is no URI by its grammar makes Word refuse the document.
static void test_docx_hostile__addresses_become_uris(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *href;
        const char *target; // NULL: text
    } rows[] = {
        { "https://example.org/a b|c?q=<x>#one#two",
          "https://example.org/a%20b%7Cc?q=%3Cx%3E#one%23two" },
        { "https://example.org/100%", "https://example.org/100%25" },
        { "https://example.org/%C3%BC", "https://example.org/%C3%BC" },
        { "HTTP://[2001:db8::1]:8080/[x]", "HTTP://[2001:db8::1]:8080/%5Bx%5D" },
        { "mailto:a@example.org?subject=two words", "mailto:a@example.org?subject=two%20words" },
        { "https://example.org:port/", NULL },
        { "https://exa mple.org/", NULL },
        { "https:///path", NULL },
        { "https://example.org:/path", NULL },
        { "https:example.org", NULL },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, NULL);
        struct brv_node *a = docx_element(fixture, p, BRV_KIND_A, NULL, "link");
        brv_node_set(fixture->arena, a, BRV_ATTR_HREF, brv_str_from_cstr(rows[i].href));
        struct docx_file file = docx_from_tree(fixture, root, NULL, "");
        brv_str relations = docx_part(&file, "word/_rels/document.xml.rels");
        if (rows[i].target) {
            brv_str want =
                brv_arena_printf(fixture->arena, "hyperlink\" Target=\"%s\"", rows[i].target);
            assert_int_equal(docx_count(relations, brv_arena_cstr(fixture->arena, want)), 1);
        } else {
            assert_int_equal(docx_count(relations, "External"), 0);
            assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), ">link<"), 1);
        }
    }
}

static void test_docx_hostile__bookmarks(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    static const char *const ids[] = {
        "1st",
        "Same",
        "same",
        "same",
        "a-b",
        "a_b",
        "ü",
        "見出し",
        "٣-كلمة",
        "👍",
        "標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題標題",
        "an-id-that-is-much-longer-than-the-forty-characters-of-word",
        "an-id-that-is-much-longer-than-the-forty-characters-of-others",
    };
    for (size_t i = 0; i < BRV_COUNT(ids); i++) {
        struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "x");
        brv_node_set(fixture->arena, p, BRV_ATTR_ID, brv_str_from_cstr(ids[i]));
    }
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(xml, "<w:bookmarkStart "), BRV_COUNT(ids) - 1);
    brv_str mark = BRV_S("w:name=\"");
    struct brv_map seen = { .arena = fixture->arena };
    for (size_t at = brv_str_find(xml, 0, mark); at < xml.len;
         at = brv_str_find(xml, at + 1, mark)) {
        brv_str name =
            brv_str_slice(xml, at + mark.len, brv_str_find_byte(xml, at + mark.len, '"'));
        assert_in_range(brv_utf8_length(name), 1, 40);
        void **slot = brv_map_at(&seen, name);
        assert_null(*slot);
        *slot = &seen;
    }
    docx_assert_has(xml, "w:name=\"b_1st\"");
    docx_assert_has(xml, "w:name=\"ü\"");
    docx_assert_has(xml, "w:name=\"見出し\"");
    docx_assert_has(xml, "w:name=\"b__\"");
}

// Names that differ in capitals only, and those that look like one of ours with a number.
static void test_docx_hostile__bookmarks_that_clash(void **state)
{
    struct fixture *fixture = *state;
    static const char *const rows[][3] = {
        { "x_n2", "X", "x" },
        { "X", "x", "x_n1" },
        { "x", "X_n2", "X" },
        { "Über", "über", "ÜBER" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        for (size_t k = 0; k < BRV_COUNT(rows[i]); k++) {
            struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "x");
            brv_node_set(fixture->arena, p, BRV_ATTR_ID, brv_str_from_cstr(rows[i][k]));
        }
        struct docx_file file = docx_from_tree(fixture, root, NULL, "");
        brv_str xml = docx_part(&file, DOCX_DOCUMENT);
        const brv_str mark = BRV_S("w:name=\"");
        brv_str seen[3];
        size_t at = 0;
        for (size_t k = 0; k < BRV_COUNT(seen); k++) {
            at = brv_str_find(xml, at, mark) + mark.len;
            brv_str name = brv_str_slice(xml, at, brv_str_find_byte(xml, at, '"'));
            seen[k] =
                brv_text_transformed(fixture->arena, name, BRV_TRANSFORM_LOWERCASE, (brv_str){ 0 });
            for (size_t other = 0; other < k; other++) {
                assert_false(brv_str_equal(seen[k], seen[other]));
            }
        }
    }
}

static void test_docx_hostile__wide_spans(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *body = docx_element(fixture, table, BRV_KIND_TBODY, NULL, NULL);
    for (int r = 0; r < 3; r++) {
        struct brv_node *row = docx_element(fixture, body, BRV_KIND_TR, NULL, NULL);
        for (int c = 0; c < 90; c++) {
            struct brv_node *td = docx_element(fixture, row, BRV_KIND_TD, NULL, "cell");
            brv_node_set(fixture->arena, td, BRV_ATTR_ROWSPAN, BRV_S("10000"));
            brv_node_set(
                fixture->arena, td, BRV_ATTR_COLSPAN, c % 7 == 0 ? BRV_S("9999") : BRV_S("1"));
        }
    }
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_well_formed(&file);
    assert_true(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:gridCol ") <= 63);
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), ">cell<"), 270);
}

static void test_docx_hostile__deep_nesting(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *at = root;
    for (int i = 0; i < 45; i++) {
        struct brv_node *list = docx_element(fixture, at, BRV_KIND_UL, NULL, NULL);
        at = docx_element(fixture, list, BRV_KIND_LI, NULL, "x");
    }
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_well_formed(&file);
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:t>x</w:t>"), 45);
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:ilvl w:val=\"9\"/>"), 0);
}

// Random trees of text with every troublesome byte: well-formed, and twice the same.
static void test_docx_hostile__random_text(void **state)
{
    struct fixture *fixture = *state;
    static const enum brv_kind kinds[] = { BRV_KIND_EM, BRV_KIND_STRONG, BRV_KIND_CODE,
                                           BRV_KIND_A,  BRV_KIND_SUP,    BRV_KIND_FOOTNOTE };
    uint64_t seed = 20260901;
    for (int round = 0; round < 60; round++) {
        struct brv_node *root = docx_article(fixture);
        for (int i = 0; i < 6; i++) {
            struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, NULL);
            for (int k = 0; k < 5; k++) {
                char text[33] = { 0 };
                for (size_t b = 0; b < sizeof text - 1; b++) {
                    uint64_t value = random_next(&seed);
                    text[b] = value % 3 == 0 ? "<>&\"\n\t \xD7"[value / 3 % 8]
                                             : (char)(value / 3 % 255 + 1);
                }
                struct brv_node *inner = docx_element(
                    fixture, p, kinds[random_next(&seed) % BRV_COUNT(kinds)], NULL, text);
                brv_node_set(fixture->arena,
                             inner,
                             BRV_ATTR_HREF,
                             brv_arena_str(fixture->arena, brv_str_from_cstr(text)));
                brv_str copy = brv_arena_str(fixture->arena, inner->first->text);
                inner->first->text = copy;
            }
        }
        struct docx_file file = docx_from_tree(fixture, root, NULL, "");
        struct docx_file again = docx_from_tree(fixture, root, NULL, "");
        assert_well_formed(&file);
        assert_true(brv_str_equal(file.bytes, again.bytes));
    }
}

// Contents within contents are entries of these: Word has no field within a field of its kind.
static void test_docx_hostile__contents_within_contents(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *nav = root;
    for (int i = 0; i < 2; i++) {
        nav = docx_element(fixture, nav, BRV_KIND_NAV, "toc", NULL);
        struct brv_node *p = docx_element(fixture, nav, BRV_KIND_P, NULL, NULL);
        struct brv_node *link = docx_element(fixture, p, BRV_KIND_A, NULL, "entry");
        brv_node_set(fixture->arena, link, BRV_ATTR_HREF, BRV_S("#head"));
    }
    struct brv_node *head = docx_element(fixture, root, BRV_KIND_H2, NULL, "head");
    brv_node_set(fixture->arena, head, BRV_ATTR_ID, BRV_S("head"));
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_well_formed(&file);
    brv_str body = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(body, "<w:docPartGallery "), 1);
    assert_int_equal(docx_count(body, "> TOC "), 1);
    assert_str(docx_outline(fixture, body), "TOC2: entry→\nTOC2: entry→\nHeading2: head\n");
}

// Elements wherever they may stand, most of them empty somewhere.
static void grow(struct fixture *fixture, uint64_t *seed, struct brv_node *parent, int depth)
{
    static const char *const classes[] = { NULL, "a", "b", "toc" };
    for (uint64_t count = random_next(seed) % 7; count > 0; count--) {
        enum brv_kind kind = (enum brv_kind)(random_next(seed) % BRV_KIND_COUNT);
        if (kind == BRV_KIND_TEXT) {
            brv_node_append(
                parent,
                brv_node_new_text(fixture->arena, BRV_S("some words \n"), (struct brv_span){ 0 }));
        } else if (kind != BRV_KIND_DRAWING && brv_kind_may_contain(parent->kind, kind)) {
            const char *class_name = classes[random_next(seed) % BRV_COUNT(classes)];
            const char *text = random_next(seed) % 3 == 0 ? "text" : NULL;
            bool may_text = brv_kind_may_contain(kind, BRV_KIND_TEXT);
            struct brv_node *child =
                docx_element(fixture, parent, kind, class_name, may_text ? text : NULL);
            if (random_next(seed) % 4 == 0) {
                brv_str id = brv_arena_printf(fixture->arena, "i%d", (int)(*seed % 9));
                brv_node_set(fixture->arena, child, BRV_ATTR_ID, id);
            }
            if (kind == BRV_KIND_A) {
                brv_str href = brv_arena_printf(fixture->arena, "#i%d", (int)(*seed % 9));
                brv_node_set(fixture->arena, child, BRV_ATTR_HREF, href);
            }
            if (kind == BRV_KIND_TD || kind == BRV_KIND_TH) {
                brv_str span = brv_arena_printf(fixture->arena, "%d", (int)(*seed % 4));
                brv_node_set(fixture->arena, child, BRV_ATTR_ROWSPAN, span);
                brv_node_set(fixture->arena, child, BRV_ATTR_COLSPAN, span);
            }
            if (depth < 7) {
                grow(fixture, seed, child, depth + 1);
            }
        } else {
            count += random_next(seed) % 8 > 0; // another one instead
        }
    }
}

static brv_str random_sheet(struct fixture *fixture, uint64_t *seed)
{
    static const char *const parts[] = { "", "::before", "::after", ":first-child", ":last-child" };
    static const char *const declarations[] = {
        "display: none",
        "display: block",
        "display: inline",
        "display: list-item",
        "display: table",
        "display: table-row",
        "display: table-cell",
        "border: 2pt solid red",
        "border-left: 3pt double blue; padding: 4pt",
        "background-color: yellow; margin: 300pt",
        "float: footnote",
        "content: 'x' counter(c) leader('.')",
        "content: string(s) target-counter(attr(href), page) target-text(attr(href))",
        "content: none",
        "string-set: s content()",
        "counter-increment: c; counter-reset: page 3",
        "break-before: page; break-inside: avoid",
        "page: wide; columns: 2",
        "column-span: all",
        "-brv-word-style: 'House'",
        "-brv-word-style: 'Title'",
        "list-style-type: upper-roman; list-style-position: inside",
        "white-space: pre; text-align: right",
        "font-size: 30pt; text-transform: uppercase",
        "width: 1pt",
        "caption-side: bottom; border-collapse: separate; border-spacing: 3pt",
    };
    struct brv_buf *css = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(css,
                     "@page { @top-left { content: string(s) } @bottom-right { content: "
                     "counter(page) '/' counter(pages) } } @page wide { size: 900pt 300pt }");
    for (uint64_t count = random_next(seed) % 25; count > 0; count--) {
        enum brv_kind kind = (enum brv_kind)(random_next(seed) % BRV_KIND_COUNT);
        const char *element = kind == BRV_KIND_TEXT ? ".a" : brv_kind_name(kind);
        const char *around = random_next(seed) % 3 == 0 ? ".b " : "";
        const char *part = parts[random_next(seed) % BRV_COUNT(parts)];
        const char *declaration = declarations[random_next(seed) % BRV_COUNT(declarations)];
        brv_buf_printf(css, "%s%s%s { %s }\n", around, element, part, declaration);
    }
    brv_buf_add_byte(css, 0);
    return brv_buf_str(css);
}

// Random trees under random sheets: well-formed, whatever is not there or not shown.
static void test_docx_hostile__random_trees(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 7;
    for (int round = 0; round < 100; round++) {
        struct brv_node *root = docx_article(fixture);
        grow(fixture, &seed, root, 0);
        brv_str css = random_sheet(fixture, &seed);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        assert_well_formed(&file);
    }
}

static void test_docx_hostile__first_entry_and_dates(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_element(fixture, NULL, BRV_KIND_ARTICLE, NULL, "x");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    assert_str(file.names[0], "[Content_Types].xml");
    // Local header: time and date at offset 10: midnight, 1 January 1980.
    assert_memory_equal(file.bytes.ptr + 10, "\x00\x00\x21\x00", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_hostile__markup_in_text),
        TEST(test_docx_hostile__every_place),
        TEST(test_docx_hostile__links),
        TEST(test_docx_hostile__addresses_become_uris),
        TEST(test_docx_hostile__bookmarks),
        TEST(test_docx_hostile__bookmarks_that_clash),
        TEST(test_docx_hostile__wide_spans),
        TEST(test_docx_hostile__deep_nesting),
        TEST(test_docx_hostile__random_text),
        TEST(test_docx_hostile__random_trees),
        TEST(test_docx_hostile__contents_within_contents),
        TEST(test_docx_hostile__first_entry_and_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
