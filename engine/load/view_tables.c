// Brevier — tables in a view: those over the limits, short delimiter rows, cells beyond the head.
// SPDX-License-Identifier: MIT
#include "load/view_scan.h"

enum {
    CELLS_MAX = 200000, // of all tables of a text; md4c pads short rows with empty cells
    DELIMITER_MIN = 3,  // characters that md4c wants in a cell of a delimiter row
};

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

// True when every cell of text[from, to) that is not empty reads "-", ":-", "-:" or ":-:", with any
// number of dashes.
static bool is_delimiter_row(brv_str text, size_t from, size_t to)
{
    for (size_t start = from; start < to;) {
        size_t end = brv_str_find_byte(brv_str_slice(text, 0, to), start, '|');
        brv_str cell = brv_str_trim(brv_str_slice(text, start, end));
        size_t colons = cell.len > 0 && cell.ptr[0] == ':';
        colons += cell.len > 1 && cell.ptr[cell.len - 1] == ':';
        size_t dashes = 0;
        for (size_t i = 0; i < cell.len; i++) {
            dashes += cell.ptr[i] == '-';
        }
        if (cell.len > 0 && (dashes == 0 || dashes + colons != cell.len)) {
            return false;
        }
        start = end + 1;
    }
    return true;
}

// md4c wants three characters in each cell of a delimiter row, Markdown's rules but one dash: notes
// how many are missing before the first dash of each.
static void find_gaps(struct brv_view_scan *scan, size_t from, size_t to)
{
    brv_str text = scan->text;
    if (!is_delimiter_row(text, from, to)) {
        return;
    }
    for (size_t start = from; start < to;) {
        size_t end = brv_str_find_byte(brv_str_slice(text, 0, to), start, '|');
        size_t len = brv_str_trim(brv_str_slice(text, start, end)).len;
        if (len > 0 && len < DELIMITER_MIN) {
            BRV_PUSH(scan->arena, scan->gaps, scan->gap_count, scan->gap_capacity) =
                (struct brv_view_gap){ .at = (uint32_t)brv_str_find_byte(text, start, '-'),
                                       .dashes = (uint32_t)(DELIMITER_MIN - len) };
        }
        start = end + 1;
    }
}

// Every byte of the text goes through here once: copies what stands before a gap, with the pieces
// that begin there.
void brv_view_widen(struct brv_view_scan *scan)
{
    struct brv_view *view = scan->view;
    if (scan->gap_count == 0) {
        return;
    }
    static const struct brv_view_piece whole[] = { { 0, 0 } };
    const struct brv_view_piece *old = view->pieces ? view->pieces : whole;
    size_t old_count = view->pieces ? view->piece_count : 1;
    struct brv_view_piece *pieces =
        BRV_NEW_ARRAY(scan->arena, struct brv_view_piece, old_count + scan->gap_count);
    char *text = brv_arena_alloc(scan->arena, view->len + DELIMITER_MIN * scan->gap_count + 1);
    size_t count = 0;
    size_t len = 0;
    size_t from = 0;
    size_t next = 0; // of the old pieces
    for (size_t i = 0; i <= scan->gap_count; i++) {
        size_t to = i < scan->gap_count ? scan->gaps[i].at : view->len;
        for (; next < old_count && old[next].at <= to; next++) {
            pieces[count++] =
                (struct brv_view_piece){ .at = (uint32_t)(len + (old[next].at - from)),
                                         .origin = old[next].origin };
        }
        memcpy(text + len, view->text + from, to - from);
        len += to - from;
        from = to;
        if (i < scan->gap_count) {
            uint32_t origin = old[next - 1].origin + (uint32_t)(to - old[next - 1].at);
            memset(text + len, '-', scan->gaps[i].dashes);
            len += scan->gaps[i].dashes;
            pieces[count++] = (struct brv_view_piece){ .at = (uint32_t)len, .origin = origin };
        }
    }
    text[len] = '\0';
    view->text = text;
    view->len = len;
    view->pieces = pieces;
    view->piece_count = count;
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
        find_gaps(scan, from, line.end);
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
