// Brevier — reading facts off bullets.
// SPDX-License-Identifier: MIT
#include "model/fact.h"

#include "base/utf8.h"

enum { KEY_MAX = 64 };

// Where a key ends: bytes [0, key) are the key, what follows `after` the value.
struct key_end {
    size_t key;
    size_t after;
};

static bool is_key_length(brv_str key)
{
    return key.len > 0 && key.len <= (size_t)KEY_MAX * 4 && brv_utf8_length(key) <= KEY_MAX;
}

// Finds the colon that ends a key. `at_end` says whether a colon as the last byte counts.
static bool find_key_end(brv_str text, bool at_end, struct key_end *end)
{
    for (size_t at = 0; at < text.len && at <= (size_t)KEY_MAX * 4;) {
        size_t start = at;
        uint32_t c = brv_utf8_next(text, &at);
        bool last = at == text.len;
        if (c == 0xFF1A || (c == ':' && (last ? at_end : brv_is_space(text.ptr[at])))) {
            *end = (struct key_end){ .key = start, .after = at };
            return is_key_length(brv_str_trim(brv_str_slice(text, 0, start)));
        }
        // A sentence that happens to hold a colon is no fact.
        if ((c == '.' || c == '!' || c == '?' || c == ';') &&
            (last || brv_is_space(text.ptr[at]))) {
            return false;
        }
    }
    return false;
}

static size_t skip_space(brv_str text, size_t at)
{
    while (at < text.len && brv_is_space(text.ptr[at])) {
        at++;
    }
    return at;
}

// The span of the bytes of a text node from `from` on, when the node is verbatim source.
static struct brv_span span_from(const struct brv_node *node, size_t from)
{
    struct brv_span span = node->span;
    if (span.length == node->text.len) {
        span.offset += (uint32_t)from;
        span.length -= (uint32_t)from;
    }
    return span;
}

static struct brv_fact *new_fact(struct brv_arena *arena, brv_str key, struct brv_node *item)
{
    struct brv_fact *fact = BRV_NEW(arena, struct brv_fact);
    fact->key = brv_str_trim(key);
    fact->slug = brv_slug(arena, fact->key);
    fact->item = item;
    fact->span = item->span;
    fact->content = brv_node_new(arena, BRV_KIND_SPAN, item->span);
    return fact;
}

// Copies text[from…] of `node` (when there is any) and its following inline siblings.
static void copy_value(struct brv_arena *arena, struct brv_fact *fact, const struct brv_node *node,
                       size_t from)
{
    if (node && node->kind == BRV_KIND_TEXT) {
        size_t start = skip_space(node->text, from);
        brv_str text = brv_str_slice(node->text, start, node->text.len);
        if (text.len > 0) {
            brv_node_append(fact->content, brv_node_new_text(arena, text, span_from(node, start)));
        }
        node = node->next;
    }
    for (; node && brv_kind_is_inline(node->kind); node = node->next) {
        brv_node_append(fact->content, brv_node_copy(arena, node));
    }
    fact->value = brv_str_trim(brv_node_plain_text(arena, fact->content));
}

// "**Key:** value", "**Key**: value" and "**Key：** value".
static struct brv_fact *strong_fact(struct brv_arena *arena, struct brv_node *item,
                                    const struct brv_node *strong)
{
    brv_str label = brv_str_trim(brv_node_plain_text(arena, strong));
    const struct brv_node *next = strong->next;
    struct key_end end;
    if (find_key_end(label, true, &end)) {
        if (end.after != label.len) {
            return NULL;
        }
        struct brv_fact *fact = new_fact(arena, brv_str_slice(label, 0, end.key), item);
        copy_value(arena, fact, next, 0);
        return fact;
    }
    if (!next || next->kind != BRV_KIND_TEXT || !is_key_length(label)) {
        return NULL;
    }
    brv_str after = next->text;
    size_t colon = brv_str_starts_with(after, BRV_S(":"))    ? 1
                   : brv_str_starts_with(after, BRV_S("：")) ? strlen("：")
                                                             : 0;
    if (colon == 0 || (colon == 1 && after.len > 1 && !brv_is_space(after.ptr[1]))) {
        return NULL;
    }
    struct brv_fact *fact = new_fact(arena, label, item);
    copy_value(arena, fact, next, colon);
    return fact;
}

static struct brv_fact *fact_of_item(struct brv_arena *arena, struct brv_node *item)
{
    const struct brv_node *first = item->first;
    if (first && first->kind == BRV_KIND_P) {
        first = first->first; // a loose list
    }
    if (!first) {
        return NULL;
    }
    if (first->kind == BRV_KIND_STRONG) {
        return strong_fact(arena, item, first);
    }
    struct key_end end;
    if (first->kind != BRV_KIND_TEXT || !find_key_end(first->text, true, &end)) {
        return NULL;
    }
    struct brv_fact *fact = new_fact(arena, brv_str_slice(first->text, 0, end.key), item);
    copy_value(arena, fact, first, end.after);
    return fact;
}

struct brv_fact *brv_facts_find(struct brv_arena *arena, const struct brv_node *blocks)
{
    struct brv_fact *facts = NULL;
    struct brv_fact **end = &facts;
    for (const struct brv_node *list = blocks ? blocks->first : NULL; list; list = list->next) {
        if (!brv_kind_is_list(list->kind)) {
            continue;
        }
        for (struct brv_node *item = list->first; item; item = item->next) {
            struct brv_fact *fact = fact_of_item(arena, item);
            if (fact) {
                *end = fact;
                end = &fact->next;
            }
        }
    }
    return facts;
}
