// Brevier — tables: the grid, its widths, and what its cells have in common.
//
// Column widths follow CSS's automatic table layout, with estimated text widths: every column gets
// its longest word, what is left goes to the columns that have more to say. Grid and cells agree,
// and Word may still adjust them while the table is edited.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

#include "base/utf8.h"
#include "base/width.h"

enum { COLUMN_LIMIT = 63, FORMAT_KINDS = 24 }; // Word's own limit; distinct cell formats compared

// ---- text widths

// The widths of a cell's content in twips: its longest word and its longest line.
struct measure {
    float word, line;
    float widest_word, widest_line;
};

static void end_word(struct measure *measure)
{
    if (measure->widest_word < measure->word) {
        measure->widest_word = measure->word;
    }
    measure->word = 0;
}

static void end_line(struct measure *measure)
{
    end_word(measure);
    if (measure->widest_line < measure->line) {
        measure->widest_line = measure->line;
    }
    measure->line = 0;
}

// The advance of a character in ems, as common sans-serif faces have it. A word that was estimated
// too narrow is broken, one too wide costs a little space: the figures are on the wide side.
static float advance_em(uint32_t c, bool is_mono)
{
    static const char narrow[] = "iljtfrI.,:;'|!()[]{}/\\`- ";
    static const char wide[] = "mwMW@%&";
    if (c >= 0x80) {
        int columns = brv_codepoint_width(c);
        return columns == 2 ? 1.0f : 0.62f * (float)columns;
    }
    if (is_mono) {
        return 0.61f;
    }
    if (strchr(narrow, (int)c)) {
        return 0.37f;
    }
    if (strchr(wide, (int)c)) {
        return 0.95f;
    }
    return c >= 'A' && c <= 'Z' ? 0.69f : 0.57f;
}

static bool is_mono(const struct brv_style *style)
{
    const struct brv_strings *families = &style->font_family;
    return families->count > 0 &&
           (brv_str_is_nocase(families->items[families->count - 1], "monospace"));
}

static void measure_text(struct measure *measure, const struct brv_style *style, brv_str text)
{
    float em = style->font_size * 20.0f;
    em *= style->font_weight >= 600 ? 1.08f : 1.0f;
    em *= style->text_transform == BRV_TRANSFORM_UPPERCASE ? 1.2f : 1.0f;
    float spacing = brv_length_resolve(style->letter_spacing, 0) * 20.0f;
    bool is_fixed = is_mono(style);
    bool is_kept = style->white_space == BRV_SPACE_PRE || style->white_space == BRV_SPACE_NOWRAP;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        if (c == '\n' && style->white_space >= BRV_SPACE_PRE) {
            end_line(measure);
            continue;
        }
        bool is_space = c == ' ' || c == '\n' || c == '\t';
        float advance = em * advance_em(is_space ? ' ' : c, is_fixed) + spacing;
        if (is_space && !is_kept) {
            end_word(measure);
        } else {
            measure->word += advance;
        }
        measure->line += advance;
        if (c >= 0x2E80 && c < 0xFB00) { // ideographs break anywhere
            end_word(measure);
        }
    }
}

static void measure_content(struct measure *measure, const struct brv_styled *element, int depth)
{
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        bool is_block = brv_docx_is_block(child);
        if (is_block) {
            end_line(measure);
        }
        if (child->text.len > 0) {
            measure_text(measure, child->style, child->text);
        }
        if (child->node && child->node->kind == BRV_KIND_BR) {
            end_line(measure);
        } else if (depth < DOCX_DEPTH_LIMIT &&
                   !(child->node && child->node->kind == BRV_KIND_FOOTNOTE)) {
            measure_content(measure, child, depth + 1);
        }
        if (is_block) {
            end_line(measure);
        }
    }
}

// ---- column widths

struct column {
    float least, most;
};

// Too little room for the longest words: columns that ask for less than an equal share get what
// they ask for, and the others share what is left.
static void squeeze(const struct column *columns, unsigned count, float target, float *widths)
{
    bool is_settled[COLUMN_LIMIT] = { false };
    unsigned open = count;
    for (bool has_changed = true; has_changed && open > 0;) {
        has_changed = false;
        float share = target / (float)open;
        for (unsigned i = 0; i < count; i++) {
            if (!is_settled[i] && columns[i].least <= share) {
                is_settled[i] = has_changed = true;
                widths[i] = columns[i].least;
                target -= widths[i];
                open--;
            }
        }
    }
    for (unsigned i = 0; i < count && open > 0; i++) {
        widths[i] = is_settled[i] ? widths[i] : target / (float)open;
    }
}

