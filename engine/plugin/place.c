// Brevier — places in a plugin's files: which line runs, and which one a message names.
// SPDX-License-Identifier: MIT
#include "plugin/sandbox_parts.h"

static const struct brv_module *module_of_chunk(const struct brv_program *program,
                                                const char *chunk_name)
{
    for (size_t i = 0; program && i < program->module_count; i++)
        if (strcmp(program->modules[i].chunk_name, chunk_name) == 0)
            return &program->modules[i];
    return NULL;
}

// Needs no memory: it is also called while an allocation is being refused.
struct brv_lua_place brv_lua_place_at(lua_State *L, int level)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    lua_Debug ar;
    for (int i = level; i < level + 32 && lua_getstack(L, i, &ar); i++) {
        if (!lua_getinfo(L, "Sl", &ar) || ar.currentline <= 0)
            continue;
        const struct brv_module *module = module_of_chunk(box->program, ar.source);
        if (module)
            return (struct brv_lua_place){ module, ar.currentline };
    }
    return (struct brv_lua_place){ 0 };
}

struct brv_span brv_lua_place_span(struct brv_lua_place place)
{
    if (!place.module || place.line < 1)
        return brv_span_none();
    const struct brv_source *source = brv_module_source(place.module);
    size_t line = (size_t)place.line - 1;
    if (line >= source->line_count)
        return (struct brv_span){ .source = source };
    size_t from = source->line_starts[line];
    size_t to = brv_str_find_byte(source->text, from, '\n');
    while (from < to && brv_is_space(source->text.ptr[from]))
        from++;
    while (to > from && brv_is_space(source->text.ptr[to - 1]))
        to--;
    return (struct brv_span){ source, (uint32_t)from, (uint32_t)(to - from) };
}

brv_str brv_lua_place_cut(const struct brv_sandbox *box, brv_str message,
                          struct brv_lua_place *place)
{
    for (size_t i = 0; box->program && i < box->program->module_count; i++) {
        const struct brv_module *module = &box->program->modules[i];
        brv_str name = brv_str_from_cstr(module->chunk_name + 1);
        if (!brv_str_starts_with(message, name) || message.len <= name.len ||
            message.ptr[name.len] != ':')
            continue;
        size_t at = name.len + 1;
        size_t end = brv_str_find_byte(message, at, ':');
        size_t line = 0;
        if (!brv_str_to_size(brv_str_slice(message, at, end), &line) || line > INT32_MAX)
            continue;
        *place = (struct brv_lua_place){ module, (int)line };
        return brv_str_trim(brv_str_slice(message, end < message.len ? end + 1 : end, message.len));
    }
    // Of Brevier's own modules: the line that called them is what the author can mend.
    if (brv_str_starts_with(message, BRV_S("brevier."))) {
        size_t at = brv_str_find_byte(message, 0, ':');
        size_t end = brv_str_find_byte(message, at + 1, ':');
        size_t line = 0;
        if (end < message.len && brv_str_to_size(brv_str_slice(message, at + 1, end), &line))
            return brv_str_trim(brv_str_slice(message, end + 1, message.len));
    }
    return message;
}
