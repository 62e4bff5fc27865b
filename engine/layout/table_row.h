// Brevier — tables: laid-out cells and the rows that they make. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_TABLE_ROW_H
#define BRV_LAYOUT_TABLE_ROW_H

#include "layout/border.h"

// A laid-out cell of the cluster at hand.
struct brv_set_cell {
    const struct brv_cell *cell;
    struct brv_flow flow;
    struct brv_slice slice; // the flow as one piece
    // While a tall row is cut: the frames that go on; the next slice, and its top in the row.
    struct brv_frame *open;
    size_t next;
    float next_pt;
    size_t row; // within the cluster
    float x_pt, width_pt;
    struct brv_edges insets;
};

// Rows that a spanning cell ties together; most often one. The next cluster of the table uses the
// same arrays, the slices of its cells included: what a row keeps is moved out of them.
struct brv_cluster {
    size_t from, to;            // rows of the grid
    struct brv_set_cell *cells; // by row
    size_t cell_count, cell_capacity;
    size_t *starts; // by row: where its cells begin; one more
    float *heights; // by row
    size_t row_capacity;
};

struct brv_table_setting {
    struct brv_layout *layout;
    struct brv_grid grid;
    struct brv_borders borders; // used when the grid collapses
    struct brv_column column;
    struct brv_cluster cluster; // at hand
    float factor;               // of the size that rows are laid out in
    struct brv_tag **row_tags;  // of a table in parts, by row; NULL when there is but one
    struct brv_tag *group_tag;  // of the group at hand
    const struct brv_row *group;
    bool is_last_part;
    float x_pt, width_pt; // of the rows
};

// The height of `count` rows of a cluster with the spacing between them.
float brv_cluster_height(const struct brv_table_setting *setting, const struct brv_cluster *cluster,
                         size_t from, size_t count);

// Appends a row to the flow: as one slice, or cut where the lines of its cells meet.
void brv_row_flow(struct brv_table_setting *setting, struct brv_cluster *cluster, size_t index);
void brv_row_flow_cut(struct brv_table_setting *setting, struct brv_cluster *cluster, size_t index);

#endif
