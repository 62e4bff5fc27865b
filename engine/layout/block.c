// Brevier — block layout: from the styled tree to the vertical list.
// Each block adds its margins to the one that waits in the flow, opens a frame if it is drawn, lays
// out its children, and closes. Edges that are not zero become slices of their own, glued to what
// they pad, so a page never ends between a border and its text.
// SPDX-License-Identifier: MIT
#include "layout/block.h"
#include "layout/paragraph.h"
#include "layout/replaced.h"
#include "layout/tag.h"

#define LEAST_EM 8.0f // that blocks within blocks leave

// ---- questions about the tree

bool brv_is_block_level(const struct brv_styled *styled)
{
    if (styled->kind != BRV_STYLED_ELEMENT && styled->kind != BRV_STYLED_BEFORE &&
        styled->kind != BRV_STYLED_AFTER) {
        return false;
    }
    return styled->style->cssfloat == BRV_FLOAT_NONE &&
           styled->style->display != BRV_DISPLAY_INLINE &&
           styled->style->display != BRV_DISPLAY_CONTENTS &&
           styled->style->display != BRV_DISPLAY_NONE;
}

// ---- marks

void brv_block_marks(struct brv_layout *layout, struct brv_flow *flow,
                     const struct brv_styled *styled, struct brv_tag *tag)
{
    if (styled->kind != BRV_STYLED_ELEMENT || !styled->node) {
        return;
    }
    if (styled->node->id.len > 0) {
        brv_flow_mark(flow, BRV_MARK_DESTINATION)->name = styled->node->id;
    }
    for (size_t i = 0; i < styled->string_count; i++) {
        struct brv_mark *mark = brv_flow_mark(flow, BRV_MARK_STRING);
        mark->name = styled->strings[i].name;
        mark->value = styled->strings[i].value;
        mark->where = styled->node ? styled->node->span : brv_span_none();
    }
    const struct brv_counter_ops *resets[] = { &styled->style->counter_reset,
                                               &styled->style->counter_set };
    for (size_t i = 0; i < BRV_COUNT(resets); i++) {
        for (uint32_t k = 0; k < resets[i]->count; k++) {
            if (brv_str_is(resets[i]->items[k].name, "page")) {
                brv_flow_mark(flow, BRV_MARK_PAGE_NUMBER)->level = resets[i]->items[k].value;
            }
        }
    }
    int level = styled->style->brv_bookmark_level;
    if (level > 0) {
        struct brv_mark *mark = brv_flow_mark(flow, BRV_MARK_OUTLINE);
        mark->level = level;
        mark->value = styled->bookmark.len > 0
                          ? brv_arena_str(layout->arena, styled->bookmark)
                          : brv_str_trim(brv_node_plain_text(layout->arena, styled->node));
        mark->tag = tag;
    }
}

// ---- inline content

static bool needs_paragraph_tag(const struct brv_styled *parent)
{
    switch (brv_styled_node_kind(parent)) {
    case BRV_KIND_ARTICLE:
    case BRV_KIND_HEADER:
    case BRV_KIND_SECTION:
    case BRV_KIND_DIV:
    case BRV_KIND_ASIDE:
    case BRV_KIND_NAV:
    case BRV_KIND_BLOCKQUOTE:
    case BRV_KIND_FIGURE:
        return true;
    default:
        return false;
    }
}

static bool is_blank(const struct brv_styled *styled)
{
    return styled->kind == BRV_STYLED_TEXT && brv_str_trim(styled->text).len == 0;
}

// The picture of a stretch of inline content that holds nothing else.
static struct brv_styled *lone_picture(struct brv_styled *first, const struct brv_styled *end)
{
    struct brv_styled *picture = NULL;
    for (struct brv_styled *at = first; at && at != end; at = at->next) {
        if (brv_is_replaced(at) && !picture && !brv_frame_is_visible(at->style)) {
            picture = at;
        } else if (!is_blank(at)) {
            return NULL;
        }
    }
    return picture;
}

