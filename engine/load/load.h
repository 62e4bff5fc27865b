// Brevier — loading: bytes to a document.
// One entry for all input forms; the form is recognised from the content (JSON begins with "{",
// front matter with "---", everything else is the archive form or plain Markdown) unless told.
// The grammar of the archive form is written down in load/README.md.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_LOAD_H
#define BRV_LOAD_LOAD_H

#include "model/document.h"
#include "model/limits.h"

enum brv_input_form { BRV_FORM_AUTO, BRV_FORM_TEXT, BRV_FORM_JSON };

struct brv_load_options {
    enum brv_input_form form;
    const struct brv_limits *limits; // NULL: the defaults
};

// Loads one document from `bytes` (borrowed; must live as long as the arena). `name` is used in
// diagnostics. Bad text is repaired, with warnings or, where letters are lost, an error; NULL is
// returned, with an error reported, only when no document can be made of it (malformed JSON or
// front matter, over the limits).
struct brv_document *brv_document_load(struct brv_arena *arena, brv_str name, brv_str bytes,
                                       const struct brv_load_options *options,
                                       struct brv_sink *sink);

// The JSON form (schema brevier/analysis-1) of a document, indented, ending in a line feed.
// Loading it again gives a document that renders to the same bytes.
void brv_document_to_json(const struct brv_document *document, struct brv_buf *out);

// Cuts the next line of a JSON Lines text off `*rest`; skips blank lines; false at the end.
bool brv_json_lines_next(brv_str *rest, brv_str *line, size_t *line_number);

// Parses Markdown inline and block text to nodes below a new div (used by plugins). Nodes
// have spans when `text` is a slice of source->text; `text` is borrowed like the source. `limits`
// may be NULL: the defaults.
struct brv_node *brv_markdown_parse(struct brv_arena *arena, const struct brv_source *source,
                                    brv_str text, const struct brv_limits *limits,
                                    struct brv_sink *sink);

#endif
