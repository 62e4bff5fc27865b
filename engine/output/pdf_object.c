// Brevier — PDF objects, kept, numbered and written by libharu.
// SPDX-License-Identifier: MIT
//
// libharu writes a dictionary as "<<", its own entries, whatever a write callback adds, ">>", and
// then calls an after-write callback. Both callbacks get the dictionary, whose `attr` is free for
// use. So every object of ours is an HPDF_Dict without entries, with a body at `attr`:
//
//     HPDF_Xref ── entry n ──► HPDF_Dict { attr ──► struct pdf_body { entries, data } }
//                                         write_fn: entries    after_write_fn: stream data
//
// An object is made when it is reserved and filled later, which is how forward references work.
// libharu keeps the first error of a document and calls the handler again for every call after
// it; only the first one means something.
#include "output/pdf_object.h"

#include "base/hash.h"
#include "base/memory.h"
#include "output/deflate.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_list.h>
#include <stddef.h>
#include <stdlib.h>

// What this file takes for granted about libharu's public structs.
_Static_assert(HPDF_MAJOR_VERSION == 2, "written for libharu 2");
_Static_assert(offsetof(HPDF_Dict_Rec, header) == 0, "an object begins with its header");
_Static_assert(sizeof(((HPDF_Dict_Rec *)0)->attr) == sizeof(void *), "attr holds a pointer");
_Static_assert(offsetof(HPDF_Xref_Rec, trailer) + sizeof(void *) <= sizeof(HPDF_Xref_Rec),
               "the trailer is a member of the cross references");
_Static_assert(sizeof(HPDF_UINT) == 4, "sizes and offsets have 32 bits");

enum {
    PDF_ID_BYTES = 16,
    // libharu tells its position in a signed 32-bit number.
    PDF_FILE_BYTES_MAX = 0x7FFFFFFF - (1 << 20),
    PDF_FAULT_UNFILLED = 1, // not one of libharu's codes, which begin at 0x1001
};

struct pdf_body {
    brv_str entries;
    brv_str data;
    bool is_stream;
    bool is_put;
    HPDF_Stream stream; // where libharu is writing, for the after-write callback
};

struct brv_pdf_file {
    struct brv_arena *arena;
    HPDF_Doc doc;
    struct brv_deflater *deflater;
    struct brv_buf packed;
    HPDF_STATUS error;
    HPDF_STATUS error_detail;
    struct brv_buf *out; // during writing
    size_t out_start;
};

// ---- libharu's callbacks

static void pdf_error_keep(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    struct brv_pdf_file *file = user;
    if (!file->error) {
        file->error = error;
        file->error_detail = detail;
    }
}

static void *pdf_alloc(HPDF_UINT size)
{
    return brv_heap_alloc(size);
}

static void pdf_free(void *ptr)
{
    free(ptr);
}

static HPDF_STATUS pdf_out_write(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    struct brv_pdf_file *file = stream->attr;
    if (file->out->len - file->out_start + size > PDF_FILE_BYTES_MAX)
        return HPDF_SetError(stream->error, HPDF_FILE_IO_ERROR, 0);
    brv_buf_add(file->out, bytes, size);
    return HPDF_OK;
}

static HPDF_STATUS pdf_stream_put(HPDF_Stream stream, brv_str bytes)
{
    if (bytes.len == 0)
        return HPDF_OK;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)bytes.ptr, (HPDF_UINT)bytes.len);
}

static HPDF_STATUS pdf_body_write(HPDF_Dict dict, HPDF_Stream stream)
{
    struct pdf_body *body = dict->attr;
    if (!body->is_put)
        return HPDF_SetError(stream->error, PDF_FAULT_UNFILLED, dict->header.obj_id & 0x00FFFFFF);
    body->stream = stream;
    HPDF_STATUS status = pdf_stream_put(stream, body->entries);
    return status ? status : pdf_stream_put(stream, BRV_S("\n"));
}