static void flow_inline(struct brv_layout *layout, struct brv_styled *parent,
                        struct brv_styled *first, const struct brv_styled *end,
                        struct brv_column column)
{
    struct brv_styled *picture = lone_picture(first, end);
    if (picture) {
        const struct brv_edges none = { 0 };
        brv_replaced_flow(layout,
                          picture,
                          brv_replaced_in_block(layout, picture, &column, none),
                          column,
                          parent->style->text_align);
        return;
    }
    struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
    struct brv_tag *tag = column.tag;
    struct brv_tag *last = tag ? tag->last : NULL;
    if (tag && needs_paragraph_tag(parent)) {
        tag = brv_tag_new(layout->arena, tag, "P", NULL);
    }
    struct brv_paragraph *p = brv_paragraph_collect(layout, parent, first, end, tag);
    p->begins_as_told = column.begins_as_told;
    p->begins_at_right = column.begins_as_told && column.is_rtl;
    if (p->is_empty) {
        for (size_t i = 0; i < p->mark_count; i++) {
            struct brv_mark *copy = brv_flow_mark(column.flow, p->marks[i].mark->kind);
            struct brv_mark *next = copy->next;
            *copy = *p->marks[i].mark;
            copy->next = next;
        }
        if (tag != column.tag) { // a tag for nothing goes again
            column.tag->last = last;
            *(last ? &last->next : &column.tag->first) = NULL;
        }
    } else {
        brv_paragraph_flow(layout, p, column.flow, column.x_pt, column.width_pt);
    }
    brv_arena_rewind(layout->scratch, mark);
}

// ---- blocks

void brv_block_flow_children(struct brv_layout *layout, struct brv_styled *styled,
                             struct brv_column column)
{
    if (brv_styled_node_kind(styled) == BRV_KIND_DL) {
        brv_terms_flow(layout, styled, column);
        return;
    }
    struct brv_styled *child = styled->first;
    while (child) {
        if (brv_is_block_level(child)) {
            brv_block_flow(layout, child, column);
            child = child->next;
            continue;
        }
        struct brv_styled *end = child;
        while (end && !brv_is_block_level(end)) {
            end = end->next;
        }
        flow_inline(layout, styled, child, end, column);
        child = end;
    }
}

static void begin_page_name(struct brv_layout *layout, struct brv_column *column, brv_str name)
{
    struct brv_flow *flow = column->flow;
    flow->page = name;
    struct brv_page_style page = brv_style_page(layout->arena,
                                                layout->sheets,
                                                BRV_MEDIA_PDF,
                                                layout->root_style,
                                                name,
                                                false,
                                                BRV_PAGE_RIGHT,
                                                false);
    const struct brv_page_box box = brv_page_box(layout, &page);
    column->width_pt += box.width_pt - layout->page_width_pt;
    layout->page_width_pt = box.width_pt;
}

// Blocks within blocks are set in no further where that would leave no room for a few words, let
// alone run off the page: they stand as wide as what they are in, and no box is drawn. In cells,
// which are narrow, half of the room is enough.
static bool is_cramped(const struct brv_layout *layout, const struct brv_styled *styled,
                       const struct brv_column *column)
{
    const struct brv_style *style = styled->style;
    struct brv_edges margins = brv_style_margins(style, column->width_pt, column->is_rtl);
    struct brv_edges insets = brv_style_insets(style, column->width_pt, column->is_rtl);
    float sides = margins.left_pt + margins.right_pt + insets.left_pt + insets.right_pt;
    float least = LEAST_EM * style->font_size;
    if (layout->columnless > 0 && least > column->width_pt / 2) {
        least = column->width_pt / 2;
    }
    return !brv_is_replaced(styled) && sides > 0 && column->width_pt - sides < least;
}

static void report_cramped(struct brv_layout *layout, const struct brv_styled *styled)
{
    if (!layout->is_measuring && brv_layout_tell_once(layout, BRV_S("cramped"))) {
        struct brv_diag *diag =
            brv_report(layout->sink,
                       BRV_WARNING,
                       BRV_CODE_OUTPUT,
                       styled->node ? styled->node->span : brv_span_none(),
                       "too deep for this page: what is set in further would leave no room for "
                       "words, and is not set in");
        brv_diag_hint(layout->sink, diag, "smaller margins and padding leave more room");
    }
}

