// Brevier — the zip package around the parts of a Word document.
// SPDX-License-Identifier: MIT
#include "output/docx_package.h"

#include "output/deflate.h"

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

// Entries from this size on are the worker's: the body, the styles. To hand over the others costs
// more than it saves, and they keep the caller busy meanwhile.
enum { LARGE_BYTES = 4 << 10 };

// An entry as it stands in the archive. We compress it ourselves: libzip would make a compressor
// for each of a dozen small parts, and clearing its quarter of a megabyte costs more than the work.
struct packed {
    struct packed *next;
    struct brv_package_entry entry;
    struct brv_task task;
    struct brv_deflater *deflater;
    struct brv_buf deflated;
    brv_str bytes; // those, what the memo knows, or the content of an entry that is stored
    uint32_t crc;
    bool is_known; // to the memo
    size_t at;     // read so far
    zip_stat_t stat;
    zip_error_t error;
};

struct brv_package {
    struct brv_arena *arena;
    struct brv_worker *worker;
    struct brv_memo *memo;
    struct brv_deflater *deflater;
    struct brv_deflater *deflater_of_worker; // NULL: nothing was large, or there is no worker
    struct packed *first;
    struct packed **end;
};

// ---- packing

static void pack(void *user)
{
    struct packed *packed = user;
    brv_str content = packed->entry.content;
    packed->bytes = content;
    packed->crc = brv_crc32(content);
    if (!packed->entry.is_stored) {
        brv_deflate(packed->deflater, content, &packed->deflated);
        packed->bytes = brv_buf_str(&packed->deflated);
    }
}

static bool is_in_memo(const struct brv_package *package, struct packed *packed)
{
    const struct brv_package_entry *entry = &packed->entry;
    packed->is_known = package->memo && entry->is_common &&
                       brv_memo_find(package->memo, entry->content, &packed->bytes);
    if (packed->is_known) {
        packed->crc = brv_crc32(entry->content);
    }
    return packed->is_known;
}

static void drop_package(void *ptr)
{
    struct brv_package *package = ptr;
    for (struct packed *packed = package->first; packed; packed = packed->next) {
        brv_worker_finish(package->worker, &packed->task);
        brv_buf_deinit(&packed->deflated);
    }
    brv_deflater_free(package->deflater);
    brv_deflater_free(package->deflater_of_worker);
}

struct brv_package *brv_package_new(struct brv_arena *arena, struct brv_worker *worker,
                                    struct brv_memo *memo)
{
    struct brv_package *package = BRV_NEW(arena, struct brv_package);
    package->arena = arena;
    package->worker = worker;
    package->memo = memo;
    package->deflater = brv_deflater_new(BRV_DEFLATE_RAW);
    package->end = &package->first;
    brv_arena_on_free(arena, drop_package, package);
    return package;
}

void brv_package_add(struct brv_package *package, const struct brv_package_entry *entry)
{
    struct packed *packed = BRV_NEW(package->arena, struct packed);
    *package->end = packed;
    package->end = &packed->next;
    packed->entry = *entry;
    packed->deflater = package->deflater;
    if (is_in_memo(package, packed)) {
        return;
    }
    if (!package->worker || entry->is_stored || entry->content.len < LARGE_BYTES) {
        pack(packed);
        return;
    }
    if (!package->deflater_of_worker) {
        package->deflater_of_worker = brv_deflater_new(BRV_DEFLATE_RAW);
    }
    packed->deflater = package->deflater_of_worker;
    brv_worker_start(package->worker, &packed->task, pack, packed);
}

static void finish_packing(struct brv_package *package)
{
    for (struct packed *packed = package->first; packed; packed = packed->next) {
        brv_worker_finish(package->worker, &packed->task);
    }
}

// What the memo gave is valid until then.
static void keep_in_memo(struct brv_package *package)
{
    for (struct packed *packed = package->first; package->memo && packed; packed = packed->next) {
        if (packed->entry.is_common && !packed->is_known) {
            brv_memo_keep(package->memo, packed->entry.content, packed->bytes);
        }
    }
}

// ---- the archive

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

static bool add_to_archive(zip_t *archive, struct packed *packed)
{
    zip_error_init(&packed->error);
    zip_stat_init(&packed->stat);
    packed->stat.valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
    packed->stat.size = packed->entry.content.len;
    packed->stat.comp_size = packed->bytes.len;
    packed->stat.crc = packed->crc;
    packed->stat.comp_method = packed->entry.is_stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    zip_source_t *source = zip_source_function(archive, packed_read, packed);
    if (!source) {
        return false;
    }
    zip_int64_t added = zip_file_add(archive, packed->entry.name, source, ZIP_FL_ENC_UTF_8);
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

enum brv_status brv_package_write(struct brv_package *package, struct brv_buf *out,
                                  struct brv_sink *sink)
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
    finish_packing(package);
    for (struct packed *packed = package->first; packed; packed = packed->next) {
        if (!add_to_archive(archive, packed)) {
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
    keep_in_memo(package);
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
