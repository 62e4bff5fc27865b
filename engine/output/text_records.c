// Brevier — tables of the text output as records: for tables too wide for a grid.
// The header becomes one line that names the columns. Each row becomes a list of "Key: value"
// lines, the keys being the cells of the header above it; a short rule parts one row from the next.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

enum {
    RULE_COLUMNS = 8,
    HANG_COLUMNS = 2,
    KEY_MOST_BYTES = 120, // a longer header is no key: it is not repeated with each row
};

// The key for a column: the words of the header cells above it, outermost first.
static brv_str *column_keys(struct brv_text *t, const struct brv_text_grid *grid)
{
    brv_str *keys = BRV_NEW_ARRAY(t->arena, brv_str, grid->column_count);
    for (size_t r = 0; r < grid->header_count; r++) {
        for (size_t i = 0; i < grid->rows[r].count; i++) {
            const struct brv_text_cell *cell = &grid->rows[r].cells[i];
            brv_str run = brv_text_line(t, brv_text_run(t, cell->styled->first, NULL));
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

static brv_str key_label(struct brv_text *t, brv_str key)
{
    if (key.len == 0)
        return key;
    bool has_colon = key.ptr[key.len - 1] == ':';
    return brv_arena_printf(t->arena, "%" BRV_STR_F "%s ", BRV_STR_ARG(key), has_colon ? "" : ":");
}

// "Key: value" where the value's first line stands beside the key and the others hang. A key that
// would leave too little room gets a line of its own.
static void record_field(struct brv_text *t, struct brv_flow *flow,
                         const struct brv_text_cell *cell, brv_str label, int depth)
{
    struct brv_prefix prefix;
    bool is_paragraph = cell->is_paragraph;
    size_t width = brv_str_width(label);
    brv_str hang = brv_text_spaces(t, HANG_COLUMNS);
    if (is_paragraph && width < brv_flow_room(flow) / 2) {
        brv_str run = brv_text_run(t, cell->styled->first, NULL);
        brv_str all = brv_arena_printf(
            t->arena, "%" BRV_STR_F "%" BRV_STR_F, BRV_STR_ARG(label), BRV_STR_ARG(run));
        struct brv_words words = brv_words_cut(t->arena, all);
        size_t room = brv_flow_room(flow);
        struct brv_fill_options options = {
            .width = room > HANG_COLUMNS ? room - HANG_COLUMNS : 1,
        };
        size_t count = 0;
        const struct brv_fill_line *lines = brv_words_fill(t->arena, &words, options, &count);
        enum brv_direction direction = brv_text_direction(t, all);
        struct brv_buf *plain = brv_buf_new_in(t->arena);
        for (size_t i = 0; i < count; i++) {
            brv_buf_clear(t->run);
            brv_buf_add_str(t->run, i > 0 ? hang : (brv_str){ 0 });
            struct brv_buf *line = direction == BRV_DIRECTION_LTR ? t->run : plain;
            brv_buf_clear(plain);
            size_t used = brv_fill_line_write(&words, &lines[i], 0, line);
            if (direction != BRV_DIRECTION_LTR)
                brv_text_isolate(direction, brv_buf_str(plain), t->run);
            brv_flow_put(flow,
                         &(struct brv_flow_text){
                             .text = brv_buf_str(t->run),
                             .width = used + (i > 0 ? HANG_COLUMNS : 0),
                         });
        }
        return;
    }
    if (label.len > 0) {
        brv_flow_line(flow, label);
        brv_flow_join(flow);
    }
    brv_flow_push(flow, &prefix, hang, hang);
    brv_text_blocks(t, flow, cell->styled, depth);
    brv_flow_pop(flow);
    brv_flow_join(flow);
}

// A row of two cells below no header, the first of which is a header itself: a key and its value.
static bool row_is_keyed(const struct brv_text_row *row, size_t header_count)
{
    return header_count == 0 && row->count == 2 && row->cells[0].is_header &&
           row->cells[0].is_paragraph && !row->cells[1].is_header;
}

// "Indicator / Type / First seen", for the order in which the table was written.
static void header_line(struct brv_text *t, struct brv_flow *flow, const struct brv_text_row *row)
{
    struct brv_buf *line = brv_buf_new_in(t->arena);
    for (size_t i = 0; i < row->count; i++) {
        brv_str run = brv_text_line(t, brv_text_run(t, row->cells[i].styled->first, NULL));
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
    for (size_t r = 0; has_body && r < grid->header_count; r++)
        header_line(t, flow, &grid->rows[r]);
    for (size_t r = has_body ? grid->header_count : 0; r < grid->count; r++) {
        const struct brv_text_row *row = &grid->rows[r];
        bool is_keyed = row_is_keyed(row, grid->header_count);
        if (r > 0 && grid->column_count > 1 && !is_keyed) {
            brv_flow_keep(flow);
            brv_text_rule(t, flow, brv_text_choose(t, "\u2500", "-"), RULE_COLUMNS);
        }
        size_t outer_hold = brv_flow_hold(flow); // a record stays on its page
        for (size_t i = is_keyed ? 1 : 0; i < row->count; i++) {
            const struct brv_text_cell *cell = &row->cells[i];
            if (!cell->styled->first && !is_keyed)
                continue;
            brv_str key = has_body ? keys[cell->column] : (brv_str){ 0 };
            if (is_keyed)
                key = brv_text_line(t, brv_text_run(t, row->cells[0].styled->first, NULL));
            record_field(t, flow, cell, key_label(t, key), depth);
        }
        brv_flow_release(flow, outer_hold);
    }
    flow->is_joined = false; // what follows the table stands off again
}
