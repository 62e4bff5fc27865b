// Brevier — drawings on the page: their paths as they are, their texts shaped.
// SPDX-License-Identifier: MIT
#include "layout/replaced.h"

#include <math.h>

// ---- texts

// The style of a text: the drawing's own face, with the text's size, weight, slant and colour. The
// fonts of styles are known by serial, so each look has one of its own, counted from the top.
static const struct brv_style *text_style(struct brv_layout *layout, const struct brv_style *base,
                                          const struct brv_shape_text *text, float size_pt)
{
    brv_str key = brv_arena_printf(layout->scratch,
                                   "%u %d %d %08x %.3f",
                                   base->serial,
                                   text->weight,
                                   text->is_italic,
                                   text->rgba,
                                   (double)size_pt);
    struct brv_style *style = brv_map_find(&layout->drawing_styles, key);
    if (style) {
        return style;
    }
    style = BRV_NEW(layout->lasting, struct brv_style);
    *style = *base;
    style->serial = UINT32_MAX - (uint32_t)layout->drawing_styles.count;
    style->font_size = size_pt;
    style->font_weight = text->weight;
    style->font_style = text->is_italic ? BRV_FONT_ITALIC : BRV_FONT_NORMAL;
    style->color = (struct brv_color){ (uint8_t)(text->rgba >> 24),
                                       (uint8_t)(text->rgba >> 16),
                                       (uint8_t)(text->rgba >> 8),
                                       (uint8_t)text->rgba };
    style->white_space = BRV_SPACE_PRE;
    style->letter_spacing = (struct brv_length){ 0 };
    style->word_spacing = (struct brv_length){ 0 };
    style->vertical_align = BRV_VERTICAL_BASELINE;
    style->text_decoration_line = BRV_DECORATION_NONE;
    *brv_map_at(&layout->drawing_styles, brv_arena_str(layout->lasting, key)) = style;
    return style;
}

static float anchored(enum brv_text_anchor anchor, float width_pt)
{
    switch (anchor) {
    case BRV_ANCHOR_START:
        return 0;
    case BRV_ANCHOR_MIDDLE:
        return -width_pt / 2;
    case BRV_ANCHOR_END:
        return -width_pt;
    }
    return 0;
}

// One line, shaped and put in visual order; x from its left edge, y from its baseline.
static float set_line(struct brv_layout *layout, const struct brv_style *style, brv_str lang,
                      brv_str text, struct brv_tag *tag, struct brv_slice *slice)
{
    struct brv_paragraph *p = brv_paragraph_of_text(layout, style, lang, text, tag);
    brv_paragraph_itemize(layout, p);
    if (p->piece_count == 0) {
        return 0;
    }
    float width = 0;
    for (size_t i = 0; i < p->piece_count; i++) {
        width += p->pieces[i].width_pt;
    }
    struct brv_line line = { .to = (uint32_t)p->piece_count, .width_pt = width, .is_last = true };
    brv_line_place(layout, p, &line, slice, 0, width, BRV_ALIGN_LEFT);
    return width;
}

// The clips of a shape as a run needs them: with the drawing's origin seen from the run's.
static const struct brv_path_item *clips_of(struct brv_layout *layout,
                                            const struct brv_shape *shape,
                                            const struct brv_glyph_run *run, float x_pt, float y_pt,
                                            float scale)
{
    if (!shape->clip && !shape->outer_clip) {
        return NULL;
    }
    struct brv_path_item *clips = BRV_NEW(layout->arena, struct brv_path_item);
    *clips = (struct brv_path_item){
        .shape = shape,
        .x_pt = x_pt - run->x_pt,
        .y_pt = y_pt - run->baseline_pt,
        .scale = scale,
    };
    return clips;
}

static void draw_text(struct brv_layout *layout, const struct brv_replaced *replaced,
                      const struct brv_shape *shape, struct brv_slice *slice, struct brv_tag *tag,
                      float x_pt, float y_pt, float scale)
{
    const struct brv_shape_text *text = &shape->text;
    // The matrix is a size and what is left, which turns or slants.
    const float *m = text->matrix;
    float zoom = sqrtf(fabsf(m[0] * m[3] - m[1] * m[2]));
    float size = text->size * zoom * scale;
    const float least = 0.01f, most = 10000;
    if (!(size > least) || !(size < most)) {
        return; // too small to be seen, or too large to be on any page
    }
    float x = x_pt + m[4] * scale;
    float y = y_pt + m[5] * scale;
    const float turn[4] = { m[0] / zoom, m[1] / zoom, m[2] / zoom, m[3] / zoom };
    bool is_turned = fabsf(turn[0] - 1) > 1e-4f || fabsf(turn[1]) > 1e-4f ||
                     fabsf(turn[2]) > 1e-4f || fabsf(turn[3] - 1) > 1e-4f;

    struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
    const struct brv_styled *styled = replaced->styled;
    const struct brv_style *style = text_style(layout, styled->style, text, size);
    struct brv_slice line = { 0 };
    float width = set_line(layout, style, brv_node_lang(styled->node), text->text, tag, &line);
    float start = anchored(text->anchor, width);
    struct brv_item *next;
    for (struct brv_item *item = line.first; item; item = next) {
        next = item->next;
        if (item->kind != BRV_ITEM_GLYPHS) {
            continue;
        }
        float along = start + item->glyphs.x_pt;
        item->glyphs.x_pt = x + turn[0] * along;
        item->glyphs.baseline_pt = y + turn[1] * along;
        item->glyphs.is_turned = is_turned;
        memcpy(item->glyphs.turn, turn, sizeof turn);
        item->glyphs.clipped = clips_of(layout, shape, &item->glyphs, x_pt, y_pt, scale);
        item->next = NULL;
        struct brv_item_list list = { slice->first, slice->last };
        brv_item_list_add(&list, item);
        slice->first = list.first;
        slice->last = list.last;
    }
    brv_arena_rewind(layout->scratch, mark);
}

// ---- exported

void brv_drawing_draw(struct brv_layout *layout, const struct brv_replaced *replaced,
                      struct brv_slice *slice, struct brv_tag *tag, float x_pt, float y_pt)
{
    const struct brv_drawing *drawing = replaced->drawing;
    float scale = replaced->width_pt / replaced->natural_width_pt;
    for (const struct brv_shape *shape = drawing->first; shape; shape = shape->next) {
        switch (shape->kind) {
        case BRV_SHAPE_PATH:
            brv_slice_item(layout->arena, slice, BRV_ITEM_PATH, tag)->path = (struct brv_path_item){
                .shape = shape,
                .x_pt = x_pt,
                .y_pt = y_pt,
                .scale = scale,
            };
            break;
        case BRV_SHAPE_TEXT:
            draw_text(layout, replaced, shape, slice, tag, x_pt, y_pt, scale);
            break;
        }
    }
}
