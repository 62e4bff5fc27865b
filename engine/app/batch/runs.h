// Brevier — the runs that a ledger tells of: what they were asked for, and whether they are over.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_RUNS_H
#define BRV_APP_BATCH_RUNS_H

#include "app/batch/batch.h"

// What a run is asked for, as the ledger has it; it begins with how much and how fast, which bears
// on nothing, and with the formats: "--limit=3 --jobs=2 --to=pdf,text --sheet=memo archive.zip".
brv_str brv_run_line(struct brv_batch *batch);

// What came of a run, as the ledger has it: the counts.
brv_str brv_run_outcome(const struct brv_batch *batch);

// How many items the source of a run had, whatever became of them, and the globs that had chosen
// these. False when that is not known: the run saw less, or it was one of an older program.
struct brv_run_source {
    brv_str globs;
    size_t items;
};
bool brv_run_source_of(struct brv_arena *arena, brv_str options, brv_str outcome,
                       struct brv_run_source *source);

// Whether a run that leaves no item of its choice leaves none of those either that the ones before
// it left: one of a part of the archive, or in fewer formats, does not finish what they began.
bool brv_run_finishes(struct brv_batch *batch, brv_str line);

#endif
