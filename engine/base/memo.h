// Brevier — what was made of some bytes, kept for whoever comes with the same ones.
// For a process that renders many documents, most of which have something in common. It saves work
// and changes nothing that is written: what is kept must follow from the bytes alone.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_MEMO_H
#define BRV_BASE_MEMO_H

#include "base/arena.h"

#include <stdbool.h>

struct brv_memo; // opaque

// Takes at most so many bytes: what would not fit any more makes room by forgetting all. Lines that
// keys have in common take room once.
struct brv_memo *brv_memo_new(struct brv_arena *arena, size_t limit_bytes);

// Gives what is kept for `key`, valid until the next brv_memo_keep(). False when there is nothing.
bool brv_memo_find(struct brv_memo *memo, brv_str key, brv_str *value);
// Copies both. What is half as large as the memo is not kept.
void brv_memo_keep(struct brv_memo *memo, brv_str key, brv_str value);

#endif
