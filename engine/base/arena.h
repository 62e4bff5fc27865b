// Brevier — arenas.
// An arena hands out memory that is given back all at once. Nothing taken from it is freed singly.
// Resources that need more than memory (FILE, zip, Lua state) register a cleanup; cleanups run in
// reverse order when the arena is freed or rewound past them.
// Allocation never fails: the process aborts with a message when the system has no memory left.
// Not thread-safe: one arena belongs to one thread. Built with BRV_ARENA_DEBUG every object is a
// malloc of its own, so AddressSanitizer sees overruns and use after rewind.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_ARENA_H
#define BRV_BASE_ARENA_H

#include "base/macros.h"
#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>

struct brv_arena;

// A place to return to. Valid until the arena is rewound to an earlier one or freed.
struct brv_arena_mark {
    void *block;
    size_t used;
    void *large;
    void *cleanup;
};

typedef void brv_cleanup_fn(void *ptr);

struct brv_arena *brv_arena_new(void);
// With a first block of `bytes`, which stays through rewinds to a mark of the empty arena: for what
// lives long in a process and is not to lie among what comes and goes.
struct brv_arena *brv_arena_new_roomy(size_t bytes);
void brv_arena_free(struct brv_arena *arena); // accepts NULL

// `size` zeroed bytes, aligned for any type. A size of 0 gives a valid unique pointer.
void *brv_arena_alloc(struct brv_arena *arena, size_t size);
// The same with any bytes in it, for what is filled from end to end at once.
void *brv_arena_take(struct brv_arena *arena, size_t size);
// `count` zeroed elements; aborts when the product overflows.
void *brv_arena_array(struct brv_arena *arena, size_t count, size_t size);
#define BRV_NEW(arena, type) ((type *)brv_arena_alloc(arena, sizeof(type)))
#define BRV_NEW_ARRAY(arena, type, count) ((type *)brv_arena_array(arena, count, sizeof(type)))

// Room for at least `need` elements of `size` bytes in an array that lives in the arena: returns
// `array` itself while *capacity suffices or when it is the newest object and can be lengthened,
// else a copy of twice the capacity (the old one stays behind until the arena ends). Elements
// beyond the old capacity are zeroed.
void *brv_arena_grow(struct brv_arena *arena, void *array, size_t *capacity, size_t need,
                     size_t size);
// Appends to a (pointer, count, capacity) triple: BRV_PUSH(arena, a, n, cap) = value;
#define BRV_PUSH(arena, array, count, capacity)                                                    \
    (*((array) = (count) < (capacity)                                                              \
                     ? (array)                                                                     \
                     : brv_arena_grow(arena, array, &(capacity), (count) + 1, sizeof *(array)),    \
       &(array)[(count)++]))

// Copies into the arena. The cstr forms are NUL-terminated for the edge to C libraries.
brv_str brv_arena_str(struct brv_arena *arena, brv_str text);
char *brv_arena_cstr(struct brv_arena *arena, brv_str text);
// A copy whose capitals of ASCII are small letters: what compares names without their case.
brv_str brv_arena_lower(struct brv_arena *arena, brv_str text);
brv_str brv_arena_printf(struct brv_arena *arena, const char *format, ...) BRV_PRINTF(2, 3);
brv_str brv_arena_vprintf(struct brv_arena *arena, const char *format, va_list args)
    BRV_PRINTF(2, 0);

// Calls fn(ptr) when the arena is freed or rewound to a mark taken before this call.
void brv_arena_on_free(struct brv_arena *arena, brv_cleanup_fn *fn, void *ptr);

struct brv_arena_mark brv_arena_mark(const struct brv_arena *arena);
void brv_arena_rewind(struct brv_arena *arena, struct brv_arena_mark mark);

// Has the system give the rest of the newest block now.
void brv_arena_touch(struct brv_arena *arena);

// Bytes handed out so far and not rewound, for statistics and limits.
size_t brv_arena_used_bytes(const struct brv_arena *arena);

#endif
