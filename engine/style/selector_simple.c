// Brevier — parsing simple selectors: types, attributes, pseudo-classes and pseudo-elements.
// SPDX-License-Identifier: MIT
#include "style/selector_parser.h"

static const char *const pseudo_names[] = {
    [BRV_PSEUDO_NONE] = "",
    [BRV_PSEUDO_BEFORE] = "before",
    [BRV_PSEUDO_AFTER] = "after",
    [BRV_PSEUDO_MARKER] = "marker",
    [BRV_PSEUDO_FOOTNOTE_CALL] = "footnote-call",
    [BRV_PSEUDO_FOOTNOTE_MARKER] = "footnote-marker",
};

// Pseudo-classes that are fixed forms of An+B.
static const struct {
    const char *name;
    bool first, last, of_type;
} child_classes[] = {
    { "first-child", true, false, false }, { "last-child", false, true, false },
    { "only-child", true, true, false },   { "first-of-type", true, false, true },
    { "last-of-type", false, true, true }, { "only-of-type", true, true, true },
};
static const struct {
    const char *name;
    bool from_end, of_type;
} nth_functions[] = {
    { "nth-child", false, false },
    { "nth-last-child", true, false },
    { "nth-of-type", false, true },
    { "nth-last-of-type", true, true },
};
static const char *const class_names[] = {
    "first-child",  "last-child",
    "only-child",   "first-of-type",
    "last-of-type", "only-of-type",
    "nth-child",    "nth-last-child",
    "nth-of-type",  "nth-last-of-type",
    "root",         "empty",
    "not",          "is",
    "where",        "lang",
    "before",       "after",
    "marker",
};

static void push_nth(struct brv_selector_parser *p, struct brv_simples *simples, int step,
                     int offset, bool from_end, bool of_type)
{
    struct brv_css_simple *simple = brv_simples_push(p, simples, BRV_SIMPLE_NTH);
    simple->step = step;
    simple->offset = offset;
    simple->from_end = from_end;
    simple->of_type = of_type;
}

