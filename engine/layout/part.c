// Brevier — parting what stands between two spaces.
// Lines are chosen from whole words first. Where that gives no good paragraph, words are cut where
// their language hyphenates them (hyphenate.c), long phrases of Thai between syllables (thai.c),
// and long indicators (addresses, paths, keys) at the marks that they are made of, with no hyphen.
// What is wider than a line even so is cut anywhere (part_wide.c).
// SPDX-License-Identifier: MIT
#include "layout/cut.h"

#include "base/utf8.h"

#include <math.h>

enum {
    INDICATOR_BYTES = 20, // shorter ones stay whole as long as they fit a line
    HASH_BYTES = 32,
    INDICATOR_END = 3, // characters that stay together at either end
};

#define LONG_ADDRESS 0.5 // of the measure

// ---- cutting

void brv_cutter_put(struct brv_cutter *c, const struct brv_piece *piece)
{
    BRV_PUSH(c->layout->scratch, c->out, c->count, c->capacity) = *piece;
}

void brv_cutter_begin(struct brv_cutter *c, const struct brv_piece *piece)
{
    c->rest = *piece;
    c->glyph = piece->level % 2 == 1 ? piece->glyph_to : piece->glyph_from;
}

void brv_cutter_end(struct brv_cutter *c)
{
    c->rest.width_pt = brv_piece_width(c->paragraph, &c->rest);
    brv_cutter_put(c, &c->rest);
}

// Moves to the glyph that begins at an offset of the shaped text; false when none does.
static bool seek_glyph(struct brv_cutter *c, uint32_t offset)
{
    const struct brv_piece *piece = &c->rest;
    const struct brv_shaped_glyph *glyphs = piece->shaped->glyphs;
    if (piece->level % 2 == 1) {
        while (c->glyph > piece->glyph_from && glyphs[c->glyph - 1].cluster < offset) {
            c->glyph--;
        }
        return c->glyph > piece->glyph_from && glyphs[c->glyph - 1].cluster == offset;
    }
    while (c->glyph < piece->glyph_to && glyphs[c->glyph].cluster < offset) {
        c->glyph++;
    }
    return c->glyph < piece->glyph_to && glyphs[c->glyph].cluster == offset;
}

bool brv_cutter_cut(struct brv_cutter *c, uint32_t at, enum brv_break_kind kind)
{
    if (at <= c->rest.from || at >= c->rest.to || !seek_glyph(c, at - c->rest.shaped_from)) {
        return false;
    }
    struct brv_piece cut = c->rest;
    cut.to = at;
    cut.break_after = (uint8_t)kind;
    if (cut.level % 2 == 1) {
        cut.glyph_from = c->glyph;
        c->rest.glyph_to = c->glyph;
    } else {
        cut.glyph_to = c->glyph;
        c->rest.glyph_from = c->glyph;
    }
    cut.trail_pt = 0;
    cut.width_pt = brv_piece_width(c->paragraph, &cut);
    brv_cutter_put(c, &cut);
    c->rest.from = at;
    c->rest.lead_pt = 0;
    return true;
}

// Makes the pieces cut so far, and those from `copied` on, those of the paragraph.
void brv_cutter_take(struct brv_cutter *c, struct brv_paragraph *p, size_t copied)
{
    for (; copied < p->piece_count; copied++) {
        brv_cutter_put(c, &p->pieces[copied]);
    }
    p->pieces = c->out;
    p->piece_count = c->count;
    p->piece_capacity = c->capacity;
}

// ---- marks within indicators

// A line may end after some marks, before others: a full stop at its end would look like that of a
// sentence, a hyphen like ours.
static bool parts_after(uint32_t c)
{
    return c == '/' || c == '\\' || c == '_' || c == ':' || c == '=' || c == '&' || c == ',' ||
           c == ';' || c == '|';
}

static bool parts_before(uint32_t c)
{
    return c == '.' || c == '?' || c == '#' || c == '%' || c == '@' || c == '~' || c == '+' ||
           c == '-' || c == '[';
}

// Two marks stay together; "[.]" is one.
bool brv_is_mark_place(uint32_t before, uint32_t after)
{
    bool is_run = (parts_after(before) || parts_before(before)) &&
                  (parts_after(after) || parts_before(after) || after == ']');
    return !is_run && (parts_after(before) || parts_before(after));
}

// An address is read by its slashes: "-07.pdf" at the head of a line tells nothing, nor does
// "https://" at the end of one.
enum brv_break_kind brv_kind_of_mark(brv_str text, size_t at)
{
    char before = text.ptr[at - 1];
    char after = text.ptr[at];
    bool is_scheme = before == '/' && at > 1 && text.ptr[at - 2] == '/';
    bool is_weak = !parts_after((uint8_t)before) || before == '_' || before == ',' || is_scheme;
    return is_weak && after != '?' && after != '#' ? BRV_BREAK_WEAK_MARK : BRV_BREAK_MARK;
}

// ---- tokens

// Where a line may end after a dash, what follows is a word of its own; after a hyphen only if what
// it joins is wider than a line.
static bool ends_with_dash(const struct brv_paragraph *p, const struct brv_piece *piece,
                           double width_pt, double measure_pt)
{
    size_t end = piece->to;
    uint32_t last = end > piece->from ? brv_utf8_previous(p->text, &end) : 0;
    return piece->break_after == BRV_BREAK_ALLOWED &&
           (last == 0x2013 || last == 0x2014 || (last == '-' && width_pt > measure_pt));
}

