// Brevier — what a plugin returned becomes part of the document.
// SPDX-License-Identifier: MIT
#include "plugin/result.h"

#include "base/buf.h"

struct brv_span brv_section_place(const struct brv_section *section)
{
    if (section->heading && section->heading->span.source)
        return section->heading->span;
    struct brv_span span = section->span;
    span.length = 0;
    return span;
}

void brv_result_add_notice(struct brv_arena *arena, const struct brv_section *section,
                           brv_str plugin, struct brv_node *parent)
{
    struct brv_span span = brv_section_place(section);
    struct brv_node *notice = brv_node_new(arena, BRV_KIND_ASIDE, span);
    brv_node_set(arena, notice, BRV_ATTR_CLASS, BRV_S("notice"));
    struct brv_node *text = brv_node_new(arena, BRV_KIND_P, span);
    brv_node_append(
        text,
        brv_node_new_text(arena,
                          brv_arena_printf(arena,
                                           "The plugin “%" BRV_STR_F
                                           "” failed here. The section is shown as it was "
                                           "written.",
                                           BRV_STR_ARG(plugin)),
                          span));
    brv_node_append(notice, text);
    brv_node_append(parent, notice);
}

static void remove_id(struct brv_node *node)
{
    for (struct brv_attr **attr = &node->attrs; *attr; attr = &(*attr)->next) {
        if ((*attr)->id == BRV_ATTR_ID) {
            *attr = (*attr)->next;
            break;
        }
    }
    node->id = BRV_S("");
}

void brv_result_keep_ids_unique(struct brv_map *ids, struct brv_node *root, struct brv_sink *sink)
{
    for (struct brv_node *node = root; node; node = brv_node_walk_next(root, node)) {
        if (node->id.len == 0)
            continue;
        void **seen = brv_map_at(ids, node->id);
        if (*seen) {
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_PLUGIN,
                       node->span,
                       "id \"%" BRV_STR_F "\" is used twice, the second element goes without",
                       BRV_STR_ARG(node->id));
            remove_id(node);
        } else {
            *seen = node;
        }
    }
}

void brv_result_move(struct brv_node *from, struct brv_node *to)
{
    while (from->first) {
        struct brv_node *child = from->first;
        brv_node_remove(child);
        brv_node_append(to, child);
    }
}

// Stylesheets find a section by its slug, whichever plugin rendered it: the slug is the first of
// the classes, the plugin's own follow.
static void name_after_slug(struct brv_arena *arena, struct brv_node *node, brv_str slug)
{
    struct brv_buf *classes = brv_buf_new_in(arena);
    brv_buf_add_str(classes, slug);
    for (size_t i = 0; i < node->class_count; i++) {
        if (brv_str_equal(node->classes[i], slug))
            continue;
        brv_buf_add_byte(classes, ' ');
        brv_buf_add_str(classes, node->classes[i]);
    }
    brv_node_set(arena, node, BRV_ATTR_CLASS, brv_buf_str(classes));
}

void brv_result_settle(struct brv_arena *arena, struct brv_map *ids,
                       const struct brv_section *section, struct brv_node *result,
                       struct brv_sink *sink)
{
    for (struct brv_node *node = result->first; node; node = node->next)
        if (node->kind == BRV_KIND_SECTION)
            name_after_slug(arena, node, section->slug);
    brv_result_keep_ids_unique(ids, result, sink);
}
