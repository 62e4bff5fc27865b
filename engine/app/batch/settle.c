// Brevier — settling: outputs of before go before others take their names.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/keep.h"
#include "app/batch/shards.h"
#include "base/file.h"

#include <unistd.h>

// An output of before that is to go, or that another file is about to take the place of.
struct settling {
    struct brv_batch *batch;
    struct brv_slot *slot;
    brv_str formats[BRV_FORMAT_LIMIT]; // of outputs that went
    size_t count;
    bool has_remains; // it is to be tried again
};

static bool is_to_be_made(const struct brv_batch *batch, struct brv_slot *slot,
                          const struct brv_output_row *row)
{
    brv_str path = row->path;
    if (brv_slot_keeps(slot, row->format))
        return true;
    for (size_t i = 0; i < slot->made_count; i++)
        if (brv_str_equal(slot->made[i].row.path, path))
            return true;
    // Of another run's format, made from what the item was then: its key tells so.
    bool has_output = slot->row.outcome <= BRV_ITEM_DEGRADED;
    brv_str suffix = brv_path_extension(path);
    for (size_t i = 0; i < batch->format_count; i++)
        has_output &= !brv_str_is(suffix, batch->formats[i]->extension);
    return has_output;
}

static void output_settle(void *user, brv_str item, const struct brv_output_row *row)
{
    struct settling *settling = user;
    struct brv_batch *batch = settling->batch;
    struct brv_arena *arena = settling->slot->arena;
    if (is_to_be_made(batch, settling->slot, row) || settling->count == BRV_FORMAT_LIMIT)
        return;
    struct brv_slot *slot = settling->slot;
    bool is_told = !brv_shards_claim(batch->shards, row->path) &&
                   brv_file_exists(brv_path_join(arena, batch->out, row->path));
    slot->had_altered |= is_told && brv_batch_is_altered(batch, arena, item, row);
    if (!brv_batch_output_remove(batch, arena, row)) {
        settling->has_remains = true;
        return;
    }
    settling->formats[settling->count++] = brv_arena_str(arena, row->format);
    if (is_told)
        slot->removed[slot->removed_count++] = brv_arena_str(arena, row->path);
}

static void output_leave(void *user, brv_str item, const struct brv_output_row *row)
{
    (void)item;
    struct settling *settling = user;
    settling->has_remains |= !brv_batch_output_remove(settling->batch, settling->slot->arena, row);
}

// An item whose content makes it another shard's: what this one made of it goes.
static enum brv_status slot_leave(struct brv_batch *batch, struct brv_slot *slot)
{
    struct settling settling = { .batch = batch, .slot = slot };
    if (brv_ledger_each_output(batch->ledger, slot->row.name, output_leave, &settling, batch->sink))
        return BRV_FAILED;
    return settling.has_remains ? BRV_OK
                                : brv_ledger_drop(batch->ledger, slot->row.name, batch->sink);
}

// A quarantined item that met another's name, or meets none any more, has its copy elsewhere.
static void quarantine_move(struct brv_batch *batch, const struct brv_slot *slot)
{
    struct brv_item_row row;
    if (!batch->has_quarantine ||
        !brv_ledger_find(batch->ledger, slot->arena, slot->row.name, &row))
        return;
    // One that could not be read may have been quarantined before.
    const bool is_lost = row.outcome == BRV_ITEM_FAILED && row.closure.len == 0;
    if ((row.outcome == BRV_ITEM_QUARANTINED || is_lost) &&
        !brv_str_equal(row.stem, slot->row.stem))
        brv_batch_quarantine_drop(batch, slot->arena, &row);
}

// What stands of an item is not touched.
static enum brv_status slot_doubt(struct brv_batch *batch, const struct brv_slot *slot)
{
    if (slot->kept == 0)
        return brv_ledger_doubt(batch->ledger, slot->row.name, (brv_str){ 0 }, batch->sink);
    for (size_t i = 0; i < batch->format_count; i++)
        if ((slot->wanted & (1u << i)) &&
            brv_ledger_doubt(batch->ledger,
                             slot->row.name,
                             brv_str_from_cstr(batch->formats[i]->name),
                             batch->sink))
            return BRV_FAILED;
    return BRV_OK;
}

static enum brv_status slot_settle(struct brv_batch *batch, struct brv_slot *slot)
{
    if (slot->has_left)
        return slot_leave(batch, slot);
    quarantine_move(batch, slot);
    struct settling settling = { .batch = batch, .slot = slot };
    if (brv_ledger_each_output(
            batch->ledger, slot->row.name, output_settle, &settling, batch->sink) ||
        slot_doubt(batch, slot))
        return BRV_FAILED;
    if (settling.has_remains)
        slot->row.closure = (brv_str){ 0 };
    for (size_t i = 0; i < settling.count; i++)
        if (brv_ledger_drop_output(batch->ledger, slot->row.name, settling.formats[i], batch->sink))
            return BRV_FAILED;
    return BRV_OK;
}

// ---- exported

bool brv_batch_output_remove(struct brv_batch *batch, struct brv_arena *arena,
                             const struct brv_output_row *row)
{
    return brv_shards_claim(batch->shards, row->path) ||
           brv_batch_file_remove(batch, arena, row->path);
}

enum brv_status brv_batch_settle(struct brv_batch *batch, uint64_t end)
{
    bool has_begun = false;
    for (uint64_t p = batch->window.first; p < end; p++) {
        struct brv_slot *slot = brv_batch_slot(batch, p);
        if (!slot->is_known || slot->is_unchanged || slot->is_lost ||
            (slot->is_left_out && !slot->has_left))
            continue;
        if (!has_begun && brv_ledger_begin(batch->ledger, batch->sink))
            return BRV_FAILED;
        has_begun = true;
        if (slot_settle(batch, slot))
            return BRV_FAILED;
    }
    if (!has_begun)
        return BRV_OK;
    return brv_folders_sync(&batch->changed, batch->sink)
               ? BRV_FAILED
               : brv_ledger_commit(batch->ledger, batch->sink);
}
