// Brevier — facts: key and value pairs found in the bullets of a section.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_FACT_H
#define BRV_MODEL_FACT_H

#include "model/document.h"

// The facts in the lists directly below `blocks`, in order; NULL when there are none. The nodes
// stay as they are; a fact's content is a copy. A bullet is a fact when it begins with
//   Key: value        plain text of at most 64 code points up to a ":" that white space or the
//                     item's end follows, or up to a full-width colon; no full stop in between
//   **Key:** value    the same with the key in strong, the colon inside or right after it
struct brv_fact *brv_facts_find(struct brv_arena *arena, const struct brv_node *blocks);

#endif
