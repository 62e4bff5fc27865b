// Brevier — `brevier batch merge FOLDER`: the shards' ledgers become one.
// All of them are opened before anything is changed, and the change is one transaction: a ledger
// that cannot be used costs nothing of what is known.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/closure.h"
#include "app/batch/runs.h"
#include "app/batch/shards.h"
#include "app/batch/staging.h"
#include "base/file.h"

#include <stdio.h>

struct merging {
    struct brv_cli *cli;
    brv_str folder;
    brv_str names[BRV_SHARDS_LIMIT]; // of the shards' ledgers, by number from 0; empty: missing
    struct brv_ledger *ledgers[BRV_SHARDS_LIMIT];
    size_t division; // how many there are to be
    size_t found;
};

static enum brv_status shards_find(struct merging *merging)
{
    struct brv_cli *cli = merging->cli;
    size_t count = 0;
    brv_str *names = brv_directory_list(cli->arena, merging->folder, &count);
    for (size_t i = 0; i < count; i++) {
        struct brv_shard_name shard;
        if (!brv_shard_name_parse(names[i], &shard))
            continue;
        if (merging->found > 0 && shard.count != merging->division) {
            size_t other = merging->division;
            brv_report(cli->sink,
                       BRV_ERROR,
                       BRV_CODE_INPUT,
                       brv_span_none(),
                       "\"%" BRV_STR_F
                       "\" holds ledgers of shards of %zu and of %zu, expected those "
                       "of one division",
                       BRV_STR_ARG(merging->folder),
                       other < shard.count ? other : shard.count,
                       other < shard.count ? shard.count : other);
            return BRV_FAILED;
        }
        merging->division = shard.count;
        merging->names[shard.number - 1] = names[i];
        merging->found++;
    }
    if (merging->found > 0)
        return BRV_OK;
    brv_report(cli->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "\"%" BRV_STR_F "\" holds no ledger of a shard (ledger-1-of-4.sqlite)",
               BRV_STR_ARG(merging->folder));
    return BRV_FAILED;
}

// Opens one, unless its shard is at work. False: what is missing or unfinished was told.
static enum brv_status shard_open(struct merging *merging, size_t index, bool *is_whole)
{
    struct brv_cli *cli = merging->cli;
    brv_str name = merging->names[index];
    if (name.len == 0) {
        *is_whole = false;
        brv_report(cli->sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "shard %zu of %zu has no ledger there",
                   index + 1,
                   merging->division);
        return BRV_OK;
    }
    brv_str staging;
    brv_str stem = brv_str_slice(name, 0, name.len - strlen(".sqlite"));
    if (brv_staging_take(cli->arena, merging->folder, stem, true, &staging, cli->sink))
        return BRV_FAILED;
    merging->ledgers[index] = brv_ledger_open(
        cli->arena, brv_path_join(cli->arena, merging->folder, name), BRV_LEDGER_JOIN, cli->sink);
    if (!merging->ledgers[index])
        return BRV_FAILED;
    if (brv_ledger_is_finished(merging->ledgers[index]))
        return BRV_OK;
    *is_whole = false;
    brv_report(cli->sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               brv_span_none(),
               "shard %zu of %zu is not finished",
               index + 1,
               merging->division);
    return BRV_OK;
}

// Shards that were not rendered alike do not make one run. Each is held against the first that has
// outputs; false: how it differs was told.
static bool are_alike(struct merging *merging)
{
    struct brv_cli *cli = merging->cli;
    struct brv_ledger_manner first = { 0 };
    struct brv_ledger_manner other;
    size_t first_number = 0;
    bool is_alike = true;
    for (size_t i = 0; i < merging->division; i++) {
        if (!merging->ledgers[i] || !brv_ledger_manner(merging->ledgers[i], cli->arena, &other))
            continue;
        if (first_number == 0) {
            first = other;
            first_number = i + 1;
            continue;
        }
        brv_str how = brv_str_equal(first.formats, other.formats)
                          ? brv_closure_difference(
                                cli->arena, &first.closure, &other.closure, BRV_CLOSURE_ALL)
                          : brv_arena_printf(cli->arena,
                                             "to %" BRV_STR_F " instead of %" BRV_STR_F,
                                             BRV_STR_ARG(other.formats),
                                             BRV_STR_ARG(first.formats));
        if (how.len == 0)
            continue;
        is_alike = false;
        struct brv_diag *diag =
            brv_report(cli->sink,
                       BRV_WARNING,
                       BRV_CODE_INPUT,
                       brv_span_none(),
                       "shard %zu of %zu was rendered otherwise than shard %zu: %" BRV_STR_F,
                       i + 1,
                       merging->division,
                       first_number,
                       BRV_STR_ARG(how));
        brv_diag_hint(cli->sink, diag, "run it again with the command of the others");
    }
    return is_alike;
}

// The last run of a shard that left no item, and chose by the globs that are given, if any are.
struct sourcing {
    struct brv_arena *arena;
    const struct brv_run_source *like; // NULL: whichever
    struct brv_run_source source;
    bool is_found;
};

static void run_look(void *user, brv_str options, brv_str outcome)
{
    struct sourcing *sourcing = user;
    struct brv_run_source source;
    if (sourcing->is_found || !brv_run_source_of(sourcing->arena, options, outcome, &source) ||
        (sourcing->like && !brv_str_equal(source.globs, sourcing->like->globs)))
        return;
    sourcing->source = source;
    sourcing->is_found = true;
}

