// Brevier — filling pages.
// plan.c says what stands on a page; here it is put there, region by region, with the footnotes
// that it calls. One that no page can hold beside its call goes on at the foot of the next page.
// SPDX-License-Identifier: MIT
#include "layout/ahead.h"
#include "layout/footnote.h"
#include "layout/grid.h"
#include "layout/plan.h"

#define NOTE_RULE_PT 0.5f

// A footnote, or what is left of it.
struct waiting_note {
    struct brv_note *note;
    size_t from; // slice
};

struct filler {
    struct brv_book *book;
    const struct brv_flow *flow;
    struct waiting_note *waiting; // from earlier pages, then this page's
    size_t waiting_count, waiting_capacity;
    size_t waiting_from; // those before are done
    struct brv_ahead ahead;
    struct brv_plan plan;
};

// ---- footnotes

static float note_rest(const struct waiting_note *waiting)
{
    return brv_note_height(waiting->note, waiting->from);
}

static float waiting_height(const struct filler *filler)
{
    float height = 0;
    for (size_t i = filler->waiting_from; i < filler->waiting_count; i++) {
        height += note_rest(&filler->waiting[i]);
    }
    return height;
}

static void queue_notes(struct filler *filler, const struct brv_slice *slice)
{
    for (const struct brv_mark *mark = slice->marks; mark; mark = mark->next) {
        if (mark->kind == BRV_MARK_NOTE) {
            // The plan did not ask for its height below a note that is split.
            brv_note_flow(filler->book->layout, mark->note, filler->book->geometry->width_pt);
            BRV_PUSH(filler->book->layout->arena,
                     filler->waiting,
                     filler->waiting_count,
                     filler->waiting_capacity) = (struct waiting_note){ mark->note, 0 };
        }
    }
}

// Sets as many note lines as fit between `top_pt` and the foot, at the foot. At least one line when
// the page is otherwise empty, whatever its height, so that there is always progress.
static void place_notes(struct filler *filler, float top_pt, bool page_is_empty)
{
    struct brv_book *book = filler->book;
    float room = book->geometry->height_pt - top_pt - BRV_NOTE_GAP_PT;
    float used = 0;
    size_t taken = 0;
    size_t first = filler->waiting_from;
    size_t last = first;
    size_t last_slice = 0; // slices of the last note that fit
    bool full = false;
    for (; last < filler->waiting_count && !full; last++) {
        const struct waiting_note *waiting = &filler->waiting[last];
        for (last_slice = waiting->from; last_slice < waiting->note->flow.count; last_slice++) {
            const struct brv_slice *slice = &waiting->note->flow.slices[last_slice];
            float height = slice->height_pt + (last_slice > waiting->from ? slice->before_pt : 0);
            bool fits = used + height <= room + BRV_FIT_TOLERANCE_PT;
            if (!fits && !(page_is_empty && taken == 0)) {
                full = true;
                break;
            }
            used += height;
            taken++;
        }
    }
    if (first == last || (taken == 0 && full)) {
        return;
    }
    float y = book->geometry->height_pt - used;
    y = y > top_pt ? y : top_pt;
    struct brv_item *rule = BRV_NEW(book->layout->arena, struct brv_item);
    rule->kind = BRV_ITEM_LINE;
    rule->artifact = BRV_ARTIFACT_LAYOUT;
    float rule_y = book->geometry->y_pt + y - BRV_NOTE_GAP_PT / 2;
    const float width = book->geometry->width_pt;
    const bool is_rtl = filler->waiting[first].note->is_rtl;
    const float rule_x = book->geometry->x_pt + (is_rtl ? 3 * width / 4 : 0);
    rule->line =
        (struct brv_line_item){ rule_x,          rule_y,       rule_x + width / 4,
                                rule_y,          NOTE_RULE_PT, book->layout->root_style->color,
                                BRV_BORDER_SOLID };
    brv_item_list_add(&book->content, rule);
    for (size_t i = first; i < last; i++) {
        struct waiting_note *waiting = &filler->waiting[i];
        size_t end = i + 1 < last ? waiting->note->flow.count : last_slice;
        for (size_t k = waiting->from; k < end; k++) {
            struct brv_slice *slice = &waiting->note->flow.slices[k];
            y += k > waiting->from ? slice->before_pt : 0;
            brv_book_place(book, slice, y, 0);
            y += slice->height_pt;
        }
        waiting->from = end;
        filler->waiting_from += end == waiting->note->flow.count;
    }
}

// ---- pages

