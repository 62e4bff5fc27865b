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

struct brv_confine_options brv_sight_of_worker(struct brv_batch *batch, struct brv_arena *arena)
{
    const struct brv_cli *cli = batch->cli;
    struct brv_paths plugins =
        brv_paths_plugins(arena, cli->plugin_path.items, cli->plugin_path.count);
    struct brv_paths sheets = brv_paths_stylesheets(arena);
    size_t capacity = 0;
    struct brv_confine_options options = { .writable = batch->staging };
    brv_str *readable = NULL;
#define READABLE(path) BRV_PUSH(arena, readable, options.readable_count, capacity) = (path)
    READABLE(BRV_S("/usr"));
    READABLE(BRV_S("/etc/fonts"));
    READABLE(BRV_S("/var/cache/fontconfig"));
    const char *home = getenv("HOME");
    static const char *const own[] = {
        ".fonts", ".local/share", ".cache/fontconfig", ".config/fontconfig"
    };
    for (size_t i = 0; home && i < BRV_COUNT(own); i++)
        READABLE(brv_path_join(arena, brv_str_from_cstr(home), brv_str_from_cstr(own[i])));
    for (size_t i = 0; i < plugins.count; i++)
        READABLE(plugins.items[i]);
    for (size_t i = 0; i < sheets.count; i++)
        READABLE(sheets.items[i]);
    READABLE(brv_paths_data(arena));
    for (size_t i = 0; i < cli->sheets.count; i++) {
        brv_str folder = brv_path_directory(cli->sheets.items[i]);
        READABLE(folder.len > 0 ? folder : BRV_S("."));
    }
    if (cli->asset_root.len > 0)
        READABLE(cli->asset_root);
    if (cli->word_template.len > 0)
        READABLE(cli->word_template);
    for (size_t i = 0; i < cli->grants.count; i++) {
        struct brv_plugin_grant grant;
        if (brv_plugin_grant_parse(cli->grants.items[i], &grant) == BRV_OK && grant.folder.len > 0)
            READABLE(grant.folder);
    }
    for (size_t i = 0; i < cli->operands.count; i++) {
        brv_str operand = cli->operands.items[i];
        bool is_folder = brv_is_directory(operand);
        brv_str folder = is_folder ? operand : brv_path_directory(operand);
        // What comes out of an archive finds no pictures beside it.
        if (!brv_str_is(operand, "-") && (is_folder || !brv_feed_container(operand)))
            READABLE(folder.len > 0 ? folder : BRV_S("."));
    }
    // A list of files may name any folder; those of the items in the window are known.
    brv_str before = { 0 };
    uint64_t end = brv_sight_has_list(batch) ? batch->window.next : batch->window.first;
    for (uint64_t p = batch->window.first; p < end; p++) {
        const struct brv_slot *slot = brv_batch_slot(batch, p);
        brv_str folder = brv_path_directory(slot->path);
        if (folder.len == 0)
            folder = BRV_S(".");
        if (slot->path.len > 0 && !brv_str_equal(folder, before))
            READABLE(folder);
        before = folder;
    }
#undef READABLE
    options.readable = readable;
    return options;
}
