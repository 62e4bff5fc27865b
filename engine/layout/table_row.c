// Brevier — tables: rows become slices.
// A row is painted in this order: backgrounds of its group, of itself and of its cells; borders;
// what the cells hold. Where borders collapse, they come from border.c.
// SPDX-License-Identifier: MIT
#include "layout/table_row.h"

#include "layout/plan.h"
#include "layout/scale.h"

#include <float.h>

#define MOST_REACH_PT 20.0f // of a line of one cell beyond the end of a part

// What is drawn behind the text of one row, or of a part of it.
struct backdrop {
    struct brv_item_list fills;
    struct brv_item_list borders;
};

float brv_cluster_height(const struct brv_table_setting *s, const struct brv_cluster *cluster,
                         size_t from, size_t count)
{
    float height = s->grid.spacing_pt * (float)(count - 1);
    for (size_t i = from; i < from + count; i++) {
        height += cluster->heights[i];
    }
    return height;
}

// ---- drawing

struct extent {
    float x_pt, width_pt;
    float top_pt, bottom_pt;
    bool has_top, has_bottom;
};

static void add_backdrop(struct brv_table_setting *s, struct backdrop *to,
                         const struct brv_style *style, struct extent extent)
{
    if (!brv_frame_is_visible(style)) {
        return;
    }
    struct brv_frame frame = {
        .style = style,
        .x_pt = extent.x_pt,
        .width_pt = extent.width_pt,
        .is_rtl = s->grid.is_rtl,
        .is_borderless = s->grid.collapses,
    };
    brv_frame_draw(s->layout->arena,
                   &frame,
                   extent.top_pt,
                   extent.bottom_pt,
                   extent.has_top,
                   extent.has_bottom,
                   &to->fills,
                   &to->borders);
}

// Group and row backgrounds.
static void add_row_backdrop(struct brv_table_setting *s, struct backdrop *to,
                             const struct brv_row *row, float height, bool is_first, bool is_last)
{
    struct extent extent = {
        .x_pt = s->x_pt + s->grid.spacing_pt,
        .width_pt = s->width_pt - 2 * s->grid.spacing_pt,
        .bottom_pt = height,
        .has_top = is_first,
        .has_bottom = is_last,
    };
    if (row->group) {
        struct extent group = extent;
        group.has_top = row->is_group_start && is_first;
        group.has_bottom = row->is_group_end && is_last;
        add_backdrop(s, to, row->group->style, group);
    }
    add_backdrop(s, to, row->styled->style, extent);
}

// Puts what is behind the text under what the slice holds already.
static void underlay(struct brv_slice *slice, struct backdrop *backdrop)
{
    struct brv_item_list all = backdrop->fills;
    brv_item_list_join(&all, &backdrop->borders);
    brv_item_list_join(&all, &(struct brv_item_list){ slice->first, slice->last });
    slice->first = all.first;
    slice->last = all.last;
}

// ---- shared borders

static void begin_borders(struct brv_table_setting *s, const struct brv_cluster *cluster,
                          size_t index)
{
    if (s->grid.collapses) {
        brv_borders_next(&s->borders, &s->grid.rows[cluster->from + index]);
        for (size_t i = cluster->starts[index]; i < cluster->starts[index + 1]; i++) {
            brv_borders_cell(&s->borders, cluster->cells[i].cell);
        }
        brv_borders_cross(&s->borders);
    }
}

static void add_borders(struct brv_table_setting *s, struct brv_slice *slice,
                        struct backdrop *backdrop, size_t row, bool is_first, bool is_last)
{
    if (!s->grid.collapses) {
        return;
    }
    brv_borders_between(&s->borders, slice->height_pt, &backdrop->borders);
    if (is_first) {
        brv_borders_above(&s->borders, &slice->above);
    }
    if (!is_last || row + 1 < s->grid.row_count) {
        brv_borders_below(&s->borders, slice->height_pt, &slice->below);
    } else if (is_last) {
        brv_borders_next(&s->borders, NULL);
        struct brv_item_list end = { 0 };
        brv_borders_above(&s->borders, &end);
        for (struct brv_item *item = end.first; item; item = item->next) {
            brv_item_move(item, 0, slice->height_pt);
        }
        brv_item_list_join(&backdrop->borders, &end);
    }
}

// ---- a row in one piece

