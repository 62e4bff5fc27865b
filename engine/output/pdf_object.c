// Brevier — PDF objects, numbered by us and written by libharu as they come.
// SPDX-License-Identifier: MIT
//
// libharu writes a dictionary as "<<", its own entries, whatever a write callback adds, ">>", and
// then calls an after-write callback. Both callbacks get the dictionary, whose `attr` is free for
// use. So every object of ours is an HPDF_Dict without entries, with a body at `attr`:
//
//     HPDF_Dict { attr ──► struct pdf_body { entries, data } }
//         write_fn: entries    after_write_fn: stream data
//
// A number can be had before its object, which is how forward references work; an object is written
// when it is put, and nothing of it stays. The file has the form of PDF 1.5: what is no stream is
// packed, some hundred objects at a time, into object streams, and the cross references are a
// stream as well. The many small elements of a tagged document shrink to a tenth by that. libharu
// knows only the older form, so the frame around the objects is ours:
//
//     header │ stream 4 │ stream 7 │ pack of 5 6 8 … │ … │ pack of … 3 1 │ cross references
//
// libharu keeps the first error of a document and calls the handler again for every call after it;
// only the first one means something.
#include "output/pdf_object.h"

#include "base/hash.h"
#include "base/memory.h"
#include "output/pdf_press.h"
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
    HPDF_Stream stream; // where libharu is writing, for the after-write callback
};

// The object stream that is being filled.
struct pdf_pack {
    uint32_t id;
    uint16_t count;
    struct brv_buf numbers; // "12 0 13 47 …": objects and where they begin
    struct brv_buf values;
};

