// Brevier — the baseline grid of columns. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_GRID_H
#define BRV_LAYOUT_GRID_H

#include "layout/flow.h"

// A way down a column, or down a page where nothing stands in columns.
struct brv_descent {
    const struct brv_flow *flow;
    float y_pt;                // where the slice above ends
    float height_pt;           // of the page: so far a way looks ahead
    size_t from;               // the slice at the top, which has no space before it
    size_t above_at, below_at; // what stands off the grid: where it begins, what follows it
    float above_pt, below_pt;  // the space that brings what follows back to the grid
    bool is_off_grid;          // the slice above stands off it
};

static inline struct brv_descent brv_descent_begin(const struct brv_flow *flow, size_t from,
                                                   float y_pt, float height_pt)
{
    return (struct brv_descent){
        .flow = flow,
        .y_pt = y_pt,
        .height_pt = height_pt,
        .from = from,
        .above_at = SIZE_MAX,
        .below_at = SIZE_MAX,
    };
}

// The top of the next slice. A way takes all slices in turn; where it ends changes nothing above.
float brv_descent_next(struct brv_descent *way, size_t at);

#endif
