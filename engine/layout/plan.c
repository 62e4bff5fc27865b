// Brevier — page breaking.
//
// The vertical list is cut into pages from the top. For each page the breaker walks on until a
// slice no longer fits, and remembers on the way the best place to stop: the cheapest, and among
// equals the lowest. A heading is glued to what follows, so the place between them is dear, and the
// break moves above the heading; the same comparison serves orphans, widows and break-inside:
// avoid.
//
//      slices   cost of a break before each         page
//      ┌ h2 ┐   free   ◄── best so far               ┌──────────┐
//      ├ p₁ ┤   glued                                │  …       │
//      ├ p₂ ┤   lines                                │          │  ← ends here
//      └ p₃ ┘   free   ◄── does not fit              └──────────┘
//
// Where that would leave holes or a short last page, the next pages have been weighed together, and
// the page ends where that says (ahead.c).
//
// Slices that stand in columns are taken as one band: each column is filled by the same rule. Where
// the band's slices come to an end on the page, its columns are made as short as they can be
// without a dearer break; a little higher, where that keeps a listing in one column. Each slice is
// looked at again at most once for the page after, so the work is linear. Footnotes count with the
// slice that calls them; they stand at the foot of the page, below all columns. A long one for
// which there is no room is split: the text ends as soon as it may, and what is left of the note
// waits for the next page.
// SPDX-License-Identifier: MIT
#include "layout/plan.h"
#include "layout/footnote.h"
#include "layout/grid.h"

enum {
    BALANCE_STEPS = 14, // halvings of the height
    NOTE_TRIES = 8,     // of a height that leaves room for the notes
};
#define LISTING_STRETCH 1.15f // of columns that keep their listings whole

struct planner {
    struct brv_plan *plan;
    struct brv_book *book;
    const struct brv_flow *flow;
    float height_pt;
};

// ---- measures

static float header_height(const struct brv_flow *header)
{
    return header ? header->height_pt : 0;
}

bool brv_plan_repeats_header(const struct brv_slice *slice, float height_pt)
{
    return slice->header && header_height(slice->header) + slice->height_pt <= height_pt &&
           header_height(slice->header) <= height_pt / 2;
}

static float repeated_height(const struct planner *p, const struct brv_slice *slice)
{
    return brv_plan_repeats_header(slice, p->height_pt) ? header_height(slice->header) : 0;
}

static float notes_height(const struct planner *p, const struct brv_slice *slice)
{
    return brv_slice_notes_height(p->book->layout, slice, p->book->geometry->width_pt);
}

static float foot_height(float notes_pt)
{
    return notes_pt > 0 ? notes_pt + BRV_NOTE_GAP_PT : 0;
}

// ---- columns

// Whether slice `at` stands in the columns of the band that begins with `from`.
static bool is_in_band(const struct brv_flow *flow, size_t from, size_t at)
{
    return at < flow->count && flow->slices[at].columns == flow->slices[from].columns &&
           (at == from || flow->slices[at].forced == BRV_BREAK_AUTO);
}

static uint8_t column_cost(const struct brv_band *band, const struct brv_slice *slice)
{
    bool parts_listing = slice->is_listing && slice->continues;
    return band->keeps_listings && parts_listing && slice->cost < BRV_COST_GLUED
               ? slice->cost | BRV_COST_LINES
               : slice->cost;
}

// The slice that begins the next column; the height of this one.
static size_t column_end(const struct planner *p, const struct brv_band *band, size_t from,
                         float height_pt, float *used_pt)
{
    const struct brv_flow *flow = p->flow;
    struct brv_descent way =
        brv_descent_begin(flow, from, repeated_height(p, &flow->slices[from]), p->height_pt);
    size_t best = from + 1;
    uint8_t best_cost = UINT8_MAX;
    size_t i = from;
    for (; i == from || is_in_band(flow, band->from, i); i++) {
        uint8_t cost = column_cost(band, &flow->slices[i]);
        if (i > from && cost <= best_cost) {
            best = i;
            best_cost = cost;
            *used_pt = way.y_pt;
        }
        brv_descent_next(&way, i);
        if (i > from && way.y_pt > height_pt + BRV_FIT_TOLERANCE_PT) {
            return best;
        }
    }
    *used_pt = way.y_pt;
    return i;
}

// Fills columns of one height; true when the band's slices end in them.
static bool fill_band(const struct planner *p, struct brv_band *band, float height_pt)
{
    size_t at = band->from;
    band->height_pt = 0;
    band->worst_cost = BRV_COST_FREE;
    for (unsigned i = 0; i < band->columns->count; i++) {
        band->starts[i] = at;
        if (at == band->from ? i == 0 : is_in_band(p->flow, band->from, at)) {
            uint8_t cost = i > 0 ? column_cost(band, &p->flow->slices[at]) : (uint8_t)BRV_COST_FREE;
            band->worst_cost = cost > band->worst_cost ? cost : band->worst_cost;
            float used = 0;
            at = column_end(p, band, at, height_pt, &used);
            band->height_pt = used > band->height_pt ? used : band->height_pt;
        }
    }
    band->starts[band->columns->count] = at;
    band->to = at;
    return !is_in_band(p->flow, band->from, at);
}

static void shorten(const struct planner *p, struct brv_band *band)
{
    float low = 0;
    float high = band->height_pt;
    for (int i = 0; i < BALANCE_STEPS; i++) {
        float middle = (low + high) / 2;
        struct brv_band shorter = *band;
        if (fill_band(p, &shorter, middle) && shorter.worst_cost <= band->worst_cost &&
            shorter.height_pt <= middle + BRV_FIT_TOLERANCE_PT) {
            *band = shorter;
            high = middle;
        } else {
            low = middle;
        }
    }
}

