// Brevier — tests of printf.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "base/format.h"

#include <limits.h>
#include <stdio.h>

BRV_PRINTF(1, 2) static void assert_as_library(const char *format, ...)
{
    for (size_t room = 0; room <= 100; room++) {
        char own[128];
        char wanted[128];
        memset(own, '#', sizeof own);
        memset(wanted, '#', sizeof wanted);
        va_list args;
        va_start(args, format);
        int len = vsnprintf(wanted, room, format, args);
        va_end(args);
        va_start(args, format);
        assert_int_equal(brv_format(own, room, format, args), len);
        va_end(args);
        assert_memory_equal(own, wanted, sizeof own);
    }
}

static void test_format__is_the_librarys(void **state)
{
    (void)state;
    assert_as_library("%s", "");
    assert_as_library("words only, a long line of them");
    assert_as_library("%s%%%s%%", "one", "two");
    assert_as_library("%d %d %d", INT_MIN, 0, INT_MAX);
    assert_as_library("%u %zu %llu", UINT_MAX, SIZE_MAX, ULLONG_MAX);
    assert_as_library("%lld|%lld", LLONG_MIN, LLONG_MAX);
    assert_as_library("<%.*s|%.*s|%.*s>", 3, "abcdef", 0, "abc", 9, "ab");
}

// What it does not know itself takes its own arguments, and so does what comes after.
static void test_format__leaves_the_rest_to_the_library(void **state)
{
    (void)state;
    assert_as_library("%d %04X %d %s", 1, 0xABu, 2, "end");
    assert_as_library("%s: %.3f, %c, %5d|%-5d|%ld", "x", 2.5, 'c', 7, 7, -8L);
    assert_as_library("%.*s %.2s %s", 2, "abc", "def", "ghi");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_format__is_the_librarys),
        TEST(test_format__leaves_the_rest_to_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
