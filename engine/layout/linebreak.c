// Brevier — choosing where lines end.
// All lines of a paragraph are chosen together: of all ways to break it, the one with the smallest
// sum of costs, found by looking back from each break only as far as a line can reach, so the work
// is linear in the text. A line costs its white space squared; a hyphen, a break inside a word and
// a last line of a single short word cost extra. Paragraphs with tabs are filled line by line
// instead, because a tab's width depends on where it stands.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"
#include "layout/replaced.h"

#include "base/utf8.h"

#include <float.h>

#define TOLERANCE_PT 0.01f

// No line has more places to end than this; characters without width must not make it quadratic.
enum { REACH = 1500 };

enum {
    COST_LINE = 1,    // each line: fewer lines when all else is equal
    COST_SLACK = 100, // times the square of the empty part
    COST_RUNT = 8,    // a last line below a seventh of the measure
    COST_HYPHEN = 12,
    COST_EMERGENCY = 2000, // a break inside a word
    COST_OVERFULL = 1000000,
};

// A place where a line may end: before piece `at`.
struct candidate {
    uint32_t at;
    uint8_t kind; // enum brv_break_kind
    float hyphen_pt;
    double start; // where the next line's first piece begins, all pieces on one long line
    double end;   // where this line's last visible piece ends
    double cost;  // of the best way to here
    size_t previous;
};

// ---- words that are wider than the line

static bool glyph_begins(const struct brv_piece *piece, uint32_t offset, uint32_t *index)
{
    for (; *index < piece->glyph_to; ++*index) {
        uint32_t cluster = piece->shaped->glyphs[*index].cluster;
        if (cluster >= offset) {
            return cluster == offset;
        }
    }
    return false;
}

static bool glyph_begins_rtl(const struct brv_piece *piece, uint32_t offset, uint32_t *index)
{
    for (; *index > piece->glyph_from; --*index) {
        uint32_t cluster = piece->shaped->glyphs[*index - 1].cluster;
        if (cluster >= offset) {
            return cluster == offset;
        }
    }
    return false;
}

// Appends `piece` cut at each grapheme that has glyphs of its own; at each character when asked.
static void push_graphemes(struct brv_layout *layout, struct brv_paragraph *p,
                           const struct brv_piece *piece, bool anywhere, struct brv_piece **out,
                           size_t *count, size_t *capacity)
{
    bool is_rtl = piece->level % 2 == 1;
    struct brv_piece rest = *piece;
    uint32_t index = is_rtl ? piece->glyph_to : piece->glyph_from;
    uint32_t previous = 0;
    unsigned pairs = 0;
    for (size_t at = piece->from; at < piece->to;) {
        size_t start = at;
        uint32_t codepoint = brv_utf8_next(p->text, &at);
        bool continues = brv_grapheme_continues(previous, codepoint, &pairs) && !anywhere;
        previous = codepoint;
        uint32_t offset = (uint32_t)start - piece->shaped_from;
        if (start == piece->from || continues ||
            !(is_rtl ? glyph_begins_rtl(piece, offset, &index)
                     : glyph_begins(piece, offset, &index))) {
            continue;
        }
        struct brv_piece cut = rest;
        cut.to = (uint32_t)start;
        cut.break_after = BRV_BREAK_EMERGENCY;
        if (is_rtl) {
            cut.glyph_from = index;
            rest.glyph_to = index;
        } else {
            cut.glyph_to = index;
            rest.glyph_from = index;
        }
        cut.trail_pt = 0;
        cut.width_pt = brv_piece_width(p, &cut);
        BRV_PUSH(layout->scratch, *out, *count, *capacity) = cut;
        rest.from = cut.to;
        rest.lead_pt = 0;
    }
    rest.width_pt = brv_piece_width(p, &rest);
    BRV_PUSH(layout->scratch, *out, *count, *capacity) = rest;
}

static bool has_wider(const struct brv_piece *pieces, size_t from, size_t to, float measure_pt)
{
    for (size_t i = from; i < to; i++) {
        if (pieces[i].width_pt > measure_pt && pieces[i].glyph_to - pieces[i].glyph_from > 1) {
            return true;
        }
    }
    return false;
}

