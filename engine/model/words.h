// Brevier — words that the engine itself puts into a document, in its language.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_WORDS_H
#define BRV_MODEL_WORDS_H

#include "base/str.h"

struct brv_words {
    const char *lang;
    const char *contents, *figures, *tables; // titles of lists
    const char *footnote;                    // before its number
};

// The words of a language tag, or of the language it is a variant of; English where there are none.
const struct brv_words *brv_words_of(brv_str lang);

#endif
