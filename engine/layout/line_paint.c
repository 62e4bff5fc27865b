// Brevier — painting a line: runs, decorations, link areas, above the boxes (line_boxes.c).
// Boxes come first because they lie beneath. Runs follow in the order of the text, which is how
// they are read, whatever the direction they are drawn in.
// SPDX-License-Identifier: MIT
#include "layout/footnote.h"
#include "layout/line.h"
#include "layout/replaced.h"

#include <stdlib.h>

// ---- runs

static bool same_run(const struct brv_placed *a, const struct brv_placed *b)
{
    const struct brv_piece *left = a->piece;
    const struct brv_piece *right = b->piece;
    bool is_adjacent = left->level % 2 == 0 ? left->to == right->from : right->to == left->from;
    return is_adjacent && left->inline_index == right->inline_index && left->face == right->face &&
           left->size_pt >= right->size_pt && left->size_pt <= right->size_pt &&
           left->level == right->level && left->trail_pt <= 0 && right->lead_pt <= 0 &&
           left->kind != BRV_PIECE_LEADER && right->kind != BRV_PIECE_LEADER &&
           left->kind != BRV_PIECE_HYPHEN && right->kind != BRV_PIECE_HYPHEN;
}

// A run has no more text than this unless it is one piece: what lies beyond is one cluster then.
enum { RUN_TEXT_BYTES = UINT16_MAX };

static void copy_glyphs(const struct brv_paragraph *p, struct brv_glyph *out,
                        const struct brv_placed *placed, uint32_t text_from)
{
    const struct brv_piece *piece = placed->piece;
    const struct brv_style *style = p->inlines[piece->inline_index].style;
    float letter = brv_letter_spacing(style) + placed->letter_pt;
    bool is_space = piece->kind == BRV_PIECE_SPACE;
    float scale = piece->size_pt / (float)piece->face->units_per_em;
    for (uint32_t i = piece->glyph_from; i < piece->glyph_to; i++) {
        const struct brv_shaped_glyph *glyph = &piece->shaped->glyphs[i];
        float advance = (float)glyph->x_advance * scale;
        if ((letter > 0 || letter < 0) && piece->kind != BRV_PIECE_HYPHEN &&
            brv_glyph_ends_grapheme(p, piece, i)) {
            bool is_last = placed->keeps_last && i + 1 == piece->glyph_to;
            advance += is_last ? letter - placed->letter_pt : letter;
        }
        advance += is_space ? placed->space_pt + brv_word_spacing(style) : 0;
        if (piece->kind == BRV_PIECE_TAB) {
            advance = piece->width_pt;
        }
        uint32_t cluster = piece->shaped_from + glyph->cluster - text_from;
        *out++ = (struct brv_glyph){
            .x_advance_pt = placed->hangs ? 0 : advance,
            .glyph = (uint16_t)glyph->glyph,
            .cluster = (uint16_t)(cluster < RUN_TEXT_BYTES ? cluster : RUN_TEXT_BYTES),
        };
    }
}

static bool is_offset(const struct brv_piece *piece)
{
    for (uint32_t i = piece->glyph_from; i < piece->glyph_to; i++) {
        const struct brv_shaped_glyph *glyph = &piece->shaped->glyphs[i];
        if (glyph->x_offset != 0 || glyph->y_offset != 0) {
            return true;
        }
    }
    return false;
}

// Where glyphs of the placed pieces [from, to) are drawn elsewhere than at the pen: NULL mostly.
static const struct brv_glyph_offset *copy_offsets(const struct brv_setting *s, size_t from,
                                                   size_t to, size_t glyph_count)
{
    size_t first = from;
    while (first < to && !is_offset(s->placed[first].piece)) {
        first++;
    }
    if (first == to) {
        return NULL;
    }
    struct brv_glyph_offset *offsets =
        BRV_NEW_ARRAY(s->layout->arena, struct brv_glyph_offset, glyph_count);
    struct brv_glyph_offset *out = offsets;
    for (size_t i = from; i < to; i++) {
        const struct brv_piece *piece = s->placed[i].piece;
        float scale = piece->size_pt / (float)piece->face->units_per_em;
        for (uint32_t k = piece->glyph_from; k < piece->glyph_to; k++) {
            const struct brv_shaped_glyph *glyph = &piece->shaped->glyphs[k];
            *out++ = (struct brv_glyph_offset){ (float)glyph->x_offset * scale,
                                                (float)glyph->y_offset * scale };
        }
    }
    return offsets;
}

