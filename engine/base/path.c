// Brevier — paths as text.
// SPDX-License-Identifier: MIT
#include "base/file.h"

// The index after the last "/", 0 when there is none.
static size_t name_start(brv_str path)
{
    size_t start = path.len;
    while (start > 0 && path.ptr[start - 1] != '/')
        start--;
    return start;
}

brv_str brv_path_join(struct brv_arena *arena, brv_str directory, brv_str name)
{
    bool is_absolute = name.len > 0 && name.ptr[0] == '/';
    if (is_absolute || directory.len == 0)
        return brv_arena_str(arena, name);
    bool has_slash = directory.ptr[directory.len - 1] == '/';
    size_t slash = has_slash ? 0 : 1;
    char *joined = brv_arena_alloc(arena, directory.len + slash + name.len + 1);
    memcpy(joined, directory.ptr, directory.len);
    joined[directory.len] = '/'; // overwritten below when it was there already
    if (name.len)
        memcpy(joined + directory.len + slash, name.ptr, name.len);
    joined[directory.len + slash + name.len] = 0;
    return (brv_str){ joined, directory.len + slash + name.len };
}

brv_str brv_path_directory(brv_str path)
{
    size_t end = name_start(path);
    if (end == 0)
        return (brv_str){ path.ptr, 0 };
    while (end > 1 && path.ptr[end - 1] == '/')
        end--;
    return brv_str_slice(path, 0, end);
}

brv_str brv_path_file_name(brv_str path)
{
    return brv_str_slice(path, name_start(path), path.len);
}

brv_str brv_path_extension(brv_str path)
{
    brv_str name = brv_path_file_name(path);
    size_t dot = name.len;
    while (dot > 0 && name.ptr[dot - 1] != '.')
        dot--;
    return dot > 1 ? brv_str_slice(name, dot, name.len) : (brv_str){ 0 };
}

bool brv_path_is_safe(brv_str path)
{
    size_t start = 0;
    for (size_t at = 0; at <= path.len; at++) {
        char byte = at < path.len ? path.ptr[at] : '/';
        if (byte == '\\' || byte == 0)
            return false;
        if (byte != '/')
            continue;
        brv_str part = brv_str_slice(path, start, at);
        if (part.len == 0 || brv_str_is(part, ".") || brv_str_is(part, ".."))
            return false;
        start = at + 1;
    }
    return true;
}
