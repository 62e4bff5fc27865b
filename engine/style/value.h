// Brevier — specified values: what a declaration says before the cascade.
// A value is parsed once per sheet into one of these; the cascade turns it into the computed field
// of struct brv_style. Lengths stay linear forms, so calc() needs no tree.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_VALUE_H
#define BRV_STYLE_VALUE_H

#include "style/style.h"
#include "style/token.h"

// number + pt + em·(font size) + rem·(root font size) + percent. A number is never mixed with the
// rest: is_number tells which of the two it is.
struct brv_css_linear {
    double number;
    double pt;
    double em;
    double rem;
    double percent;
    bool is_number;
};

// The same as it is kept.
struct brv_css_length {
    float pt;
    float em;
    float rem;
    float percent;
};

struct brv_css_color {
    struct brv_color color;
    bool is_current; // currentcolor
};

enum brv_css_value_kind {
    BRV_CSS_SET,
    BRV_CSS_INHERIT,
    BRV_CSS_INITIAL,
    BRV_CSS_UNSET,
    BRV_CSS_REVERT,
    BRV_CSS_PENDING, // has var(): `pending` holds the tokens to substitute
};

// A sheet has thousands of these: they are kept small, and what is large and rare lies apart.
struct brv_css_value {
    uint8_t kind;    // enum brv_css_value_kind
    uint8_t keyword; // beside a length: of struct brv_length or struct brv_line_height
    bool is_floored; // a length that is 0 when it turns out negative
    union {
        int word;
        unsigned bits;
        struct brv_css_length length;
        struct brv_css_color color;
        brv_str string;
        struct brv_strings strings;
        struct brv_features features;
        const struct brv_list_marker *marker;
        struct brv_hyphenate_limits limits;
        const struct brv_url *url;
        struct brv_counter_ops counters;
        struct brv_content_list content;
        struct brv_string_sets sets;
        struct brv_css_range pending;
    };
};

// Parts of a value that each element with it must do something for.
enum { BRV_CSS_MAX_PARTS = 256 };

// What a value parser works with, and where it leaves word of the first thing it did not like.
struct brv_css_context {
    struct brv_arena *arena;
    const struct brv_css_property *property;
    const struct brv_stylesheets *sheets; // NULL: none, for values of the table itself
    const struct brv_source *source;      // that the declaration is from
    struct brv_sink *sink;                // NULL once the sheets are read
    const struct brv_css_basis *basis;    // of the element; NULL while the sheets are read
    const struct brv_css_token *culprit;  // NULL: the value as a whole
    bool is_unknown_unit;
    bool is_too_long;
    bool is_mixed; // a comparison of percentages with lengths, which only layout could make
};

// The sheet that a token was written in, which for one that a variable brought is another than
// that of the declaration.
const struct brv_source *brv_css_source_of(const struct brv_css_context *context,
                                           const struct brv_css_token *token);

// Numbers, lengths, percentages and calc() of them. An unknown unit is left in the context.
bool brv_css_parse_linear(struct brv_css_context *context, const struct brv_css_token *token,
                          struct brv_css_linear *value);
// min(), max() or clamp(): to be read again for each element, with its fonts in the context.
bool brv_css_is_comparison(const struct brv_css_token *token);
// The names of all units, for hints.
const char *const *brv_css_unit_names(size_t *count);

bool brv_css_color_from_token(const struct brv_css_token *token, struct brv_css_color *color);
// The names of all colours, for hints.
const char *const *brv_css_color_names(size_t *count);

#endif
