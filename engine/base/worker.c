// Brevier — a worker: a thread beside the caller's that does some work meanwhile.
// SPDX-License-Identifier: MIT
#include "base/worker.h"

#include <pthread.h>
#include <sched.h>

struct brv_worker {
    pthread_t thread;
    pthread_mutex_t lock; // of all that follows, and of the tasks' `next` and `state`
    pthread_cond_t is_given, is_done;
    struct brv_task *first; // waiting
    struct brv_task **end;
    bool ends;
};

// With the lock held, which it lets go of while the task runs.
static void run_first(struct brv_worker *worker)
{
    struct brv_task *task = worker->first;
    worker->first = task->next;
    if (!worker->first)
        worker->end = &worker->first;
    task->state = BRV_TASK_RUNNING;
    (void)pthread_mutex_unlock(&worker->lock);
    task->run(task->user);
    (void)pthread_mutex_lock(&worker->lock);
    task->state = BRV_TASK_DONE;
    (void)pthread_cond_signal(&worker->is_done);
}

static void *work(void *user)
{
    struct brv_worker *worker = user;
    (void)pthread_mutex_lock(&worker->lock);
    while (!worker->ends) {
        if (worker->first)
            run_first(worker);
        else
            (void)pthread_cond_wait(&worker->is_given, &worker->lock);
    }
    (void)pthread_mutex_unlock(&worker->lock);
    return NULL;
}

static void drop_worker(void *ptr)
{
    struct brv_worker *worker = ptr;
    (void)pthread_mutex_lock(&worker->lock);
    worker->ends = true;
    (void)pthread_cond_signal(&worker->is_given);
    (void)pthread_mutex_unlock(&worker->lock);
    (void)pthread_join(worker->thread, NULL);
    (void)pthread_cond_destroy(&worker->is_given);
    (void)pthread_cond_destroy(&worker->is_done);
    (void)pthread_mutex_destroy(&worker->lock);
}

static bool has_two_processors(void)
{
    cpu_set_t processors;
    return sched_getaffinity(0, sizeof processors, &processors) == 0 && CPU_COUNT(&processors) > 1;
}

// A thread that wakes another expects to sleep soon, so Linux likes to put both on one processor,
// where they take turns: a tenth of the time of a small document. Where it fails nothing is lost.
static void keep_from_here(pthread_t thread)
{
    cpu_set_t processors;
    int here = sched_getcpu();
    if (here < 0 || sched_getaffinity(0, sizeof processors, &processors) != 0)
        return;
    CPU_CLR((size_t)here, &processors);
    (void)pthread_setaffinity_np(thread, sizeof processors, &processors);
}

struct brv_worker *brv_worker_new(struct brv_arena *arena)
{
    if (!has_two_processors())
        return NULL;
    struct brv_worker *worker = BRV_NEW(arena, struct brv_worker);
    worker->end = &worker->first;
    (void)pthread_mutex_init(&worker->lock, NULL);
    (void)pthread_cond_init(&worker->is_given, NULL);
    (void)pthread_cond_init(&worker->is_done, NULL);
    if (pthread_create(&worker->thread, NULL, work, worker) != 0)
        return NULL;
    keep_from_here(worker->thread);
    brv_arena_on_free(arena, drop_worker, worker);
    return worker;
}

void brv_worker_start(struct brv_worker *worker, struct brv_task *task, void (*run)(void *user),
                      void *user)
{
    *task = (struct brv_task){ .run = run, .user = user, .state = BRV_TASK_WAITING };
    if (!worker) {
        run(user);
        task->state = BRV_TASK_DONE;
        return;
    }
    (void)pthread_mutex_lock(&worker->lock);
    *worker->end = task;
    worker->end = &task->next;
    (void)pthread_cond_signal(&worker->is_given);
    (void)pthread_mutex_unlock(&worker->lock);
}

bool brv_worker_take_back(struct brv_worker *worker, struct brv_task *task)
{
    if (!worker)
        return false;
    (void)pthread_mutex_lock(&worker->lock);
    bool is_waiting = task->state == BRV_TASK_WAITING;
    if (is_waiting) {
        struct brv_task **link = &worker->first;
        while (*link != task)
            link = &(*link)->next;
        *link = task->next;
        if (!*link)
            worker->end = link;
        task->state = BRV_TASK_NONE;
    }
    (void)pthread_mutex_unlock(&worker->lock);
    return is_waiting;
}

void brv_worker_finish(struct brv_worker *worker, struct brv_task *task)
{
    if (!worker)
        return; // done when it was started
    (void)pthread_mutex_lock(&worker->lock);
    while (task->state == BRV_TASK_WAITING || task->state == BRV_TASK_RUNNING)
        (void)pthread_cond_wait(&worker->is_done, &worker->lock);
    (void)pthread_mutex_unlock(&worker->lock);
}
