// Brevier — what the md4c callbacks work on. Only the md_*.c files and markdown.c see this.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_MD_READER_H
#define BRV_LOAD_MD_READER_H

#include "load/markdown.h"
#include "load/notes.h"

#include <md4c.h>

struct brv_md_reader {
    struct brv_markdown *markdown;
    struct brv_view view;
    struct brv_builder builder;
    struct brv_note_reader notes;
    struct brv_buf *alt; // text of the image that is open
    size_t image_depth;
    struct brv_node *image;
    bool in_html_block;
    bool html_reported;    // in this block
    size_t indentation;    // columns of the line of code that comes next
    const char *cell_from; // where the cursor stood before the cell
    size_t cells_unread;   // of a row so far: those after the last that moved the cursor
};

static inline struct brv_span brv_md_here(const struct brv_md_reader *reader)
{
    return brv_builder_here(&reader->builder);
}

// A target, title or info string. Borrowed from the original when it is a plain slice of it.
brv_str brv_md_attribute(struct brv_md_reader *reader, const MD_ATTRIBUTE *attribute);

// The indentation that waits becomes spaces.
void brv_md_end_indentation(struct brv_md_reader *reader);

// Closes the inline elements that are open in the innermost block: md4c may forget to (of
// "http://a.b~~c~~" it ends a link that it did not begin).
void brv_md_close_spans(struct brv_md_reader *reader);

// What a callback returns to stop md4c: in some places it takes only negative values for a stop.
enum { BRV_MD_STOP = -1 };

// The callbacks; `user` is the reader.
int brv_md_enter_block(MD_BLOCKTYPE type, void *detail, void *user); // md_blocks.c
int brv_md_leave_block(MD_BLOCKTYPE type, void *detail, void *user);
int brv_md_enter_span(MD_SPANTYPE type, void *detail, void *user); // md_spans.c
int brv_md_leave_span(MD_SPANTYPE type, void *detail, void *user);
int brv_md_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *user);

#endif
