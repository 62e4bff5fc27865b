// Brevier — the shipped analyses, as what a stylesheet is tried on.
// SPDX-License-Identifier: MIT
#include "app/samples.h"

#include "app/paths.h"
#include "base/file.h"

// What the samples themselves get wrong is not the sheet's.
static void try_one(struct brv_coverage *coverage, struct brv_tools *tools,
                    const struct brv_output *output, brv_str path)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_job job = { .arena = arena, .tools = tools, .output = output };
    brv_str bytes = { 0 };
    if (brv_file_read(arena, path, tools->limits.input_bytes, BRV_CODE_INPUT, &bytes, &sink) ==
            BRV_OK &&
        brv_job_load(&job, path, bytes, &sink) == BRV_OK && brv_job_build(&job, &sink) == BRV_OK)
        brv_coverage_add(coverage, output->media, job.article);
    brv_arena_free(arena);
}

void brv_samples_try(struct brv_tools *tools, struct brv_sink *sink)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_coverage *coverage = brv_coverage_new(arena, tools->sheets);
    brv_str folder = brv_path_join(arena, brv_paths_data(arena), BRV_S("samples"));
    size_t count = 0;
    size_t tried = 0;
    const brv_str *names = brv_directory_list(arena, folder, &count); // sorted
    for (size_t i = 0; i < count; i++) {
        brv_str suffix = brv_path_extension(names[i]);
        if (brv_str_is(names[i], "README.md") ||
            (!brv_str_is(suffix, "md") && !brv_str_is(suffix, "txt")))
            continue;
        for (size_t k = 0; brv_outputs[k]; k++)
            try_one(coverage, tools, brv_outputs[k], brv_path_join(arena, folder, names[i]));
        tried++;
    }
    if (tried > 0)
        brv_coverage_report(coverage, sink);
    brv_arena_free(arena);
}
