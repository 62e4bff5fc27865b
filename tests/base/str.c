// Brevier — tests of text slices and paths.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "harness.h"

static void test_compare(void **state)
{
    (void)state;
    const char *const sorted[] = { "", "A", "B", "a", "aa", "ab", "b", "\xC3\xA9" };
    for (size_t i = 0; i < BRV_COUNT(sorted); i++) {
        for (size_t j = 0; j < BRV_COUNT(sorted); j++) {
            int order = brv_str_compare(brv_str_from_cstr(sorted[i]), brv_str_from_cstr(sorted[j]));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    }
    assert_true(brv_str_equal((brv_str){ 0 }, BRV_S("")));
    assert_false(brv_str_equal(BRV_S("a\0b"), BRV_S("a\0c")));
    assert_true(brv_str_is_nocase(BRV_S("HTTPs"), "httpS"));
    assert_false(brv_str_is_nocase(BRV_S("\xC3\x89"), "\xC3\xA9")); // ASCII only
}

static void test_prefix_and_suffix(void **state)
{
    (void)state;
    assert_true(brv_str_starts_with(BRV_S("brevier"), BRV_S("bre")));
    assert_true(brv_str_starts_with(BRV_S(""), BRV_S("")));
    assert_false(brv_str_starts_with(BRV_S("br"), BRV_S("bre")));
    assert_true(brv_str_ends_with(BRV_S("a.md"), BRV_S(".md")));
    assert_false(brv_str_ends_with(BRV_S("md"), BRV_S(".md")));
}

static void test_find(void **state)
{
    (void)state;
    brv_str s = BRV_S("one two one");
    assert_int_equal(brv_str_find(s, 0, BRV_S("one")), 0);
    assert_int_equal(brv_str_find(s, 1, BRV_S("one")), 8);
    assert_int_equal(brv_str_find(s, 9, BRV_S("one")), s.len);
    assert_int_equal(brv_str_find(s, 3, BRV_S("")), 3);
    assert_int_equal(brv_str_find(s, 99, BRV_S("one")), s.len);
    assert_int_equal(brv_str_find_byte(s, 0, 't'), 4);
    assert_int_equal(brv_str_find_byte(s, 5, 't'), s.len);
    assert_int_equal(brv_str_find_byte((brv_str){ 0 }, 0, 't'), 0);
}

static void test_trim_and_words(void **state)
{
    (void)state;
    assert_str(brv_str_trim(BRV_S(" \t a b\r\n\f")), "a b");
    assert_str(brv_str_trim(BRV_S(" \n ")), "");
    assert_str(brv_str_trim((brv_str){ 0 }), "");
    brv_str rest = BRV_S("  alpha\tbeta \n");
    brv_str word;
    assert_true(brv_str_next_word(&rest, &word));
    assert_str(word, "alpha");
    assert_true(brv_str_next_word(&rest, &word));
    assert_str(word, "beta");
    assert_false(brv_str_next_word(&rest, &word));
    assert_false(brv_str_next_word(&rest, &word));
    rest = BRV_S(" one , two,,");
    assert_str(brv_str_next_item(&rest, ','), "one");
    assert_str(brv_str_next_item(&rest, ','), "two");
    assert_str(brv_str_next_item(&rest, ','), "");
    assert_int_equal(rest.len, 0);
}

static void test_to_size(void **state)
{
    (void)state;
    size_t value = 1;
    assert_true(brv_str_to_size(BRV_S("0"), &value));
    assert_int_equal(value, 0);
    assert_true(brv_str_to_size(BRV_S("18446744073709551615"), &value));
    assert_true(value == SIZE_MAX);
    static const char *const bad[] = { "", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616" };
    for (size_t i = 0; i < BRV_COUNT(bad); i++)
        assert_false(brv_str_to_size(brv_str_from_cstr(bad[i]), &value));
}

static void test_path_parts(void **state)
{
    (void)state;
    static const struct {
        const char *path, *directory, *name, *extension;
    } cases[] = {
        { "a/b.md", "a", "b.md", "md" },
        { "b", "", "b", "" },
        { "/b.tar.gz", "/", "b.tar.gz", "gz" },
        { "a.d/b", "a.d", "b", "" },
        { ".hidden", "", ".hidden", "" },
        { "a//b", "a", "b", "" },
        { "", "", "", "" },
        { "a/", "a", "", "" },
        { "x.", "", "x.", "" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        brv_str path = brv_str_from_cstr(cases[i].path);
        assert_str(brv_path_directory(path), cases[i].directory);
        assert_str(brv_path_file_name(path), cases[i].name);
        assert_str(brv_path_extension(path), cases[i].extension);
    }
}

static void test_path_join(void **state)
{
    struct fixture *t = *state;
    assert_str(brv_path_join(t->arena, BRV_S("a"), BRV_S("b")), "a/b");
    assert_str(brv_path_join(t->arena, BRV_S("a/"), BRV_S("b")), "a/b");
    assert_str(brv_path_join(t->arena, BRV_S("/"), BRV_S("b")), "/b");
    assert_str(brv_path_join(t->arena, BRV_S(""), BRV_S("b")), "b");
    assert_str(brv_path_join(t->arena, BRV_S("a"), BRV_S("/b")), "/b");
    assert_str(brv_path_join(t->arena, BRV_S("a"), BRV_S("")), "a/");
}

static void test_path_is_safe(void **state)
{
    (void)state;
    static const brv_str safe[] = { BRV_S_INIT("a"), BRV_S_INIT("a/b.png"), BRV_S_INIT("..a/b..") };
    static const brv_str unsafe[] = {
        BRV_S_INIT(""),     BRV_S_INIT("/a"),   BRV_S_INIT("a/"),   BRV_S_INIT("a//b"),
        BRV_S_INIT("."),    BRV_S_INIT("a/.."), BRV_S_INIT("../a"), BRV_S_INIT("a/./b"),
        BRV_S_INIT("a\\b"), BRV_S_INIT("a\0b"),
    };
    for (size_t i = 0; i < BRV_COUNT(safe); i++)
        assert_true(brv_path_is_safe(safe[i]));
    for (size_t i = 0; i < BRV_COUNT(unsafe); i++)
        assert_false(brv_path_is_safe(unsafe[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_compare),        TEST(test_prefix_and_suffix), TEST(test_find),
        TEST(test_trim_and_words), TEST(test_to_size),           TEST(test_path_parts),
        TEST(test_path_join),      TEST(test_path_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
