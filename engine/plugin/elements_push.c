// Brevier — nodes to tables.
// SPDX-License-Identifier: MIT
#include "plugin/elements.h"
#include "plugin/library.h"

static int child_count(const struct brv_node *first)
{
    int count = 0;
    for (; first; first = first->next)
        count++;
    return count;
}

static int attr_count(const struct brv_node *node)
{
    int count = 0;
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next)
        count++;
    return count;
}

// Recursion is bounded by the nesting of the document.
static void push_node(lua_State *L, const struct brv_node *node)
{
    luaL_checkstack(L, 8, "elements are nested too deeply");
    if (node->kind == BRV_KIND_TEXT) {
        lua_pushlstring(L, node->text.len ? node->text.ptr : "", node->text.len);
        return;
    }
    lua_createtable(L, child_count(node->first), 2 + attr_count(node)); // [element]
    lua_pushstring(L, brv_kind_name(node->kind));
    lua_setfield(L, -2, "tag");
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        lua_pushlstring(L, attr->name.ptr, attr->name.len);
        lua_pushlstring(L, attr->value.len ? attr->value.ptr : "", attr->value.len);
        lua_rawset(L, -3);
    }
    lua_pushlightuserdata(L, (void *)(uintptr_t)node);
    lua_rawsetp(L, -2, brv_lua_key(&brv_key_origin));
    lua_Integer i = 1;
    for (const struct brv_node *child = node->first; child; child = child->next) {
        push_node(L, child); // [element child]
        lua_rawseti(L, -2, i++);
    }
}

void brv_element_push(lua_State *L, const struct brv_node *node)
{
    push_node(L, node);
}

void brv_elements_push_list(lua_State *L, const struct brv_node *first)
{
    luaL_checkstack(L, 8, "elements are nested too deeply");
    lua_createtable(L, child_count(first), 0); // [list]
    lua_Integer i = 1;
    for (; first; first = first->next) {
        push_node(L, first);
        lua_rawseti(L, -2, i++);
    }
}
