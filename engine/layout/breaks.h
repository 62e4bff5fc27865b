// Brevier — where a line may end within a text. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_BREAKS_H
#define BRV_LAYOUT_BREAKS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

// For each code point of a text, whether a line may end after it: what UAX 14 says, and some more
// places where it must not (breaks.c lists them). `count` is that of the code points.
const bool *brv_breaks_find(struct brv_arena *arena, brv_str text, brv_str lang, size_t *count);

#endif
