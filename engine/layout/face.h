// Brevier — opening one font face. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_FACE_H
#define BRV_LAYOUT_FACE_H

#include "layout/font.h"

#include <hb.h>

// Maps a font file and reads what outputs need. False when the file is no usable outline font
// (unreadable, no glyphs, absurd units, no outlines). The HarfBuzz objects die with the arena.
bool brv_face_open_bytes(struct brv_arena *arena, brv_str name, brv_str bytes,
                         struct brv_face *face); // the bytes live as long
bool brv_face_open(struct brv_arena *arena, brv_str file, unsigned index, struct brv_face *face);

#endif
