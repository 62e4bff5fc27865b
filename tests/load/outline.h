// Brevier — a loaded document as text, for tests.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_LOAD_OUTLINE_H
#define BRV_TESTS_LOAD_OUTLINE_H

#include "load/load.h"

struct brv_buf;

// Metadata, then each section with its facts and trees, with places when asked for.
void outline_document(const struct brv_document *document, bool with_places, struct brv_buf *out);

#endif
