// Brevier — calling a plugin: its state, its settings, its log, and what went wrong.
// Each plugin gets a state of its own when the document first needs it. After any failure the state
// is thrown away, so the next call finds a fresh one: what a plugin did in a broken section is not
// seen by any other.
// SPDX-License-Identifier: MIT
#include "plugin/entry.h"
#include "plugin/image.h"
#include "plugin/run.h"

enum {
    EXCESSES_MAX = 3,     // of one plugin in one document
    DOCUMENT_CALLS = 100, // a plugin's calls for a document may spend as much as so many full ones
    STATES_KEPT_MAX = 64, // of plugins; some 150 KiB each
};

static void check_settings(struct brv_run *run, const struct brv_manifest *manifest,
                           const struct brv_plugin_setting *settings, size_t setting_count,
                           struct brv_sink *sink)
{
    for (size_t s = 0; s < setting_count; s++) {
        const struct brv_plugin_setting *setting = &settings[s];
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
                           setting->span,
                           "plugin \"%" BRV_STR_F "\" has no option \"%" BRV_STR_F "\"",
                           BRV_STR_ARG(setting->plugin),
                           BRV_STR_ARG(setting->option));
            brv_diag_hint_nearest(sink, diag, setting->option, names, manifest->option_count);
        } else if (expected) {
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_USAGE,
                       setting->span,
                       "option \"%" BRV_STR_F ".%" BRV_STR_F "\" is \"%" BRV_STR_F
                       "\", expected %s; its default is used",
                       BRV_STR_ARG(setting->plugin),
                       BRV_STR_ARG(setting->option),
                       BRV_STR_ARG(setting->value),
                       expected);
        }
    }
}

// ---- states

// A state of the plugin from its birth: the one of the manifest, if it is still there.
static enum brv_status bear_state(struct brv_run *run, struct brv_plugin *plugin,
                                  struct brv_sandbox **box)
{
    if (plugin->newborn) {
        *box = brv_sandbox_move(run->arena, plugin->newborn);
        plugin->newborn = NULL;
        return BRV_OK;
    }
    enum brv_status status = brv_entry_load(run->arena, plugin->program, &run->host->limits, box);
    return status == BRV_OK ? brv_sandbox_load(*box, brv_entry_open, NULL) : status;
}

// Keeps a newborn's state, with all in it that documents may come to need. False when that was too
// much for the state, which is of no use then.
static bool keep_state(struct brv_host *host, struct brv_plugin *plugin, struct brv_sandbox *box)
{
    if (!host->keeps_states || plugin->image || host->state_count == STATES_KEPT_MAX)
        return true;
    if (brv_sandbox_load(box, brv_libraries_load, NULL) != BRV_OK)
        return false;
    plugin->image = brv_image_keep(box);
    host->state_count += plugin->image != NULL;
    return true;
}

// A state of the plugin that no document has seen.
static enum brv_status open_state(struct brv_run *run, size_t index, struct brv_sandbox **box)
{
    struct brv_plugin *plugin = &run->host->plugins[index];
    if (plugin->image && (*box = brv_image_borrow(plugin->image, run->arena)))
        return BRV_OK;
    enum brv_status status = bear_state(run, plugin, box);
    if (status == BRV_OK && !keep_state(run->host, plugin, *box)) {
        brv_sandbox_close(*box);
        status = bear_state(run, plugin, box);
    }
    brv_pool_settle(&(*box)->pool);
    return status;
}

static void note_use(struct brv_plugin_use *use, const struct brv_sandbox *box)
{
    use->calls++;
    use->gas += box->gas;
    use->gas_most = box->gas > use->gas_most ? box->gas : use->gas_most;
    use->memory_bytes = box->memory_most > use->memory_bytes ? box->memory_most : use->memory_bytes;
}

size_t brv_run_node_count(const struct brv_node *root)
{
    size_t count = 0;
    for (const struct brv_node *node = root; node; node = brv_node_walk_next(root, node))
        count++;
    return count;
}

