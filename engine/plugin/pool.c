// Brevier — memory of one Lua state.
//
//     region: [####|##|######|##|....................]   freed[2] ──► ## ──► ##
//                                 ▲ used
//     heap:   [links|############] ⇄ [links|##########]
//
// The region is never returned in part and never grows, so a script that frees blocks of one size
// and asks for another can waste no more than the region.
// SPDX-License-Identifier: MIT
#include "plugin/pool.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Where AddressSanitizer watches, every block is the heap's.
#if defined(BRV_ARENA_DEBUG) || defined(BRV_TINY)
enum { REGION_BYTES = 0 };
#else
enum { REGION_BYTES = 96 << 10 };
#endif

// A block of the heap, in a list of all.
struct brv_pool_block {
    struct brv_pool_block *next;
    struct brv_pool_block *previous;
    alignas(max_align_t) char bytes[];
};

// ---- the region

static bool is_in_region(const struct brv_pool *pool, const void *block)
{
    return pool->region && (uintptr_t)block - (uintptr_t)pool->region < pool->used;
}

static size_t units_of(size_t size)
{
    return (size + BRV_POOL_UNIT_BYTES - 1) / BRV_POOL_UNIT_BYTES;
}

// NULL when the size is none of the region's, or the region is full.
static void *region_alloc(struct brv_pool *pool, size_t size)
{
    if (size > BRV_POOL_SMALL_BYTES || REGION_BYTES == 0)
        return NULL;
    size_t units = units_of(size);
    void *block = pool->freed[units - 1];
    if (block) {
        memcpy(&pool->freed[units - 1], block, sizeof(void *)); // the next one
        return block;
    }
    if (!pool->region)
        pool->region = malloc(REGION_BYTES);
    size_t bytes = units * BRV_POOL_UNIT_BYTES;
    if (!pool->region || REGION_BYTES - pool->used < bytes)
        return NULL;
    block = pool->region + pool->used;
    pool->used += bytes;
    return block;
}

static void region_free(struct brv_pool *pool, void *block, size_t size)
{
    size_t units = units_of(size);
    memcpy(block, &pool->freed[units - 1], sizeof(void *));
    pool->freed[units - 1] = block;
}

// ---- the heap

static struct brv_pool_block *heap_block_of(void *bytes)
{
    return (void *)((char *)bytes - offsetof(struct brv_pool_block, bytes));
}

static void heap_link(struct brv_pool *pool, struct brv_pool_block *block)
{
    block->next = pool->heap_blocks;
    block->previous = NULL;
    if (block->next)
        block->next->previous = block;
    pool->heap_blocks = block;
}

static void heap_unlink(struct brv_pool *pool, struct brv_pool_block *block)
{
    if (block->previous)
        block->previous->next = block->next;
    else
        pool->heap_blocks = block->next;
    if (block->next)
        block->next->previous = block->previous;
}

// A new block, or `old` with another size; on failure `old` stays as it is.
static void *heap_resize(struct brv_pool *pool, struct brv_pool_block *old, size_t size)
{
    if (size > SIZE_MAX - sizeof *old)
        return NULL;
    if (old)
        heap_unlink(pool, old);
    struct brv_pool_block *block = realloc(old, sizeof *block + size);
    if (block || old)
        heap_link(pool, block ? block : old);
    return block ? block->bytes : NULL;
}

// ---- both

static void *make_block(struct brv_pool *pool, size_t size)
{
    void *block = region_alloc(pool, size);
    return block ? block : heap_resize(pool, NULL, size);
}

static void free_block(struct brv_pool *pool, void *block, size_t size)
{
    if (is_in_region(pool, block)) {
        region_free(pool, block, size);
        return;
    }
    struct brv_pool_block *heap_block = heap_block_of(block);
    heap_unlink(pool, heap_block);
    free(heap_block);
}

void *brv_pool_resize(struct brv_pool *pool, void *block, size_t old_size, size_t new_size)
{
    if (!block)
        return new_size ? make_block(pool, new_size) : NULL;
    if (new_size == 0) {
        free_block(pool, block, old_size);
        return NULL;
    }
    if (!is_in_region(pool, block))
        return heap_resize(pool, heap_block_of(block), new_size);
    if (units_of(new_size) == units_of(old_size))
        return block;
    void *moved = make_block(pool, new_size);
    if (moved) {
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
        region_free(pool, block, old_size);
    }
    return moved;
}

void brv_pool_drop(struct brv_pool *pool)
{
    free(pool->region);
    for (struct brv_pool_block *block = pool->heap_blocks; block;) {
        struct brv_pool_block *next = block->next;
        free(block);
        block = next;
    }
    *pool = (struct brv_pool){ 0 };
}
