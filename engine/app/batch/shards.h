// Brevier — the shards of an archive: each has a ledger of its own in the folder of all.
// A shard needs nothing of the others but this: an output that goes from one of them may be
// another's by now, for an analysis that changed may belong to another shard than before. So they
// take turns at publishing into one folder, and none removes a file that another's ledger tells of.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_SHARDS_H
#define BRV_APP_BATCH_SHARDS_H

#include "base/diag.h"

enum { BRV_SHARDS_LIMIT = 10000 };

struct brv_shards;

// A shard by the name of its ledger, "ledger-3-of-4.sqlite"; false when it is none.
struct brv_shard_name {
    size_t number, count;
};
bool brv_shard_name_parse(brv_str name, struct brv_shard_name *shard);

// The others beside shard `number` of `count` in the folder; lives in the arena. NULL without
// shards, of which the functions below make nothing.
struct brv_shards *brv_shards_new(struct brv_arena *arena, brv_str folder, size_t number,
                                  size_t count);

// Waits until no other shard publishes, and has them wait; until the end of the turn. On a file
// system without locks it is nobody's turn.
void brv_shards_turn_begin(struct brv_shards *shards);
void brv_shards_turn_end(struct brv_shards *shards);

// Whether another shard's ledger has an item of this name. One that cannot be read knows nothing.
bool brv_shards_know(struct brv_shards *shards, brv_str item);

// Whether another shard's ledger has an output of this path. A ledger that cannot be read claims
// everything.
bool brv_shards_claim(struct brv_shards *shards, brv_str path);

#endif