static HPDF_STATUS pdf_body_write_data(HPDF_Dict dict)
{
    const struct pdf_body *body = dict->attr;
    if (!body->is_stream)
        return HPDF_OK;
    HPDF_STATUS status = pdf_stream_put(body->stream, BRV_S("\nstream\n"));
    if (!status)
        status = pdf_stream_put(body->stream, body->data);
    return status ? status : pdf_stream_put(body->stream, BRV_S("\nendstream"));
}

// The trailer is written last, so everything before it can be hashed into its ID. Binary objects
// are written as they stand then.
static HPDF_STATUS pdf_trailer_sign(HPDF_Dict trailer)
{
    struct brv_pdf_file *file = trailer->attr;
    HPDF_Array pair = HPDF_Dict_GetItem(trailer, "ID", HPDF_OCLASS_ARRAY);
    const struct brv_buf *out = file->out;
    uint64_t words[2];
    words[0] = brv_hash(out->ptr + file->out_start, out->len - file->out_start, 0);
    words[1] = brv_hash(&words[0], sizeof words[0], out->len - file->out_start);
    HPDF_BYTE id[PDF_ID_BYTES];
    for (size_t i = 0; i < PDF_ID_BYTES; i++)
        id[i] = (HPDF_BYTE)(words[i / 8] >> (56 - 8 * (i % 8)));
    for (HPDF_UINT i = 0; i < 2; i++) {
        HPDF_Binary binary = HPDF_Array_GetItem(pair, i, HPDF_OCLASS_BINARY);
        HPDF_STATUS status = HPDF_Binary_SetValue(binary, id, PDF_ID_BYTES);
        if (status)
            return status;
    }
    return HPDF_OK;
}

// ---- objects

static void pdf_dict_adopt(struct brv_pdf_file *file, HPDF_Dict dict)
{
    dict->attr = BRV_NEW(file->arena, struct pdf_body);
    dict->before_write_fn = NULL;
    dict->write_fn = pdf_body_write;
    dict->after_write_fn = pdf_body_write_data;
}

