// Brevier — what the outcome of one item depends on besides what all of a run share.
// Three lists of lines, each sorted: so they are the same however the formats of an item were
// rendered, in one run or in several.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_DEPENDS_H
#define BRV_APP_BATCH_DEPENDS_H

#include "app/batch/batch.h"

struct brv_depends {
    const struct brv_batch *batch;
    struct brv_arena *arena;
    brv_str path;  // of the analysis; empty within a container
    bool *plugins; // whose code ran, by the host's index
    struct brv_buf *assets;
    struct brv_map known_assets; // what is in `assets`
    struct brv_buf *reads;
    struct brv_map known_reads; // what is in `reads`
};
struct brv_depends brv_depends_init(const struct brv_batch *batch, struct brv_arena *arena,
                                    brv_str path);

// After one format was rendered, or was not.
void brv_depends_add(struct brv_depends *depends, const struct brv_job *job);

// Fills plugins, assets and reads of a row.
void brv_depends_tell(const struct brv_depends *depends, struct brv_item_row *row);

// Adds to a row's lists what another row of the same item has.
void brv_depends_join(struct brv_arena *arena, struct brv_item_row *row,
                      const struct brv_item_row *other);

// The digest of a picture as the analysis at `path` names it (empty within a container); "-" when
// there is none to be had.
brv_str brv_depends_asset(const struct brv_batch *batch, struct brv_arena *arena, brv_str path,
                          brv_str source);

#endif
