// Brevier — numbers in counter styles of the sheet's own (CSS Counter Styles 3, chapter 2).
// What a style cannot say its fallback says, in the end decimal. Chains of fallbacks and of styles
// that extend each other are followed so far only, which also ends cycles.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "style/counter_style.h"

#include <limits.h>

enum { MAX_CHAIN = 16, MAX_REPEATED = 60, MAX_DIGITS = 34 };

// A definition with what it takes from the one it extends; built-in styles are the end of that.
struct resolved {
    struct brv_counter_definition definition;
    enum brv_list_style built_in; // NONE: the definition says it
};

static struct resolved resolve_built_in(enum brv_list_style style)
{
    const bool is_bullet =
        style == BRV_LIST_DISC || style == BRV_LIST_CIRCLE || style == BRV_LIST_SQUARE;
    return (struct resolved){
        .definition = { .suffix = is_bullet ? BRV_S(" ") : BRV_S(". "),
                        .negative = { BRV_S("-"), { 0 } },
                        .fallback = { NULL, BRV_LIST_DECIMAL } },
        .built_in = style == BRV_LIST_NONE ? BRV_LIST_DECIMAL : style,
    };
}

static struct resolved resolve(struct brv_counter_reference reference, enum brv_media media)
{
    const struct brv_counter_definition *chain[MAX_CHAIN];
    size_t count = 0;
    while (reference.style && count < MAX_CHAIN && reference.style->definitions[media]) {
        chain[count] = reference.style->definitions[media];
        if (chain[count]->system != BRV_SYSTEM_EXTENDS)
            break;
        reference = chain[count++]->base;
    }
    const bool has_end =
        reference.style && count < MAX_CHAIN && reference.style->definitions[media];
    struct resolved resolved =
        resolve_built_in(reference.style ? BRV_LIST_DECIMAL : reference.built_in);
    if (has_end)
        resolved = (struct resolved){ .definition = *chain[count] }; // NOLINT: set where it ends
    while (count-- > 0) {
        const struct brv_counter_definition *own = chain[count];
        struct brv_counter_definition *all = &resolved.definition;
        if (own->has & BRV_COUNTER_HAS_PREFIX)
            all->prefix = own->prefix;
        if (own->has & BRV_COUNTER_HAS_SUFFIX)
            all->suffix = own->suffix;
        if (own->has & BRV_COUNTER_HAS_NEGATIVE)
            memcpy(all->negative, own->negative, sizeof all->negative);
        if (own->has & BRV_COUNTER_HAS_PAD) {
            all->pad = own->pad;
            all->pad_length = own->pad_length;
        }
        if (own->has & BRV_COUNTER_HAS_RANGE) {
            all->ranges = own->ranges;
            all->range_count = own->range_count;
        }
        if (own->has & BRV_COUNTER_HAS_FALLBACK)
            all->fallback = own->fallback;
    }
    return resolved;
}

// ---- the systems; each says false for a number that it cannot write

static bool add_repeated(struct brv_buf *text, brv_str symbol, int64_t times)
{
    for (int64_t i = 0; i < times; i++)
        brv_buf_add_str(text, symbol);
    return true;
}

// Digits of a positional system, least significant last; alphabetic ones have no zero.
static bool add_positional(struct brv_buf *text, const struct brv_counter_definition *style,
                           int64_t value)
{
    const int64_t base = (int64_t)style->symbol_count;
    const int64_t shift = style->system == BRV_SYSTEM_ALPHABETIC;
    size_t digits[MAX_DIGITS];
    size_t count = 0;
    if (value < shift)
        return false;
    do {
        digits[count++] = (size_t)((value - shift) % base);
        value = (value - shift) / base;
    } while (value > 0 && count < MAX_DIGITS);
    while (count > 0)
        brv_buf_add_str(text, style->symbols[digits[--count]]);
    return true;
}

static bool add_additive(struct brv_buf *text, const struct brv_counter_definition *style,
                         int64_t value)
{
    int64_t symbols = 0;
    const bool is_zero = value == 0;
    for (size_t i = 0; i < style->weight_count && (value > 0 || is_zero); i++) {
        const struct brv_counter_weight *weight = &style->weights[i];
        if (weight->value == 0) {
            brv_buf_add_str(text, is_zero ? weight->symbol : (brv_str){ 0 });
            return is_zero;
        }
        int64_t times = value / weight->value;
        if ((symbols += times) > MAX_REPEATED)
            return false;
        add_repeated(text, weight->symbol, times);
        value -= times * weight->value;
    }
    return value == 0 && !is_zero;
}

static bool add_built_in(struct brv_arena *arena, struct brv_buf *text, enum brv_list_style style,
                         int64_t value)
{
    const struct brv_list_marker marker = { .style = style };
    if (value > INT32_MAX)
        return false;
    brv_buf_add_str(text, brv_counter_text(arena, &marker, (int)value));
    return true;
}

