// Brevier — the link policy: what may become a link.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "model/document.h"

static const char *const allowed_schemes[] = { "http", "https", "mailto", "tel" };

static bool is_plain(brv_str url)
{
    for (size_t at = 0; at < url.len;) {
        uint32_t c = brv_utf8_next(url, &at);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || brv_is_bidi_control(c)) {
            return false;
        }
    }
    return true;
}

bool brv_url_is_allowed(brv_str url)
{
    // A reader may drop control characters and so see another scheme than we do: refuse them.
    if (url.len < 2 || !is_plain(url)) {
        return false;
    }
    if (url.ptr[0] == '#') {
        return true;
    }
    size_t colon = brv_str_find_byte(url, 0, ':');
    if (colon + 1 >= url.len) {
        return false;
    }
    for (size_t i = 0; i < BRV_COUNT(allowed_schemes); i++) {
        if (brv_str_is_nocase(brv_str_slice(url, 0, colon), allowed_schemes[i])) {
            return true;
        }
    }
    return false;
}
