// Brevier — reading a manifest strictly: every fault is told, each at the line of its key.
// SPDX-License-Identifier: MIT
#include "plugin/manifest.h"

#include "plugin/library.h"

#include <stdlib.h>

enum { LIST_MAX = 100, OPTIONS_MAX = 50 };

static const char *const manifest_keys[] = {
    "api", "name", "version", "summary", "sections", "match", "kinds", "options", "render",
};
static const char *const option_keys[] = {
    "type", "default", "min", "max", "choices", "help",
};
static const char *const option_types[] = { "integer", "number", "string", "boolean", "enum" };

struct reading {
    struct brv_arena *arena;
    const struct brv_program *program;
    struct brv_sink *sink;
    struct brv_manifest *manifest;
    bool has_failed;
};

// ---- places

// The line of `key = …` after the last "return" at the start of a line, else that return, else the
// first line.
static struct brv_span key_span(const struct brv_program *program, brv_str key)
{
    const struct brv_module *module = &program->modules[0];
    const struct brv_source *source = module->source;
    size_t return_line = 0;
    for (size_t i = 0; i < source->line_count; i++) {
        size_t start = source->line_starts[i];
        if (brv_str_starts_with(brv_str_slice(source->text, start, source->text.len),
                                BRV_S("return")))
            return_line = i;
    }
    for (size_t i = return_line; key.len > 0 && i < source->line_count; i++) {
        size_t start = source->line_starts[i];
        size_t end = brv_str_find_byte(source->text, start, '\n');
        brv_str line = brv_str_slice(source->text, start, end);
        for (size_t at = brv_str_find(line, 0, key); at < line.len;
             at = brv_str_find(line, at + 1, key)) {
            brv_str rest = brv_str_trim(brv_str_slice(line, at + key.len, line.len));
            bool is_word = at == 0 || brv_is_space(line.ptr[at - 1]) || line.ptr[at - 1] == '{';
            if (is_word && brv_str_starts_with(rest, BRV_S("=")))
                return (struct brv_span){ source, (uint32_t)(start + at), (uint32_t)key.len };
        }
    }
    return brv_lua_place_span((struct brv_lua_place){ module, (int)return_line + 1 });
}

static struct brv_diag *fault(struct reading *r, brv_str key, brv_str message)
{
    r->has_failed = true;
    return brv_report(r->sink, BRV_ERROR, BRV_CODE_PLUGIN, key_span(r->program, key),
                      "%" BRV_STR_F, BRV_STR_ARG(message));
}

#define FAULT(r, key, ...) fault(r, key, brv_arena_printf((r)->arena, __VA_ARGS__))

// ---- values

static brv_str text_at(lua_State *L, int index)
{
    brv_str text;
    text.ptr = lua_tolstring(L, index, &text.len);
    return text;
}

static bool is_slug(brv_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !brv_is_digit((char)c) && c < 0x80 &&
            !(c == '-' && i > 0 && i + 1 < text.len))
            return false;
    }
    return text.len > 0 && text.len <= 100;
}

// MAJOR.MINOR.PATCH, then perhaps "-" or "+" and more.
static bool is_version(brv_str text)
{
    size_t at = 0;
    for (int part = 0; part < 3; part++) {
        size_t digits = at;
        while (at < text.len && brv_is_digit(text.ptr[at]))
            at++;
        if (at == digits || at - digits > 9)
            return false;
        if (part < 2 && (at >= text.len || text.ptr[at++] != '.'))
            return false;
    }
    return at == text.len || ((text.ptr[at] == '-' || text.ptr[at] == '+') && at + 1 < text.len);
}

// [manifest] Pushes manifest[key].
static int push_field(lua_State *L, int table, const char *key)
{
    lua_pushstring(L, key);
    return lua_rawget(L, table);
}

static void check_keys(lua_State *L, struct reading *r, int table, const char *what,
                       const char *const *names, size_t count)
{
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) { // [… key value]
        if (lua_type(L, -2) != LUA_TSTRING) {
            FAULT(r, BRV_S(""), "%s has a %s as a key, expected names", what, luaL_typename(L, -2));
            continue;
        }
        brv_str key = text_at(L, -2);
        bool is_known = false;
        for (size_t i = 0; i < count; i++)
            is_known = is_known || brv_str_is(key, names[i]);
        if (!is_known) {
            key = brv_arena_str(r->arena, key);
            struct brv_diag *diag =
                FAULT(r, key, "%s has an unknown key \"%" BRV_STR_F "\"", what, BRV_STR_ARG(key));
            brv_diag_hint_nearest(r->sink, diag, key, names, count);
        }
    }
}

