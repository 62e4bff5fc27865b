// Brevier — lines of the text output: prefixes, blank lines, width.
// A flow is where finished lines go: the document itself, or a table cell. Blocks push what stands
// before each of their lines ("> ", a list marker, spaces) and pop it again; the gaps between
// blocks collapse as CSS margins do and become blank lines only when a next line comes.
//
// Who cuts the text into pages (text_page.c) gives the flow a list of marks: one for each line,
// which says whether a page may, must or must not begin there.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_FLOW_H
#define BRV_OUTPUT_TEXT_FLOW_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>

// What stands before the lines of one block; lives in the stack frame that pushed it.
struct brv_prefix {
    struct brv_prefix *outer;
    brv_str first; // before the first line
    brv_str rest;  // before all others; as wide as `first`
    size_t total;  // columns, the outer ones included
    bool is_used;
    bool hangs;    // `first` is a marker
    bool is_quote; // the "> " of a quotation
    bool is_rtl;   // it stands within lines from right to left, before their words
};

struct brv_flow_mark {
    size_t offset; // of the line in the buffer
    bool is_blank;
    bool breaks;  // a page begins here
    bool keeps;   // stays on the page of the line before
    brv_str page; // the name of its page
};

// The header of a table, which a page that begins within the table repeats.
struct brv_flow_header {
    size_t end;  // mark of the first line below it
    size_t last; // mark after the table
    size_t line_count;
    brv_str lines; // as they are repeated
};

struct brv_flow_marks {
    struct brv_arena *arena;
    struct brv_flow_mark *items;
    size_t count;
    size_t capacity;
    struct brv_flow_header *headers;
    size_t header_count, header_capacity;
};

struct brv_flow_text {
    brv_str text; // no line feed in it
    size_t width;
    size_t shift;   // blank columns that `text` and `width` begin with, to align it
    size_t outdent; // columns it begins further out, as brv_flow_free() allows
    bool is_rtl;    // at the right, where `text` already does so
    size_t soft;    // spaces that say to a mail reader: the next line goes on with this paragraph
    bool is_kept;   // with the spaces at its end, except where a mail reader would misread them
    bool is_fixed;  // in columns with the lines above and below: mail moves all of them or none
    brv_str again;  // the text where it is repeated, when that differs: without the marker in it
};

// Told of each line that is wider than the flow.
typedef void brv_flow_wide_fn(void *user, brv_str line);

struct brv_flow {
    struct brv_buf *out;
    size_t width;  // columns, prefixes included
    float line_pt; // height of a line: gaps are given in points
    struct brv_prefix *prefix;
    struct brv_prefix *gap_prefix; // what the blank lines of the next gap have in common
    float gap_pt;
    size_t widest;             // the longest line so far, prefixes included
    size_t least_shift;        // of all lines so far, the fewest columns that one was shifted by
    size_t line_count;         // blank ones not counted
    bool is_joined;            // the next line follows without a gap
    bool is_mail;              // format=flowed (RFC 3676)
    bool is_delsp;             // delsp=yes: the space that makes a line soft is none of the text
    bool breaks;               // the next line begins a page
    bool keeps;                // the next line stays with the last one
    size_t held_from;          // lines after this one stay with it; 0: none
    size_t limit;              // columns that a line should keep to; 0: any
    brv_flow_wide_fn *on_wide; // NULL: nobody is told
    void *user;
    struct brv_flow_marks *marks; // NULL: pages do not matter
    brv_str page;                 // the name of the page that the next line stands on
    brv_str last_page;            // and the last one
    struct brv_buf *header;       // where lines are written once more; NULL: nowhere
};

// Columns that the next line has.
size_t brv_flow_room(const struct brv_flow *flow);
// Blank columns right before the words of the next line, into which it may be outdented: at the
// right where it runs from there.
size_t brv_flow_free(const struct brv_flow *flow, bool is_rtl);

// `first` and `rest` must have the same width; both are borrowed until the pop.
void brv_flow_push(struct brv_flow *flow, struct brv_prefix *prefix, brv_str first, brv_str rest);
// Removes the innermost prefix. A first prefix that no line has shown yet gets a line of its own.
void brv_flow_pop(struct brv_flow *flow);

// The prefixes that stand within a line from right to left, for who writes one; they count as
// shown. Those that a line has where it is repeated are as wide.
void brv_flow_add_rtl(struct brv_flow *flow, struct brv_buf *out);
void brv_flow_add_rtl_again(const struct brv_flow *flow, struct brv_buf *out);
// True when no marker stands at the left of the lines.
bool brv_flow_may_begin_right(const struct brv_flow *flow);
// True when a mail reader may join the lines of a paragraph.
bool brv_flow_may_join(const struct brv_flow *flow);

// At least this much room before the next line; gaps that meet collapse into the largest.
void brv_flow_gap(struct brv_flow *flow, float gap_pt);
// Lets the next line follow without a gap, whatever margins come before it.
void brv_flow_join(struct brv_flow *flow);

// The next line begins a page, as one does that stands on a page of another name than the last;
// where there are none it stands off by two lines.
void brv_flow_break(struct brv_flow *flow);
// The next line stays on the page of the last one.
void brv_flow_keep(struct brv_flow *flow);
// From here to the release, all lines stay together. Gives what the release needs.
size_t brv_flow_hold(struct brv_flow *flow);
void brv_flow_release(struct brv_flow *flow, size_t outer);

// The lines from begin to end are the header of a table, and those up to the last call its rows.
// Where pages do not matter, nothing happens. Meanwhile `flow->header` is not NULL.
void brv_flow_header_begin(struct brv_flow *flow);
void brv_flow_header_end(struct brv_flow *flow);
void brv_flow_header_drop(struct brv_flow *flow);

// Writes one line, without its trailing spaces unless they are kept.
void brv_flow_put(struct brv_flow *flow, const struct brv_flow_text *line);
// The same for a text that is measured here.
void brv_flow_line(struct brv_flow *flow, brv_str line);

#endif
