// Brevier — counter styles of the sheet's own: @counter-style and symbols().
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_COUNTER_STYLE_H
#define BRV_STYLE_COUNTER_STYLE_H

#include "style/sheet.h"

enum brv_counter_system {
    BRV_SYSTEM_CYCLIC,
    BRV_SYSTEM_NUMERIC,
    BRV_SYSTEM_ALPHABETIC,
    BRV_SYSTEM_SYMBOLIC,
    BRV_SYSTEM_FIXED,
};

struct brv_counter_style {
    brv_str name; // of symbols(): the function as text
    enum brv_counter_system system;
    int first; // FIXED: the number of the first symbol
    brv_str *symbols;
    size_t symbol_count; // 0: decimal
    brv_str prefix;      // around the number in a list marker
    brv_str suffix;
    bool is_defined;
    bool is_anonymous; // symbols()
    struct brv_span first_use;
    struct brv_counter_style *next; // in struct brv_counter_styles
};

// The counter style that a name or symbols() stands for; NULL when it is neither, or when all
// sheets are read and none defines the name.
const struct brv_counter_style *brv_counter_style_read(struct brv_css_context *context,
                                                       const struct brv_css_token *token);
// Reads an @counter-style with its block.
void brv_counter_style_define(const struct brv_css_reading *reading,
                              const struct brv_css_item *item);
// After the last sheet: reports names that none defines.
void brv_counter_styles_complete(struct brv_counter_styles *styles, struct brv_sink *sink);

// Two of them: the same, or symbols() written alike. Both may be NULL.
bool brv_counter_style_equal(const struct brv_counter_style *a, const struct brv_counter_style *b);

// A number in a counter style, decimal where it has no symbol for it.
brv_str brv_counter_style_text(struct brv_arena *arena, const struct brv_counter_style *style,
                               int value);

#endif
