// Brevier — a worker: a thread beside the caller's that does some work meanwhile.
// What is given to it is done one after the other, in the order given. Nothing that is written may
// depend on whether there is a worker or how fast it is: a task works on memory of its own, reports
// nothing, and is finished before anybody looks at what it made.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_WORKER_H
#define BRV_BASE_WORKER_H

#include "base/arena.h"

#include <stdbool.h>

struct brv_worker; // opaque

// Zeroed, until it is started; stays where it is until it is finished.
struct brv_task {
    void (*run)(void *user);
    void *user;
    struct brv_task *next;
    enum { BRV_TASK_NONE, BRV_TASK_WAITING, BRV_TASK_RUNNING, BRV_TASK_DONE } state;
};

// NULL when there is no second processor, or no thread to be had. Ends with the arena: the
// task at hand is waited for, those not begun are dropped.
struct brv_worker *brv_worker_new(struct brv_arena *arena);

// Without a worker (NULL) the task is done at once.
void brv_worker_start(struct brv_worker *worker, struct brv_task *task, void (*run)(void *user),
                      void *user);

// Takes back a task that has not begun; false when it has, or was never started. The caller, who
// would have to wait for it, may then do it itself: a worker may begin late where processors are
// few and busy. At once when tasks are taken back in the order they were given.
bool brv_worker_take_back(struct brv_worker *worker, struct brv_task *task);

// Waits until the task is done. One that was never started is done.
void brv_worker_finish(struct brv_worker *worker, struct brv_task *task);

#endif
