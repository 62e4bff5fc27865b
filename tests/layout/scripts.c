// Brevier — tests of scripts: every letter is drawn, and copies out as it was typed; numbers, right
// to left.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/file.h"
#include "base/utf8.h"

#include <hb.h>
#include <math.h>

enum { LEAST_SCRIPTS = 30 };

static brv_str read_sample(struct fixture *fixture)
{
    brv_str path = brv_arena_printf(fixture->arena, "%s/samples/scripts.md", BRV_SOURCE_DIR);
    brv_str text;
    enum brv_status status =
        brv_file_read(fixture->arena, path, 1 << 20, BRV_CODE_INPUT, &text, &fixture->sink);
    assert_int_equal(status, BRV_OK);
    size_t end = brv_str_find(text, 3, BRV_S("\n---\n")); // of the front matter
    return brv_str_slice(text, end + 5, text.len);
}

static size_t count_scripts(brv_str text)
{
    hb_script_t known[64];
    size_t count = 0;
    for (size_t at = 0; at < text.len && count < BRV_COUNT(known);) {
        hb_script_t script =
            hb_unicode_script(hb_unicode_funcs_get_default(), brv_utf8_next(text, &at));
        size_t i = 0;
        while (i < count && known[i] != script) {
            i++;
        }
        bool is_one = script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED &&
                      script != HB_SCRIPT_UNKNOWN;
        if (i == count && is_one) {
            known[count++] = script;
        }
    }
    return count;
}

static void test_every_letter_is_drawn(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = read_sample(fixture);
    assert_true(count_scripts(text) >= LEAST_SCRIPTS);
    struct brv_node *article = rig_article(fixture, text);
    struct brv_pages *pages = rig_layout(fixture, article, "@page { size: A4 }");
    rig_check(fixture, pages, article);
    for (size_t i = 0; i < pages->page_count; i++) {
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            for (size_t k = 0; item->kind == BRV_ITEM_GLYPHS && k < item->glyphs.glyph_count; k++) {
                if (item->glyphs.glyphs[k].glyph == 0) {
                    fail_msg("no glyph in \"%" BRV_STR_F "\" (%" BRV_STR_F ")",
                             BRV_STR_ARG(item->glyphs.text),
                             BRV_STR_ARG(item->glyphs.face->family));
                }
            }
        }
    }
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
}

// Words of scripts that join or reorder their letters are one run in one face each.
static void test_words_are_of_one_face(void **state)
{
    struct fixture *fixture = *state;
    static const char *const words[] = { "हिन्दी",     "தமிழ்",     "മലയാളം",  "ខ្មែរ",
                                         "မြန်မာဘာသာ", "བོད་སྐད",    "العربية", "ܣܘܪܝܝܐ",
                                         "ދިވެހި",       "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ᱥᱟᱱᱛᱟᱲᱤ" };
    for (size_t i = 0; i < BRV_COUNT(words); i++) {
        struct brv_pages *pages = rig_markdown(fixture, brv_str_from_cstr(words[i]), "");
        assert_non_null(rig_run(&pages->pages[0], 0));
        assert_str(rig_run(&pages->pages[0], 0)->text, words[i]);
        assert_null(rig_run(&pages->pages[0], 1));
    }
}

// The character stands in its frame: the key is wider, and nothing of it lies over its neighbours.
static void test_keys_are_framed(void **state)
{
    struct fixture *fixture = *state;
    static const char *const keys[] = { "1\uFE0F\u20E3", "#\uFE0F\u20E3", "*\u20E3" };
    for (size_t i = 0; i < BRV_COUNT(keys); i++) {
        brv_str source = brv_arena_printf(fixture->arena, "A %s B", keys[i]);
        struct brv_pages *pages = rig_markdown(fixture, source, "");
        const struct brv_glyph_run *key = rig_run(&pages->pages[0], 1);
        assert_true(brv_str_find(key->text, 0, BRV_S("\u20E3")) < key->text.len);
        assert_true(rig_run_width(key) > 0.9f * key->size_pt);
        const struct brv_glyph_run *plain = rig_run(&pages->pages[0], 0);
        assert_ptr_not_equal(key->face, plain->face);
        for (size_t k = 0; k < key->glyph_count; k++) { // no width that is only the file's
            assert_true(k == 0 || key->glyphs[k].cluster > 0);
        }
        assert_null(fixture->sink.first);
    }
}

