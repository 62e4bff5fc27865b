// Brevier — margin boxes: running headers and footers.
// They are set after all pages are full, when the number of pages is known. The three boxes of an
// edge share its width, at the left and right its height, as CSS Paged Media 3 has it (5.3.2): by
// what they need at most, else by what they need at least; the middle one stays in the middle.
// SPDX-License-Identifier: MIT
#include "layout/margin.h"

struct area {
    float x_pt, y_pt, width_pt, height_pt;
};

// ---- setting

// Margin boxes are painted last, over the page's background; as artifacts they have no place in the
// reading order.
static void add_items(struct brv_page *page, struct brv_item *first, float x, float y, bool is_top)
{
    for (struct brv_item *item = first; item; item = item->next) {
        brv_item_move(item, x, y);
        item->tag = NULL;
        item->artifact = is_top ? BRV_ARTIFACT_HEADER : BRV_ARTIFACT_FOOTER;
        *(page->last ? &page->last->next : &page->first) = item;
        page->last = item;
    }
}

static void set_box(struct brv_book *book, size_t index, enum brv_margin_box box,
                    struct brv_paragraph *p, struct area area)
{
    struct brv_layout *layout = book->layout;
    const struct brv_style *style = book->facts[index].geometry->page.boxes[box];
    struct brv_page *page = &book->pages[index];
    struct brv_edges margins = brv_style_margins(style, area.width_pt, false);
    struct brv_edges insets = brv_style_insets(style, area.width_pt, false);
    area.x_pt += margins.left_pt;
    area.y_pt += margins.top_pt;
    area.width_pt -= margins.left_pt + margins.right_pt;
    area.height_pt -= margins.top_pt + margins.bottom_pt;
    float measure = area.width_pt - insets.left_pt - insets.right_pt;
    if (measure <= 0 || area.height_pt <= 0) {
        return;
    }
    // A picture is fitted to the box as elsewhere to the page, whose lines leave room for one more.
    float page_height = layout->page_height_pt;
    layout->page_height_pt =
        area.height_pt - insets.top_pt - insets.bottom_pt + brv_style_line_height_pt(style);
    struct brv_slice text =
        brv_margin_set(layout, p, box, measure, area.height_pt - insets.top_pt - insets.bottom_pt);
    layout->page_height_pt = page_height;
    bool is_top = box <= BRV_BOX_TOP_RIGHT_CORNER;
    if (brv_frame_is_visible(style)) {
        struct brv_frame frame = { .style = style, .x_pt = area.x_pt, .width_pt = area.width_pt };
        struct brv_item_list fills = { 0 };
        struct brv_item_list borders = { 0 };
        brv_frame_draw(layout->arena,
                       &frame,
                       area.y_pt,
                       area.y_pt + area.height_pt,
                       true,
                       true,
                       &fills,
                       &borders);
        add_items(page, fills.first, 0, 0, is_top);
        add_items(page, borders.first, 0, 0, is_top);
    }
    float room = area.height_pt - insets.top_pt - insets.bottom_pt - text.height_pt;
    float down = style->vertical_align == BRV_VERTICAL_TOP      ? 0
                 : style->vertical_align == BRV_VERTICAL_BOTTOM ? room
                                                                : room / 2;
    add_items(page,
              text.first,
              area.x_pt + insets.left_pt,
              area.y_pt + insets.top_pt + (down > 0 ? down : 0),
              is_top);
}

// ---- the three boxes of an edge

#define GAP_EM 0.8f // between texts that fill their boxes

// One of them along the edge, with its margins, borders and padding.
struct part {
    float min_pt;   // what it needs to be readable
    float max_pt;   // what it needs to stay on one line
    float gap_pt;   // of that: what keeps its text away from that of the next box
    float limit_pt; // max-width or max-height
    float size_pt;
    bool is_there;
    bool is_fixed; // size_pt is given
};

// Two boxes fill the total. What is too much or too little is shared in proportion to what they
// need at most, to the play that they have, or to what they need at least.
static void fit(struct part *a, struct part *b, float total)
{
    const bool has_room = a->max_pt + b->max_pt <= total;
    const bool has_play = a->min_pt + b->min_pt <= total;
    float base_a = has_room ? a->max_pt : a->min_pt;
    float base_b = has_room ? b->max_pt : b->min_pt;
    float weight_a = has_play && !has_room ? a->max_pt - a->min_pt : base_a;
    float weight_b = has_play && !has_room ? b->max_pt - b->min_pt : base_b;
    float weight = weight_a + weight_b;
    float rest = total - base_a - base_b;
    a->size_pt = base_a + rest * (weight > 0 ? weight_a / weight : 0.5f);
    b->size_pt = total - a->size_pt;
}

