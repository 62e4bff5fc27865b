// Brevier — frames that are tables.
//
// A frame around lists or tables would be torn by their indents, and one around frames by theirs;
// it becomes a table of one cell. The headings that it begins with stand as framed paragraphs right
// above that table, because Word's navigation pane does not look into tables; a frame with more
// headings is left to its paragraphs.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"

static void find_framed(const struct brv_styled *first, int depth, bool *has_heading,
                        bool *needs_table)
{
    for (const struct brv_styled *child = first; child; child = child->next) {
        enum brv_kind kind = brv_docx_kind(child);
        *has_heading |= brv_kind_is_heading(kind);
        *needs_table |= brv_docx_has_frame(child->style) && brv_docx_is_block(child);
        *needs_table |= kind == BRV_KIND_UL || kind == BRV_KIND_OL || kind == BRV_KIND_PRE ||
                        brv_styled_is_table(child);
        if (depth < DOCX_DEPTH_LIMIT && brv_docx_is_block(child)) {
            find_framed(child->first, depth + 1, has_heading, needs_table);
        }
    }
}

// The first child that is no heading.
static const struct brv_styled *after_headings(const struct brv_styled *element)
{
    const struct brv_styled *child = element->first;
    while (child && brv_kind_is_heading(brv_docx_kind(child))) {
        child = child->next;
    }
    return child;
}

bool brv_docx_is_table_frame(const struct brv_styled *element)
{
    bool has_heading = false;
    bool needs_table = false;
    const struct brv_styled *end = after_headings(element);
    for (const struct brv_styled *child = element->first; end && child != end;
         child = child->next) { // what follows would not be joined to it
        needs_table |= brv_docx_has_frame(child->style);
    }
    find_framed(end, 0, &has_heading, &needs_table);
    return needs_table && !has_heading;
}

// The headings above a framed table, open to it below; gives the space that follows the last.
static int32_t build_framed_headings(struct docx *docx, const struct docx_place *place,
                                     const struct brv_styled *element,
                                     const struct docx_table *table, const struct brv_styled *end)
{
    const struct brv_style *style = element->style;
    struct docx_place here = *place;
    struct docx_flow *flow = place->flow;
    here.box = element;
    here.shade = brv_docx_rgb(style->background_color);
    here.depth++;
    brv_docx_frame(style, place->width, here.borders);
    memset(&here.borders[DOCX_BOTTOM], 0, sizeof here.borders[DOCX_BOTTOM]);
    const struct docx_cell_format *cell = &table->first->first->format;
    int32_t left = cell->padding[DOCX_LEFT] + (here.borders[DOCX_LEFT].eighths * 20 + 4) / 8;
    int32_t right = cell->padding[DOCX_RIGHT] + (here.borders[DOCX_RIGHT].eighths * 20 + 4) / 8;
    here.left = table->indent + left;
    here.right += docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width)) + right;
    here.width = table->width - left - right;
    flow->pending_before =
        flow->pending_before > table->before ? flow->pending_before : table->before;
    int32_t after = 0;
    for (const struct brv_styled *child = element->first; child != end; child = child->next) {
        brv_docx_build_leaf(docx, &here, child);
        struct docx_paragraph *paragraph = flow->last->paragraph;
        after = paragraph->format->after;
        paragraph->format->before = 0;
        paragraph->format->after = child->next == end ? 0 : after;
        paragraph->format->keep_next = 1;
    }
    return after;
}

void brv_docx_build_framed(struct docx *docx, const struct docx_place *place,
                           const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_table *table = BRV_NEW(docx->arena, struct docx_table);
    struct docx_row *row = BRV_NEW(docx->arena, struct docx_row);
    struct docx_cell *cell = BRV_NEW(docx->arena, struct docx_cell);
    table->source = element;
    table->is_box = true;
    table->first = table->last = row;
    table->row_count = 1;
    table->column_count = 1;
    row->first = row->last = cell;
    row->keep = style->break_inside == BRV_BREAK_AVOID;
    cell->columns = 1;
    cell->format.shade = brv_docx_rgb(style->background_color);
    cell->format.valign = BRV_VERTICAL_TOP;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        cell->format.borders[i] = brv_docx_border(style, (enum docx_side)i);
        cell->format.padding[i] =
            (int16_t)docx_twips(brv_docx_padding_pt(style, (enum docx_side)i, place->width));
    }
    int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, place->width));
    int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width));
    table->indent = place->left + left;
    table->width = place->width - left - right;
    table->widths = BRV_NEW_ARRAY(docx->arena, int32_t, 1);
    table->widths[0] = table->width;
    table->before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, place->width));
    table->after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, place->width));
    const struct brv_styled *rest = after_headings(element);
    if (rest != element->first) {
        int32_t space = build_framed_headings(docx, place, element, table, rest);
        cell->format.padding[DOCX_TOP] = (int16_t)(space > INT16_MAX ? INT16_MAX : space);
        memset(&cell->format.borders[DOCX_TOP], 0, sizeof cell->format.borders[DOCX_TOP]);
        table->before = 0;
    }
    brv_docx_add_table(docx, place->flow, table);
    struct docx_flow *flow = BRV_NEW(docx->arena, struct docx_flow);
    cell->flow = flow;
    struct docx_place inner = {
        .flow = flow,
        .outer = place,
        .shade = DOCX_NO_COLOR,
        .width = table->width - cell->format.padding[DOCX_LEFT] - cell->format.padding[DOCX_RIGHT],
        .role = brv_docx_role_within(element, place->role),
        .depth = place->depth + 1,
        .in_note = place->in_note,
        .is_rtl = place->is_rtl,
        .begins_as_told = place->begins_as_told,
    };
    brv_docx_build_from(docx, &inner, element, rest);
}
