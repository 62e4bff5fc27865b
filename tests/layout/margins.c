// Brevier — tests of margin boxes: running heads and feet.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <math.h>

static brv_str repeated(struct fixture *fixture, const char *text, size_t count)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < count; i++) {
        brv_buf_add_cstr(out, text);
    }
    return brv_buf_str(out);
}

static void test_margin_boxes(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = brv_arena_printf(fixture->arena,
                                    "## One\n\n%" BRV_STR_F "## Two\n\nend\n",
                                    BRV_STR_ARG(repeated(fixture, "p\n\n", 20)));
    struct brv_pages *pages =
        rig_markdown(fixture,
                     text,
                     "p { margin: 0; line-height: 20pt } h2 { string-set: sec content() } "
                     "@page { @top-left { content: string(sec) } "
                     "@bottom-center { content: counter(page) \" of \" counter(pages) } } "
                     "@page :first { @top-left { content: none } }");
    assert_int_equal(pages->page_count, 2);
    assert_str(rig_artifact_text(fixture, &pages->pages[0], BRV_ARTIFACT_HEADER), "");
    assert_str(rig_artifact_text(fixture, &pages->pages[1], BRV_ARTIFACT_HEADER), "Two");
    assert_str(rig_artifact_text(fixture, &pages->pages[0], BRV_ARTIFACT_FOOTER), "1 of 2");
    assert_str(rig_artifact_text(fixture, &pages->pages[1], BRV_ARTIFACT_FOOTER), "2 of 2");
}

// Of a string that is set more than once, a page shows the value that the sheet asks for.
static void test_values_of_a_string(void **state)
{
    static const struct {
        const char *place;
        const char *of_pages[4];
    } rows[] = {
        { "first", { "", "B", "D", "D" } },
        { "start", { "", "", "D", "D" } },
        { "last", { "", "C", "D", "D" } },
        { "first-except", { "", "", "", "D" } },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str css = brv_arena_printf(fixture->arena,
                                       "h2, h4 { string-set: sec content() } "
                                       "h3, h4 { break-before: page } "
                                       "@page { @top-left { content: string(sec, %s) } }",
                                       rows[i].place);
        struct brv_pages *pages = rig_markdown(
            fixture, BRV_S("p\n\n### x\n\n## B\n\n## C\n\n#### D\n\n### y\n"), css.ptr);
        assert_int_equal(pages->page_count, 4);
        for (size_t page = 0; page < 4; page++) {
            assert_str(rig_artifact_text(fixture, &pages->pages[page], BRV_ARTIFACT_HEADER),
                       rows[i].of_pages[page]);
        }
    }
}

// However long, texts in the margin do not run into each other.
static void test_margin_boxes_keep_apart(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("x"),
        "@page { @top-left { content: \"One long head with many words that go on and on\" }"
        " @top-center { content: \"Middle\" } }");
    float left_end = 0;
    float middle = 0;
    for (const struct brv_item *item = pages->pages[0].first; item; item = item->next) {
        if (item->kind != BRV_ITEM_GLYPHS) {
            continue;
        }
        const struct brv_glyph_run *run = &item->glyphs;
        if (brv_str_starts_with(run->text, BRV_S("Middle"))) {
            middle = run->x_pt;
        } else if (run->baseline_pt < 40) {
            float end = run->x_pt + rig_run_width(run);
            left_end = end > left_end ? end : left_end;
        }
    }
    assert_true(left_end > 60 && middle > left_end + 4);
}

// What must stay on one line has the room for it before its neighbour has more than it needs.
static void test_margin_box_that_must_not_break(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture,
                     BRV_S("x"),
                     "@page { @top-left { content: \"One long head with many words that go on and"
                     " on and on, over the end of the line and beyond it, to its own end\" }"
                     " @top-right { content: \"TLP:AMBER+STRICT\"; font: bold 14pt serif;"
                     " white-space: nowrap } }");
    brv_str label = { 0 };
    for (const struct brv_item *item = pages->pages[0].first; item; item = item->next) {
        if (item->kind == BRV_ITEM_GLYPHS &&
            brv_str_starts_with(item->glyphs.text, BRV_S("TLP:"))) {
            label = item->glyphs.text;
        }
    }
    assert_str(label, "TLP:AMBER+STRICT");
}

// A negative margin takes a box across the page: a watermark.
static void test_margin_box_reaches_over_the_page(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("x"),
        "@page { size: 400pt 400pt; margin: 40pt; @left-middle { content: \"DRAFT\";"
        " margin-right: -360pt; font-size: 60pt; color: rgb(0 0 0 / 20%); text-align: center } }");
    const struct brv_item *mark = pages->pages[0].first;
    while (mark->next) {
        mark = mark->next;
    }
    assert_str(mark->glyphs.text, "DRAFT");
    assert_null(mark->tag);
    assert_int_equal(mark->glyphs.color.alpha, 51);
    float width = rig_run_width(&mark->glyphs);
    assert_true(width > 100);
    assert_true(fabsf(mark->glyphs.x_pt + width / 2 - 200) < 0.5f);
    assert_true(mark->glyphs.baseline_pt > 200 && mark->glyphs.baseline_pt < 240);
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
}

