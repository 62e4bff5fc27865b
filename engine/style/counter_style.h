// Brevier — counter styles of the sheet's own: @counter-style and symbols().
// A name may be used before it is defined, in another file even, and mean something else in each
// medium. So a name is one object, which definitions fill in, and values refer to that.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_COUNTER_STYLE_H
#define BRV_STYLE_COUNTER_STYLE_H

#include "style/sheet.h"

enum { BRV_MEDIA_COUNT = BRV_MEDIA_TEXT + 1 };

enum brv_counter_system {
    BRV_SYSTEM_CYCLIC,
    BRV_SYSTEM_NUMERIC,
    BRV_SYSTEM_ALPHABETIC,
    BRV_SYSTEM_SYMBOLIC,
    BRV_SYSTEM_FIXED,
    BRV_SYSTEM_ADDITIVE,
    BRV_SYSTEM_EXTENDS,
};

// Another style by its name: built in where `style` is NULL.
struct brv_counter_reference {
    const struct brv_counter_style *style;
    enum brv_list_style built_in;
};

struct brv_counter_range {
    int least;
    int most;
};

// A symbol with the number it stands for, in additive systems.
struct brv_counter_weight {
    int value;
    brv_str symbol;
};

enum { // what a definition says itself, where one that extends another takes the rest from it
    BRV_COUNTER_HAS_PREFIX = 1,
    BRV_COUNTER_HAS_SUFFIX = 2,
    BRV_COUNTER_HAS_NEGATIVE = 4,
    BRV_COUNTER_HAS_PAD = 8,
    BRV_COUNTER_HAS_RANGE = 16,
    BRV_COUNTER_HAS_FALLBACK = 32,
};

struct brv_counter_definition {
    enum brv_counter_system system;
    unsigned has;                      // BRV_COUNTER_HAS_…
    int first;                         // FIXED: the number of the first symbol
    struct brv_counter_reference base; // EXTENDS
    brv_str *symbols;
    size_t symbol_count;
    struct brv_counter_weight *weights; // ADDITIVE: the largest first
    size_t weight_count;
    brv_str prefix; // around the number in a list marker
    brv_str suffix;
    brv_str negative[2]; // around a number below zero
    size_t pad_length;
    brv_str pad;
    struct brv_counter_range *ranges; // none: what the system can say
    size_t range_count;
    struct brv_counter_reference fallback; // for numbers that it cannot say
};

struct brv_counter_style {
    brv_str name;      // of symbols(): the function as text
    bool is_anonymous; // symbols()
    bool is_defined;   // for some medium
    const struct brv_counter_definition *definitions[BRV_MEDIA_COUNT]; // NULL: decimal
    struct brv_span first_use;
    struct brv_counter_style *next; // in struct brv_counter_styles
};

// The counter style that a name or symbols() stands for; NULL when it is neither, or when all
// sheets are read and none defines the name.
const struct brv_counter_style *brv_counter_style_read(struct brv_css_context *context,
                                                       const struct brv_css_token *token);
// The object of a name, made when it is new.
struct brv_counter_style *brv_counter_style_at(struct brv_counter_styles *styles, brv_str name);
// Reads an @counter-style with its block, for the media given as bits.
void brv_counter_style_define(const struct brv_css_reading *css, const struct brv_css_item *item,
                              unsigned media);
// Reads the name of a system, and how many symbols it needs.
bool brv_counter_system_read(const struct brv_css_token *token, enum brv_counter_system *system,
                             size_t *least);
// Reads symbols; bare words are for @counter-style alone.
bool brv_counter_symbols_read(struct brv_arena *arena, struct brv_css_range range, bool may_be_bare,
                              struct brv_counter_definition *definition);
// After the last sheet: reports names that none defines.
void brv_counter_styles_complete(struct brv_counter_styles *styles, struct brv_sink *sink);

// Two of them: the same, or symbols() written alike. Both may be NULL.
bool brv_counter_style_equal(const struct brv_counter_style *a, const struct brv_counter_style *b);

// A number in a counter style: alone, and as a list marker, with prefix and suffix.
brv_str brv_counter_style_text(struct brv_arena *arena, const struct brv_counter_style *style,
                               enum brv_media media, int value);
brv_str brv_counter_style_marker(struct brv_arena *arena, const struct brv_counter_style *style,
                                 enum brv_media media, int value);

#endif
