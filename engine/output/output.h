// Brevier — outputs: descriptors, listed in one array.
// An output turns a styled tree (text, docx) or pages (pdf) into bytes. It sees no plugin, no CSS
// source and no clock; two renders of the same input give the same bytes.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_OUTPUT_H
#define BRV_OUTPUT_OUTPUT_H

#include "base/buf.h"
#include "base/memo.h"
#include "base/worker.h"
#include "layout/pages.h"
#include "model/document.h"
#include "output/pdf_standard.h"
#include "output/zip.h"
#include "style/styled.h"

// What text can be asked for: columns, and lines of a page.
enum {
    BRV_TEXT_COLUMNS = 80,
    BRV_TEXT_MAIL_COLUMNS = 72, // RFC 3676 asks for less than 79; each quoting adds one or two
    BRV_TEXT_LEAST_COLUMNS = 20,
    BRV_TEXT_LEAST_LINES = 10,
    BRV_TEXT_MOST = 1000, // of either
};

struct brv_output_options {
    size_t text_width;  // columns; 0: 80
    size_t page_length; // text: lines of a page; 0: no pages
    bool ascii;         // text: no character beyond ASCII
    bool flowed;        // text: format=flowed for mail (RFC 3676)
    bool delsp;         // and delsp=yes: so are paragraphs of scripts without spaces
    // Seconds since 1970 UTC for creation dates, from the document, SOURCE_DATE_EPOCH or --date;
    // negative: none, and no date is written.
    long long date;
    struct brv_pdf_standard standard;         // pdf: what it must meet, when is_named
    const struct brv_attachment *attachments; // pdf: files that travel in it
    size_t attachment_count;
};

struct brv_output_job {
    const struct brv_document *document;
    const struct brv_stylesheets *sheets;
    const struct brv_styled *root; // NULL for outputs that want pages
    const struct brv_pages *pages; // when wants_pages; NULL or those quoted when quotes_pages
    brv_str word_template;         // docx: the file whose look is taken over; empty: none
    brv_str word_template_name;
    struct brv_output_options options;
    struct brv_arena *arena;   // lives until the bytes are written
    struct brv_worker *worker; // pdf, docx: compresses meanwhile; NULL: nobody does
    struct brv_memo *memo;     // docx: what parts are compressed; NULL: nothing is kept
    struct brv_zip_source zip; // docx: what packages are written with
};

// Appends the whole file to `out`. A failure leaves an error in the sink.
typedef enum brv_status brv_render_fn(const struct brv_output_job *job, struct brv_buf *out,
                                      struct brv_sink *sink);

struct brv_output {
    const char *name;      // "pdf"
    const char *extension; // "pdf"
    const char *summary;
    enum brv_media media;
    bool wants_pages;
    bool quotes_pages;     // gets pages, too, when its tree refers to page numbers
    const char *module;    // the module that renders it (output/module.h); NULL: built in
    bool wants_zip;        // asks for the module zip, too
    brv_render_fn *render; // NULL when a module does
};

brv_render_fn brv_text_render;
brv_render_fn brv_docx_render; // in module docx
brv_render_fn brv_pdf_render;  // in module pdf

// All outputs; NULL-terminated.
extern const struct brv_output *const brv_outputs[];
const struct brv_output *brv_output_find(brv_str name);
const struct brv_output *brv_output_for_extension(brv_str extension);

#endif
