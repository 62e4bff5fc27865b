// Brevier — hashing for interning and look-up tables. Never seeded: same input, same order.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_HASH_H
#define BRV_BASE_HASH_H

#include "base/str.h"

#include <stdint.h>

struct brv_arena;

// 64-bit FNV-1a with a final avalanche; `seed` chains several pieces (start with 0).
uint64_t brv_hash(const void *bytes, size_t len, uint64_t seed);

// The same service for long texts, eight bytes at a time, which takes an eighth of the time. What
// it gives depends on the order of bytes in the machine's words.
uint64_t brv_hash_long(brv_str text, uint64_t seed);

static inline uint64_t brv_hash_str(brv_str text)
{
    return brv_hash(text.ptr, text.len, 0);
}

// String-keyed map of pointers in an arena; zero-initialise with an arena. Keys are borrowed.
struct brv_map {
    struct brv_arena *arena;
    struct brv_map_slot *slots;
    size_t capacity;
    size_t count;
};

// The place of the value for `key`, made (NULL) when absent. Valid until the next insertion.
void **brv_map_at(struct brv_map *map, brv_str key);
// The value, or NULL.
void *brv_map_find(const struct brv_map *map, brv_str key);

#endif
