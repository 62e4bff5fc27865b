// Brevier — reading @counter-style.
// SPDX-License-Identifier: MIT
#include "style/counter_style.h"

#include <limits.h>
#include <stdlib.h>

enum { MAX_PAD = 100, MAX_RANGES = 100, MAX_WEIGHTS = 1000 };

struct reading {
    const struct brv_css_reading *css;
    struct brv_css_context context;
    struct brv_counter_definition definition;
    size_t least; // symbols that the system needs
};

static bool is_symbol(const struct brv_css_token *token)
{
    return token && (token->kind == BRV_CSS_STRING || token->kind == BRV_CSS_IDENT);
}

static bool read_integer(const struct brv_css_token *token, int *value)
{
    if (!token || token->kind != BRV_CSS_NUMBER || !(token->flags & BRV_CSS_IS_INTEGER) ||
        token->number < -1e9 || token->number > 1e9)
        return false;
    *value = (int)token->number;
    return true;
}

// The values of a range that stand apart by spaces: at most `limit`; more than that are too many.
static size_t split(struct brv_css_range range, const struct brv_css_token *parts[], size_t limit)
{
    size_t count = 0;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (count == limit)
            return limit + 1;
        parts[count++] = t;
    }
    return count;
}

// ---- descriptors

static bool read_reference(struct reading *reading, const struct brv_css_token *token,
                           struct brv_counter_reference *reference)
{
    *reference = (struct brv_counter_reference){ NULL, BRV_LIST_DECIMAL };
    if (token->kind != BRV_CSS_IDENT || brv_css_is_ident(token, "none"))
        return false;
    if (brv_css_list_style_from_name(token->text, &reference->built_in))
        return true;
    reference->style = brv_counter_style_read(&reading->context, token);
    return reference->style != NULL;
}

// fixed <integer>? | extends <name> | the name of another system
static bool read_system(struct reading *reading, struct brv_css_range range)
{
    struct brv_counter_definition *definition = &reading->definition;
    const struct brv_css_token *parts[2];
    size_t count = split(range, parts, 2);
    if (count == 0 || count > 2 ||
        !brv_counter_system_read(parts[0], &definition->system, &reading->least))
        return false;
    if (definition->system == BRV_SYSTEM_EXTENDS)
        return count == 2 && read_reference(reading, parts[1], &definition->base);
    return count == 1 ||
           (definition->system == BRV_SYSTEM_FIXED && read_integer(parts[1], &definition->first));
}

static bool read_symbols(struct reading *reading, struct brv_css_range range)
{
    return brv_counter_symbols_read(reading->css->sheets->arena, range, true, &reading->definition);
}

// [<integer> && <symbol>]#, the largest number first
static bool read_weights(struct reading *reading, struct brv_css_range range)
{
    struct brv_counter_definition *definition = &reading->definition;
    size_t capacity = 0;
    struct brv_css_range item;
    definition->weights = NULL;
    definition->weight_count = 0;
    while (brv_css_next_item(&range, &item)) {
        const struct brv_css_token *parts[2];
        struct brv_counter_weight weight = { 0 };
        if (split(item, parts, 2) != 2)
            return false;
        const size_t symbol = is_symbol(parts[0]) ? 0 : 1;
        if (!is_symbol(parts[symbol]) || !read_integer(parts[1 - symbol], &weight.value) ||
            weight.value < 0 || definition->weight_count == MAX_WEIGHTS)
            return false;
        if (definition->weight_count > 0 &&
            definition->weights[definition->weight_count - 1].value <= weight.value)
            return false;
        weight.symbol = parts[symbol]->text;
        BRV_PUSH(
            reading->css->sheets->arena, definition->weights, definition->weight_count, capacity) =
            weight;
    }
    return definition->weight_count > 0;
}

static bool read_string(struct brv_css_range range, brv_str *text)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!is_symbol(token))
        return false;
    *text = token->text;
    return true;
}

