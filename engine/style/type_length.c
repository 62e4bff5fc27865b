// Brevier — value types that are a length or are computed from one.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "style/property.h"

#include <math.h>

// Zero has two signs but is one value.
static uint32_t bits_of(float number)
{
    const float unsigned_zero = number + 0.0f;
    uint32_t bits = 0;
    memcpy(&bits, &unsigned_zero, sizeof bits);
    return bits;
}

static void print_number(double value, const char *unit, struct brv_buf *out)
{
    brv_buf_add_number(out, value, 3);
    brv_buf_add_cstr(out, unit);
}

// ---- lengths

// A length, percentage or zero of the context's property, inside its bounds.
static bool parse_length_token(struct brv_css_context *context, const struct brv_css_token *token,
                               struct brv_css_linear *linear)
{
    if (!brv_css_parse_linear(context, token, linear))
        return false;
    if (linear->is_number && linear->number != 0)
        return false;
    // With font-relative parts the sign is known only when computed; the usual forms have one part.
    bool is_negative = linear->pt < 0 || linear->em < 0 || linear->rem < 0 || linear->percent < 0;
    bool is_single = token->kind != BRV_CSS_FUNCTION;
    return !is_single || !is_negative || brv_css_syntax_admits(context->property, -1);
}

static void set_length(struct brv_css_value *value, const struct brv_css_context *context,
                       const struct brv_css_linear *linear)
{
    value->is_floored = !brv_css_syntax_admits(context->property, -1);
    value->length = (struct brv_css_length){
        .pt = (float)linear->pt,
        .em = (float)linear->em,
        .rem = (float)linear->rem,
        .percent = (float)linear->percent,
    };
}

// The font-relative parts in points. The bound keeps later arithmetic finite.
static float computed_pt(const struct brv_css_value *value, float font_size, float root_font_size)
{
    const struct brv_css_length *length = &value->length;
    const float limit = 1e6f;
    float pt = length->pt + length->em * font_size + length->rem * root_font_size;
    const float least = value->is_floored && length->percent == 0 ? 0 : -limit;
    return pt > limit ? limit : pt < least ? least : pt;
}

bool brv_css_parse_length(struct brv_css_context *context, struct brv_css_range range,
                          struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    if (word) {
        value->length = (struct brv_css_length){ 0 };
        value->keyword = (uint8_t)word->value;
        return brv_css_syntax_has(context->property, word->name);
    }
    struct brv_css_linear linear;
    if (!parse_length_token(context, token, &linear) ||
        (linear.percent != 0 && !strstr(context->property->syntax, "percentage")))
        return false;
    set_length(value, context, &linear);
    value->keyword = BRV_LENGTH_SET;
    return true;
}

void brv_css_compute_length(const struct brv_css_value *value, const struct brv_css_basis *basis,
                            void *field)
{
    struct brv_length *length = field;
    length->pt = computed_pt(value, basis->font_size, basis->root_font_size);
    length->percent = value->length.percent;
    length->keyword = value->keyword;
}

bool brv_css_equal_length(const void *a, const void *b)
{
    const struct brv_length *x = a;
    const struct brv_length *y = b;
    return x->pt == y->pt && x->percent == y->percent && x->keyword == y->keyword;
}

uint64_t brv_css_hash_length(const void *field, uint64_t seed)
{
    const struct brv_length *length = field;
    seed = brv_css_mix(seed, length->keyword);
    return brv_css_mix(seed, (uint64_t)bits_of(length->pt) << 32 | bits_of(length->percent));
}

void brv_css_print_length(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    const struct brv_length *length = field;
    if (length->keyword != BRV_LENGTH_SET) {
        brv_buf_add_cstr(out, length->keyword == BRV_LENGTH_AUTO ? "auto" : "none");
    } else if (length->percent == 0) {
        print_number(length->pt, "pt", out);
    } else if (length->pt == 0) {
        print_number(length->percent, "%", out);
    } else {
        brv_buf_add_cstr(out, "calc(");
        print_number(length->pt, "pt + ", out);
        print_number(length->percent, "%)", out);
    }
}

// ---- border widths: a float in points

bool brv_css_parse_border_width(struct brv_css_context *context, struct brv_css_range range,
                                struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    if (word) {
        value->length = (struct brv_css_length){ .pt = (float)word->value / 4 };
        return true;
    }
    struct brv_css_linear linear;
    if (!parse_length_token(context, token, &linear) || linear.percent != 0)
        return false;
    set_length(value, context, &linear);
    return true;
}

