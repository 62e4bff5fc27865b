// Brevier — the styled tree and the diagnostics of whole sheets, compared with tests/golden/style.
// NAME.css begins with a comment that holds the element tree; NAME.styled is the dump of the tree
// under that sheet, NAME.diag what was reported. Run with BRV_UPDATE=1 to write them anew.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "tree.h"

#define GOLDEN "tests/golden/style"

// ---- golden files

static void compare(struct fixture *fixture, const char *name, const char *suffix, brv_str got)
{
    brv_str path = brv_arena_printf(fixture->arena, GOLDEN "/%s.%s", name, suffix);
    if (getenv("BRV_UPDATE")) {
        assert_int_equal(brv_file_write(path, got, &fixture->sink), BRV_OK);
        return;
    }
    brv_str want = { 0 };
    if (brv_file_exists(path))
        assert_int_equal(
            brv_file_read(fixture->arena, path, 1 << 20, BRV_CODE_INPUT, &want, &fixture->sink),
            BRV_OK);
    brv_str got_text = brv_arena_printf(fixture->arena, "%" BRV_STR_F, BRV_STR_ARG(got));
    assert_str(got_text, brv_arena_cstr(fixture->arena, want));
}

static void run_golden(struct fixture *fixture, const char *name)
{
    brv_str path = brv_arena_printf(fixture->arena, GOLDEN "/%s.css", name);
    brv_str css = { 0 };
    assert_int_equal(
        brv_file_read(fixture->arena, path, 1 << 20, BRV_CODE_INPUT, &css, &fixture->sink), BRV_OK);
    size_t end = brv_str_find(css, 0, BRV_S("*/"));
    assert_true(end < css.len);
    const struct brv_node *root =
        tree_from(fixture->arena, brv_arena_cstr(fixture->arena, brv_str_slice(css, 2, end)));
    struct brv_sink sink = brv_sink_init(fixture->arena);
    const struct brv_stylesheets_options options = { .sheets = &path, .sheet_count = 1 };
    const struct brv_stylesheets *sheets = brv_stylesheets_new(fixture->arena, &options, &sink);
    assert_non_null(sheets);
    struct brv_buf out = { 0 };
    brv_styled_dump(brv_style_tree(fixture->arena, sheets, BRV_MEDIA_PDF, root, &sink), &out);
    compare(fixture, name, "styled", brv_buf_str(&out));
    brv_buf_clear(&out);
    for (const struct brv_diag *diag = sink.first; diag; diag = diag->next)
        brv_diag_print(diag, &out);
    compare(fixture, name, "diag", brv_buf_str(&out));
    brv_buf_deinit(&out);
}

static void golden_files(void **state)
{
    struct fixture *fixture = *state;
    size_t count = 0;
    size_t run = 0;
    brv_str *names = brv_directory_list(fixture->arena, BRV_S(GOLDEN), &count);
    for (size_t i = 0; i < count; i++) {
        if (!brv_str_ends_with(names[i], BRV_S(".css")))
            continue;
        run_golden(fixture,
                   brv_arena_cstr(fixture->arena, brv_str_slice(names[i], 0, names[i].len - 4)));
        run++;
    }
    assert_true(run >= 4);
}

// ---- pages

static struct brv_page_style page_of(struct fixture *fixture, const char *css, const char *name,
                                     bool is_first, enum brv_page_side side, bool is_blank)
{
    const struct brv_stylesheets *sheets = sheets_from(fixture, css);
    const struct brv_styled *root = brv_style_tree(fixture->arena,
                                                   sheets,
                                                   BRV_MEDIA_PDF,
                                                   tree_from(fixture->arena, "article { p }"),
                                                   &fixture->sink);
    return brv_style_page(fixture->arena,
                          sheets,
                          BRV_MEDIA_PDF,
                          root->style,
                          brv_str_from_cstr(name),
                          is_first,
                          side,
                          is_blank);
}

