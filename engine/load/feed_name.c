// Brevier — names of entries, made safe to write.
// An archive's author chooses the names in it. What comes out here stays beneath the folder it is
// joined to, on any file system: no root, no ".", "..", drive or device, no control character, no
// bytes that are no UTF-8, and not longer than paths may get. No folder is called like an output,
// so that none stands where a file is to be written, and none like the folder of the quarantine.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "load/feed_fold.h"

enum { COMPONENT_LIMIT = 120, DEPTH_LIMIT = 40, FOLDERS_LIMIT = 700 };

// "1", and "¹", which Windows takes for it.
static bool is_port_number(brv_str text)
{
    return (text.len == 1 && brv_is_digit(text.ptr[0])) || brv_str_is(text, "¹") ||
           brv_str_is(text, "²") || brv_str_is(text, "³");
}

// Names that Windows gives to devices, with or without a suffix, and blanks before that.
static bool is_device(brv_str component)
{
    static const char *const names[] = { "con", "prn", "aux", "nul", "conin$", "conout$" };
    brv_str stem = brv_str_slice(component, 0, brv_str_find_byte(component, 0, '.'));
    while (brv_str_ends_with(stem, BRV_S(" ")))
        stem.len--;
    for (size_t i = 0; i < BRV_COUNT(names); i++)
        if (brv_str_is_nocase(stem, names[i]))
            return true;
    brv_str name = brv_str_slice(stem, 0, stem.len < 3 ? stem.len : 3);
    return is_port_number(brv_str_from(stem, 3)) &&
           (brv_str_is_nocase(name, "com") || brv_str_is_nocase(name, "lpt"));
}

static bool is_unsafe(uint32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0) ||
           codepoint == BRV_REPLACEMENT || brv_is_bidi_control(codepoint) ||
           (codepoint < 0x7f && strchr("\\:*?\"<>|", (int)codepoint));
}

static void text_add(struct brv_buf *out, brv_str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        if (is_unsafe(brv_utf8_next(text, &at)))
            brv_buf_add_byte(out, '_');
        else
            brv_buf_add_str(out, brv_str_slice(text, start, at));
    }
}

static bool is_like_output(brv_str component)
{
    static const char *const suffixes[] = { "pdf", "docx", "txt" };
    brv_str suffix = brv_path_extension(component);
    for (size_t i = 0; i < BRV_COUNT(suffixes); i++)
        if (brv_str_is_nocase(suffix, suffixes[i]))
            return true;
    return false;
}

// "ledger.sqlite", "ledger-1-of-4.sqlite-journal": a folder there would keep the ledger from
// being opened.
static bool is_like_ledger(brv_str component)
{
    static const char stem[] = "ledger";
    static const char suffix[] = ".sqlite";
    if (component.len < strlen(stem) ||
        !brv_str_is_nocase(brv_str_slice(component, 0, strlen(stem)), stem))
        return false;
    for (size_t at = strlen(stem); at + strlen(suffix) <= component.len; at++)
        if (brv_str_is_nocase(brv_str_slice(component, at, at + strlen(suffix)), suffix))
            return true;
    return false;
}

static void component_add(struct brv_buf *out, brv_str component, bool is_folder)
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
    bool is_of_batch = out->len == 0 && (brv_feed_folds_to(component, BRV_FEED_QUARANTINE) ||
                                         (is_folder && is_like_ledger(component)));
    if (is_device(component) || is_of_batch)
        brv_buf_add_byte(out, '_');
    text_add(out, brv_str_slice(component, 0, len));
    text_add(out, tail);
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

static brv_str component_cut(brv_str *rest)
{
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != '/' && rest->ptr[end] != '\\')
        end++;
    brv_str component = component_trim(brv_str_slice(*rest, 0, end));
    *rest = brv_str_from(*rest, end + 1);
    return component;
}

// What lies deeper than folders may, as one component: "a_b_c.md" of "a/b/c.md".
static brv_str components_join(struct brv_arena *arena, brv_str first, brv_str rest)
{
    struct brv_buf *joined = brv_buf_new_in(arena);
    brv_buf_add_str(joined, first);
    while (rest.len > 0) {
        brv_str component = component_cut(&rest);
        if (component.len > 0)
            brv_buf_add_byte(joined, '_');
        brv_buf_add_str(joined, component);
    }
    return brv_buf_str(joined);
}

