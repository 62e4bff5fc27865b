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

// What decides between two entries, from the strongest to the weakest, in one number; then the
// order.
struct sort_key {
    uint64_t rank;
    uint32_t order;
    uint32_t at; // of the entry
};

static uint64_t rank_from(unsigned origin, uint32_t layer, uint32_t specificity)
{
    return (uint64_t)origin << 62 | (uint64_t)layer << 32 | specificity;
}

static int compare_keys(const void *a, const void *b)
{
    const struct sort_key *x = a;
    const struct sort_key *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

// Cascade order of normal declarations: origin, layer, specificity, appearance.
static struct sort_key normal_key(const struct brv_css_entry *entry, uint32_t at)
{
    return (struct sort_key){
        .rank = rank_from(entry->origin, entry->layer->order, entry->selector->specificity),
        .order = entry->order,
        .at = at,
    };
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
    return rank_from(precedence[entry->origin], LAYERS - 1 - entry->layer->order, 0);
}

static void sort_entries(struct brv_stylesheets *sheets, struct sort_key *keys)
{
    size_t count = sheets->entry_count;
    struct brv_css_entry *unsorted = BRV_NEW_ARRAY(sheets->arena, struct brv_css_entry, count);
    memcpy(unsorted, sheets->entries, count * sizeof *unsorted);
    for (size_t i = 0; i < count; i++)
        keys[i] = normal_key(&unsorted[i], (uint32_t)i);
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++)
        sheets->entries[i] = unsorted[keys[i].at];
}

// Those of one layer stay as sorted: only layers are put into another order, of which there are
// few.
static void rank_important(struct brv_stylesheets *sheets, struct sort_key *layers)
{
    struct brv_css_entry *entries = sheets->entries;
    size_t layer_count = 0;
    for (size_t i = 0; i < sheets->entry_count; i++) {
        uint64_t rank = important_rank(&entries[i]);
        if (i == 0 || layers[layer_count - 1].rank != rank)
            layers[layer_count++] = (struct sort_key){ .rank = rank, .at = (uint32_t)i };
    }
    qsort(layers, layer_count, sizeof *layers, compare_keys);
    uint32_t next = 0;
    for (size_t i = 0; i < layer_count; i++)
        for (size_t at = layers[i].at;
             at < sheets->entry_count && important_rank(&entries[at]) == layers[i].rank;
             at++)
            entries[at].important_rank = next++;
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

static void put(struct brv_stylesheets *sheets, struct brv_css_bucket *bucket, uint32_t rank)
{
    BRV_PUSH(sheets->arena, bucket->ranks, bucket->count, bucket->capacity) = rank;
}

static void put_named(struct brv_stylesheets *sheets, struct brv_map *map, brv_str name,
                      uint32_t rank)
{
    void **slot = brv_map_at(map, name);
    if (!*slot)
        *slot = BRV_NEW(sheets->arena, struct brv_css_bucket);
    put(sheets, *slot, rank);
}

static void index_entry(struct brv_stylesheets *sheets, uint32_t rank)
{
    const struct brv_css_compound *compound = &sheets->entries[rank].selector->compounds[0];
    const struct brv_css_simple *best = NULL;
    for (size_t i = 0; i < compound->count; i++) {
        const struct brv_css_simple *simple = &compound->items[i];
        if (simple->kind == BRV_SIMPLE_UNKNOWN_TYPE)
            return;
        if (simple->kind == BRV_SIMPLE_ID || simple->kind == BRV_SIMPLE_CLASS ||
            simple->kind == BRV_SIMPLE_TYPE)
            best = !best || simple->kind > best->kind ? simple : best;
    }
    if (!best)
        put(sheets, &sheets->universal, rank);
    else if (best->kind == BRV_SIMPLE_ID)
        put_named(sheets, &sheets->by_id, best->name, rank);
    else if (best->kind == BRV_SIMPLE_CLASS)
        put_named(sheets, &sheets->by_class, best->name, rank);
    else
        put(sheets, &sheets->by_kind[best->element], rank);
}

void brv_css_index(struct brv_stylesheets *sheets)
{
    for (size_t i = 0; i < BRV_COUNT(sheets->layers); i++)
        number_layers(&sheets->layers[i]);
    struct brv_arena_mark mark = brv_arena_mark(sheets->arena);
    struct sort_key *keys = BRV_NEW_ARRAY(sheets->arena, struct sort_key, sheets->entry_count);
    if (sheets->entry_count > 0) {
        sort_entries(sheets, keys);
        rank_important(sheets, keys);
    }
    brv_arena_rewind(sheets->arena, mark);
    for (size_t i = 0; i < sheets->entry_count; i++)
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
