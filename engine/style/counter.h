// Brevier — CSS counters while a tree is walked.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_COUNTER_H
#define BRV_STYLE_COUNTER_H

#include "base/buf.h"
#include "base/hash.h"
#include "style/styled.h"

// A counter lives from the element that resets it, through its later siblings, to the end of its
// parent. Zero-initialise with an arena.
struct brv_counters {
    struct brv_arena *arena;
    struct brv_counter *items; // a stack; levels never fall towards its top
    size_t count;
    size_t capacity;
    struct brv_map tops;  // name → index of its innermost counter, plus one
    enum brv_media media; // whose counter styles hold
};

// `level` is the depth of the element that resets.
void brv_counter_reset(struct brv_counters *counters, brv_str name, int value, int level);
// These make a counter at `level` when there is none.
void brv_counter_increment(struct brv_counters *counters, brv_str name, int by, int level);
void brv_counter_set(struct brv_counters *counters, brv_str name, int value, int level);
// Ends the counters made by children of an element at `level`.
void brv_counters_leave(struct brv_counters *counters, int level);

// A value as text, in a style that is built in or the sheet's own.
brv_str brv_counters_text(const struct brv_counters *counters, const struct brv_list_marker *marker,
                          int value);
// The innermost value, 0 when there is none; and all values, outermost first.
int brv_counter_value(const struct brv_counters *counters, brv_str name);
void brv_counter_values(const struct brv_counters *counters, brv_str name,
                        const struct brv_list_marker *marker, brv_str separator,
                        struct brv_buf *out);

#endif
