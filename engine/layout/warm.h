// Brevier — warming up: what a document will ask for is made ready while layout begins. Private to
// the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_WARM_H
#define BRV_LAYOUT_WARM_H

#include "layout/context.h"

struct brv_warming;

// Gives the worker of the fonts, if there is one, what a tree will need.
struct brv_warming *brv_warming_begin(struct brv_layout *layout, const struct brv_styled *root);

// Waits for it: before the faces or the arena of the layout may end.
void brv_warming_end(struct brv_warming *warming);

#endif
