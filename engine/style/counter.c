// Brevier — CSS counters and their text.
// SPDX-License-Identifier: MIT
#include "style/counter.h"

#include "style/counter_style.h"

#include "style/styled.h"

struct brv_counter {
    brv_str name;
    int value;
    int level;
    size_t outer; // index of the next counter outwards with this name, plus one
};

static int clamp(int64_t value)
{
    const int64_t limit = 1000000000;
    return (int)(value > limit ? limit : value < -limit ? -limit : value);
}

static struct brv_counter *innermost(const struct brv_counters *counters, brv_str name)
{
    size_t index = (size_t)(uintptr_t)brv_map_find(&counters->tops, name);
    return index ? &counters->items[index - 1] : NULL;
}

static struct brv_counter *innermost_or_new(struct brv_counters *counters, brv_str name, int level)
{
    if (!innermost(counters, name))
        brv_counter_reset(counters, name, 0, level);
    return innermost(counters, name);
}

void brv_counter_reset(struct brv_counters *counters, brv_str name, int value, int level)
{
    counters->tops.arena = counters->arena;
    void **top = brv_map_at(&counters->tops, name);
    size_t index = (size_t)(uintptr_t)*top;
    if (index && counters->items[index - 1].level == level) {
        counters->items[index - 1].value = value; // a sibling's counter ends here
        return;
    }
    BRV_PUSH(counters->arena, counters->items, counters->count, counters->capacity) =
        (struct brv_counter){ .name = name, .value = value, .level = level, .outer = index };
    *top = (void *)(uintptr_t)counters->count;
}

void brv_counter_increment(struct brv_counters *counters, brv_str name, int by, int level)
{
    struct brv_counter *counter = innermost_or_new(counters, name, level);
    counter->value = clamp((int64_t)counter->value + by);
}

void brv_counter_set(struct brv_counters *counters, brv_str name, int value, int level)
{
    innermost_or_new(counters, name, level)->value = value;
}

void brv_counters_leave(struct brv_counters *counters, int level)
{
    while (counters->count > 0 && counters->items[counters->count - 1].level > level) {
        const struct brv_counter *counter = &counters->items[--counters->count];
        *brv_map_at(&counters->tops, counter->name) = (void *)(uintptr_t)counter->outer;
    }
}

int brv_counter_value(const struct brv_counters *counters, brv_str name)
{
    const struct brv_counter *counter = innermost(counters, name);
    return counter ? counter->value : 0;
}

brv_str brv_counters_text(const struct brv_counters *counters, const struct brv_list_marker *marker,
                          int value)
{
    return marker->counter_style
               ? brv_counter_style_text(
                     counters->arena, marker->counter_style, counters->media, value)
               : brv_counter_text(counters->arena, marker, value);
}

void brv_counter_values(const struct brv_counters *counters, brv_str name,
                        const struct brv_list_marker *marker, brv_str separator,
                        struct brv_buf *out)
{
    enum { MAX_LEVELS = 100 };
    size_t indices[MAX_LEVELS];
    size_t count = 0;
    size_t index = (size_t)(uintptr_t)brv_map_find(&counters->tops, name);
    for (; index && count < MAX_LEVELS; index = counters->items[index - 1].outer)
        indices[count++] = index - 1;
    if (count == 0)
        brv_buf_add_str(out, brv_counters_text(counters, marker, 0));
    for (size_t i = count; i > 0; i--) {
        if (i < count)
            brv_buf_add_str(out, separator);
        brv_buf_add_str(out,
                        brv_counters_text(counters, marker, counters->items[indices[i - 1]].value));
    }
}

// ---- numbers in list styles

static brv_str roman(struct brv_arena *arena, int value, bool is_upper)
{
    static const struct {
        int value;
        const char *lower;
        const char *upper;
    } digits[] = {
        { 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" }, { 400, "cd", "CD" },
        { 100, "c", "C" },  { 90, "xc", "XC" },  { 50, "l", "L" },  { 40, "xl", "XL" },
        { 10, "x", "X" },   { 9, "ix", "IX" },   { 5, "v", "V" },   { 4, "iv", "IV" },
        { 1, "i", "I" },
    };
    char text[16] = "";
    size_t len = 0;
    for (size_t i = 0; i < BRV_COUNT(digits); i++) {
        for (; value >= digits[i].value; value -= digits[i].value) {
            const char *digit = is_upper ? digits[i].upper : digits[i].lower;
            for (; *digit; digit++)
                text[len++] = *digit;
        }
    }
    return brv_arena_str(arena, (brv_str){ text, len });
}

// a … z, aa, ab …
static brv_str alphabetic(struct brv_arena *arena, int value, char first)
{
    char text[16];
    size_t at = sizeof text;
    for (; value > 0; value = (value - 1) / 26)
        text[--at] = (char)(first + (value - 1) % 26);
    return brv_arena_str(arena, (brv_str){ text + at, sizeof text - at });
}

brv_str brv_counter_text(struct brv_arena *arena, const struct brv_list_marker *marker, int value)
{
    switch (marker->style) {
    case BRV_LIST_NONE:
        return (brv_str){ 0 };
    case BRV_LIST_DISC:
        return BRV_S("•");
    case BRV_LIST_CIRCLE:
        return BRV_S("◦");
    case BRV_LIST_SQUARE:
        return BRV_S("▪");
    case BRV_LIST_STRING:
        return marker->string;
    case BRV_LIST_DECIMAL_LEADING_ZERO:
        if (value >= 0 && value < 10)
            return brv_arena_printf(arena, "0%d", value);
        if (value < 0 && value > -10)
            return brv_arena_printf(arena, "-0%d", -value);
        break;
    case BRV_LIST_LOWER_ALPHA:
    case BRV_LIST_UPPER_ALPHA:
        if (value > 0)
            return alphabetic(arena, value, marker->style == BRV_LIST_LOWER_ALPHA ? 'a' : 'A');
        break;
    case BRV_LIST_LOWER_ROMAN:
    case BRV_LIST_UPPER_ROMAN:
        if (value > 0 && value < 4000)
            return roman(arena, value, marker->style == BRV_LIST_UPPER_ROMAN);
        break;
    case BRV_LIST_DECIMAL:
        break;
    }
    return brv_arena_printf(arena, "%d", value);
}
