// Brevier — the events of a batch.
// SPDX-License-Identifier: MIT
#include "app/batch/events.h"

#include <stdio.h>

static void json_number(struct brv_buf *out, const char *key, uint64_t value)
{
    brv_buf_printf(out, ",\"%s\":%llu", key, (unsigned long long)value);
}

// Writes an event, and gives its memory up.
static void event_show(struct brv_buf *line)
{
    brv_buf_add_byte(line, '\n');
    fwrite(line->ptr, 1, line->len, stdout);
    brv_buf_deinit(line);
}

static void json_outputs(struct brv_buf *out, const struct brv_slot *slot)
{
    brv_buf_add_cstr(out, ",\"outputs\":[");
    for (size_t i = 0; i < slot->made_count; i++) {
        const struct brv_output_row *row = &slot->made[i].row;
        brv_buf_add_cstr(out, i > 0 ? ",{\"format\":" : "{\"format\":");
        brv_buf_add_json_string(out, row->format);
        brv_buf_add_json_member(out, "path", row->path);
        json_number(out, "bytes", row->bytes);
        brv_buf_add_json_member(out, "sha256", row->digest);
        brv_buf_add_byte(out, '}');
    }
    brv_buf_add_byte(out, ']');
}

static void json_removed(struct brv_buf *out, const struct brv_slot *slot)
{
    if (slot->removed_count == 0)
        return;
    brv_buf_add_cstr(out, ",\"removed\":[");
    for (size_t i = 0; i < slot->removed_count; i++) {
        if (i > 0)
            brv_buf_add_byte(out, ',');
        brv_buf_add_json_string(out, slot->removed[i]);
    }
    brv_buf_add_cstr(out, slot->had_altered ? "],\"altered\":true" : "]");
}

static void json_diagnostics(struct brv_buf *out, const struct brv_slot *slot)
{
    brv_buf_add_cstr(out, ",\"diagnostics\":[");
    for (size_t i = 0; i < slot->diagnostic_count && !slot->is_unchanged; i++) {
        const struct brv_diag_row *row = &slot->diagnostics[i];
        brv_buf_add_cstr(out, i > 0 ? ",{\"severity\":" : "{\"severity\":");
        brv_buf_add_json_string(out, row->severity);
        brv_buf_add_json_member(out, "code", row->code);
        brv_buf_add_json_member(out, "formats", row->formats);
        if (row->file.len > 0)
            brv_buf_add_json_member(out, "file", row->file);
        if (row->line > 0) {
            json_number(out, "line", row->line);
            json_number(out, "column", row->column);
        }
        brv_buf_add_json_member(out, "message", row->message);
        if (row->hint.len > 0)
            brv_buf_add_json_member(out, "hint", row->hint);
        brv_buf_add_byte(out, '}');
    }
    brv_buf_add_byte(out, ']');
}

// ---- exported

void brv_event_begin(const struct brv_batch *batch, size_t workers,
                     const struct brv_confine_grant *grant)
{
    struct brv_buf line = { 0 };
    brv_buf_add_cstr(&line, "{\"event\":\"begin\",\"schema\":\"brevier/batch-1\"");
    brv_buf_add_json_member(&line, "version", brv_str_from_cstr(BRV_VERSION));
    brv_buf_add_json_member(&line, "ledger", batch->ledger_path);
    json_number(&line, "workers", workers);
    json_number(&line, "total", batch->total);
    brv_buf_printf(&line,
                   ",\"landlock\":%s,\"seccomp\":%s}",
                   grant->has_landlock ? "true" : "false",
                   grant->has_seccomp ? "true" : "false");
    event_show(&line);
}

void brv_event_item(const struct brv_slot *slot)
{
    struct brv_buf line = { 0 };
    brv_buf_add_cstr(&line, "{\"event\":\"item\"");
    brv_buf_add_json_member(&line, "name", slot->row.name);
    json_number(&line, "position", slot->row.position);
    brv_buf_add_json_member(
        &line, "outcome", brv_str_from_cstr(brv_item_outcome_name(slot->row.outcome)));
    brv_buf_printf(&line, ",\"unchanged\":%s", slot->is_unchanged ? "true" : "false");
    brv_buf_add_json_member(&line, "why", slot->why);
    if (slot->row.reason.len > 0)
        brv_buf_add_json_member(&line, "reason", slot->row.reason);
    if (slot->mismatch.len > 0)
        brv_buf_add_json_member(&line, "mismatch", slot->mismatch);
    json_outputs(&line, slot);
    json_removed(&line, slot);
    json_diagnostics(&line, slot);
    brv_buf_add_byte(&line, '}');
    event_show(&line);
}

void brv_event_pruned(brv_str path, bool is_removed, bool was_altered)
{
    struct brv_buf line = { 0 };
    brv_buf_printf(&line, "{\"event\":\"pruned\",\"removed\":%s", is_removed ? "true" : "false");
    brv_buf_add_json_member(&line, "path", path);
    if (was_altered)
        brv_buf_add_cstr(&line, ",\"altered\":true");
    brv_buf_add_byte(&line, '}');
    event_show(&line);
}

void brv_event_end(const struct brv_batch *batch, enum brv_exit exit, double seconds)
{
    const struct brv_counts *counts = &batch->counts;
    const struct {
        const char *key;
        uint64_t count;
    } numbers[] = {
        { "items", counts->items },
        { "done", counts->done },
        { "degraded", counts->degraded },
        { "failed", counts->failed },
        { "quarantined", counts->quarantined },
        { "skipped", counts->skipped },
        { "unchanged", counts->unchanged },
        { "rendered", counts->rendered },
        { "left_out", counts->left_out },
        { "passed_over", brv_feed_passed_over(batch->feed) },
        { "mismatches", counts->mismatches },
        { "faults", counts->faults },
    };
    struct brv_buf line = { 0 };
    brv_buf_add_cstr(&line, "{\"event\":\"end\"");
    json_number(&line, "exit", (uint64_t)exit);
    for (size_t i = 0; i < BRV_COUNT(numbers); i++)
        json_number(&line, numbers[i].key, numbers[i].count);
    brv_buf_printf(&line,
                   ",\"seconds\":%.3f,\"complete\":%s}",
                   seconds,
                   batch->is_unfinished || batch->is_partial ? "false" : "true");
    event_show(&line);
}
