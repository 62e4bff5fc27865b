// Brevier — column widths.
// SPDX-License-Identifier: MIT
#include "base/width.h"

#include "base/ranges.h"
#include "base/utf8.h"

#include "base/width_tables.h"

enum {
    ZERO_WIDTH_JOINER = 0x200D,
    EMOJI_SELECTOR = 0xFE0F,
    FIRST_REGIONAL = 0x1F1E6, // letters that make flags in pairs
    LAST_REGIONAL = 0x1F1FF,
    FIRST_SKIN_TONE = 0x1F3FB,
    LAST_SKIN_TONE = 0x1F3FF,
};

static bool is_regional(uint32_t codepoint)
{
    return codepoint >= FIRST_REGIONAL && codepoint <= LAST_REGIONAL;
}

static bool is_skin_tone(uint32_t codepoint)
{
    return codepoint >= FIRST_SKIN_TONE && codepoint <= LAST_SKIN_TONE;
}

int brv_codepoint_width(uint32_t codepoint)
{
    // What is printed in Latin, Greek or Cyrillic letters: these, dashes, quotes and bullets, lines
    // of boxes.
    if ((codepoint >= 0x20 && codepoint < 0x7F) || (codepoint >= 0xA0 && codepoint < 0x300) ||
        (codepoint >= 0x370 && codepoint < 0x483) || (codepoint >= 0x2010 && codepoint < 0x2028) ||
        (codepoint >= 0x2500 && codepoint < 0x2580))
        return 1;
    if (codepoint >= 0x4E00 && codepoint < 0xA000) // ideographs
        return 2;
    if (BRV_IS_IN(zero_ranges, codepoint))
        return 0;
    return BRV_IS_IN(wide_ranges, codepoint) ? 2 : 1;
}

int brv_cluster_width(brv_str s, size_t *at)
{
    // Nearly all text: ASCII, with ASCII or nothing after it.
    unsigned char first = (unsigned char)s.ptr[*at];
    if (first >= 0x20 && first < 0x7F &&
        (*at + 1 == s.len || (unsigned char)s.ptr[*at + 1] < 0x7F)) {
        (*at)++;
        return 1;
    }
    uint32_t base = brv_utf8_next(s, at);
    int width = brv_codepoint_width(base);
    if (*at == s.len || (unsigned char)s.ptr[*at] < 0x80)
        return width;       // ASCII joins nothing
    bool is_joined = false; // a joiner has just been passed
    uint32_t previous = base;
    while (*at < s.len) {
        if (base < 0x7F && (unsigned char)s.ptr[*at] < 0x7F)
            break; // a control character beside ASCII
        size_t next = *at;
        uint32_t codepoint = brv_utf8_next(s, &next);
        if (is_regional(base) && previous == base && *at + 4 == next && is_regional(codepoint)) {
            *at = next;
            return 2;
        }
        bool belongs = brv_codepoint_width(codepoint) == 0 && !brv_is_invisible(codepoint);
        if ((is_skin_tone(codepoint) || (is_joined && BRV_IS_IN(pictographic_ranges, codepoint))) &&
            BRV_IS_IN(pictographic_ranges, base))
            belongs = true;
        if (!belongs)
            break;
        if (codepoint == EMOJI_SELECTOR && previous == base && BRV_IS_IN(emoji_ranges, base))
            width = 2;
        is_joined = codepoint == ZERO_WIDTH_JOINER;
        previous = codepoint;
        *at = next;
    }
    return width;
}

size_t brv_str_width(brv_str s)
{
    size_t width = 0;
    for (size_t at = 0; at < s.len;) {
        // A run of ASCII: each but its last byte stands for itself.
        size_t start = at;
        while (at < s.len && (unsigned char)s.ptr[at] - 0x20u < 0x5F)
            at++;
        if (at > start && at < s.len)
            at--;
        width += at - start;
        if (at < s.len)
            width += (size_t)brv_cluster_width(s, &at);
    }
    return width;
}
