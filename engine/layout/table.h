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
    uint32_t tag_columns; // that it spans in the whole table
    bool is_repeated;     // stands in an earlier part of the table, too
};

struct brv_row {
    struct brv_styled *styled;
    struct brv_styled *group; // thead or tbody, NULL none
    struct brv_cell *cells;
    size_t cell_count;
    uint32_t missing; // columns that no cell takes
    bool is_header;
    bool is_group_start, is_group_end;
};

struct brv_column_want {
    float min_pt, max_pt;
    float readable_pt; // enough for words; long addresses and hashes may be cut
    float set_pt;      // by the style, 0 none
};

// What a cell wants, kept for the search for the lowest table.
struct brv_cell_sample {
    uint32_t row, column;
    float min_pt, max_pt;
    float sum_pt; // of its paragraphs' natural widths
    float lines;  // that it has at least
};

struct brv_grid {
    struct brv_row *rows; // header rows first
    size_t row_count;
    size_t header_count;
    size_t column_count;
    float *widths;                 // by column
    struct brv_column_want *wants; // by column
    struct brv_cell_sample *samples;
    size_t sample_count;
    float spacing_pt;
    bool collapses;
    bool is_rtl;
    bool has_groups; // some rows stand in a head or a body
};

// Reads the rows and cells of a table element. Each column is one that a cell begins with; no cell
// reaches beyond them, below its head or body, or over another.
struct brv_grid brv_grid_read(struct brv_layout *layout, struct brv_styled *table);

// The columns [from, to) of a table, after its first column if they are not the first. To be
// measured: a cell that is cut wants more of the columns that are left to it.
struct brv_grid brv_grid_part(struct brv_layout *layout, const struct brv_grid *grid, uint32_t from,
                              uint32_t to);

// Fills in what the columns want; percentages are of `room_pt`.
void brv_grid_measure(struct brv_layout *layout, struct brv_grid *grid, float room_pt);
// What all columns need, so that no word is cut.
float brv_grid_readable_width(const struct brv_grid *grid);

// Fills the widths so that their sum and the spacing take at most `room_pt`; all of it when
// `fills`. Reports a table whose columns become too narrow to read.
void brv_grid_fit(struct brv_layout *layout, struct brv_grid *grid, const struct brv_styled *table,
                  float room_pt, bool fills);

// How a table that is wider than its room stands there (table_wide.c): smaller, or in parts one
// below the other. A part has columns from where the part before ends, and the first.
struct brv_table_fit {
    float factor; // of its size
    size_t part_count;
    uint32_t ends[BRV_TABLE_COLUMNS]; // by part
};
struct brv_table_fit brv_table_choose_fit(struct brv_layout *layout, const struct brv_grid *grid,
                                          const struct brv_styled *table, float room_pt);
// What stands above a part after the first: the caption once more, and which part it is.
void brv_table_part_caption(struct brv_layout *layout, struct brv_styled *table,
                            struct brv_column column, size_t part, size_t part_count);

// The edges of a cell: in collapsing tables, neighbours share their borders.
struct brv_edges brv_cell_insets(const struct brv_grid *grid, const struct brv_style *style,
                                 float width_pt);

#endif
