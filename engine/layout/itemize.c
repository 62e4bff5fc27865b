// Brevier — from text to pieces.
// A piece is what HarfBuzz shapes at once: one stretch, face, script and bidi level, between two
// places where a line may end. Cutting at every break opportunity makes lines plain ranges of
// pieces, and lets the process cache each word once. Spaces are pieces of their own.
// SPDX-License-Identifier: MIT
#include "layout/breaks.h"
#include "layout/clusters.h"
#include "layout/replaced.h"

#include "base/utf8.h"

// HarfBuzz is never given more at once; a word that long is no word.
enum {
    PIECE_BYTES = 2048,
    LONG_TEXT_BYTES = 1 << 16,
};

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

static size_t first_hyphen(const struct brv_paragraph *p)
{
    size_t from = 0;
    size_t to = p->hyphen_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (p->hyphens[middle] < p->part_from) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

// A hyphen that belongs to a name in code ("client-helper"). At the end of a line readers of a PDF
// would take it for one of ours, and drop it.
static bool is_code_hyphen(brv_str text, size_t at)
{
    return at > 0 && at < text.len && text.ptr[at - 1] == '-' && text.ptr[at] != ' ';
}

static uint8_t break_after(const struct brv_paragraph *p, const bool *breaks,
                           const struct brv_cluster *cluster, const struct brv_inline *stretch,
                           size_t *hyphen)
{
    if (cluster->kind == BRV_PIECE_NEWLINE) {
        return BRV_BREAK_MUST;
    }
    while (*hyphen < p->hyphen_count && p->hyphens[*hyphen] < cluster->to) {
        ++*hyphen;
    }
    bool wraps = brv_style_wraps(stretch->style);
    if (wraps && *hyphen < p->hyphen_count && p->hyphens[*hyphen] == cluster->to) {
        return BRV_BREAK_HYPHEN;
    }
    if (!breaks[cluster->last] || (p->is_rtl && is_within_address(p->text, cluster->to)) ||
        (stretch->meaning.is_code && is_code_hyphen(p->text, cluster->to))) {
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
    float letter = brv_letter_spacing(style);
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
        width += brv_word_spacing(style) * (float)(piece->to - piece->from);
    }
    return width;
}

// Whether a piece is of letters that are set without spaces: there every place between two may
// grow. Digits and quotation marks among them are those of Latin, and Hangul has spaces.
static bool is_wide(const struct brv_paragraph *p, const struct brv_piece *piece,
                    hb_script_t script)
{
    bool is_cjk = script == HB_SCRIPT_HAN || script == HB_SCRIPT_HIRAGANA ||
                  script == HB_SCRIPT_KATAKANA || script == HB_SCRIPT_BOPOMOFO;
    if (!is_cjk || piece->kind != BRV_PIECE_WORD || piece->glyph_to == 0 ||
        p->inlines[piece->inline_index].meaning.is_code) {
        return false;
    }
    uint32_t at = piece->from;
    while (at < piece->to && (uint8_t)p->text.ptr[at] < 0xE3) { // U+3000 and beyond
        at++;
    }
    return at < piece->to;
}

static void shape_piece(struct brv_layout *layout, const struct brv_paragraph *p,
                        struct brv_piece *piece, const struct brv_cluster *first)
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
    float letter = brv_letter_spacing(style);
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
    piece->is_wide = is_wide(p, piece, first->script);
    piece->width_pt = brv_piece_width(p, piece);
    if (piece->shaped->has_notdef) {
        brv_missing_report(layout, stretch, first->base);
    }
    brv_layout_use_face(layout, face);
}

static bool joins(const struct brv_cluster *a, const struct brv_cluster *b)
{
    return a->face == b->face && a->face != NULL && a->script == b->script &&
           a->level == b->level && a->kind == b->kind && a->kind != BRV_PIECE_TAB &&
           a->is_small == b->is_small;
}

// Fills the pieces of the part at hand.
static void itemize(struct brv_layout *layout, struct brv_paragraph *p)
{
    brv_str text = brv_str_slice(p->text, p->part_from, p->part_to);
    p->pieces = NULL;
    p->piece_count = p->piece_capacity = 0;
    if (text.len == 0 || p->inline_count == 0) {
        return;
    }
    // What is known by character is large and of no use to lines: of long texts it goes at once.
    bool is_long = text.len > LONG_TEXT_BYTES;
    struct brv_arena *arena = is_long ? brv_arena_new() : layout->scratch;
    size_t count;
    struct brv_cluster *clusters = brv_clusters_find(layout, arena, p, &count);
    size_t character_count;
    const bool *breaks = brv_breaks_find(arena, text, p->lang, &character_count);

    size_t inline_index = brv_inline_first(p);
    size_t hyphen = first_hyphen(p);
    p->piece_capacity = text.len / 4 + 8;
    p->pieces = BRV_NEW_ARRAY(layout->scratch, struct brv_piece, p->piece_capacity);
    for (size_t i = 0; i < count;) {
        inline_index = brv_inline_at(p, inline_index, clusters[i].from);
        const struct brv_inline *stretch = &p->inlines[inline_index];
        uint32_t inline_end = inline_index + 1 < p->inline_count ? p->inlines[inline_index + 1].from
                                                                 : (uint32_t)p->text.len;
        size_t end = i;
        uint8_t breaking;
        do {
            breaking = break_after(p, breaks, &clusters[end], stretch, &hyphen);
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

void brv_paragraph_itemize(struct brv_layout *layout, struct brv_paragraph *p)
{
    brv_paragraph_find_levels(layout, p);
    p->part_from = 0;
    p->part_to = (uint32_t)p->text.len;
    itemize(layout, p);
}

void brv_paragraph_itemize_part(struct brv_layout *layout, struct brv_paragraph *p, uint32_t from,
                                size_t bytes)
{
    size_t to = p->text.len;
    if (to - from > bytes) {
        to = from + bytes;
        while (to > from && p->text.ptr[to - 1] != ' ' && p->text.ptr[to - 1] != '\n') {
            to--;
        }
        to = to > from ? to : from + bytes;
        while (to < p->text.len && ((uint8_t)p->text.ptr[to] & 0xC0) == 0x80) {
            to++;
        }
    }
    p->part_from = from;
    p->part_to = (uint32_t)to;
    itemize(layout, p);
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
