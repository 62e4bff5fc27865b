// Brevier — CSS grammar: rules, declarations, An+B.
// SPDX-License-Identifier: MIT
#include "style/syntax.h"

// Takes component values up to a top-level semicolon and past it. *has_bang tells whether there may
// be an `!important` among them.
static void take_to_semicolon(struct brv_css_range *range, struct brv_css_item *item,
                              bool *has_bang)
{
    const struct brv_css_token *start = range->at;
    const struct brv_css_token *t = start;
    for (; t < range->end && t->kind != BRV_CSS_SEMICOLON; t = brv_css_next(t)) {
        item->has_blocks |= t->kind >= BRV_CSS_FUNCTION;
        *has_bang |= t->kind == BRV_CSS_DELIM && t->text.ptr[0] == '!';
    }
    item->all = (struct brv_css_range){ start, t };
    range->at = t < range->end ? t + 1 : t;
}

static void take_at_rule(struct brv_css_range *range, struct brv_css_item *item)
{
    *item = (struct brv_css_item){ .kind = BRV_CSS_AT_RULE, .name = range->at };
    const struct brv_css_token *start = range->at++;
    const struct brv_css_token *prelude = range->at;
    while (range->at < range->end && range->at->kind != BRV_CSS_SEMICOLON &&
           range->at->kind != BRV_CSS_CURLY)
        range->at = brv_css_next(range->at);
    item->prelude = (struct brv_css_range){ prelude, range->at };
    if (brv_css_at(*range, BRV_CSS_CURLY))
        item->block = range->at;
    if (range->at < range->end)
        range->at = brv_css_next(range->at);
    item->all = (struct brv_css_range){ start, range->at };
}

static void take_qualified_rule(struct brv_css_range *range, struct brv_css_item *item)
{
    *item = (struct brv_css_item){ .kind = BRV_CSS_FAULT };
    const struct brv_css_token *start = range->at;
    while (range->at < range->end && range->at->kind != BRV_CSS_CURLY)
        range->at = brv_css_next(range->at);
    item->prelude = (struct brv_css_range){ start, range->at };
    if (range->at < range->end) {
        item->kind = BRV_CSS_RULE;
        item->block = range->at;
        range->at = brv_css_next(range->at);
    }
    item->all = (struct brv_css_range){ start, range->at };
}

// Cuts `!important` off the end of a value.
static bool take_important(struct brv_css_range *value)
{
    const struct brv_css_token *bang = NULL;
    const struct brv_css_token *word = NULL;
    for (const struct brv_css_token *t = value->at; t < value->end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (t->kind == BRV_CSS_DELIM && brv_str_is(t->text, "!")) {
            bang = t;
            word = NULL;
        } else if (bang && !word && brv_css_is_ident(t, "important")) {
            word = t;
        } else {
            bang = word = NULL;
        }
    }
    if (!word)
        return false;
    value->end = bang;
    return true;
}

// `range` holds one declaration and nothing else.
static bool read_declaration(struct brv_css_range range, bool has_bang, struct brv_css_item *item)
{
    if (!brv_css_at(range, BRV_CSS_IDENT))
        return false;
    const struct brv_css_token *name = range.at++;
    range = brv_css_skip_space(range);
    if (!brv_css_at(range, BRV_CSS_COLON))
        return false;
    range.at++;
    item->kind = BRV_CSS_DECLARATION;
    item->name = name;
    item->prelude = range;
    item->is_important = has_bang && take_important(&item->prelude);
    return true;
}

bool brv_css_next_rule(struct brv_css_range *range, bool is_top_level, struct brv_css_item *item)
{
    for (; range->at < range->end; range->at++) {
        bool is_skipped =
            range->at->kind == BRV_CSS_SPACE ||
            (is_top_level && (range->at->kind == BRV_CSS_CDO || range->at->kind == BRV_CSS_CDC));
        if (!is_skipped)
            break;
    }
    if (range->at >= range->end)
        return false;
    if (range->at->kind == BRV_CSS_AT_KEYWORD)
        take_at_rule(range, item);
    else
        take_qualified_rule(range, item);
    return true;
}

bool brv_css_next_declaration(struct brv_css_range *range, struct brv_css_item *item)
{
    while (brv_css_at(*range, BRV_CSS_SPACE) || brv_css_at(*range, BRV_CSS_SEMICOLON))
        range->at++;
    if (range->at >= range->end)
        return false;
    if (range->at->kind == BRV_CSS_AT_KEYWORD) {
        take_at_rule(range, item);
        return true;
    }
    *item = (struct brv_css_item){ .kind = BRV_CSS_FAULT };
    bool has_bang = false;
    take_to_semicolon(range, item, &has_bang);
    (void)read_declaration(item->all, has_bang, item);
    return true;
}

