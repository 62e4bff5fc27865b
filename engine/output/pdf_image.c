// Brevier — images in a PDF: the objects, and drawing them.
// SPDX-License-Identifier: MIT
#include "output/pdf_image.h"

#include "output/pdf_write.h"

// ---- dictionaries

static void image_begin(struct brv_buf *out, const struct brv_image *image)
{
    brv_buf_printf(
        out, "/Type/XObject/Subtype/Image/Width %u/Height %u", image->width_px, image->height_px);
}

static void image_add_predictor(struct brv_buf *out, const struct brv_image *image,
                                unsigned channels, unsigned bits)
{
    brv_buf_printf(out,
                   "/DecodeParms<</Predictor 15/Colors %u/BitsPerComponent %u/Columns %u>>",
                   channels,
                   bits,
                   image->width_px);
}

// A stream of rows with filters, 8 bits a sample: the colours of a picture, or its alpha.
static void rows_put(struct brv_pdf *pdf, uint32_t id, const struct brv_image *image,
                     unsigned channels, bool is_alpha, uint32_t mask_id, brv_str rows)
{
    struct brv_buf *out = &pdf->scratch;
    image_begin(out, image);
    brv_buf_add_cstr(out, "/BitsPerComponent 8/ColorSpace");
    if (is_alpha)
        brv_buf_add_cstr(out, "/DeviceGray");
    else
        brv_pdf_add_color_space(pdf, image, out);
    image_add_predictor(out, image, channels, 8);
    if (mask_id) {
        brv_buf_add_cstr(out, "/SMask");
        brv_pdf_add_ref(out, mask_id);
    }
    brv_pdf_file_put_stream(pdf->file, id, brv_buf_str(out), rows, BRV_PDF_DEFLATE);
    brv_buf_clear(out);
}

static uint32_t mask_put(struct brv_pdf *pdf, const struct brv_image *image,
                         const struct brv_buf *alpha)
{
    if (!alpha)
        return 0;
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    rows_put(pdf, id, image, 1, true, 0, brv_buf_str(alpha));
    return id;
}

// ---- PNG

// A palette has a colour for every value that its bits can have, so no pixel is undefined.
static void image_add_palette(struct brv_pdf *pdf, const struct brv_image *image, brv_str palette)
{
    struct brv_buf *out = &pdf->scratch;
    size_t count = (size_t)1 << image->bits;
    brv_buf_add_cstr(out, "[/Indexed");
    brv_pdf_add_color_space(pdf, image, out);
    brv_buf_printf(out, " %zu<", count - 1);
    for (size_t i = 0; i < count * 3; i++)
        brv_buf_printf(out, "%02X", i < palette.len ? (unsigned char)palette.ptr[i] : 0);
    brv_buf_add_cstr(out, ">]");
}

// One colour that is fully transparent.
static void image_add_hole(struct brv_buf *out, const struct brv_image *image, brv_str color)
{
    const unsigned most = (1u << image->bits) - 1;
    brv_buf_add_cstr(out, "/Mask[");
    for (size_t i = 0; i + 1 < color.len; i += 2) {
        unsigned value =
            ((unsigned)(unsigned char)color.ptr[i] << 8 | (unsigned char)color.ptr[i + 1]) & most;
        brv_buf_printf(out, "%u %u ", value, value);
    }
    brv_buf_add_byte(out, ']');
}

// The pixels as they stand in the file.
static void png_put_passed(struct brv_pdf *pdf, uint32_t id, const struct brv_image *image,
                           const struct brv_pdf_png *png, uint32_t mask_id)
{
    bool is_palette = image->color == BRV_IMAGE_PALETTE;
    struct brv_buf *out = &pdf->scratch;
    image_begin(out, image);
    brv_buf_printf(out, "/BitsPerComponent %u/ColorSpace", image->bits);
    if (is_palette)
        image_add_palette(pdf, image, png->palette);
    else
        brv_pdf_add_color_space(pdf, image, out);
    if (mask_id) {
        brv_buf_add_cstr(out, "/SMask");
        brv_pdf_add_ref(out, mask_id);
    } else if (png->transparency.len > 0 && !is_palette) {
        image_add_hole(out, image, png->transparency);
    }
    brv_buf_add_cstr(out, "/Filter/FlateDecode");
    image_add_predictor(out, image, image->color == BRV_IMAGE_RGB ? 3 : 1, image->bits);
    brv_pdf_file_put_stream(pdf->file, id, brv_buf_str(out), png->pixels, BRV_PDF_PLAIN);
    brv_buf_clear(out);
}

