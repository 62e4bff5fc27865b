// Brevier — tables of the text output: their cells, and how columns share the width.
//
// Cells are measured once: the width of their longest word and of their longest line. If all
// columns fit, each is as wide as it needs; if not, narrow columns keep their natural width and the
// others share what is left. A table that cannot be squeezed that far, or only with columns too
// narrow to read, is shown as records instead (text_records.c).
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

enum {
    NARROW_COLUMNS = 10,   // fewer, for a text that would like more, are hard to read
    WIDE_COLUMNS = 100000, // as good as no limit
    COLUMNS_MOST = 1000,   // more are shown as records anyway
    GRIDS_DEPTH = 1,       // tables around a grid: each measures those within it several times
};

// ---- gathering cells

static bool styled_is(const struct brv_styled *styled, enum brv_display display)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->style->display == display;
}

static bool cell_is_paragraph(const struct brv_styled *cell)
{
    for (const struct brv_styled *child = cell->first; child; child = child->next)
        if (!brv_text_is_inline(child))
            return false;
    return true;
}

static void gather_row(struct brv_text *t, struct brv_text_grid *grid, const struct brv_styled *tr,
                       bool is_header)
{
    struct brv_text_row row = { .is_header = is_header };
    size_t expected = 0;
    for (const struct brv_styled *td = tr->first; td; td = td->next)
        expected++;
    row.cells = brv_arena_grow(t->scratch, NULL, &row.capacity, expected, sizeof *row.cells);
    for (const struct brv_styled *td = tr->first; td; td = td->next) {
        if (td->kind != BRV_STYLED_ELEMENT)
            continue;
        size_t span = brv_node_attr_count(td->node, BRV_ATTR_COLSPAN, 1);
        BRV_PUSH(t->scratch, row.cells, row.count, row.capacity) = (struct brv_text_cell){
            .styled = td,
            .is_paragraph = cell_is_paragraph(td),
            .is_header = td->node->kind == BRV_KIND_TH,
            .span = span > 0 && span < COLUMNS_MOST ? span : 1,
        };
    }
    if (row.count > 0)
        BRV_PUSH(t->scratch, grid->rows, grid->count, grid->capacity) = row;
}

static void gather_rows(struct brv_text *t, struct brv_text_grid *grid,
                        const struct brv_styled *parent, bool is_header)
{
    for (const struct brv_styled *child = parent->first; child; child = child->next)
        if (styled_is(child, BRV_DISPLAY_TABLE_ROW))
            gather_row(t, grid, child, is_header);
}

// What a cell above still takes of a column.
struct taken {
    struct brv_text_cell *cell;
    size_t row;  // that it begins in
    size_t left; // rows that it reaches down from here
};

// Gives each cell its column; cells of rows above that reach down keep their places. One that
// another takes the place of ends there.
static void place_cells(struct brv_text *t, struct brv_text_grid *grid)
{
    size_t capacity = 0;
    struct taken *taken = brv_arena_grow(t->scratch, NULL, &capacity, 1, sizeof *taken);
    for (size_t r = 0; r < grid->count; r++) {
        struct brv_text_row *row = &grid->rows[r];
        size_t column = 0;
        for (size_t i = 0; i < row->count; i++) {
            struct brv_text_cell *cell = &row->cells[i];
            while (column < grid->column_count && taken[column].left > 0)
                taken[column++].left--;
            if (column + cell->span > COLUMNS_MOST) {
                cell->span = 1;
                column = column < COLUMNS_MOST ? column : COLUMNS_MOST - 1;
            }
            cell->column = column;
            column += cell->span;
            if (column > grid->column_count) {
                taken = brv_arena_grow(t->scratch, taken, &capacity, column, sizeof *taken);
                grid->column_count = column;
            }
            size_t down = brv_node_attr_count(cell->styled->node, BRV_ATTR_ROWSPAN, 1);
            cell->down = down > 0 ? down : 1;
            for (size_t k = cell->column; k < column; k++) {
                if (taken[k].left > 0 && taken[k].cell->down > r - taken[k].row)
                    taken[k].cell->down = r - taken[k].row;
                taken[k] = (struct taken){ cell, r, cell->down - 1 };
            }
        }
        for (; column < grid->column_count; column++)
            if (taken[column].left > 0)
                taken[column].left--;
    }
}

void brv_text_owners_step(const struct brv_text_grid *grid, size_t row,
                          struct brv_text_owner *owners)
{
    for (size_t k = 0; k < grid->column_count; k++)
        if (owners[k].end <= row)
            owners[k].cell = NULL;
    const struct brv_text_row *cells = &grid->rows[row];
    for (size_t i = 0; i < cells->count; i++) {
        struct brv_text_cell *cell = &cells->cells[i];
        for (size_t k = 0; k < cell->span; k++)
            owners[cell->column + k] = (struct brv_text_owner){ cell, row + cell->down };
    }
}

