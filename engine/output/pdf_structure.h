// Brevier — the tree of tags of a PDF: what the content of its pages means.
// Pages report each piece of content as they draw it; the tree is written after the last page.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_STRUCTURE_H
#define BRV_OUTPUT_PDF_STRUCTURE_H

#include "output/pdf.h"

// Needs pdf->file and pdf->pages.
struct brv_pdf_structure *brv_pdf_structure_new(struct brv_pdf *pdf);

// The object of a tag's element.
uint32_t brv_pdf_structure_id(const struct brv_pdf_structure *structure, const struct brv_tag *tag);

// A name that page content and elements use for a tag's type; an unknown type becomes one that is
// close and standard.
const char *brv_pdf_structure_type(const struct brv_pdf_structure *structure,
                                   const struct brv_tag *tag);

// Marked content of `tag` begins on page `page`: its MCID.
size_t brv_pdf_structure_add_content(struct brv_pdf_structure *structure, struct brv_tag *tag,
                                     size_t page);

// Whether content was drawn that is the element's own, not of one within.
bool brv_pdf_structure_has_content(const struct brv_pdf_structure *structure,
                                   const struct brv_tag *tag);

// The item's box on its page, in page coordinates (y down), for figures.
void brv_pdf_structure_add_box(struct brv_pdf_structure *structure, const struct brv_tag *tag,
                               size_t page, double left, double top, double right, double bottom);

// An annotation stands in `tag`: returns its key in the parent tree (/StructParent).
size_t brv_pdf_structure_add_annotation(struct brv_pdf_structure *structure, struct brv_tag *tag,
                                        size_t page, uint32_t annotation_id);

// Writes elements, parent tree and root; appends "/StructTreeRoot…/MarkInfo…" to the catalog.
void brv_pdf_structure_write(struct brv_pdf_structure *structure, struct brv_buf *catalog);

// Pre-order: the tag after `tag`, NULL at the end.
struct brv_tag *brv_pdf_tag_next(const struct brv_tag *tag);

#endif
