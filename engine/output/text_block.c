// Brevier — blocks of the text output: what stands below what, and how far in.
// A block's box is read from its style: margins and paddings become columns and blank lines. Inline
// children between blocks form paragraphs of their own. A quotation is marked by "> ", a block with
// a border at its left by a bar; -brv-text-rule draws a line as wide as the block's text.
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

brv_str brv_text_joined(const struct brv_text *t, brv_str a, brv_str b)
{
    char *both = brv_arena_alloc(t->arena, a.len + b.len + 1);
    if (a.len > 0)
        memcpy(both, a.ptr, a.len);
    if (b.len > 0)
        memcpy(both + a.len, b.ptr, b.len);
    return (brv_str){ both, a.len + b.len };
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

void brv_text_rule(struct brv_text *t, struct brv_flow *flow, brv_str rule, size_t from, size_t to)
{
    rule = brv_text_plain(t, rule);
    size_t width = brv_str_width(rule);
    if (width == 0 || from >= to)
        return;
    struct brv_buf *line = t->run; // no run is being made
    brv_buf_clear(line);
    size_t columns = to - from;
    brv_buf_add_repeated(line, ' ', from);
    brv_buf_add_times(line, rule, columns / width);
    columns %= width;
    for (size_t at = 0; columns > 0;) { // and as much of it as goes into the rest
        size_t start = at;
        size_t own = (size_t)brv_cluster_width(rule, &at);
        if (own > columns)
            break;
        brv_buf_add_str(line, brv_str_slice(rule, start, at));
        columns -= own;
    }
    brv_flow_put(flow, &(struct brv_flow_text){ .text = brv_buf_str(line), .width = to - columns });
}

// Code stays as it is, however long its lines; in a table only what asks for it does.
static bool keeps_lines(const struct brv_text *t, const struct brv_style *style)
{
    return style->white_space == BRV_SPACE_PRE ||
           (style->white_space == BRV_SPACE_PRE_WRAP && t->table_depth == 0);
}

// Columns that a negative text-indent asks for, as far as they can be had: the blank ones before
// the first line, then those by which all other lines move to the right.
struct outdent {
    size_t columns;
    size_t hang;
};

static struct outdent outdent_of(const struct brv_text *t, const struct brv_flow *flow,
                                 struct brv_length indent, size_t room, bool is_rtl)
{
    indent.pt = -indent.pt;
    indent.percent = -indent.percent;
    size_t wanted = brv_text_columns(t, indent, room);
    size_t available = wanted > 0 ? brv_flow_free(flow, is_rtl) : 0;
    if (wanted <= available)
        return (struct outdent){ wanted, 0 };
    size_t hang = wanted - available;
    return (struct outdent){ available, hang < room / 2 ? hang : room / 2 };
}

// Where the first column of a line is, given the columns that it leaves empty.
static size_t aligned(const struct brv_text *t, const struct brv_flow *flow,
                      enum brv_text_align align, enum brv_direction direction, size_t start,
                      size_t empty)
{
    if (t->is_measuring)
        return 0;
    switch (align) {
    case BRV_ALIGN_CENTER:
        return empty / 2;
    case BRV_ALIGN_RIGHT:
    case BRV_ALIGN_END:
        return empty;
    case BRV_ALIGN_START:
    case BRV_ALIGN_JUSTIFY: // a line that begins at the right, unless a marker stands before it
        if (t->table_depth == 0 && brv_flow_may_begin_right(flow) &&
            brv_text_starts_right(t, direction))
            return empty > start ? empty - start : 0;
        break;
    case BRV_ALIGN_LEFT:
        break;
    }
    return start < empty ? start : empty;
}

// The spaces that let a mail reader join the line with the next one of its paragraph; none where a
// space would appear between ideographs, or a hyphen stay within its word.
static size_t soft_spaces(const struct brv_flow *flow, const struct brv_words *words,
                          const struct brv_fill_line *line)
{
    const struct brv_word *last = &line->words[line->count - 1];
    if (line[1].words[0].has_space)
        return flow->is_delsp ? 2 : 1;
    bool is_end = last->ends_line || words->run.ptr[last->to - 1] == BRV_MARK_HYPHEN;
    return flow->is_delsp && !is_end ? 1 : 0;
}

// The padding at its left that code does without, where all of it fits then; it may always stand in
// what is blank at its right.
static size_t code_outdent(const struct brv_flow *flow, size_t widest, size_t room)
{
    const struct brv_prefix *prefix = flow->prefix;
    room += flow->limit > flow->width ? flow->limit - flow->width : 0;
    if (widest <= room || !prefix || prefix->hangs || prefix->is_rtl ||
        brv_str_trim(prefix->rest).len > 0)
        return 0;
    return widest <= room + prefix->rest.len ? prefix->rest.len : 0;
}

void brv_text_paragraph(struct brv_text *t, struct brv_flow *flow, const struct brv_style *style,
                        brv_str run)
{
    struct brv_arena_mark mark = brv_arena_mark(t->scratch);
    struct brv_words words = brv_words_cut(t->scratch, run);
    if (words.count == 0)
        return;
    enum brv_direction direction = brv_text_words_direction(t, &words);
    bool is_rtl = direction == BRV_DIRECTION_RTL;
    size_t room = brv_flow_room(flow);
    size_t indent = brv_text_columns(t, style->text_indent, room);
    struct outdent outdent = outdent_of(t, flow, style->text_indent, room, is_rtl);
    bool is_kept = keeps_lines(t, style);
    size_t code = is_kept && !is_rtl ? code_outdent(flow, words.widest_line, room) : 0;
    struct brv_fill_options options = {
        .width = is_kept ? 0 : room + outdent.columns,
        .indent = indent < room / 2 ? indent : room / 2,
        .hang = outdent.hang + outdent.columns,
        .balances = t->node && brv_kind_heading_level(t->node->kind) > 0,
    };
    size_t count = 0;
    const struct brv_fill_line *lines = brv_words_fill(t->scratch, &words, options, &count);
    bool is_filled = is_rtl && brv_str_find_byte(run, 0, BRV_MARK_LEADER) < run.len; // by a leader
    bool may_join = !is_kept && outdent.hang == 0 && brv_flow_may_join(flow);
    size_t soft = 0;
    struct brv_buf *out = t->run; // the run itself lives in the arena
    for (size_t i = 0; i < count; i++) {
        const struct brv_fill_line *line = &lines[i];
        size_t start = i == 0 ? options.indent : outdent.hang;
        size_t out_by = code + (i == 0 ? outdent.columns : 0);
        size_t most = room + out_by;
        size_t empty = most > line->width ? most - line->width : 0;
        size_t before = 0;
        if (is_filled)
            most -= start;
        else
            before = aligned(t, flow, style->text_align, direction, start, empty);
        bool is_joined = soft > 0; // with the line before
        soft = may_join && i + 1 < count && before == 0 ? soft_spaces(flow, &words, line) : 0;
        brv_buf_clear(out);
        brv_buf_add_repeated(out, ' ', before);
        size_t width;
        if (direction == BRV_DIRECTION_LTR) {
            width = brv_fill_line_write(&words, line, most - before, out);
        } else {
            struct brv_buf *plain = brv_buf_new_in(t->scratch);
            if (is_rtl)
                brv_flow_add_rtl(flow, plain);
            if (i == 0)
                plain->len -= outdent.columns < plain->len ? outdent.columns : plain->len;
            width = brv_fill_line_write(&words, line, most - before, plain);
            if ((is_joined || soft > 0) && !t->is_paged) // a page may end in between
                brv_text_isolate_part(direction, !is_joined, soft == 0, brv_buf_str(plain), out);
            else
                brv_text_isolate(direction, brv_buf_str(plain), out);
        }
        if (i == 1 || (i > 0 && i + 1 == count)) // no line of a paragraph is left alone on a page
            brv_flow_keep(flow);
        brv_flow_put(flow,
                     &(struct brv_flow_text){
                         .text = brv_buf_str(out),
                         .width = before + width,
                         .shift = before > start ? before : 0,
                         .outdent = out_by,
                         .is_rtl = is_rtl,
                         .soft = soft,
                         .is_kept = is_kept,
                         .is_fixed = is_kept || (t->node && t->node->kind == BRV_KIND_DRAWING),
                     });
    }
    brv_arena_rewind(t->scratch, mark);
}

void brv_text_note_place(struct brv_text *t, const struct brv_styled *styled)
{
    if (!t->is_paged || t->is_measuring || styled->kind != BRV_STYLED_ELEMENT)
        return;
    size_t line = t->document->line_count;
    if (styled->node->id.len > 0)
        BRV_PUSH(t->arena, t->targets.items, t->targets.count, t->targets.capacity) =
            (struct brv_text_mark){ .line = line, .name = styled->node->id };
    for (size_t i = 0; i < styled->string_count; i++)
        BRV_PUSH(t->arena, t->strings.items, t->strings.count, t->strings.capacity) =
            (struct brv_text_mark){ line, styled->strings[i].name, styled->strings[i].value };
}

// ---- the box of a block

// What a block pushes before its lines.
struct box {
    struct brv_prefix margin;
    struct brv_prefix bar;
    struct brv_prefix padding; // and the margin of a block without a bar
    struct brv_prefix *outer;  // what stood before them
    size_t outer_width;
};

enum { BAR_COLUMNS = 2 }; // a bar and a space: they take the place of so much padding

static bool is_kind(const struct brv_styled *styled, enum brv_kind kind)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->node->kind == kind;
}