// Places slices from `top_pt` down; returns where the last one ends.
static float fill_region(struct filler *filler, size_t from, size_t to, float top_pt, float space)
{
    struct brv_book *book = filler->book;
    const struct brv_flow *flow = filler->flow;
    const struct brv_flow *header =
        brv_plan_repeats_header(&flow->slices[from], book->geometry->height_pt)
            ? flow->slices[from].header
            : NULL;
    float y = top_pt;
    for (size_t i = 0; header && i < header->count; i++) {
        y += i > 0 ? header->slices[i].before_pt : 0;
        brv_book_place(book, &header->slices[i], y, BRV_PLACE_COPY);
        y += header->slices[i].height_pt;
    }
    struct brv_descent way =
        brv_descent_begin(flow, from, y + space - top_pt, book->geometry->height_pt);
    for (size_t i = from; i < to; i++) {
        struct brv_slice *slice = &flow->slices[i];
        unsigned how = (header && i == from ? BRV_PLACE_UNDER_HEADER : 0u) |
                       (i + 1 == to ? BRV_PLACE_LAST : 0u);
        brv_book_place(book, slice, top_pt + brv_descent_next(&way, i), how);
        queue_notes(filler, slice);
    }
    return top_pt + way.y_pt;
}

static void fill_columns(struct filler *filler, const struct brv_band *band)
{
    struct brv_book *book = filler->book;
    float top = band->top_pt;
    unsigned used = 0;
    for (unsigned i = 0; i < band->columns->count; i++) {
        if (band->starts[i] < band->starts[i + 1]) {
            brv_book_begin_column(book, band->columns, i, top);
            brv_book_end_column(book,
                                fill_region(filler, band->starts[i], band->starts[i + 1], top, 0));
            used = i + 1;
        }
    }
    brv_book_end_columns(book, top, top + band->height_pt, used);
}

static size_t fill_page(struct filler *filler, size_t from, bool keeps_margin)
{
    struct brv_book *book = filler->book;
    struct brv_plan *plan = &filler->plan;
    float waiting = waiting_height(filler);
    size_t to = brv_ahead_next(&filler->ahead, book, filler->flow, from, keeps_margin, waiting);
    brv_plan_page(plan, book, filler->flow, from, to, keeps_margin, waiting);
    float y = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct brv_band *band = &plan->bands[i];
        if (band->columns) {
            fill_columns(filler, band);
            y = band->top_pt + band->height_pt;
        } else {
            float space = band->top_pt - y;
            y = fill_region(filler, band->from, band->to, y, space);
        }
    }
    place_notes(filler, y, false);
    brv_book_end_page(book, y);
    return plan->to;
}

static bool wants_other_side(const struct brv_book *book, const struct brv_slice *slice)
{
    bool next_is_right = book->page_count % 2 == 0;
    return (slice->forced == BRV_BREAK_LEFT && next_is_right) ||
           (slice->forced == BRV_BREAK_RIGHT && !next_is_right);
}

static bool has_waiting(const struct filler *filler)
{
    return filler->waiting_from < filler->waiting_count;
}

// Sets a page of nothing but notes that wait, or a blank one where none does.
static void fill_page_between(struct filler *filler, brv_str name)
{
    brv_book_begin_page(filler->book, name, !has_waiting(filler));
    place_notes(filler, 0, true);
    brv_book_end_page(filler->book, 0);
}

// Whether what a page begins with, down to where it may end, calls a note that could not begin on
// it as those from earlier pages fill it. These then have a page to themselves, so that no note is
// on another page than its call.
static bool is_kept_off(const struct filler *filler, size_t from, bool keeps_margin)
{
    float notes = waiting_height(filler);
    if (notes <= 0) {
        return false;
    }
    const struct brv_slice *slice = &filler->flow->slices[from];
    const struct brv_slice *end = &filler->flow->slices[filler->flow->count];
    const struct brv_geometry *page =
        brv_book_geometry(filler->book, slice->page, filler->book->page_count, false);
    const float room = page->height_pt - BRV_NOTE_GAP_PT + BRV_FIT_TOLERANCE_PT;
    float text = keeps_margin ? 0 : -slice->before_pt;
    do {
        text += slice->before_pt + slice->height_pt;
        float own = brv_slice_notes_height(filler->book->layout, slice, page->width_pt);
        if (own > 0) {
            float least = brv_slice_notes_least(slice, BRV_LONG_NOTE * page->height_pt);
            if (text + notes + least > room) {
                return true;
            }
            notes += own;
        }
        slice++;
    } while (slice < end && slice->cost >= BRV_COST_GLUED && slice->forced == BRV_BREAK_AUTO &&
             text <= room);
    return false;
}

void brv_book_fill(struct brv_book *book, const struct brv_flow *flow)
{
    struct filler filler = { .book = book, .flow = flow };
    for (size_t from = 0; from < flow->count;) {
        const struct brv_slice *slice = &flow->slices[from];
        bool keeps_margin = book->page_count == 0 || slice->forced != BRV_BREAK_AUTO;
        while (is_kept_off(&filler, from, keeps_margin) || wants_other_side(book, slice)) {
            fill_page_between(&filler, slice->page);
        }
        brv_book_begin_page(book, slice->page, false);
        from = fill_page(&filler, from, keeps_margin);
    }
    while (has_waiting(&filler)) {
        fill_page_between(&filler, book->geometry->name);
    }
    if (book->page_count == 0) {
        brv_book_begin_page(book, (brv_str){ 0 }, false);
        brv_book_end_page(book, 0);
    }
}
