// Brevier — a Markdown text as md4c is shown it.
// md4c parses a private copy of the author's text. Some bytes of the copy are masked so that md4c
// does not see what is not for it: footnote definitions, and tables and nestings over the limits.
// What is shown to the reader is never taken from the copy: each slice that md4c hands out is
// looked up in the original by its offset, so masked text reads as it was written.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_VIEW_H
#define BRV_LOAD_VIEW_H

#include "base/diag.h"
#include "base/hash.h"
#include "model/limits.h"

// What md4c is shown in place of the colon of "](https://": otherwise it would take the target and
// all that follows it without a space for a bare link, too, and see no emphasis there. No text has
// this byte; a target that md4c has copied has it.
#define BRV_VIEW_COLON '\xFF'

// Bytes from `at` of the copy on are the bytes from `origin` of the original on, up to the origin
// of the next piece. What the copy holds beyond that was put in and stands for nothing.
struct brv_view_piece {
    uint32_t at;
    uint32_t origin;
};

struct brv_view {
    const struct brv_source *source; // NULL: the original is no part of a source
    brv_str original;
    char *text; // the copy, `len` bytes
    size_t len;
    const char *masked; // the copy before bytes were put in, as long as the original; or NULL
    struct brv_view_piece *pieces; // NULL: the copy's offsets are the original's
    size_t piece_count;
};

// A footnote definition `[^label]: …` with its continuation lines.
struct brv_note {
    struct brv_note *next;
    brv_str label;
    brv_str definition; // all of it
    brv_str body;       // after the colon
    size_t number;      // 1 for the first that is called; 0: not called yet
};

// The definitions of one text, by label and in order.
struct brv_notes {
    struct brv_map by_label;
    struct brv_note *first;
    struct brv_note **end;
};

// A view of a whole text, nothing masked.
struct brv_view brv_view_new(struct brv_arena *arena, const struct brv_source *source,
                             brv_str original);
// A view of a note's body, without the indentation of its continuation lines.
struct brv_view brv_view_of_note(struct brv_arena *arena, const struct brv_view *outer,
                                 const struct brv_note *note);

// Masks what is over the limits (reported) and, when `notes` is given, the definitions of the
// footnotes that are called somewhere; those are added to it. Puts dashes into the delimiter rows
// of tables that are too short for md4c.
void brv_view_mask(struct brv_view *view, const struct brv_limits *limits, struct brv_notes *notes,
                   struct brv_arena *arena, struct brv_sink *sink);

// The original bytes behind `len` bytes of the copy at `at` (within one line), and their place.
brv_str brv_view_slice(const struct brv_view *view, size_t at, size_t len);
struct brv_span brv_view_span(const struct brv_view *view, brv_str slice);
// True when md4c was shown another byte than the original one at `at`.
bool brv_view_is_masked(const struct brv_view *view, const char *at);

#endif
