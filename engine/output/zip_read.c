// Brevier — zip archives, read: the parts of somebody's Word package.
// SPDX-License-Identifier: MIT
#include "output/zip.h"

#include <zip.h>

enum { ENTRIES_MAX = 5000, GROWTH_MAX = 300 };
static const uint64_t part_bytes_max = 16u << 20;
static const uint64_t all_bytes_max = 64u << 20;

struct brv_zip_reader {
    struct brv_arena *arena;
    zip_t *zip;
    uint64_t read; // bytes so far
};

static void archive_close(void *zip)
{
    zip_discard(zip);
}

struct brv_zip_reader *brv_zip_open(struct brv_arena *arena, brv_str bytes, const char **why)
{
    zip_error_t error;
    zip_error_init(&error);
    *why = "it is no zip archive";
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    zip_error_fini(&error);
    if (!zip) {
        if (source) {
            zip_source_free(source);
        }
        return NULL;
    }
    brv_arena_on_free(arena, archive_close, zip);
    if (zip_get_num_entries(zip, 0) > ENTRIES_MAX) {
        *why = "it has too many parts";
        return NULL;
    }
    *why = NULL;
    struct brv_zip_reader *reader = BRV_NEW(arena, struct brv_zip_reader);
    *reader = (struct brv_zip_reader){ .arena = arena, .zip = zip };
    return reader;
}

brv_str brv_zip_read(struct brv_zip_reader *reader, brv_str name, const char **why)
{
    brv_str none = { 0 };
    zip_stat_t stat;
    char *path = brv_arena_cstr(reader->arena, name);
    if (name.len == 0 || zip_stat(reader->zip, path, ZIP_FL_ENC_GUESS, &stat) != 0) {
        return none;
    }
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_INDEX;
    bool is_large = stat.size > part_bytes_max || reader->read + stat.size > all_bytes_max;
    if ((stat.valid & needed) != needed || is_large ||
        stat.size / GROWTH_MAX > stat.comp_size + 64) {
        *why = "a part is larger than any honest one";
        return none;
    }
    zip_file_t *file = zip_fopen_index(reader->zip, stat.index, 0);
    char *content = brv_arena_alloc(reader->arena, (size_t)stat.size);
    zip_int64_t got = file ? zip_fread(file, content, stat.size) : -1;
    bool is_whole = got >= 0 && (zip_uint64_t)got == stat.size;
    if (file && zip_fclose(file) != 0) { // where a wrong checksum shows
        is_whole = false;
    }
    if (!is_whole) {
        *why = "a part of it cannot be read";
        return none;
    }
    reader->read += stat.size;
    return (brv_str){ content, (size_t)stat.size };
}
