// Brevier — lists of the text output: markers that hang, terms that line up with what they mean.
// Both stand at the right where the text runs from right to left.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

// ---- bulleted and numbered lists

static const struct brv_styled *item_marker(const struct brv_styled *item)
{
    const struct brv_styled *marker = item->first;
    return marker && marker->kind == BRV_STYLED_MARKER ? marker : NULL;
}

static brv_str marker_text(struct brv_text *t, const struct brv_styled *marker)
{
    return brv_str_trim(brv_text_run(t, marker, marker->next));
}

// All items of a list hang alike: by its padding, or by its widest marker if that needs more.
void brv_text_list(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *list,
                   int depth)
{
    size_t outer_hang = t->list_hang;
    size_t room = brv_flow_room(flow);
    size_t hang = brv_text_columns(t, list->style->padding_left, room);
    for (const struct brv_styled *item = list->first; item; item = item->next) {
        const struct brv_styled *marker = item_marker(item);
        if (!marker || item->style->list_style_position == BRV_LIST_INSIDE)
            continue;
        size_t width = brv_str_width(marker_text(t, marker));
        if (width > 0 && width + 1 > hang)
            hang = width + 1;
    }
    t->list_hang = hang;
    brv_text_blocks(t, flow, list, depth);
    t->list_hang = outer_hang;
}

void brv_text_item(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *item,
                   int depth)
{
    const struct brv_styled *marker = item_marker(item);
    brv_str text = { 0 };
    if (marker && item->style->list_style_position == BRV_LIST_OUTSIDE)
        text = brv_text_line(t, marker_text(t, marker));
    size_t width = brv_str_width(text);
    size_t hang = t->list_hang;
    size_t room = brv_flow_room(flow);
    size_t most = room > flow->width / 2 ? room - flow->width / 2 : 0;
    if (hang > most)
        hang = most;
    if (width > 0 && hang < width + 1)
        hang = width + 1;
    struct brv_buf *first = brv_buf_new_in(t->arena);
    if (width > 0) {
        brv_buf_add_repeated(first, ' ', hang - width - 1);
        brv_buf_add_str(first, text);
        brv_buf_add_byte(first, ' ');
    }
    struct brv_prefix prefix;
    brv_str rest = brv_text_spaces(t, hang);
    brv_flow_push(flow, &prefix, width > 0 ? brv_buf_str(first) : rest, rest);
    prefix.is_rtl = brv_text_begins_rtl(t, flow, item);
    brv_text_blocks(t, flow, item, depth);
    brv_flow_pop(flow);
}

// ---- definition lists

static bool is_term(const struct brv_styled *styled)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->node->kind == BRV_KIND_DT;
}

// Columns of the widest term, or 0 when a term is no single line.
static size_t widest_term(struct brv_text *t, const struct brv_styled *list)
{
    size_t widest = 0;
    for (const struct brv_styled *child = list->first; child; child = child->next) {
        if (!is_term(child))
            continue;
        struct brv_words words = brv_words_cut(t->arena, brv_text_run(t, child->first, NULL));
        for (size_t i = 0; i < words.count; i++)
            if (words.items[i].ends_line)
                return 0;
        if (words.widest_line > widest)
            widest = words.widest_line;
    }
    return widest;
}

static brv_str term_shown(struct brv_text *t, const struct brv_styled *term, size_t columns)
{
    brv_str text = brv_text_isolated(t, brv_text_line(t, brv_text_run(t, term->first, NULL)));
    struct brv_buf *out = brv_buf_new_in(t->arena);
    brv_buf_add_str(out, text);
    size_t width = brv_str_width(text);
    brv_buf_add_repeated(out, ' ', width < columns ? columns - width : 0);
    return brv_buf_str(out);
}

// Terms in a column of their own, what they mean beside them.
static void terms_aligned(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *list,
                          size_t column, int depth)
{
    brv_str blank = brv_text_spaces(t, column);
    const struct brv_styled *term = NULL; // waits for what it means
    for (const struct brv_styled *child = list->first; child; child = child->next) {
        size_t room = brv_flow_room(flow);
        brv_flow_gap(flow, brv_text_gap_pt(t, child->style->margin_top, room));
        if (is_term(child)) {
            if (term) {
                brv_flow_line(flow, term_shown(t, term, 0));
                brv_flow_join(flow);
            }
            term = child;
            continue;
        }
        struct brv_prefix prefix;
        brv_flow_push(flow, &prefix, term ? term_shown(t, term, column) : blank, blank);
        prefix.is_rtl = brv_text_begins_rtl(t, flow, child);
        brv_text_blocks(t, flow, child, depth);
        brv_flow_pop(flow);
        brv_flow_gap(flow, brv_text_gap_pt(t, child->style->margin_bottom, room));
        term = NULL;
    }
    if (term)
        brv_flow_line(flow, term_shown(t, term, 0));
}

void brv_text_terms(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *list,
                    int depth)
{
    enum { BETWEEN = 2 }; // columns between a term and what it means
    size_t room = brv_flow_room(flow);
    size_t widest = widest_term(t, list);
    if (widest > 0 && widest + BETWEEN <= room / 3)
        terms_aligned(t, flow, list, widest + BETWEEN, depth);
    else
        brv_text_blocks(t, flow, list, depth);
}
