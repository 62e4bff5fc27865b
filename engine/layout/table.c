// Brevier — tables: rows become slices.
// Each cell is laid out as a flow of its own. A row that fits on a page is one slice, so no page
// ends inside it. A taller one is cut where its cells' lines meet: the first lines of all cells
// make one slice, the second lines the next. Rows that a spanning cell ties together are measured
// as one cluster and glued. Header rows are kept as a copy that the page breaker repeats.
// SPDX-License-Identifier: MIT
#include "layout/table.h"
#include "layout/tag.h"

// A laid-out cell of the cluster at hand.
struct set_cell {
    const struct brv_cell *cell;
    struct brv_flow flow;
    struct brv_slice slice; // the flow as one piece
    size_t row;             // within the cluster
    float x_pt, width_pt;
    struct brv_edges insets;
};

struct cluster {
    size_t from, to; // rows of the grid
    struct set_cell *cells;
    size_t cell_count, cell_capacity;
    float *heights; // by row
};

struct setting {
    struct brv_layout *layout;
    struct brv_grid grid;
    struct brv_column column;
    struct brv_tag *group_tag;
    const struct brv_styled *group;
    float x_pt, width_pt; // of the rows
};

// ---- cells

static float column_x(const struct setting *s, const struct brv_cell *cell, float *width_pt)
{
    const struct brv_grid *grid = &s->grid;
    float x = grid->spacing_pt;
    for (uint32_t i = 0; i < cell->column; i++) {
        x += grid->widths[i] + grid->spacing_pt;
    }
    *width_pt = grid->spacing_pt * (float)(cell->columns - 1);
    for (uint32_t i = 0; i < cell->columns && cell->column + i < grid->column_count; i++) {
        *width_pt += grid->widths[cell->column + i];
    }
    return grid->is_rtl ? s->x_pt + s->width_pt - x - *width_pt : s->x_pt + x;
}

static struct brv_tag *cell_tag(struct setting *s, const struct brv_cell *cell,
                                const struct brv_row *row, struct brv_tag *row_tag)
{
    struct brv_tag *tag = brv_tag_of(s->layout, row_tag, cell->styled, (brv_str){ 0 });
    if (tag != row_tag) {
        tag->is_header_column = row->is_header || cell->column > 0;
        tag->row_span = cell->rows;
        tag->col_span = cell->columns;
    }
    return tag;
}

static void set_cell(struct setting *s, struct cluster *cluster, size_t row_index,
                     const struct brv_cell *cell, struct brv_tag *row_tag)
{
    struct brv_layout *layout = s->layout;
    struct set_cell *set =
        &BRV_PUSH(layout->arena, cluster->cells, cluster->cell_count, cluster->cell_capacity);
    set->cell = cell;
    set->row = row_index - cluster->from;
    set->x_pt = column_x(s, cell, &set->width_pt);
    set->insets = brv_cell_insets(&s->grid, cell->styled->style, set->width_pt);
    set->flow.arena = layout->arena;
    struct brv_tag *tag = cell_tag(s, cell, &s->grid.rows[row_index], row_tag);
    brv_block_marks(layout, &set->flow, cell->styled, tag);
    float inner = set->width_pt - set->insets.left_pt - set->insets.right_pt;
    struct brv_column column = {
        .flow = &set->flow,
        .x_pt = set->x_pt + set->insets.left_pt,
        .width_pt = inner > 1 ? inner : 1,
        .tag = tag,
        .is_rtl = s->grid.is_rtl,
    };
    brv_block_flow_children(layout, cell->styled, column);
}

static float content_height(const struct set_cell *set)
{
    float height = set->insets.top_pt + set->insets.bottom_pt;
    for (size_t i = 0; i < set->flow.count; i++) {
        height += set->flow.slices[i].height_pt + (i > 0 ? set->flow.slices[i].before_pt : 0);
    }
    return height;
}

// ---- drawing

static void move_list(struct brv_slice *slice, const struct brv_item_list *list)
{
    if (list->first) {
        *(slice->last ? &slice->last->next : &slice->first) = list->first;
        slice->last = list->last;
    }
}

