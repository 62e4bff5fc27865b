// Brevier — frames that are tables.
//
// A frame around lists or tables would be torn by their indents, and one around frames by theirs;
// it becomes a table of one cell. Word's navigation pane does not look into tables, so headings in
// it stand as framed paragraphs between such tables:
//
//     ┌ heading        a paragraph with the frame's sides and its upper edge
//     ├ text, list     a table, open above and below
//     ├ heading        a paragraph with the frame's sides
//     └ list           a table with the lower edge
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"
#include "output/docx_widths.h"

#define LONG_SHARE 0.8f // of a page: what is longer is not kept in one piece

struct frame {
    struct docx *docx;
    const struct docx_place *place;
    const struct brv_styled *element;
    int32_t start, width;           // of what is around, from where its lines begin
    struct docx_cell_format format; // of the cells, by the sides of the page
    struct docx_table *table;       // that takes what comes next, NULL: a new one does
    struct docx_paragraph *heading; // that ends right above, or NULL
    bool has_begun;
};

// ---- what is in it

static void find_framed(const struct brv_styled *first, int depth, bool *needs_table)
{
    for (const struct brv_styled *child = first; child; child = child->next) {
        enum brv_kind kind = brv_docx_kind(child);
        *needs_table |= brv_docx_has_frame(child->style) && brv_docx_is_block(child);
        *needs_table |=
            brv_kind_is_list(kind) || kind == BRV_KIND_PRE || brv_styled_is_table(child);
        if (depth < DOCX_DEPTH_LIMIT && brv_docx_is_block(child)) {
            find_framed(child->first, depth + 1, needs_table);
        }
    }
}

bool brv_docx_is_table_frame(const struct brv_styled *element)
{
    bool needs_table = false;
    find_framed(element->first, 0, &needs_table);
    return needs_table;
}

static bool is_heading(const struct brv_styled *styled)
{
    return brv_kind_is_heading(brv_docx_kind(styled)) && brv_docx_is_block(styled);
}

// A container of headings that has nothing around it which is seen.
static bool opens(const struct brv_styled *element, int depth)
{
    enum brv_kind kind = brv_docx_kind(element);
    bool is_container = kind == BRV_KIND_SECTION || kind == BRV_KIND_DIV ||
                        kind == BRV_KIND_HEADER || kind == BRV_KIND_ARTICLE;
    bool is_open = is_container && depth < DOCX_DEPTH_LIMIT && brv_docx_is_block(element) &&
                   !brv_docx_has_frame(element->style) && !brv_styled_is_table(element);
    bool has_heading = false;
    for (const struct brv_styled *child = is_open ? element->first : NULL; child && !has_heading;
         child = child->next) {
        has_heading = is_heading(child) || opens(child, depth + 1);
    }
    return has_heading;
}

// ---- headings

// The space above the first heading: within the frame where that has an edge, else its margin
// collapses with the frame's.
static void take_space(struct frame *frame, struct docx_paragraph *heading)
{
    struct docx_border *edge = &heading->format->borders[DOCX_TOP];
    int32_t space = heading->format->before;
    if (edge->style != BRV_BORDER_NONE) {
        int32_t sum = edge->space_pt + space / 20;
        edge->space_pt = (uint8_t)(sum > DOCX_BORDER_SPACE_PT ? DOCX_BORDER_SPACE_PT : sum);
    } else if (heading->before_chain < space) {
        heading->before_chain = space;
    }
    heading->format->before = 0;
    frame->has_begun = true;
}

