// Brevier — tables: the grid and its cells.
// The cells are laid in the grid and measured before anything is in them, because a table that is
// too wide is set smaller or in parts (docx_table_wide.c).
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"
#include "output/docx_styles.h"
#include "output/docx_table_wide.h"

#include <assert.h>

enum { COLUMN_LIMIT = DOCX_COLUMN_LIMIT };

// ---- cells

static const struct brv_style *style_of(const struct brv_styled *styled)
{
    return styled ? styled->style : NULL;
}

struct table_state {
    struct docx *docx;
    const struct docx_place *place; // inside the table's margins
    struct docx_table *table;
    struct docx_column columns[COLUMN_LIMIT];
    uint32_t spans[COLUMN_LIMIT];      // rows that a cell above still covers
    uint8_t span_widths[COLUMN_LIMIT]; // and its columns, at its first one
    const struct docx_cell_format *span_formats[COLUMN_LIMIT];
};

static struct docx_border first_border(const struct docx_border *a, const struct docx_border *b)
{
    return a->style != BRV_BORDER_NONE ? *a : *b;
}

static struct docx_cell_format cell_format(const struct table_state *state,
                                           const struct brv_styled *cell,
                                           const struct brv_styled *row,
                                           const struct brv_styled *group)
{
    const struct brv_style *around[] = {
        style_of(cell), style_of(row), style_of(group), style_of(state->table->source)
    };
    struct docx_cell_format format;
    memset(&format, 0, sizeof format);
    format.shade = DOCX_NO_COLOR;
    for (size_t i = 0; i < BRV_COUNT(around) && format.shade == DOCX_NO_COLOR; i++) {
        format.shade = around[i] ? brv_docx_rgb(around[i]->background_color) : DOCX_NO_COLOR;
    }
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        enum docx_side side = (enum docx_side)i;
        format.padding[i] =
            (int16_t)docx_twips(brv_docx_padding_pt(cell->style, side, state->place->width));
        format.borders[i] = brv_docx_border(cell->style, side);
        bool is_edge_of_group = group && ((side == DOCX_TOP && group->first == row) ||
                                          (side == DOCX_BOTTOM && group->last == row));
        struct docx_border outer = brv_docx_border(row->style, side);
        bool is_edge_of_row = side == DOCX_TOP || side == DOCX_BOTTOM ||
                              (side == DOCX_LEFT ? row->first == cell : row->last == cell);
        if (is_edge_of_row) {
            format.borders[i] = first_border(&format.borders[i], &outer);
        }
        if (is_edge_of_group) {
            outer = brv_docx_border(group->style, side);
            format.borders[i] = first_border(&format.borders[i], &outer);
        }
    }
    enum brv_vertical_align align = cell->style->vertical_align;
    format.valign = align == BRV_VERTICAL_MIDDLE || align == BRV_VERTICAL_BOTTOM
                        ? (uint8_t)align
                        : (uint8_t)BRV_VERTICAL_TOP;
    return format;
}

// Whether an element is a part of a table, be it one that a sheet would make a note elsewhere.
static bool is_part(const struct brv_styled *styled)
{
    bool is_element = styled->kind == BRV_STYLED_ELEMENT;
    return brv_docx_is_block(styled) ||
           (is_element && styled->style->display != BRV_DISPLAY_INLINE);
}

static struct docx_cell *add_cell(struct docx *docx, struct docx_row *row, unsigned column,
                                  unsigned columns)
{
    struct docx_cell *cell = BRV_NEW(docx->arena, struct docx_cell);
    cell->column = column;
    cell->columns = columns;
    if (row->last) {
        row->last->next = cell;
    } else {
        row->first = cell;
    }
    row->last = cell;
    return cell;
}

// Continues the cells from above that reach into this row, from `column` on.
static unsigned continue_spans(struct table_state *state, struct docx_row *row, unsigned column)
{
    while (column < COLUMN_LIMIT && state->spans[column] > 0) {
        unsigned columns = state->span_widths[column];
        struct docx_cell *cell = add_cell(state->docx, row, column, columns);
        cell->continues_merge = true;
        cell->format = *state->span_formats[column];
        state->spans[column]--;
        column += columns;
    }
    return column;
}

