// Brevier — the shared borders of a collapsing table.
// Neighbours share one line. Which of their borders it shows, CSS 2.1 says in 17.6.2.1: the wider
// one, then the more eye-catching style, then that of the cell before the row's, the group's and
// the table's, and of equals the upper or the one at the line's start. A row draws the line above
// it and those between its cells; each line is drawn once.
//
//      ══════════╤═══════    ◄ edge above row 0: table, group, row, cells
//      cell  0,0 │ 0,1
//      ──────────┼───────    ◄ edge above row 1: cells of rows 0 and 1, both rows
//      cell  1,0 │ 1,1
//      ══════════╧═══════    ◄ edge below the last row
// SPDX-License-Identifier: MIT
#include "layout/border.h"

struct side {
    float width_pt;
    enum brv_border_style style;
    struct brv_color color;
};

// ---- who wins

static struct side top_of(const struct brv_style *style)
{
    return (
        struct side){ style->border_top_width, style->border_top_style, style->border_top_color };
}

static struct side bottom_of(const struct brv_style *style)
{
    return (struct side){ style->border_bottom_width,
                          style->border_bottom_style,
                          style->border_bottom_color };
}

// Left and right change places in right-to-left tables, so left is the start of a line.
static struct side start_of(const struct brv_style *style)
{
    return (struct side){ style->border_left_width,
                          style->border_left_style,
                          style->border_left_color };
}

static struct side end_of(const struct brv_style *style)
{
    return (struct side){ style->border_right_width,
                          style->border_right_style,
                          style->border_right_color };
}

static int prominence(enum brv_border_style style)
{
    switch (style) {
    case BRV_BORDER_NONE:
        return 0;
    case BRV_BORDER_DOTTED:
        return 1;
    case BRV_BORDER_DASHED:
        return 2;
    case BRV_BORDER_SOLID:
        return 3;
    case BRV_BORDER_DOUBLE:
        return 4;
    }
    return 0;
}

// Candidates come in the order of their rank, so an equal one changes nothing.
static void contend(struct side *winner, struct side side)
{
    if (side.width_pt <= 0 || side.style == BRV_BORDER_NONE) {
        return;
    }
    bool is_equal = side.width_pt >= winner->width_pt && side.width_pt <= winner->width_pt;
    if (side.width_pt > winner->width_pt ||
        (is_equal && prominence(side.style) > prominence(winner->style))) {
        *winner = side;
    }
}

// The line above the current row (or, without one, below the last) in a column.
static struct side edge_above(const struct brv_borders *b, size_t column)
{
    const struct brv_cell *above = b->owners[column].above;
    const struct brv_cell *below = b->owners[column].cell;
    struct side winner = { 0 };
    if (above && above == below) {
        return winner; // within a cell
    }
    if (above) {
        contend(&winner, bottom_of(above->styled->style));
    }
    if (below) {
        contend(&winner, top_of(below->styled->style));
    }
    if (b->previous) {
        contend(&winner, bottom_of(b->previous->styled->style));
    }
    if (b->row) {
        contend(&winner, top_of(b->row->styled->style));
    }
    if (b->previous && b->previous->group && b->previous->is_group_end) {
        contend(&winner, bottom_of(b->previous->group->style));
    }
    if (b->row && b->row->group && b->row->is_group_start) {
        contend(&winner, top_of(b->row->group->style));
    }
    if (!b->previous) {
        contend(&winner, top_of(b->table));
    }
    if (!b->row) {
        contend(&winner, bottom_of(b->table));
    }
    return winner;
}

// What closes a page below the current row, in a column.
static struct side edge_below(const struct brv_borders *b, size_t column)
{
    const struct brv_cell *cell = b->owners[column].cell;
    struct side winner = { 0 };
    if (cell) {
        contend(&winner, bottom_of(cell->styled->style));
    }
    contend(&winner, bottom_of(b->row->styled->style));
    if (b->row->group && b->row->is_group_end) {
        contend(&winner, bottom_of(b->row->group->style));
    }
    return winner;
}

// The line before a column of the current row; `column` may be the number of columns.
static struct side edge_before(const struct brv_borders *b, size_t column)
{
    size_t columns = b->grid->column_count;
    const struct brv_cell *before = column > 0 ? b->owners[column - 1].cell : NULL;
    const struct brv_cell *after = column < columns ? b->owners[column].cell : NULL;
    struct side winner = { 0 };
    if (before && before == after) {
        return winner;
    }
    if (before) {
        contend(&winner, end_of(before->styled->style));
    }
    if (after) {
        contend(&winner, start_of(after->styled->style));
    }
    bool is_start = column == 0;
    bool is_end = column == columns;
    if (is_start || is_end) {
        const struct brv_style *levels[] = { b->row->styled->style,
                                             b->row->group ? b->row->group->style : NULL,
                                             b->table };
        for (size_t i = 0; i < BRV_COUNT(levels); i++) {
            if (levels[i]) {
                contend(&winner, is_start ? start_of(levels[i]) : end_of(levels[i]));
            }
        }
    }
    return winner;
}