static void share_widths(struct docx_table *table, const struct column *columns, int32_t available)
{
    unsigned count = table->column_count;
    float least = 0;
    float most = 0;
    for (unsigned i = 0; i < count; i++) {
        least += columns[i].least;
        most += columns[i].most;
    }
    float target = table->is_full_width || most > (float)available ? (float)available : most;
    float widths[COLUMN_LIMIT];
    if (least >= target && most > target) {
        squeeze(columns, count, target, widths);
    } else {
        for (unsigned i = 0; i < count; i++) {
            const struct column *column = &columns[i];
            widths[i] = most > target
                            ? column->least +
                                  (target - least) * (column->most - column->least) / (most - least)
                        : most > 0 ? column->most * target / most
                                   : target / (float)count;
        }
    }
    int32_t sum = 0;
    for (unsigned i = 0; i < count; i++) {
        table->widths[i] = widths[i] < 200 ? 200 : (int32_t)(widths[i] + 0.5f);
        sum += table->widths[i];
    }
    if (table->is_full_width && count > 0) { // rounding goes to the last column
        int32_t last = table->widths[count - 1] + available - sum;
        table->widths[count - 1] = last < 200 ? 200 : last;
        sum = available;
    }
    table->width = sum;
}

// ---- cells

static const struct brv_style *style_of(const struct brv_styled *styled)
{
    return styled ? styled->style : NULL;
}

struct table_state {
    struct docx *docx;
    const struct docx_place *place; // inside the table's margins
    struct docx_table *table;
    struct column columns[COLUMN_LIMIT];
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
    struct measure measure = { 0 };
    measure_content(&measure, element, 0);
    end_line(&measure);
    float padding =
        (float)(cell->format.padding[DOCX_LEFT] + cell->format.padding[DOCX_RIGHT]) + 24;
    struct column *column = &state->columns[cell->column];
    float least = measure.widest_word + padding;
    float most = measure.widest_line + padding;
    if (element->style->width.keyword == BRV_LENGTH_SET) {
        float width = brv_length_resolve(element->style->width, (float)state->place->width / 20.0f);
        most = width * 20.0f > least ? width * 20.0f : least;
        least = most;
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
        cell->flow = BRV_NEW(docx->arena, struct docx_flow);
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
    } else if (!cell->flow) { // no column left: the content joins the last cell
        cell->flow = BRV_NEW(docx->arena, struct docx_flow);
        cell->continues_merge = false;
    }
    if (has_room) {
        measure_cell(state, element, cell);
    }
    struct docx_place inner = {
        .flow = cell->flow,
        .outer = state->place,
        .shade = DOCX_NO_COLOR,
        .width = state->place->width / 2,
        .role = row->is_header || cell->is_header ? DOCX_ROLE_TABLE_HEADING : DOCX_ROLE_TABLE_TEXT,
        .depth = state->place->depth + 1,
        .in_note = state->place->in_note,
        .keep_next = row->is_header,
    };
    brv_docx_build_children(docx, &inner, element);
}

