// Brevier — heap memory that never runs out.
// SPDX-License-Identifier: MIT
#include "base/memory.h"

#include <limits.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static bool is_told_by_parent;

void brv_out_of_memory_exits(void)
{
    is_told_by_parent = true;
}

void brv_out_of_memory(size_t size)
{
    if (is_told_by_parent)
        _exit(BRV_OUT_OF_MEMORY_STATUS);
    if (size > 0)
        fprintf(stderr, "brevier: out of memory (%zu bytes wanted)\n", size);
    else
        fputs("brevier: out of memory\n", stderr);
    abort();
}

void *brv_heap_alloc(size_t size)
{
    void *ptr = malloc(size ? size : 1);
    if (!ptr)
        brv_out_of_memory(size);
    return ptr;
}

void *brv_heap_alloc_huge(void)
{
    void *ptr = aligned_alloc(BRV_HUGE_BYTES, BRV_HUGE_BYTES);
    if (!ptr)
        brv_out_of_memory(BRV_HUGE_BYTES);
#ifdef MADV_HUGEPAGE
    (void)madvise(ptr, BRV_HUGE_BYTES, MADV_HUGEPAGE); // a wish
#endif
    return ptr;
}

void *brv_heap_resize(void *ptr, size_t size)
{
    void *resized = realloc(ptr, size ? size : 1);
    if (!resized)
        brv_out_of_memory(size);
    return resized;
}

void brv_heap_trim(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void brv_heap_keep(size_t bytes)
{
#ifdef __GLIBC__
    enum { APART_BYTES = 32 << 20 }; // the most that it takes: larger pieces are mapped singly
    mallopt(M_TRIM_THRESHOLD, bytes < INT_MAX ? (int)bytes : INT_MAX);
    mallopt(M_MMAP_THRESHOLD, APART_BYTES);
#else
    (void)bytes;
#endif
}

void brv_memory_touch(void *ptr, size_t bytes)
{
    enum { PAGE_BYTES = 4096 };
    volatile char *at = ptr; // the compiler is not to see that nobody reads it
    for (size_t i = 0; i < bytes; i += PAGE_BYTES)
        at[i] = 0;
}

void brv_heap_fill(size_t bytes)
{
    void *ptr = brv_heap_alloc(bytes);
    brv_memory_touch(ptr, bytes);
    free(ptr);
}

void brv_heap_stride(size_t bytes)
{
#ifdef __GLIBC__
    mallopt(M_TOP_PAD, bytes < INT_MAX ? (int)bytes : INT_MAX);
#else
    (void)bytes;
#endif
}

size_t brv_size_add(size_t a, size_t b)
{
    if (b > SIZE_MAX - a)
        brv_out_of_memory(SIZE_MAX);
    return a + b;
}

size_t brv_size_multiply(size_t a, size_t b)
{
    if (b && a > SIZE_MAX / b)
        brv_out_of_memory(SIZE_MAX);
    return a * b;
}

size_t brv_size_grown(size_t capacity, size_t need, size_t least)
{
#ifdef BRV_TINY
    (void)capacity, (void)least;
    return need <= 64 ? need : brv_size_add(need, need / 4); // beyond, one by one is only slow
#else
    size_t grown = brv_size_multiply(capacity, 2);
    if (grown < least)
        grown = least;
    return grown < need ? need : grown;
#endif
}