// Makes a band that ends in the room as short as it can be.
static void balance(const struct planner *p, struct brv_band *band, float room_pt)
{
    struct brv_band whole = *band;
    whole.keeps_listings = true;
    bool is_whole = fill_band(p, &whole, room_pt) && whole.worst_cost <= band->worst_cost;
    shorten(p, band);
    if (is_whole) {
        shorten(p, &whole);
        *band = whole.height_pt <= LISTING_STRETCH * band->height_pt ? whole : *band;
    }
}

// Sets a band in the room below its top, less what its own notes and `notes_pt` take. Adds the
// notes; true when the band's slices end in it.
static bool plan_band(const struct planner *p, struct brv_band *band, float *notes_pt)
{
    float whole = p->height_pt - band->top_pt;
    float room = whole - foot_height(*notes_pt);
    float notes = 0;
    bool is_end = false;
    for (int i = 0; i < NOTE_TRIES; i++) {
        is_end = fill_band(p, band, room);
        notes = *notes_pt;
        for (size_t k = band->from; k < band->to; k++) {
            notes += notes_height(p, &p->flow->slices[k]);
        }
        if (band->height_pt + foot_height(notes) <= whole + BRV_FIT_TOLERANCE_PT) {
            break;
        }
        room = whole - foot_height(notes);
    }
    if (is_end && band->columns->is_balanced) {
        balance(p, band, room);
    }
    *notes_pt = notes;
    return is_end;
}

// ---- the page

static float space_before(const struct brv_slice *slice, bool is_top, bool keeps_margin)
{
    return is_top && !keeps_margin ? 0 : slice->before_pt;
}

static struct brv_band *add_band(struct planner *p, size_t from, const struct brv_columns *columns,
                                 float top_pt)
{
    struct brv_plan *plan = p->plan;
    BRV_PUSH(p->book->layout->arena, plan->bands, plan->count, plan->capacity) =
        (struct brv_band){ .from = from, .to = from, .columns = columns, .top_pt = top_pt };
    return &plan->bands[plan->count - 1];
}

// The page ends before a slice: what was planned from there on is forgotten.
static void end_page(struct brv_plan *plan, size_t to)
{
    while (plan->count > 0 && plan->bands[plan->count - 1].from >= to) {
        plan->count--;
    }
    if (plan->count > 0 && plan->bands[plan->count - 1].to > to) {
        plan->bands[plan->count - 1].to = to;
    }
    plan->to = to;
}

// Whether a page with a note that is split ends before a slice. What is kept together is parted
// where the notes of the slice would otherwise begin on another page than their calls.
static bool may_end_full(const struct planner *p, const struct brv_slice *slice)
{
    const bool tears = slice->cost >= BRV_COST_GLUED || (slice->cost & BRV_COST_LINES) != 0;
    return slice->cost == BRV_COST_FREE || (!tears && notes_height(p, slice) > 0);
}

void brv_plan_page(struct brv_plan *plan, struct brv_book *book, const struct brv_flow *flow,
                   size_t from, size_t to, bool keeps_margin, float notes_pt)
{
    struct planner p = { plan, book, flow, book->geometry->height_pt };
    plan->count = 0;
    const struct brv_slice *first = &flow->slices[from];
    const float header = first->columns ? 0 : repeated_height(&p, first);
    float y = header;
    // Notes from earlier pages leave room for the text that goes on.
    float notes = notes_pt > p.height_pt / 2 ? p.height_pt / 2 : notes_pt;
    bool is_full = false; // of a note that is split
    size_t best = from + 1;
    uint8_t best_cost = UINT8_MAX;
    for (size_t i = from; i < flow->count;) {
        const struct brv_slice *slice = &flow->slices[i];
        bool may_end = i == to || (is_full && may_end_full(&p, slice));
        if (i > from && (may_end || slice->forced != BRV_BREAK_AUTO)) {
            end_page(plan, i);
            return;
        }
        if (i > from && slice->cost <= best_cost) {
            best = i;
            best_cost = slice->cost;
        }
        float top = y + space_before(slice, i == from, keeps_margin);
        if (i == from && top + slice->height_pt > p.height_pt) {
            top = p.height_pt > y + slice->height_pt ? p.height_pt - slice->height_pt : y;
        }
        if (slice->columns) {
            struct brv_band *band = add_band(&p, i, slice->columns, top);
            bool is_end = plan_band(&p, band, &notes);
            y = top + band->height_pt;
            bool is_worse = band->worst_cost > best_cost;
            if (i > from && (is_worse || y > p.height_pt + BRV_FIT_TOLERANCE_PT)) {
                end_page(plan, best);
                return;
            }
            i = band->to;
            if (!is_end) {
                end_page(plan, i);
                return;
            }
            continue;
        }
        y = top + slice->height_pt;
        if (!is_full) {
            float own = notes_height(&p, slice);
            if (own > 0 && notes < notes_pt) { // it begins where those from earlier pages end
                notes = notes_pt;
            }
            if (y + foot_height(notes + own) > p.height_pt + BRV_FIT_TOLERANCE_PT) {
                float least = brv_slice_notes_least(slice, BRV_LONG_NOTE * p.height_pt);
                is_full = least < own;
                own = least;
            }
            notes += own;
        }
        if (i > from && y + foot_height(notes) > p.height_pt + BRV_FIT_TOLERANCE_PT) {
            end_page(plan, best);
            return;
        }
        struct brv_band *band = plan->count > 0 ? &plan->bands[plan->count - 1] : NULL;
        if (!band || band->columns) {
            band = add_band(&p, i, NULL, i == from ? top - header : top);
        }
        band->to = ++i;
    }
    end_page(plan, flow->count);
}
