// Brevier — child processes of a batch.
// SPDX-License-Identifier: MIT
#include "app/batch/child.h"

#include "base/memory.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void child_begin(int socket, pid_t parent,
                                  const struct brv_confine_options *options, brv_child_fn *run,
                                  void *user)
{
    // The supervisor may be killed before this takes hold.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
    // The ledger, the lock and the other children are none of its business.
    enum { SOCKET = STDERR_FILENO + 1 };
    if (socket != SOCKET && dup2(socket, SOCKET) < 0)
        _exit(EXIT_FAILURE);
    close_range(SOCKET + 1, UINT_MAX, 0);
    // What ends a terminal's programs or a service's is for the supervisor to see to.
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    brv_out_of_memory_exits();
    (void)brv_confine(options);
    run(user, SOCKET);
    _exit(EXIT_FAILURE);
}

bool brv_child_start(struct brv_child *child, const struct brv_confine_options *options,
                     brv_child_fn *run, void *user)
{
    int pair[2];
    pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        child_begin(pair[1], parent, options, run, user);
    int error = errno;
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        errno = error;
        return false;
    }
    *child = (struct brv_child){ pid, pair[0] };
    return true;
}

void brv_child_end(struct brv_child *child, int *status)
{
    kill(child->pid, SIGKILL);
    while (waitpid(child->pid, status, 0) < 0 && errno == EINTR) {
    }
    close(child->socket);
    *child = (struct brv_child){ 0 };
}

bool brv_child_lacked_memory(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == BRV_OUT_OF_MEMORY_STATUS;
}

void brv_child_send(int socket, brv_str bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = write(socket, bytes.ptr, bytes.len);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            _exit(EXIT_FAILURE);
        bytes = brv_str_slice(bytes, (size_t)sent, bytes.len);
    }
}