static bool png_put(struct brv_pdf *pdf, uint32_t id, const struct brv_image *image)
{
    struct brv_arena *arena = brv_arena_new(); // pixels are large: they go at once
    struct brv_pdf_png png;
    brv_pdf_png_take(arena, image, &png);
    bool has_channel = image->has_alpha && png.transparency.len == 0;
    bool is_deep_hole = image->bits == 16 && png.transparency.len > 0; // readers miss it
    bool is_passed = !image->is_interlaced && !has_channel && !is_deep_hole;
    bool has_mask = is_passed && image->color == BRV_IMAGE_PALETTE && png.transparency.len > 0;
    struct brv_pdf_samples samples = { 0 };
    bool is_whole =
        (is_passed && !has_mask) || brv_pdf_png_decode(arena, image, is_passed, &samples);
    if (is_whole) {
        uint32_t mask_id = mask_put(pdf, image, samples.alpha);
        if (is_passed)
            png_put_passed(pdf, id, image, &png, mask_id);
        else
            rows_put(pdf, id, image, samples.channels, false, mask_id, brv_buf_str(samples.color));
    }
    brv_arena_free(arena);
    return is_whole;
}

// ---- JPEG

static void jpeg_put(struct brv_pdf *pdf, uint32_t id, const struct brv_image *image)
{
    struct brv_buf *out = &pdf->scratch;
    image_begin(out, image);
    brv_buf_add_cstr(out, "/BitsPerComponent 8/Filter/DCTDecode/ColorSpace");
    brv_pdf_add_color_space(pdf, image, out);
    if (image->is_untransformed)
        brv_buf_add_cstr(out, "/DecodeParms<</ColorTransform 0>>");
    if (image->is_inverted)
        brv_buf_add_cstr(out, "/Decode[1 0 1 0 1 0 1 0]");
    brv_pdf_file_put_stream(pdf->file, id, brv_buf_str(out), image->bytes, BRV_PDF_PLAIN);
    brv_buf_clear(out);
}

// ---- drawing

// Writes the image's object; false when it cannot be made, which is told.
static bool image_put(struct brv_pdf *pdf, uint32_t id, const struct brv_image *image)
{
    if (image->format == BRV_IMAGE_JPEG) {
        jpeg_put(pdf, id, image);
        return true;
    }
    if (png_put(pdf, id, image))
        return true;
    brv_pdf_file_put(pdf->file, id, BRV_S(""));
    brv_report(pdf->sink,
               BRV_WARNING,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "image \"%" BRV_STR_F "\" cannot be decoded, its place stays empty",
               BRV_STR_ARG(image->source));
    return false;
}

// The image's place in the list of those drawn, from 1; written when it is drawn first. 0: it
// cannot be shown.
static size_t image_number(struct brv_pdf *pdf, const struct brv_image *image)
{
    void **place =
        brv_map_at(&pdf->image_places, (brv_str){ (const char *)&image->id, sizeof image->id });
    if (!*place) {
        uint32_t id = brv_pdf_file_reserve(pdf->file);
        size_t *number = BRV_NEW(pdf->arena, size_t);
        if (image_put(pdf, id, image)) {
            BRV_PUSH(pdf->arena, pdf->images.ids, pdf->images.count, pdf->images.capacity) = id;
            *number = pdf->images.count;
        }
        *place = number;
    }
    return *(const size_t *)*place;
}

void brv_pdf_image_draw(struct brv_pdf_content *content, const struct brv_image_item *item)
{
    // Where the stored picture's right and upper edges go, by EXIF orientation: signs of the unit
    // square's axes, which change places from 5 on.
    static const struct {
        int8_t a, b, c, d;
    } turns[] = {
        { 1, 0, 0, 1 },   { -1, 0, 0, 1 }, { -1, 0, 0, -1 }, { 1, 0, 0, -1 },
        { 0, -1, -1, 0 }, { 0, -1, 1, 0 }, { 0, 1, 1, 0 },   { 0, 1, -1, 0 },
    };
    size_t number = image_number(content->pdf, item->image);
    if (number == 0)
        return;
    double width = (double)item->width_pt;
    double height = (double)item->height_pt;
    double left = (double)item->x_pt;
    double bottom = content->height - (double)item->y_pt - height;
    unsigned orientation = item->image->orientation;
    unsigned turn = orientation >= 1 && orientation <= BRV_COUNT(turns) ? orientation - 1 : 0;
    double a = turns[turn].a * width;
    double b = turns[turn].b * height;
    double c = turns[turn].c * width;
    double d = turns[turn].d * height;
    brv_pdf_content_end_text(content);
    brv_pdf_content_set_alpha(content, 255);
    const double matrix[6] = {
        a, b, c, d, left + (a < 0 || c < 0 ? width : 0), bottom + (b < 0 || d < 0 ? height : 0)
    };
    brv_buf_add_byte(content->out, 'q');
    for (int i = 0; i < 6; i++)
        brv_pdf_add_pt(content->out, matrix[i]);
    brv_buf_printf(content->out, " cm /I%zu Do Q\n", number);
}
