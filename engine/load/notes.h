// Brevier — footnotes: calls "[^label]" and inline notes "^[text]" in the text of a paragraph.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_NOTES_H
#define BRV_LOAD_NOTES_H

#include "load/builder.h"

// Parses a note's body into `footnote`, `depth` levels below the root of its document.
typedef void brv_note_fn(void *user, const struct brv_note *note, struct brv_node *footnote,
                         int depth);

struct brv_note_reader {
    struct brv_builder *builder;
    struct brv_notes *notes; // NULL within a note: notes do not nest
    size_t *count;           // notes called so far in the document; ids go by it
    brv_note_fn *parse;
    void *user;
};

// Adds a slice of ordinary text, making footnotes of the calls and inline notes in it.
void brv_notes_add_text(struct brv_note_reader *reader, brv_str slice);

// Before an element ends: an inline note that is still open in it was none; its text is kept.
void brv_notes_end(struct brv_note_reader *reader);

#endif
