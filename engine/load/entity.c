// Brevier — decoding character references.
// SPDX-License-Identifier: MIT
#include "load/entity.h"

#include "base/macros.h"

struct entity {
    brv_str name;
    uint32_t codepoint;
};

static const struct entity entities[] = {
#define ENTITY(text, value) { .name = BRV_S_INIT(text), .codepoint = value },
#include "load/entities.def"
#undef ENTITY
};

static bool find_named(brv_str name, uint32_t *codepoint)
{
    size_t low = 0;
    size_t high = BRV_COUNT(entities);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = brv_str_compare(name, entities[middle].name);
        if (order == 0) {
            *codepoint = entities[middle].codepoint;
            return true;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

static int digit_value(char c)
{
    char small = brv_to_lower(c);
    return brv_is_digit(c) ? c - '0' : small >= 'a' && small <= 'f' ? small - 'a' + 10 : 16;
}

// The number stops growing where it could overflow: what is that large is no code point anyway.
static bool parse_number(brv_str text, size_t from, size_t to, int base, uint32_t *codepoint)
{
    uint32_t value = 0;
    for (size_t i = from; i < to; i++) {
        int digit = digit_value(text.ptr[i]);
        if (digit >= base) {
            return false;
        }
        if (value <= UINT32_MAX / 32) {
            value = value * (uint32_t)base + (uint32_t)digit;
        }
    }
    *codepoint = value;
    return to > from;
}

bool brv_entity_decode(brv_str reference, uint32_t *codepoint)
{
    if (reference.len < 3 || reference.ptr[0] != '&' || reference.ptr[reference.len - 1] != ';') {
        return false;
    }
    size_t end = reference.len - 1;
    if (reference.ptr[1] != '#') {
        return find_named(brv_str_slice(reference, 1, end), codepoint);
    }
    bool is_hex = brv_to_lower(reference.ptr[2]) == 'x';
    return parse_number(reference, is_hex ? 3 : 2, end, is_hex ? 16 : 10, codepoint);
}
