// Brevier — what sets the text in parts of a table apart.
//
// A table's style may say how text looks as far as the styles of paragraphs leave it open. So what
// sets the text of a first or last column or of a last row apart is the table's, and its paragraphs
// have the style of the others, as far as all text of the part has it: a last row may be bold and
// its second column italic. A part that holds anything but plain text, or of which a cell would
// look otherwise under what Word makes of all parts together, keeps its own styles.
//
// A header row has a style of its own for its paragraphs, which says what they are beside text that
// is not in a table: what of that the table can say, it says. But a header of several rows keeps it
// all, because LibreOffice takes the first one for the header.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

enum {
    TEXT_MEMBERS = DOCX_RUN_COLOR | DOCX_RUN_SPACING | DOCX_RUN_UNDERLINE | DOCX_RUN_TOGGLES,
};

// The paragraph of a cell that holds this one and no other, of plain text; else NULL.
static struct docx_paragraph *plain_text(const struct docx_cell *cell)
{
    const struct docx_block *block = cell->flow ? cell->flow->first : NULL;
    struct docx_paragraph *paragraph = block && !block->next ? block->paragraph : NULL;
    bool is_plain = paragraph && brv_docx_is_cell_role(paragraph->role) &&
                    paragraph->wanted.len == 0 && !paragraph->num;
    return is_plain ? paragraph : NULL;
}

static bool is_empty(const struct docx_cell *cell)
{
    return !cell->flow || !cell->flow->first;
}

// Whether a cell is in any of the parts but this one.
static bool is_elsewhere(const struct docx_table *table, const struct docx_row *row,
                         const struct docx_cell *cell, int part)
{
    bool is_in = false;
    for (int other = 0; other < DOCX_TABLE_PARTS; other++) {
        is_in |=
            other != part && brv_docx_is_in_part(table, row, cell, (enum docx_table_part)other);
    }
    return is_in;
}

// The look of the plainest text that is in no part, NULL when there is none.
static const struct docx_run_format *other_look(const struct docx_table *table,
                                                const struct docx_run_format *normal)
{
    const struct docx_run_format *plainest = NULL;
    int fewest = 0;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            const struct docx_paragraph *text =
                is_elsewhere(table, row, cell, DOCX_TABLE_PARTS) ? NULL : plain_text(cell);
            bool is_known =
                text && plainest && memcmp(plainest, &text->format->run, sizeof *plainest) == 0;
            if (!text || text->role != DOCX_ROLE_TABLE_TEXT || is_known) {
                continue;
            }
            uint32_t members = brv_docx_run_delta(normal, &text->format->run).members;
            int count = brv_docx_count_bits(members);
            if (!plainest || count < fewest) {
                plainest = &text->format->run;
                fewest = count;
            }
        }
    }
    return plainest;
}

// The look of the first text in a part where no other has a say, NULL when there is none or not all
// of it is plain. `various`: in which members other text there differs from it.
static const struct docx_run_format *look_of(const struct docx_table *table,
                                             enum docx_table_part part, uint32_t *various)
{
    const struct docx_run_format *look = NULL;
    *various = 0;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            if (!brv_docx_is_in_part(table, row, cell, part) || is_empty(cell) ||
                is_elsewhere(table, row, cell, (int)part)) {
                continue;
            }
            const struct docx_paragraph *text = plain_text(cell);
            if (!text) {
                return NULL;
            }
            look = look ? look : &text->format->run;
            *various |= brv_docx_run_delta(look, &text->format->run).members;
        }
    }
    return look;
}

// Whether the text of a cell looks as Word will make it of all parts that the cell is in.
static bool agrees(const struct docx_table *table, const struct docx_row *row,
                   const struct docx_cell *cell,
                   const struct docx_run_format *const looks[DOCX_TABLE_PARTS],
                   const uint32_t members[DOCX_TABLE_PARTS])
{
    const struct docx_paragraph *text = plain_text(cell);
    uint32_t said = 0;
    for (int part = DOCX_TABLE_PARTS - 1; part >= 0; part--) {
        if (!brv_docx_is_in_part(table, row, cell, (enum docx_table_part)part) ||
            members[part] == 0) {
            continue;
        }
        uint32_t says = members[part] & ~said;
        if (!text || brv_docx_run_delta(looks[part], &text->format->run).members & says) {
            return is_empty(cell);
        }
        said |= says;
    }
    return true;
}

