// Brevier — links and footnotes of the text output: numbered where they stand, listed at the end.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

size_t brv_text_link_number(struct brv_text *t, brv_str url)
{
    void **place = brv_map_at(&t->link_numbers, url);
    if (!*place) {
        size_t *number = BRV_NEW(t->arena, size_t);
        BRV_PUSH(t->arena, t->links, t->link_count, t->link_capacity) = url;
        *number = t->link_count;
        *place = number;
    }
    return *(size_t *)*place;
}

// Notes are told apart by their node. Its address is only ever compared, never ordered by.
size_t brv_text_note_number(struct brv_text *t, const struct brv_styled *footnote)
{
    const void *address = footnote;
    brv_str key = { (const char *)&address, sizeof address };
    void *found = brv_map_find(&t->note_numbers, key);
    if (!found) {
        size_t *number = BRV_NEW(t->arena, size_t);
        BRV_PUSH(t->arena, t->notes, t->note_count, t->note_capacity) =
            (struct brv_text_note){ footnote };
        *number = t->note_count;
        *brv_map_at(&t->note_numbers, brv_arena_str(t->arena, key)) = number;
        found = number;
    }
    return *(size_t *)found;
}

static void list_begin(struct brv_text *t, struct brv_flow *flow, brv_str title)
{
    brv_flow_gap(flow, 2 * t->line_pt);
    brv_flow_line(flow, title);
    brv_text_rule(t, flow, t->heading_rule, brv_str_width(title));
    brv_flow_gap(flow, t->heading_rule.len > 0 ? t->line_pt : 0);
}

// "[7]  " where the list goes on to "[12] ": all entries hang alike.
static void entry_begin(struct brv_text *t, struct brv_flow *flow, struct brv_prefix *prefix,
                        const char *mark, size_t number, size_t last)
{
    size_t width = brv_arena_printf(t->arena, "[%s%zu] ", mark, last).len;
    brv_str label = brv_arena_printf(t->arena, "[%s%zu]", mark, number);
    brv_str padding = brv_text_spaces(t, width > label.len ? width - label.len : 1);
    brv_str first = brv_arena_printf(
        t->arena, "%" BRV_STR_F "%" BRV_STR_F, BRV_STR_ARG(label), BRV_STR_ARG(padding));
    brv_flow_push(flow, prefix, first, brv_text_spaces(t, first.len));
}

// Nothing but ASCII in an address: other bytes as percent escapes, which mean the same.
static brv_str url_shown(struct brv_text *t, brv_str url)
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

void brv_text_references(struct brv_text *t, struct brv_flow *flow)
{
    for (size_t i = 0; i < t->note_count; i++) { // a note may call further ones
        if (i == 0)
            list_begin(t, flow, BRV_S("Notes"));
        struct brv_prefix prefix;
        entry_begin(t, flow, &prefix, "^", i + 1, t->note_count);
        brv_text_blocks(t, flow, t->notes[i].footnote, 0);
        brv_flow_pop(flow);
    }
    for (size_t i = 0; i < t->link_count; i++) {
        if (i == 0)
            list_begin(t, flow, BRV_S("Links"));
        struct brv_prefix prefix;
        entry_begin(t, flow, &prefix, "", i + 1, t->link_count);
        brv_flow_line(flow, url_shown(t, t->links[i]));
        brv_flow_pop(flow);
    }
}
