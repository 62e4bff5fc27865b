// Brevier — value types made of strings and names.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "style/counter_style.h"

static uint64_t hash_string(brv_str text, uint64_t seed)
{
    return brv_hash(text.ptr, text.len, seed + text.len);
}

static void print_name(brv_str text, const char *when_empty, struct brv_buf *out)
{
    if (text.len == 0)
        brv_buf_add_cstr(out, when_empty);
    else
        brv_buf_add_str(out, text);
}

void brv_css_print_quoted(brv_str text, struct brv_buf *out)
{
    brv_buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            brv_buf_add_cstr(out, "\\a ");
            continue;
        }
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            brv_buf_add_byte(out, '\\');
        brv_buf_add_byte(out, text.ptr[i]);
    }
    brv_buf_add_byte(out, '"');
}

// ---- one string: auto and none are empty, but none stays a word where both are allowed

bool brv_css_parse_string(struct brv_css_context *context, struct brv_css_range range,
                          struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    value->string = (brv_str){ 0 };
    if (token->kind == BRV_CSS_STRING) {
        value->string = token->text;
        return true;
    }
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    if (!word || !brv_css_syntax_has(context->property, word->name))
        return false;
    if (brv_css_is_ident(token, "none") && brv_css_syntax_has(context->property, "auto"))
        value->string = brv_arena_str(context->arena, BRV_S("none"));
    return true;
}

void brv_css_compute_string(const struct brv_css_value *value, const struct brv_css_basis *basis,
                            void *field)
{
    (void)basis;
    *(brv_str *)field = value->string;
}

bool brv_css_equal_string(const void *a, const void *b)
{
    return brv_str_equal(*(const brv_str *)a, *(const brv_str *)b);
}

uint64_t brv_css_hash_string(const void *field, uint64_t seed)
{
    return hash_string(*(const brv_str *)field, seed);
}

void brv_css_print_string(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    brv_str text = *(const brv_str *)field;
    if (text.len == 0)
        brv_buf_add_cstr(out, "auto");
    else
        brv_css_print_quoted(text, out);
}

// ---- a name

bool brv_css_parse_name(struct brv_css_context *context, struct brv_css_range range,
                        struct brv_css_value *value)
{
    (void)context;
    const struct brv_css_token *token = brv_css_only(range);
    if (!token || token->kind != BRV_CSS_IDENT)
        return false;
    value->string = brv_css_is_ident(token, "auto") ? (brv_str){ 0 } : token->text;
    return true;
}

void brv_css_compute_name(const struct brv_css_value *value, const struct brv_css_basis *basis,
                          void *field)
{
    brv_css_compute_string(value, basis, field);
}

bool brv_css_equal_name(const void *a, const void *b)
{
    return brv_css_equal_string(a, b);
}

uint64_t brv_css_hash_name(const void *field, uint64_t seed)
{
    return brv_css_hash_string(field, seed);
}

void brv_css_print_name(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    print_name(*(const brv_str *)field, "auto", out);
}

// ---- font families: strings or sequences of identifiers, between commas

static bool parse_one_family(struct brv_css_context *context, struct brv_css_range range,
                             brv_str *family)
{
    const struct brv_css_token *only = brv_css_only(range);
    if (only && (only->kind == BRV_CSS_STRING || only->kind == BRV_CSS_IDENT)) {
        *family = only->text;
        return only->text.len > 0;
    }
    // Several identifiers are joined with single spaces.
    *family = (brv_str){ 0 };
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (t->kind != BRV_CSS_IDENT) {
            context->culprit = t;
            return false;
        }
        *family = family->len == 0 ? t->text
                                   : brv_arena_printf(context->arena,
                                                      "%" BRV_STR_F " %" BRV_STR_F,
                                                      BRV_STR_ARG(*family),
                                                      BRV_STR_ARG(t->text));
        if (family->len > 1000)
            return false;
    }
    return family->len > 0;
}

bool brv_css_parse_family(struct brv_css_context *context, struct brv_css_range range,
                          struct brv_css_value *value)
{
    brv_str *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct brv_css_range item;
    while (brv_css_next_item(&range, &item)) {
        brv_str family;
        if (!parse_one_family(context, item, &family))
            return false;
        BRV_PUSH(context->arena, items, count, capacity) = family;
    }
    value->strings = (struct brv_strings){ .items = items, .count = (uint32_t)count };
    return count > 0;
}

void brv_css_compute_family(const struct brv_css_value *value, const struct brv_css_basis *basis,
                            void *field)
{
    brv_css_compute_strings(value, basis, field);
}

// ---- lists of strings

