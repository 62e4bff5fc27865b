// Brevier — from text to pieces.
// A piece is what HarfBuzz shapes at once: one stretch, face, script and bidi level, between two
// places where a line may end. Cutting at every break opportunity makes lines plain ranges of
// pieces, and lets the process cache each word once. Spaces are pieces of their own.
// SPDX-License-Identifier: MIT
#include "layout/breaks.h"
#include "layout/paragraph.h"
#include "layout/replaced.h"

#include "base/utf8.h"

#include <fribidi.h>

// HarfBuzz is never given more at once; a word that long is no word.
enum {
    PIECE_BYTES = 2048,
    LONG_TEXT_BYTES = 1 << 16,
    CLUSTER_BYTES = 128, // and no letter has more marks: its work is quadratic in them
};

// What is known of one grapheme before shaping.
struct cluster {
    uint32_t from, to;
    uint32_t last;               // index of its last code point
    uint32_t base;               // first code point
    const struct brv_face *face; // NULL: no font has it
    hb_script_t script;
    uint8_t level;
    uint8_t kind;
    bool is_small; // a small letter to be drawn as a capital
};

// ---- bidirectional text

static bool may_be_rtl(uint32_t c)
{
    return (c >= 0x590 && c <= 0x8FF) || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

// Levels by code point; NULL when all text is left to right.
static const FriBidiLevel *bidi_levels(struct brv_arena *arena, struct brv_paragraph *p)
{
    bool needed = false;
    size_t count = 0;
    for (size_t at = 0; at < p->text.len; count++) {
        needed |= may_be_rtl(brv_utf8_next(p->text, &at));
    }
    if (!needed || count > INT32_MAX / 8) {
        return NULL;
    }
    FriBidiChar *chars = BRV_NEW_ARRAY(arena, FriBidiChar, count);
    FriBidiCharType *types = BRV_NEW_ARRAY(arena, FriBidiCharType, count);
    FriBidiBracketType *brackets = BRV_NEW_ARRAY(arena, FriBidiBracketType, count);
    FriBidiLevel *levels = BRV_NEW_ARRAY(arena, FriBidiLevel, count);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = brv_utf8_next(p->text, &at);
        chars[i] = c == '\n' ? 0x2028 : c; // a line, not a paragraph, ends there
    }
    int length = (int)count;
    fribidi_get_bidi_types(chars, length, types);
    fribidi_get_bracket_types(chars, length, types, brackets);
    FriBidiParType base = FRIBIDI_PAR_ON;
    if (fribidi_get_par_embedding_levels_ex(types, brackets, length, &base, levels) == 0) {
        return NULL;
    }
    p->is_rtl = FRIBIDI_IS_RTL(base);
    return levels;
}

// ---- faces

static bool face_has(const struct brv_face *face, uint32_t codepoint)
{
    hb_codepoint_t glyph;
    return face && hb_font_get_nominal_glyph(face->font, codepoint, &glyph);
}

// What kana or hangul anywhere in a paragraph say of its Han characters; empty when nothing.
static brv_str guess_lang(brv_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        if (c >= 0x3040 && c <= 0x30FF) {
            return BRV_S("ja");
        }
        if (c >= 0xAC00 && c <= 0xD7A3) {
            return BRV_S("ko");
        }
    }
    return (brv_str){ 0 };
}

// The language that chooses a stretch's faces: its own when that is Chinese, Japanese or Korean.
static brv_str face_lang(const struct brv_paragraph *p, const struct brv_inline *stretch,
                         brv_str guess)
{
    brv_str lang = stretch->meaning.lang.len > 0 ? stretch->meaning.lang : p->lang;
    if (guess.len == 0) {
        return lang;
    }
    if (lang.len >= 2) {
        brv_str primary = brv_str_slice(lang, 0, 2);
        if (brv_str_is_nocase(primary, "zh") || brv_str_is_nocase(primary, "ja") ||
            brv_str_is_nocase(primary, "ko")) {
            return lang;
        }
    }
    return guess;
}

