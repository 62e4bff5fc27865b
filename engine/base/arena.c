// Brevier — arenas.
//
// A chain of blocks, the newest first; objects are cut off the newest one from its start to its
// end. A rewind drops the blocks made since the mark and keeps one of them at hand, so that a loop
// of "mark, work, rewind" costs no malloc per turn.
//
//     arena ──► block 3 ──► block 2 ──► block 1
//               [####......] [########..] [######....]
//                   ▲ used: where the next object goes
//
// An object that would fill much of a block lies apart, in a block of its size: the newest one
// keeps its room for those after it.
//
// The debug twin makes each object a block of its own; the rest of the file does not know.
// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include "base/format.h"
#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

// The first block, the largest one that doubling leads to, and objects that lie apart.
#ifdef BRV_TINY
enum { BLOCK_FIRST_BYTES = 64, BLOCK_LAST_BYTES = 64 };
#else
enum { BLOCK_FIRST_BYTES = 8 << 10, BLOCK_LAST_BYTES = BRV_HUGE_BYTES };
#endif
enum { LARGE_BYTES = BLOCK_LAST_BYTES / 4 };

enum { ALIGNMENT = alignof(max_align_t) };

struct block {
    struct block *previous;
    size_t capacity;
    size_t used;
    alignas(max_align_t) char bytes[];
};

// Lives in the arena that it belongs to.
struct cleanup {
    struct cleanup *previous;
    brv_cleanup_fn *fn;
    void *ptr;
};

struct brv_arena {
    struct block *newest;
    struct block *large; // objects that lie apart, the newest first
    struct block *spare; // a dropped block, or NULL
    struct cleanup *cleanups;
    size_t next_bytes;
    size_t used_bytes;
};

