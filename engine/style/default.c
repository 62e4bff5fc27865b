// Brevier — what an element has that no declaration speaks of.
// Nine of ten properties of an element are either its parent's or initial. They are not computed
// one by one: a style begins as a copy of the initial one, into which the parent's inherited fields
// are copied, run by run. Only an initial value that means something else on each element, as
// currentcolor does, is left to the cascade.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

#include <stdlib.h>

// The field of an initial value, as an element with that font and colour has it.
static void compute_initials(const struct brv_stylesheets *sheets,
                             const struct brv_css_basis *basis, struct brv_style *style)
{
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        property->type->compute(&sheets->initials[i], basis, (char *)style + property->offset);
    }
}

static void parse_initials(struct brv_stylesheets *sheets, struct brv_arena *scratch)
{
    struct brv_arena_mark mark = brv_arena_mark(scratch);
    struct brv_css_tokenizer tokenizer = { sheets->arena, scratch, .text = { 0 } };
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        struct brv_css_context context = { 0 };
        // Kept with the values: all that a set consists of is in its arena (frozen.h).
        tokenizer.text = brv_arena_str(sheets->arena, brv_str_from_cstr(property->initial));
        tokenizer.at = 0;
        struct brv_css_range range = brv_css_tokenize_rest(&tokenizer);
        bool is_ok =
            brv_css_parse_property(sheets->arena, property, range, &sheets->initials[i], &context);
        if (!is_ok) // a fault of props.def, which no sheet can cause
            abort();
    }
    brv_arena_rewind(scratch, mark);
}

static void add_inherited(struct brv_css_defaults *defaults,
                          const struct brv_css_property *property)
{
    struct brv_css_field_run *last = &defaults->inherited[defaults->inherited_count];
    if (defaults->inherited_count > 0 && last[-1].offset + last[-1].size == (int)property->offset) {
        last[-1].size = (uint16_t)(last[-1].size + property->type->size);
        return;
    }
    *last = (struct brv_css_field_run){
        (uint16_t)property->offset,
        (uint16_t)property->type->size,
    };
    defaults->inherited_count++;
}

void brv_css_defaults_init(struct brv_stylesheets *sheets, struct brv_arena *scratch)
{
    // Two elements that differ in all that a value can be relative to.
    const struct brv_css_basis usual = { 10, 10, 10, 400, { 0, 0, 0, 255 } };
    const struct brv_css_basis unusual = { 20, 30, 40, 700, { 255, 255, 255, 0 } };
    struct brv_css_defaults *defaults = &sheets->defaults;
    struct brv_style other = { 0 };
    parse_initials(sheets, scratch);
    compute_initials(sheets, &usual, &defaults->initial);
    compute_initials(sheets, &unusual, &other);
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        if (property->inherits)
            add_inherited(defaults, property);
        if (!property->type->equal(brv_css_field(&defaults->initial, property),
                                   brv_css_field(&other, property)))
            defaults->relative[defaults->relative_count++] = (uint8_t)i;
    }
    sheets->initial = defaults->initial;
    brv_style_drop_invisible_borders(&sheets->initial);
}

void brv_css_defaults_apply(const struct brv_css_defaults *defaults, const struct brv_style *parent,
                            struct brv_style *style)
{
    *style = defaults->initial;
    for (int i = 0; parent && i < defaults->inherited_count; i++) {
        const struct brv_css_field_run *run = &defaults->inherited[i];
        memcpy((char *)style + run->offset, (const char *)parent + run->offset, run->size);
    }
}