// The border box of a block in its column, from width, max-width and margins; that of a picture
// from the picture's own width.
static void place_box(const struct brv_layout *layout, const struct brv_style *style,
                      const struct brv_column *column, struct brv_edges insets,
                      const struct brv_replaced *picture, float *x_pt, float *width_pt)
{
    struct brv_edges margins = brv_style_margins(style, column->width_pt, column->is_rtl);
    float sides = insets.left_pt + insets.right_pt;
    float room = column->width_pt - margins.left_pt - margins.right_pt;
    float width = room;
    if (picture) {
        width = picture->width_pt + sides;
    } else if (style->width.keyword == BRV_LENGTH_SET) {
        width = brv_length_resolve(style->width, column->width_pt) + sides;
    }
    if (style->max_width.keyword == BRV_LENGTH_SET) {
        float most = brv_length_resolve(style->max_width, column->width_pt) + sides;
        width = most < width ? most : width;
    }
    width = width < room ? width : room; // never off the page
    width = width > sides + 1 ? width : sides + 1;
    float slack = room - width;
    float left = margins.left_pt;
    bool auto_left = style->margin_left.keyword == BRV_LENGTH_AUTO;
    bool auto_right = style->margin_right.keyword == BRV_LENGTH_AUTO;
    if (auto_left && auto_right) {
        left += slack / 2;
    } else if (auto_left || (column->is_rtl && !auto_right)) {
        left += slack;
    }
    float x = column->x_pt + left;
    float beyond = brv_beyond_left(layout, x);
    x += beyond;
    width -= beyond;
    beyond = x + width - layout->page_width_pt - layout->bleed_pt;
    *x_pt = x;
    *width_pt = beyond > 0 && width > beyond + 1 ? width - beyond : width;
}

// What an item of a list holds is the body of it, whatever the item is shown as.
static struct brv_tag *body_of(struct brv_layout *layout, struct brv_tag *tag)
{
    bool is_item = tag && strcmp(tag->type, "LI") == 0;
    return is_item ? brv_tag_new(layout->arena, tag, "LBody", NULL) : tag;
}

static void flow_content(struct brv_layout *layout, struct brv_styled *styled,
                         const struct brv_replaced *picture, struct brv_column inner)
{
    switch (styled->style->display) {
    case BRV_DISPLAY_LIST_ITEM:
        brv_list_item_flow(layout, styled, inner);
        break;
    case BRV_DISPLAY_NONE:
    case BRV_DISPLAY_INLINE:
    case BRV_DISPLAY_BLOCK:
    case BRV_DISPLAY_TABLE:
    case BRV_DISPLAY_TABLE_CAPTION:
    case BRV_DISPLAY_TABLE_HEADER_GROUP:
    case BRV_DISPLAY_TABLE_ROW_GROUP:
    case BRV_DISPLAY_TABLE_ROW:
    case BRV_DISPLAY_TABLE_CELL:
    case BRV_DISPLAY_CONTENTS:
        if (brv_is_replaced(styled)) {
            brv_replaced_flow(layout, styled, picture, inner, BRV_ALIGN_START);
        } else {
            inner.tag = body_of(layout, inner.tag);
            brv_block_flow_children(layout, styled, inner);
        }
        break;
    }
}

