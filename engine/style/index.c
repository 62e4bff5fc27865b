// Brevier — the order of rules and the way to find them.
// SPDX-License-Identifier: MIT
#include "style/sheet.h"

#include <stdlib.h>

// Numbers layers so that a layer comes after those inside it.
static void number_layers(struct brv_css_layer *root)
{
    uint32_t order = 0;
    struct brv_css_layer *layer = root;
    while (layer->first)
        layer = layer->first;
    for (;;) {
        layer->order = ++order;
        if (layer == root)
            return;
        if (layer->next) {
            layer = layer->next;
            while (layer->first)
                layer = layer->first;
        } else {
            layer = layer->parent;
        }
    }
}

// What decides between two entries that stand in the order of appearance, from the strongest to
// the weakest, in one number.
struct sort_key {
    uint64_t rank;
    size_t at; // of the entry
};

static uint64_t rank_from(unsigned origin, uint32_t layer, uint32_t specificity)
{
    return (uint64_t)origin << 62 | (uint64_t)layer << 32 | specificity;
}

// Cascade order of normal declarations: origin, layer, specificity.
static uint64_t normal_rank(const struct brv_css_entry *entry)
{
    return rank_from(
        entry->group->origin, entry->group->layer->order, entry->selector->specificity);
}

// Of important ones: the layers reversed, and built-in above author; --set stays on top.
static uint64_t important_rank(const struct brv_css_entry *entry)
{
    static const unsigned precedence[] = {
        [BRV_ORIGIN_AUTHOR] = 0,
        [BRV_ORIGIN_BUILTIN] = 1,
        [BRV_ORIGIN_OVERRIDE] = 2,
    };
    enum { LAYERS = 1 << 30 }; // more than there can be
    return rank_from(precedence[entry->group->origin], LAYERS - 1 - entry->group->layer->order, 0);
}

// Sorts a few keys that are nearly in order.
static void insert_keys(struct sort_key *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct sort_key key = keys[i];
        size_t k = i;
        for (; k > 0 && keys[k - 1].rank > key.rank; k--)
            keys[k] = keys[k - 1];
        keys[k] = key;
    }
}

// Sorts by rank, and leaves alone what is equal: short runs, which are then merged. `spare` is as
// long as `keys`. This takes a quarter of the steps of qsort(), which knows no types.
static void sort_keys(struct sort_key *keys, struct sort_key *spare, size_t count)
{
    enum { RUN = 8 };
    for (size_t from = 0; from < count; from += RUN)
        insert_keys(keys + from, count - from < RUN ? count - from : RUN);
    for (size_t width = RUN; width < count; width *= 2) {
        for (size_t from = 0; from < count; from += 2 * width) {
            const size_t middle = count - from < width ? count : from + width;
            const size_t end = count - from < 2 * width ? count : from + 2 * width;
            size_t left = from;
            size_t right = middle;
            if (right < end && keys[right - 1].rank <= keys[right].rank) // in order already
                right = end;
            for (size_t i = from; i < end; i++) {
                const bool is_left =
                    right == end || (left < middle && keys[left].rank <= keys[right].rank);
                spare[i] = is_left ? keys[left++] : keys[right++];
            }
        }
        memcpy(keys, spare, count * sizeof *keys);
    }
}

static size_t list_entries(const struct brv_stylesheets *sheets, struct brv_css_entry *entries)
{
    size_t count = 0;
    for (const struct brv_css_rule *rule = sheets->first_rule; rule; rule = rule->next) {
        for (size_t i = 0; i < rule->selectors.count; i++)
            entries[count++] = (struct brv_css_entry){
                .selector = &rule->selectors.items[i],
                .block = rule->block,
                .group = rule->group,
                .order = rule->order + (uint32_t)i,
            };
    }
    return count;
}

static void sort_entries(struct brv_stylesheets *sheets, struct sort_key *keys,
                         struct sort_key *spare)
{
    struct brv_css_entry *unsorted =
        BRV_NEW_ARRAY(sheets->arena, struct brv_css_entry, sheets->entry_count);
    const size_t count = list_entries(sheets, unsorted);
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct sort_key){ normal_rank(&unsorted[i]), i };
    sort_keys(keys, spare, count);
    for (size_t i = 0; i < count; i++)
        sheets->entries[i] = unsorted[keys[i].at];
}

// Those of one layer stay as sorted: only layers are put into another order, of which there are
// few.
static void rank_important(struct brv_stylesheets *sheets, struct sort_key *layers,
                           struct sort_key *spare)
{
    struct brv_css_entry *entries = sheets->entries;
    const size_t count = sheets->entry_count;
    size_t layer_count = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t rank = important_rank(&entries[i]);
        if (i == 0 || layers[layer_count - 1].rank != rank)
            layers[layer_count++] = (struct sort_key){ rank, i };
    }
    sort_keys(layers, spare, layer_count);
    uint32_t next = 0;
    for (size_t i = 0; i < layer_count; i++) {
        size_t at = layers[i].at;
        do
            entries[at++].important_rank = next++;
        while (at < count && important_rank(&entries[at]) == layers[i].rank);
    }
}

