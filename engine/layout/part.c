// Brevier — parting what stands between two spaces.
// Lines are chosen from whole words first. Where that gives no good paragraph, words are cut where
// their language hyphenates them (hyphenate.c), long phrases of Thai between syllables (thai.c),
// and long indicators (addresses, paths, keys) at the marks that they are made of, with no hyphen;
// what is wider than a line is cut between any two graphemes.
// SPDX-License-Identifier: MIT
#include "layout/cut.h"

#include "base/utf8.h"

#include <math.h>

enum {
    INDICATOR_BYTES = 20, // shorter ones stay whole as long as they fit a line
    HASH_BYTES = 32,
    INDICATOR_END = 3, // characters that stay together at either end
};

#define HYPHEN_EM 0.5f     // at most, with what is around it
#define LONG_ADDRESS 0.5   // of the measure
#define HYPHENATED_EM 4.0f // a narrower line has no room for hyphens

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
static void take_pieces(struct brv_cutter *c, struct brv_paragraph *p, size_t copied)
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
static bool is_mark_place(uint32_t before, uint32_t after)
{
    bool is_run = (parts_after(before) || parts_before(before)) &&
                  (parts_after(after) || parts_before(after) || after == ']');
    return !is_run && (parts_after(before) || parts_before(after));
}

// An address is read by its slashes: "-07.pdf" at the head of a line tells nothing, nor does
// "https://" at the end of one.
static enum brv_break_kind kind_of_mark(brv_str text, size_t at)
{
    char before = text.ptr[at - 1];
    char after = text.ptr[at];
    bool is_scheme = before == '/' && at > 1 && text.ptr[at - 2] == '/';
    bool is_weak = !parts_after((uint8_t)before) || before == '_' || before == ',' || is_scheme;
    return is_weak && after != '?' && after != '#' ? BRV_BREAK_WEAK_MARK : BRV_BREAK_MARK;
}

// ---- what is wider than a line

// Letters that are parted with a hyphen.
static bool takes_hyphen(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c < 0x530 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x2000);
}

// Cuts `piece` at each grapheme that has glyphs of its own, but not after a hyphen; with a hyphen
// in a word; at each character when asked.
static void cut_graphemes(struct brv_cutter *c, const struct brv_piece *piece, bool in_word,
                          bool anywhere)
{
    brv_str text = c->paragraph->text;
    uint32_t previous = 0;
    unsigned pairs = 0;
    brv_cutter_begin(c, piece);
    for (size_t at = piece->from; at < piece->to;) {
        uint32_t start = (uint32_t)at;
        uint32_t codepoint = brv_utf8_next(text, &at);
        bool continues = brv_grapheme_continues(previous, codepoint, &pairs) || previous == '-' ||
                         brv_thai_keeps(previous, codepoint);
        bool is_cut = in_word && takes_hyphen(previous) && takes_hyphen(codepoint);
        enum brv_break_kind kind = is_mark_place(previous, codepoint) ? kind_of_mark(text, start)
                                   : is_cut                           ? BRV_BREAK_CUT
                                                                      : BRV_BREAK_EMERGENCY;
        previous = codepoint;
        if (!continues || anywhere) {
            brv_cutter_cut(c, start, kind);
        }
    }
    brv_cutter_end(c);
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

// Where the run of pieces that no break parts and that begins with `from` ends; its width.
static size_t run_end(const struct brv_paragraph *p, size_t from, float *width_pt)
{
    size_t to = from;
    *width_pt = 0;
    do {
        *width_pt += p->pieces[to].kind == BRV_PIECE_SPACE ? 0 : p->pieces[to].width_pt;
        to++;
    } while (to < p->piece_count && p->pieces[to - 1].break_after < BRV_BREAK_WEAK_MARK);
    const struct brv_piece *last = &p->pieces[to - 1];
    *width_pt += last->break_after == BRV_BREAK_HYPHEN ? HYPHEN_EM * last->size_pt : 0;
    return to;
}

bool brv_paragraph_is_wider(const struct brv_paragraph *p, float measure_pt)
{
    for (size_t from = 0, to; from < p->piece_count; from = to) {
        float width;
        to = run_end(p, from, &width);
        if (width > measure_pt) {
            return true;
        }
    }
    return false;
}

// A word is what has no digits and no marks of indicators, and does not stand in code.
static bool is_word(const struct brv_paragraph *p, size_t from, size_t to)
{
    brv_str text = brv_str_slice(p->text, p->pieces[from].from, p->pieces[to - 1].to);
    uint32_t previous = 0;
    size_t letters = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t codepoint = brv_utf8_next(text, &at);
        if ((codepoint >= '0' && codepoint <= '9') || codepoint == '_' || codepoint == '\\' ||
            (takes_hyphen(codepoint) && previous != '-' && is_mark_place(previous, codepoint))) {
            return false;
        }
        previous = codepoint;
        letters += codepoint > ' ';
    }
    return letters > 1 && !p->inlines[p->pieces[from].inline_index].meaning.is_code;
}

