// Brevier — what a batch has to do about an item.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/bearing.h"
#include "app/batch/depends.h"
#include "app/batch/digest.h"
#include "app/batch/keep.h"
#include "app/batch/lines.h"
#include "base/file.h"
#include "load/feed_source.h"

// The next line of a list, "NAME DIGEST"; false at its end.
static bool next_entry(brv_str *rest, brv_str *name, brv_str *digest)
{
    brv_str line;
    if (!brv_lines_next(rest, &line))
        return false;
    size_t space = line.len; // names may hold spaces, digests do not
    while (space > 0 && line.ptr[space - 1] != ' ')
        space--;
    *name = brv_str_slice(line, 0, space > 0 ? space - 1 : 0);
    *digest = brv_str_slice(line, space, line.len);
    return true;
}

static brv_str plugins_changed(const struct brv_batch *batch, struct brv_arena *arena, brv_str list)
{
    const struct brv_host *host = batch->tools->host;
    brv_str name;
    brv_str digest;
    while (next_entry(&list, &name, &digest)) {
        size_t i = 0;
        while (i < brv_host_plugin_count(host) &&
               !brv_str_equal(brv_host_plugin(host, i)->name, name))
            i++;
        if (i == brv_host_plugin_count(host) || !brv_str_equal(batch->plugin_digests[i], digest))
            return brv_arena_printf(
                arena, "the plugin \"%" BRV_STR_F "\" changed", BRV_STR_ARG(name));
    }
    return (brv_str){ 0 };
}

// The pictures of an analysis lie beside it; one that was not to be had may be there now.
static brv_str assets_changed(const struct brv_batch *batch, struct brv_arena *arena, brv_str path,
                              brv_str list)
{
    brv_str name;
    brv_str digest;
    while (next_entry(&list, &name, &digest)) {
        brv_str now = brv_depends_asset(batch, arena, path, name);
        if (!brv_str_equal(now, digest))
            return brv_arena_printf(
                arena, "the picture \"%" BRV_STR_F "\" changed", BRV_STR_ARG(name));
    }
    return (brv_str){ 0 };
}

// What plugins read by a grant. Many items may read the same file: it is looked at once in a run.
static brv_str reads_changed(struct brv_batch *batch, struct brv_arena *arena, brv_str list)
{
    brv_str name;
    brv_str digest;
    while (next_entry(&list, &name, &digest)) {
        size_t space = brv_str_find_byte(name, 0, ' ');
        brv_str plugin = brv_str_slice(name, 0, space);
        if (space == name.len)
            return brv_arena_printf(
                arena, "the plugin \"%" BRV_STR_F "\" reads the clock", BRV_STR_ARG(plugin));
        brv_str path = brv_str_from(name, space + 1);
        void **slot = brv_map_at(&batch->reads, brv_arena_str(batch->reads.arena, name));
        if (!*slot) {
            brv_str *now = BRV_NEW(batch->reads.arena, brv_str);
            struct brv_sink quiet = brv_sink_init(arena);
            brv_str content;
            bool is_there =
                brv_path_is_safe(path) &&
                brv_host_read(batch->tools->host, arena, plugin, path, &content, &quiet) == BRV_OK;
            *now = is_there ? brv_digest_of(batch->reads.arena, content) : BRV_S("-");
            *slot = now;
        }
        if (!brv_str_equal(*(const brv_str *)*slot, digest))
            return brv_arena_printf(arena,
                                    "\"%" BRV_STR_F "\", which the plugin \"%" BRV_STR_F
                                    "\" reads, changed",
                                    BRV_STR_ARG(path),
                                    BRV_STR_ARG(plugin));
    }
    return (brv_str){ 0 };
}

// Why an item that the ledger knows is to be rendered afresh; empty: its row stands.
static brv_str item_changed(struct brv_batch *batch, struct brv_slot *slot,
                            const struct brv_item_row *row)
{
    struct brv_arena *arena = slot->arena;
    if (!brv_str_equal(row->content, slot->row.content))
        return BRV_S("the analysis changed");
    if (slot->fault.len > 0 && !brv_str_equal(row->reason, slot->fault))
        return BRV_S("what is wrong with it changed");
    if (!brv_str_equal(row->stem, slot->row.stem))
        return BRV_S("its outputs are called otherwise");
    // That much of where it lies is told to plugins, and no more.
    if (!brv_str_equal(brv_path_file_name(row->origin), brv_path_file_name(slot->row.origin)))
        return BRV_S("its file is called otherwise");
    if (row->closure.len == 0)
        return row->outcome == BRV_ITEM_QUARANTINED ? BRV_S("its worker was killed")
                                                    : BRV_S("it could not be read, or written");
    if (!brv_str_equal(row->closure, batch->closure.id)) {
        struct brv_closure *before = &slot->before_closure;
        if (!brv_ledger_find_closure(batch->ledger, arena, row->closure, before))
            return BRV_S("what it was rendered with is not known");
        brv_str what = brv_item_recast(batch->bearings, arena, before, row, &slot->is_recast);
        if (what.len > 0)
            return what;
    }
    brv_str plugins = plugins_changed(batch, arena, row->plugins);
    if (plugins.len > 0)
        return plugins;
    brv_str assets = assets_changed(batch, arena, slot->path, row->assets);
    return assets.len > 0 ? assets : reads_changed(batch, arena, row->reads);
}

