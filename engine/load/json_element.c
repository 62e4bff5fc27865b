// Brevier — JSON elements to nodes: {"type": "p", "class": "lead", "content": ["text", …]}.
// Every member but "type" and "content" is an attribute.
// SPDX-License-Identifier: MIT
#include "load/json_value.h"
#include "model/link.h"

enum { ATTRIBUTES_MAX = 64 };

static bool find_kind(struct brv_json_reader *reader, struct brv_json_value element,
                      enum brv_kind *kind)
{
    struct brv_sink *sink = reader->markdown->sink;
    struct brv_json_walk walk = brv_json_walk(reader, element);
    while (brv_json_walk_next(reader, &walk)) {
        if (!brv_str_is(walk.key, "type")) {
            continue;
        }
        if (!json_is_string(walk.value.json)) {
            brv_json_fail(reader, walk.value, "\"type\" must be the name of an element");
            return false;
        }
        brv_str name = brv_json_string(reader, walk.value);
        if (brv_kind_from_name(name, kind)) {
            return true;
        }
        struct brv_diag *diag = brv_report(sink,
                                           BRV_ERROR,
                                           BRV_CODE_INPUT,
                                           brv_json_span(reader, walk.value),
                                           "\"%" BRV_STR_F "\" is no element",
                                           BRV_STR_ARG(name));
        brv_diag_hint_nearest(sink, diag, name, brv_kind_names(), BRV_KIND_COUNT - 1);
        reader->failed = true;
        return false;
    }
    brv_json_fail(reader, element, "an element needs a \"type\"");
    return false;
}

static void read_attribute(struct brv_json_reader *reader, const struct brv_json_walk *member,
                           struct brv_node *node, brv_str *refused)
{
    struct brv_arena *arena = reader->markdown->arena;
    if (!json_is_string(member->value.json)) {
        brv_json_fail(reader, member->value, "the value of an attribute must be a string");
        return;
    }
    brv_str value = brv_json_string(reader, member->value);
    bool is_target = node->kind == BRV_KIND_A && brv_str_is(member->key, "href");
    if (is_target &&
        !brv_link_check(
            reader->markdown->sink, value, BRV_CODE_INPUT, brv_json_span(reader, member->value))) {
        *refused = value;
        return;
    }
    if (!brv_node_set_attr(arena, node, brv_arena_str(arena, member->key), value)) {
        size_t count;
        const char *const *names = brv_attr_names(&count);
        brv_json_fail_unknown(reader, member, "an element", names, count);
    }
}

static void read_element(struct brv_json_reader *reader, struct brv_json_value element,
                         struct brv_node *parent, int depth)
{
    struct brv_arena *arena = reader->markdown->arena;
    enum brv_kind kind;
    if (depth > brv_load_depth(reader->markdown->limits)) {
        brv_report(reader->markdown->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_json_span(reader, element),
                   "elements are nested deeper than %d",
                   brv_load_depth(reader->markdown->limits));
        reader->failed = true;
        return;
    }
    if (json_object_size(element.json) > ATTRIBUTES_MAX) {
        brv_json_fail(reader, element, "an element has more than 64 members");
        return;
    }
    if (!find_kind(reader, element, &kind)) {
        return;
    }
    struct brv_node *node = brv_node_new(arena, kind, brv_json_span(reader, element));
    brv_node_append(parent, node);
    brv_str refused = { 0 };
    struct brv_json_walk walk = brv_json_walk(reader, element);
    while (brv_json_walk_next(reader, &walk)) {
        if (brv_str_is(walk.key, "content")) {
            brv_json_read_content(reader, walk.value, node, depth);
        } else if (!brv_str_is(walk.key, "type")) {
            read_attribute(reader, &walk, node, &refused);
        }
    }
    if (refused.len > 0) {
        node->kind = BRV_KIND_SPAN;
        brv_link_refuse(arena, node, refused);
    }
}

static void read_text(struct brv_json_reader *reader, struct brv_json_value value,
                      struct brv_node *parent)
{
    brv_str text = brv_json_string(reader, value);
    if (text.len == 0) {
        return;
    }
    // Of a string without escapes, the text alone; so spans of text are exact here too.
    struct brv_span span = brv_json_span(reader, value);
    if (span.length == text.len + 2) {
        span.offset++;
        span.length -= 2;
    }
    brv_node_append(parent, brv_node_new_text(reader->markdown->arena, text, span));
}

void brv_json_read_content(struct brv_json_reader *reader, struct brv_json_value content,
                           struct brv_node *parent, int depth)
{
    if (json_is_string(content.json)) {
        read_text(reader, content, parent);
        return;
    }
    if (!json_is_array(content.json)) {
        brv_json_fail(reader, content, "content must be a string or an array");
        return;
    }
    struct brv_json_walk walk = brv_json_walk(reader, content);
    while (brv_json_walk_next(reader, &walk)) {
        if (json_is_string(walk.value.json)) {
            read_text(reader, walk.value, parent);
        } else if (json_is_object(walk.value.json)) {
            read_element(reader, walk.value, parent, depth + 1);
        } else {
            brv_json_fail(reader, walk.value, "content holds strings and elements only");
        }
    }
}
