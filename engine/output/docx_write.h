// Brevier — blocks as XML.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_WRITE_H
#define BRV_OUTPUT_DOCX_WRITE_H

#include "output/docx_tree.h"

struct docx_writer {
    const struct docx *docx;
    struct docx_part *part; // whose links are numbered
    struct brv_buf *out;
    const struct docx_style *direct; // of the paragraph whose runs say what it has; NULL: none
    int page_number; // of the page it is first seen on, as PAGE fields show it; negative: not known
};

// docx_write_run.c — what stands in a paragraph.
void brv_docx_write_items(struct docx_writer *writer, const struct docx_paragraph *paragraph);

// Paragraphs and tables of a flow.
void brv_docx_write_flow(struct docx_writer *writer, const struct docx_flow *flow);
// The part footnotes.xml, with Word's separators.
void brv_docx_write_notes(const struct docx *docx, struct docx_part *part, struct brv_buf *out);

#endif
