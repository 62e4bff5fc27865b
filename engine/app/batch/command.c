// Brevier — `brevier batch`: the supervisor's course, from the command line to the summary.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/bearing.h"
#include "app/batch/clock.h"
#include "app/batch/crew.h"
#include "app/batch/report.h"
#include "app/batch/runs.h"
#include "app/batch/unpack.h"
#include "app/paths.h"
#include "app/pdf_options.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/system.h"
#include "output/module.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { WINDOW = 2048, TICK_MS = 200, PUBLISH_MS = 1000 };

// ---- shared by the files of this folder

void brv_slot_finish(struct brv_slot *slot, enum brv_item_outcome outcome, brv_str reason)
{
    bool has_met = slot->clash.len > 0 && outcome <= BRV_ITEM_DEGRADED;
    slot->row.outcome = has_met ? BRV_ITEM_DEGRADED : outcome;
    slot->row.reason = has_met ? slot->clash : reason;
    slot->state = BRV_SLOT_FINISHED;
}

void brv_slot_tell(struct brv_slot *slot, const struct brv_diag_row *rows, size_t count)
{
    size_t capacity = slot->diagnostic_count;
    slot->diagnostics = brv_arena_grow(
        slot->arena, slot->diagnostics, &capacity, slot->diagnostic_count + count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        slot->diagnostics[slot->diagnostic_count++] = rows[i];
}

// ---- setting up

static enum brv_exit formats_choose(struct brv_batch *batch)
{
    brv_str rest = batch->cli->format;
    if (rest.len == 0)
        return brv_cli_fault(batch->cli, "which formats? say -t pdf, -t docx,text or the like");
    while (rest.len > 0) {
        const struct brv_output *output = brv_cli_output(batch->cli, brv_str_next_item(&rest, ','));
        if (!output)
            return BRV_EXIT_USAGE;
        bool is_known = false;
        for (size_t i = 0; i < batch->format_count; i++)
            is_known |= batch->formats[i] == output;
        if (!is_known && batch->format_count < BRV_FORMAT_LIMIT)
            batch->formats[batch->format_count++] = output;
    }
    // In the order of the program's list, whatever the order of the command line.
    size_t count = 0;
    for (size_t i = 0; brv_outputs[i]; i++)
        for (size_t j = count; j < batch->format_count; j++)
            if (batch->formats[j] == brv_outputs[i]) {
                batch->formats[j] = batch->formats[count];
                batch->formats[count++] = brv_outputs[i];
            }
    return BRV_EXIT_DONE;
}

static enum brv_status feed_open(struct brv_batch *batch)
{
    const struct brv_batch_options *options = batch->options;
    const bool has_terminal = isatty(STDERR_FILENO) == 1;
    struct brv_feed_options *feed = BRV_NEW(batch->arena, struct brv_feed_options);
    *feed = (struct brv_feed_options){
        .operands = batch->cli->operands.items,
        .operand_count = batch->cli->operands.count,
        .database = options->database,
        .query = options->query,
        .includes = options->includes.items,
        .include_count = options->includes.count,
        .excludes = options->excludes.items,
        .exclude_count = options->excludes.count,
        .avoid = batch->cli->out,
        .limits = &batch->tools->limits,
        .wants_total = has_terminal || batch->cli->wants_json,
        .wants_rows = has_terminal,
        .never_waits = true,
        .open_through = brv_unpacker_open,
        .user = brv_unpacker_new(batch),
    };
    batch->feed = brv_feed_new(batch->arena, feed, batch->sink);
    if (batch->feed)
        batch->total = brv_feed_total(batch->feed);
    return batch->feed ? BRV_OK : BRV_FAILED;
}

static size_t worker_count(const struct brv_batch *batch)
{
    cpu_set_t processors;
    if (batch->options->jobs > 0)
        return batch->options->jobs;
    if (sched_getaffinity(0, sizeof processors, &processors) != 0)
        return 1;
    return (size_t)CPU_COUNT(&processors);
}

// ---- the course

// Whether enough items in front are finished to make a group of.
static bool has_group(struct brv_batch *batch)
{
    enum { ENOUGH = 256 };
    uint64_t p = batch->window.first;
    while (p < batch->window.next && p - batch->window.first < ENOUGH &&
           brv_batch_slot(batch, p)->state == BRV_SLOT_FINISHED)
        p++;
    return p - batch->window.first == ENOUGH;
}

// After a signal: what no worker has finished is for the next run, and not in the way of what is.
static void waiting_leave(struct brv_batch *batch)
{
    for (uint64_t p = batch->window.first; p < batch->window.next; p++) {
        struct brv_slot *slot = brv_batch_slot(batch, p);
        if (slot->state == BRV_SLOT_FINISHED)
            continue;
        slot->state = BRV_SLOT_FINISHED;
        slot->is_left_out = slot->is_left_over = true;
    }
}

// What the signals that were seen so far ask for; false: to stop at once.
static bool interruptions_heed(struct brv_batch *batch, unsigned interruptions)
{
    const bool is_new = interruptions > 0 && !batch->is_stopping;
    batch->is_stopping |= is_new;
    if (interruptions > 1)
        return false; // the ledger holds what was published
    if (is_new) {
        brv_report(batch->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "finishing the items in hand; interrupt again to stop at once");
        brv_report_messages(batch->report);
    }
    return true;
}

// Pulls items, a few between looks at the workers, hands them out and waits for what becomes of
// them. How many signals were seen so far.
static unsigned crew_turn(struct brv_batch *batch)
{
    enum { PULLS = 64 };
    int pulled = 0;
    brv_ledger_look(batch->ledger);
    while (pulled < PULLS && brv_batch_pull(batch))
        pulled++;
    brv_ledger_look_away(batch->ledger);
    batch->has_broken |= brv_ledger_check(batch->ledger, batch->sink) != BRV_OK;
    if (batch->has_broken)
        return 0;
    brv_crew_assign(batch->crew);
    bool is_idle = batch->awaits < 0 && brv_crew_busy(batch->crew) == 0;
    return brv_crew_wait(batch->crew, batch->awaits, is_idle || pulled == PULLS ? 0 : TICK_MS);
}

// Whether no worker has anything to do, nor will have.
static bool is_work_over(const struct brv_batch *batch)
{
    return brv_crew_busy(batch->crew) == 0 &&
           (batch->is_stopping || (batch->has_ended && batch->unsent >= batch->window.next));
}

static enum brv_status course_run(struct brv_batch *batch)
{
    int64_t published = brv_clock_ms();
    while (interruptions_heed(batch, crew_turn(batch)) && !batch->has_broken) {
        bool is_over = is_work_over(batch);
        if (is_over && batch->is_stopping)
            waiting_leave(batch);
        if (is_over || has_group(batch) || brv_clock_ms() - published > PUBLISH_MS ||
            brv_batch_is_full(batch)) {
            if (brv_batch_publish(batch))
                return BRV_FAILED;
            published = brv_clock_ms();
        }
        brv_report_tick(batch->report);
        brv_report_messages(batch->report);
        if (is_over && batch->window.first == batch->window.next)
            break;
    }
    // What was finished before the surroundings failed may still be published, or not.
    if (batch->has_broken) {
        brv_crew_dismiss(batch->crew);
        return BRV_FAILED;
    }
    return BRV_OK;
}

static void waiting_drop(struct brv_batch *batch)
{
    for (uint64_t p = batch->window.first; p < batch->window.next; p++)
        brv_arena_free(brv_batch_slot(batch, p)->arena);
    batch->window.first = batch->window.next;
}

static enum brv_status run_note(struct brv_batch *batch)
{
    brv_str line = brv_run_line(batch);
    batch->is_partial = !brv_run_finishes(batch, line);
    return brv_ledger_begin(batch->ledger, batch->sink) ||
                   brv_ledger_run_begin(batch->ledger, (int64_t)time(NULL), line, batch->sink) ||
                   brv_ledger_put_closure(batch->ledger, &batch->closure, batch->sink) ||
                   brv_stamps_save(batch->stamps, batch->ledger, batch->sink) ||
                   brv_ledger_commit(batch->ledger, batch->sink)
               ? BRV_FAILED
               : BRV_OK;
}

// Memory that nobody has written to. What the supervisor writes to only after the fork, the workers
// would keep as it was before: each of them a copy of the window, page by page.
static struct brv_slot *slots_new(struct brv_arena *arena, size_t count)
{
    struct brv_slot *slots = calloc(count, sizeof *slots);
    if (!slots)
        brv_out_of_memory(count * sizeof *slots);
    brv_arena_on_free(arena, free, slots);
    return slots;
}

static enum brv_status batch_begin(struct brv_batch *batch, size_t workers)
{
    for (size_t i = 0; i < batch->format_count; i++)
        batch->uses_fonts |= batch->formats[i]->media != BRV_MEDIA_TEXT;
    batch->stamps = brv_stamps_new(batch->arena, batch->ledger, (int64_t)time(NULL));
    brv_stamps_read(batch->stamps, brv_paths_font_digests(batch->arena));
    batch->closure = brv_closure_of(batch->cli, batch->tools, batch->stamps);
    batch->bearings = brv_bearings_new(batch);
    batch->reads.arena = batch->arena;
    batch->plugin_digests = brv_closure_plugins(batch->arena, batch->tools->host);
    batch->has_quarantine =
        brv_is_directory(brv_path_join(batch->arena, batch->out, BRV_S(BRV_FEED_QUARANTINE)));
    batch->window.slots = slots_new(batch->arena, WINDOW);
    batch->window.size = WINDOW;
    batch->window.first = batch->window.next = batch->unsent = 1;
    batch->report = brv_report_new(batch);
    if (!batch->is_dry && run_note(batch))
        return BRV_FAILED;
    brv_worker_warm_up(batch);
    batch->crew = brv_crew_new(batch, workers);
    brv_report_begin(batch->report, workers);
    return BRV_OK;
}

static enum brv_exit batch_exit(const struct brv_batch *batch, enum brv_status status)
{
    const struct brv_counts *counts = &batch->counts;
    const bool could_not_prune = batch->options->prunes && batch->has_remains;
    if (status || batch->is_stopping || counts->mismatches > 0 || could_not_prune)
        return BRV_EXIT_FAILED;
    return counts->degraded + counts->failed + counts->quarantined + counts->faults > 0 ||
                   batch->has_lost_source || batch->has_remains || batch->tools->is_degraded
               ? BRV_EXIT_DEGRADED
               : BRV_EXIT_DONE;
}

static enum brv_exit request_check(struct brv_cli *cli)
{
    if (cli->operands.count == 0 && cli->batch.database.len == 0)
        return brv_cli_fault(cli, "batch of what? name folders, archives or files, or \"-\"");
    if (cli->out.len == 0 || brv_str_is(cli->out, "-"))
        return brv_cli_fault(cli, "where to? say -o FOLDER");
    return BRV_EXIT_DONE;
}

// Of an output that PDF's options are for, if one is made.
static enum brv_status pdf_options_settle(struct brv_batch *batch)
{
    const struct brv_output *settled = batch->formats[0];
    for (size_t i = 0; i < batch->format_count; i++)
        if (batch->formats[i]->media == BRV_MEDIA_PDF)
            settled = batch->formats[i];
    return brv_pdf_options_settle(batch->cli, settled);
}

static void niceness_set(struct brv_cli *cli)
{
    errno = 0; // what nice() gives may well be less than nothing
    if (cli->batch.nice > 0 && nice((int)cli->batch.nice) < 0 && errno != 0)
        brv_report(cli->sink, BRV_NOTE, BRV_CODE_OUTPUT, brv_span_none(), "--nice had no effect");
}

// Tools, feed, places and workers; what is said so far is printed.
static enum brv_status batch_prepare(struct brv_batch *batch)
{
    struct brv_cli *cli = batch->cli;
    if (pdf_options_settle(batch))
        return BRV_FAILED;
    batch->tools = brv_cli_tools(cli);
    niceness_set(cli);
    if (!batch->tools || feed_open(batch)) // which may start a process
        return BRV_FAILED;
    brv_tools_keep_common(batch->tools);
    batch->counts.faults = cli->sink->counts[BRV_ERROR];
    brv_cli_print(cli, cli->sink);
    return brv_batch_places_choose(batch) ? BRV_FAILED : batch_begin(batch, worker_count(batch));
}

// What is done when all items were seen.
static enum brv_status rest_do(struct brv_batch *batch)
{
    if (batch->is_stopping)
        return BRV_OK;
    if (batch->options->prunes)
        return brv_batch_prune(batch);
    if (!batch->options->verifies)
        return BRV_OK;
    if (brv_batch_verify_rest(batch))
        return BRV_FAILED;
    if (batch->counts.compared > 0)
        return BRV_OK;
    brv_report(batch->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "nothing is verified: the ledger knows no output of these items and formats");
    return BRV_FAILED;
}

// The ledger learns how the run ended, and then who asked for it.
static enum brv_exit batch_end(struct brv_batch *batch, enum brv_status status)
{
    struct brv_cli *cli = batch->cli;
    waiting_drop(batch);
    brv_crew_dismiss(batch->crew);
    batch->is_unfinished |= status || batch->is_stopping;
    brv_report_messages(batch->report);
    enum brv_exit exit = batch_exit(batch, status);
    if (!batch->is_dry && brv_ledger_run_end(batch->ledger,
                                             (int64_t)time(NULL),
                                             !batch->is_unfinished && !batch->is_partial,
                                             brv_run_outcome(batch),
                                             batch->sink))
        exit = BRV_EXIT_FAILED;
    brv_report_messages(batch->report);
    if (brv_report_end(batch->report, exit))
        return exit;
    brv_report(cli->sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot write to standard output; the outputs and the ledger are not concerned");
    brv_cli_print(cli, cli->sink);
    return BRV_EXIT_FAILED;
}

static enum brv_exit batch_run(struct brv_cli *cli)
{
    struct brv_batch *batch = BRV_NEW(cli->arena, struct brv_batch);
    batch->cli = cli;
    batch->arena = cli->arena;
    batch->sink = cli->sink;
    batch->options = &cli->batch;
    batch->is_dry = cli->batch.verifies || (cli->batch.prunes && !cli->batch.is_sure);
    enum brv_exit exit = request_check(cli);
    if (exit == BRV_EXIT_DONE)
        exit = formats_choose(batch);
    if (exit)
        return exit;
    if (batch_prepare(batch))
        return brv_cli_failed(cli->sink);
    enum brv_status status = course_run(batch);
    return batch_end(batch, status == BRV_OK ? rest_do(batch) : status);
}

static int command_run(void *user)
{
    struct brv_cli *cli = user;
    if (brv_str_is(brv_str_from_cstr(cli->command->name), "fonts"))
        return (int)brv_closure_fonts(cli);
    brv_batch_streams_settle();
    return (int)(brv_batch_merges(cli) ? brv_batch_merge(cli) : batch_run(cli));
}

const struct brv_module brv_module = {
    .build = BRV_MODULE_BUILD,
    .command = command_run,
};
