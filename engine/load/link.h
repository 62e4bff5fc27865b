// Brevier — links that a loader meets.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_LINK_H
#define BRV_LOAD_LINK_H

#include "model/node.h"

// True when the target may be a link; else warns at `span`.
bool brv_link_check(struct brv_sink *sink, brv_str target, struct brv_span span);

// Shows the target of a refused link in parentheses at the end of `holder`, the span that took the
// link's place, unless its text is the target.
void brv_link_refuse(struct brv_arena *arena, struct brv_node *holder, brv_str target);

#endif
