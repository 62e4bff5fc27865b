// Brevier — images in a PDF.
// What a reader can decode itself goes into the file as it stands: the compressed pixels of most
// PNG files, all of a JPEG. The rest, pictures with an alpha channel and interlaced ones, is
// decoded by libpng and compressed anew. libharu never sees a picture.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_IMAGE_H
#define BRV_OUTPUT_PDF_IMAGE_H

#include "output/pdf_content.h"

// Draws an image item within the marked content that is open.
void brv_pdf_image_draw(struct brv_pdf_content *content, const struct brv_image_item *item);

// Appends the colour space of an image's samples, of a palette's colours (pdf_color.c). Writes into
// `out` and the file, nowhere else.
void brv_pdf_add_color_space(struct brv_pdf *pdf, const struct brv_image *image,
                             struct brv_buf *out);

// ---- PNG files taken apart (pdf_png.c)

// All compressed pixels, in one piece; the colours of the palette and the transparency as stored.
struct brv_pdf_png {
    brv_str pixels;
    brv_str palette;      // three bytes a colour, empty when there is none
    brv_str transparency; // of palette entries, or one colour
};
void brv_pdf_png_take(struct brv_arena *arena, const struct brv_image *image,
                      struct brv_pdf_png *png);

// Decoded rows of 8 bits a sample, each behind the number of the filter it went through, as PDF's
// predictor 15 has them.
struct brv_pdf_samples {
    struct brv_buf *color; // one or three samples a pixel
    struct brv_buf *alpha; // NULL: opaque throughout
    unsigned channels;     // of colour
};
// Where only alpha is wanted, `color` stays NULL. False when libpng finds a fault that the loader
// did not.
bool brv_pdf_png_decode(struct brv_arena *arena, const struct brv_image *image, bool only_alpha,
                        struct brv_pdf_samples *samples);

#endif
