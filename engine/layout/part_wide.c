// Brevier — parting what is wider than a line.
// A word is cut between two graphemes, with a hyphen where its script has one; an indicator rather
// at its marks; what is not to wrap, between its words. What a reader might stumble over is told.
// SPDX-License-Identifier: MIT
#include "layout/cut.h"

#include "base/utf8.h"

#define HYPHEN_EM 0.5f     // at most, with what is around it
#define HYPHENATED_EM 4.0f // a narrower line has no room for hyphens

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
        enum brv_break_kind kind = brv_is_mark_place(previous, codepoint)
                                       ? brv_kind_of_mark(text, start)
                                   : is_cut ? BRV_BREAK_CUT
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
            (takes_hyphen(codepoint) && previous != '-' &&
             brv_is_mark_place(previous, codepoint))) {
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
static void report_wide(struct brv_layout *layout, brv_str key, struct brv_span where, brv_str text,
                        const char *what)
{
    enum { SHOWN_BYTES = 64 };
    if (!brv_layout_tell_once(layout, key)) {
        return;
    }
    size_t shown = text.len;
    for (size_t at = 0; text.len > SHOWN_BYTES && at <= SHOWN_BYTES;) {
        shown = at;
        (void)brv_utf8_next(text, &at);
    }
    brv_report(layout->sink,
               BRV_WARNING,
               BRV_CODE_OUTPUT,
               where,
               "\"%" BRV_STR_F "%s\" %s",
               BRV_STR_ARG(brv_str_slice(text, 0, shown)),
               shown < text.len ? "…" : "",
               what);
}

static void report_cut_word(struct brv_layout *layout, const struct brv_paragraph *p, size_t from,
                            size_t to, float measure_pt)
{
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
    report_wide(
        layout, key, stretch->where, word, "is wider than the line it stands on and is cut");
}

// Text that is not to wrap, but is wider than its line, wraps between its words.
static void let_wrap(struct brv_layout *layout, struct brv_paragraph *p, size_t from, size_t to)
{
    const struct brv_inline *kept = NULL;
    for (size_t i = from; i + 1 < to; i++) {
        struct brv_piece *piece = &p->pieces[i];
        const struct brv_inline *stretch = &p->inlines[piece->inline_index];
        if (stretch->style->white_space == BRV_SPACE_NOWRAP &&
            stretch->style->overflow_wrap != BRV_WRAP_NORMAL &&
            piece->break_after == BRV_BREAK_EMERGENCY) {
            piece->break_after = BRV_BREAK_ALLOWED;
            kept = kept ? kept : stretch;
        }
    }
    if (kept && !layout->is_measuring) {
        brv_str text =
            brv_str_trim(brv_str_slice(p->text, p->pieces[from].from, p->pieces[to - 1].to));
        brv_str key = brv_arena_printf(layout->scratch, "kept %" BRV_STR_F, BRV_STR_ARG(text));
        report_wide(layout, key, kept->where, text, "is not to wrap, but is wider than its line");
    }
}

void brv_paragraph_part_wide(struct brv_layout *layout, struct brv_paragraph *p, float measure_pt)
{
    struct brv_cutter c = { .layout = layout, .paragraph = p };
    size_t copied = 0;
    for (size_t from = 0, to; from < p->piece_count; from = to) {
        float width;
        to = run_end(p, from, &width);
        if (width > measure_pt) {
            let_wrap(layout, p, from, to);
            to = run_end(p, from, &width);
        }
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
        brv_cutter_take(&c, p, copied);
    }
}
