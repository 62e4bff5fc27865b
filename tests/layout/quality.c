// Brevier — a report on the quality of pages, over the samples and over 200 generated documents.
// Everything is measured in the pages themselves: which lines a block has, where they stand, how
// wide their spaces are. The limits are those of a careful publisher.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <hb.h>

static const char sheet[] =
    "@page { size: A4; margin: 27mm 27mm 26mm }\n"
    "article { font: 9.75pt/1.5 \"Noto Serif\"; text-align: justify; hyphens: auto;"
    "          orphans: 2; widows: 2 }\n"
    "p { margin: 0 0 7pt } ul, ol { padding-left: 15pt } td, th { hyphens: manual }\n"
    "h1, h2, h3 { text-align: start; hyphens: manual; break-after: avoid; margin: 12pt 0 4pt }\n"
    "table { font-size: 8pt; width: 100%; text-align: start } tr, table, blockquote { "
    "break-inside: avoid }\n"
    "pre, code { font-family: \"Noto Sans Mono\"; font-size: 8pt; hyphens: manual }\n"
    "pre { white-space: pre-wrap; text-align: start }\n";

#define MARGIN_PT 76.5f
#define FOOT_PT 75.0f
enum { DOCUMENTS = 200, MOST_IN_A_ROW = 2 };
#define WIDE_SPACE 1.6
#define WIDE_SHARE 0.05

// ---- what is found

struct report {
    size_t pages, blocks, lines, justified, wide, hyphenated;
    size_t overfull, torn, stranded, rows_of_hyphens;
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
                run->baseline_pt > line->baseline_pt + 6) {
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

static bool is_heading(const struct brv_tag *tag)
{
    return tag->type[0] == 'H' && tag->type[1] >= '1' && tag->type[1] <= '6';
}

static bool is_text(const struct brv_tag *tag)
{
    bool is_code = tag->node && tag->node->kind == BRV_KIND_PRE;
    return !is_code && (strcmp(tag->type, "P") == 0 || strcmp(tag->type, "LBody") == 0);
}

static void judge_block(struct report *report, const struct set_line *lines, size_t count)
{
    size_t in_a_row = 0;
    size_t on_page = 0;
    float right = 0;
    for (size_t i = 0; i < count; i++) {
        right = lines[i].right_pt > right ? lines[i].right_pt : right;
    }
    report->blocks++;
    for (size_t i = 0; i < count; i++) {
        const struct set_line *line = &lines[i];
        bool is_last = i + 1 == count;
        report->hyphenated += line->is_hyphenated;
        in_a_row = line->is_hyphenated ? in_a_row + 1 : 0;
        report->rows_of_hyphens += in_a_row == MOST_IN_A_ROW + 1;
        on_page++;
        if (!is_last && lines[i + 1].page != line->page) {
            report->torn += on_page == 1 || i + 2 == count;
            on_page = 0;
        }
        if (!is_last && line->space_count > 0) {
            double wide = line->spaces / line->natural;
            bool is_short = line->right_pt < right - 1; // given up
            report->justified++;
            report->wide += wide > WIDE_SPACE || is_short;
            report->widest = wide > report->widest ? wide : report->widest;
        }
    }
}

static void judge_holes(struct report *report, const struct brv_pages *pages)
{
    for (size_t i = 0; i + 1 < pages->page_count; i++) {
        const struct brv_page *page = &pages->pages[i];
        float top = FOOT_PT;
        float lowest = top;
        for (const struct brv_item *item = page->first; item; item = item->next) {
            if (item->kind == BRV_ITEM_GLYPHS && item->tag) {
                float bottom = item->glyphs.baseline_pt + 0.5f * item->glyphs.size_pt;
                lowest = bottom > lowest ? bottom : lowest;
            }
        }
        float height = page->height_pt - 2 * FOOT_PT;
        double hole = 10 * (double)((page->height_pt - FOOT_PT - lowest) / height);
        report->holes += hole > 0 ? hole * hole : 0;
    }
}

static void judge(struct fixture *fixture, struct report *report, const struct brv_pages *pages)
{
    size_t count;
    struct set_line *lines = read_lines(fixture, pages, &count);
    report->pages += pages->page_count;
    judge_holes(report, pages);
    report->lines += count;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && lines[to].block == lines[from].block; to++) {
        }
        if (is_text(lines[from].block)) {
            judge_block(report, lines + from, to - from);
        }
        bool ends_page = to < count && lines[to].page != lines[to - 1].page;
        report->stranded += is_heading(lines[from].block) && ends_page;
    }
    for (size_t i = 0; i < count; i++) {
        float edge = pages->pages[lines[i].page].width_pt - MARGIN_PT;
        if (lines[i].right_pt > edge + 0.6f || lines[i].left_pt < MARGIN_PT - 0.6f) {
            report->overfull++;
        }
    }
}

static void expect_quality(const char *what, const struct report *r, double most_holes)
{
    double share = r->justified > 0 ? (double)r->wide / (double)r->justified : 0;
    print_message(
        "%s: %zu pages, %zu blocks, %zu lines; %zu justified, %.1f %% of them with spaces "
        "over %.1f (widest %.2f); %zu hyphens; %zu overfull, %zu torn, %zu headings "
        "stranded, %zu times more than %d hyphens in a row; holes %.1f\n",
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
        r->torn,
        r->stranded,
        r->rows_of_hyphens,
        MOST_IN_A_ROW,
        r->holes);
    assert_true(r->justified > 40); // else nothing was measured
    assert_true(r->hyphenated > 0);
    assert_int_equal(r->overfull, 0);
    assert_int_equal(r->torn, 0);
    assert_int_equal(r->stranded, 0);
    assert_int_equal(r->rows_of_hyphens, 0);
    assert_true(share <= WIDE_SHARE);
    assert_true(r->holes <= most_holes);
}

