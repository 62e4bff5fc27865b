// Brevier — text-transform.
// Simple case mapping, one character to one character, of the scripts that have case and that
// reports are written in. Rows name ranges where lower case follows from upper case by a distance,
// or where the two alternate.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "base/utf8.h"
#include "style/styled.h"

static const struct {
    uint32_t first; // upper-case range
    uint32_t last;
    uint32_t distance; // to lower case; 1: upper and lower alternate, starting with upper
} ranges[] = {
    { 'A', 'Z', 32 },       { 0x00C0, 0x00D6, 32 }, { 0x00D8, 0x00DE, 32 }, { 0x0100, 0x012F, 1 },
    { 0x0132, 0x0137, 1 },  { 0x0139, 0x0148, 1 },  { 0x014A, 0x0177, 1 },  { 0x0179, 0x017E, 1 },
    { 0x01CD, 0x01DC, 1 },  { 0x01DE, 0x01EF, 1 },  { 0x01F8, 0x021F, 1 },  { 0x0222, 0x0233, 1 },
    { 0x0388, 0x038A, 37 }, { 0x0391, 0x03A1, 32 }, { 0x03A3, 0x03AB, 32 }, { 0x0400, 0x040F, 80 },
    { 0x0410, 0x042F, 32 }, { 0x0460, 0x0481, 1 },  { 0x048A, 0x04BF, 1 },  { 0x04C1, 0x04CE, 1 },
    { 0x04D0, 0x052F, 1 },  { 0x0531, 0x0556, 48 }, { 0x1E00, 0x1E95, 1 },  { 0x1EA0, 0x1EFF, 1 },
};
static const struct {
    uint32_t upper;
    uint32_t lower;
} singles[] = {
    { 0x0178, 0x00FF }, // Ÿ
    { 0x0386, 0x03AC }, // Ά
    { 0x038C, 0x03CC }, // Ό
    { 0x038E, 0x03CD }, // Ύ
    { 0x038F, 0x03CE }, // Ώ
    { 0x04C0, 0x04CF }, // palochka
    { 0x1E9E, 0x00DF }, // ß
};

static uint32_t to_lower(uint32_t c)
{
    for (size_t i = 0; i < BRV_COUNT(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return ranges[i].distance > 1           ? c + ranges[i].distance
                   : (c - ranges[i].first) % 2 == 0 ? c + 1
                                                    : c;
    }
    for (size_t i = 0; i < BRV_COUNT(singles); i++) {
        if (c == singles[i].upper)
            return singles[i].lower;
    }
    return c;
}

static uint32_t to_upper(uint32_t c)
{
    for (size_t i = 0; i < BRV_COUNT(ranges); i++) {
        uint32_t distance = ranges[i].distance;
        if (distance > 1 && c >= ranges[i].first + distance && c <= ranges[i].last + distance)
            return c - distance;
        if (distance == 1 && c >= ranges[i].first && c <= ranges[i].last)
            return (c - ranges[i].first) % 2 == 1 ? c - 1 : c;
    }
    if (c == 0x03C2) // final sigma
        return 0x03A3;
    for (size_t i = 0; i < BRV_COUNT(singles); i++) {
        if (c == singles[i].lower && c != 0x00DF) // upper-case ß is a matter of taste
            return singles[i].upper;
    }
    return c;
}

static bool is_letter(uint32_t c)
{
    return to_lower(c) != c || to_upper(c) != c || (c >= '0' && c <= '9') || c == '\'' ||
           c == 0x2019 || c == 0x00DF;
}

brv_str brv_text_transformed(struct brv_arena *arena, brv_str text, enum brv_text_transform how)
{
    if (how == BRV_TRANSFORM_NONE)
        return text;
    struct brv_buf out = { 0 };
    bool is_in_word = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        bool is_first = !is_in_word;
        is_in_word = is_letter(c);
        if (how == BRV_TRANSFORM_UPPERCASE || (how == BRV_TRANSFORM_CAPITALIZE && is_first))
            c = to_upper(c);
        else if (how == BRV_TRANSFORM_LOWERCASE)
            c = to_lower(c);
        brv_buf_add_codepoint(&out, c);
    }
    brv_str result = brv_arena_str(arena, brv_buf_str(&out));
    brv_buf_deinit(&out);
    return result;
}
