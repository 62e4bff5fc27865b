// Brevier — tests of paragraphs: white space, lines, alignment, directions, inline boxes.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/utf8.h"

static void test_white_space_collapses(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("a  *b*\n c ** d**  e"), "");
    assert_str(rig_text(fixture, pages, true), "a b c ** d** e");
}

static void test_words_keep_a_space_at_line_ends(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("The quick brown fox jumps over the lazy dog and runs on along the river bank."),
        "");
    brv_str text = rig_text(fixture, pages, false);
    assert_str(text,
               "The quick brown fox jumps over the lazy dog and runs on along the river bank.");
    brv_str lines = rig_text(fixture, pages, true);
    assert_true(brv_str_find_byte(lines, 0, '|') < lines.len);
}

static void test_long_word_breaks_without_hyphen(void **state)
{
    struct fixture *fixture = *state;
    brv_str hash = BRV_S("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                         "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    struct brv_node *article = rig_article(fixture, hash);
    struct brv_pages *pages = rig_layout(fixture, article, "");
    assert_str(rig_text(fixture, pages, false), brv_arena_cstr(fixture->arena, hash));
    rig_check(fixture, pages, article);
}

static void test_soft_hyphen_is_shown_only_where_a_line_ends(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture, BRV_S("in\u00ADdi\u00ADca\u00ADtor"), "article { width: 40pt }");
    brv_str text = rig_text(fixture, pages, true);
    assert_true(brv_str_find(text, 0, BRV_S("\u00AD|")) < text.len);
    pages = rig_markdown(fixture, BRV_S("in\u00ADdi\u00ADca\u00ADtor"), "");
    assert_str(rig_text(fixture, pages, true), "indicator");
}

// A danda belongs to no script; it must not come from the face of another one.
static void test_shared_punctuation_stays_in_the_face_before(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture,
                                           BRV_S("\u092C\u0915\u093E\u092F\u093E\u0964"),
                                           "article { font-family: \"Noto Serif\" }");
    if (pages->face_count != 1)
        fail_msg("%zu faces draw one Hindi word and its danda", pages->face_count);
}

static void test_emoji_sequences_stay_whole(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("\U0001F469\u200D\U0001F4BB\U0001F469\u200D\U0001F4BB\U0001F469\u200D\U0001F4BB"),
        "article { width: 40pt; overflow-wrap: anywhere }");
    brv_str text = rig_text(fixture, pages, true);
    assert_true(brv_str_find(text, 0, BRV_S("\u200D|")) == text.len);
    assert_true(brv_str_find(text, 0, BRV_S("|\u200D")) == text.len);
}

struct align_case {
    const char *align;
    float part; // of the slack, before the text
};

static const struct align_case align_cases[] = {
    { "start", 0 }, { "left", 0 }, { "center", 0.5f }, { "right", 1 }, { "end", 1 },
};

static void test_alignment(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(align_cases); i++) {
        brv_str css =
            brv_arena_printf(fixture->arena, "p { text-align: %s }", align_cases[i].align);
        struct brv_pages *pages = rig_markdown(fixture, BRV_S("short"), css.ptr);
        const struct brv_glyph_run *run = rig_run(&pages->pages[0], 0);
        float slack = 200 - rig_run_width(run);
        assert_float_equal(run->x_pt, 50 + slack * align_cases[i].part, 0.1);
    }
}

static void test_justified_lines_fill_the_measure(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("All the lines but the last one of this paragraph are as wide as the measure that "
              "they stand in, to a tenth of a point."),
        "p { text-align: justify }");
    size_t count = 0;
    while (rig_run(&pages->pages[0], count)) {
        count++;
    }
    assert_true(count > 2);
    for (size_t i = 0; i + 1 < count; i++) {
        assert_float_equal(rig_run_width(rig_run(&pages->pages[0], i)), 200, 0.1);
    }
    assert_true(rig_run_width(rig_run(&pages->pages[0], count - 1)) < 200);
}

// “Quotes” and full stops in the margin: the letters stand at the edges.
static void test_punctuation_hangs(void **state)
{
    struct fixture *fixture = *state;
    const char *text = "\u201CQuoted words and some more of them to fill a line, or two.\u201D";
    struct brv_pages *pages =
        rig_markdown(fixture, brv_str_from_cstr(text), "p { hanging-punctuation: first }");
    const struct brv_glyph_run *run = rig_run(&pages->pages[0], 0);
    assert_float_equal(run->x_pt + run->glyphs[0].x_advance_pt, 50, 0.01);

    pages = rig_markdown(
        fixture, brv_str_from_cstr(text), "p { text-align: right; hanging-punctuation: last }");
    size_t count = 0;
    while (rig_run(&pages->pages[0], count + 1)) {
        count++;
    }
    run = rig_run(&pages->pages[0], count);
    float mark = run->glyphs[run->glyph_count - 1].x_advance_pt;
    assert_float_equal(run->x_pt + rig_run_width(run), 250 + mark, 0.1);
}

