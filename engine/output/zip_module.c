// Brevier — the module zip: archives for outputs that are packages.
// SPDX-License-Identifier: MIT
#include "output/module.h"

const struct brv_module brv_module = {
    .build = BRV_MODULE_BUILD,
    .zip = &brv_zip,
};