static void report_missing(struct brv_layout *layout, const struct brv_inline *stretch,
                           uint32_t codepoint)
{
    brv_str key = brv_arena_printf(layout->scratch, "character %X", codepoint);
    if (brv_layout_tell_once(layout, key)) {
        struct brv_diag *diag = brv_report(
            layout->sink,
            BRV_WARNING,
            BRV_CODE_OUTPUT,
            stretch->where,
            "no installed font has the character U+%04X; it is drawn as a replacement mark",
            codepoint);
        brv_diag_hint(layout->sink,
                      diag,
                      "install a font that has it; `brevier fonts` lists "
                      "those installed");
    }
}

static hb_script_t script_of(uint32_t codepoint)
{
    if (codepoint < 0x80) {
        bool is_letter = (codepoint | 32) >= 'a' && (codepoint | 32) <= 'z';
        return is_letter ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    }
    return hb_unicode_script(hb_unicode_funcs_get_default(), codepoint);
}

// One face for a whole grapheme: that of its base, or one that has both base and mark.
static const struct brv_face *face_of(struct brv_layout *layout, const struct brv_inline *stretch,
                                      const struct brv_font_set *set, brv_str text,
                                      const struct cluster *cluster,
                                      const struct brv_face *previous)
{
    size_t at = cluster->from;
    uint32_t base = brv_utf8_next(text, &at);
    if (brv_is_ignorable(base) || base == '\n' || base == '\t') {
        return previous ? previous : stretch->font->primary;
    }
    const struct brv_face *face = brv_font_set_face(layout->fonts, set, base);
    // Punctuation that scripts share stays with the letters before it, not with whichever fallback
    // has it first.
    if (previous && face != previous && face != stretch->font->primary &&
        script_of(base) == HB_SCRIPT_COMMON && face_has(previous, base)) {
        face = previous;
    }
    if (!face) {
        report_missing(layout, stretch, base);
        return NULL;
    }
    while (at < cluster->to) {
        uint32_t mark = brv_utf8_next(text, &at);
        if (brv_is_ignorable(mark) || face_has(face, mark)) {
            continue;
        }
        hb_codepoint_t composed;
        if (hb_unicode_compose(hb_unicode_funcs_get_default(), base, mark, &composed) &&
            face_has(face, composed)) {
            continue;
        }
        const struct brv_face *other = brv_font_set_face(layout->fonts, set, mark);
        if (face_has(other, base)) {
            face = other;
        } else if (!other) {
            report_missing(layout, stretch, mark);
        }
    }
    return face;
}

static bool is_small_letter(uint32_t codepoint)
{
    return codepoint < 0x80
               ? codepoint >= 'a' && codepoint <= 'z'
               : hb_unicode_general_category(hb_unicode_funcs_get_default(), codepoint) ==
                     HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER;
}

static enum brv_piece_kind kind_of(uint32_t codepoint)
{
    switch (codepoint) {
    case ' ':
        return BRV_PIECE_SPACE;
    case '\t':
        return BRV_PIECE_TAB;
    case '\n':
        return BRV_PIECE_NEWLINE;
    default:
        return BRV_PIECE_WORD;
    }
}

static size_t inline_at(const struct brv_paragraph *p, size_t from, size_t offset)
{
    while (from + 1 < p->inline_count && p->inlines[from + 1].from <= offset) {
        from++;
    }
    return from;
}