// Why one format is to be rendered; empty: its output stands.
static brv_str output_changed(const struct brv_batch *batch, const struct brv_slot *slot,
                              const struct brv_output *output, brv_str key, bool has_failed)
{
    struct brv_arena *arena = slot->arena;
    struct brv_output_row row;
    brv_str format = brv_str_from_cstr(output->name);
    if (!brv_ledger_find_output(batch->ledger, arena, slot->row.name, format, &row))
        return has_failed && brv_slot_has_failed_as(batch, slot, output)
                   ? (brv_str){ 0 }
                   : brv_arena_printf(arena, "it was not rendered to %s yet", output->name);
    if (!brv_str_equal(row.key, key))
        return brv_arena_printf(arena, "its %s is older than its last change", output->name);
    brv_str recast = slot->is_recast
                         ? brv_output_recast(batch->bearings, arena, &slot->before_closure, &row)
                         : (brv_str){ 0 };
    if (recast.len > 0)
        return recast;
    brv_str path = brv_path_join(arena, batch->out, row.path);
    uint64_t written_nanos = brv_batch_written_nanos(arena, path);
    if (written_nanos == 0)
        return brv_arena_printf(arena, "\"%" BRV_STR_F "\" is gone", BRV_STR_ARG(row.path));
    if (written_nanos != row.written_nanos && !brv_batch_is_as_written(arena, path, &row))
        return brv_arena_printf(arena, "\"%" BRV_STR_F "\" was altered", BRV_STR_ARG(row.path));
    return (brv_str){ 0 };
}

static void want_all(const struct brv_batch *batch, struct brv_slot *slot, brv_str why)
{
    slot->wanted = (1u << batch->format_count) - 1;
    slot->why = why;
}

// The same source may be called in several ways, "in", "../in", "/data/in", or lie elsewhere today,
// and what changed of sheets and plugins may not bear on it. Its outputs are the same then, and the
// ledger learns what it is called now and what it would be rendered with.
static void slot_retell(struct brv_batch *batch, struct brv_slot *slot, struct brv_item_row *row)
{
    bool has_met = slot->clash.len > 0 && row->outcome <= BRV_ITEM_DEGRADED;
    // While an output of another run's format is to be made afresh, the row tells what to compare.
    bool is_recast = slot->is_recast && brv_slot_keep(batch, slot, row);
    slot->is_retold = is_recast || !brv_str_equal(row->origin, slot->row.origin) ||
                      (has_met && !brv_str_equal(row->reason, slot->clash));
    if (!slot->is_retold)
        return;
    size_t count = 0;
    struct brv_diag_row *rows = brv_slot_rows_before(batch, slot, row, &count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].formats.len > 0) // the others are of its name, and told already
            brv_slot_tell(slot, &rows[i], 1);
    row->origin = slot->row.origin;
    if (is_recast)
        row->closure = batch->closure.id;
    if (!has_met)
        return;
    row->outcome = BRV_ITEM_DEGRADED;
    row->reason = slot->clash;
}

static bool has_copy(const struct brv_batch *batch, struct brv_arena *arena,
                     const struct brv_item_row *row)
{
    return brv_file_exists(
        brv_path_join(arena, batch->out, brv_batch_quarantine_path(arena, row, "")));
}

static bool has_failed_before(const struct brv_batch *batch, struct brv_arena *arena, brv_str name)
{
    struct brv_item_row row;
    return brv_ledger_find(batch->ledger, arena, name, &row) && row.outcome == BRV_ITEM_FAILED;
}

static bool has_folder_failed(const struct brv_batch *batch, struct brv_arena *arena,
                              brv_str folder)
{
    brv_str clean = brv_feed_name_clean(arena, folder);
    return has_failed_before(
        batch, arena, brv_arena_printf(arena, "%" BRV_STR_F "/", BRV_STR_ARG(clean)));
}

// Whether an archive, or a folder, that failed before has given an item now.
static bool is_of_mended(const struct brv_batch *batch, const struct brv_slot *slot)
{
    struct brv_arena *arena = slot->arena;
    if (slot->container.len > 0)
        return has_failed_before(batch, arena, brv_feed_name_clean(arena, slot->container));
    const struct brv_cli_list *operands = &batch->cli->operands;
    bool is_mended = false;
    for (brv_str folder = brv_path_directory(slot->row.name); folder.len > 0 && !is_mended;
         folder = brv_path_directory(folder))
        is_mended = has_folder_failed(batch, arena, folder);
    for (size_t i = 0; i < operands->count && !is_mended; i++)
        is_mended = has_folder_failed(batch, arena, brv_feed_root_name(operands->items[i]));
    return is_mended;
}

