// Brevier — small PNG and JPEG files made for tests, right or wrong in one chosen way.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_LOAD_PICTURES_H
#define BRV_TESTS_LOAD_PICTURES_H

#include "base/buf.h"

// ---- PNG

struct png_spec {
    uint32_t width, height;
    unsigned bits, color_type;
    bool is_interlaced;
    const char *before;     // chunks before the pixels, "PLTE:6 tRNS:1", with so many bytes of 0x40
    uint32_t claimed_width; // in the header; 0: the width
    long pixel_bytes;       // more (or fewer) than there must be
    unsigned filter;
    unsigned part_bytes; // of each IDAT; 0: one chunk
    int level;           // of zlib, or below 0: its fixed codes
};
void png_add_chunk(struct brv_buf *out, const char *type, brv_str data);
void png_add_start(struct brv_buf *out);
// Signature and header, other chunks, pixels of zero, end.
void png_build(struct brv_buf *out, const struct png_spec *spec);
// Writes each chunk's checksum anew.
void png_sign(struct brv_buf *out);

// ---- JPEG: blocks of 8 by 8 pixels, each of one colour

struct jpeg_spec {
    unsigned across, down; // blocks
    unsigned components;
    const uint8_t *samples; // by block, components each; NULL: all 128
    bool is_adobe;
    brv_str exif; // the block after "Exif\0\0"
    brv_str icc;
    unsigned icc_parts;    // 0: one
    unsigned icc_missing;  // the part that is left out, from 1
    unsigned frame_marker; // 0: 0xC0
    unsigned precision;    // 0: 8
    unsigned density;      // per inch
};
void jpeg_add_segment(struct brv_buf *out, unsigned marker, brv_str data);
void jpeg_build(struct brv_buf *out, const struct jpeg_spec *spec);

// A progressive picture of one component: its scans with their coded data, bit by bit. First
// coefficients have codes as above; the others have codes of four bits, in this order: no more,
// no more here and in one or two others (one bit says), one coefficient of one bit, the same after
// a zero, sixteen zeros.
struct jpeg_pass {
    uint8_t from, to, bits_before, bits_to_come;
    const char *bits; // spaces are for the reader
};
void jpeg_build_passes(struct brv_buf *out, unsigned across, unsigned down,
                       const struct jpeg_pass *passes, size_t count);

// An EXIF block with one entry, the orientation.
brv_str exif_block(struct brv_arena *arena, unsigned orientation, bool is_little);
// A colour profile of a header and nothing else, for "GRAY", "RGB " or "CMYK".
brv_str icc_profile(struct brv_arena *arena, const char *space);

#endif
