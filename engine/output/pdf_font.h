// Brevier — the fonts of one PDF: which code shows a glyph, how wide it is, what it reads as.
// Text is written by glyph, as Type0 fonts with two-byte codes (Identity-H). A code is made the
// first time that a glyph is shown with a text; after the last page brv_pdf_fonts_write() subsets
// each face to the glyphs that were shown and writes its widths and its ToUnicode map.
//
// In a TrueType face one glyph may have several codes, one for each text it stands for (a space
// and a no-break space, a hyphen and a soft hyphen), so that most text copies out without help.
// A CFF face has one code a glyph; there, and where text is not that simple, the page says
// ActualText.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_FONT_H
#define BRV_OUTPUT_PDF_FONT_H

#include "base/buf.h"
#include "layout/font.h"

struct brv_pdf;

// One code of a font.
struct brv_pdf_code {
    uint32_t glyph;
    uint32_t next; // the next code of the same glyph, 0 for none
    uint16_t code; // what stands in the page
    bool has_text; // `text` is what ToUnicode will say; else only the best that is known
    float width;   // thousandths of an em, as the widths of the font say
    brv_str text;
};

struct brv_pdf_font {
    struct brv_pdf_font *next;
    const struct brv_face *face;
    uint32_t id;   // its object
    size_t number; // /F<number> in a page, from 0 by first use
    struct brv_arena *arena;
    size_t glyph_count;         // of the face
    size_t shown_count;         // glyphs with a code
    const uint16_t *cff_cids;   // by glyph, for CID-keyed CFF
    struct brv_pdf_code *codes; // from 1
    size_t code_count;          // codes[0] is not used, so this is the last index + 1
    size_t code_capacity;
    uint32_t **first_code; // by glyph >> 8, then glyph & 255: index in codes, 0 for none
};

// The font of the face with this id, NULL while there is none.
struct brv_pdf_font_slot {
    struct brv_pdf_font *font;
};

struct brv_pdf_fonts {
    struct brv_pdf_font_slot *by_face; // by face id
    size_t by_face_capacity;
    struct brv_pdf_font *first; // by first use
    struct brv_pdf_font *last;
};

// The font of a face, made when it is new. NULL after an error about a face that may not be
// embedded; layout never chooses such a face.
struct brv_pdf_font *brv_pdf_font_for(struct brv_pdf *pdf, const struct brv_face *face);

// The index in font->codes that shows `glyph` and reads as `text`. *is_exact tells whether the
// code itself does so; if not, the caller must say ActualText. Borrows `text`.
size_t brv_pdf_font_code(struct brv_pdf_font *font, uint32_t glyph, brv_str text, bool *is_exact);

// The index of a code that shows `glyph`, whatever it reads as; `text` is a help for readers that
// do not know ActualText.
size_t brv_pdf_font_any_code(struct brv_pdf_font *font, uint32_t glyph, brv_str text);

// Writes every font with its descendants: after the last page.
void brv_pdf_fonts_write(struct brv_pdf *pdf);

// Appends " /F0 5 0 R /F1 …", the entries of the Font resources.
void brv_pdf_fonts_add_resources(const struct brv_pdf_fonts *fonts, struct brv_buf *out);

// The parts of a font that are tables (pdf_font_table.c): the W array with its key, the ToUnicode
// CMap and the CIDToGIDMap. `codes` are sorted by code.
void brv_pdf_add_widths(struct brv_buf *out, const struct brv_pdf_code *codes, size_t count);
void brv_pdf_add_tounicode(struct brv_buf *out, const struct brv_pdf_code *codes, size_t count);

#endif
