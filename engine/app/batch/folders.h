// Brevier — the folders in which names changed and that are not synced yet.
// A renamed file is safe when the folder that has its name is; so is one that was removed. Before
// the ledger tells of either, all of these are synced.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_FOLDERS_H
#define BRV_APP_BATCH_FOLDERS_H

#include "base/diag.h"
#include "base/hash.h"

struct brv_folders {
    brv_str top; // nothing above it is ours
    struct brv_arena *arena;
    struct brv_map known;
    brv_str *paths;
    size_t count;
    size_t capacity;
    brv_str last; // most files lie where the one before lay
};

// Notes that `file`, somewhere beneath the top, came to its name or lost it.
void brv_folders_note(struct brv_folders *folders, brv_str file);

// Syncs a folder, or with `all` the file system that it is on: 0, or the system's error.
int brv_folder_sync(struct brv_arena *arena, brv_str path, bool all);

// Syncs what was noted since the last time; BRV_FAILED with an error reported.
enum brv_status brv_folders_sync(struct brv_folders *folders, struct brv_sink *sink)
    BRV_WARN_UNUSED;

#endif
