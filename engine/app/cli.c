// Brevier — what the commands share, and the program.
// SPDX-License-Identifier: MIT
#include "app/cli.h"

#include "app/assets.h"
#include "app/diagnostics.h"
#include "app/names.h"
#include "base/file.h"

#include <stdio.h>
#include <unistd.h>

// ---- shared by the commands

enum brv_exit brv_cli_fault(struct brv_cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    brv_str message = brv_arena_vprintf(cli->arena, format, args);
    va_end(args);
    brv_report(
        cli->sink, BRV_ERROR, BRV_CODE_USAGE, brv_span_none(), "%" BRV_STR_F, BRV_STR_ARG(message));
    return BRV_EXIT_USAGE;
}

enum brv_exit brv_cli_failed(const struct brv_sink *sink)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next)
        if (diag->severity == BRV_ERROR && diag->code == BRV_CODE_USAGE)
            return BRV_EXIT_USAGE;
    return BRV_EXIT_FAILED;
}

const struct brv_output *brv_cli_output(struct brv_cli *cli, brv_str name)
{
    const struct brv_output *output = brv_output_find(name);
    if (output)
        return output;
    struct brv_diag *diag = brv_report(cli->sink,
                                       BRV_ERROR,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "unknown format \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    size_t count = 0;
    const char *const *names = brv_names_of_outputs(cli->arena, &count);
    brv_diag_hint_nearest(cli->sink, diag, name, names, count);
    if (diag->hint.len == 0)
        brv_diag_hint(cli->sink, diag, "expected pdf, docx or text");
    return NULL;
}

struct brv_tools *brv_cli_tools(struct brv_cli *cli)
{
    struct brv_tools_options options = {
        .sheets = cli->sheets.items,
        .sheet_count = cli->sheets.count,
        .plugin_path = cli->plugin_path.items,
        .plugin_path_count = cli->plugin_path.count,
        .settings = cli->settings.items,
        .setting_count = cli->settings.count,
        .grants = cli->grants.items,
        .grant_count = cli->grants.count,
        .is_strict = cli->is_strict,
    };
    return brv_tools_new(cli->arena, &options, cli->sink);
}

struct brv_job brv_cli_job(const struct brv_cli *cli, struct brv_arena *arena,
                           struct brv_tools *tools, const struct brv_output *output, brv_str path)
{
    return (struct brv_job){
        .arena = arena,
        .tools = tools,
        .output = output,
        .options = {
            .text_width = cli->text_width > 0 || !cli->is_flowed ? cli->text_width : BRV_TEXT_MAIL_COLUMNS,
            .page_length = cli->page_length,
            .ascii = cli->is_ascii,
            .flowed = cli->is_flowed,
            .delsp = cli->is_delsp,
            .date = -1,
            .standard = cli->pdf_standard,
            .attachments = cli->attachments,
            .attachment_count = cli->attachments ? cli->attach.count : 0,
        },
        .date = cli->date,
        .asset_root = cli->asset_root.len > 0 ? cli->asset_root : brv_assets_root(path),
        .word_template = cli->word_template,
        .contents = cli->contents,
        .times_plugins = cli->is_traced,
        .reports_loss = cli->reports_loss,
    };
}

brv_str brv_cli_input_name(brv_str path)
{
    return brv_str_is(path, "-") ? BRV_S("<stdin>") : path;
}

enum brv_status brv_cli_read(const struct brv_cli *cli, struct brv_arena *arena, brv_str path,
                             brv_str *bytes, struct brv_sink *sink)
{
    (void)cli;
    if (!brv_str_is(path, "-") && !brv_file_exists(path)) {
        struct brv_diag *diag = brv_report(sink,
                                           BRV_ERROR,
                                           BRV_CODE_INPUT,
                                           brv_span_none(),
                                           "no file \"%" BRV_STR_F "\"",
                                           BRV_STR_ARG(path));
        brv_names_hint_file(arena, path, diag, sink);
        return BRV_FAILED;
    }
    size_t limit = brv_limits_default().input_bytes;
    return brv_file_read(arena, path, limit, BRV_CODE_INPUT, bytes, sink);
}

void brv_cli_print(const struct brv_cli *cli, struct brv_sink *sink)
{
    struct brv_buf text = { 0 };
    if (cli->has_json_diagnostics)
        brv_diagnostics_json(sink, &text);
    else
        brv_diagnostics_text(sink, &text);
    if (text.len > 0)
        fwrite(text.ptr, 1, text.len, stderr);
    brv_buf_deinit(&text);
    *sink = brv_sink_init(sink->arena);
}

enum brv_exit brv_cli_show(struct brv_cli *cli, const struct brv_buf *text)
{
    return brv_file_write(BRV_S("-"), brv_buf_str(text), cli->sink) ? BRV_EXIT_FAILED
                                                                    : BRV_EXIT_DONE;
}

// ---- the program

static enum brv_exit cli_run(struct brv_cli *cli, int argc, char **argv)
{
    if (brv_cli_parse(cli, argc, argv))
        return BRV_EXIT_USAGE;
    struct brv_buf *text = brv_buf_new_in(cli->arena);
    if (cli->wants_version) {
        brv_buf_printf(text, "brevier %s\n", BRV_VERSION);
        return brv_cli_show(cli, text);
    }
    if (cli->wants_help) {
        brv_help_print(cli->command, text);
        return brv_cli_show(cli, text);
    }
    if (!cli->command)
        return brv_cli_fault(cli, "no command given, see \"brevier help\"");
    return cli->command->run(cli);
}

int brv_cli_main(int argc, char **argv)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_cli cli = { .arena = arena, .sink = &sink };
    enum brv_exit exit = cli_run(&cli, argc, argv);
    brv_cli_print(&cli, &sink);
    // What rendering leaves behind is memory, fonts and a thread, and the kernel takes all of it
    // back at once: piece by piece it is a twentieth of a small PDF's time. Debug builds give it
    // back themselves, for whoever looks for leaks.
#ifdef NDEBUG
    if (cli.command && cli.command->run == brv_cmd_render)
        _exit((int)exit);
#endif
    brv_arena_free(arena);
    return (int)exit;
}
