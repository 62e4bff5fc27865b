// Brevier — the utf8 library. Strict: surrogates and what is beyond U+10FFFF are no characters.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#include "plugin/library.h"
#include "plugin/sandbox.h"

enum { VALUES_MAX = 10000, BYTES_PER_UNIT = 2 }; // decoded for one unit of gas

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

// The code point at `at` and the place after it; false for malformed bytes.
static bool decode(brv_str s, size_t at, uint32_t *codepoint, size_t *next)
{
    *next = at;
    *codepoint = brv_utf8_next(s, next);
    bool is_replacement = *next - at == 3 && memcmp(s.ptr + at, "\xEF\xBF\xBD", 3) == 0;
    return *codepoint != BRV_REPLACEMENT || is_replacement;
}

static brv_str check_text(lua_State *L, int index)
{
    brv_str s;
    s.ptr = luaL_checklstring(L, index, &s.len);
    return s;
}

static int l_char(lua_State *L)
{
    int count = lua_gettop(L);
    brv_charge(L, (uint64_t)count + 1);
    size_t start = brv_text_begin(L);
    for (int i = 1; i <= count; i++) {
        lua_Integer codepoint = luaL_checkinteger(L, i);
        bool is_scalar = codepoint >= 0 && codepoint <= 0x10FFFF &&
                         !(codepoint >= 0xD800 && codepoint <= 0xDFFF);
        luaL_argcheck(L, is_scalar, i, "not a Unicode character");
        char bytes[4];
        brv_text_add(L, start, bytes, brv_utf8_encode((uint32_t)codepoint, bytes));
    }
    brv_text_push(L, start);
    return 1;
}

static int l_codepoint(lua_State *L)
{
    brv_str s = check_text(L, 1);
    lua_Integer i = luaL_optinteger(L, 2, 1);
    size_t from = brv_lua_from_position(i, s.len);
    size_t to = brv_lua_to_position(luaL_optinteger(L, 3, (lua_Integer)from), s.len);
    luaL_argcheck(L, from >= 1, 2, "out of bounds");
    luaL_argcheck(L, to <= s.len, 3, "out of bounds");
    int count = 0;
    for (size_t at = from - 1; at < to;) {
        brv_charge(L, 1);
        uint32_t codepoint;
        if (at >= s.len || !decode(s, at, &codepoint, &at))
            return luaL_error(L, "invalid UTF-8 code");
        if (++count > VALUES_MAX || !lua_checkstack(L, 1))
            return luaL_error(L, "too many results, at most %d", VALUES_MAX);
        lua_pushinteger(L, (lua_Integer)codepoint);
    }
    return count;
}

static int l_len(lua_State *L)
{
    brv_str s = check_text(L, 1);
    size_t from = brv_lua_from_position(luaL_optinteger(L, 2, 1), s.len);
    size_t to = brv_lua_to_position(luaL_optinteger(L, 3, -1), s.len);
    luaL_argcheck(L, from >= 1 && from <= s.len + 1, 2, "initial position out of bounds");
    brv_charge(L, 1 + s.len / BYTES_PER_UNIT);
    lua_Integer count = 0;
    for (size_t at = from - 1; at < to;) {
        size_t here = at;
        uint32_t codepoint;
        if (!decode(s, here, &codepoint, &at)) {
            lua_pushnil(L);
            lua_pushinteger(L, (lua_Integer)here + 1);
            return 2;
        }
        count++;
    }
    lua_pushinteger(L, count);
    return 1;
}

static int l_offset(lua_State *L)
{
    brv_str s = check_text(L, 1);
    lua_Integer n = luaL_checkinteger(L, 2);
    size_t at =
        brv_lua_from_position(luaL_optinteger(L, 3, n > 0 ? 1 : (lua_Integer)s.len + 1), s.len);
    luaL_argcheck(L, at >= 1 && at <= s.len + 1, 3, "position out of bounds");
    brv_charge(L, 1 + s.len / BYTES_PER_UNIT);
    at--;
    if (n == 0) {
        while (at > 0 && at < s.len && is_continuation(s.ptr[at]))
            at--;
    } else {
        if (at < s.len && is_continuation(s.ptr[at]))
            return luaL_error(L, "initial position is a continuation byte");
        for (; n < 0 && at > 0; n++)
            do
                at--;
            while (at > 0 && is_continuation(s.ptr[at]));
        for (n = n > 0 ? n - 1 : n; n > 0 && at < s.len; n--)
            do
                at++;
            while (at < s.len && is_continuation(s.ptr[at]));
    }
    if (n == 0)
        lua_pushinteger(L, (lua_Integer)at + 1);
    else
        lua_pushnil(L);
    return 1;
}

static int codes_step(lua_State *L)
{
    brv_str s = check_text(L, 1);
    lua_Integer position = luaL_checkinteger(L, 2);
    brv_charge(L, 1);
    if (position < 0)
        return luaL_error(L, "invalid position");
    size_t at = (size_t)position;
    while (at > 0 && at < s.len && is_continuation(s.ptr[at]))
        at++;
    if (at >= s.len)
        return 0;
    size_t next;
    uint32_t codepoint;
    if (!decode(s, at, &codepoint, &next))
        return luaL_error(L, "invalid UTF-8 code");
    lua_pushinteger(L, (lua_Integer)at + 1);
    lua_pushinteger(L, (lua_Integer)codepoint);
    return 2;
}

static int l_codes(lua_State *L)
{
    brv_charge(L, 1);
    luaL_checkstring(L, 1);
    lua_pushcfunction(L, codes_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static void add_pattern(lua_State *L)
{
    lua_pushlstring(L, "[\0-\x7F\xC2-\xFD][\x80-\xBF]*", 14);
    lua_setfield(L, -2, "charpattern");
}

static const struct brv_lua_function functions[] = {
    { "char", l_char, "(codepoint, …)", "The text of the code points." },
    { "codepoint",
      l_codepoint,
      "(s [, i [, j]])",
      "The code points that start in a range of bytes." },
    { "codes", l_codes, "(s)", "Iterates byte positions and code points." },
    { "len", l_len, "(s [, i [, j]])", "The number of characters, or nil and the first bad byte." },
    { "offset", l_offset, "(s, n [, i])", "The byte position of the n-th character from byte i." },
};

const struct brv_lua_library brv_lua_utf8 = {
    .name = "utf8",
    .where = BRV_LUA_GLOBAL_TABLE,
    .summary = "As in Lua 5.4, with `charpattern`; surrogates are malformed.",
    .functions = functions,
    .count = BRV_COUNT(functions),
    .finish = add_pattern,
};