// Calls a body of one plugin for a section, opening its state when needed. On failure the state is
// gone and *fault tells why.
static enum brv_status call_plugin(struct brv_run *run, size_t index, lua_CFunction body,
                                   unsigned cpu_ms, struct brv_call *call, struct brv_fault *fault)
{
    struct brv_plugin_state *state = &run->states[index];
    state->was_used = true;
    int64_t began_ns = run->options.is_timed ? brv_cpu_clock_ns() : 0;
    enum brv_status status = state->box ? BRV_OK : open_state(run, index, &state->box);
    struct brv_sandbox *box = state->box;
    if (status == BRV_OK) {
        box->user = call;
        box->limits.plugin_cpu_ms = cpu_ms;
        struct brv_lua_place home = box->home;
        status = brv_sandbox_call(box, body, call);
        note_use(&state->use, box);
        box->home = home;
        box->user = NULL;
    }
    if (run->options.is_timed)
        state->use.cpu_ns += brv_cpu_clock_ns() - began_ns;
    if (status != BRV_OK) {
        *fault = box->fault;
        brv_sandbox_close(box);
        state->box = NULL;
    }
    return status;
}

static struct brv_call new_call(struct brv_run *run, const struct brv_run_task *task, size_t index)
{
    return (struct brv_call){
        .arena = run->arena,
        .document = run->document,
        .task = task,
        .options = &run->options,
        .manifest = run->host->plugins[index].manifest,
        .grants = run->host->grants,
        .grant_count = run->host->grant_count,
        .document_seed = &run->seed,
    };
}

static void report_log(const struct brv_call *call, struct brv_sink *sink)
{
    for (const struct brv_log_entry *entry = call->log; entry; entry = entry->next) {
        struct brv_diag *diag = brv_report(sink,
                                           entry->severity,
                                           BRV_CODE_PLUGIN,
                                           entry->about.source ? entry->about : call->task->place,
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
                   call->task->place,
                   "plugin \"%" BRV_STR_F "\" logged %zu messages, the first %d are shown",
                   BRV_STR_ARG(call->manifest->info.name),
                   call->log_count,
                   BRV_LOG_MESSAGES);
}

// The section as messages call it: nobody reads a title of a thousand words there.
static brv_str name_of(struct brv_arena *arena, const struct brv_section *section)
{
    enum { TITLE_BYTES = 200 };
    brv_str name = section->title.len ? section->title : section->slug;
    size_t len = TITLE_BYTES;
    if (name.len <= len)
        return name;
    while (len > 0 && ((unsigned char)name.ptr[len] & 0xC0) == 0x80)
        len--;
    return brv_arena_printf(arena, "%" BRV_STR_F "…", BRV_STR_ARG(brv_str_slice(name, 0, len)));
}

static brv_str doing_of(struct brv_arena *arena, const struct brv_run_task *task)
{
    if (task->doing.len > 0)
        return task->doing;
    return brv_arena_printf(
        arena, "rendering section \"%" BRV_STR_F "\"", BRV_STR_ARG(name_of(arena, task->section)));
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
    brv_diag_note(sink,
                  diag,
                  call->task->place,
                  "while %" BRV_STR_F,
                  BRV_STR_ARG(doing_of(call->arena, call->task)));
}

// What a plugin asks for and does not have is nil there: its author expects that, its user may not.
static void report_not_granted(const struct brv_run *run, size_t index, const struct brv_call *call,
                               struct brv_sink *sink)
{
    const struct brv_plugin *plugin = &run->host->plugins[index];
    brv_str name = plugin->manifest->info.name;
    for (int i = 0; i < BRV_CAPABILITY_COUNT; i++) {
        enum brv_capability capability = (enum brv_capability)i;
        if (!plugin->manifest->wants[capability] || brv_capability_is_granted(call, capability))
            continue;
        struct brv_diag *diag =
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_PLUGIN,
                       brv_manifest_key_span(plugin->program, BRV_S("capabilities")),
                       "plugin \"%" BRV_STR_F "\" asks for \"%s\", which is not granted: it does "
                       "without",
                       BRV_STR_ARG(name),
                       brv_capability_names[capability]);
        brv_diag_hint(sink,
                      diag,
                      "it is given by --grant %s",
                      brv_capability_grant_text(run->arena, name, capability));
    }
}

