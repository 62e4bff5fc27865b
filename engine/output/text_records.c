// Brevier — tables of the text output as records: for tables too wide for a grid.
// The header becomes one line that names the columns. Each row becomes a list of "Key: value"
// lines, the keys being the cells of the header above it; a short rule parts one row from the next.
// What a cell says for several rows stands in each of their records.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

enum {
    RULE_COLUMNS = 8,
    HANG_COLUMNS = 2,
    KEY_MOST_BYTES = 120, // a longer header is no key: it is not repeated with each row
    AGAIN_MOST_BYTES = KEY_MOST_BYTES, // nor is a longer value that stands for several rows
};

// The key for a column: the words of the header cells above it, outermost first.
static brv_str *column_keys(struct brv_text *t, const struct brv_text_grid *grid)
{
    brv_str *keys = BRV_NEW_ARRAY(t->arena, brv_str, grid->column_count);
    for (size_t r = 0; r < grid->header_count; r++) {
        for (size_t i = 0; i < grid->rows[r].count; i++) {
            struct brv_text_cell *cell = &grid->rows[r].cells[i];
            brv_str run = brv_text_line(t, brv_text_cell_run(t, cell));
            if (run.len == 0 || run.len > KEY_MOST_BYTES)
                continue;
            for (size_t k = cell->column; k < cell->column + cell->span; k++)
                if (keys[k].len + run.len <= KEY_MOST_BYTES)
                    keys[k] = keys[k].len == 0 ? run
                                               : brv_arena_printf(t->arena,
                                                                  "%" BRV_STR_F " / %" BRV_STR_F,
                                                                  BRV_STR_ARG(keys[k]),
                                                                  BRV_STR_ARG(run));
        }
    }
    return keys;
}

// How far two keys name the same: "Window" of "Window / from" and "Window / to".
static brv_str key_in_common(brv_str a, brv_str b)
{
    static const brv_str between = BRV_S_INIT(" / ");
    size_t end = 0;
    for (size_t at = 0; at <= a.len && at <= b.len; at++) {
        bool ends_a = at == a.len || brv_str_starts_with(brv_str_from(a, at), between);
        bool ends_b = at == b.len || brv_str_starts_with(brv_str_from(b, at), between);
        if (ends_a && ends_b)
            end = at;
        if (at == a.len || at == b.len || a.ptr[at] != b.ptr[at])
            break;
    }
    return brv_str_slice(a, 0, end);
}

// The key for a cell: where it reaches over several columns, what their keys have in common, or
// all of them.
static brv_str cell_key(struct brv_text *t, const brv_str *keys, const struct brv_text_cell *cell)
{
    brv_str common = keys[cell->column];
    if (cell->span == 1)
        return common;
    struct brv_buf *all = brv_buf_new_in(t->scratch);
    brv_buf_add_str(all, common);
    for (size_t k = cell->column + 1; k < cell->column + cell->span; k++) {
        common = key_in_common(common, keys[k]);
        if (keys[k].len == 0 || brv_str_equal(keys[k], keys[k - 1]) ||
            all->len + keys[k].len > KEY_MOST_BYTES)
            continue;
        brv_buf_add_cstr(all, all->len > 0 ? ", " : "");
        brv_buf_add_str(all, keys[k]);
    }
    return common.len > 0 ? common : brv_buf_str(all);
}

// "Key: value". Where all keys are short the values begin in one column, as definitions do. Else
// the value follows its key and goes on two columns in; below a key that would leave it too little
// room.
struct field {
    struct brv_text_cell *cell;
    brv_str label;
    size_t column; // where values begin; 0: nowhere in particular
};

static brv_str key_label(struct brv_text *t, brv_str key)
{
    if (key.len == 0)
        return key;
    bool has_colon = key.ptr[key.len - 1] == ':';
    return brv_text_joined(t, key, has_colon ? BRV_S(" ") : BRV_S(": "));
}

