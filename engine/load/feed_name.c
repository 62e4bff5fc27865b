// Brevier — names of entries, made safe to write.
// An archive's author chooses the names in it. What comes out here stays beneath the folder it is
// joined to, on any file system: no root, no ".", "..", drive or device, no control character.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/buf.h"

enum { COMPONENT_LIMIT = 120, DEPTH_LIMIT = 40 };

// Names that Windows gives to devices, with or without a suffix.
static bool is_device(brv_str component)
{
    static const char *const names[] = { "con", "prn", "aux", "nul" };
    brv_str stem = brv_str_slice(component, 0, brv_str_find_byte(component, 0, '.'));
    for (size_t i = 0; i < BRV_COUNT(names); i++)
        if (brv_str_is_nocase(stem, names[i]))
            return true;
    if (stem.len != 4 || !brv_is_digit(stem.ptr[3]))
        return false;
    brv_str name = brv_str_slice(stem, 0, 3);
    return brv_str_is_nocase(name, "com") || brv_str_is_nocase(name, "lpt");
}

static bool is_unsafe(unsigned char c)
{
    return c < 0x20 || c == 0x7f || strchr("\\:*?\"<>|", c);
}

static void component_add(struct brv_buf *out, brv_str component)
{
    // A suffix survives the cut of a long name.
    size_t len = component.len;
    brv_str tail = { 0 };
    if (len > COMPONENT_LIMIT) {
        size_t dot = len;
        while (dot > len - 10 && component.ptr[dot - 1] != '.')
            dot--;
        tail = dot > len - 10 ? brv_str_slice(component, dot - 1, len) : (brv_str){ 0 };
        len = COMPONENT_LIMIT - tail.len;
        while (len > 0 && ((unsigned char)component.ptr[len] & 0xc0) == 0x80)
            len--; // not within a character
    }
    if (is_device(component))
        brv_buf_add_byte(out, '_');
    for (size_t i = 0; i < len; i++)
        brv_buf_add_byte(out, is_unsafe((unsigned char)component.ptr[i]) ? '_' : component.ptr[i]);
    brv_buf_add_str(out, tail);
}

// Dots and spaces at the end are dropped by some systems, a dot at the start hides a file.
static brv_str component_trim(brv_str component)
{
    while (component.len > 0 && strchr(". ", component.ptr[component.len - 1]))
        component.len--;
    while (component.len > 0 && (component.ptr[0] == '.' || component.ptr[0] == ' '))
        component = brv_str_slice(component, 1, component.len);
    return component;
}

brv_str brv_feed_name_clean(struct brv_arena *arena, brv_str raw)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    size_t depth = 0;
    for (size_t at = 0; at < raw.len;) {
        size_t end = at;
        while (end < raw.len && raw.ptr[end] != '/' && raw.ptr[end] != '\\')
            end++;
        brv_str component = component_trim(brv_str_slice(raw, at, end));
        at = end + 1;
        if (component.len == 0)
            continue;
        if (out->len > 0)
            brv_buf_add_byte(out, ++depth < DEPTH_LIMIT ? '/' : '_');
        component_add(out, component);
    }
    if (out->len == 0)
        brv_buf_add_cstr(out, "unnamed");
    return brv_buf_str(out);
}