// What is drawn behind the text of one row, or of a part of it.
struct backdrop {
    struct brv_item_list fills;
    struct brv_item_list borders;
};

static void add_backdrop(struct setting *s, struct backdrop *to, const struct brv_style *style,
                         float x, float width, float top, float bottom, bool has_top,
                         bool has_bottom)
{
    struct brv_frame frame = {
        .style = style, .x_pt = x, .width_pt = width, .is_rtl = s->grid.is_rtl
    };
    if (!brv_frame_is_visible(style)) {
        return;
    }
    if (s->grid.collapses) {
        // Shared borders run along the grid's lines: half on either side.
        struct brv_item_list borders = { 0 };
        struct brv_frame wide = frame;
        float side = (style->border_left_width + style->border_right_width) / 2;
        wide.x_pt -= (frame.is_rtl ? style->border_right_width : style->border_left_width) / 2;
        wide.width_pt += side;
        struct brv_item_list none = { 0 };
        brv_frame_draw(
            s->layout->arena, &frame, top, bottom, has_top, has_bottom, &to->fills, &none);
        none = (struct brv_item_list){ 0 };
        brv_frame_draw(s->layout->arena,
                       &wide,
                       top - (has_top ? style->border_top_width / 2 : 0),
                       bottom + (has_bottom ? style->border_bottom_width / 2 : 0),
                       has_top,
                       has_bottom,
                       &none,
                       &borders);
        if (borders.first) {
            brv_item_list_add(&to->borders, borders.first);
            to->borders.last = borders.last;
        }
        return;
    }
    brv_frame_draw(
        s->layout->arena, &frame, top, bottom, has_top, has_bottom, &to->fills, &to->borders);
}

// Group and row backgrounds; their borders count where the table collapses them.
static void add_row_backdrop(struct setting *s, struct backdrop *to, const struct brv_row *row,
                             float top, float bottom, bool is_first, bool is_last)
{
    float x = s->x_pt + s->grid.spacing_pt;
    float width = s->width_pt - 2 * s->grid.spacing_pt;
    if (row->group) {
        add_backdrop(s,
                     to,
                     row->group->style,
                     x,
                     width,
                     top,
                     bottom,
                     row->is_group_start && is_first,
                     row->is_group_end && is_last);
    }
    add_backdrop(s, to, row->styled->style, x, width, top, bottom, is_first, is_last);
}

static float rows_height(const struct setting *s, const struct cluster *cluster, size_t from,
                         size_t count)
{
    float height = s->grid.spacing_pt * (float)(count - 1);
    for (size_t i = from; i < from + count; i++) {
        height += cluster->heights[i];
    }
    return height;
}

static void place_text(struct brv_slice *slice, struct set_cell *set, float height)
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

// ---- rows as slices

static void push_row(struct setting *s, struct cluster *cluster, size_t index)
{
    struct brv_flow *flow = s->column.flow;
    const struct brv_row *row = &s->grid.rows[cluster->from + index];
    float height = cluster->heights[index];
    brv_block_marks(s->layout, flow, row->styled, NULL);
    struct brv_slice *slice = brv_flow_slice(flow, height);
    struct backdrop backdrop = { 0 };
    add_row_backdrop(s, &backdrop, row, 0, height, true, true);
    for (size_t i = 0; i < cluster->cell_count; i++) {
        struct set_cell *set = &cluster->cells[i];
        if (set->row == index) {
            add_backdrop(s,
                         &backdrop,
                         set->cell->styled->style,
                         set->x_pt,
                         set->width_pt,
                         0,
                         rows_height(s, cluster, index, set->cell->rows),
                         true,
                         true);
        }
    }
    move_list(slice, &backdrop.fills);
    move_list(slice, &backdrop.borders);
    for (size_t i = 0; i < cluster->cell_count; i++) {
        struct set_cell *set = &cluster->cells[i];
        if (set->row == index) {
            set->slice = brv_flow_flatten(&set->flow);
            place_text(slice, set, rows_height(s, cluster, index, set->cell->rows));
        }
    }
}