static void read_string(lua_State *L, struct reading *r, const char *key, brv_str *out)
{
    int type = push_field(L, 1, key); // [… value]
    if (type == LUA_TSTRING)
        *out = brv_arena_str(r->arena, text_at(L, -1));
    else if (type == LUA_TNIL)
        FAULT(r, BRV_S(""), "the manifest has no \"%s\"", key);
    else
        FAULT(r, brv_str_from_cstr(key), "\"%s\" is a %s, expected a string", key,
              luaL_typename(L, -1));
    lua_pop(L, 1);
}

static void read_identity(lua_State *L, struct reading *r)
{
    struct brv_plugin_info *info = &r->manifest->info;
    int type = push_field(L, 1, "api");
    if (type == LUA_TNIL)
        FAULT(r, BRV_S(""), "the manifest has no \"api\", expected api = %d", BRV_PLUGIN_API);
    else if (!lua_isinteger(L, -1))
        FAULT(r, BRV_S("api"), "\"api\" is a %s, expected %d", luaL_typename(L, -1),
              BRV_PLUGIN_API);
    else if (lua_tointeger(L, -1) != BRV_PLUGIN_API)
        FAULT(r, BRV_S("api"), "\"api\" is %lld, this version of Brevier knows api %d",
              (long long)lua_tointeger(L, -1), BRV_PLUGIN_API);
    lua_pop(L, 1);
    read_string(L, r, "name", &info->name);
    if (info->name.len > 0 && !is_slug(info->name))
        FAULT(r, BRV_S("name"), "\"name\" is \"%" BRV_STR_F "\", expected a slug like \"key-details\"",
              BRV_STR_ARG(info->name));
    read_string(L, r, "version", &info->version);
    if (info->version.len > 0 && !is_version(info->version))
        FAULT(r, BRV_S("version"),
              "\"version\" is \"%" BRV_STR_F "\", expected three numbers like \"1.0.0\"",
              BRV_STR_ARG(info->version));
    read_string(L, r, "summary", &info->summary);
}

// A list of slugs; absent is an empty one.
static void read_slugs(lua_State *L, struct reading *r, const char *key, const brv_str **out,
                       size_t *count)
{
    int type = push_field(L, 1, key); // [… list]
    brv_str name = brv_str_from_cstr(key);
    if (type == LUA_TTABLE) {
        size_t len = lua_rawlen(L, -1);
        if (len == 0 || len > LIST_MAX) {
            FAULT(r, name, "\"%s\" has %zu entries, expected 1 to %d", key, len, LIST_MAX);
            len = 0;
        }
        brv_str *slugs = BRV_NEW_ARRAY(r->arena, brv_str, len);
        for (size_t i = 0; i < len; i++) {
            lua_rawgeti(L, -1, (lua_Integer)i + 1); // [… list slug]
            if (lua_type(L, -1) != LUA_TSTRING || !is_slug(text_at(L, -1)))
                FAULT(r, name, "\"%s\" entry %zu is no slug like \"key-details\"", key, i + 1);
            else
                slugs[i] = brv_arena_str(r->arena, text_at(L, -1));
            lua_pop(L, 1);
        }
        *out = slugs;
        *count = len;
    } else if (type != LUA_TNIL) {
        FAULT(r, name, "\"%s\" is a %s, expected a list of slugs", key, luaL_typename(L, -1));
    }
    lua_pop(L, 1);
}

// ---- options

