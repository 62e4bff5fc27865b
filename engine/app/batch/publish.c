// Brevier — publishing: from temporary files to names and the ledger, a group at a time.
// First the group's files are synced, then renamed, then the folders of their names are synced,
// then the ledger's transaction commits. So a name never stands for a file that a power cut could
// leave empty, and the ledger never knows of a file that is not there. A sync for each file would
// cost more than rendering it.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/bearing.h"
#include "app/batch/keep.h"
#include "app/batch/report.h"
#include "app/batch/shards.h"
#include "base/file.h"
#include "base/system.h"

#include <errno.h>
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
    errno = brv_folder_sync(arena, batch->staging, true);
    return errno == 0 ? BRV_OK : fault(batch, "sync", batch->staging);
}

static enum brv_status folders_make(struct brv_batch *batch, struct brv_arena *arena, brv_str path)
{
    for (size_t i = batch->out.len + 1; i < path.len; i++) {
        if (path.ptr[i] != '/')
            continue;
        brv_str folder = brv_str_slice(path, 0, i);
        if (mkdir(brv_arena_cstr(arena, folder), 0777) != 0 && errno != EEXIST)
            return BRV_FAILED;
    }
    return BRV_OK;
}

// From a temporary file to its name; BRV_FAILED with errno set.
static enum brv_status file_move(struct brv_batch *batch, struct brv_arena *arena, brv_str from,
                                 brv_str to)
{
    char *old = brv_arena_cstr(arena, from);
    char *new = brv_arena_cstr(arena, to);
    if (rename(old, new) != 0 &&
        (errno != ENOENT || folders_make(batch, arena, to) || rename(old, new) != 0))
        return BRV_FAILED;
    brv_folders_note(&batch->changed, to);
    return BRV_OK;
}

// Whether it is the name that the system does not take, what stands there, or a folder that is not
// to be written to: a fault of one item, where a full disk is one of the run.
static bool is_fault_of_name(int error)
{
    return error == EISDIR || error == ENOTDIR || error == EEXIST || error == ENOTEMPTY ||
           error == ENAMETOOLONG || error == EILSEQ || error == EINVAL || error == ELOOP ||
           error == EACCES || error == EPERM || error == EXDEV;
}

// ---- outputs

// An item whose outputs the folder does not take has none.
static void slot_refuse(struct brv_batch *batch, struct brv_slot *slot, size_t written, brv_str to,
                        const char *why)
{
    struct brv_arena *arena = slot->arena;
    for (size_t i = 0; i < slot->made_count; i++) {
        brv_str path = i < written
                           ? brv_path_join(arena, batch->out, slot->made[i].row.path)
                           : brv_batch_staged(
                                 batch, arena, slot->row.position, slot->made[i].output->extension);
        unlink(brv_arena_cstr(arena, path));
        brv_folders_note(&batch->changed, path);
    }
    slot->made_count = 0;
    slot->row.outcome = BRV_ITEM_FAILED;
    slot->row.closure = (brv_str){ 0 }; // it is tried again: what stands there may have gone
    slot->row.reason =
        brv_arena_printf(arena, "cannot write \"%" BRV_STR_F "\": %s", BRV_STR_ARG(to), why);
}

// ---- quarantine

static brv_str quarantine_path(const struct brv_batch *batch, struct brv_slot *slot,
                               const char *suffix)
{
    return brv_path_join(
        slot->arena, batch->out, brv_batch_quarantine_path(slot->arena, &slot->row, suffix));
}

// Whether an item's copy and its page are to be written: it was quarantined in this run, or the
// page has another origin to tell by now.
static bool is_held(const struct brv_slot *slot)
{
    return !slot->is_left_out && (!slot->is_unchanged || slot->is_retold) &&
           slot->row.outcome == BRV_ITEM_QUARANTINED;
}