static void share_between_two(struct part *a, struct part *b, float total)
{
    if (a->is_there && b->is_there && !a->is_fixed && !b->is_fixed) {
        fit(a, b, total);
        return;
    }
    if (a->is_there && !a->is_fixed) {
        a->size_pt = b->size_pt < total ? total - b->size_pt : 0;
    }
    if (b->is_there && !b->is_fixed) {
        b->size_pt = a->size_pt < total ? total - a->size_pt : 0;
    }
}

static void share(struct part parts[3], float total)
{
    struct part *before = &parts[0];
    struct part *middle = &parts[1];
    struct part *after = &parts[2];
    if (!middle->is_there) {
        share_between_two(before, after, total);
        return;
    }
    // The outer two as one that is twice the larger, so that the middle is in the middle.
    struct part sides = {
        .min_pt = 2 * brv_larger(before->min_pt, after->min_pt),
        .max_pt = 2 * brv_larger(before->max_pt, after->max_pt),
        .size_pt = 2 * brv_larger(before->size_pt, after->size_pt),
        .is_there = before->is_there || after->is_there,
        .is_fixed =
            (before->is_fixed || !before->is_there) && (after->is_fixed || !after->is_there),
    };
    share_between_two(middle, &sides, total);
    for (size_t i = 0; i < 3; i += 2) {
        if (parts[i].is_there && !parts[i].is_fixed) {
            parts[i].size_pt = brv_larger(0, (total - middle->size_pt) / 2);
        }
    }
}

// A part that is larger than its style allows is fixed at that, and the others share again.
static void share_within_limits(struct part parts[3], float total)
{
    bool is_done = false;
    while (!is_done) {
        is_done = true;
        share(parts, total);
        for (size_t i = 0; i < 3 && is_done; i++) {
            if (!parts[i].is_fixed && parts[i].size_pt > parts[i].limit_pt) {
                parts[i].min_pt = parts[i].max_pt = parts[i].size_pt = parts[i].limit_pt;
                parts[i].is_fixed = true;
                is_done = false;
            }
        }
        for (size_t i = 0; i < 3 && !is_done; i++) {
            parts[i].size_pt = parts[i].is_fixed ? parts[i].size_pt : 0;
        }
    }
}

static float height_of(struct brv_layout *layout, struct brv_paragraph *p, float measure)
{
    float height = 0;
    size_t count;
    struct brv_line *lines = brv_paragraph_break(layout, p, brv_larger(measure, 1), 0, &count);
    for (size_t i = 0; i < count; i++) {
        struct brv_slice line = { 0 };
        brv_line_place(layout, p, &lines[i], &line, 0, brv_larger(measure, 1), BRV_ALIGN_LEFT);
        height += line.height_pt;
    }
    return height;
}

static struct part part_of(struct brv_book *book, struct brv_paragraph *p,
                           const struct brv_style *style, struct area edge, bool is_vertical)
{
    const float rounding = 1; // that no line breaks for the sake of a last digit
    const float total = is_vertical ? edge.height_pt : edge.width_pt;
    struct brv_edges margins = brv_style_margins(style, edge.width_pt, false);
    struct brv_edges insets = brv_style_insets(style, edge.width_pt, false);
    float across = margins.left_pt + insets.left_pt + insets.right_pt + margins.right_pt;
    float down = margins.top_pt + insets.top_pt + insets.bottom_pt + margins.bottom_pt;
    float around = is_vertical ? down : across;
    struct brv_length size = is_vertical ? style->height : style->width;
    struct brv_length limit = is_vertical ? style->max_height : style->max_width;
    struct part part = { .is_there = true, .limit_pt = total };
    if (is_vertical) {
        part.min_pt = part.max_pt = height_of(book->layout, p, edge.width_pt - across);
    } else {
        brv_paragraph_measure(p, &part.min_pt, &part.max_pt);
        part.min_pt += rounding;
        part.max_pt += rounding;
    }
    if (size.keyword == BRV_LENGTH_SET) {
        part.is_fixed = true;
        part.size_pt = part.min_pt = part.max_pt = brv_length_resolve(size, total);
        part.size_pt += around;
    }
    if (limit.keyword == BRV_LENGTH_SET) {
        part.limit_pt = brv_length_resolve(limit, total) + around;
    }
    part.min_pt += around;
    part.max_pt += around;
    if (part.is_fixed && part.size_pt > part.limit_pt) {
        part.size_pt = part.min_pt = part.max_pt = part.limit_pt;
    }
    return part;
}

// A box at an end of the edge that has a neighbour needs some room between their texts too.
static void claim_gaps(struct part parts[3], const struct brv_style *const styles[3])
{
    for (size_t i = 0; i < 3; i += 2) {
        if (parts[i].is_there && (parts[1].is_there || parts[2 - i].is_there)) {
            float gap = GAP_EM * styles[i]->font_size;
            parts[i].gap_pt = gap;
            parts[i].min_pt += gap;
            parts[i].max_pt += gap;
        }
    }
}

