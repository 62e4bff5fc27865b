// Brevier — the module docx: the Word output.
// SPDX-License-Identifier: MIT
#include "output/module.h"

const struct brv_module brv_module = {
    .build = BRV_MODULE_BUILD,
    .render = brv_docx_render,
};
