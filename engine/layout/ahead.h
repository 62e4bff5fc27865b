// Brevier — looking ahead: where the next pages had best end. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_AHEAD_H
#define BRV_LAYOUT_AHEAD_H

#include "layout/page.h"

enum { BRV_AHEAD_PAGES = 12 };

// The height of a flow from where looking began down to a slice, that of its footnotes too.
struct brv_ahead_sum {
    double bottom_pt; // of the slice
    float notes_pt;
};

struct brv_ahead {
    struct brv_ahead_sum *sums;
    size_t sum_count, sum_capacity;
    size_t ends[BRV_AHEAD_PAGES]; // of the pages that are settled: the slices that begin the next
    size_t count, next;           // of them
};

// The slice that begins the page after the open one, which begins with `from`; SIZE_MAX when there
// is nothing to be seen ahead. `notes_pt` is the height of the footnotes that wait.
size_t brv_ahead_next(struct brv_ahead *ahead, struct brv_book *book, const struct brv_flow *flow,
                      size_t from, bool keeps_margin, float notes_pt);

#endif
