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

// ---- the text of the first column

// A table's style may say how text looks as far as the styles of paragraphs leave it open. So what
// sets the text of the first column apart is the table's, and its paragraphs have the style of the
// others.
enum {
    TEXT_MEMBERS = DOCX_RUN_COLOR | DOCX_RUN_SPACING | DOCX_RUN_UNDERLINE | DOCX_RUN_TOGGLES,
};

// The paragraph of a cell that holds this one and no other, of plain text; else NULL.
static struct docx_paragraph *plain_text(const struct docx_cell *cell)
{
    const struct docx_block *block = cell->flow ? cell->flow->first : NULL;
    struct docx_paragraph *paragraph = block && !block->next ? block->paragraph : NULL;
    bool is_plain = paragraph && paragraph->role == DOCX_ROLE_TABLE_TEXT &&
                    paragraph->wanted.len == 0 && !paragraph->num;
    return is_plain ? paragraph : NULL;
}

static bool is_empty(const struct docx_cell *cell)
{
    return !cell->flow || !cell->flow->first;
}

// The one look of the text in the first column, NULL when it has several.
static const struct docx_run_format *first_text(const struct docx_table *table)
{
    const struct docx_run_format *look = NULL;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        if (row->is_header || row->first->column > 0 || is_empty(row->first)) {
            continue;
        }
        const struct docx_paragraph *text = plain_text(row->first);
        if (!text || (look && memcmp(look, &text->format->run, sizeof *look) != 0)) {
            return NULL;
        }
        look = &text->format->run;
    }
    return look;
}

// How the text beside it looks, as the first of it does.
static const struct docx_run_format *other_text(const struct docx_table *table)
{
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            const struct docx_paragraph *text = cell->column > 0 ? plain_text(cell) : NULL;
            if (text) {
                return &text->format->run;
            }
        }
    }
    return NULL;
}

static void take_first_text(const struct docx_run_format *normal, struct docx_table *table)
{
    const struct docx_run_format *first = first_text(table);
    const struct docx_run_format *other = other_text(table);
    if (!first || !other) {
        return;
    }
    struct docx_run_format plain;
    memset(&plain, 0, sizeof plain);
    uint32_t stated = brv_docx_run_delta(normal, other).members |
                      (brv_docx_run_delta(&plain, normal).members & DOCX_RUN_TOGGLES);
    uint32_t members = brv_docx_run_delta(other, first).members & TEXT_MEMBERS & ~stated;
    struct docx_run_format rest = *first;
    brv_docx_run_take(&rest, other, members);
    table->format.first_text = brv_docx_run_delta(&rest, first);
    for (struct docx_row *row = table->first; row && members != 0; row = row->next) {
        struct docx_paragraph *text =
            row->is_header || row->first->column > 0 ? NULL : plain_text(row->first);
        if (text) {
            text->format->run = rest;
            text->leaves = members;
        }
    }
}

void brv_docx_find_table_format(const struct docx *docx, struct docx_table *table)
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
    if (!docx->template) { // whose styles may state anything
        take_first_text(&docx->normal->paragraph.run, table);
    }
    const struct brv_style *style = table->source->style;
    if (style->border_collapse == BRV_BORDERS_SEPARATE) {
        format->spacing = docx_twips(brv_length_resolve(style->border_spacing, 0));
    }
}
