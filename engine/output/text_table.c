// Brevier — tables of the text output.
//
// Cells are measured once: the width of their longest word and of their longest line. If all
// columns fit, each is as wide as it needs; if not, narrow columns keep their natural width and the
// others share what is left. A table that cannot be squeezed that far, or only with columns too
// narrow to read, is shown as records instead (text_records.c).
//
//     Indicator     │ Type   │ First seen        a rule below the header; rules between all
//     ──────────────┼────────┼───────────        rows as soon as one of them takes two lines
//     evil.example  │ domain │ 2025-12-01
//
// Without a header row, columns are parted by space alone, as in a list of facts.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

enum {
    NARROW_COLUMNS = 10,   // a column squeezed below this is hard to read
    WIDE_COLUMNS = 100000, // as good as no limit
    COLUMNS_MOST = 1000,   // more are shown as records anyway
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
    for (const struct brv_styled *td = tr->first; td; td = td->next) {
        if (td->kind != BRV_STYLED_ELEMENT)
            continue;
        size_t span = brv_node_attr_count(td->node, BRV_ATTR_COLSPAN, 1);
        BRV_PUSH(t->arena, row.cells, row.count, row.capacity) = (struct brv_text_cell){
            .styled = td,
            .is_paragraph = cell_is_paragraph(td),
            .is_header = td->node->kind == BRV_KIND_TH,
            .span = span > 0 && span < COLUMNS_MOST ? span : 1,
        };
    }
    if (row.count > 0)
        BRV_PUSH(t->arena, grid->rows, grid->count, grid->capacity) = row;
}

static void gather_rows(struct brv_text *t, struct brv_text_grid *grid,
                        const struct brv_styled *parent, bool is_header)
{
    for (const struct brv_styled *child = parent->first; child; child = child->next)
        if (styled_is(child, BRV_DISPLAY_TABLE_ROW))
            gather_row(t, grid, child, is_header);
}

// Gives each cell its column; cells of rows above that reach down keep their places.
static void place_cells(struct brv_text *t, struct brv_text_grid *grid)
{
    size_t capacity = 0;
    // Per column: rows that a cell above still covers.
    size_t *taken = brv_arena_grow(t->arena, NULL, &capacity, 1, sizeof *taken);
    for (size_t r = 0; r < grid->count; r++) {
        struct brv_text_row *row = &grid->rows[r];
        size_t column = 0;
        for (size_t i = 0; i < row->count; i++) {
            struct brv_text_cell *cell = &row->cells[i];
            while (column < grid->column_count && taken[column] > 0)
                taken[column++]--;
            if (column + cell->span > COLUMNS_MOST) {
                cell->span = 1;
                column = column < COLUMNS_MOST ? column : COLUMNS_MOST - 1;
            }
            cell->column = column;
            column += cell->span;
            if (column > grid->column_count) {
                taken = brv_arena_grow(t->arena, taken, &capacity, column, sizeof *taken);
                grid->column_count = column;
            }
            size_t down = brv_node_attr_count(cell->styled->node, BRV_ATTR_ROWSPAN, 1);
            for (size_t k = cell->column; k < column; k++)
                taken[k] = down > 0 ? down - 1 : 0;
        }
        for (; column < grid->column_count; column++)
            if (taken[column] > 0)
                taken[column]--;
    }
}

// ---- measuring

static brv_str cell_lines(struct brv_text *t, const struct brv_text_cell *cell, size_t width,
                          int depth)
{
    struct brv_flow flow = {
        .out = brv_buf_new_in(t->arena),
        .width = width,
        .line_pt = t->line_pt,
    };
    t->table_depth++;
    brv_text_blocks(t, &flow, cell->styled, depth);
    t->table_depth--;
    return brv_buf_str(flow.out);
}

static size_t lines_widest(brv_str lines)
{
    size_t widest = 0;
    for (size_t at = 0; at < lines.len;) {
        size_t end = brv_str_find_byte(lines, at, '\n');
        size_t width = brv_str_width(brv_str_slice(lines, at, end));
        if (width > widest)
            widest = width;
        at = end + 1;
    }
    return widest;
}

static void measure_cell(struct brv_text *t, struct brv_text_cell *cell, int depth)
{
    if (cell->is_paragraph) {
        cell->words = brv_words_cut(t->arena, brv_text_run(t, cell->styled->first, NULL));
        cell->least = cell->words.widest_word;
        cell->most = cell->words.widest_line;
        return;
    }
    t->is_measuring = true;
    cell->least = lines_widest(cell_lines(t, cell, 1, depth));
    cell->most = lines_widest(cell_lines(t, cell, WIDE_COLUMNS, depth));
    t->is_measuring = false;
}

struct column {
    size_t least;
    size_t most;
    size_t width;
};

