// Brevier — finding plugins and choosing one for a section.
// SPDX-License-Identifier: MIT
#include "plugin/host.h"

#include "base/file.h"
#include "plugin/code.h"
#include "plugin/host_internal.h"
#include "plugin/image.h"

// ---- finding

// A program whose files the index knows, unread; NULL when it has not the code of all of them.
static struct brv_program *told_program(const struct brv_host *host,
                                        const struct brv_plugin_told *told)
{
    brv_str *paths = BRV_NEW_ARRAY(host->arena, brv_str, told->file_count);
    uint64_t *keys = BRV_NEW_ARRAY(host->arena, uint64_t, told->file_count);
    for (size_t i = 0; i < told->file_count; i++) {
        paths[i] = told->files[i].path;
        keys[i] = told->files[i].key;
    }
    struct brv_program *program =
        brv_program_of_files(host->arena, told->manifest.info.path, paths, told->file_count);
    program->codes = host->codes;
    return brv_program_take_codes(program, keys) ? program : NULL;
}

// A plugin's program, made when it is first asked for. NULL, and an error, when a file of it cannot
// be read.
static const struct brv_program *program_of(const struct brv_host *host, struct brv_plugin *plugin,
                                            struct brv_sink *sink)
{
    if (plugin->program)
        return plugin->program;
    struct brv_program *program = told_program(host, plugin->told);
    if (!program)
        program = brv_program_load(host->arena, plugin->manifest->info.path, sink);
    if (program)
        program->codes = host->codes;
    plugin->program = program;
    return program;
}

static struct brv_span name_span(const struct brv_host *host, struct brv_plugin *plugin,
                                 struct brv_sink *sink)
{
    const struct brv_program *program = program_of(host, plugin, sink);
    return program ? brv_manifest_key_span(program, BRV_S("name")) : brv_span_none();
}

// Which of two in one folder wins would depend on the names of their files.
static void report_namesake(const struct brv_host *host, struct brv_plugin *first,
                            struct brv_plugin *second, struct brv_sink *sink)
{
    struct brv_diag *diag =
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   name_span(host, second, sink),
                   "a second plugin \"%" BRV_STR_F "\" in one folder; it is not used",
                   BRV_STR_ARG(first->manifest->info.name));
    brv_diag_note(sink, diag, name_span(host, first, sink), "the first one is here");
}

// Takes a plugin in when its name is new.
static void add_plugin(struct brv_host *host, struct brv_plugin *plugin, struct brv_sink *sink)
{
    size_t earlier = brv_host_index(host, plugin->manifest->info.name);
    if (earlier < host->plugin_count) { // in an earlier folder, as it is meant, or in this one
        if (earlier >= host->folder_start)
            report_namesake(host, &host->plugins[earlier], plugin, sink);
        if (plugin->newborn)
            brv_sandbox_close(plugin->newborn);
        return;
    }
    BRV_PUSH(host->arena, host->plugins, host->plugin_count, host->plugin_capacity) = *plugin;
}

void brv_host_add(struct brv_host *host, struct brv_program *program, struct brv_sink *sink)
{
    if (!program)
        return;
    program->codes = host->codes;
    struct brv_plugin plugin = { .program = program };
    plugin.manifest = brv_manifest_load(host->arena, program, &host->limits, &plugin.newborn, sink);
    if (plugin.manifest)
        add_plugin(host, &plugin, sink);
}

// Sections were given away on the word of the index: what is not as it said is not run.
static enum brv_status check_index(const struct brv_plugin *plugin,
                                   const struct brv_manifest *found, struct brv_sink *sink)
{
    if (brv_plugin_info_equal(&plugin->manifest->info, &found->info))
        return BRV_OK;
    struct brv_diag *diag =
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   brv_manifest_key_span(plugin->program, BRV_S("name")),
                   "plugin \"%" BRV_STR_F "\" is not what the index of plugins says of it",
                   BRV_STR_ARG(plugin->manifest->info.name));
    brv_diag_hint(sink, diag, "make it anew: brevier plugin index FOLDER -o plugins.index");
    return BRV_FAILED;
}

static enum brv_status wake(const struct brv_host *host, struct brv_plugin *plugin,
                            struct brv_sink *sink)
{
    if (!plugin->is_asleep)
        return BRV_OK;
    if (!program_of(host, plugin, sink))
        return BRV_FAILED;
    struct brv_sandbox *newborn = NULL;
    const struct brv_manifest *manifest =
        brv_manifest_load(host->arena, plugin->program, &host->limits, &newborn, sink);
    if (!manifest)
        return BRV_FAILED;
    if (check_index(plugin, manifest, sink)) {
        brv_sandbox_close(newborn);
        return BRV_FAILED;
    }
    plugin->newborn = newborn;
    plugin->manifest = manifest;
    plugin->is_asleep = false;
    return BRV_OK;
}

enum brv_status brv_host_wake(struct brv_host *host, size_t index, struct brv_sink *sink)
{
    return wake(host, &host->plugins[index], sink);
}

static bool is_plugin(struct brv_arena *arena, brv_str path)
{
    if (brv_is_directory(path))
        return brv_file_exists(brv_path_join(arena, path, BRV_S("init.lua")));
    return brv_str_ends_with(path, BRV_S(".lua"));
}

