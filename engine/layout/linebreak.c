// Brevier — choosing where lines end.
//
// All lines of a paragraph are chosen together: of all ways to break it, the one with the smallest
// sum of costs, found by looking back from each break only as far as a line can reach, so the work
// is linear in the text (D. E. Knuth, M. F. Plass, 1981).
//
//      of all ways to here │      the line under test       │
//      ────────────────────┤the quick brown fox jumps over t├he lazy dog
//            start->cost   │      + cost of this line       │ = one offer for end->cost
//
// In a justified line the spaces between words stretch or shrink, and ideographs move apart. How
// much of what they can give a line takes is its ratio: 1 is half as wide again, -1 a fifth
// narrower. Its badness grows with the cube of that. In other lines the white space at the end
// counts, squared. A hyphen, two hyphens in a row, a hyphen before a short last line, a tight line
// below a loose one and a last line of a single short word cost extra. In a heading the last line
// counts as the others do, which makes them of like lengths, and never more of them.
//
// First only whole words are tried. Only when no way keeps every line within the tolerance are
// words hyphenated and long indicators parted at their marks, so most paragraphs never ask for
// patterns. Paragraphs with tabs are filled line by line instead, because a tab's width depends on
// where it stands.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"
#include "layout/replaced.h"

#include <float.h>
#include <math.h>

#define TOLERANCE_PT 0.01f

// No line has more places to end than this; characters without width must not make it quadratic.
enum { REACH = 1500 };

// Costs of lines that are not justified.
enum {
    COST_LINE = 1,    // each line: fewer lines when all else is equal
    COST_SLACK = 100, // times the square of the empty part
    COST_RUNT = 8,    // a last line below a seventh of the measure
    COST_HYPHEN = 12,
    COST_MARK = 6, // a break within an indicator
    COST_WEAK_MARK = 20,
    COST_EMERGENCY = 2000, // a break inside a word
    COST_TOO_MANY = 1000,  // hyphens in a row
    COST_OVERFULL = 1000000,
};
#define RAGGED_SLACK 0.25 // an empty part that is worth a hyphen
#define SHORT_LINE 0.6    // a justified line is hardly ever shorter, before it is stretched

// Costs of justified lines, on TeX's scale.
enum {
    LINE_PENALTY = 10,
    HYPHEN_PENALTY = 50,
    MARK_PENALTY = 30,
    WEAK_MARK_PENALTY = 60,
    EMERGENCY_PENALTY = 300,
    DEMERITS_HYPHENS = 10000,  // two hyphens in a row
    DEMERITS_LAST = 5000,      // a hyphen before the last line
    DEMERITS_REST = 20000,     // the same when that is a word or two
    DEMERITS_CONTRAST = 10000, // a tight line beside a loose one
    DEMERITS_RUNT = 10000,
    DEMERITS_TOO_MANY = 1000000000,
    BADNESS_MOST = 1000000,
};
#define DEMERITS_OVERFULL 1e16
#define SHORT_REST 0.25 // of the measure

// How a justified line looks, by its ratio.
enum fitness { TIGHT, DECENT, LOOSE, VERY_LOOSE };

// A place where a line may end: before piece `at`.
struct candidate {
    uint32_t at;
    uint8_t kind;       // enum brv_break_kind
    uint8_t fitness;    // of the line that ends here, on the best way
    uint8_t hyphens;    // lines in a row that end in one, on the best way
    float hyphen_pt;    // its width
    float hang_pt;      // of what may hang
    double start;       // where the next line's first piece begins, all pieces on one long line
    double end;         // where this line's last visible piece ends
    double start_space; // of what is before these places, the part that is space
    double end_space;   //
    double cost;        // of the best way to here
    uint32_t previous;
    float wide_pt; // of what is before them, the part that is ideographs
};

static bool is_emergency(uint8_t kind)
{
    return kind == BRV_BREAK_EMERGENCY || kind == BRV_BREAK_CUT;
}

