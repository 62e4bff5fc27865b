// Brevier — what the files of the build pass share.
// docx_build.c walks containers, docx_frame.c makes tables of frames, docx_paragraph.c makes
// paragraphs.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_BUILD_H
#define BRV_OUTPUT_DOCX_BUILD_H

#include "output/docx_numbering.h"

// The kind of an element; that of text for anything else.
static inline enum brv_kind brv_docx_kind(const struct brv_styled *styled)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->node ? styled->node->kind : BRV_KIND_TEXT;
}

// The role that an element gives to the paragraphs within; `around` when it gives none.
enum docx_role brv_docx_role_within(const struct brv_styled *element, enum docx_role around);
// The children [first, end) of a container; neighbours that are no blocks share a paragraph.
void brv_docx_build_range(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *container, const struct brv_styled *first,
                          const struct brv_styled *end);

// docx_frame.c — whether a frame must be a table, and that table.
bool brv_docx_is_table_frame(const struct brv_styled *element);
void brv_docx_build_framed(struct docx *docx, const struct docx_place *place,
                           const struct brv_styled *element);

// docx_build.c — an element with its margins and frame around its children.
void brv_docx_build_container(struct docx *docx, const struct docx_place *place,
                              const struct brv_styled *element);

// docx_paragraph.c — an element that is one paragraph.
void brv_docx_build_leaf(struct docx *docx, const struct docx_place *place,
                         const struct brv_styled *element);
// The children [first, end) of a container that stand directly in it.
void brv_docx_build_anonymous(struct docx *docx, const struct docx_place *place,
                              const struct brv_styled *container, const struct brv_styled *first,
                              const struct brv_styled *end);
// A paragraph without text in the format of its container, as an empty cell or item has it.
struct docx_paragraph *brv_docx_build_empty(struct docx *docx, const struct docx_place *place,
                                            const struct brv_styled *container);
// Adds what the boxes around say: indents, frame, shade.
void brv_docx_apply_place(const struct docx *docx, const struct docx_place *place,
                          struct docx_paragraph_format *format);
// Gives the first paragraph of a list item its number.
void brv_docx_take_item(struct docx *docx, const struct docx_place *place,
                        struct docx_paragraph *paragraph);
// Gives the number, unless it is taken, to a paragraph without text.
void brv_docx_end_item(struct docx *docx, const struct docx_place *place);

#endif
