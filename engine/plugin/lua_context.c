// Brevier — the context of a call: what is being made, with which options, and the log.
// SPDX-License-Identifier: MIT
#include "plugin/capability.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/result.h"
#include "plugin/run.h"
#include "plugin/view.h"

enum { BYTES_PER_UNIT = 64 }; // of nodes turned into tables again

// ---- log

void brv_call_log(struct brv_call *call, enum brv_severity severity, brv_str message,
                  struct brv_span about, struct brv_lua_place place)
{
    if (call->log_count++ >= BRV_LOG_MESSAGES)
        return;
    if (message.len > BRV_LOG_BYTES)
        message.len = BRV_LOG_BYTES;
    struct brv_log_entry *entry = BRV_NEW(call->arena, struct brv_log_entry);
    entry->severity = severity;
    entry->message = brv_arena_str(call->arena, message);
    entry->about = about;
    entry->place = place;
    *call->log_end = entry;
    call->log_end = &entry->next;
}

// Where the element, fact or section at `index` was written; no place when that is not known.
static struct brv_span place_of(lua_State *L, int index)
{
    struct brv_span span = brv_span_none();
    if (lua_isuserdata(L, index))
        return brv_section_place(brv_view_check(L, index, &brv_view_section));
    luaL_checktype(L, index, LUA_TTABLE);
    lua_pushvalue(L, index);
    lua_pushliteral(L, "item"); // of a fact
    if (lua_rawget(L, -2) == LUA_TTABLE)
        lua_replace(L, -2);
    else
        lua_pop(L, 1); // [… element]
    if (lua_rawgetp(L, -1, brv_lua_key(&brv_key_origin)) == LUA_TLIGHTUSERDATA)
        span = ((const struct brv_node *)lua_touserdata(L, -1))->span;
    lua_pop(L, 2);
    return span;
}

// (text [, about])
static int log_message(lua_State *L, enum brv_severity severity)
{
    brv_str message;
    message.ptr = luaL_checklstring(L, 1, &message.len);
    brv_charge(L, 50);
    struct brv_span about = lua_isnoneornil(L, 2) ? brv_span_none() : place_of(L, 2);
    brv_call_log(brv_call_of(L), severity, message, about, brv_lua_place_at(L, 1));
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
    brv_element_push_asleep(L, made->node);
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
    brv_lua_push_str(L, call->options->output);
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

// The value that the last of some settings gives to an option. They were checked before the call
// (run_call.c); what does not fit is passed over.
static void apply_settings(const struct brv_manifest *manifest, const struct brv_option *option,
                           const struct brv_plugin_setting *settings, size_t count,
                           struct brv_option_value *value)
{
    for (size_t i = 0; i < count; i++) {
        struct brv_option_value set;
        if (brv_str_equal(settings[i].plugin, manifest->info.name) &&
            brv_str_equal(settings[i].option, option->name) &&
            !brv_option_parse(option, settings[i].value, &set))
            *value = set;
    }
}

static void push_options(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_call *call = subject;
    const struct brv_manifest *manifest = call->manifest;
    const struct brv_run_task *task = call->task;
    const struct brv_render_options *run = call->options;
    lua_createtable(L, 0, (int)manifest->option_count); // [options]
    for (size_t i = 0; i < manifest->option_count; i++) {
        const struct brv_option *option = &manifest->options[i];
        struct brv_option_value value = option->value;
        apply_settings(manifest, option, task->settings, task->setting_count, &value);
        apply_settings(manifest, option, run->settings, run->setting_count, &value);
        brv_lua_push_str(L, option->name);
        brv_option_push(L, option, &value);
        lua_rawset(L, -3);
    }
}

static void push_style(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    (void)subject;
    lua_pushcfunction(L, brv_lua_look);
}

static void push_clock(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    brv_capability_push(L, subject, BRV_CAPABILITY_CLOCK);
}

static void push_read(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    brv_capability_push(L, subject, BRV_CAPABILITY_READ);
}

static const struct brv_view_field context_fields[] = {
    { "clock",
      push_clock,
      "function or nil",
      "`clock()`: the time in UTC as `{ year, month, day, hour, minute, second }`, where the "
      "operator "
      "granted `clock`; else nil." },
    { "document", push_document, "document", "The analysis." },
    { "log",
      push_log,
      "table",
      "`log.warn(text [, about])`, `log.note(…)`, `log.info(…)`: diagnostics at the place of an "
      "element, a fact or a section; at this section's when nothing else is named." },
    { "options",
      push_options,
      "table",
      "The plugin's options by name: as the command line, front matter or the stylesheet set them, "
      "else their defaults." },
    { "output", push_output, "string", "`pdf`, `docx` or `text`." },
    { "read",
      push_read,
      "function or nil",
      "`read(path)`: the text of a file beneath the folder for which the operator granted `read`; "
      "else nil." },
    { "render",
      push_render,
      "function",
      "`render(section)`: the default rendering of a section, for subsections mostly." },
    { "render_default",
      push_render,
      "function",
      "The same under the name that says what it does." },
    { "style",
      push_style,
      "function",
      "`style(element)`: how an element would look here, as `{ color, background, size, weight, "
      "italic }`; colours as `\"#0b5d5a\"`. `style(\"--accent\")`: the value of a variable of the "
      "stylesheet, nil where it is not set." },
    { "text_width", push_text_width, "integer", "Columns of the text output." },
};

const struct brv_view_type brv_view_context = {
    .name = "context",
    .summary = "The last argument of `render`, `match`, `transform`, `cover` and `appendix`.",
    .fields = context_fields,
    .count = BRV_COUNT(context_fields),
};
