// Brevier — pairs() and next() in a fixed order.
// Lua's own order of a table depends on addresses and on a seed. Here it is: 1, 2, 3 … n, then the
// other numbers ascending, strings by their bytes, false, true. Tables, functions and userdata as
// keys have no order that two runs agree on, so iterating a table that has them is an error; they
// may still be used for look-up. Light userdata keys are the host's own and are passed over.
// SPDX-License-Identifier: MIT
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <stdint.h>
#include <stdlib.h>

// Entries of a large table are far apart in memory: a look at one costs more than an instruction.
enum { ENTRY_GAS = 4, COMPARE_GAS = 2 };

struct key {
    int type;
    bool is_integer;
    bool boolean;
    lua_Integer integer;
    lua_Number number;
    brv_str text;
};

// What walking a table has met of keys without an order: the least of their types, as Lua numbers
// them, since which is met first differs from run to run.
struct orderless {
    int type; // LUA_TNIL: none
};

// The key at `index`; false for one of the host, and for one without an order, which is noted.
static bool read_key(lua_State *L, int index, struct key *key, struct orderless *met)
{
    *key = (struct key){ .type = lua_type(L, index) };
    switch (key->type) {
    case LUA_TLIGHTUSERDATA:
        return false;
    case LUA_TNUMBER:
        key->is_integer = lua_isinteger(L, index);
        key->integer = key->is_integer ? lua_tointeger(L, index) : 0;
        key->number = lua_tonumber(L, index);
        return true;
    case LUA_TSTRING:
        key->text.ptr = lua_tolstring(L, index, &key->text.len);
        return true;
    case LUA_TBOOLEAN:
        key->boolean = lua_toboolean(L, index);
        return true;
    default:
        if (met->type == LUA_TNIL || key->type < met->type)
            met->type = key->type;
        return false;
    }
}

static void refuse_orderless(lua_State *L, struct orderless met)
{
    if (met.type != LUA_TNIL)
        luaL_error(L,
                   "a table with a %s as a key has no fixed order to iterate in",
                   lua_typename(L, met.type));
}

static bool is_in_list(const struct key *key, lua_Integer list_len)
{
    return key->is_integer && key->integer >= 1 && key->integer <= list_len;
}

static int type_rank(int type)
{
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2;
}

// Integral floats are integers as keys, so an integer and a float never tie; and those floats that
// are left are either small enough to compare exactly or beyond all integers.
static int key_compare(const struct key *a, const struct key *b)
{
    if (a->type != b->type)
        return type_rank(a->type) - type_rank(b->type);
    if (a->type == LUA_TSTRING)
        return brv_str_compare(a->text, b->text);
    if (a->type == LUA_TBOOLEAN)
        return (int)a->boolean - (int)b->boolean;
    if (a->is_integer && b->is_integer)
        return (a->integer > b->integer) - (a->integer < b->integer);
    return (a->number > b->number) - (a->number < b->number);
}

static int key_compare_void(const void *a, const void *b)
{
    return key_compare(a, b);
}

static void push_key(lua_State *L, const struct key *key)
{
    if (key->type == LUA_TSTRING)
        lua_pushlstring(L, key->text.ptr, key->text.len);
    else if (key->type == LUA_TBOOLEAN)
        lua_pushboolean(L, key->boolean);
    else if (key->is_integer)
        lua_pushinteger(L, key->integer);
    else
        lua_pushnumber(L, key->number);
}

static uint64_t log2_ceil(uint64_t n)
{
    uint64_t log = 1;
    while (n >>= 1)
        log++;
    return log;
}

// ---- pairs

// upvalues: 1 the number of list entries, 2 the other keys in order, 3 the position
static int pairs_step(lua_State *L)
{
    brv_charge(L, 2);
    lua_Integer list_len = lua_tointeger(L, lua_upvalueindex(1));
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3));
    brv_lua_check_table(L, 1);
    for (;;) {
        position++;
        brv_charge(L, 1);
        if (position <= list_len)
            lua_pushinteger(L, position); // [… key]
        else if (lua_rawgeti(L, lua_upvalueindex(2), position - list_len) == LUA_TNIL)
            return 1; // [… nil]
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) // [… key value]
            break;
        lua_pop(L, 2); // removed meanwhile
    }
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

