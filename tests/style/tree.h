// Brevier — element trees for the tests of style, written as `section.a#b[kind=x] { h2 'Title' p
// }`.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_STYLE_TREE_H
#define BRV_TESTS_STYLE_TREE_H

#include "harness.h"
#include "model/node.h"
#include "style/cascade.h"

// The first element of the notation, with its children. Aborts on a fault: it is the test's own.
static inline const struct brv_node *tree_from(struct brv_arena *arena, const char *text)
{
    struct brv_node *root = NULL;
    struct brv_node *open[64] = { NULL };
    struct brv_node *node = NULL;
    size_t depth = 0;
    while (*text) {
        size_t len = strcspn(text, " \n\t.#[{}'");
        if (len > 0) {
            enum brv_kind kind = BRV_KIND_TEXT;
            if (!brv_kind_from_name((brv_str){ text, len }, &kind))
                abort();
            node = brv_node_new(arena, kind, brv_span_none());
            if (depth > 0)
                brv_node_append(open[depth - 1], node);
            else if (!root)
                root = node;
            text += len;
        } else if (*text == '.' || *text == '#') {
            size_t name = strcspn(text + 1, " \n\t.#[{}'");
            brv_str value = { text + 1, name };
            if (*text == '.' && node->class_count > 0)
                value = brv_arena_printf(arena,
                                         "%" BRV_STR_F " %" BRV_STR_F,
                                         BRV_STR_ARG(brv_node_attr(node, BRV_ATTR_CLASS)),
                                         BRV_STR_ARG(value));
            brv_node_set(arena, node, *text == '.' ? BRV_ATTR_CLASS : BRV_ATTR_ID, value);
            text += 1 + name;
        } else if (*text == '[') {
            size_t name = strcspn(text + 1, "=]");
            const char *value = text + 1 + name + (text[1 + name] == '=');
            size_t value_len = strcspn(value, "]");
            if (!brv_node_set_attr(
                    arena, node, (brv_str){ text + 1, name }, (brv_str){ value, value_len }))
                abort();
            text = value + value_len + 1;
        } else if (*text == '\'') {
            size_t size = strcspn(text + 1, "'");
            brv_node_append(open[depth - 1],
                            brv_node_new_text(arena, (brv_str){ text + 1, size }, brv_span_none()));
            text += size + 2;
        } else if (*text == '{') {
            open[depth++] = node;
            text++;
        } else {
            depth -= *text == '}';
            text++;
        }
    }
    if (!root || depth != 0)
        abort();
    return root;
}

// A set with one sheet.
static inline struct brv_stylesheets *sheets_from(struct fixture *fixture, const char *css)
{
    const struct brv_stylesheet_text text = {
        BRV_S("test.css"),
        brv_arena_str(fixture->arena, brv_str_from_cstr(css)),
    };
    const struct brv_stylesheets_options options = { .texts = &text, .text_count = 1 };
    return brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
}

// The styled node of the element with an id, NULL when it is not shown.
static inline const struct brv_styled *styled_by_id(const struct brv_styled *root, const char *id)
{
    const struct brv_styled *s = root;
    while (s) {
        if (s->kind == BRV_STYLED_ELEMENT && brv_str_is(s->node->id, id))
            return s;
        if (s->first) {
            s = s->first;
            continue;
        }
        while (s != root && !s->next)
            s = s->parent;
        s = s == root ? NULL : s->next;
    }
    return NULL;
}

// The computed value of a property as text.
static inline brv_str value_text(struct fixture *fixture, const struct brv_style *style,
                                 const char *name)
{
    const struct brv_css_property *property = brv_css_property_find(brv_str_from_cstr(name));
    if (!property)
        abort();
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    property->type->print(brv_css_field(style, property), property->type, out);
    return brv_buf_str(out);
}

#endif
