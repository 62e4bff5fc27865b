// Brevier — sites: where an element stands, as far as kinds and classes tell.
// Most selectors ask for nothing but the kinds and classes of an element and of those above it.
// What these say is the same for all elements of a site, in whatever document, and is found out
// once. The others, which ask for places among siblings, ids or attributes, stay open.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_SITE_H
#define BRV_STYLE_SITE_H

#include "style/sheet.h"

// Entries of the sheets by rank: their place in the cascade.
struct brv_css_ranks {
    uint32_t *ranks;
    size_t count;
    size_t capacity;
};

struct brv_css_site {
    struct brv_css_site *next; // below the same one, with the same classes, of another kind
    enum brv_kind kind;
    uint64_t bits;              // brv_css_bits of the kinds and classes, its own and all above
    struct brv_css_site *plain; // the first site below of elements without a class
    struct brv_map below;       // the first of each list of classes
    struct brv_css_ranks matched[BRV_PSEUDO_COUNT]; // what is settled, in cascade order
    const struct brv_css_candidate **open;
    size_t open_count;
    size_t open_capacity;
    size_t candidates; // that were looked at
    uint64_t steps;    // that it took, which each document pays for once
    uint32_t tree;     // the last that had an element here, plus one
};

// The site of an element below another one; NULL when it is not known yet.
struct brv_css_site *brv_css_site_find(const struct brv_css_site *above,
                                       const struct brv_node *node);
// Makes it. Where the matcher comes to its limit the site is not kept.
struct brv_css_site *brv_css_site_new(struct brv_arena *arena, struct brv_css_site *above,
                                      const struct brv_stylesheets *sheets, unsigned medium,
                                      struct brv_css_matcher *matcher,
                                      const struct brv_css_element *element);

// Brings ranks into cascade order, each once.
void brv_css_ranks_sort(struct brv_css_ranks *list);

#endif
