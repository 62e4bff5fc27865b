// Brevier — tests of footnotes: where one stands, then many, short ones and such as no page can
// hold.
// SPDX-License-Identifier: MIT
#include "rig.h"

static void test_footnote_calls_and_markers(void **state)
{
    struct fixture *fixture = *state;
    const char *css =
        "::footnote-call { content: \"[\" counter(footnote) \"]\"; color: red; font-size: 5pt } "
        "::footnote-marker { content: counter(footnote) \".\"; font-weight: bold } "
        "em { float: footnote }";
    struct brv_pages *pages =
        rig_markdown(fixture, BRV_S("one[^a] two *loose*\n\n[^a]: note\n"), css);
    const struct brv_page *page = &pages->pages[0];
    const struct brv_glyph_run *call = rig_run(page, 1);
    assert_str(call->text, "[1]");
    assert_float_equal(call->size_pt, 5, 0.01);
    assert_int_equal(call->color.red, 255);
    assert_true(call->baseline_pt < rig_run(page, 0)->baseline_pt - 2);
    assert_str(rig_run(page, 3)->text, "[2]");
    assert_str(rig_run(page, 4)->text, "1.");
    assert_int_equal(rig_run(page, 4)->face->weight, 700);
    assert_str(rig_run(page, 5)->text, "note");
    assert_str(rig_run(page, 7)->text, "loose");
    assert_int_equal(rig_count_tags(pages, "Note"), 2);
}

static struct brv_node *with_footnote(struct fixture *fixture, struct brv_node *paragraph,
                                      const char *text)
{
    struct brv_node *note = brv_node_new(fixture->arena, BRV_KIND_FOOTNOTE, brv_span_none());
    brv_node_append(note,
                    brv_node_new_text(fixture->arena, brv_str_from_cstr(text), brv_span_none()));
    brv_node_append(paragraph, note);
    return note;
}

static void test_footnote_stands_on_the_page_of_its_call(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, rig_short_paragraphs(fixture, 20));
    struct brv_node *p16 = article->first->first;
    for (size_t i = 1; i < 16; i++) {
        p16 = p16->next;
    }
    with_footnote(fixture, p16, "the note");
    brv_node_set(fixture->arena, article, BRV_ATTR_LANG, BRV_S("de"));
    struct brv_pages *pages = rig_layout(fixture, article, RIG_LINE_CSS);
    assert_int_equal(pages->page_count, 2);
    // The sixteenth line would fit, but not with its note.
    assert_str(rig_run(&pages->pages[1], 0)->text, "p16");
    brv_str text = rig_text(fixture, pages, false);
    assert_true(brv_str_ends_with(text, BRV_S("1the note")));
    assert_int_equal(brv_pages_find(pages, BRV_S("#brv-note-1"), NULL), 1);
    assert_int_equal(brv_pages_find(pages, BRV_S("brv-call-1"), NULL), 1);
    assert_int_equal(rig_count_tags(pages, "Note"), 1);
    size_t links = 0;
    for (const struct brv_link_area *area = pages->pages[1].links; area; area = area->next) {
        assert_str(area->alt, "Fußnote 1");
        links++;
    }
    assert_int_equal(links, 2); // there and back
}

static void test_long_footnote_goes_on(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, BRV_S("call"));
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < 900; i++) {
        brv_buf_printf(text, "w%zu ", i);
    }
    brv_buf_add_byte(text, '\0');
    with_footnote(fixture, article->first->first, text->ptr);
    struct brv_pages *pages = rig_layout(fixture, article, RIG_LINE_CSS);
    assert_true(pages->page_count >= 2);
    brv_str got = rig_text(fixture, pages, false);
    assert_true(brv_str_find(got, 0, BRV_S("w899")) < got.len);
    rig_check(fixture, pages, article);
}

// Lines without height fill no page, and end all the same.
static void test_footnote_without_height_ends(void **state)
{
    struct fixture *fixture = *state;
    static const char *const sheets[] = {
        "footnote { line-height: 0 }",
        "footnote { line-height: 0 } p { line-height: 0 }",
        "footnote { font-size: 0 }",
        "@page { margin: 400pt } footnote { line-height: 90 }",
    };
    for (size_t i = 0; i < BRV_COUNT(sheets); i++) {
        struct brv_node *article = rig_article(fixture, BRV_S("call"));
        with_footnote(fixture, article->first->first, "one two three four");
        with_footnote(fixture, article->first->first, "");
        struct brv_pages *pages = rig_layout(fixture, article, sheets[i]);
        assert_true(pages->page_count <= 6);
        brv_str text = rig_text(fixture, pages, false);
        assert_true(brv_str_find(text, 0, BRV_S("four")) < text.len);
    }
}

