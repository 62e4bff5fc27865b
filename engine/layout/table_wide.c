// Brevier — tables that are wider than the page.
// A column can be read when the words in it stay whole; only long addresses and hashes may be cut.
// Where not all columns of a table get that much, a careful typesetter first takes a smaller size.
// What would become too small is set in parts, one below the other: each begins with the first
// column, which says what a row is about, and goes on with the next columns. The parts are equally
// wide, as far as columns allow.
//
//     Host   CPU  Disk  Net            Host   CPU  Disk
//     ────   ───  ────  ───   becomes  ────   ───  ────
//     alfa    12    80    3            alfa    12    80
//     bravo   15    71    9            bravo   15    71
//
//                                      (2/2)
//                                      Host   Net
//                                      ────   ───
//                                      alfa     3
//                                      bravo    9
//
// To a reader of the tags it is one table: a row has all its cells in order, and what is repeated
// is an artifact, as the header rows at the top of a page are.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"
#include "layout/table.h"

#define LEAST_FACTOR 0.75f
#define LEAST_SIZE_PT 5.5f
#define PART_COLUMN_EM 14.0f // of a part: no column asks for more
#define MOST_KEY 0.4f        // of the room: a wider first column is not repeated at its width
enum { HALVINGS = 16 };

static float least_factor(const struct brv_styled *table)
{
    float least = LEAST_SIZE_PT / table->style->font_size;
    least = least > LEAST_FACTOR ? least : LEAST_FACTOR;
    return least < 1 ? least : 1;
}

// What a column takes in a part: more than it needs, if it wants that.
static float part_width(const struct brv_grid *grid, const struct brv_styled *table, size_t column,
                        float room_pt)
{
    const struct brv_column_want *want = &grid->wants[column];
    float most = PART_COLUMN_EM * table->style->font_size;
    most = most < room_pt / 3 ? most : room_pt / 3;
    float width = want->max_pt < most ? want->max_pt : most;
    width = width > want->readable_pt ? width : want->readable_pt;
    float limit = column == 0 ? MOST_KEY * room_pt : room_pt;
    return (width < limit ? width : limit) + grid->spacing_pt;
}

// Fills parts of a width one after the other.
static void fill_parts(const struct brv_grid *grid, const struct brv_styled *table, float room_pt,
                       float width_pt, struct brv_table_fit *fit)
{
    const float key = part_width(grid, table, 0, room_pt);
    float used = key;
    fit->part_count = 0;
    for (uint32_t i = 1; i < grid->column_count; i++) {
        float width = part_width(grid, table, i, room_pt);
        bool is_first = used <= key && (fit->part_count > 0 || i > 1);
        if (used + width > width_pt && !is_first && i > 1) {
            fit->ends[fit->part_count++] = i;
            used = key;
        }
        used += width;
    }
    fit->ends[fit->part_count++] = (uint32_t)grid->column_count;
}

// As few parts as the room allows, and as narrow as so many can be.
static void choose_parts(const struct brv_grid *grid, const struct brv_styled *table, float room_pt,
                         struct brv_table_fit *fit)
{
    float high = room_pt - grid->spacing_pt;
    float low = 0;
    fill_parts(grid, table, room_pt, high, fit);
    for (int i = 0; i < HALVINGS; i++) {
        struct brv_table_fit narrower = *fit;
        float middle = (low + high) / 2;
        fill_parts(grid, table, room_pt, middle, &narrower);
        if (narrower.part_count > fit->part_count) {
            low = middle;
        } else {
            *fit = narrower;
            high = middle;
        }
    }
}

static void report(struct brv_layout *layout, const struct brv_grid *grid,
                   const struct brv_styled *table, const struct brv_table_fit *fit)
{
    struct brv_span where = table->node ? table->node->span : brv_span_none();
    brv_str key = brv_arena_printf(layout->scratch, "wide table %u %u", where.offset, where.length);
    if (!brv_layout_tell_once(layout, key)) {
        return;
    }
    brv_str done =
        fit->part_count > 1
            ? brv_arena_printf(
                  layout->scratch, "in %zu parts, which repeat the first column", fit->part_count)
            : brv_arena_printf(
                  layout->scratch, "at %d %% of its size", (int)(100 * fit->factor + 0.5f));
    struct brv_diag *diag =
        brv_report(layout->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   where,
                   "table with %zu columns is too wide for the page; it is set %" BRV_STR_F,
                   grid->column_count,
                   BRV_STR_ARG(done));
    brv_diag_hint(layout->sink,
                  diag,
                  "a page of its own may be wider: table { page: wide } @page wide { size: A3 "
                  "landscape }");
}

struct brv_table_fit brv_table_choose_fit(struct brv_layout *layout, const struct brv_grid *grid,
                                          const struct brv_styled *table, float room_pt)
{
    struct brv_table_fit fit = { .factor = 1, .part_count = 1 };
    fit.ends[0] = (uint32_t)grid->column_count;
    float wanted = brv_grid_readable_width(grid);
    if (grid->column_count == 0 || wanted <= room_pt) {
        return fit;
    }
    if (room_pt >= wanted * least_factor(table)) {
        fit.factor = room_pt / wanted;
        report(layout, grid, table, &fit);
    } else if (grid->column_count > 2 && layout->tables_within == 0) {
        choose_parts(grid, table, room_pt, &fit);
        if (fit.part_count > 1) {
            report(layout, grid, table, &fit);
        }
    }
    return fit;
}

// ---- captions

static struct brv_styled *top_caption(const struct brv_styled *table)
{
    struct brv_styled *child = table->first;
    while (child && (child->kind != BRV_STYLED_ELEMENT ||
                     child->style->display != BRV_DISPLAY_TABLE_CAPTION ||
                     child->style->caption_side != BRV_CAPTION_TOP)) {
        child = child->next;
    }
    return child;
}

void brv_table_part_caption(struct brv_layout *layout, struct brv_styled *table,
                            struct brv_column column, size_t part, size_t part_count)
{
    struct brv_styled *caption = top_caption(table);
    struct brv_styled *around = caption ? caption : table;
    struct brv_styled number = {
        .kind = BRV_STYLED_TEXT,
        .style = around->style,
        .parent = around,
        .text = brv_arena_printf(
            layout->arena, caption ? " (%zu/%zu)" : "(%zu/%zu)", part + 1, part_count),
    };
    column.tag = NULL;
    layout->repeats++;
    if (caption) {
        struct brv_styled **end = &caption->first;
        while (*end) {
            end = &(*end)->next;
        }
        *end = &number;
        brv_block_flow(layout, caption, column);
        *end = NULL;
    } else {
        struct brv_paragraph *p = brv_paragraph_collect(layout, table, &number, NULL, NULL);
        brv_paragraph_flow(layout, p, column.flow, column.x_pt, column.width_pt);
    }
    layout->repeats--;
    brv_flow_cost(column.flow, BRV_COST_GLUED);
}