// The next part of a path that tells something: neither "." nor nothing. False at its end.
static bool part_next(brv_str *path, brv_str *part)
{
    do {
        if (path->len == 0)
            return false;
        size_t slash = brv_str_find_byte(*path, 0, '/');
        *part = brv_str_slice(*path, 0, slash);
        *path = brv_str_from(*path, slash + 1);
    } while (part->len == 0 || brv_str_is(*part, "."));
    return true;
}

// A name without what it may lose unsaid: "./", as "tar c ." puts before each, and doubled slashes.
// A root stays.
static brv_str tidy(struct brv_arena *arena, brv_str raw)
{
    struct brv_buf *name = brv_buf_new_in(arena);
    if (brv_str_starts_with(raw, BRV_S("/")))
        brv_buf_add_byte(name, '/');
    brv_str part;
    while (part_next(&raw, &part)) {
        if (name->len > 0 && name->ptr[name->len - 1] != '/')
            brv_buf_add_byte(name, '/');
        brv_buf_add_str(name, part);
    }
    return brv_buf_str(name);
}

// ---- exported

brv_str brv_feed_visible(struct brv_arena *arena, brv_str text)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_buf_add_visible(out, text);
    return brv_buf_str(out);
}

brv_str brv_feed_joined(struct brv_arena *arena, brv_str before, brv_str name)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_buf_add_str(out, before);
    brv_buf_add_str(out, name);
    return brv_buf_str(out);
}

brv_str brv_feed_name_of_path(struct brv_arena *arena, brv_str path)
{
    struct brv_buf *name = brv_buf_new_in(arena);
    brv_str part;
    while (part_next(&path, &part)) {
        if (brv_str_is(part, "..")) {
            while (name->len > 0 && name->ptr[name->len - 1] != '/')
                name->len--;
            name->len -= name->len > 0;
            continue;
        }
        if (name->len > 0)
            brv_buf_add_byte(name, '/');
        brv_buf_add_str(name, part);
    }
    return brv_buf_str(name);
}

brv_str brv_feed_name_clean(struct brv_arena *arena, brv_str raw)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    for (size_t depth = 1; raw.len > 0;) {
        brv_str component = component_cut(&raw);
        if (component.len == 0 || (raw.len > 0 && out->len > FOLDERS_LIMIT))
            continue;
        if (depth++ == DEPTH_LIMIT) {
            component = components_join(arena, component, raw);
            raw.len = 0;
        }
        if (out->len > 0)
            brv_buf_add_byte(out, '/');
        component_add(out, component, raw.len > 0);
        if (raw.len > 0 && is_like_output(component))
            brv_buf_add_byte(out, '_');
    }
    if (out->len == 0)
        brv_buf_add_cstr(out, "unnamed");
    return brv_buf_str(out);
}

brv_str brv_feed_name_warning(struct brv_arena *arena, brv_str prefix, brv_str raw, brv_str clean,
                              brv_str called)
{
    // Most names are as they were; what is joined and tidied is for the others.
    bool is_same =
        brv_str_starts_with(clean, prefix) && brv_str_equal(brv_str_from(clean, prefix.len), raw);
    if (is_same || brv_str_equal(clean, brv_feed_joined(arena, prefix, tidy(arena, raw))))
        return (brv_str){ 0 };
    brv_str whole = brv_feed_joined(arena, prefix, raw);
    // What stands before a name may be what is not safe.
    bool is_own = !brv_str_equal(brv_feed_name_clean(arena, raw), tidy(arena, raw));
    return brv_arena_printf(arena,
                            "its name \"%" BRV_STR_F
                            "\" is not safe to write, it is called \"%" BRV_STR_F "\"",
                            BRV_STR_ARG(brv_feed_visible(arena, is_own ? raw : whole)),
                            BRV_STR_ARG(called));
}

brv_str brv_feed_name_cut(brv_str raw)
{
    enum { NAME_BYTES = 4096 };
    if (raw.len <= NAME_BYTES)
        return raw;
    size_t len = NAME_BYTES;
    while (len > 0 && ((unsigned char)raw.ptr[len] & 0xc0) == 0x80)
        len--; // not within a character
    return brv_str_slice(raw, 0, len);
}

brv_str brv_feed_name_numbered(struct brv_arena *arena, brv_str path, size_t number)
{
    brv_str name = brv_path_file_name(path);
    size_t suffix = brv_path_extension(name).len;
    name = suffix > 0 ? brv_str_slice(name, 0, name.len - suffix - 1) : name;
    return brv_arena_printf(arena, "%" BRV_STR_F "-%zu", BRV_STR_ARG(name), number);
}
