// Brevier — what a worker may see of the file system: what plugins, sheets, fonts and pictures are
// in.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_SIGHT_H
#define BRV_APP_BATCH_SIGHT_H

#include "app/batch/batch.h"
#include "app/batch/confine.h"

// Whether items may lie in folders that the command line does not name: those of a list.
bool brv_sight_has_list(const struct brv_batch *batch);

// For a worker that begins now: of a list's items it sees the folders of those in the window. Lives
// in the arena.
struct brv_confine_options brv_sight_of_worker(struct brv_batch *batch, struct brv_arena *arena);

#endif
