// Brevier — the zip package around the parts of a Word document.
// SPDX-License-Identifier: MIT
#include "output/docx_package.h"

#include "base/memory.h"
#include "output/deflate.h"

#include <stdlib.h>
#include <zip.h>

enum { DOS_DATE_1980_01_01 = 0x21, DOS_MIDNIGHT = 0 };

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

// An entry as it stands in the archive. We compress it ourselves: libzip would make a compressor
// for each of a dozen small parts, and clearing its quarter of a megabyte costs more than the work.
struct packed {
    struct brv_buf deflated;
    brv_str bytes; // those, or the content of an entry that is stored
    size_t at;     // read so far
    zip_stat_t stat;
    zip_error_t error;
};

// The source that libzip reads an entry from; see zip_source_function(3).
static zip_int64_t packed_read(void *user, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
    struct packed *packed = user;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        packed->at = 0;
        return 0;
    case ZIP_SOURCE_READ: {
        size_t left = packed->bytes.len - packed->at;
        size_t count = size < left ? (size_t)size : left;
        memcpy(data, packed->bytes.ptr + packed->at, count);
        packed->at += count;
        return (zip_int64_t)count;
    }
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_STAT:
        memcpy(data, &packed->stat, sizeof packed->stat);
        return sizeof packed->stat;
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&packed->error, data, size);
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN,
                                              ZIP_SOURCE_READ,
                                              ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR,
                                              ZIP_SOURCE_FREE,
                                              -1);
    default:
        zip_error_set(&packed->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static void pack(struct packed *packed, const struct brv_package_entry *entry,
                 struct brv_deflater *deflater)
{
    brv_str content = entry->content;
    packed->bytes = content;
    if (!entry->is_stored) {
        brv_deflate(deflater, content, &packed->deflated);
        packed->bytes = brv_buf_str(&packed->deflated);
    }
    zip_error_init(&packed->error);
    zip_stat_init(&packed->stat);
    packed->stat.valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
    packed->stat.size = content.len;
    packed->stat.comp_size = packed->bytes.len;
    packed->stat.crc = brv_crc32(content);
    packed->stat.comp_method = entry->is_stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
}

static bool add_entry(zip_t *archive, const char *name, struct packed *packed)
{
    zip_source_t *source = zip_source_function(archive, packed_read, packed);
    if (!source) {
        return false;
    }
    zip_int64_t added = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t index = (zip_uint64_t)added;
    return zip_file_set_dostime(archive, index, DOS_MIDNIGHT, DOS_DATE_1980_01_01, 0) == 0;
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

enum brv_status brv_package_write(const struct brv_package_entry *entries, size_t count,
                                  struct brv_buf *out, struct brv_sink *sink)
{
    zip_error_t error;
    zip_error_init(&error);
    enum brv_status status = BRV_FAILED;
    zip_t *archive = NULL;
    struct packed *packed = brv_heap_alloc(count * sizeof *packed);
    memset(packed, 0, count * sizeof *packed);
    struct brv_deflater *deflater = brv_deflater_new(BRV_DEFLATE_RAW);
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
    for (size_t i = 0; i < count; i++) {
        pack(&packed[i], &entries[i], deflater);
        if (!add_entry(archive, entries[i].name, &packed[i])) {
            fail(sink, "fill", zip_strerror(archive));
            goto out;
        }
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
    for (size_t i = 0; i < count; i++) {
        brv_buf_deinit(&packed[i].deflated);
    }
    free(packed);
    brv_deflater_free(deflater);
    zip_error_fini(&error);
    return status;
}
