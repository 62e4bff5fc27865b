// Brevier — matching selectors.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "style/selector.h"

// When the part left of a combinator fails, the kind of failure says how far it is worth backing
// up. Without it `a > b c > d e` would try every combination of ancestors; with it each combinator
// is tried once per candidate.
enum outcome {
    MATCHED,
    FAILED_HERE,      // another sibling or ancestor may still match
    FAILED_SIBLINGS,  // only another ancestor may match
    FAILED_ANCESTORS, // nothing will
};

static brv_str effective_lang(const struct brv_css_element *element)
{
    return brv_node_lang(element->node);
}

static bool lang_matches(brv_str lang, brv_str range)
{
    return range.len > 0 && lang.len >= range.len &&
           brv_str_equal_nocase(brv_str_slice(lang, 0, range.len), range) &&
           (lang.len == range.len || lang.ptr[range.len] == '-');
}

static bool equal(brv_str a, brv_str b, bool ignores_case)
{
    return ignores_case ? brv_str_equal_nocase(a, b) : brv_str_equal(a, b);
}

static bool includes(brv_str list, brv_str word, bool ignores_case)
{
    brv_str item;
    while (brv_str_next_word(&list, &item)) {
        if (equal(item, word, ignores_case))
            return true;
    }
    return false;
}

static bool contains(brv_str text, brv_str part, bool ignores_case)
{
    if (!ignores_case)
        return brv_str_find(text, 0, part) < text.len;
    for (size_t i = 0; i + part.len <= text.len; i++) {
        if (brv_str_equal_nocase(brv_str_slice(text, i, i + part.len), part))
            return true;
    }
    return false;
}

static bool attribute_matches(const struct brv_css_attribute *wanted, const struct brv_node *node)
{
    const struct brv_attr *attr = node->attrs;
    while (attr && !brv_str_equal(attr->name, wanted->name))
        attr = attr->next;
    if (!attr)
        return false;
    brv_str text = attr->value;
    brv_str value = wanted->value;
    bool ignores_case = wanted->ignores_case;
    switch (wanted->test) {
    case BRV_ATTRIBUTE_PRESENT:
        return true;
    case BRV_ATTRIBUTE_EQUALS:
        return equal(text, value, ignores_case);
    case BRV_ATTRIBUTE_INCLUDES:
        return value.len > 0 && includes(text, value, ignores_case);
    case BRV_ATTRIBUTE_DASH:
        return text.len >= value.len &&
               equal(brv_str_slice(text, 0, value.len), value, ignores_case) &&
               (text.len == value.len || text.ptr[value.len] == '-');
    case BRV_ATTRIBUTE_PREFIX:
        return value.len > 0 && text.len >= value.len &&
               equal(brv_str_slice(text, 0, value.len), value, ignores_case);
    case BRV_ATTRIBUTE_SUFFIX:
        return value.len > 0 && text.len >= value.len &&
               equal(brv_str_slice(text, text.len - value.len, text.len), value, ignores_case);
    case BRV_ATTRIBUTE_SUBSTRING:
        return value.len > 0 && contains(text, value, ignores_case);
    }
    return false;
}

static bool nth_matches(const struct brv_css_simple *simple, const struct brv_css_element *element)
{
    uint32_t index = simple->of_type
                         ? simple->from_end ? element->type_index_from_end : element->type_index
                     : simple->from_end ? element->index_from_end
                                        : element->index;
    int64_t distance = (int64_t)index - simple->offset;
    if (simple->step == 0)
        return distance == 0;
    return distance % simple->step == 0 && distance / simple->step >= 0;
}

static bool is_empty(const struct brv_node *node)
{
    for (const struct brv_node *child = node->first; child; child = child->next) {
        if (child->kind != BRV_KIND_TEXT || child->text.len > 0)
            return false;
    }
    return true;
}

static bool list_matches(struct brv_css_matcher *matcher, const struct brv_css_selectors *list,
                         const struct brv_css_element *element)
{
    for (size_t i = 0; i < list->count; i++) {
        if (brv_css_selector_matches(matcher, &list->items[i], element))
            return true;
    }
    return false;
}

