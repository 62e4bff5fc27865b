// Brevier — the cascade.
//
//   matched rules ──sort by rank──► winners, one a property ──► computed fields ──► interned style
//
// A rule's place in the cascade (origin, layer, specificity, appearance) does not depend on the
// element, so the sheet is sorted once and an entry's index is its rank; for an element only small
// integers are compared. Two elements with the same parent style and the same list of ranks have
// the same style, whatever they are: that pair is looked up first, and most elements of a document
// end there. So do nearly all of the documents after it, where the cascade is kept for them.
// SPDX-License-Identifier: MIT
#include "style/cascade_inside.h"

enum { MATCH_STEP_LIMIT = 200000000 };

struct brv_css_cached {
    struct brv_css_cached *next;
    uint64_t hash;
    const struct brv_style *parent_style;
    const struct brv_css_variables *parent_variables;
    const uint32_t *ranks;
    size_t rank_count;
    float root_font_size;
    struct brv_css_spent spent;
    struct brv_css_computed computed;
};

// The selector as written of the most specific rule that is not built in.
static brv_str winning_selector(const struct brv_cascade *cascade, const uint32_t *ranks,
                                size_t count)
{
    const struct brv_css_entry *best = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct brv_css_entry *entry = &cascade->sheets->entries[ranks[i]];
        if (entry->group->origin != BRV_ORIGIN_AUTHOR || !entry->block->has_property)
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
    struct brv_css_cached **slots =
        BRV_NEW_ARRAY(cascade->arena, struct brv_css_cached *, slot_count);
    for (size_t i = 0; i < cascade->slot_count; i++) {
        struct brv_css_cached *next = NULL;
        for (struct brv_css_cached *c = cascade->slots[i]; c; c = next) {
            next = c->next;
            c->next = slots[c->hash & (slot_count - 1)];
            slots[c->hash & (slot_count - 1)] = c;
        }
    }
    cascade->slots = slots;
    cascade->slot_count = slot_count;
}

// The key hashes the serial of the parent style, not its address; variables differ far less often.
static struct brv_css_cached *find_cached(const struct brv_cascade *cascade, uint64_t hash,
                                          const struct brv_style *parent_style,
                                          const struct brv_css_variables *parent_variables,
                                          const struct brv_css_ranks *list)
{
    for (struct brv_css_cached *c = cascade->slots[hash & (cascade->slot_count - 1)]; c;
         c = c->next) {
        if (c->hash == hash && c->parent_style == parent_style &&
            c->parent_variables == parent_variables &&
            c->root_font_size == cascade->root_font_size && c->rank_count == list->count &&
            (list->count == 0 ||
             memcmp(c->ranks, list->ranks, list->count * sizeof *list->ranks) == 0))
            return c;
    }
    return NULL;
}

bool brv_cascade_pay(struct brv_cascade *cascade, struct brv_css_spent *spent)
{
    if (spent->tree == cascade->tree)
        return true;
    if (spent->expanded_tokens > BRV_CSS_MAX_EXPANDED_TOKENS - cascade->expanded_tokens)
        return false;
    spent->tree = cascade->tree;
    cascade->expanded_tokens += spent->expanded_tokens;
    return true;
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
            kept[i] =
                brv_cascade_find_reverted(cascade, ranks, count, brv_css_property_of(kept[i]));
    }
    return kept;
}

