// Brevier — feeds: what a gzip file holds, checked against its checksums.
// SPDX-License-Identifier: MIT
#include "load/feed_gzip.h"

#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

enum { PACKED_BYTES = 64 << 10, PIECE_BYTES = 64 << 10 };

struct brv_feed_gzip {
    int file;
    z_stream stream;
    uint64_t packed;
    bool is_between; // members, of which a file may have several one after the other
    bool is_over;    // all of the file is read
    bool is_done;    // … and unpacked
    unsigned char in[PACKED_BYTES];
    unsigned char out[PIECE_BYTES];
};

static void gzip_close(void *ptr)
{
    struct brv_feed_gzip *gzip = ptr;
    inflateEnd(&gzip->stream);
    close(gzip->file);
}

// Reads more of the file, when all that was read is used.
static bool packed_fill(struct brv_feed_gzip *gzip, const char **fault)
{
    while (gzip->stream.avail_in == 0 && !gzip->is_over) {
        ssize_t got = read(gzip->file, gzip->in, sizeof gzip->in);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *fault = brv_system_error(errno);
            return false;
        }
        gzip->is_over = got == 0;
        gzip->packed += (uint64_t)got;
        gzip->stream.next_in = gzip->in;
        gzip->stream.avail_in = (unsigned)got;
    }
    return true;
}

// At the end of a member: whether another one begins. What else is there, zeros of a tape say, is
// no part of the file.
static bool member_begin(struct brv_feed_gzip *gzip, const char **fault)
{
    enum { MAGIC = 0x1f };
    if (!packed_fill(gzip, fault))
        return false;
    gzip->is_done = gzip->stream.avail_in == 0 || gzip->stream.next_in[0] != MAGIC;
    gzip->is_between = false;
    return gzip->is_done || inflateReset(&gzip->stream) == Z_OK;
}

// ---- exported

struct brv_feed_gzip *brv_feed_gzip_open(struct brv_arena *arena, brv_str path)
{
    static const unsigned char magic[] = { 0x1f, 0x8b };
    enum { GZIP_ONLY = 16 };
    unsigned char start[sizeof magic];
    int file = open(brv_arena_cstr(arena, path), O_RDONLY | O_CLOEXEC);
    bool is_gzip = file >= 0 && pread(file, start, sizeof start, 0) == (ssize_t)sizeof start &&
                   memcmp(start, magic, sizeof magic) == 0;
    struct brv_feed_gzip *gzip = is_gzip ? BRV_NEW(arena, struct brv_feed_gzip) : NULL;
    if (!gzip || inflateInit2(&gzip->stream, MAX_WBITS + GZIP_ONLY) != Z_OK) {
        if (file >= 0)
            close(file);
        return NULL;
    }
    gzip->file = file;
    brv_arena_on_free(arena, gzip_close, gzip);
    return gzip;
}

bool brv_feed_gzip_read(struct brv_feed_gzip *gzip, brv_str *piece, const char **fault)
{
    z_stream *stream = &gzip->stream;
    stream->next_out = gzip->out;
    stream->avail_out = sizeof gzip->out;
    while (stream->avail_out == sizeof gzip->out && !gzip->is_done) {
        if (gzip->is_between && !member_begin(gzip, fault))
            return false;
        if (gzip->is_done)
            break;
        if (!packed_fill(gzip, fault))
            return false;
        int code = inflate(stream, Z_NO_FLUSH);
        gzip->is_between = code == Z_STREAM_END;
        if (code == Z_OK || code == Z_STREAM_END)
            continue;
        if (stream->avail_out < sizeof gzip->out)
            break; // what came before the fault, which is found again
        *fault = code == Z_BUF_ERROR ? "it is cut short"
                 : stream->msg       ? stream->msg
                                     : "it is damaged";
        return false;
    }
    *piece = (brv_str){ (const char *)gzip->out, sizeof gzip->out - stream->avail_out };
    return true;
}

uint64_t brv_feed_gzip_packed(const struct brv_feed_gzip *gzip)
{
    return gzip->packed;
}
