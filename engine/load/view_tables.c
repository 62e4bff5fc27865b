// Brevier — tables in a view: those over the limits, short delimiter rows, cells beyond the head.
// SPDX-License-Identifier: MIT
#include "load/view_scan.h"

enum { CELLS_MAX = 200000 }; // of all tables of a text; md4c pads short rows with empty cells

// Number of columns when text[from, to) has the form of a table's delimiter row, else 0.
static size_t delimiter_columns(brv_str text, size_t from, size_t to)
{
    size_t columns = 0;
    bool dash = false;
    bool bar = false;
    for (size_t i = from; i < to; i++) {
        char c = text.ptr[i];
        if (c == '-') {
            columns += !dash;
            dash = true;
        } else if (c == '|') {
            dash = false;
            bar = true;
        } else if (c != ':' && !brv_is_space(c)) {
            return 0;
        }
    }
    return bar ? columns : 0;
}

// md4c wants three characters in each cell of a delimiter row: lets spaces beside the dashes of a
// shorter one count as dashes. False when there are too few even so.
static bool widen_delimiter(struct brv_view_scan *scan, size_t from, size_t to)
{
    brv_str text = scan->text;
    while (from < to && brv_is_space(text.ptr[from])) {
        from++;
    }
    while (to > from && brv_is_space(text.ptr[to - 1])) {
        to--;
    }
    size_t left = from;
    size_t right = to;
    while (right - left < 3 && text.ptr[from] == '-' && left > 0 && text.ptr[left - 1] == ' ') {
        left--;
    }
    while (right - left < 3 && text.ptr[to - 1] == '-' && right < text.len &&
           text.ptr[right] == ' ') {
        right++;
    }
    if (right - left < 3) {
        return false;
    }
    brv_view_hide(scan, brv_str_slice(text, left, from), '-');
    brv_view_hide(scan, brv_str_slice(text, to, right), '-');
    return true;
}

static void widen_delimiters(struct brv_view_scan *scan, size_t from, size_t to)
{
    brv_str text = scan->text;
    for (size_t start = from; start < to;) {
        size_t end = brv_str_find_byte(brv_str_slice(text, 0, to), start, '|');
        bool is_cell = brv_str_trim(brv_str_slice(text, start, end)).len > 0;
        if (is_cell && !widen_delimiter(scan, start, end)) {
            struct brv_diag *diag =
                brv_report(scan->sink,
                           BRV_WARNING,
                           BRV_CODE_INPUT,
                           brv_view_place(scan, brv_str_slice(text, from, to)),
                           "a table needs three dashes below each column's head; shown as text");
            brv_diag_hint(scan->sink, diag, "write |---|---|");
            return;
        }
        start = end + 1;
    }
}

void brv_view_mask_large_table(struct brv_view_scan *scan, struct brv_line line, size_t from,
                               size_t rows)
{
    size_t columns = delimiter_columns(scan->text, from, line.end);
    const struct brv_limits *limits = scan->limits;
    if (columns == 0) {
        return;
    }
    bool is_small = columns <= limits->table_columns && rows <= limits->table_rows;
    if (is_small && columns * rows <= CELLS_MAX - scan->cells) {
        scan->cells += columns * rows;
        scan->columns = columns;
        widen_delimiters(scan, from, line.end);
        return;
    }
    brv_str row = brv_str_slice(scan->text, from, line.end);
    if (is_small) {
        brv_report(scan->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_view_place(scan, row),
                   "more than %d table cells in one text; the table is shown as text",
                   CELLS_MAX);
    } else {
        brv_report(scan->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_view_place(scan, row),
                   "table of %zu columns and %zu rows, at most %zu and %zu are allowed; shown as "
                   "text",
                   columns,
                   rows,
                   limits->table_columns,
                   limits->table_rows);
    }
    brv_view_hide(scan, row, BRV_VIEW_MASK);
}

// Where all the cells that a table's head has are empty in a row but further ones are not, md4c
// would drop those: hides the bars between them, which makes them text of the last cell. (Rows with
// text in an earlier cell are seen to when they are read, in md_blocks.c.)
void brv_view_keep_cells(struct brv_view_scan *scan, struct brv_line line, size_t from)
{
    brv_str text = scan->text;
    size_t bars = 0;
    size_t at = from + (from < line.end && text.ptr[from] == '|');
    for (; at < line.end && bars < scan->columns; at++) {
        if (text.ptr[at] == '|') {
            bars++;
        } else if (!brv_is_space(text.ptr[at])) {
            return;
        }
    }
    brv_str rest = brv_str_trim(brv_str_slice(text, at, line.end));
    size_t first = 0;
    while (first < rest.len && (rest.ptr[first] == '|' || brv_is_space(rest.ptr[first]))) {
        first++;
    }
    if (scan->columns == 0 || bars < scan->columns || first == rest.len) {
        return;
    }
    brv_report(scan->sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               brv_view_place(scan, rest),
               "row has more cells than the head of its table; added to the last one");
    for (size_t i = at - 1; i + 1 < line.end; i++) {
        if (text.ptr[i] == '|') {
            brv_view_hide(scan, brv_str_slice(text, i, i + 1), BRV_VIEW_MASK);
        }
    }
}
