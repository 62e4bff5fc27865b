// Brevier — the coded data of a JPEG: whether a decoder gets through it. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_IMAGE_JPEG_SCAN_H
#define BRV_LOAD_IMAGE_JPEG_SCAN_H

#include "base/arena.h"
#include "load/image_jpeg_bits.h"

enum { BRV_JPEG_COMPONENTS_MAX = 4, BRV_JPEG_TABLES = 4, BRV_JPEG_BLOCK = 64 };

struct brv_jpeg_component {
    uint8_t id, across, down;      // sampling
    uint8_t known[BRV_JPEG_BLOCK]; // by coefficient: 0: no scan had it yet; else 1 and the bits
                                   // that are to come
    uint64_t *found; // by block of a progressive picture: which coefficients are not zero so far
};

// What the segments before a scan have said.
struct brv_jpeg_coding {
    struct brv_arena *arena; // for what the scans of a progressive picture find
    bool is_progressive;
    uint32_t width_px, height_px;
    unsigned component_count;
    struct brv_jpeg_component components[BRV_JPEG_COMPONENTS_MAX];
    unsigned scan_count;
    unsigned restart_interval;                        // in units; 0: none
    struct brv_jpeg_table tables[2][BRV_JPEG_TABLES]; // of first coefficients, and of the others
};

// Takes the tables of a DHT segment; false when one makes no sense.
bool brv_jpeg_take_tables(struct brv_jpeg_coding *coding, brv_str data);

// Reads a scan, of its header and its coded data with all restart markers; NULL when it is whole,
// else what is wrong, at a byte of the coded data.
const char *brv_jpeg_scan_fault(struct brv_jpeg_coding *coding, brv_str header, brv_str coded,
                                size_t *at);

// After the last scan: whether each component had one.
bool brv_jpeg_has_all(const struct brv_jpeg_coding *coding);

#endif
