// Brevier — the string library, written for this sandbox: patterns pay for each step, copies for
// each byte, and no result is longer than one string may be.
// SPDX-License-Identifier: MIT
#include "plugin/library.h"
#include "plugin/pattern.h"
#include "plugin/sandbox.h"

#include <stdint.h>

enum { VALUES_MAX = 10000 };

size_t brv_lua_from_position(lua_Integer position, size_t len)
{
    if (position > 0)
        return (lua_Unsigned)position > len + 1 ? len + 2 : (size_t)position;
    if (position == 0 || (lua_Unsigned)0 - (lua_Unsigned)position > len)
        return 1;
    return len - (size_t)((lua_Unsigned)0 - (lua_Unsigned)position) + 1;
}

size_t brv_lua_to_position(lua_Integer position, size_t len)
{
    if (position >= 0)
        return (lua_Unsigned)position > len ? len : (size_t)position;
    lua_Unsigned back = (lua_Unsigned)0 - (lua_Unsigned)position;
    return back > len ? 0 : len - (size_t)back + 1;
}

static brv_str check_string(lua_State *L, int index)
{
    brv_str s;
    s.ptr = luaL_checklstring(L, index, &s.len);
    return s;
}

// ---- plain functions

static int l_byte(lua_State *L)
{
    brv_str s = check_string(L, 1);
    lua_Integer i = luaL_optinteger(L, 2, 1);
    size_t from = brv_lua_from_position(i, s.len);
    size_t to = brv_lua_to_position(luaL_optinteger(L, 3, i), s.len);
    brv_charge(L, 1);
    if (lua_isnoneornil(L, 3) && i < 0 && (lua_Unsigned)0 - (lua_Unsigned)i > s.len)
        return 0;
    if (from > to)
        return 0;
    size_t count = to - from + 1;
    if (count > VALUES_MAX || !lua_checkstack(L, (int)count))
        return luaL_error(L, "too many results, at most %d", VALUES_MAX);
    brv_charge(L, count);
    for (size_t at = from; at <= to; at++)
        lua_pushinteger(L, (unsigned char)s.ptr[at - 1]);
    return (int)count;
}

static int l_char(lua_State *L)
{
    int count = lua_gettop(L);
    brv_charge(L, (uint64_t)count + 1);
    size_t start = brv_text_begin(L);
    for (int i = 1; i <= count; i++) {
        lua_Integer c = luaL_checkinteger(L, i);
        luaL_argcheck(L, c >= 0 && c <= 255, i, "value out of range");
        char byte = (char)(unsigned char)c;
        brv_text_add(L, start, &byte, 1);
    }
    brv_text_push(L, start);
    return 1;
}

static int l_len(lua_State *L)
{
    brv_charge(L, 1);
    lua_pushinteger(L, (lua_Integer)check_string(L, 1).len);
    return 1;
}

static int l_sub(lua_State *L)
{
    brv_str s = check_string(L, 1);
    size_t from = brv_lua_from_position(luaL_checkinteger(L, 2), s.len);
    size_t to = brv_lua_to_position(luaL_optinteger(L, 3, -1), s.len);
    size_t len = from <= to ? to - from + 1 : 0;
    brv_charge_bytes(L, len);
    lua_pushlstring(L, len ? s.ptr + from - 1 : "", len);
    return 1;
}

// Lower and upper case of ASCII; other bytes stay.
static int change_case(lua_State *L, char first, char last, int offset)
{
    brv_str s = check_string(L, 1);
    size_t start = brv_text_begin(L);
    brv_text_add(L, start, s.ptr, s.len);
    char *copy = brv_sandbox_of(L)->text.ptr;
    for (size_t i = 0; i < s.len; i++)
        if (copy[start + i] >= first && copy[start + i] <= last)
            copy[start + i] = (char)(copy[start + i] + offset);
    brv_text_push(L, start);
    return 1;
}

static int l_lower(lua_State *L)
{
    return change_case(L, 'A', 'Z', 'a' - 'A');
}

static int l_upper(lua_State *L)
{
    return change_case(L, 'a', 'z', 'A' - 'a');
}

static int l_reverse(lua_State *L)
{
    brv_str s = check_string(L, 1);
    size_t start = brv_text_begin(L);
    brv_text_add(L, start, s.ptr, s.len);
    char *copy = brv_sandbox_of(L)->text.ptr;
    for (size_t i = 0; i < s.len; i++)
        copy[start + i] = s.ptr[s.len - 1 - i];
    brv_text_push(L, start);
    return 1;
}

