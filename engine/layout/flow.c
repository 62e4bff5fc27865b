// Brevier — the vertical list.
// SPDX-License-Identifier: MIT
#include "layout/flow.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void brv_item_list_add(struct brv_item_list *list, struct brv_item *item)
{
    if (list->last) {
        list->last->next = item;
    } else {
        list->first = item;
    }
    list->last = item;
}

void brv_item_list_join(struct brv_item_list *list, struct brv_item_list *from)
{
    if (from->first) {
        *(list->last ? &list->last->next : &list->first) = from->first;
        list->last = from->last;
    }
    *from = (struct brv_item_list){ 0 };
}

void brv_flow_margin(struct brv_flow *flow, float margin_pt)
{
    if (margin_pt > flow->margin_positive_pt) {
        flow->margin_positive_pt = margin_pt;
    } else if (margin_pt < flow->margin_negative_pt) {
        flow->margin_negative_pt = margin_pt;
    }
}

// Of a break within so many blocks that ask for none.
static uint8_t cost_of_inside(uint8_t blocks)
{
    enum { MOST = BRV_COST_GLUED / BRV_COST_INSIDE - 1 };
    return (uint8_t)(BRV_COST_INSIDE * (blocks < MOST ? blocks : MOST));
}

void brv_flow_cost(struct brv_flow *flow, enum brv_break_cost cost)
{
    if (cost == BRV_COST_LINES && flow->cost < BRV_COST_GLUED) {
        flow->cost |= BRV_COST_LINES;
    }
    flow->cost = flow->cost > (uint8_t)cost ? flow->cost : (uint8_t)cost;
}

float brv_flow_glued_pt(const struct brv_flow *flow)
{
    float height = 0;
    float before = flow->margin_positive_pt + flow->margin_negative_pt;
    uint8_t cost = flow->cost;
    for (size_t i = flow->count; i > 0 && cost >= BRV_COST_INSIDE; i--) {
        const struct brv_slice *slice = &flow->slices[i - 1];
        height += before + slice->height_pt;
        before = slice->before_pt;
        cost = slice->forced == BRV_BREAK_AUTO ? slice->cost : (uint8_t)BRV_COST_FREE;
    }
    return height;
}

void brv_flow_begin_kept(struct brv_flow *flow)
{
    flow->inside++;
}

void brv_flow_end_kept(struct brv_flow *flow, size_t from, bool holds)
{
    for (size_t i = from + 1; i < flow->count && !holds; i++) {
        struct brv_slice *slice = &flow->slices[i];
        if (slice->inside >= flow->inside) {
            const uint8_t lines = slice->cost & BRV_COST_LINES;
            slice->inside--;
            if (slice->cost < BRV_COST_GLUED) {
                slice->cost = cost_of_inside(slice->inside) | lines;
            }
        }
    }
    flow->inside--;
    if (flow->cost < BRV_COST_GLUED && flow->cost > cost_of_inside(flow->inside)) {
        flow->cost = cost_of_inside(flow->inside);
    }
    flow->cost_inside = flow->cost_inside < flow->inside ? flow->cost_inside : flow->inside;
}

static void append_mark(struct brv_mark **first, struct brv_mark **last, struct brv_mark *mark)
{
    if (*last) {
        (*last)->next = mark;
    } else {
        *first = mark;
    }
    *last = mark;
}

struct brv_mark *brv_flow_mark(struct brv_flow *flow, enum brv_mark_kind kind)
{
    struct brv_mark *mark = BRV_NEW(flow->arena, struct brv_mark);
    mark->kind = kind;
    append_mark(&flow->marks, &flow->last_mark, mark);
    return mark;
}

struct brv_mark *brv_flow_mark_last(struct brv_flow *flow, enum brv_mark_kind kind)
{
    struct brv_mark *mark = BRV_NEW(flow->arena, struct brv_mark);
    mark->kind = kind;
    brv_slice_mark(&flow->slices[flow->count - 1], mark);
    return mark;
}

void brv_slice_mark(struct brv_slice *slice, struct brv_mark *mark)
{
    append_mark(&slice->marks, &slice->last_mark, mark);
}

static void free_long(void *place)
{
    free(*(void **)place);
}

// Room for one more. The slices of a book are megabytes, of which an arena would keep each smaller
// array that they grew out of; so a long flow has them on the heap.
static void reserve_slice(struct brv_flow *flow)
{
    enum { LONG_FLOW = 2048 };
    if (flow->count < flow->capacity) {
        return;
    }
    if (flow->capacity < LONG_FLOW) {
        flow->slices = brv_arena_grow(
            flow->arena, flow->slices, &flow->capacity, flow->count + 1, sizeof *flow->slices);
        return;
    }
    flow->capacity = brv_size_multiply(flow->capacity, 2);
    size_t bytes = brv_size_multiply(flow->capacity, sizeof *flow->slices);
    if (flow->long_slices) {
        flow->slices = brv_heap_resize(flow->slices, bytes);
    } else {
        flow->slices =
            memcpy(brv_heap_alloc(bytes), flow->slices, flow->count * sizeof *flow->slices);
        flow->long_slices = BRV_NEW(flow->arena, struct brv_slice *);
        brv_arena_on_free(flow->arena, free_long, flow->long_slices);
    }
    *flow->long_slices = flow->slices;
}

