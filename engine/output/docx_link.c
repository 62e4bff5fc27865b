// Brevier — link targets as Word takes them.
//
// The link policy (brv_url_is_allowed) says which addresses may be links; a package relationship
// also has to be a URI by its grammar, or Word refuses the whole document. Characters that a URI
// has no place for are percent-encoded; an address whose host or port cannot be one stays text.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || brv_is_digit(c);
}

static bool is_hex(char c)
{
    return brv_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_listed(char c, const char *list)
{
    return c != '\0' && strchr(list, c) != NULL;
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
            if (!is_alnum(text.ptr[i]) && !is_listed(text.ptr[i], "-._~!$&'()*+,;=:")) {
                return false;
            }
        }
        text = brv_str_slice(text, at + 1, text.len);
    }
    if (text.len > 0 && text.ptr[0] == '[') {
        size_t end = brv_str_find_byte(text, 1, ']');
        for (size_t i = 1; i < end; i++) {
            if (!is_hex(text.ptr[i]) && text.ptr[i] != ':' && text.ptr[i] != '.') {
                return false;
            }
        }
        brv_str rest = end < text.len ? brv_str_slice(text, end + 1, text.len) : text;
        return end > 2 &&
               (rest.len == 0 || (rest.ptr[0] == ':' && is_port(brv_str_slice(rest, 1, rest.len))));
    }
    size_t colon = brv_str_find_byte(text, 0, ':');
    for (size_t i = 0; i < colon; i++) {
        bool is_name = is_alnum(text.ptr[i]) || is_listed(text.ptr[i], "-._~") ||
                       (unsigned char)text.ptr[i] >= 0x80;
        if (!is_name) {
            return false;
        }
    }
    return colon > 0 && (colon == text.len || is_port(brv_str_slice(text, colon + 1, text.len)));
}

// Path, query and fragment with what has no place there encoded.
static void add_encoded(struct brv_buf *out, brv_str text)
{
    bool has_fragment = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_escape =
            c == '%' && i + 2 < text.len && is_hex(text.ptr[i + 1]) && is_hex(text.ptr[i + 2]);
        bool is_first_hash = c == '#' && !has_fragment;
        has_fragment |= is_first_hash;
        if (is_alnum(c) || is_listed(c, "-._~:/?@!$&'()*+,;=") || (unsigned char)c >= 0x80 ||
            is_escape || is_first_hash) {
            brv_buf_add_byte(out, c);
        } else {
            brv_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
        }
    }
}

brv_str brv_docx_link_target(struct docx *docx, brv_str href)
{
    href = brv_str_trim(href);
    if (!brv_url_is_allowed(href) || href.len == 0 || href.ptr[0] == '#') {
        return brv_url_is_allowed(href) ? href : (brv_str){ 0 };
    }
    size_t colon = brv_str_find_byte(href, 0, ':');
    brv_str scheme = brv_str_slice(href, 0, colon);
    brv_str rest = brv_str_slice(href, colon < href.len ? colon + 1 : colon, href.len);
    bool is_web = brv_str_is_nocase(scheme, "http") || brv_str_is_nocase(scheme, "https");
    bool is_other = brv_str_is_nocase(scheme, "mailto") || brv_str_is_nocase(scheme, "tel");
    brv_str authority = { 0 };
    if (is_web) {
        if (!brv_str_starts_with(rest, BRV_S("//"))) {
            return (brv_str){ 0 };
        }
        size_t end = 2;
        while (end < rest.len && !is_listed(rest.ptr[end], "/?#")) {
            end++;
        }
        authority = brv_str_slice(rest, 0, end);
        rest = brv_str_slice(rest, end, rest.len);
        if (!is_authority(brv_str_slice(authority, 2, authority.len))) {
            return (brv_str){ 0 };
        }
    } else if (!is_other || rest.len == 0) {
        return (brv_str){ 0 };
    }
    struct brv_buf out = { 0 };
    brv_buf_add_str(&out, scheme);
    brv_buf_add_byte(&out, ':');
    brv_buf_add_str(&out, authority);
    add_encoded(&out, rest);
    brv_str target = brv_arena_str(docx->arena, brv_buf_str(&out));
    brv_buf_deinit(&out);
    return target;
}