static void measure_cell(struct table_state *state, const struct brv_styled *element,
                         const struct docx_cell *cell)
{
    if (cell->columns != 1) {
        return;
    }
    struct docx_measure measure = brv_docx_measure(state->docx, element);
    float padding =
        (float)(cell->format.padding[DOCX_LEFT] + cell->format.padding[DOCX_RIGHT]) + 24;
    struct docx_column *column = &state->columns[cell->column];
    float least = measure.word + padding;
    float most = measure.line + padding;
    if (element->style->width.keyword == BRV_LENGTH_SET) {
        float width = brv_length_resolve(element->style->width, (float)state->place->width / 20.0f);
        most = width * 20.0f > least ? width * 20.0f : least;
        least = most;
        column->is_set = true;
    }
    column->least = column->least < least ? least : column->least;
    column->most = column->most < most ? most : column->most;
}

static void build_cell(struct table_state *state, struct docx_row *row, unsigned *column,
                       const struct brv_styled *element, const struct brv_styled *tr,
                       const struct brv_styled *group)
{
    struct docx *docx = state->docx;
    *column = continue_spans(state, row, *column);
    struct docx_cell *cell = row->last;
    size_t columns = 1;
    size_t rows = 1;
    if (element->node) {
        columns = brv_node_attr_count(element->node, BRV_ATTR_COLSPAN, 1);
        rows = brv_node_attr_count(element->node, BRV_ATTR_ROWSPAN, 1);
    }
    bool has_room = *column < COLUMN_LIMIT;
    if (has_room) {
        unsigned end = *column + 1;
        while (end < COLUMN_LIMIT && end - *column < columns && state->spans[end] == 0) {
            end++;
        }
        cell = add_cell(docx, row, *column, end - *column);
        cell->format = cell_format(state, element, tr, group);
        cell->is_header = element->node && element->node->kind == BRV_KIND_TH;
        if (rows > 1) {
            cell->starts_merge = true;
            state->spans[*column] = (uint32_t)(rows - 1);
            state->span_widths[*column] = (uint8_t)cell->columns;
            state->span_formats[*column] = &cell->format;
        }
        *column = end;
        if (state->table->column_count < end) {
            state->table->column_count = end;
        }
    } else if (!cell->first) { // no column left: the content joins the last cell
        cell->continues_merge = false;
    }
    cell->first = cell->first ? cell->first : element;
    cell->last = element;
    if (has_room) {
        measure_cell(state, element, cell);
    }
}

// The content of a cell, in a flow of its own.
static void fill_cell(struct docx *docx, const struct docx_place *place,
                      const struct docx_table *table, const struct docx_row *row,
                      struct docx_cell *cell)
{
    int32_t width = -cell->format.padding[DOCX_LEFT] - cell->format.padding[DOCX_RIGHT];
    for (unsigned i = 0; i < cell->columns; i++) {
        width += table->widths[cell->column + i];
    }
    cell->flow = BRV_NEW(docx->arena, struct docx_flow);
    struct docx_place inner = {
        .flow = cell->flow,
        .outer = place,
        .shade = DOCX_NO_COLOR,
        .width = width < DOCX_WIDTH_MIN ? DOCX_WIDTH_MIN : width,
        .role = row->is_header || cell->is_header ? DOCX_ROLE_TABLE_HEADING : DOCX_ROLE_TABLE_TEXT,
        .depth = place->depth + 1,
        .in_note = place->in_note || cell->is_repeated,
        .in_table = true,
        .is_rtl = brv_styled_is_rtl(cell->first, table->is_rtl),
        .begins_as_told = true,
        .keep_next = row->is_header,
    };
    for (const struct brv_styled *child = cell->first; child; child = child->next) {
        if (is_part(child)) {
            brv_docx_build_children(docx, &inner, child);
        }
        if (child == cell->last) {
            break;
        }
    }
    if (!cell->flow->first) { // what is typed in looks as the others do
        brv_docx_build_empty(docx, &inner, cell->first);
    }
}

