// Brevier — the events of a batch, for machines: one JSON object a line on standard output.
// events.schema.json is what they are held to.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_EVENTS_H
#define BRV_APP_BATCH_EVENTS_H

#include "app/batch/batch.h"
#include "app/batch/confine.h"

void brv_event_begin(const struct brv_batch *batch, size_t workers,
                     const struct brv_confine_grant *grant);
// An item was published.
void brv_event_item(const struct brv_slot *slot);
// An output whose source is gone; whether somebody had altered it.
void brv_event_pruned(brv_str path, bool is_removed, bool was_altered);
void brv_event_end(const struct brv_batch *batch, enum brv_exit exit, double seconds);

#endif
