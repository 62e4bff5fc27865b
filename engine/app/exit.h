// Brevier — how a run ended, as the shell sees it.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_EXIT_H
#define BRV_APP_EXIT_H

enum brv_exit {
    BRV_EXIT_DONE = 0,
    BRV_EXIT_FAILED = 1,   // nothing half-written is left
    BRV_EXIT_USAGE = 2,    // the command line makes no sense
    BRV_EXIT_DEGRADED = 3, // output is written, but something of it fell back
};

// The status of two things done one after the other: the graver one.
enum brv_exit brv_exit_worse(enum brv_exit a, enum brv_exit b);

#endif
