// Brevier — growing an element tree from a stream of "begin", "text" and "end".
// The Markdown reader drives it. It joins pieces of text that belong together (as views into the
// original where that is possible), gives every node its span, and stays within the nesting limit:
// a block that would be too deep becomes preformatted text, an inline element that would be too
// deep leaves its text in place.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_BUILDER_H
#define BRV_LOAD_BUILDER_H

#include "base/buf.h"
#include "load/view.h"
#include "model/node.h"

// An element that is open.
struct brv_frame {
    struct brv_node *node;
    int tag;                // of an inline element: what the reader calls it, not 0
    brv_str refused_target; // a link that may not be one: its target, shown at the end
    bool is_note;           // the paragraph of an inline footnote ^[…]
    size_t brackets;        // … and the brackets open in it
};

struct brv_builder {
    struct brv_arena *arena;
    struct brv_sink *sink;
    const struct brv_view *view;
    int max_depth;
    int base_depth; // of the root, when the tree will be part of another
    struct brv_frame *frames;
    size_t depth;
    size_t capacity;
    const char *cursor; // end of the original text seen so far
    // Text not yet made a node: a slice of the original, or bytes in `buf` once it is not.
    brv_str pending;
    struct brv_buf *buf;
    bool is_copied;
    struct brv_span pending_span;
    // Open blocks and inlines beyond the limit; the extent of the text in the former.
    size_t blocks_skipped;
    size_t inlines_skipped;
    const char *skipped_from;
    const char *skipped_to;
};

void brv_builder_init(struct brv_builder *builder, struct brv_arena *arena,
                      const struct brv_view *view, struct brv_node *root, struct brv_sink *sink);
static inline struct brv_frame *brv_builder_top(const struct brv_builder *builder)
{
    return &builder->frames[builder->depth - 1];
}

// Whether so many levels more are within the limit.
bool brv_builder_has_room(const struct brv_builder *builder, int levels);

// Opens a block that needs `levels` of depth for itself and what it must hold. False, with an
// error, when that is too much: then brv_builder_end_block() makes it preformatted text. While such
// a block is open, everything inside is only measured.
bool brv_builder_begin_block(struct brv_builder *builder, enum brv_kind kind, int levels);
// Closes it; the node, or NULL when it was skipped.
struct brv_node *brv_builder_end_block(struct brv_builder *builder);
// Opens an inline element; NULL, with an error, when it is too deep.
struct brv_node *brv_builder_begin_inline(struct brv_builder *builder, enum brv_kind kind);
// Closes it; NULL when it was skipped.
struct brv_node *brv_builder_end_inline(struct brv_builder *builder);

// Appends text. `text` is a slice of the view's original, or any bytes that last until the next
// call (they stand at the cursor, or at `span` when it has a source).
void brv_builder_add_slice(struct brv_builder *builder, brv_str slice);
void brv_builder_add_bytes(struct brv_builder *builder, brv_str text, struct brv_span span);
// Makes the pending text a node; needed before nodes are appended directly.
void brv_builder_flush(struct brv_builder *builder);
// Appends an empty inline element.
struct brv_node *brv_builder_add_empty(struct brv_builder *builder, enum brv_kind kind);

// An empty place after the text seen so far.
struct brv_span brv_builder_here(const struct brv_builder *builder);

#endif
