// Brevier — value types of generated content: content lists and string-set.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "style/counter_style.h"
#include "style/sheet.h"

// ---- content lists

// The arguments of a function, split at commas: at most `limit`; 0 when there are more.
static size_t split_arguments(const struct brv_css_token *function,
                              const struct brv_css_token *arguments[], size_t limit)
{
    struct brv_css_range range = brv_css_inside(function);
    struct brv_css_range item;
    size_t count = 0;
    while (brv_css_next_item(&range, &item)) {
        if (count == limit || !(arguments[count] = brv_css_only(item)))
            return 0;
        count++;
    }
    return count;
}

static bool is_kind(const struct brv_css_token *token, enum brv_css_kind kind)
{
    return token->kind == kind;
}

static bool read_attr(const struct brv_css_token *function, brv_str *name)
{
    // attr(href url) is the older way to say the same.
    struct brv_css_range range = brv_css_trim(brv_css_inside(function));
    if (!brv_css_at(range, BRV_CSS_IDENT))
        return false;
    *name = range.at->text;
    range.at++;
    range = brv_css_trim(range);
    return range.at == range.end || (brv_css_only(range) && brv_css_is_ident(range.at, "url"));
}

static bool read_style(const struct brv_css_token *token, enum brv_list_style *style)
{
    return is_kind(token, BRV_CSS_IDENT) && brv_css_list_style_from_name(token->text, style);
}

// The same for counters that are counted here: a style of the sheet's own will do too.
static bool read_any_style(struct brv_css_context *context, const struct brv_css_token *token,
                           struct brv_content_item *item)
{
    if (read_style(token, &item->style))
        return true;
    if (brv_str_is(item->text, "page") || brv_str_is(item->text, "pages"))
        return false;
    item->style = BRV_LIST_STRING;
    item->counter_style = brv_counter_style_read(context, token);
    return item->counter_style != NULL;
}

// counter(name, style?)
static bool read_counter(struct brv_css_context *context, const struct brv_css_token *function,
                         struct brv_content_item *item)
{
    const struct brv_css_token *arguments[2];
    size_t count = split_arguments(function, arguments, 2);
    if (count == 0 || !is_kind(arguments[0], BRV_CSS_IDENT))
        return false;
    *item = (struct brv_content_item){
        .kind = BRV_CONTENT_COUNTER,
        .style = BRV_LIST_DECIMAL,
        .text = arguments[0]->text,
    };
    return count == 1 || read_any_style(context, arguments[1], item);
}

// counters(name, separator, style?)
static bool read_counters(struct brv_css_context *context, const struct brv_css_token *function,
                          struct brv_content_item *item)
{
    const struct brv_css_token *arguments[3];
    size_t count = split_arguments(function, arguments, 3);
    if (count < 2 || !is_kind(arguments[0], BRV_CSS_IDENT) ||
        !is_kind(arguments[1], BRV_CSS_STRING))
        return false;
    *item = (struct brv_content_item){
        .kind = BRV_CONTENT_COUNTERS,
        .style = BRV_LIST_DECIMAL,
        .text = arguments[0]->text,
        .separator = arguments[1]->text,
    };
    return count == 2 || read_any_style(context, arguments[2], item);
}

// target-counter(attr(href), name, style?)
static bool read_target(struct brv_css_context *context, const struct brv_css_token *function,
                        struct brv_content_item *item)
{
    const struct brv_css_token *arguments[3];
    size_t count = split_arguments(function, arguments, 3);
    if (count < 2 || !brv_css_is_function(arguments[0], "attr") ||
        !is_kind(arguments[1], BRV_CSS_IDENT) || brv_css_is_ident(arguments[1], "pages"))
        return false;
    *item = (struct brv_content_item){
        .kind = BRV_CONTENT_TARGET_COUNTER,
        .style = BRV_LIST_DECIMAL,
        .text = arguments[1]->text,
    };
    return read_attr(arguments[0], &item->separator) &&
           (count == 2 || read_any_style(context, arguments[2], item));
}

// target-text(attr(href), [content | before]?)
static bool read_target_text(const struct brv_css_token *function, struct brv_content_item *item)
{
    const struct brv_css_token *arguments[2];
    size_t count = split_arguments(function, arguments, 2);
    item->kind = BRV_CONTENT_TARGET_TEXT;
    if (count == 2)
        item->text = arguments[1]->text;
    return count > 0 && brv_css_is_function(arguments[0], "attr") &&
           read_attr(arguments[0], &item->separator) &&
           (count == 1 || brv_css_is_ident(arguments[1], "content") ||
            brv_css_is_ident(arguments[1], "before"));
}

