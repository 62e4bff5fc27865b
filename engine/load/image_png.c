// Brevier — walking a PNG file.
// SPDX-License-Identifier: MIT
//
//     signature · IHDR · [PLTE] · [tRNS, pHYs, …] · IDAT … IDAT · [texts, …] · IEND
//
// Each chunk is length, type, data, checksum. The walker sees that all of them are whole and in
// order and keeps what the model asks for. The pixels are inflated once, a window at a time, only
// to see that they are as many as the header says: then every output may pass them on as they
// stand.
#include "load/image_inflate.h"
#include "load/image_read.h"

enum { CHUNK_OVERHEAD = 12, HEADER_BYTES = 13, CHUNK_BYTES_MAX = 0x7FFFFFFF };
enum { COLOR_GRAY = 0, COLOR_RGB = 2, COLOR_PALETTE = 3, COLOR_GRAY_ALPHA = 4, COLOR_RGBA = 6 };

struct chunk {
    size_t offset; // of the chunk in the file
    char type[5];
    brv_str data;
};

struct png {
    struct brv_image_reader *reader;
    size_t at;
    unsigned color_type;
    unsigned palette_size;
    bool is_interlaced;
    bool has_transparency;
    struct brv_png_color color;
    brv_str *parts; // of the pixels
    size_t part_count, part_capacity;
};

// ---- checksums

// CRC-32 by nibbles: sixteen words of table are enough for files that are read once.
static uint32_t checksum(brv_str bytes)
{
    static const uint32_t table[16] = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
        0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= brv_byte_at(bytes, i);
        crc = crc >> 4 ^ table[crc & 15];
        crc = crc >> 4 ^ table[crc & 15];
    }
    return ~crc;
}

// ---- chunks

static bool is_letter(char c)
{
    return brv_to_lower(c) >= 'a' && brv_to_lower(c) <= 'z';
}

static bool is_critical(const struct chunk *chunk)
{
    return chunk->type[0] < 'a';
}

static enum brv_status next_chunk(struct png *png, struct chunk *chunk)
{
    struct brv_image_reader *reader = png->reader;
    brv_str bytes = reader->image->bytes;
    size_t left = bytes.len - png->at;
    if (left < CHUNK_OVERHEAD) {
        return brv_image_fault(reader, "its PNG data ends early, at byte %zu", bytes.len);
    }
    size_t length = brv_big32_at(bytes, png->at);
    chunk->offset = png->at;
    memcpy(chunk->type, bytes.ptr + png->at + 4, 4);
    chunk->type[4] = 0;
    for (int i = 0; i < 4; i++) {
        if (!is_letter(chunk->type[i])) {
            return brv_image_fault(
                reader, "its PNG data is broken at byte %zu: no chunk begins there", png->at);
        }
    }
    if (length > CHUNK_BYTES_MAX || length > left - CHUNK_OVERHEAD) {
        return brv_image_fault(reader,
                               "its PNG data ends early, within chunk \"%s\" at byte %zu",
                               chunk->type,
                               png->at);
    }
    size_t data = png->at + 8;
    chunk->data = brv_str_slice(bytes, data, data + length);
    png->at = data + length + 4;
    if (checksum(brv_str_slice(bytes, data - 4, data + length)) !=
        brv_big32_at(bytes, data + length)) {
        return brv_image_fault(reader,
                               "its PNG chunk \"%s\" at byte %zu has a wrong checksum",
                               chunk->type,
                               chunk->offset);
    }
    return BRV_OK;
}

static enum brv_status chunk_fault(struct png *png, const struct chunk *chunk, const char *what)
{
    return brv_image_fault(
        png->reader, "its PNG chunk \"%s\" at byte %zu %s", chunk->type, chunk->offset, what);
}

static bool has_depth(unsigned color_type, unsigned bits)
{
    switch (color_type) {
    case COLOR_GRAY:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
    case COLOR_PALETTE:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8;
    case COLOR_RGB:
    case COLOR_GRAY_ALPHA:
    case COLOR_RGBA:
        return bits == 8 || bits == 16;
    default:
        return false;
    }
}

