// Brevier — rendering the sections of one document.
// SPDX-License-Identifier: MIT
#include "plugin/run.h"
#include "base/memory.h"
#include "plugin/elements.h"
#include "plugin/entry.h"
#include "plugin/renderer.h"
#include "plugin/result.h"
#include "plugin/view.h"

struct brv_run *brv_run_new(struct brv_arena *arena, struct brv_host *host,
                            const struct brv_document *document,
                            const struct brv_render_options *options)
{
    struct brv_run *run = BRV_NEW(arena, struct brv_run);
    *run = (struct brv_run){
        .arena = arena,
        .host = host,
        .document = document,
        .options = *options,
        .states = BRV_NEW_ARRAY(arena, struct brv_plugin_state, host->plugin_count),
        .ids = { .arena = arena },
    };
    return run;
}

// ---- in the state

// Nodes that a plugin may make: its own allowance and what the section has anyway.
static size_t node_budget(const struct brv_sandbox *box, const struct brv_section *section)
{
    size_t count = 2;
    for (const struct brv_node *node = section->blocks; node;
         node = brv_node_walk_next(section->blocks, node))
        count++;
    for (const struct brv_node *node = section->heading; node;
         node = brv_node_walk_next(section->heading, node))
        count++;
    for (const struct brv_section *sub = section->first; sub; sub = sub->next)
        count += node_budget(box, sub) - box->limits.plugin_nodes;
    return count + box->limits.plugin_nodes;
}

// [call] A body for the gate.
static int call_render(lua_State *L)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    struct brv_call *call = lua_touserdata(L, 1);
    lua_settop(L, 0);
    brv_entry_push(L, BRV_ENTRY_RENDER);
    brv_view_push(L, &brv_view_section, call->task->section);
    brv_view_push(L, &brv_view_context, call); // [render section context]
    lua_call(L, 2, 1);                         // [result]
    if (lua_isnil(L, 1)) {
        call->is_left_to_default = true;
        return 0;
    }
    struct brv_span span = call->task->section->heading ? call->task->section->heading->span
                                                        : call->task->section->span;
    // Reading is bounded by the budget of nodes and by gas: the clock is not asked.
    struct brv_host_work work = brv_host_work_begin(box);
    call->returned = "render returned";
    brv_elements_read(L,
                      1,
                      call->result,
                      &(struct brv_elements_reading){
                          .what = call->returned,
                          .span = span,
                          .budget = node_budget(box, call->task->section),
                      });
    brv_host_work_end(box, work);
    return 0;
}

// [call] A body for the gate.
static int call_match(lua_State *L)
{
    struct brv_call *call = lua_touserdata(L, 1);
    lua_settop(L, 0);
    brv_entry_push(L, BRV_ENTRY_MATCH);
    brv_view_push(L, &brv_view_section, call->task->section);
    brv_view_push(L, &brv_view_context, call); // [match section context]
    lua_call(L, 2, 1);                         // [answer]
    call->is_match = lua_toboolean(L, 1);
    return 0;
}

// ---- choosing

// The plugin for a section, plugin_count for the default renderer in C. BRV_FAILED when a match
// function failed, after its error; *chosen is the culprit then.
static enum brv_status choose(struct brv_run *run, const struct brv_run_task *task, size_t *chosen,
                              struct brv_sink *sink)
{
    const struct brv_host *host = run->host;
    const struct brv_section *section = task->section;
    enum brv_match_rank best = BRV_MATCH_NONE;
    *chosen = host->plugin_count;
    for (size_t i = 0; i < host->plugin_count; i++) {
        enum brv_match_rank rank =
            brv_plugin_rank(host->plugins[i].manifest, run->document->kind, section->slug);
        if (rank > best && rank != BRV_MATCH_FUNCTION) {
            best = rank;
            *chosen = i;
        }
    }
    // Match functions are asked only where no manifest names the section.
    for (size_t i = 0; i < host->plugin_count && best < BRV_MATCH_FUNCTION; i++) {
        if (brv_plugin_rank(host->plugins[i].manifest, run->document->kind, section->slug) !=
                BRV_MATCH_FUNCTION ||
            run->states[i].is_match_lost)
            continue;
        struct brv_call call;
        if (brv_run_call(run, i, call_match, task, &call, sink) != BRV_OK) {
            run->states[i].is_match_lost = true; // or it would cost every other section too
            *chosen = i;
            return BRV_FAILED;
        }
        if (call.is_match) {
            best = BRV_MATCH_FUNCTION;
            *chosen = i;
        }
    }
    return BRV_OK;
}

