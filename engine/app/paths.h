// Brevier — where plugins and stylesheets are found.
// The only file, beside date.c, that reads the environment.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_PATHS_H
#define BRV_APP_PATHS_H

#include "base/arena.h"

#include <stddef.h>

struct brv_paths {
    const brv_str *items;
    size_t count;
};

// The folders of plugins in search order: `first`, $BREVIER_PLUGIN_PATH (parted by ":"), the user's
// data folder ($XDG_DATA_HOME, else ~/.local/share), the shipped ones.
struct brv_paths brv_paths_plugins(struct brv_arena *arena, const brv_str *first, size_t count);

// The folders of stylesheets: the user's data folder, the shipped ones.
struct brv_paths brv_paths_stylesheets(struct brv_arena *arena);

// The folder that holds plugins/ and stylesheets/: the source tree for a program or library that
// was built and not installed, share/brevier beside its bin or lib folder, else the place of
// installation that was configured.
brv_str brv_paths_data(struct brv_arena *arena);

// The index of the shipped plugins, beside the modules; it need not be there.
brv_str brv_paths_plugin_index(struct brv_arena *arena);

// The index of the system's fonts, there as well; it need not be there either.
brv_str brv_paths_font_index(struct brv_arena *arena);
brv_str brv_paths_font_digests(struct brv_arena *arena);

// The folder that holds the modules, by the same rule: lib/brevier of the build tree, of the tree
// that the program or library lies in, or of the place of installation.
brv_str brv_paths_modules(struct brv_arena *arena);

#endif
