// Brevier — balanced trees: of pages, of names, of numbers.
// A flat list of many thousand entries is slow to open and beyond what readers must accept.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_TREE_H
#define BRV_OUTPUT_PDF_TREE_H

#include "output/pdf.h"

enum { BRV_PDF_FAN_OUT = 32 };

// Writes the inner nodes of the page tree over pdf->page_ids and returns the parents of the
// pages: page i hangs on element i / BRV_PDF_FAN_OUT. The array lives in the arena.
const uint32_t *brv_pdf_page_tree_write(struct brv_pdf *pdf);

// An entry of a name or number tree, both sides as PDF syntax. Keys ascend.
struct brv_pdf_tree_entry {
    brv_str key;   // "(name)" or "12"
    brv_str value; // "[4 0 R/XYZ null 700 null]"
};

// Writes a tree and returns the entries of its root: "/Names[…]" (or "/Nums[…]") for a small one,
// "/Kids[…]" else. `leaf` is "Names" or "Nums".
brv_str brv_pdf_tree_write(struct brv_pdf *pdf, const char *leaf,
                           const struct brv_pdf_tree_entry *entries, size_t count);

#endif
