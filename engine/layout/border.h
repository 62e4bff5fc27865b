// Brevier — the shared borders of a collapsing table. Private to the room.
// Rows are met in order: next, then each cell that begins in the row, then cross; after that the
// lines around the row may be drawn. A last brv_borders_next(…, NULL) is followed by the line below
// the table.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_BORDER_H
#define BRV_LAYOUT_BORDER_H

#include "layout/table.h"

// What stands in a column of the current row and in the row above.
struct brv_owner {
    const struct brv_cell *cell, *above;
    uint32_t rows; // that the cell still takes, this one included
};

struct brv_borders {
    struct brv_arena *arena;
    const struct brv_grid *grid;
    const struct brv_style *table;
    const float *lines; // x of the lines between the columns
    const struct brv_row *row, *previous;
    struct brv_owner *owners; // by column
    float *crossing;          // widths of the lines between the columns
};

struct brv_borders brv_borders_begin(struct brv_arena *arena, const struct brv_grid *grid,
                                     const struct brv_style *table, float x_pt, float width_pt);
void brv_borders_next(struct brv_borders *borders, const struct brv_row *row);
void brv_borders_cell(struct brv_borders *borders, const struct brv_cell *cell);
void brv_borders_cross(struct brv_borders *borders);

// The line above the row, at y 0; those between its cells; and what stands in for the line below
// where a page ends under the row.
void brv_borders_above(const struct brv_borders *borders, struct brv_item_list *list);
void brv_borders_between(const struct brv_borders *borders, float height_pt,
                         struct brv_item_list *list);
void brv_borders_below(const struct brv_borders *borders, float height_pt,
                       struct brv_item_list *list);

#endif
