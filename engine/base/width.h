// Brevier — how many columns of a character cell grid a text takes.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_WIDTH_H
#define BRV_BASE_WIDTH_H

#include "base/str.h"

#include <stdint.h>

// 0, 1 or 2 columns by Unicode 15: 0 for combining marks, conjoining Hangul vowels and finals,
// format and control characters; 2 for East Asian wide and full-width ones, emoji among them; 1 for
// the rest, ambiguous ones and the soft hyphen included.
int brv_codepoint_width(uint32_t codepoint);

// The width of the cluster that starts at s.ptr[*at], moving *at past it: a character with its
// marks, an emoji with its modifiers, a sequence that ZERO WIDTH JOINER holds together, a flag.
// U+FE0F after a character that has an emoji form makes it 2 columns wide. *at < s.len.
int brv_cluster_width(brv_str s, size_t *at);

// The columns of a text without line breaks.
size_t brv_str_width(brv_str s);

#endif
