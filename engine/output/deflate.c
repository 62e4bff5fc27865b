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

// Level 6 is within some one per cent of level 9 on what a PDF holds, and much faster. The parts of
// a Word package are small and repeat themselves near by: with half the window, half the tables and
// level 4 they take half the time and become 4 % larger.
static const struct {
    int level;
    int window_bits; // negative: without the header of RFC 1950
    int memory_level;
} settings[] = {
    [BRV_DEFLATE_ZLIB] = { 6, 15, 8 },
    [BRV_DEFLATE_RAW] = { 4, -14, 7 },
};

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
    if (deflateInit2(&deflater->stream,
                     settings[format].level,
                     Z_DEFLATED,
                     settings[format].window_bits,
                     settings[format].memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK)
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
