// Brevier — tests: text of any script copies out of a PDF as it was typed.
// SPDX-License-Identifier: MIT
#include "pdf_tools.h"

#include "base/utf8.h"
#include "harness.h"

struct script_case {
    const char *name;
    const char *face; // file name
    unsigned index;
    const char *text;
    bool is_in_actual_text; // some of it no glyph means by itself
    bool is_said_by_glyphs; // once, and in its order: none of it runs right to left
};

static const struct script_case cases[] = {
    { "ligature", "NotoSans-Regular.ttf", 0, "office affluent fjord", false, true },
    { "ligature_serif", "DejaVuSans.ttf", 0, "office affluent, five flags", false, false },
    { "spaces", "NotoSans-Regular.ttf", 0, "12 000 km \u00b7 A\u2011B co-op", false, false },
    { "unseen", "NotoSans-Regular.ttf", 0, "zero\u200bwidth w\u2060j x\u200dy", false, false },
    { "greek", "NotoSans-Regular.ttf", 0, "Ανάλυση κινδύνου", false, true },
    { "marks", "NotoSans-Regular.ttf", 0, "e\u0301tude n\u0303o o\u0323\u0302", false, true },
    { "raised_marks",
      "NotoSans-Regular.ttf",
      0,
      "стои\u0301т x\u0330\u030c q\u030c and T\u0301o",
      true,
      false },
    { "vietnamese", "NotoSans-Regular.ttf", 0, "Phân tích rủi ro chuỗi cung ứng", false, false },
    { "astral",
      "NotoSansGothic-Regular.ttf",
      0,
      "\U00010330\U00010331\U00010332\U00010333\U00010330",
      false,
      true },
    { "arabic", "NotoNaskhArabic-Regular.ttf", 0, "السلام عليكم لا إله", false, false },
    { "arabic_marks", "NotoNaskhArabic-Regular.ttf", 0, "مُحَمَّد", true, false },
    { "arabic_ligature", "DejaVuSans.ttf", 0, "السلام لا إله", false, false },
    { "hebrew_points", "NotoSansHebrew-Regular.ttf", 0, "שָׁלוֹם", true, false },
    { "hebrew", "NotoSansHebrew-Regular.ttf", 0, "שלום עולם", false, false },
    { "devanagari", "NotoSansDevanagari-Regular.ttf", 0, "हिन्दी क्षेत्र में रिपोर्ट", true, true },
    { "bengali", "NotoSansBengali-Regular.ttf", 0, "বাংলা ভাষায় লেখা হয়েছে", true, true },
    { "khmer", "NotoSansKhmer-Regular.ttf", 0, "ភាសាខ្មែរ", true, true },
    { "myanmar", "NotoSansMyanmar-Regular.ttf", 0, "မြန်မာဘာသာဖြင့်", true, true },
    { "thai", "NotoSansThai-Regular.ttf", 0, "ผู้ใช้ช่องโหว่ น้ำ กำ", true, true },
    { "han", "NotoSansCJK-Regular.ttc", 0, "分析报告：供应链风险", false, true },
    { "cff", "Cantarell-Regular.otf", 0, "office affluent fjord", false, true },
};

// pdftotext puts right-to-left text between RLE and PDF marks of its own.
static brv_str without_embedding(struct pdf_fixture *f, brv_str text)
{
    struct brv_buf *out = brv_buf_new_in(f->arena);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        if (!brv_is_bidi_control(c))
            brv_buf_add_codepoint(out, c);
    }
    return brv_buf_str(out);
}

static brv_str without_end(brv_str said)
{
    while (said.len && brv_is_space(said.ptr[said.len - 1]))
        said.len--;
    return said;
}

// A paragraph on the page; false when its face is not installed.
static bool paragraph_add(struct pdf_fixture *f, const char *face_name, unsigned index,
                          const char *text)
{
    const struct brv_face *face = pdf_face(f, face_name, index);
    if (!face) {
        print_message("%s is not installed\n", face_name);
        return false;
    }
    pdf_text(f, 0, pdf_tag(f, f->pages.root, "P"), face, 14, 60, 100, text);
    return true;
}

static void check_case(struct pdf_fixture *f, const struct script_case *c)
{
    if (!paragraph_add(f, c->face, c->index, c->text))
        return;
    const char *path = pdf_save(f, c->name);
    int status;
    brv_str said = pdf_run_tool(f, "pdftotext %s -", path, &status);
    assert_int_equal(status, 0);
    said = without_end(without_embedding(f, said));
    if (!brv_str_is(said, c->text)) {
        fail_msg("%s: \"%s\" copies out as \"%.*s\"", c->name, c->text, BRV_STR_ARG(said));
    }
    said = pdf_run_tool(f, "qpdf --qdf --object-streams=disable %s -", path, &status);
    assert_int_equal(status, 0);
    bool has_actual_text = brv_str_find(said, 0, BRV_S("/ActualText")) < said.len;
    if (has_actual_text != c->is_in_actual_text)
        fail_msg("%s: ActualText is %s", c->name, has_actual_text ? "there" : "missing");
    (void)pdf_run_tool(f, "qpdf --check %s 2>&1", path, &status);
    assert_int_equal(status, 0);
}

static void test_pdf__text_copies_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct pdf_fixture f;
        pdf_init(&f, 1);
        check_case(&f, &cases[i]);
        pdf_deinit(&f);
    }
}