// The input's copy and a page that says what happened, into temporary files.
static enum brv_status quarantine_stage(struct brv_batch *batch, struct brv_slot *slot)
{
    struct brv_buf *page = brv_buf_new_in(slot->arena);
    brv_buf_printf(page,
                   "item: %" BRV_STR_F "\norigin: %" BRV_STR_F "\nreason: %" BRV_STR_F
                   "\nsha256: %" BRV_STR_F "\n",
                   BRV_STR_ARG(slot->row.name),
                   BRV_STR_ARG(slot->row.origin),
                   BRV_STR_ARG(slot->row.reason),
                   BRV_STR_ARG(slot->row.content));
    for (size_t i = 0; i < slot->diagnostic_count; i++)
        brv_buf_printf(page,
                       "%" BRV_STR_F ": %" BRV_STR_F "\n",
                       BRV_STR_ARG(slot->diagnostics[i].severity),
                       BRV_STR_ARG(slot->diagnostics[i].message));
    const brv_str texts[] = { slot->bytes, brv_buf_str(page) };
    for (size_t i = 0; i < BRV_QUARANTINE_FILES; i++) {
        brv_str staged = brv_batch_staged(
            batch, slot->arena, slot->row.position, brv_quarantine_files[i].staged);
        if (brv_file_write(staged, texts[i], batch->sink))
            return BRV_FAILED;
    }
    return BRV_OK;
}

static enum brv_status quarantine_put(struct brv_batch *batch, struct brv_slot *slot)
{
    batch->has_quarantine = true;
    for (size_t i = 0; i < BRV_QUARANTINE_FILES; i++) {
        brv_str staged = brv_batch_staged(
            batch, slot->arena, slot->row.position, brv_quarantine_files[i].staged);
        brv_str to = quarantine_path(batch, slot, brv_quarantine_files[i].published);
        if (file_move(batch, slot->arena, staged, to) == BRV_OK)
            continue;
        if (!is_fault_of_name(errno))
            return fault(batch, "write", to);
        // Two names that cannot stand beside each other: the ledger has the reason all the same.
        brv_report(batch->sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot keep \"%" BRV_STR_F "\": %s",
                   BRV_STR_ARG(to),
                   brv_system_error(errno));
    }
    return BRV_OK;
}

// ---- one item

static enum brv_status slot_publish(struct brv_batch *batch, struct brv_slot *slot)
{
    struct brv_arena *arena = slot->arena;
    if (is_held(slot))
        return quarantine_put(batch, slot);
    if (slot->is_left_out || slot->is_unchanged)
        return BRV_OK;
    for (size_t i = 0; i < slot->made_count; i++) {
        struct brv_made *made = &slot->made[i];
        brv_str from = brv_batch_staged(batch, arena, slot->row.position, made->output->extension);
        brv_str to = brv_path_join(arena, batch->out, made->row.path);
        const char *fault_of_place = brv_batch_place_fault(batch, slot, &made->row);
        if (fault_of_place) {
            slot_refuse(batch, slot, i, to, fault_of_place);
        } else if (file_move(batch, arena, from, to)) {
            if (!is_fault_of_name(errno))
                return fault(batch, "write", to);
            slot_refuse(batch, slot, i, to, brv_system_error(errno));
        } else {
            made->row.written_nanos = brv_batch_written_nanos(arena, to);
        }
    }
    if (batch->has_quarantine && !slot->is_lost)
        brv_batch_quarantine_drop(batch, slot->arena, &slot->row);
    return BRV_OK;
}

static enum brv_status slot_record(struct brv_batch *batch, struct brv_slot *slot)
{
    struct brv_ledger *ledger = batch->ledger;
    struct brv_sink *sink = batch->sink;
    struct brv_arena *arena = slot->arena;
    brv_str *choice = &slot->row.choice;
    if (slot->made_count > 0 &&
        brv_choice_record(batch->bearings, arena, slot->row.kind, slot->sections, choice, sink))
        return BRV_FAILED;
    struct brv_item_row row = slot->row;
    row.position = slot->place > 0 ? slot->place : row.position;
    if (brv_ledger_put(ledger, &row, sink))
        return BRV_FAILED;
    brv_str key = brv_item_key(arena, &slot->row);
    if (brv_slot_rekey(batch, slot, key))
        return BRV_FAILED;
    for (size_t i = 0; i < slot->made_count; i++) {
        struct brv_made *made = &slot->made[i];
        if (brv_look_record(batch->bearings, arena, made->elements, &made->row.look, sink))
            return BRV_FAILED;
        made->row.key = key;
        if (brv_ledger_put_output(ledger, slot->row.name, &made->row, sink))
            return BRV_FAILED;
    }
    for (size_t i = 0; i < slot->diagnostic_count; i++)
        if (brv_ledger_put_diagnostic(ledger, slot->row.name, i + 1, &slot->diagnostics[i], sink))
            return BRV_FAILED;
    return BRV_OK;
}

