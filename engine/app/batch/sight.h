// Brevier — what a worker may see of the file system.
// Of sheets, what they name: the files themselves. Of analyses, what lies beneath their folders,
// for their pictures may be any file there and nobody knows before the worker which; with a folder
// of pictures (--asset-root) that one instead. And the folders of plugins, of grants and of fonts.
// A file is what its name stood for when the worker began: one that is replaced meanwhile cannot be
// read.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_SIGHT_H
#define BRV_APP_BATCH_SIGHT_H

#include "app/batch/batch.h"
#include "app/batch/confine.h"

// Whether items may lie in folders that the command line does not name: those of a list.
bool brv_sight_has_list(const struct brv_batch *batch);
// … and a worker is to see these.
bool brv_sight_grows(const struct brv_batch *batch);

// For a worker that begins now: of a list's items it sees the folders of those in the window. Lives
// in the arena.
struct brv_confine_options brv_sight_of_worker(struct brv_batch *batch, struct brv_arena *arena);

#endif
