// Brevier — the options of a plugin: their declarations and their settings.
// SPDX-License-Identifier: MIT
#include "plugin/manifest_reading.h"

#include <stdlib.h>

enum { OPTIONS_MAX = 50 };

static const char *const option_keys[] = {
    "type", "default", "min", "max", "choices", "help",
};
static const char *const option_types[] = { "integer", "number", "string", "boolean", "enum" };

// [… option] Whether the value on top fits the option's type; fills `value`.
static bool read_value(lua_State *L, struct brv_manifest_reading *r,
                       const struct brv_option *option, struct brv_option_value *value)
{
    switch (option->type) {
    case BRV_OPTION_INTEGER:
        if (!lua_isinteger(L, -1))
            return false;
        value->integer = lua_tointeger(L, -1);
        value->number = (lua_Number)value->integer;
        return true;
    case BRV_OPTION_NUMBER:
        if (lua_type(L, -1) != LUA_TNUMBER)
            return false;
        value->number = lua_tonumber(L, -1);
        return true;
    case BRV_OPTION_BOOLEAN:
        if (!lua_isboolean(L, -1))
            return false;
        value->boolean = lua_toboolean(L, -1);
        return true;
    case BRV_OPTION_STRING:
    case BRV_OPTION_ENUM:
        if (lua_type(L, -1) != LUA_TSTRING)
            return false;
        value->text = brv_arena_str(r->arena, brv_manifest_text_at(L, -1));
        return true;
    }
    return false;
}

static bool is_choice(const struct brv_option *option, brv_str text)
{
    for (size_t i = 0; i < option->choice_count; i++)
        if (brv_str_equal(option->choices[i], text))
            return true;
    return false;
}

static bool is_in_range(const struct brv_option *option, lua_Number number)
{
    return (!option->has_minimum || number >= option->minimum) &&
           (!option->has_maximum || number <= option->maximum);
}

// [… options name table] Reads type and choices; false when nothing further makes sense.
static bool read_option_type(lua_State *L, struct brv_manifest_reading *r, int table,
                             struct brv_option *option)
{
    bool is_known = false;
    if (brv_manifest_push_field(L, table, "type") == LUA_TSTRING) {
        for (size_t i = 0; i < BRV_COUNT(option_types); i++) {
            if (brv_str_is(brv_manifest_text_at(L, -1), option_types[i])) {
                option->type = (enum brv_option_type)i;
                is_known = true;
            }
        }
    }
    lua_pop(L, 1);
    if (!is_known) {
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option \"%" BRV_STR_F
                           "\" needs a \"type\": integer, number, string, boolean or enum",
                           BRV_STR_ARG(option->name));
        return false;
    }
    bool has_choices = brv_manifest_push_field(L, table, "choices") == LUA_TTABLE; // [… choices]
    size_t len = has_choices ? lua_rawlen(L, -1) : 0;
    if ((option->type == BRV_OPTION_ENUM) != (len > 0) || len > BRV_MANIFEST_LIST_MAX) {
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option \"%" BRV_STR_F "\": an enum, and only an enum, has \"choices\"",
                           BRV_STR_ARG(option->name));
        lua_pop(L, 1);
        return false;
    }
    brv_str *choices = BRV_NEW_ARRAY(r->arena, brv_str, len);
    for (size_t i = 0; i < len; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            choices[i] = brv_arena_str(r->arena, brv_manifest_text_at(L, -1));
        else
            BRV_MANIFEST_FAULT(r,
                               option->name,
                               "option \"%" BRV_STR_F "\": choice %zu is no string",
                               BRV_STR_ARG(option->name),
                               i + 1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    option->choices = choices;
    option->choice_count = len;
    return true;
}

static void read_bound(lua_State *L, struct brv_manifest_reading *r, int table, const char *key,
                       const struct brv_option *option, bool *has_bound, lua_Number *bound)
{
    int type = brv_manifest_push_field(L, table, key);
    bool is_number_option = option->type == BRV_OPTION_INTEGER || option->type == BRV_OPTION_NUMBER;
    if (type == LUA_TNUMBER && is_number_option) {
        *has_bound = true;
        *bound = lua_tonumber(L, -1);
    } else if (type != LUA_TNIL) {
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option \"%" BRV_STR_F "\": \"%s\" must be a number, of a number",
                           BRV_STR_ARG(option->name),
                           key);
    }
    lua_pop(L, 1);
}