static bool read_prefix(struct reading *reading, struct brv_css_range range)
{
    reading->definition.has |= BRV_COUNTER_HAS_PREFIX;
    return read_string(range, &reading->definition.prefix);
}

static bool read_suffix(struct reading *reading, struct brv_css_range range)
{
    reading->definition.has |= BRV_COUNTER_HAS_SUFFIX;
    return read_string(range, &reading->definition.suffix);
}

// <symbol> <symbol>?
static bool read_negative(struct reading *reading, struct brv_css_range range)
{
    const struct brv_css_token *parts[2];
    size_t count = split(range, parts, 2);
    if (count == 0 || count > 2 || !is_symbol(parts[0]) || !is_symbol(parts[count - 1]))
        return false;
    reading->definition.has |= BRV_COUNTER_HAS_NEGATIVE;
    reading->definition.negative[0] = parts[0]->text;
    reading->definition.negative[1] = count == 2 ? parts[1]->text : (brv_str){ 0 };
    return true;
}

// <integer> && <symbol>
static bool read_pad(struct reading *reading, struct brv_css_range range)
{
    const struct brv_css_token *parts[2];
    int length = 0;
    if (split(range, parts, 2) != 2)
        return false;
    const size_t symbol = is_symbol(parts[0]) ? 0 : 1;
    if (!is_symbol(parts[symbol]) || !read_integer(parts[1 - symbol], &length) || length < 0 ||
        length > MAX_PAD)
        return false;
    reading->definition.has |= BRV_COUNTER_HAS_PAD;
    reading->definition.pad = parts[symbol]->text;
    reading->definition.pad_length = (size_t)length;
    return true;
}

static bool read_bound(const struct brv_css_token *token, int infinite, int *value)
{
    *value = infinite;
    return brv_css_is_ident(token, "infinite") || read_integer(token, value);
}

// auto | [[<integer> | infinite]{2}]#
static bool read_range(struct reading *reading, struct brv_css_range range)
{
    struct brv_counter_definition *definition = &reading->definition;
    const struct brv_css_token *only = brv_css_only(range);
    struct brv_css_range item;
    size_t capacity = 0;
    definition->has |= BRV_COUNTER_HAS_RANGE;
    definition->ranges = NULL;
    definition->range_count = 0;
    if (only && brv_css_is_ident(only, "auto"))
        return true;
    while (brv_css_next_item(&range, &item)) {
        const struct brv_css_token *parts[2];
        struct brv_counter_range bounds;
        if (split(item, parts, 2) != 2 || definition->range_count == MAX_RANGES ||
            !read_bound(parts[0], INT_MIN, &bounds.least) ||
            !read_bound(parts[1], INT_MAX, &bounds.most) || bounds.least > bounds.most)
            return false;
        BRV_PUSH(
            reading->css->sheets->arena, definition->ranges, definition->range_count, capacity) =
            bounds;
    }
    return definition->range_count > 0;
}

static bool read_fallback(struct reading *reading, struct brv_css_range range)
{
    const struct brv_css_token *token = brv_css_only(range);
    reading->definition.has |= BRV_COUNTER_HAS_FALLBACK;
    return token && read_reference(reading, token, &reading->definition.fallback);
}

static const struct {
    const char *name;
    bool (*read)(struct reading *reading, struct brv_css_range range);
    const char *expected;
} descriptors[] = {
    { "system",
      read_system,
      "cyclic, numeric, alphabetic, symbolic, additive, fixed with a number or extends with a "
      "name" },
    { "symbols", read_symbols, "strings or words" },
    { "additive-symbols", read_weights, "numbers with symbols, the largest first" },
    { "prefix", read_prefix, "a string or word" },
    { "suffix", read_suffix, "a string or word" },
    { "negative", read_negative, "one or two strings or words" },
    { "pad", read_pad, "a length up to 100 and a string or word" },
    { "range", read_range, "auto or pairs of numbers, the smaller first" },
    { "fallback", read_fallback, "the name of a counter style" },
};

