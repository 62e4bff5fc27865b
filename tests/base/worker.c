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

struct door {
    struct brv_task task;
    int pipe[2];
};

static void wait_at_door(void *user)
{
    struct door *door = user;
    char byte = 0;
    while (read(door->pipe[0], &byte, 1) < 0)
        continue;
}

// Behind one that waits all others wait: the last, the first and one between are taken back.
static void test_worker__gives_back_what_has_not_begun(void **state)
{
    struct fixture *t = *state;
    struct sum *sums = BRV_NEW_ARRAY(t->arena, struct sum, TASKS);
    struct brv_worker *worker = brv_worker_new(t->arena);
    struct door door = { 0 };
    if (!worker)
        skip();
    assert_int_equal(pipe(door.pipe), 0);
    brv_worker_start(worker, &door.task, wait_at_door, &door);
    start_all(worker, sums);
    const size_t taken[] = { TASKS - 1, 0, TASKS / 2 };
    for (size_t i = 0; i < BRV_COUNT(taken); i++) {
        struct brv_task *task = &sums[taken[i]].task;
        assert_true(brv_worker_take_back(worker, task));
        assert_false(brv_worker_take_back(worker, task));
    }
    struct sum last = { .from = 7 };
    brv_worker_start(worker, &last.task, add_up, &last);
    assert_int_equal(write(door.pipe[1], "", 1), 1);
    brv_worker_finish(worker, &last.task);
    check_done(&last);
    assert_false(brv_worker_take_back(worker, &last.task));
    for (size_t i = 0; i < TASKS; i++) {
        bool was_taken = i == 0 || i == TASKS / 2 || i == TASKS - 1;
        assert_int_equal(sums[i].task.state, was_taken ? BRV_TASK_NONE : BRV_TASK_DONE);
        assert_int_equal(sums[i].total > 0, !was_taken);
    }
    assert_false(brv_worker_take_back(NULL, &last.task));
    close(door.pipe[0]);
    close(door.pipe[1]);
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
        TEST(test_worker__gives_back_what_has_not_begun),
        TEST(test_worker__ends_with_its_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
