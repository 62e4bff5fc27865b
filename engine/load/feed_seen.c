// Brevier — feeds: what came out so far.
// SPDX-License-Identifier: MIT
#include "load/feed_seen.h"

#include "base/file.h"
#include "load/feed_source.h"

#include <stdlib.h>

// The number of an origin, by which the one that took a name is found again: its path, when it has
// one.
static uint64_t origin_keep(struct brv_feed_seen *seen, const struct brv_feed_item *item)
{
    uint64_t number = seen->origins.len;
    bool is_path = item->path.len > 0;
    brv_str text = is_path ? item->path : item->origin;
    uint32_t len = (uint32_t)text.len;
    brv_buf_add(&seen->origins, &len, sizeof len);
    brv_buf_add_byte(&seen->origins, is_path);
    brv_buf_add_str(&seen->origins, text);
    return number;
}

static brv_str origin_kept(const struct brv_feed_seen *seen, uint64_t number, bool *is_path)
{
    uint32_t len;
    const char *kept = seen->origins.ptr + number;
    memcpy(&len, kept, sizeof len);
    *is_path = kept[sizeof len];
    return (brv_str){ kept + sizeof len + 1, len };
}

static brv_str origin_shown(const struct brv_feed_seen *seen, struct brv_arena *arena,
                            uint64_t number)
{
    bool is_path;
    brv_str origin = origin_kept(seen, number, &is_path);
    return is_path ? brv_feed_visible(arena, origin) : origin;
}

// A path as it is compared. A link is a path of its own, in whatever folder it lies.
static brv_str path_settled(struct brv_arena *arena, brv_str path)
{
    if (memchr(path.ptr, 0, path.len))
        return path; // there is no such file
    bool is_folder = brv_is_directory(path);
    brv_str file = is_folder ? (brv_str){ 0 } : brv_path_file_name(path);
    brv_str folder = is_folder ? path : brv_path_directory(path);
    char *real = realpath(folder.len > 0 ? brv_arena_cstr(arena, folder) : ".", NULL);
    brv_str settled = real ? brv_path_join(arena, brv_str_from_cstr(real), file) : path;
    free(real);
    return settled;
}

// ---- exported

void brv_feed_seen_deinit(struct brv_feed_seen *seen)
{
    brv_feed_taken_deinit(&seen->names);
    brv_feed_taken_deinit(&seen->stems);
    brv_feed_taken_deinit(&seen->paths);
    brv_buf_deinit(&seen->origins);
}

bool brv_feed_path_note(struct brv_feed_taken *paths, struct brv_arena *arena, brv_str path)
{
    uint64_t owner;
    brv_str settled = path_settled(arena, path);
    if (brv_feed_taken_find(paths, settled, &owner))
        return false;
    (void)brv_feed_taken_add(paths, arena, settled, 0, &owner);
    return true;
}

bool brv_feed_seen_before(struct brv_feed_seen *seen, struct brv_arena *arena, brv_str path,
                          brv_str clean)
{
    uint64_t first;
    bool is_path = false;
    if (path.len == 0 || !brv_feed_taken_find(&seen->names, clean, &first))
        return false;
    brv_str other = origin_kept(seen, first, &is_path);
    if (is_path && brv_str_equal(path_settled(arena, other), path_settled(arena, path)))
        return true;
    // Of another name, where others had come before it; only the paths of such are noted.
    return !brv_feed_path_note(&seen->paths, arena, path);
}

brv_str brv_feed_clash(struct brv_arena *arena, brv_str other, brv_str stem)
{
    // The same whatever formats are asked for.
    return brv_arena_printf(arena,
                            "its name meets the one of \"%" BRV_STR_F
                            "\", its outputs are called \"%" BRV_STR_F ".pdf\" (.docx, .txt)",
                            BRV_STR_ARG(other),
                            BRV_STR_ARG(stem));
}

void brv_feed_seen_name(struct brv_feed_seen *seen, struct brv_arena *arena, brv_str prefix,
                        brv_str raw, brv_str clean, struct brv_feed_item *item)
{
    const uint64_t nobody = UINT64_MAX;
    uint64_t other = nobody;
    uint64_t own = origin_keep(seen, item);
    item->name = brv_feed_taken_add(&seen->names, arena, clean, own, &other);
    item->stem = brv_feed_stem(clean);
    item->warning = brv_feed_name_warning(arena, prefix, raw, clean, item->name);
    if (item->state == BRV_FEED_SKIPPED || item->is_container)
        return; // it has no outputs that could meet others
    // "a.md" and "a.txt" both want "a": the second is called after its whole name.
    if (brv_feed_taken_find(&seen->stems, item->stem, &other))
        item->stem = clean;
    item->stem = brv_feed_taken_add(&seen->stems, arena, item->stem, own, &other);
    if (other != nobody)
        item->clash = brv_feed_clash(arena, origin_shown(seen, arena, other), item->stem);
}
