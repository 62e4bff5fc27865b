// Brevier — tables of the text output as grids.
//
//     Indicator     │ Type   │ First seen        a rule below the header; rules between all
//     ──────────────┼────────┼───────────        rows as soon as one of them takes two lines
//     evil.example  │ domain │ 2025-12-01
//
// Without a header row, columns are parted by space alone, as in a list of facts.
//
// The columns of a table from right to left do so too: each of its lines is one isolate with the
// cells in the order of the text, which a terminal draws from the right. Within it the columns that
// a cell leaves empty still come after its words.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

struct cell_line {
    brv_str text;
    size_t width;
};

struct cell_text {
    struct cell_line *lines;
    size_t count, capacity;
};

// The text of the cell that begins in a column, which may reach over several rows.
struct standing {
    const struct cell_text *text;
    size_t shown; // of its lines
};

struct drawing {
    struct brv_text *t;
    struct brv_flow *flow;
    const struct brv_text_grid *grid;
    const struct brv_text_column *columns;
    brv_str between; // " │ " or two spaces
    size_t between_width;
    size_t width;                        // of a line
    const struct brv_text_owner *owners; // of the columns in the row being drawn
    const struct brv_text_owner *above;  // and in the one before
    struct standing *standing;
    struct brv_buf *line;
    struct brv_buf *before; // what stands before a line from right to left
    brv_str plain_rule;     // between rows without spanning cells, once it has been drawn
    bool has_rules;
    bool is_rtl;
    int depth;
};

// Columns of a cell, its padding included.
static size_t cell_width(const struct drawing *d, const struct brv_text_cell *cell)
{
    size_t width = (cell->span - 1) * d->between_width;
    for (size_t k = 0; k < cell->span; k++)
        width += d->columns[cell->column + k].width;
    return width;
}

static size_t text_width(const struct drawing *d, const struct brv_text_cell *cell)
{
    size_t width = cell_width(d, cell);
    size_t padding = cell->before + cell->after;
    return width > padding ? width - padding : 0;
}

static struct cell_line line_in_row(const struct drawing *d, brv_str line, size_t width)
{
    return (struct cell_line){ d->is_rtl ? brv_text_within_rtl(d->t, line) : line, width };
}

static struct cell_text cell_set(const struct drawing *d, const struct brv_text_cell *cell)
{
    struct brv_text *t = d->t;
    size_t width = text_width(d, cell);
    width = width > 0 ? width : 1;
    struct cell_text set = { 0 };
    if (!cell->is_paragraph) {
        size_t widest;
        brv_str rest = brv_text_cell_lines(t, cell, width, &widest, d->depth);
        for (size_t at = 0; at < rest.len;) {
            size_t end = brv_str_find_byte(rest, at, '\n');
            brv_str line = brv_str_slice(rest, at, end);
            BRV_PUSH(t->scratch, set.lines, set.count, set.capacity) =
                line_in_row(d, line, brv_str_width(line));
            at = end + 1;
        }
        return set;
    }
    struct brv_fill_options options = {
        .width = brv_text_cell_keeps_lines(cell) ? 0 : width,
        .may_sever = true,
    };
    size_t count = 0;
    const struct brv_fill_line *filled = brv_words_fill(t->scratch, &cell->words, options, &count);
    set = (struct cell_text){ BRV_NEW_ARRAY(t->scratch, struct cell_line, count), count, count };
    for (size_t i = 0; i < count; i++) {
        brv_buf_clear(t->run);
        size_t used = brv_fill_line_write(&cell->words, &filled[i], options.width, t->run);
        brv_str line = brv_buf_str(t->run);
        if (cell->direction != BRV_DIRECTION_LTR) {
            struct brv_buf *isolated = brv_buf_new_in(t->scratch);
            brv_text_isolate(cell->direction, line, isolated);
            line = brv_buf_str(isolated);
        }
        set.lines[i] = line_in_row(d, brv_arena_str(t->scratch, line), used);
    }
    return set;
}

// Columns to leave empty before the words of a cell, out of `empty`.
static size_t empty_before(const struct drawing *d, enum brv_text_align align, size_t empty)
{
    switch (align) {
    case BRV_ALIGN_CENTER:
        return empty / 2;
    case BRV_ALIGN_END:
        return empty;
    case BRV_ALIGN_RIGHT:
        return d->is_rtl ? 0 : empty;
    case BRV_ALIGN_LEFT:
        return d->is_rtl ? empty : 0;
    case BRV_ALIGN_START:
    case BRV_ALIGN_JUSTIFY:
        break;
    }
    return 0;
}

static void add_aligned(const struct drawing *d, struct cell_line line, size_t width,
                        enum brv_text_align align)
{
    size_t empty = line.width < width ? width - line.width : 0;
    size_t before = empty_before(d, align, empty);
    brv_buf_add_repeated(d->line, ' ', before);
    brv_buf_add_str(d->line, line.text);
    brv_buf_add_repeated(d->line, ' ', empty - before);
}

