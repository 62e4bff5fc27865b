// Brevier — reading a picture file: what its two walkers share. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_IMAGE_READ_H
#define BRV_LOAD_IMAGE_READ_H

#include "load/image.h"

struct brv_image_reader {
    struct brv_arena *arena;
    const struct brv_limits *limits;
    struct brv_span where;
    struct brv_sink *sink;
    struct brv_image *image; // its source and bytes are set; the walker fills the rest
};

// Reports why the image cannot be shown; the words follow a colon.
enum brv_status brv_image_fault(struct brv_image_reader *reader, const char *format, ...)
    BRV_PRINTF(2, 3);
// Warns of a part that is left out, while the image itself is fine.
void brv_image_warn(struct brv_image_reader *reader, const char *format, ...) BRV_PRINTF(2, 3);

// Sets the size, which must be within the limits.
enum brv_status brv_image_set_size(struct brv_image_reader *reader, uint32_t width_px,
                                   uint32_t height_px) BRV_WARN_UNUSED;
// Sets the resolution unless it makes no sense.
void brv_image_set_dpi(struct brv_image *image, double dpi_x, double dpi_y);

enum brv_status brv_image_read_png(struct brv_image_reader *reader) BRV_WARN_UNUSED;
enum brv_status brv_image_read_jpeg(struct brv_image_reader *reader) BRV_WARN_UNUSED;

// Keeps an ICC profile for a picture of so many components (1, 3, 4) unless it is broken or for
// others: then warns.
void brv_image_set_profile(struct brv_image_reader *reader, brv_str profile, unsigned components);

// What the colours of a PNG picture are, from the chunks that say so; later ones win by what they
// are, not by where they stand.
struct brv_png_color {
    bool is_srgb, has_profile, has_gamut;
    uint32_t gamma; // in 1/100000, 0: not said
    uint32_t gamut[8];
};
// Takes a chunk if it is one of them.
void brv_png_color_read(struct brv_image_reader *reader, struct brv_png_color *color,
                        const char *type, brv_str data);
// Decides, once all are read.
void brv_png_color_settle(struct brv_image *image, const struct brv_png_color *color);

// The orientation and, where `wants_dpi`, the resolution of an EXIF block. What is broken in it
// says nothing; it is never a reason not to show a picture.
void brv_image_read_exif(struct brv_image *image, brv_str block, bool wants_dpi);

static inline uint32_t brv_byte_at(brv_str bytes, size_t at)
{
    return (unsigned char)bytes.ptr[at];
}

// Big-endian numbers, as both formats have them. The caller has seen that they are there.
static inline uint32_t brv_big16_at(brv_str bytes, size_t at)
{
    return brv_byte_at(bytes, at) << 8 | brv_byte_at(bytes, at + 1);
}

static inline uint32_t brv_big32_at(brv_str bytes, size_t at)
{
    return brv_big16_at(bytes, at) << 16 | brv_big16_at(bytes, at + 2);
}

#endif
