// Brevier — parsing selectors: compounds of simple ones (selector_simple.c), and lists.
// SPDX-License-Identifier: MIT
#include "style/selector_parser.h"

enum { MAX_COMPOUNDS = 64, MAX_NESTING = 16 };

// Reads one compound at range->at and moves past it. False with nothing reported yet when there is
// none, and then *is_reported tells whether a message was given.
static bool read_compound(struct brv_selector_parser *p, struct brv_css_range *range,
                          struct brv_simples *simples, bool *is_reported)
{
    const struct brv_css_token *start = range->at;
    const size_t reported = p->sink->counts[BRV_WARNING];
    bool is_ok = true;
    *is_reported = false;
    if (brv_css_at_delim(*range, '*')) {
        range->at++;
    } else if (brv_css_at(*range, BRV_CSS_IDENT)) {
        brv_selector_read_type(p, range->at, simples);
        range->at++;
    }
    while (is_ok && range->at < range->end && p->pseudo == BRV_PSEUDO_NONE) {
        const struct brv_css_token *token = range->at;
        if (token->kind == BRV_CSS_HASH && (token->flags & BRV_CSS_IS_ID)) {
            brv_simples_push(p, simples, BRV_SIMPLE_ID)->name = token->text;
            p->counts[0]++;
        } else if (brv_css_at_delim(*range, '.') && token + 1 < range->end &&
                   token[1].kind == BRV_CSS_IDENT) {
            brv_simples_push(p, simples, BRV_SIMPLE_CLASS)->name = token[1].text;
            p->counts[1]++;
            range->at++;
        } else if (token->kind == BRV_CSS_SQUARE) {
            is_ok = brv_selector_read_attribute(p, token, simples);
        } else if (token->kind == BRV_CSS_COLON) {
            range->at++;
            bool is_element = brv_css_at(*range, BRV_CSS_COLON);
            range->at += is_element;
            is_ok = range->at < range->end &&
                    brv_selector_read_pseudo(p, range->at, is_element, simples);
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
    return count > BRV_SELECTOR_COUNT_MAX ? BRV_SELECTOR_COUNT_MAX : count;
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
static const struct brv_css_compound *keep(struct brv_selector_parser *p,
                                           const struct brv_css_compound *compounds, size_t count,
                                           const struct brv_simples *simples)
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

static bool read_selector(struct brv_selector_parser *p, struct brv_css_range range,
                          struct brv_css_selector *selector)
{
    struct brv_css_compound compounds[MAX_COMPOUNDS];
    struct brv_simples simples;
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
                brv_selector_complain(p,
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
            brv_selector_complain(p, range, rest.at, "expected a selector");
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

bool brv_selector_read_list(struct brv_selector_parser *p, struct brv_css_range range,
                            bool is_forgiving, struct brv_css_selectors *list,
                            uint32_t *specificity)
{
    struct brv_css_selector first[8]; // enough for most rules
    struct brv_css_selector *items = first;
    size_t count = 0;
    size_t capacity = BRV_COUNT(first);
    const struct brv_selector_parser outer = *p;
    struct brv_css_range item;
    p->is_forgiving |= is_forgiving;
    bool is_ok = ++p->nesting <= MAX_NESTING;
    if (!is_ok)
        brv_selector_complain(p, range, range.at, "selectors are nested too deeply");
    while (is_ok && brv_css_next_item(&range, &item)) {
        struct brv_css_selector selector;
        bool is_read = read_selector(p, item, &selector);
        if (is_read && outer.nesting > 0 && selector.pseudo != BRV_PSEUDO_NONE) {
            brv_selector_complain(
                p, item, item.at, "a pseudo-element cannot stand inside another selector");
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
    struct brv_selector_parser p = {
        .arena = arena, .source = source, .sink = sink, .whole = range
    };
    uint32_t specificity = 0;
    return brv_selector_read_list(&p, range, false, list, &specificity);
}

const char *brv_selector_consequence(const struct brv_selector_parser *p)
{
    return p->is_forgiving ? "so it matches nothing" : "so the rule has no effect";
}

void brv_selector_complain(struct brv_selector_parser *p, struct brv_css_range range,
                           const struct brv_css_token *token, const char *message)
{
    struct brv_span span = token < range.end      ? brv_css_span(p->source, token)
                           : range.at < range.end ? brv_css_span_of(p->source, range)
                                                  : brv_css_span_of(p->source, p->whole);
    (void)brv_report(
        p->sink, BRV_WARNING, BRV_CODE_STYLE, span, "%s, %s", message, brv_selector_consequence(p));
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
