// Brevier — writing with ASCII alone.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_ASCII_H
#define BRV_OUTPUT_TEXT_ASCII_H

#include <stdint.h>

// What stands for a character in ASCII: quotes, dashes, bullets, arrows, signs and the letters of
// Latin with their accents dropped. "" for what is not seen by itself (combining marks, joiners,
// variation selectors); NULL when ASCII has nothing like it.
const char *brv_ascii_from_codepoint(uint32_t codepoint);

#endif
