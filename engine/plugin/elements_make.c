// Brevier — making elements in scripts: the constructors, and plain text of what they made.
// SPDX-License-Identifier: MIT
#include "plugin/element_shape.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

// ---- constructors

struct construction {
    int target; // index of the new element
    lua_Integer length;
    const char *element;
    int depth;
};

static void construct_from_table(lua_State *L, struct construction *c, int index,
                                 bool is_outermost);

// Adds the value at `index` to the new element.
static void construct_child(lua_State *L, struct construction *c, int index, bool is_outermost)
{
    brv_charge(L, 2);
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return;
    case LUA_TSTRING:
    case LUA_TNUMBER:
        lua_pushvalue(L, index);
        lua_rawseti(L, c->target, ++c->length);
        return;
    case LUA_TTABLE:
        construct_from_table(L, c, index, is_outermost);
        return;
    case LUA_TBOOLEAN:
        if (!lua_toboolean(L, index))
            return;
        // fall through
    default:
        luaL_error(L,
                   "%s cannot hold a %s, expected text or elements%s",
                   c->element,
                   brv_lua_type_name(L, index),
                   lua_isuserdata(L, index) ? " like section.blocks" : "");
    }
}

// An element is a child; a list is spliced; the argument itself may hold attributes too.
static void construct_from_table(lua_State *L, struct construction *c, int index, bool is_outermost)
{
    luaL_checkstack(L, 8, "lists are nested too deeply");
    if (++c->depth > brv_sandbox_of(L)->limits.nesting)
        luaL_error(L, "%s: lists are nested too deeply", c->element);
    bool is_element = brv_element_is_asleep(L, index);
    if (!is_element) {
        lua_pushliteral(L, "tag");
        is_element = lua_rawget(L, index) != LUA_TNIL;
        lua_pop(L, 1);
    }
    if (is_element) {
        lua_pushvalue(L, index);
        lua_rawseti(L, c->target, ++c->length);
        c->depth--;
        return;
    }
    struct brv_element_shape shape;
    brv_element_shape_read(L, index, &shape, c->element);
    if (brv_element_shape_has_attrs(&shape) && !is_outermost)
        luaL_error(L, "%s: a list inside has attributes, expected an element", c->element);
    for (int i = 0; i < BRV_NAMED_ATTRS; i++) {
        if (!shape.has_attr[i])
            continue;
        brv_lua_push_str(L, shape.attrs[i]);
        lua_setfield(L, c->target, brv_attr_name((enum brv_attr_id)i));
    }
    for (size_t i = 0; i < shape.data_count; i++) {
        brv_lua_push_str(L, shape.data[i].name);
        brv_lua_push_str(L, shape.data[i].value);
        lua_rawset(L, c->target);
    }
    for (lua_Integer i = 1; i <= shape.length; i++) {
        lua_rawgeti(L, index, i); // [… child]
        construct_child(L, c, lua_gettop(L), false);
        lua_pop(L, 1);
    }
    c->depth--;
}

// The line of the maker, as an integer: module number and line.
static void note_origin(lua_State *L, int target)
{
    struct brv_lua_place place = brv_lua_place_at(L, 1);
    const struct brv_program *program = brv_sandbox_of(L)->program;
    if (!place.module || !program)
        return;
    lua_Integer module = place.module - program->modules;
    lua_pushinteger(L, module << 32 | place.line);
    lua_rawsetp(L, target, brv_lua_key(&brv_key_origin));
}

int brv_element_construct(lua_State *L, enum brv_kind kind)
{
    int count = lua_gettop(L);
    struct brv_arena *arena = brv_sandbox_of(L)->arena;
    struct brv_arena_mark mark = brv_arena_mark(arena); // texts of numbers, copied by Lua below
    brv_charge(L, 10);
    if (count == 1 && lua_istable(L, 1)) // room for tag and place, and for attributes
        lua_createtable(L, (int)(lua_rawlen(L, 1) & 0xFFFF), 4);
    else
        lua_createtable(L, count, 2);
    struct construction c = { .target = count + 1, .element = brv_kind_name(kind) };
    lua_pushstring(L, c.element);
    lua_setfield(L, c.target, "tag");
    note_origin(L, c.target);
    for (int i = 1; i <= count; i++)
        construct_child(L, &c, i, true);
    brv_arena_rewind(arena, mark);
    lua_settop(L, c.target);
    return 1;
}

// ---- plain text

// The same text that the node's table would give, awake.
static void add_node_text(lua_State *L, const struct brv_node *root, size_t start)
{
    for (const struct brv_node *node = root; node;) {
        if (node->kind == BRV_KIND_TEXT)
            brv_text_add(L, start, node->text.ptr, node->text.len);
        else if (node->kind == BRV_KIND_BR)
            brv_text_add(L, start, " ", 1);
        node = node->kind == BRV_KIND_FOOTNOTE ? brv_node_walk_over(root, node)
                                               : brv_node_walk_next(root, node);
    }
}

void brv_elements_add_text(lua_State *L, int index, size_t start, int depth)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, "elements are nested too deeply");
    if (lua_type(L, index) == LUA_TSTRING || lua_type(L, index) == LUA_TNUMBER) {
        lua_pushvalue(L, index);
        size_t len = 0;
        const char *text = lua_tolstring(L, -1, &len);
        brv_text_add(L, start, text, len);
        lua_pop(L, 1);
        return;
    }
    if (!lua_istable(L, index))
        return;
    if (depth <= 0)
        luaL_error(L, "elements are nested too deeply");
    const struct brv_node *asleep = brv_element_asleep(L, index);
    if (asleep) {
        add_node_text(L, asleep, start);
        return;
    }
    lua_pushliteral(L, "tag");
    lua_rawget(L, index);
    const char *tag = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    bool is_break = strcmp(tag, "br") == 0;
    bool is_note = strcmp(tag, "footnote") == 0;
    lua_pop(L, 1);
    if (is_break)
        brv_text_add(L, start, " ", 1);
    if (is_note)
        return;
    lua_Integer length = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= length; i++) {
        lua_rawgeti(L, index, i);
        brv_elements_add_text(L, -1, start, depth - 1);
        lua_pop(L, 1);
    }
}
