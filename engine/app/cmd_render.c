// Brevier — `brevier render`: analyses in, files out.
// SPDX-License-Identifier: MIT
#include "app/inputs.h"
#include "app/modules.h"
#include "app/pdf_options.h"
#include "app/plugin/trace.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"

#include <sys/stat.h>

// ---- where an output goes

struct target {
    const struct brv_output *output;
    bool is_folder;
};

static bool names_folder(brv_str path)
{
    return brv_str_ends_with(path, BRV_S("/")) || brv_is_directory(path);
}

static enum brv_status target_choose(struct brv_cli *cli, const struct brv_inputs *inputs,
                                     struct target *target)
{
    bool is_stdout = brv_str_is(cli->out, "-");
    target->is_folder = !is_stdout && names_folder(cli->out);
    if (inputs->count > 1 && !target->is_folder) {
        brv_cli_fault(cli,
                      "several inputs need a folder to write to: \"%" BRV_STR_F "\" is none, end "
                      "it with \"/\" to have it made",
                      BRV_STR_ARG(cli->out));
        return BRV_FAILED;
    }
    if (cli->format.len > 0) {
        target->output = brv_cli_output(cli, cli->format);
        return target->output ? BRV_OK : BRV_FAILED;
    }
    if (is_stdout || target->is_folder) {
        brv_cli_fault(cli, "which format? say -t pdf, -t docx or -t text");
        return BRV_FAILED;
    }
    brv_str suffix = brv_path_extension(cli->out);
    target->output = brv_output_for_extension(suffix);
    if (target->output)
        return BRV_OK;
    brv_cli_fault(cli,
                  "the suffix of \"%" BRV_STR_F "\" names no format, expected .pdf, .docx or .txt, "
                  "or -t",
                  BRV_STR_ARG(cli->out));
    return BRV_FAILED;
}

static brv_str output_path(struct brv_cli *cli, const struct target *target,
                           const struct brv_input *input)
{
    if (!target->is_folder)
        return cli->out;
    brv_str file = brv_arena_printf(
        cli->arena, "%" BRV_STR_F ".%s", BRV_STR_ARG(input->stem), target->output->extension);
    return brv_path_join(cli->arena, cli->out, file);
}

