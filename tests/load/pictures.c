// Brevier — small PNG and JPEG files made for tests.
// SPDX-License-Identifier: MIT
#include "pictures.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

static void add_big(struct brv_buf *out, uint32_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        brv_buf_add_byte(out, (char)(value >> (8 * i) & 255));
}

// ---- PNG

void png_add_chunk(struct brv_buf *out, const char *type, brv_str data)
{
    add_big(out, (uint32_t)data.len, 4);
    size_t start = out->len;
    brv_buf_add_cstr(out, type);
    brv_buf_add_str(out, data);
    add_big(out, (uint32_t)crc32(0, (const Bytef *)out->ptr + start, (uInt)(out->len - start)), 4);
}

void png_add_start(struct brv_buf *out)
{
    brv_buf_add(out, "\x89PNG\r\n\x1A\n", 8);
}

static size_t row_bytes(const struct png_spec *spec, uint32_t width)
{
    static const unsigned channels[] = { 1, 0, 3, 1, 2, 0, 4 };
    return 1 + ((size_t)width * channels[spec->color_type] * spec->bits + 7) / 8;
}

static size_t pixel_bytes(const struct png_spec *spec)
{
    static const unsigned passes[7][4] = { { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 },
                                           { 2, 0, 4, 4 }, { 0, 2, 2, 4 }, { 1, 0, 2, 2 },
                                           { 0, 1, 1, 2 } };
    if (!spec->is_interlaced)
        return row_bytes(spec, spec->width) * spec->height;
    size_t total = 0;
    for (int i = 0; i < 7; i++) {
        uint32_t width = (spec->width + passes[i][2] - 1 - passes[i][0]) / passes[i][2];
        uint32_t height = (spec->height + passes[i][3] - 1 - passes[i][1]) / passes[i][3];
        total += width > 0 ? row_bytes(spec, width) * height : 0;
    }
    return total;
}

// Adds "PLTE:6 tRNS:1".
static void add_named(struct brv_buf *out, const char *list)
{
    char name[5];
    int bytes;
    int used;
    while (list && sscanf(list, " %4[a-zA-Z]:%d%n", name, &bytes, &used) == 2) {
        struct brv_buf data = { 0 };
        brv_buf_add_repeated(&data, 0x40, (size_t)bytes);
        png_add_chunk(out, name, brv_buf_str(&data));
        brv_buf_deinit(&data);
        list += used;
    }
}

static brv_str deflated(const struct png_spec *spec, const uint8_t *bytes, size_t len)
{
    z_stream stream = { 0 };
    int level = spec->level < 0 ? 6 : spec->level;
    int strategy = spec->level < 0 ? Z_FIXED : Z_DEFAULT_STRATEGY;
    if (deflateInit2(&stream, level, Z_DEFLATED, 15, 8, strategy) != Z_OK)
        abort();
    size_t bound = deflateBound(&stream, len);
    uint8_t *out = malloc(bound);
    if (!out)
        abort();
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)len;
    stream.next_out = out;
    stream.avail_out = (uInt)bound;
    deflate(&stream, Z_FINISH);
    size_t used = stream.total_out;
    deflateEnd(&stream);
    return (brv_str){ (const char *)out, used };
}

static void add_pixels(struct brv_buf *out, const struct png_spec *spec)
{
    size_t len = (size_t)((long)pixel_bytes(spec) + spec->pixel_bytes);
    uint8_t *pixels = calloc(len + 1, 1);
    if (!pixels)
        abort();
    if (!spec->is_interlaced)
        for (size_t at = 0; at < len; at += row_bytes(spec, spec->width))
            pixels[at] = (uint8_t)spec->filter;
    brv_str packed = deflated(spec, pixels, len);
    size_t step = spec->part_bytes > 0 ? spec->part_bytes : packed.len;
    for (size_t at = 0; at < packed.len; at += step) {
        size_t end = at + step < packed.len ? at + step : packed.len;
        png_add_chunk(out, "IDAT", brv_str_slice(packed, at, end));
    }
    free((void *)(uintptr_t)packed.ptr);
    free(pixels);
}

void png_build(struct brv_buf *out, const struct png_spec *spec)
{
    struct brv_buf header = { 0 };
    png_add_start(out);
    add_big(&header, spec->claimed_width > 0 ? spec->claimed_width : spec->width, 4);
    add_big(&header, spec->height, 4);
    brv_buf_add_byte(&header, (char)spec->bits);
    brv_buf_add_byte(&header, (char)spec->color_type);
    brv_buf_add(&header, "\0\0", 2);
    brv_buf_add_byte(&header, spec->is_interlaced);
    png_add_chunk(out, "IHDR", brv_buf_str(&header));
    brv_buf_deinit(&header);
    add_named(out, spec->before);
    add_pixels(out, spec);
    png_add_chunk(out, "IEND", (brv_str){ 0 });
}

