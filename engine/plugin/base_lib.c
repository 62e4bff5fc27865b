// Brevier — the basic functions of a plugin's state.
// SPDX-License-Identifier: MIT
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <math.h>
#include <stdio.h>

// The metamethods that a script's metatable may have. What is not here is not seen by Lua.
static const char *const metamethods[] = {
    "__index", "__newindex", "__call",   "__tostring", "__name",      "__len", "__eq",
    "__lt",    "__le",       "__concat", "__unm",      "__add",       "__sub", "__mul",
    "__div",   "__mod",      "__pow",    "__idiv",     "__band",      "__bor", "__bxor",
    "__shl",   "__shr",      "__bnot",   "__pairs",    "__metatable",
};
static const char *const forbidden_metamethods[] = { "__gc", "__mode", "__close" };

enum { NEAR_LEVELS = 100 }; // of the stack; to find one further off takes time

// ---- errors

static int l_assert(lua_State *L)
{
    brv_charge(L, 2);
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    if (lua_gettop(L) == 1)
        return luaL_error(L, "assertion failed");
    lua_settop(L, 2);
    return lua_error(L);
}

static int l_error(lua_State *L)
{
    brv_charge(L, 10);
    int level = (int)luaL_optinteger(L, 2, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && level > 0) {
        if (level > NEAR_LEVELS)
            brv_charge_walk(L);
        luaL_where(L, level); // [message where]
        lua_insert(L, 1);
        size_t len = 0;
        (void)lua_tolstring(L, 2, &len);
        brv_check_string_length(L, len);
        lua_concat(L, 2); // [where..message]
    }
    return lua_error(L);
}

static int l_pcall(lua_State *L)
{
    brv_charge(L, 10);
    luaL_checkany(L, 1);
    size_t text_len = brv_text_begin(L);
    lua_pushboolean(L, 1);
    lua_insert(L, 1); // [true f args…]
    int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    if (brv_catch(L, status, text_len))
        return lua_gettop(L); // [true results…]
    lua_pushboolean(L, 0);    // [… error false]
    lua_insert(L, -2);        // [… false error]
    return 2;
}

// Unlike stock Lua the handler runs after unwinding, so it sees no stack; in return it cannot run
// on an exhausted budget.
static int l_xpcall(lua_State *L)
{
    brv_charge(L, 10);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    size_t text_len = brv_text_begin(L);
    lua_pushvalue(L, 2);
    lua_insert(L, 1);      // [handler f handler args…]
    lua_pushboolean(L, 1); // [handler f handler args… true]
    lua_replace(L, 3);     // [handler f true args…]
    lua_pushvalue(L, 2);
    lua_remove(L, 2); // [handler true args… f]
    lua_insert(L, 3); // [handler true f args…]
    int status = lua_pcall(L, lua_gettop(L) - 3, LUA_MULTRET, 0);
    if (brv_catch(L, status, text_len))
        return lua_gettop(L) - 1; // [handler true results…]
    lua_pushvalue(L, 1);          // [… error handler]
    lua_insert(L, -2);            // [… handler error]
    status = lua_pcall(L, 1, 1, 0);
    brv_catch(L, status, text_len);
    lua_pushboolean(L, 0); // [… answer false]
    lua_insert(L, -2);     // [… false answer]
    return 2;
}

// ---- values

static int l_type(lua_State *L)
{
    brv_charge(L, 1);
    luaL_checkany(L, 1);
    lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

const char *brv_lua_text_of(lua_State *L, int index, size_t *len)
{
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) { // [text]
        if (!lua_isstring(L, -1))
            luaL_error(L, "\"__tostring\" must return a string");
        return lua_tolstring(L, -1, len);
    }
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TNUMBER:
        lua_pushvalue(L, index);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    case LUA_TNIL:
        lua_pushliteral(L, "nil");
        break;
    default: // never an address: it would differ from run to run
        if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
            break;
        lua_pushstring(L, luaL_typename(L, index));
        break;
    }
    return lua_tolstring(L, -1, len); // converts a number in place
}

static int l_tostring(lua_State *L)
{
    brv_charge(L, 5);
    luaL_checkany(L, 1);
    brv_lua_text_of(L, 1, NULL);
    return 1;
}

