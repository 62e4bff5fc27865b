// Brevier — globs over relative paths.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include <fnmatch.h>

// fnmatch() wants NUL-terminated text; components and patterns are short.
enum { COMPONENT_BYTES = 256 };

static bool component_matches(brv_str glob, brv_str component)
{
    char pattern[COMPONENT_BYTES];
    char text[COMPONENT_BYTES];
    if (glob.len >= sizeof pattern || component.len >= sizeof text)
        return false;
    memcpy(pattern, glob.ptr, glob.len);
    pattern[glob.len] = '\0';
    memcpy(text, component.ptr, component.len);
    text[component.len] = '\0';
    return fnmatch(pattern, text, 0) == 0;
}

static brv_str component_cut(brv_str *rest)
{
    size_t slash = brv_str_find_byte(*rest, 0, '/');
    brv_str component = brv_str_slice(*rest, 0, slash);
    *rest = brv_str_from(*rest, slash + 1);
    return component;
}

// Matches a prefix of the path that ends at a component. Each "**" is tried at every place; only
// the last one needs to be gone back to, so the work is bounded by the product of the lengths.
static bool anchored_matches(brv_str glob, brv_str path, bool folders_only, bool is_folder)
{
    brv_str after_stars = { 0 };
    brv_str resume = { 0 };
    bool has_stars = false;
    for (;;) {
        brv_str glob_rest = glob;
        brv_str path_rest = path;
        if (glob.len == 0)
            return !folders_only || path.len > 0 || is_folder;
        brv_str part = component_cut(&glob_rest);
        if (brv_str_is(part, "**")) {
            has_stars = true;
            after_stars = glob = glob_rest;
            resume = path;
            if (glob.len == 0)
                return path.len > 0;
            continue;
        }
        if (path.len > 0 && component_matches(part, component_cut(&path_rest))) {
            glob = glob_rest;
            path = path_rest;
            continue;
        }
        if (!has_stars || resume.len == 0)
            return false;
        component_cut(&resume);
        glob = after_stars;
        path = resume;
    }
}

bool brv_glob_matches(brv_str glob, brv_str path, bool is_folder)
{
    bool folders_only = brv_str_ends_with(glob, BRV_S("/"));
    if (folders_only)
        glob = brv_str_slice(glob, 0, glob.len - 1);
    bool is_anchored = brv_str_find_byte(glob, 0, '/') < glob.len;
    if (brv_str_starts_with(glob, BRV_S("/")))
        glob = brv_str_slice(glob, 1, glob.len);
    if (glob.len == 0)
        return false;
    if (is_anchored)
        return anchored_matches(glob, path, folders_only, is_folder);
    while (path.len > 0) {
        brv_str component = component_cut(&path);
        bool stands_for_folder = path.len > 0 || is_folder;
        if ((stands_for_folder || !folders_only) && component_matches(glob, component))
            return true;
    }
    return false;
}

bool brv_globs_match(const brv_str *globs, size_t count, brv_str path)
{
    for (size_t i = 0; i < count; i++)
        if (brv_glob_matches(globs[i], path, false))
            return true;
    return false;
}
