// Brevier — the line that tells on a terminal how far a batch is.
// It is made for the width there is: what it says of speed and of failures comes first, the bar
// takes the room that is left, and what does not fit at the end is left out whole.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_PROGRESS_H
#define BRV_APP_BATCH_PROGRESS_H

#include "app/batch/batch.h"

enum { BRV_PROGRESS_MARKS = 50 };

// Speed is that of the last marks, of which each line leaves one: a run that passes over what is
// unchanged and then comes to what is not would otherwise promise an end that is far off.
struct brv_progress {
    struct brv_progress_mark {
        int64_t ms;
        uint64_t seen; // items
    } marks[BRV_PROGRESS_MARKS];
    size_t count; // of marks so far
};

// Begins at `now_ms`.
struct brv_progress brv_progress_init(int64_t now_ms);

// The line at `now_ms`, added to `out`, in fewer cells than `columns`; 0: as many as it takes. A
// `total` of 0 is not known.
void brv_progress_add_line(struct brv_progress *progress, struct brv_buf *out,
                           const struct brv_counts *counts, uint64_t total, int64_t now_ms,
                           size_t columns);

#endif
