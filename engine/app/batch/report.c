// Brevier — what the operator of a batch sees.
// SPDX-License-Identifier: MIT
#include "app/batch/report.h"

#include "app/batch/clock.h"
#include "app/batch/confine.h"
#include "app/batch/problems.h"
#include "app/batch/progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct brv_report {
    struct brv_batch *batch;
    bool has_terminal;
    bool is_drawn; // the progress line stands on the terminal
    int64_t start_ms;
    int64_t drawn_ms;
    struct brv_progress progress;
};

struct brv_report *brv_report_new(struct brv_batch *batch)
{
    struct brv_report *report = BRV_NEW(batch->arena, struct brv_report);
    report->batch = batch;
    report->has_terminal = isatty(STDERR_FILENO) == 1;
    report->start_ms = brv_clock_ms();
    report->progress = brv_progress_init(report->start_ms);
    return report;
}

// ---- the progress line

static void line_wipe(struct brv_report *report)
{
    if (report->is_drawn)
        fputs("\r\033[K", stderr);
    report->is_drawn = false;
}

// 0: not known.
static size_t terminal_columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// How many items there will be; 0: not known.
static uint64_t total_estimate(const struct brv_batch *batch)
{
    uint64_t pulled = batch->window.next - 1;
    if (batch->total > 0 || batch->has_ended)
        return batch->has_ended ? pulled : batch->total;
    uint64_t total = brv_feed_total(batch->feed);
    return total == 0 || total > pulled ? total : pulled + 1; // it has not ended
}

void brv_report_tick(struct brv_report *report)
{
    enum { INTERVAL_MS = 200 };
    int64_t now = brv_clock_ms();
    if (!report->has_terminal || now - report->drawn_ms < INTERVAL_MS)
        return;
    report->drawn_ms = now;
    struct brv_batch *batch = report->batch;
    // With what is finished and waits to be published, behind an item that takes its time.
    struct brv_counts counts = batch->counts;
    for (uint64_t p = batch->window.first; p < batch->window.next; p++) {
        const struct brv_slot *slot = brv_batch_slot(batch, p);
        if (slot->state == BRV_SLOT_FINISHED)
            brv_counts_add(&counts, slot);
    }
    struct brv_buf line = { 0 };
    brv_progress_add_line(
        &report->progress, &line, &counts, total_estimate(batch), now, terminal_columns());
    fprintf(stderr, "\r\033[K%" BRV_STR_F, BRV_STR_ARG(brv_buf_str(&line)));
    fflush(stderr);
    report->is_drawn = true;
    brv_buf_deinit(&line);
}

// ---- events

static void json_number(struct brv_buf *out, const char *key, uint64_t value)
{
    brv_buf_printf(out, ",\"%s\":%llu", key, (unsigned long long)value);
}

static void show(struct brv_buf *line)
{
    brv_buf_add_byte(line, '\n');
    fwrite(line->ptr, 1, line->len, stdout);
    brv_buf_clear(line);
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

static void item_event(const struct brv_slot *slot)
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
    brv_buf_add_cstr(&line, ",\"outputs\":[");
    for (size_t i = 0; i < slot->made_count; i++) {
        const struct brv_output_row *row = &slot->made[i].row;
        brv_buf_add_cstr(&line, i > 0 ? ",{\"format\":" : "{\"format\":");
        brv_buf_add_json_string(&line, row->format);
        brv_buf_add_json_member(&line, "path", row->path);
        json_number(&line, "bytes", row->bytes);
        brv_buf_add_json_member(&line, "sha256", row->digest);
        brv_buf_add_byte(&line, '}');
    }
    brv_buf_add_byte(&line, ']');
    json_diagnostics(&line, slot);
    brv_buf_add_byte(&line, '}');
    show(&line);
    brv_buf_deinit(&line);
}

// ---- for people

// "a.md: rendered: it is new", "b.md: rendered to pdf: the stylesheet changed", "a.png: skipped (it
// is binary): it is new"
static void item_explain(const struct brv_slot *slot)
{
    bool is_rendered = slot->row.outcome <= BRV_ITEM_DEGRADED;
    const char *what = slot->is_unchanged ? "unchanged"
                       : is_rendered      ? "rendered"
                                          : brv_item_outcome_name(slot->row.outcome);
    printf("%" BRV_STR_F ": %s", BRV_STR_ARG(slot->row.name), what);
    for (size_t i = 0; i < slot->made_count && slot->kept > 0; i++)
        printf("%s%s", i > 0 ? ", " : " to ", slot->made[i].output->name);
    if (!is_rendered && !slot->is_unchanged)
        printf(" (%" BRV_STR_F ")", BRV_STR_ARG(slot->row.reason));
    printf(": %" BRV_STR_F "\n", BRV_STR_ARG(slot->why));
}

void brv_report_item(struct brv_report *report, const struct brv_slot *slot)
{
    const struct brv_batch *batch = report->batch;
    if (slot->is_left_out)
        return;
    line_wipe(report);
    if (batch->cli->wants_json) {
        item_event(slot);
        return;
    }
    brv_problems_print(batch->cli, slot);
    if (batch->options->explains)
        item_explain(slot);
}

void brv_report_pruned(struct brv_report *report, brv_str path, bool is_removed)
{
    line_wipe(report);
    if (report->batch->cli->wants_json) {
        struct brv_buf line = { 0 };
        brv_buf_printf(
            &line, "{\"event\":\"pruned\",\"removed\":%s", is_removed ? "true" : "false");
        brv_buf_add_json_member(&line, "path", path);
        brv_buf_add_byte(&line, '}');
        show(&line);
        brv_buf_deinit(&line);
        return;
    }
    printf("%s %" BRV_STR_F "\n", is_removed ? "removed" : "would remove", BRV_STR_ARG(path));
}

