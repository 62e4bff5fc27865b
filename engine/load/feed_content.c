// Brevier — telling an analysis from what is none.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/utf8.h"

// Controls that a text may have. It has hardly any others; pictures, programs and archives are full
// of them.
static bool is_of_text(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x1b;
}

static bool starts_with(brv_str bytes, const char *magic, size_t len)
{
    return bytes.len >= len && memcmp(bytes.ptr, magic, len) == 0;
}

// What a text has beside printable ASCII.
struct census {
    size_t odd; // characters in all
    size_t zeros;
    size_t controls; // with the zeros
    size_t malformed;
};

// Of the whole text: where in it the first odd byte stands says nothing. What is plain, nearly all
// of most texts, is passed over eight bytes at a time.
static struct census census_take(brv_str text)
{
    struct census census = { 0 };
    for (size_t at = brv_utf8_skip_plain(text, 0); at < text.len;
         at = brv_utf8_skip_plain(text, at)) {
        size_t start = at;
        uint32_t codepoint = brv_utf8_next(text, &at);
        bool is_control = codepoint < 0x20 && !is_of_text(codepoint);
        bool is_bad = codepoint == BRV_REPLACEMENT &&
                      !starts_with(brv_str_slice(text, start, at), "\xef\xbf\xbd", 3);
        census.odd += !is_of_text(codepoint);
        census.zeros += codepoint == 0;
        census.controls += is_control;
        census.malformed += is_bad;
    }
    return census;
}

// ---- exported

const char *brv_feed_content_fault(brv_str bytes)
{
    enum { FEW = 3 }; // bytes gone astray in a text, which is shown with marks in their place
    if (starts_with(bytes, "\xff\xfe", 2) || starts_with(bytes, "\xfe\xff", 2))
        return "it is UTF-16, expected UTF-8";
    brv_str text = starts_with(bytes, "\xef\xbb\xbf", 3) ? brv_str_from(bytes, 3) : bytes;
    if (brv_str_trim(text).len == 0)
        return "it is empty";
    struct census census = census_take(text);
    if (census.zeros > FEW && census.zeros * 2 > census.odd)
        return "it is UTF-16 or binary, expected UTF-8";
    if (census.controls > FEW && census.controls * 20 > text.len)
        return "it is binary";
    // Latin-1 and its kin: nearly every byte above ASCII stands where UTF-8 has none.
    if (census.malformed > FEW && census.malformed * 2 > census.odd - census.controls)
        return "it is not UTF-8";
    return NULL;
}
