// Brevier — the CSS parsing vectors, where they lie beside the checkout.
// Each file is a JSON array of pairs: a CSS text and what parsing it must give. Our result is
// turned into the same JSON and compared as a whole.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "style/syntax.h"
#include "style/value.h"

#include <jansson.h>
#include <math.h>

#define VECTORS BRV_SOURCE_DIR "/../shared/conformance/css-parsing-tests/"

static json_t *string_of(brv_str text)
{
    return json_stringn(text.len ? text.ptr : "", text.len);
}

static json_t *error_of(const char *what)
{
    return json_pack("[ss]", "error", what);
}

static json_t *list_of(struct brv_css_range range, brv_str text);

// The numeric text of a token: what stands before the unit or the percent sign. The tokenizer keeps
// only the place, so the number is read off the source again.
static brv_str representation(const struct brv_css_token *token, brv_str text)
{
    size_t end = token->offset;
    size_t limit = token->offset + token->length;
    while (end < limit && text.ptr[end] && strchr("+-.0123456789eE", text.ptr[end])) {
        char c = text.ptr[end];
        char next = end + 1 < limit ? text.ptr[end + 1] : 0;
        char after = end + 2 < limit ? text.ptr[end + 2] : 0;
        bool is_exponent =
            (c == 'e' || c == 'E') &&
            (brv_is_digit(next) || ((next == '+' || next == '-') && brv_is_digit(after)));
        if ((c == 'e' || c == 'E') && !is_exponent)
            break;
        if ((c == '+' || c == '-') && end > token->offset && text.ptr[end - 1] != 'e' &&
            text.ptr[end - 1] != 'E')
            break;
        if (c == '.' && !brv_is_digit(next))
            break;
        end++;
    }
    return brv_str_slice(text, token->offset, end);
}

static json_t *number_of(const char *kind, const struct brv_css_token *token, brv_str text)
{
    bool is_integer = (token->flags & BRV_CSS_IS_INTEGER) != 0;
    json_t *array = json_array();
    json_array_append_new(array, json_string(kind));
    json_array_append_new(array, string_of(representation(token, text)));
    json_array_append_new(array, json_real(token->number));
    json_array_append_new(array, json_string(is_integer ? "integer" : "number"));
    if (token->kind == BRV_CSS_DIMENSION)
        json_array_append_new(array, string_of(token->text));
    return array;
}

static json_t *named(const char *kind, brv_str name)
{
    json_t *array = json_array();
    json_array_append_new(array, json_string(kind));
    json_array_append_new(array, string_of(name));
    return array;
}

static json_t *with_content(json_t *head, const struct brv_css_token *token, brv_str text)
{
    json_t *content = list_of(brv_css_inside(token), text);
    json_array_extend(head, content);
    json_decref(content);
    return head;
}

static json_t *value_of(const struct brv_css_token *token, brv_str text)
{
    switch ((enum brv_css_kind)token->kind) {
    case BRV_CSS_IDENT:
        return named("ident", token->text);
    case BRV_CSS_AT_KEYWORD:
        return named("at-keyword", token->text);
    case BRV_CSS_HASH: {
        json_t *array = named("hash", token->text);
        json_array_append_new(array,
                              json_string(token->flags & BRV_CSS_IS_ID ? "id" : "unrestricted"));
        return array;
    }
    case BRV_CSS_STRING:
        return named("string", token->text);
    case BRV_CSS_URL:
        return named("url", token->text);
    case BRV_CSS_BAD_STRING:
        return error_of("bad-string");
    case BRV_CSS_BAD_URL:
        return error_of("bad-url");
    case BRV_CSS_DELIM:
        return string_of(token->text);
    case BRV_CSS_NUMBER:
        return number_of("number", token, text);
    case BRV_CSS_PERCENTAGE:
        return number_of("percentage", token, text);
    case BRV_CSS_DIMENSION:
        return number_of("dimension", token, text);
    case BRV_CSS_UNICODE_RANGE:
        return json_pack(
            "[sII]", "unicode-range", (json_int_t)token->range[0], (json_int_t)token->range[1]);
    case BRV_CSS_FUNCTION:
        return with_content(named("function", token->text), token, text);
    case BRV_CSS_CURLY:
        return with_content(json_pack("[s]", "{}"), token, text);
    case BRV_CSS_SQUARE:
        return with_content(json_pack("[s]", "[]"), token, text);
    case BRV_CSS_PAREN:
        return with_content(json_pack("[s]", "()"), token, text);
    case BRV_CSS_SPACE:
        return json_string(" ");
    case BRV_CSS_COLON:
        return json_string(":");
    case BRV_CSS_SEMICOLON:
        return json_string(";");
    case BRV_CSS_COMMA:
        return json_string(",");
    case BRV_CSS_CLOSE_CURLY:
    case BRV_CSS_CLOSE_SQUARE:
    case BRV_CSS_CLOSE_PAREN:
        return error_of(brv_css_kind_name((enum brv_css_kind)token->kind));
    case BRV_CSS_INCLUDE_MATCH:
    case BRV_CSS_DASH_MATCH:
    case BRV_CSS_PREFIX_MATCH:
    case BRV_CSS_SUFFIX_MATCH:
    case BRV_CSS_SUBSTRING_MATCH:
    case BRV_CSS_COLUMN:
    case BRV_CSS_CDO:
    case BRV_CSS_CDC:
        return json_string(brv_css_kind_name((enum brv_css_kind)token->kind));
    }
    return NULL;
}