static void report_unknown_plugin(const struct brv_run *run, const struct brv_section *section,
                                  brv_str name, struct brv_sink *sink)
{
    const struct brv_host *host = run->host;
    const char **names = BRV_NEW_ARRAY(run->arena, const char *, host->plugin_count);
    for (size_t i = 0; i < host->plugin_count; i++)
        names[i] = brv_arena_cstr(run->arena, host->plugins[i].manifest->info.name);
    struct brv_diag *diag =
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_STYLE,
                   brv_section_place(section),
                   "the stylesheet asks for plugin \"%" BRV_STR_F "\", which was not found",
                   BRV_STR_ARG(name));
    brv_diag_hint_nearest(sink, diag, name, names, host->plugin_count);
}

// ---- results

// Renders with one plugin into a div; BRV_FAILED after an error.
static enum brv_status render_with(struct brv_run *run, const struct brv_run_task *task,
                                   size_t index, struct brv_node *result, struct brv_sink *sink)
{
    struct brv_call call = { .is_left_to_default = true };
    if (index < run->host->plugin_count &&
        (brv_run_call(run, index, call_render, task, &call, sink) != BRV_OK ||
         brv_run_check(run, index, &call, sink) != BRV_OK))
        return BRV_FAILED;
    if (call.is_left_to_default)
        brv_node_append(result, brv_default_render(run->arena, run->document, task->section));
    else
        brv_result_move(call.result, result);
    return BRV_OK;
}

enum brv_status brv_run_section(struct brv_run *run, const struct brv_section *section,
                                brv_str plugin, struct brv_node *parent, struct brv_sink *sink)
{
    const struct brv_host *host = run->host;
    struct brv_node *result = brv_node_new(run->arena, BRV_KIND_DIV, section->span);
    struct brv_run_task task = {
        .section = section,
        .place = brv_section_place(section),
    };
    enum brv_status status = brv_renderer_read(run->arena, &plugin, &task, sink);
    size_t chosen = host->plugin_count;
    if (status == BRV_OK && plugin.len > 0) {
        chosen = brv_host_index(host, plugin);
        bool can_render = chosen < host->plugin_count
                              ? host->plugins[chosen].manifest->info.has_render
                              : brv_str_is(plugin, "default");
        if (!can_render) {
            report_unknown_plugin(run, section, plugin, sink);
            status = BRV_FAILED;
        }
    } else if (status == BRV_OK) {
        status = choose(run, &task, &chosen, sink);
    }
    if (status == BRV_OK)
        status = render_with(run, &task, chosen, result, sink);
    if (status != BRV_OK) {
        brv_str name =
            chosen < host->plugin_count ? host->plugins[chosen].manifest->info.name : plugin;
        brv_result_add_notice(run->arena, section, name, result);
        brv_node_append(result, brv_default_render(run->arena, run->document, section));
    }
    brv_result_settle(run->arena, &run->ids, section, result, sink);
    brv_result_move(result, parent);
    return status;
}

struct brv_plugin_use brv_run_use(const struct brv_run *run, size_t plugin)
{
    return run->states[plugin].use;
}

void brv_run_end(struct brv_run *run)
{
    enum { MUCH_BYTES = 4 << 20 };
    size_t freed_bytes = 0;
    for (size_t i = 0; i < run->host->plugin_count; i++) {
        if (!run->states[i].box)
            continue;
        freed_bytes += run->states[i].box->memory_bytes;
        brv_sandbox_close(run->states[i].box);
        run->states[i].box = NULL;
    }
    if (freed_bytes > MUCH_BYTES)
        brv_heap_trim();
}

bool brv_run_has_used(const struct brv_run *run, size_t plugin)
{
    return run->states[plugin].was_used;
}
