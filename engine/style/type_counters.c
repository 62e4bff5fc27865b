// Brevier — the value type of counter-reset, counter-increment and counter-set.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "style/property.h"

bool brv_css_parse_counters(struct brv_css_context *context, struct brv_css_range range,
                            struct brv_css_value *value)
{
    bool is_increment = context->property->id == BRV_PROP_counter_increment;
    value->counters = (struct brv_counter_ops){ 0 };
    const struct brv_css_token *only = brv_css_only(range);
    if (only && brv_css_is_ident(only, "none"))
        return true;
    struct brv_counter_op *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    bool may_have_number = false;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        context->is_too_long = count > BRV_CSS_MAX_PARTS;
        if (context->is_too_long)
            return false;
        if (t->kind == BRV_CSS_IDENT && !brv_css_is_ident(t, "none")) {
            BRV_PUSH(context->arena, items, count, capacity) = (struct brv_counter_op){
                .name = t->text,
                .value = is_increment,
            };
            may_have_number = true;
        } else if (may_have_number && t->kind == BRV_CSS_NUMBER &&
                   (t->flags & BRV_CSS_IS_INTEGER) && t->number >= -1e6 && t->number <= 1e6) {
            items[count - 1].value = (int)t->number;
            may_have_number = false;
        } else {
            context->culprit = t;
            return false;
        }
    }
    value->counters = (struct brv_counter_ops){ .items = items, .count = (uint32_t)count };
    return count > 0;
}

void brv_css_compute_counters(const struct brv_css_value *value, const struct brv_css_basis *basis,
                              void *field)
{
    (void)basis;
    *(struct brv_counter_ops *)field = value->counters;
}

bool brv_css_equal_counters(const void *a, const void *b)
{
    const struct brv_counter_ops *x = a;
    const struct brv_counter_ops *y = b;
    if (x->count != y->count)
        return false;
    for (uint32_t i = 0; x->items != y->items && i < x->count; i++) {
        if (x->items[i].value != y->items[i].value ||
            !brv_str_equal(x->items[i].name, y->items[i].name))
            return false;
    }
    return true;
}

uint64_t brv_css_hash_counters(const void *field, uint64_t seed)
{
    const struct brv_counter_ops *ops = field;
    for (uint32_t i = 0; i < ops->count; i++)
        seed = brv_hash(
            ops->items[i].name.ptr, ops->items[i].name.len, seed + (unsigned)ops->items[i].value);
    return seed;
}

void brv_css_print_counters(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    const struct brv_counter_ops *ops = field;
    if (ops->count == 0)
        brv_buf_add_cstr(out, "none");
    for (uint32_t i = 0; i < ops->count; i++)
        brv_buf_printf(out,
                       "%s%" BRV_STR_F " %d",
                       i ? " " : "",
                       BRV_STR_ARG(ops->items[i].name),
                       ops->items[i].value);
}