static bool is_list(const struct brv_styled *styled)
{
    return is_kind(styled, BRV_KIND_UL) || is_kind(styled, BRV_KIND_OL);
}

static void box_push(struct brv_flow *flow, struct brv_prefix *prefix, brv_str text)
{
    brv_flow_push(flow, prefix, text, text);
}

static void box_indent(struct brv_text *t, struct brv_flow *flow, struct brv_prefix *prefix,
                       size_t columns)
{
    if (columns > 0)
        brv_text_indent(t, flow, prefix, columns);
}

static void box_enter(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *block,
                      struct box *box)
{
    const struct brv_style *style = block->style;
    size_t room = brv_flow_room(flow);
    *box = (struct box){ .outer = flow->prefix, .outer_width = flow->width };

    size_t right = 0; // in a table nobody sees what is left empty there
    if (t->table_depth == 0)
        right = brv_text_columns(t, style->margin_right, room) +
                brv_text_columns(t, style->padding_right, room);
    if (style->max_width.keyword == BRV_LENGTH_SET) {
        size_t most = brv_text_columns(t, style->max_width, room);
        if (most > 0 && most + right < room)
            right = room - most;
    }
    flow->width -= right < room / 3 ? right : room / 3;

    bool is_quote = is_kind(block, BRV_KIND_BLOCKQUOTE);
    bool has_bar =
        is_quote || (style->border_left_style != BRV_BORDER_NONE && style->border_left_width > 0);
    size_t left = brv_text_columns(t, style->margin_left, room);
    if (is_quote && flow->is_mail) // a sign of quotation is one at the left alone
        left = 0;
    size_t padding = brv_text_columns(t, style->padding_left, room);
    if (is_list(block)) // its items hang in it
        padding = 0;
    if (has_bar) {
        brv_str bar = is_quote ? BRV_S("> ") : brv_text_choose(t, "\u2502 ", "| ");
        box_indent(t, flow, &box->margin, left);
        box_push(flow, &box->bar, bar);
        flow->prefix->is_quote = is_quote;
        left = 0;
        padding = padding > BAR_COLUMNS ? padding - BAR_COLUMNS : 0;
    }
    box_indent(t, flow, &box->padding, left + padding);
    box->padding.is_rtl =
        flow->prefix == &box->padding && !has_bar && brv_text_begins_rtl(t, flow, block);
}

