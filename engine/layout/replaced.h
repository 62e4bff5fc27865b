// Brevier — elements that show something in place of content: images and drawings. Private to the
// room. A picture is as large as its style says, else as it says itself, and never larger than its
// column or its page; an image keeps its
// proportions unless the style sets both sides, a drawing always does. In a line it is one
// piece, on the baseline; alone in its block it is a slice of its own.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_REPLACED_H
#define BRV_LAYOUT_REPLACED_H

#include "layout/block.h"
#include "layout/paragraph.h"

struct brv_replaced {
    const struct brv_styled *styled;
    const struct brv_image *image;     // one of the two
    const struct brv_drawing *drawing; //
    float natural_width_pt, natural_height_pt;
    // As it is set: the picture itself, without the element's edges.
    float width_pt, height_pt;
    struct brv_edges edges;     // margin, border and padding, in a line
    float drop_pt;              // in a line: from the baseline down to the lower edge
    struct brv_inline_box *box; // its own background and border in a line, NULL: none
};

// Whether an element stands for a picture, be it there or not.
bool brv_is_replaced(const struct brv_styled *styled);
// What an element shows; NULL where its picture could not be had. Lives in `arena`.
struct brv_replaced *brv_replaced_of(struct brv_arena *arena, const struct brv_styled *styled);

// Sets the size for a column of this width; `above_pt` is kept free on the page.
void brv_replaced_fit(const struct brv_layout *layout, struct brv_replaced *replaced, float room_pt,
                      float kept_pt);

// Makes the items of a picture whose upper left corner is at a place of the slice.
void brv_replaced_draw(struct brv_layout *layout, const struct brv_replaced *replaced,
                       struct brv_slice *slice, struct brv_tag *tag, float x_pt, float y_pt);

// The picture of an element that is a block with these insets, or alone in one, in a column; NULL
// when there is none. A page has room for it, its caption and the heading above it.
struct brv_replaced *brv_replaced_in_block(struct brv_layout *layout,
                                           const struct brv_styled *styled,
                                           const struct brv_column *column,
                                           struct brv_edges insets);
// Lays out such a picture, or without one a frame with the element's description.
void brv_replaced_flow(struct brv_layout *layout, struct brv_styled *styled,
                       const struct brv_replaced *picture, struct brv_column column,
                       enum brv_text_align align);
// How narrow a picture may become, and how wide it is by itself.
void brv_replaced_measure(struct brv_layout *layout, const struct brv_styled *styled, float *min_pt,
                          float *max_pt);

// Pictures in lines: fits all of a paragraph to its measure.
void brv_paragraph_fit(const struct brv_layout *layout, struct brv_paragraph *paragraph,
                       float measure_pt);
// The height of a picture in its line, edges included.
float brv_replaced_line_height(const struct brv_replaced *replaced);
// The look of the description of a picture that could not be had, in a line: in a thin frame.
const struct brv_style *brv_replaced_missing_style(struct brv_arena *arena,
                                                   const struct brv_style *style);
// The width of a piece of any kind in the narrowest column.
float brv_piece_min_width(const struct brv_piece *piece);

// The items of a drawing (drawing.c).
void brv_drawing_draw(struct brv_layout *layout, const struct brv_replaced *replaced,
                      struct brv_slice *slice, struct brv_tag *tag, float x_pt, float y_pt);

#endif
