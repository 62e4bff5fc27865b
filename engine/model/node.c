// Brevier — building, reading and walking the element tree.
// SPDX-License-Identifier: MIT
#include "model/node.h"

#include "base/buf.h"

#include <assert.h>

static struct brv_attr *find_attr(const struct brv_node *node, brv_str name)
{
    for (struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        if (brv_str_equal(attr->name, name)) {
            return attr;
        }
    }
    return NULL;
}

static void set_classes(struct brv_arena *arena, struct brv_node *node, brv_str value)
{
    brv_str rest = value;
    brv_str word;
    size_t count = brv_str_next_word(&rest, &word) ? 1 : 0;
    while (rest.len > 0 && brv_str_next_word(&rest, &word)) {
        count++;
    }
    brv_str *classes = BRV_NEW_ARRAY(arena, brv_str, count);
    rest = value;
    for (size_t i = 0; i < count && brv_str_next_word(&rest, &word); i++) {
        classes[i] = word;
    }
    node->classes = classes;
    node->class_count = (uint32_t)count;
}

static void set_attr(struct brv_arena *arena, struct brv_node *node, enum brv_attr_id id,
                     brv_str name, brv_str value)
{
    struct brv_attr *attr = find_attr(node, name);
    if (!attr) {
        struct brv_attr **end = &node->attrs;
        while (*end) {
            end = &(*end)->next;
        }
        attr = *end = BRV_NEW(arena, struct brv_attr);
        attr->id = id;
        attr->name = name;
    }
    attr->value = value;
    if (id == BRV_ATTR_ID) {
        node->id = value;
    } else if (id == BRV_ATTR_CLASS) {
        set_classes(arena, node, value);
    }
}

// Alone: without what is around the node.
static struct brv_node *copy_node(struct brv_arena *arena, const struct brv_node *node)
{
    struct brv_node *copy = brv_arena_take(arena, sizeof *copy);
    *copy = *node;
    copy->parent = copy->first = copy->last = copy->previous = copy->next = NULL;
    struct brv_attr **end = &copy->attrs;
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        *end = brv_arena_take(arena, sizeof **end);
        **end = *attr;
        end = &(*end)->next;
    }
    *end = NULL;
    return copy;
}

struct brv_node *brv_node_new(struct brv_arena *arena, enum brv_kind kind, struct brv_span span)
{
    struct brv_node *node = BRV_NEW(arena, struct brv_node);
    node->kind = kind;
    node->span = span;
    return node;
}

struct brv_node *brv_node_new_text(struct brv_arena *arena, brv_str text, struct brv_span span)
{
    struct brv_node *node = brv_node_new(arena, BRV_KIND_TEXT, span);
    node->text = text;
    return node;
}

void brv_node_append(struct brv_node *parent, struct brv_node *child)
{
    child->parent = parent;
    child->previous = parent->last;
    child->next = NULL;
    if (parent->last) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
}

void brv_node_insert_before(struct brv_node *sibling, struct brv_node *node)
{
    node->parent = sibling->parent;
    node->previous = sibling->previous;
    node->next = sibling;
    if (sibling->previous) {
        sibling->previous->next = node;
    } else if (sibling->parent) {
        sibling->parent->first = node;
    }
    sibling->previous = node;
}

void brv_node_remove(struct brv_node *node)
{
    if (node->previous) {
        node->previous->next = node->next;
    } else if (node->parent) {
        node->parent->first = node->next;
    }
    if (node->next) {
        node->next->previous = node->previous;
    } else if (node->parent) {
        node->parent->last = node->previous;
    }
    node->parent = node->previous = node->next = NULL;
}

bool brv_node_set_attr(struct brv_arena *arena, struct brv_node *node, brv_str name, brv_str value)
{
    enum brv_attr_id id;
    if (!brv_attr_from_name(name, &id)) {
        return false;
    }
    set_attr(arena, node, id, name, value);
    return true;
}

void brv_node_set(struct brv_arena *arena, struct brv_node *node, enum brv_attr_id id,
                  brv_str value)
{
    set_attr(arena, node, id, brv_str_from_cstr(brv_attr_name(id)), value);
}

