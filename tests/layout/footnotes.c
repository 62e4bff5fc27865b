// Brevier — tests of many footnotes, short ones and such as no page can hold.
// SPDX-License-Identifier: MIT
#include "rig.h"

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
        TEST(test_no_note_is_lost),
        TEST(test_chapters_keep_their_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