static void set_look(struct brv_setting *s, struct brv_item *item, const struct brv_piece *piece,
                     const struct brv_inline *stretch)
{
    struct brv_glyph_run *run = &item->glyphs;
    const struct brv_style *style = stretch->style;
    run->face = piece->face;
    run->size_pt = piece->size_pt;
    run->color = style->color;
    run->baseline_pt = s->baseline_pt - stretch->meaning.shift_pt;
    run->is_rtl = piece->level % 2 == 1;
    bool is_upright = piece->face->italic_angle > -1 && piece->face->italic_angle < 1;
    run->slant = style->font_style == BRV_FONT_ITALIC && is_upright ? 0.2f : 0;
    run->embolden_pt =
        style->font_weight >= 600 && piece->face->weight < 600 ? piece->size_pt * 0.03f : 0;
}

static void draw_leader(struct brv_setting *s, const struct brv_placed *placed)
{
    const struct brv_piece *piece = placed->piece;
    const struct brv_inline *stretch = &s->paragraph->inlines[piece->inline_index];
    float unit = piece->width_pt - piece->lead_pt - piece->trail_pt;
    float room = placed->width_pt - piece->lead_pt - piece->trail_pt;
    size_t times = unit > 0 && room / unit < 1000 ? (size_t)(room / unit + 0.001f) : 0;
    size_t text_len = piece->to - piece->from;
    if (text_len > 0 && times > RUN_TEXT_BYTES / text_len) {
        times = RUN_TEXT_BYTES / text_len;
    }
    if (times == 0 || piece->glyph_to == 0) {
        return;
    }
    struct brv_arena *arena = s->layout->arena;
    char *text = BRV_NEW_ARRAY(arena, char, times *text_len);
    const bool is_rtl = piece->level % 2 == 1;
    struct brv_glyph *glyphs = BRV_NEW_ARRAY(arena, struct brv_glyph, times * piece->glyph_to);
    for (size_t i = 0; i < times; i++) {
        memcpy(text + i * text_len, s->paragraph->text.ptr + piece->from, text_len);
        copy_glyphs(s->paragraph, glyphs + i * piece->glyph_to, placed, piece->from);
        for (size_t k = 0; k < piece->glyph_to; k++) {
            size_t nth = is_rtl ? times - 1 - i : i; // clusters descend from right to left
            struct brv_glyph *glyph = &glyphs[i * piece->glyph_to + k];
            glyph->cluster = (uint16_t)(glyph->cluster + nth * text_len);
        }
    }
    struct brv_item *item = brv_slice_item(arena, s->slice, BRV_ITEM_GLYPHS, NULL);
    item->artifact = BRV_ARTIFACT_LEADER;
    set_look(s, item, piece, stretch);
    item->glyphs.x_pt = placed->x_pt + piece->lead_pt + room - (float)times * unit;
    item->glyphs.glyphs = glyphs;
    item->glyphs.glyph_count = times * piece->glyph_to;
    item->glyphs.text = (brv_str){ text, times * text_len };
}

static void draw_run(struct brv_setting *s, size_t from, size_t to)
{
    struct brv_arena *arena = s->layout->arena;
    const struct brv_piece *first = s->placed[from].piece;
    const struct brv_inline *stretch = &s->paragraph->inlines[first->inline_index];
    uint32_t text_from = first->from;
    uint32_t text_to = first->to;
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        const struct brv_piece *piece = s->placed[i].piece;
        text_from = piece->from < text_from ? piece->from : text_from;
        text_to = piece->to > text_to ? piece->to : text_to;
        count += piece->glyph_to - piece->glyph_from;
    }
    if (count == 0) {
        return;
    }
    struct brv_glyph *glyphs = BRV_NEW_ARRAY(arena, struct brv_glyph, count);
    size_t at = 0;
    for (size_t i = from; i < to; i++) {
        copy_glyphs(s->paragraph, glyphs + at, &s->placed[i], text_from);
        at += s->placed[i].piece->glyph_to - s->placed[i].piece->glyph_from;
    }
    struct brv_item *item = brv_slice_item(arena, s->slice, BRV_ITEM_GLYPHS, stretch->meaning.tag);
    set_look(s, item, first, stretch);
    item->glyphs.x_pt = s->placed[from].x_pt + first->lead_pt;
    item->glyphs.glyphs = glyphs;
    item->glyphs.offsets = copy_offsets(s, from, to, count);
    item->glyphs.glyph_count = count;
    item->glyphs.text = first->kind == BRV_PIECE_HYPHEN
                            ? BRV_S("\xC2\xAD")
                            : brv_str_slice(s->paragraph->text, text_from, text_to);
}

