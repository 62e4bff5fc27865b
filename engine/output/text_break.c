// Brevier — where the text output may break a line without a space.
// SPDX-License-Identifier: MIT
#include "output/text_break.h"

#include "base/ranges.h"
#include "output/text_fill.h"

// Scripts and signs that may break on either side without a space.
static bool is_ideographic(uint32_t codepoint)
{
    static const struct brv_range ranges[] = {
        { 0x2E80, 0x2FDF },   // radicals
        { 0x3000, 0x30FF },   // CJK punctuation, kana
        { 0x3105, 0x312F },   // Bopomofo
        { 0x3190, 0x4DBF },   // annotation, strokes, enclosed, extension A
        { 0x4E00, 0x9FFF },   // unified ideographs
        { 0xA000, 0xA4CF },   // Yi
        { 0xF900, 0xFAFF },   // compatibility ideographs
        { 0xFE30, 0xFE4F },   // vertical forms
        { 0xFF01, 0xFF9F },   // full- and half-width forms
        { 0x1F000, 0x1FAFF }, // pictographs
        { 0x20000, 0x3FFFF }, // ideographic planes
    };
    return codepoint >= 0x2E80 && BRV_IS_IN(ranges, codepoint);
}

static bool set_holds(const uint16_t *set, size_t count, uint32_t codepoint)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set[middle] < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && set[low] == codepoint;
}

// What must not begin a line: closing punctuation, small kana, marks of repetition and length.
static bool may_not_begin(uint32_t codepoint)
{
    // clang-format off
    static const uint16_t set[] = { // sorted
        '!', '%', ')', ',', '.', ':', ';', '?', ']', '}', 0x00A2, 0x00B0, 0x00B7, 0x00BB, 0x2019,
        0x201D, 0x2020, 0x2021, 0x2026, 0x2030, 0x2032, 0x2033, 0x203A, 0x203C, 0x2047, 0x2048,
        0x2049, 0x2103, 0x3001, 0x3002, 0x3003, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011,
        0x3015, 0x3017, 0x3019, 0x301B, 0x301C, 0x301E, 0x301F, 0x303B, 0x3041, 0x3043, 0x3045,
        0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095, 0x3096, 0x309B, 0x309C,
        0x309D, 0x309E, 0x30A0, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5,
        0x30E7, 0x30EE, 0x30F5, 0x30F6, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF05, 0xFF09,
        0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF60, 0xFF61, 0xFF63, 0xFF64,
        0xFF65, 0xFF9E, 0xFF9F, 0xFFE0,
    };
    // clang-format on
    return set_holds(set, BRV_COUNT(set), codepoint);
}

// What must not end a line: opening brackets and quotes, currency and number signs.
static bool may_not_end(uint32_t codepoint)
{
    // clang-format off
    static const uint16_t set[] = { // sorted
        '#', '$', '(', '[', '{', 0x00A3, 0x00A5, 0x00AB, 0x2018, 0x201C, 0x2039, 0x3008, 0x300A,
        0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFF03, 0xFF04, 0xFF08,
        0xFF3B, 0xFF5B, 0xFF5F, 0xFF62, 0xFFE1, 0xFFE5,
    };
    // clang-format on
    return set_holds(set, BRV_COUNT(set), codepoint);
}

bool brv_is_spaceless(uint32_t codepoint)
{
    static const struct brv_range ranges[] = {
        { 0x0E00, 0x109F }, // Thai, Lao, Tibetan, Myanmar
        { 0x1100, 0x11FF }, // Hangul letters
        { 0x1780, 0x17FF }, // Khmer
        { 0x1950, 0x19FF }, // Tai Le, New Tai Lue, Khmer symbols
        { 0x1A20, 0x1AAF }, // Tai Tham
        { 0x1B00, 0x1B7F }, // Balinese
        { 0xA960, 0xA9FF }, // Hangul letters, Javanese, Myanmar
        { 0xAA00, 0xAADF }, // Cham, Myanmar, Tai Viet
        { 0xAC00, 0xD7FF }, // Hangul
    };
    return codepoint >= ranges[0].first &&
           (is_ideographic(codepoint) || BRV_IS_IN(ranges, codepoint));
}

bool brv_is_no_break(uint32_t codepoint)
{
    return codepoint == 0x00A0 || codepoint == 0x202F || codepoint == 0x2060 ||
           codepoint == 0xFEFF || codepoint == BRV_MARK_SPACE;
}

bool brv_may_break_between(uint32_t before, uint32_t after)
{
    if (before < 0x2E80 && after < 0x2E80)
        return false;
    if (!is_ideographic(before) && !is_ideographic(after))
        return false;
    return !brv_is_no_break(before) && !brv_is_no_break(after) && !may_not_end(before) &&
           !may_not_begin(after);
}