static void add_heading(struct frame *frame, const struct brv_styled *heading)
{
    const struct docx_place *place = frame->place;
    const struct brv_style *style = frame->element->style;
    struct docx_flow *flow = place->flow;
    struct docx_place here = *place;
    here.box = frame->element;
    here.shade = brv_docx_rgb(style->background_color);
    here.depth++;
    brv_docx_frame(style, place->width, here.borders);
    memset(&here.borders[DOCX_BOTTOM], 0, sizeof here.borders[DOCX_BOTTOM]);
    if (frame->has_begun) {
        memset(&here.borders[DOCX_TOP], 0, sizeof here.borders[DOCX_TOP]);
    }
    int32_t left = docx_twips(brv_docx_padding_pt(style, DOCX_LEFT, place->width)) +
                   brv_docx_border_twips(here.borders[DOCX_LEFT]);
    int32_t right = docx_twips(brv_docx_padding_pt(style, DOCX_RIGHT, place->width)) +
                    brv_docx_border_twips(here.borders[DOCX_RIGHT]);
    here.left = frame->start + left;
    here.right += docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width)) + right;
    here.width = frame->width - left - right;
    if (!frame->has_begun) {
        int32_t before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, place->width));
        flow->pending_before = flow->pending_before > before ? flow->pending_before : before;
    }
    brv_docx_build_leaf(frame->docx, &here, heading);
    struct docx_paragraph *paragraph = flow->last->paragraph;
    if (frame->table) { // the space between is the table's, which is filled
        const struct docx_paragraph *last = frame->table->first->first->flow->last->paragraph;
        int32_t space = paragraph->format->before - (last ? last->format->after : 0);
        frame->table->first->first->format.padding[DOCX_BOTTOM] =
            (int16_t)(space < 0           ? 0
                      : space > INT16_MAX ? INT16_MAX
                                          : space);
    }
    if (!frame->has_begun) {
        take_space(frame, paragraph);
    } else if (!frame->heading) {
        paragraph->format->before = 0;
    }
    paragraph->format->keep_next = 1;
    frame->heading = paragraph;
    frame->table = NULL;
}

// ---- everything else

// From the left edge of the column, wherever lines begin.
static int32_t indent_of(const struct frame *frame)
{
    const struct docx_place *place = frame->place;
    bool is_turned = place->is_rtl && place->flow == &frame->docx->body;
    return is_turned ? frame->docx->text_width - frame->start - frame->width : frame->start;
}

// A table around `flow`, which is all that it holds.
static void open_table(struct frame *frame, struct docx_flow *flow)
{
    struct brv_arena *arena = frame->docx->arena;
    const struct brv_style *style = frame->element->style;
    struct docx_table *table = BRV_NEW(arena, struct docx_table);
    struct docx_row *row = BRV_NEW(arena, struct docx_row);
    struct docx_cell *cell = BRV_NEW(arena, struct docx_cell);
    table->source = frame->element;
    table->is_box = true;
    table->first = table->last = row;
    table->row_count = 1;
    table->column_count = 1;
    table->indent = indent_of(frame);
    table->width = frame->width;
    table->widths = BRV_NEW_ARRAY(arena, int32_t, 1);
    table->widths[0] = table->width;
    row->first = row->last = cell;
    cell->columns = 1;
    cell->format = frame->format;
    cell->format.padding[DOCX_BOTTOM] = 0;
    memset(&cell->format.borders[DOCX_BOTTOM], 0, sizeof cell->format.borders[DOCX_BOTTOM]);
    cell->flow = flow;
    if (frame->has_begun) {
        int32_t space = frame->heading ? frame->heading->format->after : 0;
        cell->format.padding[DOCX_TOP] = (int16_t)(space > INT16_MAX ? INT16_MAX : space);
        memset(&cell->format.borders[DOCX_TOP], 0, sizeof cell->format.borders[DOCX_TOP]);
    } else {
        table->before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, frame->place->width));
    }
    if (frame->heading) {
        frame->heading->format->after = 0;
    }
    brv_docx_add_table(frame->docx, frame->place->flow, table);
    frame->table = table;
    frame->heading = NULL;
    frame->has_begun = true;
}

// The children [first, end) of a container within. A table is opened for what is seen only.
static void add_content(struct frame *frame, const struct brv_styled *container,
                        const struct brv_styled *first, const struct brv_styled *end,
                        enum docx_role role)
{
    struct docx_flow *flow = frame->table ? frame->table->first->first->flow
                                          : BRV_NEW(frame->docx->arena, struct docx_flow);
    const int16_t *padding = frame->format.padding;
    struct docx_place inner = {
        .flow = flow,
        .outer = frame->place,
        .shade = DOCX_NO_COLOR,
        .width = frame->width - padding[DOCX_LEFT] - padding[DOCX_RIGHT],
        .role = role,
        .depth = frame->place->depth + 1,
        .in_note = frame->place->in_note,
        .is_rtl = frame->place->is_rtl,
        .begins_as_told = frame->place->begins_as_told,
    };
    brv_docx_build_range(frame->docx, &inner, container, first, end);
    if (!frame->table && flow->first) {
        open_table(frame, flow);
    }
}

