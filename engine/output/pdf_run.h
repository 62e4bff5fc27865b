// Brevier — one run of text on a PDF page while it is written.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_RUN_H
#define BRV_OUTPUT_PDF_RUN_H

#include "output/pdf_content.h"

struct brv_pdf_run_glyph {
    uint32_t code_index; // in font->codes
    double x_pt;         // where the pen must be
    float y_pt;          // above the baseline
};

// Glyphs that together stand for a piece of the text.
struct brv_pdf_cluster {
    size_t from, to;
    brv_str text;
    bool is_exact;  // its codes read as its text
    bool is_joined; // of several, a base and marks
    bool is_space;
};

struct brv_pdf_run {
    struct brv_pdf_content *content;
    const struct brv_item *item;
    const struct brv_glyph_run *source;
    struct brv_pdf_font *font;
    struct brv_pdf_run_glyph *glyphs; // in visual order, with room for one more
    size_t glyph_count;
    struct brv_pdf_cluster *clusters; // in visual order
    size_t cluster_count;
};

// Lets a glyph's code say `text`; false when it cannot, and ActualText must.
bool brv_pdf_run_say(struct brv_pdf_run *run, struct brv_pdf_run_glyph *glyph, brv_str text);

// Lets a glyph's code say nothing, as far as a code can: the text is told by the glyphs beside it.
void brv_pdf_run_hush(struct brv_pdf_run *run, struct brv_pdf_run_glyph *glyph);

// Lets the codes of a run that runs left to right say its text, once, and finds which clusters they
// are not enough for. May change the order of glyphs within a cluster, and join clusters.
void brv_pdf_run_name_clusters(struct brv_pdf_run *run);

bool brv_pdf_text_begins_with_mark(brv_str text);
bool brv_pdf_text_is_space(brv_str text); // and no empty one

// Shows run->glyphs [from, to), which stand in open marked content.
void brv_pdf_run_show(struct brv_pdf_run *run, size_t from, size_t to);

// Writes a run whose clusters descend.
void brv_pdf_run_write_rtl(struct brv_pdf_run *run);

#endif
