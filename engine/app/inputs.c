// Brevier — what a command is to work on.
// SPDX-License-Identifier: MIT
#include "app/inputs.h"

#include "base/file.h"
#include "load/load.h"

static brv_str stem_of(brv_str path)
{
    brv_str name = brv_str_is(path, "-") ? BRV_S("stdin") : brv_path_file_name(path);
    brv_str suffix = brv_path_extension(name);
    return suffix.len > 0 ? brv_str_slice(name, 0, name.len - suffix.len - 1) : name;
}

static enum brv_status lines_collect(struct brv_cli *cli, brv_str path, struct brv_inputs *inputs)
{
    brv_str rest = { 0 };
    if (brv_cli_read(cli, cli->arena, path, &rest, cli->sink))
        return BRV_FAILED;
    brv_str stem = stem_of(path);
    size_t before = inputs->count;
    brv_str text;
    size_t line = 0;
    while (brv_json_lines_next(&rest, &text, &line)) {
        BRV_PUSH(cli->arena, inputs->items, inputs->count, inputs->capacity) = (struct brv_input){
            .path = path,
            .name = brv_arena_printf(cli->arena, "%" BRV_STR_F ":%zu", BRV_STR_ARG(path), line),
            .stem = brv_arena_printf(cli->arena, "%" BRV_STR_F "-%zu", BRV_STR_ARG(stem), line),
            .line = line,
            .bytes = text,
        };
    }
    if (inputs->count > before)
        return BRV_OK;
    brv_report(cli->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "\"%" BRV_STR_F "\" holds no document, expected one a line",
               BRV_STR_ARG(path));
    return BRV_FAILED;
}

enum brv_status brv_inputs_collect(struct brv_cli *cli, struct brv_inputs *inputs)
{
    for (size_t i = 0; i < cli->operands.count; i++) {
        brv_str path = cli->operands.items[i];
        if (brv_str_is_nocase(brv_path_extension(path), "jsonl")) {
            if (lines_collect(cli, path, inputs))
                return BRV_FAILED;
        } else {
            BRV_PUSH(cli->arena, inputs->items, inputs->count, inputs->capacity) =
                (struct brv_input){
                    .path = path,
                    .name = brv_cli_input_name(path),
                    .stem = stem_of(path),
                };
        }
    }
    return BRV_OK;
}

enum brv_status brv_input_read(const struct brv_cli *cli, struct brv_arena *arena,
                               const struct brv_input *input, brv_str *bytes, struct brv_sink *sink)
{
    if (input->line == 0)
        return brv_cli_read(cli, arena, input->path, bytes, sink);
    *bytes = input->bytes;
    return BRV_OK;
}
