// Brevier — which way writing runs.
// SPDX-License-Identifier: MIT
#include "base/direction.h"

#include "base/ranges.h"
#include "base/width.h"

#include "base/direction_tables.h"

enum { LEFT_TO_RIGHT_MARK = 0x200E };

enum brv_bidi brv_bidi_of(uint32_t codepoint)
{
    if (codepoint < 0x80) {
        char c = (char)codepoint;
        return brv_is_digit(c)   ? BRV_BIDI_NUMBER
               : brv_is_alnum(c) ? BRV_BIDI_LTR
                                 : BRV_BIDI_NEUTRAL;
    }
    if (codepoint == LEFT_TO_RIGHT_MARK)
        return BRV_BIDI_LTR;
    if (BRV_IS_IN(rtl_ranges, codepoint))
        return BRV_BIDI_RTL;
    bool is_mark = brv_codepoint_width(codepoint) == 0; // it runs with what it stands on
    return is_mark || BRV_IS_IN(neutral_ranges, codepoint) ? BRV_BIDI_NEUTRAL : BRV_BIDI_LTR;
}

static bool is_among(brv_str tag, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (brv_str_is_nocase(tag, names[i]))
            return true;
    return false;
}

bool brv_lang_is_rtl(brv_str lang)
{
    static const char *const languages[] = { "ar", "he", "fa", "ur", "yi", "ps",
                                             "sd", "ug", "dv", "iw", "ckb" };
    static const char *const scripts[] = { "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Rohg", "Adlm" };
    enum { SCRIPT_LEN = 4 };
    size_t primary = brv_str_find_byte(lang, 0, '-');
    for (size_t end, from = primary + 1; from < lang.len; from = end + 1) {
        end = brv_str_find_byte(lang, from, '-');
        if (end - from == SCRIPT_LEN && !brv_is_digit(lang.ptr[from]))
            return is_among(brv_str_slice(lang, from, end), scripts, BRV_COUNT(scripts));
    }
    return is_among(brv_str_slice(lang, 0, primary), languages, BRV_COUNT(languages));
}

bool brv_base_see(struct brv_base *base, uint32_t codepoint)
{
    enum brv_bidi bidi = brv_bidi_of(codepoint);
    base->has_ltr |= bidi == BRV_BIDI_LTR;
    base->has_rtl |= bidi == BRV_BIDI_RTL;
    return base->has_rtl || (base->has_ltr && !base->is_rtl_language);
}