bool brv_css_parse_strings(struct brv_css_context *context, struct brv_css_range range,
                           struct brv_css_value *value)
{
    const struct brv_css_token *only = brv_css_only(range);
    const struct brv_css_word *word =
        only ? brv_css_find_word(context->property->type, only) : NULL;
    if (word) {
        value->strings = (struct brv_strings){ .keyword = (uint8_t)word->value };
        return brv_css_syntax_has(context->property, word->name);
    }
    brv_str *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (t->kind != BRV_CSS_STRING) {
            context->culprit = t;
            return false;
        }
        BRV_PUSH(context->arena, items, count, capacity) = t->text;
    }
    value->strings = (struct brv_strings){
        .items = items,
        .count = (uint32_t)count,
        .keyword = BRV_STRINGS_SET,
    };
    // Pairs where the syntax repeats, otherwise one or two.
    return strchr(context->property->syntax, '+') ? count > 0 && count % 2 == 0
                                                  : count == 1 || count == 2;
}

void brv_css_compute_strings(const struct brv_css_value *value, const struct brv_css_basis *basis,
                             void *field)
{
    (void)basis;
    *(struct brv_strings *)field = value->strings;
}

bool brv_css_equal_strings(const void *a, const void *b)
{
    const struct brv_strings *x = a;
    const struct brv_strings *y = b;
    if (x->count != y->count || x->keyword != y->keyword)
        return false;
    for (uint32_t i = 0; x->items != y->items && i < x->count; i++) {
        if (!brv_str_equal(x->items[i], y->items[i]))
            return false;
    }
    return true;
}

uint64_t brv_css_hash_strings(const void *field, uint64_t seed)
{
    const struct brv_strings *strings = field;
    seed += strings->keyword;
    for (uint32_t i = 0; i < strings->count; i++)
        seed = hash_string(strings->items[i], seed);
    return seed;
}

void brv_css_print_strings(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    const struct brv_strings *strings = field;
    bool is_family = type->id == BRV_CSS_TYPE_FAMILY;
    if (strings->keyword != BRV_STRINGS_SET)
        brv_buf_add_cstr(out, strings->keyword == BRV_STRINGS_AUTO ? "auto" : "none");
    for (uint32_t i = 0; i < strings->count; i++) {
        if (i > 0)
            brv_buf_add_cstr(out, is_family ? ", " : " ");
        brv_css_print_quoted(strings->items[i], out);
    }
}

// ---- OpenType features

static bool parse_feature(struct brv_css_range range, struct brv_feature *feature)
{
    if (!brv_css_at(range, BRV_CSS_STRING) || range.at->text.len != 4)
        return false;
    memcpy(feature->tag, range.at->text.ptr, 4);
    feature->value = 1;
    range.at++;
    range = brv_css_trim(range);
    if (range.at == range.end)
        return true;
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    if (token->kind == BRV_CSS_NUMBER && (token->flags & BRV_CSS_IS_INTEGER) &&
        token->number >= 0 && token->number < 65536) {
        feature->value = (uint32_t)token->number;
        return true;
    }
    feature->value = brv_css_is_ident(token, "on");
    return brv_css_is_ident(token, "on") || brv_css_is_ident(token, "off");
}

bool brv_css_parse_features(struct brv_css_context *context, struct brv_css_range range,
                            struct brv_css_value *value)
{
    value->features = (struct brv_features){ 0 };
    const struct brv_css_token *only = brv_css_only(range);
    if (only && brv_css_is_ident(only, "normal"))
        return true;
    struct brv_feature *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct brv_css_range item;
    while (brv_css_next_item(&range, &item)) {
        struct brv_feature feature;
        if (!parse_feature(item, &feature))
            return false;
        BRV_PUSH(context->arena, items, count, capacity) = feature;
    }
    value->features = (struct brv_features){ .items = items, .count = (uint32_t)count };
    return count > 0;
}

void brv_css_compute_features(const struct brv_css_value *value, const struct brv_css_basis *basis,
                              void *field)
{
    (void)basis;
    *(struct brv_features *)field = value->features;
}

bool brv_css_equal_features(const void *a, const void *b)
{
    const struct brv_features *x = a;
    const struct brv_features *y = b;
    return x->count == y->count &&
           (x->count == 0 || memcmp(x->items, y->items, x->count * sizeof *x->items) == 0);
}

uint64_t brv_css_hash_features(const void *field, uint64_t seed)
{
    const struct brv_features *features = field;
    return brv_hash(features->items, features->count * sizeof *features->items, seed);
}

