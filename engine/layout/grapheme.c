// Brevier — where a grapheme goes on: the rules of UAX 29 that matter for lines and fallback.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"

#include <hb.h>

static bool is_regional(uint32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static bool is_jamo(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97C) ||
           (c >= 0xD7B0 && c <= 0xD7FB);
}

static bool is_pictograph(uint32_t c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2190 && c <= 0x2BFF) || c == 0x3030 ||
           c == 0x303D;
}

static bool is_virama(uint32_t c)
{
    return hb_unicode_combining_class(hb_unicode_funcs_get_default(), c) ==
           HB_UNICODE_COMBINING_CLASS_VIRAMA;
}

bool brv_is_ignorable(uint32_t c)
{
    if (c < 0xAD) { // most of what is asked for
        return false;
    }
    return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x180B && c <= 0x180F) ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

bool brv_grapheme_continues(uint32_t previous, uint32_t codepoint, unsigned *pairs)
{
    if (codepoint < 0x300) { // most of what is asked for
        *pairs = 0;
        return false;
    }
    bool was_regional = is_regional(previous);
    *pairs = is_regional(codepoint) ? (was_regional ? *pairs + 1 : 1) : 0;
    if (previous == 0 || previous == '\n' || previous == '\t') {
        return false;
    }
    if (was_regional && is_regional(codepoint)) {
        return *pairs % 2 == 0;
    }
    if (previous == 0x200D) {
        return is_pictograph(codepoint);
    }
    if (codepoint == 0x200D || codepoint == 0x200C ||
        (codepoint >= 0xFE00 && codepoint <= 0xFE0F) ||
        (codepoint >= 0x1F3FB && codepoint <= 0x1F3FF) ||
        (codepoint >= 0xE0020 && codepoint <= 0xE01EF)) {
        return true;
    }
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    switch (hb_unicode_general_category(unicode, codepoint)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
        return true;
    default:
        break;
    }
    // A conjunct of an Indic script is one unit; a leading, vowel and trailing jamo are too.
    if (is_virama(previous)) {
        return hb_unicode_general_category(unicode, codepoint) ==
               HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER;
    }
    return is_jamo(previous) && is_jamo(codepoint) && codepoint >= 0x1160;
}
