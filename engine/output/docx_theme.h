// Brevier — the theme of a Word document: the sheet's two families and its palette.
// Styles refer to it where they have its fonts and colours, so Word's Design tab restyles the
// document; the values themselves stand beside, for readers that know no themes.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_THEME_H
#define BRV_OUTPUT_DOCX_THEME_H

#include "output/docx_tree.h"

enum docx_theme_color {
    DOCX_THEME_DARK_1, // text
    DOCX_THEME_LIGHT_1,
    DOCX_THEME_DARK_2,
    DOCX_THEME_LIGHT_2,
    DOCX_THEME_ACCENT_1,
    DOCX_THEME_ACCENT_6 = DOCX_THEME_ACCENT_1 + 5,
    DOCX_THEME_LINK,
    DOCX_THEME_VISITED,
    DOCX_THEME_COLORS,
};

struct docx_theme {
    uint16_t major, minor;              // fonts of headings and of text
    uint32_t colors[DOCX_THEME_COLORS]; // in the sheet; DOCX_NO_COLOR: none is meant
    uint32_t shown[DOCX_THEME_COLORS];  // what stands for them: a template's, else the same
};

// The theme of what has been named. Where a template brings its own, its fonts, text, links and
// first accent stand for those of the sheet; other accents may mean something and stay.
const struct docx_theme *brv_docx_theme(struct docx *docx);
// What WordprocessingML calls the theme's colour of this value; NULL when the theme has none.
const char *brv_docx_theme_color(const struct docx *docx, uint32_t rgb);
// The value that stands for a colour.
uint32_t brv_docx_theme_value(const struct docx *docx, uint32_t rgb);
// ` name="accent1"` when the theme has the colour.
void brv_docx_write_theme_color(const struct docx *docx, struct brv_buf *out, const char *name,
                                uint32_t rgb);
// The part theme1.xml.
void brv_docx_write_theme(const struct docx *docx, struct brv_buf *out);

#endif
