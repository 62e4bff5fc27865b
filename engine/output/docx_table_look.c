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

// ---- the parts of a body

static bool is_first_of_many(const struct docx_row *row, const struct docx_cell *cell)
{
    return cell->column == 0 && cell != row->last;
}

static bool is_last_of_many(const struct docx_row *row, const struct docx_cell *cell)
{
    return cell->column > 0 && cell == row->last;
}

// Whether there is anything between the first and the last.
static bool has_middle(const struct docx_table *table)
{
    return table->column_count > 2;
}

bool brv_docx_is_in_part(const struct docx_table *table, const struct docx_row *row,
                         const struct docx_cell *cell, enum docx_table_part part)
{
    switch (part) {
    case DOCX_FIRST_COLUMN:
        return cell->column == 0;
    case DOCX_LAST_COLUMN:
        return has_middle(table) && table->body_row_count > 1 && is_last_of_many(row, cell);
    case DOCX_LAST_ROW:
        return row == table->last && table->body_row_count > 1;
    case DOCX_TABLE_PARTS:
        break;
    }
    return false;
}

// The same for the look of the cell itself: it is the second of two columns that may be shaded.
static bool is_in_part(const struct docx_table *table, const struct docx_row *row,
                       const struct docx_cell *cell, enum docx_table_part part)
{
    bool is_last = part == DOCX_LAST_COLUMN && table->body_row_count > 1;
    return is_last ? is_last_of_many(row, cell) : brv_docx_is_in_part(table, row, cell, part);
}

uint32_t brv_docx_cell_difference(const struct docx_cell_format *a,
                                  const struct docx_cell_format *b)
{
    uint32_t members = 0;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        bool is_same = memcmp(&a->borders[i], &b->borders[i], sizeof a->borders[i]) == 0;
        members |= is_same ? 0 : 1u << i;
    }
    members |= a->shade != b->shade ? DOCX_CELL_SHADE : 0;
    members |= memcmp(a->padding, b->padding, sizeof a->padding) != 0 ? DOCX_CELL_PADDING : 0;
    members |= a->valign != b->valign ? DOCX_CELL_VALIGN : 0;
    return members;
}

static void take_members(struct docx_cell_format *to, const struct docx_cell_format *from,
                         uint32_t members)
{
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        to->borders[i] = members & (1u << i) ? from->borders[i] : to->borders[i];
    }
    to->shade = members & DOCX_CELL_SHADE ? from->shade : to->shade;
    to->valign = members & DOCX_CELL_VALIGN ? from->valign : to->valign;
    if (members & DOCX_CELL_PADDING) {
        memcpy(to->padding, from->padding, sizeof to->padding);
    }
}

struct docx_cell_format brv_docx_usual_cell(const struct docx_table *table,
                                            const struct docx_row *row,
                                            const struct docx_cell *cell)
{
    const struct docx_table_format *format = &table->format;
    if (row->is_header) {
        return format->header;
    }
    struct docx_cell_format usual = format->has_bands && row->is_even ? format->even : format->body;
    for (int i = 0; i < DOCX_TABLE_PARTS; i++) {
        enum docx_table_part part = (enum docx_table_part)i;
        if (is_in_part(table, row, cell, part)) {
            take_members(&usual, &format->parts[part].cell, format->parts[part].members);
        }
    }
    return usual;
}

// ---- what they have in common

// What is left out while the rest is counted: the bits of parts.
typedef uint32_t part_bits;

static bool is_left_out(const struct docx_table *table, const struct docx_row *row,
                        const struct docx_cell *cell, part_bits parts)
{
    bool is_first = parts & 1u << DOCX_FIRST_COLUMN && is_first_of_many(row, cell);
    bool is_last = parts & 1u << DOCX_LAST_COLUMN && is_in_part(table, row, cell, DOCX_LAST_COLUMN);
    return is_first || is_last ||
           (parts & 1u << DOCX_LAST_ROW && is_in_part(table, row, cell, DOCX_LAST_ROW));
}

// Whether a rule chooses a row for being the last: "tr:last-child td", not "td:last-child".
static bool is_foot(const struct brv_styled *tr)
{
    const brv_str last = BRV_S(":last-");
    bool is_chosen = brv_str_find(tr->selector, 0, last) < tr->selector.len;
    for (const struct brv_styled *cell = tr->first; cell && !is_chosen; cell = cell->next) {
        size_t at = brv_str_find(cell->selector, 0, last);
        is_chosen = brv_str_find_byte(cell->selector, at, ' ') < cell->selector.len;
    }
    return is_chosen;
}

// Of two rows the second is a band if it is shaded in another way and nothing has chosen it for
// being the last: whoever adds rows wants a rule below the last one, not below each second.
static bool is_band(const struct docx_table *table, const struct docx_table_format *format)
{
    bool is_one_of_two = table->body_row_count == 2 && table->column_count > 1;
    return !is_one_of_two ||
           (format->even.shade != format->body.shade && !is_foot(table->last->source));
}

