// Brevier — character references in Markdown text.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_ENTITY_H
#define BRV_LOAD_ENTITY_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

// The code point of "&name;", "&#38;" or "&#x26;"; false for a name that is not known. A number
// may be any 32-bit value: whether it may stand in a text is for the caller to judge.
bool brv_entity_decode(brv_str reference, uint32_t *codepoint);

#endif
