// Brevier — what a folder holds, and what a path is.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "base/system.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool path_stat(brv_str path, struct stat *info)
{
    char *name = brv_path_cstr(path);
    bool found = name && stat(name, info) == 0;
    free(name);
    return found;
}

static int names_compare(const void *a, const void *b)
{
    return brv_str_compare(*(const brv_str *)a, *(const brv_str *)b);
}

bool brv_file_exists(brv_str path)
{
    struct stat info;
    return path_stat(path, &info);
}

bool brv_is_directory(brv_str path)
{
    struct stat info;
    return path_stat(path, &info) && S_ISDIR(info.st_mode);
}

static bool stamp_of(brv_str path, mode_t type, struct brv_file_stamp *stamp)
{
    struct stat info;
    if (!path_stat(path, &info) || (info.st_mode & S_IFMT) != type)
        return false;
    *stamp = (struct brv_file_stamp){
        .size_bytes = info.st_size,
        .seconds = info.st_mtim.tv_sec,
        .nanoseconds = info.st_mtim.tv_nsec,
    };
    return true;
}

bool brv_file_stamp(brv_str path, struct brv_file_stamp *stamp)
{
    return stamp_of(path, S_IFREG, stamp);
}

bool brv_directory_stamp(brv_str path, struct brv_file_stamp *stamp)
{
    return stamp_of(path, S_IFDIR, stamp);
}

brv_str *brv_directory_list(struct brv_arena *arena, brv_str path, size_t *count)
{
    *count = 0;
    char *name = brv_path_cstr(path.len ? path : BRV_S("."));
    DIR *directory = name ? opendir(name) : NULL;
    free(name);
    brv_str *names = NULL;
    size_t capacity = 0;
    if (!directory)
        return NULL;
    for (const struct dirent *entry; (entry = readdir(directory));) {
        brv_str found = brv_str_from_cstr(entry->d_name);
        if (!brv_str_is(found, ".") && !brv_str_is(found, ".."))
            BRV_PUSH(arena, names, *count, capacity) = brv_arena_str(arena, found);
    }
    closedir(directory);
    if (*count > 1)
        qsort(names, *count, sizeof *names, names_compare);
    return names;
}
