// Brevier — the shipped analyses, as what a stylesheet is tried on.
// SPDX-License-Identifier: MIT
#include "app/samples.h"

#include "app/paths.h"
#include "base/file.h"

// What the samples themselves get wrong is not the sheet's.
static void try_text(struct brv_coverage *coverage, struct brv_tools *tools, brv_str name,
                     brv_str bytes)
{
    for (size_t i = 0; brv_outputs[i]; i++) {
        struct brv_arena *arena = brv_arena_new();
        struct brv_sink sink = brv_sink_init(arena);
        struct brv_job job = { .arena = arena, .tools = tools, .output = brv_outputs[i] };
        if (brv_job_load(&job, name, bytes, &sink) == BRV_OK &&
            brv_job_build(&job, &sink) == BRV_OK)
            brv_coverage_add(coverage, job.output->media, job.article);
        brv_arena_free(arena);
    }
}

static void try_file(struct brv_coverage *coverage, struct brv_tools *tools, brv_str path)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    brv_str bytes = { 0 };
    if (brv_file_read(arena, path, tools->limits.input_bytes, BRV_CODE_INPUT, &bytes, &sink) ==
        BRV_OK)
        try_text(coverage, tools, path, bytes);
    brv_arena_free(arena);
}

void brv_samples_try(struct brv_tools *tools, const struct brv_sample *own, size_t own_count,
                     struct brv_sink *sink)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_coverage *coverage = brv_coverage_new(arena, tools->sheets);
    brv_str folder = brv_path_join(arena, brv_paths_data(arena), BRV_S("samples"));
    size_t count = 0;
    size_t tried = own_count;
    const brv_str *names = brv_directory_list(arena, folder, &count); // sorted
    for (size_t i = 0; i < count; i++) {
        brv_str suffix = brv_path_extension(names[i]);
        if (brv_str_is(names[i], "README.md") ||
            (!brv_str_is(suffix, "md") && !brv_str_is(suffix, "txt")))
            continue;
        try_file(coverage, tools, brv_path_join(arena, folder, names[i]));
        tried++;
    }
    for (size_t i = 0; i < own_count; i++)
        try_text(coverage, tools, own[i].name, own[i].bytes);
    if (tried > 0)
        brv_coverage_report(coverage, sink);
    brv_arena_free(arena);
}
