// Brevier — what the operator of a batch sees.
// SPDX-License-Identifier: MIT
#include "app/batch/report.h"

#include "app/batch/clock.h"
#include "app/batch/events.h"
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
        brv_event_item(slot);
        return;
    }
    brv_problems_print(batch->cli, slot);
    if (batch->options->explains)
        item_explain(slot);
}

void brv_report_pruned(struct brv_report *report, brv_str path, bool is_removed, bool was_altered)
{
    line_wipe(report);
    if (report->batch->cli->wants_json) {
        brv_event_pruned(path, is_removed, was_altered);
        return;
    }
    printf("%s %" BRV_STR_F "%s\n",
           is_removed ? "removed" : "would remove",
           BRV_STR_ARG(path),
           was_altered ? ", which was altered since it was written" : "");
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

static void note(const struct brv_batch *batch, const char *message)
{
    brv_report(batch->sink, BRV_NOTE, BRV_CODE_OUTPUT, brv_span_none(), "%s", message);
}

void brv_report_begin(struct brv_report *report, size_t workers)
{
    const struct brv_batch *batch = report->batch;
    struct brv_confine_grant grant = brv_confine_try();
    if (batch->cli->wants_json) {
        brv_event_begin(batch, workers, &grant);
        return;
    }
    if (!grant.has_landlock)
        note(batch, "this system grants no Landlock, workers could read any file");
    if (!grant.has_seccomp)
        note(batch, "this system grants no seccomp, workers could use any system call");
    brv_report_messages(report);
}

// Which option it is that leaves items out.
static const char *left_out_by(const struct brv_batch *batch)
{
    const struct brv_batch_options *options = batch->options;
    if (options->verifies)
        return options->shard_count > 0 ? "not known, or of another shard" : "not known";
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

// The summary is no wider than 80 columns: of a row 54 are for the note.
static void summary_print(const struct brv_batch *batch, double seconds)
{
    const struct brv_counts *counts = &batch->counts;
    const struct {
        const char *what;
        uint64_t count;
        const char *note;
    } rows[] = {
        { "done", counts->done, "" },
        { "degraded", counts->degraded, "a part fell back or is missing, or names met" },
        { "failed", counts->failed, "nothing new was written" },
        { "quarantined", counts->quarantined, "brought a worker down twice, see quarantine/" },
        { "skipped", counts->skipped, "no analysis" },
        { "unchanged", counts->unchanged, "of those, left as they were" },
        { "left out", counts->left_out, left_out_by(batch) },
        { "passed over",
          brv_feed_passed_over(batch->feed),
          "by --include, --exclude or .brevierignore" },
        { "mismatches", counts->mismatches, "of --verify" },
        { "faults", counts->faults, "of no item, see the messages" },
    };
    printf("%llu %s in %.1f s, %llu rendered\n",
           (unsigned long long)counts->items,
           counts->items == 1 ? "item" : "items",
           seconds,
           (unsigned long long)counts->rendered);
    for (size_t i = 0; i < BRV_COUNT(rows); i++)
        if (rows[i].count > 0)
            printf("  %-12s %9llu  %s\n",
                   rows[i].what,
                   (unsigned long long)rows[i].count,
                   rows[i].note);
    printf("ledger: %" BRV_STR_F "\n", BRV_STR_ARG(batch->ledger_path));
}

// How to go on, where something is left.
static void rest_print(const struct brv_batch *batch)
{
    const bool only_looks = batch->options->verifies || batch->options->prunes;
    if (batch->is_unfinished && only_looks && batch->counts.compared > 0)
        puts("not finished: the rest was not compared");
    else if (batch->is_unfinished && !only_looks)
        puts("not finished: the same command goes on where this one stopped");
    else if (batch->is_partial)
        puts("an earlier run left items: its command goes on with them,\n"
             "without --only-failed, --prune, --since and globs");
}

bool brv_report_end(struct brv_report *report, enum brv_exit exit)
{
    const struct brv_batch *batch = report->batch;
    double seconds = (double)(brv_clock_ms() - report->start_ms) / 1000;
    line_wipe(report);
    if (batch->cli->wants_json) {
        brv_event_end(batch, exit, seconds);
    } else {
        summary_print(batch, seconds);
        rest_print(batch);
    }
    return fflush(stdout) == 0 && !ferror(stdout);
}
