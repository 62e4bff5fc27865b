// Brevier — the state of the scan that masks a view. Only the view*.c files see this.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_VIEW_SCAN_H
#define BRV_LOAD_VIEW_SCAN_H

#include "load/line.h"
#include "load/view.h"

enum { BRV_VIEW_MASK = 'x' };

// Dashes to be put in before the byte at `at` of the copy.
struct brv_view_gap {
    uint32_t at;
    uint32_t dashes;
};

struct brv_view_scan {
    struct brv_view *view;
    brv_str text; // the copy as it was before anything was masked
    const struct brv_limits *limits;
    struct brv_notes *notes;
    struct brv_arena *arena;
    struct brv_sink *sink;
    struct brv_map called; // labels of "[^label]"
    struct brv_fence fence;
    size_t run_end; // number of the line after the run of non-blank lines around the current one
    struct brv_view_gap *gaps; // in the order of the text
    size_t gap_count;
    size_t gap_capacity;
    size_t cells;
    size_t columns;    // of the table whose rows may follow in that run; 0: none
    size_t bare_links; // in that run, so far
    size_t brackets;   // in that run, so far
    size_t brackets_open;
    bool brackets_reported;
    bool nesting_reported;
};

// Shows md4c `byte` in place of each byte of `slice` of scan->text; line feeds stay.
void brv_view_hide(struct brv_view_scan *scan, brv_str slice, char byte);
struct brv_span brv_view_place(const struct brv_view_scan *scan, brv_str slice);

// view_tables.c: what a line whose content begins at `from` means for tables; `rows` non-blank
// lines follow it.
void brv_view_mask_large_table(struct brv_view_scan *scan, struct brv_line line, size_t from,
                               size_t rows);
// Puts in the dashes that the scan found wanting.
void brv_view_widen(struct brv_view_scan *scan);
void brv_view_keep_cells(struct brv_view_scan *scan, struct brv_line line, size_t from);

#endif
