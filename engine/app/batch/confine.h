// Brevier — what a worker may do: limits, no network, few files.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_CONFINE_H
#define BRV_APP_BATCH_CONFINE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct brv_confine_options {
    const brv_str *readable; // folders and files; of count 0 everything stays readable
    size_t readable_count;
    brv_str writable; // one folder; empty: none
};

// What of it this system grants: it may know of neither, or forbid them to those who are confined
// already.
struct brv_confine_grant {
    bool has_landlock; // files
    bool has_seccomp;  // system calls
};

// Takes everything from the calling process that a worker does not need: 1 GiB of memory beyond
// what it has, no core files, no new privileges, no network, no other programs or processes, and no
// files but those. What the system does not grant is passed over. It cannot be undone.
struct brv_confine_grant brv_confine(const struct brv_confine_options *options);

// The same, as a process finds out that ends of it.
struct brv_confine_grant brv_confine_try(void);

// Gives the process this much processor time from now on, whole seconds being what limits are in.
// `*until` is 0 at first, and then says what it was given before.
void brv_confine_item_begin(unsigned seconds, uint64_t *until);

#endif
