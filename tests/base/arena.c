// Brevier — tests of arenas.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_alloc__is_zeroed_aligned_and_apart(void **state)
{
    struct fixture *t = *state;
    unsigned char *previous = NULL;
    for (size_t size = 0; size < 300; size++) {
        unsigned char *bytes = brv_arena_alloc(t->arena, size);
        assert_non_null(bytes);
        assert_ptr_not_equal(bytes, previous);
        assert_int_equal((uintptr_t)bytes % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xAA, size);
        previous = bytes;
    }
}

static void test_alloc__large_objects(void **state)
{
    struct fixture *t = *state;
    char *small = brv_arena_alloc(t->arena, 10);
    memset(small, 's', 10);
    size_t size = (size_t)5 << 20;
    char *large = brv_arena_alloc(t->arena, size);
    memset(large, 'l', size);
    char *after = brv_arena_alloc(t->arena, 10);
    assert_int_equal(after[9], 0);
    assert_int_equal(small[9], 's');
    assert_int_equal(large[size - 1], 'l');
}

static void test_rewind__gives_memory_back_zeroed(void **state)
{
    struct fixture *t = *state;
    char *kept = brv_arena_cstr(t->arena, BRV_S("kept"));
    size_t used = brv_arena_used_bytes(t->arena);
    for (int turn = 0; turn < 50; turn++) {
        struct brv_arena_mark mark = brv_arena_mark(t->arena);
        for (size_t i = 0; i < 200; i++) {
            char *bytes = brv_arena_alloc(t->arena, i * 7);
            for (size_t j = 0; j < i * 7; j++)
                assert_int_equal(bytes[j], 0);
            memset(bytes, 'x', i * 7);
        }
        assert_true(brv_arena_used_bytes(t->arena) > used);
        brv_arena_rewind(t->arena, mark);
        assert_int_equal(brv_arena_used_bytes(t->arena), used);
    }
    assert_string_equal(kept, "kept");
}

static void test_rewind__to_the_empty_arena(void **state)
{
    (void)state;
    struct brv_arena *arena = brv_arena_new();
    struct brv_arena_mark mark = brv_arena_mark(arena);
    (void)brv_arena_alloc(arena, 100000);
    brv_arena_rewind(arena, mark);
    assert_int_equal(brv_arena_used_bytes(arena), 0);
    brv_arena_free(arena);
    brv_arena_free(NULL);
}

struct step {
    struct brv_buf *log;
    char name;
};

static void log_step(void *ptr)
{
    struct step *step = ptr;
    brv_buf_add_byte(step->log, step->name);
}

static void test_roomy__keeps_its_first_block(void **state)
{
    (void)state;
    enum { ROOM = 1 << 20, PIECE = 1 << 10 };
    struct brv_arena *arena = brv_arena_new_roomy(ROOM);
    struct brv_arena_mark empty = brv_arena_mark(arena);
    char *first = brv_arena_alloc(arena, PIECE);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 3 * ROOM / PIECE; i++) // more than fits
            memset(brv_arena_alloc(arena, PIECE), 'x', PIECE);
        brv_arena_rewind(arena, empty);
        assert_int_equal(brv_arena_used_bytes(arena), 0);
        char *again = brv_arena_alloc(arena, PIECE);
#ifndef BRV_ARENA_DEBUG
        assert_ptr_equal(again, first);
#endif
        for (int i = 0; i < PIECE; i++)
            assert_int_equal(again[i], 0);
    }
    (void)first;
    brv_arena_free(arena);
}

static void test_cleanups__run_backwards_and_once(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *log = brv_buf_new_in(t->arena);
    struct step steps[] = { { log, 'a' }, { log, 'b' }, { log, 'c' }, { log, 'd' } };
    struct brv_arena *arena = brv_arena_new();
    brv_arena_on_free(arena, log_step, &steps[0]);
    brv_arena_on_free(arena, log_step, &steps[1]);
    struct brv_arena_mark mark = brv_arena_mark(arena);
    brv_arena_on_free(arena, log_step, &steps[2]);
    (void)brv_arena_alloc(arena, 1 << 16);
    brv_arena_on_free(arena, log_step, &steps[3]);
    brv_arena_rewind(arena, mark);
    assert_str(brv_buf_str(log), "dc");
    brv_arena_rewind(arena, mark);
    assert_str(brv_buf_str(log), "dc");
    brv_arena_free(arena);
    assert_str(brv_buf_str(log), "dcba");
}

