// Brevier — how a worker of a batch came to its end, and what that says of the item in its hand.
// SPDX-License-Identifier: MIT
#include "app/batch/death.h"

#include "app/batch/child.h"
#include "app/batch/worker.h"

#include <signal.h>
#include <sys/wait.h>

bool brv_death_is_felling(const struct brv_death *death)
{
    return WIFSIGNALED(death->status) && WTERMSIG(death->status) == SIGKILL && !death->is_late &&
           !death->is_refused;
}

brv_str brv_death_reason(struct brv_arena *arena, const struct brv_death *death)
{
    if (death->is_late)
        return brv_arena_printf(arena, "it took longer than %d seconds, twice", BRV_ITEM_SECONDS);
    if (death->is_refused)
        return BRV_S("its worker said what makes no sense, twice");
    if (brv_child_lacked_memory(death->status))
        return BRV_S("it wanted more memory than a worker has, twice");
    if (!WIFSIGNALED(death->status))
        return brv_arena_printf(
            arena, "its worker ended, twice (status %d)", WEXITSTATUS(death->status));
    int number = WTERMSIG(death->status);
    bool is_crash = number == SIGSEGV || number == SIGBUS || number == SIGABRT;
    const char *what = is_crash            ? "it crashed a worker"
                       : number == SIGXCPU ? "it took too much processor time"
                                           : "its worker was killed";
    return brv_arena_printf(arena, "%s, twice (signal %d)", what, number);
}
