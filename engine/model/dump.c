// Brevier — the stable dump of an element tree.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "model/node.h"

static void dump_node(const struct brv_node *node, bool with_places, struct brv_buf *out)
{
    if (node->kind == BRV_KIND_TEXT) {
        brv_buf_add_json_string(out, node->text);
    } else {
        brv_buf_add_cstr(out, brv_kind_name(node->kind));
        for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
            brv_buf_add_byte(out, ' ');
            brv_buf_add_str(out, attr->name);
            brv_buf_add_byte(out, '=');
            brv_buf_add_json_string(out, attr->value);
        }
    }
    if (with_places && node->span.source) {
        struct brv_location place = brv_span_locate(node->span);
        brv_buf_printf(out, " @%zu:%zu", place.line, place.column);
    }
    brv_buf_add_byte(out, '\n');
}

void brv_tree_dump(const struct brv_node *root, bool with_places, struct brv_buf *out)
{
    size_t depth = 0;
    const struct brv_node *at = root;
    while (at) {
        brv_buf_add_repeated(out, ' ', 2 * depth);
        dump_node(at, with_places, out);
        if (at->first) {
            at = at->first;
            depth++;
            continue;
        }
        while (at != root && !at->next) {
            at = at->parent;
            depth--;
        }
        at = at == root ? NULL : at->next;
    }
}