// No font has this letter in a frame; a loose one would lie over the next character.
static void test_a_key_without_a_frame_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *plain = rig_markdown(fixture, BRV_S("A\u044FB"), "");
    float width = rig_run_width(rig_run(&plain->pages[0], 0));
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("A\u044F\u20E3B"), "");
    assert_float_equal(rig_run_width(rig_run(&pages->pages[0], 0)), width, 0.01);
    assert_non_null(fixture->sink.first);
    assert_null(fixture->sink.first->next);
    assert_str(fixture->sink.first->message,
               "no installed font has the character U+044F in a key (U+20E3); it is drawn without");
}

// A selector of a sign's form has no glyph of its own: that of a space parts no words.
static void test_selectors_leave_no_glyph(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("\u26A0\uFE0F"), "");
    const struct brv_glyph_run *sign = rig_run(&pages->pages[0], 0);
    assert_int_equal(sign->glyph_count, 1);
    assert_str(sign->text, "\u26A0\uFE0F");
}

// Where the last run that stands on the line of a run ends.
static float line_end(const struct brv_page *page, const struct brv_glyph_run *first)
{
    float end = 0;
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_GLYPHS && item->tag &&
            fabsf(item->glyphs.baseline_pt - first->baseline_pt) < 0.1f) {
            end = fmaxf(end, item->glyphs.x_pt + rig_run_width(&item->glyphs));
        }
    }
    return end;
}

// Ideographs and kana move apart until a justified line is full, alone and among Latin words.
static void test_ideographs_fill_the_line(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = {
        "監視担当者は毎朝この一覧を読み、前日から変わった箇所だけを部署の責任者へ知らせることに"
        "なっている。変わらない日は何も知らせない。",
        "担当者は server の log を読み、「PowerShell」の行を集め、 admin の権限で動いた process を"
        "一つずつ調べたと述べている。",
        "值班人员每天早上读取这份清单，只把前一天以来有变化的部分告诉各部门的负责人；没有变化时"
        "不必通知任何人。",
    };
    for (size_t i = 0; i < BRV_COUNT(texts); i++) {
        struct brv_pages *pages = rig_markdown(
            fixture, brv_str_from_cstr(texts[i]), "p { text-align: justify; font-size: 11pt }");
        const struct brv_page *page = &pages->pages[0];
        float last = 0;
        size_t lines = 0;
        for (size_t k = 0; rig_run(page, k); k++) {
            last = fmaxf(last, rig_run(page, k)->baseline_pt);
        }
        for (size_t k = 0; rig_run(page, k); k++) {
            const struct brv_glyph_run *run = rig_run(page, k);
            if (run->baseline_pt < last - 1) {
                assert_float_equal(line_end(page, run), 250, 0.2);
                lines++;
            } else {
                assert_true(line_end(page, run) < 250);
            }
        }
        assert_true(lines > 1);
    }
}

// Not by more than the eye takes for one line, and never closer; Hangul by its spaces alone.
static void test_letters_stay_together(void **state)
{
    struct fixture *fixture = *state;
    const char *css = "p { text-align: justify; font-size: 20pt; width: 109pt }";
    struct brv_pages *pages = rig_markdown(
        fixture, BRV_S("日々の記録を読む人は多い。\n\n우리는 날마다 기록을 읽고 또 적는다."), css);
    bool has_moved = false;
    for (size_t k = 0; rig_run(&pages->pages[0], k); k++) {
        const struct brv_glyph_run *run = rig_run(&pages->pages[0], k);
        bool is_hangul = (uint8_t)run->text.ptr[0] >= 0xEA;
        for (size_t i = 0; i < run->glyph_count; i++) {
            float natural =
                (float)hb_font_get_glyph_h_advance(run->face->font, run->glyphs[i].glyph) *
                run->size_pt / (float)run->face->units_per_em;
            float added = run->glyphs[i].x_advance_pt - natural;
            bool is_space = run->text.ptr[run->glyphs[i].cluster] == ' ';
            assert_true(is_space || (added > -0.01f && added < (is_hangul ? 0.01f : 5.01f)));
            has_moved |= added > 1 && !is_space;
        }
    }
    assert_true(has_moved);
}

