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
// Each slice is looked at again at most once for the page after, so the work is linear. Footnotes
// count with the slice that calls them; one that no page can hold beside its call goes on at the
// foot of the next page.
// SPDX-License-Identifier: MIT
#include "layout/page.h"
#include "layout/footnote.h"

#define TOLERANCE_PT 0.01f
#define NOTE_GAP_PT 10.0f // rule included
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
};

// ---- footnotes

static float note_rest(const struct waiting_note *waiting)
{
    float height = 0;
    for (size_t i = waiting->from; i < waiting->note->flow.count; i++) {
        const struct brv_slice *slice = &waiting->note->flow.slices[i];
        height += slice->height_pt + (i > waiting->from ? slice->before_pt : 0);
    }
    return height;
}

static float notes_of(struct filler *filler, const struct brv_slice *slice)
{
    float height = 0;
    for (const struct brv_mark *mark = slice->marks; mark; mark = mark->next) {
        if (mark->kind == BRV_MARK_NOTE) {
            brv_note_flow(filler->book->layout, mark->note, filler->book->geometry->width_pt);
            height += note_rest(&(struct waiting_note){ mark->note, 0 });
        }
    }
    return height;
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
            BRV_PUSH(filler->book->layout->arena,
                     filler->waiting,
                     filler->waiting_count,
                     filler->waiting_capacity) = (struct waiting_note){ mark->note, 0 };
        }
    }
}

// Sets as many note lines as fit between `top_pt` and the foot, at the foot. At least one line when
// the page is otherwise empty, so that there is always progress.
static void place_notes(struct filler *filler, float top_pt, bool page_is_empty)
{
    struct brv_book *book = filler->book;
    float room = book->geometry->height_pt - top_pt - NOTE_GAP_PT;
    float used = 0;
    size_t first = filler->waiting_from;
    size_t last = first;
    size_t last_slice = 0; // slices of the last note that fit
    bool full = false;
    for (; last < filler->waiting_count && !full; last++) {
        const struct waiting_note *waiting = &filler->waiting[last];
        for (last_slice = waiting->from; last_slice < waiting->note->flow.count; last_slice++) {
            const struct brv_slice *slice = &waiting->note->flow.slices[last_slice];
            float height = slice->height_pt + (last_slice > waiting->from ? slice->before_pt : 0);
            if (used + height > room + TOLERANCE_PT && !(page_is_empty && used <= 0)) {
                full = true;
                break;
            }
            used += height;
        }
    }
    if (used <= 0) {
        return;
    }
    float y = book->geometry->height_pt - used;
    y = y > top_pt ? y : top_pt;
    struct brv_item *rule = BRV_NEW(book->layout->arena, struct brv_item);
    rule->kind = BRV_ITEM_LINE;
    rule->artifact = BRV_ARTIFACT_LAYOUT;
    float rule_y = book->geometry->y_pt + y - NOTE_GAP_PT / 2;
    rule->line = (struct brv_line_item){ book->geometry->x_pt,
                                         rule_y,
                                         book->geometry->x_pt + book->geometry->width_pt / 4,
                                         rule_y,
                                         NOTE_RULE_PT,
                                         book->layout->root_style->color,
                                         BRV_BORDER_SOLID };
    brv_item_list_add(&book->content, rule);
    for (size_t i = first; i < last; i++) {
        struct waiting_note *waiting = &filler->waiting[i];
        size_t end = i + 1 < last ? waiting->note->flow.count : last_slice;
        for (size_t k = waiting->from; k < end; k++) {
            const struct brv_slice *slice = &waiting->note->flow.slices[k];
            y += k > waiting->from ? slice->before_pt : 0;
            brv_book_place(book, slice, y, false);
            y += slice->height_pt;
        }
        waiting->from = end;
        filler->waiting_from += end == waiting->note->flow.count;
    }
}

// ---- choosing the break

static float header_height(const struct brv_flow *header)
{
    return header ? header->height_pt : 0;
}

