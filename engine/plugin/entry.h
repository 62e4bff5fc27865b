// Brevier — the way into a plugin's own code: its files loaded in a state, its functions kept.
// A state comes to a plugin in two calls of the gate: one in brv_entry_load(), then the main file
// is run, by brv_entry_open() or by the reader of manifests. After that render and match can be
// pushed. Every state of a plugin takes these steps, so that the same budgets fit or fail in each.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_ENTRY_H
#define BRV_PLUGIN_ENTRY_H

#include "plugin/code.h"

#include <lua.h>

// The functions of a manifest.
enum brv_entry {
    BRV_ENTRY_RENDER,
    BRV_ENTRY_MATCH,
    BRV_ENTRY_TRANSFORM,
    BRV_ENTRY_COVER,
    BRV_ENTRY_APPENDIX,
    BRV_ENTRY_COUNT
};
extern const char *const brv_entry_names[BRV_ENTRY_COUNT];

// A sandbox with all files of the program loaded, which are compiled if they never were. BRV_FAILED
// when that cannot be: (*box)->fault tells why.
enum brv_status brv_entry_load(struct brv_arena *arena, const struct brv_program *program,
                               const struct brv_limits *limits, struct brv_sandbox **box)
    BRV_WARN_UNUSED;

// [-0, +1] Runs a loaded file and pushes what it returns; once in the life of a state.
void brv_entry_run(lua_State *L, const struct brv_module *module);

// Keeps the functions of the manifest at `index` and sets the sandbox's home to the line of the
// first of them.
void brv_entry_keep(lua_State *L, int index);

// [ignored] A body for the gate: runs the main file and keeps its functions.
int brv_entry_open(lua_State *L);

// [-0, +1] A function kept, nil when the manifest has none.
void brv_entry_push(lua_State *L, enum brv_entry entry);

#endif
