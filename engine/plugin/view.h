// Brevier — read-only views: how a script sees structures of the host.
// A view is a userdata whose fields are pushed when first read and kept. Reading an unknown field
// or writing any is an error. A subject has one view in a call, which dies when the call returns.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_VIEW_H
#define BRV_PLUGIN_VIEW_H

#include <lauxlib.h>
#include <lua.h>
#include <stddef.h>

struct brv_view_field {
    const char *name;
    // [-0, +1] Pushes the value. `cache` is the index of the table of fields already known; a push
    // may put others there.
    void (*push)(lua_State *L, int cache, const void *subject);
    const char *type; // for the reference: "string", "list of elements"
    const char *help;
};

struct brv_view_type {
    const char *name; // "section"
    const char *summary;
    const struct brv_view_field *fields;
    size_t count;
};

extern const struct brv_view_type brv_view_section;
extern const struct brv_view_type brv_view_document;
extern const struct brv_view_type brv_view_context;

// What the views of a type have in common, ahead of the first of them.
void brv_view_prepare(lua_State *L, const struct brv_view_type *type);
// [-0, +1]
void brv_view_push(lua_State *L, const struct brv_view_type *type, const void *subject);
// The subject of the argument `index`; raises when it is no living view of the type.
const void *brv_view_check(lua_State *L, int index, const struct brv_view_type *type);

#endif
