// Brevier — value types that are a keyword, a number or a colour.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "style/property.h"

#include <math.h>

// ---- shared

const struct brv_css_word *brv_css_find_word(const struct brv_css_type *type,
                                             const struct brv_css_token *token)
{
    if (token->kind != BRV_CSS_IDENT)
        return NULL;
    for (size_t i = 0; i < type->word_count; i++) {
        if (brv_str_is_nocase(token->text, type->words[i].name))
            return &type->words[i];
    }
    return NULL;
}

static int load_int(const void *field)
{
    int value = 0;
    memcpy(&value, field, sizeof value);
    return value;
}

// ---- keywords; the computed field is an enum

bool brv_css_parse_word(struct brv_css_context *context, struct brv_css_range range,
                        struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    const struct brv_css_word *word =
        token ? brv_css_find_word(context->property->type, token) : NULL;
    if (!word)
        return false;
    value->word = word->value;
    return true;
}

void brv_css_compute_word(const struct brv_css_value *value, const struct brv_css_basis *basis,
                          void *field)
{
    (void)basis;
    memcpy(field, &value->word, sizeof value->word);
}

bool brv_css_equal_word(const void *a, const void *b)
{
    return load_int(a) == load_int(b);
}

uint64_t brv_css_hash_word(const void *field, uint64_t seed)
{
    return brv_css_mix(seed, (unsigned)load_int(field));
}

void brv_css_print_word(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    for (size_t i = 0; i < type->word_count; i++) {
        if (type->words[i].value == load_int(field)) {
            brv_buf_add_cstr(out, type->words[i].name);
            return;
        }
    }
}

// ---- sets of keywords; the keyword with no bits stands alone

bool brv_css_parse_bits(struct brv_css_context *context, struct brv_css_range range,
                        struct brv_css_value *value)
{
    size_t count = 0;
    bool has_zero = false;
    value->bits = 0;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        const struct brv_css_word *word = brv_css_find_word(context->property->type, t);
        if (!word || (value->bits & (unsigned)word->value)) {
            context->culprit = t;
            return false;
        }
        has_zero |= word->value == 0;
        value->bits |= (unsigned)word->value;
        count++;
    }
    return count == 1 || (count > 1 && !has_zero);
}

void brv_css_compute_bits(const struct brv_css_value *value, const struct brv_css_basis *basis,
                          void *field)
{
    (void)basis;
    memcpy(field, &value->bits, sizeof value->bits);
}

bool brv_css_equal_bits(const void *a, const void *b)
{
    return brv_css_equal_word(a, b);
}

uint64_t brv_css_hash_bits(const void *field, uint64_t seed)
{
    return brv_css_hash_word(field, seed);
}

void brv_css_print_bits(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    unsigned bits = (unsigned)load_int(field);
    const char *separator = "";
    for (size_t i = 0; i < type->word_count; i++) {
        unsigned bit = (unsigned)type->words[i].value;
        if (bits == bit || (bit && (bits & bit))) {
            brv_buf_printf(out, "%s%s", separator, type->words[i].name);
            separator = " ";
        }
    }
}

// ---- font-weight: an int from 1 to 1000

bool brv_css_parse_weight(struct brv_css_context *context, struct brv_css_range range,
                          struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    value->word = word ? word->value : 0;
    if (word)
        return true;
    struct brv_css_linear linear;
    if (!brv_css_parse_linear(context, token, &linear) || !linear.is_number || linear.number < 1 ||
        linear.number > 1000)
        return false;
    value->word = (int)floor(linear.number + 0.5);
    return true;
}

void brv_css_compute_weight(const struct brv_css_value *value, const struct brv_css_basis *basis,
                            void *field)
{
    int parent = basis->parent_weight;
    int weight = value->word;
    if (weight == -1) // bolder; both tables are those of CSS Fonts 4
        weight = parent < 350 ? 400 : parent < 550 ? 700 : parent < 900 ? 900 : parent;
    else if (weight == -2) // lighter
        weight = parent < 100 ? parent : parent < 550 ? 100 : parent < 750 ? 400 : 700;
    memcpy(field, &weight, sizeof weight);
}