static struct column *measure_columns(struct brv_text *t, const struct brv_text_grid *grid,
                                      size_t between, int depth)
{
    struct column *columns = BRV_NEW_ARRAY(t->arena, struct column, grid->column_count);
    for (size_t r = 0; r < grid->count; r++) {
        for (size_t i = 0; i < grid->rows[r].count; i++) {
            struct brv_text_cell *cell = &grid->rows[r].cells[i];
            measure_cell(t, cell, depth);
            struct column *column = &columns[cell->column];
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
            struct column *last = &columns[cell->column + cell->span - 1];
            if (cell->least > least)
                last->least += cell->least - least;
            if (cell->most > most)
                last->most += cell->most - most;
        }
    }
    for (size_t k = 0; k < grid->column_count; k++)
        if (columns[k].most < columns[k].least)
            columns[k].most = columns[k].least;
    return columns;
}

// ---- sharing the width

// Widths that fill at most `room`; false when the longest words do not fit.
static bool share_width(struct column *columns, size_t count, size_t room)
{
    size_t least = 0;
    for (size_t k = 0; k < count; k++) {
        least += columns[k].least;
        columns[k].width = 0;
    }
    if (least > room)
        return false;
    // Columns content with an equal share get what they need, which leaves more for the others.
    size_t left = room;
    size_t open = count;
    for (bool changed = true; changed && open > 0;) {
        changed = false;
        size_t share = left / open;
        for (size_t k = 0; k < count; k++) {
            struct column *column = &columns[k];
            if (column->width > 0)
                continue;
            bool is_small = column->most <= share;
            if (!is_small && column->least < share)
                continue;
            column->width = is_small ? column->most : column->least;
            if (column->width == 0)
                column->width = 1;
            left -= column->width < left ? column->width : left;
            open--;
            changed = true;
            break; // the share has changed
        }
    }
    // The rest goes to the long columns by what they would like to have.
    size_t wanted = 0;
    for (size_t k = 0; k < count; k++)
        if (columns[k].width == 0)
            wanted += columns[k].most;
    for (size_t k = 0; k < count; k++) {
        if (columns[k].width > 0)
            continue;
        size_t width = left * columns[k].most / wanted;
        if (width < columns[k].least)
            width = columns[k].least;
        wanted -= columns[k].most;
        size_t reserved = 0; // for the least of those that follow
        for (size_t m = k + 1; m < count; m++)
            if (columns[m].width == 0)
                reserved += columns[m].least;
        if (width + reserved > left)
            width = left > reserved ? left - reserved : 1;
        columns[k].width = width;
        left -= width < left ? width : left;
    }
    return true;
}

static bool is_readable(const struct column *columns, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (columns[k].width < columns[k].most && columns[k].width < NARROW_COLUMNS)
            return false;
    return true;
}

// ---- drawing

struct cell_text {
    const brv_str *lines;
    size_t count;
};

struct drawing {
    struct brv_text *t;
    struct brv_flow *flow;
    const struct brv_text_grid *grid;
    const struct column *columns;
    brv_str between; // " │ " or two spaces
    bool has_rules;
    int depth;
};

static size_t cell_width(const struct drawing *d, const struct brv_text_cell *cell)
{
    size_t width = (cell->span - 1) * brv_str_width(d->between);
    for (size_t k = 0; k < cell->span; k++)
        width += d->columns[cell->column + k].width;
    return width;
}

static struct cell_text cell_set(const struct drawing *d, const struct brv_text_cell *cell)
{
    struct brv_text *t = d->t;
    size_t width = cell_width(d, cell);
    brv_str *lines = NULL;
    size_t count = 0;
    size_t capacity = 0;
    if (!cell->is_paragraph) {
        brv_str rest = cell_lines(t, cell, width, d->depth);
        for (size_t at = 0; at < rest.len;) {
            size_t end = brv_str_find_byte(rest, at, '\n');
            BRV_PUSH(t->arena, lines, count, capacity) = brv_str_slice(rest, at, end);
            at = end + 1;
        }
        return (struct cell_text){ lines, count };
    }
    bool is_kept = cell->styled->style->white_space == BRV_SPACE_PRE;
    struct brv_fill_options options = { .width = is_kept ? 0 : width, .may_sever = true };
    size_t filled_count = 0;
    const struct brv_fill_line *filled =
        brv_words_fill(t->arena, &cell->words, options, &filled_count);
    for (size_t i = 0; i < filled_count; i++) {
        brv_buf_clear(t->run);
        brv_fill_line_write(&cell->words, &filled[i], t->run);
        BRV_PUSH(t->arena, lines, count, capacity) = brv_arena_str(t->arena, brv_buf_str(t->run));
    }
    return (struct cell_text){ lines, count };
}

static void add_aligned(struct brv_buf *out, brv_str line, size_t width, enum brv_text_align align)
{
    size_t used = brv_str_width(line);
    size_t empty = used < width ? width - used : 0;
    size_t before = 0;
    if (align == BRV_ALIGN_RIGHT || align == BRV_ALIGN_END)
        before = empty;
    else if (align == BRV_ALIGN_CENTER)
        before = empty / 2;
    brv_buf_add_repeated(out, ' ', before);
    brv_buf_add_str(out, line);
    brv_buf_add_repeated(out, ' ', empty - before);
}

