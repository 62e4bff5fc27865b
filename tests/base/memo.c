// Brevier — tests of the memo.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "base/buf.h"
#include "base/memo.h"

static void test_memo__gives_what_was_kept(void **state)
{
    struct fixture *t = *state;
    struct brv_memo *memo = brv_memo_new(t->arena, 1000);
    brv_str value = { 0 };
    assert_false(brv_memo_find(memo, BRV_S("a"), &value));
    char passing[] = "value";
    brv_memo_keep(memo, BRV_S("a"), brv_str_from_cstr(passing));
    brv_memo_keep(memo, BRV_S(""), BRV_S(""));
    passing[0] = 'V';
    assert_true(brv_memo_find(memo, BRV_S("a"), &value));
    assert_true(brv_str_is(value, "value"));
    assert_true(brv_memo_find(memo, BRV_S(""), &value));
    assert_int_equal(value.len, 0);
    assert_false(brv_memo_find(memo, BRV_S("ab"), &value));
}

// However much is given to it, what it holds is right and no more than it may be.
static void test_memo__forgets_when_full(void **state)
{
    struct fixture *t = *state;
    struct brv_memo *memo = brv_memo_new(t->arena, 1000);
    brv_str value = { 0 };
    for (int i = 0; i < 500; i++) {
        brv_str key = brv_arena_printf(t->arena, "key %d", i);
        brv_memo_keep(memo, key, brv_arena_printf(t->arena, "value %d", i));
        assert_true(brv_memo_find(memo, key, &value));
    }
    size_t held = 0;
    for (int i = 0; i < 500; i++) {
        if (brv_memo_find(memo, brv_arena_printf(t->arena, "key %d", i), &value)) {
            assert_true(brv_str_equal(value, brv_arena_printf(t->arena, "value %d", i)));
            held++;
        }
    }
    assert_in_range(held, 1, 60);
}

static void test_memo__leaves_what_is_large(void **state)
{
    struct fixture *t = *state;
    struct brv_memo *memo = brv_memo_new(t->arena, 1000);
    char large[500] = { 0 };
    const brv_str bytes = { large, sizeof large };
    brv_str value = { 0 };
    brv_memo_keep(memo, BRV_S("small"), BRV_S("value"));
    brv_memo_keep(memo, BRV_S("large"), bytes);
    brv_memo_keep(memo, bytes, BRV_S("large"));
    assert_false(brv_memo_find(memo, BRV_S("large"), &value));
    assert_false(brv_memo_find(memo, bytes, &value));
    assert_true(brv_memo_find(memo, BRV_S("small"), &value));
}

// Lines that keys have in common take room once, and each key is still itself.
static void test_memo__keeps_lines_once(void **state)
{
    struct fixture *t = *state;
#ifdef BRV_TINY
    enum { LIMIT_BYTES = 4 << 20 }; // tables that grow by one leave all their former selves
#else
    enum { LIMIT_BYTES = 60000 }; // of 96,000
#endif
    struct brv_memo *memo = brv_memo_new(t->arena, LIMIT_BYTES);
    struct brv_buf *common = brv_buf_new_in(t->arena);
    for (int i = 0; i < 100; i++)
        brv_buf_printf(common, "a line of the many that they have in common %d\n", i);
    brv_str value = { 0 };
    for (int i = 0; i < 20; i++) {
        brv_buf_printf(common, "own %d", i);
        assert_false(brv_memo_find(memo, brv_buf_str(common), &value));
        brv_memo_keep(memo, brv_buf_str(common), brv_arena_printf(t->arena, "%d", i));
        common->len -= i < 10 ? 5 : 6;
    }
    for (int i = 0; i < 20; i++) {
        brv_buf_printf(common, "own %d", i);
        assert_true(brv_memo_find(memo, brv_buf_str(common), &value));
        assert_true(brv_str_equal(value, brv_arena_printf(t->arena, "%d", i)));
        common->len -= i < 10 ? 5 : 6;
    }
    assert_false(brv_memo_find(memo, brv_buf_str(common), &value));
    const brv_str keys[] = { BRV_S("x"),     BRV_S("x\n"),      BRV_S("\nx"),    BRV_S("x\nx"),
                             BRV_S("x\nxx"), BRV_S("x\nxx\nx"), BRV_S("x\nx\n"), BRV_S("xx\n") };
    for (size_t i = 0; i < BRV_COUNT(keys); i++)
        brv_memo_keep(memo, keys[i], keys[i]);
    for (size_t i = 0; i < BRV_COUNT(keys); i++) {
        assert_true(brv_memo_find(memo, keys[i], &value));
        assert_true(brv_str_equal(value, keys[i]));
    }
    assert_false(brv_memo_find(memo, BRV_S("\n"), &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_memo__gives_what_was_kept),
        TEST(test_memo__forgets_when_full),
        TEST(test_memo__keeps_lines_once),
        TEST(test_memo__leaves_what_is_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
