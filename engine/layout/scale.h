// Brevier — setting what is laid out at a smaller size. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_SCALE_H
#define BRV_LAYOUT_SCALE_H

#include "layout/context.h"
#include "layout/flow.h"

// Makes slices smaller, from `from` to the end of the flow, but not the space before them. What
// stands at `origin_pt` stays there. The slices open and close no frames: those have their own
// width.
void brv_flow_scale(struct brv_arena *arena, struct brv_flow *flow, size_t from, float origin_pt,
                    float factor);

// Sees to it that the text of a slice stays on its page, whose sides are given as seen from the
// slice, and is no higher than the page's content: moves it, and makes it smaller if it must;
// reported once. For what no other rule has kept there.
struct brv_sides {
    float left_pt, right_pt, bottom_pt;
    float height_pt; // of the content
};
void brv_slice_fit(struct brv_layout *layout, struct brv_slice *slice, struct brv_sides sides);

#endif