// A line from right to left behind what stands before it, `shift` columns in.
static brv_str line_from_right(const struct drawing *d, brv_str before, brv_str line, size_t shift)
{
    enum { RIGHT_TO_LEFT_MARK = 0x200F };
    struct brv_buf *whole = brv_buf_new_in(d->t->scratch);
    brv_buf_add_str(whole, before);
    brv_buf_add_str(whole, line);
    if (line.len > 0 && line.ptr[line.len - 1] == ' ') // else drawn at the right (UAX 9, L1)
        brv_buf_add_codepoint(whole, RIGHT_TO_LEFT_MARK);
    struct brv_buf *shown = brv_buf_new_in(d->t->scratch);
    brv_buf_add_repeated(shown, ' ', shift);
    brv_text_isolate(BRV_DIRECTION_RTL, brv_buf_str(whole), shown);
    return brv_buf_str(shown);
}

// `beyond`: columns by which cells are wider than their columns.
static void put_line(const struct drawing *d, brv_str line, size_t beyond)
{
    struct brv_flow *flow = d->flow;
    struct brv_flow_text text = { .text = line, .width = d->width + beyond, .is_fixed = true };
    if (d->is_rtl) {
        size_t room = brv_flow_room(flow);
        if (d->t->table_depth == 0 && brv_flow_may_begin_right(flow) && text.width < room)
            text.shift = room - text.width;
        text.width += text.shift;
        brv_buf_clear(d->before);
        if (flow->header) {
            brv_flow_add_rtl_again(flow, d->before);
            text.again = line_from_right(d, brv_buf_str(d->before), line, text.shift);
            brv_buf_clear(d->before);
        }
        brv_flow_add_rtl(flow, d->before);
        text.text = line_from_right(d, brv_buf_str(d->before), line, text.shift);
    }
    brv_flow_put(flow, &text);
}

// Draws the next line of the cell that stands in a column; returns by how much it is wider.
static size_t draw_cell_line(const struct drawing *d, const struct brv_text_cell *cell)
{
    struct standing *standing = &d->standing[cell->column];
    struct cell_line one = { 0 };
    if (standing->shown < standing->text->count)
        one = standing->text->lines[standing->shown++];
    size_t width = text_width(d, cell);
    size_t drawn = cell->before + cell->after + (one.width > width ? one.width : width);
    brv_buf_add_repeated(d->line, ' ', cell->before);
    add_aligned(d, one, width, cell->styled->style->text_align);
    brv_buf_add_repeated(d->line, ' ', cell->after);
    return drawn - cell_width(d, cell);
}

// Lines of a row: all that is left of the cells that end with it.
static size_t row_height(const struct drawing *d, size_t row)
{
    size_t height = 1;
    bool is_last = row + 1 == d->grid->count;
    for (size_t column = 0; column < d->grid->column_count;) {
        const struct brv_text_cell *cell = d->owners[column].cell;
        column += cell ? cell->span : 1;
        if (!cell || (d->owners[cell->column].end > row + 1 && !is_last))
            continue;
        const struct standing *standing = &d->standing[cell->column];
        size_t left = standing->text->count - standing->shown;
        height = left > height ? left : height;
    }
    return height;
}

static void draw_row(const struct drawing *d, size_t row)
{
    struct brv_buf *line = d->line;
    for (size_t y = row_height(d, row); y > 0; y--) {
        brv_buf_clear(line);
        size_t beyond = 0;
        for (size_t column = 0; column < d->grid->column_count;) {
            const struct brv_text_cell *cell = d->owners[column].cell;
            if (column > 0)
                brv_buf_add_str(line, d->between);
            if (cell)
                beyond += draw_cell_line(d, cell);
            else
                brv_buf_add_repeated(line, ' ', d->columns[column].width);
            column += cell ? cell->span : 1;
        }
        put_line(d, brv_buf_str(line), beyond);
        if (y > 1)
            brv_flow_keep(d->flow);
    }
}

// ---- rules

// True when a bar stands before a column.
static bool has_bar(const struct brv_text_owner *owners, size_t column)
{
    return !owners[column].cell || owners[column].cell != owners[column - 1].cell;
}

// Where lines of a table meet, of those that go up and down from there and to either side.
static brv_str crossing(const struct brv_text *t, bool up, bool down, bool left, bool right)
{
    static const char *const drawn[] = { " ",      "\u2500", "\u2500", "\u2500", "\u2502", "\u250C",
                                         "\u2510", "\u252C", "\u2502", "\u2514", "\u2518", "\u2534",
                                         "\u2502", "\u251C", "\u2524", "\u253C" };
    static const char typed[] = " ---|+++|+++|+++";
    unsigned which = (up ? 8u : 0) | (down ? 4u : 0) | (left ? 2u : 0) | (right ? 1u : 0);
    return t->is_ascii ? (brv_str){ &typed[which], 1 } : brv_str_from_cstr(drawn[which]);
}

