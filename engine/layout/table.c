// Brevier — tables.
// Each cell is laid out as a flow of its own. A row that fits on a page is one slice, so no page
// ends inside it. A taller one is cut where its cells' lines meet: the first lines of all cells
// make one slice, the second lines the next (table_row.c). Rows that a spanning cell ties together
// are measured as one cluster and glued. Header rows are kept as a copy that the page breaker
// repeats.
// SPDX-License-Identifier: MIT
#include "layout/scale.h"
#include "layout/table_row.h"
#include "layout/tag.h"

// ---- cells

static float column_x(const struct brv_table_setting *s, const struct brv_cell *cell,
                      float *width_pt)
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

static struct brv_tag *cell_tag(struct brv_table_setting *s, const struct brv_cell *cell,
                                const struct brv_row *row, struct brv_tag *row_tag)
{
    struct brv_tag *tag = brv_tag_of(s->layout, row_tag, cell->styled, (brv_str){ 0 });
    if (tag != row_tag) {
        tag->is_header_column = row->is_header || cell->column > 0;
        tag->row_span = cell->rows;
        tag->col_span = cell->tag_columns;
    }
    return tag;
}

// What is repeated is the aim of no link, and no link itself.
static void keep_frames_only(struct brv_flow *flow)
{
    for (size_t i = 0; i < flow->count; i++) {
        struct brv_slice *slice = &flow->slices[i];
        struct brv_mark *marks = slice->marks;
        slice->links = NULL;
        slice->marks = slice->last_mark = NULL;
        while (marks) {
            struct brv_mark *mark = marks;
            marks = mark->next;
            mark->next = NULL;
            if (mark->kind == BRV_MARK_OPEN || mark->kind == BRV_MARK_CLOSE) {
                brv_slice_mark(slice, mark);
            }
        }
    }
}

// The edges of a cell leave half of its width, and half of a page.
static void limit_insets(const struct brv_table_setting *s, struct brv_set_cell *set)
{
    struct brv_edges *insets = &set->insets;
    float sides = insets->left_pt + insets->right_pt;
    if (sides > set->width_pt - 1 && sides > set->width_pt / 2) {
        insets->left_pt *= set->width_pt / 2 / sides;
        insets->right_pt *= set->width_pt / 2 / sides;
    }
    const float most = s->layout->page_height_pt / 4;
    insets->top_pt = insets->top_pt < most ? insets->top_pt : most;
    insets->bottom_pt = insets->bottom_pt < most ? insets->bottom_pt : most;
}

static void set_cell(struct brv_table_setting *s, struct brv_cluster *cluster, size_t row_index,
                     const struct brv_cell *cell, struct brv_tag *row_tag)
{
    struct brv_layout *layout = s->layout;
    struct brv_set_cell *set =
        &BRV_PUSH(layout->flows, cluster->cells, cluster->cell_count, cluster->cell_capacity);
    *set = (struct brv_set_cell){
        .cell = cell,
        .row = row_index - cluster->from,
        .flow = { .arena = layout->flows,
                  .slices = set->flow.slices,
                  .capacity = set->flow.capacity },
    };
    set->x_pt = column_x(s, cell, &set->width_pt);
    set->insets = brv_cell_insets(&s->grid, cell->styled->style, set->width_pt);
    struct brv_tag *tag = NULL;
    if (!cell->is_repeated) {
        tag = cell_tag(s, cell, &s->grid.rows[row_index], row_tag);
        brv_block_marks(layout, &set->flow, cell->styled, tag);
    }
    limit_insets(s, set);
    float inner = set->width_pt - set->insets.left_pt - set->insets.right_pt;
    struct brv_column column = {
        .flow = &set->flow,
        .x_pt = set->x_pt + set->insets.left_pt,
        .width_pt = inner > 1 ? inner : 1,
        .tag = tag,
        .is_rtl = brv_styled_is_rtl(cell->styled, s->grid.is_rtl),
        .begins_as_told = true,
    };
    layout->columnless++;
    layout->tables_within++;
    layout->repeats += cell->is_repeated;
    brv_block_flow_children(layout, cell->styled, column);
    layout->repeats -= cell->is_repeated;
    layout->tables_within--;
    layout->columnless--;
    if (cell->is_repeated) {
        keep_frames_only(&set->flow);
    }
}

