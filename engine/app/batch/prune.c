// Brevier — pruning: outputs whose source is gone.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/report.h"
#include "app/batch/shards.h"
#include "base/file.h"

struct pruning {
    struct brv_batch *batch;
    struct brv_arena *arena;
    struct brv_item_row *gone; // name and stem
    size_t count;
    size_t capacity;
    bool has_remains; // of the item at hand
};

static void item_look(void *user, const struct brv_item_row *row)
{
    struct pruning *pruning = user;
    const struct brv_feed *feed = pruning->batch->feed;
    // What globs leave out was not looked at, and may well be there.
    if (brv_feed_takes_name(feed, row->name) && !brv_feed_has_name(feed, row->name))
        BRV_PUSH(pruning->arena, pruning->gone, pruning->count, pruning->capacity) =
            (struct brv_item_row){ .name = brv_arena_str(pruning->arena, row->name),
                                   .stem = brv_arena_str(pruning->arena, row->stem) };
}

static void output_remove(void *user, brv_str item, const struct brv_output_row *row)
{
    struct pruning *pruning = user;
    struct brv_batch *batch = pruning->batch;
    if (brv_shards_claim(batch->shards, row->path))
        return;
    bool is_altered = brv_batch_is_altered(batch, pruning->arena, item, row);
    if (!batch->options->is_sure || brv_batch_output_remove(batch, pruning->arena, row))
        brv_report_pruned(batch->report, row->path, batch->options->is_sure, is_altered);
    else
        pruning->has_remains = true;
}

static void quarantine_remove(struct pruning *pruning, const struct brv_item_row *row)
{
    struct brv_batch *batch = pruning->batch;
    for (size_t i = 0; i < BRV_QUARANTINE_FILES; i++) {
        const char *suffix = brv_quarantine_files[i].published;
        brv_str path = brv_batch_quarantine_path(pruning->arena, row, suffix);
        if (!brv_file_exists(brv_path_join(pruning->arena, batch->out, path)))
            continue;
        if (!batch->options->is_sure || brv_batch_file_remove(batch, pruning->arena, path))
            brv_report_pruned(batch->report, path, batch->options->is_sure, false);
        else
            pruning->has_remains = true;
    }
}

// Why what is gone cannot be told; NULL: it can.
static const char *refusal(const struct brv_batch *batch)
{
    if (batch->has_lost_source)
        return "a source could not be read, so what is gone is not known";
    if (batch->has_items)
        return NULL;
    return brv_feed_passed_over(batch->feed) > 0
               ? "--include, --exclude or .brevierignore pass over all there is, expected some "
                 "analyses"
               : "the source holds nothing at all, expected some analyses";
}

enum brv_status brv_batch_prune(struct brv_batch *batch)
{
    const char *fault = refusal(batch);
    if (fault) {
        brv_report(batch->sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "nothing is pruned: %s",
                   fault);
        batch->has_remains = true; // what was rendered before
        return BRV_OK;
    }
    brv_shards_turn_begin(batch->shards);
    struct pruning pruning = { .batch = batch, .arena = brv_arena_new() };
    enum brv_status status = brv_ledger_each(batch->ledger, item_look, &pruning, batch->sink);
    if (status == BRV_OK && batch->options->is_sure)
        status = brv_ledger_begin(batch->ledger, batch->sink);
    for (size_t i = 0; i < pruning.count && status == BRV_OK; i++) {
        const struct brv_item_row *row = &pruning.gone[i];
        pruning.has_remains = false;
        status =
            brv_ledger_each_output(batch->ledger, row->name, output_remove, &pruning, batch->sink);
        quarantine_remove(&pruning, row);
        if (status == BRV_OK && batch->options->is_sure && !pruning.has_remains)
            status = brv_ledger_drop(batch->ledger, row->name, batch->sink);
    }
    if (status == BRV_OK)
        status = brv_folders_sync(&batch->changed, batch->sink);
    if (status == BRV_OK && batch->options->is_sure)
        status = brv_ledger_commit(batch->ledger, batch->sink);
    brv_shards_turn_end(batch->shards);
    brv_arena_free(pruning.arena);
    return status;
}
