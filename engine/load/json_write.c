// Brevier — writing the JSON form.
// Only what cannot be worked out again is written: slugs, ids, paths and facts follow from the
// headings and blocks. Inline content stands on one line, blocks on lines of their own.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "load/json.h"
#include "load/load.h"

static void add_line(struct brv_buf *out, size_t indent)
{
    brv_buf_add_byte(out, '\n');
    brv_buf_add_repeated(out, ' ', 2 * indent);
}

static void add_member(struct brv_buf *out, size_t indent, const char *name)
{
    add_line(out, indent);
    brv_buf_printf(out, "\"%s\": ", name);
}

static bool is_all_inline(const struct brv_node *node)
{
    for (const struct brv_node *child = node->first; child; child = child->next) {
        if (!brv_kind_is_inline(child->kind)) {
            return false;
        }
    }
    return true;
}

static void write_content(const struct brv_node *node, size_t indent, struct brv_buf *out);

// The tree's depth is bounded by the loader, so recursion is too.
static void write_node(const struct brv_node *node, size_t indent, struct brv_buf *out)
{
    if (node->kind == BRV_KIND_TEXT) {
        brv_buf_add_json_string(out, node->text);
        return;
    }
    brv_buf_printf(out, "{\"type\": \"%s\"", brv_kind_name(node->kind));
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        brv_buf_add_cstr(out, ", ");
        brv_buf_add_json_string(out, attr->name);
        brv_buf_add_cstr(out, ": ");
        brv_buf_add_json_string(out, attr->value);
    }
    if (node->first) {
        brv_buf_add_cstr(out, ", \"content\": ");
        write_content(node, indent, out);
    }
    brv_buf_add_byte(out, '}');
}

static void write_content(const struct brv_node *node, size_t indent, struct brv_buf *out)
{
    bool is_inline = is_all_inline(node);
    brv_buf_add_byte(out, '[');
    for (const struct brv_node *child = node->first; child; child = child->next) {
        if (!is_inline) {
            add_line(out, indent + 1);
        }
        write_node(child, indent + 1, out);
        if (child->next) {
            brv_buf_add_cstr(out, is_inline ? ", " : ",");
        }
    }
    if (!is_inline) {
        add_line(out, indent);
    }
    brv_buf_add_byte(out, ']');
}

static void write_sections(const struct brv_section *first, size_t indent, struct brv_buf *out);

static void write_section(const struct brv_section *section, size_t indent, struct brv_buf *out)
{
    bool has_role = !section->parent &&
                    (brv_str_is(section->slug, "title") || brv_str_is(section->slug, "excerpt") ||
                     brv_str_is(section->slug, "preamble"));
    brv_buf_add_byte(out, '{');
    if (has_role) {
        add_member(out, indent + 1, "role");
        brv_buf_add_json_string(out, section->slug);
        brv_buf_add_byte(out, ',');
    }
    add_member(out, indent + 1, "level");
    brv_buf_add_int(out, section->level);
    if (section->heading) {
        brv_buf_add_byte(out, ',');
        add_member(out, indent + 1, "heading");
        write_content(section->heading, indent + 1, out);
    }
    if (section->blocks->first) {
        brv_buf_add_byte(out, ',');
        add_member(out, indent + 1, "blocks");
        write_content(section->blocks, indent + 1, out);
    }
    if (section->first) {
        brv_buf_add_byte(out, ',');
        add_member(out, indent + 1, "sections");
        write_sections(section->first, indent + 1, out);
    }
    add_line(out, indent);
    brv_buf_add_byte(out, '}');
}

static void write_sections(const struct brv_section *first, size_t indent, struct brv_buf *out)
{
    brv_buf_add_byte(out, '[');
    for (const struct brv_section *section = first; section; section = section->next) {
        add_line(out, indent + 1);
        write_section(section, indent + 1, out);
        if (section->next) {
            brv_buf_add_byte(out, ',');
        }
    }
    if (first) {
        add_line(out, indent);
    }
    brv_buf_add_byte(out, ']');
}

static void write_meta(const struct brv_meta *first, struct brv_buf *out)
{
    add_member(out, 1, "meta");
    brv_buf_add_byte(out, '{');
    for (const struct brv_meta *meta = first; meta; meta = meta->next) {
        add_line(out, 2);
        brv_buf_add_json_string(out, meta->key);
        brv_buf_add_cstr(out, meta->is_list ? ": [" : ": ");
        for (size_t i = 0; i < meta->value_count; i++) {
            brv_buf_add_cstr(out, i > 0 ? ", " : "");
            brv_buf_add_json_string(out, meta->values[i]);
        }
        brv_buf_add_cstr(out, meta->is_list ? "]" : "");
        brv_buf_add_cstr(out, meta->next ? "," : "");
    }
    add_line(out, 1);
    brv_buf_add_cstr(out, "},");
}

void brv_document_to_json(const struct brv_document *document, struct brv_buf *out)
{
    brv_buf_add_byte(out, '{');
    add_member(out, 1, "schema");
    brv_buf_add_cstr(out, "\"" BRV_JSON_SCHEMA "\",");
    if (document->meta) {
        write_meta(document->meta, out);
    }
    if (document->kind_title.len > 0) {
        add_member(out, 1, "kind_title");
        brv_buf_add_json_string(out, document->kind_title);
        brv_buf_add_byte(out, ',');
    }
    if (document->summary_label.len > 0) {
        add_member(out, 1, "summary_label");
        brv_buf_add_json_string(out, document->summary_label);
        brv_buf_add_byte(out, ',');
    }
    add_member(out, 1, "sections");
    write_sections(document->first, 1, out);
    brv_buf_add_cstr(out, "\n}\n");
}