static void draw_object(struct brv_setting *s, const struct brv_placed *placed)
{
    const struct brv_piece *piece = placed->piece;
    const struct brv_inline *stretch = &s->paragraph->inlines[piece->inline_index];
    const struct brv_replaced *object = stretch->object;
    float bottom = s->baseline_pt + object->drop_pt - object->edges.bottom_pt;
    brv_replaced_draw(s->layout,
                      object,
                      s->slice,
                      stretch->meaning.tag,
                      placed->x_pt + piece->lead_pt,
                      bottom - object->height_pt);
}

// ---- what follows a run: decorations and links

static void draw_decorations(struct brv_setting *s, const struct brv_inline *stretch,
                             const struct brv_piece *piece, float from_pt, float to_pt)
{
    const struct brv_face *face = stretch->font->primary ? stretch->font->primary : piece->face;
    float scale = stretch->style->font_size / (float)face->units_per_em;
    const struct brv_decoration_line *line = stretch->meaning.decoration;
    for (; line; line = line->parent) {
        const struct {
            unsigned bit;
            float up, width;
        } kinds[] = {
            { BRV_DECORATION_UNDERLINE,
              ((float)face->underline_position - (float)face->underline_thickness / 2) * scale,
              (float)face->underline_thickness * scale },
            { BRV_DECORATION_LINE_THROUGH,
              ((float)face->strike_position - (float)face->strike_thickness / 2) * scale,
              (float)face->strike_thickness * scale },
            { BRV_DECORATION_OVERLINE,
              stretch->font->ascent_pt,
              (float)face->underline_thickness * scale },
        };
        for (size_t i = 0; i < BRV_COUNT(kinds); i++) {
            if (line->lines & kinds[i].bit) {
                float y = s->baseline_pt - stretch->meaning.shift_pt - kinds[i].up;
                struct brv_item *item =
                    brv_slice_item(s->layout->arena, s->slice, BRV_ITEM_LINE, NULL);
                item->line =
                    (struct brv_line_item){ from_pt,        y,           to_pt,           y,
                                            kinds[i].width, line->color, BRV_BORDER_SOLID };
            }
        }
    }
}

static void add_link(struct brv_setting *s, const struct brv_inline *stretch, float from_pt,
                     float to_pt, struct brv_link_area **last)
{
    float top = s->baseline_pt - stretch->meaning.shift_pt - stretch->font->ascent_pt;
    float height = stretch->font->ascent_pt + stretch->font->descent_pt;
    if (stretch->object) {
        height = brv_replaced_line_height(stretch->object);
        top = s->baseline_pt + stretch->object->drop_pt - height;
    }
    if (*last && (*last)->tag == stretch->meaning.link_tag) {
        struct brv_link_area *area = *last;
        float right = to_pt > area->x_pt + area->width_pt ? to_pt : area->x_pt + area->width_pt;
        area->x_pt = from_pt < area->x_pt ? from_pt : area->x_pt;
        area->width_pt = right - area->x_pt;
        return;
    }
    struct brv_link_area *area = brv_slice_link(s->layout->arena, s->slice);
    *area = (struct brv_link_area){
        .x_pt = from_pt,
        .y_pt = top,
        .width_pt = to_pt - from_pt,
        .height_pt = height,
        .url = stretch->meaning.url,
        .tag = stretch->meaning.link_tag,
    };
    if (area->tag && area->tag->node) {
        area->alt = brv_node_plain_text(s->layout->arena, area->tag->node);
    } else {
        area->alt = brv_note_name(s->layout->arena, area->url, stretch->meaning.lang);
    }
    *last = area;
}

