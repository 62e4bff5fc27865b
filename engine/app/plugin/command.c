// Brevier — `brevier plugin`: the subcommands, and how they find a plugin.
// SPDX-License-Identifier: MIT
#include "app/plugin/plugin.h"

#include "app/names.h"
#include "base/file.h"

// "index" is for the build and for packages, and is told nowhere.
static const struct {
    const char *name;
    bool wants_operands;
    enum brv_exit (*run)(struct brv_cli *cli);
} subcommands[] = {
    { "list", false, brv_plugin_list },        { "new", true, brv_plugin_new },
    { "check", true, brv_plugin_check },       { "test", true, brv_plugin_test },
    { "stubs", false, brv_plugin_stubs_show }, { "index", true, brv_plugin_index_write },
};

enum brv_exit brv_cmd_plugin(struct brv_cli *cli)
{
    const char *names[BRV_COUNT(subcommands)];
    for (size_t i = 0; i < BRV_COUNT(subcommands); i++)
        names[i] = subcommands[i].name;
    if (cli->operands.count == 0)
        return brv_cli_fault(cli, "plugin does what? list, new, check, test or stubs");
    brv_str word = cli->operands.items[0];
    for (size_t i = 0; i < BRV_COUNT(subcommands); i++) {
        if (!brv_str_is(word, subcommands[i].name))
            continue;
        if (subcommands[i].wants_operands && cli->operands.count < 2)
            return brv_cli_fault(cli, "plugin %s needs a plugin", subcommands[i].name);
        return subcommands[i].run(cli);
    }
    struct brv_diag *diag = brv_report(cli->sink,
                                       BRV_ERROR,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "plugin does not know \"%" BRV_STR_F
                                       "\", expected list, new, check, test or stubs",
                                       BRV_STR_ARG(word));
    brv_diag_hint_nearest(cli->sink, diag, word, names, BRV_COUNT(names));
    return BRV_EXIT_USAGE;
}

static brv_str path_plain(brv_str path)
{
    while (brv_str_starts_with(path, BRV_S("./")))
        path = brv_str_slice(path, 2, path.len);
    while (path.len > 1 && brv_str_ends_with(path, BRV_S("/")))
        path.len--;
    return path;
}

static brv_str tests_of(struct brv_arena *arena, brv_str path)
{
    if (brv_is_directory(path))
        return brv_path_join(arena, path, BRV_S("tests"));
    brv_str stem = brv_str_slice(path, 0, path.len - strlen(".lua"));
    return brv_arena_printf(arena, "%" BRV_STR_F ".tests", BRV_STR_ARG(stem));
}

// Whether it is about another plugin, which lies in the same folder and was read with this one.
static bool is_of_neighbour(const struct brv_diag *diag, brv_str folder, brv_str path)
{
    if (!diag->span.source)
        return false;
    brv_str name = path_plain(diag->span.source->name);
    bool is_own =
        brv_str_starts_with(name, path) && (name.len == path.len || name.ptr[path.len] == '/');
    bool is_beside = brv_str_is(folder, ".") ? name.ptr[0] != '/'
                                             : brv_str_starts_with(name, path_plain(folder));
    return is_beside && !is_own && brv_str_is(brv_path_extension(name), "lua");
}

static void pass_on(struct brv_sink *sink, const struct brv_diag *diag)
{
    struct brv_diag *copy = brv_report(
        sink, diag->severity, diag->code, diag->span, "%" BRV_STR_F, BRV_STR_ARG(diag->message));
    copy->hint = diag->hint;
    copy->notes = diag->notes;
}

enum brv_status brv_plugin_open(struct brv_cli *cli, brv_str path,
                                struct brv_plugin_subject *subject)
{
    path = path_plain(path);
    if (brv_str_is(brv_path_file_name(path), "init.lua") && brv_path_directory(path).len > 0)
        path = brv_path_directory(path);
    brv_str folder = brv_path_directory(path);
    if (folder.len == 0)
        folder = BRV_S(".");
    bool is_plugin = brv_is_directory(path)
                         ? brv_file_exists(brv_path_join(cli->arena, path, BRV_S("init.lua")))
                         : brv_file_exists(path) && brv_str_is(brv_path_extension(path), "lua");
    if (!is_plugin) {
        struct brv_diag *diag =
            brv_report(cli->sink,
                       BRV_ERROR,
                       BRV_CODE_USAGE,
                       brv_span_none(),
                       "no plugin \"%" BRV_STR_F "\", expected NAME.lua or a folder with init.lua",
                       BRV_STR_ARG(path));
        brv_names_hint_file(cli->arena, path, diag, cli->sink);
        return BRV_FAILED;
    }
    struct brv_cli with_folder = *cli;
    size_t count = cli->plugin_path.count + 1;
    brv_str *folders = BRV_NEW_ARRAY(cli->arena, brv_str, count);
    folders[0] = folder;
    for (size_t i = 1; i < count; i++)
        folders[i] = cli->plugin_path.items[i - 1];
    with_folder.plugin_path = (struct brv_cli_list){ .items = folders, .count = count };
    size_t errors = cli->sink->counts[BRV_ERROR];
    struct brv_sink found = brv_sink_init(cli->arena);
    with_folder.sink = &found;
    *subject = (struct brv_plugin_subject){
        .cli = cli,
        .tools = brv_cli_tools(&with_folder),
        .path = path,
        .tests = tests_of(cli->arena, path),
    };
    for (const struct brv_diag *diag = found.first; diag; diag = diag->next)
        if (!subject->tools || !is_of_neighbour(diag, folder, path))
            pass_on(cli->sink, diag);
    if (!subject->tools)
        return BRV_FAILED;
    const struct brv_host *host = subject->tools->host;
    for (size_t i = 0; i < brv_host_plugin_count(host); i++) {
        if (!brv_str_equal(path_plain(brv_host_plugin(host, i)->path), path))
            continue;
        subject->index = i;
        subject->info = brv_host_plugin(host, i);
        return BRV_OK;
    }
    if (cli->sink->counts[BRV_ERROR] == errors)
        brv_report(cli->sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   brv_span_none(),
                   "\"%" BRV_STR_F "\" was not loaded as a plugin",
                   BRV_STR_ARG(path));
    return BRV_FAILED;
}

struct brv_job brv_plugin_job(const struct brv_plugin_subject *subject, struct brv_arena *arena,
                              const struct brv_output *output)
{
    return (struct brv_job){
        .arena = arena,
        .tools = subject->tools,
        .output = output,
        .options = { .date = -1 },
        .times_plugins = subject->cli->is_traced,
    };
}

enum brv_exit brv_plugin_stubs_show(struct brv_cli *cli)
{
    struct brv_buf *text = brv_buf_new_in(cli->arena);
    brv_plugin_stubs(text);
    return brv_cli_show(cli, text);
}
