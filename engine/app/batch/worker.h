// Brevier — a worker of a batch: a process that renders what it is sent.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_WORKER_H
#define BRV_APP_BATCH_WORKER_H

#include "app/batch/batch.h"
#include "app/batch/wire.h"

enum { BRV_ITEM_SECONDS = 30 }; // an item may take; then its worker is killed

// Supervisor to worker. What is read lies in the message.
struct brv_worker_order {
    uint64_t position;
    unsigned wanted;
    brv_str origin;
    brv_str path;
    brv_str bytes;
};
void brv_worker_write_order(struct brv_buf *out, const struct brv_slot *slot);
bool brv_worker_read_order(brv_str message, struct brv_worker_order *order);

// Worker to supervisor.
struct brv_worker_reply {
    uint64_t position;
    bool has_broken; // the surroundings failed; `row.reason` tells how
    bool is_left_out;
    struct brv_item_row row; // outcome, reason, kind, title, date, plugins, assets, reads
    brv_str sections;        // of the document
    struct brv_made made[BRV_FORMAT_LIMIT];
    size_t made_count;
    struct brv_diag_row *diagnostics;
    size_t diagnostic_count;
};
void brv_worker_write_reply(struct brv_buf *out, const struct brv_batch *batch,
                            const struct brv_worker_reply *reply);
// Reads a reply, its texts copied into `arena`; false for one that makes no sense.
bool brv_worker_read_reply(const struct brv_batch *batch, struct brv_arena *arena, brv_str message,
                           struct brv_worker_reply *reply);
// The position that a reply is about.
uint64_t brv_worker_reply_position(brv_str message);
// Puts a reply into its item's slot, beside what stands of the item.
void brv_slot_take(struct brv_slot *slot, struct brv_worker_reply *reply);

// The life of a worker, in the child after fork(): serves requests from the socket until it is
// closed. Never returns.
_Noreturn void brv_worker_run(struct brv_batch *batch, int socket);

// Renders an analysis of our own in every format, so that modules, fonts and plugins are in memory
// before the workers are forked.
void brv_worker_warm_up(struct brv_batch *batch);

#endif
