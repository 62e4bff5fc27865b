// Brevier — table columns: reading the grid, sharing the width.
// Widths follow CSS 2.1's automatic layout in spirit. Each column has a least width (its longest
// word) and a natural one (its longest line). Room for all natural widths: they are taken. Room for
// all least widths: what is left over goes to the columns by what they still want. Less: columns
// that are content with an equal share keep their least width and the others share the rest; their
// words then break anywhere, so that a table never leaves the page.
// SPDX-License-Identifier: MIT
#include "layout/table.h"

// ---- the grid

static bool is_display(const struct brv_styled *styled, enum brv_display display)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->style->display == display;
}

static size_t count_rows(const struct brv_styled *table)
{
    size_t count = 0;
    for (const struct brv_styled *child = table->first; child; child = child->next) {
        if (is_display(child, BRV_DISPLAY_TABLE_ROW)) {
            count++;
        } else if (is_display(child, BRV_DISPLAY_TABLE_HEADER_GROUP) ||
                   is_display(child, BRV_DISPLAY_TABLE_ROW_GROUP)) {
            for (const struct brv_styled *row = child->first; row; row = row->next) {
                count += is_display(row, BRV_DISPLAY_TABLE_ROW);
            }
        }
    }
    return count;
}

static void add_row(struct brv_grid *grid, struct brv_styled *row, struct brv_styled *group,
                    bool is_header)
{
    grid->rows[grid->row_count++] =
        (struct brv_row){ .styled = row, .group = group, .is_header = is_header };
    grid->header_count += is_header;
}

static void add_rows(struct brv_grid *grid, struct brv_styled *table, bool headers)
{
    for (struct brv_styled *child = table->first; child; child = child->next) {
        bool is_header = is_display(child, BRV_DISPLAY_TABLE_HEADER_GROUP);
        if (is_display(child, BRV_DISPLAY_TABLE_ROW)) {
            if (!headers) {
                add_row(grid, child, NULL, false);
            }
        } else if (is_header == headers &&
                   (is_header || is_display(child, BRV_DISPLAY_TABLE_ROW_GROUP))) {
            size_t from = grid->row_count;
            for (struct brv_styled *row = child->first; row; row = row->next) {
                if (is_display(row, BRV_DISPLAY_TABLE_ROW)) {
                    add_row(grid, row, child, is_header);
                }
            }
            if (grid->row_count > from) {
                grid->rows[from].is_group_start = true;
                grid->rows[grid->row_count - 1].is_group_end = true;
            }
        }
    }
}

static uint32_t span_of(const struct brv_styled *cell, enum brv_attr_id attr, size_t most)
{
    size_t span = cell->node ? brv_node_attr_count(cell->node, attr, 1) : 1;
    span = span > most ? most : span;
    return span > 0 ? (uint32_t)span : 1;
}

// Puts the cells of a row into columns; `busy` holds for how many rows each column is taken.
static void read_cells(struct brv_layout *layout, struct brv_grid *grid, size_t index,
                       uint32_t busy[BRV_TABLE_COLUMNS])
{
    struct brv_row *row = &grid->rows[index];
    size_t section_end = index < grid->header_count ? grid->header_count : grid->row_count;
    size_t capacity = 0;
    uint32_t column = 0;
    for (struct brv_styled *cell = row->styled->first; cell; cell = cell->next) {
        if (!is_display(cell, BRV_DISPLAY_TABLE_CELL)) {
            continue;
        }
        while (column < BRV_TABLE_COLUMNS && busy[column] > 0) {
            column++;
        }
        if (column >= BRV_TABLE_COLUMNS) {
            break;
        }
        uint32_t columns = span_of(cell, BRV_ATTR_COLSPAN, BRV_TABLE_COLUMNS - column);
        uint32_t rows = span_of(cell, BRV_ATTR_ROWSPAN, section_end - index);
        BRV_PUSH(layout->arena, row->cells, row->cell_count, capacity) =
            (struct brv_cell){ cell, column, columns, rows };
        for (uint32_t i = column; i < column + columns; i++) {
            busy[i] = rows > busy[i] ? rows : busy[i];
        }
        column += columns;
        grid->column_count = column > grid->column_count ? column : grid->column_count;
    }
    for (size_t i = 0; i < BRV_TABLE_COLUMNS; i++) {
        busy[i] -= busy[i] > 0;
    }
}

struct brv_grid brv_grid_read(struct brv_layout *layout, struct brv_styled *table)
{
    struct brv_grid grid = {
        .rows = BRV_NEW_ARRAY(layout->arena, struct brv_row, count_rows(table)),
        .collapses = table->style->border_collapse == BRV_BORDERS_COLLAPSE,
    };
    grid.spacing_pt = grid.collapses ? 0 : table->style->border_spacing.pt;
    add_rows(&grid, table, true);
    add_rows(&grid, table, false);
    uint32_t busy[BRV_TABLE_COLUMNS] = { 0 };
    for (size_t i = 0; i < grid.row_count; i++) {
        if (i == grid.header_count) {
            memset(busy, 0, sizeof busy);
        }
        read_cells(layout, &grid, i, busy);
    }
    grid.widths = BRV_NEW_ARRAY(layout->arena, float, grid.column_count + 1);
    return grid;
}

// ---- widths

struct want {
    float min_pt, max_pt;
    float set_pt; // by the style, 0 none
};