static const struct brv_css_computed *compute(struct brv_cascade *cascade,
                                              const struct brv_css_ranks *list,
                                              const struct brv_style *parent_style,
                                              const struct brv_css_variables *parent_variables)
{
    uint64_t hash = brv_css_mix(list->count, parent_style ? parent_style->serial + 1 : 0);
    for (size_t i = 0; i < list->count; i++)
        hash = brv_css_mix(hash, list->ranks[i]);
    struct brv_css_cached *cached =
        find_cached(cascade, hash, parent_style, parent_variables, list);
    if (cached && brv_cascade_pay(cascade, &cached->spent))
        return &cached->computed;
    if (cascade->cached_count == cascade->slot_count)
        grow_cache(cascade);
    uint32_t *ranks = BRV_NEW_ARRAY(cascade->arena, uint32_t, list->count);
    if (list->count > 0)
        memcpy(ranks, list->ranks, list->count * sizeof *ranks);
    brv_cascade_find_winners(cascade, ranks, list->count);
    const size_t tokens_before = cascade->expanded_tokens;
    cascade->expanded.shorthand = NULL;
    const struct brv_css_variables *variables =
        brv_cascade_compute_variables(cascade, parent_variables);
    cached = BRV_NEW(cascade->arena, struct brv_css_cached);
    *cached = (struct brv_css_cached){
        .next = cascade->slots[hash & (cascade->slot_count - 1)],
        .hash = hash,
        .parent_style = parent_style,
        .parent_variables = parent_variables,
        .ranks = ranks,
        .rank_count = list->count,
        .root_font_size = cascade->root_font_size,
        .computed = {
            .style = brv_cascade_compute_style(cascade, parent_style, variables, ranks, list->count),
            .variables = variables,
            .selector = winning_selector(cascade, ranks, list->count),
            .is_matched = true,
            .winners =
                cascade->is_tracing ? keep_winners(cascade, ranks, list->count) : NULL,
        },
    };
    cached->spent =
        (struct brv_css_spent){ cascade->tree, cascade->expanded_tokens - tokens_before };
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
        .top = BRV_NEW(arena, struct brv_css_site),
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
    cascade->pages.arena = arena;
    cascade->interner = brv_interner_new(arena, cascade);
    grow_cache(cascade);
    return cascade;
}

void brv_cascade_turn(struct brv_cascade *cascade, struct brv_sink *sink)
{
    cascade->sink = cascade->faults.sink = sink;
    cascade->matcher.steps = 0;
    cascade->candidate_count = 0;
    cascade->has_reported_limit = false;
    cascade->root_font_size = cascade->sheets->initial.font_size;
    cascade->root_variables = NULL;
    cascade->expanded_tokens = 0;
    cascade->tree++;
}

bool brv_cascade_is_faultless(const struct brv_cascade *cascade)
{
    return !cascade->faults.has_any;
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
    struct brv_css_site *site =
        brv_cascade_match(cascade, element, parent ? parent->site : cascade->top);
    results[BRV_PSEUDO_NONE] = *compute(cascade,
                                        cascade->matched[BRV_PSEUDO_NONE],
                                        parent ? parent->style : NULL,
                                        parent ? parent->variables : NULL);
    results[BRV_PSEUDO_NONE].site = site;
    const struct brv_css_computed *own = &results[BRV_PSEUDO_NONE];
    if (!parent) {
        cascade->root_font_size = own->style->font_size;
        cascade->root_variables = own->variables;
    }
    for (int i = BRV_PSEUDO_BEFORE; i < BRV_PSEUDO_COUNT; i++) {
        const struct brv_css_ranks *list = cascade->matched[i];
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
    brv_cascade_clear_winners(cascade);
    for (int is_important = 0; is_important < 2; is_important++) {
        for (size_t i = 0; i < count; i++) {
            for (const struct brv_css_block *block = blocks[i]; block; block = block->next)
                brv_cascade_apply(cascade, block, is_important);
        }
    }
    const struct brv_css_variables *variables =
        brv_cascade_compute_variables(cascade, cascade->root_variables);
    return brv_cascade_compute_style(cascade, parent, variables, NULL, 0);
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

const struct brv_stylesheets *brv_style_sheets(const struct brv_style *style)
{
    return brv_cascade_of(style)->sheets;
}

const struct brv_style *brv_style_initial(const struct brv_style *style)
{
    return &brv_cascade_of(style)->sheets->initial;
}