// Takes the looks of odd and even rows from the cells that are in none of the parts.
static bool take_rows(const struct docx_table *table, struct docx_table_format *format,
                      part_bits parts)
{
    struct tally rows[2];
    memset(rows, 0, sizeof rows);
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            if (!is_left_out(table, row, cell, parts)) {
                tally_add(&rows[row->is_even], &cell->format);
            }
        }
    }
    if (!tally_best(&rows[0], &format->body)) {
        return false;
    }
    format->has_bands = tally_best(&rows[1], &format->even) &&
                        memcmp(&format->even, &format->body, sizeof format->even) != 0 &&
                        is_band(table, format);
    if (!format->has_bands) {
        memset(&format->even, 0, sizeof format->even);
    }
    return true;
}

// What all cells of a part have and the rows that they are in have not, as far as no other of the
// parts has them, too. Nothing when they have it in several ways.
static struct docx_table_condition condition_of(const struct docx_table *table,
                                                const struct docx_table_format *format,
                                                enum docx_table_part part, part_bits parts)
{
    const part_bits others = parts & ~(1u << part);
    const struct docx_cell_format *look = NULL;
    uint32_t various = 0;
    struct docx_table_condition condition;
    memset(&condition, 0, sizeof condition);
    for (const struct docx_row *row = table->first; row; row = row->next) {
        const struct docx_cell_format *usual =
            format->has_bands && row->is_even ? &format->even : &format->body;
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            bool is_alone = cell == row->last && cell->column == 0;
            if (!is_alone && is_in_part(table, row, cell, part) &&
                !is_left_out(table, row, cell, others)) {
                look = look ? look : &cell->format;
                condition.members |= brv_docx_cell_difference(usual, &cell->format);
                various |= brv_docx_cell_difference(look, &cell->format);
            }
        }
    }
    if (various & condition.members) {
        condition.members = 0;
    }
    if (condition.members != 0) {
        take_members(&condition.cell, look, condition.members);
    }
    return condition;
}

static size_t count_cells(const struct docx_table *table)
{
    size_t count = 0;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            count++;
        }
    }
    return count;
}

// How many cells of the body the style tells the look of.
static size_t count_usual(const struct docx_table *table)
{
    size_t count = 0;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && !row->is_header;
             cell = cell->next) {
            struct docx_cell_format usual = brv_docx_usual_cell(table, row, cell);
            count += brv_docx_cell_difference(&usual, &cell->format) == 0;
        }
    }
    return count;
}

// All sets of parts are tried. One is taken that tells the look of two cells more than a smaller
// one: what sets a single cell apart is not the look of its row. But a first column may have one,
// and of two that tell as much the one is better by which parts are shaded, not the rest.
static void take_parts(struct docx_table *table)
{
    struct docx_table_format *format = &table->format;
    struct docx_table_format plain = *format;
    if (!take_rows(table, format, 0)) {
        format->body = format->header;
        return;
    }
    size_t best = count_usual(table);
    struct docx_table_format chosen = *format;
    const size_t cells = count_cells(table);
    for (part_bits parts = 1; parts < 1u << DOCX_TABLE_PARTS; parts++) {
        if (best == cells && chosen.body.shade == DOCX_NO_COLOR) {
            break;
        }
        *format = plain;
        if (!take_rows(table, format, parts)) {
            continue;
        }
        for (int part = 0; part < DOCX_TABLE_PARTS; part++) {
            if (parts & 1u << part) {
                format->parts[part] =
                    condition_of(table, format, (enum docx_table_part)part, parts);
            }
        }
        size_t count = count_usual(table);
        bool is_plainer = count == best && format->body.shade == DOCX_NO_COLOR &&
                          chosen.body.shade != DOCX_NO_COLOR;
        if (is_plainer || count >= best + (parts == 1u << DOCX_FIRST_COLUMN ? 1 : 2)) {
            best = count;
            chosen = *format;
        }
    }
    *format = chosen;
}

// Cells that say themselves how they look.
static size_t count_direct(const struct docx_table *table)
{
    size_t count = 0;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell; cell = cell->next) {
            struct docx_cell_format usual = brv_docx_usual_cell(table, row, cell);
            count += brv_docx_cell_difference(&usual, &cell->format) != 0;
        }
    }
    return count;
}

void brv_docx_find_table_format(struct docx *docx, struct docx_table *table)
{
    struct tally header = { .kinds = 0 };
    table->body_row_count = 0;
    for (struct docx_row *row = table->first; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell && row->is_header; cell = cell->next) {
            tally_add(&header, &cell->format);
        }
        row->is_even = !row->is_header && table->body_row_count % 2 == 1;
        table->body_row_count += !row->is_header;
    }
    struct docx_table_format *format = &table->format;
    memset(format, 0, sizeof *format);
    format->has_header = tally_best(&header, &format->header);
    take_parts(table);
    docx->direct_cells += count_direct(table);
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        format->outer[i] = brv_docx_border(table->source->style, (enum docx_side)i);
    }
    if (!docx->template) { // whose styles may state anything
        brv_docx_find_table_text(&docx->normal->paragraph.run, table);
    }
    const struct brv_style *style = table->source->style;
    if (style->border_collapse == BRV_BORDERS_SEPARATE) {
        format->spacing = docx_twips(brv_length_resolve(style->border_spacing, 0));
    }
}
