// Brevier — what stands on a page. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_PLAN_H
#define BRV_LAYOUT_PLAN_H

#include "layout/page.h"

#define BRV_FIT_TOLERANCE_PT 0.01f
#define BRV_NOTE_GAP_PT 10.0f // between text and footnotes, the rule included
#define BRV_LONG_NOTE 0.25f   // of the page: a note that is split rather than moved with its call

// A stretch of slices on one page: across it, or in columns.
struct brv_band {
    size_t from, to;
    const struct brv_columns *columns; // NULL: across the page
    float top_pt;                      // of its first slice or the header repeated above
    float height_pt;                   // of the longest column
    size_t starts[BRV_COLUMNS + 1];    // by column
    uint8_t worst_cost;                // of the breaks between its columns
    bool keeps_listings;               // a break within a listing is as dear as an orphan
};

struct brv_plan {
    struct brv_band *bands;
    size_t count, capacity;
    size_t to; // the slice that begins the next page
};

// Chooses what stands on the open page of a book, from slice `from` on; it ends before `to` if that
// is not filled earlier. `notes_pt` is the height of the footnotes that wait from earlier pages.
void brv_plan_page(struct brv_plan *plan, struct brv_book *book, const struct brv_flow *flow,
                   size_t from, size_t to, bool keeps_margin, float notes_pt);

// Whether the header above a region's first row is repeated: not when it takes most of the page.
bool brv_plan_repeats_header(const struct brv_slice *slice, float height_pt);

#endif
