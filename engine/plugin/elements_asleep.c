// Brevier — elements of the document that a script has not looked into.
// SPDX-License-Identifier: MIT
//
// Most of what a plugin is given it hands back as it was. So an element comes as a table that holds
// nothing but where it is from, and is filled when the script first does more with it than ask for
// its tag, an attribute or its length:
//
//     { origin = <ul> } + metatable     blocks[3][2]     { tag = "ul", {…}, { origin = <li> } + … }
//           asleep                      ───────────►                  awake: a plain table
//
// Its children are asleep again. The metatable goes as the table wakes, and no script ever sees it:
// whatever of ours reads a table without metamethods wakes it first (brv_lua_check_table()). What
// comes back asleep is copied as a node. So a section costs what is looked at of it, however long.
//
// Much of what is written to an element is a class. So an attribute that the node has not is laid
// upon the sleeper, which sleeps on, dressed:
//
//     { origin = <ul>, class = "points" } + metatable of the dressed
//
// Lua finds it there, as it would in the table awake, and waking adds the rest. What the node has
// must be filled in before it can be changed: erased, it would be found in the node again.
//
// The node that a sleeper stands for never changes: it is the document's, or a rendering made for
// it, and trees are built of copies. Therefore it may wake in a later call, too. What waking takes
// is the host's gift, as the whole section would be.
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

// Registry: the metatables.
static const char key_asleep = 'a';
static const char key_dressed = 'd';

static int child_count(const struct brv_node *node)
{
    int count = 0;
    for (const struct brv_node *child = node->first; child; child = child->next)
        count++;
    return count;
}

bool brv_element_is_asleep(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index))
        return false;
    const void *meta = lua_topointer(L, -1);
    lua_pop(L, 1);
    return meta == brv_sandbox_of(L)->asleep || meta == brv_sandbox_of(L)->asleep_dressed;
}

const struct brv_node *brv_element_asleep(lua_State *L, int index)
{
    if (!brv_element_is_asleep(L, index))
        return NULL;
    lua_rawgetp(L, index, brv_lua_key(&brv_key_origin));
    const struct brv_node *node = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return node;
}

bool brv_element_is_dressed(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index))
        return false;
    bool is_dressed = lua_topointer(L, -1) == brv_sandbox_of(L)->asleep_dressed;
    lua_pop(L, 1);
    return is_dressed;
}

void brv_element_wake(lua_State *L, int index)
{
    const struct brv_node *node = brv_element_asleep(L, index);
    if (!node)
        return;
    luaL_checkstack(L, 8, "elements are nested too deeply");
    index = lua_absindex(L, index);
    struct brv_host_gift gift = brv_host_gift_begin(brv_sandbox_of(L));
    lua_pushnil(L);
    lua_setmetatable(L, index);
    brv_element_fill(L, index, node, brv_element_push_asleep);
    brv_host_gift_end(brv_sandbox_of(L), gift);
}

void brv_lua_check_table(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    brv_element_wake(L, index);
}

// ---- metamethods

static const struct brv_attr *find_attr(const struct brv_node *node, brv_str name)
{
    const struct brv_attr *attr = node->attrs;
    while (attr && !brv_str_equal(attr->name, name))
        attr = attr->next;
    return attr;
}

// [element key] What needs no waking is answered: most elements are asked what they are, and left.
static int on_read(lua_State *L)
{
    brv_charge(L, 1);
    const struct brv_node *node = brv_element_asleep(L, 1);
    if (node && lua_type(L, 2) == LUA_TSTRING) {
        brv_str key;
        key.ptr = lua_tolstring(L, 2, &key.len);
        if (brv_str_is(key, "tag")) {
            lua_pushstring(L, brv_kind_name(node->kind));
            return 1;
        }
        const struct brv_attr *attr = find_attr(node, key);
        if (attr)
            brv_lua_push_str(L, attr->value);
        else
            lua_pushnil(L);
        return 1;
    }
    brv_element_wake(L, 1);
    lua_rawget(L, 1);
    return 1;
}

// Whether a key is the name of an attribute that the node has not. Whether there is such a one is
// seen when the element is read.
static bool is_new_attr(lua_State *L, int index, const struct brv_node *node)
{
    if (lua_type(L, index) != LUA_TSTRING)
        return false;
    brv_str key;
    key.ptr = lua_tolstring(L, index, &key.len);
    return !brv_str_is(key, "tag") && !find_attr(node, key);
}

// [element key value]
static int on_write(lua_State *L)
{
    brv_charge(L, 1);
    const struct brv_node *node = brv_element_asleep(L, 1);
    if (node && is_new_attr(L, 2, node)) {
        lua_rawset(L, 1);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &key_dressed);
        lua_setmetatable(L, 1);
        return 0;
    }
    brv_element_wake(L, 1);
    lua_settable(L, 1);
    return 0;
}

// [element …]
static int on_length(lua_State *L)
{
    brv_charge(L, 1);
    const struct brv_node *node = brv_element_asleep(L, 1);
    lua_pushinteger(L, node ? child_count(node) : (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

// ---- making

// Keeps a new metatable in the registry, and says where it is.
static const void *keep_metatable(lua_State *L, const char *key)
{
    lua_createtable(L, 0, 3); // [meta]
    lua_pushcfunction(L, on_read);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, on_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, on_length);
    lua_setfield(L, -2, "__len");
    const void *meta = lua_topointer(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    return meta;
}

void brv_elements_prepare(lua_State *L)
{
    brv_sandbox_of(L)->asleep = keep_metatable(L, &key_asleep);
    brv_sandbox_of(L)->asleep_dressed = keep_metatable(L, &key_dressed);
}

// There is room for what waking adds.
void brv_element_push_asleep(lua_State *L, const struct brv_node *node)
{
    luaL_checkstack(L, 8, "elements are nested too deeply");
    if (node->kind == BRV_KIND_TEXT) {
        brv_lua_push_str(L, node->text);
        return;
    }
    brv_element_create(L, node);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &key_asleep); // [element meta]
    lua_setmetatable(L, -2);
}

void brv_elements_push_list_asleep(lua_State *L, const struct brv_node *first)
{
    brv_elements_push_each(L, first, brv_element_push_asleep);
}
