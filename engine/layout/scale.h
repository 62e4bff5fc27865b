// Brevier — setting what is laid out at a smaller size. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_SCALE_H
#define BRV_LAYOUT_SCALE_H

#include "layout/flow.h"

// Makes slices smaller, from `from` to the end of the flow, but not the space before them. What
// stands at `origin_pt` stays there. The slices open and close no frames: those have their own
// width.
void brv_flow_scale(struct brv_arena *arena, struct brv_flow *flow, size_t from, float origin_pt,
                    float factor);

#endif