// Frames within the cells of a row that is cut are not drawn: their parts would not line up.
static void merge_part(struct brv_slice *to, struct brv_slice *from, float y)
{
    struct brv_mark *next;
    for (struct brv_mark *mark = from->marks; mark; mark = next) {
        next = mark->next;
        mark->next = NULL;
        if (mark->kind != BRV_MARK_OPEN && mark->kind != BRV_MARK_CLOSE) {
            brv_slice_mark(to, mark);
        }
    }
    from->marks = from->last_mark = NULL;
    brv_slice_merge(to, from, y);
}

static void push_tall_row(struct setting *s, struct cluster *cluster, size_t index)
{
    struct brv_flow *flow = s->column.flow;
    const struct brv_row *row = &s->grid.rows[cluster->from + index];
    size_t parts = 1;
    float top = 0;
    float bottom = 0;
    for (size_t i = 0; i < cluster->cell_count; i++) {
        const struct set_cell *set = &cluster->cells[i];
        if (set->row == index) {
            parts = set->flow.count > parts ? set->flow.count : parts;
            top = set->insets.top_pt > top ? set->insets.top_pt : top;
            bottom = set->insets.bottom_pt > bottom ? set->insets.bottom_pt : bottom;
        }
    }
    brv_block_marks(s->layout, flow, row->styled, NULL);
    for (size_t part = 0; part < parts; part++) {
        bool is_first = part == 0;
        bool is_last = part + 1 == parts;
        struct brv_slice *slice = brv_flow_slice(flow, 0);
        float height = 0;
        struct brv_slice text = { 0 };
        for (size_t i = 0; i < cluster->cell_count; i++) {
            struct set_cell *set = &cluster->cells[i];
            if (set->row != index || part >= set->flow.count) {
                continue;
            }
            struct brv_slice *own = &set->flow.slices[part];
            float y = is_first ? top : own->before_pt;
            float end = y + own->height_pt;
            height = end > height ? end : height;
            merge_part(&text, own, y);
        }
        height += is_last ? bottom : 0;
        slice->height_pt = height;
        flow->height_pt += height;
        struct backdrop backdrop = { 0 };
        add_row_backdrop(s, &backdrop, row, 0, height, is_first, is_last);
        for (size_t i = 0; i < cluster->cell_count; i++) {
            const struct set_cell *set = &cluster->cells[i];
            if (set->row == index) {
                add_backdrop(s,
                             &backdrop,
                             set->cell->styled->style,
                             set->x_pt,
                             set->width_pt,
                             0,
                             height,
                             is_first,
                             is_last);
            }
        }
        move_list(slice, &backdrop.fills);
        move_list(slice, &backdrop.borders);
        brv_slice_merge(slice, &text, 0);
    }
}

// ---- clusters

static void set_heights(const struct setting *s, struct cluster *cluster)
{
    size_t count = cluster->to - cluster->from;
    cluster->heights = BRV_NEW_ARRAY(s->layout->arena, float, count);
    for (size_t i = 0; i < cluster->cell_count; i++) {
        const struct set_cell *set = &cluster->cells[i];
        float height = content_height(set);
        if (set->cell->rows == 1 && height > cluster->heights[set->row]) {
            cluster->heights[set->row] = height;
        }
    }
    for (size_t i = 0; i < cluster->cell_count; i++) {
        const struct set_cell *set = &cluster->cells[i];
        if (set->cell->rows > 1) {
            float missing =
                content_height(set) - rows_height(s, cluster, set->row, set->cell->rows);
            cluster->heights[set->row + set->cell->rows - 1] += missing > 0 ? missing : 0;
        }
    }
}

