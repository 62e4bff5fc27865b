// Brevier — feeds: the entries of a ZIP archive, through libzip.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include <sys/stat.h>
#include <zip.h>

struct archive {
    zip_t *zip;
    zip_int64_t count;
    zip_int64_t at;
    brv_str path;
    size_t limit_bytes;
    uint64_t file_bytes;
    uint64_t unpacked_bytes; // so far
    const struct brv_feed_options *options;
};

static void archive_close(void *state)
{
    struct archive *archive = state;
    zip_discard(archive->zip);
}

static void entry_read(struct archive *archive, struct brv_arena *arena, const zip_stat_t *stat,
                       struct brv_feed_entry *entry)
{
    struct brv_feed_meter meter = { .limit_bytes = archive->limit_bytes };
    if (stat->valid & ZIP_STAT_COMP_SIZE)
        meter.packed_bytes = stat->comp_size;
    if (stat->valid & ZIP_STAT_ENCRYPTION_METHOD && stat->encryption_method != ZIP_EM_NONE) {
        brv_feed_entry_lose(arena, entry, "it is encrypted");
        return;
    }
    if (stat->valid & ZIP_STAT_SIZE && stat->size > archive->limit_bytes) {
        brv_feed_entry_fail(arena, entry, BRV_FEED_TOO_LONG, archive->limit_bytes);
        return;
    }
    zip_file_t *file = zip_fopen_index(archive->zip, stat->index, 0);
    struct brv_buf *bytes = brv_buf_new_in(arena);
    if (!file) {
        brv_feed_entry_lose(arena, entry, "it cannot be unpacked: %s", zip_strerror(archive->zip));
        return;
    }
    for (;;) {
        char chunk[BRV_FEED_CHUNK];
        zip_int64_t got = zip_fread(file, chunk, sizeof chunk);
        if (got < 0)
            brv_feed_entry_lose(arena, entry, "it is damaged: %s", zip_file_strerror(file));
        if (got <= 0 || !brv_feed_meter_add(&meter, arena, entry, bytes, chunk, (size_t)got))
            break;
    }
    zip_fclose(file);
    entry->bytes = brv_buf_str(bytes);
}

// Unix modes are in the upper half of the external attributes.
static bool is_link(zip_t *zip, zip_uint64_t index)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    return zip_file_get_external_attributes(zip, index, 0, &system, &attributes) == 0 &&
           system == ZIP_OPSYS_UNIX && (attributes >> 28) == 0xa;
}

static bool zip_next(struct brv_feed_source *source, struct brv_arena *arena,
                     struct brv_feed_entry *entry, struct brv_sink *sink)
{
    const uint64_t free_bytes = 64 << 20;
    struct archive *archive = source->state;
    while (archive->at < archive->count) {
        if (brv_feed_archive_swells(
                archive->path, archive->file_bytes, archive->unpacked_bytes, free_bytes, sink))
            return false;
        zip_uint64_t index = (zip_uint64_t)archive->at++;
        source->gone = index + 1;
        zip_stat_t stat;
        *entry = (struct brv_feed_entry){ .name = BRV_S("unnamed") };
        if (zip_stat_index(archive->zip, index, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME)) {
            brv_feed_entry_lose(arena, entry, "its directory entry is damaged");
            return true;
        }
        entry->name = brv_arena_str(arena, brv_str_from_cstr(stat.name));
        if (brv_str_ends_with(entry->name, BRV_S("/")) || brv_feed_is_hidden(entry->name))
            continue; // a folder is none
        if (!brv_feed_is_chosen(source, archive->options, arena, entry->name)) {
            source->passed_over++;
            continue;
        }
        if (is_link(archive->zip, index)) {
            entry->state = BRV_FEED_SKIPPED;
            entry->reason = BRV_S("it is a link");
        } else {
            entry_read(archive, arena, &stat, entry);
            archive->unpacked_bytes += entry->bytes.len;
        }
        return true;
    }
    return false;
}

// Whether the entries claim more bytes than the file has: then some of them share theirs, and few
// bytes may stand for any number of texts.
static bool entries_overlap(const struct archive *archive)
{
    uint64_t claimed = 0;
    for (zip_int64_t i = 0; i < archive->count; i++) {
        zip_stat_t stat;
        if (zip_stat_index(archive->zip, (zip_uint64_t)i, 0, &stat) != 0 ||
            !(stat.valid & ZIP_STAT_COMP_SIZE))
            continue;
        if (stat.comp_size > archive->file_bytes - claimed)
            return true;
        claimed += stat.comp_size;
    }
    return false;
}

enum brv_status brv_feed_open_zip(struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, struct brv_sink *sink)
{
    int code = 0;
    struct archive *archive = BRV_NEW(source->arena, struct archive);
    archive->zip = zip_open(brv_arena_cstr(source->arena, path), ZIP_RDONLY, &code);
    if (!archive->zip) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "cannot open the archive \"%" BRV_STR_F "\": %s",
                   BRV_STR_ARG(path),
                   zip_error_strerror(&error));
        zip_error_fini(&error);
        return BRV_FAILED;
    }
    archive->count = zip_get_num_entries(archive->zip, 0);
    brv_arena_on_free(source->arena, archive_close, archive);
    struct stat status;
    archive->path = brv_arena_str(source->arena, path);
    archive->limit_bytes = options->limits->input_bytes;
    archive->file_bytes =
        stat(brv_arena_cstr(source->arena, path), &status) == 0 ? (uint64_t)status.st_size : 0;
    archive->options = options;
    if (entries_overlap(archive)) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "the entries of the archive \"%" BRV_STR_F "\" overlap",
                   BRV_STR_ARG(path));
        return BRV_FAILED;
    }
    source->state = archive;
    source->next = zip_next;
    source->size = (uint64_t)archive->count;
    return BRV_OK;
}
