// Brevier — the folder of temporary files of a batch, and the lock on it.
// One batch at a time writes a ledger. The lock is the kernel's, on this folder, and goes with the
// process; the folder is removed before it is released. What others put there is left alone, and so
// is what a link in its place leads to.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_STAGING_H
#define BRV_APP_BATCH_STAGING_H

#include "base/diag.h"

// Makes the folder `path` and those that it lies in, when they are not there; BRV_FAILED with an
// error reported.
enum brv_status brv_folder_make(struct brv_arena *arena, brv_str path, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// Takes the folder beneath `out` that belongs to the ledger `name` ("ledger", "ledger-1-of-4"),
// until the arena is freed. BRV_FAILED, with an error reported, when another batch has it or it
// cannot be used. Who only looks makes nothing and removes nothing.
enum brv_status brv_staging_take(struct brv_arena *arena, brv_str out, brv_str name,
                                 bool only_looks, brv_str *folder, struct brv_sink *sink)
    BRV_WARN_UNUSED;

#endif
