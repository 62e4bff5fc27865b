// Brevier — the default renderer, in C: it needs no plugin, so it can stand in for a broken one.
// SPDX-License-Identifier: MIT
#include "plugin/call.h"

static void append_text(struct brv_arena *arena, struct brv_node *parent, brv_str text,
                        struct brv_span span)
{
    brv_node_append(parent, brv_node_new_text(arena, text, span));
}

static void append_children(struct brv_arena *arena, struct brv_node *parent,
                            const struct brv_node *from)
{
    for (const struct brv_node *child = from ? from->first : NULL; child; child = child->next)
        brv_node_append(parent, brv_node_copy(arena, child));
}

static void append_label(struct brv_arena *arena, struct brv_node *parent, brv_str text,
                         struct brv_span span)
{
    struct brv_node *label = brv_node_new(arena, BRV_KIND_P, span);
    brv_node_set(arena, label, BRV_ATTR_CLASS, BRV_S("label"));
    append_text(arena, label, text, span);
    brv_node_append(parent, label);
}

// "Industry News: " before the title, each an element that a stylesheet can tell apart.
static struct brv_node *render_headline(struct brv_arena *arena,
                                        const struct brv_document *document,
                                        const struct brv_node *source)
{
    struct brv_node *heading = brv_node_copy(arena, source);
    struct brv_node *headline = brv_node_new(arena, BRV_KIND_SPAN, source->span);
    brv_node_set(arena, headline, BRV_ATTR_CLASS, BRV_S("headline"));
    while (heading->first) {
        struct brv_node *child = heading->first;
        brv_node_remove(child);
        brv_node_append(headline, child);
    }
    if (document->kind_title.len > 0) {
        struct brv_node *kicker = brv_node_new(arena, BRV_KIND_SPAN, source->span);
        brv_node_set(arena, kicker, BRV_ATTR_CLASS, BRV_S("kicker"));
        brv_str kind =
            brv_arena_printf(arena, "%" BRV_STR_F ":", BRV_STR_ARG(document->kind_title));
        append_text(arena, kicker, kind, source->span);
        brv_node_append(heading, kicker);
        append_text(arena, heading, BRV_S(" "), source->span);
    }
    brv_node_append(heading, headline);
    return heading;
}

// The title's words in the order of the source: "Analysis Summary", "Industry News:", the title.
static struct brv_node *render_title(struct brv_arena *arena, const struct brv_document *document,
                                     const struct brv_section *section)
{
    struct brv_node *header = brv_node_new(arena, BRV_KIND_HEADER, section->span);
    brv_node_set(arena, header, BRV_ATTR_CLASS, section->slug);
    if (document->summary_label.len > 0)
        append_label(arena, header, document->summary_label, section->span);
    if (section->heading)
        brv_node_append(header, render_headline(arena, document, section->heading));
    append_children(arena, header, section->blocks);
    return header;
}

// Recursion is bounded: sections nest as deep as heading levels.
struct brv_node *brv_default_render(struct brv_arena *arena, const struct brv_document *document,
                                    const struct brv_section *section)
{
    if (brv_str_is(section->slug, "title") && section->level == 1 && !section->parent)
        return render_title(arena, document, section);
    struct brv_node *node = brv_node_new(arena, BRV_KIND_SECTION, section->span);
    brv_node_set(arena, node, BRV_ATTR_CLASS, section->slug);
    if (brv_str_is(section->slug, "excerpt") && !section->parent)
        append_label(arena, node, section->title, section->span);
    else if (section->heading)
        brv_node_append(node, brv_node_copy(arena, section->heading));
    append_children(arena, node, section->blocks);
    for (const struct brv_section *sub = section->first; sub; sub = sub->next)
        brv_node_append(node, brv_default_render(arena, document, sub));
    return node;
}
