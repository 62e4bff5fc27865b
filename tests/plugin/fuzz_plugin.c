// Brevier — fuzz target: the bytes are the body of a plugin's render function.
// Whatever they are, rendering returns, the tree is right, and a failure was reported.
// SPDX-License-Identifier: MIT
#include "load/load.h"
#include "plugin/host_internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char head[] =
    "local e = require \"brevier.element\"\n"
    "local text = require \"brevier.text\"\n"
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
    "match = function() return true end, render = function(section, context)\n";
static const char tail[] = "\nend }\n";
static const char analysis[] =
    "# Advisory: A *title*\n\n## One\n\nText [link](#one).\n\n- Date: today\n\n"
    "### Part\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n## Two\n\nText.\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_buf *source = brv_buf_new_in(arena);
    brv_buf_add_cstr(source, head);
    brv_buf_add(source, data, size);
    brv_buf_add_cstr(source, tail);
    struct brv_limits limits = brv_limits_default();
    limits.plugin_gas = 200000;
    limits.plugin_memory_bytes = 1 << 20;
    limits.plugin_string_bytes = 16 << 10;
    limits.plugin_nodes = 1000;
    struct brv_host_options options = { .limits = &limits };
    struct brv_host *host = brv_host_new(arena, &options, &sink);
    brv_host_add(
        host, brv_program_from_text(arena, BRV_S("probe.lua"), brv_buf_str(source), &sink), &sink);
    struct brv_document *document =
        brv_document_load(arena, BRV_S("analysis.md"), brv_str_from_cstr(analysis), NULL, &sink);
    struct brv_render_options render = { .output = BRV_S("text"), .text_width = 80 };
    struct brv_run *run = brv_run_new(arena, host, document, &render);
    struct brv_node *article = brv_node_new(arena, BRV_KIND_ARTICLE, brv_span_none());
    for (const struct brv_section *section = document->first; section; section = section->next) {
        size_t before = sink.counts[BRV_ERROR];
        bool has_failed = brv_run_section(run, section, BRV_S(""), article, &sink) != BRV_OK;
        if (has_failed != (sink.counts[BRV_ERROR] > before))
            abort();
    }
    if (brv_tree_check(article, limits.nesting + 10, BRV_CODE_INTERNAL, &sink) != BRV_OK)
        abort();
    brv_arena_free(arena);
    return 0;
}
