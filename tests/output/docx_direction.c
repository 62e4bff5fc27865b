// Brevier — which way paragraphs of Word run, where their lines begin and their frames stand.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#include <stdio.h>

#define LRM "\xE2\x80\x8E"

// The paragraph with this text, from its beginning.
static brv_str paragraph_of(brv_str xml, const char *text)
{
    size_t end = brv_str_find(xml, 0, brv_str_from_cstr(text));
    assert_true(end < xml.len);
    size_t from = 0;
    for (size_t at = 0; at < end; at = brv_str_find(xml, at + 1, BRV_S("<w:p>"))) {
        from = at;
    }
    return brv_str_slice(xml, from, end);
}

// The style of a paragraph, from its id on.
static brv_str style_of(const struct docx_file *file, brv_str paragraph)
{
    size_t from = brv_str_find(paragraph, 0, BRV_S("w:val=\"")) + strlen("w:val=\"");
    size_t end = brv_str_find(paragraph, from, BRV_S("\""));
    char id[60];
    (void)snprintf(id, sizeof id, "%" BRV_STR_F, BRV_STR_ARG(brv_str_slice(paragraph, from, end)));
    return docx_style(file, id);
}

static bool is_bidi(brv_str paragraph)
{
    return docx_count(paragraph, "<w:bidi/>") > 0;
}

