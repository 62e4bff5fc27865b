// Brevier — the shipped analyses, as what a stylesheet is tried on.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_SAMPLES_H
#define BRV_APP_SAMPLES_H

#include "app/job.h"

// A text to try sheets on beside the shipped ones.
struct brv_sample {
    brv_str name;
    brv_str bytes;
};

// A note for each rule of the sheets of `tools` that no element of the samples matches, in any
// output that the rule is for: of the shipped samples, which lie in samples/ of the data folder,
// and of `own`. Without any there is nothing to be said.
void brv_samples_try(struct brv_tools *tools, const struct brv_sample *own, size_t own_count,
                     struct brv_sink *sink);

#endif
