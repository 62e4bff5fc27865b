// Brevier — Word tables that are wider than the page.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_TABLE_WIDE_H
#define BRV_OUTPUT_DOCX_TABLE_WIDE_H

#include "output/docx_widths.h"

// How a table is set: at `factor` of its size, or in parts. A part has the first column and those
// from the end of the part before to its own.
struct docx_fit {
    float factor;
    size_t part_count; // at least 1
    unsigned ends[DOCX_COLUMN_LIMIT];
};

// Chooses for the width there is, scales the columns and the padding of cells, and tells of it.
// `can_part` false: it stands in another table.
struct docx_fit brv_docx_choose_fit(struct docx *docx, struct docx_table *table,
                                    struct docx_column *columns, int32_t width, bool can_part);
// The rows of a part, without contents.
struct docx_table *brv_docx_table_part(struct docx *docx, const struct docx_table *table,
                                       const struct docx_fit *fit, size_t part);
// What the columns of a part ask for.
void brv_docx_part_columns(const struct docx_fit *fit, size_t part,
                           const struct docx_column *columns, struct docx_column *chosen);
// "(2/3)" above a part.
void brv_docx_add_part_number(struct docx *docx, const struct docx_place *place,
                              const struct brv_styled *element, size_t part, size_t part_count);

#endif
