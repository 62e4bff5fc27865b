// Brevier — parsing selectors.
// SPDX-License-Identifier: MIT
#include "style/selector.h"

#include "style/syntax.h"

enum { MAX_COMPOUNDS = 64, MAX_NESTING = 16, MAX_COUNT = 1023 };

struct parser {
    struct brv_arena *arena;
    const struct brv_source *source;
    struct brv_sink *sink;
    struct brv_css_range whole; // the list of the rule
    int nesting;
    bool is_forgiving;
    uint32_t counts[3]; // of the selector being read: ids, classes, types
    enum brv_css_pseudo pseudo;
};

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

static bool read_list(struct parser *p, struct brv_css_range range, bool is_forgiving,
                      struct brv_css_selectors *list, uint32_t *specificity);

// What a fault means for the sheet: a forgiving list loses one selector, any other its whole rule.
static const char *consequence(const struct parser *p)
{
    return p->is_forgiving ? "so it matches nothing" : "so the rule has no effect";
}

static void complain(struct parser *p, struct brv_css_range range,
                     const struct brv_css_token *token, const char *message)
{
    struct brv_span span = token < range.end      ? brv_css_span(p->source, token)
                           : range.at < range.end ? brv_css_span_of(p->source, range)
                                                  : brv_css_span_of(p->source, p->whole);
    (void)brv_report(p->sink, BRV_WARNING, BRV_CODE_STYLE, span, "%s, %s", message, consequence(p));
}

// The simple selectors of one selector, compound after compound. Nearly all fit in `first`, and
// what is kept has the length it needs.
struct simples {
    struct brv_css_simple first[16];
    struct brv_css_simple *items;
    size_t count;
    size_t capacity;
};

static struct brv_css_simple *push(struct parser *p, struct simples *simples,
                                   enum brv_css_simple_kind kind)
{
    struct brv_css_simple *simple =
        &BRV_PUSH(p->arena, simples->items, simples->count, simples->capacity);
    *simple = (struct brv_css_simple){ .kind = (uint8_t)kind };
    return simple;
}

static void push_nth(struct parser *p, struct simples *simples, int step, int offset, bool from_end,
                     bool of_type)
{
    struct brv_css_simple *simple = push(p, simples, BRV_SIMPLE_NTH);
    simple->step = step;
    simple->offset = offset;
    simple->from_end = from_end;
    simple->of_type = of_type;
}

