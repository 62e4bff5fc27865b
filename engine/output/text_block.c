// Brevier — blocks of the text output: what stands below what, and how far in.
// A block's box is read from its style: margins and paddings become columns and blank lines. Inline
// children between blocks form paragraphs of their own. A quotation is marked by "> ", a block with
// a border at its left by a bar; -brv-text-rule draws a line as wide as the block's longest.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "base/width.h"
#include "output/text.h"

// ---- units

size_t brv_text_columns(const struct brv_text *t, struct brv_length length, size_t room)
{
    float pt = brv_length_resolve(length, (float)room * t->cell_pt);
    float columns = pt / t->cell_pt + 0.5f;
    if (!(columns >= 1.0f))
        return 0;
    return columns < 1000.0f ? (size_t)columns : 1000;
}

float brv_text_gap_pt(const struct brv_text *t, struct brv_length length, size_t room)
{
    return brv_length_resolve(length, (float)room * t->cell_pt);
}

brv_str brv_text_spaces(const struct brv_text *t, size_t count)
{
    char *spaces = brv_arena_alloc(t->arena, count + 1);
    memset(spaces, ' ', count);
    return (brv_str){ spaces, count };
}

brv_str brv_text_choose(const struct brv_text *t, const char *unicode, const char *ascii)
{
    return brv_str_from_cstr(t->is_ascii ? ascii : unicode);
}

// ---- lines

void brv_text_indent(struct brv_text *t, struct brv_flow *flow, struct brv_prefix *prefix,
                     size_t count)
{
    size_t room = brv_flow_room(flow);
    size_t least = flow->width / 2; // however deep a list is, half of the line is left to the text
    size_t most = room > least ? room - least : 0;
    brv_str spaces = brv_text_spaces(t, count < most ? count : most);
    brv_flow_push(flow, prefix, spaces, spaces);
}

void brv_text_rule(struct brv_text *t, struct brv_flow *flow, brv_str rule, size_t columns)
{
    rule = brv_text_plain(t, rule);
    if (brv_str_width(rule) == 0 || columns == 0)
        return;
    struct brv_buf *line = brv_buf_new_in(t->arena);
    size_t width = 0;
    for (size_t at = 0; width < columns; at = at < rule.len ? at : 0) {
        size_t start = at;
        width += (size_t)brv_cluster_width(rule, &at);
        if (width <= columns)
            brv_buf_add_str(line, brv_str_slice(rule, start, at));
    }
    brv_flow_line(flow, brv_buf_str(line));
}

// Code stays as it is, however long its lines; in a table only what asks for it does.
static bool keeps_lines(const struct brv_text *t, const struct brv_style *style)
{
    return style->white_space == BRV_SPACE_PRE ||
           (style->white_space == BRV_SPACE_PRE_WRAP && t->table_depth == 0);
}

void brv_text_paragraph(struct brv_text *t, struct brv_flow *flow, const struct brv_style *style,
                        brv_str run)
{
    struct brv_words words = brv_words_cut(t->arena, run);
    if (words.count == 0)
        return;
    size_t room = brv_flow_room(flow);
    size_t indent = brv_text_columns(t, style->text_indent, room);
    struct brv_fill_options options = {
        .width = keeps_lines(t, style) ? 0 : room,
        .indent = indent < room / 2 ? indent : room / 2,
    };
    size_t count = 0;
    const struct brv_fill_line *lines = brv_words_fill(t->arena, &words, options, &count);
    struct brv_buf *out = t->run; // the run itself lives in the arena
    for (size_t i = 0; i < count; i++) {
        size_t before = i == 0 ? options.indent : 0;
        size_t empty = room > lines[i].width ? room - lines[i].width : 0;
        if (t->is_measuring)
            before = 0;
        else if (style->text_align == BRV_ALIGN_CENTER)
            before = empty / 2;
        else if (style->text_align == BRV_ALIGN_RIGHT || style->text_align == BRV_ALIGN_END)
            before = empty;
        brv_buf_clear(out);
        brv_buf_add_repeated(out, ' ', before);
        brv_fill_line_write(&words, &lines[i], out);
        brv_flow_line(flow, brv_buf_str(out));
    }
}

// ---- the box of a block

struct box {
    struct brv_prefix margin;
    struct brv_prefix bar;
    size_t outer_width;
    bool has_margin;
    bool has_bar;
};

static bool is_kind(const struct brv_styled *styled, enum brv_kind kind)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->node->kind == kind;
}

static bool is_list(const struct brv_styled *styled)
{
    return is_kind(styled, BRV_KIND_UL) || is_kind(styled, BRV_KIND_OL);
}

static void box_enter(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *block,
                      struct box *box)
{
    const struct brv_style *style = block->style;
    size_t room = brv_flow_room(flow);
    *box = (struct box){ .outer_width = flow->width };

