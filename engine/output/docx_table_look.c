// Brevier — what the cells of a table have in common.
// What most cells share becomes the table's style, with its header row and bands; only a cell that
// differs says so itself.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

enum { FORMAT_KINDS = 24 }; // distinct formats compared

struct tally {
    struct docx_cell_format formats[FORMAT_KINDS];
    size_t counts[FORMAT_KINDS];
    size_t kinds;
};

static void tally_add(struct tally *tally, const struct docx_cell_format *format)
{
    for (size_t i = 0; i < tally->kinds; i++) {
        if (memcmp(&tally->formats[i], format, sizeof *format) == 0) {
            tally->counts[i]++;
            return;
        }
    }
    if (tally->kinds < FORMAT_KINDS) {
        tally->formats[tally->kinds] = *format;
        tally->counts[tally->kinds++] = 1;
    }
}

static bool tally_best(const struct tally *tally, struct docx_cell_format *format)
{
    size_t best = 0;
    for (size_t i = 1; i < tally->kinds; i++) {
        best = tally->counts[i] > tally->counts[best] ? i : best;
    }
    if (tally->kinds > 0) {
        *format = tally->formats[best];
    }
    return tally->kinds > 0;
}

static bool is_first_of_many(const struct docx_row *row, const struct docx_cell *cell)
{
    return cell && cell->column == 0 && cell != row->last;
}

// Counts the looks of body cells by odd and even rows.
static void tally_rows(const struct docx_table *table, bool skips_first, struct tally rows[2])
{
    memset(rows, 0, 2 * sizeof *rows);
    size_t body_row = 0;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            if (!skips_first || !is_first_of_many(row, cell)) {
                tally_add(&rows[body_row % 2], &cell->format);
            }
        }
        body_row += !row->is_header;
    }
}

static void take_rows(struct docx_table_format *format, const struct tally rows[2])
{
    if (!tally_best(&rows[0], &format->body)) {
        format->body = format->header;
    }
    format->has_bands = tally_best(&rows[1], &format->even) &&
                        memcmp(&format->even, &format->body, sizeof format->even) != 0;
    if (!format->has_bands) {
        memset(&format->even, 0, sizeof format->even);
    }
}

// Whether the first column has one look and the others another, without bands.
static bool take_first_column(const struct docx_table *table, struct docx_table_format *format)
{
    struct tally first = { .kinds = 0 };
    struct tally rows[2];
    for (const struct docx_row *row = table->first; row; row = row->next) {
        if (!row->is_header && is_first_of_many(row, row->first)) {
            tally_add(&first, &row->first->format);
        }
    }
    tally_rows(table, true, rows);
    take_rows(format, rows);
    return rows[0].kinds > 0 && !format->has_bands && first.kinds == 1 &&
           tally_best(&first, &format->first) &&
           memcmp(&format->first, &format->body, sizeof format->first) != 0;
}

void brv_docx_find_table_format(struct docx_table *table)
{
    struct tally header = { .kinds = 0 };
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && row->is_header; cell = cell->next) {
            tally_add(&header, &cell->format);
        }
    }
    struct docx_table_format *format = &table->format;
    memset(format, 0, sizeof *format);
    format->has_header = tally_best(&header, &format->header);
    format->has_first = take_first_column(table, format);
    if (!format->has_first) {
        struct tally rows[2];
        memset(&format->first, 0, sizeof format->first);
        tally_rows(table, false, rows);
        take_rows(format, rows);
    }
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        format->outer[i] = brv_docx_border(table->source->style, (enum docx_side)i);
    }
    const struct brv_style *style = table->source->style;
    if (style->border_collapse == BRV_BORDERS_SEPARATE) {
        format->spacing = docx_twips(brv_length_resolve(style->border_spacing, 0));
    }
}
