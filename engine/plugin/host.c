// Brevier — finding plugins and choosing one for a section.
// SPDX-License-Identifier: MIT
#include "plugin/host.h"

#include "base/file.h"
#include "plugin/host_internal.h"
#include "plugin/peek.h"

// ---- finding

// Which of two in one folder wins would depend on the names of their files.
static void report_namesake(const struct brv_plugin *first, const struct brv_program *second,
                            struct brv_sink *sink)
{
    struct brv_diag *diag =
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   brv_manifest_key_span(second, BRV_S("name")),
                   "a second plugin \"%" BRV_STR_F "\" in one folder; it is not used",
                   BRV_STR_ARG(first->manifest->info.name));
    brv_diag_note(
        sink, diag, brv_manifest_key_span(first->program, BRV_S("name")), "the first one is here");
}

void brv_host_add(struct brv_host *host, const struct brv_program *program, struct brv_sink *sink)
{
    struct brv_sandbox *newborn = NULL;
    struct brv_manifest *manifest =
        program && host->is_trusted ? brv_manifest_peek(host->arena, program) : NULL;
    bool is_asleep = manifest != NULL;
    if (program && !manifest)
        manifest = brv_manifest_load(host->arena, program, &host->limits, &newborn, sink);
    if (!manifest)
        return;
    size_t earlier = brv_host_index(host, manifest->info.name);
    if (earlier < host->plugin_count) { // in an earlier folder, as it is meant, or in this one
        if (earlier >= host->folder_start)
            report_namesake(&host->plugins[earlier], program, sink);
        if (newborn)
            brv_sandbox_close(newborn);
        return;
    }
    struct brv_plugin plugin = { manifest, program, newborn, is_asleep };
    BRV_PUSH(host->arena, host->plugins, host->plugin_count, host->plugin_capacity) = plugin;
}

enum brv_status brv_host_wake(struct brv_host *host, size_t index, struct brv_sink *sink)
{
    struct brv_plugin *plugin = &host->plugins[index];
    if (!plugin->is_asleep)
        return BRV_OK;
    const struct brv_manifest *manifest =
        brv_manifest_load(host->arena, plugin->program, &host->limits, &plugin->newborn, sink);
    if (!manifest)
        return BRV_FAILED;
    plugin->manifest = manifest;
    plugin->is_asleep = false;
    return BRV_OK;
}

// NAME.lua, or a folder NAME with init.lua.
static void search_folder(struct brv_host *host, brv_str folder, struct brv_sink *sink)
{
    size_t count = 0;
    brv_str *names = brv_directory_list(host->arena, folder, &count);
    host->folder_start = host->plugin_count;
    for (size_t i = 0; i < count; i++) {
        brv_str path = brv_path_join(host->arena, folder, names[i]);
        if (names[i].len > 0 && names[i].ptr[0] == '.')
            continue;
        if (brv_is_directory(path)) {
            if (brv_file_exists(brv_path_join(host->arena, path, BRV_S("init.lua"))))
                brv_host_add(host, brv_program_load(host->arena, path, sink), sink);
        } else if (brv_str_ends_with(names[i], BRV_S(".lua"))) {
            brv_host_add(host, brv_program_load(host->arena, path, sink), sink);
        }
    }
}

struct brv_host *brv_host_new(struct brv_arena *arena, const struct brv_host_options *options,
                              struct brv_sink *sink)
{
    struct brv_host *host = BRV_NEW(arena, struct brv_host);
    host->arena = arena;
    host->limits = options->limits ? *options->limits : brv_limits_default();
    for (size_t i = 0; i < options->path_count; i++) {
        host->is_trusted = i + options->trusted_count >= options->path_count;
        search_folder(host, options->path[i], sink);
    }
    return host;
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
    return host->plugins[plugin].program->module_count;
}

const struct brv_source *brv_host_file(const struct brv_host *host, size_t plugin, size_t index)
{
    return host->plugins[plugin].program->modules[index].source;
}

bool brv_host_option(const struct brv_host *host, size_t plugin, size_t index,
                     struct brv_plugin_option *option)
{
    const struct brv_manifest *manifest = host->plugins[plugin].manifest;
    if (index >= manifest->option_count)
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

static bool has_word(const brv_str *words, size_t count, brv_str word)
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
    if (info->kind_count > 0 && !has_word(info->kinds, info->kind_count, kind))
        return BRV_MATCH_NONE;
    if (info->section_count > 0) {
        if (!has_word(info->sections, info->section_count, slug))
            return BRV_MATCH_NONE;
        return info->kind_count > 0 ? BRV_MATCH_SECTION_AND_KIND : BRV_MATCH_SECTION;
    }
    if (info->has_match)
        return BRV_MATCH_FUNCTION;
    if (info->kind_count > 0)
        return BRV_MATCH_KIND;
    return brv_str_is(info->name, "default") ? BRV_MATCH_DEFAULT : BRV_MATCH_NONE;
}
