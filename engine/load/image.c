// Brevier — pictures: which format a file has, and what any of them may not exceed.
// SPDX-License-Identifier: MIT
#include "load/image_read.h"

static const struct {
    brv_str start;
    size_t at;
    const char *name; // as it follows "is "
} foreign[] = {
    { BRV_S_INIT("GIF8"), 0, "a GIF" },
    { BRV_S_INIT("WEBP"), 8, "a WebP image" },
    { BRV_S_INIT("BM"), 0, "a BMP image" },
    { BRV_S_INIT("II*\0"), 0, "a TIFF image" },
    { BRV_S_INIT("MM\0*"), 0, "a TIFF image" },
    { BRV_S_INIT("%PDF-"), 0, "a PDF file" },
    { BRV_S_INIT("%!PS"), 0, "a PostScript file" },
    { BRV_S_INIT("ftypavif"), 4, "an AVIF image" },
    { BRV_S_INIT("ftyphei"), 4, "a HEIF image" },
    { BRV_S_INIT("ftypmif1"), 4, "a HEIF image" },
    { BRV_S_INIT("\0\0\0\fjP  "), 0, "a JPEG 2000 image" },
    { BRV_S_INIT("\xFF\x4F\xFF\x51"), 0, "a JPEG 2000 image" },
    { BRV_S_INIT("\0\0\0\fJXL "), 0, "a JPEG XL image" },
    { BRV_S_INIT("\xFF\x0A"), 0, "a JPEG XL image" },
    { BRV_S_INIT("\0\0\1\0"), 0, "an icon file" },
};

// An SVG begins somewhere after a declaration, comments and a document type.
static bool is_svg(brv_str bytes)
{
    enum { LOOKED_AT = 4096 };
    brv_str head = brv_str_slice(bytes, 0, bytes.len < LOOKED_AT ? bytes.len : LOOKED_AT);
    return brv_str_find(head, 0, BRV_S("<svg")) < head.len;
}

static const char *foreign_name(brv_str bytes)
{
    for (size_t i = 0; i < BRV_COUNT(foreign); i++) {
        size_t end = foreign[i].at + foreign[i].start.len;
        if (end <= bytes.len &&
            brv_str_equal(brv_str_slice(bytes, foreign[i].at, end), foreign[i].start)) {
            return foreign[i].name;
        }
    }
    return is_svg(bytes) ? "an SVG drawing" : NULL;
}

static struct brv_diag *report(struct brv_image_reader *reader, enum brv_code code,
                               const char *format, ...) BRV_PRINTF(3, 4);

static struct brv_diag *report(struct brv_image_reader *reader, enum brv_code code,
                               const char *format, ...)
{
    va_list args;
    va_start(args, format);
    brv_str reason = brv_arena_vprintf(reader->arena, format, args);
    va_end(args);
    return brv_report(reader->sink,
                      BRV_ERROR,
                      code,
                      reader->where,
                      "image \"%" BRV_STR_F "\" cannot be shown: %" BRV_STR_F,
                      BRV_STR_ARG(reader->image->source),
                      BRV_STR_ARG(reason));
}

enum brv_status brv_image_fault(struct brv_image_reader *reader, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    brv_str reason = brv_arena_vprintf(reader->arena, format, args);
    va_end(args);
    report(reader, BRV_CODE_INPUT, "%" BRV_STR_F, BRV_STR_ARG(reason));
    return BRV_FAILED;
}

void brv_image_warn(struct brv_image_reader *reader, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    brv_str reason = brv_arena_vprintf(reader->arena, format, args);
    va_end(args);
    brv_report(reader->sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               reader->where,
               "image \"%" BRV_STR_F "\": %" BRV_STR_F,
               BRV_STR_ARG(reader->image->source),
               BRV_STR_ARG(reason));
}

enum brv_status brv_image_set_size(struct brv_image_reader *reader, uint32_t width_px,
                                   uint32_t height_px)
{
    struct brv_image *image = reader->image;
    if (width_px == 0 || height_px == 0) {
        return brv_image_fault(reader, "it is %u by %u pixels large", width_px, height_px);
    }
    if ((uint64_t)width_px * height_px > reader->limits->image_pixels) {
        report(reader,
               BRV_CODE_LIMIT,
               "it has %u by %u pixels, at most %zu are allowed",
               width_px,
               height_px,
               reader->limits->image_pixels);
        return BRV_FAILED;
    }
    image->width_px = width_px;
    image->height_px = height_px;
    return BRV_OK;
}

void brv_image_set_dpi(struct brv_image *image, double dpi_x, double dpi_y)
{
    const double least = 10, most = 10000, skew = 10;
    if (dpi_x >= least && dpi_x <= most && dpi_y >= least && dpi_y <= most &&
        dpi_x <= dpi_y * skew && dpi_y <= dpi_x * skew) {
        image->dpi_x = (float)dpi_x;
        image->dpi_y = (float)dpi_y;
    }
}

struct brv_image *brv_image_load(struct brv_arena *arena, brv_str source, brv_str bytes,
                                 const struct brv_limits *limits, struct brv_span where,
                                 struct brv_sink *sink)
{
    struct brv_image *image = BRV_NEW(arena, struct brv_image);
    *image = (struct brv_image){
        .source = source,
        .bytes = bytes,
        .orientation = 1,
        .dpi_x = 96,
        .dpi_y = 96,
    };
    struct brv_image_reader reader = { arena, limits, where, sink, image };
    if (bytes.len > limits->image_bytes) {
        report(&reader,
               BRV_CODE_LIMIT,
               "it is %zu bytes long, at most %zu are allowed",
               bytes.len,
               limits->image_bytes);
        return NULL;
    }
    if (brv_str_starts_with(bytes, BRV_S("\x89PNG"))) {
        image->format = BRV_IMAGE_PNG;
        return brv_image_read_png(&reader) ? NULL : image;
    }
    if (brv_str_starts_with(bytes, BRV_S("\xFF\xD8\xFF"))) {
        image->format = BRV_IMAGE_JPEG;
        return brv_image_read_jpeg(&reader) ? NULL : image;
    }
    const char *name = foreign_name(bytes);
    struct brv_diag *diag = bytes.len == 0 ? report(&reader, BRV_CODE_INPUT, "it is empty")
                            : name         ? report(&reader, BRV_CODE_INPUT, "it is %s", name)
                                           : report(&reader, BRV_CODE_INPUT, "it is no picture");
    brv_diag_hint(sink, diag, name ? "convert it to PNG or JPEG" : "expected a PNG or JPEG file");
    return NULL;
}