// A cluster that no page can hold: every spanning cell stands in its first row alone.
static void unspan(const struct setting *s, struct cluster *cluster)
{
    for (size_t i = 0; i < cluster->cell_count; i++) {
        struct set_cell *set = &cluster->cells[i];
        if (set->cell->rows > 1) {
            struct brv_cell *single = BRV_NEW(s->layout->arena, struct brv_cell);
            *single = *set->cell;
            single->rows = 1;
            set->cell = single;
        }
    }
    set_heights(s, cluster);
}

static struct brv_tag *group_tag(struct setting *s, const struct brv_row *row)
{
    if (row->group != s->group || !s->group_tag) {
        s->group = row->group;
        s->group_tag = row->group ? brv_tag_of(s->layout, s->column.tag, row->group, (brv_str){ 0 })
                                  : s->column.tag;
    }
    return s->group_tag;
}

static size_t cluster_end(const struct brv_grid *grid, size_t from)
{
    size_t end = from + 1;
    for (size_t i = from; i < end && i < grid->row_count; i++) {
        for (size_t k = 0; k < grid->rows[i].cell_count; k++) {
            size_t last = i + grid->rows[i].cells[k].rows;
            end = last > end ? last : end;
        }
    }
    return end < grid->row_count ? end : grid->row_count;
}

static void flow_cluster(struct setting *s, size_t from, size_t to)
{
    struct brv_flow *flow = s->column.flow;
    struct cluster cluster = { .from = from, .to = to };
    for (size_t i = from; i < to; i++) {
        const struct brv_row *row = &s->grid.rows[i];
        struct brv_tag *tag = brv_tag_of(s->layout, group_tag(s, row), row->styled, (brv_str){ 0 });
        for (size_t k = 0; k < row->cell_count; k++) {
            set_cell(s, &cluster, i, &row->cells[k], tag);
        }
    }
    set_heights(s, &cluster);
    float page = s->layout->page_height_pt;
    bool is_tall = rows_height(s, &cluster, 0, to - from) > page;
    if (is_tall && to - from > 1) {
        unspan(s, &cluster);
    }
    for (size_t i = 0; i < to - from; i++) {
        brv_flow_margin(flow, s->grid.spacing_pt);
        if (i > 0 && !is_tall) {
            brv_flow_cost(flow, BRV_COST_GLUED);
        }
        if (cluster.heights[i] > page) {
            push_tall_row(s, &cluster, i);
        } else {
            push_row(s, &cluster, i);
        }
    }
}

// ---- headers

static struct brv_flow *copy_rows(struct brv_layout *layout, const struct brv_flow *flow,
                                  size_t from)
{
    struct brv_flow *copy = BRV_NEW(layout->arena, struct brv_flow);
    copy->arena = layout->arena;
    for (size_t i = from; i < flow->count; i++) {
        const struct brv_slice *slice = &flow->slices[i];
        brv_flow_margin(copy, i > from ? slice->before_pt : 0);
        struct brv_slice *own = brv_flow_slice(copy, slice->height_pt);
        for (const struct brv_item *item = slice->first; item; item = item->next) {
            struct brv_item *twin = brv_slice_item(layout->arena, own, item->kind, NULL);
            *twin = *item;
            twin->next = NULL;
            twin->tag = NULL;
        }
    }
    return copy;
}

// ---- the table

static void flow_captions(struct brv_layout *layout, struct brv_styled *table,
                          struct brv_column column, enum brv_caption_side side)
{
    for (struct brv_styled *child = table->first; child; child = child->next) {
        if (child->kind == BRV_STYLED_ELEMENT &&
            child->style->display == BRV_DISPLAY_TABLE_CAPTION &&
            child->style->caption_side == side) {
            if (side == BRV_CAPTION_BOTTOM) {
                brv_flow_cost(column.flow, BRV_COST_GLUED);
            }
            brv_block_flow(layout, child, column);
            if (side == BRV_CAPTION_TOP) {
                brv_flow_cost(column.flow, BRV_COST_GLUED);
            }
        }
    }
}

