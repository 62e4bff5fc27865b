// Brevier — tests of buffers and of numbers as text.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

static void test_add(void **state)
{
    (void)state;
    struct brv_buf buf = { 0 };
    brv_buf_add(&buf, NULL, 0);
    assert_str(brv_buf_str(&buf), "");
    brv_buf_add_cstr(&buf, "one");
    brv_buf_add_byte(&buf, ' ');
    brv_buf_add_str(&buf, BRV_S("two"));
    brv_buf_add_repeated(&buf, '-', 3);
    brv_buf_add_codepoint(&buf, 0x20AC);
    brv_buf_add_codepoint(&buf, 0xD800);
    brv_buf_printf(&buf, "%d%s", 42, "");
    brv_buf_printf(&buf, "%s", "");
    assert_str(brv_buf_str(&buf),
               "one two---\xE2\x82\xAC\xEF\xBF\xBD"
               "42");
    brv_buf_clear(&buf);
    assert_str(brv_buf_str(&buf), "");
    brv_buf_printf(&buf, "%5000d", 1);
    assert_int_equal(buf.len, 5000);
    brv_buf_deinit(&buf);
    brv_buf_deinit(&buf);
}

static void test_new_in__grows_out_of_the_arena(void **state)
{
    struct fixture *t = *state;
    enum { LENGTH = 5000 };
    struct brv_buf *buf = brv_buf_new_in(t->arena);
    assert_null(brv_buf_str(buf).ptr);
    for (size_t i = 0; i < LENGTH; i++) {
        struct brv_arena_mark mark = brv_arena_mark(t->arena); // what it has is older than this
        brv_buf_add_byte(buf, (char)('a' + i % 26));
        memset(brv_arena_alloc(t->arena, 1000), '-', 1000);
        brv_arena_rewind(t->arena, mark);
    }
    assert_int_equal(buf->len, LENGTH);
    for (size_t i = 0; i < LENGTH; i++)
        assert_int_equal(buf->ptr[i], 'a' + (int)(i % 26));
    struct brv_buf *large = brv_buf_new_in(t->arena);
    brv_buf_add_repeated(large, 'x', LENGTH); // at once
    brv_buf_deinit(buf);
    brv_buf_add_cstr(buf, "again");
    assert_str(brv_buf_str(buf), "again");
    struct brv_buf *unused = brv_buf_new_in(t->arena);
    brv_buf_deinit(unused);
    assert_int_equal(large->ptr[LENGTH - 1], 'x');
}

static void test_add_int(void **state)
{
    struct fixture *t = *state;
    static const long long values[] = { 0, 7, -7, 1000, LLONG_MAX, LLONG_MIN };
    for (size_t i = 0; i < BRV_COUNT(values); i++) {
        struct brv_buf *buf = brv_buf_new_in(t->arena);
        char want[32];
        snprintf(want, sizeof want, "%lld", values[i]);
        brv_buf_add_int(buf, values[i]);
        assert_str(brv_buf_str(buf), want);
    }
}

static void test_add_number(void **state)
{
    struct fixture *t = *state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {
        { 0, 3, "0" },
        { -0.0, 3, "0" },
        { -0.0004, 3, "0" },
        { -0.0005, 3, "-0.001" },
        { 1, 0, "1" },
        { 0.5, 0, "1" },
        { 1.5, 0, "2" },
        { 2.5, 0, "3" },
        { -2.5, 0, "-3" },
        { 1.25, 1, "1.3" },
        { 1.115, 2, "1.11" }, // the double lies below 1.115
        { 1.005, 2, "1" },    // … and this one below 1.005
        { 0.1, 6, "0.1" },
        { 0.000001, 6, "0.000001" },
        { 0.05, 2, "0.05" },
        { 100.250, 3, "100.25" },
        { 0.9999996, 6, "1" },
        { 99.9999999, 6, "100" },
        { 595.276, 2, "595.28" },
        { 9007199254740993.0, 3, "9007199254740992" },
        { 1e30, 3, "9223372036854774784" },
        { -INFINITY, 3, "-9223372036854774784" },
        { NAN, 3, "0" },
        { DBL_MIN, 6, "0" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_buf *buf = brv_buf_new_in(t->arena);
        brv_buf_add_number(buf, cases[i].value, cases[i].decimals);
        assert_str(brv_buf_str(buf), cases[i].text);
    }
}

// printf rounds exactly too; only its ties go to even, and doubles of this kind hit none.
static void test_add_number__agrees_with_printf(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *buf = brv_buf_new_in(t->arena);
    uint64_t seed = 99;
    for (int turn = 0; turn < 50000; turn++) {
        double value = ldexp((double)(int64_t)random_next(&seed), -63 + turn % 40) / 3;
        int decimals = turn % 7;
        char want[80];
        snprintf(want, sizeof want, "%.*f", decimals, value);
        if (strchr(want, '.')) {
            char *end = want + strlen(want);
            while (end[-1] == '0')
                *--end = 0;
            if (end[-1] == '.')
                *--end = 0;
        }
        if (strcmp(want, "-0") == 0)
            want[0] = '0', want[1] = 0;
        brv_buf_clear(buf);
        brv_buf_add_number(buf, value, decimals);
        assert_str(brv_buf_str(buf), want);
    }
}

static void test_add_number__in_any_locale(void **state)
{
    struct fixture *t = *state;
    // Where none of these is installed the test says the same about the C locale.
    static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "C" };
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        (void)setlocale(LC_ALL, names[i]);
        struct brv_buf *buf = brv_buf_new_in(t->arena);
        brv_buf_add_number(buf, 1234.5, 2);
        assert_str(brv_buf_str(buf), "1234.5");
    }
}

static void test_add_xml(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *buf = brv_buf_new_in(t->arena);
    brv_buf_add_xml(buf, BRV_S("a<b & \"c\">d'"));
    brv_buf_add_xml(buf, (brv_str){ 0 });
    assert_str(brv_buf_str(buf), "a&lt;b &amp; &quot;c&quot;&gt;d'");
}

static void test_add_json_string(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *buf = brv_buf_new_in(t->arena);
    brv_buf_add_json_string(buf, BRV_S("\"\\\b\f\n\r\t\0\x1F\x7F/bfnrt\xC3\xA9\xFF"));
    assert_str(brv_buf_str(buf),
               "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f/bfnrt"
               "\xC3\xA9\xEF\xBF\xBD\"");
}

static void test_add_visible(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *buf = brv_buf_new_in(t->arena);
    brv_buf_add_visible(buf, BRV_S("a\n\t\r\x1B[0m \xE2\x80\xAE \xFF \"\\\" \xC3\xA9"));
    assert_str(brv_buf_str(buf), "a\\n\\t\\r\\u{1b}[0m \\u{202e} \xEF\xBF\xBD \"\\\" \xC3\xA9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_add),
        TEST(test_new_in__grows_out_of_the_arena),
        TEST(test_add_int),
        TEST(test_add_number),
        TEST(test_add_number__agrees_with_printf),
        TEST(test_add_number__in_any_locale),
        TEST(test_add_xml),
        TEST(test_add_json_string),
        TEST(test_add_visible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