// leader(dotted | solid | space | <string>)
static bool read_leader(const struct brv_css_context *context, const struct brv_css_token *function,
                        struct brv_content_item *item)
{
    const struct brv_css_token *argument = brv_css_only(brv_css_inside(function));
    if (!argument)
        return false;
    item->kind = BRV_CONTENT_LEADER;
    if (is_kind(argument, BRV_CSS_STRING))
        item->text = argument->text;
    else if (brv_css_is_ident(argument, "dotted"))
        item->text = brv_arena_str(context->arena, BRV_S("."));
    else if (brv_css_is_ident(argument, "solid"))
        item->text = brv_arena_str(context->arena, BRV_S("_"));
    else if (brv_css_is_ident(argument, "space"))
        item->text = brv_arena_str(context->arena, BRV_S(" "));
    return item->text.len > 0;
}

static const char *const string_places[] = {
    [BRV_STRING_FIRST] = "first",
    [BRV_STRING_START] = "start",
    [BRV_STRING_LAST] = "last",
    [BRV_STRING_FIRST_EXCEPT] = "first-except",
};

static bool read_named_string(const struct brv_css_token *function, struct brv_content_item *item)
{
    const struct brv_css_token *arguments[2];
    size_t count = split_arguments(function, arguments, 2);
    if (count == 0 || !is_kind(arguments[0], BRV_CSS_IDENT))
        return false;
    item->text = arguments[0]->text;
    if (count == 1)
        return true;
    for (size_t i = 0; i < BRV_COUNT(string_places); i++) {
        item->place = (enum brv_string_place)i;
        if (brv_css_is_ident(arguments[1], string_places[i]))
            return true;
    }
    return false;
}

static bool read_function(struct brv_css_context *context, const struct brv_css_token *token,
                          struct brv_content_item *item)
{
    if (brv_css_is_function(token, "attr")) {
        item->kind = BRV_CONTENT_ATTR;
        return read_attr(token, &item->text);
    }
    if (brv_css_is_function(token, "counter"))
        return read_counter(context, token, item);
    if (brv_css_is_function(token, "counters"))
        return read_counters(context, token, item);
    if (brv_css_is_function(token, "target-counter"))
        return read_target(context, token, item);
    if (brv_css_is_function(token, "target-text"))
        return read_target_text(token, item);
    if (brv_css_is_function(token, "leader"))
        return read_leader(context, token, item);
    if (brv_css_is_function(token, "string")) {
        item->kind = BRV_CONTENT_NAMED_STRING;
        return read_named_string(token, item);
    }
    if (brv_css_is_function(token, "content")) {
        struct brv_css_range inside = brv_css_trim(brv_css_inside(token));
        const struct brv_css_token *argument = brv_css_only(inside);
        item->kind = BRV_CONTENT_ELEMENT_TEXT;
        return inside.at == inside.end || (argument && brv_css_is_ident(argument, "text"));
    }
    return false;
}

static bool read_item(struct brv_css_context *context, const struct brv_css_token *token,
                      struct brv_content_item *item)
{
    *item = (struct brv_content_item){ 0 };
    if (is_kind(token, BRV_CSS_STRING)) {
        item->kind = BRV_CONTENT_STRING;
        item->text = token->text;
        return true;
    }
    if (brv_css_is_ident(token, "open-quote") || brv_css_is_ident(token, "close-quote")) {
        item->kind = brv_css_is_ident(token, "open-quote") ? BRV_CONTENT_OPEN_QUOTE
                                                           : BRV_CONTENT_CLOSE_QUOTE;
        return true;
    }
    const struct brv_css_token *url = brv_css_url_token(token);
    if (url) {
        item->kind = BRV_CONTENT_IMAGE;
        item->text = url->text;
        item->image = brv_css_image(context, url);
        return true;
    }
    return is_kind(token, BRV_CSS_FUNCTION) && read_function(context, token, item);
}

// "/ <string>" at the end tells what the images show.
static bool read_alt(struct brv_css_context *context, struct brv_css_range range,
                     struct brv_content_item *items, size_t count)
{
    context->culprit = range.at++;
    const struct brv_css_token *alt = brv_css_only(range);
    bool has_image = false;
    for (size_t i = 0; i < count && alt && alt->kind == BRV_CSS_STRING; i++) {
        if (items[i].kind == BRV_CONTENT_IMAGE) {
            items[i].separator = alt->text;
            has_image = true;
        }
    }
    return has_image;
}

