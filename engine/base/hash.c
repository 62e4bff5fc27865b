// Brevier — hashing.
// SPDX-License-Identifier: MIT
#include "base/hash.h"

#include <string.h>

static uint64_t avalanche(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * UINT64_C(0xFF51AFD7ED558CCD);
    hash = (hash ^ hash >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
    return hash ^ hash >> 33;
}

uint64_t brv_hash(const void *bytes, size_t len, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ seed;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001B3);
    return avalanche(hash); // FNV mixes its high bits poorly; tables index by the low ones
}

uint64_t brv_hash_long(brv_str text, uint64_t seed)
{
    uint64_t hash = avalanche(seed ^ text.len);
    uint64_t word;
    for (; text.len >= sizeof word; text = brv_str_from(text, sizeof word)) {
        memcpy(&word, text.ptr, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9FB21C651E98DF25);
        hash ^= hash >> 29;
    }
    return brv_hash(text.ptr, text.len, hash);
}
