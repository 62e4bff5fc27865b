// Brevier — the images that stylesheets name: a logo in a running head, a mark before a heading.
// They open beneath the folder of the sheet that names them, and nowhere else.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_SHEET_IMAGES_H
#define BRV_APP_SHEET_IMAGES_H

#include "model/limits.h"
#include "style/styled.h"

struct brv_sheet_opener {
    struct brv_arena *arena; // images live here
    const struct brv_limits *limits;
    uint32_t count; // opened so far
};

// A brv_sheet_image_open_fn; `user` is a struct brv_sheet_opener.
const struct brv_image *brv_sheet_image_open(void *user, const struct brv_sheet_image *image,
                                             struct brv_sink *sink);

#endif