// A paragraph that begins `outdent` columns further left. What aligned the words of a cell in their
// column does so no more.
static void record_paragraph(struct brv_text *t, struct brv_flow *flow,
                             const struct brv_text_cell *cell, brv_str run, size_t outdent)
{
    struct brv_style plain = *cell->styled->style;
    plain.text_align = BRV_ALIGN_START;
    plain.text_indent = (struct brv_length){ .pt = -(float)outdent * t->cell_pt };
    brv_text_paragraph(t, flow, &plain, run);
}

static void record_value(struct brv_text *t, struct brv_flow *flow, struct brv_text_cell *cell,
                         int depth)
{
    if (cell->is_paragraph)
        record_paragraph(t, flow, cell, brv_text_cell_run(t, cell), 0);
    else
        brv_text_blocks(t, flow, cell->styled, depth);
}

// Columns that a value of more than one paragraph needs: those of its widest line where all lines
// are as short as they get. While lines are only counted nobody asks, else tables within tables
// would be set again and again.
static size_t blocks_least(struct brv_text *t, const struct brv_text_cell *cell, int depth)
{
    if (t->is_measuring)
        return 0;
    struct brv_flow flow = {
        .out = brv_buf_new_in(t->scratch),
        .width = 1,
        .line_pt = t->line_pt,
    };
    t->is_measuring = true;
    brv_text_blocks(t, &flow, cell->styled, depth);
    t->is_measuring = false;
    return flow.widest;
}

static void record_field(struct brv_text *t, struct brv_flow *flow, struct field field, int depth)
{
    struct brv_text_cell *cell = field.cell;
    struct brv_prefix prefix;
    size_t room = brv_flow_room(flow);
    size_t width = brv_str_width(field.label);
    struct brv_words words = { 0 };
    if (cell->is_paragraph)
        words = brv_words_cut(t->scratch, brv_text_cell_run(t, cell));
    size_t least = cell->is_paragraph ? words.widest_word : blocks_least(t, cell, depth);

    bool has_column = field.column > 0 && field.column >= width;
    if (has_column && field.column + least <= room) { // beside its key
        brv_str padding = brv_text_spaces(t, field.column - width);
        brv_str label = brv_text_isolated(t, field.label);
        brv_str first = brv_text_joined(t, label, padding);
        brv_flow_push(flow, &prefix, first, brv_text_spaces(t, field.column));
        record_value(t, flow, cell, depth);
        brv_flow_pop(flow);
        brv_flow_join(flow);
        return;
    }
    brv_str hang = brv_text_spaces(t, HANG_COLUMNS);
    brv_flow_push(flow, &prefix, hang, hang);
    if (cell->is_paragraph && (width < room / 2 || width + words.widest_line <= room)) {
        brv_str all = brv_text_joined(t, field.label, words.run);
        record_paragraph(t, flow, cell, all, HANG_COLUMNS); // after its key
    } else {                                                // below its key
        if (field.label.len > 0)
            record_paragraph(t, flow, cell, field.label, HANG_COLUMNS);
        brv_flow_join(flow);
        record_value(t, flow, cell, depth);
    }
    brv_flow_pop(flow);
    brv_flow_join(flow);
}

struct record {
    const brv_str *keys; // of the columns; NULL: there are none
    const struct brv_text_owner *owners;
    size_t column_count;
    size_t column; // where values begin
};

static void record_cell(struct brv_text *t, struct brv_flow *flow, const struct record *record,
                        struct brv_text_cell *cell, int depth)
{
    if (!cell->styled->first)
        return;
    brv_str key = record->keys ? cell_key(t, record->keys, cell) : (brv_str){ 0 };
    struct field field = { cell, key_label(t, key), record->column };
    record_field(t, flow, field, depth);
}

// The cells of a row in the order of their columns. One of a row above that reaches down to it is
// said again, unless that would be long.
static void record_row(struct brv_text *t, struct brv_flow *flow, const struct record *record,
                       const struct brv_text_row *row, int depth)
{
    size_t i = 0;
    for (size_t k = 0; k < record->column_count; k++) {
        struct brv_text_cell *above = record->owners[k].cell;
        bool is_own = i < row->count && row->cells[i].column == k;
        for (; i < row->count && row->cells[i].column == k; i++)
            record_cell(t, flow, record, &row->cells[i], depth);
        if (!is_own && above && above->column == k && above->is_paragraph &&
            brv_text_cell_run(t, above).len <= AGAIN_MOST_BYTES)
            record_cell(t, flow, record, above, depth);
    }
}