static enum brv_status read_header(struct png *png)
{
    struct brv_image *image = png->reader->image;
    struct chunk chunk = { 0 };
    if (next_chunk(png, &chunk)) {
        return BRV_FAILED;
    }
    if (strcmp(chunk.type, "IHDR") != 0 || chunk.data.len != HEADER_BYTES) {
        return chunk_fault(png, &chunk, "stands where a header of 13 bytes must");
    }
    if (brv_image_set_size(png->reader, brv_big32_at(chunk.data, 0), brv_big32_at(chunk.data, 4))) {
        return BRV_FAILED;
    }
    image->bits = brv_byte_at(chunk.data, 8);
    png->color_type = brv_byte_at(chunk.data, 9);
    png->is_interlaced = brv_byte_at(chunk.data, 12) == 1;
    image->is_interlaced = png->is_interlaced;
    if (!has_depth(png->color_type, image->bits)) {
        return brv_image_fault(png->reader,
                               "its PNG header has colour type %u with %u bits, which do not go "
                               "together",
                               png->color_type,
                               image->bits);
    }
    if (brv_byte_at(chunk.data, 10) != 0 || brv_byte_at(chunk.data, 11) != 0 ||
        brv_byte_at(chunk.data, 12) > 1) {
        return chunk_fault(png, &chunk, "names a method that no PNG uses");
    }
    image->color = png->color_type == COLOR_PALETTE                      ? BRV_IMAGE_PALETTE
                   : png->color_type & 2 /* the bit that means colour */ ? BRV_IMAGE_RGB
                                                                         : BRV_IMAGE_GRAY;
    image->has_alpha = png->color_type & 4;
    return BRV_OK;
}

static enum brv_status read_palette(struct png *png, const struct chunk *chunk)
{
    size_t most = (size_t)1 << (png->reader->image->bits < 8 ? png->reader->image->bits : 8);
    if (png->palette_size > 0 || png->part_count > 0 || png->has_transparency) {
        return chunk_fault(png, chunk, "stands where no palette may");
    }
    if (png->color_type == COLOR_GRAY || png->color_type == COLOR_GRAY_ALPHA) {
        return chunk_fault(png, chunk, "is a palette, but the picture is grey");
    }
    if (chunk->data.len == 0 || chunk->data.len % 3 != 0 || chunk->data.len / 3 > 256 ||
        (png->color_type == COLOR_PALETTE && chunk->data.len / 3 > most)) {
        return chunk_fault(png, chunk, "has no possible number of colours");
    }
    png->palette_size = (unsigned)(chunk->data.len / 3);
    return BRV_OK;
}

static enum brv_status read_transparency(struct png *png, const struct chunk *chunk)
{
    size_t len = chunk->data.len;
    bool is_right = png->color_type == COLOR_GRAY      ? len == 2
                    : png->color_type == COLOR_RGB     ? len == 6
                    : png->color_type == COLOR_PALETTE ? len > 0 && len <= png->palette_size
                                                       : false;
    if (!is_right || png->has_transparency || png->part_count > 0) {
        return chunk_fault(png, chunk, "does not fit the picture's colours");
    }
    png->has_transparency = true;
    png->reader->image->has_alpha = true;
    return BRV_OK;
}

static void read_resolution(struct png *png, const struct chunk *chunk)
{
    const double inches_a_metre = 39.3700787;
    if (chunk->data.len == 9 && brv_byte_at(chunk->data, 8) == 1) {
        brv_image_set_dpi(png->reader->image,
                          brv_big32_at(chunk->data, 0) / inches_a_metre,
                          brv_big32_at(chunk->data, 4) / inches_a_metre);
    }
}

static enum brv_status read_chunk(struct png *png, const struct chunk *chunk, bool follows_pixels)
{
    if (strcmp(chunk->type, "IDAT") == 0) {
        if (png->part_count > 0 && !follows_pixels) {
            return chunk_fault(png, chunk, "is cut off from the pixels before it");
        }
        if (png->color_type == COLOR_PALETTE && png->palette_size == 0) {
            return brv_image_fault(png->reader, "its PNG data has no palette");
        }
        BRV_PUSH(png->reader->arena, png->parts, png->part_count, png->part_capacity) = chunk->data;
        return BRV_OK;
    }
    if (strcmp(chunk->type, "PLTE") == 0) {
        return read_palette(png, chunk);
    }
    if (strcmp(chunk->type, "tRNS") == 0) {
        return read_transparency(png, chunk);
    }
    if (strcmp(chunk->type, "pHYs") == 0) {
        read_resolution(png, chunk);
    } else if (is_critical(chunk)) {
        return chunk_fault(png, chunk, "is unknown, and not to be passed over");
    } else if (png->part_count == 0) {
        brv_png_color_read(png->reader, &png->color, chunk->type, chunk->data);
    }
    return BRV_OK;
}

