// Brevier — the cascade: from matched rules to interned styles.
// One cascade styles one tree after the other for one medium, and outlives them; mostly it lives in
// the arena of its only tree.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_CASCADE_H
#define BRV_STYLE_CASCADE_H

#include "style/sheet.h"

// The custom properties of an element, resolved: tokens by number, at == NULL where not set.
struct brv_css_variables {
    struct brv_css_range *values;
};

// What the cascade knows of an element or pseudo-element.
struct brv_css_computed {
    const struct brv_style *style;
    const struct brv_css_variables *variables;
    brv_str selector; // see struct brv_styled
    bool is_matched;  // a pseudo-element that no rule names is not
    // The declaration that each property was set by, NULL where none did; only when tracing.
    const struct brv_css_declaration *const *winners;
    struct brv_css_site *site; // of an element (site.h)
};

// What a traced tree knows of an element or pseudo-element. Traces are chained as the cascade
// inherits, so that an element with `display: contents` still stands between its children and its
// parent.
struct brv_style_trace {
    const struct brv_style_trace *parent;
    const struct brv_node *node;
    const struct brv_css_declaration *const *winners;
};

struct brv_cascade;

struct brv_cascade *brv_cascade_new(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                    enum brv_media media, struct brv_sink *sink);
// Turns to another tree. What was worked out for those before it stays.
void brv_cascade_turn(struct brv_cascade *cascade, struct brv_sink *sink);
// Whether all values so far could be computed. Others are to be told of in each document anew, so
// such a cascade must not turn to another.
bool brv_cascade_is_faultless(const struct brv_cascade *cascade);

// From here on computed values come with their winners.
void brv_cascade_trace(struct brv_cascade *cascade);

// Styles an element and its pseudo-elements: results[BRV_PSEUDO_NONE] is the element's own.
// `parent` is NULL for the root.
void brv_cascade_element(struct brv_cascade *cascade, const struct brv_css_element *element,
                         const struct brv_css_computed *parent,
                         struct brv_css_computed results[BRV_PSEUDO_COUNT]);

// The styled tree that it makes (styled.c); `arena` is of the tree.
struct brv_styled *brv_styled_build(struct brv_arena *arena, struct brv_cascade *cascade,
                                    enum brv_media media, const struct brv_node *root,
                                    bool is_traced);

// What a cascade has done so far. Tests hold its cost by these, as clocks differ from run to run.
struct brv_cascade_counts {
    size_t candidates; // selectors looked at for an element: those of its kind, classes and id
    size_t match_steps;
    size_t computed; // styles worked out, not found again
    size_t interned; // different ones among them
};
struct brv_cascade_counts brv_cascade_counts(const struct brv_cascade *cascade);

// Styles something that has declarations but no element: the page, a margin box. The blocks come in
// cascade order.
const struct brv_style *brv_cascade_blocks(struct brv_cascade *cascade,
                                           const struct brv_css_block *const *blocks, size_t count,
                                           const struct brv_style *parent);

// The style of an image that stands in generated content of style `around`; with its width and
// height when it is all there is.
const struct brv_style *brv_cascade_image_style(const struct brv_style *around, bool is_alone);

// The cascade that interned a style.
struct brv_cascade *brv_cascade_of(const struct brv_style *style);
// The sheets that it was computed from.
const struct brv_stylesheets *brv_style_sheets(const struct brv_style *style);
// A border without a style has no width.
void brv_style_drop_invisible_borders(struct brv_style *style);
// The style of initial values in that cascade.
const struct brv_style *brv_style_initial(const struct brv_style *style);

// The one pointer for all styles equal to `style`.
struct brv_interner;
struct brv_interner *brv_interner_new(struct brv_arena *arena, struct brv_cascade *owner);
const struct brv_style *brv_intern(struct brv_interner *interner, const struct brv_style *style);
size_t brv_interner_count(const struct brv_interner *interner);
bool brv_style_equal(const struct brv_style *a, const struct brv_style *b);

// ---- custom properties (variables.c)

// Bounds for what var() may expand to: without them twenty short lines could ask for a million
// tokens.
enum { BRV_CSS_MAX_VALUE_TOKENS = 16384, BRV_CSS_MAX_EXPANDED_TOKENS = 1 << 20 };

struct brv_css_substitution {
    struct brv_arena *arena;
    const struct brv_stylesheets *sheets;
    size_t *expanded_tokens; // spent so far
    brv_str culprit;         // the name that could not be resolved
    enum { BRV_VAR_OK, BRV_VAR_UNSET, BRV_VAR_CYCLE, BRV_VAR_TOO_LONG, BRV_VAR_SYNTAX } fault;
};

// Replaces every var() in `range`. False, with the fault noted, when that cannot be done.
bool brv_css_substitute(struct brv_css_substitution *substitution,
                        const struct brv_css_variables *variables, struct brv_css_range range,
                        struct brv_css_range *result);

// The variables of an element: its parent's with `winners` (by number, NULL where the element
// declares nothing) on top. Returns `parent` itself when nothing changes. `on_fault` is called once
// for each declaration that could not be resolved.
typedef void brv_css_fault_fn(void *user, const struct brv_css_declaration *declaration,
                              const struct brv_css_substitution *substitution);
const struct brv_css_variables *brv_css_variables_new(
    struct brv_css_substitution *substitution, const struct brv_css_variables *parent,
    const struct brv_css_declaration *const *winners, brv_css_fault_fn *on_fault, void *user);

// ---- messages about values (fault.c)

struct brv_css_faults {
    struct brv_arena *arena;
    const struct brv_stylesheets *sheets;
    struct brv_sink *sink;      // NULL: silent
    bool has_any;               // reported or not
    uint8_t *has_reported;      // by serial of the declaration
    bool *has_reported_setting; // made when first needed, as are these
    const char **custom_names;  // for hints
};
// A brv_css_fault_fn; `user` is a struct brv_css_faults.
void brv_css_report_unresolved(void *user, const struct brv_css_declaration *declaration,
                               const struct brv_css_substitution *substitution);
// `value` is what the variables made of it.
void brv_css_report_invalid(struct brv_css_faults *faults,
                            const struct brv_css_declaration *declaration,
                            struct brv_css_range value);

#endif