// The rule above a row. Where a cell reaches over both rows, its text goes on.
static void draw_rule(struct drawing *d, size_t row)
{
    struct brv_text *t = d->t;
    size_t count = d->grid->column_count;
    const struct brv_text_row *rows = &d->grid->rows[row - 1];
    bool is_plain = rows[0].count == count && rows[1].count == count; // nothing spans anything
    brv_flow_keep(d->flow);
    if (is_plain && d->plain_rule.len > 0) {
        put_line(d, d->plain_rule, 0);
        return;
    }
    brv_str dash = brv_text_choose(t, "\u2500", "-");
    struct brv_buf *line = d->line;
    brv_buf_clear(line);
    size_t beyond = 0;
    bool was_open = false; // before the column
    for (size_t column = 0; column < count;) {
        const struct brv_text_cell *cell = d->owners[column].cell;
        bool is_open = cell && cell == d->above[column].cell;
        if (column > 0) {
            bool up = has_bar(d->above, column);
            bool down = has_bar(d->owners, column);
            brv_buf_add_str(line, was_open ? BRV_S(" ") : dash);
            brv_buf_add_str(line, crossing(t, up, down, !was_open, !is_open));
            brv_buf_add_str(line, is_open ? BRV_S(" ") : dash);
        }
        if (is_open)
            beyond += draw_cell_line(d, cell);
        for (size_t x = 0; x < d->columns[column].width && !is_open; x++)
            brv_buf_add_str(line, dash);
        column += is_open ? cell->span : 1;
        was_open = is_open;
    }
    put_line(d, brv_buf_str(line), beyond);
    if (is_plain)
        d->plain_rule = brv_arena_str(t->scratch, brv_buf_str(line));
}

static void draw_grid(struct drawing *d)
{
    const struct brv_text_grid *grid = d->grid;
    struct cell_text **texts = BRV_NEW_ARRAY(d->t->scratch, struct cell_text *, grid->count);
    bool is_tall = false;
    for (size_t r = 0; r < grid->count; r++) {
        const struct brv_text_row *row = &grid->rows[r];
        texts[r] = BRV_NEW_ARRAY(d->t->scratch, struct cell_text, row->count);
        for (size_t i = 0; i < row->count; i++) {
            texts[r][i] = cell_set(d, &row->cells[i]);
            is_tall = is_tall || (!row->is_header && texts[r][i].count > row->cells[i].down);
        }
    }
    struct brv_text_owner *above =
        BRV_NEW_ARRAY(d->t->scratch, struct brv_text_owner, grid->column_count);
    struct brv_text_owner *owners =
        BRV_NEW_ARRAY(d->t->scratch, struct brv_text_owner, grid->column_count);
    d->owners = owners;
    d->above = above;
    d->standing = BRV_NEW_ARRAY(d->t->scratch, struct standing, grid->column_count);
    bool has_header = grid->header_count > 0 && grid->header_count < grid->count;
    if (has_header)
        brv_flow_header_begin(d->flow);
    for (size_t r = 0; r < grid->count; r++) {
        bool ends_header = r == grid->header_count && r > 0;
        memcpy(above, owners, grid->column_count * sizeof *owners);
        brv_text_owners_step(grid, r, owners);
        if (d->has_rules && r > 0 && (ends_header || (is_tall && r > grid->header_count)))
            draw_rule(d, r);
        if (ends_header)
            brv_flow_header_end(d->flow);
        if (r > 0 && r <= grid->header_count)
            brv_flow_keep(d->flow); // a header stays with its first row
        for (size_t i = 0; i < grid->rows[r].count; i++)
            d->standing[grid->rows[r].cells[i].column] = (struct standing){ &texts[r][i], 0 };
        draw_row(d, r);
    }
    if (has_header)
        brv_flow_header_drop(d->flow);
}

void brv_text_grid_draw(struct brv_text *t, struct brv_flow *flow, const struct brv_text_grid *grid,
                        const struct brv_text_column *columns, brv_str between, bool has_rules,
                        int depth)
{
    struct drawing d = {
        .t = t,
        .flow = flow,
        .grid = grid,
        .columns = columns,
        .between = between,
        .between_width = brv_str_width(between),
        .line = brv_buf_new_in(t->scratch),
        .before = brv_buf_new_in(t->scratch),
        .has_rules = has_rules,
        .is_rtl = brv_text_is_rtl(t, grid->table),
        .depth = depth,
    };
    for (size_t k = 0; k < grid->column_count; k++)
        d.width += columns[k].width + (k > 0 ? d.between_width : 0);
    draw_grid(&d);
}
