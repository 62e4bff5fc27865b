// Brevier — feeds: the names that were given out so far.
// An open table of places in one long text, where each name lies behind its length.
// SPDX-License-Identifier: MIT
#include "load/feed_taken.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/memory.h"
#include "load/feed_fold.h"

#include <stdlib.h>

struct brv_feed_taken_slot {
    uint64_t place; // of the name in `texts`, from 1; 0: free
    uint64_t owner;
    uint32_t hash;
    uint32_t tried; // the last number that was put behind the name
};

static brv_str text_at(const struct brv_feed_taken *taken, uint64_t place)
{
    uint32_t len;
    memcpy(&len, taken->texts.ptr + place - 1, sizeof len);
    return (brv_str){ taken->texts.ptr + place - 1 + sizeof len, len };
}

// A name as it is compared.
static struct brv_buf form_of(const struct brv_feed_taken *taken, brv_str name)
{
    struct brv_buf form = { 0 };
    if (taken->folds)
        brv_feed_fold(&form, name);
    else
        brv_buf_add_str(&form, name);
    return form;
}

static uint32_t hash_of(const struct brv_feed_taken *taken, brv_str name)
{
    struct brv_buf form = form_of(taken, name);
    uint32_t hash = (uint32_t)brv_hash(form.ptr, form.len, 0);
    brv_buf_deinit(&form);
    return hash;
}

static bool is_same(const struct brv_feed_taken *taken, brv_str a, brv_str b)
{
    if (brv_str_equal(a, b) || !taken->folds)
        return brv_str_equal(a, b);
    struct brv_buf one = form_of(taken, a);
    struct brv_buf other = form_of(taken, b);
    bool is_equal = brv_str_equal(brv_buf_str(&one), brv_buf_str(&other));
    brv_buf_deinit(&one);
    brv_buf_deinit(&other);
    return is_equal;
}

// The slot of a name, or the free one where it belongs.
static struct brv_feed_taken_slot *slot_of(const struct brv_feed_taken *taken, brv_str name,
                                           uint32_t hash)
{
    size_t at = hash & (taken->capacity - 1);
    while (taken->slots[at].place > 0 &&
           (taken->slots[at].hash != hash ||
            !is_same(taken, text_at(taken, taken->slots[at].place), name)))
        at = (at + 1) & (taken->capacity - 1);
    return &taken->slots[at];
}

// At most half of the slots are used.
static void slots_grow(struct brv_feed_taken *taken)
{
    enum { LEAST = 64 };
    if (2 * (taken->count + 1) <= taken->capacity)
        return;
    struct brv_feed_taken_slot *before = taken->slots;
    size_t count = taken->capacity;
    taken->capacity = count > 0 ? brv_size_multiply(count, 2) : LEAST;
    size_t bytes = brv_size_multiply(taken->capacity, sizeof *taken->slots);
    taken->slots = brv_heap_alloc(bytes);
    memset(taken->slots, 0, bytes);
    for (size_t i = 0; i < count; i++) {
        if (before[i].place == 0)
            continue;
        size_t at = before[i].hash & (taken->capacity - 1);
        while (taken->slots[at].place > 0)
            at = (at + 1) & (taken->capacity - 1);
        taken->slots[at] = before[i];
    }
    free(before);
}

// ---- exported

void brv_feed_taken_deinit(struct brv_feed_taken *taken)
{
    free(taken->slots);
    brv_buf_deinit(&taken->texts);
}

bool brv_feed_taken_find(const struct brv_feed_taken *taken, brv_str name, uint64_t *owner)
{
    if (taken->capacity == 0)
        return false;
    const struct brv_feed_taken_slot *slot = slot_of(taken, name, hash_of(taken, name));
    if (slot->place > 0)
        *owner = slot->owner;
    return slot->place > 0;
}

brv_str brv_feed_taken_add(struct brv_feed_taken *taken, struct brv_arena *arena, brv_str name,
                           uint64_t owner, uint64_t *other)
{
    slots_grow(taken);
    brv_str own = brv_arena_str(arena, name);
    uint32_t hash = hash_of(taken, own);
    struct brv_feed_taken_slot *first = slot_of(taken, own, hash);
    struct brv_feed_taken_slot *slot = first;
    if (first->place > 0)
        *other = first->owner;
    // The number at the first taker saves trying those that are gone.
    while (slot->place > 0) {
        own = brv_arena_printf(arena, "%" BRV_STR_F "-%u", BRV_STR_ARG(name), ++first->tried);
        hash = hash_of(taken, own);
        slot = slot_of(taken, own, hash);
    }
    uint32_t len = (uint32_t)own.len;
    *slot = (struct brv_feed_taken_slot){ taken->texts.len + 1, owner, hash, 1 };
    brv_buf_add(&taken->texts, &len, sizeof len);
    brv_buf_add_str(&taken->texts, own);
    taken->count++;
    return own;
}
