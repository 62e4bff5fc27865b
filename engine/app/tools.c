// Brevier — what the documents of a process share: stylesheets, plugins, fonts, settings.
// SPDX-License-Identifier: MIT
#include "app/job.h"
#include "app/modules.h"
#include "app/names.h"
#include "app/paths.h"
#include "app/sheet_images.h"
#include "app/strict.h"
#include "base/file.h"
#include "style/frozen.h"

// ---- settings

struct settings {
    struct brv_arena *arena;
    brv_str (*variables)[2];
    size_t variable_count;
    size_t variable_capacity;
    struct brv_plugin_setting *plugin;
    size_t plugin_count;
    size_t plugin_capacity;
};

static bool is_name(brv_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        if (!is_letter && !brv_is_digit((char)c) && c != '-' && c != '_')
            return false;
    }
    return text.len > 0;
}

// "--accent=#123" and "accent=#123" set a custom property, "plugin.option=3" an option.
static enum brv_status setting_parse(struct settings *settings, brv_str text, struct brv_sink *sink)
{
    size_t equals = brv_str_find_byte(text, 0, '=');
    brv_str key = brv_str_trim(brv_str_slice(text, 0, equals));
    size_t dot = brv_str_find_byte(key, 0, '.');
    brv_str name = brv_str_slice(key, 0, dot);
    brv_str option = dot < key.len ? brv_str_slice(key, dot + 1, key.len) : (brv_str){ 0 };
    if (equals == text.len || !is_name(name) || (dot < key.len && !is_name(option))) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "setting \"%" BRV_STR_F "\" is not understood, expected --NAME=VALUE for the "
                   "stylesheet or PLUGIN.OPTION=VALUE",
                   BRV_STR_ARG(text));
        return BRV_FAILED;
    }
    brv_str value = brv_str_trim(brv_str_slice(text, equals + 1, text.len));
    if (dot < key.len) {
        BRV_PUSH(
            settings->arena, settings->plugin, settings->plugin_count, settings->plugin_capacity) =
            (struct brv_plugin_setting){ .plugin = name, .option = option, .value = value };
        return BRV_OK;
    }
    if (!brv_str_starts_with(name, BRV_S("--")))
        name = brv_arena_printf(settings->arena, "--%" BRV_STR_F, BRV_STR_ARG(name));
    settings->variables = brv_arena_grow(settings->arena,
                                         settings->variables,
                                         &settings->variable_capacity,
                                         settings->variable_count + 1,
                                         sizeof *settings->variables);
    settings->variables[settings->variable_count][0] = name;
    settings->variables[settings->variable_count][1] = value;
    settings->variable_count++;
    return BRV_OK;
}

static void report_unknown_plugin(struct brv_arena *arena, const struct brv_host *host,
                                  brv_str name, struct brv_sink *sink)
{
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "unknown plugin \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    size_t count = 0;
    const char *const *names = brv_names_of_plugins(arena, host, &count);
    brv_diag_hint_nearest(sink, diag, name, names, count);
}

static enum brv_status settings_check(const struct settings *settings, const struct brv_host *host,
                                      struct brv_sink *sink)
{
    enum brv_status status = BRV_OK;
    for (size_t i = 0; i < settings->plugin_count; i++) {
        brv_str name = settings->plugin[i].plugin;
        if (brv_host_find(host, name))
            continue;
        report_unknown_plugin(settings->arena, host, name, sink);
        status = BRV_FAILED;
    }
    return status;
}

// ---- grants

// NULL after an error.
static struct brv_plugin_grant *grants_parse(struct brv_arena *arena,
                                             const struct brv_tools_options *options,
                                             struct brv_sink *sink)
{
    struct brv_plugin_grant *grants =
        BRV_NEW_ARRAY(arena, struct brv_plugin_grant, options->grant_count + 1);
    for (size_t i = 0; i < options->grant_count; i++) {
        bool is_understood = brv_plugin_grant_parse(options->grants[i], &grants[i]) == BRV_OK;
        brv_str folder = grants[i].folder;
        if (is_understood && (folder.len == 0 || brv_is_directory(folder)))
            continue;
        if (is_understood)
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_USAGE,
                       brv_span_none(),
                       "no folder \"%" BRV_STR_F "\" for --grant",
                       BRV_STR_ARG(folder));
        else
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_USAGE,
                       brv_span_none(),
                       "grant \"%" BRV_STR_F
                       "\" is not understood, expected PLUGIN:clock or PLUGIN:read=FOLDER",
                       BRV_STR_ARG(options->grants[i]));
        return NULL;
    }
    return grants;
}

