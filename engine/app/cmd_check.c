// Brevier — `brevier check`: messages about documents, stylesheets and plugins, nothing else.
// SPDX-License-Identifier: MIT
#include "app/inputs.h"
#include "app/names.h"
#include "app/paths.h"
#include "app/samples.h"
#include "app/sheet_images.h"
#include "app/strict.h"
#include "base/file.h"

static enum brv_exit sink_exit(struct brv_cli *cli, struct brv_sink *sink)
{
    if (cli->is_strict)
        brv_strict_promote(sink);
    return brv_sink_has_errors(sink) ? BRV_EXIT_FAILED : BRV_EXIT_DONE;
}

// A path without the "./" that a search in the current folder puts before it.
static brv_str path_plain(brv_str path)
{
    while (brv_str_starts_with(path, BRV_S("./")))
        path = brv_str_slice(path, 2, path.len);
    return path;
}

// About the file of this path, or a file in the folder of this path.
static bool diag_is_about(const struct brv_diag *diag, brv_str path)
{
    if (!diag->span.source)
        return false;
    brv_str name = path_plain(diag->span.source->name);
    path = path_plain(path);
    return brv_str_equal(name, path) ||
           (brv_str_starts_with(name, path) && name.len > path.len && name.ptr[path.len] == '/');
}

// Moves the messages about a file from one sink to another.
static void move_about(struct brv_sink *from, brv_str path, struct brv_sink *to)
{
    for (struct brv_diag *diag = from->first, *next; diag; diag = next) {
        next = diag->next;
        if (!diag_is_about(diag, path))
            continue;
        diag->next = NULL;
        if (to->last)
            to->last->next = diag;
        else
            to->first = diag;
        to->last = diag;
        to->kept++;
        to->counts[diag->severity]++;
    }
}

enum subject { SUBJECT_DOCUMENT, SUBJECT_SHEET, SUBJECT_PLUGIN };

static bool is_plugin_folder(struct brv_arena *arena, brv_str path)
{
    return brv_is_directory(path) && brv_file_exists(brv_path_join(arena, path, BRV_S("init.lua")));
}

static enum subject subject_of(struct brv_arena *arena, brv_str path)
{
    const brv_str suffix = brv_path_extension(path);
    return brv_str_is(suffix, "css")                                    ? SUBJECT_SHEET
           : brv_str_is(suffix, "lua") || is_plugin_folder(arena, path) ? SUBJECT_PLUGIN
                                                                        : SUBJECT_DOCUMENT;
}

// What the host knows a plugin by: a file, or the folder of an init.lua.
static brv_str plugin_path(brv_str path)
{
    if (brv_str_is(brv_path_file_name(path), "init.lua") && brv_path_directory(path).len > 0)
        path = brv_path_directory(path);
    while (path.len > 1 && brv_str_ends_with(path, BRV_S("/")))
        path.len--;
    return path;
}

static brv_str plugin_folder(brv_str path)
{
    const brv_str folder = brv_path_directory(plugin_path(path));
    return folder.len > 0 ? folder : BRV_S(".");
}

// What else stands on the line of a sheet: the sheet is tried on its analyses too, and with its
// plugins. Standard input is read but once, so it is left to the check of itself.
struct company {
    struct brv_sample *samples;
    size_t sample_count;
    brv_str *folders; // to look for plugins in
    size_t folder_count;
};

static struct company company_of(const struct brv_cli *cli, const struct brv_inputs *inputs,
                                 struct brv_arena *arena)
{
    struct company company = {
        .samples = BRV_NEW_ARRAY(arena, struct brv_sample, inputs->count),
        .folders = BRV_NEW_ARRAY(arena, brv_str, cli->plugin_path.count + inputs->count),
    };
    for (size_t i = 0; i < cli->plugin_path.count; i++)
        company.folders[company.folder_count++] = cli->plugin_path.items[i];
    struct brv_sink sink = brv_sink_init(arena);
    for (size_t i = 0; i < inputs->count; i++) {
        const struct brv_input *input = &inputs->items[i];
        const enum subject subject = subject_of(arena, input->path);
        struct brv_sample sample = { .name = input->name };
        if (subject == SUBJECT_PLUGIN)
            company.folders[company.folder_count++] = plugin_folder(input->path);
        else if (subject == SUBJECT_DOCUMENT && !brv_str_is(input->path, "-") &&
                 brv_input_read(cli, arena, input, &sample.bytes, &sink) == BRV_OK)
            company.samples[company.sample_count++] = sample;
    }
    return company;
}

