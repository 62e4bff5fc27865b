// Brevier — the cascade: which rules match an element.
// Only the selectors in the buckets of its kind, its classes and its id are looked at; what matches
// is kept as ranks in ascending order, which is the order of the cascade. Most of it is settled by
// the element's site (site.h) and the same as in the document before.
// SPDX-License-Identifier: MIT
#include "style/cascade_inside.h"

static const struct brv_css_ranks none;

// The list of a pseudo-element that may be added to.
static struct brv_css_ranks *own_list(struct brv_cascade *cascade, enum brv_css_pseudo pseudo)
{
    struct brv_css_ranks *own = &cascade->own[pseudo];
    const struct brv_css_ranks *settled = cascade->matched[pseudo];
    if (settled == own)
        return own;
    own->count = 0;
    for (size_t i = 0; i < settled->count; i++)
        BRV_PUSH(cascade->arena, own->ranks, own->count, own->capacity) = settled->ranks[i];
    cascade->matched[pseudo] = own;
    return own;
}

static void match_candidate(struct brv_cascade *cascade, const struct brv_css_candidate *candidate,
                            const struct brv_css_element *element)
{
    if (!brv_css_candidate_matches(
            cascade->sheets, candidate, cascade->medium, &cascade->matcher, element))
        return;
    struct brv_css_ranks *list = own_list(cascade, (enum brv_css_pseudo)candidate->pseudo);
    BRV_PUSH(cascade->arena, list->ranks, list->count, list->capacity) = candidate->rank;
}

// Attributes that most elements have none of.
static bool has_attributes(const struct brv_node *node)
{
    const struct brv_attr *attr = node->attrs;
    while (attr && (attr->id == BRV_ATTR_CLASS || attr->id == BRV_ATTR_ID))
        attr = attr->next;
    return attr != NULL;
}

static void match_open(struct brv_cascade *cascade, const struct brv_css_site *site,
                       const struct brv_css_element *element)
{
    const bool has_any = has_attributes(element->node);
    for (size_t i = 0; i < site->open_count; i++)
        if (has_any || !site->open[i]->asks_attribute)
            match_candidate(cascade, site->open[i], element);
}

static void match_id(struct brv_cascade *cascade, const struct brv_css_element *element)
{
    const struct brv_css_bucket *bucket = brv_map_find(&cascade->sheets->by_id, element->node->id);
    cascade->candidate_count += bucket ? bucket->count : 0;
    for (size_t i = 0; bucket && i < bucket->count; i++)
        match_candidate(cascade, &bucket->items[i], element);
}

// From here on nothing matches.
static void meet_limit(struct brv_cascade *cascade, const struct brv_node *node)
{
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++)
        cascade->matched[i] = &none;
    if (cascade->has_reported_limit)
        return;
    cascade->has_reported_limit = true;
    if (cascade->sink)
        (void)brv_report(cascade->sink,
                         BRV_ERROR,
                         BRV_CODE_LIMIT,
                         node->span,
                         "matching the selectors takes too long, elements from here on keep "
                         "inherited styles only");
}

// The first element of a site in a document pays for it, whichever document found it.
static void enter_site(struct brv_cascade *cascade, struct brv_css_site *site,
                       const struct brv_node *node)
{
    site->tree = cascade->tree + 1;
    cascade->candidate_count += site->candidates;
    cascade->matcher.steps += site->steps;
    if (cascade->sheets->use)
        brv_style_use_element(cascade->sheets->use, cascade->medium, node);
}

struct brv_css_site *brv_cascade_match(struct brv_cascade *cascade,
                                       const struct brv_css_element *element,
                                       struct brv_css_site *above)
{
    const struct brv_stylesheets *sheets = cascade->sheets;
    const struct brv_node *node = element->node;
    struct brv_css_site *site = brv_css_site_find(above, node);
    if (!site)
        site = brv_css_site_new(
            cascade->arena, above, sheets, cascade->medium, &cascade->matcher, element);
    if (site->tree != cascade->tree + 1)
        enter_site(cascade, site, node);
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++)
        cascade->matched[i] = &site->matched[i];
    match_open(cascade, site, element);
    if (node->id.len > 0 && sheets->by_id.count > 0)
        match_id(cascade, element);
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++)
        if (cascade->matched[i] == &cascade->own[i])
            brv_css_ranks_sort(&cascade->own[i]);
    if (sheets->use)
        brv_style_use_steps(sheets->use, cascade->matcher.steps);
    if (cascade->matcher.steps > cascade->matcher.limit)
        meet_limit(cascade, node);
    return site;
}