static void test_a_stop_hangs_where_it_does_not_fit(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("Words, words"), "");
    float width = rig_run_width(rig_run(&pages->pages[0], 0));
    pages = rig_markdown(fixture, BRV_S("Words, words."), "");
    float stop = rig_run_width(rig_run(&pages->pages[0], 0)) - width;
    assert_true(stop > 1);
    brv_str css = brv_arena_printf(
        fixture->arena, "p { width: %.2fpt; hanging-punctuation: allow-end }", (double)width + 0.5);
    pages = rig_markdown(fixture, BRV_S("Words, words. Words, words."), css.ptr);
    assert_str(rig_text(fixture, pages, true), "Words, words. |Words, words.");
    css = brv_arena_printf(fixture->arena, "p { width: %.2fpt }", (double)width + 0.5);
    pages = rig_markdown(fixture, BRV_S("Words, words. Words, words."), css.ptr);
    assert_str(rig_text(fixture, pages, true), "Words, |words. |Words, |words.");
}

static void test_right_to_left(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("שלום עולם"), "");
    const struct brv_glyph_run *run = rig_run(&pages->pages[0], 0);
    assert_true(run->is_rtl);
    assert_float_equal(run->x_pt + rig_run_width(run), 250, 0.1);
    assert_true(run->glyphs[0].cluster > run->glyphs[run->glyph_count - 1].cluster);
    assert_str(run->text, "שלום עולם");
}

// A language from right to left has its paragraphs begin at the right, whatever their first letter;
// what has no letter of that kind keeps its order. Code begins at the left.
static void test_right_to_left_language(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = rig_article(fixture, BRV_S("APT אבג.\n\nOnly.\n\n```\ncode\n```\n"));
    brv_node_set(fixture->arena, root, BRV_ATTR_LANG, BRV_S("he"));
    struct brv_pages *pages = rig_layout(fixture, root, "");
    const struct brv_page *page = &pages->pages[0];
    const struct brv_glyph_run *name = rig_run(page, 0);
    assert_str(name->text, "APT");
    assert_float_equal(name->x_pt + rig_run_width(name), 250, 0.1);
    size_t i = 1;
    while (!brv_str_is(rig_run(page, i)->text, "Only."))
        i++;
    const struct brv_glyph_run *only = rig_run(page, i);
    assert_float_equal(only->x_pt + rig_run_width(only), 250, 0.1);
    assert_true(rig_run(page, i + 1)->x_pt < 100);
}

static void test_mixed_directions_read_in_order(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article =
        rig_article(fixture, BRV_S("אבג **abc** דהו 123 *xyz*, and אבג in English"));
    struct brv_pages *pages = rig_layout(fixture, article, "");
    rig_check(fixture, pages, article);
}

static void test_pre_keeps_its_spaces(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(fixture, BRV_S("```\nif  x:\n    go\n\nend\n```"), "");
    assert_str(rig_text(fixture, pages, true), "if  x:\n|    go\n|\n|end");
}

static void test_tabs_stop_at_eight_spaces(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *pre = brv_node_new(fixture->arena, BRV_KIND_PRE, brv_span_none());
    brv_node_append(article, pre);
    brv_node_append(pre, brv_node_new_text(fixture->arena, BRV_S("a\tb\nabc\tb"), brv_span_none()));
    struct brv_pages *pages =
        rig_layout(fixture, article, "pre { font-family: \"DejaVu Sans Mono\" }");
    assert_str(rig_text(fixture, pages, true), "a\tb\n|abc\tb");
    float x[2] = { 0 };
    for (size_t line = 0; line < 2; line++) {
        const struct brv_glyph_run *run = rig_run(&pages->pages[0], line);
        size_t tab = line == 0 ? 1 : 3;
        for (size_t i = 0; i <= tab; i++) {
            x[line] += run->glyphs[i].x_advance_pt;
        }
    }
    assert_float_equal(x[0], x[1], 0.01);
    assert_float_equal(x[0], 8 * 6.02f, 0.05);
}

