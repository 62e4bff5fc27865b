// Brevier — `brevier batch`: its options, and the way to its module.
// SPDX-License-Identifier: MIT
#include "app/cli.h"
#include "app/modules.h"

static enum brv_status shard_parse(struct brv_cli *cli, brv_str value)
{
    enum { MOST = 10000 };
    struct brv_batch_options *batch = &cli->batch;
    size_t slash = brv_str_find_byte(value, 0, '/');
    if (brv_str_to_size(brv_str_slice(value, 0, slash), &batch->shard) &&
        brv_str_to_size(brv_str_from(value, slash + 1), &batch->shard_count) && batch->shard >= 1 &&
        batch->shard <= batch->shard_count && batch->shard_count <= MOST)
        return BRV_OK;
    brv_cli_fault(
        cli, "--shard does not know \"%" BRV_STR_F "\", expected K/N like 1/4", BRV_STR_ARG(value));
    return BRV_FAILED;
}

bool brv_batch_option_is(brv_str name)
{
    static const char *const names[] = { "jobs",   "shard",       "limit",   "since",   "nice",
                                         "from",   "query",       "include", "exclude", "explain",
                                         "verify", "only-failed", "prune",   "yes" };
    for (size_t i = 0; i < BRV_COUNT(names); i++)
        if (brv_str_is(name, names[i]))
            return true;
    return false;
}

enum brv_status brv_batch_option_apply(struct brv_cli *cli, brv_str name, brv_str value)
{
    enum { MOST_JOBS = 256, MOST_ITEMS = 1000000000, NICEST = 19 };
    struct brv_batch_options *batch = &cli->batch;
    if (brv_str_is(name, "jobs"))
        return brv_cli_parse_count(cli, "jobs", value, 1, MOST_JOBS, &batch->jobs);
    if (brv_str_is(name, "limit"))
        return brv_cli_parse_count(cli, "limit", value, 1, MOST_ITEMS, &batch->limit);
    if (brv_str_is(name, "nice"))
        return brv_cli_parse_count(cli, "nice", value, 1, NICEST, &batch->nice);
    if (brv_str_is(name, "shard"))
        return shard_parse(cli, value);
    if (brv_str_is(name, "since"))
        return brv_cli_parse_date(cli, "since", value, &batch->since);
    if (brv_str_is(name, "from"))
        batch->database = value;
    else if (brv_str_is(name, "query"))
        batch->query = value;
    else if (brv_str_is(name, "include"))
        brv_cli_list_add(cli, &batch->includes, value);
    else if (brv_str_is(name, "exclude"))
        brv_cli_list_add(cli, &batch->excludes, value);
    else if (brv_str_is(name, "explain"))
        batch->explains = true;
    else if (brv_str_is(name, "verify"))
        batch->verifies = true;
    else if (brv_str_is(name, "only-failed"))
        batch->only_failed = true;
    else if (brv_str_is(name, "prune"))
        batch->prunes = true;
    else if (brv_str_is(name, "yes"))
        batch->is_sure = true;
    return BRV_OK;
}

// ---- which go together

static bool is_given(const struct brv_cli *cli, const char *name)
{
    for (size_t i = 0; i < cli->option_count; i++)
        if (strcmp(cli->options[i]->name, name) == 0)
            return true;
    return false;
}

// An option that does nothing beside another is refused: who gave it expects something of it.
static enum brv_exit pairs_check(struct brv_cli *cli)
{
    static const struct {
        const char *name, *other, *why;
    } pairs[] = {
        { "verify", "prune", "--verify and --prune are asked for one after the other" },
        { "verify", "explain", "--verify renders all again: leave out --explain" },
        { "verify", "only-failed", "--verify looks at every item: leave out --only-failed" },
        { "prune", "explain", "--prune renders nothing: leave out --explain" },
        { "prune", "only-failed", "--prune renders nothing: leave out --only-failed" },
        { "prune", "since", "--prune renders nothing: leave out --since" },
        { "prune", "limit", "--prune renders nothing: leave out --limit" },
    };
    for (size_t i = 0; i < BRV_COUNT(pairs); i++)
        if (is_given(cli, pairs[i].name) && is_given(cli, pairs[i].other))
            return brv_cli_fault(cli, "%s", pairs[i].why);
    bool has_table = is_given(cli, "from") || is_given(cli, "query");
    if (has_table && (cli->batch.database.len == 0 || cli->batch.query.len == 0))
        return brv_cli_fault(cli, "--from and --query go together");
    if (is_given(cli, "yes") && !is_given(cli, "prune"))
        return brv_cli_fault(cli, "--yes is an answer to --prune");
    return BRV_EXIT_DONE;
}

// Merging renders nothing, and all that it is to know lies in the folder.
static enum brv_exit merge_check(struct brv_cli *cli)
{
    for (size_t i = 0; i < cli->option_count; i++)
        if (!brv_option_is_of_all(cli->options[i]))
            return brv_cli_fault(cli, "\"batch merge\" takes no --%s", cli->options[i]->name);
    if (cli->operands.count != 2)
        return brv_cli_fault(cli, "merge what? name the folder that the shards wrote to");
    return BRV_EXIT_DONE;
}

bool brv_batch_merges(const struct brv_cli *cli)
{
    return cli->operands.count > 0 && brv_str_is(cli->operands.items[0], "merge");
}

enum brv_exit brv_cmd_batch(struct brv_cli *cli)
{
    enum brv_exit exit = brv_batch_merges(cli) ? merge_check(cli) : pairs_check(cli);
    if (exit)
        return exit;
    const struct brv_module *module = brv_module_open(cli->arena, "batch", cli->sink);
    return module && module->command ? (enum brv_exit)module->command(cli) : BRV_EXIT_FAILED;
}
