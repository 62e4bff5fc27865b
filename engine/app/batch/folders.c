// Brevier — the folders in which names changed and that are not synced yet.
// SPDX-License-Identifier: MIT
#include "app/batch/folders.h"

#include "base/file.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void brv_folders_note(struct brv_folders *folders, brv_str file)
{
    brv_str folder = brv_path_directory(file);
    if (folders->count > 0 && brv_str_equal(folder, folders->last))
        return;
    if (!folders->arena) {
        folders->arena = brv_arena_new();
        folders->known = (struct brv_map){ .arena = folders->arena };
    }
    folders->last = brv_arena_str(folders->arena, folder);
    // With the folders above it, which may be as new.
    for (brv_str path = folders->last; path.len >= folders->top.len;
         path = brv_path_directory(path)) {
        void **slot = brv_map_at(&folders->known, path);
        if (*slot)
            return;
        *slot = folders;
        BRV_PUSH(folders->arena, folders->paths, folders->count, folders->capacity) = path;
    }
}

int brv_folder_sync(struct brv_arena *arena, brv_str path, bool all)
{
    int folder = open(brv_arena_cstr(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return errno;
    int error = (all ? syncfs(folder) : fsync(folder)) == 0 ? 0 : errno;
    close(folder);
    return error;
}

static enum brv_status folder_sync(struct brv_arena *arena, brv_str path, bool all,
                                   struct brv_sink *sink)
{
    int error = brv_folder_sync(arena, path, all);
    if (error == 0 || error == ENOENT) // its last file went, and somebody removed it
        return BRV_OK;
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot sync \"%" BRV_STR_F "\": %s",
               BRV_STR_ARG(path),
               brv_system_error(error));
    return BRV_FAILED;
}

enum brv_status brv_folders_sync(struct brv_folders *folders, struct brv_sink *sink)
{
    enum { MANY = 16 }; // one sync of all is cheaper than more
    enum brv_status status = BRV_OK;
    if (folders->count > MANY)
        status = folder_sync(folders->arena, folders->top, true, sink);
    for (size_t i = 0; i < folders->count && folders->count <= MANY && status == BRV_OK; i++)
        status = folder_sync(folders->arena, folders->paths[i], false, sink);
    brv_arena_free(folders->arena);
    *folders = (struct brv_folders){ .top = folders->top };
    return status;
}
