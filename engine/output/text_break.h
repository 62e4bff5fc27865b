// Brevier — where the text output may break a line without a space.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_BREAK_H
#define BRV_OUTPUT_TEXT_BREAK_H

#include <stdbool.h>
#include <stdint.h>

// Between ideographs, kana and pictographs, except that no line begins with closing punctuation or
// a small kana, and none ends with an opening bracket.
bool brv_may_break_between(uint32_t before, uint32_t after);
// Letters that are written without spaces between words, or part anywhere as Hangul does: where
// they stand, a word that is too long for a line may be broken.
bool brv_is_spaceless(uint32_t codepoint);
// Spaces and joiners that hold what stands beside them.
bool brv_is_no_break(uint32_t codepoint);

#endif
