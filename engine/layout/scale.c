// Brevier — setting what is laid out at a smaller size.
// SPDX-License-Identifier: MIT
#include "layout/scale.h"

struct scale {
    struct brv_arena *arena;
    float origin_pt; // the x that stays
    float factor;
};

static float scaled_x(const struct scale *s, float x_pt)
{
    return s->origin_pt + (x_pt - s->origin_pt) * s->factor;
}

static void scale_path(const struct scale *s, struct brv_path_item *path)
{
    path->x_pt = scaled_x(s, path->x_pt);
    path->y_pt *= s->factor;
    path->scale *= s->factor;
}

static void scale_glyphs(const struct scale *s, struct brv_glyph_run *run)
{
    struct brv_glyph *glyphs = BRV_NEW_ARRAY(s->arena, struct brv_glyph, run->glyph_count);
    for (size_t i = 0; i < run->glyph_count; i++) {
        glyphs[i] = run->glyphs[i];
        glyphs[i].x_advance_pt *= s->factor;
    }
    run->glyphs = glyphs;
    if (run->offsets) {
        struct brv_glyph_offset *offsets =
            BRV_NEW_ARRAY(s->arena, struct brv_glyph_offset, run->glyph_count);
        for (size_t i = 0; i < run->glyph_count; i++) {
            offsets[i].x_pt = run->offsets[i].x_pt * s->factor;
            offsets[i].y_pt = run->offsets[i].y_pt * s->factor;
        }
        run->offsets = offsets;
    }
    if (run->clipped) { // its place is as seen from the run
        struct brv_path_item *clipped = BRV_NEW(s->arena, struct brv_path_item);
        *clipped = *run->clipped;
        scale_path(&(struct scale){ s->arena, 0, s->factor }, clipped);
        run->clipped = clipped;
    }
    run->size_pt *= s->factor;
    run->x_pt = scaled_x(s, run->x_pt);
    run->baseline_pt *= s->factor;
    run->embolden_pt *= s->factor;
}

static void scale_items(const struct scale *s, struct brv_item *item)
{
    for (; item; item = item->next) {
        switch (item->kind) {
        case BRV_ITEM_GLYPHS:
            scale_glyphs(s, &item->glyphs);
            break;
        case BRV_ITEM_BOX:
            item->box.x_pt = scaled_x(s, item->box.x_pt);
            item->box.y_pt *= s->factor;
            item->box.width_pt *= s->factor;
            item->box.height_pt *= s->factor;
            item->box.radius_pt *= s->factor;
            break;
        case BRV_ITEM_LINE:
            item->line.x1_pt = scaled_x(s, item->line.x1_pt);
            item->line.x2_pt = scaled_x(s, item->line.x2_pt);
            item->line.y1_pt *= s->factor;
            item->line.y2_pt *= s->factor;
            item->line.width_pt *= s->factor;
            break;
        case BRV_ITEM_IMAGE:
            item->image.x_pt = scaled_x(s, item->image.x_pt);
            item->image.y_pt *= s->factor;
            item->image.width_pt *= s->factor;
            item->image.height_pt *= s->factor;
            break;
        case BRV_ITEM_PATH:
            scale_path(s, &item->path);
            break;
        }
    }
}

void brv_flow_scale(struct brv_arena *arena, struct brv_flow *flow, size_t from, float origin_pt,
                    float factor)
{
    const struct scale s = { arena, origin_pt, factor };
    for (size_t i = from; i < flow->count; i++) {
        struct brv_slice *slice = &flow->slices[i];
        flow->height_pt -= (1 - factor) * slice->height_pt;
        slice->height_pt *= factor;
        scale_items(&s, slice->first);
        scale_items(&s, slice->above.first);
        scale_items(&s, slice->below.first);
        for (struct brv_link_area *area = slice->links; area; area = area->next) {
            area->x_pt = scaled_x(&s, area->x_pt);
            area->y_pt *= factor;
            area->width_pt *= factor;
            area->height_pt *= factor;
        }
    }
}
