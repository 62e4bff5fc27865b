// Brevier — UTF-8: decoding, encoding, counting.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

// What the lead byte promises: how many bytes follow and which range the first of them has. The
// ranges shut out overlong forms, surrogates and what lies beyond U+10FFFF (Unicode, table 3-7).
struct lead {
    unsigned char following;
    unsigned char low;
    unsigned char high;
};

static struct lead lead_of(unsigned char byte)
{
    if (byte >= 0xC2 && byte <= 0xDF)
        return (struct lead){ 1, 0x80, 0xBF };
    if (byte >= 0xE0 && byte <= 0xEF)
        return (struct lead){ 2, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF };
    if (byte >= 0xF0 && byte <= 0xF4)
        return (struct lead){ 3, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF };
    return (struct lead){ 0 };
}

uint32_t brv_utf8_next_wide(brv_str s, size_t *at)
{
    unsigned char first = (unsigned char)s.ptr[(*at)++];
    struct lead lead = lead_of(first);
    if (lead.following == 0)
        return BRV_REPLACEMENT;
    uint32_t codepoint = first & (0x3Fu >> lead.following);
    for (unsigned i = 0; i < lead.following; i++) {
        if (*at >= s.len)
            return BRV_REPLACEMENT;
        unsigned char byte = (unsigned char)s.ptr[*at];
        if (i == 0 ? byte < lead.low || byte > lead.high : !is_continuation(byte))
            return BRV_REPLACEMENT;
        codepoint = codepoint << 6 | (byte & 0x3F);
        (*at)++;
    }
    return codepoint;
}

uint32_t brv_utf8_previous(brv_str s, size_t *at)
{
    size_t start = *at - 1;
    while (start > 0 && *at - start < 4 && is_continuation((unsigned char)s.ptr[start]))
        start--;
    // The bytes from there are one code point (or one malformed part) only if they end here.
    size_t end = start;
    uint32_t codepoint = brv_utf8_next((brv_str){ s.ptr, *at }, &end);
    if (end != *at) {
        start = *at - 1;
        codepoint = BRV_REPLACEMENT;
    }
    *at = start;
    return codepoint;
}

size_t brv_utf8_encode(uint32_t codepoint, char out[4])
{
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF))
        codepoint = BRV_REPLACEMENT;
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    if (codepoint < 0x800) {
        out[0] = (char)(0xC0 | codepoint >> 6);
        out[1] = (char)(0x80 | (codepoint & 0x3F));
        return 2;
    }
    if (codepoint < 0x10000) {
        out[0] = (char)(0xE0 | codepoint >> 12);
        out[1] = (char)(0x80 | (codepoint >> 6 & 0x3F));
        out[2] = (char)(0x80 | (codepoint & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | codepoint >> 18);
    out[1] = (char)(0x80 | (codepoint >> 12 & 0x3F));
    out[2] = (char)(0x80 | (codepoint >> 6 & 0x3F));
    out[3] = (char)(0x80 | (codepoint & 0x3F));
    return 4;
}

bool brv_utf8_is_valid(brv_str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        // U+FFFD written out is three bytes; a malformed part is at most three that differ from it.
        if (brv_utf8_next(s, &at) == BRV_REPLACEMENT &&
            !brv_str_equal(brv_str_slice(s, start, at), BRV_S("\xEF\xBF\xBD")))
            return false;
    }
    return true;
}

size_t brv_utf8_length(brv_str s)
{
    size_t length = 0;
    for (size_t at = 0; at < s.len; length++)
        (void)brv_utf8_next(s, &at);
    return length;
}

static bool is_plain(char byte)
{
    return (byte >= 0x20 && byte < 0x7F) || byte == '\t' || byte == '\n';
}

// Nearly all of most texts is plain, so as many bytes at a time as a register holds. They are
// signed: what is not ASCII is below all others.
typedef signed char sixteen __attribute__((vector_size(16)));

size_t brv_utf8_skip_plain(brv_str text, size_t at)
{
    for (; at + sizeof(sixteen) <= text.len; at += sizeof(sixteen)) {
        sixteen bytes;
        uint64_t halves[2]; // all bits of a plain byte
        memcpy(&bytes, text.ptr + at, sizeof bytes);
        const sixteen plain =
            ((bytes > 0x1F) & (bytes != 0x7F)) | (bytes == '\t') | (bytes == '\n');
        memcpy(halves, &plain, sizeof halves);
        if ((halves[0] & halves[1]) != UINT64_MAX)
            break;
    }
    while (at < text.len && is_plain(text.ptr[at]))
        at++;
    return at;
}

bool brv_is_bidi_control(uint32_t codepoint)
{
    return (codepoint >= 0x202A && codepoint <= 0x202E) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069);
}

bool brv_is_noncharacter(uint32_t codepoint)
{
    return (codepoint >= 0xFDD0 && codepoint <= 0xFDEF) || (codepoint & 0xFFFE) == 0xFFFE;
}

bool brv_is_invisible(uint32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7F && codepoint <= 0x9F) || codepoint == 0x2028 ||
           codepoint == 0x2029 || brv_is_bidi_control(codepoint) || brv_is_noncharacter(codepoint);
}
