// Brevier — tables: reading the grid, taking parts of it.
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
    grid->has_groups |= group != NULL;
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
        uint32_t most = span_of(cell, BRV_ATTR_COLSPAN, BRV_TABLE_COLUMNS - column);
        uint32_t columns = 1;
        while (columns < most && busy[column + columns] == 0) {
            columns++;
        }
        uint32_t rows = span_of(cell, BRV_ATTR_ROWSPAN, section_end - index);
        BRV_PUSH(layout->flows, row->cells, row->cell_count, capacity) =
            (struct brv_cell){ cell, column, columns, rows, columns, false };
        for (uint32_t i = column; i < column + columns; i++) {
            busy[i] = rows;
        }
        column += columns;
        grid->column_count = column > grid->column_count ? column : grid->column_count;
    }
    for (size_t i = 0; i < BRV_TABLE_COLUMNS; i++) {
        busy[i] -= busy[i] > 0;
    }
}

// A column with which no cell begins becomes part of the one before.
static void join_columns(struct brv_grid *grid)
{
    bool begins[BRV_TABLE_COLUMNS] = { true };
    for (size_t i = 0; i < grid->row_count; i++) {
        for (size_t k = 0; k < grid->rows[i].cell_count; k++) {
            begins[grid->rows[i].cells[k].column] = true;
        }
    }
    uint32_t place[BRV_TABLE_COLUMNS + 1] = { 0 };
    for (size_t i = 0; i < grid->column_count; i++) {
        place[i + 1] = place[i] + begins[i];
    }
    for (size_t i = 0; i < grid->row_count; i++) {
        for (size_t k = 0; k < grid->rows[i].cell_count; k++) {
            struct brv_cell *cell = &grid->rows[i].cells[k];
            uint32_t end = place[cell->column + cell->columns];
            cell->column = place[cell->column];
            cell->columns = cell->tag_columns = end - cell->column;
        }
    }
    grid->column_count = place[grid->column_count];
}

static void count_missing(struct brv_grid *grid)
{
    uint32_t busy[BRV_TABLE_COLUMNS] = { 0 };
    for (size_t i = 0; i < grid->row_count; i++) {
        struct brv_row *row = &grid->rows[i];
        for (size_t k = 0; k < row->cell_count; k++) {
            const struct brv_cell *cell = &row->cells[k];
            for (uint32_t c = cell->column; c < cell->column + cell->columns; c++) {
                busy[c] = cell->rows;
            }
        }
        for (size_t c = 0; c < grid->column_count; c++) {
            row->missing += busy[c] == 0;
            busy[c] -= busy[c] > 0;
        }
    }
}

struct brv_grid brv_grid_read(struct brv_layout *layout, struct brv_styled *table)
{
    struct brv_grid grid = {
        .rows = BRV_NEW_ARRAY(layout->flows, struct brv_row, count_rows(table)),
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
    if (grid.column_count == 0) {
        grid.row_count = grid.header_count = 0;
    }
    join_columns(&grid);
    count_missing(&grid);
    grid.widths = BRV_NEW_ARRAY(layout->flows, float, grid.column_count + 1);
    return grid;
}

// ---- parts

static uint32_t min_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

// The share of a cell in columns [from, to), after a repeated first column if there is one; none
// when it spans no column.
static struct brv_cell cut_cell(const struct brv_cell *cell, uint32_t from, uint32_t to)
{
    const bool has_key = from > 0;
    uint32_t end = cell->column + cell->columns;
    uint32_t begin = cell->column > from ? cell->column : from;
    struct brv_cell cut = *cell;
    cut.columns = min_of(end, to) > begin ? min_of(end, to) - begin : 0;
    cut.column = begin - from + has_key;
    if (has_key && cell->column == 0) {
        cut.column = 0;
        cut.columns++;
    }
    cut.is_repeated = cell->column < from;
    return cut;
}

struct brv_grid brv_grid_part(struct brv_layout *layout, const struct brv_grid *grid, uint32_t from,
                              uint32_t to)
{
    const bool has_key = from > 0;
    struct brv_grid part = *grid;
    part.column_count = to - from + has_key;
    part.rows = BRV_NEW_ARRAY(layout->flows, struct brv_row, grid->row_count);
    part.widths = BRV_NEW_ARRAY(layout->flows, float, part.column_count + 1);
    part.wants = NULL;
    part.samples = NULL;
    part.sample_count = 0;
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct brv_row *row = &grid->rows[i];
        struct brv_row *own = &part.rows[i];
        *own = *row;
        own->cells = BRV_NEW_ARRAY(layout->flows, struct brv_cell, row->cell_count);
        own->cell_count = 0;
        for (size_t k = 0; k < row->cell_count; k++) {
            struct brv_cell cut = cut_cell(&row->cells[k], from, to);
            if (cut.columns > 0) {
                own->cells[own->cell_count++] = cut;
            }
        }
    }
    return part;
}
