// Brevier — feeds: how many items there are, counted where that is possible and judged where not.
// SPDX-License-Identifier: MIT
#include "load/feed_extent.h"

#include "base/file.h"
#include "load/feed_limits.h"

#include <sys/stat.h>

double brv_feed_weight(struct brv_arena *arena, brv_str path)
{
    // A text shrinks to a quarter or so. That it may be a tenth, in a .tar.xz of many that are
    // alike, is found out when a part of it has been read.
    const double unpacked = 4;
    static const char *const plain[] = { ".tar", ".jsonl", ".ndjson" };
    struct stat status;
    if (stat(brv_arena_cstr(arena, path), &status) != 0 || !S_ISREG(status.st_mode))
        return 0;
    bool is_packed = brv_feed_container(path) != NULL;
    for (size_t i = 0; i < BRV_COUNT(plain); i++)
        is_packed &= !brv_str_ends_with(path, brv_str_from_cstr(plain[i]));
    return (double)status.st_size * (is_packed ? unpacked : 1);
}

// What is beneath a folder; a link or whatever else is no file is an item all the same.
static void folder_measure(struct brv_feed_extent *extent, const struct brv_feed_options *options,
                           brv_str path)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink quiet = brv_sink_init(arena); // who reads it will say what is wrong
    struct brv_feed_source source = { .arena = arena };
    struct brv_arena *own = brv_arena_new();
    if (brv_feed_open_folder(&source, path, options, &quiet) == BRV_OK) {
        struct brv_arena_mark mark = brv_arena_mark(own);
        struct brv_feed_entry entry;
        while (source.next(&source, own, &entry, &quiet)) {
            bool is_chosen = entry.is_folder
                                 ? entry.state == BRV_FEED_FAILED
                                 : brv_feed_entry_is_chosen(&source, options, own, &entry);
            bool is_packed = entry.is_file && brv_feed_container(entry.path);
            if (is_chosen && is_packed)
                extent->packed_bytes += brv_feed_weight(own, entry.path);
            extent->files += is_chosen && !is_packed;
            brv_arena_rewind(own, mark);
        }
    }
    brv_arena_free(own);
    brv_arena_free(arena);
}

struct brv_feed_extent brv_feed_measure(const struct brv_feed_options *options)
{
    struct brv_arena *arena = brv_arena_new();
    const struct brv_feed_source none = { .arena = arena };
    struct brv_feed_extent extent = { .is_known = true };
    for (size_t i = 0; i < options->operand_count; i++) {
        brv_str path = options->operands[i];
        if (brv_str_is(path, "-"))
            extent.is_known = false;
        else if (brv_is_directory(path))
            folder_measure(&extent, options, path);
        else if (brv_feed_container(path))
            extent.packed_bytes += brv_feed_weight(arena, path);
        else
            extent.files += brv_feed_is_chosen(&none, options, arena, brv_path_file_name(path));
    }
    if (options->database.len > 0)
        extent.packed_bytes += brv_feed_weight(arena, options->database);
    brv_arena_free(arena);
    return extent;
}

void brv_feed_extent_give(struct brv_feed_extent *extent, const struct brv_feed_source *source,
                          const struct brv_feed_item *item)
{
    if (source->weight > 0) {
        extent->packed_given++;
        return;
    }
    extent->files_given++;
    extent->file_bytes += item->bytes.len;
}

void brv_feed_extent_skip(struct brv_feed_extent *extent)
{
    extent->files -= extent->files > 0;
}

void brv_feed_extent_leave(struct brv_feed_extent *extent, const struct brv_feed_source *source)
{
    extent->packed_gone += source->weight;
}

uint64_t brv_feed_extent_total(const struct brv_feed_extent *extent,
                               const struct brv_feed_source *source)
{
    if (!extent->is_known || extent->packed_bytes <= 0)
        return extent->is_known ? extent->files : 0;
    double gone = extent->packed_gone;
    if (source && source->weight > 0 && source->gone > 0) {
        if (source->size == 0)
            return 0; // what there is to come of it is not known
        gone += source->weight * (double)source->gone / (double)source->size;
    }
    double packed = 0;
    if (gone > 0 && extent->packed_given > 0)
        packed = (double)extent->packed_given * extent->packed_bytes / gone;
    else if (extent->file_bytes > 0)
        packed = extent->packed_bytes * (double)extent->files_given / (double)extent->file_bytes;
    return packed > 0 ? extent->files + (uint64_t)packed : 0;
}