static float content_height(const struct brv_set_cell *set)
{
    float height = set->insets.top_pt + set->insets.bottom_pt;
    for (size_t i = 0; i < set->flow.count; i++) {
        height += set->flow.slices[i].height_pt + (i > 0 ? set->flow.slices[i].before_pt : 0);
    }
    return height;
}

// ---- clusters

static void set_heights(const struct brv_table_setting *s, struct brv_cluster *cluster)
{
    memset(cluster->heights, 0, (cluster->to - cluster->from) * sizeof *cluster->heights);
    for (size_t i = 0; i < cluster->cell_count; i++) {
        const struct brv_set_cell *set = &cluster->cells[i];
        float height = content_height(set);
        if (set->cell->rows == 1 && height > cluster->heights[set->row]) {
            cluster->heights[set->row] = height;
        }
    }
    for (size_t i = 0; i < cluster->cell_count; i++) {
        const struct brv_set_cell *set = &cluster->cells[i];
        if (set->cell->rows > 1) {
            float missing =
                content_height(set) - brv_cluster_height(s, cluster, set->row, set->cell->rows);
            for (size_t k = 0; k < set->cell->rows && missing > 0; k++) {
                cluster->heights[set->row + k] += missing / (float)set->cell->rows;
            }
        }
    }
}

// A cluster that no page can hold: every spanning cell stands in its first row alone.
static void unspan(const struct brv_table_setting *s, struct brv_cluster *cluster)
{
    for (size_t i = 0; i < cluster->cell_count; i++) {
        struct brv_set_cell *set = &cluster->cells[i];
        if (set->cell->rows > 1) {
            struct brv_cell *single = BRV_NEW(s->layout->arena, struct brv_cell);
            *single = *set->cell;
            single->rows = 1;
            set->cell = single;
        }
    }
    set_heights(s, cluster);
}

// A table has one head at most, and only with a body; if it has either, all its rows stand in them.
static struct brv_tag *group_tag(struct brv_table_setting *s, const struct brv_row *row)
{
    struct brv_tag *table = s->column.tag;
    bool goes_on =
        s->group && (row->is_header ? s->group->is_header : s->group->group == row->group);
    if (goes_on || !table) {
        return s->group_tag;
    }
    s->group = row;
    if (row->group) {
        s->group_tag = brv_tag_of(s->layout, table, row->group, (brv_str){ 0 });
    } else {
        s->group_tag =
            s->grid.has_groups ? brv_tag_new(s->layout->arena, table, "TBody", NULL) : table;
    }
    bool is_head = strcmp(s->group_tag->type, "THead") == 0;
    if (is_head && s->grid.header_count == s->grid.row_count) {
        s->group_tag->type = "TBody";
    }
    return s->group_tag;
}

// Cells for the columns that a row leaves empty, so that all have the same.
static void tag_missing(struct brv_table_setting *s, const struct brv_row *row, struct brv_tag *tag)
{
    for (uint32_t i = 0; tag && s->is_last_part && i < row->missing; i++) {
        (void)brv_tag_new(s->layout->arena, tag, "TD", NULL);
    }
}