// In a document from right to left, text in Latin letters runs as it is written and begins where
// the others do; where both ways read alike, it runs as the others do.
static void test_docx_direction__latin_among_arabic(void **state)
{
    struct docx_file file =
        docx_from_markdown(*state,
                           BRV_S("---\nlang: ar\n---\nنص عربي.\n\nIt ends (here).\n\nno mark\n\n"
                                 "12-34\n"),
                           "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_true(is_bidi(paragraph_of(xml, "نص عربي")));
    assert_true(is_bidi(paragraph_of(xml, "no mark")));
    static const char *const texts[] = { "It ends", "12-34" };
    for (size_t i = 0; i < BRV_COUNT(texts); i++) {
        brv_str paragraph = paragraph_of(xml, texts[i]);
        assert_false(is_bidi(paragraph));
        docx_assert_has(style_of(&file, paragraph), "<w:jc w:val=\"right\"/>");
    }
}

// Sums of a table's column are read as the document's language writes them.
static void test_docx_direction__decimals(void **state)
{
    static const char *const rows[][3] = {
        { "en", ".", "," },    { "de", ",", ";" },    { "de-CH", ".", "," },
        { "fr-CA", ",", ";" }, { "es-MX", ".", "," }, { "ja", ".", "," },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file = docx_from_markdown(
            fixture, brv_arena_printf(fixture->arena, "---\nlang: %s\n---\ntext", rows[i][0]), "");
        brv_str tags =
            brv_arena_printf(fixture->arena,
                             "<w:decimalSymbol w:val=\"%s\"/><w:listSeparator w:val=\"%s\"/>",
                             rows[i][1],
                             rows[i][2]);
        docx_assert_has(docx_part(&file, "word/settings.xml"), tags.ptr);
    }
}

// The theme's fonts are chosen for the script of the document's language, beside the Latin one.
static void test_docx_direction__language_of_the_theme(void **state)
{
    static const char *const rows[][2] = {
        { "de", "<w:themeFontLang w:val=\"de-DE\"/>" },
        { "ja", "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"ja-JP\"/>" },
        { "he", "<w:themeFontLang w:val=\"en-US\" w:bidi=\"he-IL\"/>" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str text = brv_arena_printf(fixture->arena, "---\nlang: %s\n---\ntext", rows[i][0]);
        struct docx_file file = docx_from_markdown(fixture, text, "");
        docx_assert_has(docx_part(&file, "word/settings.xml"), rows[i][1]);
    }
}

// Numbers of one list stand on one side; the full stop of an item stays behind it.
static void test_docx_direction__one_list_one_side(void **state)
{
    struct docx_file file = docx_from_markdown(
        *state, BRV_S("- שלום\n- An item.\n- word\n\ntext\n\n- first\n- שלום\n"), "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_true(is_bidi(paragraph_of(xml, "An item." LRM "<")));
    assert_true(is_bidi(paragraph_of(xml, "word<")));
    assert_false(is_bidi(paragraph_of(xml, "first<")));
    assert_int_equal(docx_count(xml, "<w:bidi/>"), 3);
    assert_int_equal(docx_count(xml, LRM), 1);
}

// Cells of a table begin on the table's side, whichever way their text runs.
static void test_docx_direction__cells(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        docx_from_markdown(fixture, BRV_S("| a | b |\n|---|---|\n| c | שלום |\n"), "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(xml, "<w:bidiVisual/>"), 0);
    brv_str cell = paragraph_of(xml, "שלום");
    assert_true(is_bidi(cell));
    docx_assert_has(style_of(&file, cell), "<w:jc w:val=\"right\"/>"); // away from where it begins
    file = docx_from_markdown(fixture, BRV_S("| א | b. |\n|---|---|\n| c | שלום |\n"), "");
    xml = docx_part(&file, DOCX_DOCUMENT);
    assert_int_equal(docx_count(xml, "<w:bidiVisual/>"), 1);
    assert_false(is_bidi(paragraph_of(xml, "b.<")));
    docx_assert_has(style_of(&file, paragraph_of(xml, "b.<")), "<w:jc w:val=\"right\"/>");
}

// Sides of the sheet are those of the blocks around: a Hebrew paragraph among English ones has its
// rule and its indent at the left, an English one among Arabic ones at the right.
static void test_docx_direction__sides(void **state)
{
    static const char css[] = "p { margin-left: 40pt; border-left: 2pt solid red }";
    static const struct {
        const char *markdown, *text, *indent, *border;
    } rows[] = {
        { "text", "text", "w:left=\"840\"", "<w:left " },
        { "שלום", "שלום", "w:right=\"840\"", "<w:left " },
        { "---\nlang: ar\n---\nنص", "نص", "w:left=\"840\"", "<w:right " },
        { "---\nlang: ar\n---\nIt ends.", "It ends.", "w:right=\"840\"", "<w:right " },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file =
            docx_from_markdown(fixture, brv_str_from_cstr(rows[i].markdown), css);
        brv_str style =
            style_of(&file, paragraph_of(docx_part(&file, DOCX_DOCUMENT), rows[i].text));
        docx_assert_has(style, rows[i].indent);
        docx_assert_has(style, rows[i].border);
    }
}

// Automatic margins fill what a table leaves, on the sides of the page.
static void test_docx_direction__tables_between_margins(void **state)
{
    static const struct {
        const char *lang, *css, *side;
    } rows[] = {
        { "en", "margin-left: auto; margin-right: auto", "<w:jc w:val=\"center\"/>" },
        { "en", "margin-left: auto", "<w:jc w:val=\"right\"/>" },
        { "en", "margin-right: auto", NULL },
        { "en", "margin-left: auto; margin-right: auto; width: 50%", "<w:jc w:val=\"center\"/>" },
        { "en", "margin-left: auto; margin-right: auto; width: 100%", NULL },
        { "ar", "margin-left: auto", NULL },
        { "ar", "margin-right: auto", "<w:jc w:val=\"right\"/>" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str markdown = brv_arena_printf(
            fixture->arena, "---\nlang: %s\n---\n|a|b|\n|---|---|\n|1|2|\n", rows[i].lang);
        brv_str css = brv_arena_printf(fixture->arena, "table { %s }", rows[i].css);
        struct docx_file file = docx_from_markdown(fixture, markdown, css.ptr);
        brv_str xml = docx_part(&file, DOCX_DOCUMENT);
        size_t from = brv_str_find(xml, 0, BRV_S("<w:tblPr>"));
        brv_str properties = brv_str_slice(xml, from, brv_str_find(xml, from, BRV_S("<w:tblInd")));
        assert_int_equal(docx_count(properties, "<w:jc "), rows[i].side != NULL);
        if (rows[i].side) {
            docx_assert_has(properties, rows[i].side);
        }
    }
    // Within something that is indented, by the indent.
    struct docx_file file = docx_from_markdown(
        fixture,
        BRV_S("> |a|b|\n> |---|---|\n> |1|2|\n"),
        "@page { size: 400pt 400pt; margin: 50pt } blockquote { margin: 0 0 0 100pt; padding: 0 } "
        "table { width: 100pt; margin: 0 auto }");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT),
                    "<w:tblW w:w=\"2000\" w:type=\"dxa\"/><w:tblInd w:w=\"3000\" ");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_direction__latin_among_arabic),
        TEST(test_docx_direction__decimals),
        TEST(test_docx_direction__language_of_the_theme),
        TEST(test_docx_direction__one_list_one_side),
        TEST(test_docx_direction__cells),
        TEST(test_docx_direction__sides),
        TEST(test_docx_direction__tables_between_margins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
