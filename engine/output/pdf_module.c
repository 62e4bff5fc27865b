// Brevier — the module pdf: the PDF output.
// SPDX-License-Identifier: MIT
#include "output/module.h"

const struct brv_module brv_module = {
    .build = BRV_MODULE_BUILD,
    .render = brv_pdf_render,
};
