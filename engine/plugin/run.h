// Brevier — a run's inside: the plugins of a host at work on one document.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_RUN_H
#define BRV_PLUGIN_RUN_H

#include "base/hash.h"
#include "plugin/call.h"
#include "plugin/host_internal.h"

struct brv_plugin_state {
    struct brv_sandbox *box; // NULL: not open
    bool was_used;
    struct brv_plugin_use use;
    bool is_known;      // what is wrong with its settings and grants was told
    unsigned excesses;  // calls that went beyond a limit
    bool is_match_lost; // its match failed, and is not asked again
};

struct brv_run {
    struct brv_arena *arena;
    struct brv_host *host;
    const struct brv_document *document;
    struct brv_render_options options;
    struct brv_plugin_state *states; // one per plugin of the host
    struct brv_map ids;              // given out so far
    uint64_t seed;                   // of chance, by the document's text; 0 until it is needed
};

// What a call is about, for the plugin and for messages.
struct brv_run_task {
    const struct brv_section *section; // NULL: the whole document
    struct brv_node *subject;          // of a transform: the article, or an element
    brv_str doing;                     // "making a cover"; empty: rendering the section
    struct brv_span place;
    const struct brv_plugin_setting *settings; // of the section, from the stylesheet
    size_t setting_count;
};

// Calls a body for the gate with a plugin's state, which is opened when needed; its log is
// reported. Fills *call. A clock verdict depends on what else the machine does, so it is asked for
// twice. BRV_FAILED after an error; the state is gone then. A plugin that went beyond its limits
// again and again is not called any more: many sections must not take many times a limit.
enum brv_status brv_run_call(struct brv_run *run, size_t index, lua_CFunction body,
                             const struct brv_run_task *task, struct brv_call *call,
                             struct brv_sink *sink) BRV_WARN_UNUSED;

size_t brv_run_node_count(const struct brv_node *root);

bool brv_run_is_exhausted(const struct brv_run *run, size_t index);

// The model's own checker has the last word on what the reader let through.
enum brv_status brv_run_check(struct brv_run *run, size_t index, const struct brv_call *call,
                              struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
