// Brevier — how a worker of a batch came to its end, and what that says of the item in its hand.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_DEATH_H
#define BRV_APP_BATCH_DEATH_H

#include "base/arena.h"

#include <stdbool.h>

struct brv_death {
    int status;      // as waitpid() gives it
    bool is_late;    // killed by us for its time
    bool is_refused; // … for what it said
};

// Whether somebody else killed it: the system, when it ran out of memory, or its operator. That
// says nothing about the item in hand.
bool brv_death_is_felling(const struct brv_death *death);

// Why an item is quarantined that was in hand at two of these, of which this is the second.
brv_str brv_death_reason(struct brv_arena *arena, const struct brv_death *death);

#endif
