// Brevier — names that exist, for "did you mean".
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_NAMES_H
#define BRV_APP_NAMES_H

#include "base/arena.h"
#include "base/diag.h"

struct brv_host;

// NUL-terminated names in the arena.
const char *const *brv_names_of_plugins(struct brv_arena *arena, const struct brv_host *host,
                                        size_t *count);
const char *const *brv_names_of_outputs(struct brv_arena *arena, size_t *count);
// The files with an extension in some folders, without it.
const char *const *brv_names_of_files(struct brv_arena *arena, const brv_str *folders,
                                      size_t folder_count, const char *extension, size_t *count);

// Adds a hint when the folder of `path` holds a file of nearly that name.
void brv_names_hint_file(struct brv_arena *arena, brv_str path, struct brv_diag *diag,
                         struct brv_sink *sink);

#endif
