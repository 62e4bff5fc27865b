// Brevier — which way writing runs: letters, languages, and paragraphs made of them.
//
// A paragraph in a language that is written from right to left runs so as soon as it has one letter
// that does: a name or an identifier at its beginning does not turn it. In other languages, and
// where none is told, the first letter decides (UAX 9, P2 and P3).
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_DIRECTION_H
#define BRV_BASE_DIRECTION_H

#include "base/str.h"

#include <stdint.h>

enum brv_bidi { // of the bidirectional classes of UAX 9, what the outputs tell apart
    BRV_BIDI_NEUTRAL,
    BRV_BIDI_LTR,
    BRV_BIDI_RTL,    // R and AL
    BRV_BIDI_NUMBER, // EN: the digits of ASCII
};

enum brv_bidi brv_bidi_of(uint32_t codepoint);

// Whether the language of a tag (empty: none) is written from right to left. A subtag for the
// script decides where there is one.
bool brv_lang_is_rtl(brv_str lang);

// The direction of a paragraph, found from its letters in order.
struct brv_base {
    bool is_rtl_language;
    bool has_ltr; // a letter was seen
    bool has_rtl;
};

// Takes one more character in; true once the direction is known.
bool brv_base_see(struct brv_base *base, uint32_t codepoint);

// What is known: left to right until the contrary is seen.
static inline bool brv_base_is_rtl(const struct brv_base *base)
{
    return base->has_rtl && (base->is_rtl_language || !base->has_ltr);
}

#endif
