// Brevier — the text of margin boxes. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_MARGIN_H
#define BRV_LAYOUT_MARGIN_H

#include "layout/page.h"
#include "layout/paragraph.h"

// What a margin box of a page says, in pieces; NULL for nothing. Of a text that is longer than any
// box of an edge of this size could show, only so much is taken.
struct brv_paragraph *brv_margin_text(struct brv_book *book, size_t page, enum brv_margin_box box,
                                      float width_pt, float height_pt);

// Sets it in lines on each other. Where a box is not high enough for all of them, the
// text ends with an ellipsis, and that is reported.
struct brv_slice brv_margin_set(struct brv_layout *layout, struct brv_paragraph *paragraph,
                                enum brv_margin_box box, float measure_pt, float height_pt);

#endif
