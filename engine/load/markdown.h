// Brevier — Markdown to elements, for the loaders.
// CommonMark with tables, strikethrough, task lists, bare links and footnotes. Raw HTML and links
// outside the policy become text, with a warning each.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_MARKDOWN_H
#define BRV_LOAD_MARKDOWN_H

#include "model/document.h"
#include "model/limits.h"

// What is shared by the texts of one document. Zero-initialise, then set the first four.
struct brv_markdown {
    struct brv_arena *arena;
    const struct brv_source *source;
    const struct brv_limits *limits;
    struct brv_sink *sink;
    size_t note_count;     // footnotes called so far
    size_t expanded_bytes; // link targets and titles so far, see markdown.c
};

// Parses `text` (a slice of the source, or any text that lasts as long as the arena) to nodes below
// a new div. Always succeeds: what cannot be made an element stays as text, reported.
struct brv_node *brv_markdown_read(struct brv_markdown *markdown, brv_str text);

// How deep the tree of a loaded document may be: some levels are left to those who wrap it.
int brv_load_depth(const struct brv_limits *limits);

#endif
