// Brevier — hyphenation: which words of a paragraph may part, and where.
// A word is letters within punctuation. Names like "PowerShell", abbreviations, numbers and
// whatever has marks within it are none, so no hyphen ever gets into them.
// SPDX-License-Identifier: MIT
#include "layout/cut.h"

#include "base/utf8.h"
#include "layout/patterns.h"

enum { HEX_LETTERS = 6 }; // this many letters a … f and no other are a number

struct word {
    uint32_t letters[BRV_WORD_LETTERS];     // in lower case
    uint32_t offsets[BRV_WORD_LETTERS + 1]; // of each in the text, and where the last ends
    size_t count;
};

// Letters of the scripts whose letters stand side by side whatever is before or after them.
static bool is_letter(uint32_t c, bool *is_upper)
{
    *is_upper = c >= 'A' && c <= 'Z';
    if (c < 0x80) {
        return *is_upper || (c >= 'a' && c <= 'z');
    }
    if (c >= 0x590 && !(c >= 0x1E00 && c < 0x2000) && !(c >= 0x10A0 && c < 0x1100)) {
        return false;
    }
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    *is_upper = category == HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
    return *is_upper || category == HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER ||
           category == HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER;
}

static uint32_t lower_of(struct brv_arena *scratch, brv_str letter)
{
    brv_str small = brv_text_transformed(scratch, letter, BRV_TRANSFORM_LOWERCASE, (brv_str){ 0 });
    size_t at = 0;
    return brv_utf8_next(small, &at);
}

static bool is_closing(uint32_t c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' ||
           c == ']' || c == '}' || c == '"' || c == '\'' || c == 0x2019 || c == 0x201D ||
           c == 0xBB || c == 0x203A || c == 0x2026 || c == 0x2013 || c == 0x2014 || c == '-';
}