static void fill_cells(struct docx *docx, const struct docx_place *place, struct docx_table *table)
{
    for (struct docx_row *row = table->first; row; row = row->next) {
        for (struct docx_cell *cell = row->first; cell; cell = cell->next) {
            if (cell->first) {
                fill_cell(docx, place, table, row, cell);
            }
        }
    }
}

static void build_row(struct table_state *state, const struct brv_styled *tr,
                      const struct brv_styled *group)
{
    struct docx_table *table = state->table;
    struct docx_row *row = BRV_NEW(state->docx->arena, struct docx_row);
    row->is_header = group && group->style->display == BRV_DISPLAY_TABLE_HEADER_GROUP;
    row->source = tr;
    row->keep = tr->style->break_inside == BRV_BREAK_AVOID;
    unsigned column = 0;
    for (const struct brv_styled *child = tr->first; child; child = child->next) {
        if (is_part(child)) {
            build_cell(state, row, &column, child, tr, group);
        }
    }
    for (; column < COLUMN_LIMIT; column++) { // cells from above beyond the row's own
        column = continue_spans(state, row, column);
    }
    if (!row->first) {
        return;
    }
    if (table->last) {
        table->last->next = row;
    } else {
        table->first = row;
    }
    table->last = row;
    table->row_count++;
}

// ---- the table

static void build_captions(struct docx *docx, const struct docx_place *place,
                           const struct brv_styled *element, enum brv_caption_side side)
{
    struct docx_place here = *place;
    here.role = DOCX_ROLE_CAPTION;
    here.keep_next = side == BRV_CAPTION_TOP;
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (is_part(child) && child->style->display == BRV_DISPLAY_TABLE_CAPTION &&
            child->style->caption_side == side) {
            brv_docx_build_block(docx, &here, child);
        }
    }
}

static void build_rows(struct table_state *state, const struct brv_styled *element)
{
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (!is_part(child) || child->style->display == BRV_DISPLAY_TABLE_CAPTION) {
            continue;
        }
        if (child->style->display == BRV_DISPLAY_TABLE_ROW) {
            build_row(state, child, NULL);
            continue;
        }
        for (const struct brv_styled *row = child->first; row; row = row->next) {
            if (is_part(row)) {
                build_row(state, row, child);
            }
        }
        memset(state->spans, 0, sizeof state->spans); // a span ends with its group
    }
}

// A cell that says it is wider than the table ends with the last column in which any cell begins.
static void clip_cells(struct docx_table *table)
{
    unsigned count = 1;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        count = row->last->column + 1 > count ? row->last->column + 1 : count;
    }
    table->column_count = count;
    for (struct docx_row *row = table->first; row; row = row->next) {
        struct docx_cell *last = row->last;
        last->columns = last->columns < count - last->column ? last->columns : count - last->column;
    }
}

// Cells where a row has none, beside one from above or at its end: Word wants every row to fill the
// grid. They look as the cell before does.
static void fill_row(struct docx *docx, struct docx_row *row, unsigned columns)
{
    assert(row->first); // rows without any are left out
    unsigned end = 0;
    const struct docx_cell *like = row->first;
    for (struct docx_cell **at = &row->first; end < columns; at = &(*at)->next) {
        unsigned next = *at ? (*at)->column : columns;
        if (next > end) {
            struct docx_cell *cell = BRV_NEW(docx->arena, struct docx_cell);
            cell->next = *at;
            cell->column = end;
            cell->columns = next - end;
            cell->format = like->format;
            row->last = *at ? row->last : cell;
            *at = cell;
        }
        like = *at;
        end = like->column + like->columns;
    }
}

static void fill_rows(struct docx *docx, struct docx_table *table)
{
    for (struct docx_row *row = table->first; row; row = row->next) {
        fill_row(docx, row, table->column_count);
    }
}

// Word keeps a table on one page when all paragraphs but those of its last row keep with the next.
static void keep_together(struct docx_table *table)
{
    for (struct docx_row *row = table->first; row && row->next; row = row->next) {
        for (struct docx_cell *cell = row->first; cell; cell = cell->next) {
            struct docx_block *block = cell->flow ? cell->flow->first : NULL;
            for (; block; block = block->next) {
                if (block->paragraph) {
                    block->paragraph->format->keep_next = 1;
                }
            }
        }
    }
}

