// Brevier — looking ahead.
//
// A page that is filled as far as it goes can spoil the next ones: where a table must stay whole,
// it leaves a hole at the foot; a chapter ends with a line on a page of its own. Ending a few pages
// earlier by a line or two, one after the other, hides the hole. So pages between two forced breaks
// are chosen together, as lines of a paragraph are: by the dynamic programming of Knuth and Plass,
// which Plass took to pages ("Optimal Pagination Techniques for Automatic Typesetting Systems",
// 1981). A node is a slice that could begin a page; of all ways to it, the best is kept.
//
//     page 1        2           3             way   holes        demerits
//     ●────────────●────────────●──── 40 %     a    0   0  .40     160
//      ╲            ╲──────────●──── 26 %      b    0  .14 .26      87
//       ╲──────────●──────────●──── 14 %       c   .13 .13 .14      53   ◄
//
// What is made small is the sum of: the square of each hole, as a share of the page, times a
// thousand (the foot of the last page is free; one in mid-paragraph counts as twice as high); a
// price for each break within a group that ought to stay together, so high that holes never
// outweigh one; a price for each page, so that white space is moved and not added; and one for a
// last page with a few lines. Between ways that do not reach the end, what they have not set yet
// counts as the pages that it will take.
//
// First, the pages are filled one by one as far as they go. Where that leaves neither hole nor a
// short page, it is what is done. Otherwise twelve pages are weighed with at most forty-eight nodes
// each and the first six are settled. The height of any page is the difference of two sums, so a
// node costs no more than the slices near its foot, and a page no more than a fixed time.
//
// What depends on more than the slice that begins a page is not weighed: columns, and footnotes
// that are split. There the pages are filled as they come.
// SPDX-License-Identifier: MIT
#include "layout/ahead.h"
#include "layout/footnote.h"
#include "layout/plan.h"

enum {
    SETTLED = BRV_AHEAD_PAGES / 2, // pages of a way that goes on
    NODES = 48,                    // of one page
};

#define FAR (SIZE_MAX / 2) // no slice
#define HOLE_DEMERITS 1000.0
#define TORN_HOLE 2.0 // above a paragraph that goes on, where no hole is expected
#define PAGE_DEMERITS 300.0
#define SHORT_DEMERITS 60.0
#define MOST_HOLE 0.4f   // of the page; larger ones only where there is no cheaper break
#define GOOD_HOLE 0.05f  // left as it is
#define SHORT_PAGE 0.12f // a last page that is lower is short

#define LINES_DEMERITS 1e5
#define INSIDE_DEMERITS 1e6 // for each block
#define GLUED_DEMERITS 1e8
#define NEVER_DEMERITS 1e9

// A slice that could begin a page.
struct node {
    size_t at;
    double demerits; // of the best way to it
    size_t parent;   // on the page before
    bool is_used;
};

struct layer {
    struct node nodes[NODES]; // by their distance from the last
    size_t last;              // the furthest slice
};

// A run of pages that is looked at.
struct view {
    struct brv_ahead *ahead;
    struct brv_book *book;
    const struct brv_flow *flow;
    size_t from;
    bool keeps_margin; // of the first page
    size_t end;        // of what can be seen
    bool is_end;       // a forced break or the end of the flow; else columns or a long note
};

// ---- heights

// Sums up to and with a slice; false when it is out of sight.
static bool see(struct view *v, size_t at)
{
    struct brv_ahead *ahead = v->ahead;
    while (v->from + ahead->sum_count <= at && v->end == FAR) {
        size_t i = v->from + ahead->sum_count;
        const struct brv_slice *slice = i < v->flow->count ? &v->flow->slices[i] : NULL;
        bool is_new = i > v->from && slice && slice->forced != BRV_BREAK_AUTO;
        if (!slice || is_new || slice->columns) {
            v->end = i;
            v->is_end = !slice || is_new;
            break;
        }
        float notes = brv_slice_notes_height(v->book->layout, slice, v->book->geometry->width_pt);
        if (notes > BRV_LONG_NOTE * v->book->geometry->height_pt) {
            v->end = i;
            break;
        }
        struct brv_ahead_sum sum = { 0 };
        if (ahead->sum_count > 0) {
            sum = ahead->sums[ahead->sum_count - 1];
        }
        sum.bottom_pt += (double)(slice->before_pt + slice->height_pt);
        sum.notes_pt += notes;
        BRV_PUSH(v->book->layout->flows, ahead->sums, ahead->sum_count, ahead->sum_capacity) = sum;
    }
    return at < v->end;
}