static int l_rep(lua_State *L)
{
    brv_str s = check_string(L, 1);
    lua_Integer times = luaL_checkinteger(L, 2);
    brv_str separator = { "", 0 };
    separator.ptr = luaL_optlstring(L, 3, "", &separator.len);
    brv_charge(L, 2);
    size_t piece = s.len + separator.len;
    if (times <= 0 || piece == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    size_t most = brv_sandbox_of(L)->limits.plugin_string_bytes;
    if ((lua_Unsigned)times > (most + separator.len) / piece)
        brv_raise_verdict(L, BRV_VERDICT_STRING);
    size_t total = piece * (size_t)times - separator.len;
    size_t start = brv_text_begin(L);
    struct brv_buf *copies = brv_text_reserve(L, start, total);
    brv_buf_add_str(copies, s);
    if (times > 1)
        brv_buf_add_str(copies, separator);
    // What is there is copied to its end, twice as much each time.
    while (copies->len - start < total) {
        size_t have = copies->len - start;
        size_t more = have < total - have ? have : total - have;
        memcpy(copies->ptr + copies->len, copies->ptr + start, more);
        copies->len += more;
    }
    brv_text_push(L, start);
    return 1;
}

// ---- matches

// [-0, +1] Capture `index` of a match; the whole match when the pattern has no captures.
static void push_capture(lua_State *L, brv_str subject, const struct brv_match *match, int index)
{
    if (index >= match->capture_count) {
        if (index != 0)
            luaL_error(L, "invalid capture index %%%d", index + 1);
        brv_charge_bytes(L, match->to - match->from);
        lua_pushlstring(L, subject.ptr + match->from, match->to - match->from);
        return;
    }
    const struct brv_capture *capture = &match->captures[index];
    if (capture->is_position) {
        lua_pushinteger(L, (lua_Integer)capture->from + 1);
    } else {
        brv_charge_bytes(L, capture->len);
        lua_pushlstring(L, subject.ptr + capture->from, capture->len);
    }
}

// All captures; `needs_one` asks for the whole match where there are none.
static int push_captures(lua_State *L, brv_str subject, const struct brv_match *match,
                         bool needs_one)
{
    int count = match->capture_count == 0 && needs_one ? 1 : match->capture_count;
    luaL_checkstack(L, count + 2, "too many captures");
    for (int i = 0; i < count; i++)
        push_capture(L, subject, match, i);
    return count;
}

// string.find and string.match: [s pattern init plain]
static int find_or_match(lua_State *L, bool is_find)
{
    brv_str s = check_string(L, 1);
    brv_str text = check_string(L, 2);
    size_t from = brv_lua_from_position(luaL_optinteger(L, 3, 1), s.len);
    brv_charge(L, 4);
    if (from > s.len + 1) {
        lua_pushnil(L);
        return 1;
    }
    if (is_find && (lua_toboolean(L, 4) || brv_pattern_is_plain(text))) {
        brv_charge(L, (s.len - from + 1 + text.len) / 4);
        const char *found = text.len == 0
                                ? s.ptr + from - 1
                                : memmem(s.ptr + from - 1, s.len - from + 1, text.ptr, text.len);
        if (!found) {
            lua_pushnil(L);
            return 1;
        }
        lua_pushinteger(L, found - s.ptr + 1);
        lua_pushinteger(L, found - s.ptr + (lua_Integer)text.len);
        return 2;
    }
    const struct brv_pattern *pattern = brv_pattern_push(L, text, true); // [… pattern]
    struct brv_match match;
    if (!brv_pattern_find(L, pattern, s, from - 1, &match)) {
        lua_pushnil(L);
        return 1;
    }
    if (!is_find)
        return push_captures(L, s, &match, true);
    lua_pushinteger(L, (lua_Integer)match.from + 1);
    lua_pushinteger(L, (lua_Integer)match.to);
    return 2 + push_captures(L, s, &match, false);
}

static int l_find(lua_State *L)
{
    return find_or_match(L, true);
}

static int l_match(lua_State *L)
{
    return find_or_match(L, false);
}

// upvalues: 1 subject, 2 pattern, 3 where to go on, 4 the end of the last match + 1 (0: none)
static int gmatch_step(lua_State *L)
{
    brv_str s;
    s.ptr = lua_tolstring(L, lua_upvalueindex(1), &s.len);
    const struct brv_pattern *pattern = brv_pattern_at(L, lua_upvalueindex(2));
    size_t last_end = (size_t)lua_tointeger(L, lua_upvalueindex(4));
    brv_charge(L, 4);
    struct brv_match match;
    for (size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(3)); at <= s.len; at++) {
        if (!brv_pattern_find(L, pattern, s, at, &match))
            return 0;
        at = match.from;
        if (match.to + 1 == last_end) // an empty match where the last one ended
            continue;
        lua_pushinteger(L, (lua_Integer)match.to);
        lua_replace(L, lua_upvalueindex(3));
        lua_pushinteger(L, (lua_Integer)match.to + 1);
        lua_replace(L, lua_upvalueindex(4));
        return push_captures(L, s, &match, true);
    }
    return 0;
}

static int l_gmatch(lua_State *L)
{
    brv_str s = check_string(L, 1);
    brv_str text = check_string(L, 2);
    size_t from = brv_lua_from_position(luaL_optinteger(L, 3, 1), s.len);
    brv_charge(L, 4);
    lua_pushvalue(L, 1);
    brv_pattern_push(L, text, false);
    lua_pushinteger(L, (lua_Integer)(from > s.len + 1 ? s.len + 1 : from - 1));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, gmatch_step, 4);
    return 1;
}

