// Brevier — pages in Word: the section's properties, headers and footers.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_PAGE_H
#define BRV_OUTPUT_DOCX_PAGE_H

#include "output/docx_tree.h"

enum docx_page_kind { DOCX_PAGE_DEFAULT, DOCX_PAGE_FIRST, DOCX_PAGE_EVEN, DOCX_PAGE_KINDS };

// Headers and footers by [page kind][0: header, 1: footer].
struct docx_pages {
    struct brv_page_style styles[DOCX_PAGE_KINDS];
    struct docx_flow flows[DOCX_PAGE_KINDS][2];
    struct brv_buf *parts[DOCX_PAGE_KINDS][2]; // NULL where Word needs none
    struct docx_part links[DOCX_PAGE_KINDS][2];
    bool has_first, has_even;
    const struct docx_template *template; // whose page they have; NULL: the sheet's
};

// The page's size and margins, before anything is built; sets docx->text_width.
void brv_docx_page_styles(struct docx *docx, struct docx_pages *pages);
// Headers and footers; after the body, whose strings they show.
void brv_docx_build_pages(struct docx *docx, struct docx_pages *pages);
// Their parts; leaves out what would repeat the default ones.
void brv_docx_write_pages(struct docx *docx, struct docx_pages *pages);
// w:sectPr for the end of a section; NULL for the pages without a name. Only the first section
// names headers and footers, which the others take over: what a named page says of its margin boxes
// has no place here.
void brv_docx_write_section(const struct docx_pages *pages, const struct docx_section *section,
                            bool is_first, struct brv_buf *out);
// "header1", "footer3": file name without suffix; its relationship is "rId" with that name.
const char *brv_docx_page_part(int kind, int which);

#endif
