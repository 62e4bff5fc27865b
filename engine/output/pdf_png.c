// Brevier — PNG files taken apart for a PDF.
// SPDX-License-Identifier: MIT
//
// The loader has seen that chunks are whole and in order, so here they are only walked. libpng
// decodes what cannot be passed on. It leaves by longjmp at a fault; what it must not lose lives in
// one struct that is not changed in a register, and in arenas.
#include "output/pdf_image.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

// ---- chunks

static uint32_t png_number(const char *bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

void brv_pdf_png_take(struct brv_arena *arena, const struct brv_image *image,
                      struct brv_pdf_png *png)
{
    enum { SIGNATURE_BYTES = 8, OVERHEAD = 12 };
    struct brv_buf *pixels = brv_buf_new_in(arena);
    *png = (struct brv_pdf_png){ 0 };
    brv_str bytes = image->bytes;
    for (size_t at = SIGNATURE_BYTES; bytes.len - at >= OVERHEAD;) {
        size_t length = png_number(bytes.ptr + at);
        if (length > bytes.len - at - OVERHEAD)
            break;
        brv_str type = brv_str_slice(bytes, at + 4, at + 8);
        brv_str data = brv_str_slice(bytes, at + 8, at + 8 + length);
        if (brv_str_is(type, "IDAT"))
            brv_buf_add_str(pixels, data);
        else if (brv_str_is(type, "PLTE"))
            png->palette = data;
        else if (brv_str_is(type, "tRNS"))
            png->transparency = data;
        at += length + OVERHEAD;
    }
    png->pixels = brv_buf_str(pixels);
}

// ---- rows with filters

// The sum of what is left of a row, taken as signed bytes: the less, the better it compresses.
static unsigned long rest_of(const uint8_t *row, const uint8_t *above, size_t len, size_t step,
                             int filter, uint8_t *out)
{
    unsigned long sum = 0;
    for (size_t i = 0; i < len; i++) {
        uint8_t left = i >= step ? row[i - step] : 0;
        uint8_t predicted = filter == 1 ? left : filter == 2 ? above[i] : 0;
        out[i] = (uint8_t)(row[i] - predicted);
        sum += out[i] < 128 ? out[i] : 256u - out[i];
    }
    return sum;
}

struct rows {
    struct brv_buf *out;
    uint8_t *above;
    uint8_t *tries[3]; // none, left, above
    size_t len, step;
};

static struct rows rows_new(struct brv_arena *arena, size_t width, unsigned channels)
{
    struct rows rows = { .out = brv_buf_new_in(arena), .len = width * channels, .step = channels };
    rows.above = brv_arena_alloc(arena, rows.len);
    for (int i = 0; i < 3; i++)
        rows.tries[i] = brv_arena_alloc(arena, rows.len);
    return rows;
}

static void rows_add(struct rows *rows, const uint8_t *row)
{
    int best = 0;
    unsigned long least = 0;
    for (int filter = 0; filter < 3; filter++) {
        unsigned long rest =
            rest_of(row, rows->above, rows->len, rows->step, filter, rows->tries[filter]);
        if (filter == 0 || rest < least) {
            least = rest;
            best = filter;
        }
    }
    brv_buf_add_byte(rows->out, (char)best);
    brv_buf_add(rows->out, rows->tries[best], rows->len);
    memcpy(rows->above, row, rows->len);
}

// ---- libpng

struct decoder {
    struct brv_arena *arena;
    brv_str bytes;
    size_t at;
    png_structp png;
    png_infop info;
    jmp_buf fault;
    struct rows color, alpha;
    uint8_t *color_row, *alpha_row;
    unsigned channels; // colour and alpha
    bool only_alpha;
    bool has_holes; // some pixel is not opaque
    bool is_whole;
};

static void png_read_bytes(png_structp png, png_bytep out, size_t len)
{
    struct decoder *decoder = png_get_io_ptr(png);
    if (len > decoder->bytes.len - decoder->at)
        png_error(png, "short");
    memcpy(out, decoder->bytes.ptr + decoder->at, len);
    decoder->at += len;
}

static void png_fail(png_structp png, png_const_charp message)
{
    (void)message; // the loader has said all that an author can mend
    struct decoder *decoder = png_get_error_ptr(png);
    longjmp(decoder->fault, 1);
}

static void png_keep_quiet(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void take_row(struct decoder *decoder, const uint8_t *row, size_t width)
{
    unsigned channels = decoder->channels;
    unsigned colors = channels <= 2 ? 1 : 3;
    bool has_alpha = channels % 2 == 0;
    for (size_t x = 0; x < width; x++, row += channels) {
        for (unsigned i = 0; i < colors; i++)
            decoder->color_row[x * colors + i] = row[i];
        decoder->alpha_row[x] = has_alpha ? row[colors] : 255;
        decoder->has_holes = decoder->has_holes || decoder->alpha_row[x] != 255;
    }
    if (!decoder->only_alpha)
        rows_add(&decoder->color, decoder->color_row);
    rows_add(&decoder->alpha, decoder->alpha_row);
}

static void decoder_begin(struct decoder *decoder)
{
    png_structp png = decoder->png;
    png_set_read_fn(png, decoder, png_read_bytes);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);    // the loader has its own
    png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE); // checked by the loader
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, decoder->info);
    png_set_scale_16(png);
    png_set_expand(png); // palette to colours, few bits to 8, transparency to alpha
    png_set_interlace_handling(png);
    png_read_update_info(png, decoder->info);
    decoder->channels = png_get_channels(png, decoder->info);
}