static bool is_same_file(struct brv_arena *arena, brv_str a, brv_str b)
{
    struct stat one;
    struct stat two;
    return stat(brv_arena_cstr(arena, a), &one) == 0 && stat(brv_arena_cstr(arena, b), &two) == 0 &&
           S_ISREG(one.st_mode) && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

// Before anything is written: no two inputs may meet in one output, no output may be an input.
static enum brv_status paths_check(struct brv_cli *cli, const struct target *target,
                                   const struct brv_inputs *inputs, const brv_str *paths)
{
    struct brv_map taken = { .arena = cli->arena };
    for (size_t i = 0; i < inputs->count; i++) {
        brv_str input = inputs->items[i].path;
        brv_str *other = brv_map_find(&taken, paths[i]);
        if (other) {
            brv_cli_fault(cli,
                          "\"%" BRV_STR_F "\" and \"%" BRV_STR_F "\" would both be written to "
                          "\"%" BRV_STR_F "\"",
                          BRV_STR_ARG(*other),
                          BRV_STR_ARG(input),
                          BRV_STR_ARG(paths[i]));
            return BRV_FAILED;
        }
        *brv_map_at(&taken, paths[i]) = &inputs->items[i].path;
        if (is_same_file(cli->arena, input, paths[i])) {
            brv_cli_fault(cli,
                          "\"%" BRV_STR_F "\" would be overwritten by its own output",
                          BRV_STR_ARG(input));
            return BRV_FAILED;
        }
    }
    if (target->is_folder && !brv_is_directory(cli->out) &&
        mkdir(brv_arena_cstr(cli->arena, cli->out), 0777) != 0) {
        brv_report(cli->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot make the folder \"%" BRV_STR_F "\"",
                   BRV_STR_ARG(cli->out));
        return BRV_FAILED;
    }
    return BRV_OK;
}

// ---- one document

static enum brv_exit render_one(struct brv_cli *cli, struct brv_tools *tools,
                                const struct brv_output *output, const struct brv_input *input,
                                brv_str path)
{
    struct brv_arena *arena = brv_arena_new(); // a document sees nothing of the one before
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_job job = brv_cli_job(cli, arena, tools, output, input->path);
    struct brv_buf *bytes = brv_buf_new_in(arena);
    brv_str text = { 0 };
    enum brv_exit exit = BRV_EXIT_FAILED;
    if (brv_input_read(cli, arena, input, &text, &sink) == BRV_OK) {
        if (brv_job_run(&job, input->name, text, bytes, &sink) == BRV_OK) {
            if (brv_file_write(path, brv_buf_str(bytes), &sink) == BRV_OK)
                exit = job.is_degraded || brv_sink_has_errors(&sink) ? BRV_EXIT_DEGRADED
                                                                     : BRV_EXIT_DONE;
        } else if (tools->is_strict && bytes->len > 0) {
            brv_report(&sink,
                       BRV_NOTE,
                       BRV_CODE_OUTPUT,
                       brv_span_none(),
                       "\"%" BRV_STR_F "\" is not written: --strict",
                       BRV_STR_ARG(path));
        }
    }
    brv_cli_print(cli, &sink);
    brv_trace_job(cli, &job, input->name);
    brv_arena_free(arena);
    return exit;
}

// What the output will need, in the order in which it does.
static struct brv_module_ahead *open_ahead(const struct brv_cli *cli, struct brv_worker *worker,
                                           const struct brv_output *output)
{
    const char *const names[] = {
        output->wants_pages ? BRV_MODULE_LAYOUT : NULL,
        output->module,
        output->wants_zip ? BRV_MODULE_ZIP : NULL,
    };
    struct brv_module_ahead *ahead = NULL;
    for (size_t i = 0; i < BRV_COUNT(names); i++)
        if (names[i])
            ahead = brv_module_open_ahead(cli->arena, worker, names[i], ahead);
    return ahead;
}

enum brv_exit brv_cmd_render(struct brv_cli *cli)
{
    if (cli->operands.count == 0)
        return brv_cli_fault(cli, "render what? name a file, or \"-\" for standard input");
    if (cli->out.len == 0)
        return brv_cli_fault(cli, "where to? say -o FILE, -o FOLDER/ or -o -");
    struct brv_inputs inputs = { 0 };
    struct target target = { 0 };
    if (brv_inputs_collect(cli, &inputs))
        return brv_cli_failed(cli->sink);
    if (target_choose(cli, &inputs, &target))
        return BRV_EXIT_USAGE;
    if (brv_pdf_options_settle(cli, target.output))
        return brv_cli_failed(cli->sink);
    enum { STRIDE_BYTES = 1 << 20 }; // what a small document takes
    brv_heap_stride(STRIDE_BYTES);
    struct brv_worker *worker = target.output->module ? brv_worker_new(cli->arena) : NULL;
    struct brv_module_ahead *ahead = open_ahead(cli, worker, target.output);
    brv_str *paths = BRV_NEW_ARRAY(cli->arena, brv_str, inputs.count);
    for (size_t i = 0; i < inputs.count; i++)
        paths[i] = output_path(cli, &target, &inputs.items[i]);
    struct brv_tools *tools = brv_cli_tools(cli);
    if (!tools || paths_check(cli, &target, &inputs, paths))
        return brv_cli_failed(cli->sink);
    tools->worker = worker;
    tools->ahead = ahead;
    if (inputs.count > 1) {
        enum { KEPT_BYTES = 12 << 20 }; // what a document leaves, the next one takes
        brv_heap_keep(KEPT_BYTES);
        brv_tools_keep_common(tools);
    }
    brv_cli_print(cli, cli->sink);

    enum brv_exit exit = tools->is_degraded ? BRV_EXIT_DEGRADED : BRV_EXIT_DONE;
    for (size_t i = 0; i < inputs.count; i++) {
        enum brv_exit one = render_one(cli, tools, target.output, &inputs.items[i], paths[i]);
        exit = brv_exit_worse(exit, one);
    }
    return exit;
}