// Recursion is bounded: the parser lets lists nest a few times.
static bool simple_is_of_site(const struct brv_css_simple *simple)
{
    switch ((enum brv_css_simple_kind)simple->kind) {
    case BRV_SIMPLE_TYPE:
    case BRV_SIMPLE_UNKNOWN_TYPE:
    case BRV_SIMPLE_CLASS:
    case BRV_SIMPLE_ROOT:
        return true;
    case BRV_SIMPLE_ID:
    case BRV_SIMPLE_ATTRIBUTE:
    case BRV_SIMPLE_NTH:
    case BRV_SIMPLE_EMPTY:
    case BRV_SIMPLE_LANG:
        return false;
    case BRV_SIMPLE_NOT:
    case BRV_SIMPLE_IS:
        break;
    }
    for (size_t i = 0; i < simple->list->count; i++)
        if (!brv_css_selector_is_of_site(&simple->list->items[i]))
            return false;
    return true;
}

bool brv_css_selector_is_of_site(const struct brv_css_selector *selector)
{
    for (size_t c = 0; c < selector->count; c++) {
        const struct brv_css_compound *compound = &selector->compounds[c];
        if (compound->combinator == BRV_COMBINATOR_NEXT ||
            compound->combinator == BRV_COMBINATOR_FOLLOWING)
            return false;
        for (size_t i = 0; i < compound->count; i++)
            if (!simple_is_of_site(&compound->items[i]))
                return false;
    }
    return true;
}

static bool simple_matches(struct brv_css_matcher *matcher, const struct brv_css_simple *simple,
                           const struct brv_css_element *element)
{
    if (matcher->is_lenient && !simple_is_of_site(simple))
        return true;
    switch ((enum brv_css_simple_kind)simple->kind) {
    case BRV_SIMPLE_TYPE:
        return element->node->kind == (enum brv_kind)simple->element;
    case BRV_SIMPLE_UNKNOWN_TYPE:
        return false;
    case BRV_SIMPLE_CLASS:
        return brv_node_has_class(element->node, simple->name);
    case BRV_SIMPLE_ID:
        return brv_str_equal(element->node->id, simple->name);
    case BRV_SIMPLE_ATTRIBUTE:
        return attribute_matches(simple->attribute, element->node);
    case BRV_SIMPLE_NTH:
        return nth_matches(simple, element);
    case BRV_SIMPLE_ROOT:
        return !element->parent;
    case BRV_SIMPLE_EMPTY:
        return is_empty(element->node);
    case BRV_SIMPLE_LANG:
        return lang_matches(effective_lang(element), simple->name);
    case BRV_SIMPLE_NOT:
        return !list_matches(matcher, simple->list, element);
    case BRV_SIMPLE_IS:
        return list_matches(matcher, simple->list, element);
    }
    return false;
}

static bool compound_matches(struct brv_css_matcher *matcher,
                             const struct brv_css_compound *compound,
                             const struct brv_css_element *element)
{
    if (++matcher->steps > matcher->limit)
        return false;
    for (size_t i = 0; i < compound->count; i++) {
        if (!simple_matches(matcher, &compound->items[i], element))
            return false;
    }
    return true;
}

// Recursion goes one level per compound, and the parser bounds those.
static enum outcome match(struct brv_css_matcher *matcher, const struct brv_css_compound *compound,
                          size_t count, const struct brv_css_element *element)
{
    if (!compound_matches(matcher, compound, element))
        return FAILED_HERE;
    if (count == 1)
        return MATCHED;
    enum brv_css_combinator combinator = compound->combinator;
    bool is_sibling = combinator == BRV_COMBINATOR_NEXT || combinator == BRV_COMBINATOR_FOLLOWING;
    if (is_sibling && matcher->is_lenient)
        return MATCHED;
    for (;;) {
        element = is_sibling ? element->previous : element->parent;
        if (!element)
            return is_sibling ? FAILED_SIBLINGS : FAILED_ANCESTORS;
        enum outcome outcome = match(matcher, compound + 1, count - 1, element);
        if (outcome == MATCHED || outcome == FAILED_ANCESTORS || combinator == BRV_COMBINATOR_NEXT)
            return outcome;
        if (combinator == BRV_COMBINATOR_CHILD)
            return FAILED_SIBLINGS;
        if (combinator == BRV_COMBINATOR_FOLLOWING && outcome == FAILED_SIBLINGS)
            return outcome;
        if (matcher->steps > matcher->limit)
            return FAILED_ANCESTORS;
    }
}