static void page_sizes(void **state)
{
    static const struct {
        const char *size;
        float width, height; // mm
    } rows[] = {
        { "A4", 210, 297 },
        { "a4 portrait", 210, 297 },
        { "landscape A4", 297, 210 },
        { "A3", 297, 420 },
        { "A5 landscape", 210, 148 },
        { "B5", 176, 250 },
        { "letter", 215.9f, 279.4f },
        { "legal", 215.9f, 355.6f },
        { "ledger", 279.4f, 431.8f },
        { "landscape", 297, 210 },
        { "portrait", 210, 297 },
        { "auto", 210, 297 },
        { "100mm", 100, 100 },
        { "100mm 200mm", 100, 200 },
        { "8.5in 11in", 215.9f, 279.4f },
        { "10mm", 210, 297 },
        { "A4 A5", 210, 297 },
        { "A4 100mm", 210, 297 },
        { "100mm landscape", 210, 297 },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_buf css = { 0 };
        brv_buf_printf(&css, "@page { size: %s }", rows[i].size);
        brv_buf_add_byte(&css, 0);
        struct brv_page_style page = page_of(fixture, css.ptr, "", false, BRV_PAGE_RIGHT, false);
        brv_buf_deinit(&css);
        if (page.width_pt < rows[i].width * 72 / 25.4f - 0.01f)
            print_error("%s\n", rows[i].size);
        assert_float_equal(page.width_pt, rows[i].width * 72 / 25.4f, 0.01f);
        assert_float_equal(page.height_pt, rows[i].height * 72 / 25.4f, 0.01f);
    }
    assert_int_equal(fixture->sink.kept, 4); // the last four say why
}

