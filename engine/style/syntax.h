// Brevier — CSS grammar: rules and declarations.
// The "consume" algorithms of CSS Syntax Level 3 as iterators over token ranges. What they give are
// slices of the token array; nothing is copied. Faults come out as items of their own, so that the
// caller decides whether to report them.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_SYNTAX_H
#define BRV_STYLE_SYNTAX_H

#include "style/token.h"

enum brv_css_item_kind {
    BRV_CSS_AT_RULE,     // name, prelude, block
    BRV_CSS_RULE,        // prelude, block
    BRV_CSS_DECLARATION, // name, value, is_important
    BRV_CSS_FAULT,       // all
};

struct brv_css_item {
    enum brv_css_item_kind kind;
    struct brv_css_range all;
    const struct brv_css_token *name;  // the at-keyword or the property
    struct brv_css_range prelude;      // or the value of a declaration
    const struct brv_css_token *block; // the {}-block, NULL for an at-rule without
    bool is_important;
    bool has_blocks; // a declaration whose value holds functions or blocks
};

// The next rule of a list. At top level <!-- and --> are skipped. False at the end.
bool brv_css_next_rule(struct brv_css_range *range, bool is_top_level, struct brv_css_item *item);
// The next declaration or at-rule of a declaration block. False at the end.
bool brv_css_next_declaration(struct brv_css_range *range, struct brv_css_item *item);

enum brv_css_result { BRV_CSS_OK, BRV_CSS_EMPTY, BRV_CSS_INVALID, BRV_CSS_EXTRA };

// Exactly one rule, declaration or component value, white space around it allowed.
enum brv_css_result brv_css_parse_rule(struct brv_css_range range, struct brv_css_item *item);
enum brv_css_result brv_css_parse_declaration(struct brv_css_range range,
                                              struct brv_css_item *item);
enum brv_css_result brv_css_parse_value(struct brv_css_range range,
                                        const struct brv_css_token **value);

// The An+B notation: `odd`, `-n+3`, `2n`, `5`.
bool brv_css_parse_nth(struct brv_css_range range, int *step, int *offset);

#endif
