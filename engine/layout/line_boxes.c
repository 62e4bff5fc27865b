// Brevier — painting a line: the boxes of inline elements, which lie beneath what stands in them.
// SPDX-License-Identifier: MIT
#include "layout/line.h"

struct box_extent {
    const struct brv_inline_box *box;
    float from_pt, to_pt;
    bool has_start, has_end;
};

static void draw_box(struct brv_setting *s, const struct box_extent *extent)
{
    struct brv_arena *arena = s->layout->arena;
    const struct brv_style *style = extent->box->style;
    float top = s->baseline_pt - extent->box->ascent_pt - style->padding_top.pt;
    float bottom = s->baseline_pt + extent->box->descent_pt + style->padding_bottom.pt;
    if (style->background_color.alpha > 0) {
        struct brv_item *item = brv_slice_item(arena, s->slice, BRV_ITEM_BOX, NULL);
        item->artifact = BRV_ARTIFACT_BACKGROUND;
        item->box = (struct brv_box_item){
            .x_pt = extent->from_pt,
            .y_pt = top,
            .width_pt = extent->to_pt - extent->from_pt,
            .height_pt = bottom - top,
            .radius_pt = brv_length_resolve(style->border_radius, 0),
            .fill = style->background_color,
        };
    }
    const struct {
        float x1, y1, x2, y2, width;
        struct brv_color color;
        enum brv_border_style style;
    } sides[] = {
        { extent->from_pt,
          top,
          extent->to_pt,
          top,
          style->border_top_width,
          style->border_top_color,
          style->border_top_style },
        { extent->from_pt,
          bottom,
          extent->to_pt,
          bottom,
          style->border_bottom_width,
          style->border_bottom_color,
          style->border_bottom_style },
        { extent->from_pt,
          top,
          extent->from_pt,
          bottom,
          extent->has_start ? style->border_left_width : 0,
          style->border_left_color,
          style->border_left_style },
        { extent->to_pt,
          top,
          extent->to_pt,
          bottom,
          extent->has_end ? style->border_right_width : 0,
          style->border_right_color,
          style->border_right_style },
    };
    for (size_t i = 0; i < BRV_COUNT(sides); i++) {
        if (sides[i].width > 0 && sides[i].style != BRV_BORDER_NONE) {
            struct brv_item *item = brv_slice_item(arena, s->slice, BRV_ITEM_LINE, NULL);
            item->line =
                (struct brv_line_item){ sides[i].x1,    sides[i].y1,    sides[i].x2,   sides[i].y2,
                                        sides[i].width, sides[i].color, sides[i].style };
        }
    }
}

static int box_depth(const struct brv_inline_box *box)
{
    int depth = 0;
    for (; box; box = box->parent) {
        depth++;
    }
    return depth;
}

void brv_setting_draw_boxes(struct brv_setting *s)
{
    struct box_extent *extents = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct brv_placed *placed = &s->placed[i];
        if (placed->hangs) {
            continue;
        }
        const struct brv_piece *piece = placed->piece;
        const struct brv_inline_box *box = s->paragraph->inlines[piece->inline_index].meaning.box;
        for (; box; box = box->parent) {
            size_t k = count;
            size_t least = count > 64 ? count - 64 : 0; // a box's pieces stand together
            while (k > least && extents[k - 1].box != box) {
                k--;
            }
            if (k == least) {
                BRV_PUSH(s->layout->scratch, extents, count, capacity) =
                    (struct box_extent){ box, placed->x_pt, placed->x_pt, false, false };
                k = count;
            }
            struct box_extent *extent = &extents[k - 1];
            float right = placed->x_pt + placed->width_pt;
            extent->from_pt = placed->x_pt < extent->from_pt ? placed->x_pt : extent->from_pt;
            extent->to_pt = right > extent->to_pt ? right : extent->to_pt;
            extent->has_start |= piece->lead_pt > 0;
            extent->has_end |= piece->trail_pt > 0;
        }
    }
    // Outer boxes lie beneath inner ones.
    int deepest = 0;
    for (size_t i = 0; i < count; i++) {
        int depth = box_depth(extents[i].box);
        deepest = depth > deepest ? depth : deepest;
    }
    for (int depth = 1; depth <= deepest; depth++) {
        for (size_t i = 0; i < count; i++) {
            if (box_depth(extents[i].box) == depth) {
                draw_box(s, &extents[i]);
            }
        }
    }
}