// ---- texts that are longer than their boxes

static const char head_css[] =
    "p { margin: 0; line-height: 20pt } h2 { string-set: sec content() } "
    "@page { @top-left { content: string(sec); font: 8pt/10pt \"Noto Sans\" } }";

static size_t warnings_of_cuts(const struct fixture *fixture)
{
    size_t count = 0;
    for (const struct brv_diag *diag = fixture->sink.first; diag; diag = diag->next) {
        brv_str needle = BRV_S("is longer than its box in the page's margin and is cut");
        count += brv_str_find(diag->message, 0, needle) < diag->message.len;
    }
    return count;
}

// Head and text of the last page: the head stands above, ends with an ellipsis, and begins as the
// title does.
static void expect_cut_head(struct fixture *fixture, const struct brv_pages *pages,
                            const char *begin)
{
    const struct brv_page *page = &pages->pages[pages->page_count - 1];
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_GLYPHS && item->artifact == BRV_ARTIFACT_HEADER) {
            const struct brv_glyph_run *run = &item->glyphs;
            assert_true(run->baseline_pt > 0 && run->baseline_pt < 40);
            assert_true(run->x_pt >= 49.9f && run->x_pt + rig_run_width(run) < 250.1f);
        }
    }
    brv_str head = rig_artifact_text(fixture, page, BRV_ARTIFACT_HEADER);
    assert_true(brv_str_starts_with(head, brv_str_from_cstr(begin)));
    assert_true(head.len > 60 && head.len < 2000);
    assert_true(brv_str_ends_with(head, BRV_S("…")));
    assert_int_equal(warnings_of_cuts(fixture), 1);
    assert_non_null(fixture->sink.first->span.source); // the heading's
}

static struct brv_pages *with_title(struct fixture *fixture, brv_str title, const char *css)
{
    fixture->sink = brv_sink_init(fixture->arena);
    brv_str text = brv_arena_printf(fixture->arena,
                                    "## %" BRV_STR_F "\n\n%" BRV_STR_F,
                                    BRV_STR_ARG(title),
                                    BRV_STR_ARG(repeated(fixture, "words\n\n", 40)));
    return rig_markdown(fixture, text, css);
}

static void test_long_head_is_cut(void **state)
{
    struct fixture *fixture = *state;
    static const char *const words[] = {
        "Some words ", "a3f9b2", "分析報告", "e\u0301\u0323", "\U0001F469\u200D\U0001F4BB",
    };
    for (size_t i = 0; i < BRV_COUNT(words); i++) {
        brv_str title = repeated(fixture, words[i], 400);
        expect_cut_head(fixture, with_title(fixture, title, head_css), words[i]);
    }
}

// A box that holds three lines shows three, and says nothing.
static void test_head_that_fits_is_whole(void **state)
{
    struct fixture *fixture = *state;
    brv_str title = brv_str_trim(repeated(fixture, "Some words ", 14));
    struct brv_pages *pages = with_title(fixture, title, head_css);
    brv_str head =
        rig_artifact_text(fixture, &pages->pages[pages->page_count - 1], BRV_ARTIFACT_HEADER);
    assert_str(head, brv_arena_cstr(fixture->arena, title));
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
}

// A head of a megabyte on each page costs what is seen of it.
static void test_huge_head_is_cheap(void **state)
{
    struct fixture *fixture = *state;
    const char *css = "p { margin: 0 } article { string-set: sec attr(title) } "
                      "@page { @top-left { content: string(sec) } }";
    struct brv_node *article = rig_article(fixture, repeated(fixture, "p\n\n", 4000));
    brv_node_set(fixture->arena, article, BRV_ATTR_TITLE, repeated(fixture, "long head ", 100000));
    const size_t before = brv_arena_used_bytes(fixture->arena);
    struct brv_pages *pages = rig_layout(fixture, article, css);
    assert_true(pages->page_count > 100);
    const size_t a_page = (brv_arena_used_bytes(fixture->arena) - before) / pages->page_count;
    assert_true(a_page < 300000);
    assert_int_equal(warnings_of_cuts(fixture), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_margin_boxes),
        TEST(test_values_of_a_string),
        TEST(test_margin_boxes_keep_apart),
        TEST(test_margin_box_that_must_not_break),
        TEST(test_margin_box_reaches_over_the_page),
        TEST(test_long_head_is_cut),
        TEST(test_head_that_fits_is_whole),
        TEST(test_huge_head_is_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
