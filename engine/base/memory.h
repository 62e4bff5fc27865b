// Brevier — heap memory that never runs out: the process ends instead, with a message.
// Only arenas, buffers and adapters to C libraries use it; everything else takes from an arena.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_MEMORY_H
#define BRV_BASE_MEMORY_H

#include "base/macros.h"

#include <stddef.h>

// `size` bytes (at least one), not zeroed; given back with free().
void *brv_heap_alloc(size_t size);
// The same for exactly BRV_HUGE_BYTES that will be filled from end to end: in one page where the
// system has pages of that size, as a fault for each small one costs more than what is done with
// it.
enum { BRV_HUGE_BYTES = 2 << 20 };
void *brv_heap_alloc_huge(void);
// realloc() that does not fail.
void *brv_heap_resize(void *ptr, size_t size);

// Gives back to the system what free() keeps, where the C library can: for after a great deal was
// freed among what stays.
void brv_heap_trim(void);

// For a process that does alike work again and again: from now on free() keeps up to `bytes` at
// hand instead of giving them back, where the C library can. A page that is given back and asked
// for again costs more than most of what is done with it.
void brv_heap_keep(size_t bytes);

// For one that keeps: so much is at hand from now on.
void brv_heap_fill(size_t bytes);

// Writes to memory that nothing lies in yet, so that the system gives it now and not page by page.
void brv_memory_touch(void *ptr, size_t bytes);

// From now on the heap of each thread begun, and that of the first, grows by `bytes` at a time,
// where the C library can: a thread's otherwise grows by a page, each with a call of the system.
void brv_heap_stride(size_t bytes);

// a + b and a * b; abort on overflow, as no such size can be had.
size_t brv_size_add(size_t a, size_t b);
size_t brv_size_multiply(size_t a, size_t b);

// What a container of `capacity` elements grows to when it must hold `need`: at least double. The
// tiny build grows small ones by no more than it must, so that every growth path is walked.
size_t brv_size_grown(size_t capacity, size_t need, size_t least);

// Ends the process: aborts it with a message, or as brv_out_of_memory_exits() says. A size of 0 is
// one that is not known.
BRV_NORETURN void brv_out_of_memory(size_t size);

// For a child process whose end its parent tells: from now on it says nothing when memory runs out,
// but exits with BRV_OUT_OF_MEMORY_STATUS, which no other end of it has.
enum { BRV_OUT_OF_MEMORY_STATUS = 86 };
void brv_out_of_memory_exits(void);

#endif
