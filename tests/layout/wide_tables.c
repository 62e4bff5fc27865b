// Brevier — tests of tables that are wider than the page.
// SPDX-License-Identifier: MIT
#include "rig.h"

static void expect_within_page(const struct brv_pages *pages)
{
    for (size_t i = 0; i < pages->page_count; i++) {
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            if (item->kind == BRV_ITEM_GLYPHS) {
                float right = item->glyphs.x_pt + rig_run_width(&item->glyphs);
                if (!(item->glyphs.x_pt > 49.4f && right < 250.6f)) {
                    print_message("\"%" BRV_STR_F "\" from %.2f to %.2f\n",
                                  BRV_STR_ARG(item->glyphs.text),
                                  (double)item->glyphs.x_pt,
                                  (double)right);
                    fail();
                }
            } else if (item->kind == BRV_ITEM_LINE) {
                assert_true(item->line.x1_pt > 49.4f && item->line.x2_pt < 250.6f);
            }
        }
    }
}

static void expect_note(struct fixture *fixture, const char *text)
{
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
    assert_int_equal(fixture->sink.counts[BRV_NOTE], 1);
    assert_str(sink_message(&fixture->sink, 0), text);
}

static size_t count_runs(const struct brv_pages *pages, const char *text, bool tagged)
{
    size_t count = 0;
    for (size_t i = 0; i < pages->page_count; i++) {
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            count += item->kind == BRV_ITEM_GLYPHS && (item->tag != NULL) == tagged &&
                     brv_str_is(item->glyphs.text, text);
        }
    }
    return count;
}

static const char thin_css[] = "th, td { padding: 0 2pt } table { border-spacing: 0 } ";

static void test_a_little_too_wide_is_set_smaller(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, rig_table(fixture, 9, 3), thin_css);
    expect_within_page(pages);
    const struct brv_glyph_run *run = rig_run(&pages->pages[0], 10);
    assert_str(run->text, "c1r1");
    assert_true(run->size_pt < 9.99f && run->size_pt >= 7.5f);
    // Rows move up with the size.
    float line = rig_run(&pages->pages[0], 19)->baseline_pt - run->baseline_pt;
    assert_float_equal(line, 15 * run->size_pt / 10, 0.6);
    assert_true(
        brv_str_starts_with(sink_message(&fixture->sink, 0),
                            BRV_S("table with 9 columns is too wide for the page; it is set at ")));
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
}

static void test_much_too_wide_is_set_in_parts(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, rig_table(fixture, 40, 2), thin_css);
    expect_within_page(pages);
    expect_note(
        fixture,
        "table with 40 columns is too wide for the page; it is set in 8 parts, which repeat "
        "the first column");
    // One table for whoever reads the tags: each cell once and in order; what is repeated has none.
    assert_int_equal(rig_count_tags(pages, "Table"), 1);
    assert_int_equal(rig_count_tags(pages, "TR"), 3);
    assert_int_equal(rig_count_tags(pages, "TH"), 40);
    assert_int_equal(rig_count_tags(pages, "TD"), 80);
    assert_int_equal(count_runs(pages, "c0r1", true), 1);
    assert_int_equal(count_runs(pages, "c0r1", false), 7);
    assert_int_equal(count_runs(pages, "c39r2", true), 1);
    assert_int_equal(count_runs(pages, "(8/8)", false), 1);
    assert_float_equal(rig_run(&pages->pages[0], 0)->size_pt, 10, 0.01);
    const struct brv_tag *row = pages->root;
    while (strcmp(row->type, "TR") != 0) {
        row = row->first ? row->first : row->next;
    }
    size_t cells = 0;
    for (const struct brv_tag *cell = row->first; cell; cell = cell->next) {
        cells++;
    }
    assert_int_equal(cells, 40);
}

static void test_parts_repeat_captions_and_headers(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, rig_table(fixture, 30, 20));
    struct brv_node *table = article->first->first;
    struct brv_node *caption = brv_node_new(fixture->arena, BRV_KIND_CAPTION, brv_span_none());
    brv_node_append(caption, brv_node_new_text(fixture->arena, BRV_S("Machines"), brv_span_none()));
    brv_node_insert_before(table->first, caption);
    struct brv_pages *pages = rig_layout(fixture, article, thin_css);
    expect_within_page(pages);
    assert_int_equal(count_runs(pages, "Machines", true), 1);
    assert_int_equal(count_runs(pages, "Machines (2/7)", false), 1);
    // Twenty rows of 15 pt with caption and header are more than half a page, so parts are cut.
    assert_true(pages->page_count > 3);
    assert_int_equal(count_runs(pages, "h0", true), 1);
    assert_true(count_runs(pages, "h0", false) >= pages->page_count - 1);
}

