// Brevier — the zip package around the parts of a Word document.
// SPDX-License-Identifier: MIT
#include "output/docx_package.h"

#include <zip.h>

// Level 6 is within some one per cent of level 9 on these parts, and much faster.
enum { DEFLATE_LEVEL = 6, DOS_DATE_1980_01_01 = 0x21, DOS_MIDNIGHT = 0 };

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

static bool add_entry(zip_t *archive, const struct brv_package_entry *entry)
{
    zip_source_t *source =
        zip_source_buffer(archive, entry->content.ptr, (zip_uint64_t)entry->content.len, 0);
    if (!source) {
        return false;
    }
    zip_int64_t added = zip_file_add(archive, entry->name, source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t index = (zip_uint64_t)added;
    return zip_file_set_dostime(archive, index, DOS_MIDNIGHT, DOS_DATE_1980_01_01, 0) == 0 &&
           zip_set_file_compression(archive, index, ZIP_CM_DEFLATE, DEFLATE_LEVEL) == 0;
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
        if (!add_entry(archive, &entries[i])) {
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
    zip_error_fini(&error);
    return status;
}
