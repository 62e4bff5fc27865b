// Brevier — feeds: what bounds the unpacking of an entry.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_LIMITS_H
#define BRV_LOAD_FEED_LIMITS_H

#include "base/buf.h"
#include "load/feed_source.h"

enum { BRV_FEED_CHUNK = 32 << 10 };

#define BRV_FEED_TOO_LONG "it is longer than the limit of %zu bytes"

// Counts what comes out of a compressed entry. A text shrinks to a fifth or a tenth; what swells
// two hundred times beyond its first mebibyte was made to.
struct brv_feed_meter {
    size_t limit_bytes;
    uint64_t packed_bytes; // 0: not known
};

// Appends a piece to `bytes`; false when the entry is over a limit, with `entry` failed.
bool brv_feed_meter_add(const struct brv_feed_meter *meter, struct brv_arena *arena,
                        struct brv_feed_entry *entry, struct brv_buf *bytes, const char *piece,
                        size_t len);

// Whether the whole of an archive swells when it is unpacked as none of texts does, beyond `free`
// bytes; then its rest is to be left unread.
bool brv_feed_swells(uint64_t packed_bytes, uint64_t unpacked_bytes, uint64_t free_bytes);
// The same, with an error reported.
bool brv_feed_archive_swells(brv_str path, uint64_t packed_bytes, uint64_t unpacked_bytes,
                             uint64_t free_bytes, struct brv_sink *sink);

// Whether includes and excludes take an item of this name.
bool brv_feed_globs_take(const struct brv_feed_options *options, brv_str name);

// Whether includes and excludes take an entry of a source: by the name that an item gets, whatever
// it comes from.
bool brv_feed_is_chosen(const struct brv_feed_source *source,
                        const struct brv_feed_options *options, struct brv_arena *arena,
                        brv_str name);

// Whether an entry as a source gives it is taken: an archive among other files is chosen by what is
// in it, but excluded by its own name as well.
bool brv_feed_entry_is_chosen(const struct brv_feed_source *source,
                              const struct brv_feed_options *options, struct brv_arena *arena,
                              const struct brv_feed_entry *entry);

// The next entry of a source that has none.
bool brv_feed_nothing_next(struct brv_feed_source *source, struct brv_arena *arena,
                           struct brv_feed_entry *entry, struct brv_sink *sink);

// Whether an entry of an archive is hidden, or in a hidden folder, as a folder passes them over
// too:
// ".git/HEAD"; and what a Mac adds of its own. "./a.md" is not.
bool brv_feed_is_hidden(brv_str name);

#endif
