// Brevier — a manifest being read: shared by manifest.c and manifest_options.c.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_MANIFEST_READING_H
#define BRV_PLUGIN_MANIFEST_READING_H

#include "plugin/library.h"
#include "plugin/manifest.h"

enum { BRV_MANIFEST_LIST_MAX = 100 };

struct brv_manifest_reading {
    struct brv_arena *arena;
    const struct brv_program *program;
    struct brv_sink *sink;
    struct brv_manifest *manifest;
    bool has_failed;
};

// Reports a fault at the line of `key` and marks the reading as failed.
struct brv_diag *brv_manifest_fault(struct brv_manifest_reading *r, brv_str key, brv_str message);
#define BRV_MANIFEST_FAULT(r, key, ...)                                                            \
    brv_manifest_fault(r, key, brv_arena_printf((r)->arena, __VA_ARGS__))

// A borrowed view of the string at `index`.
brv_str brv_manifest_text_at(lua_State *L, int index);
bool brv_manifest_is_slug(brv_str text);
// [-0, +1] Pushes table[key], raw; returns its type.
int brv_manifest_push_field(lua_State *L, int table, const char *key);
// A fault for every key of the table that is none of the names.
void brv_manifest_check_keys(lua_State *L, struct brv_manifest_reading *r, int table,
                             const char *what, const char *const *names, size_t count);
// [manifest] Reads manifest.options.
void brv_manifest_read_options(lua_State *L, struct brv_manifest_reading *r);

#endif
