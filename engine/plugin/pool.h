// Brevier — memory of one Lua state, given back as a whole.
// Lua asks for thousands of small blocks at the birth of a state and few after it, and most states
// live for a section or two. A pool cuts the small blocks from one region and hands them out again
// by size; what is large, or comes when the region is full, is the heap's. Until a pool is settled
// the large blocks are the region's, too: then all of a young state lies in one piece, and can be
// kept and put back. Nothing of it depends on addresses. Who drops a pool need not close the state:
// no object of ours has a finalizer.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_POOL_H
#define BRV_PLUGIN_POOL_H

#include <stdbool.h>
#include <stddef.h>

enum {
    BRV_POOL_UNIT_BYTES = 16,
    BRV_POOL_SMALL_BYTES = 512, // the largest block of the region, once the pool is settled
};

// Zeroed, it is empty and ready. May be moved: nothing points back to it.
struct brv_pool {
    char *region; // NULL until the first small block
    size_t used;
    bool is_settled;
    void *freed[BRV_POOL_SMALL_BYTES / BRV_POOL_UNIT_BYTES]; // lists, by size in units
    struct brv_pool_block *heap_blocks;
};

// Like an allocator of Lua: makes, resizes or (new_size 0) frees a block, whose size is told; a
// block of NULL has size 0. NULL when the heap has no more, the block is as it was then.
void *brv_pool_resize(struct brv_pool *pool, void *block, size_t old_size, size_t new_size);

void brv_pool_settle(struct brv_pool *pool);

// Frees everything and leaves the pool empty.
void brv_pool_drop(struct brv_pool *pool);

// What a pool held at one moment. The region is the image's own from then on: one pool at a time
// has the use of it.
struct brv_pool_image {
    struct brv_pool pool; // as it was, with nothing on the heap
    char *bytes;          // of its region
};

// Keeps what a pool holds; it goes on as it is, as the first that the region is lent to. False, and
// nothing is kept, when some of it lies on the heap, or there is no memory.
bool brv_pool_keep(const struct brv_pool *pool, struct brv_pool_image *image);

// Fills an empty pool with what was kept, every byte at its address of then.
void brv_pool_put_back(struct brv_pool *pool, const struct brv_pool_image *image);

// Leaves a pool empty that the region was lent to.
void brv_pool_give_back(struct brv_pool *pool);

// No pool may have the use of the region any more.
void brv_pool_image_drop(struct brv_pool_image *image);

#endif