// Gives every run of pieces that no break parts and that is wider than the measure breaks anywhere.
static void soften(struct brv_layout *layout, struct brv_paragraph *p, float measure_pt)
{
    struct brv_piece *out = NULL;
    size_t count = 0;
    size_t capacity = 0;
    size_t copied = 0;
    for (size_t from = 0, to; from < p->piece_count; from = to) {
        float width = 0;
        to = from;
        do {
            width += p->pieces[to].kind == BRV_PIECE_SPACE ? 0 : p->pieces[to].width_pt;
            to++;
        } while (to < p->piece_count && p->pieces[to - 1].break_after <= BRV_BREAK_EMERGENCY);
        if (width <= measure_pt) {
            continue;
        }
        for (; copied < from; copied++) {
            BRV_PUSH(layout->scratch, out, count, capacity) = p->pieces[copied];
        }
        for (; copied < to; copied++) {
            struct brv_piece *piece = &p->pieces[copied];
            if (p->inlines[piece->inline_index].style->overflow_wrap == BRV_WRAP_NORMAL) {
                BRV_PUSH(layout->scratch, out, count, capacity) = *piece; // it may stick out
                continue;
            }
            if (copied + 1 < to && piece->break_after == BRV_BREAK_NEVER) {
                piece->break_after = BRV_BREAK_EMERGENCY;
            }
            if (piece->kind == BRV_PIECE_WORD && piece->shaped && piece->shaped->count > 1) {
                size_t first = count;
                push_graphemes(layout, p, piece, false, &out, &count, &capacity);
                // Marks heaped on one letter can be wider than the line, too.
                if (has_wider(out, first, count, measure_pt)) {
                    count = first;
                    push_graphemes(layout, p, piece, true, &out, &count, &capacity);
                }
            } else {
                BRV_PUSH(layout->scratch, out, count, capacity) = *piece;
            }
        }
    }
    if (!out) {
        return;
    }
    for (; copied < p->piece_count; copied++) {
        BRV_PUSH(layout->scratch, out, count, capacity) = p->pieces[copied];
    }
    p->pieces = out;
    p->piece_count = count;
    p->piece_capacity = capacity;
}

// ---- all lines together

static bool hangs(const struct brv_piece *piece)
{
    return piece->kind == BRV_PIECE_SPACE || piece->kind == BRV_PIECE_NEWLINE;
}

static struct candidate *find_candidates(struct brv_layout *layout, const struct brv_paragraph *p,
                                         size_t *count)
{
    struct candidate *list = NULL;
    size_t n = 0;
    size_t capacity = 0;
    BRV_PUSH(layout->scratch, list, n, capacity) = (struct candidate){ .kind = BRV_BREAK_MUST };
    double x = 0;
    double visible_end = 0;
    for (size_t i = 0; i < p->piece_count; i++) {
        const struct brv_piece *piece = &p->pieces[i];
        x += piece->width_pt;
        visible_end = hangs(piece) ? visible_end : x;
        bool is_end = i + 1 == p->piece_count;
        if (piece->break_after == BRV_BREAK_NEVER && !is_end) {
            continue;
        }
        const struct brv_inline *stretch = &p->inlines[piece->inline_index];
        uint8_t kind = is_end ? (uint8_t)BRV_BREAK_MUST : piece->break_after;
        BRV_PUSH(layout->scratch, list, n, capacity) = (struct candidate){
            .at = (uint32_t)i + 1,
            .kind = kind,
            .start = x,
            .end = visible_end,
            .hyphen_pt =
                kind == BRV_BREAK_HYPHEN
                    ? brv_text_width(layout, stretch->style, p->lang, BRV_S("\xE2\x80\x90"))
                    : 0,
            .cost = DBL_MAX,
        };
    }
    *count = n;
    return list;
}

static double line_cost(const struct candidate *end, double width, double measure)
{
    double slack = measure > 0 ? (measure - width) / measure : 0;
    if (end->kind == BRV_BREAK_MUST) {
        return COST_LINE + (slack > 0.85 ? COST_RUNT : 0);
    }
    double cost = COST_LINE + COST_SLACK * slack * slack;
    cost += end->kind == BRV_BREAK_HYPHEN ? COST_HYPHEN : 0;
    return cost + (end->kind == BRV_BREAK_EMERGENCY ? COST_EMERGENCY : 0);
}

static void weigh(struct candidate *list, size_t count, float measure_pt, float indent_pt)
{
    for (size_t k = 1; k < count; k++) {
        struct candidate *end = &list[k];
        for (size_t m = k; m-- > (k > REACH ? k - REACH : 0);) {
            const struct candidate *start = &list[m];
            double measure = m == 0 ? measure_pt - indent_pt : measure_pt;
            double width = end->end - start->start + end->hyphen_pt;
            bool is_full = width > measure + TOLERANCE_PT;
            if (is_full && m + 1 < k) {
                break;
            }
            double cost = start->cost + line_cost(end, width < measure ? width : measure, measure) +
                          (is_full ? COST_OVERFULL : 0);
            if (cost < end->cost) {
                end->cost = cost;
                end->previous = m;
            }
            if (is_full || (m > 0 && start->kind == BRV_BREAK_MUST)) {
                break;
            }
        }
    }
}

