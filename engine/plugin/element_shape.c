// Brevier — reading what an element's table holds besides its children.
// SPDX-License-Identifier: MIT
#include "plugin/element_shape.h"

#include "plugin/library.h"
#include "plugin/sandbox.h"

static bool attr_id_of(brv_str name, enum brv_attr_id *id)
{
    for (int i = 0; i < BRV_NAMED_ATTRS; i++) {
        if (brv_str_is(name, brv_attr_name((enum brv_attr_id)i))) {
            *id = (enum brv_attr_id)i;
            return true;
        }
    }
    return false;
}

static bool is_data_name(brv_str name)
{
    if (!brv_str_starts_with(name, BRV_S("data-")) || name.len == 5)
        return false;
    for (size_t i = 5; i < name.len; i++) {
        char c = name.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !brv_is_digit(c) && c != '-')
            return false;
    }
    return true;
}

static void add_data(lua_State *L, struct brv_element_shape *shape, brv_str name, brv_str value)
{
    if (shape->data_count == BRV_DATA_ATTRS_MAX)
        luaL_error(L, "an element has more than %d data attributes", BRV_DATA_ATTRS_MAX);
    size_t at = shape->data_count++;
    for (; at > 0 && brv_str_compare(shape->data[at - 1].name, name) > 0; at--)
        shape->data[at] = shape->data[at - 1];
    shape->data[at] = (struct brv_attr){ .name = name, .value = value };
}

// The value on top as text: a string or a number. Numbers are converted on a copy, which the shape
// does not keep alive, so the text goes to the arena.
static brv_str attr_text(lua_State *L, const char *name)
{
    brv_str text;
    if (lua_type(L, -1) == LUA_TSTRING) {
        text.ptr = lua_tolstring(L, -1, &text.len);
        return text;
    }
    if (lua_type(L, -1) != LUA_TNUMBER)
        luaL_error(
            L, "attribute \"%s\" is a %s, expected a text or a number", name, luaL_typename(L, -1));
    lua_pushvalue(L, -1);
    text.ptr = lua_tolstring(L, -1, &text.len);
    text = brv_arena_str(brv_sandbox_of(L)->arena, text);
    lua_pop(L, 1);
    return text;
}

// [… key value] One entry with a string key.
static void read_named_entry(lua_State *L, struct brv_element_shape *shape, const char *element)
{
    brv_str name;
    name.ptr = lua_tolstring(L, -2, &name.len);
    if (brv_str_is(name, "tag")) {
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "\"tag\" is a %s, expected the name of an element", luaL_typename(L, -1));
        shape->has_tag = true;
        shape->tag.ptr = lua_tolstring(L, -1, &shape->tag.len);
        return;
    }
    enum brv_attr_id id;
    if (attr_id_of(name, &id)) {
        shape->has_attr[id] = true;
        shape->attrs[id] = attr_text(L, name.ptr);
    } else if (is_data_name(name)) {
        add_data(L, shape, name, attr_text(L, name.ptr));
    } else {
        size_t count = 0;
        const char *const *names = brv_attr_names(&count);
        brv_lua_name_error(
            L, lua_pushfstring(L, "%s has no attribute", element), name.ptr, names, count);
    }
}

void brv_element_shape_read(lua_State *L, int index, struct brv_element_shape *shape,
                            const char *element)
{
    shape->has_tag = false;
    shape->length = 0;
    shape->data_count = 0;
    memset(shape->has_attr, 0, sizeof shape->has_attr);
    lua_Integer count = 0;
    brv_charge_walk(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) { // [… key value]
        brv_charge(L, 1);
        if (lua_isinteger(L, -2)) {
            lua_Integer i = lua_tointeger(L, -2);
            if (i < 1)
                luaL_error(L,
                           "%s has a child at position %I, expected 1 or more",
                           element,
                           (LUAI_UACINT)i);
            count++;
            if (i > shape->length)
                shape->length = i;
        } else if (lua_type(L, -2) == LUA_TSTRING) {
            read_named_entry(L, shape, element);
        } else if (lua_type(L, -2) != LUA_TLIGHTUSERDATA) {
            luaL_error(L,
                       "%s has a %s as a key, expected the name of an attribute",
                       element,
                       luaL_typename(L, -2));
        }
    }
    if (shape->length > 4 * count + 64)
        luaL_error(L,
                   "%s has %I children at positions up to %I: too many holes",
                   element,
                   (LUAI_UACINT)count,
                   (LUAI_UACINT)shape->length);
}

bool brv_element_shape_has_attrs(const struct brv_element_shape *shape)
{
    for (int i = 0; i < BRV_NAMED_ATTRS; i++)
        if (shape->has_attr[i])
            return true;
    return shape->data_count > 0;
}
