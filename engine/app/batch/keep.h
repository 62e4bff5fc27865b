// Brevier — an item that only gets formats added: what its other formats are and say stays.
// One that was rendered to PDF yesterday and to text today has the row, the diagnostics and the
// keys that it would have, had it been rendered to both at once. So runs of different formats leave
// each other's outputs alone.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_KEEP_H
#define BRV_APP_BATCH_KEEP_H

#include "app/batch/worker.h"

// Whether a format of an item without an output of it was tried, and failed.
bool brv_slot_has_failed_as(const struct brv_batch *batch, const struct brv_slot *slot,
                            const struct brv_output *output);

// What the ledger says of an item, of the analysis by the name that it has now.
struct brv_diag_row *brv_slot_rows_before(const struct brv_batch *batch,
                                          const struct brv_slot *slot,
                                          const struct brv_item_row *row, size_t *count);

// Finds what stands of an item that is as its row tells, besides the formats that are wanted. True
// when all of its outputs do.
bool brv_slot_keep(struct brv_batch *batch, struct brv_slot *slot, const struct brv_item_row *row);

// Whether a format is one that stands.
bool brv_slot_keeps(const struct brv_slot *slot, brv_str format);

// Gives the outputs that stand the key that the item's row has now.
enum brv_status brv_slot_rekey(struct brv_batch *batch, const struct brv_slot *slot, brv_str key)
    BRV_WARN_UNUSED;

// Puts what stands beside what the worker says of the formats that were wanted.
void brv_slot_join(struct brv_slot *slot, struct brv_worker_reply *reply);

#endif