static bool is_one_of(uint32_t c, const uint32_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == c) {
            return true;
        }
    }
    return false;
}

// Thai and Lao: a phrase fills its lines, and no vowel is parted from its consonant, however narrow
// they are.
static void test_phrases_without_spaces_fill_the_line(void **state)
{
    struct fixture *fixture = *state;
    static const uint32_t never_last[] = { 0xE40, 0xE41, 0xE42, 0xE43, 0xE44, 0xE31,
                                           0xEC0, 0xEC1, 0xEC2, 0xEC3, 0xEC4 };
    static const uint32_t never_first[] = { 0xE30, 0xE32, 0xE33, 0xE45, 0xE46, 0xE2F,
                                            0xE31, 0xE34, 0xE48, 0xE49, 0xEB0, 0xEB2,
                                            0xEB3, 0xEB1, 0xEC8, 0xEC9, 0xEBD };
    static const char *const texts[] = {
        "ทุกเช้า เจ้าหน้าที่เปิดอ่านรายการเดิมแล้วแจ้งหัวหน้าแผนกเฉพาะเรื่องที่เปลี่ยนไปจากเมื่อวานนี้โดยไม่ต้องเขียนซ้ำๆ",
        "ທຸກເຊົ້າ ເຈົ້າໜ້າທີ່ເປີດອ່ານລາຍການເກົ່າແລ້ວແຈ້ງຫົວໜ້າພະແນກສະເພາະເລື່ອງທີ່ປ່ຽນແປງຈາກມື້ວານນີ້",
    };
    static const float widths[] = { 200, 120, 40 };
    for (size_t i = 0; i < BRV_COUNT(texts) * BRV_COUNT(widths); i++) {
        float width = widths[i / BRV_COUNT(texts)];
        brv_str css = brv_arena_printf(
            fixture->arena, "p { text-align: justify; font-size: 11pt; width: %dpt }", (int)width);
        struct brv_pages *pages =
            rig_markdown(fixture, brv_str_from_cstr(texts[i % BRV_COUNT(texts)]), css.ptr);
        brv_str text = brv_str_trim(rig_text(fixture, pages, true));
        const struct brv_page *page = &pages->pages[0];
        size_t lines = 0;
        for (size_t at = 0; at < text.len;) {
            size_t end = at;
            uint32_t c = brv_utf8_next(text, &at);
            if (c == '|' && at < text.len) {
                uint32_t last = brv_utf8_previous(text, &end);
                uint32_t first = brv_utf8_next(text, &at);
                assert_false(is_one_of(last, never_last, BRV_COUNT(never_last)));
                assert_false(is_one_of(first, never_first, BRV_COUNT(never_first)));
                lines++;
            }
        }
        assert_true(lines >= 2);
        const struct brv_glyph_run *first = rig_run(page, 0);
        assert_true(line_end(page, first) > 50 + 0.6f * width);
        assert_true(width < 100 || line_end(page, first) > 50 + 0.85f * width);
    }
}

static const struct brv_item *run_of(const struct brv_page *page, const char *text)
{
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_GLYPHS && brv_str_is(item->glyphs.text, text)) {
            return item;
        }
    }
    fail_msg("no \"%s\"", text);
    return NULL;
}

// An item that runs the other way than its list begins beside its marker all the same.
static void test_items_of_both_directions(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture, BRV_S("- שלום\n- two\n\np\n\n1. one\n2. עולם\n"), "");
    const struct brv_page *page = &pages->pages[0];
    assert_true(run_of(page, "two")->glyphs.x_pt > 180);
    float difference = run_of(page, "עולם")->glyphs.x_pt - run_of(page, "one")->glyphs.x_pt;
    assert_true(fabsf(difference) < 0.5f);
}

