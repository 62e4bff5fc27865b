// Brevier — telling an analysis from what is none.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/utf8.h"

// Text has hardly any of these; pictures, programs and archives are full of them.
static bool is_control(unsigned char c)
{
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b;
}

static bool starts_with(brv_str bytes, const char *magic, size_t len)
{
    return bytes.len >= len && memcmp(bytes.ptr, magic, len) == 0;
}

const char *brv_feed_content_fault(brv_str bytes)
{
    enum { SAMPLE_BYTES = 8192 };
    if (brv_str_trim(bytes).len == 0)
        return "it is empty";
    if (starts_with(bytes, "\xff\xfe", 2) || starts_with(bytes, "\xfe\xff", 2))
        return "it is UTF-16, expected UTF-8";
    brv_str sample = brv_str_slice(bytes, 0, bytes.len < SAMPLE_BYTES ? bytes.len : SAMPLE_BYTES);
    size_t controls = 0;
    size_t zeros = 0;
    for (size_t i = 0; i < sample.len; i++) {
        controls += is_control((unsigned char)sample.ptr[i]);
        zeros += sample.ptr[i] == '\0';
    }
    if (zeros * 4 > sample.len)
        return "it is UTF-16 or binary, expected UTF-8";
    if (controls * 20 > sample.len)
        return "it is binary";
    // Latin-1 and its kin: nearly every byte above ASCII stands where UTF-8 has none.
    size_t high = 0;
    size_t bad = 0;
    for (size_t at = 0; at < sample.len;) {
        size_t start = at;
        bool is_bad = brv_utf8_next(sample, &at) == BRV_REPLACEMENT &&
                      !starts_with(brv_str_slice(sample, start, at), "\xef\xbf\xbd", 3);
        high += (unsigned char)sample.ptr[start] >= 0x80;
        bad += is_bad;
    }
    if (bad > 3 && bad * 2 > high)
        return "it is not UTF-8";
    return NULL;
}
