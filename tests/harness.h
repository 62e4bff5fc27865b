// Brevier — what every unit test needs: cmocka, an arena and a sink per test, slice assertions.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_HARNESS_H
#define BRV_TESTS_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

// The state of one test; it ends with the test, so a leak is the test's own.
struct fixture {
    struct brv_arena *arena;
    struct brv_sink sink;
};

static inline int fixture_setup(void **state)
{
    struct brv_arena *arena = brv_arena_new();
    struct fixture *fixture = BRV_NEW(arena, struct fixture);
    *fixture = (struct fixture){ arena, brv_sink_init(arena) };
    *state = fixture;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    brv_arena_free(fixture->arena);
    return 0;
}

// A row of the test table: the test runs with a fixture of its own.
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

// Compares a slice with a C string, and shows both when they differ.
static inline void check_str(brv_str got, const char *want, const char *file, int line)
{
    char *copy = malloc(got.len + 1);
    if (!copy)
        abort();
    if (got.len)
        memcpy(copy, got.ptr, got.len);
    copy[got.len] = 0;
    _assert_string_equal(copy, want, file, line);
    _assert_int_equal(got.len, strlen(want), file, line); // a NUL would hide what follows it
    free(copy);
}
#define assert_str(got, want) check_str(got, want, __FILE__, __LINE__)

// The message of the n-th diagnostic, "" when there are fewer.
static inline brv_str sink_message(const struct brv_sink *sink, size_t n)
{
    const struct brv_diag *diag = sink->first;
    while (diag && n--)
        diag = diag->next;
    return diag ? diag->message : (brv_str){ 0 };
}

// Numbers that are the same in every run: xorshift64*.
static inline uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(0x2545F4914F6CDD1D);
}

#endif