void brv_counts_add(struct brv_counts *counts, const struct brv_slot *slot)
{
    if (slot->is_left_out) {
        counts->left_out += !slot->is_left_over;
        return;
    }
    counts->items++;
    counts->unchanged += slot->is_unchanged;
    counts->rendered += !slot->is_unchanged && slot->row.outcome <= BRV_ITEM_DEGRADED;
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

// Whether the row of an archive that was mended is to go with the items before `end`. After a
// signal some of these are left for the next run, and the row as well.
static bool has_mended(const struct brv_batch *batch, uint64_t end)
{
    return !batch->is_stopping && batch->mended_at < batch->mended_count &&
           batch->mended[batch->mended_at].end <= end;
}

static enum brv_status group_record(struct brv_batch *batch, uint64_t end)
{
    if (brv_ledger_begin(batch->ledger, batch->sink))
        return BRV_FAILED;
    for (uint64_t p = batch->window.first; p < end; p++) {
        struct brv_slot *slot = brv_batch_slot(batch, p);
        if (slot->is_left_out)
            continue;
        if (slot->is_unchanged && !slot->is_retold) {
            if (slot->has_moved &&
                brv_ledger_put_position(batch->ledger, slot->row.name, p, batch->sink))
                return BRV_FAILED;
        } else if (slot_record(batch, slot)) {
            return BRV_FAILED;
        }
    }
    for (; has_mended(batch, end); batch->mended_at++)
        if (brv_ledger_drop(batch->ledger, batch->mended[batch->mended_at].name, batch->sink))
            return BRV_FAILED;
    return brv_ledger_commit(batch->ledger, batch->sink);
}

static bool needs_record(struct brv_batch *batch, uint64_t end)
{
    if (has_mended(batch, end))
        return true;
    for (uint64_t p = batch->window.first; p < end; p++) {
        const struct brv_slot *slot = brv_batch_slot(batch, p);
        if (!slot->is_left_out && (!slot->is_unchanged || slot->has_moved || slot->is_retold))
            return true;
    }
    return false;
}

static enum brv_status group_publish(struct brv_batch *batch, uint64_t end)
{
    struct brv_arena *arena = brv_arena_new();
    bool has_files = false;
    enum brv_status status = BRV_OK;
    for (uint64_t p = batch->window.first; p < end; p++) {
        struct brv_slot *slot = brv_batch_slot(batch, p);
        if (slot->is_left_out)
            slot->made_count = 0;
        for (size_t i = 0; i < slot->made_count; i++)
            slot->made[i].row.path =
                brv_batch_output_path(slot->arena, slot->row.stem, slot->made[i].output);
        if (is_held(slot) && status == BRV_OK)
            status = quarantine_stage(batch, slot);
        has_files |= slot->made_count > 0 || is_held(slot);
    }
    if (status == BRV_OK && has_files)
        status = staging_sync(batch, arena);
    brv_shards_turn_begin(batch->shards);
    if (status == BRV_OK)
        status = brv_batch_settle(batch, end);
    for (uint64_t p = batch->window.first; p < end && status == BRV_OK; p++)
        status = slot_publish(batch, brv_batch_slot(batch, p));
    if (status == BRV_OK)
        status = brv_folders_sync(&batch->changed, batch->sink);
    if (status == BRV_OK && needs_record(batch, end))
        status = group_record(batch, end);
    brv_shards_turn_end(batch->shards);
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
    if (end == window->first && !has_mended(batch, end))
        return BRV_OK;
    if (batch->options->verifies) {
        for (uint64_t p = window->first; p < end; p++)
            brv_slot_verify(batch, brv_batch_slot(batch, p));
    } else if (group_publish(batch, end)) {
        return BRV_FAILED;
    }
    for (; window->first < end; window->first++) {
        struct brv_slot *slot = brv_batch_slot(batch, window->first);
        brv_counts_add(&batch->counts, slot);
        brv_report_item(batch->report, slot);
        window->bytes -= slot->bytes.len;
        brv_arena_free(slot->arena);
        *slot = (struct brv_slot){ 0 };
    }
    brv_report_flush(batch->report);
    if (batch->unsent < window->first)
        batch->unsent = window->first;
    return BRV_OK;
}
