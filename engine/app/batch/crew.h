// Brevier — the crew: the worker processes of a batch, seen from the supervisor.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_CREW_H
#define BRV_APP_BATCH_CREW_H

#include "app/batch/batch.h"
#include "app/batch/worker.h"

struct brv_crew;

// A crew of at most `count` workers, each forked when there is work for it. From here on SIGINT,
// SIGTERM and SIGHUP are the crew's to see. It is dismissed with the arena.
struct brv_crew *brv_crew_new(struct brv_batch *batch, size_t count);

// Hands waiting items of the window to workers that have room.
void brv_crew_assign(struct brv_crew *crew);

// Waits for replies, deaths, time limits and signals, or until `source` can be read from (-1:
// none), at most `timeout_ms`; items that ended are finished in the window. Returns how many of
// SIGINT, SIGTERM and SIGHUP were seen so far.
unsigned brv_crew_wait(struct brv_crew *crew, int source, int timeout_ms);

// How many items are with workers.
size_t brv_crew_busy(const struct brv_crew *crew);

// Kills all workers and reaps them.
void brv_crew_dismiss(struct brv_crew *crew);

#endif
