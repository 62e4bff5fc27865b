// Brevier — reading what an element's table holds besides its children.
// SPDX-License-Identifier: MIT
#include "plugin/element_shape.h"

#include "plugin/library.h"
#include "plugin/sandbox.h"

// ---- one entry: [… key value]

static brv_str key_text(lua_State *L)
{
    brv_str key;
    key.ptr = lua_tolstring(L, -2, &key.len);
    return key;
}

static bool is_attr_value(lua_State *L)
{
    return lua_type(L, -1) == LUA_TSTRING || lua_type(L, -1) == LUA_TNUMBER;
}

// The value as text. A number is converted on a copy, which the shape does not keep alive, so its
// text goes to the arena.
static brv_str attr_text(lua_State *L)
{
    brv_str text;
    if (lua_type(L, -1) == LUA_TSTRING) {
        text.ptr = lua_tolstring(L, -1, &text.len);
        return text;
    }
    lua_pushvalue(L, -1);
    text.ptr = lua_tolstring(L, -1, &text.len);
    text = brv_arena_str(brv_sandbox_of(L)->arena, text);
    lua_pop(L, 1);
    return text;
}

static bool add_data(struct brv_element_shape *shape, brv_str name, brv_str value)
{
    if (shape->data_count == BRV_DATA_ATTRS_MAX)
        return false;
    size_t at = shape->data_count++;
    for (; at > 0 && brv_str_compare(shape->data[at - 1].name, name) > 0; at--)
        shape->data[at] = shape->data[at - 1];
    shape->data[at] = (struct brv_attr){ .name = name, .value = value };
    return true;
}

// An entry with a string as its key; false when it may not be there.
static bool read_named_entry(lua_State *L, struct brv_element_shape *shape)
{
    brv_str name = key_text(L);
    if (brv_str_is(name, "tag")) {
        shape->has_tag = lua_type(L, -1) == LUA_TSTRING;
        shape->tag.ptr = shape->has_tag ? lua_tolstring(L, -1, &shape->tag.len) : NULL;
        return shape->has_tag;
    }
    enum brv_attr_id id;
    if (!brv_attr_from_name(name, &id) || !is_attr_value(L))
        return false;
    if (id == BRV_ATTR_DATA)
        return add_data(shape, name, attr_text(L));
    shape->has_attr[id] = true;
    shape->attrs[id] = attr_text(L);
    return true;
}

static bool read_entry(lua_State *L, struct brv_element_shape *shape, lua_Integer *count)
{
    switch (lua_type(L, -2)) {
    case LUA_TNUMBER: {
        int is_integer = 0;
        lua_Integer i = lua_tointegerx(L, -2, &is_integer);
        if (!is_integer || i < 1)
            return false;
        ++*count;
        if (i > shape->length)
            shape->length = i;
        return true;
    }
    case LUA_TSTRING:
        return read_named_entry(L, shape);
    default:
        return lua_type(L, -2) == LUA_TLIGHTUSERDATA; // a note of the host
    }
}

// ---- faults

// [… value] The entry of this name is wrong.
static _Noreturn void raise_named(lua_State *L, brv_str name, const char *element)
{
    enum brv_attr_id id;
    size_t count = 0;
    const char *const *names = brv_attr_names(&count);
    if (brv_str_is(name, "tag"))
        luaL_error(L, "\"tag\" is a %s, expected the name of an element", luaL_typename(L, -1));
    if (!brv_attr_from_name(name, &id))
        brv_lua_name_error(
            L, lua_pushfstring(L, "%s has no attribute", element), name.ptr, names, count);
    luaL_error(
        L, "attribute \"%s\" is a %s, expected a text or a number", name.ptr, luaL_typename(L, -1));
    __builtin_unreachable();
}

static _Noreturn void raise_too_many_data(lua_State *L)
{
    luaL_error(L, "an element has more than %d data attributes", BRV_DATA_ATTRS_MAX);
    __builtin_unreachable();
}

// Lua's own order of a table differs from run to run, so the fault that was met first is not the
// one that is told: positions come first, then keys that are no names, then names by their bytes.
static _Noreturn void raise_first_fault(lua_State *L, int index, const char *element)
{
    lua_Integer position = 1;
    int key_type = LUA_NUMTYPES;
    brv_str name = { 0 };
    struct brv_element_shape shape = { 0 };
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) { // [… key value]
        int type = lua_type(L, -2);
        enum brv_attr_id id;
        if (read_entry(L, &shape, &(lua_Integer){ 0 }))
            continue;
        if (lua_isinteger(L, -2))
            position = lua_tointeger(L, -2) < position ? lua_tointeger(L, -2) : position;
        else if (type != LUA_TSTRING)
            key_type = type < key_type ? type : key_type;
        else if (brv_attr_from_name(key_text(L), &id) && is_attr_value(L))
            continue; // right, but one too many: whichever that is
        else if (!name.ptr || brv_str_compare(key_text(L), name) < 0)
            name = key_text(L);
    }
    if (position < 1)
        luaL_error(
            L, "%s has a child at position %I, expected 1 or more", element, (LUAI_UACINT)position);
    if (key_type < LUA_NUMTYPES)
        luaL_error(L,
                   "%s has a %s as a key, expected the name of an attribute",
                   element,
                   lua_typename(L, key_type));
    if (name.ptr) {
        brv_lua_push_str(L, name);
        lua_rawget(L, index); // [… value]
        raise_named(L, name, element);
    }
    raise_too_many_data(L);
}

// ---- the whole

void brv_element_shape_read(lua_State *L, int index, struct brv_element_shape *shape,
                            const char *element)
{
    shape->has_tag = false;
    shape->length = 0;
    shape->data_count = 0;
    memset(shape->has_attr, 0, sizeof shape->has_attr);
    lua_Integer count = 0;
    bool is_right = true;
    enum { ENTRIES = 64 }; // that are paid for together
    unsigned unpaid = 0;
    brv_charge_walk(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) { // [… key value]
        if (++unpaid == ENTRIES) {
            brv_charge(L, ENTRIES);
            unpaid = 0;
        }
        is_right = read_entry(L, shape, &count) && is_right;
    }
    brv_charge(L, unpaid);
    if (!is_right)
        raise_first_fault(L, index, element);
    if (shape->length > 4 * count + 64)
        luaL_error(L,
                   "%s has %I children at positions up to %I: too many holes",
                   element,
                   (LUAI_UACINT)count,
                   (LUAI_UACINT)shape->length);
}

void brv_element_shape_add_node(lua_State *L, struct brv_element_shape *shape,
                                const struct brv_node *node)
{
    shape->has_tag = true;
    shape->tag = brv_str_from_cstr(brv_kind_name(node->kind));
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        if (attr->id != BRV_ATTR_DATA) {
            shape->has_attr[attr->id] = true;
            shape->attrs[attr->id] = attr->value;
        } else if (!add_data(shape, attr->name, attr->value)) {
            raise_too_many_data(L);
        }
    }
}

bool brv_element_shape_has_attrs(const struct brv_element_shape *shape)
{
    for (int i = 0; i < BRV_NAMED_ATTRS; i++)
        if (shape->has_attr[i])
            return true;
    return shape->data_count > 0;
}
