// Brevier — memory of one Lua state.
//
//     region: [####|##|######|##|....................]   freed[2] ──► ## ──► ##
//                                 ▲ used
//     heap:   [links|############] ⇄ [links|##########]
//
// The region is never returned in part and never grows, so a script that frees blocks of one size
// and asks for another can waste no more than the region. What is large and freed in it is used no
// more.
//
// An image is a copy of the used part of the region and of the lists. Who puts it back copies some
// tens of kilobytes to where they came from, and every pointer among them is right again, be it the
// interpreter's or a list's; what the heap gave meanwhile is no part of it.
// SPDX-License-Identifier: MIT
#include "plugin/pool.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_WATCHED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define IS_WATCHED
#endif

// Where AddressSanitizer watches, there is a gap after each block of the region, and none is used
// twice. The tiny build has only the heap's.
#if defined(IS_WATCHED)
#include <sanitizer/asan_interface.h>
enum { REGION_BYTES = 256 << 10, GAP_UNITS = 1 };
#define FORBID(bytes, size) ASAN_POISON_MEMORY_REGION(bytes, size)
#define PERMIT(bytes, size) ASAN_UNPOISON_MEMORY_REGION(bytes, size)
#else
#if defined(BRV_TINY)
enum { REGION_BYTES = 0, GAP_UNITS = 0 };
#else
enum { REGION_BYTES = 96 << 10, GAP_UNITS = 0 };
#endif
#define FORBID(bytes, size) ((void)(bytes), (void)(size))
#define PERMIT(bytes, size) ((void)(bytes), (void)(size))
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
    bool is_small = size <= BRV_POOL_SMALL_BYTES;
    if ((!is_small && pool->is_settled) || size > REGION_BYTES)
        return NULL;
    size_t units = units_of(size);
    void *block = is_small ? pool->freed[units - 1] : NULL;
    if (block) {
        memcpy(&pool->freed[units - 1], block, sizeof(void *)); // the next one
        return block;
    }
    if (!pool->region) {
        pool->region = malloc(REGION_BYTES);
        if (!pool->region)
            return NULL;
        FORBID(pool->region, REGION_BYTES);
    }
    size_t bytes = (units + GAP_UNITS) * BRV_POOL_UNIT_BYTES;
    if (REGION_BYTES - pool->used < bytes)
        return NULL;
    block = pool->region + pool->used;
    pool->used += bytes;
    PERMIT(block, size);
    return block;
}

static void region_free(struct brv_pool *pool, void *block, size_t size)
{
    if (size <= BRV_POOL_SMALL_BYTES && GAP_UNITS == 0) {
        size_t units = units_of(size);
        memcpy(block, &pool->freed[units - 1], sizeof(void *));
        pool->freed[units - 1] = block;
    }
    FORBID(block, size);
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
    if (units_of(new_size) == units_of(old_size)) {
        FORBID(block, old_size);
        PERMIT(block, new_size);
        return block;
    }
    void *moved = make_block(pool, new_size);
    if (moved) {
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
        region_free(pool, block, old_size);
    }
    return moved;
}

void brv_pool_settle(struct brv_pool *pool)
{
    pool->is_settled = true;
}

void brv_pool_give_back(struct brv_pool *pool)
{
    for (struct brv_pool_block *block = pool->heap_blocks; block;) {
        struct brv_pool_block *next = block->next;
        free(block);
        block = next;
    }
    *pool = (struct brv_pool){ 0 };
}

void brv_pool_drop(struct brv_pool *pool)
{
    free(pool->region);
    brv_pool_give_back(pool);
}

// ---- images

bool brv_pool_keep(const struct brv_pool *pool, struct brv_pool_image *image)
{
    if (!pool->region || pool->heap_blocks)
        return false;
    char *bytes = malloc(pool->used);
    if (!bytes)
        return false;
    PERMIT(pool->region, pool->used);
    memcpy(bytes, pool->region, pool->used);
    *image = (struct brv_pool_image){ *pool, bytes };
    return true;
}

// Most of a state is code, names and tables that a document reads and no more: what is as it was is
// left alone.
static void put_back(char *place, const char *bytes, size_t size)
{
    enum { PART_BYTES = 512 };
    for (size_t at = 0; at < size; at += PART_BYTES) {
        size_t part = size - at < PART_BYTES ? size - at : PART_BYTES;
        if (memcmp(place + at, bytes + at, part) != 0)
            memcpy(place + at, bytes + at, part);
    }
}

void brv_pool_put_back(struct brv_pool *pool, const struct brv_pool_image *image)
{
    *pool = image->pool;
    PERMIT(pool->region, pool->used);
    put_back(pool->region, image->bytes, pool->used);
    FORBID(pool->region + pool->used, REGION_BYTES - pool->used);
}

void brv_pool_image_drop(struct brv_pool_image *image)
{
    free(image->bytes);
    brv_pool_drop(&image->pool);
    *image = (struct brv_pool_image){ 0 };
}