static void place_text(struct brv_slice *slice, struct brv_set_cell *set, float height)
{
    float room = height - set->insets.top_pt - set->insets.bottom_pt - set->slice.height_pt;
    room = room > 0 ? room : 0;
    float down = 0;
    switch (set->cell->styled->style->vertical_align) {
    case BRV_VERTICAL_MIDDLE:
        down = room / 2;
        break;
    case BRV_VERTICAL_BOTTOM:
        down = room;
        break;
    case BRV_VERTICAL_BASELINE:
    case BRV_VERTICAL_SUB:
    case BRV_VERTICAL_SUPER:
    case BRV_VERTICAL_TOP:
        break;
    }
    brv_slice_merge(slice, &set->slice, set->insets.top_pt + down);
}

void brv_row_flow(struct brv_table_setting *s, struct brv_cluster *cluster, size_t index)
{
    struct brv_flow *flow = s->column.flow;
    const struct brv_row *row = &s->grid.rows[cluster->from + index];
    float height = cluster->heights[index];
    brv_block_marks(s->layout, flow, row->styled, NULL);
    struct brv_slice *slice = brv_flow_slice(flow, height);
    struct backdrop backdrop = { 0 };
    begin_borders(s, cluster, index);
    add_row_backdrop(s, &backdrop, row, height, true, true);
    for (size_t i = cluster->starts[index]; i < cluster->starts[index + 1]; i++) {
        struct brv_set_cell *set = &cluster->cells[i];
        struct extent extent = {
            .x_pt = set->x_pt,
            .width_pt = set->width_pt,
            .bottom_pt = brv_cluster_height(s, cluster, index, set->cell->rows),
            .has_top = true,
            .has_bottom = true,
        };
        add_backdrop(s, &backdrop, set->cell->styled->style, extent);
    }
    add_borders(s, slice, &backdrop, cluster->from + index, true, true);
    underlay(slice, &backdrop);
    for (size_t i = cluster->starts[index]; i < cluster->starts[index + 1]; i++) {
        struct brv_set_cell *set = &cluster->cells[i];
        set->slice = brv_flow_flatten(s->layout->arena, &set->flow);
        place_text(slice, set, brv_cluster_height(s, cluster, index, set->cell->rows));
    }
}

// ---- a row in parts
//
// Each cell's slices stand below each other as they would in a row of one piece. The row is cut at
// the end of a slice of one cell, where no other cell has a slice that reaches far beyond it:
//
//       ├ text ┤  ┌─────────┐
//       ├ text ┤  │ picture │
//       ├ text ┤  └─────────┘ ─ ─   the part ends here; the fourth line begins above its own part
//       ├ text ┤  ├ caption ┤
//
// Where a page ends there, that line and all beside it are set lower by what it reaches up, and by
// the padding of a row: a strip with the backgrounds of the cells, which is repeated as the header
// of a table is, and with it.

static void draw_part_of_frame(struct brv_table_setting *s, struct backdrop *to,
                               struct brv_frame *frame, float bottom, bool has_bottom)
{
    brv_frame_draw(s->layout->arena,
                   frame,
                   frame->is_continued ? 0 : frame->top_pt,
                   bottom,
                   !frame->is_continued,
                   has_bottom,
                   &to->fills,
                   &to->borders);
}

// The part's marks go on with the row, but for its frames: those are drawn with each part.
static void merge_part(struct brv_table_setting *s, struct brv_set_cell *set, struct brv_slice *to,
                       struct brv_slice *from, float y, struct backdrop *backdrop)
{
    struct brv_mark *next;
    for (struct brv_mark *mark = from->marks; mark; mark = next) {
        next = mark->next;
        mark->next = NULL;
        if (mark->kind == BRV_MARK_OPEN) {
            if (mark->frame) {
                mark->frame->top_pt = y;
                mark->frame->next = set->open;
                set->open = mark->frame;
            }
        } else if (mark->kind == BRV_MARK_CLOSE) {
            if (set->open) {
                struct backdrop own = { 0 }; // lies beneath the frames within it
                draw_part_of_frame(s, &own, set->open, y + from->height_pt, true);
                brv_item_list_join(&own.fills, &backdrop->fills);
                brv_item_list_join(&own.borders, &backdrop->borders);
                *backdrop = own;
                set->open = set->open->next;
            }
        } else {
            brv_slice_mark(to, mark);
        }
    }
    from->marks = from->last_mark = NULL;
    brv_slice_merge(to, from, y);
}

