// Brevier — table columns: sharing the width.
// Widths begin with CSS 2.1's automatic layout. Each column has a least width (its longest
// word) and a natural one (its longest line). Room for all natural widths: they are taken. Room for
// all least widths: what is left over goes to the columns by what they still want. Less: columns
// that are content with an equal share keep their least width and the others share the rest; their
// words then break anywhere, so that a table never leaves the page. Unless all columns have their
// natural width, a search then moves width to where it saves the most lines.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"
#include "layout/table.h"

#define READABLE_EM 8.0f      // in which all but long words stand whole
enum { SAMPLE_CELLS = 4000 }; // so many are enough to know a table by

// ---- widths

struct brv_edges brv_cell_insets(const struct brv_grid *grid, const struct brv_style *style,
                                 float width_pt)
{
    struct brv_edges insets = brv_style_insets(style, width_pt, grid->is_rtl);
    if (grid->collapses) {
        insets.top_pt -= style->border_top_width / 2;
        insets.bottom_pt -= style->border_bottom_width / 2;
        insets.left_pt -= (grid->is_rtl ? style->border_right_width : style->border_left_width) / 2;
        insets.right_pt -=
            (grid->is_rtl ? style->border_left_width : style->border_right_width) / 2;
    }
    return insets;
}

// Where no more than a long address must be cut, a column can be read.
static float readable_width(const struct brv_grid *grid, const struct brv_style *style)
{
    struct brv_edges insets = brv_cell_insets(grid, style, 0);
    return READABLE_EM * style->font_size + insets.left_pt + insets.right_pt;
}

// Shares what a cell wants beyond what its columns have already.
static void want_span(const struct brv_grid *grid, const struct brv_cell *cell, float min,
                      float max, float readable)
{
    struct brv_column_want *wants = grid->wants;
    float spacing = grid->spacing_pt * (float)(cell->columns - 1);
    min -= spacing;
    max -= spacing;
    readable -= spacing;
    for (uint32_t i = 0; i < cell->columns; i++) {
        min -= wants[cell->column + i].min_pt;
        max -= wants[cell->column + i].max_pt;
        readable -= wants[cell->column + i].readable_pt;
    }
    for (uint32_t i = 0; i < cell->columns; i++) {
        struct brv_column_want *want = &wants[cell->column + i];
        want->min_pt += brv_larger(min, 0) / (float)cell->columns;
        want->max_pt += brv_larger(max, 0) / (float)cell->columns;
        want->readable_pt += brv_larger(readable, 0) / (float)cell->columns;
    }
}

static void measure_cells(struct brv_layout *layout, struct brv_grid *grid, float room_pt,
                          bool spans, size_t *sample_capacity)
{
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct brv_row *row = &grid->rows[i];
        for (size_t k = 0; k < row->cell_count; k++) {
            const struct brv_cell *cell = &row->cells[k];
            if ((cell->columns > 1) != spans) {
                continue;
            }
            float min;
            float max;
            layout->measured.sum_pt = 0;
            layout->measured.lines = 0;
            brv_block_measure(layout, cell->styled, &min, &max);
            float readable = brv_smaller(min, readable_width(grid, cell->styled->style));
            if (spans) {
                want_span(grid, cell, min, max, readable);
                continue;
            }
            if (grid->sample_count < SAMPLE_CELLS) {
                BRV_PUSH(layout->flows, grid->samples, grid->sample_count, *sample_capacity) =
                    (struct brv_cell_sample){ .row = (uint32_t)i,
                                              .column = cell->column,
                                              .min_pt = min,
                                              .max_pt = max,
                                              .sum_pt = brv_larger(layout->measured.sum_pt, max),
                                              .lines =
                                                  brv_larger((float)layout->measured.lines, 1) };
            }
            struct brv_column_want *want = &grid->wants[cell->column];
            want->readable_pt = brv_larger(readable, want->readable_pt);
            want->min_pt = min > want->min_pt ? min : want->min_pt;
            want->max_pt = max > want->max_pt ? max : want->max_pt;
            float set = brv_length_resolve(cell->styled->style->width, room_pt);
            want->set_pt = set > want->set_pt ? set : want->set_pt;
        }
    }
}