// Wants the formats whose outputs do not stand, of an item that is as its row tells.
static void formats_want(const struct brv_batch *batch, struct brv_slot *slot,
                         const struct brv_item_row *row)
{
    // What is no analysis, or brings workers down, does so in every format.
    if (slot->fault.len > 0 || row->outcome == BRV_ITEM_SKIPPED ||
        row->outcome == BRV_ITEM_QUARANTINED)
        return;
    const bool has_failed = row->outcome == BRV_ITEM_FAILED;
    brv_str key = brv_item_key(slot->arena, row);
    for (size_t i = 0; i < batch->format_count; i++) {
        brv_str changed = output_changed(batch, slot, batch->formats[i], key, has_failed);
        if (changed.len == 0)
            continue;
        slot->wanted |= 1u << i;
        slot->why = slot->why.len > 0 ? slot->why : changed;
    }
}

// An item whose row and outputs stand.
static void slot_leave(struct brv_batch *batch, struct brv_slot *slot, struct brv_item_row *row)
{
    slot->has_moved = slot->place == 0 && row->position != slot->row.position;
    slot_retell(batch, slot, row);
    row->position = slot->row.position;
    slot->row = *row;
    slot->is_unchanged = true;
    slot->why =
        slot->is_recast ? BRV_S("nothing that bears on it changed") : BRV_S("nothing changed");
}

// Whether the ledger has an output of an item, of the formats at hand.
static bool has_outputs(const struct brv_batch *batch, const struct brv_slot *slot)
{
    struct brv_output_row row;
    size_t i = 0;
    while (i < batch->format_count &&
           !brv_ledger_find_output(batch->ledger,
                                   slot->arena,
                                   slot->row.name,
                                   brv_str_from_cstr(batch->formats[i]->name),
                                   &row))
        i++;
    return i < batch->format_count;
}

// An item whose content could not be had has failed, but nothing is known to have changed: its
// outputs stay, and what is known of it. The next run tries it again.
static void slot_lose(const struct brv_batch *batch, struct brv_slot *slot,
                      const struct brv_item_row *row)
{
    struct brv_item_row now = *row;
    if (!brv_str_equal(row->stem, slot->row.stem) && has_outputs(batch, slot)) {
        const struct brv_diag_row warning = {
            .severity = BRV_S("warning"),
            .code = BRV_S("output"),
            .file = slot->row.origin,
            .message = brv_arena_printf(slot->arena,
                                        "its outputs were called \"%" BRV_STR_F
                                        "\", as those of another are now, which replace them",
                                        BRV_STR_ARG(row->stem)),
        };
        brv_slot_tell(slot, &warning, 1);
    }
    now.position = slot->place > 0 ? slot->place : slot->row.position;
    now.origin = slot->row.origin;
    now.closure = (brv_str){ 0 };
    slot->row = now;
    slot->why = BRV_S("it cannot be read");
}

// ---- exported

void brv_batch_decide(struct brv_batch *batch, struct brv_slot *slot)
{
    const struct brv_batch_options *options = batch->options;
    struct brv_item_row row;
    const bool is_known = brv_ledger_find(batch->ledger, slot->arena, slot->row.name, &row);
    const bool has_failed =
        is_known && (row.outcome == BRV_ITEM_FAILED || row.outcome == BRV_ITEM_QUARANTINED);
    slot->is_known = is_known;
    slot->place = is_known && brv_batch_has_globs(batch) ? row.position : 0;
    if (options->only_failed && !has_failed && (is_known || !is_of_mended(batch, slot))) {
        slot->is_left_out = true;
        return;
    }
    if (options->verifies) {
        slot->is_left_out = !is_known;
        if (has_failed && !has_outputs(batch, slot))
            slot_leave(batch, slot, &row); // it still counts as failed
        else
            want_all(batch, slot, BRV_S("it is verified"));
        return;
    }
    if (is_known && slot->is_lost) {
        slot_lose(batch, slot, &row);
        return;
    }
    brv_str why = is_known ? item_changed(batch, slot, &row) : BRV_S("it is new");
    if (why.len > 0) {
        want_all(batch, slot, why);
        return;
    }
    if (row.outcome == BRV_ITEM_QUARANTINED && !options->only_failed &&
        !has_copy(batch, slot->arena, &row)) {
        want_all(batch, slot, BRV_S("its copy in quarantine is gone"));
        return;
    }
    if (options->only_failed)
        want_all(batch, slot, BRV_S("it failed before"));
    else
        formats_want(batch, slot, &row);
    if (slot->wanted > 0)
        brv_slot_keep(batch, slot, &row);
    else
        slot_leave(batch, slot, &row);
}