static bool add_number(struct brv_arena *arena, struct brv_buf *text,
                       const struct resolved *resolved, int64_t value)
{
    const struct brv_counter_definition *style = &resolved->definition;
    const int64_t count = (int64_t)style->symbol_count;
    if (resolved->built_in != BRV_LIST_NONE)
        return add_built_in(arena, text, resolved->built_in, value);
    switch (style->system) {
    case BRV_SYSTEM_CYCLIC:
        return add_repeated(text, style->symbols[((value - 1) % count + count) % count], 1);
    case BRV_SYSTEM_FIXED:
        value -= style->first;
        return value >= 0 && value < count && add_repeated(text, style->symbols[value], 1);
    case BRV_SYSTEM_SYMBOLIC:
        return value > 0 && (value - 1) / count < MAX_REPEATED &&
               add_repeated(text, style->symbols[(value - 1) % count], (value - 1) / count + 1);
    case BRV_SYSTEM_ALPHABETIC:
    case BRV_SYSTEM_NUMERIC:
        return add_positional(text, style, value);
    case BRV_SYSTEM_ADDITIVE:
        return add_additive(text, style, value);
    case BRV_SYSTEM_EXTENDS: // resolved
        break;
    }
    return false;
}

// ---- around them

// Whether the sign is put before the number; where it is not, all numbers are of one kind.
static bool has_sign(const struct resolved *resolved)
{
    if (resolved->built_in != BRV_LIST_NONE)
        return resolved->built_in > BRV_LIST_SQUARE;
    return resolved->definition.system != BRV_SYSTEM_CYCLIC &&
           resolved->definition.system != BRV_SYSTEM_FIXED;
}

// The numbers that a system is for when the style does not say.
static struct brv_counter_range usual_range(const struct resolved *resolved)
{
    const enum brv_counter_system system = resolved->definition.system;
    switch (resolved->built_in) {
    case BRV_LIST_LOWER_ALPHA:
    case BRV_LIST_UPPER_ALPHA:
        return (struct brv_counter_range){ 1, INT_MAX };
    case BRV_LIST_LOWER_ROMAN:
    case BRV_LIST_UPPER_ROMAN:
        return (struct brv_counter_range){ 1, 3999 };
    case BRV_LIST_NONE:
        break;
    case BRV_LIST_DISC:
    case BRV_LIST_CIRCLE:
    case BRV_LIST_SQUARE:
    case BRV_LIST_DECIMAL:
    case BRV_LIST_DECIMAL_LEADING_ZERO:
    case BRV_LIST_STRING:
        return (struct brv_counter_range){ INT_MIN, INT_MAX };
    }
    const bool is_positive = system == BRV_SYSTEM_ALPHABETIC || system == BRV_SYSTEM_SYMBOLIC;
    return (struct brv_counter_range){
        is_positive                     ? 1
        : system == BRV_SYSTEM_ADDITIVE ? 0
                                        : INT_MIN,
        INT_MAX,
    };
}

static bool is_in_range(const struct resolved *resolved, int value)
{
    const struct brv_counter_range usual = usual_range(resolved);
    const bool is_usual = resolved->definition.range_count == 0;
    const struct brv_counter_range *ranges = is_usual ? &usual : resolved->definition.ranges;
    const size_t count = is_usual ? 1 : resolved->definition.range_count;
    for (size_t i = 0; i < count; i++) {
        if (value >= ranges[i].least && value <= ranges[i].most)
            return true;
    }
    return false;
}

static bool write_number(struct brv_arena *arena, const struct resolved *resolved, int value,
                         brv_str *text)
{
    const struct brv_counter_definition *style = &resolved->definition;
    const bool is_negative = value < 0 && has_sign(resolved);
    struct brv_buf *number = brv_buf_new_in(arena);
    if (!is_in_range(resolved, value) ||
        !add_number(arena, number, resolved, is_negative ? -(int64_t)value : value))
        return false;
    size_t length = brv_utf8_length(brv_buf_str(number));
    if (is_negative)
        length += brv_utf8_length(style->negative[0]) + brv_utf8_length(style->negative[1]);
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_buf_add_str(out, is_negative ? style->negative[0] : (brv_str){ 0 });
    for (; length < style->pad_length; length++)
        brv_buf_add_str(out, style->pad);
    brv_buf_add_str(out, brv_buf_str(number));
    brv_buf_add_str(out, is_negative ? style->negative[1] : (brv_str){ 0 });
    *text = brv_buf_str(out);
    return true;
}

static brv_str number_text(struct brv_arena *arena, struct resolved resolved, enum brv_media media,
                           int value)
{
    brv_str text;
    for (int i = 0; i < MAX_CHAIN; i++) {
        if (write_number(arena, &resolved, value, &text))
            return text;
        resolved = resolve(resolved.definition.fallback, media);
    }
    return brv_arena_printf(arena, "%d", value);
}

brv_str brv_counter_style_text(struct brv_arena *arena, const struct brv_counter_style *style,
                               enum brv_media media, int value)
{
    const struct brv_counter_reference reference = { style, BRV_LIST_DECIMAL };
    return number_text(arena, resolve(reference, media), media, value);
}

brv_str brv_counter_style_marker(struct brv_arena *arena, const struct brv_counter_style *style,
                                 enum brv_media media, int value)
{
    const struct brv_counter_reference reference = { style, BRV_LIST_DECIMAL };
    const struct resolved resolved = resolve(reference, media);
    return brv_arena_printf(arena,
                            "%" BRV_STR_F "%" BRV_STR_F "%" BRV_STR_F,
                            BRV_STR_ARG(resolved.definition.prefix),
                            BRV_STR_ARG(number_text(arena, resolved, media, value)),
                            BRV_STR_ARG(resolved.definition.suffix));
}
