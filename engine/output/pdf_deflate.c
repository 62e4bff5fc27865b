// Brevier — the compression of PDF streams: zlib format, one compressor for all of a document.
// SPDX-License-Identifier: MIT
//
// A fresh compressor clears a quarter of a megabyte; resetting one costs little, so a document of
// many small streams keeps the same one.
#include "output/pdf_deflate.h"

#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PDF_DEFLATE_LEVEL = 6 };

struct brv_pdf_deflate {
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

struct brv_pdf_deflate *brv_pdf_deflate_new(void)
{
    struct brv_pdf_deflate *deflate = brv_heap_alloc(sizeof *deflate);
    memset(deflate, 0, sizeof *deflate);
    deflate->stream.zalloc = deflate_alloc;
    deflate->stream.zfree = deflate_free;
    // Fails only for want of memory (ours does not) or for a library of another version.
    if (deflateInit(&deflate->stream, PDF_DEFLATE_LEVEL) != Z_OK)
        abort();
    return deflate;
}

void brv_pdf_deflate_free(struct brv_pdf_deflate *deflate)
{
    if (!deflate)
        return;
    deflateEnd(&deflate->stream);
    free(deflate);
}

void brv_pdf_deflate(struct brv_pdf_deflate *packer, brv_str bytes, struct brv_buf *out)
{
    z_stream *stream = &packer->stream;
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