static bool shows_hyphen(uint8_t kind)
{
    return kind == BRV_BREAK_HYPHEN || kind == BRV_BREAK_CUT;
}

// How the lines of one paragraph are weighed.
struct scale {
    float measure_pt, indent_pt;
    int hyphen_limit; // in a row; 0 none
    bool justifies;
    bool balances;  // the last line counts as the others do
    bool is_strict; // only lines within the tolerance
};

// ---- the places

static struct candidate *find_candidates(struct brv_layout *layout, const struct brv_paragraph *p,
                                         size_t *count)
{
    size_t n = 2; // the beginning and the end
    for (size_t i = 0; i < p->piece_count; i++) {
        n += p->pieces[i].break_after != BRV_BREAK_NEVER;
    }
    struct candidate *list = BRV_NEW_ARRAY(layout->scratch, struct candidate, n);
    list[0].kind = BRV_BREAK_MUST;
    n = 1;
    double x = 0;
    double space = 0;
    double wide = 0;
    double visible_end = 0;
    double visible_space = 0;
    const struct brv_style *hyphen_style = NULL;
    float hyphen = 0;
    const struct brv_piece *visible = NULL;
    bool may_hang = p->style->hanging_punctuation != BRV_HANGING_NONE;
    for (size_t i = 0; i < p->piece_count; i++) {
        const struct brv_piece *piece = &p->pieces[i];
        x += piece->width_pt;
        if (brv_piece_is_blank(piece)) {
            space += brv_piece_stretches(p, piece) ? piece->width_pt : 0;
        } else {
            visible = piece;
            visible_end = x;
            visible_space = space;
            wide += piece->is_wide ? piece->width_pt : 0;
        }
        bool is_end = i + 1 == p->piece_count;
        if (piece->break_after == BRV_BREAK_NEVER && !is_end) {
            continue;
        }
        const struct brv_style *style = p->inlines[piece->inline_index].style;
        uint8_t kind = is_end ? (uint8_t)BRV_BREAK_MUST : piece->break_after;
        if (shows_hyphen(kind) && style != hyphen_style) {
            hyphen = brv_text_width(layout, style, p->lang, BRV_S("\xE2\x80\x90"));
            hyphen_style = style;
        }
        list[n++] = (struct candidate){
            .at = (uint32_t)i + 1,
            .kind = kind,
            .start = x,
            .end = visible_end,
            .start_space = space,
            .end_space = visible_space,
            .hyphen_pt = shows_hyphen(kind) ? hyphen : 0,
            .hang_pt = may_hang && visible ? brv_hang_last(p, visible, is_end) : 0,
            .cost = DBL_MAX,
            .wide_pt = (float)wide,
        };
    }
    *count = n;
    return list;
}

// ---- what a line costs

// A line under test, from a place to a place.
struct trial {
    const struct candidate *start, *end;
    double measure, width;
    double space; // the part of the width that is space between words
    uint8_t fitness;
    uint8_t hyphens;
    bool is_overfull;
};

static double ragged_cost(const struct trial *line, bool balances)
{
    double measure = line->measure;
    double width = line->width < measure ? line->width : measure;
    double slack = measure > 0 ? (measure - width) / measure : 0;
    if (line->end->kind == BRV_BREAK_MUST && !balances) {
        return COST_LINE + (slack > 0.85 ? COST_RUNT : 0);
    }
    double cost = COST_LINE + COST_SLACK * slack * slack;
    cost += line->end->kind == BRV_BREAK_HYPHEN ? COST_HYPHEN * (double)line->hyphens : 0;
    cost += line->end->kind == BRV_BREAK_MARK ? COST_MARK : 0;
    cost += line->end->kind == BRV_BREAK_WEAK_MARK ? COST_WEAK_MARK : 0;
    return cost + (is_emergency(line->end->kind) ? COST_EMERGENCY : 0);
}

