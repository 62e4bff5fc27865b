// Brevier — drawing frames: backgrounds, borders, rounded corners.
// SPDX-License-Identifier: MIT
#include "layout/block.h"

struct side {
    float width_pt;
    enum brv_border_style style;
    struct brv_color color;
};

bool brv_frame_is_visible(const struct brv_style *style)
{
    return style->background_color.alpha > 0 ||
           (style->border_top_width > 0 && style->border_top_style != BRV_BORDER_NONE) ||
           (style->border_right_width > 0 && style->border_right_style != BRV_BORDER_NONE) ||
           (style->border_bottom_width > 0 && style->border_bottom_style != BRV_BORDER_NONE) ||
           (style->border_left_width > 0 && style->border_left_style != BRV_BORDER_NONE);
}

static struct brv_edges mirrored(struct brv_edges edges, bool is_rtl)
{
    if (is_rtl) {
        float left = edges.left_pt;
        edges.left_pt = edges.right_pt;
        edges.right_pt = left;
    }
    return edges;
}

struct brv_edges brv_style_margins(const struct brv_style *style, float width_pt, bool is_rtl)
{
    struct brv_edges edges = {
        .top_pt = brv_length_resolve(style->margin_top, width_pt),
        .right_pt = brv_length_resolve(style->margin_right, width_pt),
        .bottom_pt = brv_length_resolve(style->margin_bottom, width_pt),
        .left_pt = brv_length_resolve(style->margin_left, width_pt),
    };
    return mirrored(edges, is_rtl);
}

static float drawn(float width_pt, enum brv_border_style style)
{
    return style == BRV_BORDER_NONE ? 0 : width_pt;
}

struct brv_edges brv_style_insets(const struct brv_style *style, float width_pt, bool is_rtl)
{
    struct brv_edges edges = {
        .top_pt = brv_length_resolve(style->padding_top, width_pt) +
                  drawn(style->border_top_width, style->border_top_style),
        .right_pt = brv_length_resolve(style->padding_right, width_pt) +
                    drawn(style->border_right_width, style->border_right_style),
        .bottom_pt = brv_length_resolve(style->padding_bottom, width_pt) +
                     drawn(style->border_bottom_width, style->border_bottom_style),
        .left_pt = brv_length_resolve(style->padding_left, width_pt) +
                   drawn(style->border_left_width, style->border_left_style),
    };
    return mirrored(edges, is_rtl);
}

// What two edges take of a size. True when they ask for more.
static bool limit_edges(float *before_pt, float *after_pt, float size_pt)
{
    const float line_pt = 36;
    const float room = size_pt > 2 * line_pt ? size_pt - line_pt : size_pt / 2;
    *before_pt = *before_pt > 0 ? *before_pt : 0;
    *after_pt = *after_pt > 0 ? *after_pt : 0;
    const float both = *before_pt + *after_pt;
    if (both > room) {
        *before_pt *= room / both;
        *after_pt *= room / both;
    }
    return both > room;
}

struct brv_page_box brv_page_box(struct brv_layout *layout, const struct brv_page_style *page)
{
    struct brv_edges margins = brv_style_margins(page->style, page->width_pt, false);
    const struct brv_edges insets = brv_style_insets(page->style, page->width_pt, false);
    struct brv_edges all = { margins.top_pt + insets.top_pt,
                             margins.right_pt + insets.right_pt,
                             margins.bottom_pt + insets.bottom_pt,
                             margins.left_pt + insets.left_pt };
    limit_edges(&margins.left_pt, &margins.right_pt, page->width_pt);
    limit_edges(&margins.top_pt, &margins.bottom_pt, page->height_pt);
    const struct brv_edges asked = all;
    if (limit_edges(&all.top_pt, &all.bottom_pt, page->height_pt) &&
        brv_layout_tell_once(layout, BRV_S("page height"))) {
        brv_style_report_margins(
            layout->sink, false, asked.top_pt, asked.bottom_pt, page->height_pt);
    }
    if (limit_edges(&all.left_pt, &all.right_pt, page->width_pt) &&
        brv_layout_tell_once(layout, BRV_S("page width"))) {
        brv_style_report_margins(layout->sink, true, asked.left_pt, asked.right_pt, page->width_pt);
    }
    return (struct brv_page_box){
        .margins = margins,
        .x_pt = all.left_pt,
        .y_pt = all.top_pt,
        .width_pt = page->width_pt - all.left_pt - all.right_pt,
        .height_pt = page->height_pt - all.top_pt - all.bottom_pt,
    };
}

static struct brv_item *add_item(struct brv_arena *arena, struct brv_item_list *list,
                                 enum brv_item_kind kind)
{
    struct brv_item *item = BRV_NEW(arena, struct brv_item);
    item->kind = kind;
    item->artifact = BRV_ARTIFACT_BACKGROUND;
    brv_item_list_add(list, item);
    return item;
}

static void add_box(struct brv_arena *arena, struct brv_item_list *list, float x, float y,
                    float width, float height, float radius, struct brv_color fill)
{
    if (width > 0 && height > 0 && fill.alpha > 0) {
        float most = (width < height ? width : height) / 2;
        add_item(arena, list, BRV_ITEM_BOX)->box =
            (struct brv_box_item){ x, y, width, height, radius < most ? radius : most, fill };
    }
}

