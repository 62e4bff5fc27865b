// Brevier — selectors: parsing and matching.
// A complex selector is kept right to left, as it is matched. Matching works on `brv_css_element`,
// a shadow of the node tree that knows each element's place among its siblings, so that no selector
// walks a list of siblings to count.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_SELECTOR_H
#define BRV_STYLE_SELECTOR_H

#include "base/diag.h"
#include "model/node.h"
#include "style/token.h"

enum brv_css_pseudo {
    BRV_PSEUDO_NONE,
    BRV_PSEUDO_BEFORE,
    BRV_PSEUDO_AFTER,
    BRV_PSEUDO_MARKER,
    BRV_PSEUDO_FOOTNOTE_CALL,
    BRV_PSEUDO_FOOTNOTE_MARKER,
    BRV_PSEUDO_COUNT
};

enum brv_css_combinator { // between a compound and the one to its left
    BRV_COMBINATOR_NONE,
    BRV_COMBINATOR_DESCENDANT,
    BRV_COMBINATOR_CHILD,
    BRV_COMBINATOR_NEXT,
    BRV_COMBINATOR_FOLLOWING,
};

enum brv_css_simple_kind {
    BRV_SIMPLE_TYPE,
    BRV_SIMPLE_UNKNOWN_TYPE, // matches nothing
    BRV_SIMPLE_CLASS,
    BRV_SIMPLE_ID,
    BRV_SIMPLE_ATTRIBUTE,
    BRV_SIMPLE_NTH,
    BRV_SIMPLE_ROOT,
    BRV_SIMPLE_EMPTY,
    BRV_SIMPLE_LANG,
    BRV_SIMPLE_NOT,
    BRV_SIMPLE_IS, // and :where()
};

enum brv_css_attribute_test {
    BRV_ATTRIBUTE_PRESENT,
    BRV_ATTRIBUTE_EQUALS,
    BRV_ATTRIBUTE_INCLUDES,
    BRV_ATTRIBUTE_DASH,
    BRV_ATTRIBUTE_PREFIX,
    BRV_ATTRIBUTE_SUFFIX,
    BRV_ATTRIBUTE_SUBSTRING,
};

struct brv_css_selectors;

struct brv_css_attribute {
    brv_str name;
    brv_str value;
    enum brv_css_attribute_test test;
    bool ignores_case;
};

// There are more of these than of anything else but declarations: they are kept small.
struct brv_css_simple {
    uint8_t kind;    // enum brv_css_simple_kind
    uint8_t element; // TYPE: enum brv_kind
    bool from_end;   // NTH
    bool of_type;    // NTH
    union {
        brv_str name; // CLASS, ID, LANG
        const struct brv_css_attribute *attribute;
        const struct brv_css_selectors *list; // NOT, IS
        struct {                              // NTH
            int step;
            int offset;
        };
    };
};

struct brv_css_compound {
    const struct brv_css_simple *items;
    uint32_t count;
    enum brv_css_combinator combinator;
};

struct brv_css_selector {
    const struct brv_css_compound *compounds; // rightmost first
    uint64_t ancestors;                       // brv_css_bits of what must stand above the element
    brv_str text;                             // as written
    uint32_t specificity;                     // ids, classes, types: ten bits each
    uint16_t count;                           // of compounds
    uint16_t pseudo;                          // enum brv_css_pseudo
};

struct brv_css_selectors {
    const struct brv_css_selector *items;
    size_t count;
};

// Parses a selector list. What is wrong is reported as a warning; then the result is false.
bool brv_css_parse_selectors(struct brv_arena *arena, const struct brv_source *source,
                             struct brv_css_range range, struct brv_css_selectors *list,
                             struct brv_sink *sink);

struct brv_css_element {
    const struct brv_node *node;
    const struct brv_css_element *parent;
    const struct brv_css_element *previous; // element sibling
    uint32_t index;                         // 1-based, among elements
    uint32_t index_from_end;
    uint32_t type_index;
    uint32_t type_index_from_end;
    uint64_t ancestors; // brv_css_bits of all elements above
};

// A small Bloom filter: one bit each for an element's kind, id and classes. A selector whose bits
// are not all among those of an element's ancestors cannot match, which one instruction finds out.
uint64_t brv_css_bits_of_kind(enum brv_kind kind);
uint64_t brv_css_bits_of_name(brv_str name);
uint64_t brv_css_bits(const struct brv_node *node);

// Counts compound tests, so that hostile combinations of sheet and tree end.
struct brv_css_matcher {
    uint64_t steps;
    uint64_t limit;  // beyond it nothing matches
    bool is_lenient; // what asks for more than a site (site.h) is taken to be met
};

// Does the selector, its pseudo-element aside, match?
bool brv_css_selector_matches(struct brv_css_matcher *matcher,
                              const struct brv_css_selector *selector,
                              const struct brv_css_element *element);

// Whether it asks for nothing but kinds and classes, of the element and of those above it: then it
// matches any two of which these are the same, or neither.
bool brv_css_selector_is_of_site(const struct brv_css_selector *selector);

// The shadow of a whole tree in document order: *count elements, root first.
struct brv_css_element *brv_css_elements_new(struct brv_arena *arena, const struct brv_node *root,
                                             size_t *count);

// Spans of tokens and ranges, as long as they come from `source`.
static inline struct brv_span brv_css_span(const struct brv_source *source,
                                           const struct brv_css_token *token)
{
    return (struct brv_span){ source, token->offset, token->length };
}
struct brv_span brv_css_span_of(const struct brv_source *source, struct brv_css_range range);

#endif