// [… option] Whether the value on top fits the option's type; fills `value`.
static bool read_value(lua_State *L, struct reading *r, const struct brv_option *option,
                       struct brv_option_value *value)
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
        value->text = brv_arena_str(r->arena, text_at(L, -1));
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
static bool read_option_type(lua_State *L, struct reading *r, int table, struct brv_option *option)
{
    bool is_known = false;
    if (push_field(L, table, "type") == LUA_TSTRING) {
        for (size_t i = 0; i < BRV_COUNT(option_types); i++) {
            if (brv_str_is(text_at(L, -1), option_types[i])) {
                option->type = (enum brv_option_type)i;
                is_known = true;
            }
        }
    }
    lua_pop(L, 1);
    if (!is_known) {
        FAULT(r, option->name,
              "option \"%" BRV_STR_F
              "\" needs a \"type\": integer, number, string, boolean or enum",
              BRV_STR_ARG(option->name));
        return false;
    }
    bool has_choices = push_field(L, table, "choices") == LUA_TTABLE; // [… choices]
    size_t len = has_choices ? lua_rawlen(L, -1) : 0;
    if ((option->type == BRV_OPTION_ENUM) != (len > 0) || len > LIST_MAX) {
        FAULT(r, option->name,
              "option \"%" BRV_STR_F "\": an enum, and only an enum, has \"choices\"",
              BRV_STR_ARG(option->name));
        lua_pop(L, 1);
        return false;
    }
    brv_str *choices = BRV_NEW_ARRAY(r->arena, brv_str, len);
    for (size_t i = 0; i < len; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            choices[i] = brv_arena_str(r->arena, text_at(L, -1));
        else
            FAULT(r, option->name, "option \"%" BRV_STR_F "\": choice %zu is no string",
                  BRV_STR_ARG(option->name), i + 1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    option->choices = choices;
    option->choice_count = len;
    return true;
}

static void read_bound(lua_State *L, struct reading *r, int table, const char *key,
                       const struct brv_option *option, bool *has_bound, lua_Number *bound)
{
    int type = push_field(L, table, key);
    bool is_number_option =
        option->type == BRV_OPTION_INTEGER || option->type == BRV_OPTION_NUMBER;
    if (type == LUA_TNUMBER && is_number_option) {
        *has_bound = true;
        *bound = lua_tonumber(L, -1);
    } else if (type != LUA_TNIL) {
        FAULT(r, option->name, "option \"%" BRV_STR_F "\": \"%s\" must be a number, of a number",
              BRV_STR_ARG(option->name), key);
    }
    lua_pop(L, 1);
}

// [… name table] One option.
static void read_option(lua_State *L, struct reading *r, struct brv_option *option)
{
    int table = lua_gettop(L);
    if (!is_slug(option->name))
        FAULT(r, option->name, "option name \"%" BRV_STR_F "\" is no slug like \"columns\"",
              BRV_STR_ARG(option->name));
    if (!lua_istable(L, table)) {
        FAULT(r, option->name, "option \"%" BRV_STR_F "\" is a %s, expected a table",
              BRV_STR_ARG(option->name), luaL_typename(L, table));
        return;
    }
    check_keys(L, r, table, "an option", option_keys, BRV_COUNT(option_keys));
    if (!read_option_type(L, r, table, option))
        return;
    read_bound(L, r, table, "min", option, &option->has_minimum, &option->minimum);
    read_bound(L, r, table, "max", option, &option->has_maximum, &option->maximum);
    if (push_field(L, table, "help") != LUA_TSTRING)
        FAULT(r, option->name, "option \"%" BRV_STR_F "\" needs a \"help\" text",
              BRV_STR_ARG(option->name));
    else
        option->help = brv_arena_str(r->arena, text_at(L, -1));
    lua_pop(L, 1);
    push_field(L, table, "default");
    if (!read_value(L, r, option, &option->value))
        FAULT(r, option->name, "option \"%" BRV_STR_F "\": the default is a %s, expected %s",
              BRV_STR_ARG(option->name), luaL_typename(L, -1), option_types[option->type]);
    else if ((option->type == BRV_OPTION_ENUM && !is_choice(option, option->value.text)) ||
             !is_in_range(option, option->value.number))
        FAULT(r, option->name, "option \"%" BRV_STR_F "\": the default is not among its own values",
              BRV_STR_ARG(option->name));
    lua_pop(L, 1);
}

static int option_compare(const void *a, const void *b)
{
    return brv_str_compare(((const struct brv_option *)a)->name,
                           ((const struct brv_option *)b)->name);
}

static void read_options(lua_State *L, struct reading *r)
{
    int type = push_field(L, 1, "options"); // [manifest options]
    if (type != LUA_TTABLE) {
        if (type != LUA_TNIL)
            FAULT(r, BRV_S("options"), "\"options\" is a %s, expected a table",
                  luaL_typename(L, -1));
        lua_pop(L, 1);
        return;
    }
    struct brv_manifest *manifest = r->manifest;
    manifest->options = BRV_NEW_ARRAY(r->arena, struct brv_option, OPTIONS_MAX);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) { // [manifest options name table]
        if (lua_type(L, -2) != LUA_TSTRING || manifest->option_count == OPTIONS_MAX) {
            FAULT(r, BRV_S("options"), "\"options\" holds up to %d tables by name", OPTIONS_MAX);
            lua_pop(L, 2);
            break;
        }
        struct brv_option *option = &manifest->options[manifest->option_count++];
        option->name = brv_arena_str(r->arena, text_at(L, -2));
    }
    // In the order of names, so that faults come in one order.
    qsort(manifest->options, manifest->option_count, sizeof *manifest->options, option_compare);
    for (size_t i = 0; i < manifest->option_count; i++) {
        struct brv_option *option = &manifest->options[i];
        lua_pushlstring(L, option->name.ptr, option->name.len);
        lua_rawget(L, 2); // [manifest options table]
        read_option(L, r, option);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
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
        lua_pushlstring(L, value->text.len ? value->text.ptr : "", value->text.len);
        return;
    }
}

// ---- the whole

// [reading] A body for the gate.
static int read_manifest(lua_State *L)
{
    struct reading *r = lua_touserdata(L, 1);
    lua_settop(L, 0);
    brv_run_main_chunk(L); // [manifest]
    if (!lua_istable(L, 1)) {
        FAULT(r, BRV_S(""), "the file returns a %s, expected a table that describes the plugin",
              luaL_typename(L, 1));
        return 0;
    }
    check_keys(L, r, 1, "the manifest", manifest_keys, BRV_COUNT(manifest_keys));
    read_identity(L, r);
    struct brv_plugin_info *info = &r->manifest->info;
    read_slugs(L, r, "sections", &info->sections, &info->section_count);
    read_slugs(L, r, "kinds", &info->kinds, &info->kind_count);
    int type = push_field(L, 1, "match");
    r->manifest->has_match = type == LUA_TFUNCTION;
    if (type != LUA_TFUNCTION && type != LUA_TNIL)
        FAULT(r, BRV_S("match"), "\"match\" is a %s, expected a function", luaL_typename(L, -1));
    if (type == LUA_TFUNCTION && info->section_count > 0)
        FAULT(r, BRV_S("match"), "\"sections\" and \"match\" are two answers to one question, "
                                 "expected one of them");
    lua_pop(L, 1);
    type = push_field(L, 1, "render");
    if (type == LUA_TNIL)
        FAULT(r, BRV_S(""), "the manifest has no \"render\"");
    else if (type != LUA_TFUNCTION)
        FAULT(r, BRV_S("render"), "\"render\" is a %s, expected a function", luaL_typename(L, -1));
    lua_pop(L, 1);
    read_options(L, r);
    return 0;
}

struct brv_manifest *brv_manifest_load(struct brv_arena *arena, const struct brv_program *program,
                                       const struct brv_limits *limits, struct brv_sink *sink)
{
    struct brv_manifest *manifest = BRV_NEW(arena, struct brv_manifest);
    manifest->info.path = program->path;
    struct reading reading = { arena, program, sink, manifest, false };
    enum brv_status status = BRV_FAILED;
    struct brv_fault found = { 0 };
    // A clock verdict depends on what else the machine does, so it is asked for twice.
    for (int attempt = 1; attempt <= 2; attempt++) {
        struct brv_sandbox *box = brv_sandbox_new(arena, program, limits);
        status = brv_sandbox_call(box, read_manifest, &reading);
        found = box->fault;
        brv_sandbox_close(box);
        if (status == BRV_OK || found.verdict != BRV_VERDICT_CLOCK || reading.has_failed)
            break;
    }
    if (status != BRV_OK) {
        brv_report(sink, BRV_ERROR,
                   found.verdict == BRV_VERDICT_FINE ? BRV_CODE_PLUGIN : BRV_CODE_LIMIT,
                   brv_lua_place_span(found.place), "%" BRV_STR_F, BRV_STR_ARG(found.message));
        reading.has_failed = true;
    }
    return reading.has_failed ? NULL : manifest;
}