struct brv_node *brv_node_copy(struct brv_arena *arena, const struct brv_node *node)
{
    struct brv_node *root = copy_node(arena, node);
    struct brv_node *parent = root;
    const struct brv_node *from = node;
    while (from) {
        // Down, else along, else up until there is something along.
        if (from->first) {
            from = from->first;
        } else {
            while (from != node && !from->next) {
                from = from->parent;
                parent = parent->parent;
                assert(parent); // copies reach as far up as what they are of
            }
            if (from == node) {
                break;
            }
            from = from->next;
            parent = parent->parent;
        }
        assert(parent);
        struct brv_node *copy = copy_node(arena, from);
        brv_node_append(parent, copy);
        parent = copy;
    }
    return root;
}

brv_str brv_node_attr(const struct brv_node *node, enum brv_attr_id id)
{
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        if (attr->id == id) {
            return attr->value;
        }
    }
    return (brv_str){ 0 };
}

brv_str brv_node_attr_named(const struct brv_node *node, brv_str name)
{
    const struct brv_attr *attr = find_attr(node, name);
    return attr ? attr->value : (brv_str){ 0 };
}

bool brv_node_has_attr(const struct brv_node *node, enum brv_attr_id id)
{
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        if (attr->id == id) {
            return true;
        }
    }
    return false;
}

size_t brv_node_attr_count(const struct brv_node *node, enum brv_attr_id id, size_t fallback)
{
    size_t value;
    if (!brv_str_to_size(brv_node_attr(node, id), &value) || value == 0) {
        return fallback;
    }
    return value;
}

int brv_node_list_start(const struct brv_node *list)
{
    size_t start;
    bool is_number = brv_str_to_size(brv_node_attr(list, BRV_ATTR_START), &start);
    return is_number && start <= INT16_MAX ? (int)start : 1;
}

bool brv_node_has_class(const struct brv_node *node, brv_str name)
{
    for (size_t i = 0; i < node->class_count; i++) {
        if (brv_str_equal(node->classes[i], name)) {
            return true;
        }
    }
    return false;
}

brv_str brv_node_lang(const struct brv_node *node)
{
    for (; node; node = node->parent) {
        if (brv_node_has_attr(node, BRV_ATTR_LANG)) {
            return brv_node_attr(node, BRV_ATTR_LANG);
        }
    }
    return (brv_str){ 0 };
}

// The one text that a node holds, as most do; NULL when it holds more, less, or shows no text.
static const struct brv_node *only_text(const struct brv_node *node)
{
    const struct brv_node *text = node->first;
    bool is_only = text && text == node->last && text->kind == BRV_KIND_TEXT &&
                   node->kind != BRV_KIND_FOOTNOTE &&
                   !brv_node_has_class(node, BRV_S(BRV_CLASS_LATER_CALL));
    return is_only ? text : NULL;
}

brv_str brv_node_plain_text(struct brv_arena *arena, const struct brv_node *node)
{
    const struct brv_node *only = only_text(node);
    if (only) {
        return brv_arena_str(arena, only->text);
    }
    struct brv_buf buf = { 0 };
    const struct brv_node *at = node;
    while (at) {
        bool enter = true;
        if (at->kind == BRV_KIND_TEXT) {
            brv_buf_add_str(&buf, at->text);
        } else if (at->kind == BRV_KIND_BR) {
            brv_buf_add_byte(&buf, ' ');
        } else if (at->kind == BRV_KIND_IMG) {
            brv_buf_add_str(&buf, brv_node_attr(at, BRV_ATTR_ALT));
        } else if (at->kind == BRV_KIND_FOOTNOTE ||
                   brv_node_has_class(at, BRV_S(BRV_CLASS_LATER_CALL))) {
            enter = false;
        } else if (!brv_kind_is_inline(at->kind) && buf.len > 0 && buf.ptr[buf.len - 1] != ' ') {
            brv_buf_add_byte(&buf, ' '); // blocks do not run into each other
        }
        at = enter ? brv_node_walk_next(node, at) : brv_node_walk_over(node, at);
    }
    brv_str text = brv_arena_str(arena, brv_buf_str(&buf));
    brv_buf_deinit(&buf);
    return text;
}

struct brv_node *brv_node_walk_over(const struct brv_node *root, const struct brv_node *node)
{
    while (node != root && !node->next) {
        node = node->parent;
    }
    return node == root ? NULL : node->next;
}

struct brv_node *brv_node_walk_next(const struct brv_node *root, const struct brv_node *node)
{
    return node->first ? node->first : brv_node_walk_over(root, node);
}
