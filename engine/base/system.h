// Brevier — the edge to the operating system: error texts, C paths, opening beneath a folder.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_SYSTEM_H
#define BRV_BASE_SYSTEM_H

#include "base/str.h"

// What an errno value means, in words that no locale changes ("permission denied").
const char *brv_system_error(int error);

// The path for a system call, NUL-terminated, to be given back with free(); NULL when it holds a
// NUL of its own and so can name no file.
char *brv_path_cstr(brv_str path);

// Opens `path` (see brv_path_is_safe) beneath the open folder `root` for reading without following
// any symbolic link; -1 and errno when it cannot. With `by_component` it walks the folders itself,
// as it also does on kernels without openat2.
int brv_open_beneath(int root, brv_str path, bool by_component);

#endif
