// Brevier — lines of the text output: prefixes, blank lines, width.
// A flow is where finished lines go: the document itself, or a table cell. Blocks push what stands
// before each of their lines ("> ", a list marker, spaces) and pop it again; the gaps between
// blocks collapse as CSS margins do and become blank lines only when a next line comes.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_FLOW_H
#define BRV_OUTPUT_TEXT_FLOW_H

#include "base/buf.h"

#include <stdbool.h>

// What stands before the lines of one block; lives in the stack frame that pushed it.
struct brv_prefix {
    struct brv_prefix *outer;
    brv_str first; // before the first line
    brv_str rest;  // before all others; as wide as `first`
    size_t total;  // columns, the outer ones included
    bool is_used;
};

struct brv_flow {
    struct brv_buf *out;
    size_t width;  // columns, prefixes included
    float line_pt; // height of a line: gaps are given in points
    struct brv_prefix *prefix;
    struct brv_prefix *gap_prefix; // what the blank lines of the next gap have in common
    float gap_pt;
    size_t widest; // the longest line so far, prefixes included
    bool has_lines;
    bool is_joined; // the next line follows without a gap
};

// Columns that the next line has.
size_t brv_flow_room(const struct brv_flow *flow);

// `first` and `rest` must have the same width; both are borrowed until the pop.
void brv_flow_push(struct brv_flow *flow, struct brv_prefix *prefix, brv_str first, brv_str rest);
// Removes the innermost prefix. A first prefix that no line has shown yet gets a line of its own.
void brv_flow_pop(struct brv_flow *flow);

// At least this much room before the next line; gaps that meet collapse into the largest.
void brv_flow_gap(struct brv_flow *flow, float gap_pt);

// Lets the next line follow without a gap, whatever margins come before it.
void brv_flow_join(struct brv_flow *flow);

// Writes one line (no line feed in it), without its trailing spaces.
void brv_flow_line(struct brv_flow *flow, brv_str line);

#endif
