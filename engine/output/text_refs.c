// Brevier — links and footnotes of the text output: numbered where they stand, listed at the end of
// their section. A link within the document is listed as the heading or caption that it leads to,
// which a reader can look for: "→ Indicators".
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

brv_str brv_text_link_title(struct brv_text *t, const struct brv_node *link)
{
    brv_str title = brv_str_trim(brv_node_attr(link, BRV_ATTR_TITLE));
    if (title.len == 0 || brv_str_equal(title, brv_node_attr(link, BRV_ATTR_HREF)) ||
        brv_str_equal_nocase(title, brv_str_trim(brv_node_plain_text(t->arena, link))))
        return (brv_str){ 0 };
    return brv_text_line(t, title);
}

// A target has one number for each title that it is given; cited without one, it has the first.
size_t brv_text_link_number(struct brv_text *t, const struct brv_node *link)
{
    brv_str url = brv_node_attr(link, BRV_ATTR_HREF);
    brv_str title = brv_text_link_title(t, link);
    brv_str key =
        title.len > 0 ? brv_text_joined(t, brv_text_joined(t, url, BRV_S("\n")), title) : url;
    void **place = brv_map_at(&t->link_numbers, key);
    size_t *number = *place;
    if (!number) {
        number = BRV_NEW(t->arena, size_t);
        BRV_PUSH(t->arena, t->links, t->link_count, t->link_capacity) = link;
        *number = t->link_count;
        *place = number;
        void **untitled = brv_map_at(&t->link_numbers, url);
        *untitled = *untitled ? *untitled : number;
    }
    return *number;
}

// Notes are told apart by their node. Its address is only ever compared, never ordered by.
size_t brv_text_note_number(struct brv_text *t, const struct brv_styled *footnote)
{
    const void *address = footnote;
    brv_str key = { (const char *)&address, sizeof address };
    void *found = brv_map_find(&t->note_numbers, key);
    if (!found) {
        size_t *number = BRV_NEW(t->arena, size_t);
        BRV_PUSH(t->arena, t->notes, t->note_count, t->note_capacity) = footnote;
        *number = t->note_count;
        *brv_map_at(&t->note_numbers, brv_arena_str(t->arena, key)) = number;
        found = number;
    }
    return *(size_t *)found;
}

// ---- links within the document

// What an id means, and its title once it was asked for.
struct place {
    const struct brv_node *node;
    brv_str title;
    bool has_title;
};

static void collect_places(struct brv_text *t)
{
    const struct brv_node *root = t->job->root->node;
    for (const struct brv_node *at = root; at; at = brv_node_walk_next(root, at)) {
        if (at->kind == BRV_KIND_TEXT || at->id.len == 0)
            continue;
        void **slot = brv_map_at(&t->places, at->id);
        if (*slot)
            continue; // an id that stands twice means its first place
        struct place *place = BRV_NEW(t->arena, struct place);
        place->node = at;
        *slot = place;
    }
}

static bool is_title(enum brv_kind kind)
{
    return brv_kind_heading_level(kind) > 0 || kind == BRV_KIND_CAPTION ||
           kind == BRV_KIND_FIGCAPTION;
}

static struct place *place_of(struct brv_text *t, brv_str url)
{
    if (!t->knows_places)
        collect_places(t);
    t->knows_places = true;
    return brv_map_find(&t->places, brv_str_from(url, 1));
}

bool brv_text_target_is_note(struct brv_text *t, brv_str url)
{
    const struct place *place = place_of(t, url);
    return place && place->node->kind == BRV_KIND_FOOTNOTE;
}

brv_str brv_text_target_title(struct brv_text *t, brv_str url)
{
    enum { TITLE_COLUMNS = 120 }; // it is asked for again and again
    struct place *place = place_of(t, url);
    if (!place)
        return (brv_str){ 0 };
    if (!place->has_title) {
        const struct brv_node *title = place->node;
        while (title && !is_title(title->kind))
            title = brv_node_walk_next(place->node, title);
        brv_str text = brv_node_plain_text(t->arena, title ? title : place->node);
        struct brv_buf *cut = brv_buf_new_in(t->arena);
        brv_text_add_cut(t, cut, brv_text_line(t, brv_str_trim(text)), TITLE_COLUMNS);
        place->title = brv_buf_str(cut);
        place->has_title = true;
    }
    return place->title;
}

brv_str brv_text_target_shown(struct brv_text *t, brv_str url, size_t columns)
{
    brv_str arrow = brv_text_choose(t, "\u2192 ", "-> ");
    brv_str title = brv_text_plain(t, brv_text_target_title(t, url));
    struct brv_buf *out = brv_buf_new_in(t->arena);
    size_t used = brv_str_width(arrow);
    brv_text_add_cut(t, out, title.len > 0 ? title : url, columns > used ? columns - used : 0);
    return brv_text_joined(t, arrow, brv_text_isolated(t, brv_buf_str(out)));
}

