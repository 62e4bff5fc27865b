// Brevier — publishing: from temporary files to names and the ledger, a group at a time.
// First the group's files are synced, then renamed, then the ledger's transaction commits. So a
// name never stands for a file that a power cut could leave empty, and the ledger never knows of a
// file that is not there. A sync for each file would cost more than rendering it.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/digest.h"
#include "app/batch/report.h"
#include "base/file.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GROUP_LIMIT = 512 };

static enum brv_status fault(struct brv_batch *batch, const char *what, brv_str path)
{
    brv_report(batch->sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot %s \"%" BRV_STR_F "\": %s",
               what,
               BRV_STR_ARG(path),
               brv_system_error(errno));
    return BRV_FAILED;
}

static enum brv_status staging_sync(struct brv_batch *batch, struct brv_arena *arena)
{
    int folder = open(brv_arena_cstr(arena, batch->staging), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_good = folder >= 0 && syncfs(folder) == 0;
    int error = errno;
    if (folder >= 0)
        close(folder);
    errno = error;
    return is_good ? BRV_OK : fault(batch, "sync", batch->staging);
}

static enum brv_status folders_make(struct brv_batch *batch, struct brv_arena *arena, brv_str path)
{
    for (size_t i = batch->out.len + 1; i < path.len; i++) {
        if (path.ptr[i] != '/')
            continue;
        brv_str folder = brv_str_slice(path, 0, i);
        if (mkdir(brv_arena_cstr(arena, folder), 0777) != 0 && errno != EEXIST)
            return fault(batch, "make the folder", folder);
    }
    return BRV_OK;
}

static enum brv_status file_publish(struct brv_batch *batch, struct brv_slot *slot,
                                    struct brv_made *made)
{
    struct brv_arena *arena = slot->arena;
    brv_str from = brv_batch_staged(batch, arena, slot->row.position, made->output);
    brv_str to = brv_path_join(arena, batch->out, made->row.path);
    if (rename(brv_arena_cstr(arena, from), brv_arena_cstr(arena, to)) == 0)
        return BRV_OK;
    if (errno == ENOENT && folders_make(batch, arena, to) == BRV_OK &&
        rename(brv_arena_cstr(arena, from), brv_arena_cstr(arena, to)) == 0)
        return BRV_OK;
    return fault(batch, "write", to);
}

// ---- what stood before

struct removal {
    struct brv_batch *batch;
    struct brv_slot *slot;
};

static bool is_made(const struct brv_slot *slot, brv_str path)
{
    for (size_t i = 0; i < slot->made_count; i++)
        if (brv_str_equal(slot->made[i].row.path, path))
            return true;
    return false;
}

static bool is_wanted(const struct brv_batch *batch, brv_str format)
{
    for (size_t i = 0; i < batch->format_count; i++)
        if (brv_str_is(format, batch->formats[i]->name))
            return true;
    return false;
}

static void output_remove(void *user, brv_str item, const struct brv_output_row *row)
{
    (void)item;
    struct removal *removal = user;
    struct brv_arena *arena = removal->slot->arena;
    bool has_output = removal->slot->row.outcome <= BRV_ITEM_DEGRADED;
    bool is_of_this_run = is_wanted(removal->batch, row->format);
    if (is_made(removal->slot, row->path) || (has_output && !is_of_this_run))
        return;
    unlink(brv_arena_cstr(arena, brv_path_join(arena, removal->batch->out, row->path)));
}

// Outputs of an item that fails now, or that are called otherwise now, are no longer its.
static enum brv_status outputs_settle(struct brv_batch *batch, struct brv_slot *slot)
{
    struct removal removal = { batch, slot };
    if (brv_ledger_each_output(batch->ledger, slot->row.name, output_remove, &removal, batch->sink))
        return BRV_FAILED;
    for (size_t i = 0; i < batch->format_count; i++)
        if (brv_ledger_drop_output(batch->ledger,
                                   slot->row.name,
                                   brv_str_from_cstr(batch->formats[i]->name),
                                   batch->sink))
            return BRV_FAILED;
    return BRV_OK;
}

// ---- quarantine

static brv_str quarantine_path(const struct brv_batch *batch, struct brv_slot *slot,
                               const char *suffix)
{
    brv_str file = brv_arena_printf(
        slot->arena, "quarantine/%" BRV_STR_F "%s", BRV_STR_ARG(slot->row.name), suffix);
    return brv_path_join(slot->arena, batch->out, file);
}

// The input's copy and a page that says what happened.
static enum brv_status quarantine_put(struct brv_batch *batch, struct brv_slot *slot)
{
    brv_str copy = quarantine_path(batch, slot, "");
    struct brv_buf *page = brv_buf_new_in(slot->arena);
    brv_buf_printf(page,
                   "item: %" BRV_STR_F "\norigin: %" BRV_STR_F "\nreason: %" BRV_STR_F
                   "\nsha256: %" BRV_STR_F "\n",
                   BRV_STR_ARG(slot->row.name),
                   BRV_STR_ARG(slot->row.origin),
                   BRV_STR_ARG(slot->row.reason),
                   BRV_STR_ARG(slot->row.content));
    if (folders_make(batch, slot->arena, copy) || brv_file_write(copy, slot->bytes, batch->sink))
        return BRV_FAILED;
    return brv_file_write(
        quarantine_path(batch, slot, ".reason.txt"), brv_buf_str(page), batch->sink);
}

static void quarantine_drop(const struct brv_batch *batch, struct brv_slot *slot)
{
    unlink(brv_arena_cstr(slot->arena, quarantine_path(batch, slot, "")));
    unlink(brv_arena_cstr(slot->arena, quarantine_path(batch, slot, ".reason.txt")));
}

// ---- one item

static enum brv_status slot_record(struct brv_batch *batch, struct brv_slot *slot)
{
    struct brv_ledger *ledger = batch->ledger;
    struct brv_sink *sink = batch->sink;
    if (outputs_settle(batch, slot) || brv_ledger_put(ledger, &slot->row, sink))
        return BRV_FAILED;
    brv_str key = brv_item_key(
        slot->arena, slot->row.content, slot->row.closure, slot->row.plugins, slot->row.assets);
    for (size_t i = 0; i < slot->made_count; i++) {
        slot->made[i].row.key = key;
        if (brv_ledger_put_output(ledger, slot->row.name, &slot->made[i].row, sink))
            return BRV_FAILED;
    }
    for (size_t i = 0; i < slot->diagnostic_count; i++)
        if (brv_ledger_put_diagnostic(ledger, slot->row.name, i + 1, &slot->diagnostics[i], sink))
            return BRV_FAILED;
    if (slot->row.outcome == BRV_ITEM_QUARANTINED)
        return quarantine_put(batch, slot);
    quarantine_drop(batch, slot);
    return BRV_OK;
}

// --verify: what was rendered now against what the ledger and the folder hold.
static void slot_verify(struct brv_batch *batch, struct brv_slot *slot)
{
    enum { LIMIT_BYTES = 1 << 30 };
    struct brv_arena *arena = slot->arena;
    for (size_t i = 0; i < slot->made_count; i++) {
        struct brv_output_row row;
        const struct brv_made *made = &slot->made[i];
        if (!brv_ledger_find_output(batch->ledger, arena, slot->row.name, made->row.format, &row))
            continue;
        struct brv_sink quiet = brv_sink_init(arena);
        brv_str bytes;
        const char *how = NULL;
        if (brv_file_read(arena,
                          brv_path_join(arena, batch->out, row.path),
                          LIMIT_BYTES,
                          BRV_CODE_OUTPUT,
                          &bytes,
                          &quiet))
            how = "is gone";
        else if (!brv_str_equal(brv_digest_of(arena, bytes), row.digest))
            how = "was altered since it was written";
        else if (!brv_str_equal(made->row.digest, row.digest))
            how = "is rendered otherwise now";
        if (how)
            slot->mismatch =
                brv_arena_printf(arena, "\"%" BRV_STR_F "\" %s", BRV_STR_ARG(row.path), how);
    }
}

static void counts_add(struct brv_counts *counts, const struct brv_slot *slot)
{
    if (slot->is_left_out) {
        counts->left_out++;
        return;
    }
    counts->items++;
    counts->unchanged += slot->is_unchanged;
    counts->rendered += !slot->is_unchanged && slot->row.outcome != BRV_ITEM_SKIPPED;
    counts->mismatches += slot->mismatch.len > 0;
    switch (slot->row.outcome) {
    case BRV_ITEM_DONE:
        counts->done++;
        break;
    case BRV_ITEM_DEGRADED:
        counts->degraded++;
        break;
    case BRV_ITEM_FAILED:
        counts->failed++;
        break;
    case BRV_ITEM_SKIPPED:
        counts->skipped++;
        break;
    case BRV_ITEM_QUARANTINED:
        counts->quarantined++;
        break;
    }
}

static enum brv_status group_record(struct brv_batch *batch, uint64_t end)
{
    if (brv_ledger_begin(batch->ledger, batch->sink))
        return BRV_FAILED;
    for (uint64_t p = batch->window.first; p < end; p++) {
        struct brv_slot *slot = brv_batch_slot(batch, p);
        if (slot->is_left_out)
            continue;
        if (slot->is_unchanged) {
            if (slot->has_moved &&
                brv_ledger_put_position(batch->ledger, slot->row.name, p, batch->sink))
                return BRV_FAILED;
        } else if (slot_record(batch, slot)) {
            return BRV_FAILED;
        }
    }
    return brv_ledger_commit(batch->ledger, batch->sink);
}

static bool needs_record(struct brv_batch *batch, uint64_t end)
{
    for (uint64_t p = batch->window.first; p < end; p++) {
        const struct brv_slot *slot = brv_batch_slot(batch, p);
        if (!slot->is_left_out && (!slot->is_unchanged || slot->has_moved))
            return true;
    }
    return false;
}

static enum brv_status group_publish(struct brv_batch *batch, uint64_t end)
{
    struct brv_arena *arena = brv_arena_new();
    bool has_files = false;
    enum brv_status status = BRV_OK;
    for (uint64_t p = batch->window.first; p < end; p++)
        has_files |=
            brv_batch_slot(batch, p)->made_count > 0 && !brv_batch_slot(batch, p)->is_left_out;
    if (has_files)
        status = staging_sync(batch, arena);
    for (uint64_t p = batch->window.first; p < end && status == BRV_OK; p++) {
        struct brv_slot *slot = brv_batch_slot(batch, p);
        for (size_t i = 0; i < slot->made_count && status == BRV_OK && !slot->is_left_out; i++) {
            struct brv_made *made = &slot->made[i];
            made->row.path = brv_batch_output_path(slot->arena, slot->row.stem, made->output);
            status = file_publish(batch, slot, made);
        }
    }
    if (status == BRV_OK && needs_record(batch, end))
        status = group_record(batch, end);
    brv_arena_free(arena);
    return status;
}

enum brv_status brv_batch_publish(struct brv_batch *batch)
{
    struct brv_window *window = &batch->window;
    uint64_t end = window->first;
    while (end < window->next && end - window->first < GROUP_LIMIT &&
           brv_batch_slot(batch, end)->state == BRV_SLOT_FINISHED)
        end++;
    if (end == window->first)
        return BRV_OK;
    if (batch->options->verifies) {
        for (uint64_t p = window->first; p < end; p++)
            slot_verify(batch, brv_batch_slot(batch, p));
    } else if (group_publish(batch, end)) {
        return BRV_FAILED;
    }
    for (; window->first < end; window->first++) {
        struct brv_slot *slot = brv_batch_slot(batch, window->first);
        counts_add(&batch->counts, slot);
        brv_report_item(batch->report, slot);
        brv_arena_free(slot->arena);
        *slot = (struct brv_slot){ 0 };
    }
    if (batch->unsent < window->first)
        batch->unsent = window->first;
    return BRV_OK;
}
