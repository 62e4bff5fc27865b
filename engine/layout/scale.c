// Brevier — setting what is laid out at a smaller size.
// SPDX-License-Identifier: MIT
#include "layout/scale.h"

#include <float.h>

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

static void scale_slice(const struct scale *s, struct brv_slice *slice)
{
    slice->height_pt *= s->factor;
    scale_items(s, slice->first);
    scale_items(s, slice->above.first);
    scale_items(s, slice->below.first);
    for (struct brv_link_area *area = slice->links; area; area = area->next) {
        area->x_pt = scaled_x(s, area->x_pt);
        area->y_pt *= s->factor;
        area->width_pt *= s->factor;
        area->height_pt *= s->factor;
    }
}

void brv_flow_scale(struct brv_arena *arena, struct brv_flow *flow, size_t from, float origin_pt,
                    float factor)
{
    const struct scale s = { arena, origin_pt, factor };
    for (size_t i = from; i < flow->count; i++) {
        struct brv_slice *slice = &flow->slices[i];
        flow->height_pt -= (1 - factor) * slice->height_pt;
        scale_slice(&s, slice);
    }
}

// ---- what would leave its page

// Where text begins and ends; that of drawings is as wide as they are.
struct extent {
    float left_pt, right_pt;
    float lowest_pt;           // baseline
    float height_pt;           // of the slice, or of letters that are higher
    const struct brv_tag *tag; // of what begins
};

static struct extent text_extent(const struct brv_slice *slice)
{
    struct extent extent = { FLT_MAX, -FLT_MAX, 0, slice->height_pt, NULL };
    for (const struct brv_item *item = slice->first; item; item = item->next) {
        const struct brv_glyph_run *run = &item->glyphs;
        if (item->kind != BRV_ITEM_GLYPHS || run->is_turned || run->clipped) {
            continue;
        }
        float right = run->x_pt;
        for (size_t i = 0; i < run->glyph_count; i++) {
            right += run->glyphs[i].x_advance_pt;
        }
        extent.height_pt = run->size_pt > extent.height_pt ? run->size_pt : extent.height_pt;
        extent.lowest_pt =
            run->baseline_pt > extent.lowest_pt ? run->baseline_pt : extent.lowest_pt;
        extent.tag = extent.tag ? extent.tag : item->tag;
        extent.left_pt = run->x_pt < extent.left_pt ? run->x_pt : extent.left_pt;
        extent.right_pt = right > extent.right_pt ? right : extent.right_pt;
    }
    return extent;
}

// Once for each element.
static void report_fit(struct brv_layout *layout, const struct brv_tag *tag)
{
    while (tag && !tag->node) {
        tag = tag->parent;
    }
    struct brv_span where = tag ? tag->node->span : brv_span_none();
    if (brv_layout_tell_once(
            layout,
            brv_arena_printf(layout->scratch, "off the page %u %u", where.offset, where.length))) {
        brv_report(layout->sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   where,
                   "text would leave its page; it is moved, and set smaller where it is too large");
    }
}

void brv_slice_fit(struct brv_layout *layout, struct brv_slice *slice, struct brv_sides sides)
{
    const float tolerance = 2;
    const struct extent extent = text_extent(slice);
    bool is_inside = extent.left_pt >= sides.left_pt - tolerance &&
                     extent.right_pt <= sides.right_pt + tolerance &&
                     extent.lowest_pt <= sides.bottom_pt;
    bool is_low = extent.height_pt <= sides.height_pt + tolerance;
    if (extent.left_pt > extent.right_pt || (is_inside && is_low)) {
        return;
    }
    const float width = extent.right_pt - extent.left_pt;
    const float room = sides.right_pt - sides.left_pt;
    float factor = is_low ? 1 : sides.height_pt / extent.height_pt;
    factor = width * factor > room ? room / width : factor;
    if (factor < 1) {
        scale_slice(&(struct scale){ layout->arena, extent.left_pt, factor }, slice);
    }
    const float right = extent.left_pt + width * factor;
    const float low = extent.lowest_pt * factor;
    const float dx = extent.left_pt < sides.left_pt ? sides.left_pt - extent.left_pt
                     : right > sides.right_pt       ? sides.right_pt - right
                                                    : 0;
    const float dy = low > sides.bottom_pt ? sides.bottom_pt - low : 0;
    for (struct brv_item *item = slice->first; item; item = item->next) {
        brv_item_move(item, dx, dy);
    }
    for (struct brv_link_area *area = slice->links; area; area = area->next) {
        area->x_pt += dx;
        area->y_pt += dy;
    }
    report_fit(layout, extent.tag);
}