// Frames that the part leaves open reach down to its end; the outer ones lie beneath.
static void draw_open_frames(struct brv_table_setting *s, struct brv_set_cell *set, float height,
                             struct backdrop *to)
{
    struct backdrop own = { 0 };
    for (struct brv_frame *frame = set->open; frame; frame = frame->next) {
        struct backdrop one = { 0 };
        draw_part_of_frame(s, &one, frame, height, false);
        frame->is_continued = true;
        brv_item_list_join(&one.fills, &own.fills);
        brv_item_list_join(&one.borders, &own.borders);
        own = one;
    }
    brv_item_list_join(&own.fills, &to->fills);
    brv_item_list_join(&own.borders, &to->borders);
    *to = own;
}

static bool takes(const struct brv_set_cell *set, float end_pt)
{
    return set->next < set->flow.count &&
           set->next_pt + set->flow.slices[set->next].height_pt <= end_pt + BRV_FIT_TOLERANCE_PT;
}

static void take_next(struct brv_set_cell *set)
{
    set->next_pt += set->flow.slices[set->next++].height_pt;
    set->next_pt += set->next < set->flow.count ? set->flow.slices[set->next].before_pt : 0;
}

// Where the part ends that begins at `from_pt`. *reach_pt is how far up the slices below it reach.
static float part_end(const struct brv_table_setting *s, const struct brv_cluster *cluster,
                      size_t index, float from_pt, float *reach_pt)
{
    const size_t first = cluster->starts[index];
    const size_t end = cluster->starts[index + 1];
    struct brv_set_cell *cells =
        BRV_NEW_ARRAY(s->layout->scratch, struct brv_set_cell, end - first);
    memcpy(cells, cluster->cells + first, (end - first) * sizeof *cells);
    const float most = s->layout->page_height_pt / s->factor / 2;
    float best = from_pt;
    *reach_pt = FLT_MAX;
    for (float at = from_pt;;) {
        float next = FLT_MAX; // the nearest end of a slice
        for (size_t i = 0; i < end - first; i++) {
            if (cells[i].next < cells[i].flow.count) {
                next = brv_smaller(
                    next, cells[i].next_pt + cells[i].flow.slices[cells[i].next].height_pt);
            }
        }
        if (next == FLT_MAX) {
            return best;
        }
        at = brv_larger(at, next);
        float reach = 0;
        for (size_t i = 0; i < end - first; i++) {
            while (takes(&cells[i], at)) {
                take_next(&cells[i]);
            }
            bool is_done = cells[i].next == cells[i].flow.count;
            reach = brv_larger(reach, is_done ? 0 : at - cells[i].next_pt);
        }
        if (reach < *reach_pt) {
            best = at;
            *reach_pt = reach;
        }
        if (reach <= MOST_REACH_PT || at - from_pt > most) {
            return best;
        }
    }
}

// Whether anything is below a place.
static bool is_left(const struct brv_cluster *cluster, size_t index, float below_pt)
{
    for (size_t i = cluster->starts[index]; i < cluster->starts[index + 1]; i++) {
        struct brv_set_cell set = cluster->cells[i];
        while (takes(&set, below_pt)) {
            take_next(&set);
        }
        if (set.next < set.flow.count) {
            return true;
        }
    }
    return false;
}

// What is repeated above a part that begins a page: the header of the table, and a strip.
static const struct brv_flow *head_of_part(struct brv_table_setting *s,
                                           const struct brv_cluster *cluster, size_t index,
                                           float height)
{
    struct brv_layout *layout = s->layout;
    const struct brv_flow *header = s->column.flow->header;
    struct brv_flow *head = BRV_NEW(layout->flows, struct brv_flow);
    head->arena = layout->flows;
    bool has_header =
        header && header->height_pt + height * s->factor <= layout->page_height_pt / 2;
    for (size_t i = 0; has_header && i < header->count; i++) {
        brv_flow_margin(head, header->slices[i].before_pt);
        struct brv_slice *row = brv_flow_slice(head, header->slices[i].height_pt);
        const float before = row->before_pt;
        *row = header->slices[i];
        row->before_pt = before;
    }
    const size_t first = head->count;
    struct brv_slice *strip = brv_flow_slice(head, height);
    struct backdrop backdrop = { 0 };
    struct backdrop inner = { 0 }; // frames within the cells
    if (s->grid.collapses) {
        brv_borders_between(&s->borders, height, &backdrop.borders);
    }
    if (s->grid.collapses && !has_header) {
        brv_borders_above(&s->borders, &backdrop.borders);
    }
    add_row_backdrop(s, &backdrop, &s->grid.rows[cluster->from + index], height, false, false);
    for (size_t i = cluster->starts[index]; i < cluster->starts[index + 1]; i++) {
        struct brv_set_cell *set = &cluster->cells[i];
        struct extent extent = { set->x_pt, set->width_pt, 0, height, false, false };
        add_backdrop(s, &backdrop, set->cell->styled->style, extent);
        draw_open_frames(s, set, height, &inner);
    }
    brv_item_list_join(&backdrop.borders, &inner.fills);
    brv_item_list_join(&backdrop.borders, &inner.borders);
    underlay(strip, &backdrop);
    if (s->factor < 1) {
        brv_flow_scale(layout->arena, head, first, s->x_pt, s->factor);
    }
    return head;
}

