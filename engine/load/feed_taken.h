// Brevier — feeds: the names that were given out so far, and to which entry.
// A feed remembers all of them as long as it lives, so they are kept close: a name takes its own
// bytes and 40 more. Of 100,000 entries with names of 30 bytes that is 15 MB, with their doubling.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_TAKEN_H
#define BRV_LOAD_FEED_TAKEN_H

#include "base/buf.h"

#include <stdbool.h>

struct brv_feed_taken {
    bool folds; // "A" is "a", as on some file systems: see feed_fold.h
    struct brv_feed_taken_slot *slots;
    size_t capacity;
    size_t count;
    struct brv_buf texts;
};

void brv_feed_taken_deinit(struct brv_feed_taken *taken);

// Whether a name was given out; then *owner is who has it.
bool brv_feed_taken_find(const struct brv_feed_taken *taken, brv_str name, uint64_t *owner);

// Gives out `name`, or the first of name-2, name-3, … that is free, in the arena. `owner` is kept
// with it, as any number. When the name itself was gone, *other is the owner of it.
brv_str brv_feed_taken_add(struct brv_feed_taken *taken, struct brv_arena *arena, brv_str name,
                           uint64_t owner, uint64_t *other);

#endif
