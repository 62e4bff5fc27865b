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

// A text, or the file that holds it.
struct brv_module_text {
    struct brv_source *source;
    struct brv_arena *arena; // that the text goes to when it is first asked for; NULL: it was read
};

// A module without text and code.
static struct brv_module make_module(struct brv_arena *arena, brv_str path, brv_str name,
                                     brv_str shown_name)
{
    struct brv_module_text *text = BRV_NEW(arena, struct brv_module_text);
    text->source = brv_source_new(arena, brv_arena_str(arena, path), BRV_S(""));
    return (struct brv_module){
        .name = brv_str_from_cstr(brv_arena_cstr(arena, name)),
        .chunk_name = make_chunk_name(arena, shown_name),
        .text = text,
    };
}

// Gives a module its text; BRV_FAILED after an error.
static enum brv_status fill_module(struct brv_arena *arena, const struct brv_module *module,
                                   brv_str raw, struct brv_sink *sink)
{
    struct brv_source *source = module->text->source;
    if (raw.len > 0 && raw.ptr[0] == LUA_SIGNATURE[0]) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   (struct brv_span){ .source = source },
                   "compiled Lua is not accepted, expected a text file");
        return BRV_FAILED;
    }
    brv_source_set_text(source, raw, arena, BRV_WARNING, sink);
    return BRV_OK;
}

static enum brv_status read_module(struct brv_arena *arena, const struct brv_module *module,
                                   struct brv_sink *sink)
{
    brv_str raw;
    brv_str path = module->text->source->name;
    if (brv_file_read(arena, path, BRV_PLUGIN_SOURCE_BYTES, BRV_CODE_PLUGIN, &raw, sink) != BRV_OK)
        return BRV_FAILED;
    return fill_module(arena, module, raw, sink);
}

const struct brv_source *brv_module_source(const struct brv_module *module)
{
    struct brv_module_text *text = module->text;
    if (text->arena) {
        struct brv_sink ignored = brv_sink_init(text->arena);
        if (read_module(text->arena, module, &ignored) == BRV_OK)
            text->arena = NULL;
    }
    return text->source;
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

struct brv_program *brv_program_of_files(struct brv_arena *arena, brv_str path,
                                         const brv_str *files, size_t count)
{
    struct brv_program *program = BRV_NEW(arena, struct brv_program);
    bool is_folder = !brv_str_equal(files[0], path);
    brv_str folder = brv_path_file_name(path);
    program->path = brv_arena_str(arena, path);
    program->modules = BRV_NEW_ARRAY(arena, struct brv_module, count);
    program->module_count = count;
    for (size_t i = 0; i < count; i++) {
        brv_str file = brv_path_file_name(files[i]);
        brv_str name = brv_str_slice(file, 0, i > 0 ? file.len - strlen(".lua") : 0);
        brv_str shown = is_folder ? brv_path_join(arena, folder, file) : file;
        program->modules[i] = make_module(arena, files[i], name, shown);
        program->modules[i].text->arena = arena;
    }
    return program;
}

bool brv_program_read(const struct brv_program *program)
{
    bool is_whole = true;
    for (size_t i = 0; i < program->module_count; i++) {
        (void)brv_module_source(&program->modules[i]);
        is_whole = is_whole && !program->modules[i].text->arena;
    }
    return is_whole;
}

struct brv_program *brv_program_from_text(struct brv_arena *arena, brv_str name, brv_str text,
                                          struct brv_sink *sink)
{
    struct brv_program *program = brv_program_of_files(arena, name, &name, 1);
    program->modules->text->arena = NULL;
    return fill_module(arena, program->modules, text, sink) == BRV_OK ? program : NULL;
}

struct brv_program *brv_program_load(struct brv_arena *arena, brv_str path, struct brv_sink *sink)
{
    size_t count = 0;
    const brv_str *files = brv_program_files(arena, path, &count);
    if (count > BRV_PLUGIN_MODULES) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_span_none(),
                   "plugin folder \"%" BRV_STR_F "\" has more than %d files",
                   BRV_STR_ARG(path),
                   BRV_PLUGIN_MODULES);
        return NULL;
    }
    struct brv_program *program = brv_program_of_files(arena, path, files, count);
    for (size_t i = 0; i < count; i++) {
        program->modules[i].text->arena = NULL;
        if (read_module(arena, &program->modules[i], sink) != BRV_OK)
            return NULL;
    }
    return program;
}