// Cuts the text into graphemes with face, script and level.
static struct cluster *find_clusters(struct brv_layout *layout, struct brv_arena *arena,
                                     struct brv_paragraph *p, size_t *count)
{
    const FriBidiLevel *levels = bidi_levels(arena, p);
    struct cluster *clusters = BRV_NEW_ARRAY(arena, struct cluster, p->text.len);
    size_t n = 0;
    uint32_t previous = 0;
    unsigned pairs = 0;
    size_t character = 0;
    for (size_t at = 0; at < p->text.len; character++) {
        uint32_t start = (uint32_t)at;
        uint32_t codepoint = brv_utf8_next(p->text, &at);
        if (n > 0 && brv_grapheme_continues(previous, codepoint, &pairs) &&
            at - clusters[n - 1].from <= CLUSTER_BYTES) {
            clusters[n - 1].to = (uint32_t)at;
            clusters[n - 1].last = (uint32_t)character;
        } else {
            clusters[n++] = (struct cluster){
                .from = start,
                .to = (uint32_t)at,
                .last = (uint32_t)character,
                .base = codepoint,
                .script = script_of(codepoint),
                .level = levels ? (uint8_t)levels[character] : 0,
                .kind = (uint8_t)kind_of(codepoint),
            };
        }
        previous = codepoint;
    }
    size_t inline_index = 0;
    const struct brv_font_set *set = NULL;
    const struct brv_style *set_style = NULL;
    brv_str guess = guess_lang(p->text);
    const struct brv_face *face = NULL;
    for (size_t i = 0; i < n; i++) {
        inline_index = inline_at(p, inline_index, clusters[i].from);
        const struct brv_inline *stretch = &p->inlines[inline_index];
        if (stretch->style != set_style) {
            set = brv_layout_font(layout, stretch->style, face_lang(p, stretch, guess))->set;
            set_style = stretch->style;
            face = NULL; // of another weight or slope
        }
        if (stretch->object) {
            clusters[i].kind = BRV_PIECE_OBJECT;
            continue;
        }
        clusters[i].face = face_of(layout, stretch, set, p->text, &clusters[i], face);
        clusters[i].is_small = stretch->font->synthesizes_caps && is_small_letter(clusters[i].base);
        face = clusters[i].face;
    }
    *count = n;
    return clusters;
}

// A space between two words of one face takes that face, so that they can be one run.
static void join_spaces(struct cluster *clusters, size_t count)
{
    for (size_t i = 1; i + 1 < count; i++) {
        const struct brv_face *face = clusters[i - 1].face;
        if (clusters[i].kind == BRV_PIECE_SPACE && face && clusters[i].face != face &&
            clusters[i + 1].face == face && face_has(face, ' ')) {
            clusters[i].face = face;
        }
    }
}

// Common and inherited characters take the script before them, or the one after at the start.
static void resolve_scripts(struct cluster *clusters, size_t count)
{
    hb_script_t current = HB_SCRIPT_COMMON;
    for (size_t i = 0; i < count; i++) {
        hb_script_t script = clusters[i].script;
        if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED &&
            script != HB_SCRIPT_UNKNOWN) {
            if (current == HB_SCRIPT_COMMON) {
                for (size_t j = 0; j < i; j++) {
                    clusters[j].script = script;
                }
            }
            current = script;
        }
        clusters[i].script = current;
    }
}

// ---- places where lines may end

bool brv_style_wraps(const struct brv_style *style)
{
    return style->white_space != BRV_SPACE_PRE && style->white_space != BRV_SPACE_NOWRAP;
}

static bool is_visible_ascii(char c)
{
    return c > ' ' && c < 0x7F;
}

// In text from right to left, an address stays whole as long as it fits a line.
static bool is_within_address(brv_str text, size_t at)
{
    return at > 0 && at < text.len && is_visible_ascii(text.ptr[at - 1]) &&
           is_visible_ascii(text.ptr[at]);
}