// How far a justified line is stretched or shrunk. What its spaces cannot give at their best, its
// letters give up to what the eye does not see. A line without spaces, and one with spaces so wide
// that it would fall apart, is not justified at all (line.c); then the hole at its end counts, and
// weighs as much as the widest spaces where it is worth a hyphen.
static double ratio_of(const struct trial *line)
{
    const double most = (double)(BRV_SPACE_LIMIT / BRV_SPACE_STRETCH);
    double slack = line->measure - line->width;
    if (slack < 0) {
        return line->space > 0 ? slack / (BRV_SPACE_SHRINK * line->space) : -2;
    }
    if (line->end->kind == BRV_BREAK_MUST) {
        return 0;
    }
    double wide = (double)(line->end->wide_pt - line->start->wide_pt);
    double stretch = BRV_SPACE_STRETCH * line->space + BRV_WIDE_STRETCH * wide;
    if (slack <= stretch) {
        return stretch > 0 ? slack / stretch : 0;
    }
    double hole = line->measure > 0 ? slack / line->measure : 0;
    double as_ragged = 1 + (most - 1) * hole / RAGGED_SLACK;
    if (stretch <= 0) {
        return as_ragged;
    }
    double letters = 2 * BRV_LETTER_STRETCH * (line->width - line->space - wide);
    double excess = slack - stretch - letters;
    double ratio = excess <= 0 ? 1 : 1 + excess / stretch;
    return ratio <= most ? ratio : fmax(most, as_ragged);
}

static double justified_cost(struct trial *line, double ratio)
{
    line->fitness = ratio < -0.5 ? TIGHT : ratio <= 0.5 ? DECENT : ratio <= 1 ? LOOSE : VERY_LOOSE;
    double badness = 100 * (ratio < 0 ? -ratio : ratio) * ratio * ratio;
    badness = badness < BADNESS_MOST ? badness : BADNESS_MOST;
    double cost = (LINE_PENALTY + badness) * (LINE_PENALTY + badness);
    uint8_t kind = line->end->kind;
    double penalty = kind == BRV_BREAK_HYPHEN      ? HYPHEN_PENALTY
                     : kind == BRV_BREAK_MARK      ? MARK_PENALTY
                     : kind == BRV_BREAK_WEAK_MARK ? WEAK_MARK_PENALTY
                     : is_emergency(kind)          ? EMERGENCY_PENALTY
                                                   : 0;
    cost += penalty * penalty;
    bool follows_hyphen = line->start->kind == BRV_BREAK_HYPHEN;
    cost += line->hyphens > 1 ? DEMERITS_HYPHENS : 0;
    if (kind == BRV_BREAK_MUST) {
        bool is_rest = line->width < SHORT_REST * line->measure;
        cost += !follows_hyphen ? 0 : is_rest ? DEMERITS_REST : DEMERITS_LAST;
        return cost + (line->width < 0.15 * line->measure ? DEMERITS_RUNT : 0);
    }
    int contrast = (int)line->fitness - (int)line->start->fitness;
    bool is_first = line->start->at == 0;
    return cost + (!is_first && (contrast > 1 || contrast < -1) ? DEMERITS_CONTRAST : 0);
}

// The cost of a line, DBL_MAX when it is out of the question.
static double line_cost(const struct scale *scale, struct trial *line)
{
    double width = line->width;
    double ratio = scale->justifies ? ratio_of(line) : 0;
    line->is_overfull = width > line->measure + TOLERANCE_PT && (!scale->justifies || ratio < -1);
    line->hyphens = 0;
    bool has_too_many = false;
    if (line->end->kind == BRV_BREAK_HYPHEN) {
        line->hyphens = (uint8_t)(line->start->hyphens + (line->start->hyphens < UINT8_MAX));
        has_too_many = scale->hyphen_limit > 0 && line->hyphens > scale->hyphen_limit;
    }
    if (!scale->justifies) {
        return ragged_cost(line, scale->balances) + (line->is_overfull ? COST_OVERFULL : 0) +
               (has_too_many ? COST_TOO_MANY : 0);
    }
    if (scale->is_strict && (line->is_overfull || ratio > 1)) {
        return DBL_MAX;
    }
    return justified_cost(line, line->is_overfull ? 0 : ratio) +
           (line->is_overfull ? DEMERITS_OVERFULL : 0) + (has_too_many ? DEMERITS_TOO_MANY : 0);
}

