// Brevier — verifying: what is rendered now against what the ledger and the folder hold.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/digest.h"
#include "app/batch/report.h"
#include "base/file.h"

static void mismatch_add(struct brv_batch *batch, struct brv_slot *slot, brv_str path,
                         const char *how)
{
    batch->counts.mismatches++;
    slot->mismatch = brv_arena_printf(slot->arena,
                                      "%" BRV_STR_F "%s\"%" BRV_STR_F "\" %s",
                                      BRV_STR_ARG(slot->mismatch),
                                      slot->mismatch.len > 0 ? "; " : "",
                                      BRV_STR_ARG(path),
                                      how);
}

// How the file of an output differs; NULL when it does not.
static const char *output_difference(const struct brv_batch *batch, const struct brv_slot *slot,
                                     const struct brv_output_row *row)
{
    enum { LIMIT_BYTES = 1 << 30 };
    struct brv_arena *arena = slot->arena;
    struct brv_sink quiet = brv_sink_init(arena);
    brv_str bytes;
    size_t i = 0;
    while (i < slot->made_count && !brv_str_equal(slot->made[i].row.format, row->format))
        i++;
    if (brv_file_read(arena,
                      brv_path_join(arena, batch->out, row->path),
                      LIMIT_BYTES,
                      BRV_CODE_OUTPUT,
                      &bytes,
                      &quiet))
        return "is gone";
    if (!brv_str_equal(brv_digest_of(arena, bytes), row->digest))
        return "was altered since it was written";
    if (i == slot->made_count)
        return "is rendered no more";
    return brv_str_equal(slot->made[i].row.digest, row->digest) ? NULL
                                                                : "is rendered otherwise now";
}

struct resting {
    struct brv_batch *batch;
    struct brv_arena *arena; // of one item
};

// An item that the ledger has outputs of, and the source no analysis.
static void item_look(void *user, const struct brv_item_row *row)
{
    struct resting *resting = user;
    struct brv_batch *batch = resting->batch;
    if (brv_feed_has_name(batch->feed, row->name))
        return;
    struct brv_slot slot = { .arena = resting->arena, .row = *row, .why = BRV_S("it is verified") };
    for (size_t i = 0; i < batch->format_count; i++) {
        struct brv_output_row output;
        if (!brv_ledger_find_output(batch->ledger,
                                    resting->arena,
                                    row->name,
                                    brv_str_from_cstr(batch->formats[i]->name),
                                    &output))
            continue;
        batch->counts.compared++;
        mismatch_add(batch, &slot, output.path, "has no source any more");
    }
    if (slot.mismatch.len > 0)
        brv_report_item(batch->report, &slot);
}

// ---- exported

void brv_slot_verify(struct brv_batch *batch, struct brv_slot *slot)
{
    for (size_t i = 0; i < slot->made_count; i++)
        slot->made[i].row.path =
            brv_batch_output_path(slot->arena, slot->row.stem, slot->made[i].output);
    if (slot->is_left_out || slot->is_lost)
        return;
    for (size_t i = 0; i < batch->format_count; i++) {
        struct brv_output_row row;
        brv_str format = brv_str_from_cstr(batch->formats[i]->name);
        if (!brv_ledger_find_output(batch->ledger, slot->arena, slot->row.name, format, &row))
            continue;
        batch->counts.compared++;
        const char *how = output_difference(batch, slot, &row);
        if (how)
            mismatch_add(batch, slot, row.path, how);
    }
}

enum brv_status brv_batch_verify_rest(struct brv_batch *batch)
{
    const struct brv_batch_options *options = batch->options;
    // What was not looked at is not known to be gone.
    if (batch->is_unfinished || batch->has_lost_source || options->only_failed ||
        brv_batch_has_globs(batch))
        return BRV_OK;
    struct resting resting = { .batch = batch, .arena = brv_arena_new() };
    enum brv_status status = brv_ledger_each(batch->ledger, item_look, &resting, batch->sink);
    brv_arena_free(resting.arena);
    return status;
}
