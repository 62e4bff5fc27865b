// Brevier — reading a plugin's files.
// SPDX-License-Identifier: MIT
#include "plugin/program.h"

#include "base/file.h"
#include "base/utf8.h"

#include <lauxlib.h>

enum { CHUNK_NAME_BYTES = 50 }; // Lua shows at most 59

static const char *make_chunk_name(struct brv_arena *arena, brv_str name)
{
    if (name.len > CHUNK_NAME_BYTES)
        name = brv_str_slice(name, name.len - CHUNK_NAME_BYTES, name.len);
    return brv_arena_printf(arena, "=%" BRV_STR_F "%c", BRV_STR_ARG(name), '\0').ptr;
}

// Fills a module from its bytes; BRV_FAILED after an error.
static enum brv_status fill_module(struct brv_arena *arena, brv_str path, brv_str raw, brv_str name,
                                   brv_str shown_name, struct brv_module *module,
                                   struct brv_sink *sink)
{
    struct brv_source *source = brv_source_new(arena, brv_arena_str(arena, path), BRV_S(""));
    if (raw.len > 0 && raw.ptr[0] == LUA_SIGNATURE[0]) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   (struct brv_span){ .source = source },
                   "compiled Lua is not accepted, expected a text file");
        return BRV_FAILED;
    }
    brv_source_set_text(source, raw, arena, sink);
    *module = (struct brv_module){
        .name = brv_str_from_cstr(brv_arena_cstr(arena, name)),
        .chunk_name = make_chunk_name(arena, shown_name),
        .source = source,
    };
    return BRV_OK;
}

static enum brv_status load_module(struct brv_arena *arena, brv_str path, brv_str name,
                                   brv_str shown_name, struct brv_module *module,
                                   struct brv_sink *sink)
{
    brv_str raw;
    if (brv_file_read(arena, path, BRV_PLUGIN_SOURCE_BYTES, BRV_CODE_PLUGIN, &raw, sink) != BRV_OK)
        return BRV_FAILED;
    return fill_module(arena, path, raw, name, shown_name, module, sink);
}

// A module's file name: letters, digits, "-" and "_", then ".lua".
static bool is_module_file(brv_str file_name)
{
    if (!brv_str_ends_with(file_name, BRV_S(".lua")) || file_name.len <= 4)
        return false;
    for (size_t i = 0; i < file_name.len - 4; i++) {
        char c = brv_to_lower(file_name.ptr[i]);
        if (!(c >= 'a' && c <= 'z') && !brv_is_digit(c) && c != '-' && c != '_')
            return false;
    }
    return true;
}

static enum brv_status load_folder(struct brv_arena *arena, struct brv_program *program,
                                   struct brv_sink *sink)
{
    brv_str folder = brv_path_file_name(program->path);
    size_t count = 0;
    brv_str *names = brv_directory_list(arena, program->path, &count);
    program->modules = BRV_NEW_ARRAY(arena, struct brv_module, BRV_PLUGIN_MODULES);
    brv_str main_path = brv_path_join(arena, program->path, BRV_S("init.lua"));
    brv_str shown = brv_arena_printf(arena, "%" BRV_STR_F "/init.lua", BRV_STR_ARG(folder));
    if (load_module(arena, main_path, BRV_S(""), shown, &program->modules[0], sink) != BRV_OK)
        return BRV_FAILED;
    program->module_count = 1;
    for (size_t i = 0; i < count; i++) {
        if (!is_module_file(names[i]) || brv_str_is(names[i], "init.lua"))
            continue;
        if (program->module_count == BRV_PLUGIN_MODULES) {
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_LIMIT,
                       brv_span_none(),
                       "plugin folder \"%" BRV_STR_F "\" has more than %d files",
                       BRV_STR_ARG(program->path),
                       BRV_PLUGIN_MODULES);
            return BRV_FAILED;
        }
        struct brv_module *module = &program->modules[program->module_count];
        brv_str path = brv_path_join(arena, program->path, names[i]);
        brv_str name = brv_str_slice(names[i], 0, names[i].len - 4);
        shown = brv_arena_printf(
            arena, "%" BRV_STR_F "/%" BRV_STR_F, BRV_STR_ARG(folder), BRV_STR_ARG(names[i]));
        if (load_module(arena, path, name, shown, module, sink) != BRV_OK)
            return BRV_FAILED;
        program->module_count++;
    }
    return BRV_OK;
}

struct brv_program *brv_program_from_text(struct brv_arena *arena, brv_str name, brv_str text,
                                          struct brv_sink *sink)
{
    struct brv_program *program = BRV_NEW(arena, struct brv_program);
    program->path = brv_arena_str(arena, name);
    program->modules = BRV_NEW(arena, struct brv_module);
    program->module_count = 1;
    if (fill_module(arena, name, text, BRV_S(""), name, program->modules, sink) != BRV_OK)
        return NULL;
    return program;
}

struct brv_program *brv_program_load(struct brv_arena *arena, brv_str path, struct brv_sink *sink)
{
    struct brv_program *program = BRV_NEW(arena, struct brv_program);
    program->path = brv_arena_str(arena, path);
    if (brv_is_directory(path))
        return load_folder(arena, program, sink) == BRV_OK ? program : NULL;
    program->modules = BRV_NEW(arena, struct brv_module);
    program->module_count = 1;
    brv_str name = brv_path_file_name(path);
    if (load_module(arena, path, BRV_S(""), name, &program->modules[0], sink) != BRV_OK)
        return NULL;
    return program;
}
