// Brevier — the cascade: which declaration wins a property, and what its value computes to.
// SPDX-License-Identifier: MIT
#include "style/cascade_inside.h"

#include <stdlib.h>

// ---- winners

void brv_cascade_apply(struct brv_cascade *cascade, const struct brv_css_block *block,
                       bool is_important)
{
    for (size_t i = 0; i < block->count; i++) {
        const struct brv_css_declaration *declaration = &block->items[i];
        if (declaration->is_important != is_important)
            continue;
        if (declaration->id < BRV_PROP_COUNT) {
            cascade->winners[declaration->id] = declaration;
        } else {
            if (!cascade->custom_winners[declaration->custom])
                cascade->touched_customs[cascade->touched_count++] = declaration->custom;
            cascade->custom_winners[declaration->custom] = declaration;
        }
    }
}

static int compare_importance(const void *a, const void *b)
{
    const struct brv_css_entry *x = *(const struct brv_css_entry *const *)a;
    const struct brv_css_entry *y = *(const struct brv_css_entry *const *)b;
    return x->important_rank < y->important_rank ? -1 : x->important_rank > y->important_rank;
}

void brv_cascade_clear_winners(struct brv_cascade *cascade)
{
    for (int i = 0; i < BRV_PROP_COUNT; i++)
        cascade->winners[i] = NULL;
    for (size_t i = 0; i < cascade->touched_count; i++)
        cascade->custom_winners[cascade->touched_customs[i]] = NULL;
    cascade->touched_count = 0;
}

void brv_cascade_find_winners(struct brv_cascade *cascade, const uint32_t *ranks, size_t count)
{
    const struct brv_css_entry *entries = cascade->sheets->entries;
    size_t important_count = 0;
    brv_cascade_clear_winners(cascade);
    for (size_t i = 0; i < count; i++) {
        if (entries[ranks[i]].block->has_normal)
            brv_cascade_apply(cascade, entries[ranks[i]].block, false);
        important_count += entries[ranks[i]].block->has_important;
    }
    if (important_count == 0)
        return;
    const struct brv_css_entry **important =
        BRV_NEW_ARRAY(cascade->arena, const struct brv_css_entry *, important_count);
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[ranks[i]].block->has_important)
            important[filled++] = &entries[ranks[i]];
    }
    qsort(important, filled, sizeof(const void *), compare_importance);
    for (size_t i = 0; i < filled; i++)
        brv_cascade_apply(cascade, important[i]->block, true);
}

const struct brv_css_declaration *brv_cascade_find_reverted(const struct brv_cascade *cascade,
                                                            const uint32_t *ranks, size_t count,
                                                            const struct brv_css_property *property)
{
    const struct brv_css_declaration *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct brv_css_entry *entry = &cascade->sheets->entries[ranks[i]];
        for (size_t k = 0; entry->group->origin == BRV_ORIGIN_BUILTIN && k < entry->block->count;
             k++) {
            if (entry->block->items[k].id == property->id)
                found = &entry->block->items[k];
        }
    }
    return found;
}

// ---- values

static void take_longhand(const struct brv_css_expansion *expansion,
                          const struct brv_css_property *property, struct brv_css_value *value)
{
    for (size_t i = 0; i < expansion->count; i++) {
        if (expansion->properties[i]->id == property->id)
            *value = expansion->values[i];
    }
}

// Fills in variables. False when the declaration is invalid at computed-value time.
static bool resolve_pending(struct brv_cascade *cascade,
                            const struct brv_css_declaration *declaration,
                            const struct brv_css_variables *variables,
                            const struct brv_css_basis *basis, struct brv_css_value *value)
{
    struct brv_css_substitution substitution = {
        .arena = cascade->arena,
        .sheets = cascade->sheets,
        .expanded_tokens = &cascade->expanded_tokens,
    };
    struct brv_css_expanded *expanded = &cascade->expanded;
    const struct brv_css_property *property = brv_css_property_of(declaration);
    const struct brv_css_shorthand *shorthand = brv_css_shorthand_of(declaration);
    if (shorthand && expanded->shorthand == shorthand &&
        expanded->at == declaration->value.pending.at && expanded->variables == variables &&
        expanded->parent_font_size == basis->parent_font_size &&
        expanded->font_size == basis->font_size) {
        take_longhand(&expanded->longhands, property, value);
        return true;
    }
    struct brv_css_range range;
    if (!brv_css_substitute(&substitution, variables, declaration->value.pending, &range)) {
        brv_css_report_unresolved(&cascade->faults, declaration, &substitution);
        return false;
    }
    if (brv_css_wide_keyword(range, value))
        return true;
    struct brv_css_context context = {
        .arena = cascade->arena,
        .sheets = cascade->sheets,
        .source = cascade->sheets->files[declaration->file],
        .basis = basis,
    };
    if (!shorthand) {
        if (brv_css_parse_property(cascade->arena, property, range, value, &context))
            return true;
    } else {
        expanded->shorthand = NULL;
        if (brv_css_shorthand_expand(&context, shorthand, range, &expanded->longhands)) {
            expanded->shorthand = shorthand;
            expanded->at = declaration->value.pending.at;
            expanded->variables = variables;
            expanded->parent_font_size = basis->parent_font_size;
            expanded->font_size = basis->font_size;
            take_longhand(&expanded->longhands, property, value);
            return true;
        }
    }
    brv_css_report_invalid(&cascade->faults, declaration, range);
    return false;
}

