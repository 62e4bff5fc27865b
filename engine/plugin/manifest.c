// Brevier — reading a manifest strictly: every fault is told, each at the line of its key.
// SPDX-License-Identifier: MIT
#include "plugin/manifest_reading.h"

#include "plugin/entry.h"
#include "plugin/library.h"

static const char *const manifest_keys[] = {
    "api",     "name",   "version",   "summary", "sections", "match",    "kinds",
    "options", "render", "transform", "cover",   "appendix", "elements", "capabilities",
};

// ---- places

// The line of `key = …` after the last "return" at the start of a line, else that return, else the
// first line.
struct brv_span brv_manifest_key_span(const struct brv_program *program, brv_str key)
{
    const struct brv_module *module = &program->modules[0];
    const struct brv_source *source = brv_module_source(module);
    if (!source->text.ptr) // an empty file
        return brv_lua_place_span((struct brv_lua_place){ module, 1 });
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

struct brv_diag *brv_manifest_fault(struct brv_manifest_reading *r, brv_str key, brv_str message)
{
    r->has_failed = true;
    return brv_report(r->sink,
                      BRV_ERROR,
                      BRV_CODE_PLUGIN,
                      brv_manifest_key_span(r->program, key),
                      "%" BRV_STR_F,
                      BRV_STR_ARG(message));
}

// ---- values

brv_str brv_manifest_text_at(lua_State *L, int index)
{
    brv_str text;
    text.ptr = lua_tolstring(L, index, &text.len);
    return text;
}

bool brv_manifest_is_slug(brv_str text)
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

int brv_manifest_push_field(lua_State *L, int table, const char *key)
{
    lua_pushstring(L, key);
    return lua_rawget(L, table);
}

// Lua's own order of a table differs from run to run: faults are told in another.
void brv_manifest_check_keys(lua_State *L, struct brv_manifest_reading *r, int table,
                             const char *what, const char *const *names, size_t count)
{
    bool has_type[LUA_NUMTYPES] = { false };
    brv_str unknown[BRV_LUA_WORDS_KEPT];
    size_t unknown_count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) { // [… key value]
        brv_charge(L, 1);
        if (lua_type(L, -2) != LUA_TSTRING) {
            has_type[lua_type(L, -2)] = true;
            continue;
        }
        brv_str key = brv_manifest_text_at(L, -2);
        bool is_known = false;
        for (size_t i = 0; i < count; i++)
            is_known = is_known || brv_str_is(key, names[i]);
        if (!is_known)
            brv_lua_keep_word(unknown, &unknown_count, key);
    }
    for (int type = 0; type < LUA_NUMTYPES; type++)
        if (has_type[type])
            BRV_MANIFEST_FAULT(
                r, BRV_S(""), "%s has a %s as a key, expected names", what, lua_typename(L, type));
    for (size_t i = 0; i < unknown_count; i++) {
        brv_str key = brv_arena_str(r->arena, unknown[i]);
        struct brv_diag *diag = BRV_MANIFEST_FAULT(
            r, key, "%s has an unknown key \"%" BRV_STR_F "\"", what, BRV_STR_ARG(key));
        brv_diag_hint_nearest(r->sink, diag, key, names, count);
    }
}

static void read_string(lua_State *L, struct brv_manifest_reading *r, const char *key, brv_str *out)
{
    int type = brv_manifest_push_field(L, 1, key); // [… value]
    if (type == LUA_TSTRING)
        *out = brv_arena_str(r->arena, brv_manifest_text_at(L, -1));
    else if (type == LUA_TNIL)
        BRV_MANIFEST_FAULT(r, BRV_S(""), "the manifest has no \"%s\"", key);
    else
        BRV_MANIFEST_FAULT(r,
                           brv_str_from_cstr(key),
                           "\"%s\" is a %s, expected a string",
                           key,
                           luaL_typename(L, -1));
    lua_pop(L, 1);
}

static void read_identity(lua_State *L, struct brv_manifest_reading *r)
{
    struct brv_plugin_info *info = &r->manifest->info;
    int type = brv_manifest_push_field(L, 1, "api");
    if (type == LUA_TNIL)
        BRV_MANIFEST_FAULT(
            r, BRV_S(""), "the manifest has no \"api\", expected api = %d", BRV_PLUGIN_API);
    else if (!lua_isinteger(L, -1))
        BRV_MANIFEST_FAULT(
            r, BRV_S("api"), "\"api\" is a %s, expected %d", luaL_typename(L, -1), BRV_PLUGIN_API);
    else if (lua_tointeger(L, -1) != BRV_PLUGIN_API)
        BRV_MANIFEST_FAULT(r,
                           BRV_S("api"),
                           "\"api\" is %lld, this version of Brevier knows api %d",
                           (long long)lua_tointeger(L, -1),
                           BRV_PLUGIN_API);
    lua_pop(L, 1);
    read_string(L, r, "name", &info->name);
    if (info->name.len > 0 && !brv_manifest_is_slug(info->name))
        BRV_MANIFEST_FAULT(r,
                           BRV_S("name"),
                           "\"name\" is \"%" BRV_STR_F "\", expected a slug like \"key-details\"",
                           BRV_STR_ARG(info->name));
    read_string(L, r, "version", &info->version);
    if (info->version.len > 0 && !is_version(info->version))
        BRV_MANIFEST_FAULT(r,
                           BRV_S("version"),
                           "\"version\" is \"%" BRV_STR_F
                           "\", expected three numbers like \"1.0.0\"",
                           BRV_STR_ARG(info->version));
    read_string(L, r, "summary", &info->summary);
}