// MuPDF 1.21 does not know ActualText: what it reads is what the glyphs say, in the order in which
// they are shown. Word joiners stand for silence.
static void check_glyphs(struct pdf_fixture *f, const struct script_case *c)
{
    if (!paragraph_add(f, c->face, c->index, c->text))
        return;
    int status;
    brv_str said =
        pdf_run_tool(f, "mutool draw -q -F txt %s 2>/dev/null", pdf_save(f, c->name), &status);
    assert_int_equal(status, 0);
    struct brv_buf *out = brv_buf_new_in(f->arena);
    said = without_end(said);
    for (size_t at = 0; at < said.len;) {
        uint32_t spoken = brv_utf8_next(said, &at);
        if (spoken != 0x2060)
            brv_buf_add_codepoint(out, spoken);
    }
    if (!brv_str_is(brv_buf_str(out), c->text))
        fail_msg("%s: the glyphs of \"%s\" say \"%.*s\"",
                 c->name,
                 c->text,
                 BRV_STR_ARG(brv_buf_str(out)));
}

static void test_pdf__glyphs_say_text_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        if (!cases[i].is_said_by_glyphs)
            continue;
        struct pdf_fixture f;
        pdf_init(&f, 1);
        check_glyphs(&f, &cases[i]);
        pdf_deinit(&f);
    }
}

// One glyph that is two characters has two codes in a TrueType face.
static void test_pdf__glyph_says_each_of_its_texts(void **state)
{
    (void)state;
    struct pdf_fixture f;
    pdf_init(&f, 1);
    if (!paragraph_add(&f, "NotoSans-Regular.ttf", 0, "a b\u00a0c d\u00a0e")) {
        pdf_deinit(&f);
        skip();
    }
    int status;
    brv_str said = pdf_run_tool(&f, "qpdf --qdf %s -", pdf_save(&f, "two_texts.pdf"), &status);
    assert_int_equal(status, 0);
    assert_int_equal(text_count(said, BRV_S("<0020>\n")), 1);
    assert_int_equal(text_count(said, BRV_S("<00A0>\n")), 1);
    assert_int_equal(text_count(said, BRV_S("/ActualText")), 0);
    pdf_deinit(&f);
}

// Private use has no meaning of its own, so PDF/A wants it told by ActualText.
static void test_pdf__private_use_is_actual_text(void **state)
{
    (void)state;
    struct pdf_fixture f;
    pdf_init(&f, 1);
    if (!paragraph_add(&f, "NotoSans-Regular.ttf", 0, "x")) {
        pdf_deinit(&f);
        skip();
    }
    struct brv_item *item = f.pages.pages[0].first;
    item->glyphs.text = BRV_S("\uE000");
    int status;
    brv_str said = pdf_run_tool(&f, "qpdf --qdf %s -", pdf_save(&f, "private.pdf"), &status);
    assert_int_equal(text_count(said, BRV_S("/ActualText<feffe000>")), 1); // as qpdf writes it
    pdf_deinit(&f);
}

// Letters that a justified line or a sheet moves apart are still one word.
static void test_pdf__spread_words_stay_whole(void **state)
{
    (void)state;
    struct pdf_fixture f;
    pdf_init(&f, 1);
    if (!paragraph_add(&f, "NotoSansCJK-Regular.ttc", 0, "供应链 spread")) {
        pdf_deinit(&f);
        skip();
    }
    struct brv_glyph_run *run = &f.pages.pages[0].first->glyphs;
    struct brv_glyph *apart = BRV_NEW_ARRAY(f.arena, struct brv_glyph, run->glyph_count);
    for (size_t i = 0; i < run->glyph_count; i++) {
        apart[i] = run->glyphs[i];
        apart[i].x_advance_pt += 3.4f; // a quarter of the size
    }
    run->glyphs = apart;
    const char *path = pdf_save(&f, "spread.pdf");
    int status;
    brv_str said = pdf_run_tool(&f, "pdftotext %s -", path, &status);
    assert_int_equal(status, 0);
    assert_int_equal(text_count(said, BRV_S("供应链 spread\n")), 1);
    pdf_deinit(&f);
}

// A space that a line end swallowed is in the text without a glyph.
static void test_pdf__lost_space_is_shown(void **state)
{
    (void)state;
    struct pdf_fixture f;
    const struct brv_face *face = pdf_begin(&f, 1);
    struct brv_tag *tag = pdf_tag(&f, f.pages.root, "P");
    pdf_text(&f, 0, tag, face, 14, 60, 100, "first");
    f.pages.pages[0].last->glyphs.text = BRV_S("first ");
    pdf_text(&f, 0, tag, face, 14, 60, 118, "second");
    int status;
    brv_str said =
        pdf_run_tool(&f, "pdfinfo -struct-text %s", pdf_save(&f, "lost_space.pdf"), &status);
    assert_int_equal(status, 0);
    assert_int_equal(text_count(said, BRV_S("\"first second\"")), 1);
    pdf_deinit(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf__text_copies_out),
        cmocka_unit_test(test_pdf__glyphs_say_text_once),
        cmocka_unit_test(test_pdf__glyph_says_each_of_its_texts),
        cmocka_unit_test(test_pdf__private_use_is_actual_text),
        cmocka_unit_test(test_pdf__spread_words_stay_whole),
        cmocka_unit_test(test_pdf__lost_space_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
