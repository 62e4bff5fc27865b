// Brevier — the index of a folder of plugins: what their manifests say, without reading the
// plugins, and what Lua's compiler makes of their files and of Brevier's own modules. Most
// documents need few of the plugins that are shipped, and even to read the others costs more than
// choosing among them. So the build writes down what choosing needs, with size and time of each
// file, and a start believes it of the files that are still so. All else is loaded as if there were
// no index: it saves time and changes nothing.
//
//     brevier plugin index 3 of 0.1.0 (Lua 5.4.4): 00006789 bytes
//     plugin timeline.lua
//     file 893 1700000000 123456789 1234567890123456789 timeline.lua
//     name timeline
//     …
//     code 1234567890123456789 0 2718 9876543210987654321
//     …
//     end 0123456789abcdef
//     (the code)
//
// Plugins stand in the order of their file names; the last line is a hash of all before it. A text
// is known by its hash and its name, the key that "file" and "code" share; where its code begins
// behind the last line, how long it is and its hash are told. The text of a file that is still as
// it was is not read: its code is known by the key, and only messages show lines. The file belongs
// to the program like its modules do: whoever can write it can have any code run, and needs no
// plugin for it (code.h).
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_INDEX_H
#define BRV_PLUGIN_INDEX_H

#include "base/file.h"
#include "plugin/manifest.h"

struct brv_plugin_index; // opaque: the text, and how far it was read

// NULL when there is no such file, it is damaged, or another version of Brevier or of Lua wrote it.
// Nothing is reported.
struct brv_plugin_index *brv_plugin_index_read(struct brv_arena *arena, brv_str path);

// One of a plugin's files, as it was.
struct brv_plugin_file {
    brv_str path;
    uint64_t key; // of its text, see brv_code_key()
    struct brv_file_stamp stamp;
};

// What the index tells of a plugin.
struct brv_plugin_told {
    struct brv_manifest manifest;  // without its options
    struct brv_plugin_file *files; // the main file first
    size_t file_count;
};

// What it tells of the plugin NAME.lua or NAME/ of a folder; NULL when it tells nothing, or a file
// is not the one it speaks of. To be asked in the order of the names.
const struct brv_plugin_told *brv_plugin_index_take(struct brv_plugin_index *index,
                                                    struct brv_arena *arena, brv_str folder,
                                                    brv_str name);

// The code of a text (brv_code_key()), copied into the arena. False, and *code as it was, when the
// index has none or it is not what it was.
bool brv_plugin_index_code(struct brv_plugin_index *index, struct brv_arena *arena, uint64_t key,
                           brv_str *code) BRV_WARN_UNUSED;

// Whether both say the same.
bool brv_plugin_info_equal(const struct brv_plugin_info *a, const struct brv_plugin_info *b);

#endif