// A list of slugs; absent is an empty one.
static void read_slugs(lua_State *L, struct brv_manifest_reading *r, const char *key,
                       const brv_str **out, size_t *count)
{
    int type = brv_manifest_push_field(L, 1, key); // [… list]
    brv_str name = brv_str_from_cstr(key);
    if (type == LUA_TTABLE) {
        size_t len = lua_rawlen(L, -1);
        if (len == 0 || len > BRV_MANIFEST_LIST_MAX) {
            BRV_MANIFEST_FAULT(r,
                               name,
                               "\"%s\" has %zu entries, expected 1 to %d",
                               key,
                               len,
                               BRV_MANIFEST_LIST_MAX);
            len = 0;
        }
        brv_str *slugs = BRV_NEW_ARRAY(r->arena, brv_str, len);
        for (size_t i = 0; i < len; i++) {
            lua_rawgeti(L, -1, (lua_Integer)i + 1); // [… list slug]
            if (lua_type(L, -1) != LUA_TSTRING ||
                !brv_manifest_is_slug(brv_manifest_text_at(L, -1)))
                BRV_MANIFEST_FAULT(
                    r, name, "\"%s\" entry %zu is no slug like \"key-details\"", key, i + 1);
            else
                slugs[i] = brv_arena_str(r->arena, brv_manifest_text_at(L, -1));
            lua_pop(L, 1);
        }
        *out = slugs;
        *count = len;
    } else if (type != LUA_TNIL) {
        BRV_MANIFEST_FAULT(
            r, name, "\"%s\" is a %s, expected a list of slugs", key, luaL_typename(L, -1));
    }
    lua_pop(L, 1);
}

// "element", ".class" or "element.class".
static bool is_element_name(brv_str text)
{
    size_t dot = brv_str_find_byte(text, 0, '.');
    brv_str element = brv_str_slice(text, 0, dot);
    brv_str class = brv_str_slice(text, dot < text.len ? dot + 1 : dot, text.len);
    enum brv_kind kind;
    return (element.len > 0 || class.len > 0) && (dot == text.len || class.len > 0) &&
           (element.len == 0 || brv_kind_from_name(element, &kind)) &&
           brv_str_find_byte(class, 0, '.') == class.len &&
           brv_str_find_byte(class, 0, ' ') == class.len;
}

static void read_elements(lua_State *L, struct brv_manifest_reading *r)
{
    struct brv_plugin_info *info = &r->manifest->info;
    int type = brv_manifest_push_field(L, 1, "elements"); // [… list]
    size_t len = type == LUA_TTABLE ? lua_rawlen(L, -1) : 0;
    bool is_right = type == LUA_TNIL || (len > 0 && len <= BRV_MANIFEST_LIST_MAX);
    brv_str *names = BRV_NEW_ARRAY(r->arena, brv_str, is_right ? len : 0);
    for (size_t i = 0; is_right && i < len; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1); // [… list name]
        is_right = lua_type(L, -1) == LUA_TSTRING && is_element_name(brv_manifest_text_at(L, -1));
        if (is_right)
            names[i] = brv_arena_str(r->arena, brv_manifest_text_at(L, -1));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    info->elements = names;
    info->element_count = is_right ? len : 0;
    if (!is_right)
        BRV_MANIFEST_FAULT(r,
                           BRV_S("elements"),
                           "\"elements\" is no list of names like \"table\", \".chart\" or "
                           "\"code.language-chart\"");
    else if (len > 0 && !info->has_transform)
        BRV_MANIFEST_FAULT(r, BRV_S("elements"), "\"elements\" are for a \"transform\"");
}