static void test_push__keeps_order_and_zeroes_the_rest(void **state)
{
    struct fixture *t = *state;
    int *numbers = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++)
        BRV_PUSH(t->arena, numbers, count, capacity) = i;
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    for (size_t i = count; i < capacity; i++)
        assert_int_equal(numbers[i], 0);
}

// Whether an array is lengthened where it lies or moved, it keeps its values, what is new is zeroed
// (memory that a rewind gave back is dirty) and its neighbours are left alone.
static void test_grow__beside_neighbours_and_after_rewinds(void **state)
{
    struct fixture *t = *state;
    for (size_t size = 1; size < 200; size += 13) {
        for (int has_neighbour = 0; has_neighbour < 2; has_neighbour++) {
            struct brv_arena_mark mark = brv_arena_mark(t->arena);
            size_t before = brv_arena_used_bytes(t->arena);
            memset(brv_arena_alloc(t->arena, 20000), 0xAA, 20000);
            brv_arena_rewind(t->arena, mark);
            size_t capacity = 0;
            size_t filled = 0;
            unsigned char *neighbour = NULL;
            unsigned char *array = NULL;
            for (size_t need = 1; need < 60; need++) {
                array = brv_arena_grow(t->arena, array, &capacity, need, size);
                assert_true(capacity >= need);
                for (size_t i = 0; i < capacity * size; i++)
                    assert_int_equal(array[i], i < filled ? 0x55 : 0);
                filled = capacity * size;
                memset(array, 0x55, filled);
                if (neighbour)
                    assert_int_equal(neighbour[0] + neighbour[2], 0x66);
                if (has_neighbour) {
                    neighbour = brv_arena_alloc(t->arena, 3);
                    memset(neighbour, 0x33, 3);
                }
            }
            brv_arena_rewind(t->arena, mark);
            assert_int_equal(brv_arena_used_bytes(t->arena), before);
        }
    }
    struct brv_arena *empty = brv_arena_new(); // an array of one arena may go on in another
    size_t capacity = 2;
    long numbers[2] = { 1, 2 };
    long *grown = brv_arena_grow(empty, numbers, &capacity, 3, sizeof *numbers);
    assert_ptr_not_equal(grown, numbers);
    assert_int_equal(grown[1], 2);
    brv_arena_free(empty);
}

static void test_copies(void **state)
{
    struct fixture *t = *state;
    assert_str(brv_arena_str(t->arena, BRV_S("slice")), "slice");
    assert_str(brv_arena_str(t->arena, (brv_str){ 0 }), "");
    assert_string_equal(brv_arena_cstr(t->arena, brv_str_slice(BRV_S("abcdef"), 1, 3)), "bc");
    assert_str(brv_arena_lower(t->arena, BRV_S("Heading 1, ZÜRICH[")), "heading 1, zÜrich[");
    assert_int_equal(brv_arena_lower(t->arena, (brv_str){ 0 }).len, 0);
    assert_str(brv_arena_printf(t->arena, "%d-%s-%" BRV_STR_F, 7, "x", BRV_STR_ARG(BRV_S("y"))),
               "7-x-y");
    assert_str(brv_arena_printf(t->arena, "%s", ""), "");
    brv_str wide = brv_arena_printf(t->arena, "%3000d", 1);
    assert_int_equal(wide.len, 3000);
    assert_int_equal(wide.ptr[2999], '1');
}

static void take_half_twice(struct brv_arena *arena)
{
    (void)brv_arena_array(arena, SIZE_MAX / 2, 3);
}

static void take_all(struct brv_arena *arena)
{
    (void)brv_arena_alloc(arena, SIZE_MAX - 64);
}

// There is no NULL to forget to check: the process ends, in a child here.
static void test_impossible_sizes_abort(void **state)
{
    struct fixture *t = *state;
    static void (*const takes[])(struct brv_arena *) = { take_half_twice, take_all };
    for (size_t i = 0; i < BRV_COUNT(takes); i++) {
        pid_t child = fork();
        if (child == 0) {
            (void)signal(SIGABRT, SIG_DFL); // cmocka and sanitizers catch it
            (void)freopen("/dev/null", "w", stderr);
            takes[i](t->arena);
            _exit(0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_alloc__is_zeroed_aligned_and_apart),
        TEST(test_alloc__large_objects),
        TEST(test_rewind__gives_memory_back_zeroed),
        TEST(test_rewind__to_the_empty_arena),
        TEST(test_roomy__keeps_its_first_block),
        TEST(test_cleanups__run_backwards_and_once),
        TEST(test_push__keeps_order_and_zeroes_the_rest),
        TEST(test_grow__beside_neighbours_and_after_rewinds),
        TEST(test_copies),
        TEST(test_impossible_sizes_abort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