// ---- documents

static void add_document(struct report *report, brv_str markdown)
{
    struct brv_arena *arena = brv_arena_new();
    struct fixture fixture = { arena, brv_sink_init(arena) };
    struct brv_node *article = rig_article(&fixture, markdown);
    assert_int_equal(brv_node_set_attr(arena, article, BRV_S("lang"), BRV_S("en")), true);
    struct brv_pages *pages = rig_layout(&fixture, article, sheet);
    judge(&fixture, report, pages);
    brv_arena_free(arena);
}

static const char *const samples[] = {
    "incident.md", "regulation.md", "research.md", "threat-actor.md", "vulnerability.md"
};

static void test_samples(void **state)
{
    struct fixture *fixture = *state;
    struct report report = { 0 };
    for (size_t i = 0; i < BRV_COUNT(samples); i++) {
        add_document(&report, rig_sample(fixture, samples[i]));
    }
    expect_quality("samples", &report, 1);
}

struct dice {
    uint32_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state = dice->state * 1664525u + 1013904223u;
    return (dice->state >> 8) % sides;
}

// In running text most words are short.
static const char short_words[] =
    "the a of and to in for with on by from as at is was are were its their that which not but or "
    "after before within";
static const char long_words[] =
    "file mail site user host port data week month team role plan step test list call year group "
    "phone office south paper point analyst attackers campaign certificate communication "
    "compromised "
    "connection controller credentials customers delivery deployment detection encrypted "
    "environment "
    "evidence exfiltration infrastructure intelligence investigation malicious management "
    "monitoring "
    "network notification operators organisation outage password persistence process production "
    "provider published quickly ransomware recovery registered remained report researchers "
    "responsibility scheduled sensitive server several severity signature supplier system "
    "temporary "
    "transmission unauthorised update vulnerability weeks workstation “rotated” (unconfirmed) "
    "two-factor 1,180 CVE-2026-1187 2026-03-14 46";

static brv_str pick_word(struct dice *dice, const char *list)
{
    brv_str words = brv_str_from_cstr(list);
    size_t from = roll(dice, (uint32_t)words.len);
    while (from > 0 && words.ptr[from - 1] != ' ') {
        from--;
    }
    return brv_str_slice(words, from, brv_str_find_byte(words, from, ' '));
}

static const char *const indicators[] = {
    "`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`",
    "`https://cdn.example.org/share/7f3a9c/update_2026-07.bin?session=0d41f7a2b9`",
    "`HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater`",
    "`C:\\Users\\Public\\Libraries\\Transport\\client-helper.exe`",
    "`2001:db8:85a3:8d3:1319:8a2e:370:7348`",
    "`198.51.100.73`",
};

static void add_sentence(struct dice *dice, struct brv_buf *out)
{
    uint32_t count = 5 + roll(dice, 22);
    for (uint32_t i = 0; i < count; i++) {
        brv_buf_add_cstr(out, i > 0 ? " " : "");
        if (roll(dice, 200) == 0) {
            brv_buf_add_cstr(out, indicators[roll(dice, BRV_COUNT(indicators))]);
        } else {
            brv_buf_add_str(out, pick_word(dice, roll(dice, 5) < 3 ? short_words : long_words));
            brv_buf_add_cstr(out, i + 1 < count && roll(dice, 14) == 0 ? "," : "");
        }
    }
    brv_buf_add_cstr(out, ". ");
}

static void add_sentences(struct dice *dice, struct brv_buf *out, uint32_t most)
{
    for (uint32_t i = 1 + roll(dice, most); i > 0; i--) {
        add_sentence(dice, out);
    }
}

static void add_block(struct dice *dice, struct brv_buf *out)
{
    switch (roll(dice, 8)) {
    case 0:
        brv_buf_add_cstr(out, roll(dice, 2) ? "## " : "### ");
        brv_buf_add_str(out, pick_word(dice, long_words));
        brv_buf_add_cstr(out, "\n\n");
        add_sentences(dice, out, 5);
        break;
    case 1:
        for (uint32_t i = 2 + roll(dice, 6); i > 0; i--) {
            brv_buf_add_cstr(out, "- ");
            add_sentences(dice, out, 2);
            brv_buf_add_cstr(out, "\n");
        }
        break;
    case 2:
        brv_buf_add_cstr(out, "| Type | Value | Note |\n|---|---|---|\n");
        for (uint32_t i = 2 + roll(dice, 12); i > 0; i--) {
            brv_buf_add_cstr(out, "| ");
            brv_buf_add_str(out, pick_word(dice, long_words));
            brv_buf_add_cstr(out, " | ");
            brv_buf_add_cstr(out, indicators[roll(dice, BRV_COUNT(indicators))]);
            brv_buf_add_cstr(out, " | ");
            add_sentence(dice, out);
            brv_buf_add_cstr(out, "|\n");
        }
        break;
    case 3:
        brv_buf_add_cstr(out, "> ");
        add_sentences(dice, out, 3);
        break;
    default:
        add_sentences(dice, out, 7);
        break;
    }
    brv_buf_add_cstr(out, "\n\n");
}

static void test_generated_documents(void **state)
{
    struct fixture *fixture = *state;
    struct report report = { 0 };
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        struct dice dice = { .state = i * 2654435761u + 1 };
        struct brv_buf *out = brv_buf_new_in(fixture->arena);
        for (uint32_t blocks = 5 + roll(&dice, 20); blocks > 0; blocks--) {
            add_block(&dice, out);
        }
        add_document(&report, brv_buf_str(out));
    }
    expect_quality("generated", &report, 2100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_samples),
        TEST(test_generated_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
