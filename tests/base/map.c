// Brevier — tests of the map and of hashing.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "harness.h"

static void test_awkward_keys(void **state)
{
    struct fixture *t = *state;
    static const brv_str keys[] = {
        BRV_S_INIT(""),     BRV_S_INIT("\0"),   BRV_S_INIT("\0\0"),  BRV_S_INIT("a"),
        BRV_S_INIT("a\0"),  BRV_S_INIT("ab"),   BRV_S_INIT("abc"),   BRV_S_INIT("b"),
        BRV_S_INIT("\xFF"), BRV_S_INIT("\x80"), BRV_S_INIT("a\xFF"),
    };
    // Every order of rotation builds another tree; each must hold the same.
    for (size_t start = 0; start < BRV_COUNT(keys); start++) {
        struct brv_map map = { .arena = t->arena };
        assert_null(brv_map_find(&map, keys[0]));
        for (size_t i = 0; i < BRV_COUNT(keys); i++) {
            const brv_str *key = &keys[(start + i) % BRV_COUNT(keys)];
            assert_null(brv_map_find(&map, *key));
            void **value = brv_map_at(&map, *key);
            assert_null(*value);
            *value = (void *)(uintptr_t)key;
        }
        assert_int_equal(map.count, BRV_COUNT(keys));
        for (size_t i = 0; i < BRV_COUNT(keys); i++) {
            assert_ptr_equal(brv_map_find(&map, keys[i]), &keys[i]);
            assert_ptr_equal(*brv_map_at(&map, keys[i]), &keys[i]);
        }
        assert_int_equal(map.count, BRV_COUNT(keys));
        assert_null(brv_map_find(&map, BRV_S("abcd")));
        assert_null(brv_map_find(&map, BRV_S("\0\0\0")));
    }
}

static void test_many_keys(void **state)
{
    struct fixture *t = *state;
    struct brv_map map = { .arena = t->arena };
    enum { COUNT = 5000 };
    int *values = BRV_NEW_ARRAY(t->arena, int, COUNT);
    uint64_t seed = 3;
    for (int i = 0; i < COUNT; i++) {
        unsigned salt = (unsigned)(random_next(&seed) % 1000);
        brv_str key = brv_arena_printf(t->arena, "%u-key-%d", salt, i);
        values[i] = i;
        *brv_map_at(&map, key) = &values[i];
    }
    assert_int_equal(map.count, COUNT);
    seed = 3;
    for (int i = 0; i < COUNT; i++) {
        unsigned salt = (unsigned)(random_next(&seed) % 1000);
        brv_str key = brv_arena_printf(t->arena, "%u-key-%d", salt, i);
        assert_ptr_equal(brv_map_find(&map, key), &values[i]);
    }
}

static void test_hash(void **state)
{
    (void)state;
    assert_true(brv_hash_str(BRV_S("a")) == brv_hash_str(BRV_S("a")));
    assert_true(brv_hash_str(BRV_S("a")) != brv_hash_str(BRV_S("b")));
    assert_true(brv_hash("a", 1, 1) != brv_hash("a", 1, 2));
    // The low bits alone tell short keys apart.
    bool seen[4096] = { false };
    int collisions = 0;
    for (unsigned i = 0; i < 256; i++) {
        unsigned char byte = (unsigned char)i;
        size_t slot = brv_hash(&byte, 1, 0) % BRV_COUNT(seen);
        collisions += seen[slot];
        seen[slot] = true;
    }
    assert_true(collisions < 24);
}

// Every byte of a long text counts, and so does its length.
static void test_hash__long(void **state)
{
    (void)state;
    char bytes[40] = { 0 };
    uint64_t seen[BRV_COUNT(bytes) * 2];
    size_t count = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        seen[count++] = brv_hash_long((brv_str){ bytes, i }, 0);
        bytes[i] = 1;
        seen[count++] = brv_hash_long((brv_str){ bytes, sizeof bytes }, 0);
        bytes[i] = 0;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(seen[i] != seen[j]);
    assert_true(brv_hash_long(BRV_S("a longer text"), 1) !=
                brv_hash_long(BRV_S("a longer text"), 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_awkward_keys),
        TEST(test_many_keys),
        TEST(test_hash),
        TEST(test_hash__long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
