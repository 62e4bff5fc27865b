// Brevier — brevier.check_options: what a script names and nobody knows.
// SPDX-License-Identifier: MIT
#include "plugin/call.h"
#include "plugin/library.h"

enum { NAMES_MAX = 40, CHECK_GAS = 50, KEY_GAS = 10, UNKNOWN_GAS = 500 };

// "class columns" as NUL-terminated words.
static size_t split_names(struct brv_arena *arena, brv_str names, const char *words[NAMES_MAX])
{
    size_t count = 0;
    for (size_t at = 0; at < names.len && count < NAMES_MAX;) {
        size_t end = brv_str_find_byte(names, at, ' ');
        if (end > at)
            words[count++] = brv_arena_cstr(arena, brv_str_slice(names, at, end));
        at = end + 1;
    }
    return count;
}

static bool is_known(brv_str key, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (brv_str_is(key, names[i]))
            return true;
    return false;
}

// Once for a line that runs many times.
static void warn_once(lua_State *L, brv_str message)
{
    struct brv_call *call = brv_call_of(L);
    struct brv_lua_place place = brv_lua_place_at(L, 1);
    if (!place.module) // a tail call leaves no line
        place = brv_sandbox_of(L)->home;
    for (const struct brv_log_entry *entry = call->log; entry; entry = entry->next)
        if (entry->place.module == place.module && entry->place.line == place.line &&
            brv_str_equal(entry->message, message))
            return;
    brv_call_log(call, BRV_WARNING, message, brv_span_none(), place);
}

static void warn_of_key(lua_State *L, brv_str what, brv_str key, const char *const *names,
                        size_t count)
{
    brv_charge(L, UNKNOWN_GAS);
    const char *nearest = brv_nearest(key, names, count);
    warn_once(L,
              brv_arena_printf(brv_sandbox_of(L)->arena,
                               "%" BRV_STR_F " has no option \"%" BRV_STR_F "\"%s%s%s",
                               BRV_STR_ARG(what),
                               BRV_STR_ARG(key),
                               nearest ? " (did you mean \"" : "",
                               nearest ? nearest : "",
                               nearest ? "\"?)" : ""));
}

int brv_lua_check_options(lua_State *L)
{
    brv_str what;
    brv_str names;
    what.ptr = luaL_checklstring(L, 2, &what.len);
    names.ptr = luaL_checklstring(L, 3, &names.len);
    brv_charge(L, CHECK_GAS + names.len);
    if (!lua_istable(L, 1) || !brv_call_of(L)) // what has no options; what is only being loaded
        return 0;
    const char *words[NAMES_MAX];
    size_t count = split_names(brv_sandbox_of(L)->arena, names, words);
    brv_str unknown[BRV_LUA_WORDS_KEPT];
    size_t unknown_count = 0;
    brv_lua_check_table(L, 1);
    brv_charge_walk(L);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) { // [… key value]
        brv_charge(L, KEY_GAS);
        brv_str key = { "1", 1 };
        if (lua_type(L, -2) == LUA_TSTRING)
            key.ptr = lua_tolstring(L, -2, &key.len);
        else if (!lua_isinteger(L, -2))
            continue;
        if (!is_known(key, words, count))
            brv_lua_keep_word(unknown, &unknown_count, key);
    }
    for (size_t i = 0; i < unknown_count; i++)
        warn_of_key(L, what, unknown[i], words, count);
    return 0;
}