// ---- gsub

// Adds a replacement text with %0 … %9 and %% expanded.
static void add_expanded(lua_State *L, size_t start, brv_str subject, const struct brv_match *match,
                         brv_str replacement)
{
    size_t at = 0;
    while (at < replacement.len) {
        size_t escape = brv_str_find_byte(replacement, at, '%');
        brv_text_add(L, start, replacement.ptr + at, escape - at);
        if (escape == replacement.len)
            return;
        char c = escape + 1 < replacement.len ? replacement.ptr[escape + 1] : '\0';
        if (c == '%') {
            brv_text_add(L, start, "%", 1);
        } else if (c == '0') {
            brv_text_add(L, start, subject.ptr + match->from, match->to - match->from);
        } else if (brv_is_digit(c)) {
            push_capture(L, subject, match, c - '1'); // [… capture]
            size_t len = 0;
            const char *text = lua_tolstring(L, -1, &len);
            brv_text_add(L, start, text, len);
            lua_pop(L, 1);
        } else {
            luaL_error(L, "invalid use of \"%%\" in replacement string");
        }
        at = escape + 2;
    }
}

// Adds what replaces a match: [s pattern replacement …]
static void add_replacement(lua_State *L, size_t start, brv_str subject,
                            const struct brv_match *match)
{
    brv_str replacement;
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(L, subject, match, true), 1); // [… value]
        break;
    case LUA_TTABLE:
        push_capture(L, subject, match, 0);
        lua_gettable(L, 3); // [… value]
        break;
    default:
        replacement.ptr = lua_tolstring(L, 3, &replacement.len);
        add_expanded(L, start, subject, match, replacement);
        return;
    }
    if (!lua_toboolean(L, -1)) {
        brv_text_add(L, start, subject.ptr + match->from, match->to - match->from);
    } else if (lua_isstring(L, -1)) {
        size_t len = 0;
        const char *text = lua_tolstring(L, -1, &len);
        brv_text_add(L, start, text, len);
    } else {
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    }
    lua_pop(L, 1);
}

static int l_gsub(lua_State *L)
{
    brv_str s = check_string(L, 1);
    brv_str text = check_string(L, 2);
    int type = lua_type(L, 3);
    luaL_argexpected(L,
                     type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION ||
                         type == LUA_TTABLE,
                     3,
                     "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, LUA_MAXINTEGER);
    brv_charge(L, 4);
    const struct brv_pattern *pattern = brv_pattern_push(L, text, true);
    size_t start = brv_text_begin(L);
    size_t copied = 0;          // the subject before this is in the text
    size_t last_end = SIZE_MAX; // where the last match ended
    lua_Integer count = 0;
    struct brv_match match;
    for (size_t at = 0; at <= s.len && count < most; at++) {
        if (!brv_pattern_find(L, pattern, s, at, &match))
            break;
        at = match.from;
        if (match.to == last_end) // an empty match where the last one ended
            goto next;
        count++;
        brv_text_add(L, start, s.ptr + copied, match.from - copied);
        add_replacement(L, start, s, &match);
        copied = last_end = match.to;
        if (match.to > match.from)
            at = match.to - 1;
    next:
        if (brv_pattern_is_anchored(pattern))
            break;
    }
    brv_text_add(L, start, s.ptr + copied, s.len - copied);
    brv_text_push(L, start);
    lua_pushinteger(L, count);
    return 2;
}

static const struct brv_lua_function functions[] = {
    { "byte", l_byte, "(s [, i [, j]])", "The bytes of a range as numbers." },
    { "char", l_char, "(byte, …)", "The text of the bytes." },
    { "find",
      l_find,
      "(s, pattern [, init [, plain]])",
      "First and last byte of a match, captures." },
    { "format",
      brv_lua_format,
      "(format, …)",
      "Like C's printf with c d i e f g o s u x X and %%." },
    { "gmatch", l_gmatch, "(s, pattern [, init])", "Iterates the matches of a pattern." },
    { "gsub",
      l_gsub,
      "(s, pattern, replacement [, n])",
      "Replaces matches by a text with %0 … %9, or through a table or function." },
    { "len", l_len, "(s)", "The number of bytes." },
    { "lower", l_lower, "(s)", "ASCII letters in lower case." },
    { "match", l_match, "(s, pattern [, init])", "The captures of the first match, or the match." },
    { "rep", l_rep, "(s, n [, separator])", "n copies in a row." },
    { "reverse", l_reverse, "(s)", "The bytes backwards." },
    { "sub", l_sub, "(s, i [, j])", "The bytes of a range." },
    { "upper", l_upper, "(s)", "ASCII letters in upper case." },
};

const struct brv_lua_library brv_lua_string = {
    .name = "string",
    .where = BRV_LUA_GLOBAL_TABLE,
    .summary =
        "As in Lua 5.4, also as methods of strings. A malformed pattern is an error whatever "
        "the subject is.",
    .functions = functions,
    .count = BRV_COUNT(functions),
};
