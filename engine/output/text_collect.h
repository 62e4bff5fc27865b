// Brevier — runs of the text output: how characters become one.
// White space collapses across element borders, so spaces and opening emphasis wait until a
// character comes that needs them: "a *b* c" never turns into "a * b* c" or "a *b * c".
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_TEXT_COLLECT_H
#define BRV_OUTPUT_TEXT_COLLECT_H

#include "output/text.h"

struct brv_collector {
    struct brv_text *t;
    struct brv_buf *out;
    struct brv_buf *opening;      // emphasis that waits for its first character
    const struct brv_node *block; // whose language the text is in, NULL where there is none
    char space;                   // the space that waits: 0, ' ' or BRV_MARK_SPACE
    bool has_text;                // on the current line
    bool has_hyphen;              // a place for a hyphen waits for the rest of its word
    uint32_t previous;   // character, where ASCII stands for what it was; 0: it does not matter
    int uppercase_depth; // elements around that are shown in upper case
    int code_depth;
    size_t counted; // how far `out` was counted to find the last tab stop
    size_t columns; // and those of its line up to there
};

// Text of the document, under the white-space and text-transform of its style.
void brv_collector_add_text(struct brv_collector *c, brv_str text, const struct brv_style *style);
// True for a text that is its own run: one paragraph of nothing else needs no collecting.
bool brv_collector_shows_as_is(brv_str text, const struct brv_style *style);
// Our own words: a space in them does not break.
void brv_collector_add_fixed(struct brv_collector *c, brv_str text);
// Writes what waits, before something that is added to `out` itself.
void brv_collector_flush(struct brv_collector *c);
void brv_collector_end_line(struct brv_collector *c);

// A leader leads to something: one that ends its line, as to a page where there are none, is
// dropped.
void brv_collector_add_leader(struct brv_collector *c, brv_str pattern);
void brv_collector_drop_leader(struct brv_collector *c);

#endif
