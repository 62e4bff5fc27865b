// Brevier — a report on the quality of pages: of the samples under each shipped sheet, and of 200
// generated documents.
// Everything is measured in the pages themselves: which lines a block has, where they stand, how
// wide their spaces are. The limits are those of a careful publisher.
// SPDX-License-Identifier: MIT
#include "prose.h"
#include "rig.h"

#include <hb.h>
#include <math.h>

// A sheet and the margins of its pages.
struct look {
    const char *name;
    float margin_pt;
    float foot_pt;  // 0: holes are not measured
    bool is_ragged; // neither justified nor hyphenated
};

#define MM 2.8346457f

static const struct look looks[] = {
    { "briefing", 27 * MM, 26.5f * MM, false },
    { "dark-cover", 27 * MM, 0, false },
    { "house", 27 * MM, 26.5f * MM, false },
    { "large-print", 18 * MM, 23 * MM, true },
    { "memo", 15 * MM, 0, false },
    { "plain", 20 * MM, 22 * MM, true },
};

// Tables and quotations stay whole, which leaves holes.
static const struct look own_look = { NULL, 27 * MM, 26.5f * MM, false };

static const char own_sheet[] =
    "@page { size: A4; margin: 27mm 27mm 26mm }\n"
    "article { font: 9.75pt/1.5 \"Noto Serif\"; text-align: justify; hyphens: auto;"
    "          orphans: 2; widows: 2 }\n"
    "p { margin: 0 0 7pt } ul, ol { padding-left: 15pt } td, th { hyphens: manual }\n"
    "h1, h2, h3 { text-align: start; hyphens: manual; break-after: avoid; margin: 12pt 0 4pt }\n"
    "table { font-size: 8pt; width: 100%; text-align: start } tr, table, blockquote { "
    "break-inside: avoid }\n"
    "pre, code { font-family: \"Noto Sans Mono\"; font-size: 8pt; hyphens: manual }\n"
    "pre { white-space: pre-wrap; text-align: start }\n";

enum { DOCUMENTS = 200, MOST_IN_A_ROW = 2 };
#define WIDE_SPACE 1.6
#define WIDE_SHARE 0.05

// ---- what is found

struct report {
    size_t pages, blocks, lines, justified, wide, hyphenated;
    size_t overfull, collisions, torn, stranded, rows_of_hyphens;
    double widest;
    double holes; // the squares of those at the foot of pages, in tenths of a page
};

// A line of a block.
struct set_line {
    const struct brv_tag *block;
    size_t page;
    float baseline_pt, right_pt, left_pt;
    double spaces, natural; // the width of its spaces, as set and as the fonts have them
    size_t space_count;
    bool is_hyphenated;
};

static const struct brv_tag *block_of(const struct brv_tag *tag)
{
    static const char *const blocks[] = { "P",  "H1", "H2",  "H3",   "LBody",
                                          "TD", "TH", "Lbl", "Code", "Caption" };
    for (; tag; tag = tag->parent) {
        for (size_t i = 0; i < BRV_COUNT(blocks); i++) {
            if (strcmp(tag->type, blocks[i]) == 0) {
                bool is_inline = strcmp(tag->type, "Code") == 0 && block_of(tag->parent);
                return is_inline ? block_of(tag->parent) : tag;
            }
        }
    }
    return NULL;
}

static void add_spaces(struct set_line *line, const struct brv_glyph_run *run)
{
    hb_codepoint_t space;
    if (!hb_font_get_nominal_glyph(run->face->font, ' ', &space)) {
        return;
    }
    double natural = hb_font_get_glyph_h_advance(run->face->font, space) * (double)run->size_pt /
                     (double)run->face->units_per_em;
    for (size_t i = 0; i < run->glyph_count; i++) {
        const struct brv_glyph *glyph = &run->glyphs[i];
        bool is_space = glyph->cluster < run->text.len && run->text.ptr[glyph->cluster] == ' ';
        if (is_space && glyph->x_advance_pt > 0) { // one at a line's end has no width
            line->spaces += glyph->x_advance_pt;
            line->natural += natural;
            line->space_count++;
        }
    }
}

static struct set_line *read_lines(struct fixture *fixture, const struct brv_pages *pages,
                                   size_t *count)
{
    struct set_line *lines = NULL;
    size_t n = 0;
    size_t capacity = 0;
    for (size_t page = 0; page < pages->page_count; page++) {
        for (const struct brv_item *item = pages->pages[page].first; item; item = item->next) {
            const struct brv_tag *block =
                item->kind == BRV_ITEM_GLYPHS && item->tag ? block_of(item->tag) : NULL;
            if (!block) {
                continue;
            }
            const struct brv_glyph_run *run = &item->glyphs;
            struct set_line *line = n > 0 ? &lines[n - 1] : NULL;
            if (!line || line->block != block || line->page != page ||
                fabsf(run->baseline_pt - line->baseline_pt) > 6) {
                line = &BRV_PUSH(fixture->arena, lines, n, capacity);
                *line = (struct set_line){ .block = block,
                                           .page = page,
                                           .baseline_pt = run->baseline_pt,
                                           .left_pt = run->x_pt };
            }
            float right = run->x_pt + rig_run_width(run);
            line->right_pt = right > line->right_pt ? right : line->right_pt;
            line->is_hyphenated = brv_str_is(run->text, "\u00AD");
            add_spaces(line, run);
        }
    }
    *count = n;
    return lines;
}

