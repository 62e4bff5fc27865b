// Brevier — what was made of some bytes, kept for whoever comes with the same ones.
// SPDX-License-Identifier: MIT
#include "base/memo.h"

#include "base/hash.h"

struct brv_memo {
    struct brv_arena *kept; // keys, values and the map's own memory
    struct brv_arena_mark empty;
    struct brv_map values; // content → brv_str
    size_t limit_bytes;
};

static void memo_drop(void *ptr)
{
    const struct brv_memo *memo = ptr;
    brv_arena_free(memo->kept);
}

static void memo_forget(struct brv_memo *memo)
{
    brv_arena_rewind(memo->kept, memo->empty);
    memo->values = (struct brv_map){ .arena = memo->kept };
}

struct brv_memo *brv_memo_new(struct brv_arena *arena, size_t limit_bytes)
{
    struct brv_memo *memo = BRV_NEW(arena, struct brv_memo);
    memo->limit_bytes = limit_bytes;
    memo->kept = brv_arena_new_roomy(limit_bytes);
    memo->empty = brv_arena_mark(memo->kept);
    memo->values = (struct brv_map){ .arena = memo->kept };
    brv_arena_on_free(arena, memo_drop, memo);
    return memo;
}

bool brv_memo_find(const struct brv_memo *memo, brv_str key, brv_str *value)
{
    const brv_str *kept = brv_map_find(&memo->values, key);
    if (kept)
        *value = *kept;
    return kept != NULL;
}

void brv_memo_keep(struct brv_memo *memo, brv_str key, brv_str value)
{
    size_t half = memo->limit_bytes / 2;
    if (key.len >= half || value.len >= half - key.len)
        return;
    if (brv_arena_used_bytes(memo->kept) + key.len + value.len > memo->limit_bytes)
        memo_forget(memo);
    void **slot = brv_map_at(&memo->values, brv_arena_str(memo->kept, key));
    brv_str *kept = BRV_NEW(memo->kept, brv_str);
    *kept = brv_arena_str(memo->kept, value);
    *slot = kept;
}