// ---- drawing

static void add_line(const struct brv_borders *b, struct brv_item_list *list, float x1, float y1,
                     float x2, float y2, const struct side *side)
{
    struct brv_item *item = BRV_NEW(b->arena, struct brv_item);
    item->kind = BRV_ITEM_LINE;
    item->artifact = BRV_ARTIFACT_BACKGROUND;
    item->line = (struct brv_line_item){ x1, y1, x2, y2, side->width_pt, side->color, side->style };
    brv_item_list_add(list, item);
}

static bool same_side(const struct side *a, const struct side *b)
{
    return a->style == b->style && a->width_pt >= b->width_pt && a->width_pt <= b->width_pt &&
           memcmp(&a->color, &b->color, sizeof a->color) == 0;
}

// Equal neighbours become one line. Its ends cover the corners with lines that cross it there.
static void add_edge(const struct brv_borders *b, struct brv_item_list *list, float y_pt,
                     struct side (*edge)(const struct brv_borders *, size_t))
{
    size_t columns = b->grid->column_count;
    struct side run = { 0 };
    size_t from = 0;
    for (size_t i = 0; i <= columns; i++) {
        struct side side = i < columns ? edge(b, i) : (struct side){ 0 };
        if (i > 0 && i < columns && same_side(&run, &side)) {
            continue;
        }
        if (run.width_pt > 0 && run.color.alpha > 0) {
            float out = b->grid->is_rtl ? -1.0f : 1.0f;
            add_line(b,
                     list,
                     b->lines[from] - out * b->crossing[from] / 2,
                     y_pt,
                     b->lines[i] + out * b->crossing[i] / 2,
                     y_pt,
                     &run);
        }
        run = side;
        from = i;
    }
}

void brv_borders_above(const struct brv_borders *b, struct brv_item_list *list)
{
    add_edge(b, list, 0, edge_above);
}

void brv_borders_below(const struct brv_borders *b, float height_pt, struct brv_item_list *list)
{
    add_edge(b, list, height_pt, edge_below);
}

void brv_borders_between(const struct brv_borders *b, float height_pt, struct brv_item_list *list)
{
    for (size_t i = 0; i <= b->grid->column_count; i++) {
        struct side side = edge_before(b, i);
        if (side.width_pt > 0 && side.color.alpha > 0) {
            float x = b->lines[i];
            add_line(b, list, x, 0, x, height_pt, &side);
        }
    }
}

// ---- rows

struct brv_borders brv_borders_begin(struct brv_arena *arena, const struct brv_grid *grid,
                                     const struct brv_style *table, float x_pt, float width_pt)
{
    float *lines = BRV_NEW_ARRAY(arena, float, grid->column_count + 1);
    float x = 0;
    for (size_t i = 0; i <= grid->column_count; i++) {
        lines[i] = grid->is_rtl ? x_pt + width_pt - x : x_pt + x;
        x += i < grid->column_count ? grid->widths[i] : 0;
    }
    return (struct brv_borders){
        .arena = arena,
        .grid = grid,
        .table = table,
        .lines = lines,
        .owners = BRV_NEW_ARRAY(arena, struct brv_owner, grid->column_count),
        .crossing = BRV_NEW_ARRAY(arena, float, grid->column_count + 1),
    };
}

void brv_borders_next(struct brv_borders *b, const struct brv_row *row)
{
    b->previous = b->row;
    b->row = row;
    for (size_t i = 0; i < b->grid->column_count; i++) {
        struct brv_owner *owner = &b->owners[i];
        owner->above = owner->cell;
        owner->rows -= owner->rows > 0;
        owner->cell = row && owner->rows > 0 ? owner->cell : NULL;
    }
}

void brv_borders_cell(struct brv_borders *b, const struct brv_cell *cell)
{
    for (size_t i = cell->column; i < cell->column + cell->columns; i++) {
        if (i < b->grid->column_count) {
            b->owners[i].cell = cell;
            b->owners[i].rows = cell->rows;
        }
    }
}

void brv_borders_cross(struct brv_borders *b)
{
    for (size_t i = 0; i <= b->grid->column_count; i++) {
        b->crossing[i] = b->row ? edge_before(b, i).width_pt : b->crossing[i];
    }
}