// [… name table] One option.
static void read_option(lua_State *L, struct brv_manifest_reading *r, struct brv_option *option)
{
    int table = lua_gettop(L);
    if (!brv_manifest_is_slug(option->name))
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option name \"%" BRV_STR_F "\" is no slug like \"columns\"",
                           BRV_STR_ARG(option->name));
    if (!lua_istable(L, table)) {
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option \"%" BRV_STR_F "\" is a %s, expected a table",
                           BRV_STR_ARG(option->name),
                           luaL_typename(L, table));
        return;
    }
    brv_manifest_check_keys(L, r, table, "an option", option_keys, BRV_COUNT(option_keys));
    if (!read_option_type(L, r, table, option))
        return;
    read_bound(L, r, table, "min", option, &option->has_minimum, &option->minimum);
    read_bound(L, r, table, "max", option, &option->has_maximum, &option->maximum);
    if (brv_manifest_push_field(L, table, "help") != LUA_TSTRING)
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option \"%" BRV_STR_F "\" needs a \"help\" text",
                           BRV_STR_ARG(option->name));
    else
        option->help = brv_arena_str(r->arena, brv_manifest_text_at(L, -1));
    lua_pop(L, 1);
    brv_manifest_push_field(L, table, "default");
    if (!read_value(L, r, option, &option->value))
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option \"%" BRV_STR_F "\": the default is a %s, expected %s",
                           BRV_STR_ARG(option->name),
                           luaL_typename(L, -1),
                           option_types[option->type]);
    else if ((option->type == BRV_OPTION_ENUM && !is_choice(option, option->value.text)) ||
             !is_in_range(option, option->value.number))
        BRV_MANIFEST_FAULT(r,
                           option->name,
                           "option \"%" BRV_STR_F "\": the default is not among its own values",
                           BRV_STR_ARG(option->name));
    lua_pop(L, 1);
}

static int option_compare(const void *a, const void *b)
{
    return brv_str_compare(((const struct brv_option *)a)->name,
                           ((const struct brv_option *)b)->name);
}

void brv_manifest_read_options(lua_State *L, struct brv_manifest_reading *r)
{
    int type = brv_manifest_push_field(L, 1, "options"); // [manifest options]
    if (type != LUA_TTABLE) {
        if (type != LUA_TNIL)
            BRV_MANIFEST_FAULT(
                r, BRV_S("options"), "\"options\" is a %s, expected a table", luaL_typename(L, -1));
        lua_pop(L, 1);
        return;
    }
    struct brv_manifest *manifest = r->manifest;
    manifest->options = BRV_NEW_ARRAY(r->arena, struct brv_option, OPTIONS_MAX);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) { // [manifest options name table]
        if (lua_type(L, -2) != LUA_TSTRING || manifest->option_count == OPTIONS_MAX) {
            BRV_MANIFEST_FAULT(
                r, BRV_S("options"), "\"options\" holds up to %d tables by name", OPTIONS_MAX);
            manifest->option_count = 0; // which ones were met is chance
            lua_pop(L, 2);
            break;
        }
        struct brv_option *option = &manifest->options[manifest->option_count++];
        option->name = brv_arena_str(r->arena, brv_manifest_text_at(L, -2));
    }
    // In the order of names, so that faults come in one order.
    qsort(manifest->options, manifest->option_count, sizeof *manifest->options, option_compare);
    for (size_t i = 0; i < manifest->option_count; i++) {
        struct brv_option *option = &manifest->options[i];
        brv_lua_push_str(L, option->name);
        lua_rawget(L, 2); // [manifest options table]
        read_option(L, r, option);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

const char *brv_option_type_name(enum brv_option_type type)
{
    return option_types[type];
}

const char *brv_option_parse(const struct brv_option *option, brv_str text,
                             struct brv_option_value *value)
{
    *value = (struct brv_option_value){ .text = text };
    char digits[64];
    char *end = digits;
    bool is_short = text.len > 0 && text.len < sizeof digits;
    if (is_short) {
        memcpy(digits, text.ptr, text.len);
        digits[text.len] = '\0';
    }
    switch (option->type) {
    case BRV_OPTION_INTEGER:
        value->integer = is_short ? strtoll(digits, &end, 10) : 0;
        value->number = (lua_Number)value->integer;
        if (end == digits || *end != '\0')
            return "an integer";
        return is_in_range(option, value->number) ? NULL : "an integer in the option's range";
    case BRV_OPTION_NUMBER:
        value->number = is_short ? strtod(digits, &end) : 0;
        if (end == digits || *end != '\0')
            return "a number";
        return is_in_range(option, value->number) ? NULL : "a number in the option's range";
    case BRV_OPTION_BOOLEAN:
        value->boolean = brv_str_is(text, "true");
        return value->boolean || brv_str_is(text, "false") ? NULL : "true or false";
    case BRV_OPTION_ENUM:
        return is_choice(option, text) ? NULL : "one of the option's choices";
    case BRV_OPTION_STRING:
        return NULL;
    }
    return NULL;
}

void brv_option_push(lua_State *L, const struct brv_option *option,
                     const struct brv_option_value *value)
{
    switch (option->type) {
    case BRV_OPTION_INTEGER:
        lua_pushinteger(L, value->integer);
        return;
    case BRV_OPTION_NUMBER:
        lua_pushnumber(L, value->number);
        return;
    case BRV_OPTION_BOOLEAN:
        lua_pushboolean(L, value->boolean);
        return;
    case BRV_OPTION_STRING:
    case BRV_OPTION_ENUM:
        brv_lua_push_str(L, value->text);
        return;
    }
}