// Takes back the parts of a cell that would look otherwise; true when there was one.
static bool drop_wrong_part(const struct docx_table *table,
                            const struct docx_run_format *const looks[DOCX_TABLE_PARTS],
                            uint32_t members[DOCX_TABLE_PARTS])
{
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            if (agrees(table, row, cell, looks, members)) {
                continue;
            }
            // The last row first: columns are the commoner.
            for (int part = DOCX_TABLE_PARTS - 1; part >= 0; part--) {
                if (members[part] != 0 &&
                    brv_docx_is_in_part(table, row, cell, (enum docx_table_part)part)) {
                    members[part] = 0;
                    return true;
                }
            }
        }
    }
    return false;
}

static void take_text(struct docx_table *table, const struct docx_run_format *other,
                      const uint32_t members[DOCX_TABLE_PARTS])
{
    for (struct docx_row *row = table->first; row; row = row->next) {
        for (struct docx_cell *cell = row->first; cell && !row->is_header; cell = cell->next) {
            uint32_t taken = 0;
            for (int part = 0; part < DOCX_TABLE_PARTS; part++) {
                bool is_in = brv_docx_is_in_part(table, row, cell, (enum docx_table_part)part);
                taken |= is_in ? members[part] : 0;
            }
            struct docx_paragraph *text = taken != 0 ? plain_text(cell) : NULL;
            if (text) {
                brv_docx_run_take(&text->format->run, other, taken);
                text->leaves = taken;
                text->role = DOCX_ROLE_TABLE_TEXT;
            }
        }
    }
}

// What Normal switches on no table switches off.
static uint32_t toggles_of(const struct docx_run_format *normal)
{
    struct docx_run_format plain;
    memset(&plain, 0, sizeof plain);
    return brv_docx_run_delta(&plain, normal).members & DOCX_RUN_TOGGLES;
}

static void find_part_texts(const struct docx_run_format *normal, struct docx_table *table)
{
    const struct docx_run_format *first_other = other_look(table, normal);
    if (!first_other) {
        return;
    }
    const struct docx_run_format other = *first_other;
    uint32_t stated = brv_docx_run_delta(normal, &other).members | toggles_of(normal);
    const struct docx_run_format *looks[DOCX_TABLE_PARTS];
    uint32_t members[DOCX_TABLE_PARTS];
    for (int part = 0; part < DOCX_TABLE_PARTS; part++) {
        uint32_t various = 0;
        looks[part] = look_of(table, (enum docx_table_part)part, &various);
        members[part] = looks[part] ? brv_docx_run_delta(&other, looks[part]).members &
                                          TEXT_MEMBERS & ~stated & ~various
                                    : 0;
    }
    while (drop_wrong_part(table, looks, members)) {
    }
    for (int part = 0; part < DOCX_TABLE_PARTS; part++) {
        if (members[part] != 0) {
            struct docx_run_format rest = *looks[part];
            brv_docx_run_take(&rest, &other, members[part]);
            table->format.parts[part].text = brv_docx_run_delta(&rest, looks[part]);
        }
    }
    take_text(table, &other, members);
}

// The one look of the text in a header of one row, else NULL.
static const struct docx_run_format *header_look(const struct docx_table *table)
{
    const struct docx_row *header = table->first;
    if (!header->is_header || (header->next && header->next->is_header)) {
        return NULL;
    }
    const struct docx_run_format *look = NULL;
    for (const struct docx_cell *cell = header->first; cell; cell = cell->next) {
        const struct docx_paragraph *text = plain_text(cell);
        if (is_empty(cell)) {
            continue;
        }
        if (!text || (look && memcmp(look, &text->format->run, sizeof *look) != 0)) {
            return NULL;
        }
        look = &text->format->run;
    }
    return look;
}

static void find_header_text(const struct docx_run_format *normal, struct docx_table *table)
{
    const struct docx_run_format *look = header_look(table);
    if (!look) {
        return;
    }
    uint32_t members =
        brv_docx_run_delta(normal, look).members & TEXT_MEMBERS & ~toggles_of(normal);
    struct docx_run_format rest = *look;
    brv_docx_run_take(&rest, normal, members);
    table->format.header_text = brv_docx_run_delta(&rest, look);
    for (struct docx_cell *cell = table->first->first; cell; cell = cell->next) {
        struct docx_paragraph *text = plain_text(cell);
        if (text) {
            text->format->run = rest;
            text->leaves = members;
        }
    }
}

void brv_docx_find_table_text(const struct docx_run_format *normal, struct docx_table *table)
{
    find_part_texts(normal, table);
    find_header_text(normal, table);
}