// What automatic margins leave beside a table is on both sides or on one. In the column itself Word
// says so; elsewhere it would look at the column, too.
static void set_side(const struct docx *docx, const struct docx_place *place,
                     struct docx_table *table, int32_t room)
{
    const struct brv_style *style = table->source->style;
    bool fills_left = style->margin_left.keyword == BRV_LENGTH_AUTO;
    bool fills_right = style->margin_right.keyword == BRV_LENGTH_AUTO;
    bool fills_start = table->is_rtl ? fills_right : fills_left;
    bool fills_end = table->is_rtl ? fills_left : fills_right;
    int32_t slack = room - table->width;
    if (!fills_start || slack <= 0) {
        return;
    }
    if (room == docx->text_width && place->left == 0) {
        table->align = fills_end ? BRV_ALIGN_CENTER : BRV_ALIGN_END;
    } else {
        table->indent += fills_end ? slack / 2 : slack;
    }
}

// A table or a part of one, with its widths, contents and format.
static void add_piece(struct docx *docx, const struct docx_place *place, struct docx_table *table,
                      const struct docx_column *columns, float factor, int32_t room)
{
    table->widths = BRV_NEW_ARRAY(docx->arena, int32_t, table->column_count);
    brv_docx_share_widths(table, columns, place->width);
    set_side(docx, place, table, room);
    fill_rows(docx, table);
    float scale = docx->scale;
    docx->scale = scale * factor;
    fill_cells(docx, place, table);
    docx->scale = scale;
    brv_docx_find_table_format(docx, table);
    if (table->source->style->break_inside == BRV_BREAK_AVOID) {
        keep_together(table);
    }
    brv_docx_add_table(docx, place->flow, table);
}

void brv_docx_build_table(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_table *table = BRV_NEW(docx->arena, struct docx_table);
    struct docx_place inside = *place;
    int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, place->width));
    int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width));
    inside.left += left;
    inside.width -= left + right;
    inside.width = inside.width < DOCX_WIDTH_MIN ? DOCX_WIDTH_MIN : inside.width;
    const int32_t room = inside.width;
    inside.depth++;
    inside.item = NULL;
    if (style->width.keyword == BRV_LENGTH_SET) {
        int32_t width = docx_twips(brv_length_resolve(style->width, (float)place->width / 20.0f));
        table->is_full_width = true;
        inside.width = width > DOCX_WIDTH_MIN && width < inside.width ? width : inside.width;
    }
    struct table_state *state = BRV_NEW(docx->arena, struct table_state);
    state->docx = docx;
    state->place = &inside;
    state->table = table;
    table->source = element;
    table->indent = inside.left;
    table->page_break = style->break_before >= BRV_BREAK_PAGE;
    table->before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, place->width));
    table->after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, place->width));
    table->is_rtl = place->is_rtl;
    build_rows(state, element);
    struct docx_flow *flow = place->flow;
    flow->pending_before =
        flow->pending_before > table->before ? flow->pending_before : table->before;
    build_captions(docx, &inside, element, BRV_CAPTION_TOP);
    if (table->first) {
        clip_cells(table);
        struct docx_fit fit =
            brv_docx_choose_fit(docx, table, state->columns, inside.width, !place->in_table);
        for (size_t part = 0; part < fit.part_count; part++) {
            struct docx_table *piece =
                fit.part_count > 1 ? brv_docx_table_part(docx, table, &fit, part) : table;
            if (part > 0) {
                brv_docx_add_part_number(docx, &inside, element, part, fit.part_count);
            }
            struct docx_column columns[COLUMN_LIMIT];
            brv_docx_describe(docx, piece);
            brv_docx_part_columns(&fit, part, state->columns, columns);
            add_piece(docx, &inside, piece, columns, fit.factor, room);
        }
    }
    build_captions(docx, &inside, element, BRV_CAPTION_BOTTOM);
    flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
}