static struct brv_tag *row_tag(struct brv_table_setting *s, size_t index)
{
    const struct brv_row *row = &s->grid.rows[index];
    if (s->row_tags && s->row_tags[index]) {
        return s->row_tags[index]; // an earlier part has its first cells
    }
    struct brv_tag *tag = brv_tag_of(s->layout, group_tag(s, row), row->styled, (brv_str){ 0 });
    if (s->row_tags) {
        s->row_tags[index] = tag;
    }
    return tag;
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

static struct brv_cluster *begin_cluster(struct brv_table_setting *s, size_t from, size_t to)
{
    struct brv_cluster *cluster = &s->cluster;
    cluster->from = from;
    cluster->to = to;
    cluster->cell_count = 0;
    if (to - from > cluster->row_capacity) {
        cluster->row_capacity = to - from;
        cluster->starts = BRV_NEW_ARRAY(s->layout->flows, size_t, to - from + 1);
        cluster->heights = BRV_NEW_ARRAY(s->layout->flows, float, to - from);
    }
    return cluster;
}

static void flow_cluster(struct brv_table_setting *s, size_t from, size_t to)
{
    struct brv_flow *flow = s->column.flow;
    const size_t first = flow->count;
    struct brv_cluster *cluster = begin_cluster(s, from, to);
    for (size_t i = from; i < to; i++) {
        cluster->starts[i - from] = cluster->cell_count;
        const struct brv_row *row = &s->grid.rows[i];
        struct brv_tag *tag = row_tag(s, i);
        for (size_t k = 0; k < row->cell_count; k++) {
            set_cell(s, cluster, i, &row->cells[k], tag);
        }
        tag_missing(s, row, tag);
    }
    cluster->starts[to - from] = cluster->cell_count;
    set_heights(s, cluster);
    float page = s->layout->page_height_pt / s->factor;
    bool is_tall = brv_cluster_height(s, cluster, 0, to - from) > page;
    if (is_tall && to - from > 1) {
        unspan(s, cluster);
    }
    for (size_t i = 0; i < to - from; i++) {
        brv_flow_margin(flow, s->grid.spacing_pt);
        if (i > 0 && !is_tall) {
            brv_flow_cost(flow, BRV_COST_GLUED);
        }
        if (cluster->heights[i] > page) {
            brv_row_flow_cut(s, cluster, i);
        } else {
            brv_row_flow(s, cluster, i);
        }
    }
    if (s->factor < 1) {
        brv_flow_scale(s->layout->arena, flow, first, s->x_pt, s->factor);
    }
}

// ---- headers

static void copy_items(struct brv_arena *arena, struct brv_slice *to, const struct brv_item *item)
{
    for (; item; item = item->next) {
        struct brv_item *twin = brv_slice_item(arena, to, item->kind, NULL);
        *twin = *item;
        twin->next = NULL;
        twin->tag = NULL;
    }
}

static struct brv_flow *copy_rows(struct brv_layout *layout, const struct brv_flow *flow,
                                  size_t from)
{
    struct brv_flow *copy = BRV_NEW(layout->flows, struct brv_flow);
    copy->arena = layout->flows;
    for (size_t i = from; i < flow->count; i++) {
        const struct brv_slice *slice = &flow->slices[i];
        brv_flow_margin(copy, i > from ? slice->before_pt : 0);
        struct brv_slice *own = brv_flow_slice(copy, slice->height_pt);
        copy_items(layout->arena, own, slice->first);
        copy_items(layout->arena, own, slice->above.first);
        if (i + 1 == flow->count) { // the line between header and body
            copy_items(layout->arena, own, slice->below.first);
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

static void flow_rows(struct brv_table_setting *s)
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

// A table, or a part of it, with what frames it; `place` is where its rows stand.
struct place {
    float left_pt; // of the frame
    float room_pt; // of the rows
    float slack_room_pt;
    struct brv_edges insets;
    bool fills, centers;
};

static void flow_part(struct brv_table_setting *s, struct brv_styled *table,
                      const struct place *place)
{
    struct brv_layout *layout = s->layout;
    const struct brv_style *style = table->style;
    struct brv_flow *flow = s->column.flow;
    const bool is_rtl = s->column.is_rtl;
    const float sides = place->insets.left_pt + place->insets.right_pt;
    brv_grid_fit(layout, &s->grid, table, place->room_pt / s->factor, place->fills);
    s->width_pt = s->grid.spacing_pt * (float)(s->grid.column_count + 1);
    for (size_t i = 0; i < s->grid.column_count; i++) {
        s->width_pt += s->grid.widths[i];
    }
    const float width = s->width_pt * s->factor;
    float slack = place->slack_room_pt - width;
    slack = slack > 0 ? slack : 0;
    float left = place->left_pt + (place->centers ? slack / 2 : is_rtl ? slack : 0);
    s->x_pt = left + place->insets.left_pt;
    s->borders = brv_borders_begin(layout->arena, &s->grid, style, s->x_pt, s->width_pt);

    size_t from = flow->count;
    struct brv_mark *open = NULL;
    if (brv_frame_is_visible(style)) {
        struct brv_frame *frame = BRV_NEW(layout->arena, struct brv_frame);
        *frame = (struct brv_frame){
            .style = style,
            .x_pt = left,
            .width_pt = width + sides,
            .is_rtl = is_rtl,
            .columns = flow->columns,
            .is_borderless = s->grid.collapses,
        };
        open = brv_flow_mark(flow, BRV_MARK_OPEN);
        open->frame = frame;
    }
    if (place->insets.top_pt > 0) {
        brv_flow_slice(flow, place->insets.top_pt);
        brv_flow_cost(flow, BRV_COST_NEVER);
    }
    flow_rows(s);
    if (place->insets.bottom_pt > 0) {
        brv_flow_cost(flow, BRV_COST_NEVER);
        brv_flow_slice(flow, place->insets.bottom_pt);
    }
    if (open && flow->count > from) {
        brv_flow_mark_last(flow, BRV_MARK_CLOSE)->frame = open->frame;
    } else if (open) {
        open->frame = NULL;
    }
}

void brv_table_flow(struct brv_layout *layout, struct brv_styled *table, struct brv_column column)
{
    const struct brv_style *style = table->style;
    column.tag = brv_tag_of(layout, column.tag, table, (brv_str){ 0 });
    struct brv_table_setting s = { .layout = layout, .column = column };
    s.grid = brv_grid_read(layout, table);
    if (s.grid.row_count == 0 && column.tag && strcmp(column.tag->type, "Table") == 0) {
        column.tag->type = "Div"; // a caption, at most
    }
    s.grid.is_rtl = column.is_rtl;
    struct brv_edges margins = brv_style_margins(style, column.width_pt, column.is_rtl);
    if (margins.left_pt + margins.right_pt > column.width_pt / 2) { // no room for columns
        margins.left_pt = margins.right_pt = 0;
    }
    margins.left_pt += brv_beyond_left(layout, column.x_pt + margins.left_pt);
    struct place place = {
        .left_pt = column.x_pt + margins.left_pt,
        .fills = style->width.keyword == BRV_LENGTH_SET,
        .centers = style->margin_left.keyword == BRV_LENGTH_AUTO &&
                   style->margin_right.keyword == BRV_LENGTH_AUTO,
    };
    if (!s.grid.collapses) {
        place.insets = brv_style_insets(style, column.width_pt, column.is_rtl);
    }
    const float sides = place.insets.left_pt + place.insets.right_pt;
    const float wanted = brv_length_resolve(style->width, column.width_pt) - sides;
    place.slack_room_pt = column.width_pt - margins.left_pt - margins.right_pt - sides;
    bool is_less = place.fills && wanted > 0 && wanted < place.slack_room_pt;
    place.room_pt = is_less ? wanted : place.slack_room_pt;

    brv_grid_measure(layout, &s.grid, place.room_pt);
    struct brv_table_fit fit = brv_table_choose_fit(layout, &s.grid, table, place.room_pt);
    s.factor = fit.factor;

    brv_block_marks(layout, column.flow, table, column.tag);
    struct brv_column caption = column;
    caption.x_pt = place.left_pt;
    caption.width_pt = column.width_pt - margins.left_pt - margins.right_pt;
    flow_captions(layout, table, caption, BRV_CAPTION_TOP);
    if (fit.part_count > 1) {
        s.row_tags = BRV_NEW_ARRAY(layout->flows, struct brv_tag *, s.grid.row_count);
    }
    const struct brv_grid whole = s.grid;
    for (size_t i = 0; i < fit.part_count; i++) {
        if (i > 0) {
            brv_flow_margin(column.flow, style->font_size);
            brv_table_part_caption(layout, table, caption, i, fit.part_count);
        }
        if (fit.part_count > 1) {
            s.grid = brv_grid_part(layout, &whole, i > 0 ? fit.ends[i - 1] : 0, fit.ends[i]);
            brv_grid_measure(layout, &s.grid, place.room_pt);
        }
        s.is_last_part = i + 1 == fit.part_count;
        flow_part(&s, table, &place);
    }
    flow_captions(layout, table, caption, BRV_CAPTION_BOTTOM);
}