// A grant that nobody asks for is a mistake, of the name or of who was trusted.
static enum brv_status grants_check(const struct brv_plugin_grant *grants, size_t count,
                                    const struct brv_host *host, struct brv_arena *arena,
                                    struct brv_sink *sink)
{
    for (size_t i = 0; i < count; i++) {
        size_t plugin = brv_host_index(host, grants[i].plugin);
        if (plugin == brv_host_plugin_count(host)) {
            report_unknown_plugin(arena, host, grants[i].plugin, sink);
            return BRV_FAILED;
        }
        if (brv_host_asks_for(host, plugin, grants[i].capability))
            continue;
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "plugin \"%" BRV_STR_F "\" does not ask for \"%" BRV_STR_F "\"",
                   BRV_STR_ARG(grants[i].plugin),
                   BRV_STR_ARG(grants[i].capability));
        return BRV_FAILED;
    }
    return BRV_OK;
}

// ---- folders and sheets

static enum brv_status folders_check(const struct brv_tools_options *options, struct brv_sink *sink)
{
    for (size_t i = 0; i < options->plugin_path_count; i++) {
        if (brv_is_directory(options->plugin_path[i]))
            continue;
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "no plugin folder \"%" BRV_STR_F "\"",
                   BRV_STR_ARG(options->plugin_path[i]));
        return BRV_FAILED;
    }
    return BRV_OK;
}

static bool sheet_is_path(brv_str sheet)
{
    return brv_str_find_byte(sheet, 0, '/') < sheet.len || brv_str_ends_with(sheet, BRV_S(".css"));
}

static bool sheet_exists(struct brv_arena *arena, brv_str sheet, struct brv_paths folders)
{
    if (sheet_is_path(sheet))
        return brv_file_exists(sheet);
    brv_str file = brv_arena_printf(arena, "%" BRV_STR_F ".css", BRV_STR_ARG(sheet));
    for (size_t i = 0; i < folders.count; i++)
        if (brv_file_exists(brv_path_join(arena, folders.items[i], file)))
            return true;
    return false;
}

static enum brv_status sheets_check(struct brv_arena *arena, const brv_str *sheets, size_t count,
                                    struct brv_paths folders, struct brv_sink *sink)
{
    for (size_t i = 0; i < count; i++) {
        if (sheet_exists(arena, sheets[i], folders))
            continue;
        struct brv_diag *diag = brv_report(sink,
                                           BRV_ERROR,
                                           BRV_CODE_USAGE,
                                           brv_span_none(),
                                           "unknown stylesheet \"%" BRV_STR_F "\"",
                                           BRV_STR_ARG(sheets[i]));
        if (sheet_is_path(sheets[i])) {
            brv_names_hint_file(arena, sheets[i], diag, sink);
        } else {
            size_t names_count = 0;
            const char *const *names =
                brv_names_of_files(arena, folders.items, folders.count, "css", &names_count);
            brv_diag_hint_nearest(sink, diag, sheets[i], names, names_count);
        }
        return BRV_FAILED;
    }
    return BRV_OK;
}

// ---- exported

struct brv_tools *brv_tools_new(struct brv_arena *arena, const struct brv_tools_options *options,
                                struct brv_sink *sink)
{
    static const brv_str standard_sheet = BRV_S_INIT("briefing");
    struct brv_tools *tools = BRV_NEW(arena, struct brv_tools);
    tools->arena = arena;
    tools->limits = brv_limits_default();
    tools->is_strict = options->is_strict;

    struct settings settings = { .arena = arena };
    for (size_t i = 0; i < options->setting_count; i++)
        if (setting_parse(&settings, options->settings[i], sink))
            return NULL;
    const struct brv_plugin_grant *grants = grants_parse(arena, options, sink);
    if (!grants || folders_check(options, sink))
        return NULL;

