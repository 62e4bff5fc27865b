// Brevier — the host's inside, shared by host.c and run.c.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_HOST_INTERNAL_H
#define BRV_PLUGIN_HOST_INTERNAL_H

#include "plugin/host.h"
#include "plugin/index.h"
#include "plugin/manifest.h"
#include "plugin/program.h"

struct brv_plugin {
    const struct brv_manifest *manifest;
    const struct brv_program *program; // NULL until it is needed, for what the index tells of
    // The state in which the manifest was read: for the first document that needs the plugin. NULL
    // once taken.
    struct brv_sandbox *newborn;
    struct brv_image *image;            // of the state as it was then; NULL: not kept
    const struct brv_plugin_told *told; // by the index; NULL: it was read when the host was made
    bool is_asleep;                     // it never ran yet: the manifest is what the index tells
};

struct brv_host {
    struct brv_arena *arena;
    struct brv_limits limits;
    struct brv_codes *codes;
    struct brv_plugin *plugins; // in the order of the path, then of file names
    size_t plugin_count;
    size_t plugin_capacity;
    const struct brv_plugin_grant *grants;
    size_t grant_count;
    bool keeps_states;
    size_t state_count;  // that are kept
    size_t folder_start; // the first plugin of the folder that is being searched
};

// Adds a plugin when its manifest is right and its name is new. A program of NULL is passed over.
void brv_host_add(struct brv_host *host, struct brv_program *program, struct brv_sink *sink);

// Runs a plugin that was asleep, so that its manifest is the true one. BRV_FAILED after errors.
enum brv_status brv_host_wake(struct brv_host *host, size_t index, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// How well a plugin suits a section, as far as its manifest tells; a match function has yet to be
// asked. The greatest rank wins, and among equals the first plugin.
enum brv_match_rank {
    BRV_MATCH_NONE,
    BRV_MATCH_DEFAULT,
    BRV_MATCH_KIND,
    BRV_MATCH_FUNCTION,
    BRV_MATCH_SECTION,
    BRV_MATCH_SECTION_AND_KIND,
};
bool brv_has_word(const brv_str *words, size_t count, brv_str word);
enum brv_match_rank brv_plugin_rank(const struct brv_manifest *manifest, brv_str kind,
                                    brv_str slug);

#endif