static void add_line(struct brv_arena *arena, struct brv_item_list *list, float x1, float y1,
                     float x2, float y2, const struct side *side)
{
    if (side->width_pt > 0 && side->style != BRV_BORDER_NONE && side->color.alpha > 0) {
        add_item(arena, list, BRV_ITEM_LINE)->line =
            (struct brv_line_item){ x1, y1, x2, y2, side->width_pt, side->color, side->style };
    }
}

static bool same_side(const struct side *a, const struct side *b)
{
    return a->style == b->style && a->width_pt >= b->width_pt && a->width_pt <= b->width_pt &&
           memcmp(&a->color, &b->color, sizeof a->color) == 0;
}

void brv_frame_draw(struct brv_arena *arena, const struct brv_frame *frame, float top, float bottom,
                    bool has_top, bool has_bottom, struct brv_item_list *fills,
                    struct brv_item_list *borders)
{
    const struct brv_style *style = frame->style;
    struct side top_side = { style->border_top_width,
                             style->border_top_style,
                             style->border_top_color };
    struct side bottom_side = { style->border_bottom_width,
                                style->border_bottom_style,
                                style->border_bottom_color };
    struct side left_side = { style->border_left_width,
                              style->border_left_style,
                              style->border_left_color };
    struct side right_side = { style->border_right_width,
                               style->border_right_style,
                               style->border_right_color };
    if (frame->is_rtl) {
        struct side swap = left_side;
        left_side = right_side;
        right_side = swap;
    }
    float x = frame->x_pt;
    float width = frame->width_pt;
    float radius = has_top && has_bottom ? brv_length_resolve(style->border_radius, width) : 0;
    struct brv_color fill = style->background_color;

    bool is_uniform = same_side(&top_side, &bottom_side) && same_side(&top_side, &left_side) &&
                      same_side(&top_side, &right_side);
    // A rounded border is the ring that an outer box leaves around an inner one.
    if (radius > 0 && is_uniform && !frame->is_borderless && top_side.style == BRV_BORDER_SOLID &&
        fill.alpha == 255) {
        float inset = top_side.width_pt;
        add_box(arena, fills, x, top, width, bottom - top, radius, top_side.color);
        add_box(arena,
                fills,
                x + inset,
                top + inset,
                width - 2 * inset,
                bottom - top - 2 * inset,
                radius > inset ? radius - inset : 0,
                fill);
        return;
    }
    add_box(arena, fills, x, top, width, bottom - top, radius, fill);
    if (frame->is_borderless) {
        return;
    }
    float middle = left_side.width_pt / 2;
    add_line(arena, borders, x + middle, top, x + middle, bottom, &left_side);
    middle = right_side.width_pt / 2;
    add_line(arena, borders, x + width - middle, top, x + width - middle, bottom, &right_side);
    if (has_top) {
        middle = top_side.width_pt / 2;
        add_line(arena, borders, x, top + middle, x + width, top + middle, &top_side);
    }
    if (has_bottom) {
        middle = bottom_side.width_pt / 2;
        add_line(arena, borders, x, bottom - middle, x + width, bottom - middle, &bottom_side);
    }
}

// The frames of a flow that becomes one slice, in opening order: outer ones lie beneath.
struct frame_stack {
    struct brv_frame *open;
    struct brv_frame *first, *last;
};

static void open_frame(struct frame_stack *stack, struct brv_frame *frame, float y_pt)
{
    frame->top_pt = y_pt;
    frame->next = stack->open;
    stack->open = frame;
    if (stack->last) {
        stack->last->following = frame;
    } else {
        stack->first = frame;
    }
    stack->last = frame;
}

// The marks of a slice that outlive it; frames are noted on the way.
static void take_marks(struct frame_stack *stack, struct brv_slice *whole, struct brv_slice *slice,
                       float y_pt)
{
    struct brv_mark *next;
    for (struct brv_mark *mark = slice->marks; mark; mark = next) {
        next = mark->next;
        mark->next = NULL;
        if (mark->kind == BRV_MARK_OPEN) {
            if (mark->frame) {
                open_frame(stack, mark->frame, y_pt);
            }
        } else if (mark->kind == BRV_MARK_CLOSE) {
            if (stack->open) {
                stack->open->bottom_pt = y_pt + slice->height_pt;
                stack->open = stack->open->next;
            }
        } else {
            brv_slice_mark(whole, mark);
        }
    }
    slice->marks = slice->last_mark = NULL;
}

struct brv_slice brv_flow_flatten(struct brv_arena *arena, struct brv_flow *flow)
{
    struct brv_slice whole = { 0 };
    struct frame_stack stack = { 0 };
    float y = 0;
    for (size_t i = 0; i < flow->count; i++) {
        struct brv_slice *slice = &flow->slices[i];
        y += i == 0 && slice->before_pt > 0 ? 0 : slice->before_pt;
        take_marks(&stack, &whole, slice, y);
        brv_slice_merge(&whole, slice, y);
        y += slice->height_pt;
    }
    struct brv_item_list fills = { 0 };
    struct brv_item_list borders = { 0 };
    for (struct brv_frame *frame = stack.first; frame; frame = frame->following) {
        brv_frame_draw(arena, frame, frame->top_pt, frame->bottom_pt, true, true, &fills, &borders);
    }
    brv_item_list_join(&fills, &borders);
    if (fills.first) {
        fills.last->next = whole.first;
        whole.first = fills.first;
        whole.last = whole.last ? whole.last : fills.last;
    }
    whole.height_pt = y;
    return whole;
}