static uint8_t break_after(const struct brv_paragraph *p, const bool *breaks,
                           const struct cluster *cluster, const struct brv_style *style,
                           size_t *hyphen)
{
    if (cluster->kind == BRV_PIECE_NEWLINE) {
        return BRV_BREAK_MUST;
    }
    while (*hyphen < p->hyphen_count && p->hyphens[*hyphen] < cluster->to) {
        ++*hyphen;
    }
    bool wraps = brv_style_wraps(style);
    if (wraps && *hyphen < p->hyphen_count && p->hyphens[*hyphen] == cluster->to) {
        return BRV_BREAK_HYPHEN;
    }
    if (!breaks[cluster->last] || (p->is_rtl && is_within_address(p->text, cluster->to))) {
        return BRV_BREAK_NEVER;
    }
    return wraps ? BRV_BREAK_ALLOWED : BRV_BREAK_EMERGENCY;
}

// ---- pieces

static bool begins_grapheme(brv_str text, size_t offset)
{
    if (offset == 0 || offset >= text.len) {
        return true;
    }
    size_t before = offset;
    uint32_t previous = brv_utf8_previous(text, &before);
    uint32_t codepoint = brv_utf8_next(text, &offset);
    unsigned pairs = 1;
    return !brv_grapheme_continues(previous, codepoint, &pairs);
}

bool brv_glyph_ends_grapheme(const struct brv_paragraph *p, const struct brv_piece *piece,
                             uint32_t glyph)
{
    const struct brv_shaped_glyph *glyphs = piece->shaped->glyphs;
    if (glyph + 1 == piece->glyph_to) {
        return true;
    }
    if (glyphs[glyph + 1].cluster == glyphs[glyph].cluster) {
        return false;
    }
    uint32_t cluster = piece->level % 2 == 1 ? glyphs[glyph].cluster : glyphs[glyph + 1].cluster;
    return begins_grapheme(p->text, piece->shaped_from + cluster);
}

float brv_piece_width(const struct brv_paragraph *p, const struct brv_piece *piece)
{
    const struct brv_style *style = p->inlines[piece->inline_index].style;
    float letter = style->letter_spacing.pt;
    int64_t units = 0;
    size_t spaced = 0;
    for (uint32_t i = piece->glyph_from; i < piece->glyph_to; i++) {
        units += piece->shaped->glyphs[i].x_advance;
        if (letter > 0 || letter < 0) {
            spaced += brv_glyph_ends_grapheme(p, piece, i);
        }
    }
    float width = (float)units * piece->size_pt / (float)piece->face->units_per_em;
    width += letter * (float)spaced + piece->lead_pt + piece->trail_pt;
    if (piece->kind == BRV_PIECE_NEWLINE) {
        width = 0;
    } else if (piece->kind == BRV_PIECE_SPACE) {
        width += style->word_spacing.pt * (float)(piece->to - piece->from);
    }
    return width;
}

static void shape_piece(struct brv_layout *layout, const struct brv_paragraph *p,
                        struct brv_piece *piece, const struct cluster *first)
{
    const struct brv_inline *stretch = &p->inlines[piece->inline_index];
    const struct brv_style *style = stretch->style;
    if (stretch->object) {
        brv_replaced_fit(layout, stretch->object, layout->page_width_pt, 0);
        piece->width_pt = stretch->object->width_pt + piece->lead_pt + piece->trail_pt;
        return;
    }
    const struct brv_face *face = first->face ? first->face : stretch->font->primary;
    if (!face) {
        return; // no font at all was reported
    }
    float letter = style->letter_spacing.pt;
    struct brv_shape_request request = {
        .face = face,
        .text = brv_str_slice(p->text, piece->from, piece->to),
        .script = first->script == HB_SCRIPT_COMMON ? HB_SCRIPT_LATIN : first->script,
        .lang = stretch->meaning.lang,
        .is_rtl = piece->level % 2 == 1,
        .is_missing = !first->face,
        .is_upper = first->is_small,
        .no_ligatures = letter > 0 || letter < 0,
        .caps = stretch->font->synthesizes_caps ? BRV_CAPS_NORMAL : style->font_variant_caps,
        .numeric = style->font_variant_numeric,
        .features = style->font_feature_settings,
    };
    piece->face = face;
    piece->size_pt = style->font_size * (first->is_small ? 0.8f : 1.0f);
    piece->shaped = brv_shape(layout->shaper, layout->scratch, &request);
    piece->glyph_to = piece->shaped->count;
    piece->shaped_from = piece->from;
    piece->width_pt = brv_piece_width(p, piece);
    if (piece->shaped->has_notdef) {
        report_missing(layout, stretch, first->base);
    }
    brv_layout_use_face(layout, face);
}

