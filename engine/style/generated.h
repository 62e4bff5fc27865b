// Brevier — generated content: what content, string-set and markers make of an element.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_GENERATED_H
#define BRV_STYLE_GENERATED_H

#include "style/cascade.h"
#include "style/counter.h"

// Text that is known once the element that it speaks of has been met: its counters, its ::before.
struct brv_awaiting {
    struct brv_awaiting *next; // of the same element
    const struct brv_content_item *item;
    struct brv_styled *text;
};

// Whether an item speaks of another element's counters (but for its page) or ::before.
bool brv_content_awaits_target(const struct brv_content_item *item);

// What content refers to, while a tree is walked. Zero-initialise with an arena, which `counters`
// and `ids` share, and the root.
struct brv_generator {
    struct brv_arena *arena;
    const struct brv_node *root;
    struct brv_counters counters;
    int quote_depth;
    struct brv_buf text; // scratch
    struct brv_map ids;  // of target-text(), filled when first asked
    bool has_ids;
    struct brv_map awaited; // id → struct brv_awaiting
};

// A new last child; `parent` may be NULL.
struct brv_styled *brv_styled_append(struct brv_arena *arena, struct brv_styled *parent,
                                     enum brv_styled_kind kind, const struct brv_style *style);

// What of a content list is text already, as one string; empty when the list is not SET.
brv_str brv_generate_string(struct brv_generator *generator, const struct brv_content_list *content,
                            const struct brv_node *node, const struct brv_style *style);

// Appends what the style of `parent` has as content; `node` is the element it belongs to.
void brv_generate_content(struct brv_generator *generator, struct brv_styled *parent,
                          const struct brv_node *node);

// Gives all that awaits an element its text, as the counters stand at it. `before` is its ::before,
// NULL for none.
void brv_generate_awaited(struct brv_generator *generator, const struct brv_node *node,
                          const struct brv_styled *before);

#endif
