// Brevier — sets of code points as sorted ranges.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_RANGES_H
#define BRV_BASE_RANGES_H

#include "base/macros.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct brv_range {
    uint32_t first;
    uint32_t last;
};

// The ranges ascend and do not meet; there is at least one.
static inline bool brv_ranges_hold(const struct brv_range *ranges, size_t count, uint32_t codepoint)
{
    if (codepoint < ranges[0].first)
        return false;
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (codepoint > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ranges[low].first <= codepoint;
}

#define BRV_IS_IN(ranges, codepoint) brv_ranges_hold(ranges, BRV_COUNT(ranges), codepoint)

#endif