// [-0, +1] A list of the keys of the table at 1 that are not 1 … list_len, in order.
static void push_sorted_keys(lua_State *L, lua_Integer list_len)
{
    size_t others = 0;
    struct key key;
    struct orderless met = { LUA_TNIL };
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        brv_charge(L, ENTRY_GAS);
        if (read_key(L, -2, &key, &met) && !is_in_list(&key, list_len))
            others++;
    }
    refuse_orderless(L, met);
    if (others == 0) {
        lua_createtable(L, 0, 0);
        return;
    }
    brv_charge(L, others * (ENTRY_GAS + COMPARE_GAS * log2_ceil(others)));
    struct key *keys = lua_newuserdatauv(L, others * sizeof *keys, 0); // [keys]
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        if (read_key(L, -2, &key, &met) && !is_in_list(&key, list_len))
            keys[n++] = key; // texts stay alive as keys of the table
    }
    qsort(keys, n, sizeof *keys, key_compare_void);
    lua_createtable(L, n < 1u << 20 ? (int)n : 0, 0); // [keys list]
    for (size_t i = 0; i < n; i++) {
        push_key(L, &keys[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2); // [list]
}

int brv_lua_pairs(lua_State *L)
{
    brv_charge(L, 4);
    luaL_checkany(L, 1);
    brv_charge_walk(L);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) { // [value … f]
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    brv_lua_check_table(L, 1);
    lua_settop(L, 1);
    lua_Integer list_len = (lua_Integer)lua_rawlen(L, 1);
    lua_pushinteger(L, list_len);       // [t len]
    push_sorted_keys(L, list_len);      // [t len keys]
    lua_pushinteger(L, 0);              // [t len keys 0]
    lua_pushcclosure(L, pairs_step, 3); // [t step]
    lua_insert(L, 1);                   // [step t]
    lua_pushnil(L);
    return 3;
}

// ---- next

// Without a snapshot each step looks at all keys; the gas says so.
int brv_lua_next(lua_State *L)
{
    brv_charge(L, 4);
    brv_lua_check_table(L, 1);
    brv_charge_walk(L);
    lua_settop(L, 2);
    lua_Integer list_len = (lua_Integer)lua_rawlen(L, 1);
    struct key after = { 0 };
    struct orderless met = { LUA_TNIL };
    bool is_first = lua_isnil(L, 2);
    if (!is_first && !read_key(L, 2, &after, &met))
        return luaL_error(L, "invalid key to \"next\"");
    if (is_first || is_in_list(&after, list_len)) {
        for (lua_Integer i = is_first ? 1 : after.integer + 1; i <= list_len; i++) {
            brv_charge(L, 1);
            if (lua_rawgeti(L, 1, i) != LUA_TNIL) {
                lua_pushinteger(L, i);
                lua_insert(L, -2);
                return 2;
            }
            lua_pop(L, 1);
        }
        is_first = true; // the list is over: any other key may follow
    }
    struct key best = { 0 };
    bool is_found = false;
    struct key key;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        brv_charge(L, ENTRY_GAS);
        if (!read_key(L, -2, &key, &met) || is_in_list(&key, list_len))
            continue;
        if (!is_first && key_compare(&key, &after) <= 0)
            continue;
        if (!is_found || key_compare(&key, &best) < 0)
            best = key;
        is_found = true;
    }
    refuse_orderless(L, met);
    if (!is_found) {
        lua_pushnil(L);
        return 1;
    }
    push_key(L, &best); // [t k key]
    lua_pushvalue(L, -1);
    lua_rawget(L, 1); // [t k key value]
    return 2;
}
