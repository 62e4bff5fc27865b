// Brevier — sites.
// They form a tree of their own, which grows with the documents: the path of a site is the path of
// its elements. Matching a selector by kinds and classes needs one of these elements, whichever
// comes first; what else it asks for is taken to be met, and leaves it open.
// SPDX-License-Identifier: MIT
#include "style/site.h"

#include <stdlib.h>

// ---- ranks

static int compare_ranks(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

// Ascending; lists are short and nearly sorted, as every bucket is sorted by itself.
static void sort_ranks(struct brv_css_ranks *list)
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
static void drop_doubles(struct brv_css_ranks *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->ranks[kept - 1] != list->ranks[i])
            list->ranks[kept++] = list->ranks[i];
    }
    list->count = kept;
}

void brv_css_ranks_sort(struct brv_css_ranks *list)
{
    if (list->count < 2)
        return;
    sort_ranks(list);
    drop_doubles(list);
}

// ---- what is settled

static bool names_id(const struct brv_css_selector *selector)
{
    for (size_t c = 0; c < selector->count; c++)
        for (size_t i = 0; i < selector->compounds[c].count; i++)
            if (selector->compounds[c].items[i].kind == BRV_SIMPLE_ID)
                return true;
    return false;
}

static void look_at_bucket(struct brv_arena *arena, struct brv_css_site *site, uint64_t above,
                           const struct brv_stylesheets *sheets, unsigned medium,
                           const struct brv_css_bucket *bucket, struct brv_css_matcher *matcher,
                           const struct brv_css_element *element)
{
    site->candidates += bucket ? bucket->count : 0;
    for (size_t i = 0; bucket && i < bucket->count; i++) {
        const struct brv_css_candidate *candidate = &bucket->items[i];
        const struct brv_css_selector *selector = sheets->entries[candidate->rank].selector;
        const bool may_match = !(candidate->ancestors & ~above);
        if (!(candidate->media & medium) || (!may_match && !names_id(selector)))
            continue;
        if (!candidate->is_sure && !brv_css_selector_matches(matcher, selector, element))
            continue;
        if (!candidate->is_of_site) {
            BRV_PUSH(arena, site->open, site->open_count, site->open_capacity) = candidate;
            continue;
        }
        struct brv_css_ranks *list = &site->matched[candidate->pseudo];
        BRV_PUSH(arena, list->ranks, list->count, list->capacity) = candidate->rank;
    }
}

// ---- the tree

struct brv_css_site *brv_css_site_find(const struct brv_css_site *above,
                                       const struct brv_node *node)
{
    brv_str classes = brv_node_attr(node, BRV_ATTR_CLASS);
    struct brv_css_site *site =
        classes.len > 0 ? brv_map_find(&above->below, classes) : above->plain;
    while (site && site->kind != node->kind)
        site = site->next;
    return site;
}

static void keep(struct brv_arena *arena, struct brv_css_site *above, struct brv_css_site *site,
                 brv_str classes)
{
    if (classes.len == 0) {
        site->next = above->plain;
        above->plain = site;
        return;
    }
    above->below.arena = arena;
    void **first = brv_map_at(&above->below, brv_arena_str(arena, classes));
    site->next = *first;
    *first = site;
}

struct brv_css_site *brv_css_site_new(struct brv_arena *arena, struct brv_css_site *above,
                                      const struct brv_stylesheets *sheets, unsigned medium,
                                      struct brv_css_matcher *matcher,
                                      const struct brv_css_element *element)
{
    const struct brv_node *node = element->node;
    struct brv_css_site *site = BRV_NEW(arena, struct brv_css_site);
    const uint64_t before = matcher->steps;
    matcher->is_lenient = true;
    site->kind = node->kind;
    site->bits = above->bits | brv_css_bits_of_kind(node->kind);
    const struct brv_css_bucket *buckets[] = { &sheets->universal, &sheets->by_kind[node->kind] };
    for (size_t i = 0; i < BRV_COUNT(buckets); i++)
        look_at_bucket(arena, site, above->bits, sheets, medium, buckets[i], matcher, element);
    for (size_t i = 0; i < node->class_count; i++) {
        const struct brv_css_bucket *bucket = brv_map_find(&sheets->by_class, node->classes[i]);
        look_at_bucket(arena, site, above->bits, sheets, medium, bucket, matcher, element);
        site->bits |= brv_css_bits_of_name(node->classes[i]);
    }
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++)
        brv_css_ranks_sort(&site->matched[i]);
    matcher->is_lenient = false;
    site->steps = matcher->steps - before;
    matcher->steps = before;
    if (before + site->steps <= matcher->limit)
        keep(arena, above, site, brv_node_attr(node, BRV_ATTR_CLASS));
    return site;
}
