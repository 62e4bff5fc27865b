// Brevier — clusters: a text by graphemes, each with its face, script and level.
// SPDX-License-Identifier: MIT
#include "layout/clusters.h"

#include "base/utf8.h"

enum { CLUSTER_BYTES = 128 }; // no letter has more marks: HarfBuzz's work is quadratic in them

// ---- faces

static bool face_has(const struct brv_face *face, uint32_t codepoint)
{
    hb_codepoint_t glyph;
    return face && hb_font_get_nominal_glyph(face->font, codepoint, &glyph);
}

// What kana or hangul anywhere in a text say of its Han characters; empty when nothing.
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

void brv_missing_report(struct brv_layout *layout, const struct brv_inline *stretch,
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

// A key is set in a face that has it whole; without one the character is drawn plainly (shape.c).
static const struct brv_face *key_face_of(struct brv_layout *layout,
                                          const struct brv_inline *stretch,
                                          const struct brv_font_set *set, uint32_t base)
{
    const struct brv_face *face = brv_font_set_key_face(layout->fonts, set, base);
    if (!face && brv_layout_tell_once(layout, brv_arena_printf(layout->scratch, "key %X", base))) {
        brv_report(layout->sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   stretch->where,
                   "no installed font has the character U+%04X in a key (U+20E3); it is drawn "
                   "without",
                   base);
    }
    return face;
}

// One face for a whole grapheme: that of its base, or one that has both base and mark.
static const struct brv_face *face_of(struct brv_layout *layout, const struct brv_inline *stretch,
                                      const struct brv_font_set *set, brv_str text,
                                      const struct brv_cluster *cluster,
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
        brv_missing_report(layout, stretch, base);
        return NULL;
    }
    while (at < cluster->to) {
        uint32_t mark = brv_utf8_next(text, &at);
        if (mark == BRV_KEYCAP) {
            const struct brv_face *key = key_face_of(layout, stretch, set, base);
            face = key ? key : face;
            continue;
        }
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
            brv_missing_report(layout, stretch, mark);
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

size_t brv_inline_at(const struct brv_paragraph *p, size_t from, size_t offset)
{
    while (from + 1 < p->inline_count && p->inlines[from + 1].from <= offset) {
        from++;
    }
    return from;
}

size_t brv_inline_first(const struct brv_paragraph *p)
{
    size_t from = 0;
    size_t to = p->inline_count;
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        *(p->inlines[middle].from <= p->part_from ? &from : &to) = middle;
    }
    return from;
}

// ---- clusters

// Cuts the part at hand into graphemes with face, script and level.
static struct brv_cluster *cut(struct brv_layout *layout, struct brv_arena *arena,
                               const struct brv_paragraph *p, size_t *count)
{
    struct brv_cluster *clusters =
        BRV_NEW_ARRAY(arena, struct brv_cluster, p->part_to - p->part_from);
    size_t n = 0;
    uint32_t previous = 0;
    unsigned pairs = 0;
    size_t character = 0;
    for (size_t at = p->part_from; at < p->part_to; character++) {
        uint32_t start = (uint32_t)at;
        uint32_t codepoint = brv_utf8_next(p->text, &at);
        if (n > 0 && brv_grapheme_continues(previous, codepoint, &pairs) &&
            at - clusters[n - 1].from <= CLUSTER_BYTES) {
            clusters[n - 1].to = (uint32_t)at;
            clusters[n - 1].last = (uint32_t)character;
        } else {
            clusters[n++] = (struct brv_cluster){
                .from = start,
                .to = (uint32_t)at,
                .last = (uint32_t)character,
                .base = codepoint,
                .script = script_of(codepoint),
                .level = p->levels ? p->levels[start] : 0,
                .kind = (uint8_t)kind_of(codepoint),
            };
        }
        previous = codepoint;
    }
    size_t inline_index = brv_inline_first(p);
    const struct brv_font_set *set = NULL;
    const struct brv_style *set_style = NULL;
    brv_str guess = guess_lang(brv_str_slice(p->text, p->part_from, p->part_to));
    const struct brv_face *face = NULL;
    for (size_t i = 0; i < n; i++) {
        inline_index = brv_inline_at(p, inline_index, clusters[i].from);
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
static void join_spaces(struct brv_cluster *clusters, size_t count)
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
static void resolve_scripts(struct brv_cluster *clusters, size_t count)
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

struct brv_cluster *brv_clusters_find(struct brv_layout *layout, struct brv_arena *arena,
                                      const struct brv_paragraph *p, size_t *count)
{
    struct brv_cluster *clusters = cut(layout, arena, p, count);
    join_spaces(clusters, *count);
    resolve_scripts(clusters, *count);
    return clusters;
}
