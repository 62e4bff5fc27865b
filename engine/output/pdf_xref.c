// Brevier — where the objects of a PDF stand: the rows of a cross-reference stream.
// SPDX-License-Identifier: MIT
#include "output/pdf_xref.h"

enum { XREF_ROW = 7 }; // a byte of kind, four of place, two of index

static void xref_row(const struct brv_pdf_xref_entry *entry, uint8_t row[XREF_ROW])
{
    row[0] = (uint8_t)entry->kind;
    for (int i = 0; i < 4; i++)
        row[1 + i] = (uint8_t)(entry->at >> (24 - 8 * i));
    row[5] = (uint8_t)(entry->index >> 8);
    row[6] = (uint8_t)entry->index;
}

void brv_pdf_xref_add(struct brv_buf *out, const struct brv_pdf_xref_entry *entries, size_t count)
{
    enum { FILTER_UP = 2 };
    uint8_t above[XREF_ROW] = { 0 };
    brv_buf_reserve(out, count * (XREF_ROW + 1));
    for (size_t i = 0; i < count; i++) {
        uint8_t row[XREF_ROW];
        xref_row(&entries[i], row);
        brv_buf_add_byte(out, FILTER_UP);
        for (int k = 0; k < XREF_ROW; k++) {
            brv_buf_add_byte(out, (char)(uint8_t)(row[k] - above[k]));
            above[k] = row[k];
        }
    }
}
