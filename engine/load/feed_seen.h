// Brevier — feeds: what came out so far, by which the next item gets its name, or turns out to be
// one of those.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_SEEN_H
#define BRV_LOAD_FEED_SEEN_H

#include "load/feed.h"
#include "load/feed_taken.h"

struct brv_feed_seen {
    struct brv_feed_taken names;
    struct brv_feed_taken stems; // folds
    struct brv_feed_taken paths; // of containers, and of files that met others by name
    struct brv_buf origins;      // of those that took names, each behind its length
};

void brv_feed_seen_deinit(struct brv_feed_seen *seen);

// Notes a path, in whatever words it leads to a file or folder; false when it was noted before. A
// link is a path of its own. The arena is for what is needed meanwhile.
bool brv_feed_path_note(struct brv_feed_taken *paths, struct brv_arena *arena, brv_str path);

// Whether a file came out before by the same path. `clean` is the name that it wants.
bool brv_feed_seen_before(struct brv_feed_seen *seen, struct brv_arena *arena, brv_str path,
                          brv_str clean);

// Gives an item its name and stem, and says what is to be said of them. It wants to be called
// `clean`, which was made of `prefix` and the name `raw` that its source has for it.
void brv_feed_seen_name(struct brv_feed_seen *seen, struct brv_arena *arena, brv_str prefix,
                        brv_str raw, brv_str clean, struct brv_feed_item *item);

#endif
