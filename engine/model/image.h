// Brevier — images: what the loader learnt about a picture file before anybody draws it.
// Plain data; the bytes are the file's own, validated as far as sizes and structure go, and live as
// long as the job. Pixels are decoded by the output that needs them, never by libharu.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_IMAGE_H
#define BRV_MODEL_IMAGE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum brv_image_format { BRV_IMAGE_PNG, BRV_IMAGE_JPEG };

enum brv_image_color {
    BRV_IMAGE_GRAY,
    BRV_IMAGE_RGB,
    BRV_IMAGE_PALETTE,
    BRV_IMAGE_CMYK,
};

// What the colours of a picture without a profile are, where it says so and they are not sRGB's:
// light is the sample to the power of gamma; x and y of CIE 1931 for white and the three colours.
struct brv_image_calibration {
    float gamma; // 0: it says nothing, or sRGB
    float white[2], red[2], green[2], blue[2];
};

struct brv_image {
    uint32_t id;    // 1, 2, … in order of first use within a document; one source is one image
    brv_str source; // as written in src
    brv_str bytes;  // the whole file
    enum brv_image_format format;
    enum brv_image_color color;
    unsigned bits;         // per component as stored: 1, 2, 4, 8, 16
    bool has_alpha;        // an alpha channel, or transparent palette entries or colour
    bool is_interlaced;    // PNG: Adam7; JPEG: progressive
    bool is_inverted;      // JPEG: Adobe's CMYK, where 0 is full ink
    bool is_untransformed; // JPEG: red, green and blue as they stand, though no marker says so
    unsigned orientation;  // EXIF 1 … 8; 1 is upright
    uint32_t width_px;     // as stored, before the orientation is applied
    uint32_t height_px;
    float dpi_x, dpi_y; // as stored; 96 where the file says nothing or nonsense
    brv_str icc;        // the embedded profile, whole; empty when none
    struct brv_image_calibration calibration; // PNG
};

// The size on paper that the file asks for, after its orientation, in points.
static inline float brv_image_width_pt(const struct brv_image *image)
{
    return image->orientation >= 5 ? (float)image->height_px * 72 / image->dpi_y
                                   : (float)image->width_px * 72 / image->dpi_x;
}

static inline float brv_image_height_pt(const struct brv_image *image)
{
    return image->orientation >= 5 ? (float)image->width_px * 72 / image->dpi_x
                                   : (float)image->height_px * 72 / image->dpi_y;
}

#endif
