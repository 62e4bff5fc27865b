// Brevier — the parts around the text: types, relationships, settings, fonts, properties.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_PARTS_H
#define BRV_OUTPUT_DOCX_PARTS_H

#include "output/docx_page.h"

void brv_docx_write_content_types(const struct docx *docx, struct brv_buf *out);
void brv_docx_write_package_relations(struct brv_buf *out);
void brv_docx_write_document_relations(const struct docx *docx, const struct docx_part *part,
                                       struct brv_buf *out);
// Links and images only; for notes, headers and footers.
void brv_docx_write_link_relations(const struct docx *docx, const struct docx_part *part,
                                   struct brv_buf *out);
void brv_docx_write_settings(const struct docx *docx, struct brv_buf *out);
void brv_docx_write_fonts(const struct docx *docx, struct brv_buf *out);
void brv_docx_write_core(const struct docx *docx, struct brv_buf *out);
void brv_docx_write_app(const struct docx *docx, struct brv_buf *out);
// Document id, kind, date and protective marking, as far as they are known.
void brv_docx_write_custom(const struct docx *docx, struct brv_buf *out);

#endif
