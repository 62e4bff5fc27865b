// Brevier — writing with ASCII alone.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_ASCII_H
#define BRV_OUTPUT_TEXT_ASCII_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

// What stands for a character in ASCII: quotes, dashes, bullets, arrows, signs and the letters of
// Latin with their accents dropped. "" for what is not seen by itself (combining marks, joiners,
// variation selectors); NULL when ASCII has nothing like it.
const char *brv_ascii_from_codepoint(uint32_t codepoint);

// Appends what stands for the character at `*at`, which moves past it: what its language (a tag, or
// empty) writes for it, as "ae" in German, else the form above, "[FR]" for a flag, which takes two
// characters, the name of an emoji as "[rocket]". False, and nothing appended, when ASCII has
// nothing like it.
bool brv_ascii_add(struct brv_buf *out, brv_str text, size_t *at, brv_str lang);

#endif
