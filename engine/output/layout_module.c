// Brevier — the module layout: fonts, and pages for outputs that want them.
// SPDX-License-Identifier: MIT
#include "output/module.h"

const struct brv_module brv_module = {
    .build = BRV_MODULE_BUILD,
    .fonts_new = brv_fonts_new,
    .fonts_help = brv_fonts_help,
    .fonts_write_index = brv_fonts_write_index,
    .fonts_list = brv_fonts_list,
    .fonts_files = brv_fonts_files,
    .lay_out = brv_layout,
    .count_pages = brv_layout_count,
    .pages_dump = brv_pages_dump,
};
