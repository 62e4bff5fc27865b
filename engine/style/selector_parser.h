// Brevier — reading selectors, within: what those who read one compound and those who read lists of
// them have in common. Simple selectors (selector_simple.c) may hold lists, and lists (selector.c)
// are made of them.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_SELECTOR_PARSER_H
#define BRV_STYLE_SELECTOR_PARSER_H

#include "style/selector.h"
#include "style/syntax.h"

enum { BRV_SELECTOR_COUNT_MAX = 1023 }; // of one kind in a selector's specificity

struct brv_selector_parser {
    struct brv_arena *arena;
    const struct brv_source *source;
    struct brv_sink *sink;
    struct brv_css_range whole; // the list of the rule
    int nesting;
    bool is_forgiving;
    uint32_t counts[3]; // of the selector being read: ids, classes, types
    enum brv_css_pseudo pseudo;
};

// The simple selectors of one selector, compound after compound. Nearly all fit in `first`, and
// what is kept has the length it needs.
struct brv_simples {
    struct brv_css_simple first[16];
    struct brv_css_simple *items;
    size_t count;
    size_t capacity;
};

// Adds one, all zero but for its kind.
struct brv_css_simple *brv_simples_push(struct brv_selector_parser *p, struct brv_simples *simples,
                                        enum brv_css_simple_kind kind);

// ---- simple selectors; false after a message
void brv_selector_read_type(struct brv_selector_parser *p, const struct brv_css_token *token,
                            struct brv_simples *simples);
bool brv_selector_read_attribute(struct brv_selector_parser *p, const struct brv_css_token *block,
                                 struct brv_simples *simples);
// After one or two colons.
bool brv_selector_read_pseudo(struct brv_selector_parser *p, const struct brv_css_token *token,
                              bool is_element, struct brv_simples *simples);

// ---- lists
// *specificity becomes that of the most specific selector. A forgiving list keeps what it can read.
bool brv_selector_read_list(struct brv_selector_parser *p, struct brv_css_range range,
                            bool is_forgiving, struct brv_css_selectors *list,
                            uint32_t *specificity);

// ---- faults
// What a fault means for the sheet: a forgiving list loses one selector, any other its whole rule.
const char *brv_selector_consequence(const struct brv_selector_parser *p);
// Warns at a token, or at the range when it is at its end.
void brv_selector_complain(struct brv_selector_parser *p, struct brv_css_range range,
                           const struct brv_css_token *token, const char *message);

#endif
