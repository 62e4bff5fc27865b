// Brevier — `brevier batch`: its options, and the way to its module.
// SPDX-License-Identifier: MIT
#include "app/cli.h"
#include "app/date.h"
#include "app/modules.h"

static enum brv_status number_parse(struct brv_cli *cli, brv_str name, brv_str value, size_t most,
                                    size_t *number)
{
    if (brv_str_to_size(value, number) && *number >= 1 && *number <= most)
        return BRV_OK;
    brv_cli_fault(cli,
                  "--%" BRV_STR_F " does not know \"%" BRV_STR_F
                  "\", expected a number from 1 to %zu",
                  BRV_STR_ARG(name),
                  BRV_STR_ARG(value),
                  most);
    return BRV_FAILED;
}

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

static enum brv_status since_parse(struct brv_cli *cli, brv_str value)
{
    long long seconds = 0;
    cli->batch.since = value;
    if (brv_date_parse(value, &seconds))
        return BRV_OK;
    brv_cli_fault(cli,
                  "--since does not know \"%" BRV_STR_F "\", expected a date like 2025-12-19",
                  BRV_STR_ARG(value));
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

static void list_add(struct brv_cli *cli, struct brv_cli_list *list, brv_str value)
{
    BRV_PUSH(cli->arena, list->items, list->count, list->capacity) = value;
}

enum brv_status brv_batch_option_apply(struct brv_cli *cli, brv_str name, brv_str value)
{
    enum { MOST_JOBS = 256, MOST_ITEMS = 1000000000, NICEST = 19 };
    struct brv_batch_options *batch = &cli->batch;
    if (brv_str_is(name, "jobs"))
        return number_parse(cli, name, value, MOST_JOBS, &batch->jobs);
    if (brv_str_is(name, "limit"))
        return number_parse(cli, name, value, MOST_ITEMS, &batch->limit);
    if (brv_str_is(name, "nice"))
        return number_parse(cli, name, value, NICEST, &batch->nice);
    if (brv_str_is(name, "shard"))
        return shard_parse(cli, value);
    if (brv_str_is(name, "since"))
        return since_parse(cli, value);
    if (brv_str_is(name, "from"))
        batch->database = value;
    else if (brv_str_is(name, "query"))
        batch->query = value;
    else if (brv_str_is(name, "include"))
        list_add(cli, &batch->includes, value);
    else if (brv_str_is(name, "exclude"))
        list_add(cli, &batch->excludes, value);
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

enum brv_exit brv_cmd_batch(struct brv_cli *cli)
{
    const struct brv_module *module = brv_module_open(cli->arena, "batch", cli->sink);
    return module && module->command ? (enum brv_exit)module->command(cli) : BRV_EXIT_FAILED;
}
