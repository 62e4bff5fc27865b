// Brevier — what the processes of a batch may see of the file system.
// SPDX-License-Identifier: MIT
#include "app/batch/sight.h"

#include "app/paths.h"
#include "base/file.h"
#include "load/feed_source.h"

#include <stdlib.h>

bool brv_sight_has_list(const struct brv_batch *batch)
{
    for (size_t i = 0; i < batch->cli->operands.count; i++)
        if (brv_str_is(batch->cli->operands.items[i], "-"))
            return true;
    return false;
}

bool brv_sight_grows(const struct brv_batch *batch)
{
    return brv_sight_has_list(batch) && batch->cli->asset_root.len == 0;
}

struct sight {
    struct brv_arena *arena;
    brv_str *readable;
    size_t count;
    size_t capacity;
};

static void path_add(struct sight *sight, brv_str path)
{
    BRV_PUSH(sight->arena, sight->readable, sight->count, sight->capacity) =
        path.len > 0 ? path : BRV_S(".");
}

// What fontconfig looks at, and our own modules, of which one may be loaded late.
static void system_add(struct sight *sight)
{
    static const char *const own[] = {
        ".fonts", ".local/share", ".cache/fontconfig", ".config/fontconfig"
    };
    const char *home = getenv("HOME");
    path_add(sight, BRV_S("/usr"));
    path_add(sight, BRV_S("/etc/fonts"));
    path_add(sight, BRV_S("/var/cache/fontconfig"));
    path_add(sight, brv_paths_modules(sight->arena));
    for (size_t i = 0; home && i < BRV_COUNT(own); i++)
        path_add(sight,
                 brv_path_join(sight->arena, brv_str_from_cstr(home), brv_str_from_cstr(own[i])));
}

static void plugins_add(struct sight *sight, const struct brv_cli *cli)
{
    struct brv_paths folders =
        brv_paths_plugins(sight->arena, cli->plugin_path.items, cli->plugin_path.count);
    for (size_t i = 0; i < folders.count; i++)
        path_add(sight, folders.items[i]);
    for (size_t i = 0; i < cli->grants.count; i++) {
        struct brv_plugin_grant grant;
        if (brv_plugin_grant_parse(cli->grants.items[i], &grant) == BRV_OK && grant.folder.len > 0)
            path_add(sight, grant.folder);
    }
}

// The sheets were read before the fork. What they name is opened beneath their folders and nowhere
// else; a folder is nothing that they may name.
static void url_add(void *user, brv_str url, brv_str path)
{
    struct sight *sight = user;
    while (brv_str_starts_with(url, BRV_S("./")))
        url = brv_str_from(url, 2);
    if (brv_path_is_safe(url) && !brv_is_directory(path))
        path_add(sight, brv_arena_str(sight->arena, path));
}

// The folders of analyses, for their pictures: which these are only the worker learns. Nothing else
// is read of them, the analyses are sent.
static void sources_add(struct sight *sight, struct brv_batch *batch)
{
    const struct brv_cli_list *operands = &batch->cli->operands;
    for (size_t i = 0; i < operands->count; i++) {
        brv_str operand = operands->items[i];
        if (brv_is_directory(operand))
            path_add(sight, operand);
        // What comes out of an archive finds no pictures beside it.
        else if (!brv_str_is(operand, "-") && !brv_feed_container(operand))
            path_add(sight, brv_path_directory(operand));
    }
    // A list of files may name any folder; those of the items in the window are known.
    const struct brv_slot *last = NULL;
    uint64_t end = brv_sight_has_list(batch) ? batch->window.next : batch->window.first;
    for (uint64_t p = batch->window.first; p < end; p++) {
        const struct brv_slot *slot = brv_batch_slot(batch, p);
        if (slot->path.len == 0)
            continue;
        brv_str folder = brv_path_directory(slot->path);
        if (!last || !brv_str_equal(folder, brv_path_directory(last->path)))
            path_add(sight, folder);
        last = slot;
    }
}

struct brv_confine_options brv_sight_of_worker(struct brv_batch *batch, struct brv_arena *arena)
{
    const struct brv_cli *cli = batch->cli;
    struct sight sight = { .arena = arena };
    system_add(&sight);
    plugins_add(&sight, cli);
    brv_closure_each_url(batch->tools->sheets, url_add, &sight);
    if (cli->word_template.len > 0)
        path_add(&sight, cli->word_template);
    if (cli->asset_root.len > 0)
        path_add(&sight, cli->asset_root);
    else
        sources_add(&sight, batch);
    return (struct brv_confine_options){
        .readable = sight.readable,
        .readable_count = sight.count,
        .writable = batch->staging,
    };
}
