// Brevier — shorthands.
// Each expander fills the longhands of its row in their order; what the value does not mention gets
// the initial value.
// SPDX-License-Identifier: MIT
#include "style/sheet.h"

#include "style/syntax.h"

static bool parse_longhand(struct brv_css_context *context, struct brv_css_range range,
                           struct brv_css_expansion *expansion, size_t index)
{
    return brv_css_parse_property(
        context->arena, expansion->properties[index], range, &expansion->values[index], context);
}

// The component values of a range without the space between them; false when there are too many.
static bool split_values(struct brv_css_range range, struct brv_css_range parts[], size_t limit,
                         size_t *count)
{
    *count = 0;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (*count == limit)
            return false;
        parts[(*count)++] = (struct brv_css_range){ t, brv_css_next(t) };
    }
    return true;
}

// One to four values for top, right, bottom, left.
static bool expand_sides(struct brv_css_context *context, struct brv_css_range range,
                         struct brv_css_expansion *expansion)
{
    static const size_t sources[4][4] = {
        { 0, 0, 0, 0 },
        { 0, 1, 0, 1 },
        { 0, 1, 2, 1 },
        { 0, 1, 2, 3 },
    };
    struct brv_css_range parts[4];
    size_t count = 0;
    if (!split_values(range, parts, 4, &count) || count == 0)
        return false;
    for (size_t i = 0; i < 4; i++) {
        const size_t source = sources[count - 1][i];
        if (source < i)
            expansion->values[i] = expansion->values[source];
        else if (!parse_longhand(context, parts[i], expansion, i))
            return false;
    }
    return true;
}

// Gives each part to the first of the longhands [first, first + count) that takes it.
static bool assign_parts(struct brv_css_context *context, const struct brv_css_range *parts,
                         size_t part_count, struct brv_css_expansion *expansion, size_t first,
                         size_t count)
{
    for (size_t i = 0; i < part_count; i++) {
        bool is_taken = false;
        for (size_t k = first; k < first + count && !is_taken; k++) {
            if (expansion->values[k].kind != BRV_CSS_INITIAL)
                continue;
            is_taken = parse_longhand(context, parts[i], expansion, k);
            if (!is_taken)
                expansion->values[k].kind = BRV_CSS_INITIAL;
        }
        if (!is_taken) {
            context->culprit = context->is_unknown_unit ? context->culprit : parts[i].at;
            return false;
        }
        context->is_unknown_unit = false;
    }
    return part_count > 0;
}

static bool expand_any_order(struct brv_css_context *context, struct brv_css_range range,
                             struct brv_css_expansion *expansion)
{
    struct brv_css_range parts[8];
    size_t count = 0;
    // One longhand takes the value whole: text-decoration: underline overline.
    if (expansion->count == 1)
        return parse_longhand(context, range, expansion, 0);
    return split_values(range, parts, BRV_COUNT(parts), &count) &&
           assign_parts(context, parts, count, expansion, 0, expansion->count);
}

// Width, style and colour in any order, the same for each edge of the row.
static bool expand_edges(struct brv_css_context *context, struct brv_css_range range,
                         struct brv_css_expansion *expansion)
{
    struct brv_css_range parts[3];
    size_t count = 0;
    if (!split_values(range, parts, 3, &count) ||
        !assign_parts(context, parts, count, expansion, 0, 3))
        return false;
    for (size_t i = 3; i < expansion->count; i++)
        expansion->values[i] = expansion->values[i % 3];
    return true;
}

// [style || variant || weight || stretch]? size [/ line-height]? family
static bool expand_font(struct brv_css_context *context, struct brv_css_range range,
                        struct brv_css_expansion *expansion)
{
    enum { OPTIONAL = 4, SIZE = 4, LINE_HEIGHT = 5, FAMILY = 6 };
    size_t optional = 0;
    for (;; optional++) {
        range = brv_css_skip_space(range);
        if (range.at >= range.end)
            return false;
        struct brv_css_range part = { range.at, brv_css_next(range.at) };
        range.at = part.end;
        if (optional < OPTIONAL && brv_css_is_ident(part.at, "normal"))
            continue;
        // A percentage is the size here; font-stretch has keywords only.
        if (optional < OPTIONAL && part.at->kind != BRV_CSS_PERCENTAGE &&
            assign_parts(context, &part, 1, expansion, 0, OPTIONAL))
            continue;
        if (!parse_longhand(context, part, expansion, SIZE)) {
            context->culprit = part.at;
            return false;
        }
        break;
    }
    range = brv_css_skip_space(range);
    if (brv_css_at_delim(range, '/')) {
        range.at++;
        range = brv_css_skip_space(range);
        if (range.at >= range.end)
            return false;
        struct brv_css_range part = { range.at, brv_css_next(range.at) };
        range.at = part.end;
        if (!parse_longhand(context, part, expansion, LINE_HEIGHT))
            return false;
    }
    range = brv_css_trim(range);
    return range.at < range.end && parse_longhand(context, range, expansion, FAMILY);
}

// Another name of one longhand.
static bool expand_alias(struct brv_css_context *context, struct brv_css_range range,
                         struct brv_css_expansion *expansion)
{
    return parse_longhand(context, range, expansion, 0);
}

static const struct brv_css_shorthand shorthands[] = {
#define P(field) BRV_PROP_##field
#define IDS(...)                                                                                   \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define SHORTHAND(name_, expander, longhands_, syntax_)                                            \
    {                                                                                              \
        .name = BRV_S_INIT(name_),                                                                 \
        .expand = expand_##expander,                                                               \
        .longhands = longhands_,                                                                   \
        .longhand_count = BRV_COUNT(((const uint8_t[])longhands_)),                                \
        .syntax = syntax_,                                                                         \
    },
#include "style/shorthands.def"
#undef SHORTHAND
#undef IDS
#undef P
};

const struct brv_css_shorthand *brv_css_shorthand_find(brv_str name)
{
    for (size_t i = 0; i < BRV_COUNT(shorthands); i++) {
        if (brv_str_equal_nocase(shorthands[i].name, name))
            return &shorthands[i];
    }
    return NULL;
}

const struct brv_css_shorthand *brv_css_shorthand_of(const struct brv_css_declaration *declaration)
{
    return declaration->shorthand > 0 ? &shorthands[declaration->shorthand - 1] : NULL;
}

uint8_t brv_css_shorthand_number(const struct brv_css_shorthand *shorthand)
{
    return (uint8_t)(shorthand - shorthands + 1);
}

size_t brv_css_shorthand_count(void)
{
    return BRV_COUNT(shorthands);
}

const struct brv_css_shorthand *brv_css_shorthand(size_t index)
{
    return &shorthands[index];
}

void brv_css_shorthand_longhands(const struct brv_css_shorthand *shorthand,
                                 struct brv_css_expansion *expansion)
{
    expansion->count = shorthand->longhand_count;
    for (size_t i = 0; i < expansion->count; i++) {
        expansion->values[i] = (struct brv_css_value){ .kind = BRV_CSS_INITIAL };
        expansion->properties[i] =
            brv_css_property((enum brv_css_property_id)shorthand->longhands[i]);
    }
}

bool brv_css_shorthand_expand(struct brv_css_context *context,
                              const struct brv_css_shorthand *shorthand, struct brv_css_range range,
                              struct brv_css_expansion *expansion)
{
    brv_css_shorthand_longhands(shorthand, expansion);
    context->property = expansion->properties[0];
    return shorthand->expand(context, brv_css_trim(range), expansion);
}
