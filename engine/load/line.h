// Brevier — lines of a Markdown text: just enough of its block syntax to walk them.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_LINE_H
#define BRV_LOAD_LINE_H

#include "base/str.h"

// One line: bytes [start, end), without its line feed.
struct brv_line {
    size_t start;
    size_t end;
    size_t content; // the first byte that is no space or tab (end for a blank line)
    size_t indent;  // columns before it, tab stops of 4
    size_t number;  // from 0
};

struct brv_line brv_line_first(brv_str text);
// Moves to the next line; false at the end of the text.
bool brv_line_next(brv_str text, struct brv_line *line);
bool brv_line_is_blank(struct brv_line line);
// The line without white space at its ends.
brv_str brv_line_text(brv_str text, struct brv_line line);
// True when the line can only go on with a paragraph: it begins no heading, quote, list or fence.
bool brv_line_is_plain(brv_str text, struct brv_line line);

// The width of the quote mark or list marker at `at` (">", "-", "12."), 0 when there is none.
size_t brv_line_marker(brv_str text, size_t at, size_t end);

// The label of the "[^label]" that `text` begins with; empty when it does not.
brv_str brv_note_label(brv_str text);

// Fenced code: zero-initialise, show it every line in turn; true for a line that is part of a
// fence (its first and last line included). A fence may begin right after list markers; it then
// ends with their item at the latest. Fences in quotes are not seen.
struct brv_fence {
    char byte; // '`' or '~'; 0 outside a fence
    size_t length;
    size_t column; // where the text of its list item begins; 0 when it does not follow a marker
};
bool brv_fence_step(struct brv_fence *fence, brv_str text, struct brv_line line);

#endif