// Nothing but ASCII in an address: other bytes as percent escapes, which mean the same.
brv_str brv_text_url(struct brv_text *t, brv_str url)
{
    struct brv_buf *out = brv_buf_new_in(t->arena);
    for (size_t i = 0; i < url.len; i++) {
        unsigned char byte = (unsigned char)url.ptr[i];
        if (byte <= ' ' || byte == 0x7F || (t->is_ascii && byte > 0x7F))
            brv_buf_printf(out, "%%%02X", byte);
        else
            brv_buf_add_byte(out, (char)byte);
    }
    return brv_buf_str(out);
}

// ---- the lists, which begin on the page of what they belong to

// "[7]" and the spaces up to where all entries of the list begin.
static void entry_begin(struct brv_text *t, struct brv_flow *flow, struct brv_prefix *prefix,
                        brv_str label, size_t width)
{
    size_t own = brv_str_width(label);
    brv_str padding = brv_text_spaces(t, own < width ? width - own + 1 : 1);
    brv_flow_push(
        flow, prefix, brv_text_joined(t, label, padding), brv_text_spaces(t, own + padding.len));
}

// What stands before a note: what ::footnote-marker says, else "[^1]".
static brv_str note_label(struct brv_text *t, size_t index)
{
    const struct brv_styled_note *note = t->notes[index]->note;
    if (!note || note->marker_text.len == 0)
        return brv_arena_printf(t->arena, "[^%zu]", index + 1);
    brv_str opening = brv_text_marker(t, note->marker, false);
    brv_str text = brv_text_plain(t, note->marker_text);
    brv_str closing = brv_text_marker(t, note->marker, true);
    return brv_arena_printf(t->arena,
                            "%" BRV_STR_F "%" BRV_STR_F "%" BRV_STR_F,
                            BRV_STR_ARG(opening),
                            BRV_STR_ARG(text),
                            BRV_STR_ARG(closing));
}

static void list_notes(struct brv_text *t, struct brv_flow *flow)
{
    size_t width = 0;
    for (size_t i = t->notes_listed; i < t->note_count; i++) {
        size_t own = brv_str_width(note_label(t, i));
        width = own > width ? own : width;
    }
    brv_flow_gap(flow, t->line_pt);
    brv_flow_keep(flow);
    while (t->notes_listed < t->note_count) { // a note may call further ones
        size_t index = t->notes_listed++;
        struct brv_prefix prefix;
        entry_begin(t, flow, &prefix, note_label(t, index), width);
        prefix.is_rtl = brv_text_begins_rtl(t, flow, t->notes[index]);
        brv_text_blocks(t, flow, t->notes[index], 0);
        brv_flow_pop(flow);
    }
}

// "https://x.example (title)", the title below where there is no room for it beside.
static void link_line(struct brv_text *t, struct brv_flow *flow, const struct brv_node *link)
{
    brv_str url = brv_node_attr(link, BRV_ATTR_HREF);
    size_t room = brv_flow_room(flow);
    brv_str target = url.ptr[0] == '#' ? brv_text_target_shown(t, url, room) : brv_text_url(t, url);
    brv_str title = brv_text_plain(t, brv_text_link_title(t, link));
    if (title.len == 0) {
        brv_flow_line(flow, target);
        return;
    }
    title = brv_arena_printf(t->arena, "(%" BRV_STR_F ")", BRV_STR_ARG(title));
    brv_str both =
        brv_text_joined(t, brv_text_joined(t, target, BRV_S(" ")), brv_text_isolated(t, title));
    if (brv_str_width(both) <= room) {
        brv_flow_line(flow, both);
        return;
    }
    struct brv_style plain = *t->job->root->style;
    plain.text_align = BRV_ALIGN_START;
    plain.text_indent = (struct brv_length){ 0 };
    brv_flow_line(flow, target);
    brv_text_paragraph(t, flow, &plain, title);
}

static void list_links(struct brv_text *t, struct brv_flow *flow)
{
    size_t width = brv_arena_printf(t->arena, "[%zu]", t->link_count).len;
    const struct brv_node *node = t->node;
    brv_flow_gap(flow, t->line_pt);
    brv_flow_keep(flow);
    while (t->links_listed < t->link_count) {
        size_t index = t->links_listed++;
        t->node = t->links[index];
        struct brv_prefix prefix;
        entry_begin(t, flow, &prefix, brv_arena_printf(t->arena, "[%zu]", index + 1), width);
        link_line(t, flow, t->links[index]);
        brv_flow_pop(flow);
    }
    t->node = node;
}

void brv_text_references(struct brv_text *t, struct brv_flow *flow)
{
    if (t->notes_listed < t->note_count)
        list_notes(t, flow);
    if (t->links_listed < t->link_count)
        list_links(t, flow);
}
