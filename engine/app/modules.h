// Brevier — opening modules: the outputs that live in shared objects of their own.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_MODULES_H
#define BRV_APP_MODULES_H

#include "base/worker.h"
#include "output/module.h"

// Opens the module `name` ("pdf") from the folder that belongs to this program or library; never
// from anywhere that the environment names. It stays open until the process ends, since what it
// made may be freed late. NULL, with an error reported, when it is missing or of another build.
const struct brv_module *brv_module_open(struct brv_arena *arena, const char *name,
                                         struct brv_sink *sink);

// Modules that the worker opens, and the fonts of layout, while the caller reads sheets, plugins
// and the document.
struct brv_module_ahead;

// One more, after those of `before` (NULL: none). NULL when there is no worker: then all is as
// without it. Only for a process that renders once and ends. It is waited for before the arena
// ends.
struct brv_module_ahead *brv_module_open_ahead(struct brv_arena *arena, struct brv_worker *worker,
                                               const char *name, struct brv_module_ahead *before);

// Waits until the worker has tried and gives what it opened; NULL when that failed or nobody was to
// open this one: then brv_module_open() does it or says why it cannot.
const struct brv_module *brv_module_join(struct brv_module_ahead *ahead, const char *name);
// The same for the fonts, which live as long as the arena.
struct brv_fonts *brv_module_join_fonts(struct brv_module_ahead *ahead);

#endif