static bool read_items(struct brv_css_context *context, struct brv_css_range range,
                       struct brv_content_list *list)
{
    struct brv_content_item *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (t->kind == BRV_CSS_DELIM && brv_str_is(t->text, "/")) {
            if (!read_alt(context, (struct brv_css_range){ t, range.end }, items, count))
                return false;
            break;
        }
        struct brv_content_item item;
        context->is_too_long = count == BRV_CSS_MAX_PARTS;
        if (context->is_too_long || !read_item(context, t, &item)) {
            context->culprit = t;
            return false;
        }
        BRV_PUSH(context->arena, items, count, capacity) = item;
    }
    *list = (struct brv_content_list){
        .items = items,
        .count = (uint32_t)count,
        .keyword = BRV_CONTENT_SET,
    };
    return count > 0;
}

bool brv_css_parse_content(struct brv_css_context *context, struct brv_css_range range,
                           struct brv_css_value *value)
{
    const struct brv_css_token *only = brv_css_only(range);
    const struct brv_css_word *word =
        only ? brv_css_find_word(context->property->type, only) : NULL;
    if (!word)
        return read_items(context, range, &value->content);
    value->content = (struct brv_content_list){ .keyword = (uint8_t)word->value };
    return true;
}

void brv_css_compute_content(const struct brv_css_value *value, const struct brv_css_basis *basis,
                             void *field)
{
    (void)basis;
    *(struct brv_content_list *)field = value->content;
}

bool brv_css_equal_content(const void *a, const void *b)
{
    const struct brv_content_list *x = a;
    const struct brv_content_list *y = b;
    if (x->count != y->count || x->keyword != y->keyword)
        return false;
    for (uint32_t i = 0; x->items != y->items && i < x->count; i++) {
        if (x->items[i].kind != y->items[i].kind || x->items[i].style != y->items[i].style ||
            x->items[i].place != y->items[i].place ||
            !brv_str_equal(x->items[i].text, y->items[i].text) ||
            !brv_str_equal(x->items[i].separator, y->items[i].separator) ||
            x->items[i].image != y->items[i].image ||
            !brv_counter_style_equal(x->items[i].counter_style, y->items[i].counter_style))
            return false;
    }
    return true;
}

uint64_t brv_css_hash_content(const void *field, uint64_t seed)
{
    const struct brv_content_list *list = field;
    seed += list->keyword;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct brv_content_item *item = &list->items[i];
        seed += (unsigned)item->place;
        seed = brv_hash(item->text.ptr, item->text.len, seed + (unsigned)item->kind);
        seed = brv_hash(item->separator.ptr, item->separator.len, seed + (unsigned)item->style);
    }
    return seed;
}

static void print_style(const struct brv_content_item *item, struct brv_buf *out)
{
    if (item->counter_style)
        brv_buf_printf(out, ", %" BRV_STR_F, BRV_STR_ARG(item->counter_style->name));
    else if (item->style != BRV_LIST_DECIMAL)
        brv_buf_printf(out, ", %s", brv_css_list_style_name(item->style));
    brv_buf_add_byte(out, ')');
}

