// Brevier — feeds: how many items there are, counted where that is possible and judged where not.
// The files of folders are counted by their names before the first is read. How many items archives
// and tables hold is known when they have been gone through; until then it is judged by how much of
// their bytes took how many, and before any of them is opened by what the files beside them take.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_EXTENT_H
#define BRV_LOAD_FEED_EXTENT_H

#include "load/feed_source.h"

struct brv_feed_extent {
    bool is_known;       // false: nobody asked, or a list is among the sources
    uint64_t files;      // that are items themselves
    double packed_bytes; // of archives and tables, as long as they will be when unpacked
    // So far:
    uint64_t files_given, file_bytes; // items that are files, and what is in them
    uint64_t packed_given;            // items of archives and tables
    double packed_gone;               // bytes of those that were left
};

// Goes through the folders.
struct brv_feed_extent brv_feed_measure(const struct brv_feed_options *options);

// About how many bytes of text the archive or table at `path` holds.
double brv_feed_weight(struct brv_arena *arena, brv_str path);

// An item came out of a source.
void brv_feed_extent_give(struct brv_feed_extent *extent, const struct brv_feed_source *source,
                          const struct brv_feed_item *item);
// A file that was counted came out before.
void brv_feed_extent_skip(struct brv_feed_extent *extent);
// A source was gone through.
void brv_feed_extent_leave(struct brv_feed_extent *extent, const struct brv_feed_source *source);

// How many items there are in all; 0: that is not known. `source` is the one at hand, or NULL.
uint64_t brv_feed_extent_total(const struct brv_feed_extent *extent,
                               const struct brv_feed_source *source);

#endif
