// Brevier — what a byte of CSS may be part of.
// CSS text is read byte by byte: every byte with a meaning is ASCII, and all bytes of longer UTF-8
// sequences are name bytes. Only the tokenizer includes this.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_TOKEN_CLASS_H
#define BRV_STYLE_TOKEN_CLASS_H

#include "base/str.h"

#include <stdint.h>

// White space, a line's end, digits of base ten and sixteen, the start of a name, the rest of it.
enum {
    BRV_BYTE_SPACE = 1,
    BRV_BYTE_NEWLINE = 2,
    BRV_BYTE_DIGIT = 4,
    BRV_BYTE_HEX = 8,
    BRV_BYTE_NAME_START = 16,
    BRV_BYTE_NAME = 32,
    BRV_BYTE_PLAIN = 64, // a name as it is written: NUL is part of one, but as U+FFFD
};
#define S BRV_BYTE_SPACE
#define E (BRV_BYTE_SPACE | BRV_BYTE_NEWLINE)
#define Z (BRV_BYTE_NAME_START | BRV_BYTE_NAME)
#define H (BRV_BYTE_NAME | BRV_BYTE_PLAIN) // '-'
#define D (BRV_BYTE_DIGIT | BRV_BYTE_HEX | BRV_BYTE_NAME | BRV_BYTE_PLAIN)
#define X (BRV_BYTE_HEX | BRV_BYTE_NAME_START | BRV_BYTE_NAME | BRV_BYTE_PLAIN)
#define N (BRV_BYTE_NAME_START | BRV_BYTE_NAME | BRV_BYTE_PLAIN)
#define N16 N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N
static const uint8_t brv_css_classes[256] = {
    // clang-format off
    Z, 0, 0, 0, 0, 0, 0, 0, 0, S, E, 0, E, E, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, H, 0, 0,
    D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
    0, X, X, X, X, X, X, N, N, N, N, N, N, N, N, N,
    N, N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, N, // '_'
    0, X, X, X, X, X, X, N, N, N, N, N, N, N, N, N,
    N, N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, 0,
    N16, N16, N16, N16, N16, N16, N16, N16, // all of longer UTF-8 sequences
    // clang-format on
};
#undef S
#undef E
#undef Z
#undef H
#undef D
#undef X
#undef N
#undef N16

// Past all bytes of a class.
static inline size_t brv_css_skip_class(brv_str text, size_t at, unsigned wanted)
{
    while (at < text.len && brv_css_classes[(unsigned char)text.ptr[at]] & wanted)
        at++;
    return at;
}

#endif
