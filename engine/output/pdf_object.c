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
//
// The file has the form of PDF 1.5: what is no stream is packed, some hundred objects at a time,
// into object streams, and the cross references are a stream as well. The many small elements of a
// tagged document shrink to a tenth by that. libharu writes each value, we the frame around it:
//
//     header │ stream 4 │ stream 7 │ pack of 1 2 3 5 6 8 … │ … │ cross references
#include "output/pdf_object.h"

#include "base/hash.h"
#include "base/memory.h"
#include "output/deflate.h"
#include "output/pdf_xref.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_list.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

// What this file takes for granted about libharu's public structs.
_Static_assert(HPDF_MAJOR_VERSION == 2, "written for libharu 2");
_Static_assert(offsetof(HPDF_Dict_Rec, header) == 0, "an object begins with its header");
_Static_assert(sizeof(((HPDF_Dict_Rec *)0)->attr) == sizeof(void *), "attr holds a pointer");
_Static_assert(sizeof(HPDF_UINT) == 4, "sizes and offsets have 32 bits");

enum {
    PDF_ID_BYTES = 16,
    // libharu tells its position in a signed 32-bit number.
    PDF_FILE_BYTES_MAX = 0x7FFFFFFF - (1 << 20),
    PDF_FAULT_UNFILLED = 1, // not one of libharu's codes, which begin at 0x1001
    PDF_PACK_OBJECTS = 200, // readers unpack the whole for one object of it
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
        return HPDF_RaiseError(stream->error, HPDF_FILE_IO_ERROR, 0);
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
        return HPDF_RaiseError(stream->error, PDF_FAULT_UNFILLED, dict->header.obj_id & 0x00FFFFFF);
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

// ---- the file

// What is being written: the place of each object, and the pack that is open.
struct pdf_writer {
    struct brv_pdf_file *file;
    HPDF_Stream direct;  // to the file
    HPDF_Stream packing; // to the open pack
    struct brv_pdf_xref_entry *places;
    uint32_t object_count;  // packs and cross references included, as they come
    struct brv_buf numbers; // of the pack: "12 0 13 47 …", objects and where they begin
    struct brv_buf values;
    uint32_t packed_count;
};

static HPDF_STATUS pdf_pack_write(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    brv_buf_add(stream->attr, bytes, size);
    return HPDF_OK;
}

static uint32_t writer_offset(const struct pdf_writer *writer)
{
    return (uint32_t)(writer->file->out->len - writer->file->out_start); // see pdf_out_write
}

static void writer_add_stream(struct pdf_writer *writer, uint32_t id, brv_str entries, brv_str data)
{
    HPDF_Stream direct = writer->direct;
    writer->places[id] =
        (struct brv_pdf_xref_entry){ BRV_PDF_XREF_OFFSET, writer_offset(writer), 0 };
    struct brv_buf *packed = &writer->file->packed;
    brv_buf_clear(packed);
    brv_deflate(writer->file->deflater, data, packed);
    brv_str head = brv_arena_printf(writer->file->arena,
                                    "%u 0 obj\n<<%" BRV_STR_F "/Length %zu/Filter/FlateDecode>>\n"
                                    "stream\n",
                                    id,
                                    BRV_STR_ARG(entries),
                                    packed->len);
    (void)(pdf_stream_put(direct, head) || pdf_stream_put(direct, brv_buf_str(packed)) ||
           pdf_stream_put(direct, BRV_S("\nendstream\nendobj\n"))); // a fault is in file->error
}

static void writer_close_pack(struct pdf_writer *writer)
{
    if (writer->packed_count == 0)
        return;
    size_t first = writer->numbers.len;
    brv_buf_add_str(&writer->numbers, brv_buf_str(&writer->values));
    brv_str entries = brv_arena_printf(
        writer->file->arena, "/Type/ObjStm/N %u/First %zu", writer->packed_count, first);
    writer_add_stream(writer, writer->object_count++, entries, brv_buf_str(&writer->numbers));
    brv_buf_clear(&writer->numbers);
    brv_buf_clear(&writer->values);
    writer->packed_count = 0;
}

static void writer_pack(struct pdf_writer *writer, uint32_t id, HPDF_Dict dict)
{
    writer->places[id] = (struct brv_pdf_xref_entry){
        BRV_PDF_XREF_PACKED,
        writer->object_count,
        (uint16_t)writer->packed_count,
    };
    brv_buf_printf(&writer->numbers, "%u %zu ", id, writer->values.len);
    (void)HPDF_Obj_WriteValue(dict, writer->packing, NULL);
    brv_buf_add_byte(&writer->values, '\n');
    if (++writer->packed_count == PDF_PACK_OBJECTS)
        writer_close_pack(writer);
}

static void writer_put(struct pdf_writer *writer, uint32_t id, HPDF_Dict dict)
{
    const struct pdf_body *body = dict->attr;
    if (!body->is_stream) {
        writer_pack(writer, id, dict);
        return;
    }
    writer->places[id] =
        (struct brv_pdf_xref_entry){ BRV_PDF_XREF_OFFSET, writer_offset(writer), 0 };
    char head[sizeof "4294967295 0 obj\n"];
    int len = snprintf(head, sizeof head, "%u 0 obj\n", id);
    (void)(pdf_stream_put(writer->direct, (brv_str){ head, (size_t)len }) ||
           HPDF_Obj_WriteValue(dict, writer->direct, NULL) ||
           pdf_stream_put(writer->direct, BRV_S("\nendobj\n")));
}

// The cross references come last, so their ID can be a hash of everything before them.
static void writer_finish(struct pdf_writer *writer)
{
    struct brv_pdf_file *file = writer->file;
    const struct brv_buf *out = file->out;
    const uint32_t id = writer->object_count++;
    const uint32_t start = writer_offset(writer);
    uint64_t hash[2];
    hash[0] = brv_hash(out->ptr + file->out_start, start, 0);
    hash[1] = brv_hash(&hash[0], sizeof hash[0], start);
    brv_str entries =
        brv_arena_printf(file->arena,
                         "/Type/XRef/Size %u" BRV_PDF_XREF_FORM "/Root %u 0 R/Info %u 0 R"
                         "/ID[<%016" PRIx64 "%016" PRIx64 "><%016" PRIx64 "%016" PRIx64 ">]",
                         writer->object_count,
                         pdf_object_number(file->doc->catalog),
                         pdf_object_number(file->doc->info),
                         hash[0],
                         hash[1],
                         hash[0],
                         hash[1]);
    writer->places[id] = (struct brv_pdf_xref_entry){ BRV_PDF_XREF_OFFSET, start, 0 };
    brv_pdf_xref_add(&writer->values, writer->places, writer->object_count);
    writer_add_stream(writer, id, entries, brv_buf_str(&writer->values));
    brv_buf_printf(file->out, "startxref\n%u\n%%%%EOF\n", start);
}

static void writer_run(struct pdf_writer *writer)
{
    struct brv_pdf_file *file = writer->file;
    HPDF_Xref xref = file->doc->xref;
    const uint32_t count = xref->entries->count;
    const uint32_t packs_max = count / PDF_PACK_OBJECTS + 1;
    writer->object_count = count;
    writer->places =
        BRV_NEW_ARRAY(file->arena, struct brv_pdf_xref_entry, (size_t)count + packs_max + 1);
    writer->places[0] = (struct brv_pdf_xref_entry){ .index = UINT16_MAX }; // always free
    // The comment of bytes above 127 tells file transfers that this is not text.
    (void)pdf_stream_put(writer->direct, BRV_S("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
    for (uint32_t id = 1; id < count && !file->error; id++)
        writer_put(writer, id, HPDF_Xref_GetEntry(xref, id)->obj);
    writer_close_pack(writer);
    writer_finish(writer);
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
    if (!file->error) {
        struct pdf_writer writer = { .file = file };
        writer.direct = HPDF_CallbackWriter_New(file->doc->mmgr, pdf_out_write, file);
        writer.packing = HPDF_CallbackWriter_New(file->doc->mmgr, pdf_pack_write, &writer.values);
        writer_run(&writer);
        HPDF_Stream_Free(writer.direct);
        HPDF_Stream_Free(writer.packing);
        brv_buf_deinit(&writer.numbers);
        brv_buf_deinit(&writer.values);
    }
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
