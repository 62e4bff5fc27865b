// Brevier — what the operator of a batch sees.
// On a terminal a line that is drawn over itself; for machines one JSON object a line, in the order
// of the source (see events.schema.json); at the end a table. Problems go to standard error as they
// are published.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_REPORT_H
#define BRV_APP_BATCH_REPORT_H

#include "app/batch/batch.h"

struct brv_report;

struct brv_report *brv_report_new(struct brv_batch *batch);
// The batch begins: with what, and what of the system's protection it has to do without.
void brv_report_begin(struct brv_report *report, size_t workers);
// An item was published.
void brv_report_item(struct brv_report *report, const struct brv_slot *slot);
// Prints what was reported of no item, and counts the errors among it.
void brv_report_messages(struct brv_report *report);
// Draws the progress line, when there is a terminal and it is time to.
void brv_report_tick(struct brv_report *report);
// An output whose source is gone; whether somebody had altered it.
void brv_report_pruned(struct brv_report *report, brv_str path, bool is_removed, bool was_altered);
// Events so far reach their reader.
void brv_report_flush(struct brv_report *report);
// The end: counts, and how to go on after an interruption. False when standard output did not take
// all that was written to it.
bool brv_report_end(struct brv_report *report, enum brv_exit exit);

#endif
