// Brevier — the unpacker: a process that opens the containers of a feed.
// Archives and databases come from anywhere, and the libraries that read them are large. What one
// of them does to its reader happens here, and costs the rest of that container; the supervisor
// reads names and texts from a socket. The process is made when the first container is met, serves
// one after the other, and is made anew when it died.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_UNPACK_H
#define BRV_APP_BATCH_UNPACK_H

#include "app/batch/batch.h"
#include "load/feed_source.h"

struct brv_unpacker;

// Lives in the batch's arena; to be made before the feed that uses it.
struct brv_unpacker *brv_unpacker_new(const struct brv_batch *batch);

// A brv_feed_open_through_fn.
enum brv_status brv_unpacker_open(void *user, brv_feed_open_fn *open,
                                  struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, struct brv_sink *sink);

#endif
