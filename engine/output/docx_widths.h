// Brevier — column widths of Word tables.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_WIDTHS_H
#define BRV_OUTPUT_DOCX_WIDTHS_H

#include "output/docx_tree.h"

enum { DOCX_COLUMN_LIMIT = 63 }; // Word's own

// The longest word and the longest line of a cell, in twips.
struct docx_measure {
    float word, line;
};
struct docx_measure brv_docx_measure(struct docx *docx, const struct brv_styled *cell);
// The width of a line of text in ems, rather wide.
float brv_docx_text_width_em(brv_str text);

// What a column asks for at least and at most.
struct docx_column {
    float least, most;
    bool is_set; // by the sheet: what is left over goes to the others
};
// Sets the table's widths and width from its columns and the room there is.
void brv_docx_share_widths(struct docx_table *table, const struct docx_column *columns,
                           int32_t available);

#endif
