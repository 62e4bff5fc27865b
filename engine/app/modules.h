// Brevier — opening modules: the outputs that live in shared objects of their own.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_MODULES_H
#define BRV_APP_MODULES_H

#include "output/module.h"

// Opens the module `name` ("pdf") from the folder that belongs to this program or library; never
// from anywhere that the environment names. It stays open until the process ends, since what it
// made may be freed late. NULL, with an error reported, when it is missing or of another build.
const struct brv_module *brv_module_open(struct brv_arena *arena, const char *name,
                                         struct brv_sink *sink);

#endif
