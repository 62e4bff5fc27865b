// Brevier — Word tables that are wider than the page.
// As on our own pages, a table whose words do not fit is set smaller down to three quarters of its
// size; what would become too small is set in parts, one below the other, which repeat the first
// column. Pages are not known here, but their width is.
// SPDX-License-Identifier: MIT
#include "output/docx_table_wide.h"

#define LEAST_FACTOR 0.75f
#define LEAST_SIZE_PT 5.5f
#define FACTOR_STEP 0.05f
#define READABLE_EM 9.0f     // what is longer is an address or a hash, and may be cut
#define PART_COLUMN_EM 14.0f // of a part: no column asks for more
#define MOST_KEY 0.4f        // of the room: more the first column does not get in a part
enum { HALVINGS = 16 };

// ---- how a table is set

static float readable_width(const struct docx_column *column, const struct brv_style *style)
{
    float most = READABLE_EM * style->font_size * 20.0f;
    return column->least < most ? column->least : most;
}

static float least_factor(const struct brv_style *style)
{
    float least = LEAST_SIZE_PT / style->font_size;
    least = least > LEAST_FACTOR ? least : LEAST_FACTOR;
    return least < 1 ? least : 1;
}

// What a column takes in a part: more than it needs, if it wants that.
static float part_width(const struct docx_column *columns, unsigned column,
                        const struct brv_style *style, float room)
{
    float most = PART_COLUMN_EM * style->font_size * 20.0f;
    most = most < room / 3 ? most : room / 3;
    float width = columns[column].most < most ? columns[column].most : most;
    float readable = readable_width(&columns[column], style);
    width = width > readable ? width : readable;
    float limit = column == 0 ? MOST_KEY * room : room;
    return width < limit ? width : limit;
}

// Fills parts of a width one after the other; each has a column besides the first.
static void fill_parts(const struct docx_table *table, const struct docx_column *columns,
                       float room, float width, struct docx_fit *fit)
{
    const struct brv_style *style = table->source->style;
    const float key = part_width(columns, 0, style, room);
    float used = key;
    fit->part_count = 0;
    for (unsigned i = 1; i < table->column_count; i++) {
        float own = part_width(columns, i, style, room);
        if (used + own > width && used > key) {
            fit->ends[fit->part_count++] = i;
            used = key;
        }
        used += own;
    }
    fit->ends[fit->part_count++] = table->column_count;
}

// As few parts as the room allows, and as narrow as so many can be.
static void choose_parts(const struct docx_table *table, const struct docx_column *columns,
                         float room, struct docx_fit *fit)
{
    float high = room;
    float low = 0;
    fill_parts(table, columns, room, high, fit);
    for (int i = 0; i < HALVINGS; i++) {
        struct docx_fit narrower = *fit;
        float middle = (low + high) / 2;
        fill_parts(table, columns, room, middle, &narrower);
        if (narrower.part_count > fit->part_count) {
            low = middle;
        } else {
            *fit = narrower;
            high = middle;
        }
    }
}

static void shrink(struct docx_table *table, struct docx_column *columns, float factor)
{
    for (unsigned i = 0; i < table->column_count; i++) {
        columns[i].least *= factor;
        columns[i].most *= factor;
    }
    for (struct docx_row *row = table->first; row; row = row->next) {
        for (struct docx_cell *cell = row->first; cell; cell = cell->next) {
            for (int side = DOCX_TOP; side <= DOCX_RIGHT; side++) {
                float padding = (float)cell->format.padding[side];
                cell->format.padding[side] = (int16_t)(padding * factor);
            }
        }
    }
}

static void report(struct docx *docx, const struct docx_table *table, const struct docx_fit *fit)
{
    brv_str done = fit->part_count > 1
                       ? brv_arena_printf(docx->arena,
                                          "in %zu parts, which repeat the first column",
                                          fit->part_count)
                       : brv_arena_printf(
                             docx->arena, "at %d %% of its size", (int)(100 * fit->factor + 0.5f));
    struct brv_diag *diag =
        brv_report(docx->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   table->source->node ? table->source->node->span : brv_span_none(),
                   "table with %u columns is too wide for the page; it is set %" BRV_STR_F,
                   table->column_count,
                   BRV_STR_ARG(done));
    brv_diag_hint(docx->sink,
                  diag,
                  "a page of its own may be wider: table { page: wide } @page wide { size: A3 "
                  "landscape }");
}

