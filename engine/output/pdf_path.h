// Brevier — paths of drawings in a PDF: fills, strokes, gradients, clips.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_PATH_H
#define BRV_OUTPUT_PDF_PATH_H

#include "output/pdf_content.h"

// Draws a path item within the marked content that is open.
void brv_pdf_path_draw(struct brv_pdf_content *content, const struct brv_path_item *item);

// The box around a path with its stroke, in page coordinates (y down): left, top, right, bottom.
// False when there is nothing to be seen.
bool brv_pdf_path_box(const struct brv_path_item *item, double box[4]);

// Goes into the clips that hold for an item, and out of those that do not; NULL: out of all. Closes
// marked content when it must.
void brv_pdf_clip_set(struct brv_pdf_content *content, const struct brv_item *item);

// A coordinate of a drawing on its page, within what PDF readers must take.
double brv_pdf_path_coordinate(float origin_pt, float value, float scale);

// Gradients (pdf_gradient.c): makes the state and the shading that paint one, and writes their
// operators behind a clip that is already set.
void brv_pdf_gradient_draw(struct brv_pdf_content *content, const struct brv_path_item *item,
                           const struct brv_paint *paint);

#endif
