// Brevier — child processes of a batch: confined copies of the supervisor at the end of a socket.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_CHILD_H
#define BRV_APP_BATCH_CHILD_H

#include "app/batch/confine.h"

#include <sys/types.h>

struct brv_child {
    pid_t pid; // 0: none
    int socket;
};

// What a child does, with nothing open but standard streams and its socket. It must not return.
typedef void brv_child_fn(void *user, int socket);

// Forks a child, which dies with us, says nothing when memory runs out, minds no signal that ends a
// terminal's programs and can do no more than `options` allow. False, with errno set, when the
// system has no more processes.
bool brv_child_start(struct brv_child *child, const struct brv_confine_options *options,
                     brv_child_fn *run, void *user);

// Kills it, when it still lives, and reaps it.
void brv_child_end(struct brv_child *child, int *status);

// Whether a status, as brv_child_end() gives it, is of one that ran out of memory.
bool brv_child_lacked_memory(int status);

// All of `bytes` to the supervisor; the child ends when it is gone.
void brv_child_send(int socket, brv_str bytes);

#endif
