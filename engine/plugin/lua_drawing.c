// Brevier — e.drawing: an element that a script draws.
// SPDX-License-Identifier: MIT
//
// The shapes are recorded while the constructor runs, so that an error in `draw` has the script's
// own line. The element keeps the recording out of the script's sight, beside its attributes.
#include "base/arena.h"
#include "plugin/canvas.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <string.h>

static const char key_drawing = 'd'; // element -> its drawing, a light userdata

void brv_drawing_charge(lua_State *L, size_t bytes)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    brv_charge_bytes(L, bytes);
    box->drawn_bytes += bytes;
    if (2 * box->drawn_bytes + box->memory_bytes >
        box->limits.plugin_memory_bytes + box->memory_granted)
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
}

const struct brv_drawing *brv_drawing_of(lua_State *L, int index)
{
    lua_rawgetp(L, index, brv_lua_key(&key_drawing));
    const struct brv_drawing *drawing = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return drawing;
}

// [-0, +1] Pushes a field of the argument and returns its type.
static int push_field(lua_State *L, const char *name)
{
    lua_pushstring(L, name);
    return lua_rawget(L, 1);
}

static float side(lua_State *L, const char *name)
{
    push_field(L, name);
    double side_pt = brv_length_check(L, -1, name);
    if (side_pt < 1 || side_pt > BRV_DRAWING_SIDE_PT)
        luaL_error(L, "\"%s\" is %f, expected 1 to %d points", name, side_pt, BRV_DRAWING_SIDE_PT);
    lua_pop(L, 1);
    return (float)side_pt;
}

// The lines that the text output shows.
static brv_str text_form(lua_State *L)
{
    struct brv_arena *arena = brv_sandbox_of(L)->arena;
    brv_str text = { "", 0 };
    int type = push_field(L, "text");
    if (type == LUA_TSTRING) {
        text.ptr = lua_tolstring(L, -1, &text.len);
        brv_drawing_charge(L, text.len);
        text = brv_elements_clean_text(arena, text);
    } else if (type != LUA_TNIL) {
        luaL_error(L, "\"text\" is a %s, expected a text", luaL_typename(L, -1));
    }
    lua_pop(L, 1);
    return text;
}

// [… element] Copies what is an attribute of the element from the argument.
static void copy_attributes(lua_State *L)
{
    static const char *const own[] = { "width", "height", "text", "draw" };
    brv_charge_walk(L);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) { // [… element key value]
        brv_charge(L, 2);
        if (lua_type(L, -2) == LUA_TNUMBER)
            luaL_error(L, "a drawing has no children: draw them");
        bool is_own = lua_islightuserdata(L, -2);
        for (size_t i = 0; i < BRV_COUNT(own) && lua_type(L, -2) == LUA_TSTRING; i++)
            is_own = is_own || strcmp(lua_tostring(L, -2), own[i]) == 0;
        if (is_own)
            continue;
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, -5);
    }
}

int brv_drawing_construct(lua_State *L)
{
    brv_lua_check_table(L, 1);
    lua_settop(L, 1);
    struct brv_arena *arena = brv_sandbox_of(L)->arena;
    brv_drawing_charge(L, sizeof(struct brv_drawing) + sizeof(struct brv_recording));
    struct brv_drawing *drawing = BRV_NEW(arena, struct brv_drawing);
    struct brv_recording *recording = BRV_NEW(arena, struct brv_recording);
    *recording = (struct brv_recording){ arena, drawing, &drawing->first, false };
    drawing->width_pt = side(L, "width");
    drawing->height_pt = side(L, "height");
    drawing->text = text_form(L);
    if (push_field(L, "alt") == LUA_TNIL)
        luaL_error(L, "a drawing has no \"alt\": say what it shows, for those who do not see it");
    if (push_field(L, "draw") != LUA_TFUNCTION)
        luaL_error(L, "\"draw\" is a %s, expected a function", luaL_typename(L, -1));
    brv_canvas_push(L, recording); // [argument alt draw canvas]
    lua_call(L, 1, 0);             // [argument alt]
    recording->is_closed = true;
    lua_createtable(L, 0, 4); // [argument alt attributes]
    copy_attributes(L);
    lua_replace(L, 1);
    lua_settop(L, 1);                           // [attributes]
    brv_element_construct(L, BRV_KIND_DRAWING); // [attributes element]
    lua_pushlightuserdata(L, drawing);
    lua_rawsetp(L, -2, brv_lua_key(&key_drawing));
    return 1;
}
