// Brevier — the modules brevier, brevier.element and brevier.text.
// SPDX-License-Identifier: MIT
#include "model/document.h"
#include "plugin/drawing.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/manifest.h"
#include "plugin/sandbox.h"

// ---- brevier.element: one constructor per kind of model/kinds.def, made when first asked for

// (…) upvalue 1: the kind
static int construct(lua_State *L)
{
    return brv_element_construct(L, (enum brv_kind)lua_tointeger(L, lua_upvalueindex(1)));
}

// [module name]
static int find_constructor(lua_State *L)
{
    brv_charge(L, 20);
    brv_str name = { "", 0 };
    if (lua_type(L, 2) == LUA_TSTRING)
        name.ptr = lua_tolstring(L, 2, &name.len);
    enum brv_kind kind;
    if (!brv_kind_from_name(name, &kind))
        brv_lua_name_error(
            L, "there is no element", name.ptr, brv_kind_names(), BRV_KIND_COUNT - 1);
    if (kind == BRV_KIND_DRAWING) {
        lua_pushcfunction(L, brv_drawing_construct);
    } else {
        lua_pushinteger(L, kind);
        lua_pushcclosure(L, construct, 1);
    } // [module name function]
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_rawset(L, 1);
    return 1;
}

static int refuse_write(lua_State *L)
{
    return luaL_error(L, "brevier.element is read-only");
}

static void add_constructors(lua_State *L)
{
    lua_createtable(L, 0, 3); // [module meta]
    lua_pushcfunction(L, find_constructor);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2); // [module]
}

const struct brv_lua_library brv_lua_element = {
    .name = "brevier.element",
    .where = BRV_LUA_REQUIRED,
    .summary =
        "One function per element. `e.p { class = \"lead\", \"text\", e.em \"more\" }`, "
        "`e.p \"text\"` and `e.p(a, b)` make a table; texts, numbers, elements and lists of "
        "them are children, nil and false are passed over, string keys are attributes. "
        "`e.drawing { width = 200, height = 100, alt = \"…\", text = \"…\", draw = "
        "function(g) … end }` draws once for all outputs: in points, on a canvas; text output "
        "shows `text`, or the alt.",
    .finish = add_constructors,
};

// ---- brevier.text

static int l_plain(lua_State *L)
{
    luaL_checkany(L, 1);
    brv_charge(L, 5);
    size_t start = brv_text_begin(L);
    brv_elements_add_text(L, 1, start, brv_sandbox_of(L)->limits.nesting);
    brv_text_push(L, start);
    return 1;
}

static int l_slug(lua_State *L)
{
    brv_str text;
    text.ptr = luaL_checklstring(L, 1, &text.len);
    brv_charge(L, 20 + text.len);
    struct brv_arena *arena = brv_sandbox_of(L)->arena;
    struct brv_arena_mark mark = brv_arena_mark(arena);
    brv_str slug = brv_slug(arena, text);
    brv_lua_push_str(L, slug);
    brv_arena_rewind(arena, mark);
    return 1;
}

static int l_split(lua_State *L)
{
    brv_str text;
    brv_str separator;
    text.ptr = luaL_checklstring(L, 1, &text.len);
    separator.ptr = luaL_checklstring(L, 2, &separator.len);
    luaL_argcheck(L, separator.len > 0, 2, "separator is empty");
    brv_charge_bytes(L, text.len);
    lua_createtable(L, 0, 0); // [… parts]
    lua_Integer count = 0;
    for (size_t at = 0;; at += separator.len) {
        size_t end = brv_str_find(text, at, separator);
        brv_str part = brv_str_trim(brv_str_slice(text, at, end));
        brv_charge(L, 2 + separator.len / 4);
        brv_lua_push_str(L, part);
        lua_rawseti(L, -2, ++count);
        if (end == text.len)
            return 1;
        at = end;
    }
}

static int l_trim(lua_State *L)
{
    brv_str text;
    text.ptr = luaL_checklstring(L, 1, &text.len);
    brv_charge_bytes(L, text.len);
    text = brv_str_trim(text);
    brv_lua_push_str(L, text);
    return 1;
}

static const struct brv_lua_function text_functions[] = {
    { "plain", l_plain, "(element)", "The text of an element or list without its elements." },
    { "slug", l_slug, "(text)", "Lower-case words joined by `-`, as classes and ids are made." },
    { "split", l_split, "(text, separator)", "The trimmed parts between plain separators." },
    { "trim", l_trim, "(text)", "Without white space at both ends." },
    { "width",
      brv_lua_text_width,
      "(text [, size])",
      "About how wide a text in a drawing will be, in points: a plugin does not see the fonts." },
};

const struct brv_lua_library brv_lua_text = {
    .name = "brevier.text",
    .where = BRV_LUA_REQUIRED,
    .summary = "Small helpers for text.",
    .functions = text_functions,
    .count = BRV_COUNT(text_functions),
};

// ---- brevier

static void add_version(lua_State *L)
{
    lua_pushstring(L, BRV_VERSION);
    lua_setfield(L, -2, "version");
    lua_pushinteger(L, BRV_PLUGIN_API);
    lua_setfield(L, -2, "api");
}

static const struct brv_lua_function brevier_functions[] = {
    { "check_options",
      brv_lua_check_options,
      "(options, what, names)",
      "Warns, at the line of the plugin, of each key that is none of the names, as in "
      "`check_options(options, \"my.table\", \"class columns\")`." },
    { "markdown",
      brv_lua_markdown,
      "(text)",
      "Markdown as a list of elements: inline ones for a single paragraph, else blocks." },
};

const struct brv_lua_library brv_lua_brevier = {
    .name = "brevier",
    .where = BRV_LUA_REQUIRED,
    .summary = "`version`, `api`, the number that a manifest names, and what belongs nowhere else.",
    .functions = brevier_functions,
    .count = BRV_COUNT(brevier_functions),
    .finish = add_version,
};