// The letters of a word, if it may take hyphens where it is cut; 0 for an abbreviation, a name like
// "PowerShell" or a hexadecimal number.
static size_t letters_between_hyphens(const struct brv_paragraph *p, size_t from, size_t to)
{
    brv_str text = brv_str_slice(p->text, p->pieces[from].from, p->pieces[to - 1].to);
    size_t letters = 0;
    bool is_hex = true;
    for (size_t at = 0; at < text.len; letters++) {
        uint32_t codepoint = brv_utf8_next(text, &at);
        if (letters > 0 && codepoint >= 'A' && codepoint <= 'Z') {
            return 0;
        }
        is_hex = is_hex && codepoint < 0x80 && (codepoint | 32) <= 'f';
    }
    return is_hex ? 0 : letters;
}

// Whether the sheet wants hyphens in a word of so many letters.
static bool takes_hyphens(size_t letters, const struct brv_style *style, float measure_pt)
{
    return measure_pt > HYPHENATED_EM * style->font_size && letters > 0 &&
           style->hyphens != BRV_HYPHENS_NONE && (int)letters >= style->hyphenate_limit_chars.word;
}

// A word that is cut without a rule says that its line is too narrow. Where all lines are, the
// first speaks for all; a table's narrow columns have a message of their own (columns.c).
static void report_cut_word(struct brv_layout *layout, const struct brv_paragraph *p, size_t from,
                            size_t to, float measure_pt)
{
    enum { SHOWN_BYTES = 64 };
    const struct brv_piece *first = &p->pieces[from];
    const struct brv_inline *stretch = &p->inlines[first->inline_index];
    brv_str word = brv_str_trim(brv_str_slice(p->text, first->from, p->pieces[to - 1].to));
    bool is_rest = (from > 0 && p->pieces[from - 1].break_after == BRV_BREAK_HYPHEN) ||
                   p->pieces[to - 1].break_after == BRV_BREAK_HYPHEN;
    bool is_narrow = measure_pt < BRV_NARROW_EM * stretch->style->font_size;
    if (layout->is_measuring || is_rest || (is_narrow && layout->tables_within > 0) ||
        stretch->style->white_space == BRV_SPACE_PRE ||
        stretch->style->white_space == BRV_SPACE_PRE_WRAP) {
        return;
    }
    brv_str key =
        is_narrow ? BRV_S("cut words")
                  : brv_arena_printf(layout->scratch, "cut word %" BRV_STR_F, BRV_STR_ARG(word));
    if (brv_layout_tell_once(layout, key)) {
        size_t shown = word.len;
        for (size_t at = 0; word.len > SHOWN_BYTES && at <= SHOWN_BYTES;) {
            shown = at;
            (void)brv_utf8_next(word, &at);
        }
        brv_report(layout->sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   stretch->where,
                   "\"%" BRV_STR_F "%s\" is wider than the line it stands on and is cut",
                   BRV_STR_ARG(brv_str_slice(word, 0, shown)),
                   shown < word.len ? "…" : "");
    }
}

void brv_paragraph_part_wide(struct brv_layout *layout, struct brv_paragraph *p, float measure_pt)
{
    struct brv_cutter c = { .layout = layout, .paragraph = p };
    size_t copied = 0;
    for (size_t from = 0, to; from < p->piece_count; from = to) {
        float width;
        to = run_end(p, from, &width);
        if (width <= measure_pt) {
            continue;
        }
        size_t letters = 0;
        if (is_word(p, from, to)) {
            report_cut_word(layout, p, from, to, measure_pt);
            letters = letters_between_hyphens(p, from, to);
        }
        while (copied < from) {
            brv_cutter_put(&c, &p->pieces[copied++]);
        }
        for (; copied < to; copied++) {
            struct brv_piece *piece = &p->pieces[copied];
            size_t first = c.count;
            const struct brv_style *style = p->inlines[piece->inline_index].style;
            bool with_hyphen = takes_hyphens(letters, style, measure_pt);
            if (style->overflow_wrap == BRV_WRAP_NORMAL) {
                brv_cutter_put(&c, piece); // it may stick out
                continue;
            }
            if (copied + 1 < to && piece->break_after == BRV_BREAK_NEVER) {
                piece->break_after = BRV_BREAK_EMERGENCY;
            }
            if (piece->kind != BRV_PIECE_WORD || !piece->shaped || piece->shaped->count <= 1) {
                brv_cutter_put(&c, piece);
                continue;
            }
            cut_graphemes(&c, piece, with_hyphen, false);
            // Marks heaped on one letter can be wider than the line, too.
            if (has_wider(c.out, first, c.count, measure_pt)) {
                c.count = first;
                cut_graphemes(&c, piece, false, true);
            }
        }
    }
    if (c.out) {
        take_pieces(&c, p, copied);
    }
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
        if (previous != 0 && is_mark_place(previous, codepoint)) {
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
            if (may && is_mark_place(previous, codepoint)) {
                any |= brv_cutter_cut(c, start, kind_of_mark(p->text, start));
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
        take_pieces(&c, p, p->piece_count);
    }
    return any;
}