// ---- pixels

// The rows of a pass: Adam7 sends the picture in seven, each a grid of its own.
struct pass {
    uint8_t x, y, dx, dy;
};
static const struct pass whole[] = { { 0, 0, 1, 1 } };
static const struct pass adam7[] = {
    { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 }, { 2, 0, 4, 4 },
    { 0, 2, 2, 4 }, { 1, 0, 2, 2 }, { 0, 1, 1, 2 },
};

struct rows {
    const struct brv_image *image;
    const struct pass *pass; // the next to begin
    const struct pass *end;
    unsigned pixel_bits;
    uint64_t row_bytes; // with the byte that names the filter
    uint64_t rows_left; // in this pass, the current one included
    uint64_t at;        // in the row
    bool is_bad;
};

// Goes to the next row; after the last, none is left.
static void next_row(struct rows *rows)
{
    rows->at = 0;
    if (rows->rows_left > 1) {
        rows->rows_left--;
        return;
    }
    rows->rows_left = 0;
    for (; rows->rows_left == 0 && rows->pass < rows->end; rows->pass++) {
        const struct pass *pass = rows->pass;
        uint32_t width = rows->image->width_px;
        uint32_t height = rows->image->height_px;
        if (width > pass->x && height > pass->y) {
            uint64_t columns = ((uint64_t)width - pass->x + pass->dx - 1) / pass->dx;
            rows->rows_left = ((uint64_t)height - pass->y + pass->dy - 1) / pass->dy;
            rows->row_bytes = 1 + (columns * rows->pixel_bits + 7) / 8;
        }
    }
}

static bool take_pixels(void *user, const uint8_t *bytes, size_t len)
{
    struct rows *rows = user;
    while (len > 0) {
        if (rows->rows_left == 0 || (rows->at == 0 && bytes[0] > 4)) {
            rows->is_bad = rows->rows_left > 0; // no such filter; else more than there may be
            return false;
        }
        uint64_t left = rows->row_bytes - rows->at;
        uint64_t step = left < len ? left : len;
        rows->at += step;
        bytes += step;
        len -= (size_t)step;
        if (rows->at == rows->row_bytes) {
            next_row(rows);
        }
    }
    return true;
}

static enum brv_status check_pixels(struct png *png)
{
    static const uint8_t channels[] = { 1, 0, 3, 1, 2, 0, 4 };
    struct rows rows = {
        .image = png->reader->image,
        .pass = png->is_interlaced ? adam7 : whole,
        .end = png->is_interlaced ? adam7 + BRV_COUNT(adam7) : whole + BRV_COUNT(whole),
        .pixel_bits = channels[png->color_type] * png->reader->image->bits,
    };
    next_row(&rows);
    const char *fault = brv_inflate(png->parts, png->part_count, take_pixels, &rows);
    if (fault) {
        return brv_image_fault(png->reader,
                               "its pixels are broken: %s",
                               rows.is_bad          ? "a row has an unknown filter"
                               : rows.rows_left > 0 ? fault
                                                    : "there are more than its header says");
    }
    if (rows.rows_left > 0) {
        return brv_image_fault(png->reader,
                               "its pixels are broken: there are fewer than its header says");
    }
    return BRV_OK;
}

// ---- exported

enum brv_status brv_image_read_png(struct brv_image_reader *reader)
{
    static const brv_str signature = BRV_S_INIT("\x89PNG\r\n\x1A\n");
    struct png png = { .reader = reader, .at = signature.len };
    if (!brv_str_starts_with(reader->image->bytes, signature)) {
        return brv_image_fault(reader, "its PNG signature is damaged, as by a transfer of text");
    }
    if (read_header(&png)) {
        return BRV_FAILED;
    }
    bool follows_pixels = false;
    for (;;) {
        struct chunk chunk = { 0 };
        if (next_chunk(&png, &chunk)) {
            return BRV_FAILED;
        }
        if (strcmp(chunk.type, "IEND") == 0) {
            break;
        }
        if (read_chunk(&png, &chunk, follows_pixels)) {
            return BRV_FAILED;
        }
        follows_pixels = strcmp(chunk.type, "IDAT") == 0;
    }
    if (png.part_count == 0) {
        return brv_image_fault(reader, "its PNG data has no pixels");
    }
    brv_png_color_settle(reader->image, &png.color);
    return check_pixels(&png);
}