enum brv_css_result brv_css_parse_rule(struct brv_css_range range, struct brv_css_item *item)
{
    if (!brv_css_next_rule(&range, false, item))
        return BRV_CSS_EMPTY;
    if (item->kind == BRV_CSS_FAULT)
        return BRV_CSS_INVALID;
    range = brv_css_skip_space(range);
    return range.at < range.end ? BRV_CSS_EXTRA : BRV_CSS_OK;
}

enum brv_css_result brv_css_parse_declaration(struct brv_css_range range, struct brv_css_item *item)
{
    range = brv_css_skip_space(range);
    if (range.at >= range.end)
        return BRV_CSS_EMPTY;
    *item = (struct brv_css_item){ .kind = BRV_CSS_FAULT, .all = range, .has_blocks = true };
    return read_declaration(range, true, item) ? BRV_CSS_OK : BRV_CSS_INVALID;
}

enum brv_css_result brv_css_parse_value(struct brv_css_range range,
                                        const struct brv_css_token **value)
{
    range = brv_css_skip_space(range);
    if (range.at >= range.end)
        return BRV_CSS_EMPTY;
    *value = brv_css_only(range);
    return *value ? BRV_CSS_OK : BRV_CSS_EXTRA;
}

// ---- An+B
// The tokenizer cuts this notation in many places ("-n", "+n-1", "2n-", "3n +1"), so the text that
// follows the n is looked at in its own right: nothing, "-", or "-" and digits.

static int to_int(double number)
{
    const double limit = 1e9;
    return (int)(number > limit ? limit : number < -limit ? -limit : number);
}

static bool digits_to_int(brv_str digits, int *value)
{
    size_t number = 0;
    if (digits.len == 0 || digits.len > 9 || !brv_str_to_size(digits, &number))
        return false;
    *value = (int)number;
    return true;
}

// What follows the n: `rest` is the tail of its token, `range` the tokens after it.
static bool read_nth_offset(brv_str rest, struct brv_css_range range, int *offset)
{
    int sign = 0;
    if (rest.len > 1 && rest.ptr[0] == '-') {
        range = brv_css_skip_space(range);
        if (!digits_to_int(brv_str_slice(rest, 1, rest.len), offset) || range.at < range.end)
            return false;
        *offset = -*offset;
        return true;
    }
    if (rest.len == 1 && rest.ptr[0] == '-')
        sign = -1;
    else if (rest.len > 0)
        return false;
    range = brv_css_trim(range);
    if (sign == 0 && range.at == range.end) {
        *offset = 0;
        return true;
    }
    if (sign == 0 && (brv_css_at_delim(range, '+') || brv_css_at_delim(range, '-'))) {
        sign = brv_css_at_delim(range, '+') ? 1 : -1;
        range.at++;
    }
    const struct brv_css_token *number = brv_css_only(range);
    if (!number || number->kind != BRV_CSS_NUMBER || !(number->flags & BRV_CSS_IS_INTEGER))
        return false;
    bool is_signed = (number->flags & BRV_CSS_IS_SIGNED) != 0;
    if (is_signed == (sign != 0))
        return false;
    *offset = to_int(number->number) * (sign ? sign : 1);
    return true;
}

bool brv_css_parse_nth(struct brv_css_range range, int *step, int *offset)
{
    range = brv_css_trim(range);
    if (range.at >= range.end)
        return false;
    int sign = 1;
    bool has_plus = brv_css_at_delim(range, '+');
    if (has_plus)
        range.at++;
    if (range.at >= range.end)
        return false;
    const struct brv_css_token *first = range.at++;
    if (!has_plus && range.at == range.end) {
        if (brv_css_is_ident(first, "odd") || brv_css_is_ident(first, "even")) {
            *step = 2;
            *offset = brv_css_is_ident(first, "odd");
            return true;
        }
        if (first->kind == BRV_CSS_NUMBER && (first->flags & BRV_CSS_IS_INTEGER)) {
            *step = 0;
            *offset = to_int(first->number);
            return true;
        }
    }
    brv_str name = first->text;
    if (first->kind == BRV_CSS_IDENT) {
        *step = 1;
        if (!has_plus && name.len > 0 && name.ptr[0] == '-') {
            sign = -1;
            name = brv_str_slice(name, 1, name.len);
        }
    } else if (!has_plus && first->kind == BRV_CSS_DIMENSION &&
               (first->flags & BRV_CSS_IS_INTEGER)) {
        *step = to_int(first->number);
    } else {
        return false;
    }
    if (name.len == 0 || brv_to_lower(name.ptr[0]) != 'n')
        return false;
    *step *= sign;
    return read_nth_offset(brv_str_slice(name, 1, name.len), range, offset);
}
