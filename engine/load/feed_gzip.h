// Brevier — feeds: what a gzip file holds, checked against its checksums.
// libarchive unpacks gzip as well, but reads over the checksum behind the data: an archive that was
// damaged would be rendered as if it were whole.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_GZIP_H
#define BRV_LOAD_FEED_GZIP_H

#include "base/arena.h"

#include <stdint.h>

struct brv_feed_gzip;

// The file, whose beginning says that it is gzip; NULL when it is not, or cannot be opened. Closed
// with the arena.
struct brv_feed_gzip *brv_feed_gzip_open(struct brv_arena *arena, brv_str path);

// The next piece, valid until the one after it; empty at the end. False with *fault set where the
// file breaks off or is not what its checksum tells.
bool brv_feed_gzip_read(struct brv_feed_gzip *gzip, brv_str *piece, const char **fault);

// How much of the file was read.
uint64_t brv_feed_gzip_packed(const struct brv_feed_gzip *gzip);

#endif
