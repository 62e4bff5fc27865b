// Brevier — the edge to the operating system.
// SPDX-License-Identifier: MIT
#include "base/system.h"

#include "base/macros.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
    int error;
    const char *text;
} error_texts[] = {
    { EACCES, "permission denied" },
    { EBADF, "not open" },
    { EBUSY, "in use" },
    { EDQUOT, "disk quota exceeded" },
    { EEXIST, "already there" },
    { EFBIG, "file too large" },
    { EINVAL, "not a valid name" },
    { EIO, "input/output error" },
    { EISDIR, "it is a folder" },
    { ELOOP, "symbolic links lead nowhere or are not followed here" },
    { EMFILE, "too many open files" },
    { ENAMETOOLONG, "name too long" },
    { ENFILE, "too many open files in the system" },
    { ENODEV, "no such device" },
    { ENOENT, "no such file or folder" },
    { ENOSPC, "no space left on the device" },
    { ENOTDIR, "a part of the path is not a folder" },
    { ENXIO, "no such device or address" },
    { EPERM, "not permitted" },
    { EPIPE, "the reader has gone" },
    { EROFS, "read-only file system" },
    { ETXTBSY, "it is a running program" },
    { EXDEV, "it lies outside the folder" },
};

const char *brv_system_error(int error)
{
    for (size_t i = 0; i < BRV_COUNT(error_texts); i++)
        if (error_texts[i].error == error)
            return error_texts[i].text;
    const char *name = strerrorname_np(error);
    return name ? name : "unknown system error";
}

char *brv_path_cstr(brv_str path)
{
    if (path.len && memchr(path.ptr, 0, path.len))
        return NULL;
    char *copy = brv_heap_alloc(brv_size_add(path.len, 1));
    if (path.len)
        memcpy(copy, path.ptr, path.len);
    copy[path.len] = 0;
    return copy;
}

// A file that turns out to be a FIFO must not block the open; it is refused afterwards.
enum { FILE_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC };

static int open_by_component(int root, char *path)
{
    int folder = root;
    for (;;) {
        char *slash = strchr(path, '/');
        if (slash)
            *slash = 0;
        int flags = slash ? O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC : FILE_FLAGS;
        int opened = openat(folder, path, flags);
        int error = errno;
        if (folder != root)
            close(folder);
        errno = error;
        if (opened < 0 || !slash)
            return opened;
        folder = opened;
        path = slash + 1;
    }
}

int brv_open_beneath(int root, brv_str path, bool by_component)
{
    char *name = brv_path_cstr(path);
    if (!name) {
        errno = EINVAL;
        return -1;
    }
    struct open_how how = {
        .flags = FILE_FLAGS,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
    };
    long opened = -1;
    errno = ENOSYS;
    // EAGAIN: something was renamed meanwhile. EPERM: old container filters refuse unknown calls.
    for (int attempt = 0; !by_component && attempt < 8; attempt++) {
        opened = syscall(SYS_openat2, root, name, &how, sizeof how);
        if (opened >= 0 || (errno != EAGAIN && errno != EINTR))
            break;
    }
    if (opened < 0 && (errno == ENOSYS || errno == EPERM))
        opened = open_by_component(root, name);
    int error = errno;
    free(name);
    errno = error;
    return (int)opened;
}
