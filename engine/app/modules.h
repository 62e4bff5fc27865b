// Brevier — opening modules: the outputs that live in shared objects of their own.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_MODULES_H
#define BRV_APP_MODULES_H

#include "output/module.h"

// A module on its way. Opening one costs as much as loading stylesheets and plugins, so a thread
// does it meanwhile; nothing else runs there.
struct brv_module_opening;

// Begins to open the module `name` ("pdf") from the folder that belongs to this program or library;
// never from anywhere that the environment names. Lives in the arena, which waits for the thread
// when it ends.
struct brv_module_opening *brv_module_begin(struct brv_arena *arena, const char *name);

// The module, once it is open. It stays open until the process ends, since what it made may be
// freed late. NULL, with an error reported, when it is missing or of another build.
const struct brv_module *brv_module_finish(struct brv_module_opening *opening,
                                           struct brv_sink *sink);

#endif