// All rows at once where they come interlaced, else one after another.
static void decoder_read(struct decoder *decoder, const struct brv_image *image)
{
    size_t width = image->width_px;
    size_t height = image->height_px;
    size_t row_bytes = width * decoder->channels;
    unsigned colors = decoder->channels <= 2 ? 1 : 3;
    struct brv_arena *arena = decoder->arena;
    decoder->color = rows_new(arena, width, colors);
    decoder->alpha = rows_new(arena, width, 1);
    decoder->color_row = brv_arena_alloc(arena, width * colors);
    decoder->alpha_row = brv_arena_alloc(arena, width);
    size_t kept = image->is_interlaced ? height : 1;
    uint8_t *pixels = brv_arena_array(arena, kept, row_bytes);
    if (image->is_interlaced) {
        png_bytep *rows = BRV_NEW_ARRAY(arena, png_bytep, height);
        for (size_t y = 0; y < height; y++)
            rows[y] = pixels + y * row_bytes;
        png_read_image(decoder->png, rows);
    }
    for (size_t y = 0; y < height; y++) {
        if (!image->is_interlaced)
            png_read_row(decoder->png, pixels, NULL);
        take_row(decoder, image->is_interlaced ? pixels + y * row_bytes : pixels, width);
    }
}

bool brv_pdf_png_decode(struct brv_arena *arena, const struct brv_image *image, bool only_alpha,
                        struct brv_pdf_samples *samples)
{
    struct decoder *decoder = BRV_NEW(arena, struct decoder);
    decoder->arena = arena;
    decoder->bytes = image->bytes;
    decoder->only_alpha = only_alpha;
    decoder->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, decoder, png_fail, png_keep_quiet);
    if (!decoder->png)
        return false;
    decoder->info = png_create_info_struct(decoder->png);
    if (decoder->info && setjmp(decoder->fault) == 0) {
        decoder_begin(decoder);
        decoder_read(decoder, image);
        decoder->is_whole = true;
    }
    png_destroy_read_struct(&decoder->png, &decoder->info, NULL);
    if (!decoder->is_whole)
        return false;
    samples->channels = decoder->channels <= 2 ? 1 : 3;
    samples->color = only_alpha ? NULL : decoder->color.out;
    samples->alpha = decoder->has_holes ? decoder->alpha.out : NULL;
    return true;
}
