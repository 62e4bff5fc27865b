// Brevier — how a source gets its index of lines and columns; used inside base only.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_SOURCE_H
#define BRV_BASE_SOURCE_H

#include "base/diag.h"

// Sets the text (clean, at most UINT32_MAX bytes, borrowed) and builds the index in the arena.
void brv_source_index(struct brv_source *source, brv_str text, struct brv_arena *arena);

// The line (from 0) that holds the byte at `offset`, and where it starts and ends (without its LF).
struct brv_line {
    size_t number;
    size_t start;
    size_t end;
};
struct brv_line brv_source_line(const struct brv_source *source, size_t offset);

// Code points in [from, to) of the text, in bounded time.
size_t brv_source_codepoints(const struct brv_source *source, size_t from, size_t to);

#endif