// ---- all lines together

// What of a line's width hangs: its last mark, when the line is too long or a last one.
static double hanging_width(const struct candidate *end, double width, double measure)
{
    return width > measure || end->kind == BRV_BREAK_MUST ? end->hang_pt : 0;
}

// Finds the best way to a place over lines that are at least `least_pt` wide, or end a paragraph.
static void weigh_place(const struct scale *scale, struct candidate *list, size_t k,
                        double least_pt)
{
    struct candidate *end = &list[k];
    for (size_t m = k; m-- > (k > REACH ? k - REACH : 0);) {
        const struct candidate *start = &list[m];
        struct trial line = {
            .start = start,
            .end = end,
            .measure = scale->measure_pt - (m == 0 ? scale->indent_pt : 0),
            .width = end->end - start->start + end->hyphen_pt,
            .space = end->end_space - start->start_space,
        };
        line.width -= hanging_width(end, line.width, line.measure);
        bool is_paragraph_end = m > 0 && start->kind == BRV_BREAK_MUST;
        bool is_known_bad = start->cost >= DBL_MAX || (line.width < least_pt && m > 0);
        if (is_known_bad && line.width <= line.measure && !is_paragraph_end) {
            continue;
        }
        double cost = line_cost(scale, &line);
        if (line.is_overfull && m + 1 < k) {
            break;
        }
        if (start->cost < DBL_MAX && cost < DBL_MAX && start->cost + cost < end->cost) {
            end->cost = start->cost + cost;
            end->previous = (uint32_t)m;
            end->fitness = line.fitness;
            end->hyphens = line.hyphens;
        }
        if (line.is_overfull || is_paragraph_end) {
            break;
        }
    }
}

static void weigh(const struct scale *scale, struct candidate *list, size_t count)
{
    for (size_t k = 1; k < count; k++) {
        // Most ways over short lines are not worth a look.
        bool is_free = list[k].kind == BRV_BREAK_MUST || !scale->justifies;
        weigh_place(scale, list, k, is_free ? 0 : SHORT_LINE * scale->measure_pt);
        if (list[k].cost >= DBL_MAX && !is_free && !scale->is_strict) {
            weigh_place(scale, list, k, 0);
        }
    }
}

static struct brv_line line_between(const struct scale *scale, const struct candidate *start,
                                    const struct candidate *end)
{
    double width = end->end - start->start + end->hyphen_pt;
    double measure = scale->measure_pt - (start->at == 0 ? scale->indent_pt : 0);
    return (struct brv_line){
        .from = start->at,
        .to = end->at,
        .width_pt = width > 0 ? (float)width : 0,
        .hang_pt = (float)hanging_width(end, width, measure),
        .is_last = end->kind == BRV_BREAK_MUST,
        .is_hyphenated = shows_hyphen(end->kind),
    };
}

// The best lines; NULL when the scale is strict and there are none.
static struct brv_line *break_together(struct brv_layout *layout, const struct brv_paragraph *p,
                                       const struct scale *scale, size_t *count)
{
    size_t candidate_count;
    struct candidate *list = find_candidates(layout, p, &candidate_count);
    weigh(scale, list, candidate_count);
    if (list[candidate_count - 1].cost >= DBL_MAX) {
        return NULL;
    }
    size_t lines = 0;
    for (size_t k = candidate_count - 1; k > 0; k = list[k].previous) {
        lines++;
    }
    struct brv_line *result = BRV_NEW_ARRAY(layout->scratch, struct brv_line, lines);
    *count = lines;
    for (size_t k = candidate_count - 1; k > 0; k = list[k].previous) {
        result[--lines] = line_between(scale, &list[list[k].previous], &list[k]);
    }
    return result;
}

