// Brevier — a compiled pattern, shared by the compiler and the matcher.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_PATTERN_ITEMS_H
#define BRV_PLUGIN_PATTERN_ITEMS_H

#include "plugin/pattern.h"

enum brv_pattern_op {
    BRV_OP_SINGLE,
    BRV_OP_OPEN,      // a: the capture
    BRV_OP_POSITION,  // a: the capture
    BRV_OP_CLOSE,     // a: the capture
    BRV_OP_REFERENCE, // a: the capture
    BRV_OP_BALANCE,   // a, b: the two characters
    BRV_OP_FRONTIER,
    BRV_OP_END,
};

enum brv_pattern_repeat {
    BRV_REPEAT_ONCE,
    BRV_REPEAT_ANY_NUMBER,
    BRV_REPEAT_AT_LEAST_ONCE,
    BRV_REPEAT_AS_FEW,
    BRV_REPEAT_AT_MOST_ONCE
};

struct brv_pattern_item {
    enum brv_pattern_op op;
    enum brv_pattern_repeat repeat;
    unsigned char a;
    unsigned char b;
    uint32_t set[8];
};

struct brv_pattern {
    bool is_anchored;
    int capture_count;
    size_t item_count;
    struct brv_pattern_item items[];
};

#endif