static void box_leave(struct brv_flow *flow, struct box *box)
{
    while (flow->prefix != box->outer)
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
        brv_text_rule(t,
                      flow,
                      brv_text_choose(t, "\u2500", "-"),
                      0,
                      t->is_measuring ? 1 : brv_flow_room(flow));
    else if (is_kind(block, BRV_KIND_IMG) || is_kind(block, BRV_KIND_DRAWING))
        brv_text_paragraph(t, flow, block->style, brv_text_run(t, block, block->next));
    else
        brv_text_blocks(t, flow, block, depth);
}

static bool is_page_break(enum brv_break how)
{
    return how == BRV_BREAK_PAGE || how == BRV_BREAK_LEFT || how == BRV_BREAK_RIGHT;
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
    if (is_page_break(style->break_before))
        brv_flow_break(flow);
    brv_str page = flow->page;
    if (style->page.len > 0)
        flow->page = style->page;
    brv_text_note_place(t, block);
    const struct brv_node *outer = t->node;
    t->node = block->node;
    bool is_held = style->break_inside == BRV_BREAK_AVOID || style->break_after == BRV_BREAK_AVOID;
    size_t outer_hold = is_held ? brv_flow_hold(flow) : 0;
    bool is_section = is_kind(block, BRV_KIND_SECTION) && t->table_depth == 0 && !t->is_measuring;
    t->section_depth += is_section ? 1 : 0;

    struct box box;
    box_enter(t, flow, block, &box);
    size_t widest = flow->widest;
    size_t least_shift = flow->least_shift;
    flow->widest = 0;
    flow->least_shift = SIZE_MAX;
    if (brv_styled_is_table(block))
        brv_text_table(t, flow, block, depth + 1);
    else if (style->display == BRV_DISPLAY_LIST_ITEM)
        brv_text_item(t, flow, block, depth + 1);
    else
        block_content(t, flow, block, depth + 1);
    size_t used = flow->prefix ? flow->prefix->total : 0;
    if (style->brv_text_rule.len > 0 && flow->widest > used) {
        brv_flow_join(flow);
        brv_text_rule(t, flow, style->brv_text_rule, flow->least_shift, flow->widest - used);
    }
    if (widest > flow->widest)
        flow->widest = widest;
    if (least_shift < flow->least_shift)
        flow->least_shift = least_shift;
    box_leave(flow, &box);

    t->section_depth -= is_section ? 1 : 0;
    if (is_section && t->section_depth == 0)
        brv_text_references(t, flow);
    if (is_held)
        brv_flow_release(flow, outer_hold);
    t->node = outer;
    flow->page = page;
    brv_flow_gap(flow, brv_text_gap_pt(t, style->margin_bottom, room));
    if (style->break_after == BRV_BREAK_AVOID)
        brv_flow_keep(flow);
    else if (is_page_break(style->break_after))
        brv_flow_break(flow);
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