// Whether the header above a page's first row is repeated: not when it takes most of the page.
static bool repeats_header(const struct brv_slice *slice, float height_pt)
{
    return slice->header && header_height(slice->header) + slice->height_pt <= height_pt &&
           header_height(slice->header) <= height_pt / 2;
}

static float space_before(const struct brv_slice *slice, bool is_top, bool keeps_margin)
{
    return is_top && !keeps_margin ? 0 : slice->before_pt;
}

// The slice that begins the next page.
static size_t find_break(struct filler *filler, size_t from, bool keeps_margin)
{
    const struct brv_flow *flow = filler->flow;
    float height = filler->book->geometry->height_pt;
    float y =
        repeats_header(&flow->slices[from], height) ? header_height(flow->slices[from].header) : 0;
    float notes = waiting_height(filler);
    // Notes from earlier pages leave room for the text that goes on.
    notes = notes > height / 2 ? height / 2 : notes;
    size_t best = from + 1;
    uint8_t best_cost = UINT8_MAX;
    for (size_t i = from; i < flow->count; i++) {
        const struct brv_slice *slice = &flow->slices[i];
        if (i > from && slice->forced != BRV_BREAK_AUTO) {
            return i;
        }
        if (i > from && slice->cost <= best_cost) {
            best = i;
            best_cost = slice->cost;
        }
        y += space_before(slice, i == from, keeps_margin) + slice->height_pt;
        notes += notes_of(filler, slice);
        float foot = notes > 0 ? notes + NOTE_GAP_PT : 0;
        if (y + foot > height + TOLERANCE_PT && i > from) {
            return best;
        }
    }
    return flow->count;
}

static size_t fill_page(struct filler *filler, size_t from, bool keeps_margin)
{
    struct brv_book *book = filler->book;
    const struct brv_flow *flow = filler->flow;
    size_t to = find_break(filler, from, keeps_margin);
    float y = 0;
    if (repeats_header(&flow->slices[from], book->geometry->height_pt)) {
        const struct brv_flow *header = flow->slices[from].header;
        for (size_t i = 0; i < header->count; i++) {
            y += i > 0 ? header->slices[i].before_pt : 0;
            brv_book_place(book, &header->slices[i], y, true);
            y += header->slices[i].height_pt;
        }
    }
    for (size_t i = from; i < to; i++) {
        const struct brv_slice *slice = &flow->slices[i];
        y += space_before(slice, i == from, keeps_margin);
        brv_book_place(book, slice, y, false);
        y += slice->height_pt;
        queue_notes(filler, slice);
    }
    place_notes(filler, y, false);
    brv_book_end_page(book, y);
    return to;
}

static bool wants_other_side(const struct brv_book *book, const struct brv_slice *slice)
{
    bool next_is_right = book->page_count % 2 == 0;
    return (slice->forced == BRV_BREAK_LEFT && next_is_right) ||
           (slice->forced == BRV_BREAK_RIGHT && !next_is_right);
}

void brv_book_fill(struct brv_book *book, const struct brv_flow *flow)
{
    struct filler filler = { .book = book, .flow = flow };
    for (size_t from = 0; from < flow->count;) {
        const struct brv_slice *slice = &flow->slices[from];
        if (wants_other_side(book, slice)) {
            brv_book_begin_page(book, slice->page, true);
            brv_book_end_page(book, 0);
        }
        bool keeps_margin = book->page_count == 0 || slice->forced != BRV_BREAK_AUTO;
        brv_book_begin_page(book, slice->page, false);
        from = fill_page(&filler, from, keeps_margin);
    }
    while (filler.waiting_from < filler.waiting_count) {
        brv_book_begin_page(book, book->geometry->name, false);
        place_notes(&filler, 0, true);
        brv_book_end_page(book, 0);
    }
    if (book->page_count == 0) {
        brv_book_begin_page(book, (brv_str){ 0 }, false);
        brv_book_end_page(book, 0);
    }
}