// Notes of all lengths, one after another: none is lost below one that is split, and each begins on
// the page of its call.
static void test_footnotes_among_long_ones(void **state)
{
    struct fixture *fixture = *state;
    static const size_t lengths[] = { 1, 130, 8, 300, 1, 40 }; // words; a page has some 400
    enum { PARAGRAPHS = 40, EVERY = 2, NOTES = PARAGRAPHS / EVERY, ORDERS = 5 };
    for (size_t order = 1; order <= ORDERS; order++) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (size_t i = 0; i < PARAGRAPHS; i++) {
            brv_buf_printf(text, i % EVERY == 0 ? "p%zu[^%zu]\n\n" : "p%zu\n\n", i, i / EVERY);
        }
        for (size_t i = 0; i < NOTES; i++) {
            brv_buf_printf(text, "[^%zu]:", i);
            for (size_t k = lengths[(i * order + i / 3) % BRV_COUNT(lengths)]; k > 0; k--) {
                brv_buf_printf(text, " w%zu", k);
            }
            brv_buf_printf(text, " end%zu.\n\n", i);
        }
        struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), RIG_LINE_CSS);
        brv_str got = rig_text(fixture, pages, false);
        for (size_t i = 0; i < NOTES; i++) {
            brv_str end = brv_arena_printf(fixture->arena, "end%zu.", i);
            assert_true(brv_str_find(got, 0, end) < got.len);
            brv_str call = brv_arena_printf(fixture->arena, "brv-call-%zu", i + 1);
            brv_str note = brv_arena_printf(fixture->arena, "brv-note-%zu", i + 1);
            size_t page = brv_pages_find(pages, call, NULL);
            assert_true(page < pages->page_count);
            assert_int_equal(brv_pages_find(pages, note, NULL), page);
        }
    }
}

// A note that is higher than what is left of the page begins there all the same.
static void test_long_footnote_is_split(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, rig_short_paragraphs(fixture, 30));
    struct brv_node *p8 = article->first->first;
    for (size_t i = 1; i < 8; i++) {
        p8 = p8->next;
    }
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < 130; i++) {
        brv_buf_printf(text, "w%zu ", i);
    }
    brv_buf_add_byte(text, '\0');
    with_footnote(fixture, p8, text->ptr);
    struct brv_pages *pages = rig_layout(fixture, article, RIG_LINE_CSS);
    // Eight lines, then as much of the note as the page holds; the text goes on above its rest.
    assert_str(rig_run(&pages->pages[0], 7)->text, "p8");
    brv_str lines = rig_text(fixture, pages, true);
    size_t end = brv_str_find(lines, 0, BRV_S("‖"));
    assert_true(brv_str_find(lines, 0, BRV_S("w0 ")) < end);
    assert_true(brv_str_find(lines, 0, BRV_S("w60")) < end);
    assert_true(brv_str_find(lines, 0, BRV_S("w129")) > end);
    assert_str(rig_run(&pages->pages[1], 0)->text, "p9");
    assert_int_equal(rig_count_tags(pages, "Note"), 1);
}

static void test_second_call_of_a_note_finds_it(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("a[^1] b[^1]\n\n[^1]: note"), "");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
    assert_int_equal(brv_pages_find(pages, BRV_S("#fn:1"), NULL), 0);
}

// ---- many of them

enum { PARAGRAPHS = 30 };

// A document in which a quarter of the sentences calls a note; as many as it has.
static size_t add_document(struct brv_buf *out, uint64_t seed, const unsigned *lengths,
                           size_t length_count)
{
    struct brv_buf notes = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < PARAGRAPHS; i++) {
        for (uint64_t left = 1 + random_next(&seed) % 5; left > 0; left--) {
            brv_buf_add_cstr(out, "Some words are said in a sentence");
            if (random_next(&seed) % 4 == 0) {
                brv_buf_printf(out, "[^%zu]", ++count);
                brv_buf_printf(&notes, "[^%zu]: begin%zu", count, count);
                unsigned length = lengths[random_next(&seed) % length_count];
                for (unsigned k = 0; k < length; k++)
                    brv_buf_add_cstr(&notes, " and more words are said below");
                brv_buf_printf(&notes, " end%zu.\n\n", count);
            }
            brv_buf_add_cstr(out, ". ");
        }
        brv_buf_add_cstr(out, i % 7 == 3 ? "\n\n## Heading\n\n" : "\n\n");
    }
    brv_buf_add_str(out, brv_buf_str(&notes));
    brv_buf_deinit(&notes);
    return count;
}

