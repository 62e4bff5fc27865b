// Brevier — numbers, lengths and calc().
// Every unit but the font-relative ones is a fixed number of points, and those stay coefficients,
// so a sum of lengths is again a value of the same shape: calc() is evaluated as it is read.
// min(), max() and clamp() must know which is larger. What has several units is read once to be
// checked, and again for each element, with the sizes of its fonts; only percentages, which are
// lengths no sooner than in layout, cannot be compared with other lengths.
// SPDX-License-Identifier: MIT
#include "style/property.h"

enum { MAX_DEPTH = 32 };

enum basis { PT, EM, REM };
static const struct unit {
    const char *name;
    enum basis basis;
    double factor;
} units[] = {
    { "pt", PT, 1 },
    { "px", PT, 0.75 },
    { "pc", PT, 12 },
    { "mm", PT, 72 / 25.4 },
    { "cm", PT, 72 / 2.54 },
    { "in", PT, 72 },
    { "q", PT, 18 / 25.4 },
    { "em", EM, 1 },
    { "rem", REM, 1 },
    { "ex", EM, 0.5 }, // half an em, whatever the font: layout and Word
                       // then agree
    { "ch", EM, 0.5 },
};

bool brv_css_is_comparison(const struct brv_css_token *token)
{
    return brv_css_is_function(token, "min") || brv_css_is_function(token, "max") ||
           brv_css_is_function(token, "clamp");
}

static bool read_unit(struct brv_css_context *context, const struct brv_css_token *token,
                      struct brv_css_linear *value)
{
    for (size_t i = 0; i < BRV_COUNT(units); i++) {
        if (!brv_str_is_nocase(token->text, units[i].name))
            continue;
        double amount = token->number * units[i].factor;
        switch (units[i].basis) {
        case PT:
            value->pt = amount;
            break;
        case EM:
            value->em = amount;
            break;
        case REM:
            value->rem = amount;
            break;
        }
        return true;
    }
    context->culprit = token;
    context->is_unknown_unit = true;
    return false;
}

static void add(struct brv_css_linear *sum, const struct brv_css_linear *other, double sign)
{
    sum->number += sign * other->number;
    sum->pt += sign * other->pt;
    sum->em += sign * other->em;
    sum->rem += sign * other->rem;
    sum->percent += sign * other->percent;
}

static void scale(struct brv_css_linear *value, double factor)
{
    value->number *= factor;
    value->pt *= factor;
    value->em *= factor;
    value->rem *= factor;
    value->percent *= factor;
}

static bool read_sum(struct brv_css_context *context, struct brv_css_range range, int depth,
                     struct brv_css_linear *sum);

// A length in points as far as it can be known now.
static double known_pt(const struct brv_css_context *context, const struct brv_css_linear *value)
{
    static const struct brv_css_basis usual = { 10, 10, 10, 400, { 0, 0, 0, 255 } };
    const struct brv_css_basis *basis = context->basis ? context->basis : &usual;
    const bool is_font_size = context->property && context->property->id == BRV_PROP_font_size;
    double em = is_font_size ? basis->parent_font_size : basis->font_size;
    return value->pt + value->em * em + value->rem * basis->root_font_size;
}

static bool is_percentage(const struct brv_css_linear *value)
{
    return value->pt == 0 && value->em == 0 && value->rem == 0;
}

// Whether percentages of the property are of a font size, and so are ems.
static bool has_font_percentages(const struct brv_css_context *context)
{
    return context->property && (context->property->id == BRV_PROP_font_size ||
                                 context->property->id == BRV_PROP_line_height);
}

// Leaves the larger or the smaller of two in *value; false when that cannot be told.
static bool choose(struct brv_css_context *context, struct brv_css_linear *value,
                   const struct brv_css_linear *other, bool is_larger_wanted)
{
    double x = known_pt(context, value);
    double y = known_pt(context, other);
    if (value->is_number != other->is_number)
        return false;
    if (value->is_number) {
        x = value->number;
        y = other->number;
    } else if (is_percentage(value) && is_percentage(other)) {
        x = value->percent;
        y = other->percent;
    } else if (value->percent < other->percent || value->percent > other->percent) {
        context->is_mixed = true;
        return false;
    }
    if (is_larger_wanted ? y > x : y < x)
        *value = *other;
    return true;
}