static uint32_t pdf_object_number(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

static struct pdf_body *pdf_body_of(struct brv_pdf_file *file, uint32_t id)
{
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(file->doc->xref, id);
    return entry && entry->obj ? ((HPDF_Dict)entry->obj)->attr : NULL;
}

static void pdf_file_free(void *ptr)
{
    struct brv_pdf_file *file = ptr;
    if (file->doc)
        HPDF_Free(file->doc);
    brv_deflater_free(file->deflater);
    brv_buf_deinit(&file->packed);
}

static void pdf_trailer_prepare(struct brv_pdf_file *file)
{
    HPDF_Doc doc = file->doc;
    HPDF_Dict trailer = doc->xref->trailer;
    HPDF_Array pair = HPDF_Array_New(doc->mmgr);
    HPDF_BYTE zeros[PDF_ID_BYTES] = { 0 };
    for (int i = 0; i < 2; i++)
        HPDF_Array_Add(pair, HPDF_Binary_New(doc->mmgr, zeros, PDF_ID_BYTES));
    HPDF_Dict_Add(trailer, "Root", doc->catalog);
    HPDF_Dict_Add(trailer, "Info", doc->info);
    HPDF_Dict_Add(trailer, "ID", pair);
    trailer->attr = file;
    trailer->before_write_fn = pdf_trailer_sign;
}

// ---- exported

struct brv_pdf_file *brv_pdf_file_new(struct brv_arena *arena)
{
    struct brv_pdf_file *file = BRV_NEW(arena, struct brv_pdf_file);
    file->arena = arena;
    brv_arena_on_free(arena, pdf_file_free, file);
    file->deflater = brv_deflater_new(BRV_DEFLATE_ZLIB);
    // Our allocator does not fail, so neither does this; the pool of libharu misaligns.
    file->doc = HPDF_NewEx(pdf_error_keep, pdf_alloc, pdf_free, 0, file);
    HPDF_Doc doc = file->doc;
    // libharu has named itself in the information dictionary and begun an empty page tree.
    HPDF_SetInfoAttr(doc, HPDF_INFO_PRODUCER, "");
    HPDF_Dict_RemoveElement(doc->info, "Producer");
    HPDF_Dict_RemoveElement(doc->root_pages, "Kids");
    HPDF_Dict_RemoveElement(doc->root_pages, "Count");
    pdf_dict_adopt(file, doc->info);
    pdf_dict_adopt(file, doc->root_pages);
    pdf_dict_adopt(file, doc->catalog);
    pdf_trailer_prepare(file);
    return file;
}

uint32_t brv_pdf_file_reserve(struct brv_pdf_file *file)
{
    HPDF_Xref xref = file->doc->xref;
    // The list of objects grows by a fixed step, copying byte by byte: make the step geometric.
    if (xref->entries->count >= xref->entries->items_per_block)
        xref->entries->items_per_block = xref->entries->count;
    HPDF_Dict dict = HPDF_Dict_New(file->doc->mmgr);
    if (!dict || HPDF_Xref_Add(xref, dict) != HPDF_OK)
        return 0; // the limit of objects; remembered, nothing will be written
    pdf_dict_adopt(file, dict);
    return pdf_object_number(dict);
}

uint32_t brv_pdf_file_catalog(const struct brv_pdf_file *file)
{
    return pdf_object_number(file->doc->catalog);
}

uint32_t brv_pdf_file_page_root(const struct brv_pdf_file *file)
{
    return pdf_object_number(file->doc->root_pages);
}

uint32_t brv_pdf_file_info(const struct brv_pdf_file *file)
{
    return pdf_object_number(file->doc->info);
}

void brv_pdf_file_put(struct brv_pdf_file *file, uint32_t id, brv_str entries)
{
    struct pdf_body *body = id ? pdf_body_of(file, id) : NULL;
    if (!body)
        return; // no such number was had: see brv_pdf_file_reserve
    body->entries = brv_arena_str(file->arena, entries);
    body->is_put = true;
}

void brv_pdf_file_put_stream(struct brv_pdf_file *file, uint32_t id, brv_str entries, brv_str bytes,
                             enum brv_pdf_filter filter)
{
    struct pdf_body *body = id ? pdf_body_of(file, id) : NULL;
    if (!body)
        return;
    if (filter == BRV_PDF_DEFLATE) {
        brv_buf_clear(&file->packed);
        brv_deflate(file->deflater, bytes, &file->packed);
        bytes = brv_buf_str(&file->packed);
    }
    body->data = brv_arena_str(file->arena, bytes);
    body->entries = brv_arena_printf(file->arena,
                                     "%" BRV_STR_F "/Length %zu%s",
                                     BRV_STR_ARG(entries),
                                     bytes.len,
                                     filter == BRV_PDF_DEFLATE ? "/Filter/FlateDecode" : "");
    body->is_stream = true;
    body->is_put = true;
}

enum brv_status brv_pdf_file_write(struct brv_pdf_file *file, struct brv_buf *out,
                                   struct brv_sink *sink)
{
    file->out = out;
    file->out_start = out->len;
    HPDF_Stream stream = NULL;
    if (!file->error)
        stream = HPDF_CallbackWriter_New(file->doc->mmgr, pdf_out_write, file);
    // The comment of bytes above 127 tells file transfers that this is not text.
    if (stream && pdf_stream_put(stream, BRV_S("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")) == HPDF_OK)
        (void)HPDF_Xref_WriteToStream(file->doc->xref, stream, NULL); // a fault is in file->error
    HPDF_Stream_Free(stream);
    if (!file->error)
        return BRV_OK;
    out->len = file->out_start;
    if (file->error == HPDF_FILE_IO_ERROR || file->error == HPDF_XREF_COUNT_ERR) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_span_none(),
                   "the document is too large for one PDF file (2 GiB, 8388607 objects)");
    } else {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INTERNAL,
                   brv_span_none(),
                   "the PDF writer met fault 0x%04lx (detail %lu)",
                   (unsigned long)file->error,
                   (unsigned long)file->error_detail);
    }
    return BRV_FAILED;
}