static void note(const struct brv_batch *batch, const char *message)
{
    brv_report(batch->sink, BRV_NOTE, BRV_CODE_OUTPUT, brv_span_none(), "%s", message);
}

void brv_report_messages(struct brv_report *report)
{
    struct brv_batch *batch = report->batch;
    if (!batch->sink->first)
        return;
    line_wipe(report);
    batch->counts.faults += batch->sink->counts[BRV_ERROR];
    brv_cli_print(batch->cli, batch->sink);
}

void brv_report_begin(struct brv_report *report, size_t workers)
{
    const struct brv_batch *batch = report->batch;
    struct brv_confine_grant grant = brv_confine_try();
    if (batch->cli->wants_json) {
        struct brv_buf line = { 0 };
        brv_buf_add_cstr(&line, "{\"event\":\"begin\",\"schema\":\"brevier/batch-1\"");
        brv_buf_add_json_member(&line, "version", brv_str_from_cstr(BRV_VERSION));
        brv_buf_add_json_member(&line, "ledger", batch->ledger_path);
        json_number(&line, "workers", workers);
        json_number(&line, "total", batch->total);
        brv_buf_printf(&line,
                       ",\"landlock\":%s,\"seccomp\":%s}",
                       grant.has_landlock ? "true" : "false",
                       grant.has_seccomp ? "true" : "false");
        show(&line);
        brv_buf_deinit(&line);
        return;
    }
    if (!grant.has_landlock)
        note(batch, "this system grants no Landlock, workers could read any file");
    if (!grant.has_seccomp)
        note(batch, "this system grants no seccomp, workers could use any system call");
    brv_report_messages(report);
}

static void end_event(const struct brv_batch *batch, enum brv_exit exit, double seconds)
{
    const struct brv_counts *counts = &batch->counts;
    struct brv_buf line = { 0 };
    brv_buf_add_cstr(&line, "{\"event\":\"end\"");
    json_number(&line, "exit", (uint64_t)exit);
    json_number(&line, "items", counts->items);
    json_number(&line, "done", counts->done);
    json_number(&line, "degraded", counts->degraded);
    json_number(&line, "failed", counts->failed);
    json_number(&line, "quarantined", counts->quarantined);
    json_number(&line, "skipped", counts->skipped);
    json_number(&line, "unchanged", counts->unchanged);
    json_number(&line, "rendered", counts->rendered);
    json_number(&line, "left_out", counts->left_out);
    json_number(&line, "mismatches", counts->mismatches);
    json_number(&line, "faults", counts->faults);
    brv_buf_printf(&line,
                   ",\"seconds\":%.3f,\"complete\":%s}",
                   seconds,
                   batch->is_unfinished || batch->is_partial ? "false" : "true");
    show(&line);
    brv_buf_deinit(&line);
}

// A row of the summary, which is no wider than 80 columns: 54 are for the note.
static void row_print(const char *what, uint64_t count, const char *note)
{
    if (count > 0)
        printf("  %-12s %9llu  %s\n", what, (unsigned long long)count, note);
}

// Which option it is that leaves items out.
static const char *left_out_by(const struct brv_batch *batch)
{
    const struct brv_batch_options *options = batch->options;
    if (options->verifies)
        return "not known, or without outputs";
    if (options->prunes)
        return "still there";
    if (options->only_failed)
        return "did not fail";
    if (options->since.len == 0)
        return "of another shard";
    return options->shard_count > 0 ? "older, or of another shard" : "older";
}

void brv_report_flush(struct brv_report *report)
{
    if (report->batch->cli->wants_json)
        fflush(stdout);
}

bool brv_report_end(struct brv_report *report, enum brv_exit exit)
{
    const struct brv_batch *batch = report->batch;
    const struct brv_counts *counts = &batch->counts;
    double seconds = (double)(brv_clock_ms() - report->start_ms) / 1000;
    line_wipe(report);
    if (batch->cli->wants_json) {
        end_event(batch, exit, seconds);
        return fflush(stdout) == 0 && !ferror(stdout);
    }
    printf("%llu %s in %.1f s, %llu rendered\n",
           (unsigned long long)counts->items,
           counts->items == 1 ? "item" : "items",
           seconds,
           (unsigned long long)counts->rendered);
    row_print("done", counts->done, "");
    row_print("degraded", counts->degraded, "a part fell back or is missing, or names met");
    row_print("failed", counts->failed, "no output");
    row_print("quarantined", counts->quarantined, "brought a worker down twice, see quarantine/");
    row_print("skipped", counts->skipped, "no analysis");
    row_print("unchanged", counts->unchanged, "of those, left as they were");
    row_print("left out", counts->left_out, left_out_by(batch));
    row_print("mismatches", counts->mismatches, "of --verify");
    row_print("faults", counts->faults, "of no item, see the messages");
    printf("ledger: %" BRV_STR_F "\n", BRV_STR_ARG(batch->ledger_path));
    const bool only_looks = batch->options->verifies || batch->options->prunes;
    if (batch->is_unfinished && only_looks && counts->compared > 0)
        puts("not finished: the rest was not compared");
    else if (batch->is_unfinished && !only_looks)
        puts("not finished: the same command goes on where this one stopped");
    else if (batch->is_partial)
        puts("an earlier run left items: its command goes on with them,\n"
             "without --only-failed, --prune, --since and globs");
    return fflush(stdout) == 0 && !ferror(stdout);
}
