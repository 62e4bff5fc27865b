// Brevier — the JSON form of a document, schema brevier/analysis-1.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_JSON_H
#define BRV_LOAD_JSON_H

#include "load/markdown.h"

#define BRV_JSON_SCHEMA "brevier/analysis-1"

// Reads the source's text into `document`. Strict: an unknown member, a wrong type or a misplaced
// element is an error; all that are found are reported.
enum brv_status brv_json_read(struct brv_document *document, struct brv_markdown *markdown)
    BRV_WARN_UNUSED;

#endif