// A sheet is read by itself. When it can be read it is tried on the samples too: a rule of its own
// that matches nothing there is worth a note. What plugins get wrong is not the sheet's.
static void check_sheet(const struct brv_cli *cli, const struct brv_inputs *inputs,
                        struct brv_arena *arena, brv_str path, struct brv_sink *sink)
{
    struct brv_paths folders = brv_paths_stylesheets(arena);
    const struct brv_limits limits = brv_limits_default();
    struct brv_sheet_opener opener = { .arena = arena, .limits = &limits };
    struct brv_stylesheets_options sheet_options = {
        .sheets = &path,
        .sheet_count = 1,
        .search_path = folders.items,
        .search_path_count = folders.count,
        .open_image = brv_sheet_image_open,
        .open_image_user = &opener,
    };
    if (!brv_stylesheets_new(arena, &sheet_options, sink))
        return; // and it was said why
    const struct company company = company_of(cli, inputs, arena);
    struct brv_tools_options options = {
        .sheets = &path,
        .sheet_count = 1,
        .plugin_path = company.folders,
        .plugin_path_count = company.folder_count,
    };
    struct brv_sink other = brv_sink_init(arena);
    struct brv_tools *tools = brv_tools_new(arena, &options, &other);
    struct brv_sink notes = brv_sink_init(arena);
    if (tools)
        brv_samples_try(tools, company.samples, company.sample_count, &notes);
    move_about(&notes, path, sink);
}

// A plugin is checked by loading its folder as the host does; what concerns other plugins is
// theirs.
static void check_plugin(struct brv_arena *arena, brv_str path, struct brv_sink *sink)
{
    const brv_str folder = plugin_folder(path);
    struct brv_sink all = brv_sink_init(arena);
    struct brv_host_options options = { .path = &folder, .path_count = 1 };
    (void)brv_host_new(arena, &options, &all);
    move_about(&all, plugin_path(path), sink);
}

static void check_document(struct brv_cli *cli, struct brv_tools *tools,
                           const struct brv_output *output, const struct brv_input *input,
                           brv_str bytes, struct brv_arena *arena, struct brv_sink *sink)
{
    struct brv_job job = brv_cli_job(cli, arena, tools, output, input->path);
    if (brv_job_load(&job, input->name, bytes, sink) || brv_job_build(&job, sink) ||
        brv_job_style(&job, sink) || brv_job_lay_out(&job, sink))
        return; // reported
}

enum brv_exit brv_cmd_check(struct brv_cli *cli)
{
    if (cli->operands.count == 0)
        return brv_cli_fault(cli, "check what? name analyses, stylesheets or plugins");
    const struct brv_output *output =
        brv_cli_output(cli, cli->format.len > 0 ? cli->format : BRV_S("text"));
    if (!output)
        return BRV_EXIT_USAGE;
    struct brv_tools *tools = NULL; // made for the first document: sheets and plugins need none
    enum brv_exit exit = BRV_EXIT_DONE;
    struct brv_inputs inputs = { 0 };
    if (brv_inputs_collect(cli, &inputs))
        return brv_cli_failed(cli->sink);
    for (size_t i = 0; i < inputs.count; i++) {
        const struct brv_input *input = &inputs.items[i];
        brv_str path = input->path;
        struct brv_arena *arena = brv_arena_new();
        struct brv_sink sink = brv_sink_init(arena);
        brv_str bytes = { 0 };
        const enum subject subject = subject_of(arena, path);
        if (!is_plugin_folder(arena, path) && brv_input_read(cli, arena, input, &bytes, &sink)) {
            exit = brv_exit_worse(exit, BRV_EXIT_FAILED); // and it was said why
        } else if (subject == SUBJECT_SHEET) {
            check_sheet(cli, &inputs, arena, path, &sink);
        } else if (subject == SUBJECT_PLUGIN) {
            check_plugin(arena, path, &sink);
        } else {
            if (!tools)
                tools = brv_cli_tools(cli);
            if (!tools) {
                brv_arena_free(arena);
                return brv_cli_failed(cli->sink);
            }
            exit = brv_exit_worse(exit, tools->is_degraded ? BRV_EXIT_FAILED : BRV_EXIT_DONE);
            check_document(cli, tools, output, input, bytes, arena, &sink);
        }
        exit = brv_exit_worse(exit, sink_exit(cli, &sink));
        brv_cli_print(cli, &sink);
        brv_arena_free(arena);
    }
    return exit;
}
