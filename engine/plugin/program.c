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

brv_str *brv_program_files(struct brv_arena *arena, brv_str path, size_t *count)
{
    size_t name_count = 0;
    bool is_folder = brv_is_directory(path);
    brv_str *names = is_folder ? brv_directory_list(arena, path, &name_count) : NULL;
    brv_str *files = BRV_NEW_ARRAY(arena, brv_str, name_count + 1);
    files[0] = is_folder ? brv_path_join(arena, path, BRV_S("init.lua")) : path;
    *count = 1;
    for (size_t i = 0; i < name_count; i++)
        if (is_module_file(names[i]) && !brv_str_is(names[i], "init.lua"))
            files[(*count)++] = brv_path_join(arena, path, names[i]);
    return files;
}

static enum brv_status load_folder(struct brv_arena *arena, struct brv_program *program,
                                   struct brv_sink *sink)
{
    brv_str folder = brv_path_file_name(program->path);
    size_t count = 0;
    const brv_str *files = brv_program_files(arena, program->path, &count);
    program->modules = BRV_NEW_ARRAY(arena, struct brv_module, BRV_PLUGIN_MODULES);
    for (size_t i = 0; i < count; i++) {
        if (i == BRV_PLUGIN_MODULES) {
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_LIMIT,
                       brv_span_none(),
                       "plugin folder \"%" BRV_STR_F "\" has more than %d files",
                       BRV_STR_ARG(program->path),
                       BRV_PLUGIN_MODULES);
            return BRV_FAILED;
        }
        brv_str file = brv_path_file_name(files[i]);
        brv_str name = brv_str_slice(file, 0, i > 0 ? file.len - strlen(".lua") : 0);
        brv_str shown = brv_arena_printf(
            arena, "%" BRV_STR_F "/%" BRV_STR_F, BRV_STR_ARG(folder), BRV_STR_ARG(file));
        if (load_module(arena, files[i], name, shown, &program->modules[i], sink) != BRV_OK)
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