    const brv_str *sheets = options->sheet_count > 0 ? options->sheets : &standard_sheet;
    size_t sheet_count = options->sheet_count > 0 ? options->sheet_count : 1;
    struct brv_paths style_path = brv_paths_stylesheets(arena);
    if (sheets_check(arena, sheets, sheet_count, style_path, sink))
        return NULL;
    struct brv_sheet_opener *opener = BRV_NEW(arena, struct brv_sheet_opener);
    *opener = (struct brv_sheet_opener){ .arena = arena, .limits = &tools->limits };
    struct brv_stylesheets_options style_options = {
        .sheets = sheets,
        .sheet_count = sheet_count,
        .search_path = style_path.items,
        .search_path_count = style_path.count,
        .variables = (const brv_str(*)[2])settings.variables,
        .variable_count = settings.variable_count,
        .limits = &tools->limits,
        .open_image = brv_sheet_image_open,
        .open_image_user = opener,
        .frozen = &brv_frozen_shipped,
    };
    size_t errors = sink->counts[BRV_ERROR];
    tools->sheets = brv_stylesheets_new(arena, &style_options, sink);
    if (!tools->sheets)
        return NULL;

    struct brv_paths plugin_path =
        brv_paths_plugins(arena, options->plugin_path, options->plugin_path_count);
    struct brv_host_options host_options = {
        .path = plugin_path.items,
        .path_count = plugin_path.count,
        .index = brv_paths_plugin_index(arena),
        .limits = &tools->limits,
    };
    host_options.grants = grants;
    host_options.grant_count = options->grant_count;
    tools->host = brv_host_new(arena, &host_options, sink);
    tools->is_degraded = sink->counts[BRV_ERROR] > errors;
    tools->settings = settings.plugin;
    tools->setting_count = settings.plugin_count;
    if (settings_check(&settings, tools->host, sink) ||
        grants_check(grants, options->grant_count, tools->host, arena, sink))
        return NULL;

    if (tools->is_strict) {
        brv_strict_promote(sink);
        if (brv_sink_has_errors(sink))
            return NULL;
    }
    return tools;
}

void brv_tools_keep_common(struct brv_tools *tools)
{
    enum { MEMO_BYTES = 3 << 19 }; // the styles of some four hundred documents
    tools->memo = brv_memo_new(tools->arena, MEMO_BYTES);
    tools->styles = brv_style_cache_new(tools->arena, tools->sheets);
    brv_host_keep_states(tools->host);
}

static const struct brv_module *open_module(struct brv_tools *tools, const char *name,
                                            struct brv_sink *sink)
{
    const struct brv_module *module = brv_module_join(tools->ahead, name);
    return module ? module : brv_module_open(tools->arena, name, sink);
}

const struct brv_module *brv_tools_module(struct brv_tools *tools, const struct brv_output *output,
                                          struct brv_sink *sink)
{
    size_t index = 0;
    while (brv_outputs[index] != output)
        index++;
    if (!tools->modules[index])
        tools->modules[index] = open_module(tools, output->module, sink);
    return tools->modules[index];
}

const struct brv_module *brv_tools_layout(struct brv_tools *tools, struct brv_sink *sink)
{
    if (!tools->layout)
        tools->layout = open_module(tools, BRV_MODULE_LAYOUT, sink);
    return tools->layout;
}

const struct brv_module *brv_tools_fonts(struct brv_tools *tools, struct brv_sink *sink)
{
    const struct brv_module *layout = brv_tools_layout(tools, sink);
    if (layout && !tools->fonts)
        tools->fonts = brv_module_join_fonts(tools->ahead);
    if (layout && !tools->fonts)
        tools->fonts = layout->fonts_new(tools->arena, brv_paths_font_index(tools->arena));
    return layout;
}

const struct brv_zip *brv_tools_zip(void *user, struct brv_sink *sink)
{
    struct brv_tools *tools = user;
    if (!tools->zip) {
        const struct brv_module *module = open_module(tools, BRV_MODULE_ZIP, sink);
        tools->zip = module ? module->zip : NULL;
    }
    return tools->zip;
}