static void read_descriptor(struct reading *reading, const struct brv_css_item *item)
{
    struct brv_span span = brv_css_span_of(reading->css->source, brv_css_trim(item->all));
    const char *names[BRV_COUNT(descriptors)];
    if (item->kind != BRV_CSS_DECLARATION) {
        (void)brv_report(reading->css->sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         span,
                         "expected a descriptor like \"system: cyclic;\"");
        return;
    }
    for (size_t i = 0; i < BRV_COUNT(descriptors); i++) {
        names[i] = descriptors[i].name;
        if (!brv_css_is_ident(item->name, names[i]))
            continue;
        if (!descriptors[i].read(reading, brv_css_trim(item->prelude)))
            (void)brv_report(reading->css->sink,
                             BRV_WARNING,
                             BRV_CODE_STYLE,
                             span,
                             "\"%s\" of a counter style needs %s",
                             names[i],
                             descriptors[i].expected);
        return;
    }
    struct brv_diag *diag = brv_report(reading->css->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_css_span(reading->css->source, item->name),
                                       "unknown descriptor \"%" BRV_STR_F "\" of a counter style",
                                       BRV_STR_ARG(item->name->text));
    brv_diag_hint_nearest(
        reading->css->sink, diag, item->name->text, names, BRV_COUNT(descriptors));
}

// ---- the rule

// A definition without symbols is none: it counts in decimal, as one that was never made.
static bool has_symbols(struct reading *reading, const struct brv_css_token *name)
{
    const struct brv_counter_definition *definition = &reading->definition;
    const bool is_additive = definition->system == BRV_SYSTEM_ADDITIVE;
    if ((is_additive ? definition->weight_count : definition->symbol_count) >= reading->least)
        return true;
    (void)brv_report(reading->css->sink,
                     BRV_WARNING,
                     BRV_CODE_STYLE,
                     brv_css_span(reading->css->source, name),
                     "\"%" BRV_STR_F "\" needs %s, so it counts in decimal",
                     BRV_STR_ARG(name->text),
                     is_additive          ? "additive-symbols"
                     : reading->least > 1 ? "two symbols or more"
                                          : "symbols");
    return false;
}

void brv_counter_style_define(const struct brv_css_reading *css, const struct brv_css_item *item,
                              unsigned media)
{
    struct brv_arena *arena = css->sheets->arena;
    const struct brv_css_token *name = brv_css_only(brv_css_trim(item->prelude));
    enum brv_list_style built_in;
    if (!name || name->kind != BRV_CSS_IDENT ||
        brv_css_list_style_from_name(name->text, &built_in)) {
        (void)brv_report(css->sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_span(css->source, name ? name : item->name),
                         "expected a name for the counter style that is not built in");
        return;
    }
    struct reading reading = {
        .css = css,
        .context = { .arena = arena,
                     .sheets = css->sheets,
                     .source = css->source,
                     .sink = css->sink },
        .definition = { .system = BRV_SYSTEM_SYMBOLIC,
                        .first = 1,
                        .suffix = brv_arena_str(arena, BRV_S(". ")),
                        .negative = { brv_arena_str(arena, BRV_S("-")), { 0 } },
                        .fallback = { NULL, BRV_LIST_DECIMAL } },
        .least = 1,
    };
    struct brv_css_range range = brv_css_inside(item->block);
    struct brv_css_item descriptor;
    while (brv_css_next_declaration(&range, &descriptor))
        read_descriptor(&reading, &descriptor);
    struct brv_counter_definition *definition = NULL;
    if (has_symbols(&reading, name)) {
        definition = BRV_NEW(arena, struct brv_counter_definition);
        *definition = reading.definition;
    }
    struct brv_counter_style *style = brv_counter_style_at(css->sheets->counter_styles, name->text);
    style->is_defined = true;
    for (size_t i = 0; i < BRV_MEDIA_COUNT; i++) {
        if (media & 1u << i)
            style->definitions[i] = definition; // the last one wins
    }
}