// Columns that an equal share satisfies keep their least width; the others share the rest. Each has
// `base` of its readable width before that.
static void squeeze(struct brv_grid *grid, float room_pt, float base)
{
    const struct brv_column_want *wants = grid->wants;
    size_t left = grid->column_count;
    float rest = room_pt;
    bool again = true;
    for (size_t i = 0; i < grid->column_count; i++) {
        grid->widths[i] = -1;
        rest -= base * wants[i].readable_pt;
    }
    while (again && left > 0) {
        again = false;
        float share = rest / (float)left;
        for (size_t i = 0; i < grid->column_count; i++) {
            float wanted = wants[i].min_pt - base * wants[i].readable_pt;
            if (grid->widths[i] < 0 && wanted <= share) {
                grid->widths[i] = wanted;
                rest -= wanted;
                left--;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < grid->column_count; i++) {
        grid->widths[i] = grid->widths[i] < 0 ? rest / (float)left : grid->widths[i];
        grid->widths[i] += base * wants[i].readable_pt;
    }
}

static bool is_readable(const struct brv_grid *grid)
{
    for (size_t i = 0; i < grid->column_count; i++) {
        if (grid->widths[i] < grid->wants[i].readable_pt - 0.01f) {
            return false;
        }
    }
    return true;
}

float brv_grid_readable_width(const struct brv_grid *grid)
{
    float width = grid->spacing_pt * (float)(grid->column_count + 1);
    for (size_t i = 0; i < grid->column_count; i++) {
        width += grid->wants[i].readable_pt;
    }
    return width;
}

// True when every column has its natural width. What is left beyond goes to the columns that no
// stylesheet gave a width, to all when each has one.
static bool share(struct brv_grid *grid, float room_pt, bool fills)
{
    const struct brv_column_want *wants = grid->wants;
    float min = 0;
    float max = 0;
    float unset = 0;
    for (size_t i = 0; i < grid->column_count; i++) {
        min += wants[i].min_pt;
        max += wants[i].max_pt;
        unset += wants[i].set_pt > 0 ? 0 : wants[i].max_pt;
    }
    if (min > room_pt) {
        squeeze(grid, room_pt, 0);
        float spacing = grid->spacing_pt * (float)(grid->column_count + 1);
        if (!is_readable(grid) && brv_grid_readable_width(grid) - spacing <= room_pt) {
            squeeze(grid, room_pt, 1);
        }
        return false;
    }
    for (size_t i = 0; i < grid->column_count; i++) {
        if (max <= room_pt) {
            const bool grows = fills && max > 0 && (unset <= 0 || wants[i].set_pt <= 0);
            const float of = unset > 0 ? unset : max;
            grid->widths[i] =
                wants[i].max_pt + (grows ? (room_pt - max) * wants[i].max_pt / of : 0);
        } else {
            grid->widths[i] = wants[i].min_pt +
                              (room_pt - min) * (wants[i].max_pt - wants[i].min_pt) / (max - min);
        }
    }
    return max <= room_pt;
}

// ---- the lowest table
//
// The height of a row is that of its highest cell, and a cell's height is about the number of lines
// that its text makes in its column. From a first guess, width moves from one column to another as
// long as the sum of all rows shrinks, in ever smaller steps. A cell whose longest word does not
// fit costs as if it had more lines.

enum { FIRST_STEPS = 8, LAST_STEPS = 256, MAX_MOVES = 400, MOVE_TRIES = 4 };

#define LESSER_LINES 0.08f // of a line in a cell that is not the highest of its row
#define BROKEN_WORD 1.5f   // lines
#define SLACK 1.06f        // lines are not filled to the end,
#define SHORT_END 0.5f     // and the last of a paragraph is half empty

struct search {
    struct brv_grid *grid;
    const struct brv_cell_sample *cells; // by row
    size_t count;
    float *grown, *shrunk; // by column: cost of the table when it alone is a step wider, narrower
};

static float lines_of(const struct brv_cell_sample *cell, float width_pt)
{
    width_pt = width_pt > 1 ? width_pt : 1;
    float lines = cell->lines;
    if (cell->max_pt > width_pt + 0.06f) { // natural widths are measured with 0.05 to spare
        float exact = cell->sum_pt * SLACK / width_pt + (cell->lines - 1) * SHORT_END;
        lines = brv_larger((float)(int)(exact + 0.999f), cell->lines + 1);
        lines += exact / 16; // a slope between the steps
    }
    return lines + (cell->min_pt > width_pt + 0.01f ? BROKEN_WORD * cell->min_pt / width_pt : 0);
}

// The highest cell of a row and the one after it.
struct row_top {
    float first, second, sum;
    size_t at;
};

static struct row_top find_top(const struct search *s, size_t from, size_t to)
{
    struct row_top top = { .at = from };
    for (size_t i = from; i < to; i++) {
        float lines = lines_of(&s->cells[i], s->grid->widths[s->cells[i].column]);
        top.sum += lines;
        if (lines > top.first) {
            top.second = top.first;
            top.first = lines;
            top.at = i;
        } else if (lines > top.second) {
            top.second = lines;
        }
    }
    return top;
}

// The cost of the table as it is; and of each column grown or shrunk by `step`, when asked.
static float weigh(struct search *s, float step, bool with_moves)
{
    float cost = 0;
    for (size_t i = 0; with_moves && i < s->grid->column_count; i++) {
        s->grown[i] = s->shrunk[i] = 0;
    }
    for (size_t from = 0, to; from < s->count; from = to) {
        to = from;
        while (to < s->count && s->cells[to].row == s->cells[from].row) {
            to++;
        }
        struct row_top top = find_top(s, from, to);
        cost += top.first + LESSER_LINES * top.sum;
        for (size_t i = from; with_moves && i < to; i++) {
            size_t column = s->cells[i].column;
            float width = s->grid->widths[column];
            float own = lines_of(&s->cells[i], width);
            float others = i == top.at ? top.second : top.first;
            float wider = lines_of(&s->cells[i], width + step);
            float narrower = lines_of(&s->cells[i], width - step);
            s->grown[column] +=
                (wider > others ? wider : others) - top.first + LESSER_LINES * (wider - own);
            s->shrunk[column] += (narrower > others ? narrower : others) - top.first +
                                 LESSER_LINES * (narrower - own);
        }
    }
    return cost;
}

// The column that shrinks most cheaply; column_count when none may.
static size_t find_giver(const struct search *s, const float *least, float step, size_t gains)
{
    size_t count = s->grid->column_count;
    size_t gives = count;
    for (size_t i = 0; i < count; i++) {
        if (i != gains && s->grid->widths[i] - step >= least[i] &&
            (gives == count || s->shrunk[i] < s->shrunk[gives])) {
            gives = i;
        }
    }
    return gives;
}

// Moves `step` from one column to another if that makes the table lower. What a column gains alone
// is only an estimate of both moves together, so the best few are tried.
static bool move_step(struct search *s, const float *least, float step, float *cost)
{
    size_t count = s->grid->column_count;
    float *widths = s->grid->widths;
    (void)weigh(s, step, true);
    for (int tries = 0; tries < MOVE_TRIES; tries++) {
        size_t gains = 0;
        for (size_t i = 1; i < count; i++) {
            gains = s->grown[i] < s->grown[gains] ? i : gains;
        }
        size_t gives = find_giver(s, least, step, gains);
        if (gives == count || s->grown[gains] >= 0) {
            return false;
        }
        widths[gains] += step;
        widths[gives] -= step;
        float now = weigh(s, 0, false);
        if (now < *cost - 0.001f) {
            *cost = now;
            return true;
        }
        widths[gains] -= step;
        widths[gives] += step;
        s->grown[gains] = 0; // not again
    }
    return false;
}

static void search_widths(struct brv_layout *layout, struct brv_grid *grid, float room_pt)
{
    const struct brv_column_want *wants = grid->wants;
    struct search search = {
        .grid = grid,
        .cells = grid->samples,
        .count = grid->sample_count,
        .grown = BRV_NEW_ARRAY(layout->flows, float, grid->column_count),
        .shrunk = BRV_NEW_ARRAY(layout->flows, float, grid->column_count),
    };
    float *least = BRV_NEW_ARRAY(layout->flows, float, grid->column_count);
    float half = room_pt / (float)grid->column_count / 2;
    for (size_t i = 0; i < grid->column_count; i++) {
        least[i] = wants[i].min_pt < half ? wants[i].min_pt : half;
        if (wants[i].readable_pt > least[i]) {
            least[i] = brv_smaller(wants[i].readable_pt, grid->widths[i]);
        }
        least[i] =
            wants[i].set_pt > 0 && grid->widths[i] >= wants[i].min_pt ? grid->widths[i] : least[i];
    }
    float cost = weigh(&search, 0, false);
    int moves = 0;
    for (int steps = FIRST_STEPS; steps <= LAST_STEPS; steps *= 2) {
        while (moves < MAX_MOVES && move_step(&search, least, room_pt / (float)steps, &cost)) {
            moves++;
        }
    }
}

static void report_narrow(struct brv_layout *layout, const struct brv_grid *grid,
                          const struct brv_styled *table)
{
    // What its cells leave for text in the narrowest column that parts words; rows have much the
    // same edges.
    float narrowest = BRV_NARROW_EM * table->style->font_size;
    bool is_narrow = false;
    for (size_t i = 0; grid->row_count > 0 && i < grid->rows[0].cell_count; i++) {
        const struct brv_cell *cell = &grid->rows[0].cells[i];
        float width = grid->widths[cell->column];
        struct brv_edges insets = brv_cell_insets(grid, cell->styled->style, width);
        is_narrow |= cell->columns == 1 && width < grid->wants[cell->column].min_pt &&
                     width - insets.left_pt - insets.right_pt < narrowest;
    }
    struct brv_span where = table->node ? table->node->span : brv_span_none();
    brv_str key =
        brv_arena_printf(layout->scratch, "narrow table %u %u", where.offset, where.length);
    if (is_narrow && brv_layout_tell_once(layout, key)) {
        struct brv_diag *diag = brv_report(
            layout->sink,
            BRV_WARNING,
            BRV_CODE_OUTPUT,
            where,
            "table with %zu columns is too wide for the page; its cells may be hard to read",
            grid->column_count);
        brv_diag_hint(layout->sink,
                      diag,
                      "a page of its own may be wider: table { page: wide } @page wide { size: "
                      "A3 landscape }");
    }
}

static float room_for_columns(const struct brv_grid *grid, float room_pt)
{
    float room = room_pt - grid->spacing_pt * (float)(grid->column_count + 1);
    return room > (float)grid->column_count ? room : (float)grid->column_count;
}

void brv_grid_measure(struct brv_layout *layout, struct brv_grid *grid, float room_pt)
{
    float room = room_for_columns(grid, room_pt);
    struct brv_column_want *wants =
        BRV_NEW_ARRAY(layout->flows, struct brv_column_want, grid->column_count);
    size_t capacity = 0;
    grid->wants = wants;
    measure_cells(layout, grid, room, false, &capacity);
    for (size_t i = 0; i < grid->column_count; i++) {
        if (wants[i].set_pt > 0) {
            wants[i].max_pt = wants[i].set_pt > wants[i].min_pt ? wants[i].set_pt : wants[i].min_pt;
            wants[i].min_pt = wants[i].max_pt < room ? wants[i].max_pt : wants[i].min_pt;
        }
    }
    measure_cells(layout, grid, room, true, &capacity);
    for (size_t i = 0; i < grid->column_count; i++) {
        wants[i].readable_pt = brv_smaller(wants[i].readable_pt, wants[i].min_pt);
    }
}

void brv_grid_fit(struct brv_layout *layout, struct brv_grid *grid, const struct brv_styled *table,
                  float room_pt, bool fills)
{
    if (grid->column_count == 0) {
        return;
    }
    float room = room_for_columns(grid, room_pt);
    if (!share(grid, room, fills)) {
        search_widths(layout, grid, room);
    }
    report_narrow(layout, grid, table);
}