void brv_css_compute_border_width(const struct brv_css_value *value,
                                  const struct brv_css_basis *basis, void *field)
{
    float *pt = field;
    *pt = fmaxf(computed_pt(value, basis->font_size, basis->root_font_size), 0);
}

bool brv_css_equal_pt(const void *a, const void *b)
{
    return *(const float *)a == *(const float *)b;
}

uint64_t brv_css_hash_pt(const void *field, uint64_t seed)
{
    return brv_css_mix(seed, bits_of(*(const float *)field));
}

void brv_css_print_pt(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    print_number(*(const float *)field, "pt", out);
}

// ---- font-size: a float in points; percentages and em are of the parent's size

bool brv_css_parse_font_size(struct brv_css_context *context, struct brv_css_range range,
                             struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    if (word) {
        value->length = word->value > 0
                            ? (struct brv_css_length){ .pt = (float)word->value / 10 }
                            : (struct brv_css_length){ .em = -(float)word->value / 100 };
        return true;
    }
    struct brv_css_linear linear;
    if (!parse_length_token(context, token, &linear) || linear.is_number)
        return false;
    linear.em += linear.percent / 100;
    linear.percent = 0;
    set_length(value, context, &linear);
    return true;
}

void brv_css_compute_font_size(const struct brv_css_value *value, const struct brv_css_basis *basis,
                               void *field)
{
    float *pt = field;
    float size = computed_pt(value, basis->parent_font_size, basis->root_font_size);
    *pt = fminf(fmaxf(size, 0.1f), 10000);
}

// ---- font-stretch: a float in percent

bool brv_css_parse_percent(struct brv_css_context *context, struct brv_css_range range,
                           struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    if (word) {
        value->length = (struct brv_css_length){ .percent = (float)word->value / 10 };
        return true;
    }
    struct brv_css_linear linear;
    if (!brv_css_parse_linear(context, token, &linear) || linear.is_number || linear.pt != 0 ||
        linear.em != 0 || linear.rem != 0 || linear.percent < 0)
        return false;
    set_length(value, context, &linear);
    return true;
}

void brv_css_compute_percent(const struct brv_css_value *value, const struct brv_css_basis *basis,
                             void *field)
{
    (void)basis;
    float *percent = field;
    *percent = value->length.percent;
}

bool brv_css_equal_percent(const void *a, const void *b)
{
    return brv_css_equal_pt(a, b);
}

uint64_t brv_css_hash_percent(const void *field, uint64_t seed)
{
    return brv_css_hash_pt(field, seed);
}

void brv_css_print_percent(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    print_number(*(const float *)field, "%", out);
}

// ---- line-height

bool brv_css_parse_line_height(struct brv_css_context *context, struct brv_css_range range,
                               struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    if (brv_css_find_word(context->property->type, token)) {
        value->length = (struct brv_css_length){ 0 };
        value->keyword = BRV_LINE_NORMAL;
        return true;
    }
    struct brv_css_linear linear;
    if (!brv_css_parse_linear(context, token, &linear) || linear.number < 0 || linear.pt < 0 ||
        linear.em < 0 || linear.rem < 0 || linear.percent < 0)
        return false;
    if (linear.is_number) {
        value->length = (struct brv_css_length){ .pt = (float)fmin(linear.number, 1000) };
        value->keyword = BRV_LINE_NUMBER;
        return true;
    }
    linear.em += linear.percent / 100;
    linear.percent = 0;
    set_length(value, context, &linear);
    value->keyword = BRV_LINE_PT;
    return true;
}

void brv_css_compute_line_height(const struct brv_css_value *value,
                                 const struct brv_css_basis *basis, void *field)
{
    struct brv_line_height *height = field;
    height->kind = value->keyword;
    height->value = height->kind == BRV_LINE_PT
                        ? computed_pt(value, basis->font_size, basis->root_font_size)
                        : value->length.pt;
}

bool brv_css_equal_line_height(const void *a, const void *b)
{
    const struct brv_line_height *x = a;
    const struct brv_line_height *y = b;
    return x->kind == y->kind && x->value == y->value;
}

uint64_t brv_css_hash_line_height(const void *field, uint64_t seed)
{
    const struct brv_line_height *height = field;
    return brv_css_mix(seed, (uint64_t)height->kind << 32 | bits_of(height->value));
}

void brv_css_print_line_height(const void *field, const struct brv_css_type *type,
                               struct brv_buf *out)
{
    (void)type;
    const struct brv_line_height *height = field;
    if (height->kind == BRV_LINE_NORMAL)
        brv_buf_add_cstr(out, "normal");
    else
        print_number(height->value, height->kind == BRV_LINE_PT ? "pt" : "", out);
}
