// Brevier — rendering the sections of one document.
// Each plugin gets a state of its own when the document first needs it. After any failure the state
// is thrown away, so the next section finds a fresh one: what a plugin did in a broken section is
// not seen by any other.
// SPDX-License-Identifier: MIT
#include "plugin/call.h"
#include "plugin/elements.h"
#include "plugin/entry.h"
#include "plugin/host_internal.h"
#include "plugin/library.h"
#include "plugin/result.h"
#include "plugin/view.h"

struct plugin_state {
    struct brv_sandbox *box; // NULL: not open
    bool was_used;
    bool are_settings_checked;
};

struct brv_run {
    struct brv_arena *arena;
    struct brv_host *host;
    const struct brv_document *document;
    struct brv_render_options options;
    struct plugin_state *states; // one per plugin of the host
    struct brv_map ids;          // given out so far
};

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
        .states = BRV_NEW_ARRAY(arena, struct plugin_state, host->plugin_count),
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
    brv_entry_push_render(L);
    brv_view_push(L, &brv_view_section, call->section);
    brv_view_push(L, &brv_view_context, call); // [render section context]
    lua_call(L, 2, 1);                         // [result]
    if (lua_isnil(L, 1)) {
        call->is_left_to_default = true;
        return 0;
    }
    struct brv_span span =
        call->section->heading ? call->section->heading->span : call->section->span;
    // Reading is bounded by the budget of nodes and by gas: the clock is not asked.
    struct brv_host_work work = brv_host_work_begin(box);
    brv_elements_read(L, 1, call->result, span, node_budget(box, call->section));
    brv_host_work_end(box, work);
    return 0;
}

// [call] A body for the gate.
static int call_match(lua_State *L)
{
    struct brv_call *call = lua_touserdata(L, 1);
    lua_settop(L, 0);
    brv_entry_push_match(L);
    brv_view_push(L, &brv_view_section, call->section);
    brv_view_push(L, &brv_view_context, call); // [match section context]
    lua_call(L, 2, 1);                         // [answer]
    call->is_match = lua_toboolean(L, 1);
    return 0;
}

// ---- settings

static void check_settings(struct brv_run *run, const struct brv_manifest *manifest,
                           struct brv_sink *sink)
{
    for (size_t s = 0; s < run->options.setting_count; s++) {
        const struct brv_plugin_setting *setting = &run->options.settings[s];
        if (!brv_str_equal(setting->plugin, manifest->info.name))
            continue;
        const char **names = BRV_NEW_ARRAY(run->arena, const char *, manifest->option_count);
        const struct brv_option *option = NULL;
        for (size_t i = 0; i < manifest->option_count; i++) {
            names[i] = brv_arena_cstr(run->arena, manifest->options[i].name);
            if (brv_str_equal(manifest->options[i].name, setting->option))
                option = &manifest->options[i];
        }
        struct brv_option_value value;
        const char *expected = option ? brv_option_parse(option, setting->value, &value) : NULL;
        if (!option) {
            struct brv_diag *diag =
                brv_report(sink,
                           BRV_WARNING,
                           BRV_CODE_USAGE,
                           brv_span_none(),
                           "plugin \"%" BRV_STR_F "\" has no option \"%" BRV_STR_F "\"",
                           BRV_STR_ARG(setting->plugin),
                           BRV_STR_ARG(setting->option));
            brv_diag_hint_nearest(sink, diag, setting->option, names, manifest->option_count);
        } else if (expected) {
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_USAGE,
                       brv_span_none(),
                       "option \"%" BRV_STR_F ".%" BRV_STR_F "\" is \"%" BRV_STR_F
                       "\", expected %s; its default is used",
                       BRV_STR_ARG(setting->plugin),
                       BRV_STR_ARG(setting->option),
                       BRV_STR_ARG(setting->value),
                       expected);
        }
    }
}

// ---- calling

// A state of the plugin that no document has seen: the one of the manifest, if it is still there.
static enum brv_status open_state(struct brv_run *run, size_t index, struct brv_sandbox **box)
{
    struct brv_plugin *plugin = &run->host->plugins[index];
    if (plugin->newborn) {
        *box = brv_sandbox_move(run->arena, plugin->newborn);
        plugin->newborn = NULL;
        return BRV_OK;
    }
    *box = brv_sandbox_new(run->arena, plugin->program, &run->host->limits);
    enum brv_status status = brv_sandbox_call(*box, brv_entry_compile, NULL);
    return status == BRV_OK ? brv_sandbox_call(*box, brv_entry_open, NULL) : status;
}

// Calls a body of one plugin for a section, opening its state when needed. On failure the state is
// gone and *fault tells why.
static enum brv_status call_plugin(struct brv_run *run, size_t index, lua_CFunction body,
                                   struct brv_call *call, struct brv_fault *fault)
{
    struct plugin_state *state = &run->states[index];
    state->was_used = true;
    enum brv_status status = state->box ? BRV_OK : open_state(run, index, &state->box);
    struct brv_sandbox *box = state->box;
    if (status == BRV_OK) {
        box->user = call;
        struct brv_lua_place home = box->home;
        status = brv_sandbox_call(box, body, call);
        box->home = home;
        box->user = NULL;
    }
    if (status != BRV_OK) {
        *fault = box->fault;
        brv_sandbox_close(box);
        state->box = NULL;
    }
    return status;
}

static struct brv_call new_call(struct brv_run *run, const struct brv_section *section,
                                size_t index)
{
    return (struct brv_call){
        .arena = run->arena,
        .document = run->document,
        .section = section,
        .options = &run->options,
        .manifest = run->host->plugins[index].manifest,
    };
}