static void add_children(struct frame *frame, const struct brv_styled *container,
                         enum docx_role around, int depth)
{
    enum docx_role role = brv_docx_role_within(container, around);
    for (const struct brv_styled *child = container->first; child;) {
        if (is_heading(child)) {
            add_heading(frame, child);
            child = child->next;
        } else if (opens(child, depth)) {
            brv_docx_remember_strings(frame->docx, child, NULL, NULL);
            add_children(frame, child, role, depth + 1);
            child = child->next;
        } else {
            const struct brv_styled *end = child;
            while (end && !is_heading(end) && !opens(end, depth)) {
                end = end->next;
            }
            add_content(frame, container, child, end, role);
            child = end;
        }
    }
}

// ---- how long it is

static int32_t flow_height(const struct docx_flow *flow, int32_t width, int32_t most);

static int32_t table_height(const struct docx_table *table, int32_t most)
{
    int32_t height = 0;
    for (const struct docx_row *row = table->first; row && height <= most; row = row->next) {
        int32_t tallest = 0;
        for (const struct docx_cell *cell = row->first; cell; cell = cell->next) {
            int32_t own =
                cell->flow ? flow_height(cell->flow, table->widths[cell->column], most) : 0;
            tallest = own > tallest ? own : tallest;
        }
        height += tallest;
    }
    return height;
}

// An estimate, which need not go on beyond `most`.
static int32_t flow_height(const struct docx_flow *flow, int32_t width, int32_t most)
{
    int32_t height = 0;
    for (const struct docx_block *block = flow->first; block && height <= most;
         block = block->next) {
        if (block->table) {
            height += table_height(block->table, most);
            continue;
        }
        const struct docx_paragraph_format *format = block->paragraph->format;
        int32_t line = brv_docx_line(format);
        int32_t room = width - format->left - format->right;
        room = room > DOCX_WIDTH_MIN ? room : DOCX_WIDTH_MIN;
        float em = 0;
        int32_t lines = 1;
        for (const struct docx_inline *item = block->paragraph->first; item; item = item->next) {
            em += brv_docx_text_width_em(item->text);
            lines += item->kind == DOCX_LINE_BREAK;
        }
        float needed = em * (float)format->run.half_points * 10 / (float)room;
        height += (lines + (int32_t)needed) * line + format->before + format->after;
    }
    return height;
}

// ---- the frame

void brv_docx_build_framed(struct docx *docx, const struct docx_place *place,
                           const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    const int32_t width = place->width;
    int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, width));
    int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, width));
    struct frame frame = {
        .docx = docx,
        .place = place,
        .element = element,
        .start = place->left + left,
        .width = width - left - right,
    };
    memset(&frame.format, 0, sizeof frame.format);
    frame.format.shade = brv_docx_rgb(style->background_color);
    frame.format.valign = BRV_VERTICAL_TOP;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        enum docx_side side = (enum docx_side)i;
        enum docx_side other = i == DOCX_LEFT ? DOCX_RIGHT : i == DOCX_RIGHT ? DOCX_LEFT : side;
        enum docx_side seen = place->is_rtl ? other : side;
        frame.format.borders[seen] = brv_docx_border(style, side);
        frame.format.padding[seen] = (int16_t)docx_twips(brv_docx_padding_pt(style, side, width));
    }
    const struct docx_block *before = place->flow->last;
    add_children(&frame, element, place->role, place->depth);
    if (!frame.has_begun) { // nothing is in it: it is seen itself
        open_table(&frame, BRV_NEW(docx->arena, struct docx_flow));
    }
    int32_t after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, width));
    if (frame.table) {
        struct docx_cell_format *last = &frame.table->first->first->format;
        last->borders[DOCX_BOTTOM] = frame.format.borders[DOCX_BOTTOM];
        last->padding[DOCX_BOTTOM] = frame.format.padding[DOCX_BOTTOM];
        frame.table->after = after;
    } else if (frame.heading) {
        struct docx_border borders[4];
        brv_docx_frame(style, width, borders);
        frame.heading->format->borders[DOCX_BOTTOM] = borders[DOCX_BOTTOM];
        frame.heading->format->keep_next = 0;
        frame.heading->format->after = after;
    }
    if (style->break_inside != BRV_BREAK_AVOID) {
        return;
    }
    const int32_t most = (int32_t)((float)docx->text_height * LONG_SHARE);
    for (struct docx_block *block = before ? before->next : place->flow->first; block;
         block = block->next) {
        if (block->table) {
            block->table->first->keep = table_height(block->table, most) <= most;
        }
    }
}
