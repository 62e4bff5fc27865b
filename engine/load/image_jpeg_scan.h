// Brevier — the coded data of a JPEG: whether a decoder gets through it. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_IMAGE_JPEG_SCAN_H
#define BRV_LOAD_IMAGE_JPEG_SCAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { BRV_JPEG_COMPONENTS_MAX = 4, BRV_JPEG_TABLES = 4 };

struct brv_jpeg_table {
    bool is_there;
    uint8_t fast_bits[256];   // by the next 8 bits: how long the code is; 0: longer, or none
    uint8_t fast_symbol[256]; // and what it says
    uint16_t count[17];       // codes by their bits
    uint8_t symbols[256];     // in canonical order
};

// What the segments before a scan have said.
struct brv_jpeg_coding {
    bool is_progressive;
    uint32_t width_px, height_px;
    unsigned component_count;
    struct {
        uint8_t id, across, down; // sampling
    } components[BRV_JPEG_COMPONENTS_MAX];
    unsigned restart_interval;                        // in units; 0: none
    struct brv_jpeg_table tables[2][BRV_JPEG_TABLES]; // of first coefficients, and of the others
};

// Takes the tables of a DHT segment; false when one makes no sense.
bool brv_jpeg_take_tables(struct brv_jpeg_coding *coding, brv_str data);

// Reads a scan, of its header and its coded data with all restart markers; NULL when it is whole,
// else what is wrong, at a byte of the coded data. The later passes of a progressive picture
// depend on one another: of these only the tables are looked at.
const char *brv_jpeg_scan_fault(const struct brv_jpeg_coding *coding, brv_str header, brv_str coded,
                                size_t *at);

#endif
