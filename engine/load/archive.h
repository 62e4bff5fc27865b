// Brevier — the archive form: excerpt, analysis in Markdown, sections.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_ARCHIVE_H
#define BRV_LOAD_ARCHIVE_H

#include "load/markdown.h"

// Reads the archive form (load/README.md has its grammar) or plain Markdown into sections of
// `document`. Always succeeds.
void brv_archive_read(struct brv_document *document, struct brv_markdown *markdown, brv_str text);

// Appends a section below `parent` (NULL: a top section).
struct brv_section *brv_section_append(struct brv_document *document, struct brv_section *parent,
                                       struct brv_arena *arena, struct brv_span span);

#endif
