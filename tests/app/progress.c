// Brevier — tests of the line that tells how far a batch is.
// SPDX-License-Identifier: MIT
#include "app/batch/progress.h"

#include "harness.h"

static const struct {
    struct brv_counts counts;
    uint64_t total;
    int64_t ms;
    size_t columns;
    const char *line;
} cases[] = {
    { { .items = 45000, .done = 44990, .failed = 7, .quarantined = 1, .degraded = 2 },
      100000,
      37500,
      80,
      "[==    ] 45 %, 1200/s, 46 s left, 8 failed, 2 degraded, 44990 done, 0 unchanged" },
    { { .items = 100, .done = 100 },
      400,
      1000,
      200,
      "[=====               ] 25 %, 100/s, 4 s left, 0 failed, 0 degraded, 100 done, 0 unchanged" },
    { { .items = 3, .done = 3 },
      3,
      1000,
      0,
      "[====================] 100 %, 3/s, 0 failed, 0 degraded, 3 done, 0 unchanged" },
    // What does not fit is left out whole, the least of it first.
    { { .items = 99999, .done = 99000, .degraded = 999 },
      100000,
      9999900,
      76,
      "99 %, 10/s, 1 s left, 0 failed, 999 degraded, 99000 done, 0 unchanged" },
    { { .items = 10, .done = 10 }, 100, 1000, 28, "10 %, 10/s, 10 s left" },
    { { .items = 10, .done = 10 }, 100, 1000, 6, "" },
    { { .items = 10, .done = 10 }, 100, 1000, 1, "" },
    // Of a total that is not known, or was not true.
    { { .items = 10, .done = 10 },
      0,
      1000,
      80,
      "10/s, 0 failed, 0 degraded, 10 done, 0 unchanged" },
    { { .items = 9, .left_out = 2 },
      10,
      1000,
      80,
      "11/s, 0 failed, 0 degraded, 0 done, 0 unchanged" },
    // Times are as exact as they are near.
    { { .items = 1 }, 600, 1000, 30, "[     ] 0 %, 1/s, 10 min left" },
    { { .items = 1 }, 590, 1000, 35, "[      ] 0 %, 1/s, 9 min 50 s left" },
    { { .items = 1 }, 7500, 1000, 30, "0 %, 1/s, 2 h 5 min left" },
    { { .items = 0 }, 10, 1000, 30, "[        ] 0 %, 0/s, 0 failed" },
    { { .items = 0 }, 10, 0, 30, "[        ] 0 %, 0/s, 0 failed" },
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_progress progress = brv_progress_init(0);
        struct brv_buf line = { 0 };
        brv_progress_add_line(
            &progress, &line, &cases[i].counts, cases[i].total, cases[i].ms, cases[i].columns);
        assert_str(brv_buf_str(&line), cases[i].line);
        brv_buf_deinit(&line);
    }
}

// Half of the items are passed over in a second; the rest takes as long as it takes.
static void test_end_is_not_promised(void **state)
{
    (void)state;
    struct brv_progress progress = brv_progress_init(0);
    struct brv_counts counts = { 0 };
    struct brv_buf line = { 0 };
    for (int64_t ms = 200; ms <= 21000; ms += 200) {
        counts.items += ms <= 1000 ? 10000 : 100;
        brv_buf_clear(&line);
        brv_progress_add_line(&progress, &line, &counts, 100000, ms, 40);
    }
    assert_str(brv_buf_str(&line), "60 %, 500/s, 1 min 21 s left, 0 failed");
    brv_buf_deinit(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lines),
        TEST(test_end_is_not_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
