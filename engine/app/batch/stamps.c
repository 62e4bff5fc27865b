// Brevier — digests of files, kept by what tells that a file is still the same.
// SPDX-License-Identifier: MIT
#include "app/batch/stamps.h"

#include "app/batch/digest.h"
#include "app/batch/lines.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/macros.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct stamp {
    struct brv_stamp_row row;
    bool is_kept;  // by the ledger
    bool is_asked; // for, in this run
};

struct brv_stamps {
    struct brv_arena *arena;
    struct brv_map by_path;
    struct stamp **asked; // in the order of asking
    size_t count;
    size_t capacity;
    size_t kept; // by the ledger
    int64_t now;
    bool has_changed; // what it is to keep
};

static uint64_t nanos(struct timespec time)
{
    enum { GIGA = 1000000000 };
    return (uint64_t)time.tv_sec * GIGA + (uint64_t)time.tv_nsec;
}

static bool is_same(const struct brv_stamp_row *row, const struct stat *status)
{
    return row->device == status->st_dev && row->inode == status->st_ino &&
           row->bytes == (uint64_t)status->st_size && row->modified == nanos(status->st_mtim) &&
           row->changed == nanos(status->st_ctim);
}

// The digest of what can be read; empty after an error.
static brv_str file_digest(struct brv_arena *arena, int file)
{
    enum { CHUNK_BYTES = 256 << 10 };
    struct brv_arena_mark mark = brv_arena_mark(arena);
    char *chunk = brv_arena_alloc(arena, CHUNK_BYTES);
    struct brv_digest digest;
    brv_digest_start(&digest);
    ssize_t got;
    while ((got = read(file, chunk, CHUNK_BYTES)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            brv_digest_piece(&digest, (brv_str){ chunk, (size_t)got });
    brv_arena_rewind(arena, mark);
    return got < 0 ? (brv_str){ 0 } : brv_digest_end(&digest, arena);
}

// Reads a file, unless it is the one that is known. One that was written to at this moment may be
// written to again without its times telling: it counts as known only when it has settled.
static void stamp_renew(struct brv_stamps *stamps, struct brv_stamp_row *row)
{
    enum { SETTLED_SECONDS = 2 };
    const char *path = brv_arena_cstr(stamps->arena, row->path);
    struct stat status;
    if (stat(path, &status) == 0 && is_same(row, &status))
        return;
    stamps->has_changed = true;
    *row = (struct brv_stamp_row){ .path = row->path };
    int file = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        bool is_settled = status.st_ctim.tv_sec + SETTLED_SECONDS <= stamps->now;
        row->device = status.st_dev;
        row->inode = status.st_ino;
        row->bytes = (uint64_t)status.st_size;
        row->modified = nanos(status.st_mtim);
        row->changed = is_settled ? nanos(status.st_ctim) : 0;
        row->digest = file_digest(stamps->arena, file);
    }
    close(file);
}

static struct stamp *stamp_add(struct brv_stamps *stamps, const struct brv_stamp_row *row)
{
    struct stamp *stamp = BRV_NEW(stamps->arena, struct stamp);
    stamp->row = *row;
    stamp->row.path = brv_arena_str(stamps->arena, row->path);
    stamp->row.digest = brv_arena_str(stamps->arena, row->digest);
    *brv_map_at(&stamps->by_path, stamp->row.path) = stamp;
    return stamp;
}

static void row_take(void *user, const struct brv_stamp_row *row)
{
    struct brv_stamps *stamps = user;
    stamp_add(stamps, row)->is_kept = true;
    stamps->kept++;
}

// ---- a file of them: "DIGEST DEVICE INODE BYTES MODIFIED CHANGED PATH" in a line

static bool number_read(brv_str *rest, uint64_t *number)
{
    size_t end = brv_str_find_byte(*rest, 0, ' ');
    size_t value = 0;
    bool is_number = brv_str_to_size(brv_str_slice(*rest, 0, end), &value);
    *number = value;
    *rest = brv_str_from(*rest, end + 1);
    return is_number;
}

static bool line_read(brv_str line, struct brv_stamp_row *row)
{
    row->digest = brv_str_slice(line, 0, BRV_DIGEST_LENGTH);
    brv_str rest = brv_str_from(line, BRV_DIGEST_LENGTH + 1);
    bool is_good = number_read(&rest, &row->device) && number_read(&rest, &row->inode) &&
                   number_read(&rest, &row->bytes) && number_read(&rest, &row->modified) &&
                   number_read(&rest, &row->changed);
    row->path = rest;
    return is_good && rest.len > 0;
}

static void line_write(struct brv_buf *out, const struct brv_stamp_row *row)
{
    brv_buf_printf(out,
                   "%" BRV_STR_F " %llu %llu %llu %llu %llu %" BRV_STR_F "\n",
                   BRV_STR_ARG(row->digest),
                   (unsigned long long)row->device,
                   (unsigned long long)row->inode,
                   (unsigned long long)row->bytes,
                   (unsigned long long)row->modified,
                   (unsigned long long)row->changed,
                   BRV_STR_ARG(row->path));
}

// ---- exported

struct brv_stamps *brv_stamps_new(struct brv_arena *arena, struct brv_ledger *ledger, int64_t now)
{
    struct brv_stamps *stamps = BRV_NEW(arena, struct brv_stamps);
    *stamps = (struct brv_stamps){ .arena = arena, .by_path = { .arena = arena }, .now = now };
    if (ledger)
        brv_ledger_each_stamp(ledger, row_take, stamps);
    return stamps;
}

void brv_stamps_read(struct brv_stamps *stamps, brv_str path)
{
    brv_str rest;
    if (!brv_file_map(stamps->arena, path, &rest))
        return;
    brv_str line;
    struct brv_stamp_row row;
    while (brv_lines_next(&rest, &line))
        if (line_read(line, &row) && !brv_map_find(&stamps->by_path, row.path))
            stamp_add(stamps, &row);
}

void brv_stamps_write(const struct brv_stamps *stamps, struct brv_buf *out)
{
    for (size_t i = 0; i < stamps->count; i++)
        if (stamps->asked[i]->row.digest.len > 0 && stamps->asked[i]->row.changed > 0)
            line_write(out, &stamps->asked[i]->row);
}

brv_str brv_stamps_digest(struct brv_stamps *stamps, brv_str path)
{
    struct stamp *stamp = brv_map_find(&stamps->by_path, path);
    if (!stamp)
        stamp = stamp_add(stamps, &(struct brv_stamp_row){ .path = path });
    if (!stamp->is_asked) {
        stamp->is_asked = true;
        stamps->has_changed |= !stamp->is_kept;
        stamp_renew(stamps, &stamp->row);
        BRV_PUSH(stamps->arena, stamps->asked, stamps->count, stamps->capacity) = stamp;
    }
    return stamp->row.digest;
}

enum brv_status brv_stamps_save(struct brv_stamps *stamps, struct brv_ledger *ledger,
                                struct brv_sink *sink)
{
    if (!stamps->has_changed && stamps->count == stamps->kept)
        return BRV_OK;
    if (brv_ledger_drop_stamps(ledger, sink))
        return BRV_FAILED;
    for (size_t i = 0; i < stamps->count; i++)
        if (stamps->asked[i]->row.digest.len > 0 &&
            brv_ledger_put_stamp(ledger, &stamps->asked[i]->row, sink))
            return BRV_FAILED;
    return BRV_OK;
}