static void page_selectors(void **state)
{
    static const char css[] =
        "@page { margin: 10pt; @top-left { content: \"all\" } }"
        "@page :first { margin-top: 20pt; @top-left { content: none } }"
        "@page :left { margin-top: 30pt } @page :right { margin-left: 40pt }"
        "@page wide { size: A4 landscape; margin-top: 50pt } @page wide:first { margin-top: 60pt }"
        "@page :blank { @top-left { content: \"blank\" } }"
        "@media docx { @page { margin-bottom: 99pt } }";
    static const struct {
        const char *name;
        bool is_first;
        enum brv_page_side side;
        bool is_blank;
        float top, left;
        const char *head;
    } rows[] = {
        { "", false, BRV_PAGE_RIGHT, false, 10, 40, "all" },
        { "", false, BRV_PAGE_LEFT, false, 30, 10, "all" },
        { "", true, BRV_PAGE_RIGHT, false, 20, 40, NULL },
        { "", true, BRV_PAGE_LEFT, false, 20, 10, NULL },
        { "wide", false, BRV_PAGE_LEFT, false, 50, 10, "all" },
        { "wide", true, BRV_PAGE_RIGHT, false, 60, 40, NULL },
        { "", false, BRV_PAGE_LEFT, true, 30, 10, "blank" },
        { "other", false, BRV_PAGE_RIGHT, false, 10, 40, "all" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_page_style page =
            page_of(fixture, css, rows[i].name, rows[i].is_first, rows[i].side, rows[i].is_blank);
        assert_float_equal(page.style->margin_top.pt, rows[i].top, 0.001f);
        assert_float_equal(page.style->margin_left.pt, rows[i].left, 0.001f);
        assert_float_equal(page.style->margin_bottom.pt, 10, 0.001f);
        const struct brv_styled *head =
            brv_style_margin_box(fixture->arena, page.boxes[BRV_BOX_TOP_LEFT]);
        if (rows[i].head)
            assert_str(head->first->text, rows[i].head);
        else
            assert_null(head);
        assert_null(brv_style_margin_box(fixture->arena, page.boxes[BRV_BOX_LEFT_TOP]));
    }
    assert_int_equal(fixture->sink.kept, 0);
}

static void margin_boxes(void **state)
{
    struct fixture *fixture = *state;
    struct brv_page_style page = page_of(
        fixture,
        ":root { --c: red; font-size: 12pt } @page { color: blue; @top-left { color: var(--c); "
        "font-size: 0.5em } @top-left { content: \"Page \" counter(page, lower-roman) \"/\" "
        "counter(pages) string(head) } @top-center { content: counter(other) attr(id) } "
        "@top-right { content: \"r\" } }",
        "",
        false,
        BRV_PAGE_RIGHT,
        false);
    const struct brv_style *style = page.boxes[BRV_BOX_TOP_LEFT];
    assert_float_equal(style->font_size, 6, 0.001f);
    assert_int_equal(style->color.red, 255);
    assert_int_equal(page.boxes[BRV_BOX_TOP_RIGHT]->color.blue, 255);
    assert_int_equal(page.boxes[BRV_BOX_TOP_RIGHT]->text_align, BRV_ALIGN_RIGHT);
    assert_null(brv_style_margin_box(fixture->arena, page.boxes[BRV_BOX_BOTTOM_LEFT]));
    const struct brv_styled *part = brv_style_margin_box(fixture->arena, style)->first;
    assert_int_equal(part->kind, BRV_STYLED_TEXT);
    assert_str(part->text, "Page ");
    part = part->next;
    assert_int_equal(part->kind, BRV_STYLED_PAGE_NUMBER);
    assert_int_equal(part->format, BRV_LIST_LOWER_ROMAN);
    part = part->next->next;
    assert_int_equal(part->kind, BRV_STYLED_PAGE_COUNT);
    part = part->next;
    assert_int_equal(part->kind, BRV_STYLED_STRING);
    assert_str(part->text, "head");
    assert_null(part->next);
}

static void font_faces(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_stylesheets *sheets =
        sheets_from(fixture,
                    "@font-face { font-family: \"House\"; src: local(\"House Bold\"), "
                    "url(house.otf) format(\"opentype\"), url(\"b c.ttf\"); font-weight: bold }"
                    "@font-face { font-family: X } @font-face { font-family: Y; src: z }");
    size_t count = 0;
    const struct brv_font_face *face = brv_stylesheets_font_faces(sheets, &count);
    assert_int_equal(count, 1);
    assert_str(face->family, "House");
    assert_int_equal(face->weight, 700);
    assert_int_equal(face->source_count, 3);
    assert_true(face->sources[0].is_local);
    assert_str(face->sources[1].value, "house.otf");
    assert_str(face->sources[2].value, "b c.ttf");
    assert_str(sink_message(&fixture->sink, 0),
               "\"@font-face\" needs a font-family and a src, so it has no effect");
}

// ---- numbers and letters

// Only PDF opens fonts.
static void font_faces_have_media(void **state)
{
    struct fixture *fixture = *state;
    size_t count = 0;
    const struct brv_stylesheets *sheets =
        sheets_from(fixture,
                    "@media pdf { @font-face { font-family: A; src: url(a.ttf) } }"
                    "@media text { @font-face { font-family: B; src: url(b.ttf) } }"
                    "@media print { @font-face { font-family: C; src: url(c.ttf) } }");
    const struct brv_font_face *faces = brv_stylesheets_font_faces(sheets, &count);
    assert_int_equal(count, 2);
    assert_str(faces[0].family, "A");
    assert_str(faces[1].family, "C");
}

static void counter_texts(void **state)
{
    static const struct {
        enum brv_list_style style;
        int value;
        const char *text;
    } rows[] = {
        { BRV_LIST_DECIMAL, 12, "12" },
        { BRV_LIST_DECIMAL, -3, "-3" },
        { BRV_LIST_DECIMAL_LEADING_ZERO, 3, "03" },
        { BRV_LIST_DECIMAL_LEADING_ZERO, -3, "-03" },
        { BRV_LIST_DECIMAL_LEADING_ZERO, 13, "13" },
        { BRV_LIST_LOWER_ALPHA, 1, "a" },
        { BRV_LIST_LOWER_ALPHA, 26, "z" },
        { BRV_LIST_LOWER_ALPHA, 27, "aa" },
        { BRV_LIST_UPPER_ALPHA, 703, "AAA" },
        { BRV_LIST_LOWER_ALPHA, 0, "0" },
        { BRV_LIST_LOWER_ALPHA, 2147483647, "fxshrxw" },
        { BRV_LIST_LOWER_ROMAN, 4, "iv" },
        { BRV_LIST_UPPER_ROMAN, 3888, "MMMDCCCLXXXVIII" },
        { BRV_LIST_LOWER_ROMAN, 4000, "4000" },
        { BRV_LIST_LOWER_ROMAN, 0, "0" },
        { BRV_LIST_DISC, 7, "•" },
        { BRV_LIST_NONE, 7, "" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_list_marker marker = { .style = rows[i].style };
        assert_str(brv_counter_text(fixture->arena, &marker, rows[i].value), rows[i].text);
    }
}

// Notes are counted through the document, although other counters end with the section that began
// them, and whatever counters the root itself begins.
static void footnotes_are_counted_through(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_node *document =
        tree_from(fixture->arena,
                  "article { section { p { footnote } } section { p { footnote footnote } } }");
    const char *css = "article { counter-reset: table }\n"
                      "footnote::footnote-call { content: counter(footnote, lower-alpha) }";
    const struct brv_styled *root = brv_style_tree(
        fixture->arena, sheets_from(fixture, css), BRV_MEDIA_PDF, document, &fixture->sink);
    struct brv_buf calls = { 0 };
    for (const struct brv_styled *section = root->first; section; section = section->next) {
        const struct brv_styled *note = section->first->first;
        for (; note; note = note->next)
            brv_buf_add_str(&calls, note->note->call_text);
    }
    assert_str(brv_buf_str(&calls), "abc");
    brv_buf_deinit(&calls);
}

static void text_transforms(void **state)
{
    static const struct {
        enum brv_text_transform how;
        const char *text;
        const char *result;
        const char *lang;
    } rows[] = {
        { BRV_TRANSFORM_NONE, "aB", "aB", "" },
        { BRV_TRANSFORM_UPPERCASE, "straße, ÿ œ ŉ", "STRASSE, Ÿ Œ \u02BCN", "" },
        { BRV_TRANSFORM_UPPERCASE, "ﬁn oﬃce ı ſ ǆ ΐ", "FIN OFFICE I S Ǆ \u0399\u0308\u0301", "" },
        { BRV_TRANSFORM_CAPITALIZE, "ﬁn ßa ǆep ĳs", "Fin Ssa ǅep Ĳs", "" },
        { BRV_TRANSFORM_CAPITALIZE,
          "'so' (self-made) e\u0301lan",
          "'So' (Self-Made) E\u0301lan",
          "" },
        { BRV_TRANSFORM_CAPITALIZE, "ijsland ijs", "Ijsland Ijs", "" },
        { BRV_TRANSFORM_CAPITALIZE, "ijsland IJs i", "IJsland IJs I", "nl" },
        { BRV_TRANSFORM_UPPERCASE, "istanbul ılık", "İSTANBUL ILIK", "tr" },
        { BRV_TRANSFORM_LOWERCASE, "İSTANBUL ILIK", "istanbul ılık", "az-Latn" },
        { BRV_TRANSFORM_CAPITALIZE, "istanbul", "İstanbul", "tr-TR" },
        { BRV_TRANSFORM_LOWERCASE, "İI", "i\u0307i", "" },
        { BRV_TRANSFORM_LOWERCASE, "ÌI\u0301J", "i\u0307\u0300i\u0307\u0301j", "lt" },
        { BRV_TRANSFORM_UPPERCASE, "i\u0307\u0301x", "I\u0301X", "lt" },
        { BRV_TRANSFORM_UPPERCASE, "καφέ Άλφα", "ΚΑΦΈ ΆΛΦΑ", "" },
        { BRV_TRANSFORM_UPPERCASE, "καφέ Άλφα ΐ", "ΚΑΦΕ ΑΛΦΑ Ϊ", "el" },
        { BRV_TRANSFORM_UPPERCASE, "μάιος α\u0301υλος ή ήλιος", "ΜΑΪΟΣ ΑΫΛΟΣ Ή ΗΛΙΟΣ", "el" },
        { BRV_TRANSFORM_LOWERCASE, "ΟΔΟΣ Σ ΣΑΣ’", "οδος σ σας’", "" },
        { BRV_TRANSFORM_UPPERCASE, "ώ άλφα ς", "Ώ ΆΛΦΑ Σ", "" },
        { BRV_TRANSFORM_LOWERCASE, "ПРИВЕТ Ёж", "привет ёж", "" },
        { BRV_TRANSFORM_UPPERCASE, "հայ", "ՀԱՅ", "" },
        { BRV_TRANSFORM_CAPITALIZE, "it's o’clock 2nd élan", "It's O’clock 2nd Élan", "" },
        { BRV_TRANSFORM_LOWERCASE, "ŽLUŤOUČKÝ", "žluťoučký", "" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++)
        assert_str(brv_text_transformed(fixture->arena,
                                        brv_str_from_cstr(rows[i].text),
                                        rows[i].how,
                                        brv_str_from_cstr(rows[i].lang)),
                   rows[i].result);
}

// Every sheet that ships applies without a word.
static void shipped_sheets_are_clean(void **state)
{
    struct fixture *fixture = *state;
    const brv_str folder = BRV_S("stylesheets");
    size_t count = 0;
    size_t tried = 0;
    brv_str *names = brv_directory_list(fixture->arena, folder, &count);
    for (size_t i = 0; i < count; i++) {
        if (!brv_str_ends_with(names[i], BRV_S(".css")))
            continue;
        tried++;
        const brv_str path = brv_path_join(fixture->arena, folder, names[i]);
        const struct brv_stylesheets_options options = {
            .sheets = &path,
            .sheet_count = 1,
            .search_path = &folder,
            .search_path_count = 1,
        };
        const struct brv_stylesheets *set =
            brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
        assert_non_null(set);
        const struct brv_node *root = tree_from(
            fixture->arena,
            "article { section.excerpt { p.label p } header.title { h1 { span.kicker 'a' } p.meta "
            "{ "
            "span.tlp 'x' } } section { h2 h3 h4 ul.points { li { strong.label } } ol { li } table."
            "facts { thead { tr { th } } tbody { tr { th td } } } pre { code } blockquote { p } hr "
            "p { a[href=#x] del mark sup sub code em footnote } dl { dt dd } figure { img "
            "figcaption } aside.callout { h2 p } aside.notice } }");
        for (int media = BRV_MEDIA_PDF; media <= BRV_MEDIA_TEXT; media++) {
            const struct brv_styled *styled =
                brv_style_tree(fixture->arena, set, (enum brv_media)media, root, &fixture->sink);
            (void)brv_style_page(fixture->arena,
                                 set,
                                 (enum brv_media)media,
                                 styled->style,
                                 BRV_S(""),
                                 true,
                                 BRV_PAGE_RIGHT,
                                 false);
        }
        assert_str(sink_message(&fixture->sink, 0), "");
    }
    assert_true(tried >= 4);
}

// stylesheets/README.md holds the reference that the tables print.
static void reference_is_current(void **state)
{
    struct fixture *fixture = *state;
    brv_str readme = { 0 };
    assert_int_equal(brv_file_read(fixture->arena,
                                   BRV_S("stylesheets/README.md"),
                                   1 << 20,
                                   BRV_CODE_INPUT,
                                   &readme,
                                   &fixture->sink),
                     BRV_OK);
    const brv_str begin = BRV_S("<!-- properties: generated -->\n");
    const brv_str end = BRV_S("<!-- properties: end -->");
    size_t from = brv_str_find(readme, 0, begin) + begin.len;
    size_t to = brv_str_find(readme, from, end);
    assert_true(from < readme.len && to < readme.len);
    struct brv_buf out = { 0 };
    brv_style_reference(&out);
    if (getenv("BRV_UPDATE")) {
        struct brv_buf whole = { 0 };
        brv_buf_add_str(&whole, brv_str_slice(readme, 0, from));
        brv_buf_add_str(&whole, brv_buf_str(&out));
        brv_buf_add_str(&whole, brv_str_slice(readme, to, readme.len));
        assert_int_equal(
            brv_file_write(BRV_S("stylesheets/README.md"), brv_buf_str(&whole), &fixture->sink),
            BRV_OK);
        brv_buf_deinit(&whole);
    } else {
        assert_str(brv_str_slice(readme, from, to),
                   brv_arena_cstr(fixture->arena, brv_buf_str(&out)));
    }
    brv_buf_deinit(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(golden_files),
        TEST(page_sizes),
        TEST(page_selectors),
        TEST(margin_boxes),
        TEST(font_faces),
        TEST(font_faces_have_media),
        TEST(counter_texts),
        TEST(text_transforms),
        TEST(shipped_sheets_are_clean),
        TEST(reference_is_current),
        TEST(footnotes_are_counted_through),
    };
    return cmocka_run_group_tests_name("style tree", tests, NULL, NULL);
}