struct docx_fit brv_docx_choose_fit(struct docx *docx, struct docx_table *table,
                                    struct docx_column *columns, int32_t width, bool can_part)
{
    struct docx_fit fit = { .factor = 1, .part_count = 1 };
    fit.ends[0] = table->column_count;
    float room = (float)width;
    float wanted = 0;
    for (unsigned i = 0; i < table->column_count; i++) {
        wanted += readable_width(&columns[i], table->source->style);
    }
    if (wanted <= room) {
        return fit;
    }
    if (room >= wanted * least_factor(table->source->style)) {
        fit.factor = FACTOR_STEP * (float)(int)(room / wanted / FACTOR_STEP);
        shrink(table, columns, fit.factor);
    } else if (can_part && table->column_count > 2) {
        choose_parts(table, columns, room, &fit);
    }
    if (fit.factor < 1 || fit.part_count > 1) {
        report(docx, table, &fit);
    }
    return fit;
}

// ---- parts

static unsigned first_column(const struct docx_fit *fit, size_t part)
{
    return part == 0 ? 1 : fit->ends[part - 1];
}

// The cells of a row that reach into a part: those at its beginning and those of its own columns.
static void copy_cells(struct docx *docx, const struct docx_row *row, struct docx_row *copy,
                       unsigned from, unsigned end)
{
    for (const struct docx_cell *cell = row->first; cell; cell = cell->next) {
        unsigned cell_end = cell->column + cell->columns;
        bool is_key = cell->column == 0;
        unsigned first = cell->column < from ? from : cell->column;
        unsigned last = cell_end < end ? cell_end : end;
        unsigned columns = (last > first ? last - first : 0) + is_key;
        if (columns == 0) {
            continue;
        }
        struct docx_cell *own = BRV_NEW(docx->arena, struct docx_cell);
        *own = *cell;
        own->next = NULL;
        own->column = is_key ? 0 : first - from + 1;
        own->columns = is_key && cell->columns == 1 ? 1 : columns;
        own->is_repeated = cell->column < from && from > 1;
        if (copy->last) {
            copy->last->next = own;
        } else {
            copy->first = own;
        }
        copy->last = own;
    }
}

struct docx_table *brv_docx_table_part(struct docx *docx, const struct docx_table *table,
                                       const struct docx_fit *fit, size_t part)
{
    struct docx_table *piece = BRV_NEW(docx->arena, struct docx_table);
    *piece = *table;
    piece->first = piece->last = NULL;
    piece->row_count = 0;
    piece->page_break = table->page_break && part == 0;
    piece->column_count = fit->ends[part] - first_column(fit, part) + 1;
    for (const struct docx_row *row = table->first; row; row = row->next) {
        struct docx_row *copy = BRV_NEW(docx->arena, struct docx_row);
        copy->is_header = row->is_header;
        copy->source = row->source;
        copy->keep = row->keep;
        copy_cells(docx, row, copy, first_column(fit, part), fit->ends[part]);
        if (!copy->first) {
            continue;
        }
        if (piece->last) {
            piece->last->next = copy;
        } else {
            piece->first = copy;
        }
        piece->last = copy;
        piece->row_count++;
    }
    return piece;
}

void brv_docx_part_columns(const struct docx_fit *fit, size_t part,
                           const struct docx_column *columns, struct docx_column *chosen)
{
    unsigned from = first_column(fit, part);
    chosen[0] = columns[0];
    memcpy(chosen + 1, columns + from, (fit->ends[part] - from) * sizeof *chosen);
}

void brv_docx_add_part_number(struct docx *docx, const struct docx_place *place,
                              const struct brv_styled *element, size_t part, size_t part_count)
{
    const struct brv_styled *caption = element->first;
    while (caption && caption->style->display != BRV_DISPLAY_TABLE_CAPTION) {
        caption = caption->next;
    }
    struct docx_place here = *place;
    here.role = DOCX_ROLE_CAPTION;
    const struct brv_style *style = caption ? caption->style : element->style;
    struct docx_paragraph_format format = brv_docx_text_format(docx, style);
    format.left = place->left;
    format.keep_next = 1;
    struct docx_paragraph *paragraph =
        brv_docx_paragraph_new(docx, &here, caption ? caption : element, format);
    brv_docx_inline_new(docx, paragraph, DOCX_TEXT)->text =
        brv_arena_printf(docx->arena, "(%zu/%zu)", part + 1, part_count);
}