// Shards of different sources do not make one run, nor do those of a source that changed in
// between. That is told by how many items there were: what they are called may differ from one
// machine to the next. False: it was told.
static bool are_of_one_source(struct merging *merging)
{
    struct brv_cli *cli = merging->cli;
    struct brv_run_source first;
    size_t first_number = 0;
    bool is_one = true;
    for (size_t i = 0; i < merging->division; i++) {
        struct sourcing sourcing = { .arena = cli->arena,
                                     .like = first_number > 0 ? &first : NULL };
        if (merging->ledgers[i])
            brv_ledger_each_run_complete(merging->ledgers[i], run_look, &sourcing);
        if (!sourcing.is_found)
            continue;
        if (first_number == 0) {
            first = sourcing.source;
            first_number = i + 1;
        } else if (sourcing.source.items != first.items) {
            is_one = false;
            struct brv_diag *diag =
                brv_report(cli->sink,
                           BRV_WARNING,
                           BRV_CODE_INPUT,
                           brv_span_none(),
                           "the source of shard %zu of %zu had %zu items, that of shard %zu %zu",
                           i + 1,
                           merging->division,
                           sourcing.source.items,
                           first_number,
                           first.items);
            brv_diag_hint(cli->sink, diag, "run all of them over the same archive, then merge");
        }
    }
    return is_one;
}

// Two shards that tell of one item: it changed, and one of them has not run since.
static bool has_stale(const struct merging *merging, struct brv_ledger *ledger, size_t index)
{
    struct brv_cli *cli = merging->cli;
    brv_str first;
    size_t count = brv_ledger_met(ledger, cli->arena, &first);
    if (count == 0)
        return false;
    brv_report(cli->sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               brv_span_none(),
               "%zu items (\"%" BRV_STR_F
               "\") of shard %zu of %zu are in the ledger of another, too: "
               "one of them has not run since they changed; what was written later is taken",
               count,
               BRV_STR_ARG(first),
               index + 1,
               merging->division);
    return true;
}

// Whether no shard is behind a run of the whole archive that rendered something; one that is was
// told.
static bool are_fresh(struct merging *merging, struct brv_ledger *ledger)
{
    struct brv_cli *cli = merging->cli;
    uint64_t written = 0;
    for (size_t i = 0; i < merging->division; i++) {
        uint64_t last = merging->ledgers[i] ? brv_ledger_written(merging->ledgers[i]) : 0;
        written = last > written ? last : written;
    }
    if (brv_ledger_written(ledger) <= written)
        return true;
    for (size_t i = 0; i < merging->division; i++) {
        if (!merging->ledgers[i] || !brv_ledger_is_ahead(ledger, merging->ledgers[i]))
            continue;
        struct brv_diag *diag = brv_report(cli->sink,
                                           BRV_WARNING,
                                           BRV_CODE_INPUT,
                                           brv_span_none(),
                                           "shard %zu of %zu has not run since a batch without "
                                           "--shard wrote there; what was written later is taken",
                                           i + 1,
                                           merging->division);
        brv_diag_hint(cli->sink, diag, "run the shards again, then merge");
        return false;
    }
    return true;
}

static enum brv_status shards_join(struct merging *merging, struct brv_ledger *ledger,
                                   bool *is_whole)
{
    struct brv_sink *sink = merging->cli->sink;
    if (brv_ledger_begin(ledger, sink))
        return BRV_FAILED;
    // All the shards together know of all there is; some of them only add to what is known.
    const bool is_fresh = are_fresh(merging, ledger);
    const bool has_all = merging->found == merging->division && is_fresh;
    *is_whole &= is_fresh;
    enum brv_status status = has_all ? brv_ledger_clear(ledger, sink) : BRV_OK;
    for (size_t i = 0; i < merging->division && status == BRV_OK; i++)
        if (merging->ledgers[i]) {
            status = brv_ledger_merge(ledger, merging->ledgers[i], sink);
            if (status == BRV_OK && has_all && has_stale(merging, ledger, i))
                *is_whole = false;
        }
    return status ? BRV_FAILED : brv_ledger_commit(ledger, sink);
}

enum brv_exit brv_batch_merge(struct brv_cli *cli)
{
    struct merging *merging = BRV_NEW(cli->arena, struct merging);
    merging->cli = cli;
    merging->folder = cli->operands.items[1];
    bool is_whole = true;
    brv_str staging;
    if (shards_find(merging) ||
        brv_staging_take(cli->arena, merging->folder, BRV_S("ledger"), false, &staging, cli->sink))
        return BRV_EXIT_FAILED;
    for (size_t i = 0; i < merging->division; i++)
        if (shard_open(merging, i, &is_whole))
            return BRV_EXIT_FAILED;
    is_whole &= are_alike(merging);
    is_whole &= are_of_one_source(merging);
    brv_str path = brv_path_join(cli->arena, merging->folder, BRV_S("ledger.sqlite"));
    struct brv_ledger *ledger = brv_ledger_open(cli->arena, path, BRV_LEDGER_WRITE, cli->sink);
    if (!ledger || shards_join(merging, ledger, &is_whole))
        return BRV_EXIT_FAILED;
    printf("%zu ledgers merged into %" BRV_STR_F "\n", merging->found, BRV_STR_ARG(path));
    return is_whole ? BRV_EXIT_DONE : BRV_EXIT_DEGRADED;
}