// Whether lines that are not justified leave a hole that parting a word might fill.
static bool has_hole(const struct brv_line *lines, size_t count, const struct scale *scale)
{
    for (size_t i = 0; i < count; i++) {
        float measure = scale->measure_pt - (i == 0 ? scale->indent_pt : 0);
        if (!lines[i].is_last && measure - lines[i].width_pt > RAGGED_SLACK * measure) {
            return true;
        }
    }
    return false;
}

static struct brv_line *break_well(struct brv_layout *layout, struct brv_paragraph *p,
                                   float measure_pt, float indent_pt, size_t *count)
{
    struct scale scale = {
        .measure_pt = measure_pt,
        .indent_pt = indent_pt,
        .hyphen_limit = p->style->brv_hyphenate_limit_lines,
        .justifies = p->style->text_align == BRV_ALIGN_JUSTIFY,
        .balances = p->is_heading,
        .is_strict = true,
    };
    float narrowest = measure_pt - (indent_pt > 0 ? indent_pt : 0);
    if (!brv_paragraph_is_wider(p, narrowest)) {
        struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
        struct brv_line *lines = break_together(layout, p, &scale, count);
        if (lines && (scale.justifies || !has_hole(lines, *count, &scale))) {
            return lines;
        }
        if (lines && !brv_paragraph_part_words(layout, p, measure_pt)) {
            return lines;
        }
        if (!lines) {
            brv_arena_rewind(layout->scratch, mark);
            brv_paragraph_part_words(layout, p, measure_pt);
        }
    } else {
        brv_paragraph_part_words(layout, p, narrowest);
        brv_paragraph_part_wide(layout, p, narrowest);
    }
    scale.is_strict = false;
    return break_together(layout, p, &scale, count);
}

struct brv_line *brv_paragraph_break(struct brv_layout *layout, struct brv_paragraph *p,
                                     float measure_pt, float indent_pt, size_t *count)
{
    *count = 0;
    if (p->piece_count == 0) {
        return NULL;
    }
    float narrowest_pt = measure_pt - (indent_pt > 0 ? indent_pt : 0);
    brv_paragraph_fit(layout, p, narrowest_pt);
    for (size_t i = 0; i < p->piece_count; i++) {
        if (p->pieces[i].kind == BRV_PIECE_TAB) {
            brv_paragraph_part_wide(layout, p, narrowest_pt);
            return brv_paragraph_break_singly(layout, p, measure_pt, indent_pt, count);
        }
    }
    return break_well(layout, p, measure_pt, indent_pt, count);
}

void brv_paragraph_measure(const struct brv_paragraph *p, float *min_pt, float *max_pt)
{
    float part = 0;
    float line = 0;
    float pending = 0; // spaces that may turn out to hang
    *min_pt = 0;
    *max_pt = 0;
    for (size_t i = 0; i < p->piece_count; i++) {
        const struct brv_piece *piece = &p->pieces[i];
        if (brv_piece_is_blank(piece)) {
            pending += piece->width_pt;
        } else {
            part += brv_piece_min_width(piece);
            line += pending + piece->width_pt;
            pending = 0;
        }
        *min_pt = part > *min_pt ? part : *min_pt;
        *max_pt = line > *max_pt ? line : *max_pt;
        if (piece->break_after >= BRV_BREAK_HYPHEN) {
            part = 0;
        }
        if (piece->break_after == BRV_BREAK_MUST) {
            line = 0;
            pending = 0;
        }
    }
}