// NAME.lua, or a folder NAME with init.lua.
static void search_folder(struct brv_host *host, brv_str folder, struct brv_plugin_index *index,
                          struct brv_sink *sink)
{
    size_t count = 0;
    brv_str *names = brv_directory_list(host->arena, folder, &count);
    host->folder_start = host->plugin_count;
    for (size_t i = 0; i < count; i++) {
        if (names[i].len > 0 && names[i].ptr[0] == '.')
            continue;
        brv_str path = brv_path_join(host->arena, folder, names[i]);
        struct brv_plugin plugin = { .is_asleep = true };
        if (index)
            plugin.told = brv_plugin_index_take(index, host->arena, folder, names[i]);
        if (plugin.told) {
            plugin.manifest = &plugin.told->manifest;
            add_plugin(host, &plugin, sink);
        } else if (is_plugin(host->arena, path)) {
            brv_host_add(host, brv_program_load(host->arena, path, sink), sink);
        }
    }
}

struct brv_host *brv_host_new(struct brv_arena *arena, const struct brv_host_options *options,
                              struct brv_sink *sink)
{
    struct brv_host *host = BRV_NEW(arena, struct brv_host);
    host->arena = arena;
    host->grants = options->grants;
    host->grant_count = options->grant_count;
    host->limits = options->limits ? *options->limits : brv_limits_default();
    struct brv_plugin_index *index =
        options->index.len > 0 ? brv_plugin_index_read(arena, options->index) : NULL;
    host->codes = brv_codes_new(arena, index);
    for (size_t i = 0; i < options->path_count; i++)
        search_folder(host, options->path[i], i + 1 == options->path_count ? index : NULL, sink);
    return host;
}

static void drop_states(void *ptr)
{
    struct brv_host *host = ptr;
    for (size_t i = 0; i < host->plugin_count; i++)
        brv_image_free(host->plugins[i].image);
}

void brv_host_keep_states(struct brv_host *host)
{
    if (!host->keeps_states)
        brv_arena_on_free(host->arena, drop_states, host);
    host->keeps_states = true;
}

size_t brv_host_plugin_count(const struct brv_host *host)
{
    return host->plugin_count;
}

const struct brv_plugin_info *brv_host_plugin(const struct brv_host *host, size_t index)
{
    return &host->plugins[index].manifest->info;
}

const struct brv_plugin_info *brv_host_find(const struct brv_host *host, brv_str name)
{
    size_t index = brv_host_index(host, name);
    return index < host->plugin_count ? brv_host_plugin(host, index) : NULL;
}

size_t brv_host_file_count(const struct brv_host *host, size_t plugin)
{
    struct brv_sink ignored = brv_sink_init(host->arena);
    const struct brv_program *program = program_of(host, &host->plugins[plugin], &ignored);
    return program && brv_program_read(program) ? program->module_count : 0;
}

const struct brv_source *brv_host_file(const struct brv_host *host, size_t plugin, size_t index)
{
    return brv_module_source(&host->plugins[plugin].program->modules[index]);
}

// The manifest that the plugin itself gives: the index tells neither capabilities nor options.
static const struct brv_manifest *whole_manifest(const struct brv_host *host, size_t index)
{
    struct brv_plugin *plugin = &host->plugins[index];
    struct brv_sink ignored = brv_sink_init(host->arena);
    if (wake(host, plugin, &ignored))
        return NULL;
    return plugin->manifest;
}

bool brv_host_asks_for(const struct brv_host *host, size_t plugin, brv_str capability)
{
    enum brv_capability asked = brv_capability_find(capability);
    const struct brv_manifest *manifest = whole_manifest(host, plugin);
    return manifest && asked < BRV_CAPABILITY_COUNT && manifest->wants[asked];
}

bool brv_host_option(const struct brv_host *host, size_t plugin, size_t index,
                     struct brv_plugin_option *option)
{
    const struct brv_manifest *manifest = whole_manifest(host, plugin);
    if (!manifest || index >= manifest->option_count)
        return false;
    *option = (struct brv_plugin_option){
        .name = manifest->options[index].name,
        .type = brv_option_type_name(manifest->options[index].type),
        .help = manifest->options[index].help,
    };
    return true;
}

size_t brv_host_index(const struct brv_host *host, brv_str name)
{
    size_t i = 0;
    while (i < host->plugin_count && !brv_str_equal(host->plugins[i].manifest->info.name, name))
        i++;
    return i;
}

// ---- choosing

bool brv_has_word(const brv_str *words, size_t count, brv_str word)
{
    for (size_t i = 0; i < count; i++)
        if (brv_str_equal(words[i], word))
            return true;
    return false;
}

enum brv_match_rank brv_plugin_rank(const struct brv_manifest *manifest, brv_str kind, brv_str slug)
{
    const struct brv_plugin_info *info = &manifest->info;
    if (!info->has_render)
        return BRV_MATCH_NONE;
    if (info->kind_count > 0 && !brv_has_word(info->kinds, info->kind_count, kind))
        return BRV_MATCH_NONE;
    if (info->section_count > 0) {
        if (!brv_has_word(info->sections, info->section_count, slug))
            return BRV_MATCH_NONE;
        return info->kind_count > 0 ? BRV_MATCH_SECTION_AND_KIND : BRV_MATCH_SECTION;
    }
    if (info->has_match)
        return BRV_MATCH_FUNCTION;
    if (info->kind_count > 0)
        return BRV_MATCH_KIND;
    return brv_str_is(info->name, "default") ? BRV_MATCH_DEFAULT : BRV_MATCH_NONE;
}
