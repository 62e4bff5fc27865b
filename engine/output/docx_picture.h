// Brevier — pictures in Word: images as parts of the package, drawings as DrawingML shapes.
// Both stand in the line, as large as the sheet and the page allow, and say in words what they
// show.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_PICTURE_H
#define BRV_OUTPUT_DOCX_PICTURE_H

#include "output/docx_tree.h"

// English Metric Units, the lengths of DrawingML.
enum { DOCX_EMU_PER_PT = 12700 };

struct docx_picture {
    const struct brv_styled *source;
    const struct brv_image *image;     // one of the two
    const struct brv_drawing *drawing; //
    float width_pt, height_pt;         // as it is seen: with its orientation applied
    int id;                            // unique in the document
};

// Whether an element stands for a picture, be it there or not.
bool brv_docx_is_picture(const struct brv_styled *element);
// What an element shows, fitted to the room there is; NULL where its picture could not be had.
struct docx_picture *brv_docx_picture(struct docx *docx, const struct brv_styled *element,
                                      const struct docx_place *place);
// How wide it is where there is room; 0 where it could not be had.
float brv_docx_picture_width_pt(const struct docx *docx, const struct brv_styled *element);

// w:drawing. An image is named in `part`, which gets a relationship to it.
void brv_docx_write_picture(const struct docx *docx, struct docx_part *part, struct brv_buf *out,
                            const struct docx_picture *picture);
// docx_drawing.c — the graphic of a drawing: lc:lockedCanvas.
void brv_docx_write_drawing(const struct docx *docx, struct brv_buf *out,
                            const struct docx_picture *picture);

// "media/image1.png", relative to the folder of the parts.
brv_str brv_docx_image_path(const struct docx *docx, const struct brv_image *image);

#endif
