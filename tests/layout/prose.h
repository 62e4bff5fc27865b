// Brevier — documents made of dice, for tests of what pages look like.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_LAYOUT_PROSE_H
#define BRV_TESTS_LAYOUT_PROSE_H

#include "harness.h"

// A document in Markdown of a few pages: text, headings, lists, tables, quotations, indicators. The
// same number gives the same document.
brv_str prose_document(struct fixture *fixture, uint32_t number);

#endif