// A title may stand on a page of its own.
static bool is_heading_in_text(const struct brv_tag *tag)
{
    return tag->type[0] == 'H' && tag->type[1] >= '2' && tag->type[1] <= '6';
}

static bool is_text(const struct brv_tag *tag)
{
    bool is_code = tag->node && tag->node->kind == BRV_KIND_PRE;
    return !is_code && (strcmp(tag->type, "P") == 0 || strcmp(tag->type, "LBody") == 0);
}

// Whether a page or a column ends between two lines.
static bool is_parted(const struct set_line *above, const struct set_line *below)
{
    return above->page != below->page || below->baseline_pt < above->baseline_pt - 6;
}

// Ragged lines have their spaces as the fonts have them.
static bool is_justified(const struct set_line *lines, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        if (fabs(lines[i].spaces - lines[i].natural) > 0.02) {
            return true;
        }
    }
    return false;
}

static void judge_block(struct report *report, const struct set_line *lines, size_t count)
{
    size_t in_a_row = 0;
    size_t on_page = 0;
    bool justified = is_justified(lines, count);
    report->blocks++;
    for (size_t i = 0; i < count; i++) {
        const struct set_line *line = &lines[i];
        bool is_last = i + 1 == count;
        report->hyphenated += line->is_hyphenated;
        in_a_row = line->is_hyphenated ? in_a_row + 1 : 0;
        report->rows_of_hyphens += in_a_row == MOST_IN_A_ROW + 1;
        on_page++;
        if (!is_last && is_parted(line, &lines[i + 1])) {
            report->torn += on_page == 1 || i + 2 == count;
            on_page = 0;
        }
        if (!is_last && justified && line->space_count > 0) {
            double wide = line->spaces / line->natural;
            bool is_given_up = fabs(line->spaces - line->natural) < 0.02;
            report->justified++;
            report->wide += wide > WIDE_SPACE || is_given_up;
            report->widest = wide > report->widest ? wide : report->widest;
        }
    }
}

static void judge_holes(struct report *report, const struct brv_pages *pages, float foot)
{
    for (size_t i = 0; i + 1 < pages->page_count; i++) {
        const struct brv_page *page = &pages->pages[i];
        float lowest = foot;
        for (const struct brv_item *item = page->first; item; item = item->next) {
            if (item->kind == BRV_ITEM_GLYPHS && item->tag) {
                float bottom = item->glyphs.baseline_pt + 0.5f * item->glyphs.size_pt;
                lowest = bottom > lowest ? bottom : lowest;
            }
        }
        float height = page->height_pt - 2 * foot;
        double hole = 10 * (double)((page->height_pt - foot - lowest) / height);
        report->holes += hole > 0 ? hole * hole : 0;
    }
}

// Text over text: a cell or a column that runs into the next.
static size_t count_collisions(const struct brv_page *page)
{
    size_t count = 0;
    for (const struct brv_item *a = page->first; a; a = a->next) {
        if (a->kind != BRV_ITEM_GLYPHS || !a->tag) {
            continue;
        }
        const struct brv_glyph_run *left = &a->glyphs;
        float right = left->x_pt + rig_run_width(left) - 0.6f;
        for (const struct brv_item *b = a->next; b; b = b->next) {
            const struct brv_glyph_run *other = &b->glyphs;
            count += b->kind == BRV_ITEM_GLYPHS && b->tag && other->x_pt < right &&
                     fabsf(other->baseline_pt - left->baseline_pt) < left->size_pt / 2 &&
                     other->x_pt + rig_run_width(other) > left->x_pt + 0.6f;
        }
    }
    return count;
}

static void judge(struct fixture *fixture, struct report *report, const struct look *look,
                  const struct brv_pages *pages)
{
    size_t count;
    struct set_line *lines = read_lines(fixture, pages, &count);
    report->pages += pages->page_count;
    if (look->foot_pt > 0) {
        judge_holes(report, pages, look->foot_pt);
    }
    for (size_t i = 0; i < pages->page_count; i++) {
        report->collisions += count_collisions(&pages->pages[i]);
    }
    report->lines += count;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && lines[to].block == lines[from].block; to++) {
        }
        if (is_text(lines[from].block)) {
            judge_block(report, lines + from, to - from);
        }
        bool is_stranded = is_heading_in_text(lines[from].block) && to < count &&
                           is_parted(&lines[to - 1], &lines[to]);
        report->stranded += is_stranded;
    }
    for (size_t i = 0; i < count; i++) {
        float edge = pages->pages[lines[i].page].width_pt - look->margin_pt;
        if (lines[i].right_pt > edge + 0.6f || lines[i].left_pt < look->margin_pt - 0.6f) {
            report->overfull++;
        }
    }
}

