// Brevier — filling paragraphs of the text output: words, widths and line breaks.
// A paragraph arrives as one run of UTF-8 (made by output/text_inline.c) in which white space has
// been collapsed and a few control characters stand for what text alone cannot say. It is cut once
// into unbreakable words; these can be measured and filled to any number of widths, as table
// columns need it.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_FILL_H
#define BRV_OUTPUT_TEXT_FILL_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

// Source text holds no control characters, so these cannot be mistaken for it.
enum {
    BRV_MARK_SPACE = 0x02,  // a space that neither breaks nor collapses
    BRV_MARK_BREAK = 0x03,  // a place to break that is not seen
    BRV_MARK_LEADER = 0x04, // what stands from here to the end repeats until the line is full
    BRV_MARK_LEADER_END = 0x05,
    BRV_MARK_HYPHEN = 0x06, // a place to break with a hyphen, for a word that is too long
    BRV_MARK_LINE = '\n',   // the line ends here
};

enum { BRV_LEADER_LEAST = 3 }; // columns of a leader that has no more room

// What no line break may part.
struct brv_word {
    uint32_t from; // bytes of the run
    uint32_t to;
    uint32_t width; // columns
    bool has_space; // a space parts it from the word before when both stand on one line
    bool ends_line; // BRV_MARK_LINE follows
    bool has_marks; // it is not shown as it stands in the run
};

struct brv_words {
    brv_str run;
    const struct brv_word *items;
    size_t count;
    size_t line_count;  // when nothing breaks but BRV_MARK_LINE
    size_t widest_line; // columns of these lines
    size_t widest_word; // columns: what the run needs at least
    bool is_verbatim;   // each line is shown as it stands in the run
    bool is_ascii;      // for certain
};

struct brv_fill_options {
    size_t width;   // columns of a line; 0: lines end only at BRV_MARK_LINE
    size_t indent;  // columns that the first line has less
    size_t hang;    // columns that all others have less
    bool may_sever; // break inside words that are too long, indicators included
    bool balances;  // the last line is to be as long as the others
};

struct brv_fill_line {
    const struct brv_word *words;
    size_t count;
    size_t width;
};

// Cuts a run into words. A run of only white space gives none. `run` is borrowed.
struct brv_words brv_words_cut(struct brv_arena *arena, brv_str run);

// Breaks the words into lines of the least raggedness. A word longer than a line is broken after
// its hyphens and slashes, where it may be hyphenated, and between letters of a script that does
// not use spaces; an address, a hash or any other word stays whole and stands out, unless the
// options say otherwise.
const struct brv_fill_line *brv_words_fill(struct brv_arena *arena, const struct brv_words *words,
                                           struct brv_fill_options options, size_t *count);

// Appends a line's words as they are shown, without indentation or line feed. A leader in it fills
// the line to `room` columns. Returns the columns written.
size_t brv_fill_line_write(const struct brv_words *words, const struct brv_fill_line *line,
                           size_t room, struct brv_buf *out);

#endif
