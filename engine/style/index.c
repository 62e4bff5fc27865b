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

// Cascade order of normal declarations: origin, layer, specificity, appearance.
static int compare_entries(const void *a, const void *b)
{
    const struct brv_css_entry *x = a;
    const struct brv_css_entry *y = b;
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    if (x->layer->order != y->layer->order)
        return x->layer->order < y->layer->order ? -1 : 1;
    if (x->selector->specificity != y->selector->specificity)
        return x->selector->specificity < y->selector->specificity ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

// Of important ones: the layers reversed, and built-in above author; --set stays on top.
static int compare_important(const void *a, const void *b)
{
    static const int precedence[] = {
        [BRV_ORIGIN_AUTHOR] = 0,
        [BRV_ORIGIN_BUILTIN] = 1,
        [BRV_ORIGIN_OVERRIDE] = 2,
    };
    const struct brv_css_entry *x = *(const struct brv_css_entry *const *)a;
    const struct brv_css_entry *y = *(const struct brv_css_entry *const *)b;
    if (x->origin != y->origin)
        return precedence[x->origin] < precedence[y->origin] ? -1 : 1;
    if (x->layer->order != y->layer->order)
        return x->layer->order > y->layer->order ? -1 : 1;
    return x < y ? -1 : x > y; // specificity and appearance as sorted
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
    size_t count = sheets->entry_count;
    if (count > 0)
        qsort(sheets->entries, count, sizeof *sheets->entries, compare_entries);
    struct brv_css_entry **important = BRV_NEW_ARRAY(sheets->arena, struct brv_css_entry *, count);
    for (size_t i = 0; i < count; i++) {
        important[i] = &sheets->entries[i];
        index_entry(sheets, (uint32_t)i);
    }
    if (count > 0)
        qsort(important, count, sizeof(const void *), compare_important);
    for (size_t i = 0; i < count; i++)
        important[i]->important_rank = (uint32_t)i;
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
