// Brevier — the kind of an analysis, from its title or its metadata.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_TITLE_H
#define BRV_LOAD_TITLE_H

#include "model/document.h"

// Takes the kind off a title that begins with one: "Industry News: A and B" sets kind_title to
// "Industry News" and leaves "A and B" in the heading. A beginning is a kind when it is one of the
// usual ones (title.c) or the kind that the metadata names; any other stays in the title, because
// "Ransomware: the next decade" is a title.
void brv_title_take_kind(struct brv_document *document, struct brv_arena *arena);

// The section that is the title, NULL when there is none.
struct brv_section *brv_document_title_section(const struct brv_document *document);

// The last step of every loader: sets title, kind and kind_title as far as nothing has set them
// yet, gives a document whose title stands only in its metadata a title section, then indexes it.
void brv_document_finish(struct brv_document *document, struct brv_arena *arena);

#endif
