// Brevier — the Word file of a customer whose look a document takes over.
// Its styles, theme, numbering, page, headers and footers come first; the sheet fills the gaps. The
// file is not trusted: archive and parts have limits, nothing of it runs, nothing of it points
// outside of the document.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_TEMPLATE_H
#define BRV_OUTPUT_DOCX_TEMPLATE_H

#include "output/docx_dom.h"
#include "output/docx_page.h"
#include "output/zip.h"

struct docx_template {
    struct docx_dom *styles;
    struct docx_dom *theme;     // or NULL
    struct docx_dom *numbering; // or NULL
    struct brv_map names;       // type and folded name → its w:style
    struct brv_map ids;         // folded id → its w:style
    brv_str normal_id;          // of the default paragraph style
    brv_str table_id;           // of the default table style; empty: it has none
    brv_str font_id;            // of the default character style; empty: it has none
    brv_str list_id;            // of the default numbering style; empty: it has none
    struct docx_dom *headers[DOCX_PAGE_KINDS][2];
    struct docx_part links[DOCX_PAGE_KINDS][2]; // the images of those
    bool has_headers, has_first, has_even;
    bool is_mirrored; // its margins
    bool has_page;
    int32_t width, height, margins[4], header, footer; // of its last section, when has_page
    int num_offset, abstract_offset; // added to its numbers; set before anything is written
};

// Reads a template; NULL, with a warning, for a file that is none: the document then has the look
// of its sheet.
struct docx_template *brv_docx_template_read(struct brv_arena *arena, const struct brv_zip *zip,
                                             brv_str bytes, brv_str name, struct brv_sink *sink);

// The id of its style of this type and name (case does not count); empty when it has none.
brv_str brv_docx_template_style(const struct docx_template *template, enum docx_style_type type,
                                brv_str name);
// Its style of this id (case does not count), or NULL.
const struct docx_dom *brv_docx_template_find(const struct docx_template *template, brv_str id);
// docx_template_base.c — how large its body text is.
float brv_docx_template_size_pt(const struct docx_template *template);
// What paragraphs of a style of ours have without saying it.
struct docx_paragraph_format brv_docx_template_base(const struct docx *docx,
                                                    const struct docx_style *style);
// Whether a style brings its own numbering.
bool brv_docx_template_is_numbered(const struct docx_template *template, brv_str id);
// Whether paragraphs of a style have no space between each other.
bool brv_docx_template_is_joined(const struct docx_template *template, brv_str id);

// The tab stops of a style, inherited ones included: how many there are, the first of them in
// `stops`.
enum { DOCX_STOPS_MAX = 32 };
struct docx_stop {
    brv_str kind; // "left", "center", …
    int32_t position;
};
size_t brv_docx_template_stops(const struct docx_template *template, brv_str id,
                               struct docx_stop stops[DOCX_STOPS_MAX]);

// docx_template_number.c — puts the numbers of headings that its styles number before the entries
// of contents; once styles are named, before anything is written.
void brv_docx_number_entries(struct docx *docx);

void brv_docx_template_write_defaults(const struct docx_template *template, struct brv_buf *out);
// All its styles; those of `docx` that it has, too, get our numbering.
void brv_docx_template_write_styles(const struct docx *docx, struct brv_buf *out);
// w:abstractNum and w:num, which Word wants in this order.
void brv_docx_template_write_numbering(const struct docx_template *template, const char *name,
                                       struct brv_buf *out);
void brv_docx_template_write_theme(const struct docx_template *template, struct brv_buf *out);
// Its headers and footers in place of ours, when it has any.
void brv_docx_template_take_pages(const struct docx *docx, struct docx_pages *pages);

// docx_template_clean.c — takes out what may not stand in our document; `left_out` gets the names
// of it.
void brv_docx_note_left_out(struct brv_buf *left_out, brv_str what);
// Fields that fetch or do something; what they showed last stays as text.
void brv_docx_clean_fields(struct brv_arena *arena, struct docx_dom *root,
                           struct brv_buf *left_out);
// Second styles of an id, circles, and properties of runs that Word does not know.
void brv_docx_clean_styles(struct brv_arena *arena, struct docx_dom *styles,
                           struct brv_buf *left_out);

#endif