static json_t *list_of(struct brv_css_range range, brv_str text)
{
    json_t *array = json_array();
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        json_array_append_new(array, value_of(t, text));
        if (t->flags & BRV_CSS_AT_END)
            json_array_append_new(
                array, error_of(t->kind == BRV_CSS_URL ? "eof-in-url" : "eof-in-string"));
    }
    return array;
}

static json_t *item_of(const struct brv_css_item *item, brv_str text)
{
    json_t *array = json_array();
    switch (item->kind) {
    case BRV_CSS_FAULT:
        json_decref(array);
        return error_of("invalid");
    case BRV_CSS_DECLARATION:
        json_array_append_new(array, json_string("declaration"));
        json_array_append_new(array, string_of(item->name->text));
        json_array_append_new(array, list_of(item->prelude, text));
        json_array_append_new(array, json_boolean(item->is_important));
        return array;
    case BRV_CSS_AT_RULE:
        json_array_append_new(array, json_string("at-rule"));
        json_array_append_new(array, string_of(item->name->text));
        break;
    case BRV_CSS_RULE:
        json_array_append_new(array, json_string("qualified rule"));
        break;
    }
    json_array_append_new(array, list_of(item->prelude, text));
    json_array_append_new(array,
                          item->block ? list_of(brv_css_inside(item->block), text) : json_null());
    return array;
}

static json_t *result_of(enum brv_css_result result, json_t *value)
{
    static const char *const names[] = {
        [BRV_CSS_EMPTY] = "empty",
        [BRV_CSS_INVALID] = "invalid",
        [BRV_CSS_EXTRA] = "extra-input",
    };
    if (result == BRV_CSS_OK)
        return value;
    json_decref(value);
    return error_of(names[result]);
}

// ---- one function a file

typedef json_t *parse_fn(struct brv_css_range range, brv_str text);

static json_t *parse_rules(struct brv_css_range range, brv_str text, bool is_top_level)
{
    json_t *array = json_array();
    struct brv_css_item item;
    while (brv_css_next_rule(&range, is_top_level, &item))
        json_array_append_new(array, item_of(&item, text));
    return array;
}

static json_t *parse_stylesheet(struct brv_css_range range, brv_str text)
{
    return parse_rules(range, text, true);
}

static json_t *parse_rule_list(struct brv_css_range range, brv_str text)
{
    return parse_rules(range, text, false);
}

static json_t *parse_declaration_list(struct brv_css_range range, brv_str text)
{
    json_t *array = json_array();
    struct brv_css_item item;
    while (brv_css_next_declaration(&range, &item))
        json_array_append_new(array, item_of(&item, text));
    return array;
}

static json_t *parse_one_rule(struct brv_css_range range, brv_str text)
{
    struct brv_css_item item = { .kind = BRV_CSS_FAULT };
    enum brv_css_result result = brv_css_parse_rule(range, &item);
    return result_of(result, item_of(&item, text));
}

static json_t *parse_one_declaration(struct brv_css_range range, brv_str text)
{
    struct brv_css_item item = { .kind = BRV_CSS_FAULT };
    enum brv_css_result result = brv_css_parse_declaration(range, &item);
    return result_of(result, item_of(&item, text));
}

static json_t *parse_one_value(struct brv_css_range range, brv_str text)
{
    const struct brv_css_token *value = NULL;
    enum brv_css_result result = brv_css_parse_value(range, &value);
    return result_of(result, value ? value_of(value, text) : json_null());
}

static json_t *parse_nth(struct brv_css_range range, brv_str text)
{
    (void)text;
    int step = 0;
    int offset = 0;
    if (!brv_css_parse_nth(range, &step, &offset))
        return json_null();
    return json_pack("[ii]", step, offset);
}

