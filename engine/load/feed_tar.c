// Brevier — feeds: the entries of a tar archive, plain or compressed, through libarchive.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include <archive.h>
#include <archive_entry.h>

struct tar {
    struct archive *archive;
    brv_str path;
    size_t limit_bytes;
    const struct brv_feed_options *options;
};

static void tar_close(void *state)
{
    struct tar *tar = state;
    archive_read_free(tar->archive);
}

// libarchive's messages may name a path of this machine; the first line without it is enough.
static brv_str tar_error(struct tar *tar)
{
    const char *text = archive_error_string(tar->archive);
    return brv_str_from_cstr(text ? text : "it is damaged");
}

static void entry_read(struct tar *tar, struct brv_arena *arena, struct brv_feed_entry *entry)
{
    // The packed size of one entry is not known in a tar; what was read of the file so far is.
    struct brv_feed_meter meter = { .limit_bytes = tar->limit_bytes };
    la_int64_t before = archive_filter_bytes(tar->archive, -1);
    struct brv_buf *bytes = brv_buf_new_in(arena);
    for (;;) {
        char chunk[BRV_FEED_CHUNK];
        la_ssize_t got = archive_read_data(tar->archive, chunk, sizeof chunk);
        if (got < 0)
            brv_feed_entry_fail(
                arena, entry, "it is damaged: %" BRV_STR_F, BRV_STR_ARG(tar_error(tar)));
        la_int64_t packed = archive_filter_bytes(tar->archive, -1) - before;
        meter.packed_bytes = packed > BRV_FEED_CHUNK ? (uint64_t)packed : BRV_FEED_CHUNK;
        if (got <= 0 || !brv_feed_meter_add(&meter, arena, entry, bytes, chunk, (size_t)got))
            break;
    }
    entry->bytes = brv_buf_str(bytes);
}

// What is not wanted is unpacked all the same, to get past it. True, with an error reported, when
// that would take longer than any archive of texts: the rest of it cannot be had.
static bool is_bomb(struct tar *tar, struct archive_entry *found, struct brv_sink *sink)
{
    enum { RATIO = 200 };
    const la_int64_t free_bytes = (la_int64_t)1 << 30;
    if (archive_filter_count(tar->archive) < 2)
        return false; // not packed: the file is as long as it says
    la_int64_t unpacked = archive_filter_bytes(tar->archive, 0);
    la_int64_t packed = archive_filter_bytes(tar->archive, -1);
    if (archive_entry_size(found) <= free_bytes &&
        (unpacked <= free_bytes || unpacked / RATIO <= packed))
        return false;
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "the archive \"%" BRV_STR_F "\" swells more than %d times, its rest is left unread",
               BRV_STR_ARG(tar->path),
               RATIO);
    return true;
}

static bool tar_next(struct brv_feed_source *source, struct brv_arena *arena,
                     struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct tar *tar = source->state;
    for (;;) {
        struct archive_entry *found;
        int code = archive_read_next_header(tar->archive, &found);
        if (code == ARCHIVE_EOF)
            return false;
        if (code < ARCHIVE_WARN) {
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_INPUT,
                       brv_span_none(),
                       "the archive \"%" BRV_STR_F "\" breaks off: %" BRV_STR_F,
                       BRV_STR_ARG(tar->path),
                       BRV_STR_ARG(tar_error(tar)));
            return false;
        }
        if (is_bomb(tar, found, sink))
            return false;
        const char *name = archive_entry_pathname(found);
        *entry = (struct brv_feed_entry){
            .name = brv_arena_str(arena, brv_str_from_cstr(name ? name : "unnamed")),
        };
        bool is_link = archive_entry_hardlink(found) || archive_entry_filetype(found) == AE_IFLNK;
        if (archive_entry_filetype(found) == AE_IFDIR ||
            !brv_feed_is_chosen(source, tar->options, arena, entry->name))
            continue;
        if (is_link || archive_entry_filetype(found) != AE_IFREG) {
            entry->state = BRV_FEED_SKIPPED;
            entry->reason = is_link ? BRV_S("it is a link") : BRV_S("it is no file");
        } else {
            entry_read(tar, arena, entry);
        }
        return true;
    }
}

enum brv_status brv_feed_open_tar(struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, struct brv_sink *sink)
{
    enum { BLOCK_BYTES = 64 << 10 };
    struct tar *tar = BRV_NEW(source->arena, struct tar);
    *tar = (struct tar){
        .archive = archive_read_new(),
        .path = brv_arena_str(source->arena, path),
        .limit_bytes = options->limits->input_bytes,
        .options = options,
    };
    if (!tar->archive)
        return BRV_FAILED;
    brv_arena_on_free(source->arena, tar_close, tar);
    archive_read_support_format_tar(tar->archive);
    archive_read_support_filter_gzip(tar->archive);
    archive_read_support_filter_xz(tar->archive);
    archive_read_support_filter_zstd(tar->archive);
    archive_read_support_filter_bzip2(tar->archive);
    if (archive_read_open_filename(
            tar->archive, brv_arena_cstr(source->arena, path), BLOCK_BYTES) != ARCHIVE_OK) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "cannot open the archive \"%" BRV_STR_F "\": %" BRV_STR_F,
                   BRV_STR_ARG(path),
                   BRV_STR_ARG(tar_error(tar)));
        return BRV_FAILED;
    }
    source->state = tar;
    source->next = tar_next;
    return BRV_OK;
}
