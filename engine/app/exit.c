// Brevier — how a run ended, as the shell sees it.
// SPDX-License-Identifier: MIT
#include "app/exit.h"

// A failure is graver than a fallback; a command line that makes no sense is graver than both.
static int gravity(enum brv_exit exit)
{
    switch (exit) {
    case BRV_EXIT_DONE:
        return 0;
    case BRV_EXIT_DEGRADED:
        return 1;
    case BRV_EXIT_FAILED:
        return 2;
    case BRV_EXIT_USAGE:
        return 3;
    }
    return 2;
}

enum brv_exit brv_exit_worse(enum brv_exit a, enum brv_exit b)
{
    return gravity(a) >= gravity(b) ? a : b;
}
