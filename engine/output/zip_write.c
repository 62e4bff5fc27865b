// Brevier — zip archives, written: the package around the parts of a Word document.
// SPDX-License-Identifier: MIT
#include "output/zip.h"

#include "base/memory.h"

#include <stdlib.h>
#include <time.h>
#include <zip.h>

// Midnight before the first day of 1980, where archives begin to count. libzip takes it for local
// time and gives it back as such. That is found once: each time asked, libc looks whether the zone
// has changed.
static time_t first_day(void)
{
    struct tm day = { .tm_year = 80, .tm_mday = 1, .tm_isdst = -1 };
    return mktime(&day);
}

static enum brv_status fail(struct brv_sink *sink, const char *doing, const char *why)
{
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot %s the Word package: %s",
               doing,
               why);
    return BRV_FAILED;
}

// An entry as libzip reads it, see zip_source_function(3).
struct reading {
    const struct brv_zip_entry *entry;
    size_t at; // so far
    zip_stat_t stat;
    zip_error_t error;
};

static zip_int64_t entry_read(void *user, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
    struct reading *reading = user;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        reading->at = 0;
        return 0;
    case ZIP_SOURCE_READ: {
        size_t left = reading->entry->bytes.len - reading->at;
        size_t count = size < left ? (size_t)size : left;
        memcpy(data, reading->entry->bytes.ptr + reading->at, count);
        reading->at += count;
        return (zip_int64_t)count;
    }
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_STAT:
        memcpy(data, &reading->stat, sizeof reading->stat);
        return sizeof reading->stat;
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&reading->error, data, size);
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN,
                                              ZIP_SOURCE_READ,
                                              ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR,
                                              ZIP_SOURCE_FREE,
                                              -1);
    default:
        zip_error_set(&reading->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static bool add_entry(zip_t *archive, struct reading *reading, time_t day)
{
    const struct brv_zip_entry *entry = reading->entry;
    zip_error_init(&reading->error);
    zip_stat_init(&reading->stat);
    reading->stat.valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
    reading->stat.size = entry->size;
    reading->stat.comp_size = entry->bytes.len;
    reading->stat.crc = entry->crc;
    reading->stat.comp_method = entry->is_stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    zip_source_t *source = zip_source_function(archive, entry_read, reading);
    if (!source) {
        return false;
    }
    zip_int64_t added = zip_file_add(archive, entry->name, source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_mtime(archive, (zip_uint64_t)added, day, 0) == 0;
}

// Copies the finished archive out of the memory source that libzip wrote it to.
static bool read_back(zip_source_t *memory, struct brv_buf *out)
{
    zip_stat_t stat;
    if (zip_source_stat(memory, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
        zip_source_open(memory) != 0) {
        return false;
    }
    brv_buf_reserve(out, (size_t)stat.size);
    zip_int64_t got = zip_source_read(memory, out->ptr + out->len, stat.size);
    zip_source_close(memory);
    if (got < 0 || (zip_uint64_t)got != stat.size) {
        return false;
    }
    out->len += (size_t)got;
    return true;
}

static bool add_entries(zip_t *archive, const struct brv_zip_entry *entries, size_t count,
                        struct reading *readings)
{
    const time_t day = first_day();
    for (size_t i = 0; i < count; i++) {
        readings[i].entry = &entries[i];
        if (!add_entry(archive, &readings[i], day)) {
            return false;
        }
    }
    return true;
}

static enum brv_status write_archive(const struct brv_zip_entry *entries, size_t count,
                                     struct brv_buf *out, struct brv_sink *sink)
{
    zip_error_t error;
    zip_error_init(&error);
    enum brv_status status = BRV_FAILED;
    zip_t *archive = NULL;
    // Read from when the archive is closed.
    struct reading *readings = brv_heap_alloc(brv_size_multiply(count, sizeof *readings));
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
    if (!memory) {
        fail(sink, "make", zip_error_strerror(&error));
        goto out;
    }
    archive = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
    if (!archive) {
        fail(sink, "make", zip_error_strerror(&error));
        goto out;
    }
    zip_source_keep(memory); // zip_close gives back the archive's own reference
    if (!add_entries(archive, entries, count, readings)) {
        fail(sink, "fill", zip_strerror(archive));
        goto out;
    }
    if (zip_close(archive) != 0) {
        fail(sink, "write", zip_strerror(archive));
        goto out;
    }
    archive = NULL;
    if (!read_back(memory, out)) {
        fail(sink, "read back", zip_error_strerror(zip_source_error(memory)));
        goto out;
    }
    status = BRV_OK;
out:
    if (archive) {
        zip_discard(archive);
    }
    if (memory) {
        zip_source_free(memory);
    }
    free(readings);
    zip_error_fini(&error);
    return status;
}

const struct brv_zip brv_zip = {
    .write = write_archive,
    .open = brv_zip_open,
    .read = brv_zip_read,
};
