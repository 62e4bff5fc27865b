// Brevier — the baseline grid of columns.
//
// Lines of text in neighbouring columns stand side by side: each is a whole number of line heights
// below the top of the columns. Headings, figures, tables and boxes need not be so high. What
// stands off the grid, from one line of text to the next, is a run; white space is added to it, or
// a little taken from it, so that the text below is on the grid again:
//
//     ─ text ────────────
//                            the space of the run, and what brings the text back: above a heading,
//       Heading              which stays near its text; half above and half below a table or box
//     ─ text ────────────
//
// Nothing is changed before the page is filled, because only then it is known what stands at the
// top of a column. No space is added within a border: a run that begins or ends with the edge of a
// box has its space outside of it.
// SPDX-License-Identifier: MIT
#include "layout/grid.h"

#include <math.h>

#define TOLERANCE_PT 0.02f
#define MOST_TAKEN 0.4f // of a line, from white space that is there

// What is to be added before a slice whose top would be at `y_pt`; less than 0 when it is better
// taken from `white_pt` above.
static float missing(const struct brv_slice *slice, float y_pt, float white_pt)
{
    float grid = slice->columns->grid_pt;
    float beyond = fmodf(y_pt + slice->rise_pt, grid);
    if (beyond < TOLERANCE_PT || beyond > grid - TOLERANCE_PT) {
        return 0;
    }
    return beyond <= MOST_TAKEN * grid && beyond <= white_pt + TOLERANCE_PT ? -beyond
                                                                            : grid - beyond;
}

static float space_before(const struct brv_descent *way, size_t at)
{
    return at > way->from ? way->flow->slices[at].before_pt : 0;
}

// Looks down a run that begins with slice `at`, and says where its space goes.
static void plan_run(struct brv_descent *way, size_t at)
{
    const struct brv_flow *flow = way->flow;
    const struct brv_columns *columns = flow->slices[at].columns;
    size_t above = SIZE_MAX;
    float y = way->y_pt;
    size_t i = at;
    for (; !flow->slices[i].on_grid; i++) {
        const struct brv_slice *slice = &flow->slices[i];
        bool is_gap = i == at || slice->before_pt > 0; // not between lines of one block
        if (above == SIZE_MAX && i > way->from && is_gap && slice->cost != BRV_COST_NEVER) {
            above = i;
        }
        y += space_before(way, i) + slice->height_pt;
        bool ends = i + 1 == flow->count || flow->slices[i + 1].columns != columns ||
                    flow->slices[i + 1].forced != BRV_BREAK_AUTO;
        if (ends || y - way->y_pt > way->height_pt) {
            return;
        }
    }
    const struct brv_slice *text = &flow->slices[i];
    size_t place = above < i && text->cost >= BRV_COST_GLUED ? above : i;
    float space = missing(text, y + text->before_pt, flow->slices[place].before_pt);
    bool has_both = above < i && space > 0 && text->cost < BRV_COST_GLUED;
    way->above_at = above;
    way->below_at = i;
    way->above_pt = has_both ? space / 2 : place == above ? space : 0;
    way->below_pt = space - way->above_pt;
}

float brv_descent_next(struct brv_descent *way, size_t at)
{
    const struct brv_slice *slice = &way->flow->slices[at];
    bool has_grid = slice->columns && slice->columns->grid_pt > 0;
    if (has_grid && !slice->on_grid && !way->is_off_grid) {
        plan_run(way, at);
    }
    float top = way->y_pt + space_before(way, at);
    if (at == way->above_at) {
        top += way->above_pt;
    }
    if (at == way->below_at) {
        top += way->below_pt;
    } else if (has_grid && slice->on_grid) {
        top += missing(slice, top, space_before(way, at));
    }
    way->is_off_grid = has_grid && !slice->on_grid;
    way->y_pt = top + slice->height_pt;
    return top;
}
