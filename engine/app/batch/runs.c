// Brevier — the runs that a ledger tells of: what they were asked for, and whether they are over.
// SPDX-License-Identifier: MIT
#include "app/batch/runs.h"

// ---- a run's line

static void name_add(struct brv_buf *line, const char *name)
{
    if (line->len > 0)
        brv_buf_add_byte(line, ' ');
    brv_buf_add_cstr(line, name);
}

static void word_add(struct brv_buf *line, const char *name, brv_str value)
{
    name_add(line, name);
    brv_buf_add_visible(line, value);
}

static void number_add(struct brv_buf *line, const char *name, size_t number)
{
    if (number == 0)
        return;
    name_add(line, name);
    brv_buf_add_int(line, (long long)number);
}

static void list_add(struct brv_buf *line, const char *name, const struct brv_cli_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        word_add(line, name, list->items[i]);
}

static void formats_add(struct brv_buf *line, const struct brv_batch *batch)
{
    name_add(line, "--to=");
    for (size_t i = 0; i < batch->format_count; i++)
        brv_buf_printf(line, "%s%s", i > 0 ? "," : "", batch->formats[i]->name);
}

brv_str brv_run_line(struct brv_batch *batch)
{
    const struct brv_cli *cli = batch->cli;
    const struct brv_batch_options *options = batch->options;
    struct brv_buf *line = brv_buf_new_in(batch->arena);
    number_add(line, "--limit=", options->limit);
    number_add(line, "--jobs=", options->jobs);
    number_add(line, "--nice=", options->nice);
    formats_add(line, batch);
    list_add(line, "--sheet=", &cli->sheets);
    list_add(line, "--plugin-path=", &cli->plugin_path);
    list_add(line, "--", &cli->given);
    if (cli->asset_root.len > 0)
        word_add(line, "--asset-root=", cli->asset_root);
    list_add(line, "--include=", &options->includes);
    list_add(line, "--exclude=", &options->excludes);
    if (options->since.len > 0)
        word_add(line, "--since=", options->since);
    if (options->only_failed)
        word_add(line, "--only-failed", (brv_str){ 0 });
    if (options->prunes)
        word_add(line, "--prune", (brv_str){ 0 });
    number_add(line, "--shard=", options->shard);
    if (options->shard_count > 0)
        brv_buf_printf(line, "/%zu", options->shard_count);
    if (options->database.len > 0)
        word_add(line, "--from=", options->database);
    if (options->query.len > 0)
        word_add(line, "--query=", options->query);
    list_add(line, "", &cli->operands);
    return brv_buf_str(line);
}

brv_str brv_run_outcome(const struct brv_batch *batch)
{
    const struct brv_counts *counts = &batch->counts;
    return brv_arena_printf(batch->arena,
                            "items %llu, done %llu, degraded %llu, failed %llu, quarantined %llu, "
                            "skipped %llu, unchanged %llu, left out %llu%s%s",
                            (unsigned long long)counts->items,
                            (unsigned long long)counts->done,
                            (unsigned long long)counts->degraded,
                            (unsigned long long)counts->failed,
                            (unsigned long long)counts->quarantined,
                            (unsigned long long)counts->skipped,
                            (unsigned long long)counts->unchanged,
                            (unsigned long long)counts->left_out,
                            counts->faults > 0 ? ", with faults of no item" : "",
                            batch->is_unfinished ? ", not finished" : "");
}

// ---- what it says

// A line from its formats on.
static brv_str line_matter(brv_str line)
{
    return brv_str_from(line, brv_str_find(line, 0, BRV_S("--to=")));
}

static bool has_format(brv_str formats, brv_str wanted)
{
    while (formats.len > 0)
        if (brv_str_equal(brv_str_next_item(&formats, ','), wanted))
            return true;
    return false;
}

static brv_str line_formats(brv_str line)
{
    brv_str matter = brv_str_from(line_matter(line), strlen("--to="));
    return brv_str_slice(matter, 0, brv_str_find_byte(matter, 0, ' '));
}

// The number behind a word of an outcome; false when there is none.
static bool outcome_number(brv_str outcome, brv_str word, size_t *number)
{
    brv_str rest = brv_str_from(outcome, brv_str_find(outcome, 0, word) + word.len);
    return brv_str_to_size(brv_str_slice(rest, 0, brv_str_find_byte(rest, 0, ',')), number);
}

bool brv_run_source_of(struct brv_arena *arena, brv_str options, brv_str outcome,
                       struct brv_run_source *source)
{
    size_t items;
    size_t left_out;
    struct brv_buf *globs = brv_buf_new_in(arena);
    const brv_str mark = BRV_S(" --");
    for (size_t at = brv_str_find(options, 0, mark); at < options.len;) {
        size_t end = brv_str_find(options, at + mark.len, mark);
        brv_str word = brv_str_slice(options, at + 1, end);
        if (brv_str_is(word, "--only-failed") || brv_str_is(word, "--prune"))
            return false; // an archive that failed all is no item of theirs
        if (brv_str_starts_with(word, BRV_S("--include=")) ||
            brv_str_starts_with(word, BRV_S("--exclude=")))
            brv_buf_add_str(globs, brv_str_slice(options, at, end));
        at = end;
    }
    bool is_known = outcome_number(outcome, BRV_S("items "), &items) &&
                    outcome_number(outcome, BRV_S("left out "), &left_out);
    if (is_known)
        *source = (struct brv_run_source){ brv_buf_str(globs), items + left_out };
    return is_known;
}

// ---- against those before it

struct comparison {
    brv_str line;
    size_t count;  // of runs since the last that left nothing
    bool is_alike; // they were asked for the same as this one
    bool covers;   // … for no format that this one is not
};

static void run_compare(void *user, brv_str other, brv_str outcome)
{
    (void)outcome;
    struct comparison *comparison = user;
    comparison->count++;
    comparison->is_alike &= brv_str_equal(line_matter(comparison->line), line_matter(other));
    for (brv_str rest = line_formats(other); rest.len > 0;)
        comparison->covers &=
            has_format(line_formats(comparison->line), brv_str_next_item(&rest, ','));
}

bool brv_run_finishes(struct brv_batch *batch, brv_str line)
{
    const struct brv_batch_options *options = batch->options;
    struct comparison comparison = { .line = line, .is_alike = true, .covers = true };
    brv_ledger_each_run_left(batch->ledger, run_compare, &comparison);
    if (comparison.count == 0 && brv_ledger_is_finished(batch->ledger))
        return true;
    if (options->only_failed || options->prunes)
        return false;
    return options->since.len > 0 || brv_batch_has_globs(batch) ? comparison.is_alike
                                                                : comparison.covers;
}
