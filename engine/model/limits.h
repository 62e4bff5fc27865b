// Brevier — the limits, with their defaults. The operator may raise them; a document may not.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_LIMITS_H
#define BRV_MODEL_LIMITS_H

#include <stddef.h>
#include <stdint.h>

struct brv_limits {
    size_t input_bytes;
    int nesting;
    size_t table_rows;
    size_t table_columns;
    uint64_t plugin_gas; // per section; one unit is about one VM instruction
    unsigned plugin_cpu_ms;
    size_t plugin_memory_bytes;
    size_t plugin_string_bytes;
    size_t plugin_nodes;
    size_t stylesheet_bytes;
    size_t stylesheet_rules;
    int import_depth;
    size_t image_bytes;
    size_t image_pixels;
};

static inline struct brv_limits brv_limits_default(void)
{
    return (struct brv_limits){
        .input_bytes = (size_t)16 << 20,
        .nesting = 100,
        .table_rows = 10000,
        .table_columns = 200,
        .plugin_gas = 10000000,
        .plugin_cpu_ms = 200,
        .plugin_memory_bytes = (size_t)32 << 20,
        .plugin_string_bytes = (size_t)256 << 10,
        .plugin_nodes = 100000,
        .stylesheet_bytes = (size_t)1 << 20,
        .stylesheet_rules = 5000,
        .import_depth = 8,
        .image_bytes = (size_t)64 << 20,
        .image_pixels = 40000000,
    };
}

#endif