// So do the cells of a table, unless one has a language of its own.
static void test_cells_of_both_directions(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture, BRV_S("| שרת | b |\n|---|---|\n| one | עולם |\n| שלום | two |\n"), "");
    const struct brv_page *page = &pages->pages[0];
    static const char *const columns[][3] = { { "שרת", "one", "שלום" }, { "b", "עולם", "two" } };
    float edges[2];
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < 3; k++) {
            const struct brv_glyph_run *run = &run_of(page, columns[i][k])->glyphs;
            float right = run->x_pt + rig_run_width(run);
            edges[i] = k == 0 ? right : edges[i];
            assert_float_equal(right, edges[i], 0.5);
        }
    }
    assert_true(edges[0] > edges[1] + 10);

    struct brv_node *article = rig_article(
        fixture, BRV_S("| server name | b |\n|---|---|\n| שלום | two |\n| עולם | six |\n"));
    struct brv_node *cell = article->first;
    while (cell->kind != BRV_KIND_TBODY) {
        cell = cell->first->kind == BRV_KIND_THEAD ? cell->first->next : cell->first;
    }
    cell = cell->first->first;
    brv_node_set(fixture->arena, cell, BRV_ATTR_LANG, BRV_S("he"));
    page = &rig_layout(fixture, article, "@page { size: A4 }")->pages[0];
    float start = run_of(page, "server name")->glyphs.x_pt;
    assert_float_equal(run_of(page, "עולם")->glyphs.x_pt, start, 0.5);
    assert_true(run_of(page, "שלום")->glyphs.x_pt > start + 10);
}

// Right to left, numbers stand to the right of what they count, and their full stops to their left.
static void test_numbers_right_to_left(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, BRV_S("1. אחת\n\n12\n"));
    struct brv_node *footnote = brv_node_new(fixture->arena, BRV_KIND_FOOTNOTE, brv_span_none());
    brv_node_append(footnote, brv_node_new_text(fixture->arena, BRV_S("הערה"), brv_span_none()));
    brv_node_append(article->first->first->first, footnote);
    brv_node_set(fixture->arena, article, BRV_ATTR_LANG, BRV_S("he"));
    struct brv_pages *pages =
        rig_layout(fixture, article, "@page { size: 300pt 300pt; margin: 20pt } p { margin: 0 }");
    const struct brv_page *page = &pages->pages[0];
    float item_x = run_of(page, "אחת")->glyphs.x_pt;
    assert_true(run_of(page, "1")->glyphs.x_pt > item_x);
    assert_true(run_of(page, ".")->glyphs.x_pt < run_of(page, "1")->glyphs.x_pt);
    assert_true(run_of(page, "12")->glyphs.x_pt > 200);
    const struct brv_glyph_run *note = &run_of(page, "הערה")->glyphs;
    float number_x = 0;
    float rule_x = 0;
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_GLYPHS &&
            fabsf(item->glyphs.baseline_pt - note->baseline_pt) < 1) {
            number_x = item->glyphs.x_pt > number_x ? item->glyphs.x_pt : number_x;
        } else if (item->kind == BRV_ITEM_LINE) {
            rule_x = item->line.x1_pt;
        }
    }
    assert_true(number_x > note->x_pt + 8);
    assert_true(fabsf(rule_x - 215) < 0.5f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_keys_are_framed),          TEST(test_a_key_without_a_frame_is_told),
        TEST(test_selectors_leave_no_glyph), TEST(test_items_of_both_directions),
        TEST(test_cells_of_both_directions), TEST(test_ideographs_fill_the_line),
        TEST(test_letters_stay_together),    TEST(test_phrases_without_spaces_fill_the_line),
        TEST(test_numbers_right_to_left),    TEST(test_every_letter_is_drawn),
        TEST(test_words_are_of_one_face),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