// ---- measuring

brv_str brv_text_cell_lines(struct brv_text *t, const struct brv_text_cell *cell, size_t width,
                            size_t *widest, int depth)
{
    struct brv_flow flow = {
        .out = brv_buf_new_in(t->scratch),
        .width = width,
        .line_pt = t->line_pt,
    };
    t->table_depth++;
    brv_text_blocks(t, &flow, cell->styled, depth);
    t->table_depth--;
    *widest = flow.widest;
    return brv_buf_str(flow.out);
}

brv_str brv_text_cell_run(struct brv_text *t, struct brv_text_cell *cell)
{
    if (!cell->has_run)
        cell->run = brv_text_run(t, cell->styled->first, NULL);
    cell->has_run = true;
    return cell->run;
}

bool brv_text_cell_keeps_lines(const struct brv_text_cell *cell)
{
    return cell->styled->style->white_space == BRV_SPACE_PRE;
}

// The columns that part two cells are worth one column of padding at each side.
static size_t cell_padding(const struct brv_text *t, struct brv_length padding)
{
    size_t columns = brv_text_columns(t, padding, 0);
    return columns > 1 ? columns - 1 : 0;
}

static void measure_cell(struct brv_text *t, struct brv_text_cell *cell, int depth)
{
    const struct brv_style *style = cell->styled->style;
    cell->before = cell_padding(t, style->padding_left);
    cell->after = cell_padding(t, style->padding_right);
    if (cell->is_paragraph) {
        brv_str run = brv_text_cell_run(t, cell);
        cell->words = brv_words_cut(t->scratch, run);
        cell->direction = brv_text_words_direction(t, &cell->words);
        cell->most = cell->words.widest_line;
        cell->least = brv_text_cell_keeps_lines(cell) ? cell->most : cell->words.widest_word;
    } else {
        bool was_measuring = t->is_measuring; // a table around this one
        t->is_measuring = true;
        (void)brv_text_cell_lines(t, cell, 1, &cell->least, depth);
        (void)brv_text_cell_lines(t, cell, WIDE_COLUMNS, &cell->most, depth);
        t->is_measuring = was_measuring;
    }
    cell->least += cell->before + cell->after;
    cell->most += cell->before + cell->after;
}

static struct brv_text_column *measure_columns(struct brv_text *t, const struct brv_text_grid *grid,
                                               size_t between, int depth)
{
    struct brv_text_column *columns =
        BRV_NEW_ARRAY(t->scratch, struct brv_text_column, grid->column_count);
    for (size_t r = 0; r < grid->count; r++) {
        for (size_t i = 0; i < grid->rows[r].count; i++) {
            struct brv_text_cell *cell = &grid->rows[r].cells[i];
            measure_cell(t, cell, depth);
            struct brv_text_column *column = &columns[cell->column];
            if (cell->span == 1 && cell->least > column->least)
                column->least = cell->least;
            if (cell->span == 1 && cell->most > column->most)
                column->most = cell->most;
        }
    }
    // What a spanning cell needs beyond its columns goes to the last of them.
    for (size_t r = 0; r < grid->count; r++) {
        for (size_t i = 0; i < grid->rows[r].count; i++) {
            const struct brv_text_cell *cell = &grid->rows[r].cells[i];
            if (cell->span < 2)
                continue;
            size_t least = (cell->span - 1) * between;
            size_t most = least;
            for (size_t k = 0; k < cell->span; k++) {
                least += columns[cell->column + k].least;
                most += columns[cell->column + k].most;
            }
            struct brv_text_column *last = &columns[cell->column + cell->span - 1];
            if (cell->least > least)
                last->least += cell->least - least;
            if (cell->most > most)
                last->most += cell->most - most;
        }
    }
    for (size_t k = 0; k < grid->column_count; k++) {
        struct brv_text_column *column = &columns[k];
        column->least = column->least > 0 ? column->least : 1;
        column->most = column->most > column->least ? column->most : column->least;
    }
    return columns;
}

// ---- sharing the width

// Columns that are content with an equal share get it if the others can have what they need, which
// mostly leaves more for these. Returns what is left for those that would like to have more: they
// have no width yet.
static size_t settle(struct brv_text_column *columns, size_t count, size_t room, size_t need)
{
    size_t left = room;
    size_t spare = room - need;
    size_t open = count;
    for (size_t k = 0; k < count; k++)
        columns[k].width = 0;
    for (bool changed = true; changed && open > 0;) {
        size_t share = left / open;
        changed = false;
        for (size_t k = 0; k < count && !changed; k++) {
            struct brv_text_column *column = &columns[k];
            size_t more = column->most - column->least;
            bool is_content = column->most <= share && more <= spare;
            if (column->width > 0 || (!is_content && column->least < share))
                continue;
            column->width = is_content ? column->most : column->least;
            spare -= is_content ? more : 0;
            left -= column->width;
            open--;
            changed = true; // and with it the share
        }
    }
    for (size_t k = 0; k < count; k++) {
        if (columns[k].width == columns[k].most)
            continue;
        left += columns[k].width;
        columns[k].width = 0;
    }
    return left;
}

