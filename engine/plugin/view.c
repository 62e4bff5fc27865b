// Brevier — read-only views of host structures.
// SPDX-License-Identifier: MIT
#include "plugin/view.h"

#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <string.h>

enum { FIELDS_MAX = 32, FIELDS_USUAL = 8 }; // of a type, and of those a script reads

static const char key_views = 'v'; // of the registry; the spare of a type lies beside its metatable

enum { NO_CALL = -1 }; // in place of a generation: views of no call yet

struct view {
    const struct brv_view_type *type;
    const void *subject; // NULL: a spare
    uint32_t generation;
};

static const struct view *check_alive(lua_State *L, const struct view *view)
{
    if (view->generation != brv_sandbox_of(L)->generation)
        luaL_error(L, "a %s was used after its call to the plugin had returned", view->type->name);
    return view;
}

// [view key] The metamethod; upvalue 1 is the type.
static int read_field(lua_State *L)
{
    const struct view *view = check_alive(L, lua_touserdata(L, 1));
    brv_charge(L, 3);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    if (!name)
        return luaL_error(L, "a %s has no field of type %s", view->type->name, luaL_typename(L, 2));
    lua_getiuservalue(L, 1, 1); // [view key cache]
    lua_pushvalue(L, 2);
    if (lua_rawget(L, 3) != LUA_TNIL) // [view key cache value]
        return 1;
    lua_pop(L, 1);
    const struct brv_view_type *type = view->type;
    for (size_t i = 0; i < type->count; i++) {
        if (strcmp(type->fields[i].name, name) != 0)
            continue;
        type->fields[i].push(L, 3, view->subject); // [view key cache value]
        lua_pushvalue(L, 2);
        lua_pushvalue(L, -2);
        lua_rawset(L, 3);
        return 1;
    }
    const char *names[FIELDS_MAX];
    size_t count = type->count < FIELDS_MAX ? type->count : FIELDS_MAX;
    for (size_t i = 0; i < count; i++)
        names[i] = type->fields[i].name;
    brv_lua_name_error(L, lua_pushfstring(L, "a %s has no field", type->name), name, names, count);
}

static int write_field(lua_State *L)
{
    const struct view *view = lua_touserdata(L, 1);
    return luaL_error(L, "a %s is read-only", view->type->name);
}

// [-0, +1] A table of views by their subjects, with the generation of its call.
static void push_new_views(lua_State *L, lua_Integer generation)
{
    lua_createtable(L, 1, 4); // [views]
    lua_pushinteger(L, generation);
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &key_views);
}

// [-0, +1] The views of the call under way.
static void push_known_views(lua_State *L)
{
    lua_Integer generation = brv_sandbox_of(L)->generation;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &key_views) == LUA_TTABLE) { // [views]
        lua_rawgeti(L, -1, 1);
        lua_Integer made_for = lua_tointeger(L, -1);
        lua_pop(L, 1);
        if (made_for == generation)
            return;
        if (made_for == NO_CALL) {
            lua_pushinteger(L, generation);
            lua_rawseti(L, -2, 1);
            return;
        }
    }
    lua_pop(L, 1);
    push_new_views(L, generation);
}

// [-0, +1]
static void push_metatable(lua_State *L, const struct brv_view_type *type)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, type) == LUA_TTABLE) // [meta]
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 4); // [meta]
    lua_pushcfunction(L, read_field);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_field);
    lua_setfield(L, -2, "__newindex");
    lua_pushstring(L, type->name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, type);
}

// [-0, +1] A view of nothing yet.
static struct view *push_new_view(lua_State *L, const struct brv_view_type *type)
{
    struct view *view = lua_newuserdatauv(L, sizeof *view, 1); // [view]
    *view = (struct view){ .type = type };
    lua_createtable(L, 0, FIELDS_USUAL);
    lua_setiuservalue(L, -2, 1);
    push_metatable(L, type); // [view meta]
    lua_setmetatable(L, -2); // [view]
    return view;
}

// The first views of a state are made before a document sees it, and can be kept (image.c).
void brv_view_prepare(lua_State *L, const struct brv_view_type *type)
{
    push_new_view(L, type);
    lua_rawsetp(L, LUA_REGISTRYINDEX, type->fields);
    push_new_views(L, NO_CALL);
    lua_pop(L, 1);
}

// [-0, +1] The spare, or a new view.
static struct view *push_unused_view(lua_State *L, const struct brv_view_type *type)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, type->fields) == LUA_TUSERDATA) {
        struct view *spare = lua_touserdata(L, -1);
        if (!spare->subject)
            return spare;
    }
    lua_pop(L, 1);
    return push_new_view(L, type);
}

// A subject has one view in a call: what its fields give is the host's gift, and is given once.
void brv_view_push(lua_State *L, const struct brv_view_type *type, const void *subject)
{
    luaL_checkstack(L, 8, NULL);
    push_known_views(L); // [views]
    if (lua_rawgetp(L, -1, subject) == LUA_TUSERDATA &&
        ((const struct view *)lua_touserdata(L, -1))->type == type) {
        lua_remove(L, -2); // [view]
        return;
    }
    lua_pop(L, 1);                                 // [views]
    struct view *view = push_unused_view(L, type); // [views view]
    view->subject = subject;
    view->generation = brv_sandbox_of(L)->generation;
    lua_pushvalue(L, -1);
    lua_rawsetp(L, -3, subject);
    lua_remove(L, -2); // [view]
}

const void *brv_view_check(lua_State *L, int index, const struct brv_view_type *type)
{
    const struct view *view = lua_touserdata(L, index);
    bool is_one = view && lua_type(L, index) == LUA_TUSERDATA && lua_getmetatable(L, index);
    if (is_one) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, type); // [meta expected]
        is_one = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
    }
    if (!is_one) {
        luaL_typeerror(L, index, type->name);
        return NULL; // not reached
    }
    return check_alive(L, view)->subject;
}
