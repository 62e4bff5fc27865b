// Brevier — bidirectional text: levels.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"

#include "base/direction.h"
#include "base/utf8.h"

#include <fribidi.h>

static bool may_be_rtl(uint32_t c)
{
    return (c >= 0x590 && c <= 0x8FF) || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

static bool has_rtl(brv_str text)
{
    for (size_t at = 0; at < text.len;) {
        if (may_be_rtl(brv_utf8_next(text, &at))) {
            return true;
        }
    }
    return false;
}

static bool has_rtl_letter(brv_str text)
{
    struct brv_base base = { .is_rtl_language = true };
    for (size_t at = 0; at < text.len;) {
        if (brv_base_see(&base, brv_utf8_next(text, &at))) {
            return true;
        }
    }
    return false;
}

// Levels by character in a paragraph whose direction is given, or ON when FriBidi is to find it;
// false when there is no room for what it needs.
static bool find_levels(struct brv_arena *arena, brv_str text, int *count, FriBidiLevel **levels,
                        FriBidiParType *base)
{
    if (text.len > INT32_MAX / 8) {
        return false;
    }
    FriBidiChar *chars = BRV_NEW_ARRAY(arena, FriBidiChar, text.len);
    *count = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        chars[(*count)++] = c == '\n' ? 0x2028 : c; // a line, not a paragraph, ends there
    }
    size_t n = (size_t)*count;
    FriBidiCharType *types = BRV_NEW_ARRAY(arena, FriBidiCharType, n);
    FriBidiBracketType *brackets = BRV_NEW_ARRAY(arena, FriBidiBracketType, n);
    *levels = BRV_NEW_ARRAY(arena, FriBidiLevel, n);
    fribidi_get_bidi_types(chars, *count, types);
    fribidi_get_bracket_types(chars, *count, types, brackets);
    return fribidi_get_par_embedding_levels_ex(types, brackets, *count, base, *levels) != 0;
}

void brv_paragraph_find_levels(struct brv_layout *layout, struct brv_paragraph *p)
{
    const enum brv_white_space spaces = p->style->white_space;
    const bool is_code = spaces == BRV_SPACE_PRE || spaces == BRV_SPACE_PRE_WRAP;
    const bool is_rtl_language = !is_code && brv_lang_is_rtl(p->lang);
    if (!p->begins_as_told) {
        p->begins_at_right = is_rtl_language;
    }
    if (!p->is_rtl && !has_rtl(p->text)) {
        return;
    }
    struct brv_arena *arena = brv_arena_new(); // what FriBidi needs is several times the text
    FriBidiLevel *levels;
    FriBidiParType base = is_rtl_language && has_rtl_letter(p->text) ? FRIBIDI_PAR_RTL
                          : p->is_rtl                                ? FRIBIDI_PAR_WRTL
                                                                     : FRIBIDI_PAR_ON;
    int count;
    if (find_levels(arena, p->text, &count, &levels, &base)) {
        p->is_rtl = FRIBIDI_IS_RTL(base);
        p->begins_at_right |= p->is_rtl && !p->begins_as_told;
        uint8_t *by_byte = BRV_NEW_ARRAY(layout->scratch, uint8_t, p->text.len);
        size_t at = 0;
        for (size_t i = 0; i < (size_t)count; i++) {
            by_byte[at] = (uint8_t)levels[i];
            (void)brv_utf8_next(p->text, &at);
        }
        p->levels = by_byte;
    }
    brv_arena_free(arena);
}
