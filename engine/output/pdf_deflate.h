// Brevier — the compression of PDF streams: zlib format, one compressor for all of a document.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_DEFLATE_H
#define BRV_OUTPUT_PDF_DEFLATE_H

#include "base/buf.h"

struct brv_pdf_deflate; // opaque

struct brv_pdf_deflate *brv_pdf_deflate_new(void);
void brv_pdf_deflate_free(struct brv_pdf_deflate *deflate); // accepts NULL

// Appends `bytes` compressed to `out`.
void brv_pdf_deflate(struct brv_pdf_deflate *packer, brv_str bytes, struct brv_buf *out);

#endif
