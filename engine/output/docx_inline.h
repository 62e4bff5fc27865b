// Brevier — what the two files of inline content share.
// docx_inline.c walks the elements, docx_inline_text.c makes runs of their text.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_INLINE_H
#define BRV_OUTPUT_DOCX_INLINE_H

#include "output/docx_tree.h"

// What the elements around a text node say about it.
struct docx_run_context {
    const struct docx_place *place;
    const struct brv_styled *namer; // innermost inline element
    struct docx_run_format extra;   // what does not inherit: shade, underline, strike, raise
    const struct docx_link *link;   // NULL: none
    brv_str lang;
    bool is_string; // the text is a string of the sheet: a STYLEREF field finds it by its style
    int depth;
};

struct docx_inline_state {
    struct docx *docx;
    struct docx_paragraph *paragraph;
    bool has_space;       // the text so far ends with collapsible space, or nothing has come yet
    bool has_ended_block; // a block within the line: its break waits for what follows
};

// The character style for text in a style; NULL when it looks like its paragraph.
const struct docx_style *brv_docx_inline_style(struct docx_inline_state *state,
                                               const struct docx_run_context *context,
                                               const struct brv_style *style);
// An item in the style, language and link of its context.
struct docx_inline *brv_docx_add_item(struct docx_inline_state *state,
                                      const struct docx_run_context *context,
                                      const struct brv_style *style, enum docx_inline_kind kind);
// Text as it is.
void brv_docx_add_text(struct docx_inline_state *state, const struct docx_run_context *context,
                       const struct brv_style *style, brv_str text);
// Text under white-space and text-transform.
void brv_docx_add_styled_text(struct docx_inline_state *state,
                              const struct docx_run_context *context, const struct brv_style *style,
                              brv_str text);
void brv_docx_add_break(struct docx_inline_state *state, const struct docx_run_context *context,
                        const struct brv_style *style);

// docx_caption.c — the number before a caption as a field; false for any other text.
bool brv_docx_add_sequence(struct docx_inline_state *state, const struct docx_run_context *context,
                           const struct brv_styled *text);

#endif