static void check_notes(struct fixture *fixture, const struct brv_pages *pages, size_t count,
                        bool stand_with_calls)
{
    brv_str text = rig_text(fixture, pages, false);
    for (size_t k = 1; k <= count; k++) {
        brv_str begin = brv_arena_printf(fixture->arena, "begin%zu", k);
        brv_str end = brv_arena_printf(fixture->arena, "end%zu.", k);
        assert_true(brv_str_find(text, 0, begin) < text.len);
        assert_true(brv_str_find(text, 0, end) < text.len);
        brv_str note = brv_arena_printf(fixture->arena, "#brv-note-%zu", k);
        brv_str call = brv_arena_printf(fixture->arena, "#brv-call-%zu", k);
        size_t page = brv_pages_find(pages, note, NULL);
        assert_true(page < pages->page_count);
        if (stand_with_calls)
            assert_int_equal(page, brv_pages_find(pages, call, NULL));
    }
}

static void test_no_note_is_lost(void **state)
{
    struct fixture *fixture = *state;
    static const unsigned lengths[][4] = { { 0, 1, 2, 3 }, { 0, 1, 5, 20 }, { 0, 12, 25, 60 } };
    static const char *const sheets[] = {
        "section { break-inside: auto }",
        "article { break-inside: avoid }",
        "article { columns: 2; column-gap: 10pt } p { font-size: 6pt; margin: 0 }",
    };
    for (uint64_t seed = 1; seed <= 6; seed++) {
        for (size_t i = 0; i < BRV_COUNT(lengths) * BRV_COUNT(sheets); i++) {
            size_t sheet = i % BRV_COUNT(sheets);
            struct brv_buf *text = brv_buf_new_in(fixture->arena);
            size_t count = add_document(text, seed, lengths[i / BRV_COUNT(sheets)], 4);
            const struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), sheets[sheet]);
            // Where a note fills a page, one that the next line calls must wait.
            bool has_room = i / BRV_COUNT(sheets) == 0;
            check_notes(fixture, pages, count, has_room && sheet < 2);
        }
    }
}

static bool ends_with(const struct brv_page *page, const char *end)
{
    size_t count = 0;
    while (rig_run(page, count))
        count++;
    return count > 0 && brv_str_ends_with(rig_run(page, count - 1)->text, brv_str_from_cstr(end));
}

// Pages of nothing but notes count for the side that a chapter begins on, and stand in for a blank.
static void test_chapters_keep_their_side(void **state)
{
    struct fixture *fixture = *state;
    for (unsigned words = 0; words < 600; words += 7) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        brv_buf_add_cstr(text, "# A\n\nx[^1]\n\n# B\n\ny[^2]\n\n[^1]: begin1");
        for (unsigned k = 0; k < words; k++)
            brv_buf_add_cstr(text, " word");
        brv_buf_add_cstr(text, " end1.\n\n[^2]: begin2 end2.\n");
        const struct brv_pages *pages =
            rig_markdown(fixture, brv_buf_str(text), "h1 { break-before: right }");
        check_notes(fixture, pages, 2, true);
        assert_int_equal(brv_pages_find(pages, BRV_S("#brv-call-2"), NULL) % 2, 0);
        for (size_t i = 1; i < pages->page_count; i++)
            assert_true(rig_run(&pages->pages[i], 0) || ends_with(&pages->pages[i - 1], "end1."));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_footnote_calls_and_markers),
        TEST(test_footnote_stands_on_the_page_of_its_call),
        TEST(test_long_footnote_goes_on),
        TEST(test_footnote_without_height_ends),
        TEST(test_footnotes_among_long_ones),
        TEST(test_long_footnote_is_split),
        TEST(test_second_call_of_a_note_finds_it),
        TEST(test_no_note_is_lost),
        TEST(test_chapters_keep_their_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