static bool joins(const struct cluster *a, const struct cluster *b)
{
    return a->face == b->face && a->face != NULL && a->script == b->script &&
           a->level == b->level && a->kind == b->kind && a->kind != BRV_PIECE_TAB &&
           a->is_small == b->is_small;
}

void brv_paragraph_itemize(struct brv_layout *layout, struct brv_paragraph *p)
{
    if (p->text.len == 0 || p->inline_count == 0) {
        return;
    }
    // What is known by character is large and of no use to lines: of long texts it goes at once.
    bool is_long = p->text.len > LONG_TEXT_BYTES;
    struct brv_arena *arena = is_long ? brv_arena_new() : layout->scratch;
    size_t count;
    struct cluster *clusters = find_clusters(layout, arena, p, &count);
    join_spaces(clusters, count);
    resolve_scripts(clusters, count);
    size_t character_count;
    const bool *breaks = brv_breaks_find(arena, p->text, p->lang, &character_count);

    size_t inline_index = 0;
    size_t hyphen = 0;
    p->piece_capacity = p->text.len / 4 + 8;
    p->pieces = BRV_NEW_ARRAY(layout->scratch, struct brv_piece, p->piece_capacity);
    for (size_t i = 0; i < count;) {
        inline_index = inline_at(p, inline_index, clusters[i].from);
        const struct brv_inline *stretch = &p->inlines[inline_index];
        uint32_t inline_end = inline_index + 1 < p->inline_count ? p->inlines[inline_index + 1].from
                                                                 : (uint32_t)p->text.len;
        size_t end = i;
        uint8_t breaking;
        do {
            breaking = break_after(p, breaks, &clusters[end], stretch->style, &hyphen);
            end++;
        } while (end < count && clusters[end].from < inline_end &&
                 (stretch->is_leader ||
                  (breaking == BRV_BREAK_NEVER && joins(&clusters[i], &clusters[end]) &&
                   clusters[end].to - clusters[i].from <= PIECE_BYTES)));
        struct brv_piece *piece =
            &BRV_PUSH(layout->scratch, p->pieces, p->piece_count, p->piece_capacity);
        *piece = (struct brv_piece){
            .from = clusters[i].from,
            .to = clusters[end - 1].to,
            .inline_index = (uint32_t)inline_index,
            .size_pt = stretch->style->font_size,
            .level = clusters[i].level,
            .kind = stretch->is_leader ? (uint8_t)BRV_PIECE_LEADER : clusters[i].kind,
            .break_after = end < count ? breaking : (uint8_t)BRV_BREAK_NEVER,
        };
        piece->lead_pt = piece->from <= stretch->from ? stretch->lead_pt : 0;
        piece->trail_pt = piece->to >= inline_end ? stretch->trail_pt : 0;
        shape_piece(layout, p, piece, &clusters[i]);
        i = end;
    }
    if (is_long) {
        brv_arena_free(arena);
    }
}

float brv_text_width(struct brv_layout *layout, const struct brv_style *style, brv_str lang,
                     brv_str text)
{
    struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
    bool was_measuring = layout->is_measuring;
    layout->is_measuring = true;
    struct brv_paragraph *p = brv_paragraph_of_text(layout, style, lang, text, NULL);
    brv_paragraph_itemize(layout, p);
    float width = 0;
    for (size_t i = 0; i < p->piece_count; i++) {
        width += p->pieces[i].width_pt;
    }
    layout->is_measuring = was_measuring;
    brv_arena_rewind(layout->scratch, mark);
    return width;
}