static void flow_box(struct brv_layout *layout, struct brv_styled *styled, struct brv_column column)
{
    struct brv_flow *flow = column.flow;
    const struct brv_style *style = styled->style;
    struct brv_edges insets = brv_style_insets(style, column.width_pt, column.is_rtl);
    float x = column.x_pt;
    float width = column.width_pt;
    const struct brv_replaced *picture = brv_replaced_in_block(layout, styled, &column, insets);
    bool has_box = !is_cramped(layout, styled, &column);
    if (has_box) {
        place_box(layout, style, &column, insets, picture, &x, &width);
    } else {
        insets = (struct brv_edges){ 0 };
        report_cramped(layout, styled);
    }
    if (!brv_is_replaced(styled)) {
        column.tag = brv_tag_of(layout, column.tag, styled, (brv_str){ 0 });
    }

    size_t from = flow->count;
    struct brv_mark *open = NULL;
    if (has_box && brv_frame_is_visible(style)) {
        struct brv_frame *frame = BRV_NEW(layout->arena, struct brv_frame);
        *frame = (struct brv_frame){
            .style = style,
            .x_pt = x,
            .width_pt = width,
            .is_rtl = column.is_rtl,
            .columns = flow->columns,
        };
        open = brv_flow_mark(flow, BRV_MARK_OPEN);
        open->frame = frame;
    }
    if (!brv_is_replaced(styled)) {
        brv_block_marks(layout, flow, styled, column.tag);
    }
    if (insets.top_pt > 0) {
        brv_flow_slice(flow, insets.top_pt);
        brv_flow_cost(flow, BRV_COST_NEVER);
    }
    struct brv_column inner = column;
    inner.x_pt = x + insets.left_pt;
    inner.width_pt = width - insets.left_pt - insets.right_pt;
    const struct brv_columns *outer = flow->columns;
    if (!outer && layout->columnless == 0) {
        flow->columns = brv_columns_of(layout, style, inner.x_pt, inner.width_pt, column.is_rtl);
    }
    if (flow->columns && !outer) {
        inner.x_pt = flow->columns->x_pt;
        inner.width_pt = flow->columns->width_pt;
    }
    flow_content(layout, styled, picture, inner);
    flow->columns = outer;
    if (insets.bottom_pt > 0) {
        if (flow->count > from) {
            brv_flow_cost(flow, BRV_COST_NEVER);
        }
        brv_flow_slice(flow, insets.bottom_pt);
    }
    if (open && flow->count > from) {
        brv_flow_mark_last(flow, BRV_MARK_CLOSE)->frame = open->frame;
    } else if (open) {
        open->frame = NULL; // nothing to be drawn around
    }
}

// What stays with a block that stands across all columns stands across them, too.
static bool spans_columns(const struct brv_styled *styled)
{
    if (styled->style->column_span == BRV_COLUMN_SPAN_ALL) {
        return true;
    }
    const struct brv_styled *next = styled->next;
    while (next && is_blank(next)) {
        next = next->next;
    }
    return styled->style->break_after == BRV_BREAK_AVOID && next && brv_is_block_level(next) &&
           next->style->column_span == BRV_COLUMN_SPAN_ALL;
}

void brv_block_flow(struct brv_layout *layout, struct brv_styled *styled, struct brv_column column)
{
    if (layout->depth >= BRV_LAYOUT_DEPTH) {
        return;
    }
    layout->depth++;
    struct brv_flow *flow = column.flow;
    const struct brv_style *style = styled->style;
    column.is_rtl = brv_styled_is_rtl(styled, column.is_rtl);
    brv_str outer_page = flow->page;
    float outer_width = layout->page_width_pt;
    const struct brv_columns *columns = flow->columns;
    bool spans = columns && spans_columns(styled);
    if (spans) {
        flow->columns = NULL;
        column.x_pt = columns->all_x_pt;
        column.width_pt = columns->all_width_pt;
    }
    bool has_page = !columns && style->page.len > 0 && !brv_str_equal(style->page, flow->page);
    if (has_page) {
        begin_page_name(layout, &column, style->page);
    }
    if (style->break_before == BRV_BREAK_AVOID) {
        brv_flow_cost(flow, BRV_COST_GLUED);
    } else if (style->break_before != BRV_BREAK_AUTO) {
        flow->forced = (uint8_t)style->break_before;
    }
    bool keeps = style->break_inside == BRV_BREAK_AVOID;
    size_t from = flow->count;
    float height = flow->height_pt;
    if (keeps) {
        brv_flow_begin_kept(flow);
    }

    struct brv_edges margins = brv_style_margins(style, column.width_pt, column.is_rtl);
    brv_flow_margin(flow, margins.top_pt);
    if (brv_styled_is_table(styled)) {
        brv_table_flow(layout, styled, column);
    } else {
        flow_box(layout, styled, column);
    }
    brv_flow_margin(flow, margins.bottom_pt);

    if (keeps) {
        brv_flow_end_kept(flow, from, flow->height_pt - height <= layout->page_height_pt);
    }
    if (style->break_after == BRV_BREAK_AVOID) {
        brv_flow_cost(flow, BRV_COST_GLUED);
    } else if (style->break_after != BRV_BREAK_AUTO && flow->forced == BRV_BREAK_AUTO) {
        flow->forced = (uint8_t)style->break_after;
    }
    if (has_page) {
        flow->page = outer_page;
        layout->page_width_pt = outer_width;
    }
    if (spans) {
        flow->columns = columns;
    }
    layout->depth--;
}
