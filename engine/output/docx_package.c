// Brevier — the zip package around the parts of a Word document.
// SPDX-License-Identifier: MIT
#include "output/docx_package.h"

#include "output/deflate.h"

// Whoever has time compresses: an entry is given to the worker as soon as it is added, and what it
// has not begun when the last one is there the caller takes back. Each of them has a compressor,
// once it needs one.

struct packed {
    struct packed *next;
    struct brv_package_entry entry;
    struct brv_task task;
    struct brv_deflater **deflater; // of who packs it; NULL there until then
    struct brv_buf deflated;
    brv_str bytes; // those, what the memo knows, or the content of an entry that is stored
    uint32_t crc;
    bool is_known; // to the memo
};

struct brv_package {
    struct brv_arena *arena;
    struct brv_worker *worker;
    struct brv_memo *memo;
    struct brv_deflater *deflater, *deflater_of_worker;
    struct packed *first;
    struct packed **end;
    size_t count;
};

// ---- packing

static void pack(void *user)
{
    struct packed *packed = user;
    brv_str content = packed->entry.content;
    packed->bytes = content;
    packed->crc = brv_crc32(content);
    if (!packed->entry.is_stored) {
        if (!*packed->deflater) {
            *packed->deflater = brv_deflater_new(BRV_DEFLATE_RAW);
        }
        brv_deflate(*packed->deflater, content, &packed->deflated);
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
    package->end = &package->first;
    brv_arena_on_free(arena, drop_package, package);
    return package;
}

void brv_package_add(struct brv_package *package, const struct brv_package_entry *entry)
{
    struct packed *packed = BRV_NEW(package->arena, struct packed);
    *package->end = packed;
    package->end = &packed->next;
    package->count++;
    packed->entry = *entry;
    if (is_in_memo(package, packed)) {
        return;
    }
    packed->deflater = package->worker ? &package->deflater_of_worker : &package->deflater;
    brv_worker_start(package->worker, &packed->task, pack, packed);
}

static void finish_packing(struct brv_package *package)
{
    for (struct packed *packed = package->first; packed; packed = packed->next) {
        if (brv_worker_take_back(package->worker, &packed->task)) {
            packed->deflater = &package->deflater;
            pack(packed);
        }
    }
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

enum brv_status brv_package_write(struct brv_package *package, const struct brv_zip_source *source,
                                  struct brv_buf *out, struct brv_sink *sink)
{
    finish_packing(package); // while the worker may still be opening the module
    const struct brv_zip *zip = source->open(source->user, sink);
    if (!zip) {
        return BRV_FAILED;
    }
    struct brv_zip_entry *entries =
        BRV_NEW_ARRAY(package->arena, struct brv_zip_entry, package->count);
    size_t count = 0;
    for (const struct packed *packed = package->first; packed; packed = packed->next) {
        entries[count++] = (struct brv_zip_entry){
            .name = packed->entry.name,
            .bytes = packed->bytes,
            .size = packed->entry.content.len,
            .crc = packed->crc,
            .is_stored = packed->entry.is_stored,
        };
    }
    enum brv_status status = zip->write(entries, count, out, sink);
    if (status == BRV_OK) {
        keep_in_memo(package);
    }
    return status;
}