static void test_missing_character_is_told_once(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture, BRV_S("x\U0010FFFC and y\U0010FFFC\n\nz\U000F1234"), "");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 2);
    brv_str message = sink_message(&fixture->sink, 0);
    assert_true(brv_str_find(message, 0, BRV_S("U+10FFFC")) < message.len);
    assert_non_null(fixture->sink.first->span.source);
    brv_str text = rig_text(fixture, pages, false);
    assert_true(brv_str_find(text, 0, BRV_S("\U0010FFFC")) < text.len);
}

static void test_raised_text_leaves_line_spacing(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = rig_article(fixture, BRV_S("one\n\ntwo\n\nthree"));
    struct brv_node *two = article->first->first->next;
    struct brv_node *sup = brv_node_new(fixture->arena, BRV_KIND_SUP, brv_span_none());
    brv_node_append(sup, brv_node_new_text(fixture->arena, BRV_S("2"), brv_span_none()));
    brv_node_append(two, sup);
    struct brv_pages *pages = rig_layout(fixture, article, "p { margin: 0 }");
    float first = rig_run(&pages->pages[0], 0)->baseline_pt;
    float second = rig_run(&pages->pages[0], 1)->baseline_pt;
    float raised = rig_run(&pages->pages[0], 2)->baseline_pt;
    float third = rig_run(&pages->pages[0], 3)->baseline_pt;
    assert_float_equal(second - first, 15, 0.01);
    assert_float_equal(third - second, 15, 0.01);
    assert_true(raised < second - 2);
}

static void test_link_has_an_area_on_each_line(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture,
        BRV_S("Some words and [a link whose text is long enough to need two whole lines at "
              "least](https://example.org/)."),
        "");
    size_t count = 0;
    for (const struct brv_link_area *area = pages->pages[0].links; area; area = area->next) {
        assert_str(area->url, "https://example.org/");
        assert_ptr_equal(area->tag, pages->pages[0].links->tag);
        assert_true(area->x_pt >= 50 && area->x_pt + area->width_pt <= 250.6f);
        assert_true(area->alt.len > 0);
        count++;
    }
    assert_true(count >= 2);
    assert_int_equal(rig_count_tags(pages, "Link"), 1);
}

static void test_inline_background(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages = rig_markdown(
        fixture, BRV_S("a `code` b"), "code { background-color: #eee; padding: 0 3pt }");
    const struct brv_item *item = pages->pages[0].first;
    while (item && item->kind != BRV_ITEM_BOX) {
        item = item->next;
    }
    assert_non_null(item);
    const struct brv_glyph_run *code = rig_run(&pages->pages[0], 1);
    assert_str(code->text, "code");
    assert_float_equal(item->box.x_pt, code->x_pt - 3, 0.01);
    assert_float_equal(item->box.width_pt, rig_run_width(code) + 6, 0.01);
}

static void test_small_capitals_keep_the_text(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pages *pages =
        rig_markdown(fixture,
                     BRV_S("Small Caps"),
                     "p { font-family: \"DejaVu Sans Mono\"; font-variant-caps: small-caps }");
    assert_str(rig_text(fixture, pages, false), "Small Caps");
    const struct brv_glyph_run *capital = rig_run(&pages->pages[0], 0);
    const struct brv_glyph_run *small = rig_run(&pages->pages[0], 1);
    assert_true(small->size_pt < capital->size_pt);
}

// A line that cannot be justified is no better for having no spaces: what fits stands on it.
static void test_narrow_lines_are_filled(void **state)
{
    static const char *const openings[][2] = {
        { "The key", " is HKLM and so on." },
        { "level 23", " with some words to wrap at the end of the line, if there is any left" },
        { "On 3", " or 4 days an intruder used a flaw in a document converter to copy it" },
    };
    struct fixture *fixture = *state;
    for (int width_pt = 60; width_pt <= 90; width_pt += 5) {
        brv_str css = brv_arena_printf(
            fixture->arena,
            "article { width: %dpt; font: 9.5pt serif; text-align: justify; hyphens: auto }",
            width_pt);
        for (size_t i = 0; i < BRV_COUNT(openings); i++) {
            brv_str text = brv_arena_printf(fixture->arena, "%s%s", openings[i][0], openings[i][1]);
            struct brv_pages *pages =
                rig_markdown(fixture, text, brv_arena_cstr(fixture->arena, css));
            brv_str lines = rig_text(fixture, pages, true);
            if (brv_str_find_byte(lines, 0, '|') < strlen(openings[i][0]))
                fail_msg("at %d points: \"%.*s\"", width_pt, BRV_STR_ARG(lines));
        }
    }
}