bool brv_run_is_exhausted(const struct brv_run *run, size_t index)
{
    const struct brv_plugin_state *state = &run->states[index];
    return state->excesses >= EXCESSES_MAX ||
           state->use.gas / DOCUMENT_CALLS >= run->host->limits.plugin_gas;
}

static void report_exhausted(const struct brv_run *run, size_t index,
                             const struct brv_run_task *task, struct brv_sink *sink)
{
    brv_str name = run->host->plugins[index].manifest->info.name;
    if (run->states[index].excesses < EXCESSES_MAX)
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   task->place,
                   "plugin \"%" BRV_STR_F "\" is called no more: it ran for more than %d times "
                   "the steps of a section",
                   BRV_STR_ARG(name),
                   DOCUMENT_CALLS);
    else
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   task->place,
                   "plugin \"%" BRV_STR_F "\" is called no more: it went beyond its limits %d "
                   "times",
                   BRV_STR_ARG(name),
                   EXCESSES_MAX);
}

// An element's transform makes what stands in the element's place; all else makes blocks.
static enum brv_kind result_kind(const struct brv_run_task *task)
{
    const struct brv_node *around = task->subject ? task->subject->parent : NULL;
    return around ? around->kind : BRV_KIND_DIV;
}

enum brv_status brv_run_call(struct brv_run *run, size_t index, lua_CFunction body,
                             const struct brv_run_task *task, struct brv_call *call,
                             struct brv_sink *sink)
{
    struct brv_fault fault;
    if (brv_host_wake(run->host, index, sink))
        return BRV_FAILED;
    if (brv_run_is_exhausted(run, index)) {
        report_exhausted(run, index, task, sink);
        return BRV_FAILED;
    }
    const struct brv_manifest *manifest = run->host->plugins[index].manifest;
    if (!run->states[index].is_known) {
        check_settings(run, manifest, run->options.settings, run->options.setting_count, sink);
        *call = new_call(run, task, index);
        report_not_granted(run, index, call, sink);
    }
    run->states[index].is_known = true;
    check_settings(run, manifest, task->settings, task->setting_count, sink);
    for (int attempt = 1;; attempt++) {
        // Both tries together must not keep a section waiting: the first has less of the time.
        unsigned cpu_ms = run->host->limits.plugin_cpu_ms;
        cpu_ms -= attempt == 1 ? cpu_ms / 4 : 0;
        *call = new_call(run, task, index);
        call->log_end = &call->log;
        call->result = brv_node_new(run->arena, result_kind(task), task->place);
        if (call_plugin(run, index, body, cpu_ms, call, &fault) == BRV_OK)
            break;
        if (fault.verdict != BRV_VERDICT_CLOCK || attempt == 2) {
            run->states[index].excesses += fault.verdict != BRV_VERDICT_FINE;
            report_log(call, sink);
            report_fault(call, &fault, sink);
            return BRV_FAILED;
        }
    }
    report_log(call, sink);
    if (run->options.is_timed)
        run->states[index].use.elements += brv_run_node_count(call->result) - 1;
    return BRV_OK;
}

enum brv_status brv_run_check(struct brv_run *run, size_t index, const struct brv_call *call,
                              struct brv_sink *sink)
{
    struct brv_sink found = brv_sink_init(run->arena);
    if (brv_tree_check(call->result, run->host->limits.nesting + 1, BRV_CODE_PLUGIN, &found) ==
        BRV_OK)
        return BRV_OK;
    struct brv_fault fault = {
        .message = brv_arena_printf(run->arena,
                                    "%s something wrong: %" BRV_STR_F,
                                    call->returned,
                                    BRV_STR_ARG(found.first->message)),
        .place = { &run->host->plugins[index].program->modules[0], 1 },
    };
    report_fault(call, &fault, sink);
    return BRV_FAILED;
}
