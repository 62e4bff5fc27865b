// Brevier — the C library over the pipeline.
// SPDX-License-Identifier: MIT
#include "brevier.h"

#include "app/diagnostics.h"
#include "app/request.h"

struct brv_engine {
    struct brv_arena *arena;
    struct brv_sink sink;
    struct brv_tools *tools; // NULL: nothing can be rendered
    const char *messages;
};

struct brv_result {
    struct brv_arena *arena;
    struct brv_sink sink;
    enum brv_outcome outcome;
    struct brv_buf *bytes;
    const char *messages;
    const char *messages_json;
};

// ---- helpers

static const brv_str *list_copy(struct brv_arena *arena, const char *const *list, size_t *count)
{
    *count = 0;
    if (!list)
        return NULL;
    while (list[*count])
        ++*count;
    brv_str *copy = BRV_NEW_ARRAY(arena, brv_str, *count);
    for (size_t i = 0; i < *count; i++)
        copy[i] = brv_arena_str(arena, brv_str_from_cstr(list[i]));
    return copy;
}

static const char *messages_of(struct brv_arena *arena, const struct brv_sink *sink, bool as_json)
{
    struct brv_buf text = { 0 };
    if (as_json)
        brv_diagnostics_json(sink, &text);
    else
        brv_diagnostics_text(sink, &text);
    const char *copy = brv_arena_cstr(arena, brv_buf_str(&text));
    brv_buf_deinit(&text);
    return copy;
}

// ---- the engine

const char *brv_version(void)
{
    return BRV_VERSION;
}

struct brv_engine *brv_engine_new(const struct brv_engine_options *options)
{
    static const struct brv_engine_options defaults = { 0 };
    if (!options)
        options = &defaults;
    struct brv_arena *arena = brv_arena_new();
    struct brv_engine *engine = BRV_NEW(arena, struct brv_engine);
    engine->arena = arena;
    engine->sink = brv_sink_init(arena);
    struct brv_tools_options tools = { .is_strict = options->is_strict != 0 };
    tools.sheets = list_copy(arena, options->sheets, &tools.sheet_count);
    tools.plugin_path = list_copy(arena, options->plugin_path, &tools.plugin_path_count);
    tools.settings = list_copy(arena, options->settings, &tools.setting_count);
    tools.grants = list_copy(arena, options->grants, &tools.grant_count);
    engine->tools = brv_tools_new(arena, &tools, &engine->sink);
    if (engine->tools)
        brv_tools_keep_common(engine->tools);
    engine->messages = messages_of(arena, &engine->sink, false);
    return engine;
}

void brv_engine_free(struct brv_engine *engine)
{
    if (engine)
        brv_arena_free(engine->arena); // the engine itself lives there
}

const char *brv_engine_messages(const struct brv_engine *engine)
{
    return engine->messages;
}

// ---- rendering

struct brv_result *brv_engine_render(struct brv_engine *engine, const struct brv_request *request)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_result *result = BRV_NEW(arena, struct brv_result);
    *result = (struct brv_result){
        .arena = arena,
        .sink = brv_sink_init(arena),
        .outcome = BRV_OUTCOME_FAILED,
        .bytes = brv_buf_new_in(arena),
    };
    struct brv_job job = { .arena = arena, .tools = engine->tools };
    if (!engine->tools) {
        brv_report(&result->sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "the engine is not usable, see its own messages");
    } else if (brv_request_read(request, &job, &result->sink) == BRV_OK) {
        brv_str name = brv_str_from_cstr(request->name ? request->name : "<memory>");
        brv_str bytes = { request->bytes, request->bytes ? request->length : 0 };
        if (brv_job_run(&job, name, bytes, result->bytes, &result->sink) == BRV_OK) {
            bool is_degraded =
                job.is_degraded || engine->tools->is_degraded || brv_sink_has_errors(&result->sink);
            result->outcome = is_degraded ? BRV_OUTCOME_DEGRADED : BRV_OUTCOME_DONE;
        } else {
            brv_buf_clear(result->bytes);
        }
    }
    result->messages = messages_of(arena, &result->sink, false);
    result->messages_json = messages_of(arena, &result->sink, true);
    return result;
}

void brv_result_free(struct brv_result *result)
{
    if (result)
        brv_arena_free(result->arena);
}

enum brv_outcome brv_result_outcome(const struct brv_result *result)
{
    return result->outcome;
}

const char *brv_result_bytes(const struct brv_result *result)
{
    return result->bytes->len > 0 ? result->bytes->ptr : "";
}

size_t brv_result_length(const struct brv_result *result)
{
    return result->bytes->len;
}

const char *brv_result_messages(const struct brv_result *result)
{
    return result->messages;
}

const char *brv_result_messages_json(const struct brv_result *result)
{
    return result->messages_json;
}
