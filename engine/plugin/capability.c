// Brevier — capabilities: the clock, and files beneath a folder.
// SPDX-License-Identifier: MIT
#include "plugin/capability.h"

#include "base/file.h"
#include "plugin/call.h"
#include "plugin/drawing.h"
#include "plugin/host_internal.h"
#include "plugin/library.h"

#include <string.h>
#include <time.h>

enum { CLOCK_CALL_GAS = 100, READ_GAS = 2000 };

const char *const brv_capability_names[BRV_CAPABILITY_COUNT] = { "clock", "read" };

enum brv_capability brv_capability_find(brv_str name)
{
    int i = 0;
    while (i < BRV_CAPABILITY_COUNT && !brv_str_is(name, brv_capability_names[i]))
        i++;
    return (enum brv_capability)i;
}

// ---- grants

enum brv_status brv_plugin_grant_parse(brv_str text, struct brv_plugin_grant *grant)
{
    size_t colon = brv_str_find_byte(text, 0, ':');
    size_t equals = brv_str_find_byte(text, colon, '=');
    if (colon == 0 || colon == text.len)
        return BRV_FAILED;
    *grant = (struct brv_plugin_grant){
        .plugin = brv_str_slice(text, 0, colon),
        .capability = brv_str_slice(text, colon + 1, equals),
        .folder = brv_str_slice(text, equals < text.len ? equals + 1 : equals, text.len),
    };
    enum brv_capability capability = brv_capability_find(grant->capability);
    bool wants_folder = capability == BRV_CAPABILITY_READ;
    return capability < BRV_CAPABILITY_COUNT && wants_folder == (grant->folder.len > 0)
               ? BRV_OK
               : BRV_FAILED;
}

struct grants {
    const struct brv_plugin_grant *first;
    size_t count;
    brv_str plugin; // that they are looked up for
};

static struct grants grants_of(const struct brv_call *call)
{
    return (struct grants){ call->grants, call->grant_count, call->manifest->info.name };
}

// The next grant of a capability to the plugin, after `last` or from the first on; NULL when there
// is none.
static const struct brv_plugin_grant *next_grant(struct grants grants,
                                                 enum brv_capability capability,
                                                 const struct brv_plugin_grant *last)
{
    const struct brv_plugin_grant *end = grants.first + grants.count;
    for (const struct brv_plugin_grant *grant = last ? last + 1 : grants.first; grant < end;
         grant++)
        if (brv_str_equal(grant->plugin, grants.plugin) &&
            brv_str_is(grant->capability, brv_capability_names[capability]))
            return grant;
    return NULL;
}

bool brv_capability_is_granted(const struct brv_call *call, enum brv_capability capability)
{
    return call->manifest->wants[capability] && next_grant(grants_of(call), capability, NULL);
}

const char *brv_capability_grant_text(struct brv_arena *arena, brv_str plugin,
                                      enum brv_capability capability)
{
    brv_str text = brv_arena_printf(arena,
                                    "%" BRV_STR_F ":%s%s",
                                    BRV_STR_ARG(plugin),
                                    brv_capability_names[capability],
                                    capability == BRV_CAPABILITY_READ ? "=FOLDER" : "");
    return brv_arena_cstr(arena, text);
}

// What was learnt by a grant is told to who has the plugin run; see brv_plugin_services.
static void tell(const struct brv_call *call, brv_str path, const brv_str *content)
{
    const struct brv_plugin_services *services = call->options->services;
    if (services && services->has_read)
        services->has_read(services->user, call->manifest->info.name, path, content);
}

// ---- the clock

static void set_field(lua_State *L, const char *name, int value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, name);
}

static int l_clock(lua_State *L)
{
    brv_charge(L, CLOCK_CALL_GAS);
    struct brv_call *call = brv_call_of(L);
    if (!call)
        return luaL_error(L, "the clock is there while something is rendered, not after");
    if (!call->has_read_clock)
        brv_call_log(call,
                     BRV_NOTE,
                     BRV_S("the clock was read: the same analysis may come out differently"),
                     brv_span_none(),
                     brv_lua_place_at(L, 1));
    call->has_read_clock = true;
    tell(call, (brv_str){ 0 }, NULL);
    time_t now = time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc))
        return luaL_error(L, "the clock shows no date");
    lua_createtable(L, 0, 6);
    set_field(L, "year", utc.tm_year + 1900);
    set_field(L, "month", utc.tm_mon + 1);
    set_field(L, "day", utc.tm_mday);
    set_field(L, "hour", utc.tm_hour);
    set_field(L, "minute", utc.tm_min);
    set_field(L, "second", utc.tm_sec);
    return 1;
}

// ---- files

static int l_read(lua_State *L)
{
    brv_str path;
    path.ptr = luaL_checklstring(L, 1, &path.len);
    brv_charge(L, READ_GAS);
    struct brv_call *call = brv_call_of(L);
    if (!call)
        return luaL_error(L, "files are there while something is rendered, not after");
    const struct brv_plugin_grant *grant = next_grant(grants_of(call), BRV_CAPABILITY_READ, NULL);
    if (!brv_path_is_safe(path))
        return luaL_error(L, "expected a path beneath the granted folder, as in \"data/list.csv\"");
    size_t limit = brv_sandbox_of(L)->limits.plugin_string_bytes;
    size_t before = brv_arena_used_bytes(call->arena);
    struct brv_sink sink = brv_sink_init(call->arena);
    brv_str content = { 0 };
    enum brv_status status = BRV_FAILED;
    for (; grant && status != BRV_OK;
         grant = next_grant(grants_of(call), BRV_CAPABILITY_READ, grant)) {
        brv_charge(L, READ_GAS);
        status = brv_file_read_beneath(
            call->arena, grant->folder, path, limit, brv_span_none(), &content, &sink);
    }
    tell(call, path, status == BRV_OK ? &content : NULL);
    brv_drawing_charge(L, brv_arena_used_bytes(call->arena) - before);
    if (status != BRV_OK) {
        brv_str message = sink.first ? sink.first->message : BRV_S("the file cannot be read");
        brv_lua_push_str(L, message);
        return luaL_error(L, "%s", lua_tostring(L, -1));
    }
    brv_lua_push_str(L, content);
    return 1;
}

// ---- the fields of a context

void brv_capability_push(lua_State *L, const struct brv_call *call, enum brv_capability capability)
{
    static const lua_CFunction functions[BRV_CAPABILITY_COUNT] = { l_clock, l_read };
    if (brv_capability_is_granted(call, capability))
        lua_pushcfunction(L, functions[capability]);
    else
        lua_pushnil(L);
}

enum brv_status brv_host_read(const struct brv_host *host, struct brv_arena *arena, brv_str plugin,
                              brv_str path, brv_str *content, struct brv_sink *sink)
{
    struct grants grants = { host->grants, host->grant_count, plugin };
    const struct brv_plugin_grant *grant = NULL;
    while ((grant = next_grant(grants, BRV_CAPABILITY_READ, grant)))
        if (brv_file_read_beneath(arena,
                                  grant->folder,
                                  path,
                                  host->limits.plugin_string_bytes,
                                  brv_span_none(),
                                  content,
                                  sink) == BRV_OK)
            return BRV_OK;
    return BRV_FAILED;
}