static void expect_quality(const char *what, const struct look *look, const struct report *r,
                           double most_holes)
{
    double share = r->justified > 0 ? (double)r->wide / (double)r->justified : 0;
    print_message(
        "%s, %s: %zu pages, %zu blocks, %zu lines; %zu justified, %.1f %% of them with spaces "
        "over %.1f (widest %.2f); %zu hyphens; %zu overfull, %zu collisions, %zu torn, %zu "
        "headings "
        "stranded, %zu times more than %d hyphens in a row; holes %.1f\n",
        look->name ? look->name : "own sheet",
        what,
        r->pages,
        r->blocks,
        r->lines,
        r->justified,
        100 * share,
        WIDE_SPACE,
        r->widest,
        r->hyphenated,
        r->overfull,
        r->collisions,
        r->torn,
        r->stranded,
        r->rows_of_hyphens,
        MOST_IN_A_ROW,
        r->holes);
    assert_true(look->is_ragged ? r->justified == 0 : r->justified > 40); // else nothing was seen
    assert_true(!look->is_ragged || r->hyphenated == 0);
    assert_int_equal(r->overfull, 0);
    assert_int_equal(r->collisions, 0);
    assert_int_equal(r->torn, 0);
    assert_int_equal(r->stranded, 0);
    assert_int_equal(r->rows_of_hyphens, 0);
    assert_true(share <= WIDE_SHARE);
    assert_true(r->holes <= most_holes);
}

// ---- documents

static void add_document(struct report *report, const struct look *look, brv_str text)
{
    struct brv_arena *arena = brv_arena_new();
    struct fixture fixture = { arena, brv_sink_init(arena) };
    struct brv_node *article = rig_document(&fixture, text);
    struct brv_pages *pages =
        look->name
            ? rig_layout_sheet(
                  &fixture,
                  article,
                  brv_arena_printf(arena, "%s/stylesheets/%s.css", BRV_SOURCE_DIR, look->name))
            : rig_layout(&fixture, article, own_sheet);
    judge(&fixture, report, look, pages);
    brv_arena_free(arena);
}

static void judge_samples(struct fixture *fixture, const struct look *look)
{
    static const char *const samples[] = { "incident.md", "regulation.md",   "research.md",
                                           "phishing.md", "threat-actor.md", "vulnerability.md",
                                           "languages.md" };
    struct report report = { 0 };
    for (size_t i = 0; i < BRV_COUNT(samples); i++) {
        add_document(&report, look, rig_sample_source(fixture, samples[i]));
    }
    expect_quality("samples", look, &report, 15);
}

static void judge_generated(struct fixture *fixture, const struct look *look, double most_holes)
{
    struct report report = { 0 };
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        add_document(&report, look, prose_document(fixture, i));
    }
    expect_quality("generated", look, &report, most_holes);
}

static void test_samples(void **state)
{
    for (size_t i = 0; i < BRV_COUNT(looks); i++) {
        judge_samples(*state, &looks[i]);
    }
    judge_samples(*state, &own_look);
}

static void test_generated_documents(void **state)
{
    judge_generated(*state, &looks[0], 200);
    judge_generated(*state, &own_look, 2300);
}

// The hardest text for narrow columns: long words, few spaces.
static void test_german_in_two_columns(void **state)
{
    static const char *const words[] = {
        "Sicherheitsvorfälle",
        "Betriebsführung",
        "die",
        "der",
        "und",
        "Zugangsberechtigungen",
        "wurden",
        "nicht",
        "von den",
        "Zwischenergebnisse",
        "einer",
        "verantwortlich",
        "Schadsoftware",
        "Netzwerküberwachung",
        "in",
        "mit",
        "Wiederherstellung",
        "Unternehmensleitung",
        "Umgebung",
        "dass",
    };
    static const struct look columns = { .name = "memo" };
    struct fixture *fixture = *state;
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(out, "---\nlang: de\n---\n# Titel\n\n## Text\n");
    uint64_t seed = 9;
    for (size_t i = 0; i < 4000; i++) {
        brv_buf_add_cstr(out, i % 80 == 0 ? "\n\n" : " ");
        brv_buf_add_cstr(out, words[random_next(&seed) % BRV_COUNT(words)]);
    }
    struct report report = { 0 };
    add_document(&report, &columns, brv_buf_str(out));
    print_message("German: %zu justified, %zu wide, %zu hyphens, widest %f\n",
                  report.justified,
                  report.wide,
                  report.hyphenated,
                  report.widest);
    assert_true(report.justified > 500);
    assert_true((double)report.wide <= WIDE_SHARE * (double)report.justified);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_samples),
        TEST(test_generated_documents),
        TEST(test_german_in_two_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
