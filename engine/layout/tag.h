// Brevier — building the structure tree. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_TAG_H
#define BRV_LAYOUT_TAG_H

#include "layout/context.h"

struct brv_tag *brv_tag_new(struct brv_arena *arena, struct brv_tag *parent, const char *type,
                            const struct brv_node *node);
// The tag of an element beneath `parent`: its -brv-tag, else the kind's own. Returns `parent` when
// the element has no structure of its own (strong, span without language).
struct brv_tag *brv_tag_of(struct brv_layout *layout, struct brv_tag *parent,
                           const struct brv_styled *styled, brv_str parent_lang);
// An image that a stylesheet brings without words for it: it is no part of the structure.
bool brv_is_decoration(const struct brv_styled *styled);
// Numbers the tree in reading order from 1; returns how many tags there are.
uint32_t brv_tag_number(struct brv_tag *root);

#endif
