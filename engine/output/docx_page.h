// Brevier — pages in Word: their size, headers and footers.
// The pages of each name that the sheet uses are described here; a section (docx_section.c) has
// pages of one name, in one column or several.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_PAGE_H
#define BRV_OUTPUT_DOCX_PAGE_H

#include "output/docx_tree.h"

enum docx_page_kind { DOCX_PAGE_DEFAULT, DOCX_PAGE_FIRST, DOCX_PAGE_EVEN, DOCX_PAGE_KINDS };

// Headers and footers by [page kind][0: header, 1: footer].
struct docx_pages {
    struct docx_pages *next;
    brv_str name;
    int index; // 0: the usual ones
    struct brv_page_style styles[DOCX_PAGE_KINDS];
    int32_t width, height, margins[4]; // of the default kind, in twips
    int32_t text_width, text_height;
    struct docx_flow flows[DOCX_PAGE_KINDS][2];
    struct brv_buf *parts[DOCX_PAGE_KINDS][2]; // NULL where Word needs none
    struct docx_part links[DOCX_PAGE_KINDS][2];
    bool has_first, has_even;
    bool may_mirror; // on even pages, the margins left and right are those of the others swapped
    const struct docx_template *template; // whose page they have; NULL: the sheet's
};

// docx_section.c — the usual pages, before anything is built.
void brv_docx_begin_sections(struct docx *docx);
// Whether the margins of even pages mirror those of the others, on pages of all names.
bool brv_docx_mirrors_margins(const struct docx *docx);
// w:sectPr for the end of the section that begins with this block (NULL in an empty document).
// `before` is the section that it follows, NULL for the first: what stands on the same page goes on
// with it, and other pages name their headers and footers.
void brv_docx_write_section(const struct docx *docx, const struct docx_block *begin,
                            const struct docx_section *before, struct brv_buf *out);

// Headers and footers; after the body, whose strings they show.
void brv_docx_build_pages(struct docx *docx);
// docx_page_line.c — the header (0) or footer (1) of a kind of page; false when there is nothing to
// see of it.
bool brv_docx_build_page_line(struct docx *docx, const struct docx_pages *pages, int kind,
                              int which, struct docx_flow *flow);
// How high a header (0) or footer (1) of the usual kind is: its lines as high as its tallest text.
int32_t brv_docx_header_height(const struct docx_pages *pages, int which);
// Their parts; leaves out what would repeat the default ones.
void brv_docx_write_pages(struct docx *docx);
// "header1", "footer3": file name without suffix; its relationship is "rId" with that name. A part
// that stands for two kinds has one name.
brv_str brv_docx_page_part(struct brv_arena *arena, const struct docx_pages *pages, int kind,
                           int which);
// Whether a kind has a part of its own.
static inline bool brv_docx_has_page_part(const struct docx_pages *pages, int kind, int which)
{
    return pages->parts[kind][which] && (kind != DOCX_PAGE_EVEN || pages->has_even);
}

#endif