static void report_log(const struct brv_call *call, struct brv_sink *sink)
{
    struct brv_span where = brv_section_place(call->section);
    for (const struct brv_log_entry *entry = call->log; entry; entry = entry->next) {
        struct brv_diag *diag = brv_report(sink,
                                           entry->severity,
                                           BRV_CODE_PLUGIN,
                                           where,
                                           "%" BRV_STR_F,
                                           BRV_STR_ARG(entry->message));
        brv_diag_note(sink,
                      diag,
                      brv_lua_place_span(entry->place),
                      "said by plugin \"%" BRV_STR_F "\"",
                      BRV_STR_ARG(call->manifest->info.name));
    }
    if (call->log_count > BRV_LOG_MESSAGES)
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_LIMIT,
                   where,
                   "plugin \"%" BRV_STR_F "\" logged %zu messages, the first %d are shown",
                   BRV_STR_ARG(call->manifest->info.name),
                   call->log_count,
                   BRV_LOG_MESSAGES);
}

static void report_fault(const struct brv_call *call, const struct brv_fault *fault,
                         struct brv_sink *sink)
{
    const struct brv_plugin_info *info = &call->manifest->info;
    enum brv_code code = fault->verdict == BRV_VERDICT_FINE ? BRV_CODE_PLUGIN : BRV_CODE_LIMIT;
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       code,
                                       brv_lua_place_span(fault->place),
                                       "plugin \"%" BRV_STR_F "\": %" BRV_STR_F,
                                       BRV_STR_ARG(info->name),
                                       BRV_STR_ARG(fault->message));
    brv_diag_note(
        sink,
        diag,
        brv_section_place(call->section),
        "while rendering section \"%" BRV_STR_F "\"",
        BRV_STR_ARG(call->section->title.len ? call->section->title : call->section->slug));
}

// A clock verdict depends on what else the machine does, so it is asked for twice.
static enum brv_status call_with_retry(struct brv_run *run, size_t index, lua_CFunction body,
                                       const struct brv_section *section, struct brv_call *call,
                                       struct brv_sink *sink)
{
    struct brv_fault fault;
    if (!run->states[index].are_settings_checked)
        check_settings(run, run->host->plugins[index].manifest, sink);
    run->states[index].are_settings_checked = true;
    for (int attempt = 1;; attempt++) {
        *call = new_call(run, section, index);
        call->log_end = &call->log;
        call->result = brv_node_new(run->arena, BRV_KIND_DIV, section->span);
        if (call_plugin(run, index, body, call, &fault) == BRV_OK)
            break;
        if (fault.verdict != BRV_VERDICT_CLOCK || attempt == 2) {
            report_log(call, sink);
            report_fault(call, &fault, sink);
            return BRV_FAILED;
        }
    }
    report_log(call, sink);
    return BRV_OK;
}

// ---- choosing

// The plugin for a section, plugin_count for the default renderer in C. BRV_FAILED when a match
// function failed, after its error; *chosen is the culprit then.
static enum brv_status choose(struct brv_run *run, const struct brv_section *section,
                              size_t *chosen, struct brv_sink *sink)
{
    const struct brv_host *host = run->host;
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
            BRV_MATCH_FUNCTION)
            continue;
        struct brv_call call;
        if (call_with_retry(run, i, call_match, section, &call, sink) != BRV_OK) {
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

// The model's own checker has the last word on what the reader let through.
static enum brv_status check_result(struct brv_run *run, const struct brv_call *call,
                                    struct brv_sink *sink)
{
    struct brv_sink found = brv_sink_init(run->arena);
    if (brv_tree_check(call->result, run->host->limits.nesting + 1, BRV_CODE_PLUGIN, &found) ==
        BRV_OK)
        return BRV_OK;
    struct brv_fault fault = {
        .message = brv_arena_printf(run->arena,
                                    "render returned something wrong: %" BRV_STR_F,
                                    BRV_STR_ARG(found.first->message)),
        .place = { &run->host->plugins[brv_host_index(run->host, call->manifest->info.name)]
                        .program->modules[0],
                   1 },
    };
    report_fault(call, &fault, sink);
    return BRV_FAILED;
}

// Renders with one plugin into a div; BRV_FAILED after an error.
static enum brv_status render_with(struct brv_run *run, const struct brv_section *section,
                                   size_t index, struct brv_node *result, struct brv_sink *sink)
{
    if (index == run->host->plugin_count) {
        brv_node_append(result, brv_default_render(run->arena, run->document, section));
        return BRV_OK;
    }
    struct brv_call call;
    if (call_with_retry(run, index, call_render, section, &call, sink) != BRV_OK ||
        check_result(run, &call, sink) != BRV_OK)
        return BRV_FAILED;
    if (call.is_left_to_default)
        brv_node_append(result, brv_default_render(run->arena, run->document, section));
    else
        brv_result_move(call.result, result);
    return BRV_OK;
}

enum brv_status brv_run_section(struct brv_run *run, const struct brv_section *section,
                                brv_str plugin, struct brv_node *parent, struct brv_sink *sink)
{
    const struct brv_host *host = run->host;
    struct brv_node *result = brv_node_new(run->arena, BRV_KIND_DIV, section->span);
    enum brv_status status = BRV_OK;
    size_t chosen = host->plugin_count;
    if (plugin.len > 0) {
        chosen = brv_host_index(host, plugin);
        if (chosen == host->plugin_count && !brv_str_is(plugin, "default")) {
            report_unknown_plugin(run, section, plugin, sink);
            status = BRV_FAILED;
        }
    } else {
        status = choose(run, section, &chosen, sink);
    }
    if (status == BRV_OK)
        status = render_with(run, section, chosen, result, sink);
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

bool brv_run_has_used(const struct brv_run *run, size_t plugin)
{
    return run->states[plugin].was_used;
}
