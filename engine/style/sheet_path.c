// Brevier — which file a stylesheet's name means.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "style/sheet.h"

#include <assert.h>

static bool has_scheme(brv_str path)
{
    size_t colon = brv_str_find(path, 0, BRV_S("://"));
    return colon < path.len && colon == brv_str_find_byte(path, 0, ':');
}

static bool is_name(brv_str sheet)
{
    return brv_str_find_byte(sheet, 0, '/') == sheet.len &&
           !brv_str_ends_with(sheet, BRV_S(".css"));
}

// The file of a name in the search path; empty when there is none.
static brv_str find_named(struct brv_arena *arena, const struct brv_stylesheets_options *options,
                          brv_str name)
{
    brv_str file = brv_arena_printf(arena, "%" BRV_STR_F ".css", BRV_STR_ARG(name));
    for (size_t i = 0; i < options->search_path_count; i++) {
        brv_str path = brv_path_join(arena, options->search_path[i], file);
        if (brv_file_exists(path))
            return path;
    }
    return (brv_str){ 0 };
}

static void report_missing_name(struct brv_arena *arena,
                                const struct brv_stylesheets_options *options, brv_str name,
                                struct brv_span span, struct brv_sink *sink)
{
    const char **names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < options->search_path_count; i++) {
        size_t entry_count = 0;
        brv_str *entries = brv_directory_list(arena, options->search_path[i], &entry_count);
        for (size_t k = 0; k < entry_count; k++) {
            if (brv_str_ends_with(entries[k], BRV_S(".css")))
                BRV_PUSH(arena, names, count, capacity) =
                    brv_arena_cstr(arena, brv_str_slice(entries[k], 0, entries[k].len - 4));
        }
    }
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_STYLE,
                                       span,
                                       "no stylesheet is called \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    brv_diag_hint_nearest(sink, diag, name, names, count);
}

bool brv_css_find_sheet(struct brv_arena *arena, const struct brv_stylesheets_options *options,
                        brv_str sheet, const brv_str *importer, struct brv_span span, brv_str *path,
                        struct brv_sink *sink)
{
    *path = sheet;
    if (has_scheme(sheet)) {
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         span,
                         "a stylesheet is a file, nothing is fetched from a network");
        return false;
    }
    if (is_name(sheet)) {
        *path = find_named(arena, options, sheet);
        if (path->len == 0)
            report_missing_name(arena, options, sheet, span, sink);
        return path->len > 0;
    }
    if (importer)
        *path = brv_path_join(arena, brv_path_directory(*importer), sheet);
    return true;
}

void brv_css_hint_named(struct brv_arena *arena, const struct brv_stylesheets_options *options,
                        brv_str sheet, struct brv_sink *sink)
{
    if (!brv_str_ends_with(sheet, BRV_S(".css")) || brv_str_find_byte(sheet, 0, '/') < sheet.len)
        return;
    brv_str name = brv_str_slice(sheet, 0, sheet.len - strlen(".css"));
    if (find_named(arena, options, name).len > 0)
        brv_diag_hint(sink,
                      sink->last,
                      "there is a sheet of that name to be had as \"%" BRV_STR_F "\"",
                      BRV_STR_ARG(name));
}

brv_str brv_css_path_key(struct brv_arena *arena, brv_str path)
{
    assert(path.len == 0 || path.ptr);
    char *key = brv_arena_alloc(arena, path.len + 1);
    bool is_absolute = brv_str_starts_with(path, BRV_S("/"));
    size_t len = 0;
    for (size_t at = 0; at < path.len;) {
        size_t end = brv_str_find_byte(path, at, '/');
        brv_str part = brv_str_slice(path, at, end);
        at = end + 1;
        if (brv_str_is(part, ".") || (part.len == 0 && at > 1))
            continue;
        size_t parent = len;
        while (parent > 0 && key[parent - 1] != '/')
            parent--;
        bool has_parent = parent > 0 && !brv_str_is((brv_str){ key + parent, len - parent }, "..");
        if (brv_str_is(part, "..") && has_parent) {
            len = parent - 1;
            continue;
        }
        if (at > 1 && (len > 0 || is_absolute))
            key[len++] = '/';
        for (size_t i = 0; i < part.len; i++)
            key[len++] = part.ptr[i];
    }
    return (brv_str){ key, len };
}
