// Brevier — feeds: what bounds the unpacking of an entry.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/system.h"

#include <errno.h>

enum { RATIO = 200 };

bool brv_feed_meter_add(const struct brv_feed_meter *meter, struct brv_arena *arena,
                        struct brv_feed_entry *entry, struct brv_buf *bytes, const char *piece,
                        size_t len)
{
    enum { FREE_BYTES = 1 << 20 };
    size_t total = bytes->len + len;
    if (total > meter->limit_bytes) {
        brv_feed_entry_fail(arena, entry, BRV_FEED_TOO_LONG, meter->limit_bytes);
        return false;
    }
    if (meter->packed_bytes > 0 && total > FREE_BYTES && total / RATIO > meter->packed_bytes) {
        brv_feed_entry_fail(arena, entry, "it swells more than %d times when unpacked", RATIO);
        return false;
    }
    brv_buf_add(bytes, piece, len);
    return true;
}

bool brv_feed_swells(uint64_t packed_bytes, uint64_t unpacked_bytes, uint64_t free_bytes)
{
    return unpacked_bytes > free_bytes && unpacked_bytes / RATIO > packed_bytes;
}

bool brv_feed_archive_swells(brv_str path, uint64_t packed_bytes, uint64_t unpacked_bytes,
                             uint64_t free_bytes, struct brv_sink *sink)
{
    if (!brv_feed_swells(packed_bytes, unpacked_bytes, free_bytes))
        return false;
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "the archive \"%" BRV_STR_F "\" swells more than %d times, its rest is left unread",
               BRV_STR_ARG(path),
               RATIO);
    return true;
}

bool brv_feed_globs_take(const struct brv_feed_options *options, brv_str name)
{
    return (options->include_count == 0 ||
            brv_globs_match(options->includes, options->include_count, name)) &&
           !brv_globs_match(options->excludes, options->exclude_count, name);
}

bool brv_feed_is_chosen(const struct brv_feed_source *source,
                        const struct brv_feed_options *options, struct brv_arena *arena,
                        brv_str name)
{
    if (options->include_count + options->exclude_count == 0)
        return true;
    struct brv_buf *raw = brv_buf_new_in(arena);
    brv_buf_add_str(raw, source->prefix);
    brv_buf_add_str(raw, name);
    brv_str path = brv_feed_name_clean(arena, brv_buf_str(raw));
    return brv_feed_globs_take(options, path);
}

bool brv_feed_entry_is_chosen(const struct brv_feed_source *source,
                              const struct brv_feed_options *options, struct brv_arena *arena,
                              const struct brv_feed_entry *entry)
{
    if (entry->is_file && brv_feed_container(entry->path))
        return !brv_globs_match(options->excludes, options->exclude_count, entry->name);
    return brv_feed_is_chosen(source, options, arena, entry->name);
}

bool brv_feed_is_hidden(brv_str name)
{
    while (name.len > 0) {
        size_t end = brv_str_find_byte(name, 0, '/');
        brv_str part = brv_str_slice(name, 0, end);
        bool is_step = brv_str_is(part, ".") || brv_str_is(part, "..");
        if ((brv_str_starts_with(part, BRV_S(".")) && !is_step) || brv_str_is(part, "__MACOSX"))
            return true;
        name = brv_str_from(name, end < name.len ? end + 1 : end);
    }
    return false;
}

void brv_feed_entry_fail(struct brv_arena *arena, struct brv_feed_entry *entry, const char *format,
                         ...)
{
    va_list args;
    va_start(args, format);
    entry->state = BRV_FEED_FAILED;
    entry->reason = brv_arena_vprintf(arena, format, args);
    va_end(args);
}

void brv_feed_entry_lose(struct brv_arena *arena, struct brv_feed_entry *entry, const char *format,
                         ...)
{
    va_list args;
    va_start(args, format);
    entry->state = BRV_FEED_LOST;
    entry->reason = brv_arena_vprintf(arena, format, args);
    va_end(args);
}

void brv_feed_entry_miss(struct brv_arena *arena, struct brv_feed_entry *entry, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        brv_feed_entry_lose(arena, entry, "there is no such file");
    else if (error == ENAMETOOLONG)
        brv_feed_entry_fail(arena, entry, "its path is too long");
    else
        brv_feed_entry_lose(arena, entry, "it cannot be looked at: %s", brv_system_error(error));
}

bool brv_feed_nothing_next(struct brv_feed_source *source, struct brv_arena *arena,
                           struct brv_feed_entry *entry, struct brv_sink *sink)
{
    (void)source;
    (void)arena;
    (void)entry;
    (void)sink;
    return false;
}
