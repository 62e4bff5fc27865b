// Brevier — what standard error says of the items of a batch.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_PROBLEMS_H
#define BRV_APP_BATCH_PROBLEMS_H

#include "app/batch/batch.h"

// Prints what an operator is to know of an item: its errors, what is wrong with its name, why it
// has no outputs, how these differ. For people or, as --diagnostics says, in JSON.
void brv_problems_print(const struct brv_cli *cli, const struct brv_slot *slot);

#endif
