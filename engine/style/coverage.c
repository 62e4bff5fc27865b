// Brevier — which rules match anything.
// Every element asks the rules that the index holds for it, as in the cascade; a rule that has
// matched once is not asked again.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

enum { MATCH_STEP_LIMIT = 200000000 };

struct brv_coverage {
    const struct brv_stylesheets *sheets;
    struct brv_css_matcher matcher;
    uint8_t *is_covered; // by rank
};

struct brv_coverage *brv_coverage_new(struct brv_arena *arena, const struct brv_stylesheets *sheets)
{
    struct brv_coverage *coverage = BRV_NEW(arena, struct brv_coverage);
    *coverage = (struct brv_coverage){
        .sheets = sheets,
        .matcher = { .limit = MATCH_STEP_LIMIT },
        .is_covered = BRV_NEW_ARRAY(arena, uint8_t, sheets->entry_count),
    };
    return coverage;
}

static void cover_bucket(struct brv_coverage *coverage, const struct brv_css_bucket *bucket,
                         unsigned medium, const struct brv_css_element *element)
{
    for (size_t i = 0; bucket && i < bucket->count; i++) {
        const struct brv_css_candidate *candidate = &bucket->items[i];
        if (!coverage->is_covered[candidate->rank] &&
            brv_css_candidate_matches(
                coverage->sheets, candidate, medium, &coverage->matcher, element))
            coverage->is_covered[candidate->rank] = 1;
    }
}

void brv_coverage_add(struct brv_coverage *coverage, enum brv_media media,
                      const struct brv_node *root)
{
    const struct brv_stylesheets *sheets = coverage->sheets;
    struct brv_arena *arena = brv_arena_new();
    size_t count = 0;
    const struct brv_css_element *elements = brv_css_elements_new(arena, root, &count);
    for (size_t i = 0; i < count; i++) {
        const struct brv_css_element *element = &elements[i];
        const struct brv_node *node = element->node;
        const unsigned medium = 1u << media;
        cover_bucket(coverage, &sheets->universal, medium, element);
        cover_bucket(coverage, &sheets->by_kind[node->kind], medium, element);
        for (size_t k = 0; k < node->class_count; k++)
            cover_bucket(
                coverage, brv_map_find(&sheets->by_class, node->classes[k]), medium, element);
        if (node->id.len > 0)
            cover_bucket(coverage, brv_map_find(&sheets->by_id, node->id), medium, element);
    }
    brv_arena_free(arena);
}

void brv_coverage_report(const struct brv_coverage *coverage, struct brv_sink *sink)
{
    const struct brv_stylesheets *sheets = coverage->sheets;
    struct brv_arena *arena = brv_arena_new();
    // Ranks follow the cascade; the reader wants the order of the sheet, and a rule as a whole.
    const struct brv_css_entry **ordered =
        BRV_NEW_ARRAY(arena, const struct brv_css_entry *, sheets->entry_limit);
    for (size_t rank = 0; rank < sheets->entry_count; rank++) {
        const struct brv_css_entry *entry = &sheets->entries[rank];
        if (entry->group->origin == BRV_ORIGIN_AUTHOR && entry->group->media != 0)
            ordered[entry->order] = entry;
    }
    for (size_t i = 0, end = 0; i < sheets->entry_limit; i = end) {
        const struct brv_css_entry *first = ordered[i];
        bool is_covered = !first;
        for (end = i + 1; end < sheets->entry_limit && first && ordered[end] &&
                          ordered[end]->block == first->block;
             end++)
            is_covered |= coverage->is_covered[ordered[end] - sheets->entries];
        if (is_covered || coverage->is_covered[first - sheets->entries])
            continue;
        const brv_str text = first->selector->text;
        (void)brv_report(
            sink,
            BRV_NOTE,
            BRV_CODE_STYLE,
            brv_span_join(brv_span_of(first->group->source, text),
                          brv_span_of(first->group->source, ordered[end - 1]->selector->text)),
            "no element of the samples matches \"%" BRV_STR_F "%s\"",
            BRV_STR_ARG(text),
            end - i > 1 ? ", …" : "");
    }
    brv_arena_free(arena);
}