    size_t right = brv_text_columns(t, style->margin_right, room) +
                   brv_text_columns(t, style->padding_right, room);
    if (style->max_width.keyword == BRV_LENGTH_SET) {
        size_t most = brv_text_columns(t, style->max_width, room);
        if (most > 0 && most + right < room)
            right = room - most;
    }
    flow->width -= right < room / 3 ? right : room / 3;

    size_t left = brv_text_columns(t, style->margin_left, room);
    bool is_quote = is_kind(block, BRV_KIND_BLOCKQUOTE);
    bool has_border = style->border_left_style != BRV_BORDER_NONE && style->border_left_width > 0;
    if (is_quote)
        left = 0;
    else if (!has_border && !is_list(block)) // the items of a list hang in its padding
        left += brv_text_columns(t, style->padding_left, room);
    if (left > 0) {
        brv_text_indent(t, flow, &box->margin, left);
        box->has_margin = true;
    }
    if (is_quote || has_border) {
        brv_str bar = is_quote ? BRV_S("> ") : brv_text_choose(t, "\u2502 ", "| ");
        brv_flow_push(flow, &box->bar, bar, bar);
        box->has_bar = true;
    }
}

static void box_leave(struct brv_flow *flow, struct box *box)
{
    if (box->has_bar)
        brv_flow_pop(flow);
    if (box->has_margin)
        brv_flow_pop(flow);
    flow->width = box->outer_width;
}

// ---- blocks

// Everything below a block that is too deep to be walked, as one paragraph.
static void block_flatten(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *block)
{
    brv_text_paragraph(t, flow, block->style, brv_text_run(t, block->first, NULL));
}

static void block_content(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *block,
                          int depth)
{
    if (is_list(block))
        brv_text_list(t, flow, block, depth);
    else if (is_kind(block, BRV_KIND_DL))
        brv_text_terms(t, flow, block, depth);
    else if (is_kind(block, BRV_KIND_HR))
        brv_text_rule(
            t, flow, brv_text_choose(t, "\u2500", "-"), t->is_measuring ? 1 : brv_flow_room(flow));
    else if (is_kind(block, BRV_KIND_IMG)) {
        const struct brv_styled *next = block->next;
        brv_text_paragraph(t, flow, block->style, brv_text_run(t, block, next));
    } else
        brv_text_blocks(t, flow, block, depth);
}

// A page that is forced shows as a wider gap: text has no pages.
static float break_gap_pt(const struct brv_text *t, enum brv_break how)
{
    return how == BRV_BREAK_PAGE || how == BRV_BREAK_LEFT || how == BRV_BREAK_RIGHT ? 2 * t->line_pt
                                                                                    : 0;
}

void brv_text_block(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *block,
                    int depth)
{
    const struct brv_style *style = block->style;
    if (depth > BRV_TEXT_DEPTH) {
        block_flatten(t, flow, block);
        return;
    }
    size_t room = brv_flow_room(flow);
    brv_flow_gap(flow, brv_text_gap_pt(t, style->margin_top, room));
    brv_flow_gap(flow, break_gap_pt(t, style->break_before));
    if (is_kind(block, BRV_KIND_H2) && t->heading_rule.len == 0)
        t->heading_rule = style->brv_text_rule;

    struct box box;
    box_enter(t, flow, block, &box);
    size_t widest = flow->widest;
    flow->widest = 0;
    if (style->display == BRV_DISPLAY_TABLE)
        brv_text_table(t, flow, block, depth + 1);
    else if (style->display == BRV_DISPLAY_LIST_ITEM)
        brv_text_item(t, flow, block, depth + 1);
    else
        block_content(t, flow, block, depth + 1);
    size_t used = flow->prefix ? flow->prefix->total : 0;
    if (style->brv_text_rule.len > 0 && flow->widest > used) {
        brv_flow_join(flow);
        brv_text_rule(t, flow, style->brv_text_rule, flow->widest - used);
    }
    if (widest > flow->widest)
        flow->widest = widest;
    box_leave(flow, &box);

    brv_flow_gap(flow, brv_text_gap_pt(t, style->margin_bottom, room));
    brv_flow_gap(flow, break_gap_pt(t, style->break_after));
}

void brv_text_blocks(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *parent,
                     int depth)
{
    for (const struct brv_styled *child = parent->first; child;) {
        if (child->kind == BRV_STYLED_MARKER &&
            parent->style->list_style_position == BRV_LIST_OUTSIDE) {
            child = child->next; // shown by its item
        } else if (brv_text_is_inline(child)) {
            const struct brv_styled *end = child;
            while (end && brv_text_is_inline(end))
                end = end->next;
            brv_text_paragraph(t, flow, parent->style, brv_text_run(t, child, end));
            child = end;
        } else {
            brv_text_block(t, flow, child, depth);
            child = child->next;
        }
    }
}
