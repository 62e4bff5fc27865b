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

void brv_element_create(lua_State *L, const struct brv_node *node)
{
    lua_createtable(L, child_count(node->first), 2 + attr_count(node)); // [element]
    lua_pushlightuserdata(L, (void *)(uintptr_t)node);
    lua_rawsetp(L, -2, brv_lua_key(&brv_key_origin));
}

void brv_element_fill(lua_State *L, int index, const struct brv_node *node,
                      brv_element_push_fn *push)
{
    lua_pushliteral(L, "tag");
    lua_pushstring(L, brv_kind_name(node->kind));
    lua_rawset(L, index);
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        brv_lua_push_str(L, attr->name);
        brv_lua_push_str(L, attr->value);
        lua_rawset(L, index);
    }
    lua_Integer i = 1;
    for (const struct brv_node *child = node->first; child; child = child->next) {
        push(L, child); // [… child]
        lua_rawseti(L, index, i++);
    }
}

// Recursion is bounded by the nesting of the document.
void brv_element_push(lua_State *L, const struct brv_node *node)
{
    luaL_checkstack(L, 8, "elements are nested too deeply");
    if (node->kind == BRV_KIND_TEXT) {
        brv_lua_push_str(L, node->text);
        return;
    }
    brv_element_create(L, node); // [element]
    brv_element_fill(L, lua_gettop(L), node, brv_element_push);
}

void brv_elements_push_each(lua_State *L, const struct brv_node *first, brv_element_push_fn *push)
{
    luaL_checkstack(L, 8, "elements are nested too deeply");
    lua_createtable(L, child_count(first), 0); // [list]
    lua_Integer i = 1;
    for (; first; first = first->next) {
        push(L, first);
        lua_rawseti(L, -2, i++);
    }
}

void brv_elements_push_list(lua_State *L, const struct brv_node *first)
{
    brv_elements_push_each(L, first, brv_element_push);
}