static bool is_em_dash(brv_str text, const struct brv_piece *piece)
{
    return piece->to - piece->from == 3 && memcmp(text.ptr + piece->from, "\xE2\x80\x94", 3) == 0;
}

static bool is_token_part(const struct brv_paragraph *p, const struct brv_piece *piece)
{
    return piece->kind == BRV_PIECE_WORD && piece->shaped && !piece->is_wide &&
           !is_em_dash(p->text, piece) && p->inlines[piece->inline_index].meaning.shift_pt <= 0;
}

static bool has_mark_place(brv_str text)
{
    uint32_t previous = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t codepoint = brv_utf8_next(text, &at);
        if (previous != 0 && brv_is_mark_place(previous, codepoint)) {
            return true;
        }
        previous = codepoint;
    }
    return false;
}

// Lets an indicator part at its marks; a long one that has none, a hash, anywhere. One that fits a
// line parts between the names of a path only.
static bool cut_indicator(struct brv_cutter *c, const struct brv_token *token, bool fits)
{
    const struct brv_paragraph *p = c->paragraph;
    brv_str text = brv_str_slice(p->text, token->text_from, token->text_to);
    bool is_hash = text.len >= HASH_BYTES && !has_mark_place(text);
    bool any = false;
    uint32_t previous = 0;
    for (size_t i = token->from; i < token->to; i++) {
        const struct brv_piece *piece = &p->pieces[i];
        const bool wraps = brv_style_wraps(p->inlines[piece->inline_index].style);
        brv_cutter_begin(c, piece);
        for (size_t at = piece->from; at < piece->to;) {
            uint32_t start = (uint32_t)at;
            uint32_t codepoint = brv_utf8_next(p->text, &at);
            bool is_inside = start >= token->text_from + INDICATOR_END &&
                             start + INDICATOR_END <= token->text_to;
            bool is_name_end = previous == '/' || previous == '\\';
            bool may = wraps && is_inside && (!fits || is_name_end);
            if (may && brv_is_mark_place(previous, codepoint)) {
                any |= brv_cutter_cut(c, start, brv_kind_of_mark(p->text, start));
            } else if (may && is_hash && codepoint < 0x80) {
                any |= brv_cutter_cut(c, start, BRV_BREAK_EMERGENCY);
            }
            previous = codepoint;
        }
        brv_cutter_end(c);
    }
    return any;
}

// Whether a line may end within what stands at x … x + width when all text is on one long line,
// given how far lines may fall short of their measure or exceed it.
static bool is_near_line_end(double x, double width, const struct brv_paragraph *p, double measure)
{
    bool justifies = p->style->text_align == BRV_ALIGN_JUSTIFY;
    double shortest = (justifies ? 0.8 : 0.5) * measure;
    double longest = (justifies ? 1.05 : 1.0) * measure;
    double lines = floor(x / longest) + 1; // the first line end beyond x, at the latest
    return x + width >= lines * shortest;
}

bool brv_paragraph_part_words(struct brv_layout *layout, struct brv_paragraph *p, float measure_pt)
{
    struct brv_cutter c = {
        .layout = layout,
        .paragraph = p,
        .measure_pt = measure_pt,
        .capacity = p->piece_count + p->piece_count / 4 + 16,
    };
    c.out = BRV_NEW_ARRAY(layout->scratch, struct brv_piece, c.capacity);
    bool any = false;
    double x = 0;
    struct brv_token token;
    for (size_t from = 0; from < p->piece_count; from = token.to) {
        double width = 0;
        token.from = from;
        token.to = from;
        while (token.to < p->piece_count && is_token_part(p, &p->pieces[token.to])) {
            const struct brv_piece *piece = &p->pieces[token.to++];
            width += piece->width_pt;
            if (ends_with_dash(p, piece, width, measure_pt)) {
                break;
            }
        }
        if (token.to == from) {
            brv_cutter_put(&c, &p->pieces[from]);
            x = p->pieces[from].break_after == BRV_BREAK_MUST ? 0 : x + p->pieces[from].width_pt;
            token.to = from + 1;
            continue;
        }
        token.text_from = p->pieces[from].from;
        token.text_to = p->pieces[token.to - 1].to;
        size_t count = c.count;
        bool is_cut = false;
        bool has_room = measure_pt >= BRV_NARROW_EM * p->style->font_size;
        if (has_room && is_near_line_end(x, width, p, measure_pt)) {
            bool is_word;
            is_cut = brv_cutter_hyphenate(&c, &token, &is_word);
            // What fits a line stays whole, to be read and to be copied; but a long address may
            // part by its sense. In text from right to left its parts would stand at opposite ends.
            bool fits = width <= (double)measure_pt;
            bool is_whole = fits && (p->is_rtl || width < LONG_ADDRESS * (double)measure_pt);
            if (!is_word) {
                c.count = count;
                is_cut = brv_cutter_part_thai(&c, &token);
            }
            if (!is_word && !is_cut && !is_whole &&
                token.text_to - token.text_from >= INDICATOR_BYTES) {
                c.count = count;
                is_cut = cut_indicator(&c, &token, fits);
            }
        }
        if (!is_cut) {
            c.count = count;
            for (size_t i = from; i < token.to; i++) {
                brv_cutter_put(&c, &p->pieces[i]);
            }
        }
        any |= is_cut;
        x += width;
    }
    if (any) {
        brv_cutter_take(&c, p, p->piece_count);
    }
    return any;
}
