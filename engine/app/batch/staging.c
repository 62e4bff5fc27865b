// Brevier — the folder of temporary files of a batch, and the lock on it.
// SPDX-License-Identifier: MIT
#include "app/batch/staging.h"

#include "app/batch/batch.h"
#include "base/file.h"
#include "base/system.h"
#include "output/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct staging { // held open
    const char *path;
    int folder;
};

// Whether a temporary file of ours may be called so: "12.pdf", as brv_batch_staged() has it.
static bool is_staged_name(brv_str name)
{
    size_t digits = 0;
    while (digits < name.len && brv_is_digit(name.ptr[digits]))
        digits++;
    if (digits == 0 || digits == name.len || name.ptr[digits] != '.')
        return false;
    brv_str suffix = brv_str_from(name, digits + 1);
    bool is_ours = false;
    for (size_t i = 0; i < BRV_QUARANTINE_FILES; i++)
        is_ours |= brv_str_is(suffix, brv_quarantine_files[i].staged);
    for (size_t i = 0; brv_outputs[i]; i++)
        is_ours |= brv_str_is(suffix, brv_outputs[i]->extension);
    return is_ours;
}

// Removes what a killed run left there, and nothing else: in the folder that is open, whatever its
// name stands for by now.
static void staging_empty(const struct staging *staging)
{
    int folder = openat(staging->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = folder >= 0 ? fdopendir(folder) : NULL;
    if (!names) {
        if (folder >= 0)
            close(folder);
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(names)) != NULL)
        if (is_staged_name(brv_str_from_cstr(entry->d_name)))
            unlinkat(staging->folder, entry->d_name, 0);
    closedir(names);
}

static void staging_release(void *ptr)
{
    const struct staging *staging = ptr;
    close(staging->folder); // and the lock with it
}

static void staging_remove(void *ptr)
{
    struct staging *staging = ptr;
    staging_empty(staging);
    rmdir(staging->path);
    staging_release(staging);
}

// ---- the lock

// Whether the open folder is still the one of that name: the batch before may have removed it
// between our opening and our locking it.
static bool is_still_there(int folder, const char *path)
{
    struct stat ours;
    struct stat there;
    return fstat(folder, &ours) == 0 && lstat(path, &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

// ---- folders

// 0, or why not.
static int folder_add(struct brv_arena *arena, brv_str path)
{
    return mkdir(brv_arena_cstr(arena, path), 0777) == 0 ? 0 : errno;
}

// ---- exported

enum brv_status brv_folder_make(struct brv_arena *arena, brv_str path, struct brv_sink *sink)
{
    // The others only when it takes them: of what is there already nothing is asked.
    int error = folder_add(arena, path);
    for (size_t i = 1; i < path.len && error == ENOENT; i++)
        if (path.ptr[i] == '/' && path.ptr[i - 1] != '/') {
            int above = folder_add(arena, brv_str_slice(path, 0, i));
            if (above != 0 && above != EEXIST)
                error = above;
        }
    if (error == ENOENT)
        error = folder_add(arena, path);
    if (error == 0 || error == EEXIST)
        return BRV_OK;
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot make the folder \"%" BRV_STR_F "\": %s",
               BRV_STR_ARG(path),
               brv_system_error(error));
    return BRV_FAILED;
}

static enum brv_status staging_fault(brv_str out, brv_str folder, int error, struct brv_sink *sink)
{
    if (error == EWOULDBLOCK)
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "another batch is writing to \"%" BRV_STR_F "\"",
                   BRV_STR_ARG(out));
    else
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot use \"%" BRV_STR_F "\" as the folder of temporary files: %s",
                   BRV_STR_ARG(folder),
                   error == ENOTDIR || error == ELOOP ? "it is no folder"
                                                      : brv_system_error(error));
    return BRV_FAILED;
}

enum brv_status brv_staging_take(struct brv_arena *arena, brv_str out, brv_str name,
                                 bool only_looks, brv_str *folder, struct brv_sink *sink)
{
    enum { ATTEMPTS = 100 };
    *folder =
        brv_arena_printf(arena, "%" BRV_STR_F "/.%" BRV_STR_F, BRV_STR_ARG(out), BRV_STR_ARG(name));
    char *path = brv_arena_cstr(arena, *folder);
    int error = EWOULDBLOCK;
    for (int i = 0; i < ATTEMPTS; i++) {
        if (!only_looks && brv_folder_make(arena, *folder, sink))
            return BRV_FAILED;
        // A link there is not ours: what it leads to holds other people's files.
        int opened = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (opened < 0 && errno == ENOENT && only_looks)
            return BRV_OK; // nobody writes
        if (opened >= 0 && flock(opened, LOCK_EX | LOCK_NB) == 0 && is_still_there(opened, path)) {
            struct staging *staging = BRV_NEW(arena, struct staging);
            *staging = (struct staging){ path, opened };
            brv_arena_on_free(arena, only_looks ? staging_release : staging_remove, staging);
            if (!only_looks)
                staging_empty(staging);
            return BRV_OK;
        }
        error = errno;
        if (opened >= 0)
            close(opened);
        if (error == EWOULDBLOCK || (opened < 0 && error != ENOENT))
            break;
    }
    return staging_fault(out, *folder, error, sink);
}
