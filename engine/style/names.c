// Brevier — finding properties and shorthands by their names.
// A sheet has hundreds of names to find: a set of sheets has a small hash table of all of them,
// chained by number. Nobody but the tables of this program chooses the keys.
// SPDX-License-Identifier: MIT
#include "style/sheet.h"

static brv_str name_of(size_t number)
{
    return number < BRV_PROP_COUNT ? brv_css_property((enum brv_css_property_id)number)->name
                                   : brv_css_shorthand(number - BRV_PROP_COUNT)->name;
}

// The ends of names tell more than what is between them. Case is folded as ASCII letters need it.
static size_t hash_name(brv_str name)
{
    const unsigned first = (unsigned char)name.ptr[0] | 0x20u;
    const unsigned middle = (unsigned char)name.ptr[name.len / 2] | 0x20u;
    const unsigned last = (unsigned char)name.ptr[name.len - 1] | 0x20u;
    return (first * 5 + middle * 3 + last * 17 + name.len * 7) % BRV_CSS_NAME_SLOTS;
}

void brv_css_names_init(struct brv_css_names *names)
{
    const size_t count = BRV_PROP_COUNT + brv_css_shorthand_count();
    for (size_t number = 0; number < count; number++) {
        uint8_t *slot = &names->slots[hash_name(name_of(number))];
        names->next[number] = *slot;
        *slot = (uint8_t)(number + 1);
    }
}

void brv_css_names_find(const struct brv_css_names *names, brv_str name,
                        const struct brv_css_property **property,
                        const struct brv_css_shorthand **shorthand)
{
    *property = NULL;
    *shorthand = NULL;
    size_t at = name.len > 0 ? names->slots[hash_name(name)] : 0; // number + 1
    while (at > 0 && !brv_str_equal_nocase(name_of(at - 1), name))
        at = names->next[at - 1];
    if (at > BRV_PROP_COUNT)
        *shorthand = brv_css_shorthand(at - 1 - BRV_PROP_COUNT);
    else if (at > 0)
        *property = brv_css_property((enum brv_css_property_id)(at - 1));
}
