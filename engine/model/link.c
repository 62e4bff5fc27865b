// Brevier — the link policy applied to a tree.
// SPDX-License-Identifier: MIT
#include "model/link.h"

#include "base/hash.h"

enum { SHOWN_BYTES_MAX = 200 };

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
    struct brv_map ids; // → the first node of the id
    bool are_known;
};

static const struct brv_node *place_of(struct places *places, brv_str id)
{
    if (!places->are_known) {
        places->are_known = true;
        for (const struct brv_node *at = places->root; at;
             at = brv_node_walk_next(places->root, at)) {
            void **slot = at->id.len > 0 ? brv_map_at(&places->ids, at->id) : NULL;
            if (slot && !*slot) {
                *slot = (void *)(uintptr_t)at;
            }
        }
    }
    return brv_map_find(&places->ids, id);
}

static bool shows_anything(const struct brv_node *link)
{
    for (const struct brv_node *at = link; at; at = brv_node_walk_next(link, at)) {
        if (at->kind == BRV_KIND_IMG ||
            (at->kind == BRV_KIND_TEXT && brv_str_trim(at->text).len > 0)) {
            return true;
        }
    }
    return false;
}

// Whether a heading is no longer than links may repeat it, however many there are.
static bool is_short(const struct brv_node *heading)
{
    size_t size = 0;
    const struct brv_node *at = heading;
    while (at && size <= SHOWN_BYTES_MAX) {
        size += 1 + at->text.len;
        at = brv_node_walk_next(heading, at);
    }
    return !at;
}

// A link without words has those of the heading that it leads to, else its target's.
static void show_target(struct brv_arena *arena, struct brv_node *link, brv_str target,
                        const struct brv_node *place)
{
    if (shows_anything(link)) {
        return;
    }
    brv_str text = place && brv_kind_heading_level(place->kind) > 0 && is_short(place)
                       ? brv_str_trim(brv_node_plain_text(arena, place))
                       : (brv_str){ 0 };
    brv_node_append(link, brv_node_new_text(arena, text.len > 0 ? text : target, link->span));
}

void brv_links_check(struct brv_arena *arena, struct brv_node *root, struct brv_sink *sink)
{
    struct places places = { .root = root, .ids = { .arena = arena } };
    for (struct brv_node *at = root; at; at = brv_node_walk_next(root, at)) {
        if (at->kind != BRV_KIND_A || !brv_node_has_attr(at, BRV_ATTR_HREF)) {
            continue;
        }
        brv_str target = brv_str_trim(brv_node_attr(at, BRV_ATTR_HREF));
        bool is_inner = brv_str_starts_with(target, BRV_S("#"));
        const struct brv_node *place = is_inner ? place_of(&places, brv_str_from(target, 1)) : NULL;
        if (!brv_link_check(sink, target, BRV_CODE_PLUGIN, at->span)) {
            unlink_target(at);
            brv_link_refuse(arena, at, target);
            continue;
        }
        show_target(arena, at, target, place);
        if (is_inner && !place) {
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_INPUT,
                       at->span,
                       "link target \"%" BRV_STR_F "\" is nowhere in the document",
                       BRV_STR_ARG(target));
            unlink_target(at);
            brv_link_refuse(arena, at, target);
        }
    }
}