static void print_item(const struct brv_content_item *item, struct brv_buf *out)
{
    switch (item->kind) {
    case BRV_CONTENT_STRING:
        brv_css_print_quoted(item->text, out);
        return;
    case BRV_CONTENT_ATTR:
        brv_buf_printf(out, "attr(%" BRV_STR_F ")", BRV_STR_ARG(item->text));
        return;
    case BRV_CONTENT_COUNTER:
        brv_buf_printf(out, "counter(%" BRV_STR_F, BRV_STR_ARG(item->text));
        print_style(item, out);
        return;
    case BRV_CONTENT_COUNTERS:
        brv_buf_printf(out, "counters(%" BRV_STR_F ", ", BRV_STR_ARG(item->text));
        brv_css_print_quoted(item->separator, out);
        print_style(item, out);
        return;
    case BRV_CONTENT_NAMED_STRING:
        brv_buf_printf(out, "string(%" BRV_STR_F, BRV_STR_ARG(item->text));
        if (item->place != BRV_STRING_FIRST)
            brv_buf_printf(out, ", %s", string_places[item->place]);
        brv_buf_add_byte(out, ')');
        return;
    case BRV_CONTENT_ELEMENT_TEXT:
        brv_buf_add_cstr(out, "content()");
        return;
    case BRV_CONTENT_LEADER:
        brv_buf_add_cstr(out, "leader(");
        brv_css_print_quoted(item->text, out);
        brv_buf_add_byte(out, ')');
        return;
    case BRV_CONTENT_TARGET_COUNTER:
        brv_buf_printf(out,
                       "target-counter(attr(%" BRV_STR_F "), %" BRV_STR_F,
                       BRV_STR_ARG(item->separator),
                       BRV_STR_ARG(item->text));
        print_style(item, out);
        return;
    case BRV_CONTENT_TARGET_TEXT:
        brv_buf_printf(out, "target-text(attr(%" BRV_STR_F ")", BRV_STR_ARG(item->separator));
        if (brv_str_is_nocase(item->text, "before"))
            brv_buf_add_cstr(out, ", before");
        brv_buf_add_byte(out, ')');
        return;
    case BRV_CONTENT_IMAGE:
        brv_buf_add_cstr(out, "url(");
        brv_css_print_quoted(item->text, out);
        brv_buf_add_byte(out, ')');
        return;
    case BRV_CONTENT_OPEN_QUOTE:
        brv_buf_add_cstr(out, "open-quote");
        return;
    case BRV_CONTENT_CLOSE_QUOTE:
        brv_buf_add_cstr(out, "close-quote");
        return;
    }
}

void brv_css_print_content(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    const struct brv_content_list *list = field;
    if (list->keyword != BRV_CONTENT_SET)
        brv_buf_add_cstr(out, list->keyword == BRV_CONTENT_NORMAL ? "normal" : "none");
    for (uint32_t i = 0; i < list->count; i++) {
        if (i > 0)
            brv_buf_add_byte(out, ' ');
        print_item(&list->items[i], out);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == BRV_CONTENT_IMAGE && list->items[i].separator.len > 0) {
            brv_buf_add_cstr(out, " / ");
            brv_css_print_quoted(list->items[i].separator, out);
            return;
        }
    }
}

// ---- string-set

bool brv_css_parse_string_set(struct brv_css_context *context, struct brv_css_range range,
                              struct brv_css_value *value)
{
    value->sets = (struct brv_string_sets){ 0 };
    const struct brv_css_token *only = brv_css_only(range);
    if (only && brv_css_is_ident(only, "none"))
        return true;
    struct brv_string_set *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct brv_css_range item;
    while (brv_css_next_item(&range, &item)) {
        struct brv_string_set set = { 0 };
        context->is_too_long = count == BRV_CSS_MAX_PARTS;
        if (context->is_too_long || !brv_css_at(item, BRV_CSS_IDENT))
            return false;
        set.name = item.at->text;
        item.at++;
        if (!read_items(context, item, &set.content))
            return false;
        BRV_PUSH(context->arena, items, count, capacity) = set;
    }
    value->sets = (struct brv_string_sets){ .items = items, .count = (uint32_t)count };
    return count > 0;
}

void brv_css_compute_string_set(const struct brv_css_value *value,
                                const struct brv_css_basis *basis, void *field)
{
    (void)basis;
    *(struct brv_string_sets *)field = value->sets;
}

bool brv_css_equal_string_set(const void *a, const void *b)
{
    const struct brv_string_sets *x = a;
    const struct brv_string_sets *y = b;
    if (x->count != y->count)
        return false;
    for (uint32_t i = 0; x->items != y->items && i < x->count; i++) {
        if (!brv_str_equal(x->items[i].name, y->items[i].name) ||
            !brv_css_equal_content(&x->items[i].content, &y->items[i].content))
            return false;
    }
    return true;
}

uint64_t brv_css_hash_string_set(const void *field, uint64_t seed)
{
    const struct brv_string_sets *sets = field;
    for (uint32_t i = 0; i < sets->count; i++) {
        seed = brv_hash(sets->items[i].name.ptr, sets->items[i].name.len, seed);
        seed = brv_css_hash_content(&sets->items[i].content, seed);
    }
    return seed;
}

void brv_css_print_string_set(const void *field, const struct brv_css_type *type,
                              struct brv_buf *out)
{
    const struct brv_string_sets *sets = field;
    if (sets->count == 0)
        brv_buf_add_cstr(out, "none");
    for (uint32_t i = 0; i < sets->count; i++) {
        brv_buf_printf(out, "%s%" BRV_STR_F " ", i ? ", " : "", BRV_STR_ARG(sets->items[i].name));
        brv_css_print_content(&sets->items[i].content, type, out);
    }
}
