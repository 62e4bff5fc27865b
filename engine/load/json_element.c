// Brevier — JSON elements to nodes: {"type": "p", "class": "lead", "content": ["text", …]}.
// Every member but "type" and "content" is an attribute.
// SPDX-License-Identifier: MIT
#include "load/json_value.h"
#include "model/link.h"

enum { ATTRIBUTES_MAX = 64 };

static bool find_kind(struct brv_json_reader *reader, const struct brv_json *element,
                      enum brv_kind *kind)
{
    struct brv_sink *sink = reader->markdown->sink;
    for (const struct brv_json *member = element->first; member; member = member->next) {
        if (!brv_str_is(member->key, "type")) {
            continue;
        }
        if (member->type != BRV_JSON_STRING) {
            brv_json_fail(reader, member, "\"type\" must be the name of an element");
            return false;
        }
        brv_str name = brv_json_string(reader, member);
        if (brv_kind_from_name(name, kind)) {
            return true;
        }
        struct brv_diag *diag = brv_report(sink,
                                           BRV_ERROR,
                                           BRV_CODE_INPUT,
                                           brv_json_span(reader, member),
                                           "\"%" BRV_STR_F "\" is no element",
                                           BRV_STR_ARG(name));
        brv_diag_hint_nearest(sink, diag, name, brv_kind_names(), BRV_KIND_COUNT - 1);
        reader->failed = true;
        return false;
    }
    brv_json_fail(reader, element, "an element needs a \"type\"");
    return false;
}

static void read_attribute(struct brv_json_reader *reader, const struct brv_json *member,
                           struct brv_node *node, brv_str *refused)
{
    struct brv_arena *arena = reader->markdown->arena;
    if (member->type != BRV_JSON_STRING) {
        brv_json_fail(reader, member, "the value of an attribute must be a string");
        return;
    }
    brv_str value = brv_json_string(reader, member);
    bool is_target = node->kind == BRV_KIND_A && brv_str_is(member->key, "href");
    if (is_target &&
        !brv_link_check(
            reader->markdown->sink, value, BRV_CODE_INPUT, brv_json_span(reader, member))) {
        *refused = value;
        return;
    }
    if (!brv_node_set_attr(arena, node, brv_arena_str(arena, member->key), value)) {
        size_t count;
        const char *const *names = brv_attr_names(&count);
        brv_json_fail_unknown(reader, member, "an element", names, count);
    }
}

static void read_element(struct brv_json_reader *reader, const struct brv_json *element,
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
    if (element->count > ATTRIBUTES_MAX) {
        brv_json_fail(reader, element, "an element has more than 64 members");
        return;
    }
    if (!find_kind(reader, element, &kind)) {
        return;
    }
    struct brv_node *node = brv_node_new(arena, kind, brv_json_span(reader, element));
    brv_node_append(parent, node);
    brv_str refused = { 0 };
    for (const struct brv_json *member = element->first; member; member = member->next) {
        if (brv_str_is(member->key, "content")) {
            brv_json_read_content(reader, member, node, depth);
        } else if (!brv_str_is(member->key, "type")) {
            read_attribute(reader, member, node, &refused);
        }
    }
    if (refused.len > 0) {
        node->kind = BRV_KIND_SPAN;
        brv_link_refuse(arena, node, refused);
    }
}

static void read_text(struct brv_json_reader *reader, const struct brv_json *value,
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

void brv_json_read_content(struct brv_json_reader *reader, const struct brv_json *content,
                           struct brv_node *parent, int depth)
{
    if (content->type == BRV_JSON_STRING) {
        read_text(reader, content, parent);
        return;
    }
    if (content->type != BRV_JSON_ARRAY) {
        brv_json_fail(reader, content, "content must be a string or an array");
        return;
    }
    for (const struct brv_json *value = content->first; value; value = value->next) {
        if (value->type == BRV_JSON_STRING) {
            read_text(reader, value, parent);
        } else if (value->type == BRV_JSON_OBJECT) {
            read_element(reader, value, parent, depth + 1);
        } else {
            brv_json_fail(reader, value, "content holds strings and elements only");
        }
    }
}
