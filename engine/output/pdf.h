// Brevier — the PDF output: what its parts share while one document is written.
//
//     pdf.c            the whole of a document, in order
//     pdf_content.c    a page: graphics state, boxes, lines, marked content
//     pdf_run.c        text in a page (pdf_run_rtl.c: right to left)
//     pdf_image.c      images (pdf_png.c, pdf_color.c); pdf_path.c: drawings (pdf_gradient.c)
//     pdf_font.c       fonts: codes, subsets, widths (pdf_font_table.c, pdf_cff.c)
//     pdf_structure.c  the tree of tags
//     pdf_link.c       annotations; pdf_outline.c, pdf_place.c: ways through the document
//     pdf_metadata.c   information, XMP, the output intent (pdf_profile.c)
//     pdf_claim.c      the standards it meets; pdf_attach.c: files that travel in it
//     pdf_tree.c       balanced page, name and number trees
//     pdf_write.c      syntax; pdf_object.c (pdf_xref.c), deflate.c: the edge to libharu and
//                      libdeflate; pdf_press.c: streams between the two
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_H
#define BRV_OUTPUT_PDF_H

#include "base/hash.h"
#include "output/output.h"
#include "output/pdf_font.h"
#include "output/pdf_object.h"

struct brv_pdf_structure;

// Objects that pages name by their place in a list: /I1, /S1, /M1, …
struct brv_pdf_resources {
    uint32_t *ids;
    size_t count, capacity;
};

struct brv_pdf {
    const struct brv_output_job *job;
    const struct brv_pages *pages;
    struct brv_arena *arena;
    struct brv_arena *run_arena; // rewound after each run of text
    struct brv_sink *sink;
    struct brv_pdf_file *file;
    struct brv_pdf_fonts fonts;
    struct brv_pdf_structure *structure;
    uint32_t *page_ids;    // by page index
    uint32_t resources_id; // shared by all pages
    struct brv_pdf_resources images;
    struct brv_map image_places; // image id → its place in the list
    struct brv_pdf_resources shadings;
    struct brv_pdf_resources masks;
    struct brv_map profiles; // the bytes of a profile → its object
    brv_str ink_space;       // the colour space of CMYK without a profile, once it is made
    bool has_alpha[256];     // alphas that need a graphics state, by value
    bool has_notdef;         // a glyph that stands for "no glyph" is shown
    struct brv_buf scratch;  // an object being written; empty between uses
    struct brv_buf content;  // the page being written
};

// Page `index` from its layout: its content, its annotations, its dictionary, which refers to
// `parent_id`.
void brv_pdf_page_write(struct brv_pdf *pdf, size_t index, uint32_t parent_id);

// The annotations of a page: appends "/Annots[…]/Tabs/S" to `out` when there are any.
void brv_pdf_links_write(struct brv_pdf *pdf, size_t index, struct brv_buf *out);

// Each appends its entries to the catalog's.
void brv_pdf_outline_write(struct brv_pdf *pdf, struct brv_buf *catalog);
void brv_pdf_attachments_write(struct brv_pdf *pdf, struct brv_buf *catalog, struct brv_buf *names);
void brv_pdf_page_labels_write(struct brv_pdf *pdf, struct brv_buf *catalog);
void brv_pdf_metadata_write(struct brv_pdf *pdf, struct brv_buf *catalog);

// Appends its entry to those of the catalog's /Names.
void brv_pdf_destinations_write(struct brv_pdf *pdf, struct brv_buf *names);

// The standards that the document meets, once all pages are written. Reports what keeps it from
// those that it is meant for: as errors when the user named them.
struct brv_pdf_standard brv_pdf_claim(struct brv_pdf *pdf);

// True for a language tag that PDF's checkers accept: of BCP 47's shape, its first part a language
// or "x".
bool brv_pdf_is_language(brv_str tag);

// Appends a profile (ICC version 2) of three colours, or of grey, made from their figures. NULL:
// those of IEC 61966-2-1, sRGB.
void brv_pdf_profile_add(struct brv_buf *out, const struct brv_image_calibration *calibration,
                         bool is_gray);

// Appends "[page /XYZ null y null]", a place on a page that keeps the reader's zoom.
void brv_pdf_add_place(const struct brv_pdf *pdf, struct brv_buf *out, size_t page, float y_pt);

#endif
