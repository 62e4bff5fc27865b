// Brevier — the cascade.
//
//   matched rules ──sort by rank──► winners, one a property ──► computed fields ──► interned style
//
// A rule's place in the cascade (origin, layer, specificity, appearance) does not depend on the
// element, so the sheet is sorted once and an entry's index is its rank; for an element only small
// integers are compared. Two elements with the same parent style and the same list of ranks have
// the same style, whatever they are: that pair is looked up first, and most elements of a document
// end there.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

#include <stdlib.h>

enum { MATCH_STEP_LIMIT = 200000000 };

struct rank_list {
    uint32_t *ranks;
    size_t count;
    size_t capacity;
};

struct cached {
    struct cached *next;
    uint64_t hash;
    const struct brv_style *parent_style;
    const struct brv_css_variables *parent_variables;
    const uint32_t *ranks;
    size_t rank_count;
    struct brv_css_computed computed;
};

// A shorthand with var() has a declaration for each longhand, all with the same value; they are
// computed in a row, and expanded once.
struct expanded_shorthand {
    const struct brv_css_shorthand *shorthand; // NULL: none yet
    const struct brv_css_token *at;            // of the value as written
    float parent_font_size;
    float font_size;
    const struct brv_css_variables *variables;
    struct brv_css_expansion longhands;
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
    struct expanded_shorthand expanded; // the last one with var()
    struct rank_list matched[BRV_PSEUDO_COUNT];
    struct cached **slots;
    size_t slot_count;
    size_t cached_count;
    const struct brv_css_declaration **winners; // by property
    const struct brv_css_declaration **custom_winners;
    uint32_t *touched_customs;
    size_t touched_count;
    struct brv_css_faults faults;
};

// ---- matching

static void match_bucket(struct brv_cascade *cascade, const struct brv_css_bucket *bucket,
                         const struct brv_css_element *element)
{
    cascade->candidate_count += bucket ? bucket->count : 0;
    for (size_t i = 0; bucket && i < bucket->count; i++) {
        uint32_t rank = bucket->ranks[i];
        const struct brv_css_entry *entry = &cascade->sheets->entries[rank];
        if (!(entry->media & cascade->medium) ||
            !brv_css_selector_may_match(entry->selector, element) ||
            !brv_css_selector_matches(&cascade->matcher, entry->selector, element))
            continue;
        struct rank_list *list = &cascade->matched[entry->selector->pseudo];
        BRV_PUSH(cascade->arena, list->ranks, list->count, list->capacity) = rank;
    }
}

static int compare_ranks(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

// Ascending; lists are short and nearly sorted, as every bucket is sorted by itself.
static void sort_ranks(struct rank_list *list)
{
    if (list->count > 32) {
        qsort(list->ranks, list->count, sizeof *list->ranks, compare_ranks);
        return;
    }
    for (size_t i = 1; i < list->count; i++) {
        uint32_t rank = list->ranks[i];
        size_t k = i;
        for (; k > 0 && list->ranks[k - 1] > rank; k--)
            list->ranks[k] = list->ranks[k - 1];
        list->ranks[k] = rank;
    }
}

// An element may stand in one class bucket twice when it repeats a class.
static void drop_doubles(struct rank_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->ranks[kept - 1] != list->ranks[i])
            list->ranks[kept++] = list->ranks[i];
    }
    list->count = kept;
}

static void match_element(struct brv_cascade *cascade, const struct brv_css_element *element)
{
    const struct brv_stylesheets *sheets = cascade->sheets;
    const struct brv_node *node = element->node;
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++)
        cascade->matched[i].count = 0;
    match_bucket(cascade, &sheets->universal, element);
    match_bucket(cascade, &sheets->by_kind[node->kind], element);
    for (size_t i = 0; i < node->class_count; i++)
        match_bucket(cascade, brv_map_find(&sheets->by_class, node->classes[i]), element);
    if (node->id.len > 0)
        match_bucket(cascade, brv_map_find(&sheets->by_id, node->id), element);
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++) {
        sort_ranks(&cascade->matched[i]);
        drop_doubles(&cascade->matched[i]);
    }
    if (cascade->matcher.steps > cascade->matcher.limit && !cascade->has_reported_limit) {
        cascade->has_reported_limit = true;
        if (cascade->sink)
            (void)brv_report(cascade->sink,
                             BRV_ERROR,
                             BRV_CODE_LIMIT,
                             node->span,
                             "matching the selectors takes too long, elements from here on keep "
                             "inherited styles only");
    }
}

