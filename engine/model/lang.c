// Brevier — the shape of language tags.
// SPDX-License-Identifier: MIT
#include "model/node.h"

enum { PART_MAX = 8 };

bool brv_lang_is_tag(brv_str tag)
{
    size_t part = 0;
    bool is_first = true;
    for (size_t i = 0; i < tag.len; i++) {
        char c = brv_to_lower(tag.ptr[i]);
        if (c == '-' && part > 0) {
            part = 0;
            is_first = false;
        } else if (((c >= 'a' && c <= 'z') || (!is_first && brv_is_digit(c))) && part < PART_MAX) {
            part++;
        } else {
            return false;
        }
    }
    return part > 0;
}
