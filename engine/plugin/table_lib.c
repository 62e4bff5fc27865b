// Brevier — the table library. All functions work on the raw table: no metamethod runs inside a C
// loop. Each pays for the elements it will touch before it touches them.
// SPDX-License-Identifier: MIT
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <stdint.h>

enum { UNPACK_MAX = 10000, SORT_MAX = 200000 };

static lua_Integer check_list(lua_State *L, int index)
{
    brv_lua_check_table(L, index);
    return (lua_Integer)lua_rawlen(L, index);
}

static int l_insert(lua_State *L)
{
    lua_Integer end = check_list(L, 1) + 1;
    brv_charge(L, 2);
    if (lua_gettop(L) == 2) {
        lua_rawseti(L, 1, end);
        return 0;
    }
    if (lua_gettop(L) != 3)
        return luaL_error(L, "wrong number of arguments to \"insert\"");
    lua_Integer at = luaL_checkinteger(L, 2);
    luaL_argcheck(L, at >= 1 && at <= end, 2, "position out of bounds");
    brv_charge(L, (uint64_t)(end - at));
    for (lua_Integer i = end; i > at; i--) {
        lua_rawgeti(L, 1, i - 1);
        lua_rawseti(L, 1, i);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

static int l_remove(lua_State *L)
{
    lua_Integer len = check_list(L, 1);
    brv_charge(L, 2);
    lua_Integer at = luaL_optinteger(L, 2, len);
    if (!lua_isnone(L, 2))
        luaL_argcheck(
            L, (len == 0 && at == 0) || (at >= 1 && at <= len + 1), 2, "position out of bounds");
    lua_rawgeti(L, 1, at); // [t … value]
    if (at < 1 || at > len + 1)
        return 1;
    brv_charge(L, (uint64_t)(len > at ? len - at : 0));
    for (; at < len; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, at);
    return 1;
}

static int l_concat(lua_State *L)
{
    lua_Integer len = check_list(L, 1);
    size_t separator_len = 0;
    const char *separator = luaL_optlstring(L, 2, "", &separator_len);
    lua_Integer from = luaL_optinteger(L, 3, 1);
    lua_Integer to = luaL_optinteger(L, 4, len);
    brv_charge(L, 5);
    size_t start = brv_text_begin(L);
    for (lua_Integer i = from; i <= to; i++) {
        brv_charge(L, 1);
        lua_rawgeti(L, 1, i); // [… part]
        if (!lua_isstring(L, -1))
            return luaL_error(L,
                              "a %s at index %I cannot be put into a text",
                              luaL_typename(L, -1),
                              (LUAI_UACINT)i);
        size_t part_len = 0;
        const char *part = lua_tolstring(L, -1, &part_len);
        brv_text_add(L, start, part, part_len);
        lua_pop(L, 1);
        if (i == to) // before i + 1 could overflow
            break;
        brv_text_add(L, start, separator, separator_len);
    }
    brv_text_push(L, start);
    return 1;
}

static int l_pack(lua_State *L)
{
    int count = lua_gettop(L);
    brv_charge(L, (uint64_t)count + 2);
    lua_createtable(L, count, 1); // [values… t]
    lua_insert(L, 1);             // [t values…]
    for (int i = count; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int l_unpack(lua_State *L)
{
    lua_Integer len = check_list(L, 1);
    lua_Integer from = luaL_optinteger(L, 2, 1);
    lua_Integer to = luaL_optinteger(L, 3, len);
    brv_charge(L, 2);
    if (from > to)
        return 0;
    lua_Unsigned count = (lua_Unsigned)to - (lua_Unsigned)from + 1;
    if (count == 0 || count > UNPACK_MAX || !lua_checkstack(L, (int)count))
        return luaL_error(L, "too many results to unpack, at most %d", UNPACK_MAX);
    brv_charge(L, count);
    for (lua_Unsigned i = 0; i < count; i++)
        lua_rawgeti(L, 1, (lua_Integer)((lua_Unsigned)from + i));
    return (int)count;
}

static int l_move(lua_State *L)
{
    brv_lua_check_table(L, 1);
    lua_Integer from = luaL_checkinteger(L, 2);
    lua_Integer to = luaL_checkinteger(L, 3);
    lua_Integer at = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    brv_lua_check_table(L, target);
    brv_charge(L, 2);
    if (to >= from) {
        luaL_argcheck(L, from > 0 || to < LUA_MAXINTEGER + from, 3, "too many elements to move");
        lua_Integer count = to - from + 1;
        luaL_argcheck(L, at <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        brv_charge(L, (uint64_t)count);
        bool is_forward = at > to || at <= from || target != 1;
        for (lua_Integer i = 0; i < count; i++) {
            lua_Integer offset = is_forward ? i : count - 1 - i;
            lua_rawgeti(L, 1, from + offset);
            lua_rawseti(L, target, at + offset);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

// ---- sort

// [t less? … ] Whether the element `a` of the table at `list` must come before its element `b`.
static bool sorts_before(lua_State *L, int list, lua_Integer a, lua_Integer b)
{
    brv_charge(L, 3);
    bool has_function = !lua_isnil(L, 2);
    if (has_function)
        lua_pushvalue(L, 2);
    lua_rawgeti(L, list, a);
    lua_rawgeti(L, list, b); // [… (less) a b]
    bool answer;
    if (has_function) {
        lua_call(L, 2, 1); // [… answer]
        answer = lua_toboolean(L, -1);
        lua_pop(L, 1);
    } else {
        answer = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    }
    return answer;
}

// Merges the sorted runs [low, middle) and [middle, high) of one table into another.
static void merge_runs(lua_State *L, int source, int target, lua_Integer low, lua_Integer middle,
                       lua_Integer high)
{
    lua_Integer left = low;
    lua_Integer right = middle;
    for (lua_Integer out = low; out < high; out++) {
        bool takes_right = left >= middle || (right < high && sorts_before(L, source, right, left));
        lua_rawgeti(L, source, takes_right ? right++ : left++);
        lua_rawseti(L, target, out);
    }
}

// A merge sort from the bottom up, on two copies: it is stable, it stays in bounds and ends however
// inconsistent the comparison is, and when the comparison raises the list is as it was.
static int l_sort(lua_State *L)
{
    lua_Integer len = check_list(L, 1);
    luaL_argcheck(L, lua_isnoneornil(L, 2) || lua_isfunction(L, 2), 2, "function expected");
    luaL_argcheck(L, len <= SORT_MAX, 1, "too many elements to sort, at most 200000");
    lua_settop(L, 2);
    brv_charge(L, (uint64_t)len * 2 + 2);
    lua_createtable(L, (int)len, 0); // [t less a]
    lua_createtable(L, (int)len, 0); // [t less a b]
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    int source = 3;
    int target = 4;
    for (lua_Integer width = 1; width < len; width *= 2) {
        brv_charge(L, (uint64_t)len);
        for (lua_Integer low = 1; low <= len; low += 2 * width) {
            lua_Integer middle = low + width <= len + 1 ? low + width : len + 1;
            lua_Integer high = middle + width <= len + 1 ? middle + width : len + 1;
            merge_runs(L, source, target, low, middle, high);
        }
        int other = source;
        source = target;
        target = other;
    }
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, source, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

static const struct brv_lua_function functions[] = {
    { "concat", l_concat, "(list [, separator [, i [, j]]])", "The elements as one text." },
    { "insert",
      l_insert,
      "(list, [position,] value)",
      "Inserts an element, at the end by default." },
    { "move",
      l_move,
      "(a, from, to, at [, b])",
      "Copies a range of elements within or between lists." },
    { "pack", l_pack, "(…)", "A list of the arguments with their number as field `n`." },
    { "remove",
      l_remove,
      "(list [, position])",
      "Removes and returns an element, by default the last." },
    { "sort", l_sort, "(list [, less])", "Sorts in place; equal elements keep their order." },
    { "unpack", l_unpack, "(list [, i [, j]])", "The elements as results, at most 10,000." },
};

const struct brv_lua_library brv_lua_table = {
    .name = "table",
    .where = BRV_LUA_GLOBAL_TABLE,
    .summary = "As in Lua 5.4, on the raw table (`__index` and `__newindex` do not run).",
    .functions = functions,
    .count = BRV_COUNT(functions),
};