static int compare_pages(const void *a, const void *b)
{
    const struct brv_css_page_rule *x = a;
    const struct brv_css_page_rule *y = b;
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    if (x->layer->order != y->layer->order)
        return x->layer->order < y->layer->order ? -1 : 1;
    if (x->specificity != y->specificity)
        return x->specificity < y->specificity ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static struct brv_css_bucket *bucket_at(struct brv_stylesheets *sheets, struct brv_map *map,
                                        brv_str name)
{
    void **slot = brv_map_at(map, name);
    if (!*slot)
        *slot = BRV_NEW(sheets->arena, struct brv_css_bucket);
    return *slot;
}

static bool asks_attribute(const struct brv_css_compound *compound)
{
    for (size_t i = 0; i < compound->count; i++) {
        const struct brv_css_simple *simple = &compound->items[i];
        if (simple->kind == BRV_SIMPLE_ATTRIBUTE && !brv_str_is(simple->attribute->name, "class") &&
            !brv_str_is(simple->attribute->name, "id"))
            return true;
    }
    return false;
}

static void index_entry(struct brv_stylesheets *sheets, uint32_t rank)
{
    const struct brv_css_entry *entry = &sheets->entries[rank];
    const struct brv_css_compound *compound = &entry->selector->compounds[0];
    const struct brv_css_simple *best = NULL;
    for (size_t i = 0; i < compound->count; i++) {
        const struct brv_css_simple *simple = &compound->items[i];
        if (simple->kind == BRV_SIMPLE_UNKNOWN_TYPE)
            return;
        if (simple->kind == BRV_SIMPLE_ID || simple->kind == BRV_SIMPLE_CLASS ||
            simple->kind == BRV_SIMPLE_TYPE)
            best = !best || simple->kind > best->kind ? simple : best;
    }
    struct brv_css_bucket *bucket = &sheets->universal;
    if (best && best->kind == BRV_SIMPLE_ID)
        bucket = bucket_at(sheets, &sheets->by_id, best->name);
    else if (best && best->kind == BRV_SIMPLE_CLASS)
        bucket = bucket_at(sheets, &sheets->by_class, best->name);
    else if (best)
        bucket = &sheets->by_kind[best->element];
    const size_t told = best ? 1 : 0; // by the bucket
    BRV_PUSH(sheets->arena, bucket->items, bucket->count, bucket->capacity) =
        (struct brv_css_candidate){
            .ancestors = entry->selector->ancestors,
            .rank = rank,
            .media = (uint16_t)entry->group->media,
            .pseudo = (uint8_t)entry->selector->pseudo,
            .is_sure = entry->selector->count == 1 && compound->count == told,
            .asks_attribute = asks_attribute(compound),
            .is_of_site = brv_css_selector_is_of_site(entry->selector),
        };
}

void brv_css_index(struct brv_stylesheets *sheets)
{
    sheets->by_id = sheets->by_class = (struct brv_map){ .arena = sheets->arena };
    memset(sheets->by_kind, 0, sizeof sheets->by_kind);
    sheets->universal = (struct brv_css_bucket){ 0 };
    sheets->is_indexed = true;
    for (size_t i = 0; i < BRV_COUNT(sheets->layers); i++)
        number_layers(&sheets->layers[i]);
    const size_t count = sheets->entry_count;
    sheets->entries = BRV_NEW_ARRAY(sheets->arena, struct brv_css_entry, count);
    struct brv_arena_mark mark = brv_arena_mark(sheets->arena);
    struct sort_key *keys = BRV_NEW_ARRAY(sheets->arena, struct sort_key, count);
    struct sort_key *spare = BRV_NEW_ARRAY(sheets->arena, struct sort_key, count);
    sort_entries(sheets, keys, spare);
    rank_important(sheets, keys, spare);
    brv_arena_rewind(sheets->arena, mark);
    for (size_t i = 0; i < count; i++)
        index_entry(sheets, (uint32_t)i);
    if (sheets->page_count > 0)
        qsort(sheets->pages, sheets->page_count, sizeof *sheets->pages, compare_pages);
}

uint32_t brv_css_custom_id(struct brv_stylesheets *sheets, brv_str name)
{
    uint32_t id = 0;
    if (brv_css_custom_find(sheets, name, &id))
        return id;
    // The map keeps number + 1 in place of a pointer, so that zero means absent.
    *brv_map_at(&sheets->custom_ids, name) = (void *)(uintptr_t)(sheets->custom_count + 1);
    BRV_PUSH(sheets->arena, sheets->custom_names, sheets->custom_count, sheets->custom_capacity) =
        name;
    return (uint32_t)sheets->custom_count - 1;
}

bool brv_css_custom_find(const struct brv_stylesheets *sheets, brv_str name, uint32_t *id)
{
    uintptr_t number = (uintptr_t)brv_map_find(&sheets->custom_ids, name);
    if (number == 0)
        return false;
    *id = (uint32_t)(number - 1);
    return true;
}
