// Brevier — the text output's shared state, and what its files ask of each other.
// text.c begins and ends a document; text_inline.c and text_collect.c make runs of inline content,
// text_words.c and text_break.c cut them into words, text_fill.c fills lines with these,
// text_flow.c writes lines; text_block.c and text_list.c walk blocks; text_table.c, text_grid.c and
// text_records.c draw tables; text_refs.c keeps links and notes; text_page.c cuts pages;
// text_direction.c is for right-to-left text and text_ascii.c for those who can show nothing else.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_H
#define BRV_OUTPUT_TEXT_H

#include "base/hash.h"
#include "output/output.h"
#include "output/text_fill.h"
#include "output/text_flow.h"

// A named string or an id, and the line that it stands on.
struct brv_text_mark {
    size_t line; // lines of the document before it
    brv_str name;
    brv_str value; // of a named string
};

struct brv_text_marks {
    struct brv_text_mark *items;
    size_t count, capacity;
};

struct brv_text {
    const struct brv_output_job *job;
    struct brv_arena *arena;
    struct brv_arena *scratch; // of a paragraph or a table: rewound when it is done
    struct brv_sink *sink;
    float cell_pt; // width of a column: half the root font size
    float line_pt; // height of a line: the root line height
    bool is_ascii;
    size_t unmapped;     // characters shown as "?" for want of an ASCII form
    struct brv_buf *run; // what brv_text_run writes into
    struct brv_buf *opening;

    const struct brv_node **links; // [n] is the target of links[n - 1]
    size_t link_count, link_capacity;
    size_t links_listed;             // how many of them already stand in a list
    struct brv_map places;           // id → its node, for links within the document
    bool knows_places;               // they are collected when the first such link asks
    struct brv_map link_numbers;     // target, and target and title → its number
    const struct brv_styled **notes; // note n is notes[n - 1]
    size_t note_count, note_capacity;
    size_t notes_listed;
    struct brv_map note_numbers;

    // Lines that are wider than the document, and the first of them.
    size_t wide_count;
    brv_str wide_line;
    struct brv_span wide_span;
    const struct brv_node *node; // the element being walked

    const struct brv_flow *document; // where lines are counted
    bool is_paged;
    struct brv_text_marks strings; // of string-set
    struct brv_text_marks targets; // ids
    struct brv_map page_numbers;   // id → its page, as the pass before this one found it

    int section_depth;
    int table_depth;
    bool is_measuring; // lines are only counted: nothing is drawn to the full width
    size_t list_hang;  // columns of the markers of the list being walked
};

// ---- units
size_t brv_text_columns(const struct brv_text *t, struct brv_length length, size_t room);
float brv_text_gap_pt(const struct brv_text *t, struct brv_length length, size_t room);
brv_str brv_text_spaces(const struct brv_text *t, size_t count);
brv_str brv_text_joined(const struct brv_text *t, brv_str a, brv_str b);
// `unicode`, or `ascii` when only ASCII may be written.
brv_str brv_text_choose(const struct brv_text *t, const char *unicode, const char *ascii);

// ---- inline content
// True for what flows in a line: text, inline elements, generated inline content.
bool brv_text_is_inline(const struct brv_styled *styled);
// The run (see output/text_fill.h) of the siblings from `first` up to `end` (NULL: all).
brv_str brv_text_run(struct brv_text *t, const struct brv_styled *first,
                     const struct brv_styled *end);
// A run as it is shown on one line of any length.
brv_str brv_text_line(struct brv_text *t, brv_str run);
// Any text as it may be written: transliterated when only ASCII may be.
brv_str brv_text_plain(struct brv_text *t, brv_str text);
// At most `columns` of a text: one that is longer ends with an ellipsis.
void brv_text_add_cut(const struct brv_text *t, struct brv_buf *out, brv_str text, size_t columns);
// What stands before or after an inline element: -brv-text-emphasis, else -brv-text-marker.
brv_str brv_text_marker(struct brv_text *t, const struct brv_style *style, bool is_closing);

// ---- direction
enum brv_direction { BRV_DIRECTION_LTR, BRV_DIRECTION_MIXED, BRV_DIRECTION_RTL };
// Of a paragraph of the element being walked (base/direction.h); MIXED is left to right with
// letters of the other kind.
enum brv_direction brv_text_direction(const struct brv_text *t, brv_str run);
// The same for a run that has been cut, which knows more.
enum brv_direction brv_text_words_direction(const struct brv_text *t,
                                            const struct brv_words *words);
// Whether the lines of a paragraph of the element being walked start at the right: they run from
// there, or its language does, as in layout.
bool brv_text_starts_right(const struct brv_text *t, enum brv_direction direction);
// Whether a block runs from right to left: so do the columns of a table.
bool brv_text_is_rtl(const struct brv_text *t, const struct brv_styled *block);
// True for such a block of the document: what stands before its lines belongs at the right. In mail
// it does not: a reader that fills the lines again would move it.
bool brv_text_begins_rtl(const struct brv_text *t, const struct brv_flow *flow,
                         const struct brv_styled *block);
// Adds a line between isolates (UAX 9), so that a terminal or a mail reader orders it by itself and
// leaves alone what stands beside it. A line of one direction, left to right, gets none.
void brv_text_isolate(enum brv_direction direction, brv_str line, struct brv_buf *out);
// The same for a line of a paragraph whose lines a mail reader joins: one isolate holds all of
// them. It opens where the paragraph begins and closes where it ends; the lines between have a mark
// of the direction, for who does not join them.
void brv_text_isolate_part(enum brv_direction direction, bool begins, bool ends, brv_str line,
                           struct brv_buf *out);
