// Brevier — the shipped analyses, as what a stylesheet is tried on.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_SAMPLES_H
#define BRV_APP_SAMPLES_H

#include "app/job.h"

// A note for each rule of the sheets of `tools` that no element of the samples matches, in any
// output that the rule is for. Without samples (they lie in samples/ of the data folder) there is
// nothing to be said.
void brv_samples_try(struct brv_tools *tools, struct brv_sink *sink);

#endif