static struct brv_line line_between(const struct candidate *start, const struct candidate *end)
{
    double width = end->end - start->start + end->hyphen_pt;
    return (struct brv_line){
        .from = start->at,
        .to = end->at,
        .width_pt = width > 0 ? (float)width : 0,
        .is_last = end->kind == BRV_BREAK_MUST,
        .is_hyphenated = end->kind == BRV_BREAK_HYPHEN,
    };
}

static struct brv_line *break_together(struct brv_layout *layout, const struct brv_paragraph *p,
                                       float measure_pt, float indent_pt, size_t *count)
{
    size_t candidate_count;
    struct candidate *list = find_candidates(layout, p, &candidate_count);
    weigh(list, candidate_count, measure_pt, indent_pt);
    size_t lines = 0;
    for (size_t k = candidate_count - 1; k > 0; k = list[k].previous) {
        lines++;
    }
    struct brv_line *result = BRV_NEW_ARRAY(layout->scratch, struct brv_line, lines);
    *count = lines;
    for (size_t k = candidate_count - 1; k > 0; k = list[k].previous) {
        result[--lines] = line_between(&list[list[k].previous], &list[k]);
    }
    return result;
}

// ---- line by line

static void set_tab(struct brv_layout *layout, const struct brv_paragraph *p,
                    struct brv_piece *piece, float x_pt)
{
    const struct brv_inline *stretch = &p->inlines[piece->inline_index];
    float stop = 8 * brv_text_width(layout, stretch->style, p->lang, BRV_S(" "));
    if (stop > 0) {
        float stops = (float)(int)(x_pt / stop + 1.001f);
        piece->width_pt = stops * stop - x_pt;
    }
}

static struct brv_line *break_singly(struct brv_layout *layout, struct brv_paragraph *p,
                                     float measure_pt, float indent_pt, size_t *count)
{
    struct brv_line *lines = NULL;
    size_t n = 0;
    size_t capacity = 0;
    for (size_t from = 0; from < p->piece_count;) {
        float limit = measure_pt - (n == 0 ? indent_pt : 0) + TOLERANCE_PT;
        float x = 0;
        size_t best = 0;
        enum brv_break_kind best_kind = BRV_BREAK_NEVER;
        size_t i = from;
        for (; i < p->piece_count; i++) {
            struct brv_piece *piece = &p->pieces[i];
            if (piece->kind == BRV_PIECE_TAB) {
                set_tab(layout, p, piece, x);
            }
            if (i > from && !hangs(piece) && x + piece->width_pt > limit) {
                break;
            }
            x += piece->width_pt;
            enum brv_break_kind kind = (enum brv_break_kind)piece->break_after;
            if (kind == BRV_BREAK_ALLOWED || kind == BRV_BREAK_MUST ||
                (kind == BRV_BREAK_EMERGENCY && best_kind <= BRV_BREAK_EMERGENCY)) {
                best = i + 1;
                best_kind = kind;
            }
            if (kind == BRV_BREAK_MUST) {
                i++;
                break;
            }
        }
        bool is_last = i == p->piece_count || best_kind == BRV_BREAK_MUST;
        size_t to = is_last || best_kind == BRV_BREAK_NEVER ? i : best;
        float width = 0;
        float visible = 0;
        for (size_t k = from; k < to; k++) {
            width += p->pieces[k].width_pt;
            visible = hangs(&p->pieces[k]) ? visible : width;
        }
        BRV_PUSH(layout->scratch, lines, n, capacity) = (struct brv_line){
            .from = (uint32_t)from, .to = (uint32_t)to, .width_pt = visible, .is_last = is_last
        };
        from = to;
    }
    *count = n;
    return lines;
}

struct brv_line *brv_paragraph_break(struct brv_layout *layout, struct brv_paragraph *p,
                                     float measure_pt, float indent_pt, size_t *count)
{
    *count = 0;
    if (p->piece_count == 0) {
        return NULL;
    }
    brv_paragraph_fit(layout, p, measure_pt - (indent_pt > 0 ? indent_pt : 0));
    soften(layout, p, measure_pt - (indent_pt > 0 ? indent_pt : 0));
    bool has_tab = false;
    for (size_t i = 0; i < p->piece_count; i++) {
        has_tab |= p->pieces[i].kind == BRV_PIECE_TAB;
    }
    return has_tab ? break_singly(layout, p, measure_pt, indent_pt, count)
                   : break_together(layout, p, measure_pt, indent_pt, count);
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
        if (hangs(piece)) {
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