// A text that stands in a line from right to left: one of the other direction is kept together.
// Lives until the table or the paragraph ends.
brv_str brv_text_within_rtl(const struct brv_text *t, brv_str text);
// The same for a text that shares its line with others: a key, a term, a running header.
brv_str brv_text_isolated(struct brv_text *t, brv_str text);

// ---- blocks
// Trees deeper than this are shown as plain paragraphs.
enum { BRV_TEXT_DEPTH = 120 };
void brv_text_blocks(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *parent,
                     int depth);
void brv_text_block(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *block,
                    int depth);
// Fills a run and writes its lines aligned as `style` says.
void brv_text_paragraph(struct brv_text *t, struct brv_flow *flow, const struct brv_style *style,
                        brv_str run);
// A line of the rule string between two columns.
void brv_text_rule(struct brv_text *t, struct brv_flow *flow, brv_str rule, size_t from, size_t to);
// Pushes `count` spaces, fewer where the lines would get too short.
void brv_text_indent(struct brv_text *t, struct brv_flow *flow, struct brv_prefix *prefix,
                     size_t count);
// Notes where an element stands whose id or named strings pages may ask for.
void brv_text_note_place(struct brv_text *t, const struct brv_styled *styled);

// ---- lists
void brv_text_list(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *list,
                   int depth);
void brv_text_item(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *item,
                   int depth);
void brv_text_terms(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *list,
                    int depth);

// ---- tables
struct brv_text_cell {
    const struct brv_styled *styled;
    brv_str run; // see brv_text_cell_run()
    bool has_run;
    struct brv_words words; // when it is one paragraph
    enum brv_direction direction;
    bool is_paragraph;
    bool is_header;
    size_t column, span;
    size_t down;          // rows that it reaches over
    size_t before, after; // columns of padding beyond those that part all cells
    size_t least, most;   // columns of text
};

struct brv_text_row {
    struct brv_text_cell *cells;
    size_t count, capacity;
    bool is_header;
};

struct brv_text_grid {
    const struct brv_styled *table;
    struct brv_text_row *rows;
    size_t count, capacity;
    size_t header_count; // rows at the top
    size_t column_count;
};

// The cell that stands in a column of a row, which may be one of a row above.
struct brv_text_owner {
    struct brv_text_cell *cell; // NULL: none
    size_t end;                 // the first row below it
};

struct brv_text_column {
    size_t least;
    size_t most;
    size_t width;
};

void brv_text_table(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *table,
                    int depth);
// Draws a table whose columns have their widths. `between` parts them.
void brv_text_grid_draw(struct brv_text *t, struct brv_flow *flow, const struct brv_text_grid *grid,
                        const struct brv_text_column *columns, brv_str between, bool has_rules,
                        int depth);
void brv_text_records(struct brv_text *t, struct brv_flow *flow, const struct brv_text_grid *grid,
                      int depth);
// From the owners of the columns in the row above to those in this one; they begin as none.
void brv_text_owners_step(const struct brv_text_grid *grid, size_t row,
                          struct brv_text_owner *owners);
// All that a cell holds as one run, made once: making it numbers links and may report things.
brv_str brv_text_cell_run(struct brv_text *t, struct brv_text_cell *cell);
// True for a cell whose lines end only where its text says so.
bool brv_text_cell_keeps_lines(const struct brv_text_cell *cell);
// The lines of a cell that is no single paragraph, and the columns of the widest.
brv_str brv_text_cell_lines(struct brv_text *t, const struct brv_text_cell *cell, size_t width,
                            size_t *widest, int depth);

// ---- links and notes
// What a link's title adds to its words and its target; empty when it has none or repeats them.
brv_str brv_text_link_title(struct brv_text *t, const struct brv_node *link);
// The number of a link's target, given out in the order of first use.
size_t brv_text_link_number(struct brv_text *t, const struct brv_node *link);
size_t brv_text_note_number(struct brv_text *t, const struct brv_styled *footnote);
// Where a link within the document leads, in the reader's words: the heading, caption or text of
// its target, cut where it is very long. Empty when there is none.
brv_str brv_text_target_title(struct brv_text *t, brv_str url);
// True for the call of a footnote that was called before: its number says where it leads.
bool brv_text_target_is_note(struct brv_text *t, brv_str url);
// The title as it stands in a list or beside the link; at most `columns` of it.
brv_str brv_text_target_shown(struct brv_text *t, brv_str url, size_t columns);
// An address as it may be written.
brv_str brv_text_url(struct brv_text *t, brv_str url);
// Lists the notes and links that no list has yet: at the end of a section, and of the document.
void brv_text_references(struct brv_text *t, struct brv_flow *flow);

// ---- pages
// Cuts the document into pages of `length` lines with form feeds between them, whose headers and
// footers are the margin boxes of @page, and adds the page of each target to `page_numbers`. With
// `out` NULL that is all.
void brv_text_paginate(struct brv_text *t, const struct brv_flow *flow, size_t length,
                       struct brv_map *page_numbers, struct brv_buf *out);
// The page of the target "#id", 0 when it is not known.
size_t brv_text_page_of(const struct brv_text *t, brv_str target);

#endif