static bool is_opening(uint32_t c)
{
    return c == '(' || c == '[' || c == '{' || c == '"' || c == '\'' || c == 0x2018 ||
           c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2039 || c == 0xBF || c == 0xA1;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

// Whether a word begins here, not a tail like that of "company's".
static bool word_begins(brv_str text, size_t at, size_t end)
{
    enum { TAIL_LETTERS = 2 };
    bool is_upper;
    size_t letters = 0;
    while (at < end && letters <= TAIL_LETTERS && is_letter(brv_utf8_next(text, &at), &is_upper)) {
        letters++;
    }
    return letters > TAIL_LETTERS;
}

// Finds the word of a token: letters, of which only the first may be a capital, within marks of
// punctuation. Names like "PowerShell", abbreviations and numbers are none.
static bool read_word(struct brv_layout *layout, const struct brv_paragraph *p,
                      const struct brv_token *token, struct word *word)
{
    size_t at = token->text_from;
    size_t n = 0;
    bool is_upper = false;
    bool is_hex = true;
    while (at < token->text_to) {
        size_t start = at;
        uint32_t c = brv_utf8_next(p->text, &at);
        if (!is_letter(c, &is_upper)) {
            if (n == 0 && is_opening(c)) {
                continue;
            }
            // "l'administration" parts like "administration".
            if (is_apostrophe(c) && word_begins(p->text, at, token->text_to)) {
                n = 0;
                is_hex = true;
                continue;
            }
            at = start;
            break;
        }
        if (n == BRV_WORD_LETTERS || (n > 0 && is_upper)) {
            return false;
        }
        word->offsets[n] = (uint32_t)start;
        word->letters[n++] =
            is_upper ? lower_of(layout->scratch, brv_str_slice(p->text, start, at)) : c;
        is_hex = is_hex && c < 0x80 && (c | 32) <= 'f';
    }
    word->offsets[n] = (uint32_t)at;
    word->count = n;
    // "company's" has a tail of its own.
    bool has_apostrophe = false;
    size_t tail = 0;
    while (at < token->text_to) {
        uint32_t c = brv_utf8_next(p->text, &at);
        if (has_apostrophe && is_letter(c, &is_upper) && ++tail <= 2) {
            continue;
        }
        if (!is_closing(c)) {
            return false;
        }
        has_apostrophe |= is_apostrophe(c);
    }
    return !(is_hex && n >= HEX_LETTERS);
}

static void tell_missing_patterns(struct brv_layout *layout, const struct brv_inline *stretch,
                                  brv_str lang)
{
    brv_str key = brv_arena_printf(layout->scratch, "patterns %" BRV_STR_F, BRV_STR_ARG(lang));
    if (brv_layout_tell_once(layout, key)) {
        struct brv_diag *diag = brv_report(layout->sink,
                                           BRV_NOTE,
                                           BRV_CODE_OUTPUT,
                                           stretch->where,
                                           "no hyphenation patterns for the language \"%" BRV_STR_F
                                           "\" are installed; its words are not hyphenated",
                                           BRV_STR_ARG(lang));
        brv_diag_hint(layout->sink, diag, "Debian's packages are named hyphen-de, hyphen-fr, …");
    }
}

static bool cut_word(struct brv_cutter *c, const struct word *word, size_t piece_index)
{
    struct brv_layout *layout = c->layout;
    const struct brv_piece *piece = &c->paragraph->pieces[piece_index];
    const struct brv_inline *stretch = &c->paragraph->inlines[piece->inline_index];
    const struct brv_hyphenate_limits *limits = &stretch->style->hyphenate_limit_chars;
    size_t n = word->count;
    brv_str lang = stretch->meaning.lang.len > 0 ? stretch->meaning.lang : c->paragraph->lang;
    if (lang.len == 0) {
        return false;
    }
    const struct brv_patterns *patterns = brv_fonts_patterns(layout->fonts, lang);
    if (!patterns) {
        tell_missing_patterns(layout, stretch, lang);
        return false;
    }
    bool parts[BRV_WORD_LETTERS + 1];
    if (!brv_patterns_apply(patterns, word->letters, n, parts)) {
        return false;
    }
    bool any = false;
    brv_cutter_begin(c, piece);
    for (size_t k = 1; k < n; k++) {
        bool has_room = (int)k >= limits->before && (int)(n - k) >= limits->after;
        if (parts[k] && has_room) {
            any |= brv_cutter_cut(c, word->offsets[k], BRV_BREAK_HYPHEN);
        }
    }
    brv_cutter_end(c);
    return any;
}

// A word that would be cut anyway is better cut with a hyphen, unless the sheet wants none.
static bool is_hyphenated(const struct brv_cutter *c, const struct brv_piece *piece)
{
    enum brv_hyphens how = c->paragraph->inlines[piece->inline_index].style->hyphens;
    return how == BRV_HYPHENS_AUTO ||
           (how == BRV_HYPHENS_MANUAL && piece->width_pt > c->measure_pt);
}

bool brv_cutter_hyphenate(struct brv_cutter *c, const struct brv_token *token, bool *is_word)
{
    const struct brv_paragraph *p = c->paragraph;
    struct word word;
    *is_word = read_word(c->layout, p, token, &word);
    if (!*is_word || word.count == 0) {
        return false;
    }
    uint32_t from = word.offsets[0];
    uint32_t to = word.offsets[word.count];
    bool any = false;
    for (size_t i = token->from; i < token->to; i++) {
        const struct brv_piece *piece = &p->pieces[i];
        const struct brv_style *style = p->inlines[piece->inline_index].style;
        bool holds_all = piece->from <= from && piece->to >= to;
        bool may_part = piece->level % 2 == 0 && is_hyphenated(c, piece) &&
                        brv_style_wraps(style) &&
                        (int)word.count >= style->hyphenate_limit_chars.word;
        size_t count = c->count;
        if (holds_all && may_part && cut_word(c, &word, i)) {
            any = true;
        } else {
            c->count = count;
            brv_cutter_put(c, piece);
        }
    }
    return any;
}
