// Brevier — interning styles: equal styles are one pointer.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

#include <stddef.h>

// The style comes first, so that a pointer to it is a pointer to this.
struct interned {
    struct brv_style style;
    struct brv_cascade *owner;
    uint64_t hash;
    struct interned *next;
};

struct brv_interner {
    struct brv_arena *arena;
    struct brv_cascade *owner;
    struct interned **slots;
    size_t slot_count; // a power of two
    size_t count;
};

static uint64_t hash_style(const struct brv_style *style)
{
    uint64_t hash = 0;
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        hash = property->type->hash(brv_css_field(style, property), hash);
    }
    return hash;
}

static void grow(struct brv_interner *interner)
{
    size_t slot_count = interner->slot_count ? interner->slot_count * 2 : 64;
    struct interned **slots = BRV_NEW_ARRAY(interner->arena, struct interned *, slot_count);
    for (size_t i = 0; i < interner->slot_count; i++) {
        struct interned *next = NULL;
        for (struct interned *e = interner->slots[i]; e; e = next) {
            next = e->next;
            struct interned **slot = &slots[e->hash & (slot_count - 1)];
            e->next = *slot;
            *slot = e;
        }
    }
    interner->slots = slots;
    interner->slot_count = slot_count;
}

// Mostly they are the same to the byte, in front of the serial number, which is the last field.
bool brv_style_equal(const struct brv_style *a, const struct brv_style *b)
{
    if (memcmp(a, b, offsetof(struct brv_style, serial)) == 0)
        return true;
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        if (!property->type->equal(brv_css_field(a, property), brv_css_field(b, property)))
            return false;
    }
    return true;
}

struct brv_interner *brv_interner_new(struct brv_arena *arena, struct brv_cascade *owner)
{
    struct brv_interner *interner = BRV_NEW(arena, struct brv_interner);
    interner->arena = arena;
    interner->owner = owner;
    grow(interner);
    return interner;
}

const struct brv_style *brv_intern(struct brv_interner *interner, const struct brv_style *style)
{
    uint64_t hash = hash_style(style);
    for (struct interned *e = interner->slots[hash & (interner->slot_count - 1)]; e; e = e->next) {
        if (e->hash == hash && brv_style_equal(&e->style, style))
            return &e->style;
    }
    if (interner->count == interner->slot_count)
        grow(interner);
    struct interned *entry = BRV_NEW(interner->arena, struct interned);
    entry->style = *style;
    entry->style.serial = (uint32_t)interner->count++;
    entry->owner = interner->owner;
    entry->hash = hash;
    struct interned **slot = &interner->slots[hash & (interner->slot_count - 1)];
    entry->next = *slot;
    *slot = entry;
    return &entry->style;
}

size_t brv_interner_count(const struct brv_interner *interner)
{
    return interner->count;
}

struct brv_cascade *brv_cascade_of(const struct brv_style *style)
{
    return ((const struct interned *)style)->owner;
}
