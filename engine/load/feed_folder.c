// Brevier — feeds: a folder and what is beneath it.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/file.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 100, IGNORE_BYTES = 1 << 20 };

struct level {
    struct level *above;
    struct brv_arena *arena;
    brv_str path; // on disk
    brv_str name; // beneath the root, "" or "2025/"
    brv_str *names;
    size_t count;
    size_t at;
    struct brv_ignore ignore;
    brv_str fault; // why it cannot be read
};

struct folder {
    struct level *level;
    size_t depth;
    const struct brv_feed_options *options;
    struct stat avoid;
    bool has_avoid;
};

static struct brv_ignore ignore_read(struct brv_arena *arena, brv_str folder, struct brv_sink *sink)
{
    brv_str path = brv_path_join(arena, folder, BRV_S(".brevierignore"));
    brv_str text;
    struct stat status;
    bool is_file = stat(brv_arena_cstr(arena, path), &status) == 0 && S_ISREG(status.st_mode);
    if (!is_file || // nobody may ever write to a FIFO
        brv_file_read(arena, path, IGNORE_BYTES, BRV_CODE_INPUT, &text, sink))
        return (struct brv_ignore){ 0 };
    return brv_ignore_parse(arena, text);
}

static void folder_fail(struct level *level, int error)
{
    level->fault = brv_arena_printf(level->arena,
                                    "cannot read the folder \"%" BRV_STR_F "\": %s",
                                    BRV_STR_ARG(level->path),
                                    brv_system_error(error));
}

static void level_push(struct folder *folder, brv_str path, brv_str name, struct brv_sink *sink)
{
    struct brv_arena *arena = brv_arena_new();
    struct level *level = BRV_NEW(arena, struct level);
    *level = (struct level){
        .above = folder->level,
        .arena = arena,
        .path = brv_arena_str(arena, path),
        .name = brv_arena_str(arena, name),
    };
    level->names = brv_directory_list(arena, path, &level->count);
    // An empty list may be an empty folder, or one that says nothing: its items must not go
    // unheard.
    int descriptor = level->count > 0
                         ? -1
                         : open(brv_arena_cstr(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0)
        close(descriptor);
    else if (level->count == 0)
        folder_fail(level, errno);
    level->ignore = ignore_read(arena, path, sink);
    folder->level = level;
    folder->depth++;
}

static void level_pop(struct folder *folder)
{
    struct level *level = folder->level;
    folder->level = level->above;
    folder->depth--;
    brv_arena_free(level->arena);
}

// At the end of a folder, which its fault may be.
static void level_leave(struct folder *folder, struct brv_arena *arena,
                        struct brv_feed_entry *entry)
{
    const struct level *level = folder->level;
    *entry = (struct brv_feed_entry){
        .name = brv_arena_str(arena, level->above ? level->name : brv_feed_root_name(level->path)),
        .path = brv_arena_str(arena, level->path),
        .state = level->fault.len > 0 ? BRV_FEED_FAILED : BRV_FEED_WHOLE,
        .reason = brv_arena_str(arena, level->fault),
        .is_folder = true,
    };
    level_pop(folder);
}

// Each .brevierignore speaks of paths beneath its own folder; an inner one overrules an outer. What
// lies in an ignored folder is not come to, and no rule takes it back.
static bool is_ignored(const struct folder *folder, brv_str path, bool is_folder)
{
    enum brv_ignored says = BRV_IGNORED_UNSAID;
    for (const struct level *level = folder->level; level && says == BRV_IGNORED_UNSAID;
         level = level->above)
        says = brv_ignore_says(&level->ignore, brv_str_from(path, level->name.len), is_folder);
    return says == BRV_IGNORED;
}

static bool folder_next(struct brv_feed_source *source, struct brv_arena *arena,
                        struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct folder *folder = source->state;
    while (folder->level) {
        struct level *level = folder->level;
        if (level->at == level->count) {
            level_leave(folder, arena, entry);
            return true;
        }
        brv_str file = level->names[level->at++];
        if (file.ptr[0] == '.')
            continue;
        brv_str path = brv_path_join(arena, level->path, file);
        brv_str name = brv_arena_printf(
            arena, "%" BRV_STR_F "%" BRV_STR_F, BRV_STR_ARG(level->name), BRV_STR_ARG(file));
        struct stat status;
        bool is_there = lstat(brv_arena_cstr(arena, path), &status) == 0;
        const int error = is_there ? 0 : errno;
        // Where nothing can be looked at, whatever lies there may be a folder or an archive.
        if (!is_there && error != ENOENT && error != ENAMETOOLONG) {
            folder_fail(level, error);
            continue;
        }
        bool is_folder = is_there && S_ISDIR(status.st_mode);
        if (is_ignored(folder, name, is_folder)) {
            source->passed_over++;
            continue;
        }
        if (is_folder) {
            bool is_avoided = folder->has_avoid && status.st_dev == folder->avoid.st_dev &&
                              status.st_ino == folder->avoid.st_ino;
            brv_str below = brv_arena_printf(arena, "%" BRV_STR_F "/", BRV_STR_ARG(name));
            bool is_excluded =
                brv_globs_match(folder->options->excludes, folder->options->exclude_count, name);
            source->passed_over += is_excluded && !is_avoided;
            if (is_avoided || is_excluded)
                continue;
            if (folder->depth < DEPTH_LIMIT) {
                level_push(folder, path, below, sink);
                continue;
            }
        }
        *entry = (struct brv_feed_entry){ .name = name, .path = path };
        if (is_folder)
            brv_feed_entry_fail(arena, entry, "it lies more than %d folders deep", DEPTH_LIMIT);
        else if (!is_there)
            brv_feed_entry_miss(arena, entry, error);
        else if (S_ISREG(status.st_mode))
            entry->is_file = true;
        else {
            entry->state = BRV_FEED_SKIPPED;
            entry->reason =
                S_ISLNK(status.st_mode) ? BRV_S("it is a link") : BRV_S("it is no file");
        }
        return true;
    }
    return false;
}

static void folder_close(void *state)
{
    struct folder *folder = state;
    while (folder->level)
        level_pop(folder);
}

enum brv_status brv_feed_open_folder(struct brv_feed_source *source, brv_str path,
                                     const struct brv_feed_options *options, struct brv_sink *sink)
{
    struct folder *folder = BRV_NEW(source->arena, struct folder);
    folder->options = options;
    folder->has_avoid = options->avoid.len > 0 &&
                        stat(brv_arena_cstr(source->arena, options->avoid), &folder->avoid) == 0;
    source->state = folder;
    source->next = folder_next;
    brv_arena_on_free(source->arena, folder_close, folder);
    level_push(folder, path, (brv_str){ 0 }, sink);
    return BRV_OK;
}

brv_str brv_feed_root_name(brv_str path)
{
    while (path.len > 1 && brv_str_ends_with(path, BRV_S("/")))
        path.len--;
    return brv_path_file_name(path);
}