// A row of two cells below no header, the first of which is a header itself: a key and its value.
static bool row_is_keyed(const struct brv_text_row *row, size_t header_count)
{
    return header_count == 0 && row->count == 2 && row->cells[0].is_header &&
           row->cells[0].is_paragraph && !row->cells[1].is_header;
}

static brv_str row_key(struct brv_text *t, const struct brv_text_row *row)
{
    return brv_text_line(t, brv_text_cell_run(t, &row->cells[0]));
}

// Where values may begin beside all their keys; 0 when a key is too long for that.
static size_t value_column(struct brv_text *t, const struct brv_text_grid *grid,
                           const brv_str *keys, size_t room)
{
    size_t widest = 0;
    for (size_t k = 0; grid->header_count > 0 && k < grid->column_count; k++) {
        size_t width = brv_str_width(key_label(t, keys[k]));
        widest = width > widest ? width : widest;
    }
    for (size_t r = 0; r < grid->count; r++) {
        if (!row_is_keyed(&grid->rows[r], grid->header_count))
            continue;
        size_t width = brv_str_width(key_label(t, row_key(t, &grid->rows[r])));
        widest = width > widest ? width : widest;
    }
    return widest <= room / 3 ? widest : 0;
}

// "Indicator / Type / First seen", for the order in which the table was written.
static void header_line(struct brv_text *t, struct brv_flow *flow, const struct brv_text_row *row)
{
    struct brv_buf *line = brv_buf_new_in(t->arena);
    for (size_t i = 0; i < row->count; i++) {
        brv_str run = brv_text_line(t, brv_text_cell_run(t, &row->cells[i]));
        if (line->len > 0 && run.len > 0)
            brv_buf_add_cstr(line, " / ");
        brv_buf_add_str(line, run);
    }
    struct brv_style plain = *row->cells[0].styled->style;
    plain.text_align = BRV_ALIGN_START;
    brv_text_paragraph(t, flow, &plain, brv_buf_str(line));
}

void brv_text_records(struct brv_text *t, struct brv_flow *flow, const struct brv_text_grid *grid,
                      int depth)
{
    bool has_body = grid->header_count < grid->count;
    const brv_str *keys = column_keys(t, grid);
    size_t column = value_column(t, grid, keys, brv_flow_room(flow));
    for (size_t r = 0; has_body && r < grid->header_count; r++)
        header_line(t, flow, &grid->rows[r]);
    struct brv_text_owner *owners =
        BRV_NEW_ARRAY(t->scratch, struct brv_text_owner, grid->column_count);
    struct record record = { has_body ? keys : NULL, owners, grid->column_count, column };
    for (size_t r = 0; r < grid->count; r++) {
        const struct brv_text_row *row = &grid->rows[r];
        brv_text_owners_step(grid, r, owners);
        if (has_body && r < grid->header_count)
            continue;
        bool is_keyed = row_is_keyed(row, grid->header_count);
        if (r > 0 && grid->column_count > 1 && !is_keyed) {
            brv_flow_keep(flow);
            brv_text_rule(t, flow, brv_text_choose(t, "\u2500", "-"), 0, RULE_COLUMNS);
        }
        if (r > 0 && r == grid->header_count)
            brv_flow_keep(flow);
        size_t outer_hold = brv_flow_hold(flow); // a record stays on its page
        if (is_keyed) {
            struct field field = { &row->cells[1], key_label(t, row_key(t, row)), column };
            record_field(t, flow, field, depth);
        } else {
            record_row(t, flow, &record, row, depth);
        }
        brv_flow_release(flow, outer_hold);
    }
    flow->is_joined = false; // what follows the table stands off again
}