static void test_what_is_repeated_has_no_notes_and_links(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    brv_buf_add_str(text, rig_table(fixture, 24, 1));
    brv_buf_add_cstr(text, "| [key](https://example.org)[^n] | a |\n\n[^n]: note\n");
    struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), thin_css);
    expect_within_page(pages);
    assert_int_equal(rig_count_tags(pages, "Note"), 1);
    size_t links = 0;
    for (size_t i = 0; i < pages->page_count; i++) {
        for (const struct brv_link_area *area = pages->pages[i].links; area; area = area->next) {
            assert_non_null(area->tag);
            links += brv_str_starts_with(area->url, BRV_S("https:"));
        }
    }
    assert_int_equal(links, 1);
    assert_int_equal(count_runs(pages, "key", false), 4);
}

static struct brv_node *append(struct fixture *fixture, struct brv_node *parent, enum brv_kind kind)
{
    struct brv_node *node = brv_node_new(fixture->arena, kind, brv_span_none());
    brv_node_append(parent, node);
    return node;
}

// Cells that span columns of two parts stand in both; those that span rows stay in theirs.
static void test_spans_over_parts(void **state)
{
    struct fixture *fixture = *state;
    for (size_t seed = 1; seed < 60; seed++) {
        struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
        struct brv_node *table = append(fixture, article, BRV_KIND_TABLE);
        uint32_t dice = (uint32_t)seed * 2654435761u;
        for (size_t row = 0; row < 8; row++) {
            struct brv_node *tr = append(fixture, table, BRV_KIND_TR);
            for (size_t column = 0; column < 2 + seed / 2; column++) {
                dice = dice * 1664525u + 1013904223u;
                struct brv_node *cell = append(fixture, tr, BRV_KIND_TD);
                brv_str text = brv_arena_printf(fixture->arena, "word%zu.%zu", row, column);
                brv_node_append(cell, brv_node_new_text(fixture->arena, text, brv_span_none()));
                brv_str columns = brv_arena_printf(fixture->arena, "%u", 1 + (dice >> 28) % 5);
                brv_str rows = brv_arena_printf(fixture->arena, "%u", 1 + (dice >> 24) % 3);
                brv_node_set(fixture->arena, cell, BRV_ATTR_COLSPAN, columns);
                brv_node_set(fixture->arena, cell, BRV_ATTR_ROWSPAN, rows);
            }
        }
        struct brv_pages *pages = rig_layout(
            fixture, article, seed % 2 ? thin_css : "table { border-collapse: collapse }");
        expect_within_page(pages);
        assert_int_equal(rig_count_tags(pages, "TR"), 8);
    }
}

static void test_right_to_left(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (size_t row = 0; row < 3; row++) {
        for (size_t i = 0; i < 40; i++) {
            brv_buf_add_cstr(text, row == 1 ? "|---" : i == 0 ? "|مفتاح" : "|كلمة");
        }
        brv_buf_add_cstr(text, "|\n");
    }
    struct brv_node *article = rig_article(fixture, brv_buf_str(text));
    struct brv_pages *pages = rig_layout(fixture, article, thin_css);
    expect_within_page(pages);
    const struct brv_page *page = &pages->pages[0];
    assert_true(rig_run(page, 0)->x_pt > rig_run(page, 1)->x_pt + 5);
    assert_int_equal(count_runs(pages, "مفتاح", true), 2);
    assert_true(count_runs(pages, "مفتاح", false) >= 4);
}

static void test_long_addresses_do_not_make_it_wide(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("| a | b |\n|---|---|\n| "
              "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 "
              "| https://cdn.example.org/share/7f3a9c/update_2026-07.bin?session=0d41f7a2b9 |\n"),
        thin_css);
    expect_within_page(pages);
    assert_int_equal(fixture->sink.counts[BRV_NOTE], 0);
    assert_float_equal(rig_run(&pages->pages[0], 2)->size_pt, 10, 0.01);
}

// Nothing helps where the edges of the cells take all the room.
static void test_what_cannot_be_read_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture,
                     BRV_S("| one | two |\n|---|---|\n| onetwothree | onetwothree |\n"),
                     "td, th { padding: 0 49.5pt }");
    assert_true(pages->page_count >= 1);
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 1);
    assert_str(sink_message(&fixture->sink, 0),
               "table with 2 columns is too wide for the page; its cells may be hard to read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_little_too_wide_is_set_smaller),
        TEST(test_much_too_wide_is_set_in_parts),
        TEST(test_parts_repeat_captions_and_headers),
        TEST(test_what_is_repeated_has_no_notes_and_links),
        TEST(test_spans_over_parts),
        TEST(test_right_to_left),
        TEST(test_long_addresses_do_not_make_it_wide),
        TEST(test_what_cannot_be_read_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