void png_sign(struct brv_buf *out)
{
    for (size_t at = 8; at + 12 <= out->len;) {
        uint32_t length = 0;
        for (int i = 0; i < 4; i++)
            length = length << 8 | (unsigned char)out->ptr[at + (size_t)i];
        if (length > out->len - at - 12)
            return;
        uint32_t crc = (uint32_t)crc32(0, (const Bytef *)out->ptr + at + 4, length + 4);
        for (size_t i = 0; i < 4; i++)
            out->ptr[at + 8 + length + i] = (char)(crc >> (24 - 8 * i) & 255);
        at += length + 12;
    }
}

// ---- JPEG

void jpeg_add_segment(struct brv_buf *out, unsigned marker, brv_str data)
{
    add_big(out, 0xFF00 | marker, 2);
    add_big(out, (uint32_t)data.len + 2, 2);
    brv_buf_add_str(out, data);
}

struct bits {
    struct brv_buf *out;
    unsigned held, count;
};

static void put_bits(struct bits *bits, unsigned value, unsigned count)
{
    while (count-- > 0) {
        bits->held = bits->held << 1 | (value >> count & 1);
        if (++bits->count == 8) {
            brv_buf_add_byte(bits->out, (char)bits->held);
            if ((bits->held & 255) == 255)
                brv_buf_add_byte(bits->out, 0);
            bits->count = 0;
        }
    }
}

// One Huffman table of twelve sizes of four bits each, one of "no more" in one bit. With steps of 8
// the first coefficient of a flat block is its sample less 128.
static void add_scan(struct brv_buf *out, const struct jpeg_spec *spec)
{
    struct bits bits = { .out = out };
    int previous[4] = { 0 };
    for (unsigned block = 0; block < spec->across * spec->down; block++) {
        for (unsigned i = 0; i < spec->components; i++) {
            int sample = spec->samples ? spec->samples[block * spec->components + i] : 128;
            int step = sample - 128 - previous[i];
            previous[i] = sample - 128;
            unsigned size = 0;
            while (abs(step) >> size > 0)
                size++;
            put_bits(&bits, size, 4);
            put_bits(&bits, (unsigned)(step < 0 ? step + (1 << size) - 1 : step), size);
            put_bits(&bits, 0, 1);
        }
    }
    while (bits.count > 0)
        put_bits(&bits, 1, 1);
}

static void add_profile(struct brv_buf *out, const struct jpeg_spec *spec)
{
    unsigned parts = spec->icc_parts > 0 ? spec->icc_parts : 1;
    size_t step = (spec->icc.len + parts - 1) / parts;
    for (unsigned i = 0; i < parts && spec->icc.len > 0; i++) {
        if (i + 1 == spec->icc_missing)
            continue;
        size_t from = i * step;
        size_t to = from + step < spec->icc.len ? from + step : spec->icc.len;
        struct brv_buf data = { 0 };
        brv_buf_add(&data, "ICC_PROFILE", 12);
        add_big(&data, (i + 1) << 8 | parts, 2);
        brv_buf_add_str(&data, brv_str_slice(spec->icc, from, to));
        jpeg_add_segment(out, 0xE2, brv_buf_str(&data));
        brv_buf_deinit(&data);
    }
}

static void add_frame(struct brv_buf *out, const struct jpeg_spec *spec)
{
    struct brv_buf data = { 0 };
    add_big(&data, spec->precision > 0 ? spec->precision : 8, 1);
    add_big(&data, spec->down * 8, 2);
    add_big(&data, spec->across * 8, 2);
    add_big(&data, spec->components, 1);
    for (unsigned i = 0; i < spec->components; i++)
        add_big(&data, (i + 1) << 16 | 0x1100, 3);
    jpeg_add_segment(out, spec->frame_marker > 0 ? spec->frame_marker : 0xC0, brv_buf_str(&data));
    brv_buf_deinit(&data);
}