// Pieces that are drawn as one run, by their places in visual order.
struct run_range {
    uint32_t text_from;
    uint32_t from, to;
};

static int compare_ranges(const void *left, const void *right)
{
    const struct run_range *a = left;
    const struct run_range *b = right;
    if (a->text_from != b->text_from) {
        return a->text_from < b->text_from ? -1 : 1;
    }
    return (a->from > b->from) - (a->from < b->from);
}

// Runs are found in visual order but listed in the order of the text, which is how they are read.
static void draw_runs(struct brv_setting *s)
{
    struct run_range *ranges = BRV_NEW_ARRAY(s->layout->scratch, struct run_range, s->count + 1);
    size_t count = 0;
    for (size_t from = 0, to; from < s->count; from = to) {
        uint32_t text_from = s->placed[from].piece->from;
        uint32_t text_to = s->placed[from].piece->to;
        for (to = from + 1;
             to < s->count && s->placed[to - 1].piece->shaped && s->placed[to].piece->shaped &&
             same_run(&s->placed[to - 1], &s->placed[to]);
             to++) {
            const struct brv_piece *next = s->placed[to].piece;
            uint32_t next_from = next->from < text_from ? next->from : text_from;
            uint32_t next_to = next->to > text_to ? next->to : text_to;
            if (next_to - next_from > RUN_TEXT_BYTES) {
                break;
            }
            text_from = next_from;
            text_to = next_to;
        }
        bool is_hyphen = s->placed[from].piece->kind == BRV_PIECE_HYPHEN;
        if (s->placed[from].piece->shaped || s->placed[from].piece->kind == BRV_PIECE_OBJECT) {
            ranges[count++] = (struct run_range){ is_hyphen ? UINT32_MAX : text_from,
                                                  (uint32_t)from,
                                                  (uint32_t)to };
        }
    }
    qsort(ranges, count, sizeof *ranges, compare_ranges);
    for (size_t i = 0; i < count; i++) {
        const struct brv_placed *first = &s->placed[ranges[i].from];
        if (first->piece->kind == BRV_PIECE_LEADER) {
            draw_leader(s, first);
        } else if (first->piece->kind == BRV_PIECE_OBJECT) {
            draw_object(s, first);
        } else {
            draw_run(s, ranges[i].from, ranges[i].to);
        }
    }
}

static void draw_attached(struct brv_setting *s)
{
    struct brv_link_area *last_link = NULL;
    for (size_t from = 0, to; from < s->count; from = to) {
        const struct brv_piece *piece = s->placed[from].piece;
        const struct brv_inline *stretch = &s->paragraph->inlines[piece->inline_index];
        float left = s->placed[from].x_pt;
        float right = left;
        to = from;
        while (to < s->count && s->placed[to].piece->inline_index == piece->inline_index) {
            right = s->placed[to].hangs ? right : s->placed[to].x_pt + s->placed[to].width_pt;
            to++;
        }
        if (right <= left || (!piece->face && !stretch->object)) {
            continue;
        }
        if (!stretch->object) {
            draw_decorations(s, stretch, piece, left, right);
        }
        if (stretch->meaning.link_tag && stretch->meaning.url.len > 0) {
            add_link(s, stretch, left, right, &last_link);
        }
    }
}

// What stands for a line where pages are only counted: one run without glyphs, since lists and
// notes ask whether a line has text and where, and the objects, which may hold text as well.
static void draw_stand_in(struct brv_setting *s)
{
    bool has_text = false;
    for (size_t i = 0; i < s->count; i++) {
        const struct brv_piece *piece = s->placed[i].piece;
        if (piece->kind == BRV_PIECE_OBJECT) {
            draw_object(s, &s->placed[i]);
        } else if (!has_text && piece->shaped && piece->glyph_from < piece->glyph_to) {
            struct brv_item *item =
                brv_slice_item(s->layout->arena, s->slice, BRV_ITEM_GLYPHS, NULL);
            item->glyphs.baseline_pt = s->baseline_pt;
            has_text = true;
        }
    }
}

void brv_setting_paint(struct brv_setting *s)
{
    if (s->layout->is_counting) {
        draw_stand_in(s);
        return;
    }
    brv_setting_draw_boxes(s);
    draw_runs(s);
    draw_attached(s);
}