// ---- winners

static void apply_block(struct brv_cascade *cascade, const struct brv_css_block *block,
                        bool is_important)
{
    for (size_t i = 0; i < block->count; i++) {
        const struct brv_css_declaration *declaration = &block->items[i];
        if (declaration->is_important != is_important)
            continue;
        if (declaration->property) {
            cascade->winners[declaration->property->id] = declaration;
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

static void clear_winners(struct brv_cascade *cascade)
{
    for (int i = 0; i < BRV_PROP_COUNT; i++)
        cascade->winners[i] = NULL;
    for (size_t i = 0; i < cascade->touched_count; i++)
        cascade->custom_winners[cascade->touched_customs[i]] = NULL;
    cascade->touched_count = 0;
}

static void find_winners(struct brv_cascade *cascade, const uint32_t *ranks, size_t count)
{
    const struct brv_css_entry *entries = cascade->sheets->entries;
    size_t important_count = 0;
    clear_winners(cascade);
    for (size_t i = 0; i < count; i++) {
        if (entries[ranks[i]].block->has_normal)
            apply_block(cascade, entries[ranks[i]].block, false);
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
        apply_block(cascade, important[i]->block, true);
}

// `revert`: what the built-in sheet says, when the declaration comes from elsewhere.
static const struct brv_css_declaration *find_reverted(const struct brv_cascade *cascade,
                                                       const uint32_t *ranks, size_t count,
                                                       const struct brv_css_property *property)
{
    const struct brv_css_declaration *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct brv_css_entry *entry = &cascade->sheets->entries[ranks[i]];
        for (size_t k = 0; entry->origin == BRV_ORIGIN_BUILTIN && k < entry->block->count; k++) {
            const struct brv_css_property *set = entry->block->items[k].property;
            if (set && set->id == property->id)
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
    struct expanded_shorthand *expanded = &cascade->expanded;
    if (declaration->shorthand && expanded->shorthand == declaration->shorthand &&
        expanded->at == declaration->value.pending.at && expanded->variables == variables &&
        expanded->parent_font_size == basis->parent_font_size &&
        expanded->font_size == basis->font_size) {
        take_longhand(&expanded->longhands, declaration->property, value);
        return true;
    }
    struct brv_css_range range;
    if (!brv_css_substitute(&substitution, variables, declaration->value.pending, &range)) {
        brv_css_report_unresolved(&cascade->faults, declaration, &substitution);
        return false;
    }
    if (brv_css_wide_keyword(range, &value->kind))
        return true;
    struct brv_css_context context = {
        .arena = cascade->arena,
        .sheets = cascade->sheets,
        .source = declaration->span.source,
        .basis = basis,
    };
    if (!declaration->shorthand) {
        if (brv_css_parse_property(cascade->arena, declaration->property, range, value, &context))
            return true;
    } else {
        expanded->shorthand = NULL;
        if (brv_css_shorthand_expand(
                &context, declaration->shorthand, range, &expanded->longhands)) {
            expanded->shorthand = declaration->shorthand;
            expanded->at = declaration->value.pending.at;
            expanded->variables = variables;
            expanded->parent_font_size = basis->parent_font_size;
            expanded->font_size = basis->font_size;
            take_longhand(&expanded->longhands, declaration->property, value);
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
        winner = find_reverted(cascade, computation->ranks, computation->rank_count, property);
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

// Computes a style from cascade->winners.
static const struct brv_style *compute_style(struct brv_cascade *cascade,
                                             const struct brv_style *parent,
                                             const struct brv_css_variables *variables,
                                             const uint32_t *ranks, size_t rank_count)
{
    const struct brv_style *above = parent ? parent : &cascade->sheets->initial;
    struct brv_style style = { 0 };
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
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        if (i != BRV_PROP_font_size && i != BRV_PROP_color)
            compute_property(&computation, brv_css_property((enum brv_css_property_id)i));
    }
    brv_style_drop_invisible_borders(&style);
    return brv_intern(cascade->interner, &style);
}

static const struct brv_css_variables *compute_variables(struct brv_cascade *cascade,
                                                         const struct brv_css_variables *parent)
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

// The selector as written of the most specific rule that is not built in.
static brv_str winning_selector(const struct brv_cascade *cascade, const uint32_t *ranks,
                                size_t count)
{
    const struct brv_css_entry *best = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct brv_css_entry *entry = &cascade->sheets->entries[ranks[i]];
        if (entry->origin != BRV_ORIGIN_AUTHOR || !entry->block->has_property)
            continue;
        uint32_t specificity = entry->selector->specificity;
        if (!best || specificity > best->selector->specificity ||
            (specificity == best->selector->specificity && entry->order > best->order))
            best = entry;
    }
    return best ? best->selector->text : (brv_str){ 0 };
}

// ---- the cache

static void grow_cache(struct brv_cascade *cascade)
{
    size_t slot_count = cascade->slot_count ? cascade->slot_count * 2 : 128;
    struct cached **slots = BRV_NEW_ARRAY(cascade->arena, struct cached *, slot_count);
    for (size_t i = 0; i < cascade->slot_count; i++) {
        struct cached *next = NULL;
        for (struct cached *c = cascade->slots[i]; c; c = next) {
            next = c->next;
            c->next = slots[c->hash & (slot_count - 1)];
            slots[c->hash & (slot_count - 1)] = c;
        }
    }
    cascade->slots = slots;
    cascade->slot_count = slot_count;
}

// The key hashes the serial of the parent style, not its address; variables differ far less often.
static struct cached *find_cached(const struct brv_cascade *cascade, uint64_t hash,
                                  const struct brv_style *parent_style,
                                  const struct brv_css_variables *parent_variables,
                                  const struct rank_list *list)
{
    for (struct cached *c = cascade->slots[hash & (cascade->slot_count - 1)]; c; c = c->next) {
        if (c->hash == hash && c->parent_style == parent_style &&
            c->parent_variables == parent_variables && c->rank_count == list->count &&
            (list->count == 0 ||
             memcmp(c->ranks, list->ranks, list->count * sizeof *list->ranks) == 0))
            return c;
    }
    return NULL;
}

// The winners as they were found, `revert` followed to what it reverts to. They depend on the ranks
// alone, as the cached style does not.
static const struct brv_css_declaration *const *keep_winners(struct brv_cascade *cascade,
                                                             const uint32_t *ranks, size_t count)
{
    const struct brv_css_declaration **kept =
        BRV_NEW_ARRAY(cascade->arena, const struct brv_css_declaration *, BRV_PROP_COUNT);
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        kept[i] = cascade->winners[i];
        if (kept[i] && kept[i]->value.kind == BRV_CSS_REVERT)
            kept[i] = find_reverted(cascade, ranks, count, kept[i]->property);
    }
    return kept;
}

static const struct brv_css_computed *compute(struct brv_cascade *cascade,
                                              const struct rank_list *list,
                                              const struct brv_style *parent_style,
                                              const struct brv_css_variables *parent_variables)
{
    uint64_t seed = parent_style ? parent_style->serial + 1 : 0;
    uint64_t hash = brv_hash(list->ranks, list->count * sizeof *list->ranks, seed);
    struct cached *cached = find_cached(cascade, hash, parent_style, parent_variables, list);
    if (cached)
        return &cached->computed;
    if (cascade->cached_count == cascade->slot_count)
        grow_cache(cascade);
    uint32_t *ranks = BRV_NEW_ARRAY(cascade->arena, uint32_t, list->count);
    if (list->count > 0)
        memcpy(ranks, list->ranks, list->count * sizeof *ranks);
    find_winners(cascade, ranks, list->count);
    const struct brv_css_variables *variables = compute_variables(cascade, parent_variables);
    cached = BRV_NEW(cascade->arena, struct cached);
    *cached = (struct cached){
        .next = cascade->slots[hash & (cascade->slot_count - 1)],
        .hash = hash,
        .parent_style = parent_style,
        .parent_variables = parent_variables,
        .ranks = ranks,
        .rank_count = list->count,
        .computed = {
            .style = compute_style(cascade, parent_style, variables, ranks, list->count),
            .variables = variables,
            .selector = winning_selector(cascade, ranks, list->count),
            .is_matched = true,
            .winners =
                cascade->is_tracing ? keep_winners(cascade, ranks, list->count) : NULL,
        },
    };
    cascade->slots[hash & (cascade->slot_count - 1)] = cached;
    cascade->cached_count++;
    return &cached->computed;
}

struct brv_cascade *brv_cascade_new(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                    enum brv_media media, struct brv_sink *sink)
{
    struct brv_cascade *cascade = BRV_NEW(arena, struct brv_cascade);
    *cascade = (struct brv_cascade){
        .arena = arena,
        .sheets = sheets,
        .sink = sink,
        .medium = 1u << media,
        .matcher = { .limit = MATCH_STEP_LIMIT },
        .root_font_size = sheets->initial.font_size,
        .winners = BRV_NEW_ARRAY(arena, const struct brv_css_declaration *, BRV_PROP_COUNT),
        .custom_winners =
            BRV_NEW_ARRAY(arena, const struct brv_css_declaration *, sheets->custom_count),
        .touched_customs = BRV_NEW_ARRAY(arena, uint32_t, sheets->custom_count),
        .faults = {
            .arena = arena,
            .sheets = sheets,
            .sink = sink,
            .has_reported = BRV_NEW_ARRAY(arena, uint8_t, sheets->declaration_count),
        },
    };
    cascade->interner = brv_interner_new(arena, cascade);
    grow_cache(cascade);
    return cascade;
}

void brv_cascade_trace(struct brv_cascade *cascade)
{
    cascade->is_tracing = true;
}

// Whether an element has a pseudo-element, and it may show.
static bool is_wanted(const struct brv_style *own, enum brv_css_pseudo pseudo, size_t rule_count)
{
    switch (pseudo) {
    case BRV_PSEUDO_MARKER:
        return rule_count > 0 || own->display == BRV_DISPLAY_LIST_ITEM;
    case BRV_PSEUDO_FOOTNOTE_CALL:
    case BRV_PSEUDO_FOOTNOTE_MARKER:
        return own->cssfloat == BRV_FLOAT_FOOTNOTE;
    case BRV_PSEUDO_NONE:
    case BRV_PSEUDO_BEFORE:
    case BRV_PSEUDO_AFTER:
    case BRV_PSEUDO_COUNT:
        break;
    }
    return rule_count > 0;
}

void brv_cascade_element(struct brv_cascade *cascade, const struct brv_css_element *element,
                         const struct brv_css_computed *parent,
                         struct brv_css_computed results[BRV_PSEUDO_COUNT])
{
    match_element(cascade, element);
    results[BRV_PSEUDO_NONE] = *compute(cascade,
                                        &cascade->matched[BRV_PSEUDO_NONE],
                                        parent ? parent->style : NULL,
                                        parent ? parent->variables : NULL);
    const struct brv_css_computed *own = &results[BRV_PSEUDO_NONE];
    if (!parent) {
        cascade->root_font_size = own->style->font_size;
        cascade->root_variables = own->variables;
    }
    for (int i = BRV_PSEUDO_BEFORE; i < BRV_PSEUDO_COUNT; i++) {
        const struct rank_list *list = &cascade->matched[i];
        results[i] = (struct brv_css_computed){ 0 };
        // A footnote's call stands in the text around it, and looks like that.
        const struct brv_css_computed *from =
            i == BRV_PSEUDO_FOOTNOTE_CALL && parent ? parent : own;
        if (is_wanted(own->style, (enum brv_css_pseudo)i, list->count))
            results[i] = *compute(cascade, list, from->style, from->variables);
    }
}

struct brv_cascade_counts brv_cascade_counts(const struct brv_cascade *cascade)
{
    return (struct brv_cascade_counts){
        .candidates = cascade->candidate_count,
        .match_steps = cascade->matcher.steps,
        .computed = cascade->cached_count,
        .interned = brv_interner_count(cascade->interner),
    };
}

const struct brv_style *brv_cascade_blocks(struct brv_cascade *cascade,
                                           const struct brv_css_block *const *blocks, size_t count,
                                           const struct brv_style *parent)
{
    clear_winners(cascade);
    for (int is_important = 0; is_important < 2; is_important++) {
        for (size_t i = 0; i < count; i++) {
            for (const struct brv_css_block *block = blocks[i]; block; block = block->next)
                apply_block(cascade, block, is_important);
        }
    }
    const struct brv_css_variables *variables = compute_variables(cascade, cascade->root_variables);
    return compute_style(cascade, parent, variables, NULL, 0);
}

const struct brv_style *brv_cascade_image_style(const struct brv_style *around, bool is_alone)
{
    struct brv_cascade *cascade = brv_cascade_of(around);
    const struct brv_style *plain = brv_cascade_blocks(cascade, NULL, 0, around);
    if (!is_alone)
        return plain;
    struct brv_style style = *plain;
    style.width = around->width;
    style.height = around->height;
    style.max_width = around->max_width;
    style.max_height = around->max_height;
    return brv_intern(cascade->interner, &style);
}

const struct brv_style *brv_style_initial(const struct brv_style *style)
{
    return &brv_cascade_of(style)->sheets->initial;
}
