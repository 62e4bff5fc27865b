// Brevier — the program of a plugin: its Lua files.
// A plugin is NAME.lua, or a folder NAME with init.lua and the modules that it may require. All
// files are read when the host is made, compiled once (code.h) and loaded in each state that runs
// them (entry.h); of those that are compiled already (index.h) nothing is read but for messages.
// Read-only but for the code and the texts.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_PROGRAM_H
#define BRV_PLUGIN_PROGRAM_H

#include "base/diag.h"
#include "model/limits.h"

enum { BRV_PLUGIN_SOURCE_BYTES = 256 << 10, BRV_PLUGIN_MODULES = 64 };

struct brv_module {
    brv_str name; // what require() is given; "" for the main file
    // What Lua calls the chunk: "=" and a short name without folders, so that no message depends on
    // where the plugin is installed.
    const char *chunk_name;
    brv_str code; // empty until it is needed
    struct brv_module_text *text;
};

// The source of a module. Where the code was known beforehand the file is read now, if it was not
// yet; the text is empty when it cannot be.
const struct brv_source *brv_module_source(const struct brv_module *module);

struct brv_codes;

struct brv_program {
    brv_str path;
    struct brv_codes *codes;    // of the host, for what is compiled; not NULL when it is run
    struct brv_module *modules; // the main file first
    size_t module_count;
};

// Reads the plugin at `path`, a file or a folder with init.lua. NULL after a located
// error.
struct brv_program *brv_program_load(struct brv_arena *arena, brv_str path, struct brv_sink *sink);

// The plugin at `path` with these files, unread: their code is filled in by the caller.
struct brv_program *brv_program_of_files(struct brv_arena *arena, brv_str path,
                                         const brv_str *files, size_t count);

// Whether all texts are there; reads those that are not.
bool brv_program_read(const struct brv_program *program);

// The paths of the files that make the plugin: the main file first, then the modules of its folder.
brv_str *brv_program_files(struct brv_arena *arena, brv_str path, size_t *count);

// The same for a single file whose text (borrowed) is at hand.
struct brv_program *brv_program_from_text(struct brv_arena *arena, brv_str name, brv_str text,
                                          struct brv_sink *sink);

#endif
