// Brevier — link definitions that no link uses.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_LINKDEFS_H
#define BRV_LOAD_LINKDEFS_H

#include "load/view.h"

// Notes each definition "[label]: target" of a view's original whose label stands in no other
// brackets: Markdown does not show it. A definition that takes several lines is not looked at.
void brv_linkdefs_check(const struct brv_view *view, struct brv_arena *arena,
                        struct brv_sink *sink);

#endif