static void read_type(struct parser *p, const struct brv_css_token *token, struct simples *simples)
{
    p->counts[2]++;
    enum brv_kind kind = BRV_KIND_TEXT;
    char lower[16];
    const size_t len = token->text.len < sizeof lower ? token->text.len : 0;
    for (size_t i = 0; i < len; i++)
        lower[i] = brv_to_lower(token->text.ptr[i]);
    if (brv_kind_from_name((brv_str){ lower, len }, &kind)) {
        push(p, simples, BRV_SIMPLE_TYPE)->element = (uint8_t)kind;
        return;
    }
    struct brv_diag *diag = brv_report(p->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_css_span(p->source, token),
                                       "no element is called \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(token->text));
    brv_diag_hint_nearest(p->sink, diag, token->text, brv_kind_names(), BRV_KIND_COUNT - 1);
    push(p, simples, BRV_SIMPLE_UNKNOWN_TYPE);
}

static void check_attribute_name(struct parser *p, const struct brv_css_token *token)
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

static bool read_attribute(struct parser *p, const struct brv_css_token *block,
                           struct simples *simples)
{
    struct brv_css_range range = brv_css_trim(brv_css_inside(block));
    if (!brv_css_at(range, BRV_CSS_IDENT))
        return false;
    struct brv_css_attribute *attribute = BRV_NEW(p->arena, struct brv_css_attribute);
    push(p, simples, BRV_SIMPLE_ATTRIBUTE)->attribute = attribute;
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

static bool read_lang(struct parser *p, struct brv_css_range range, struct simples *simples)
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
    push(p, simples, BRV_SIMPLE_IS)->list = list;
    return true;
}

static bool unknown_pseudo(struct parser *p, const struct brv_css_token *token)
{
    struct brv_diag *diag =
        brv_report(p->sink,
                   BRV_WARNING,
                   BRV_CODE_STYLE,
                   brv_css_span(p->source, token),
                   "unknown pseudo-class or pseudo-element \"%" BRV_STR_F "\", %s",
                   BRV_STR_ARG(token->text),
                   consequence(p));
    brv_diag_hint_nearest(p->sink, diag, token->text, class_names, BRV_COUNT(class_names));
    return false;
}

static bool read_functional(struct parser *p, const struct brv_css_token *token,
                            struct simples *simples)
{
    struct brv_css_range inside = brv_css_inside(token);
    p->counts[1]++;
    for (size_t i = 0; i < BRV_COUNT(nth_functions); i++) {
        if (!brv_str_is_nocase(token->text, nth_functions[i].name))
            continue;
        int step = 0;
        int offset = 0;
        if (!brv_css_parse_nth(inside, &step, &offset)) {
            complain(p, inside, inside.at, "expected odd, even or a form like 2n+1");
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
    if (!read_list(p, inside, !is_not, list, &specificity))
        return false;
    if (!is_where) {
        p->counts[0] += specificity >> 20;
        p->counts[1] += specificity >> 10 & MAX_COUNT;
        p->counts[2] += specificity & MAX_COUNT;
    }
    push(p, simples, is_not ? BRV_SIMPLE_NOT : BRV_SIMPLE_IS)->list = list;
    return true;
}

// After one or two colons.
static bool read_pseudo(struct parser *p, const struct brv_css_token *token, bool is_element,
                        struct simples *simples)
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
        push(p, simples, BRV_SIMPLE_ROOT);
    else if (brv_css_is_ident(token, "empty"))
        push(p, simples, BRV_SIMPLE_EMPTY);
    else
        return unknown_pseudo(p, token);
    return true;
}

// Reads one compound at range->at and moves past it. False with nothing reported yet when there is
// none, and then *is_reported tells whether a message was given.
static bool read_compound(struct parser *p, struct brv_css_range *range, struct simples *simples,
                          bool *is_reported)
{
    const struct brv_css_token *start = range->at;
    const size_t reported = p->sink->counts[BRV_WARNING];
    bool is_ok = true;
    *is_reported = false;
    if (brv_css_at_delim(*range, '*')) {
        range->at++;
    } else if (brv_css_at(*range, BRV_CSS_IDENT)) {
        read_type(p, range->at, simples);
        range->at++;
    }
    while (is_ok && range->at < range->end && p->pseudo == BRV_PSEUDO_NONE) {
        const struct brv_css_token *token = range->at;
        if (token->kind == BRV_CSS_HASH && (token->flags & BRV_CSS_IS_ID)) {
            push(p, simples, BRV_SIMPLE_ID)->name = token->text;
            p->counts[0]++;
        } else if (brv_css_at_delim(*range, '.') && token + 1 < range->end &&
                   token[1].kind == BRV_CSS_IDENT) {
            push(p, simples, BRV_SIMPLE_CLASS)->name = token[1].text;
            p->counts[1]++;
            range->at++;
        } else if (token->kind == BRV_CSS_SQUARE) {
            is_ok = read_attribute(p, token, simples);
        } else if (token->kind == BRV_CSS_COLON) {
            range->at++;
            bool is_element = brv_css_at(*range, BRV_CSS_COLON);
            range->at += is_element;
            is_ok = range->at < range->end && read_pseudo(p, range->at, is_element, simples);
        } else {
            break;
        }
        if (is_ok)
            range->at = brv_css_next(range->at);
    }
    *is_reported = !is_ok && p->sink->counts[BRV_WARNING] > reported;
    return is_ok && range->at > start;
}

static enum brv_css_combinator read_combinator(struct brv_css_range *range)
{
    bool has_space = brv_css_at(*range, BRV_CSS_SPACE);
    *range = brv_css_skip_space(*range);
    enum brv_css_combinator combinator = brv_css_at_delim(*range, '>')   ? BRV_COMBINATOR_CHILD
                                         : brv_css_at_delim(*range, '+') ? BRV_COMBINATOR_NEXT
                                         : brv_css_at_delim(*range, '~') ? BRV_COMBINATOR_FOLLOWING
                                         : has_space                     ? BRV_COMBINATOR_DESCENDANT
                                                                         : BRV_COMBINATOR_NONE;
    if (combinator > BRV_COMBINATOR_DESCENDANT) {
        range->at++;
        *range = brv_css_skip_space(*range);
    }
    return combinator;
}

static uint32_t clamp(uint32_t count)
{
    return count > MAX_COUNT ? MAX_COUNT : count;
}

// Only a compound on the far side of > or a space stands above the element.
static uint64_t ancestor_bits(const struct brv_css_compound *compounds, size_t count)
{
    uint64_t bits = 0;
    for (size_t i = 1; i < count; i++) {
        enum brv_css_combinator combinator = compounds[i - 1].combinator;
        bool is_above =
            combinator == BRV_COMBINATOR_DESCENDANT || combinator == BRV_COMBINATOR_CHILD;
        for (size_t k = 0; is_above && k < compounds[i].count; k++) {
            const struct brv_css_simple *simple = &compounds[i].items[k];
            if (simple->kind == BRV_SIMPLE_TYPE)
                bits |= brv_css_bits_of_kind(simple->element);
            else if (simple->kind == BRV_SIMPLE_CLASS || simple->kind == BRV_SIMPLE_ID)
                bits |= brv_css_bits_of_name(simple->name);
        }
    }
    return bits;
}

// Compounds as they are matched, from the right, each with its part of the simple selectors, which
// lie behind them all.
static const struct brv_css_compound *keep(struct parser *p,
                                           const struct brv_css_compound *compounds, size_t count,
                                           const struct simples *simples)
{
    const size_t items_size = simples->count * sizeof(struct brv_css_simple);
    struct brv_css_compound *kept = brv_arena_alloc(p->arena, count * sizeof *kept + items_size);
    struct brv_css_simple *items = (struct brv_css_simple *)(kept + count);
    memcpy(items, simples->items, items_size);
    for (size_t i = 0; i < count; i++) {
        kept[count - 1 - i] = compounds[i];
        kept[count - 1 - i].items = items;
        items += compounds[i].count;
    }
    return kept;
}

static bool read_selector(struct parser *p, struct brv_css_range range,
                          struct brv_css_selector *selector)
{
    struct brv_css_compound compounds[MAX_COMPOUNDS];
    struct simples simples;
    simples.items = simples.first;
    simples.count = 0;
    simples.capacity = BRV_COUNT(simples.first);
    size_t count = 0;
    struct brv_css_range rest = range;
    enum brv_css_combinator combinator = BRV_COMBINATOR_NONE;
    memset(p->counts, 0, sizeof p->counts);
    p->pseudo = BRV_PSEUDO_NONE;
    do {
        bool is_reported = false;
        const struct brv_css_token *start = rest.at;
        const size_t before = simples.count;
        if (count == MAX_COMPOUNDS || p->pseudo != BRV_PSEUDO_NONE ||
            !read_compound(p, &rest, &simples, &is_reported)) {
            if (!is_reported)
                complain(p,
                         range,
                         rest.at < rest.end ? rest.at : start,
                         count == MAX_COMPOUNDS ? "the selector is too long"
                                                : "expected a selector");
            return false;
        }
        compounds[count++] = (struct brv_css_compound){
            .count = (uint32_t)(simples.count - before),
            .combinator = combinator,
        };
        combinator = read_combinator(&rest);
        if (combinator == BRV_COMBINATOR_NONE && rest.at < rest.end) {
            complain(p, range, rest.at, "expected a selector");
            return false;
        }
    } while (combinator != BRV_COMBINATOR_NONE);

    const struct brv_css_compound *kept = keep(p, compounds, count, &simples);
    *selector = (struct brv_css_selector){
        .compounds = kept,
        .count = (uint16_t)count,
        .pseudo = (uint16_t)p->pseudo,
        .specificity = clamp(p->counts[0]) << 20 | clamp(p->counts[1]) << 10 | clamp(p->counts[2]),
        .ancestors = ancestor_bits(kept, count),
        .text = brv_span_text(brv_css_span_of(p->source, range)),
    };
    return true;
}

// *specificity becomes that of the most specific selector. A forgiving list keeps what it can read.
static bool read_list(struct parser *p, struct brv_css_range range, bool is_forgiving,
                      struct brv_css_selectors *list, uint32_t *specificity)
{
    struct brv_css_selector first[8]; // enough for most rules
    struct brv_css_selector *items = first;
    size_t count = 0;
    size_t capacity = BRV_COUNT(first);
    const struct parser outer = *p;
    struct brv_css_range item;
    p->is_forgiving |= is_forgiving;
    bool is_ok = ++p->nesting <= MAX_NESTING;
    if (!is_ok)
        complain(p, range, range.at, "selectors are nested too deeply");
    while (is_ok && brv_css_next_item(&range, &item)) {
        struct brv_css_selector selector;
        bool is_read = read_selector(p, item, &selector);
        if (is_read && outer.nesting > 0 && selector.pseudo != BRV_PSEUDO_NONE) {
            complain(p, item, item.at, "a pseudo-element cannot stand inside another selector");
            is_read = false;
        }
        if (is_read) {
            BRV_PUSH(p->arena, items, count, capacity) = selector;
            *specificity =
                selector.specificity > *specificity ? selector.specificity : *specificity;
        } else if (!is_forgiving) {
            is_ok = false;
        }
    }
    *p = outer;
    if (items == first) {
        items = BRV_NEW_ARRAY(p->arena, struct brv_css_selector, count);
        memcpy(items, first, count * sizeof *items);
    }
    *list = (struct brv_css_selectors){ items, count };
    return is_ok;
}

bool brv_css_parse_selectors(struct brv_arena *arena, const struct brv_source *source,
                             struct brv_css_range range, struct brv_css_selectors *list,
                             struct brv_sink *sink)
{
    struct parser p = { .arena = arena, .source = source, .sink = sink, .whole = range };
    uint32_t specificity = 0;
    return read_list(&p, range, false, list, &specificity);
}

struct brv_span brv_css_span_of(const struct brv_source *source, struct brv_css_range range)
{
    if (range.at >= range.end)
        return (struct brv_span){ source, 0, 0 };
    const struct brv_css_token *last = range.end - 1;
    return (struct brv_span){
        source,
        range.at->offset,
        last->offset + last->length - range.at->offset,
    };
}