static int digit_value(char c)
{
    if (brv_is_digit(c))
        return c - '0';
    c = brv_to_lower(c);
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

// tonumber(text, base): an integer that wraps around, like stock Lua.
static bool integer_in_base(brv_str text, lua_Integer base, lua_Integer *value)
{
    text = brv_str_trim(text);
    bool is_negative = text.len > 0 && text.ptr[0] == '-';
    if (is_negative)
        text = brv_str_slice(text, 1, text.len);
    if (text.len == 0)
        return false;
    lua_Unsigned sum = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = digit_value(text.ptr[i]);
        if (digit >= base)
            return false;
        sum = sum * (lua_Unsigned)base + (lua_Unsigned)digit;
    }
    *value = (lua_Integer)(is_negative ? 0u - sum : sum);
    return true;
}

static int l_tonumber(lua_State *L)
{
    if (lua_isnoneornil(L, 2)) {
        luaL_checkany(L, 1);
        size_t len = 0;
        const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : NULL;
        brv_charge_bytes(L, len);
        if (lua_type(L, 1) == LUA_TNUMBER)
            lua_settop(L, 1);
        else if (!text || lua_stringtonumber(L, text) != len + 1)
            lua_pushnil(L);
        return 1;
    }
    luaL_checktype(L, 1, LUA_TSTRING);
    lua_Integer base = luaL_checkinteger(L, 2);
    luaL_argcheck(L, base >= 2 && base <= 36, 2, "base out of range");
    brv_str text;
    text.ptr = lua_tolstring(L, 1, &text.len);
    brv_charge_bytes(L, text.len);
    lua_Integer value = 0;
    if (integer_in_base(text, base, &value))
        lua_pushinteger(L, value);
    else
        lua_pushnil(L);
    return 1;
}

static int l_select(lua_State *L)
{
    brv_charge(L, 2);
    int count = lua_gettop(L);
    if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == '#') {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    lua_Integer from = luaL_checkinteger(L, 1);
    if (from < 0)
        from = count + from;
    luaL_argcheck(L, from >= 1, 1, "index out of range");
    return from >= count ? 0 : count - (int)from;
}

// ---- tables