static struct brv_ahead_sum sum_before(const struct view *v, size_t at)
{
    return at > v->from ? v->ahead->sums[at - v->from - 1] : (struct brv_ahead_sum){ 0 };
}

// A page that begins with a slice.
struct page {
    size_t from;
    float height_pt;
    double start_pt; // the sum at its top
    float notes_pt;
};

static struct page page_at(const struct view *v, size_t from, size_t number)
{
    const struct brv_slice *slice = &v->flow->slices[from];
    const struct brv_geometry *geometry =
        brv_book_geometry(v->book, slice->page, v->book->page_count - 1 + number, false);
    struct brv_ahead_sum sum = sum_before(v, from);
    struct page page = { from, geometry->height_pt, sum.bottom_pt, sum.notes_pt };
    if (number > 0 || !v->keeps_margin) {
        page.start_pt += (double)slice->before_pt;
    }
    if (brv_plan_repeats_header(slice, page.height_pt)) {
        page.start_pt -= (double)slice->header->height_pt;
    }
    return page;
}

// What a page uses that ends before a slice.
static float used_height(const struct view *v, const struct page *page, size_t to)
{
    struct brv_ahead_sum sum = sum_before(v, to);
    float notes = sum.notes_pt - page->notes_pt;
    float text = (float)(sum.bottom_pt - page->start_pt);
    return text + (notes > 0.01f ? notes + BRV_NOTE_GAP_PT : 0);
}

// ---- one page

// The slice that a page cannot hold any more, or the end of the view.
static size_t page_limit(struct view *v, const struct page *page)
{
    // In strides, then in halves of one: most slices of a page need not be looked at.
    size_t fits = page->from + 1;
    size_t step = 16;
    while (step > 0) {
        size_t to = fits + step;
        (void)see(v, to - 1);
        bool is_seen = to <= v->end;
        if (is_seen && used_height(v, page, to) <= page->height_pt + BRV_FIT_TOLERANCE_PT) {
            fits = to;
        } else {
            step /= 2;
        }
    }
    return fits;
}

// The places where a page had best end: of equal cost, the cheapest that leave no large hole; if
// there are cheaper ones above, the lowest of those alone.
struct ends {
    size_t low, high; // between these, those that cost as much as any
    uint8_t cost;
};

static uint8_t break_cost(const struct view *v, size_t at)
{
    return at < v->end ? v->flow->slices[at].cost : (uint8_t)BRV_COST_FREE;
}

static struct ends find_ends(struct view *v, const struct page *page)
{
    struct ends ends = { .high = page_limit(v, page), .cost = UINT8_MAX };
    for (size_t i = ends.high; i > page->from; i--) {
        uint8_t cost = break_cost(v, i);
        bool is_near = used_height(v, page, i) >= page->height_pt * (1 - MOST_HOLE);
        if (!is_near && ends.cost == BRV_COST_FREE) {
            break;
        }
        if (cost < ends.cost) {
            ends = (struct ends){ i, i, cost };
        } else if (is_near && cost == ends.cost) {
            ends.low = i;
        }
    }
    return ends;
}

// A page of the view with its ends; false when the view ends within it.
static bool look_at(struct view *v, size_t from, size_t number, struct page *page,
                    struct ends *ends)
{
    if (!see(v, from)) {
        return false;
    }
    *page = page_at(v, from, number);
    *ends = find_ends(v, page);
    (void)see(v, ends->high);
    return ends->high < v->end || v->is_end;
}

// ---- page by page

// Fills the pages as far as they go; true when that is good.
static bool fill_first(struct view *v)
{
    struct brv_ahead *ahead = v->ahead;
    bool is_good = true;
    struct page page;
    struct ends ends;
    size_t at = v->from;
    ahead->count = 0;
    while (ahead->count < BRV_AHEAD_PAGES && look_at(v, at, ahead->count, &page, &ends)) {
        at = ends.high;
        ahead->ends[ahead->count++] = at;
        float used = used_height(v, &page, at) / page.height_pt;
        if (at == v->end) {
            return is_good && (used >= SHORT_PAGE || ahead->count == 1);
        }
        is_good &= used >= 1 - GOOD_HOLE;
    }
    ahead->count = ahead->count < BRV_AHEAD_PAGES ? ahead->count : SETTLED;
    return is_good;
}

// ---- all pages together

