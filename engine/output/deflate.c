// Brevier — compression: one compressor for all streams of a PDF or parts of a Word package.
// SPDX-License-Identifier: MIT
//
// A fresh compressor clears a quarter of a megabyte; resetting one costs little, so a document of
// many small streams keeps the same one.
#include "output/deflate.h"

#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// What we write is small and repeats itself near by: level 4 with half the window and half the
// tables takes two thirds of the time of zlib's defaults, and half the memory; PDF grows by 0.5 %
// for it, Word by 4 %.
enum { LEVEL = 4, WINDOW_BITS = 14, MEMORY_LEVEL = 7 };

struct brv_deflater {
    z_stream stream;
};

static voidpf deflate_alloc(voidpf user, uInt items, uInt size)
{
    (void)user;
    return brv_heap_alloc((size_t)items * size);
}

static void deflate_free(voidpf user, voidpf ptr)
{
    (void)user;
    free(ptr);
}

struct brv_deflater *brv_deflater_new(enum brv_deflate_format format)
{
    struct brv_deflater *deflater = brv_heap_alloc(sizeof *deflater);
    memset(deflater, 0, sizeof *deflater);
    deflater->stream.zalloc = deflate_alloc;
    deflater->stream.zfree = deflate_free;
    // Fails only for want of memory (ours does not) or for a library of another version.
    int bits = format == BRV_DEFLATE_RAW ? -WINDOW_BITS : WINDOW_BITS;
    if (deflateInit2(
            &deflater->stream, LEVEL, Z_DEFLATED, bits, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    return deflater;
}

void brv_deflater_free(struct brv_deflater *deflater)
{
    if (!deflater)
        return;
    deflateEnd(&deflater->stream);
    free(deflater);
}

void brv_deflate(struct brv_deflater *deflater, brv_str bytes, struct brv_buf *out)
{
    z_stream *stream = &deflater->stream;
    size_t bound = deflateBound(stream, (uLong)bytes.len);
    brv_buf_reserve(out, bound);
    const unsigned char *in = (const unsigned char *)(bytes.len ? bytes.ptr : "");
    size_t left = bytes.len;
    size_t room = bound;
    stream->next_in = (z_const Bytef *)in;
    stream->next_out = (Bytef *)out->ptr + out->len;
    int status;
    do { // zlib counts in unsigned int
        stream->avail_in = left > UINT_MAX ? UINT_MAX : (uInt)left;
        stream->avail_out = room > UINT_MAX ? UINT_MAX : (uInt)room;
        size_t given = stream->avail_in;
        size_t offered = stream->avail_out;
        status = deflate(stream, left == given ? Z_FINISH : Z_NO_FLUSH);
        left -= given - stream->avail_in;
        room -= offered - stream->avail_out;
    } while (status == Z_OK);
    if (status != Z_STREAM_END)
        abort(); // the bound was room enough by contract
    out->len += bound - room;
    deflateReset(stream);
}

uint32_t brv_crc32(brv_str bytes)
{
    return (uint32_t)crc32_z(0, (const Bytef *)(bytes.len ? bytes.ptr : ""), bytes.len);
}
