// Brevier — tests of the date that outputs carry.
// SPDX-License-Identifier: MIT
#include "app/date.h"

#include "base/macros.h"
#include "harness.h"

static const struct {
    const char *text;
    long long seconds; // negative: refused
} cases[] = {
    { "1970-01-01", 0 },
    { "1970-01-02", 86400 },
    { "2000-02-29", 951782400 },
    { "2025-12-19", 1766102400 },
    { "2025-12-19T08:30", 1766133000 },
    { "2025-12-19T08:30:15Z", 1766133015 },
    { "2025-12-19 08:30:15", 1766133015 },
    { "2025-12-19T08:30:00+01:00", 1766129400 },
    { "2025-12-19T08:30:00-05:30", 1766152800 },
    { "2100-03-01", 4107542400 },
    { "2001-02-29", -1 },
    { "2100-02-29", -1 },
    { "2025-13-01", -1 },
    { "2025-00-01", -1 },
    { "2025-12-32", -1 },
    { "2025-12-1", -1 },
    { "2025-12-19T", -1 },
    { "2025-12-19T24:00", -1 },
    { "2025-12-19T08:30:00+25:00", -1 },
    { "2025-12-19x", -1 },
    { "1969-12-31", -1 },
    { "December 19, 2025", -1 },
    { "", -1 },
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        long long seconds = -1;
        bool is_date = brv_date_parse(brv_str_from_cstr(cases[i].text), &seconds);
        assert_int_equal(is_date, cases[i].seconds >= 0);
        if (is_date)
            assert_int_equal(seconds, cases[i].seconds);
    }
}

static void test_choose(void **state)
{
    (void)state;
    brv_str none = { 0 };
    unsetenv("SOURCE_DATE_EPOCH");
    assert_int_equal(brv_date_choose(none, none), -1);
    assert_int_equal(brv_date_choose(none, BRV_S("yesterday")), -1);
    setenv("SOURCE_DATE_EPOCH", "100", 1);
    assert_int_equal(brv_date_choose(none, none), 100);
    assert_int_equal(brv_date_choose(none, BRV_S("1970-01-02")), 86400);
    assert_int_equal(brv_date_choose(BRV_S("1970-01-03"), BRV_S("1970-01-02")), 172800);
    setenv("SOURCE_DATE_EPOCH", "soon", 1);
    assert_int_equal(brv_date_choose(none, none), -1);
    unsetenv("SOURCE_DATE_EPOCH");
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_parse), TEST(test_choose) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