struct part {
    float from_pt, to_pt; // of the row
    bool is_first, is_last;
};

static void flow_part(struct brv_table_setting *s, struct brv_cluster *cluster, size_t index,
                      struct part part, struct brv_edges insets)
{
    const struct brv_row *row = &s->grid.rows[cluster->from + index];
    struct brv_slice text = { 0 };
    struct backdrop inner = { 0 }; // frames within the cells
    const float height = part.to_pt - part.from_pt + (part.is_last ? insets.bottom_pt : 0);
    struct brv_slice *slice = brv_flow_slice(s->column.flow, height);
    struct backdrop backdrop = { 0 };
    add_row_backdrop(s, &backdrop, row, height, part.is_first, part.is_last);
    for (size_t i = cluster->starts[index]; i < cluster->starts[index + 1]; i++) {
        struct brv_set_cell *set = &cluster->cells[i];
        struct backdrop frames = { 0 };
        for (; takes(set, part.to_pt); take_next(set)) {
            merge_part(
                s, set, &text, &set->flow.slices[set->next], set->next_pt - part.from_pt, &frames);
        }
        draw_open_frames(s, set, height, &frames);
        brv_item_list_join(&inner.fills, &frames.fills);
        brv_item_list_join(&inner.borders, &frames.borders);
        struct extent extent = { set->x_pt, set->width_pt, 0, height, part.is_first, part.is_last };
        add_backdrop(s, &backdrop, set->cell->styled->style, extent);
    }
    add_borders(s, slice, &backdrop, cluster->from + index, part.is_first, part.is_last);
    brv_item_list_join(&backdrop.borders, &inner.fills);
    brv_item_list_join(&backdrop.borders, &inner.borders);
    underlay(slice, &backdrop);
    brv_slice_merge(slice, &text, 0);
}

// A page had better end where that tears no cell.
static void add_costs(const struct brv_table_setting *s, const struct brv_cluster *cluster,
                      size_t index)
{
    for (size_t i = cluster->starts[index]; i < cluster->starts[index + 1]; i++) {
        const struct brv_set_cell *set = &cluster->cells[i];
        if (set->next > 0 && set->next < set->flow.count) {
            brv_flow_cost(s->column.flow, set->flow.slices[set->next].cost);
        }
    }
}

void brv_row_flow_cut(struct brv_table_setting *s, struct brv_cluster *cluster, size_t index)
{
    struct brv_flow *flow = s->column.flow;
    struct brv_edges insets = { 0 };
    const size_t first = cluster->starts[index];
    const size_t end = cluster->starts[index + 1];
    for (size_t i = first; i < end; i++) {
        const struct brv_set_cell *set = &cluster->cells[i];
        insets.top_pt = brv_larger(insets.top_pt, set->insets.top_pt);
        insets.bottom_pt = brv_larger(insets.bottom_pt, set->insets.bottom_pt);
    }
    for (size_t i = first; i < end; i++) {
        cluster->cells[i].next_pt = insets.top_pt;
    }
    brv_block_marks(s->layout, flow, s->grid.rows[cluster->from + index].styled, NULL);
    begin_borders(s, cluster, index);
    const struct brv_flow *header = flow->header;
    struct part part = { .is_first = true };
    float reach = 0; // of the slices of this part, up into the last one
    while (!part.is_last) {
        float next_reach;
        struct brv_arena_mark mark = brv_arena_mark(s->layout->scratch);
        part.to_pt = part_end(s, cluster, index, part.from_pt, &next_reach);
        brv_arena_rewind(s->layout->scratch, mark);
        part.is_last = !is_left(cluster, index, part.to_pt);
        if (!part.is_first) {
            add_costs(s, cluster, index);
            flow->header = head_of_part(s, cluster, index, insets.top_pt + reach);
        }
        flow_part(s, cluster, index, part, insets);
        flow->header = header;
        part.is_first = false;
        part.from_pt = part.to_pt;
        reach = next_reach;
    }
}
