// Brevier — tests of the worker.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "base/worker.h"

#include <unistd.h>

enum { TASKS = 1000 };

struct sum {
    struct brv_task task;
    uint64_t from, total;
};

static void add_up(void *user)
{
    struct sum *sum = user;
    for (uint64_t i = 0; i < 1000; i++)
        sum->total += sum->from + i;
}

static void start_all(struct brv_worker *worker, struct sum *sums)
{
    for (size_t i = 0; i < TASKS; i++) {
        sums[i].from = i;
        brv_worker_start(worker, &sums[i].task, add_up, &sums[i]);
    }
}

static void check_done(const struct sum *sum)
{
    assert_int_equal(sum->task.state, BRV_TASK_DONE);
    assert_int_equal(sum->total, sum->from * 1000 + 499500);
}

static void test_worker__does_each_task_once(void **state)
{
    struct fixture *t = *state;
    struct sum *sums = BRV_NEW_ARRAY(t->arena, struct sum, TASKS);
    struct brv_worker *worker = brv_worker_new(t->arena);
    start_all(worker, sums);
    for (size_t i = 0; i < TASKS; i++) {
        brv_worker_finish(worker, &sums[i].task);
        check_done(&sums[i]);
    }
    start_all(worker, memset(sums, 0, TASKS * sizeof *sums));
    for (size_t i = TASKS; i-- > 0;) {
        brv_worker_finish(worker, &sums[i].task);
        check_done(&sums[i]);
    }
}

static void test_worker__may_be_none(void **state)
{
    struct fixture *t = *state;
    struct sum *sums = BRV_NEW_ARRAY(t->arena, struct sum, TASKS);
    start_all(NULL, sums);
    for (size_t i = 0; i < TASKS; i++) {
        check_done(&sums[i]);
        brv_worker_finish(NULL, &sums[i].task);
    }
}

static void test_worker__finishes_what_was_never_started(void **state)
{
    struct fixture *t = *state;
    struct brv_task task = { 0 };
    brv_worker_finish(brv_worker_new(t->arena), &task);
    assert_int_equal(task.state, BRV_TASK_NONE);
}

static void nap(void *user)
{
    usleep(2000);
    *(bool *)user = true;
}

static void test_worker__ends_with_its_arena(void **state)
{
    struct fixture *t = *state;
    for (int i = 0; i < 20; i++) {
        struct brv_arena *arena = brv_arena_new();
        struct brv_worker *worker = brv_worker_new(arena);
        struct brv_task *tasks = BRV_NEW_ARRAY(t->arena, struct brv_task, TASKS);
        bool *was_done = BRV_NEW_ARRAY(t->arena, bool, TASKS);
        for (size_t k = 0; worker && k < TASKS; k++)
            brv_worker_start(worker, &tasks[k], nap, &was_done[k]);
        brv_arena_free(arena); // not in two seconds: what was not begun is dropped
        for (size_t k = 0; k < TASKS; k++) {
            assert_int_not_equal(tasks[k].state, BRV_TASK_RUNNING);
            assert_int_equal(was_done[k], tasks[k].state == BRV_TASK_DONE);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_worker__does_each_task_once),
        TEST(test_worker__may_be_none),
        TEST(test_worker__finishes_what_was_never_started),
        TEST(test_worker__ends_with_its_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
