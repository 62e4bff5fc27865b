// Brevier — the content of a PDF page while it is written.
// Remembers the graphics state and the open marked content, so that only changes are written.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_CONTENT_H
#define BRV_OUTPUT_PDF_CONTENT_H

#include "output/pdf.h"

struct brv_pdf_content {
    struct brv_pdf *pdf;
    struct brv_buf *out;
    size_t page;   // index
    double height; // of the page: layout counts downwards, PDF upwards
    // Graphics state, as a page begins: black, opaque, solid lines of 1.
    struct brv_color fill;
    struct brv_color stroke;
    uint8_t alpha;
    float line_width;
    enum brv_border_style line_style;
    float dash_width; // the line width that the dashes were made for
    const struct brv_pdf_font *font;
    float size_pt;
    bool is_stroked_text;
    float rise_pt;
    // What is open.
    bool is_in_text;                   // BT
    bool is_in_marked;                 // BDC …
    struct brv_tag *tag;               // … of this tag, or
    int artifact;                      // … of this kind
    bool is_silent;                    // and a Span within, which says nothing
    bool is_reversed;                  // its strings read from their ends
    struct brv_path_item clipped;      // the clips of this shape, and before them
    struct brv_pdf_content *unclipped; // all stood as it does here
};

// Opens marked content for an item: its tag's, or an artifact's. Stays in what is open when that
// is the same.
void brv_pdf_content_open(struct brv_pdf_content *content, const struct brv_item *item);
// The same for text from right to left that is shown from left to right.
void brv_pdf_content_open_reversed(struct brv_pdf_content *content, const struct brv_item *item);
// Opens marked content of its own that reads as `text`. The next open begins anew.
void brv_pdf_content_open_as(struct brv_pdf_content *content, const struct brv_item *item,
                             brv_str text);
void brv_pdf_content_close(struct brv_pdf_content *content);

void brv_pdf_content_begin_text(struct brv_pdf_content *content);
void brv_pdf_content_end_text(struct brv_pdf_content *content);

void brv_pdf_content_set_alpha(struct brv_pdf_content *content, uint8_t alpha);
// Colours carry their alpha with them.
void brv_pdf_content_set_fill(struct brv_pdf_content *content, struct brv_color color);
void brv_pdf_content_set_stroke(struct brv_pdf_content *content, struct brv_color color,
                                float width, enum brv_border_style style);

// Text (pdf_run.c).
void brv_pdf_run_write(struct brv_pdf_content *content, const struct brv_item *item);

#endif
