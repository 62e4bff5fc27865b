// Brevier — the cascade: which rules match an element.
// Only the selectors in the buckets of its kind, its classes and its id are looked at; what matches
// is kept as ranks in ascending order, which is the order of the cascade.
// SPDX-License-Identifier: MIT
#include "style/cascade_inside.h"

#include <stdlib.h>

static void match_bucket(struct brv_cascade *cascade, const struct brv_css_bucket *bucket,
                         const struct brv_css_element *element)
{
    cascade->candidate_count += bucket ? bucket->count : 0;
    for (size_t i = 0; bucket && i < bucket->count; i++) {
        const struct brv_css_candidate *candidate = &bucket->items[i];
        if (!brv_css_candidate_matches(
                cascade->sheets, candidate, cascade->medium, &cascade->matcher, element))
            continue;
        struct brv_css_ranks *list = &cascade->matched[candidate->pseudo];
        BRV_PUSH(cascade->arena, list->ranks, list->count, list->capacity) = candidate->rank;
    }
}

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

void brv_cascade_match(struct brv_cascade *cascade, const struct brv_css_element *element)
{
    const struct brv_stylesheets *sheets = cascade->sheets;
    const struct brv_node *node = element->node;
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++)
        cascade->matched[i].count = 0;
    if (sheets->use)
        brv_style_use_element(sheets->use, cascade->medium, cascade->matcher.steps, node);
    match_bucket(cascade, &sheets->universal, element);
    match_bucket(cascade, &sheets->by_kind[node->kind], element);
    for (size_t i = 0; i < node->class_count; i++)
        match_bucket(cascade, brv_map_find(&sheets->by_class, node->classes[i]), element);
    if (node->id.len > 0)
        match_bucket(cascade, brv_map_find(&sheets->by_id, node->id), element);
    for (int i = 0; i < BRV_PSEUDO_COUNT; i++) {
        if (cascade->matched[i].count < 2)
            continue;
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
