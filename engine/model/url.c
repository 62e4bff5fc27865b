// Brevier — the link policy: what may become a link.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "model/link.h"

static const struct {
    const char *scheme;
    bool is_web;
} allowed_schemes[] = {
    { "http", true }, { "https", true }, { "mailto", false }, { "tel", false }
};

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

// One to five digits to the end.
static bool is_port(brv_str port)
{
    bool is_good = port.len > 0 && port.len <= 5;
    for (size_t i = 0; i < port.len; i++) {
        is_good &= brv_is_digit(port.ptr[i]);
    }
    return is_good;
}

// [user@]host[:port], the host a name, possibly beyond ASCII, or an address in brackets.
static bool is_authority(brv_str text)
{
    size_t at = brv_str_find_byte(text, 0, '@');
    if (at < text.len) {
        for (size_t i = 0; i < at; i++) {
            if (!brv_is_alnum(text.ptr[i]) && !brv_is_one_of(text.ptr[i], "-._~!$&'()*+,;=:")) {
                return false;
            }
        }
        text = brv_str_slice(text, at + 1, text.len);
    }
    if (text.len > 0 && text.ptr[0] == '[') {
        size_t end = brv_str_find_byte(text, 1, ']');
        for (size_t i = 1; i < end; i++) {
            if (!brv_is_hex_digit(text.ptr[i]) && text.ptr[i] != ':' && text.ptr[i] != '.') {
                return false;
            }
        }
        brv_str rest = end < text.len ? brv_str_slice(text, end + 1, text.len) : text;
        return end > 2 &&
               (rest.len == 0 || (rest.ptr[0] == ':' && is_port(brv_str_slice(rest, 1, rest.len))));
    }
    size_t colon = brv_str_find_byte(text, 0, ':');
    for (size_t i = 0; i < colon; i++) {
        bool is_name = brv_is_alnum(text.ptr[i]) || brv_is_one_of(text.ptr[i], "-._~") ||
                       (unsigned char)text.ptr[i] >= 0x80;
        if (!is_name) {
            return false;
        }
    }
    return colon > 0 && (colon == text.len || is_port(brv_str_slice(text, colon + 1, text.len)));
}

size_t brv_url_authority_end(brv_str rest)
{
    if (!brv_str_starts_with(rest, BRV_S("//"))) {
        return 0;
    }
    size_t end = 2;
    while (end < rest.len && !brv_is_one_of(rest.ptr[end], "/?#")) {
        end++;
    }
    return end;
}

static bool is_web_address(brv_str rest)
{
    size_t end = brv_url_authority_end(rest);
    return end > 2 && is_authority(brv_str_slice(rest, 2, end));
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
        if (brv_str_is_nocase(brv_str_slice(url, 0, colon), allowed_schemes[i].scheme)) {
            return !allowed_schemes[i].is_web || is_web_address(brv_str_from(url, colon + 1));
        }
    }
    return false;
}
