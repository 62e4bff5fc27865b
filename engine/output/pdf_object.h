// Brevier — PDF objects, numbered by us and written by libharu as they come.
// The one door to libharu: nothing else includes hpdf.h. libharu holds the document with its
// catalog, page root and information, and writes every dictionary and stream; what stands inside an
// object is ours, given as ready bytes. That keeps libharu's limits (reals, 127 byte names, text
// without NUL, two objects for each stream) out of the document. An object is written when it is
// put, or soon after, so a file of any length needs little memory. A fault inside libharu is
// remembered and reported once, by brv_pdf_file_finish().
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_OBJECT_H
#define BRV_OUTPUT_PDF_OBJECT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/worker.h"

struct brv_pdf_file; // opaque; lives in the arena and ends with it

// Begins a file at the end of `out`, which belongs to it until it is finished. A worker compresses
// streams meanwhile; without one (NULL) the bytes are the same.
struct brv_pdf_file *brv_pdf_file_new(struct brv_arena *arena, struct brv_worker *worker,
                                      struct brv_buf *out);

// The number of a new object, which must be put, once, before the file is finished.
uint32_t brv_pdf_file_reserve(struct brv_pdf_file *file);

// Objects that every file has: the catalog, the root of the page tree, the document information.
// Type, and what links them, is already in them.
uint32_t brv_pdf_file_catalog(const struct brv_pdf_file *file);
uint32_t brv_pdf_file_page_root(const struct brv_pdf_file *file);
uint32_t brv_pdf_file_info(const struct brv_pdf_file *file);

// Makes object `id` a dictionary of `entries` ("/Type/Page/Parent 3 0 R …", without << and >>).
// The bytes are used up.
void brv_pdf_file_put(struct brv_pdf_file *file, uint32_t id, brv_str entries);

// Makes object `id` a stream with `entries` (no /Length, no /Filter). BRV_PDF_DEFLATE compresses
// it; BRV_PDF_PLAIN keeps it readable for tools that do not know PDF.
enum brv_pdf_filter { BRV_PDF_PLAIN, BRV_PDF_DEFLATE };
void brv_pdf_file_put_stream(struct brv_pdf_file *file, uint32_t id, brv_str entries, brv_str bytes,
                             enum brv_pdf_filter filter);

// Ends the file: the last pack of objects, cross references with an ID that is a hash of everything
// before them. Fails, and leaves `out` as it was, when an object was reserved and not put, when a
// limit of the format is reached, or when libharu met a fault.
enum brv_status brv_pdf_file_finish(struct brv_pdf_file *file, struct brv_sink *sink)
    BRV_WARN_UNUSED;

#endif