// Widths that fill at most `room`; false when what the columns need does not fit.
static bool share_width(struct brv_text_column *columns, size_t count, size_t room)
{
    size_t least = 0;
    for (size_t k = 0; k < count; k++)
        least += columns[k].least;
    if (least > room)
        return false;
    size_t left = settle(columns, count, room, least);
    // It goes to the long columns by what they would like to have, if that is what they need.
    size_t wanted = 0;
    for (size_t k = 0; k < count; k++)
        wanted += columns[k].width == 0 ? columns[k].most : 0;
    left = left < wanted ? left : wanted;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t k = 0; k < count; k++) {
            struct brv_text_column *column = &columns[k];
            if (column->width > 0 || left * column->most >= column->least * wanted)
                continue;
            column->width = column->least;
            left -= column->width;
            wanted -= column->most;
            changed = true;
        }
    }
    for (size_t k = 0; k < count; k++) {
        struct brv_text_column *column = &columns[k];
        if (column->width > 0)
            continue;
        column->width = left * column->most / wanted;
        left -= column->width;
        wanted -= column->most;
    }
    return true;
}

// A column that is squeezed keeps as many columns as reading needs.
static void keep_readable(struct brv_text_column *columns, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t least = columns[k].most < NARROW_COLUMNS ? columns[k].most : NARROW_COLUMNS;
        columns[k].least = columns[k].least < least ? least : columns[k].least;
    }
}

// ---- choosing

static bool try_grid(struct brv_text *t, struct brv_flow *flow, struct brv_text_grid *grid,
                     int depth)
{
    enum brv_text_table how = grid->table->style->brv_text_table;
    size_t room = brv_flow_room(flow);
    if (how == BRV_TEXT_TABLE_RECORDS || t->table_depth > GRIDS_DEPTH)
        return false;
    bool has_rules = grid->header_count > 0;
    brv_str between = has_rules ? brv_text_choose(t, " \u2502 ", " | ") : BRV_S("  ");
    size_t gaps = (grid->column_count - 1) * brv_str_width(between);
    if (grid->column_count > room || gaps + grid->column_count > room)
        return false;
    struct brv_text_column *columns = measure_columns(t, grid, brv_str_width(between), depth);
    if (how != BRV_TEXT_TABLE_GRID)
        keep_readable(columns, grid->column_count);
    bool fits = share_width(columns, grid->column_count, room - gaps);
    if (!fits && how == BRV_TEXT_TABLE_GRID) { // asked for all the same: long words are severed
        for (size_t k = 0; k < grid->column_count; k++)
            columns[k].least = 1;
        fits = share_width(columns, grid->column_count, room - gaps);
    }
    if (!fits)
        return false;
    brv_text_grid_draw(t, flow, grid, columns, between, has_rules, depth);
    return true;
}

static void draw_captions(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *table,
                          enum brv_caption_side side, int depth)
{
    for (const struct brv_styled *child = table->first; child; child = child->next)
        if (styled_is(child, BRV_DISPLAY_TABLE_CAPTION) && child->style->caption_side == side)
            brv_text_block(t, flow, child, depth);
}

void brv_text_table(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *table,
                    int depth)
{
    struct brv_arena_mark mark = brv_arena_mark(t->scratch);
    struct brv_text_grid grid = { .table = table };
    for (const struct brv_styled *child = table->first; child; child = child->next) {
        if (styled_is(child, BRV_DISPLAY_TABLE_ROW))
            gather_row(t, &grid, child, false);
        else if (styled_is(child, BRV_DISPLAY_TABLE_HEADER_GROUP))
            gather_rows(t, &grid, child, grid.header_count == grid.count);
        else if (styled_is(child, BRV_DISPLAY_TABLE_ROW_GROUP))
            gather_rows(t, &grid, child, false);
        while (grid.header_count < grid.count && grid.rows[grid.header_count].is_header)
            grid.header_count++;
    }
    draw_captions(t, flow, table, BRV_CAPTION_TOP, depth);
    if (grid.count > 0) {
        place_cells(t, &grid);
        if (!try_grid(t, flow, &grid, depth))
            brv_text_records(t, flow, &grid, depth);
    }
    draw_captions(t, flow, table, BRV_CAPTION_BOTTOM, depth);
    brv_arena_rewind(t->scratch, mark);
}