static void flow_rows(struct setting *s)
{
    struct brv_flow *flow = s->column.flow;
    const struct brv_flow *outer_header = flow->header;
    size_t first = flow->count;
    for (size_t from = 0, to; from < s->grid.row_count; from = to) {
        to = cluster_end(&s->grid, from);
        if (from > 0 && from < s->grid.header_count) {
            brv_flow_cost(flow, BRV_COST_NEVER);
        }
        if (from == s->grid.header_count && from > 0) {
            flow->header = copy_rows(s->layout, flow, first);
            brv_flow_cost(flow, BRV_COST_NEVER);
        }
        // No single row is left alone above or below a page's end.
        if (from == s->grid.header_count + 1 || (to == s->grid.row_count && from > 0)) {
            brv_flow_cost(flow, BRV_COST_LINES);
        }
        flow_cluster(s, from, to);
    }
    flow->header = outer_header;
    if (s->grid.row_count > 0) {
        brv_flow_margin(flow, s->grid.spacing_pt);
    }
}

void brv_table_flow(struct brv_layout *layout, struct brv_styled *table, struct brv_column column)
{
    const struct brv_style *style = table->style;
    column.tag = brv_tag_of(layout, column.tag, table, (brv_str){ 0 });
    struct setting s = { .layout = layout, .column = column };
    s.grid = brv_grid_read(layout, table);
    s.grid.is_rtl = column.is_rtl;
    struct brv_edges insets = s.grid.collapses
                                  ? (struct brv_edges){ 0 }
                                  : brv_style_insets(style, column.width_pt, column.is_rtl);
    struct brv_edges margins = brv_style_margins(style, column.width_pt, column.is_rtl);
    float sides = insets.left_pt + insets.right_pt;
    float room = column.width_pt - margins.left_pt - margins.right_pt - sides;
    float wanted = brv_length_resolve(style->width, column.width_pt) - sides;
    bool fills = style->width.keyword == BRV_LENGTH_SET;
    room = fills && wanted > 0 && wanted < room ? wanted : room;
    brv_grid_fit(layout, &s.grid, table, room, fills);
    s.width_pt = s.grid.spacing_pt * (float)(s.grid.column_count + 1);
    for (size_t i = 0; i < s.grid.column_count; i++) {
        s.width_pt += s.grid.widths[i];
    }
    float slack = column.width_pt - margins.left_pt - margins.right_pt - sides - s.width_pt;
    slack = slack > 0 ? slack : 0;
    bool centers = style->margin_left.keyword == BRV_LENGTH_AUTO &&
                   style->margin_right.keyword == BRV_LENGTH_AUTO;
    float left = column.x_pt + margins.left_pt + (centers ? slack / 2 : column.is_rtl ? slack : 0);
    s.x_pt = left + insets.left_pt;

    struct brv_flow *flow = column.flow;
    brv_block_marks(layout, flow, table, column.tag);
    struct brv_column caption = column;
    caption.x_pt = left;
    caption.width_pt = column.width_pt - margins.left_pt - margins.right_pt;
    flow_captions(layout, table, caption, BRV_CAPTION_TOP);
    size_t from = flow->count;
    struct brv_mark *open = NULL;
    if (brv_frame_is_visible(style)) {
        struct brv_frame *frame = BRV_NEW(layout->arena, struct brv_frame);
        *frame = (struct brv_frame){
            .style = style, .x_pt = left, .width_pt = s.width_pt + sides, .is_rtl = column.is_rtl
        };
        open = brv_flow_mark(flow, BRV_MARK_OPEN);
        open->frame = frame;
    }
    if (insets.top_pt > 0) {
        brv_flow_slice(flow, insets.top_pt);
        brv_flow_cost(flow, BRV_COST_NEVER);
    }
    flow_rows(&s);
    if (insets.bottom_pt > 0) {
        brv_flow_cost(flow, BRV_COST_NEVER);
        brv_flow_slice(flow, insets.bottom_pt);
    }
    if (open && flow->count > from) {
        brv_flow_mark_last(flow, BRV_MARK_CLOSE)->frame = open->frame;
    } else if (open) {
        open->frame = NULL;
    }
    flow_captions(layout, table, caption, BRV_CAPTION_BOTTOM);
}