struct brv_pdf_file {
    struct brv_arena *arena;
    HPDF_Doc doc;
    struct brv_buf *out;
    size_t out_start;
    HPDF_Stream direct;  // to the file
    HPDF_Stream packing; // to the pack
    struct pdf_pack pack;
    struct brv_pdf_xref_entry *places; // by number; free until the object is put
    size_t place_count;
    size_t place_capacity;
    struct brv_pdf_press *press;
    struct brv_buf entries; // the dictionary of a stream
    HPDF_STATUS error;
    HPDF_STATUS error_detail;
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

static HPDF_STATUS pdf_pack_write(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    struct brv_pdf_file *file = stream->attr;
    brv_buf_add(&file->pack.values, bytes, size);
    return HPDF_OK;
}

static HPDF_STATUS pdf_body_write(HPDF_Dict dict, HPDF_Stream stream)
{
    struct pdf_body *body = dict->attr;
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

// ---- objects. What a call to libharu returns is not asked for: a fault is in file->error.

static uint32_t pdf_object_number(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

static uint32_t pdf_offset(const struct brv_pdf_file *file)
{
    return (uint32_t)(file->out->len - file->out_start); // see pdf_out_write
}

static void pdf_write_stream(struct brv_pdf_file *file, uint32_t id, HPDF_Dict dict)
{
    file->places[id] = (struct brv_pdf_xref_entry){ BRV_PDF_XREF_OFFSET, pdf_offset(file), 0 };
    char head[sizeof "4294967295 0 obj\n"];
    int len = snprintf(head, sizeof head, "%u 0 obj\n", id);
    (void)pdf_stream_put(file->direct, (brv_str){ head, (size_t)len });
    (void)HPDF_Obj_WriteValue(dict, file->direct, NULL);
    (void)pdf_stream_put(file->direct, BRV_S("\nendobj\n"));
}

static void pdf_close_pack(struct brv_pdf_file *file)
{
    struct pdf_pack *pack = &file->pack;
    if (pack->count == 0)
        return;
    char entries[sizeof "/Type/ObjStm/N 65535/First 4294967295"];
    int len = snprintf(entries,
                       sizeof entries,
                       "/Type/ObjStm/N %u/First %zu",
                       (unsigned)pack->count,
                       pack->numbers.len);
    brv_buf_add_str(&pack->numbers, brv_buf_str(&pack->values));
    pack->count = 0;
    brv_pdf_file_put_stream(file,
                            pack->id,
                            (brv_str){ entries, (size_t)len },
                            brv_buf_str(&pack->numbers),
                            BRV_PDF_DEFLATE);
    brv_buf_clear(&pack->numbers);
    brv_buf_clear(&pack->values);
}

static void pdf_write_packed(struct brv_pdf_file *file, uint32_t id, HPDF_Dict dict)
{
    struct pdf_pack *pack = &file->pack;
    if (pack->count == 0)
        pack->id = brv_pdf_file_reserve(file);
    file->places[id] = (struct brv_pdf_xref_entry){ BRV_PDF_XREF_PACKED, pack->id, pack->count };
    brv_buf_printf(&pack->numbers, "%u %zu ", id, pack->values.len);
    (void)HPDF_Obj_WriteValue(dict, file->packing, NULL);
    brv_buf_add_byte(&pack->values, '\n');
    if (++pack->count == PDF_PACK_OBJECTS)
        pdf_close_pack(file);
}

// The dictionary of an object: one of those that libharu has in every document, or a new one.
static HPDF_Dict pdf_dict_of(struct brv_pdf_file *file, uint32_t id)
{
    HPDF_Dict own[] = { file->doc->catalog, file->doc->root_pages, file->doc->info };
    for (size_t i = 0; i < BRV_COUNT(own); i++)
        if (pdf_object_number(own[i]) == id)
            return own[i];
    return HPDF_Dict_New(file->doc->mmgr);
}

static void pdf_put(struct brv_pdf_file *file, uint32_t id, struct pdf_body *body)
{
    if (id == 0 || id >= file->place_count || file->error)
        return; // no such number was had: see brv_pdf_file_reserve
    HPDF_Dict dict = pdf_dict_of(file, id);
    dict->attr = body;
    dict->before_write_fn = NULL;
    dict->write_fn = pdf_body_write;
    dict->after_write_fn = pdf_body_write_data;
    if (body->is_stream)
        pdf_write_stream(file, id, dict);
    else
        pdf_write_packed(file, id, dict);
    dict->attr = NULL;
    if (!pdf_object_number(dict))
        HPDF_Dict_Free(dict);
}

static void pdf_put_stream(struct brv_pdf_file *file, uint32_t id, brv_str entries,
                           const char *filter, brv_str bytes)
{
    brv_buf_clear(&file->entries);
    brv_buf_add_str(&file->entries, entries);
    brv_buf_printf(&file->entries, "/Length %zu%s", bytes.len, filter);
    struct pdf_body body = {
        .entries = brv_buf_str(&file->entries),
        .data = bytes,
        .is_stream = true,
    };
    pdf_put(file, id, &body);
}

static void pdf_put_pressed(void *user, const struct brv_pdf_pressed *stream)
{
    pdf_put_stream(user, stream->id, stream->entries, "/Filter/FlateDecode", stream->bytes);
}

// ---- the file

// The cross references come last, so their ID can be a hash of everything before them.
static void pdf_write_references(struct brv_pdf_file *file)
{
    const uint32_t id = brv_pdf_file_reserve(file);
    const uint32_t start = pdf_offset(file);
    if (!id)
        return;
    uint64_t hash[2];
    hash[0] = brv_hash(file->out->ptr + file->out_start, start, 0);
    hash[1] = brv_hash(&hash[0], sizeof hash[0], start);
    brv_str entries =
        brv_arena_printf(file->arena,
                         "/Type/XRef/Size %zu" BRV_PDF_XREF_FORM "/Root %u 0 R/Info %u 0 R"
                         "/ID[<%016" PRIx64 "%016" PRIx64 "><%016" PRIx64 "%016" PRIx64 ">]",
                         file->place_count,
                         brv_pdf_file_catalog(file),
                         brv_pdf_file_info(file),
                         hash[0],
                         hash[1],
                         hash[0],
                         hash[1]);
    file->places[id] = (struct brv_pdf_xref_entry){ BRV_PDF_XREF_OFFSET, start, 0 };
    struct brv_buf *rows = &file->pack.values; // the last pack is closed
    brv_pdf_xref_add(rows, file->places, file->place_count);
    brv_pdf_file_put_stream(file, id, entries, brv_buf_str(rows), BRV_PDF_DEFLATE);
    brv_pdf_press_empty(file->press);
    brv_buf_printf(file->out, "startxref\n%u\n%%%%EOF\n", start);
}

static void pdf_check_filled(struct brv_pdf_file *file)
{
    for (size_t i = 1; i < file->place_count; i++)
        if (file->places[i].kind == BRV_PDF_XREF_FREE)
            pdf_error_keep(PDF_FAULT_UNFILLED, i, file);
}

static void pdf_file_free(void *ptr)
{
    struct brv_pdf_file *file = ptr;
    HPDF_Stream_Free(file->direct);
    HPDF_Stream_Free(file->packing);
    if (file->doc)
        HPDF_Free(file->doc);
    brv_pdf_press_free(file->press);
    brv_buf_deinit(&file->entries);
    brv_buf_deinit(&file->pack.numbers);
    brv_buf_deinit(&file->pack.values);
}

// ---- exported

struct brv_pdf_file *brv_pdf_file_new(struct brv_arena *arena, struct brv_worker *worker,
                                      struct brv_buf *out)
{
    struct brv_pdf_file *file = BRV_NEW(arena, struct brv_pdf_file);
    file->arena = arena;
    file->out = out;
    file->out_start = out->len;
    brv_arena_on_free(arena, pdf_file_free, file);
    file->press = brv_pdf_press_new(worker, pdf_put_pressed, file);
    // Our allocator does not fail, so neither does this; the pool of libharu misaligns.
    file->doc = HPDF_NewEx(pdf_error_keep, pdf_alloc, pdf_free, 0, file);
    HPDF_Doc doc = file->doc;
    // libharu has named itself in the information dictionary and begun an empty page tree.
    HPDF_SetInfoAttr(doc, HPDF_INFO_PRODUCER, "");
    HPDF_Dict_RemoveElement(doc->info, "Producer");
    HPDF_Dict_RemoveElement(doc->root_pages, "Kids");
    HPDF_Dict_RemoveElement(doc->root_pages, "Count");
    file->direct = HPDF_CallbackWriter_New(doc->mmgr, pdf_out_write, file);
    file->packing = HPDF_CallbackWriter_New(doc->mmgr, pdf_pack_write, file);
    // Our numbers go on from those of libharu's own objects; object 0 is always free.
    while (file->place_count < doc->xref->entries->count)
        (void)brv_pdf_file_reserve(file);
    file->places[0].index = UINT16_MAX;
    // The comment of bytes above 127 tells file transfers that this is not text.
    (void)pdf_stream_put(file->direct, BRV_S("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
    return file;
}

uint32_t brv_pdf_file_reserve(struct brv_pdf_file *file)
{
    if (file->place_count >= HPDF_LIMIT_MAX_XREF_ELEMENT) {
        pdf_error_keep(HPDF_XREF_COUNT_ERR, 0, file);
        return 0; // nothing will come of the file
    }
    BRV_PUSH(file->arena, file->places, file->place_count, file->place_capacity) =
        (struct brv_pdf_xref_entry){ 0 };
    return (uint32_t)file->place_count - 1;
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
    struct pdf_body body = { .entries = entries };
    pdf_put(file, id, &body);
}

void brv_pdf_file_put_stream(struct brv_pdf_file *file, uint32_t id, brv_str entries, brv_str bytes,
                             enum brv_pdf_filter filter)
{
    if (filter == BRV_PDF_DEFLATE) {
        brv_pdf_press_put(file->press, id, entries, bytes);
        return;
    }
    brv_pdf_press_empty(file->press); // streams stand in the order in which they were put
    pdf_put_stream(file, id, entries, "", bytes);
}

enum brv_status brv_pdf_file_finish(struct brv_pdf_file *file, struct brv_sink *sink)
{
    pdf_close_pack(file);
    brv_pdf_press_empty(file->press);
    pdf_check_filled(file);
    if (!file->error)
        pdf_write_references(file);
    if (!file->error)
        return BRV_OK;
    file->out->len = file->out_start;
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
