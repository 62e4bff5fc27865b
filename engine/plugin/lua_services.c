// Brevier — what other rooms lend to scripts: Markdown to elements, and the look of elements.
// SPDX-License-Identifier: MIT
#include "plugin/drawing.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/run.h"

#include <stdio.h>

enum { LOOK_GAS = 2000, VARIABLE_GAS = 1000, LOOK_NODES = 100, MARKDOWN_BYTES = 64 << 10 };

static const struct brv_plugin_services *services_of(lua_State *L)
{
    static const struct brv_plugin_services none;
    const struct brv_call *call = brv_call_of(L);
    return call && call->options->services ? call->options->services : &none;
}

// ---- markdown

// What is wrong with the text is a message at the line of the script that gave it.
static void log_faults(lua_State *L, const struct brv_sink *sink)
{
    struct brv_call *call = brv_call_of(L);
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next)
        brv_call_log(call, diag->severity, diag->message, brv_span_none(), brv_lua_place_at(L, 1));
}

// Markdown has a place in a source of its own, which no reader could open.
static void forget_places(struct brv_node *root, struct brv_span span)
{
    for (struct brv_node *node = root; node; node = brv_node_walk_next(root, node))
        node->span = span;
}

int brv_lua_markdown(lua_State *L)
{
    brv_str text;
    text.ptr = luaL_checklstring(L, 1, &text.len);
    const struct brv_plugin_services *services = services_of(L);
    struct brv_call *call = brv_call_of(L);
    if (!services->markdown)
        return luaL_error(L, "markdown can be read while a section is rendered");
    if (text.len > MARKDOWN_BYTES)
        return luaL_error(
            L, "Markdown of %d bytes, expected up to %d", (int)text.len, MARKDOWN_BYTES);
    brv_charge(L, 200 + 4 * text.len);
    size_t before = brv_arena_used_bytes(call->arena);
    text = brv_elements_clean_text(call->arena, text);
    struct brv_sink sink = brv_sink_init(call->arena);
    struct brv_node *root = services->markdown(services->user, call->arena, text, &sink);
    brv_drawing_charge(L, brv_arena_used_bytes(call->arena) - before);
    log_faults(L, &sink);
    forget_places(root, call->task->place);
    const struct brv_node *only = root->first;
    bool is_inline = only && !only->next && only->kind == BRV_KIND_P;
    brv_elements_push_list(L, is_inline ? only->first : root->first);
    return 1;
}

// ---- look

static void set_color(lua_State *L, const char *name, uint32_t rgba)
{
    char text[10];
    int len = (rgba & 0xFF) == 0xFF ? snprintf(text, sizeof text, "#%06x", rgba >> 8)
                                    : snprintf(text, sizeof text, "#%08x", rgba);
    lua_pushlstring(L, text, (size_t)len);
    lua_setfield(L, -2, name);
}

// ("--name") -> text or nil
static int push_variable(lua_State *L)
{
    const struct brv_plugin_services *services = services_of(L);
    struct brv_call *call = brv_call_of(L);
    brv_str name;
    name.ptr = lua_tolstring(L, 1, &name.len);
    brv_charge(L, VARIABLE_GAS);
    if (!services->variable)
        return luaL_error(L, "styles are not known here");
    if (!brv_str_starts_with(name, BRV_S("--")))
        return luaL_error(L, "expected an element, or the name of a variable like \"--accent\"");
    size_t before = brv_arena_used_bytes(call->arena);
    brv_str value = { 0 };
    bool is_set = services->variable(services->user, call->task->section, name, &value);
    brv_drawing_charge(L, brv_arena_used_bytes(call->arena) - before);
    if (is_set)
        brv_lua_push_str(L, value);
    else
        lua_pushnil(L);
    return 1;
}

// An element is looked at by itself, as it would stand in its section. Stack: unchanged. Raises.
static void check_stands_alone(lua_State *L, int index)
{
    enum brv_kind kind = BRV_KIND_DIV;
    lua_getfield(L, index, "tag"); // tag
    const char *tag = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    if (brv_kind_from_name(brv_str_from_cstr(tag), &kind) &&
        !brv_kind_may_contain(BRV_KIND_DIV, kind))
        luaL_error(L,
                   "expected an element that may stand in a section, as in "
                   "context.style(e.span { class = \"x\" }), not \"%s\"",
                   tag);
    lua_pop(L, 1);
}

int brv_lua_look(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TSTRING)
        return push_variable(L);
    brv_lua_check_table(L, 1);
    const struct brv_plugin_services *services = services_of(L);
    struct brv_call *call = brv_call_of(L);
    brv_charge(L, LOOK_GAS);
    if (!services->look)
        return luaL_error(L, "styles are not known here");
    check_stands_alone(L, 1);
    struct brv_node *div = brv_node_new(call->arena, BRV_KIND_DIV, call->task->place);
    brv_elements_read(L,
                      1,
                      div,
                      &(struct brv_elements_reading){
                          .what = "context.style was given",
                          .span = call->task->place,
                          .budget = LOOK_NODES,
                      });
    struct brv_node *element = div->first;
    if (!element || element->next)
        return luaL_error(L, "expected one element, as in context.style(e.span { class = \"x\" })");
    brv_node_remove(element);
    struct brv_plugin_look look = services->look(services->user, call->task->section, element);
    lua_createtable(L, 0, 5);
    set_color(L, "color", look.color);
    set_color(L, "background", look.background);
    lua_pushnumber(L, (lua_Number)look.font_size_pt);
    lua_setfield(L, -2, "size");
    lua_pushinteger(L, look.font_weight);
    lua_setfield(L, -2, "weight");
    lua_pushboolean(L, look.is_italic);
    lua_setfield(L, -2, "italic");
    return 1;
}
