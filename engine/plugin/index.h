// Brevier — the index of a folder of plugins: what their manifests say, without reading the
// plugins. Most documents need few of the plugins that are shipped, and even to read the others
// costs more than choosing among them. So the build writes down what choosing needs, with size and
// time of each file, and a start believes it of the files that are still so. All else is loaded as
// if there were no index: it saves time and changes nothing.
//
//     brevier plugin index 1 of 0.1.0
//     plugin timeline.lua
//     file 893 1700000000 123456789 timeline.lua
//     name timeline
//     …
//     end 0123456789abcdef
//
// Plugins stand in the order of their file names; the last line is a hash of all before it.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_INDEX_H
#define BRV_PLUGIN_INDEX_H

#include "plugin/manifest.h"

struct brv_plugin_index; // opaque: the text, and how far it was read

// NULL when there is no such file, it is damaged, or another version wrote it. Nothing is reported.
struct brv_plugin_index *brv_plugin_index_read(struct brv_arena *arena, brv_str path);

// What the index tells of the plugin NAME.lua or NAME/ of a folder, without its options; NULL when
// it tells nothing, or a file is not the one it speaks of. To be asked in the order of the names.
struct brv_manifest *brv_plugin_index_take(struct brv_plugin_index *index, struct brv_arena *arena,
                                           brv_str folder, brv_str name);

// Whether both say the same.
bool brv_plugin_info_equal(const struct brv_plugin_info *a, const struct brv_plugin_info *b);

#endif
