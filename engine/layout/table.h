// Brevier — tables: the grid and its columns. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_TABLE_H
#define BRV_LAYOUT_TABLE_H

#include "layout/block.h"

enum { BRV_TABLE_COLUMNS = 200 };

struct brv_cell {
    struct brv_styled *styled;
    uint32_t column, columns; // where it begins, how many it spans
    uint32_t rows;
};

struct brv_row {
    struct brv_styled *styled;
    struct brv_styled *group; // thead or tbody, NULL none
    struct brv_cell *cells;
    size_t cell_count;
    bool is_header;
    bool is_group_start, is_group_end;
};

struct brv_grid {
    struct brv_row *rows; // header rows first
    size_t row_count;
    size_t header_count;
    size_t column_count;
    float *widths; // by column
    float spacing_pt;
    bool collapses;
    bool is_rtl;
};

// Reads the rows and cells of a table element.
struct brv_grid brv_grid_read(struct brv_layout *layout, struct brv_styled *table);

// Fills the widths so that their sum and the spacing take at most `room_pt`; all of it when
// `fills`. Reports a table whose columns become too narrow to read.
void brv_grid_fit(struct brv_layout *layout, struct brv_grid *grid, const struct brv_styled *table,
                  float room_pt, bool fills);

// The edges of a cell: in collapsing tables, neighbours share their borders.
struct brv_edges brv_cell_insets(const struct brv_grid *grid, const struct brv_style *style,
                                 float width_pt);

#endif