void brv_css_print_features(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    const struct brv_features *features = field;
    if (features->count == 0)
        brv_buf_add_cstr(out, "normal");
    for (uint32_t i = 0; i < features->count; i++) {
        if (i > 0)
            brv_buf_add_cstr(out, ", ");
        brv_css_print_quoted((brv_str){ features->items[i].tag, 4 }, out);
        brv_buf_printf(out, " %u", features->items[i].value);
    }
}

// ---- list markers

bool brv_css_parse_marker(struct brv_css_context *context, struct brv_css_range range,
                          struct brv_css_value *value)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token)
        return false;
    struct brv_list_marker marker = { .style = BRV_LIST_STRING };
    const struct brv_css_word *word = brv_css_find_word(context->property->type, token);
    if (token->kind == BRV_CSS_STRING) {
        marker.string = token->text;
    } else if (word) {
        marker.style = (enum brv_list_style)word->value;
    } else {
        marker.counter_style = brv_counter_style_read(context, token);
        if (!marker.counter_style)
            return false;
        marker.string = marker.counter_style->name;
    }
    struct brv_list_marker *kept = BRV_NEW(context->arena, struct brv_list_marker);
    *kept = marker;
    value->marker = kept;
    return true;
}

void brv_css_compute_marker(const struct brv_css_value *value, const struct brv_css_basis *basis,
                            void *field)
{
    (void)basis;
    *(struct brv_list_marker *)field = *value->marker;
}

bool brv_css_equal_marker(const void *a, const void *b)
{
    const struct brv_list_marker *x = a;
    const struct brv_list_marker *y = b;
    return x->style == y->style && brv_str_equal(x->string, y->string) &&
           brv_counter_style_equal(x->counter_style, y->counter_style);
}

uint64_t brv_css_hash_marker(const void *field, uint64_t seed)
{
    const struct brv_list_marker *marker = field;
    return hash_string(marker->string, seed + (unsigned)marker->style);
}

void brv_css_print_marker(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    const struct brv_list_marker *marker = field;
    if (marker->counter_style)
        brv_buf_add_str(out, marker->string);
    else if (marker->style == BRV_LIST_STRING)
        brv_css_print_quoted(marker->string, out);
    else
        brv_buf_add_cstr(out, brv_css_list_style_name(marker->style));
}

// ---- files

bool brv_css_parse_url(struct brv_css_context *context, struct brv_css_range range,
                       struct brv_css_value *value)
{
    struct brv_url *url = BRV_NEW(context->arena, struct brv_url);
    value->url = url;
    const struct brv_css_token *token = brv_css_only(range);
    if (token && brv_css_is_ident(token, "none"))
        return true;
    token = token ? brv_css_url_token(token) : NULL;
    if (!token)
        return false;
    const struct brv_source *source = brv_css_source_of(context, token);
    url->path = token->text;
    url->sheet = source ? source->name : (brv_str){ 0 };
    return true;
}

void brv_css_compute_url(const struct brv_css_value *value, const struct brv_css_basis *basis,
                         void *field)
{
    (void)basis;
    *(struct brv_url *)field = *value->url;
}

bool brv_css_equal_url(const void *a, const void *b)
{
    const struct brv_url *x = a;
    const struct brv_url *y = b;
    return brv_str_equal(x->path, y->path) && brv_str_equal(x->sheet, y->sheet);
}

uint64_t brv_css_hash_url(const void *field, uint64_t seed)
{
    return hash_string(((const struct brv_url *)field)->path, seed);
}

void brv_css_print_url(const void *field, const struct brv_css_type *type, struct brv_buf *out)
{
    (void)type;
    const struct brv_url *url = field;
    if (url->path.len == 0) {
        brv_buf_add_cstr(out, "none");
        return;
    }
    brv_buf_add_cstr(out, "url(");
    brv_css_print_quoted(url->path, out);
    brv_buf_add_byte(out, ')');
}

// ---- the list styles by name

static const struct brv_css_type *list_style_type(void)
{
    return brv_css_type(BRV_CSS_TYPE_LIST_STYLE);
}

const struct brv_css_word *brv_css_list_style_words(size_t *count)
{
    *count = list_style_type()->word_count;
    return list_style_type()->words;
}

bool brv_css_list_style_from_name(brv_str name, enum brv_list_style *style)
{
    const struct brv_css_type *type = list_style_type();
    for (size_t i = 0; i < type->word_count; i++) {
        if (brv_str_is_nocase(name, type->words[i].name)) {
            *style = (enum brv_list_style)type->words[i].value;
            return true;
        }
    }
    return false;
}

const char *brv_css_list_style_name(enum brv_list_style style)
{
    const struct brv_css_type *type = list_style_type();
    for (size_t i = 0; i < type->word_count; i++) {
        if (type->words[i].value == (int)style)
            return type->words[i].name;
    }
    return "string";
}