static void check_attribute_name(struct brv_selector_parser *p, const struct brv_css_token *token)
{
    size_t count = 0;
    const char *const *names = brv_attr_names(&count);
    for (size_t i = 0; i < count; i++) {
        if (brv_str_is(token->text, names[i]))
            return;
    }
    if (brv_str_starts_with(token->text, BRV_S("data-")))
        return;
    struct brv_diag *diag = brv_report(p->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_css_span(p->source, token),
                                       "no element has the attribute \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(token->text));
    brv_diag_hint_nearest(p->sink, diag, token->text, names, count);
}

static bool read_lang(struct brv_selector_parser *p, struct brv_css_range range,
                      struct brv_simples *simples)
{
    // A list of languages is the same as :is() of each; one simple selector a language suffices.
    struct brv_css_range item;
    struct brv_css_selector *selectors = NULL;
    size_t count = 0;
    size_t capacity = 0;
    while (brv_css_next_item(&range, &item)) {
        const struct brv_css_token *token = brv_css_only(item);
        if (!token || (token->kind != BRV_CSS_IDENT && token->kind != BRV_CSS_STRING))
            return false;
        struct brv_css_simple *simple = BRV_NEW(p->arena, struct brv_css_simple);
        *simple = (struct brv_css_simple){ .kind = BRV_SIMPLE_LANG, .name = token->text };
        struct brv_css_compound *compound = BRV_NEW(p->arena, struct brv_css_compound);
        *compound = (struct brv_css_compound){ .items = simple, .count = 1 };
        BRV_PUSH(p->arena, selectors, count, capacity) =
            (struct brv_css_selector){ .compounds = compound, .count = 1 };
    }
    struct brv_css_selectors *list = BRV_NEW(p->arena, struct brv_css_selectors);
    *list = (struct brv_css_selectors){ selectors, count };
    brv_simples_push(p, simples, BRV_SIMPLE_IS)->list = list;
    return true;
}

static bool unknown_pseudo(struct brv_selector_parser *p, const struct brv_css_token *token)
{
    struct brv_diag *diag =
        brv_report(p->sink,
                   BRV_WARNING,
                   BRV_CODE_STYLE,
                   brv_css_span(p->source, token),
                   "unknown pseudo-class or pseudo-element \"%" BRV_STR_F "\", %s",
                   BRV_STR_ARG(token->text),
                   brv_selector_consequence(p));
    brv_diag_hint_nearest(p->sink, diag, token->text, class_names, BRV_COUNT(class_names));
    return false;
}

static bool read_functional(struct brv_selector_parser *p, const struct brv_css_token *token,
                            struct brv_simples *simples)
{
    struct brv_css_range inside = brv_css_inside(token);
    p->counts[1]++;
    for (size_t i = 0; i < BRV_COUNT(nth_functions); i++) {
        if (!brv_str_is_nocase(token->text, nth_functions[i].name))
            continue;
        int step = 0;
        int offset = 0;
        if (!brv_css_parse_nth(inside, &step, &offset)) {
            brv_selector_complain(p, inside, inside.at, "expected odd, even or a form like 2n+1");
            return false;
        }
        push_nth(p, simples, step, offset, nth_functions[i].from_end, nth_functions[i].of_type);
        return true;
    }
    if (brv_str_is_nocase(token->text, "lang"))
        return read_lang(p, inside, simples);
    bool is_not = brv_str_is_nocase(token->text, "not");
    bool is_where = brv_str_is_nocase(token->text, "where");
    if (!is_not && !is_where && !brv_str_is_nocase(token->text, "is"))
        return unknown_pseudo(p, token);
    p->counts[1]--; // these count as their arguments do
    struct brv_css_selectors *list = BRV_NEW(p->arena, struct brv_css_selectors);
    uint32_t specificity = 0;
    if (!brv_selector_read_list(p, inside, !is_not, list, &specificity))
        return false;
    if (!is_where) {
        p->counts[0] += specificity >> 20;
        p->counts[1] += specificity >> 10 & BRV_SELECTOR_COUNT_MAX;
        p->counts[2] += specificity & BRV_SELECTOR_COUNT_MAX;
    }
    brv_simples_push(p, simples, is_not ? BRV_SIMPLE_NOT : BRV_SIMPLE_IS)->list = list;
    return true;
}

struct brv_css_simple *brv_simples_push(struct brv_selector_parser *p, struct brv_simples *simples,
                                        enum brv_css_simple_kind kind)
{
    struct brv_css_simple *simple =
        &BRV_PUSH(p->arena, simples->items, simples->count, simples->capacity);
    *simple = (struct brv_css_simple){ .kind = (uint8_t)kind };
    return simple;
}

void brv_selector_read_type(struct brv_selector_parser *p, const struct brv_css_token *token,
                            struct brv_simples *simples)
{
    p->counts[2]++;
    enum brv_kind kind = BRV_KIND_TEXT;
    char lower[16];
    const size_t len = token->text.len < sizeof lower ? token->text.len : 0;
    for (size_t i = 0; i < len; i++)
        lower[i] = brv_to_lower(token->text.ptr[i]);
    if (brv_kind_from_name((brv_str){ lower, len }, &kind)) {
        brv_simples_push(p, simples, BRV_SIMPLE_TYPE)->element = (uint8_t)kind;
        return;
    }
    struct brv_diag *diag = brv_report(p->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_css_span(p->source, token),
                                       "no element is called \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(token->text));
    brv_diag_hint_nearest(p->sink, diag, token->text, brv_kind_names(), BRV_KIND_COUNT - 1);
    brv_simples_push(p, simples, BRV_SIMPLE_UNKNOWN_TYPE);
}

bool brv_selector_read_attribute(struct brv_selector_parser *p, const struct brv_css_token *block,
                                 struct brv_simples *simples)
{
    struct brv_css_range range = brv_css_trim(brv_css_inside(block));
    if (!brv_css_at(range, BRV_CSS_IDENT))
        return false;
    struct brv_css_attribute *attribute = BRV_NEW(p->arena, struct brv_css_attribute);
    brv_simples_push(p, simples, BRV_SIMPLE_ATTRIBUTE)->attribute = attribute;
    attribute->name = range.at->text;
    check_attribute_name(p, range.at);
    p->counts[1]++;
    range.at++;
    range = brv_css_skip_space(range);
    if (range.at >= range.end)
        return true;
    switch ((enum brv_css_kind)range.at->kind) {
    case BRV_CSS_INCLUDE_MATCH:
        attribute->test = BRV_ATTRIBUTE_INCLUDES;
        break;
    case BRV_CSS_DASH_MATCH:
        attribute->test = BRV_ATTRIBUTE_DASH;
        break;
    case BRV_CSS_PREFIX_MATCH:
        attribute->test = BRV_ATTRIBUTE_PREFIX;
        break;
    case BRV_CSS_SUFFIX_MATCH:
        attribute->test = BRV_ATTRIBUTE_SUFFIX;
        break;
    case BRV_CSS_SUBSTRING_MATCH:
        attribute->test = BRV_ATTRIBUTE_SUBSTRING;
        break;
    default: // nothing else but the equals sign may stand here
        if (!brv_css_at_delim(range, '='))
            return false;
        attribute->test = BRV_ATTRIBUTE_EQUALS;
    }
    range.at++;
    range = brv_css_skip_space(range);
    if (!brv_css_at(range, BRV_CSS_IDENT) && !brv_css_at(range, BRV_CSS_STRING))
        return false;
    attribute->value = range.at->text;
    range.at++;
    range = brv_css_skip_space(range);
    const struct brv_css_token *flag = brv_css_only(range);
    if (flag && brv_css_is_ident(flag, "i")) {
        attribute->ignores_case = true;
        return true;
    }
    return range.at == range.end || (flag && brv_css_is_ident(flag, "s"));
}

// After one or two colons.
bool brv_selector_read_pseudo(struct brv_selector_parser *p, const struct brv_css_token *token,
                              bool is_element, struct brv_simples *simples)
{
    if (token->kind == BRV_CSS_FUNCTION && !is_element)
        return read_functional(p, token, simples);
    if (token->kind != BRV_CSS_IDENT)
        return unknown_pseudo(p, token);
    for (int i = BRV_PSEUDO_BEFORE; i < BRV_PSEUDO_COUNT; i++) {
        bool has_legacy_form = i < BRV_PSEUDO_MARKER;
        if ((is_element || has_legacy_form) && brv_css_is_ident(token, pseudo_names[i])) {
            p->pseudo = (enum brv_css_pseudo)i;
            p->counts[2]++;
            return true;
        }
    }
    if (is_element)
        return unknown_pseudo(p, token);
    p->counts[1]++;
    for (size_t i = 0; i < BRV_COUNT(child_classes); i++) {
        if (!brv_css_is_ident(token, child_classes[i].name))
            continue;
        if (child_classes[i].first)
            push_nth(p, simples, 0, 1, false, child_classes[i].of_type);
        if (child_classes[i].last)
            push_nth(p, simples, 0, 1, true, child_classes[i].of_type);
        return true;
    }
    if (brv_css_is_ident(token, "root"))
        brv_simples_push(p, simples, BRV_SIMPLE_ROOT);
    else if (brv_css_is_ident(token, "empty"))
        brv_simples_push(p, simples, BRV_SIMPLE_EMPTY);
    else
        return unknown_pseudo(p, token);
    return true;
}