bool brv_css_equal_int(const void *a, const void *b)
{
    return brv_css_equal_word(a, b);
}

uint64_t brv_css_hash_int(const void *field, uint64_t seed)
{
    return brv_css_hash_word(field, seed);
}

void brv_css_print_int(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    brv_buf_add_int(out, load_int(field));
}

// ---- integers

bool brv_css_parse_integer(struct brv_css_context *context, struct brv_css_range range,
                           struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    value->word = 0;
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    if (word)
        return brv_css_syntax_has(context->property, word->name);
    struct brv_css_linear linear;
    if (!brv_css_parse_linear(context, token, &linear) || !linear.is_number ||
        (token->kind == BRV_CSS_NUMBER && !(token->flags & BRV_CSS_IS_INTEGER)) ||
        fabs(linear.number) > 1e6 || !brv_css_syntax_admits(context->property, linear.number))
        return false;
    value->word = (int)floor(linear.number + 0.5);
    return true;
}

void brv_css_compute_integer(const struct brv_css_value *value, const struct brv_css_basis *basis,
                             void *field)
{
    brv_css_compute_word(value, basis, field);
}

// ---- up to three integers, each of which may be auto; two that are left out are as the second

enum { LIMIT_WORD = 5, LIMIT_BEFORE = 2, LIMIT_AFTER = 2, LIMIT_MAX = 1000 };

bool brv_css_parse_limits(struct brv_css_context *context, struct brv_css_range range,
                          struct brv_css_value *value)
{
    int limits[] = { LIMIT_WORD, LIMIT_BEFORE, LIMIT_AFTER };
    size_t count = 0;
    bool is_auto = true;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        context->culprit = t;
        is_auto = brv_css_is_ident(t, "auto");
        bool is_limit = t->kind == BRV_CSS_NUMBER && (t->flags & BRV_CSS_IS_INTEGER) &&
                        t->number >= 1 && t->number <= LIMIT_MAX;
        if (count == BRV_COUNT(limits) || !(is_auto || is_limit))
            return false;
        if (is_limit)
            limits[count] = (int)t->number;
        count++;
    }
    if (count == 2 && !is_auto)
        limits[2] = limits[1];
    value->limits = (struct brv_hyphenate_limits){ limits[0], limits[1], limits[2] };
    return count > 0;
}

void brv_css_compute_limits(const struct brv_css_value *value, const struct brv_css_basis *basis,
                            void *field)
{
    (void)basis;
    memcpy(field, &value->limits, sizeof value->limits);
}

bool brv_css_equal_limits(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct brv_hyphenate_limits)) == 0;
}

uint64_t brv_css_hash_limits(const void *field, uint64_t seed)
{
    return brv_hash(field, sizeof(struct brv_hyphenate_limits), seed);
}

void brv_css_print_limits(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    const struct brv_hyphenate_limits *limits = field;
    brv_buf_printf(out, "%d %d %d", limits->word, limits->before, limits->after);
}

// ---- colours

bool brv_css_parse_color(struct brv_css_context *context, struct brv_css_range range,
                         struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    context->culprit = token;
    return token && brv_css_color_from_token(token, &value->color);
}

void brv_css_compute_color(const struct brv_css_value *value, const struct brv_css_basis *basis,
                           void *field)
{
    struct brv_color color = value->color.is_current ? basis->color : value->color.color;
    memcpy(field, &color, sizeof color);
}

bool brv_css_equal_color(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct brv_color)) == 0;
}

uint64_t brv_css_hash_color(const void *field, uint64_t seed)
{
    const struct brv_color *color = field;
    return brv_css_mix(seed,
                       (uint64_t)color->red << 24 | (uint64_t)color->green << 16 |
                           (uint64_t)color->blue << 8 | color->alpha);
}

void brv_css_print_color(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    struct brv_color color;
    memcpy(&color, field, sizeof color);
    brv_buf_printf(out, "#%02x%02x%02x", color.red, color.green, color.blue);
    if (color.alpha != 255)
        brv_buf_printf(out, "%02x", color.alpha);
}