struct brv_slice *brv_flow_slice(struct brv_flow *flow, float height_pt)
{
    float before = flow->margin_positive_pt + flow->margin_negative_pt;
    // Nothing begins above what is before it, so nothing begins above its page.
    float least = flow->count > 0 ? -flow->slices[flow->count - 1].height_pt : 0;
    before = before > least ? before : least;
    bool is_other_page =
        flow->count > 0 && !brv_str_equal(flow->slices[flow->count - 1].page, flow->page);
    if (is_other_page && flow->forced == BRV_BREAK_AUTO) {
        flow->forced = BRV_BREAK_PAGE;
    }
    reserve_slice(flow);
    struct brv_slice *slice = &flow->slices[flow->count++];
    *slice = (struct brv_slice){
        .before_pt = before,
        .height_pt = height_pt,
        .cost = flow->cost,
        .forced = flow->forced,
        .inside = flow->cost_inside,
        .marks = flow->marks,
        .last_mark = flow->last_mark,
        .header = flow->header,
        .page = flow->page,
        .columns = flow->columns,
    };
    flow->height_pt += before + height_pt;
    flow->margin_positive_pt = 0;
    flow->margin_negative_pt = 0;
    flow->cost = cost_of_inside(flow->inside);
    flow->cost_inside = flow->inside;
    flow->forced = BRV_BREAK_AUTO;
    flow->marks = NULL;
    flow->last_mark = NULL;
    return slice;
}

struct brv_item *brv_slice_item(struct brv_arena *arena, struct brv_slice *slice,
                                enum brv_item_kind kind, struct brv_tag *tag)
{
    struct brv_item *item = BRV_NEW(arena, struct brv_item);
    item->kind = kind;
    item->tag = tag;
    item->artifact = BRV_ARTIFACT_LAYOUT;
    if (slice->last) {
        slice->last->next = item;
    } else {
        slice->first = item;
    }
    slice->last = item;
    return item;
}

struct brv_link_area *brv_slice_link(struct brv_arena *arena, struct brv_slice *slice)
{
    struct brv_link_area *area = BRV_NEW(arena, struct brv_link_area);
    struct brv_link_area **end = &slice->links;
    while (*end) {
        end = &(*end)->next;
    }
    *end = area;
    return area;
}

void brv_item_move(struct brv_item *item, float dx_pt, float dy_pt)
{
    switch (item->kind) {
    case BRV_ITEM_GLYPHS:
        item->glyphs.x_pt += dx_pt;
        item->glyphs.baseline_pt += dy_pt;
        break;
    case BRV_ITEM_BOX:
        item->box.x_pt += dx_pt;
        item->box.y_pt += dy_pt;
        break;
    case BRV_ITEM_LINE:
        item->line.x1_pt += dx_pt;
        item->line.x2_pt += dx_pt;
        item->line.y1_pt += dy_pt;
        item->line.y2_pt += dy_pt;
        break;
    case BRV_ITEM_IMAGE:
        item->image.x_pt += dx_pt;
        item->image.y_pt += dy_pt;
        break;
    case BRV_ITEM_PATH:
        item->path.x_pt += dx_pt;
        item->path.y_pt += dy_pt;
        break;
    }
}

void brv_slice_merge(struct brv_slice *to, struct brv_slice *from, float dy_pt)
{
    struct brv_item_list items = { from->first, from->last };
    brv_item_list_join(&items, &from->above);
    for (struct brv_item *item = items.first; item; item = item->next) {
        brv_item_move(item, 0, dy_pt);
    }
    struct brv_item_list all = { to->first, to->last };
    brv_item_list_join(&all, &items);
    to->first = all.first;
    to->last = all.last;
    struct brv_link_area **end = &to->links;
    while (*end) {
        end = &(*end)->next;
    }
    *end = from->links;
    for (; *end; end = &(*end)->next) {
        (*end)->y_pt += dy_pt;
    }
    if (from->marks) {
        if (to->last_mark) {
            to->last_mark->next = from->marks;
        } else {
            to->marks = from->marks;
        }
        to->last_mark = from->last_mark;
    }
    from->first = from->last = NULL;
    from->links = NULL;
    from->marks = from->last_mark = NULL;
}