static void draw_row(const struct drawing *d, const struct brv_text_row *row,
                     const struct cell_text *texts)
{
    size_t height = 1;
    for (size_t i = 0; i < row->count; i++)
        if (texts[i].count > height)
            height = texts[i].count;
    struct brv_buf *line = brv_buf_new_in(d->t->arena);
    for (size_t y = 0; y < height; y++) {
        brv_buf_clear(line);
        size_t i = 0;
        for (size_t column = 0; column < d->grid->column_count;) {
            if (column > 0)
                brv_buf_add_str(line, d->between);
            if (i < row->count && row->cells[i].column == column) {
                const struct brv_text_cell *cell = &row->cells[i];
                brv_str text = y < texts[i].count ? texts[i].lines[y] : (brv_str){ 0 };
                add_aligned(line, text, cell_width(d, cell), cell->styled->style->text_align);
                column += cell->span;
                i++;
            } else { // covered from above, or missing
                brv_buf_add_repeated(line, ' ', d->columns[column].width);
                column++;
            }
        }
        brv_flow_line(d->flow, brv_buf_str(line));
    }
}

// True when a bar stands before `column` in this row.
static bool row_has_bar(const struct brv_text_row *row, size_t column)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].column < column && column < row->cells[i].column + row->cells[i].span)
            return false;
    return true;
}

static void draw_rule(const struct drawing *d, const struct brv_text_row *above,
                      const struct brv_text_row *below)
{
    struct brv_text *t = d->t;
    brv_str dash = brv_text_choose(t, "\u2500", "-");
    struct brv_buf *line = brv_buf_new_in(t->arena);
    for (size_t column = 0; column < d->grid->column_count; column++) {
        if (column > 0) {
            bool up = row_has_bar(above, column);
            bool down = row_has_bar(below, column);
            brv_buf_add_str(line, dash);
            if (up && down)
                brv_buf_add_str(line, brv_text_choose(t, "\u253C", "+"));
            else if (up || down)
                brv_buf_add_str(line, brv_text_choose(t, up ? "\u2534" : "\u252C", "+"));
            else
                brv_buf_add_str(line, dash);
            brv_buf_add_str(line, dash);
        }
        for (size_t x = 0; x < d->columns[column].width; x++)
            brv_buf_add_str(line, dash);
    }
    brv_flow_line(d->flow, brv_buf_str(line));
}

static void draw_grid(const struct drawing *d)
{
    const struct brv_text_grid *grid = d->grid;
    struct cell_text **texts = BRV_NEW_ARRAY(d->t->arena, struct cell_text *, grid->count);
    bool is_tall = false;
    for (size_t r = 0; r < grid->count; r++) {
        const struct brv_text_row *row = &grid->rows[r];
        texts[r] = BRV_NEW_ARRAY(d->t->arena, struct cell_text, row->count);
        for (size_t i = 0; i < row->count; i++) {
            texts[r][i] = cell_set(d, &row->cells[i]);
            is_tall = is_tall || (!row->is_header && texts[r][i].count > 1);
        }
    }
    for (size_t r = 0; r < grid->count; r++) {
        bool ends_header = r == grid->header_count && r > 0;
        if (d->has_rules && r > 0 && (ends_header || (is_tall && r > grid->header_count)))
            draw_rule(d, &grid->rows[r - 1], &grid->rows[r]);
        draw_row(d, &grid->rows[r], texts[r]);
    }
}

// ---- choosing

static bool try_grid(struct brv_text *t, struct brv_flow *flow, struct brv_text_grid *grid,
                     int depth)
{
    enum brv_text_table how = grid->table->style->brv_text_table;
    size_t room = brv_flow_room(flow);
    if (how == BRV_TEXT_TABLE_RECORDS || t->table_depth > 0)
        return false;
    bool has_rules = grid->header_count > 0;
    brv_str between = has_rules ? brv_text_choose(t, " \u2502 ", " | ") : BRV_S("  ");
    size_t gaps = (grid->column_count - 1) * brv_str_width(between);
    if (grid->column_count > room || gaps + grid->column_count > room)
        return false;
    struct column *columns = measure_columns(t, grid, brv_str_width(between), depth);
    bool fits = share_width(columns, grid->column_count, room - gaps);
    if (!fits && how == BRV_TEXT_TABLE_GRID) { // asked for all the same: long words are severed
        for (size_t k = 0; k < grid->column_count; k++)
            columns[k].least = 1;
        fits = share_width(columns, grid->column_count, room - gaps);
    } else if (how != BRV_TEXT_TABLE_GRID) {
        fits = fits && is_readable(columns, grid->column_count);
    }
    if (!fits)
        return false;
    draw_grid(&(struct drawing){ t, flow, grid, columns, between, has_rules, depth });
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
}
