// Brevier — memory of one Lua state, given back as a whole.
// Lua asks for thousands of small blocks at the birth of a state and few after it, and most states
// live for a section or two. A pool cuts the small blocks from one region and hands them out again
// by size; what is large, or comes when the region is full, is the heap's. Nothing of it depends on
// addresses. Who drops a pool need not close the state: no object of ours has a finalizer.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_POOL_H
#define BRV_PLUGIN_POOL_H

#include <stddef.h>

enum {
    BRV_POOL_UNIT_BYTES = 16,
    BRV_POOL_SMALL_BYTES = 512, // the largest block of the region
};

// Zeroed, it is empty and ready. May be moved: nothing points back to it.
struct brv_pool {
    char *region; // NULL until the first small block
    size_t used;
    void *freed[BRV_POOL_SMALL_BYTES / BRV_POOL_UNIT_BYTES]; // lists, by size in units
    struct brv_pool_block *heap_blocks;
};

// Like an allocator of Lua: makes, resizes or (new_size 0) frees a block, whose size is told; a
// block of NULL has size 0. NULL when the heap has no more, the block is as it was then.
void *brv_pool_resize(struct brv_pool *pool, void *block, size_t old_size, size_t new_size);

// Frees everything and leaves the pool empty.
void brv_pool_drop(struct brv_pool *pool);

#endif