static double break_demerits(uint8_t cost)
{
    if (cost >= BRV_COST_GLUED) {
        return cost == BRV_COST_GLUED ? GLUED_DEMERITS : NEVER_DEMERITS;
    }
    const double lines = (cost & BRV_COST_LINES) != 0 ? LINES_DEMERITS : 0;
    const int blocks = cost / BRV_COST_INSIDE;
    return INSIDE_DEMERITS * blocks + lines;
}

static double demerits_of(const struct view *v, const struct page *page, size_t to)
{
    double used = (double)(used_height(v, page, to) / page->height_pt);
    if (to == v->end) {
        return used < SHORT_PAGE ? SHORT_DEMERITS * (1 - used / SHORT_PAGE) : 0;
    }
    double hole = used < 1 ? 1 - used : 0;
    if (v->flow->slices[to].continues) {
        hole *= TORN_HOLE;
    }
    return HOLE_DEMERITS * hole * hole + break_demerits(break_cost(v, to));
}

static void add_node(struct layer *layer, struct node node)
{
    if (node.at > layer->last || layer->last - node.at >= NODES) {
        return;
    }
    struct node *known = &layer->nodes[layer->last - node.at];
    if (!known->is_used || node.demerits < known->demerits) {
        *known = node;
    }
}

// The nodes of the next page; false when its beginning or its end cannot be seen.
static bool add_layer(struct view *v, const struct layer *layer, size_t number, struct layer *next)
{
    bool is_first = true;
    for (size_t i = 0; i < NODES; i++) {
        const struct node *node = &layer->nodes[i];
        struct page page;
        struct ends ends;
        if (!node->is_used) {
            continue;
        }
        if (!look_at(v, node->at, number, &page, &ends)) {
            return false;
        }
        if (is_first) { // the furthest: no other gets further
            *next = (struct layer){ .last = ends.high };
            is_first = false;
        }
        for (size_t at = ends.high; at >= ends.low; at--) {
            if (break_cost(v, at) == ends.cost) {
                double demerits = node->demerits + PAGE_DEMERITS + demerits_of(v, &page, at);
                add_node(next, (struct node){ at, demerits, i, true });
            }
        }
    }
    return !is_first;
}

// The best node of the last page; what it has not set yet counts as pages.
static size_t best_node(const struct view *v, const struct layer *layer)
{
    double height = (double)v->book->geometry->height_pt;
    double last = sum_before(v, layer->last).bottom_pt;
    double least = 0;
    size_t best = NODES;
    for (size_t i = 0; i < NODES; i++) {
        const struct node *node = &layer->nodes[i];
        if (node->is_used) {
            double rest = (last - sum_before(v, node->at).bottom_pt) / height;
            double demerits = node->demerits + PAGE_DEMERITS * rest;
            if (best == NODES || demerits < least) {
                best = i;
                least = demerits;
            }
        }
    }
    return best;
}

static void weigh(struct view *v)
{
    struct brv_ahead *ahead = v->ahead;
    struct layer layers[BRV_AHEAD_PAGES + 1];
    layers[0] = (struct layer){ .last = v->from };
    layers[0].nodes[0] = (struct node){ v->from, 0, 0, true };
    size_t count = 0;
    bool is_end = false;
    while (count < BRV_AHEAD_PAGES && !is_end &&
           add_layer(v, &layers[count], count, &layers[count + 1])) {
        is_end = layers[++count].last == v->end;
    }
    size_t best = is_end ? 0 : best_node(v, &layers[count]);
    for (size_t i = count; i > 0; i--) {
        ahead->ends[i - 1] = layers[i].nodes[best].at;
        best = layers[i].nodes[best].parent;
    }
    ahead->count = count < BRV_AHEAD_PAGES || is_end ? count : SETTLED;
}

size_t brv_ahead_next(struct brv_ahead *ahead, struct brv_book *book, const struct brv_flow *flow,
                      size_t from, bool keeps_margin, float notes_pt)
{
    if (notes_pt > 0) {
        ahead->count = 0;
        return SIZE_MAX;
    }
    bool goes_on = ahead->next > 0 && ahead->next < ahead->count;
    if (!goes_on || ahead->ends[ahead->next - 1] != from) {
        struct view view = {
            .ahead = ahead,
            .book = book,
            .flow = flow,
            .from = from,
            .keeps_margin = keeps_margin,
            .end = FAR,
        };
        ahead->sum_count = 0;
        ahead->next = 0;
        if (!fill_first(&view)) {
            weigh(&view);
        }
    }
    return ahead->next < ahead->count ? ahead->ends[ahead->next++] : SIZE_MAX;
}