static void add_tables(struct brv_buf *out)
{
    struct brv_buf data = { 0 };
    brv_buf_add_byte(&data, 0);
    brv_buf_add_repeated(&data, 8, 64);
    jpeg_add_segment(out, 0xDB, brv_buf_str(&data));
    brv_buf_clear(&data);
    brv_buf_add(&data, "\0\0\0\0\x0C\0\0\0\0\0\0\0\0\0\0\0\0", 17);
    for (int i = 0; i < 12; i++)
        brv_buf_add_byte(&data, (char)i);
    brv_buf_add(&data, "\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 18);
    jpeg_add_segment(out, 0xC4, brv_buf_str(&data));
    brv_buf_deinit(&data);
}

void jpeg_build(struct brv_buf *out, const struct jpeg_spec *spec)
{
    struct brv_buf data = { 0 };
    brv_buf_add(out, "\xFF\xD8", 2);
    if (spec->density > 0) {
        brv_buf_add(&data, "JFIF\0\1\2\1", 8);
        add_big(&data, spec->density, 2);
        add_big(&data, spec->density, 2);
        add_big(&data, 0, 2);
        jpeg_add_segment(out, 0xE0, brv_buf_str(&data));
        brv_buf_clear(&data);
    }
    if (spec->exif.len > 0) {
        brv_buf_add(&data, "Exif\0\0", 6);
        brv_buf_add_str(&data, spec->exif);
        jpeg_add_segment(out, 0xE1, brv_buf_str(&data));
        brv_buf_clear(&data);
    }
    add_profile(out, spec);
    if (spec->is_adobe)
        jpeg_add_segment(out, 0xEE, (brv_str){ "Adobe\0d\0\0\0\0\0", 12 });
    add_tables(out);
    add_frame(out, spec);
    add_big(&data, spec->components, 1);
    for (unsigned i = 0; i < spec->components; i++)
        add_big(&data, (i + 1) << 8, 2);
    brv_buf_add(&data, "\0\x3F\0", 3);
    jpeg_add_segment(out, 0xDA, brv_buf_str(&data));
    brv_buf_deinit(&data);
    add_scan(out, spec);
    brv_buf_add(out, "\xFF\xD9", 2);
}

void jpeg_build_passes(struct brv_buf *out, unsigned across, unsigned down,
                       const struct jpeg_pass *passes, size_t count)
{
    brv_buf_add(out, "\xFF\xD8", 2);
    add_tables(out);
    static const char others[] = "\x10\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\x01\x11\xF0";
    jpeg_add_segment(out, 0xC4, (brv_str){ others, sizeof others - 1 });
    add_frame(out,
              &(struct jpeg_spec){
                  .across = across, .down = down, .components = 1, .frame_marker = 0xC2 });
    for (size_t i = 0; i < count; i++) {
        const struct jpeg_pass *pass = &passes[i];
        const char header[] = {
            1,
            1,
            0,
            (char)pass->from,
            (char)pass->to,
            (char)(pass->bits_before << 4 | pass->bits_to_come),
        };
        jpeg_add_segment(out, 0xDA, (brv_str){ header, sizeof header });
        struct bits bits = { .out = out };
        for (const char *bit = pass->bits; *bit; bit++) {
            if (*bit != ' ')
                put_bits(&bits, *bit == '1', 1);
        }
        while (bits.count > 0)
            put_bits(&bits, 1, 1);
    }
    brv_buf_add(out, "\xFF\xD9", 2);
}

static void add_number(struct brv_buf *out, uint32_t value, int bytes, bool is_little)
{
    for (int i = 0; i < bytes; i++)
        brv_buf_add_byte(out, (char)(value >> (8 * (is_little ? i : bytes - 1 - i)) & 255));
}

brv_str exif_block(struct brv_arena *arena, unsigned orientation, bool is_little)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_buf_add_cstr(out, is_little ? "II" : "MM");
    add_number(out, 42, 2, is_little);
    add_number(out, 8, 4, is_little);
    add_number(out, 1, 2, is_little);
    add_number(out, 0x0112, 2, is_little);
    add_number(out, 3, 2, is_little);
    add_number(out, 1, 4, is_little);
    add_number(out, orientation, 2, is_little);
    add_number(out, 0, 2, is_little);
    add_number(out, 8, 4, is_little); // the next directory is this one again
    return brv_buf_str(out);
}

brv_str icc_profile(struct brv_arena *arena, const char *space)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    add_big(out, 132, 4);
    brv_buf_add(out, "test\2\x10\0\0mntr", 12);
    brv_buf_add_cstr(out, space);
    brv_buf_add_cstr(out, "XYZ ");
    brv_buf_add_repeated(out, 0, 12);
    brv_buf_add_cstr(out, "acsp");
    brv_buf_add_repeated(out, 0, 132 - out->len);
    return brv_buf_str(out);
}
