// Brevier — what the outcome of one item depends on besides what all of a run share.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_DEPENDS_H
#define BRV_APP_BATCH_DEPENDS_H

#include "app/batch/batch.h"

struct brv_depends {
    const struct brv_batch *batch;
    struct brv_arena *arena;
    bool *plugins; // whose code ran, by the host's index
    struct brv_buf *assets;
    struct brv_map known_assets; // what is in `assets`
    struct brv_buf *reads;
    struct brv_map known; // what is in `reads`
};
struct brv_depends brv_depends_init(const struct brv_batch *batch, struct brv_arena *arena);

// After one format was rendered, or was not.
void brv_depends_add(struct brv_depends *depends, const struct brv_job *job);

// Fills plugins, assets and reads of a row.
void brv_depends_tell(const struct brv_depends *depends, struct brv_item_row *row);

#endif