struct computation {
    struct brv_cascade *cascade;
    const struct brv_style *parent; // NULL at the root
    const struct brv_css_variables *variables;
    const uint32_t *ranks;
    size_t rank_count;
    struct brv_css_basis basis;
    struct brv_style *style;
};

static void compute_property(struct computation *computation,
                             const struct brv_css_property *property)
{
    struct brv_cascade *cascade = computation->cascade;
    enum brv_css_property_id id = property->id;
    const struct brv_css_declaration *winner = cascade->winners[id];
    struct brv_css_value value = { .kind = BRV_CSS_UNSET };
    if (winner && winner->value.kind == BRV_CSS_REVERT)
        winner = brv_cascade_find_reverted(
            cascade, computation->ranks, computation->rank_count, property);
    if (winner)
        value = winner->value;
    if (value.kind == BRV_CSS_PENDING &&
        !resolve_pending(cascade, winner, computation->variables, &computation->basis, &value))
        value.kind = BRV_CSS_UNSET;
    if (value.kind == BRV_CSS_UNSET || value.kind == BRV_CSS_REVERT)
        value.kind = property->inherits ? BRV_CSS_INHERIT : BRV_CSS_INITIAL;

    void *field = (char *)computation->style + property->offset;
    if (value.kind == BRV_CSS_INHERIT && computation->parent) {
        memcpy(field, brv_css_field(computation->parent, property), property->type->size);
        return;
    }
    if (value.kind != BRV_CSS_SET)
        value = cascade->sheets->initials[id];
    property->type->compute(&value, &computation->basis, field);
}

void brv_style_drop_invisible_borders(struct brv_style *style)
{
    if (style->border_top_style == BRV_BORDER_NONE)
        style->border_top_width = 0;
    if (style->border_right_style == BRV_BORDER_NONE)
        style->border_right_width = 0;
    if (style->border_bottom_style == BRV_BORDER_NONE)
        style->border_bottom_width = 0;
    if (style->border_left_style == BRV_BORDER_NONE)
        style->border_left_width = 0;
}

const struct brv_style *brv_cascade_compute_style(struct brv_cascade *cascade,
                                                  const struct brv_style *parent,
                                                  const struct brv_css_variables *variables,
                                                  const uint32_t *ranks, size_t rank_count)
{
    const struct brv_style *above = parent ? parent : &cascade->sheets->initial;
    const struct brv_css_defaults *defaults = &cascade->sheets->defaults;
    struct brv_style style;
    brv_css_defaults_apply(defaults, parent, &style);
    struct computation computation = {
        .cascade = cascade,
        .parent = parent,
        .variables = variables,
        .ranks = ranks,
        .rank_count = rank_count,
        .basis = {
            .parent_font_size = above->font_size,
            .root_font_size = cascade->root_font_size,
            .parent_weight = above->font_weight,
            .color = above->color,
        },
        .style = &style,
    };
    // Everything else may depend on these two.
    compute_property(&computation, brv_css_property(BRV_PROP_font_size));
    computation.basis.font_size = style.font_size;
    if (!parent)
        computation.basis.root_font_size = style.font_size;
    compute_property(&computation, brv_css_property(BRV_PROP_color));
    computation.basis.color = style.color;
    for (int i = 0; i < defaults->relative_count; i++)
        compute_property(&computation,
                         brv_css_property((enum brv_css_property_id)defaults->relative[i]));
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        if (cascade->winners[i] && i != BRV_PROP_font_size && i != BRV_PROP_color)
            compute_property(&computation, brv_css_property((enum brv_css_property_id)i));
    }
    brv_style_drop_invisible_borders(&style);
    return brv_intern(cascade->interner, &style);
}

const struct brv_css_variables *
brv_cascade_compute_variables(struct brv_cascade *cascade, const struct brv_css_variables *parent)
{
    struct brv_css_substitution substitution = {
        .arena = cascade->arena,
        .sheets = cascade->sheets,
        .expanded_tokens = &cascade->expanded_tokens,
    };
    if (cascade->touched_count == 0)
        return parent;
    return brv_css_variables_new(&substitution,
                                 parent,
                                 cascade->custom_winners,
                                 brv_css_report_unresolved,
                                 &cascade->faults);
}