// ---- comparing

static bool is_same(const json_t *a, const json_t *b)
{
    if (json_is_number(a) && json_is_number(b))
        return fabs(json_number_value(a) - json_number_value(b)) <= 1e-9;
    if (!json_is_array(a) || !json_is_array(b))
        return json_equal(a, b);
    bool same = json_array_size(a) == json_array_size(b);
    for (size_t i = 0; same && i < json_array_size(a); i++)
        same = is_same(json_array_get(a, i), json_array_get(b, i));
    return same;
}

static json_t *load_vectors(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, VECTORS "%s.json", name);
    return json_load_file(path, JSON_ALLOW_NUL, NULL);
}

static void run_vectors(void **state, const char *name, parse_fn *parse)
{
    struct fixture *fixture = *state;
    json_t *vectors = load_vectors(name);
    if (!vectors) {
        print_message("%s: no vectors beside the checkout\n", name);
        skip();
    }
    size_t count = json_array_size(vectors) / 2;
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        json_t *input = json_array_get(vectors, i * 2);
        json_t *want = json_array_get(vectors, i * 2 + 1);
        brv_str text = { json_string_value(input), json_string_length(input) };
        json_t *got = parse(brv_css_tokenize(fixture->arena, text), text);
        if (!is_same(got, want)) {
            char *got_text = json_dumps(got, JSON_ENCODE_ANY);
            char *want_text = json_dumps(want, JSON_ENCODE_ANY);
            print_error("%s %zu\n  got  %s\n  want %s\n", name, i, got_text, want_text);
            free(got_text);
            free(want_text);
            fail();
        }
        json_decref(got);
    }
    json_decref(vectors);
}

static void component_value_lists(void **state)
{
    run_vectors(state, "component_value_list", list_of);
}

static void declaration_lists(void **state)
{
    run_vectors(state, "declaration_list", parse_declaration_list);
}

static void single_values(void **state)
{
    run_vectors(state, "one_component_value", parse_one_value);
}

static void single_declarations(void **state)
{
    run_vectors(state, "one_declaration", parse_one_declaration);
}

static void single_rules(void **state)
{
    run_vectors(state, "one_rule", parse_one_rule);
}

static void rule_lists(void **state)
{
    run_vectors(state, "rule_list", parse_rule_list);
}

static void stylesheets(void **state)
{
    run_vectors(state, "stylesheet", parse_stylesheet);
}

static void an_plus_b(void **state)
{
    run_vectors(state, "An+B", parse_nth);
}

// ---- colours: channels are kept in eight bits, so what lies outside is clamped

static void run_colors(void **state, const char *name, double scale)
{
    struct fixture *fixture = *state;
    json_t *vectors = load_vectors(name);
    if (!vectors) {
        print_message("%s: no vectors beside the checkout\n", name);
        skip();
    }
    for (size_t i = 0; i < json_array_size(vectors); i += 2) {
        json_t *input = json_array_get(vectors, i);
        json_t *want = json_array_get(vectors, i + 1);
        brv_str text = { json_string_value(input), json_string_length(input) };
        const struct brv_css_token *token = brv_css_only(brv_css_tokenize(fixture->arena, text));
        struct brv_css_color color = { 0 };
        bool is_color = token && brv_css_color_from_token(token, &color);
        bool same = is_color == !json_is_null(want);
        if (same && json_is_string(want))
            same = color.is_current;
        uint8_t channels[4] = {
            color.color.red, color.color.green, color.color.blue, color.color.alpha
        };
        for (size_t k = 0; same && json_is_array(want) && k < 4; k++) {
            double value = json_number_value(json_array_get(want, k)) / (k < 3 ? scale : 1);
            value = value < 0 ? 0 : value > 1 ? 1 : value;
            same = fabs(value * 255 - channels[k]) <= 0.51;
        }
        if (!same)
            print_error("%s: %s\n", name, json_string_value(input));
        assert_true(same);
    }
    json_decref(vectors);
}

static void colors(void **state)
{
    run_colors(state, "color3", 1);
}

static void color_names(void **state)
{
    run_colors(state, "color3_keywords", 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(component_value_lists), TEST(declaration_lists), TEST(single_values),
        TEST(single_declarations),   TEST(single_rules),      TEST(rule_lists),
        TEST(stylesheets),           TEST(an_plus_b),         TEST(colors),
        TEST(color_names),
    };
    return cmocka_run_group_tests_name("style vectors", tests, NULL, NULL);
}
