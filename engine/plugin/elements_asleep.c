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
// The node that a sleeper stands for never changes: it is the document's, or a rendering made for
// it, and trees are built of copies. Therefore it may wake in a later call, too. What waking takes
// is the host's gift, as the whole section would be.
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

static const char key_asleep = 'a'; // registry: the metatable

static int child_count(const struct brv_node *node)
{
    int count = 0;
    for (const struct brv_node *child = node->first; child; child = child->next)
        count++;
    return count;
}

const struct brv_node *brv_element_asleep(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index))
        return NULL;
    bool is_asleep = lua_topointer(L, -1) == brv_sandbox_of(L)->asleep;
    lua_pop(L, 1);
    if (!is_asleep)
        return NULL;
    lua_rawgetp(L, index, brv_lua_key(&brv_key_origin));
    const struct brv_node *node = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return node;
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
        const struct brv_attr *attr = node->attrs;
        while (attr && !brv_str_equal(attr->name, key))
            attr = attr->next;
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

// [element key value]
static int on_write(lua_State *L)
{
    brv_charge(L, 1);
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

// [-0, +1]
static void push_metatable(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &key_asleep) == LUA_TTABLE) // [meta]
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 3); // [meta]
    lua_pushcfunction(L, on_read);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, on_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, on_length);
    lua_setfield(L, -2, "__len");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &key_asleep);
    brv_sandbox_of(L)->asleep = lua_topointer(L, -1);
}

void brv_elements_prepare(lua_State *L)
{
    push_metatable(L);
    lua_pop(L, 1);
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
    push_metatable(L); // [element meta]
    lua_setmetatable(L, -2);
}

void brv_elements_push_list_asleep(lua_State *L, const struct brv_node *first)
{
    brv_elements_push_each(L, first, brv_element_push_asleep);
}
