// Brevier — tests of the memo.
// SPDX-License-Identifier: MIT
#include "harness.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_memo__gives_what_was_kept),
        TEST(test_memo__forgets_when_full),
        TEST(test_memo__leaves_what_is_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
