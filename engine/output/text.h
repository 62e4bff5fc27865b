// Brevier — the text output's shared state, and what its files ask of each other.
// text.c begins and ends a document, text_inline.c makes runs of inline content, text_block.c and
// text_list.c walk blocks, text_table.c and text_records.c draw tables, text_refs.c keeps links and
// notes. Everything lives in the arena of the job.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_H
#define BRV_OUTPUT_TEXT_H

#include "base/hash.h"
#include "output/output.h"
#include "output/text_fill.h"
#include "output/text_flow.h"

struct brv_text_note {
    const struct brv_styled *footnote;
};

struct brv_text {
    const struct brv_output_job *job;
    struct brv_arena *arena;
    struct brv_sink *sink;
    float cell_pt; // width of a column: half the root font size
    float line_pt; // height of a line: the root line height
    bool is_ascii;
    size_t unmapped;     // characters shown as "?" for want of an ASCII form
    struct brv_buf *run; // what brv_text_run writes into
    struct brv_buf *opening;

    brv_str *links; // the target of [n] is links[n - 1]
    size_t link_count, link_capacity;
    struct brv_map link_numbers; // target → its place in `links`, plus one
    struct brv_text_note *notes; // note n is notes[n - 1]
    size_t note_count, note_capacity;
    struct brv_map note_numbers;
    brv_str heading_rule; // -brv-text-rule of the first h2, for the lists at the end

    int table_depth;
    bool is_measuring; // lines are only counted: nothing is drawn to the full width
    size_t list_hang;  // columns of the markers of the list being walked
};

// ---- units
size_t brv_text_columns(const struct brv_text *t, struct brv_length length, size_t room);
float brv_text_gap_pt(const struct brv_text *t, struct brv_length length, size_t room);
brv_str brv_text_spaces(const struct brv_text *t, size_t count);
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
// A line of the rule string, `columns` wide.
void brv_text_rule(struct brv_text *t, struct brv_flow *flow, brv_str rule, size_t columns);
// Pushes `count` spaces, fewer where the lines would get too short.
void brv_text_indent(struct brv_text *t, struct brv_flow *flow, struct brv_prefix *prefix,
                     size_t count);

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
    struct brv_words words; // when it is one paragraph
    bool is_paragraph;
    bool is_header;
    size_t column, span;
    size_t least, most; // columns of text
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

void brv_text_table(struct brv_text *t, struct brv_flow *flow, const struct brv_styled *table,
                    int depth);
void brv_text_records(struct brv_text *t, struct brv_flow *flow, const struct brv_text_grid *grid,
                      int depth);

// ---- links and notes
// The number of a target, given out in the order of first use.
size_t brv_text_link_number(struct brv_text *t, brv_str url);
size_t brv_text_note_number(struct brv_text *t, const struct brv_styled *footnote);
// The lists at the end of the document.
void brv_text_references(struct brv_text *t, struct brv_flow *flow);

#endif
