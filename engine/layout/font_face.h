// Brevier — fonts that a stylesheet brings. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_FONT_FACE_H
#define BRV_LAYOUT_FONT_FACE_H

#include "layout/catalog.h"
#include "style/styled.h"

// The faces of one set of sheets, in their order. Broken ones stay, to be reported.
struct brv_declared_fonts {
    struct brv_candidate *items;
    size_t count;
    uint32_t serial; // from 1
};

// The fonts that the sheets declare, NULL for none. Reports those that cannot be used.
const struct brv_declared_fonts *brv_fonts_declare(struct brv_fonts *fonts,
                                                   const struct brv_stylesheets *sheets,
                                                   struct brv_sink *sink);

// For font_face.c, by fonts.c: an installed face by its full name, NULL when there is
// none; the next id of a face; the arena of the fonts; what is kept under a key.
struct brv_face *brv_fonts_open_local(struct brv_fonts *fonts, brv_str name);
uint32_t brv_fonts_next_id(struct brv_fonts *fonts);
struct brv_arena *brv_fonts_arena(struct brv_fonts *fonts);
const struct brv_declared_fonts *brv_fonts_find_declared(const struct brv_fonts *fonts,
                                                         brv_str key);
void brv_fonts_keep_declared(struct brv_fonts *fonts, brv_str key,
                             struct brv_declared_fonts *declared);

#endif