static void build_row(struct table_state *state, const struct brv_styled *tr,
                      const struct brv_styled *group)
{
    struct docx_table *table = state->table;
    struct docx_row *row = BRV_NEW(state->docx->arena, struct docx_row);
    row->is_header = group && group->style->display == BRV_DISPLAY_TABLE_HEADER_GROUP;
    row->keep = tr->style->break_inside == BRV_BREAK_AVOID;
    unsigned column = 0;
    for (const struct brv_styled *child = tr->first; child; child = child->next) {
        if (brv_docx_is_block(child)) {
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

// ---- what cells have in common

struct tally {
    struct docx_cell_format formats[FORMAT_KINDS];
    size_t counts[FORMAT_KINDS];
    size_t kinds;
};

static void tally_add(struct tally *tally, const struct docx_cell_format *format)
{
    for (size_t i = 0; i < tally->kinds; i++) {
        if (memcmp(&tally->formats[i], format, sizeof *format) == 0) {
            tally->counts[i]++;
            return;
        }
    }
    if (tally->kinds < FORMAT_KINDS) {
        tally->formats[tally->kinds] = *format;
        tally->counts[tally->kinds++] = 1;
    }
}

static bool tally_best(const struct tally *tally, struct docx_cell_format *format)
{
    size_t best = 0;
    for (size_t i = 1; i < tally->kinds; i++) {
        best = tally->counts[i] > tally->counts[best] ? i : best;
    }
    if (tally->kinds > 0) {
        *format = tally->formats[best];
    }
    return tally->kinds > 0;
}

static void find_format(struct docx_table *table)
{
    struct tally header = { .kinds = 0 };
    struct tally rows[2] = { { .kinds = 0 }, { .kinds = 0 } }; // odd, even
    size_t body_row = 0;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell; cell = cell->next) {
            tally_add(row->is_header ? &header : &rows[body_row % 2], &cell->format);
        }
        body_row += !row->is_header;
    }
    struct docx_table_format *format = &table->format;
    memset(format, 0, sizeof *format);
    format->has_header = tally_best(&header, &format->header);
    if (!tally_best(&rows[0], &format->body)) {
        format->body = format->header;
    }
    format->has_bands = tally_best(&rows[1], &format->even) &&
                        memcmp(&format->even, &format->body, sizeof format->even) != 0;
    if (!format->has_bands) {
        memset(&format->even, 0, sizeof format->even);
    }
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        format->outer[i] = brv_docx_border(table->source->style, (enum docx_side)i);
    }
}

// ---- the table

static bool is_rtl_lang(brv_str lang)
{
    static const char *const names[] = { "ar", "he", "fa", "ur", "yi", "ps", "iw", "dv" };
    brv_str primary = brv_str_slice(lang, 0, brv_str_find_byte(lang, 0, '-'));
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        if (brv_str_is_nocase(primary, names[i])) {
            return true;
        }
    }
    return false;
}

static void build_captions(struct docx *docx, const struct docx_place *place,
                           const struct brv_styled *element, enum brv_caption_side side)
{
    struct docx_place here = *place;
    here.role = DOCX_ROLE_CAPTION;
    here.keep_next = side == BRV_CAPTION_TOP;
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (brv_docx_is_block(child) && child->style->display == BRV_DISPLAY_TABLE_CAPTION &&
            child->style->caption_side == side) {
            brv_docx_build_block(docx, &here, child);
        }
    }
}

static void build_rows(struct table_state *state, const struct brv_styled *element)
{
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (!brv_docx_is_block(child) || child->style->display == BRV_DISPLAY_TABLE_CAPTION) {
            continue;
        }
        if (child->style->display == BRV_DISPLAY_TABLE_ROW) {
            build_row(state, child, NULL);
            continue;
        }
        for (const struct brv_styled *row = child->first; row; row = row->next) {
            if (brv_docx_is_block(row)) {
                build_row(state, row, child);
            }
        }
        memset(state->spans, 0, sizeof state->spans); // a span ends with its group
    }
}

// Rows of one length: Word wants every row to fill the grid.
static void fill_rows(struct docx *docx, struct docx_table *table)
{
    for (struct docx_row *row = table->first; row; row = row->next) {
        unsigned end = row->last->column + row->last->columns;
        if (end < table->column_count) {
            struct docx_cell_format format = row->last->format;
            add_cell(docx, row, end, table->column_count - end)->format = format;
        }
    }
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
    inside.width = inside.width < 720 ? 720 : inside.width;
    inside.depth++;
    inside.item = NULL;
    if (style->width.keyword == BRV_LENGTH_SET) {
        int32_t width = docx_twips(brv_length_resolve(style->width, (float)inside.width / 20.0f));
        table->is_full_width = true;
        inside.width = width > 720 && width < inside.width ? width : inside.width;
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
    table->is_rtl = element->node && is_rtl_lang(brv_node_lang(element->node));
    if (element->node) {
        table->caption = brv_node_attr(element->node, BRV_ATTR_TITLE);
    }
    build_rows(state, element);
    struct docx_flow *flow = place->flow;
    flow->pending_before =
        flow->pending_before > table->before ? flow->pending_before : table->before;
    build_captions(docx, &inside, element, BRV_CAPTION_TOP);
    if (table->first) {
        table->widths = BRV_NEW_ARRAY(docx->arena, int32_t, table->column_count);
        share_widths(table, state->columns, inside.width);
        fill_rows(docx, table);
        find_format(table);
        brv_docx_add_table(docx, flow, table);
    }
    build_captions(docx, &inside, element, BRV_CAPTION_BOTTOM);
    flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
}
