// Brevier — reading files whole.
// SPDX-License-Identifier: MIT
#include "base/file.h"

#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 1 << 16 };

// Reads to the end; 0, an errno value, or EFBIG when there is more than `limit_bytes`.
static int descriptor_read(int descriptor, size_t limit_bytes, struct brv_arena *arena,
                           brv_str *content)
{
    struct stat info;
    if (fstat(descriptor, &info) < 0)
        return errno;
    if (S_ISDIR(info.st_mode))
        return EISDIR;
    size_t expected = CHUNK_BYTES;
    size_t all = SIZE_MAX; // with so much read and room left, the end is reached
    if (S_ISREG(info.st_mode) && info.st_size >= 0) {
        if ((unsigned long long)info.st_size > limit_bytes)
            return EFBIG;
        expected = (size_t)info.st_size + 1; // one more: the read that finds the end needs room
        if (info.st_size > 0)                // files of /proc call themselves empty
            all = (size_t)info.st_size;
    }
    char *bytes = NULL;
    size_t capacity = 0;
    size_t len = 0;
    for (;;) {
        bytes = brv_arena_grow(arena, bytes, &capacity, len ? len + 1 : expected, 1);
        ssize_t got = read(descriptor, bytes + len, capacity - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            break;
        len += (size_t)got;
        if (len > limit_bytes)
            return EFBIG;
        if (len == all)
            break;
    }
    *content = (brv_str){ bytes, len };
    return 0;
}

static enum brv_status read_report(int error, brv_str path, size_t limit_bytes, enum brv_code code,
                                   struct brv_span where, struct brv_sink *sink)
{
    if (error == 0)
        return BRV_OK;
    if (error == EFBIG)
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   where,
                   "\"%" BRV_STR_F "\" is longer than %zu bytes",
                   BRV_STR_ARG(path),
                   limit_bytes);
    else
        brv_report(sink,
                   BRV_ERROR,
                   code,
                   where,
                   "cannot read \"%" BRV_STR_F "\": %s",
                   BRV_STR_ARG(path),
                   brv_system_error(error));
    return BRV_FAILED;
}

// The error when `descriptor` is negative, else that of reading it; closes it.
static int descriptor_read_and_close(int descriptor, size_t limit_bytes, struct brv_arena *arena,
                                     brv_str *content)
{
    if (descriptor < 0)
        return errno;
    int error = descriptor_read(descriptor, limit_bytes, arena, content);
    close(descriptor);
    return error;
}

enum brv_status brv_file_read(struct brv_arena *arena, brv_str path, size_t limit_bytes,
                              enum brv_code code, brv_str *content, struct brv_sink *sink)
{
    *content = (brv_str){ 0 };
    int error = EINVAL;
    char *name = brv_path_cstr(path);
    if (brv_str_is(path, "-")) {
        error = descriptor_read(STDIN_FILENO, limit_bytes, arena, content);
    } else if (name) {
        int descriptor = open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC);
        error = descriptor_read_and_close(descriptor, limit_bytes, arena, content);
    }
    free(name);
    return read_report(error, path, limit_bytes, code, brv_span_none(), sink);
}

static void file_unmap(void *ptr)
{
    const brv_str *content = ptr;
    munmap((void *)(uintptr_t)content->ptr, content->len);
}

bool brv_file_map(struct brv_arena *arena, brv_str path, brv_str *content)
{
    char *name = brv_path_cstr(path);
    int descriptor = name ? open(name, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;
    free(name);
    *content = (brv_str){ 0 };
    if (descriptor < 0)
        return false;
    struct stat info;
    size_t length = fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0
                        ? (size_t)info.st_size
                        : 0;
    void *bytes =
        length > 0 ? mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
    close(descriptor);
    if (bytes == MAP_FAILED)
        return false;
    *content = (brv_str){ bytes, length };
    brv_str *mapped = BRV_NEW(arena, brv_str);
    *mapped = *content;
    brv_arena_on_free(arena, file_unmap, mapped);
    return true;
}

enum brv_status brv_file_read_beneath(struct brv_arena *arena, brv_str root, brv_str path,
                                      size_t limit_bytes, struct brv_span where, brv_str *content,
                                      struct brv_sink *sink)
{
    *content = (brv_str){ 0 };
    if (!brv_path_is_safe(path)) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   where,
                   "\"%" BRV_STR_F "\" is no path beneath the asset folder",
                   BRV_STR_ARG(path));
        return BRV_FAILED;
    }
    int error = EINVAL;
    char *folder_name = brv_path_cstr(root.len ? root : BRV_S("."));
    int folder = folder_name ? open(folder_name, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    free(folder_name);
    if (folder >= 0) {
        int descriptor = brv_open_beneath(folder, path, false);
        struct stat info;
        if (descriptor < 0) {
            error = errno;
        } else if (fstat(descriptor, &info) == 0 && !S_ISREG(info.st_mode)) {
            close(descriptor);
            error = S_ISDIR(info.st_mode) ? EISDIR : ENODEV;
        } else {
            error = descriptor_read_and_close(descriptor, limit_bytes, arena, content);
        }
        close(folder);
    } else if (folder_name) {
        error = errno;
    }
    return read_report(error, path, limit_bytes, BRV_CODE_INPUT, where, sink);
}