// What the plugin asks for beyond reading its section.
static void read_capabilities(lua_State *L, struct brv_manifest_reading *r)
{
    static const char key[] = "capabilities";
    int type = brv_manifest_push_field(L, 1, key); // [… list]
    size_t len = type == LUA_TTABLE ? lua_rawlen(L, -1) : 0;
    if (type != LUA_TNIL && (type != LUA_TTABLE || len == 0 || len > BRV_CAPABILITY_COUNT))
        BRV_MANIFEST_FAULT(r,
                           brv_str_from_cstr(key),
                           "\"capabilities\" is no list of names, expected \"clock\" or \"read\"");
    for (size_t i = 1; i <= len && i <= BRV_CAPABILITY_COUNT; i++) {
        bool is_text = lua_rawgeti(L, -1, (lua_Integer)i) == LUA_TSTRING; // [… list name]
        brv_str name = { "", 0 };
        if (is_text)
            name = brv_arena_str(r->arena, brv_manifest_text_at(L, -1));
        enum brv_capability capability = brv_capability_find(name);
        if (capability < BRV_CAPABILITY_COUNT)
            r->manifest->wants[capability] = true;
        else
            brv_diag_hint_nearest(r->sink,
                                  BRV_MANIFEST_FAULT(r,
                                                     brv_str_from_cstr(key),
                                                     "unknown capability \"%" BRV_STR_F
                                                     "\", expected \"clock\" or \"read\"",
                                                     BRV_STR_ARG(name)),
                                  name,
                                  brv_capability_names,
                                  BRV_CAPABILITY_COUNT);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

// Whether the manifest has a function of this name.
static bool read_function(lua_State *L, struct brv_manifest_reading *r, const char *key)
{
    int type = brv_manifest_push_field(L, 1, key);
    if (type != LUA_TFUNCTION && type != LUA_TNIL)
        BRV_MANIFEST_FAULT(r,
                           brv_str_from_cstr(key),
                           "\"%s\" is a %s, expected a function",
                           key,
                           luaL_typename(L, -1));
    lua_pop(L, 1);
    return type == LUA_TFUNCTION;
}

// ---- the whole

// [reading] A body for the gate.
static int read_manifest(lua_State *L)
{
    struct brv_manifest_reading *r = lua_touserdata(L, 1);
    lua_settop(L, 0);
    brv_entry_run(L, &r->program->modules[0]); // [manifest]
    if (!lua_istable(L, 1)) {
        BRV_MANIFEST_FAULT(r,
                           BRV_S(""),
                           "the file returns a %s, expected a table that describes the plugin",
                           luaL_typename(L, 1));
        return 0;
    }
    brv_manifest_check_keys(L, r, 1, "the manifest", manifest_keys, BRV_COUNT(manifest_keys));
    read_identity(L, r);
    struct brv_plugin_info *info = &r->manifest->info;
    read_slugs(L, r, "sections", &info->sections, &info->section_count);
    read_slugs(L, r, "kinds", &info->kinds, &info->kind_count);
    info->has_match = read_function(L, r, "match");
    info->has_render = read_function(L, r, "render");
    info->has_transform = read_function(L, r, "transform");
    info->has_cover = read_function(L, r, "cover");
    info->has_appendix = read_function(L, r, "appendix");
    read_elements(L, r);
    read_capabilities(L, r);
    if (info->has_match && info->section_count > 0)
        BRV_MANIFEST_FAULT(r,
                           BRV_S("match"),
                           "\"sections\" and \"match\" are two answers to one question, "
                           "expected one of them");
    bool is_for_sections = info->has_match || info->section_count > 0;
    bool is_for_documents = info->has_transform || info->has_cover || info->has_appendix;
    bool is_absent = brv_manifest_push_field(L, 1, "render") == LUA_TNIL;
    lua_pop(L, 1);
    if (is_absent && (is_for_sections || !is_for_documents))
        BRV_MANIFEST_FAULT(r, BRV_S(""), "the manifest has no \"render\"");
    brv_manifest_read_options(L, r);
    if (!r->has_failed)
        brv_entry_keep(L, 1);
    return 0;
}

struct brv_manifest *brv_manifest_load(struct brv_arena *arena, const struct brv_program *program,
                                       const struct brv_limits *limits, struct brv_sandbox **box,
                                       struct brv_sink *sink)
{
    struct brv_manifest *manifest = BRV_NEW(arena, struct brv_manifest);
    manifest->info.path = program->path;
    struct brv_manifest_reading reading = { arena, program, sink, manifest, false };
    enum brv_status status = BRV_FAILED;
    struct brv_fault found = { 0 };
    // A clock verdict depends on what else the machine does, so it is asked for twice.
    for (int attempt = 1; attempt <= 2; attempt++) {
        status = brv_entry_load(arena, program, limits, box);
        if (status == BRV_OK)
            status = brv_sandbox_load(*box, read_manifest, &reading);
        if (status == BRV_OK && !reading.has_failed)
            return manifest;
        found = (*box)->fault;
        brv_sandbox_close(*box);
        if (status == BRV_OK || found.verdict != BRV_VERDICT_CLOCK || reading.has_failed)
            break;
    }
    if (status != BRV_OK) {
        brv_report(sink,
                   BRV_ERROR,
                   found.verdict == BRV_VERDICT_FINE ? BRV_CODE_PLUGIN : BRV_CODE_LIMIT,
                   brv_lua_place_span(found.place),
                   "%" BRV_STR_F,
                   BRV_STR_ARG(found.message));
    }
    return NULL;
}
