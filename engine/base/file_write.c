// Brevier — writing files, all or nothing.
//
// Beside the target a temporary file is made, written, synced and closed; only then does it take
// the target's name. Whoever looks sees the old file or the new one, never a part. A symbolic link
// stays one: the file that it points to is replaced. What is no regular file (a device, a FIFO) has
// no old content to protect and is written directly.
// SPDX-License-Identifier: MIT
#include "base/file.h"

#include "base/memory.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINKS_MAX = 40, ATTEMPTS_MAX = 1000, NAME_KEPT_BYTES = 200 };

// All functions here return 0 or an errno value.
static int descriptor_write(int descriptor, brv_str content)
{
    while (content.len) {
        ssize_t written = write(descriptor, content.ptr, content.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        content = brv_str_slice(content, (size_t)written, content.len);
    }
    return 0;
}

static int descriptor_close(int descriptor)
{
    // After EINTR the descriptor is closed all the same; a second close could hit another file.
    return close(descriptor) < 0 && errno != EINTR ? errno : 0;
}

static int descriptor_sync(int descriptor)
{
    // EINVAL: a file system that has nothing to sync.
    return fsync(descriptor) < 0 && errno != EINVAL ? errno : 0;
}

static int write_directly(const char *path, brv_str content)
{
    int descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    int error = descriptor_write(descriptor, content);
    int close_error = descriptor_close(descriptor);
    return error ? error : close_error;
}

// A new file beside the target; its name goes to `name`.
static int temporary_open(int folder, brv_str target, mode_t mode, char name[NAME_MAX + 1],
                          int *descriptor)
{
    // The target's name may be as long as names get; the temporary one must not be longer.
    if (target.len > NAME_KEPT_BYTES)
        target.len = NAME_KEPT_BYTES;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        snprintf(name,
                 NAME_MAX + 1,
                 ".%" BRV_STR_F ".%ld-%d.tmp",
                 BRV_STR_ARG(target),
                 (long)getpid(),
                 attempt);
        *descriptor =
            openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (*descriptor >= 0)
            return 0;
        if (errno != EEXIST && errno != EINTR)
            return errno;
    }
    return EEXIST;
}

// `old` is what the target was, NULL when there was none.
static int write_beside(int folder, brv_str target, const struct stat *old, brv_str content)
{
    char name[NAME_MAX + 1];
    int descriptor = -1;
    mode_t mode = old ? old->st_mode & 0777 : 0666;
    int error = temporary_open(folder, target, mode, name, &descriptor);
    if (error)
        return error;
    // The umask was taken off a mode that is to be kept as it is.
    if (old && fchmod(descriptor, mode) < 0)
        error = errno;
    if (!error)
        error = descriptor_write(descriptor, content);
    if (!error)
        error = descriptor_sync(descriptor);
    int close_error = descriptor_close(descriptor);
    if (!error)
        error = close_error;
    if (!error && renameat(folder, name, folder, target.ptr) < 0)
        error = errno;
    if (error)
        unlinkat(folder, name, 0);
    return error;
}

static int write_atomically(const char *path, const struct stat *old, brv_str content)
{
    if (old && access(path, W_OK) < 0)
        return errno; // a rename would get round the protection of the file
    brv_str whole = brv_str_from_cstr(path);
    brv_str name = brv_path_file_name(whole); // the end of a C string: NUL-terminated itself
    if (name.len == 0)
        return path[0] ? EISDIR : ENOENT;
    brv_str folder_path = brv_path_directory(whole);
    char *folder_name = brv_path_cstr(folder_path.len ? folder_path : BRV_S("."));
    int folder = open(folder_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = folder < 0 ? errno : 0;
    free(folder_name);
    if (error)
        return error;
    error = write_beside(folder, name, old, content);
    // The new file is in place and whole. The folder is not synced: if its entry does not reach the
    // disk before a crash, the old file comes back whole, which is all that is promised.
    close(folder);
    return error;
}

// Replaces *path by what it links to, also when that does not exist.
static int links_follow(char **path)
{
    for (int count = 0; count < LINKS_MAX; count++) {
        char target[PATH_MAX];
        ssize_t len = readlink(*path, target, sizeof target);
        if (len < 0)
            return 0; // no link; what else may be wrong shows when it is used
        if ((size_t)len == sizeof target)
            return ENAMETOOLONG;
        brv_str folder =
            target[0] == '/' ? (brv_str){ 0 } : brv_path_directory(brv_str_from_cstr(*path));
        char *next = brv_heap_alloc(folder.len + (size_t)len + 2);
        size_t at = 0;
        if (folder.len) {
            memcpy(next, folder.ptr, folder.len);
            at = folder.len;
            next[at++] = '/';
        }
        memcpy(next + at, target, (size_t)len);
        next[at + (size_t)len] = 0;
        free(*path);
        *path = next;
    }
    return ELOOP;
}

static int path_write(char **path, brv_str content)
{
    struct stat old;
    // A pipe or a terminal, whose links in /proc ("pipe:[5]") lead nowhere.
    if (stat(*path, &old) == 0 && !S_ISREG(old.st_mode) && !S_ISDIR(old.st_mode))
        return write_directly(*path, content);
    int error = links_follow(path);
    if (error)
        return error;
    if (stat(*path, &old) < 0)
        return errno == ENOENT ? write_atomically(*path, NULL, content) : errno;
    if (S_ISDIR(old.st_mode))
        return EISDIR;
    return write_atomically(*path, &old, content);
}

enum brv_status brv_file_write(brv_str path, brv_str content, struct brv_sink *sink)
{
    int error = EINVAL;
    char *name = brv_path_cstr(path);
    if (brv_str_is(path, "-"))
        error = descriptor_write(STDOUT_FILENO, content);
    else if (name)
        error = path_write(&name, content);
    free(name);
    if (!error)
        return BRV_OK;
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot write \"%" BRV_STR_F "\": %s",
               BRV_STR_ARG(path),
               brv_system_error(error));
    return BRV_FAILED;
}
