// Brevier — named styles as XML.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_STYLES_H
#define BRV_OUTPUT_DOCX_STYLES_H

#include "output/docx_tree.h"

// Where run properties stand. A character style toggles bold, italic and the like against the
// paragraph's style; anywhere else they are switched on or off. A heading has the theme's heading
// font even where text has the same.
enum docx_run_place { DOCX_RUN_OF_TEXT, DOCX_RUN_OF_HEADING, DOCX_RUN_OF_CHARACTERS };

// The children of w:rPr for the members that are stated.
void brv_docx_write_run_members(const struct docx *docx, struct brv_buf *out,
                                const struct docx_run_format *format, uint32_t members,
                                enum docx_run_place place);
// The same within w:rPr, which is left out when no member is stated.
void brv_docx_write_run_format(const struct docx *docx, struct brv_buf *out,
                               const struct docx_run_format *format, uint32_t members,
                               enum docx_run_place place);
// The children of w:pPr for what the style's paragraphs have and `base` has not, w:bidi among them.
void brv_docx_write_paragraph_members(const struct docx *docx, struct brv_buf *out,
                                      const struct docx_style *style,
                                      const struct docx_paragraph_format *base, bool is_rtl);
// The same of a style within w:pPr, which is left out when there are none.
void brv_docx_write_paragraph_format(const struct docx *docx, struct brv_buf *out,
                                     const struct docx_style *style,
                                     const struct docx_paragraph_format *base);
void brv_docx_write_shade(const struct docx *docx, struct brv_buf *out, uint32_t rgb);
// One border: `<w:top …/>`.
void brv_docx_write_border(const struct docx *docx, struct brv_buf *out, const char *name,
                           const struct docx_border *border);
// w:tcBorders, w:shd, w:tcMar, w:vAlign, as far as `members` (docx_cell_member bits) says.
void brv_docx_write_cell_members(const struct docx *docx, struct brv_buf *out,
                                 const struct docx_cell_format *format, uint32_t members);
// What a table's style says after its name: w:tblPr, w:tcPr and the parts.
void brv_docx_write_table_format(const struct docx *docx, struct brv_buf *out,
                                 const struct docx_table_format *format);
// Whether the style says how rows look by whether they are odd.
bool brv_docx_shades_rows(const struct docx_table_format *format);

// The part styles.xml.
void brv_docx_write_styles(const struct docx *docx, struct brv_buf *out);

// docx_lang.c — BCP 47 with the region that Word expects: "en" as "en-US".
brv_str brv_docx_lang(brv_str lang);
// Which of Word's three kinds of script a language is written in.
bool brv_docx_lang_is_east_asian(brv_str lang);
// Of what Word calls complex scripts: those of right-to-left languages and of South Asia.
bool brv_docx_lang_is_complex(brv_str lang);
// Whether decimals stand behind a comma, and so what is listed is parted by semicolons.
bool brv_docx_lang_has_decimal_comma(brv_str lang);

#endif