// min(sum, …), max(sum, …), clamp(least, sum, most): the last is max(least, min(sum, most)).
static bool read_comparison(struct brv_css_context *context, const struct brv_css_token *token,
                            int depth, struct brv_css_linear *value)
{
    const bool is_clamp = brv_str_is_nocase(token->text, "clamp");
    const bool is_max = brv_str_is_nocase(token->text, "max");
    struct brv_css_range range = brv_css_inside(token);
    struct brv_css_range item;
    struct brv_css_linear least = { 0 };
    size_t count = 0;
    while (brv_css_next_item(&range, &item)) {
        struct brv_css_linear operand;
        if (!read_sum(context, item, depth, &operand))
            return false;
        if (has_font_percentages(context)) {
            operand.em += operand.percent / 100;
            operand.percent = 0;
        }
        if (is_clamp && count == 0)
            least = operand;
        else if (count == is_clamp)
            *value = operand;
        else if (!choose(context, value, &operand, is_max))
            return false;
        count++;
    }
    return is_clamp ? count == 3 && choose(context, value, &least, true) : count > 0;
}

static bool read_operand(struct brv_css_context *context, const struct brv_css_token *token,
                         int depth, struct brv_css_linear *value)
{
    *value = (struct brv_css_linear){ 0 };
    switch ((enum brv_css_kind)token->kind) {
    case BRV_CSS_NUMBER:
        value->number = token->number;
        value->is_number = true;
        return true;
    case BRV_CSS_PERCENTAGE:
        value->percent = token->number;
        return true;
    case BRV_CSS_DIMENSION:
        return read_unit(context, token, value);
    case BRV_CSS_PAREN:
        return depth > 0 && read_sum(context, brv_css_inside(token), depth, value);
    case BRV_CSS_FUNCTION:
        if (brv_css_is_comparison(token))
            return read_comparison(context, token, depth + 1, value);
        return brv_str_is_nocase(token->text, "calc") &&
               read_sum(context, brv_css_inside(token), depth, value);
    default: // every other token is simply no number
        return false;
    }
}

// operand [ '*' operand | '/' operand ]*, where one side of '*' and the right of '/' are numbers
static bool read_product(struct brv_css_context *context, struct brv_css_range *range, int depth,
                         struct brv_css_linear *product)
{
    if (range->at >= range->end || !read_operand(context, range->at, depth, product))
        return false;
    range->at = brv_css_next(range->at);
    for (;;) {
        struct brv_css_range rest = brv_css_skip_space(*range);
        bool is_division = brv_css_at_delim(rest, '/');
        if (!is_division && !brv_css_at_delim(rest, '*'))
            return true;
        rest.at++;
        rest = brv_css_skip_space(rest);
        struct brv_css_linear operand;
        if (rest.at >= rest.end || !read_operand(context, rest.at, depth, &operand))
            return false;
        if (is_division) {
            if (!operand.is_number || operand.number == 0)
                return false;
            scale(product, 1 / operand.number);
        } else if (operand.is_number) {
            scale(product, operand.number);
        } else if (product->is_number) {
            scale(&operand, product->number);
            *product = operand;
        } else {
            return false;
        }
        range->at = brv_css_next(rest.at);
    }
}

// product [ [ '+' | '-' ] product ]*, with white space around the sign
static bool read_sum(struct brv_css_context *context, struct brv_css_range range, int depth,
                     struct brv_css_linear *sum)
{
    if (depth >= MAX_DEPTH)
        return false;
    range = brv_css_trim(range);
    if (!read_product(context, &range, depth + 1, sum))
        return false;
    while (range.at < range.end) {
        if (range.at->kind != BRV_CSS_SPACE)
            return false;
        range = brv_css_skip_space(range);
        double sign = brv_css_at_delim(range, '-') ? -1 : 1;
        if (!brv_css_at_delim(range, '+') && !brv_css_at_delim(range, '-'))
            return false;
        range.at++;
        if (!brv_css_at(range, BRV_CSS_SPACE))
            return false;
        range = brv_css_skip_space(range);
        struct brv_css_linear product;
        if (!read_product(context, &range, depth + 1, &product) ||
            product.is_number != sum->is_number)
            return false;
        add(sum, &product, sign);
    }
    return true;
}

bool brv_css_parse_linear(struct brv_css_context *context, const struct brv_css_token *token,
                          struct brv_css_linear *value)
{
    return read_operand(context, token, 0, value);
}

const char *const *brv_css_unit_names(size_t *count)
{
    static const char *const names[] = { "pt", "px", "pc",  "mm", "cm", "in",
                                         "q",  "em", "rem", "ex", "ch" };
    *count = BRV_COUNT(names);
    return names;
}
