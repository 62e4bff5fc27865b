// Brevier — the link policy applied to a tree.
// SPDX-License-Identifier: MIT
#include "model/link.h"

#include "base/hash.h"

bool brv_link_check(struct brv_sink *sink, brv_str target, enum brv_code code, struct brv_span span)
{
    if (brv_url_is_allowed(target)) {
        return true;
    }
    struct brv_diag *diag = brv_report(sink,
                                       BRV_WARNING,
                                       code,
                                       span,
                                       "\"%" BRV_STR_F "\" may not be a link; shown as text",
                                       BRV_STR_ARG(target));
    brv_diag_hint(sink, diag, "links begin with http, https, mailto, tel or #");
    return false;
}

void brv_link_refuse(struct brv_arena *arena, struct brv_node *holder, brv_str target)
{
    brv_str shown = brv_node_plain_text(arena, holder);
    if (brv_str_equal(brv_str_trim(shown), target)) {
        return; // a bare link shows its target already
    }
    brv_str text = brv_arena_printf(arena, " (%" BRV_STR_F ")", BRV_STR_ARG(target));
    brv_node_append(holder, brv_node_new_text(arena, text, holder->span));
}

// Makes a link a span.
static void unlink_target(struct brv_node *link)
{
    link->kind = BRV_KIND_SPAN;
    for (struct brv_attr **attr = &link->attrs; *attr;) {
        if ((*attr)->id == BRV_ATTR_HREF) {
            *attr = (*attr)->next;
        } else {
            attr = &(*attr)->next;
        }
    }
}

// The ids of a tree, collected when the first link within it asks.
struct places {
    const struct brv_node *root;
    struct brv_map ids;
    bool are_known;
};

static bool leads_somewhere(struct places *places, brv_str id)
{
    if (!places->are_known) {
        places->are_known = true;
        for (const struct brv_node *at = places->root; at;
             at = brv_node_walk_next(places->root, at)) {
            if (at->id.len > 0) {
                *brv_map_at(&places->ids, at->id) = places;
            }
        }
    }
    return brv_map_find(&places->ids, id) != NULL;
}

void brv_links_check(struct brv_arena *arena, struct brv_node *root, struct brv_sink *sink)
{
    struct places places = { .root = root, .ids = { .arena = arena } };
    for (struct brv_node *at = root; at; at = brv_node_walk_next(root, at)) {
        if (at->kind != BRV_KIND_A || !brv_node_has_attr(at, BRV_ATTR_HREF)) {
            continue;
        }
        brv_str target = brv_str_trim(brv_node_attr(at, BRV_ATTR_HREF));
        if (!brv_link_check(sink, target, BRV_CODE_PLUGIN, at->span)) {
            unlink_target(at);
            brv_link_refuse(arena, at, target);
        } else if (target.ptr[0] == '#' && !leads_somewhere(&places, brv_str_from(target, 1))) {
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_INPUT,
                       at->span,
                       "link target \"%" BRV_STR_F "\" is nowhere in the document",
                       BRV_STR_ARG(target));
            unlink_target(at);
        }
    }
}
