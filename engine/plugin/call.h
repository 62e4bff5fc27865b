// Brevier — one call of a plugin for one section: what its views, its context and its log refer to.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_CALL_H
#define BRV_PLUGIN_CALL_H

#include "model/document.h"
#include "plugin/host.h"
#include "plugin/manifest.h"
#include "plugin/sandbox.h"

enum { BRV_LOG_MESSAGES = 100, BRV_LOG_BYTES = 500 };

struct brv_run_task;

struct brv_log_entry {
    struct brv_log_entry *next;
    struct brv_span about; // of the element that the message is about, if of one
    enum brv_severity severity;
    brv_str message;
    struct brv_lua_place place;
};

// A section that was rendered by default in this call, so that asking again costs the host nothing.
struct brv_default_rendering {
    struct brv_default_rendering *next;
    const struct brv_section *section;
    const struct brv_node *node;
    size_t bytes;
};

// Lives during one brv_sandbox_call(), where the sandbox knows it as its user.
struct brv_call {
    struct brv_arena *arena;
    const struct brv_document *document;
    const struct brv_run_task *task;
    const struct brv_render_options *options;
    const struct brv_manifest *manifest;
    struct brv_node *result; // render's elements are appended here
    const char *returned;    // "render returned", as messages about the result begin
    bool is_left_to_default; // render returned nil
    bool is_match;           // what match returned
    struct brv_default_rendering *renderings;
    struct brv_log_entry *log;
    struct brv_log_entry **log_end;
    size_t log_count;
    const struct brv_plugin_grant *grants; // of all plugins; see capability.h
    size_t grant_count;
    bool has_read_clock;
    uint64_t *document_seed; // of math.random; 0 until it is known
    uint64_t random;         // where its sequence is; 0 until it begins
};

static inline struct brv_call *brv_call_of(lua_State *L)
{
    return brv_sandbox_of(L)->user;
}

// Keeps a message for the report after the call; beyond the limit it is only counted.
void brv_call_log(struct brv_call *call, enum brv_severity severity, brv_str message,
                  struct brv_span about, struct brv_lua_place place);

// The default rendering, without Lua: the section's heading, blocks and subsections as they are.
struct brv_node *brv_default_render(struct brv_arena *arena, const struct brv_document *document,
                                    const struct brv_section *section);

#endif