// What of its size a box leaves free: nothing if its text does not fill it, or if there is hardly
// any.
static float gap_of(const struct part *part)
{
    bool is_full = part->max_pt >= part->size_pt;
    return is_full && part->size_pt > 4 * part->gap_pt ? part->gap_pt : 0;
}

static void set_edge(struct brv_book *book, size_t page, const enum brv_margin_box boxes[3],
                     struct area edge, bool is_vertical)
{
    const float total = is_vertical ? edge.height_pt : edge.width_pt;
    struct brv_paragraph *content[3];
    const struct brv_style *styles[3];
    struct part parts[3] = { 0 };
    for (size_t i = 0; i < 3; i++) {
        content[i] = brv_margin_text(book, page, boxes[i], edge.width_pt, edge.height_pt);
        styles[i] = book->facts[page].geometry->page.boxes[boxes[i]];
        if (content[i]) {
            parts[i] = part_of(book, content[i], styles[i], edge, is_vertical);
        }
    }
    if (!is_vertical) {
        claim_gaps(parts, styles);
    }
    share_within_limits(parts, total);
    for (size_t i = 0; i < 3; i++) {
        struct area own = edge;
        float at = (total - parts[i].size_pt) * (float)i / 2;
        if (is_vertical) {
            own.y_pt += at;
            own.height_pt = parts[i].size_pt;
        } else {
            own.x_pt += at;
            own.width_pt = parts[i].size_pt;
        }
        if (content[i]) {
            float gap = gap_of(&parts[i]);
            own.x_pt += i == 2 ? gap : 0;
            own.width_pt -= gap;
            set_box(book, page, boxes[i], content[i], own);
        }
    }
}

static void set_page(struct brv_book *book, size_t page)
{
    const struct brv_geometry *geometry = book->facts[page].geometry;
    float width = geometry->page.width_pt;
    float height = geometry->page.height_pt;
    const struct brv_edges margins = geometry->margins;
    float inner_width = width - margins.left_pt - margins.right_pt;
    float inner_height = height - margins.top_pt - margins.bottom_pt;
    float right = width - margins.right_pt;
    float bottom = height - margins.bottom_pt;
    static const enum brv_margin_box edges[4][3] = {
        { BRV_BOX_TOP_LEFT, BRV_BOX_TOP_CENTER, BRV_BOX_TOP_RIGHT },
        { BRV_BOX_BOTTOM_LEFT, BRV_BOX_BOTTOM_CENTER, BRV_BOX_BOTTOM_RIGHT },
        { BRV_BOX_LEFT_TOP, BRV_BOX_LEFT_MIDDLE, BRV_BOX_LEFT_BOTTOM },
        { BRV_BOX_RIGHT_TOP, BRV_BOX_RIGHT_MIDDLE, BRV_BOX_RIGHT_BOTTOM },
    };
    const struct area areas[4] = {
        { margins.left_pt, 0, inner_width, margins.top_pt },
        { margins.left_pt, bottom, inner_width, margins.bottom_pt },
        { 0, margins.top_pt, margins.left_pt, inner_height },
        { right, margins.top_pt, margins.right_pt, inner_height },
    };
    for (size_t i = 0; i < 4; i++) {
        set_edge(book, page, edges[i], areas[i], i >= 2);
    }
    static const enum brv_margin_box corners[4] = { BRV_BOX_TOP_LEFT_CORNER,
                                                    BRV_BOX_TOP_RIGHT_CORNER,
                                                    BRV_BOX_BOTTOM_LEFT_CORNER,
                                                    BRV_BOX_BOTTOM_RIGHT_CORNER };
    const struct area corner_areas[4] = {
        { 0, 0, margins.left_pt, margins.top_pt },
        { right, 0, margins.right_pt, margins.top_pt },
        { 0, bottom, margins.left_pt, margins.bottom_pt },
        { right, bottom, margins.right_pt, margins.bottom_pt },
    };
    for (size_t i = 0; i < 4; i++) {
        const struct area area = corner_areas[i];
        struct brv_paragraph *p =
            brv_margin_text(book, page, corners[i], area.width_pt, area.height_pt);
        if (p) {
            set_box(book, page, corners[i], p, area);
        }
    }
}

void brv_book_set_margins(struct brv_book *book)
{
    for (size_t page = 0; page < book->page_count; page++) {
        struct brv_arena_mark mark = brv_arena_mark(book->layout->scratch);
        set_page(book, page);
        brv_arena_rewind(book->layout->scratch, mark);
    }
}
