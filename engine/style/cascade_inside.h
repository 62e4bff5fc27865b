// Brevier — inside the cascade: what cascade.c, cascade_match.c and cascade_compute.c share.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_CASCADE_INSIDE_H
#define BRV_STYLE_CASCADE_INSIDE_H

#include "base/hash.h"
#include "style/cascade.h"
#include "style/site.h"

// A shorthand with var() has a declaration for each longhand, all with the same value; they are
// computed in a row, and expanded once.
struct brv_css_expanded {
    const struct brv_css_shorthand *shorthand; // NULL: none yet
    const struct brv_css_token *at;            // of the value as written
    float parent_font_size;
    float font_size;
    const struct brv_css_variables *variables;
    struct brv_css_expansion longhands;
};

// What it took to work something out that is kept, and the last tree that it was found for.
struct brv_css_spent {
    uint32_t tree;
    size_t expanded_tokens;
};

struct brv_cascade {
    struct brv_arena *arena;
    const struct brv_stylesheets *sheets;
    struct brv_sink *sink;
    unsigned medium;
    struct brv_interner *interner;
    struct brv_css_matcher matcher;
    size_t candidate_count;
    bool has_reported_limit;
    bool is_tracing;
    float root_font_size;
    const struct brv_css_variables *root_variables;
    size_t expanded_tokens;
    uint32_t tree;                                         // the number of the one being styled
    struct brv_css_expanded expanded;                      // the last one with var()
    struct brv_css_site *top;                              // stands above the root
    const struct brv_css_ranks *matched[BRV_PSEUDO_COUNT]; // of the site, or …
    struct brv_css_ranks own[BRV_PSEUDO_COUNT];            // … with what only this element has
    struct brv_css_cached **slots;
    size_t slot_count;
    size_t cached_count;
    struct brv_map pages;                       // see page.c
    const struct brv_css_declaration **winners; // by property
    const struct brv_css_declaration **custom_winners;
    uint32_t *touched_customs;
    size_t touched_count;
    struct brv_css_faults faults;
};

// Fills `matched`: the ranks of the rules for an element and each of its pseudo-elements. Returns
// its site, which lies below that of its parent (cascade_match.c).
struct brv_css_site *brv_cascade_match(struct brv_cascade *cascade,
                                       const struct brv_css_element *element,
                                       struct brv_css_site *above);

// What an earlier tree has worked out is paid for by this one as if it had done so itself: the
// limit is met at the same place, whatever came before. False when it is met now.
bool brv_cascade_pay(struct brv_cascade *cascade, struct brv_css_spent *spent);

// Which declaration wins each property, in `winners` and `custom_winners`, and what the style is
// then (cascade_compute.c).
void brv_cascade_clear_winners(struct brv_cascade *cascade);
void brv_cascade_apply(struct brv_cascade *cascade, const struct brv_css_block *block,
                       bool is_important);
void brv_cascade_find_winners(struct brv_cascade *cascade, const uint32_t *ranks, size_t count);
// `revert`: what the built-in sheet says, when the declaration comes from elsewhere.
const struct brv_css_declaration *
brv_cascade_find_reverted(const struct brv_cascade *cascade, const uint32_t *ranks, size_t count,
                          const struct brv_css_property *property);
const struct brv_css_variables *
brv_cascade_compute_variables(struct brv_cascade *cascade, const struct brv_css_variables *parent);
const struct brv_style *brv_cascade_compute_style(struct brv_cascade *cascade,
                                                  const struct brv_style *parent,
                                                  const struct brv_css_variables *variables,
                                                  const uint32_t *ranks, size_t rank_count);

#endif