static int ipairs_step(lua_State *L)
{
    brv_charge(L, 1);
    lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int l_ipairs(lua_State *L)
{
    brv_charge(L, 2);
    luaL_checkany(L, 1);
    lua_pushcfunction(L, ipairs_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static int l_rawget(lua_State *L)
{
    brv_charge(L, 1);
    brv_lua_check_table(L, 1);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    lua_rawget(L, 1);
    return 1;
}

static int l_rawset(lua_State *L)
{
    brv_charge(L, 1);
    brv_lua_check_table(L, 1);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected table");
    lua_rawset(L, 1);
    return 1;
}

static int l_rawequal(lua_State *L)
{
    brv_charge(L, 1);
    luaL_checkany(L, 1);
    luaL_checkany(L, 2);
    lua_pushboolean(L, lua_rawequal(L, 1, 2));
    return 1;
}

static int l_rawlen(lua_State *L)
{
    brv_charge(L, 1);
    luaL_argcheck(
        L, lua_istable(L, 1) || lua_type(L, 1) == LUA_TSTRING, 1, "table or string expected");
    brv_element_wake(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

// Lua looks some metamethods up when it needs them, so checking a script's table once would not do:
// a key added later would count. The metatable that Lua sees is a copy with the permitted keys; the
// script's table and the copy know each other by a key that scripts cannot make.
static int l_setmetatable(lua_State *L)
{
    brv_charge(L, 2 * BRV_COUNT(metamethods));
    brv_lua_check_table(L, 1);
    luaL_argcheck(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table expected");
    lua_settop(L, 2);
    brv_element_wake(L, 2);
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    if (lua_isnil(L, 2)) {
        lua_setmetatable(L, 1);
        return 1;
    }
    for (size_t i = 0; i < BRV_COUNT(forbidden_metamethods); i++) {
        lua_pushstring(L, forbidden_metamethods[i]);
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "a metatable may not have \"%s\"", forbidden_metamethods[i]);
        lua_pop(L, 1);
    }
    // Lua follows a chain of these without a hook, and moves the arguments at each step.
    lua_pushliteral(L, "__call");
    if (lua_rawget(L, 2) != LUA_TNIL && !lua_isfunction(L, -1))
        return luaL_error(L, "\"__call\" is a %s, expected a function", luaL_typename(L, -1));
    lua_pop(L, 1);
    if (lua_rawgetp(L, 2, brv_lua_key(&brv_key_metatable_copy)) != LUA_TTABLE) {
        lua_pop(L, 1);                                           // [t meta]
        lua_createtable(L, 0, 4);                                // [t meta copy]
        lua_pushvalue(L, 2);                                     // [t meta copy meta]
        lua_rawsetp(L, 3, brv_lua_key(&brv_key_metatable_copy)); // [t meta copy]
        lua_pushvalue(L, 3);                                     // [t meta copy copy]
        lua_rawsetp(L, 2, brv_lua_key(&brv_key_metatable_copy)); // [t meta copy]
    }
    for (size_t i = 0; i < BRV_COUNT(metamethods); i++) {
        lua_pushstring(L, metamethods[i]); // [t meta copy name]
        lua_pushvalue(L, -1);
        lua_rawget(L, 2); // [t meta copy name value]
        lua_rawset(L, 3); // [t meta copy]
    }
    lua_setmetatable(L, 1); // [t meta]
    lua_settop(L, 1);
    return 1;
}

static int l_getmetatable(lua_State *L)
{
    brv_charge(L, 2);
    luaL_checkany(L, 1);
    brv_element_wake(L, 1);
    if (!lua_getmetatable(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushliteral(L, "__metatable"); // [… meta name]
    if (lua_rawget(L, -2) != LUA_TNIL)
        return 1;
    lua_rawgetp(L, -2, brv_lua_key(&brv_key_metatable_copy)); // the script's own, or nil
    return 1;
}

static const struct brv_lua_function functions[] = {
    { "assert", l_assert, "(value [, message])", "Raises the message when the value is false." },
    { "error", l_error, "(message [, level])", "Raises an error; level 2 blames the caller." },
    { "getmetatable", l_getmetatable, "(value)", "The metatable, or its `__metatable` field." },
    { "ipairs", l_ipairs, "(list)", "Iterates 1, 2, 3 … up to the first nil." },
    { "next", brv_lua_next, "(table [, key])", "The entry after a key, in the order of `pairs`." },
    { "pairs",
      brv_lua_pairs,
      "(table)",
      "Iterates all entries in a fixed order: 1, 2, 3 …, then other numbers, strings by bytes, "
      "booleans. Other kinds of keys have no order and are an error." },
    { "pcall", l_pcall, "(f, …)", "Calls f; returns false and the error instead of raising it." },
    { "rawequal", l_rawequal, "(a, b)", "Compares without `__eq`." },
    { "rawget", l_rawget, "(table, key)", "Reads without `__index`." },
    { "rawlen", l_rawlen, "(value)", "The length without `__len`." },
    { "rawset", l_rawset, "(table, key, value)", "Writes without `__newindex`." },
    { "require",
      brv_lua_require,
      "(name)",
      "A module of Brevier, or of the plugin's own folder (NAME/init.lua and the files beside "
      "it)." },
    { "select", l_select, "(n, …)", "The arguments from the n-th on, or their number for \"#\"." },
    { "setmetatable",
      l_setmetatable,
      "(table, metatable)",
      "Sets a metatable, as it is at this moment: metamethods added to it later do not count." },
    { "tonumber", l_tonumber, "(value [, base])", "A number, or nil." },
    { "tostring", l_tostring, "(value)", "Text of a value, without addresses." },
    { "type", l_type, "(value)", "The name of the value's type." },
    { "xpcall",
      l_xpcall,
      "(f, handler, …)",
      "Like `pcall`, with the error passed through a handler after unwinding." },
};

const struct brv_lua_library brv_lua_base = {
    .name = "globals",
    .where = BRV_LUA_GLOBALS,
    .summary = "Names every plugin can use. There are no others, and none can be added.",
    .functions = functions,
    .count = BRV_COUNT(functions),
};
