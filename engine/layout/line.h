// Brevier — the pieces of one line on their places. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_LINE_H
#define BRV_LAYOUT_LINE_H

#include "layout/paragraph.h"

// A piece on its place.
struct brv_placed {
    const struct brv_piece *piece;
    float x_pt;      // of its left edge, lead included
    float width_pt;  // as set: hanging space is 0, leaders and justified spaces are wider
    float space_pt;  // added to each space glyph
    float letter_pt; // added after each grapheme
    uint8_t level;
    bool hangs;
    bool keeps_last; // nothing is added after its last letter
};

struct brv_setting {
    struct brv_layout *layout;
    struct brv_paragraph *paragraph;
    struct brv_slice *slice;
    struct brv_placed *placed; // visual order
    size_t count;
    float baseline_pt;
};

// The backgrounds and borders of inline elements, the outer ones first.
void brv_setting_draw_boxes(struct brv_setting *setting);
// Makes the items and link areas of a line whose pieces have their places.
void brv_setting_paint(struct brv_setting *setting);

#endif
