// Brevier — where the objects of a PDF stand: the rows of a cross-reference stream.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_XREF_H
#define BRV_OUTPUT_PDF_XREF_H

#include "base/buf.h"

#include <stdint.h>

enum brv_pdf_xref_kind { BRV_PDF_XREF_FREE, BRV_PDF_XREF_OFFSET, BRV_PDF_XREF_PACKED };

struct brv_pdf_xref_entry {
    enum brv_pdf_xref_kind kind;
    uint32_t at;    // offset in the file; of a packed object the number of its object stream
    uint16_t index; // of a packed object: its place in there
};

// What a cross-reference stream says of the rows that brv_pdf_xref_add appends.
#define BRV_PDF_XREF_FORM "/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>"

// Appends one row for each entry, from object 0 on, as the difference from the row above:
// neighbours differ by little, so it compresses to a fraction.
void brv_pdf_xref_add(struct brv_buf *out, const struct brv_pdf_xref_entry *entries, size_t count);

#endif
