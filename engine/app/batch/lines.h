// Brevier — lists as texts, a line for each of what they hold: so ledgers have them.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_LINES_H
#define BRV_APP_BATCH_LINES_H

#include "base/arena.h"

// Cuts the first line off `*rest`; false when none is left.
bool brv_lines_next(brv_str *rest, brv_str *line);

// The lines in order, each once; the array is sorted.
brv_str brv_lines_join(struct brv_arena *arena, brv_str *lines, size_t count);

#endif