struct brv_edges brv_cell_insets(const struct brv_grid *grid, const struct brv_style *style,
                                 float width_pt)
{
    struct brv_edges insets = brv_style_insets(style, width_pt, grid->is_rtl);
    if (grid->collapses) {
        insets.top_pt -= style->border_top_width / 2;
        insets.bottom_pt -= style->border_bottom_width / 2;
        insets.left_pt -= (grid->is_rtl ? style->border_right_width : style->border_left_width) / 2;
        insets.right_pt -=
            (grid->is_rtl ? style->border_left_width : style->border_right_width) / 2;
    }
    return insets;
}

static void want_span(const struct brv_grid *grid, struct want *wants, const struct brv_cell *cell,
                      float min, float max)
{
    float have_min = grid->spacing_pt * (float)(cell->columns - 1);
    float have_max = have_min;
    for (uint32_t i = 0; i < cell->columns; i++) {
        have_min += wants[cell->column + i].min_pt;
        have_max += wants[cell->column + i].max_pt;
    }
    for (uint32_t i = 0; i < cell->columns; i++) {
        struct want *want = &wants[cell->column + i];
        want->min_pt += min > have_min ? (min - have_min) / (float)cell->columns : 0;
        want->max_pt += max > have_max ? (max - have_max) / (float)cell->columns : 0;
    }
}

static void measure_cells(struct brv_layout *layout, const struct brv_grid *grid,
                          struct want *wants, float room_pt, bool spans)
{
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct brv_row *row = &grid->rows[i];
        for (size_t k = 0; k < row->cell_count; k++) {
            const struct brv_cell *cell = &row->cells[k];
            if ((cell->columns > 1) != spans) {
                continue;
            }
            float min;
            float max;
            brv_block_measure(layout, cell->styled, &min, &max);
            if (spans) {
                want_span(grid, wants, cell, min, max);
                continue;
            }
            struct want *want = &wants[cell->column];
            want->min_pt = min > want->min_pt ? min : want->min_pt;
            want->max_pt = max > want->max_pt ? max : want->max_pt;
            float set = brv_length_resolve(cell->styled->style->width, room_pt);
            want->set_pt = set > want->set_pt ? set : want->set_pt;
        }
    }
}

// Columns that an equal share satisfies keep their least width; the others share the rest.
static void squeeze(struct brv_grid *grid, const struct want *wants, float room_pt)
{
    size_t left = grid->column_count;
    float rest = room_pt;
    bool again = true;
    for (size_t i = 0; i < grid->column_count; i++) {
        grid->widths[i] = -1;
    }
    while (again && left > 0) {
        again = false;
        float share = rest / (float)left;
        for (size_t i = 0; i < grid->column_count; i++) {
            if (grid->widths[i] < 0 && wants[i].min_pt <= share) {
                grid->widths[i] = wants[i].min_pt;
                rest -= wants[i].min_pt;
                left--;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < grid->column_count; i++) {
        if (grid->widths[i] < 0) {
            grid->widths[i] = rest / (float)left;
        }
    }
}

static void share(struct brv_grid *grid, const struct want *wants, float room_pt, bool fills)
{
    float min = 0;
    float max = 0;
    for (size_t i = 0; i < grid->column_count; i++) {
        min += wants[i].min_pt;
        max += wants[i].max_pt;
    }
    if (min > room_pt) {
        squeeze(grid, wants, room_pt);
        return;
    }
    for (size_t i = 0; i < grid->column_count; i++) {
        if (max <= room_pt) {
            float extra = fills && max > 0 ? (room_pt - max) * wants[i].max_pt / max : 0;
            grid->widths[i] = wants[i].max_pt + extra;
        } else {
            grid->widths[i] = wants[i].min_pt +
                              (room_pt - min) * (wants[i].max_pt - wants[i].min_pt) / (max - min);
        }
    }
}

static void report_narrow(struct brv_layout *layout, const struct brv_grid *grid,
                          const struct brv_styled *table)
{
    float narrowest = grid->widths[0];
    for (size_t i = 1; i < grid->column_count; i++) {
        narrowest = grid->widths[i] < narrowest ? grid->widths[i] : narrowest;
    }
    struct brv_span where = table->node ? table->node->span : brv_span_none();
    brv_str key =
        brv_arena_printf(layout->scratch, "narrow table %u %u", where.offset, where.length);
    if (narrowest < 1.5f * table->style->font_size && brv_layout_tell_once(layout, key)) {
        struct brv_diag *diag = brv_report(
            layout->sink,
            BRV_WARNING,
            BRV_CODE_OUTPUT,
            where,
            "table with %zu columns is too wide for the page; its cells may be hard to read",
            grid->column_count);
        brv_diag_hint(layout->sink, diag, "give it a wider page or fewer columns");
    }
}

void brv_grid_fit(struct brv_layout *layout, struct brv_grid *grid, const struct brv_styled *table,
                  float room_pt, bool fills)
{
    if (grid->column_count == 0) {
        return;
    }
    float room = room_pt - grid->spacing_pt * (float)(grid->column_count + 1);
    room = room > (float)grid->column_count ? room : (float)grid->column_count;
    struct want *wants = BRV_NEW_ARRAY(layout->arena, struct want, grid->column_count);
    measure_cells(layout, grid, wants, room, false);
    for (size_t i = 0; i < grid->column_count; i++) {
        if (wants[i].set_pt > 0) {
            wants[i].max_pt = wants[i].set_pt > wants[i].min_pt ? wants[i].set_pt : wants[i].min_pt;
            wants[i].min_pt = wants[i].max_pt < room ? wants[i].max_pt : wants[i].min_pt;
        }
    }
    measure_cells(layout, grid, wants, room, true);
    share(grid, wants, room, fills);
    report_narrow(layout, grid, table);
}
