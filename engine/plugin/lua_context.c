// Brevier — the context of a call: what is being made, with which options, and the log.
// SPDX-License-Identifier: MIT
#include "plugin/call.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/view.h"

enum { BYTES_PER_UNIT = 64 }; // of nodes turned into tables again

// ---- log

static int log_message(lua_State *L, enum brv_severity severity)
{
    struct brv_call *call = brv_call_of(L);
    brv_str message;
    message.ptr = luaL_checklstring(L, 1, &message.len);
    brv_charge(L, 50);
    if (call->log_count++ >= BRV_LOG_MESSAGES)
        return 0;
    if (message.len > BRV_LOG_BYTES)
        message.len = BRV_LOG_BYTES;
    struct brv_log_entry *entry = BRV_NEW(call->arena, struct brv_log_entry);
    entry->severity = severity;
    entry->message = brv_arena_str(call->arena, message);
    entry->place = brv_lua_place_at(L, 1);
    *call->log_end = entry;
    call->log_end = &entry->next;
    return 0;
}

static int l_info(lua_State *L)
{
    return log_message(L, BRV_NOTE);
}

static int l_warn(lua_State *L)
{
    return log_message(L, BRV_WARNING);
}

static void push_log(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    (void)subject;
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, l_info);
    lua_setfield(L, -2, "info");
    lua_pushcfunction(L, l_info);
    lua_setfield(L, -2, "note");
    lua_pushcfunction(L, l_warn);
    lua_setfield(L, -2, "warn");
}

// ---- rendering by the host

// (section) Its default rendering, as an element. The first table of a section is the host's gift;
// further ones are the plugin's own spending.
static int l_render(lua_State *L)
{
    const struct brv_section *section = brv_view_check(L, 1, &brv_view_section);
    struct brv_call *call = brv_call_of(L);
    struct brv_sandbox *box = brv_sandbox_of(L);
    brv_charge(L, 100);
    for (const struct brv_default_rendering *known = call->renderings; known; known = known->next) {
        brv_charge(L, 1);
        if (known->section == section) {
            brv_charge(L, known->bytes / BYTES_PER_UNIT);
            brv_element_push(L, known->node);
            return 1;
        }
    }
    struct brv_host_work work = brv_host_work_begin(box);
    struct brv_default_rendering *made = BRV_NEW(call->arena, struct brv_default_rendering);
    size_t before = brv_arena_used_bytes(call->arena);
    *made = (struct brv_default_rendering){
        .next = call->renderings,
        .section = section,
        .node = brv_default_render(call->arena, call->document, section),
    };
    made->bytes = brv_arena_used_bytes(call->arena) - before;
    call->renderings = made;
    brv_element_push(L, made->node);
    brv_host_work_end(box, work);
    return 1;
}

static void push_render(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    (void)subject;
    lua_pushcfunction(L, l_render);
}

// ---- what is being made

static void push_output(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_call *call = subject;
    lua_pushlstring(
        L, call->options->output.ptr ? call->options->output.ptr : "", call->options->output.len);
}

static void push_text_width(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    lua_pushinteger(L, (lua_Integer)((const struct brv_call *)subject)->options->text_width);
}

static void push_document(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    brv_view_push(L, &brv_view_document, ((const struct brv_call *)subject)->document);
}

// Settings were checked when the plugin's state was made (run.c); what does not fit is passed over.
static void push_options(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_call *call = subject;
    const struct brv_manifest *manifest = call->manifest;
    lua_createtable(L, 0, (int)manifest->option_count); // [options]
    for (size_t i = 0; i < manifest->option_count; i++) {
        const struct brv_option *option = &manifest->options[i];
        struct brv_option_value value = option->value;
        for (size_t s = 0; s < call->options->setting_count; s++) {
            const struct brv_plugin_setting *setting = &call->options->settings[s];
            struct brv_option_value set;
            if (brv_str_equal(setting->plugin, manifest->info.name) &&
                brv_str_equal(setting->option, option->name) &&
                !brv_option_parse(option, setting->value, &set))
                value = set;
        }
        lua_pushlstring(L, option->name.ptr, option->name.len);
        brv_option_push(L, option, &value);
        lua_rawset(L, -3);
    }
}

static const struct brv_view_field context_fields[] = {
    { "document", push_document, "document", "The analysis." },
    { "log",
      push_log,
      "table",
      "`log.warn(text)`, `log.note(text)`, `log.info(text)`: diagnostics at the section's place." },
    { "options", push_options, "table", "The plugin's options by name, with their defaults." },
    { "output", push_output, "string", "`pdf`, `docx` or `text`." },
    { "render",
      push_render,
      "function",
      "`render(section)`: the default rendering of a section, for subsections mostly." },
    { "render_default",
      push_render,
      "function",
      "The same under the name that says what it does." },
    { "text_width", push_text_width, "integer", "Columns of the text output." },
};

const struct brv_view_type brv_view_context = {
    .name = "context",
    .summary = "The second argument of `render` and `match`.",
    .fields = context_fields,
    .count = BRV_COUNT(context_fields),
};