// What an object of `size` bytes takes. In the debug twin not a byte more, so that the one after it
// belongs to AddressSanitizer.
static size_t object_bytes(size_t size)
{
    size = size ? size : 1;
#ifndef BRV_ARENA_DEBUG
    size = brv_size_add(size, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
#endif
    return size;
}

static struct block *block_new(size_t capacity)
{
    struct block *block = brv_heap_alloc(brv_size_add(sizeof *block, capacity));
    *block = (struct block){ .capacity = capacity };
    return block;
}

static void block_add(struct brv_arena *arena, size_t size)
{
#ifdef BRV_ARENA_DEBUG
    size_t capacity = size;
#else
    size_t capacity = arena->next_bytes;
    if (arena->next_bytes < BLOCK_LAST_BYTES)
        arena->next_bytes *= 2;
    if (capacity < size)
        capacity = size;
#endif
    struct block *block = arena->spare;
    if (block && block->capacity >= size) {
        arena->spare = NULL;
    } else if (capacity == BRV_HUGE_BYTES && size <= LARGE_BYTES) {
        block = brv_heap_alloc_huge();
        block->capacity = BRV_HUGE_BYTES - sizeof *block;
    } else {
        block = block_new(capacity);
    }
    block->used = 0;
    block->previous = arena->newest;
    arena->newest = block;
}

static void block_drop(struct brv_arena *arena)
{
    struct block *block = arena->newest;
    arena->newest = block->previous;
    arena->used_bytes -= block->used;
#ifndef BRV_ARENA_DEBUG
    bool keep = block->capacity <= BLOCK_LAST_BYTES &&
                (!arena->spare || arena->spare->capacity < block->capacity);
    if (keep) {
        struct block *other = arena->spare;
        arena->spare = block;
        block = other;
    }
#endif
    free(block);
}

struct brv_arena *brv_arena_new(void)
{
    struct brv_arena *arena = brv_heap_alloc(sizeof *arena);
    *arena = (struct brv_arena){ .next_bytes = BLOCK_FIRST_BYTES };
    return arena;
}

struct brv_arena *brv_arena_new_roomy(size_t bytes)
{
    struct brv_arena *arena = brv_arena_new();
#ifdef BRV_ARENA_DEBUG
    (void)bytes;
#else
    arena->newest = block_new(bytes);
#endif
    return arena;
}

void brv_arena_free(struct brv_arena *arena)
{
    if (!arena)
        return;
    brv_arena_rewind(arena, (struct brv_arena_mark){ 0 });
    free(arena->spare);
    free(arena);
}

static struct block *block_make(struct brv_arena *arena, size_t size)
{
#ifndef BRV_ARENA_DEBUG
    if (size > LARGE_BYTES) {
        struct block *block = block_new(size);
        block->previous = arena->large;
        return arena->large = block;
    }
#endif
    block_add(arena, size);
    return arena->newest;
}

static struct block *block_for(struct brv_arena *arena, size_t size)
{
    struct block *newest = arena->newest;
    bool has_room = newest && newest->capacity - newest->used >= size;
    return has_room ? newest : block_make(arena, size);
}

// The next bytes, as they are: `size` is what object_bytes() gave.
static char *arena_take(struct brv_arena *arena, size_t size)
{
    struct block *block = block_for(arena, size);
    char *object = block->bytes + block->used;
    block->used += size;
    arena->used_bytes += size;
    return object;
}

void *brv_arena_take(struct brv_arena *arena, size_t size)
{
    return arena_take(arena, object_bytes(size));
}

void *brv_arena_alloc(struct brv_arena *arena, size_t size)
{
    size = object_bytes(size); // all of them zeroed, for who lengthens the object
    return memset(arena_take(arena, size), 0, size);
}

void *brv_arena_array(struct brv_arena *arena, size_t count, size_t size)
{
    return brv_arena_alloc(arena, brv_size_multiply(count, size));
}

// Lengthens the newest object where it lies; false when it is not the newest, or there is no room.
static bool object_extend(struct brv_arena *arena, char *object, size_t size, size_t wanted)
{
#ifdef BRV_ARENA_DEBUG
    (void)arena, (void)object, (void)size, (void)wanted;
    return false;
#else
    struct block *block = arena->newest;
    size = object_bytes(size);
    wanted = object_bytes(wanted);
    if (!block || block->used < size || object != block->bytes + block->used - size ||
        wanted - size > block->capacity - block->used)
        return false;
    memset(object + size, 0, wanted - size);
    block->used += wanted - size;
    arena->used_bytes += wanted - size;
    return true;
#endif
}

void *brv_arena_grow(struct brv_arena *arena, void *array, size_t *capacity, size_t need,
                     size_t size)
{
    if (array && need <= *capacity)
        return array;
    // The larger the elements, the fewer there mostly are.
    size_t least = size < 32 ? 8 : size < 64 ? 4 : 1;
    size_t grown = brv_size_grown(*capacity, need, least);
    void *longer = array;
    if (!array || !object_extend(arena, array, *capacity * size, brv_size_multiply(grown, size))) {
        longer = brv_arena_array(arena, grown, size);
        if (array)
            memcpy(longer, array, *capacity * size);
    }
    *capacity = grown;
    return longer;
}

brv_str brv_arena_str(struct brv_arena *arena, brv_str text)
{
    return (brv_str){ brv_arena_cstr(arena, text), text.len };
}

char *brv_arena_cstr(struct brv_arena *arena, brv_str text)
{
    char *copy = arena_take(arena, object_bytes(brv_size_add(text.len, 1)));
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = 0;
    return copy;
}

brv_str brv_arena_lower(struct brv_arena *arena, brv_str text)
{
    char *copy = brv_arena_cstr(arena, text);
    for (size_t i = 0; i < text.len; i++)
        copy[i] = brv_to_lower(copy[i]);
    return (brv_str){ copy, text.len };
}

brv_str brv_arena_printf(struct brv_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    brv_str text = brv_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

brv_str brv_arena_vprintf(struct brv_arena *arena, const char *format, va_list args)
{
    char usual[256]; // most is shorter, and is printed once
    va_list again;
    va_copy(again, args);
    size_t size = brv_format(usual, sizeof usual, format, args);
    char *text = arena_take(arena, object_bytes(size + 1));
    if (size < sizeof usual)
        memcpy(text, usual, size + 1);
    else
        (void)brv_format(text, size + 1, format, again);
    va_end(again);
    return (brv_str){ text, size };
}

void brv_arena_on_free(struct brv_arena *arena, brv_cleanup_fn *fn, void *ptr)
{
    struct cleanup *cleanup = BRV_NEW(arena, struct cleanup);
    *cleanup = (struct cleanup){ arena->cleanups, fn, ptr };
    arena->cleanups = cleanup;
}

struct brv_arena_mark brv_arena_mark(const struct brv_arena *arena)
{
    return (struct brv_arena_mark){
        .block = arena->newest,
        .used = arena->newest ? arena->newest->used : 0,
        .large = arena->large,
        .cleanup = arena->cleanups,
    };
}

void brv_arena_rewind(struct brv_arena *arena, struct brv_arena_mark mark)
{
    // A cleanup is unlinked before it runs: whatever it does, it runs once.
    while (arena->cleanups && arena->cleanups != mark.cleanup) {
        struct cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->previous;
        cleanup->fn(cleanup->ptr);
    }
    while (arena->large && arena->large != mark.large) {
        struct block *block = arena->large;
        arena->large = block->previous;
        arena->used_bytes -= block->used;
        free(block);
    }
    while (arena->newest && arena->newest != mark.block)
        block_drop(arena);
    if (arena->newest) {
        arena->used_bytes -= arena->newest->used - mark.used;
        arena->newest->used = mark.used;
    }
}

size_t brv_arena_used_bytes(const struct brv_arena *arena)
{
    return arena->used_bytes;
}

void brv_arena_touch(struct brv_arena *arena)
{
    struct block *block = arena->newest;
    if (block)
        brv_memory_touch(block->bytes + block->used, block->capacity - block->used);
}