bool brv_css_selector_matches(struct brv_css_matcher *matcher,
                              const struct brv_css_selector *selector,
                              const struct brv_css_element *element)
{
    return match(matcher, selector->compounds, selector->count, element) == MATCHED;
}

// ---- the filter of ancestors

uint64_t brv_css_bits_of_kind(enum brv_kind kind)
{
    return UINT64_C(1) << ((unsigned)kind * 29u % 64u);
}

uint64_t brv_css_bits_of_name(brv_str name)
{
    return UINT64_C(1) << (brv_hash_str(name) % 64);
}

uint64_t brv_css_bits(const struct brv_node *node)
{
    uint64_t bits = brv_css_bits_of_kind(node->kind);
    if (node->id.len > 0)
        bits |= brv_css_bits_of_name(node->id);
    for (size_t i = 0; i < node->class_count; i++)
        bits |= brv_css_bits_of_name(node->classes[i]);
    return bits;
}

// ---- the shadow tree

// Numbers the element children of one parent, which lie scattered in `elements`: `last` and those
// before it.
static void number_siblings(struct brv_css_element *last, struct brv_css_element *elements)
{
    uint32_t of_type[BRV_KIND_COUNT] = { 0 };
    uint32_t index = 0;
    for (const struct brv_css_element *e = last; e; e = e->previous) {
        struct brv_css_element *element = &elements[e - elements];
        element->index_from_end = ++index;
        element->type_index_from_end = ++of_type[element->node->kind];
    }
    for (const struct brv_css_element *e = last; e; e = e->previous) {
        struct brv_css_element *element = &elements[e - elements];
        element->index = index + 1 - element->index_from_end;
        element->type_index = of_type[element->node->kind] + 1 - element->type_index_from_end;
    }
}

struct brv_css_element *brv_css_elements_new(struct brv_arena *arena, const struct brv_node *root,
                                             size_t *count)
{
    size_t total = 0;
    for (const struct brv_node *n = root; n; n = brv_node_walk_next(root, n))
        total += n->kind != BRV_KIND_TEXT;
    struct brv_css_element *elements = BRV_NEW_ARRAY(arena, struct brv_css_element, total);
    // The last child seen so far of each element.
    struct brv_css_element **last = BRV_NEW_ARRAY(arena, struct brv_css_element *, total);
    size_t next = 0;
    struct brv_css_element *current = NULL;
    for (const struct brv_node *n = root; n; n = brv_node_walk_next(root, n)) {
        if (n->kind == BRV_KIND_TEXT)
            continue;
        while (current && current->node != n->parent)
            current = current->parent ? &elements[current->parent - elements] : NULL;
        struct brv_css_element *element = &elements[next++];
        *element = (struct brv_css_element){ .node = n, .parent = n == root ? NULL : current };
        if (element->parent) {
            const struct brv_css_element *sibling = last[current - elements];
            element->ancestors =
                sibling ? sibling->ancestors : current->ancestors | brv_css_bits(current->node);
            element->previous = last[current - elements];
            last[current - elements] = element;
        } else {
            element->index = element->index_from_end = 1;
            element->type_index = element->type_index_from_end = 1;
        }
        current = element;
    }
    for (size_t i = 0; i < total; i++) {
        if (last[i])
            number_siblings(last[i], elements);
    }
    *count = total;
    return elements;
}