// However long a heading is, its lines are of like lengths, and no more than a paragraph would
// take.
static void test_lines_of_a_heading_are_alike(void **state)
{
    static const char css[] = "h1, p { font: 12pt serif; margin: 0 } article { hyphens: none }";
    struct fixture *fixture = *state;
    for (int words = 8; words < 60; words++) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        brv_buf_add_cstr(text, "# ");
        for (int i = 0; i < words; i++)
            brv_buf_add_cstr(text, i % 3 == 1 ? "ten " : i % 3 == 2 ? "of " : "five ");
        brv_str heading = brv_buf_str(text);
        brv_str plain = brv_str_slice(heading, 2, heading.len);
        brv_str lines = rig_text(fixture, rig_markdown(fixture, heading, css), true);
        brv_str usual = rig_text(fixture, rig_markdown(fixture, plain, css), true);
        size_t count = 0;
        size_t shortest = SIZE_MAX;
        size_t longest = 0;
        for (size_t at = 0, end; at < lines.len; at = end + 1, count++) {
            end = brv_str_find_byte(lines, at, '|');
            shortest = end - at < shortest ? end - at : shortest;
            longest = end - at > longest ? end - at : longest;
        }
        for (size_t at = 0; at < usual.len; at = brv_str_find_byte(usual, at, '|') + 1)
            count--;
        assert_int_equal(count, 0);
        assert_true(shortest + 12 > longest);
    }
}

// `count` words; every seventh is followed by `mark`.
static brv_str many_words(struct fixture *fixture, size_t count, const char *word, const char *mark)
{
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(text, "%s%s%zu", i % 7 == 6 ? mark : i > 0 ? " " : "", word, i * i % 9973);
    return brv_buf_str(text);
}

// A text that is taken in parts loses nothing where they meet, and its lines end where they would
// if it were shorter.
static void test_very_long_paragraph(void **state)
{
    static const char css[] = "p { text-align: justify; text-indent: 20pt; hyphens: none }";
    struct fixture *fixture = *state;
    brv_str text = many_words(fixture, 60000, "Wort", " *und* in\u00ADdi\u00ADca\u00ADtor ");
    struct brv_node *article = rig_article(fixture, text);
    struct brv_pages *pages = rig_layout(fixture, article, css);
    rig_check(fixture, pages, article);
    brv_str lines = rig_text(fixture, pages, true);
    brv_str start = brv_str_slice(text, 0, brv_str_find_byte(text, 100000, ' '));
    brv_str short_lines = rig_text(fixture, rig_markdown(fixture, start, css), true);
    const size_t same = 90000; // the last lines of the shorter one may be others
    assert_true(lines.len > 5 * same && short_lines.len > same);
    assert_true(brv_str_equal(brv_str_slice(lines, 0, same), brv_str_slice(short_lines, 0, same)));
}

static void test_very_long_paragraph_from_right_to_left(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = many_words(fixture, 30000, "\u05E2\u05D1\u05E8", " Latin ");
    struct brv_node *article = rig_article(fixture, text);
    rig_check(fixture, rig_layout(fixture, article, ""), article);
}

// Lines so long that a part holds a handful.
static void test_very_long_lines(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = many_words(fixture, 60000, "word", " ");
    struct brv_node *article = rig_article(fixture, text);
    struct brv_pages *pages =
        rig_layout(fixture, article, "@page { size: 14000pt 500pt } p { font-size: 1pt }");
    rig_check(fixture, pages, article);
    assert_true(pages->page_count <= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_white_space_collapses),
        TEST(test_words_keep_a_space_at_line_ends),
        TEST(test_long_word_breaks_without_hyphen),
        TEST(test_soft_hyphen_is_shown_only_where_a_line_ends),
        TEST(test_shared_punctuation_stays_in_the_face_before),
        TEST(test_emoji_sequences_stay_whole),
        TEST(test_alignment),
        TEST(test_justified_lines_fill_the_measure),
        TEST(test_punctuation_hangs),
        TEST(test_a_stop_hangs_where_it_does_not_fit),
        TEST(test_right_to_left),
        TEST(test_right_to_left_language),
        TEST(test_mixed_directions_read_in_order),
        TEST(test_pre_keeps_its_spaces),
        TEST(test_tabs_stop_at_eight_spaces),
        TEST(test_missing_character_is_told_once),
        TEST(test_raised_text_leaves_line_spacing),
        TEST(test_link_has_an_area_on_each_line),
        TEST(test_inline_background),
        TEST(test_small_capitals_keep_the_text),
        TEST(test_narrow_lines_are_filled),
        TEST(test_lines_of_a_heading_are_alike),
        TEST(test_very_long_paragraph),
        TEST(test_very_long_paragraph_from_right_to_left),
        TEST(test_very_long_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
