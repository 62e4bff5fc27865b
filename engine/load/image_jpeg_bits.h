// Brevier — the coded data of a JPEG as bits and Huffman codes. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_IMAGE_JPEG_BITS_H
#define BRV_LOAD_IMAGE_JPEG_BITS_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct brv_jpeg_table {
    bool is_there;
    uint8_t fast_bits[256];   // by the next 8 bits: how long the code is; 0: longer, or none
    uint8_t fast_symbol[256]; // and what it says
    uint16_t count[17];       // codes by their bits
    uint8_t symbols[256];     // in canonical order
};

// Takes one table of a DHT segment, from behind its number, into a zeroed one: the bytes it has
// there; 0 when it makes no sense.
size_t brv_jpeg_table_read(struct brv_jpeg_table *table, brv_str data);

// Reads on through zeros after a fault, so that a caller need not look for one after every step.
struct brv_jpeg_bits {
    brv_str bytes;
    size_t at;
    uint64_t held; // the lowest `count` of them, the next one highest
    unsigned count;
    const char *fault; // the first thing that was wrong
};

void brv_jpeg_bits_fail(struct brv_jpeg_bits *bits, const char *fault);
// The next ones, at most 48, as a number.
unsigned brv_jpeg_bits_take(struct brv_jpeg_bits *bits, unsigned count);
// What the next code of a table says.
unsigned brv_jpeg_bits_symbol(struct brv_jpeg_bits *bits, const struct brv_jpeg_table *table);
// Goes over what fills the last byte of a stretch and, unless it is the last, a restart marker.
void brv_jpeg_bits_end(struct brv_jpeg_bits *bits, bool is_last);

#endif
