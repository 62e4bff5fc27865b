// Brevier — the narrowest and the natural width of content, for table columns.
// SPDX-License-Identifier: MIT
#include "layout/replaced.h"

static void widen(float *min_pt, float *max_pt, float min, float max)
{
    *min_pt = min > *min_pt ? min : *min_pt;
    *max_pt = max > *max_pt ? max : *max_pt;
}

static void measure_inline(struct brv_layout *layout, struct brv_styled *parent,
                           struct brv_styled *first, const struct brv_styled *end, float *min_pt,
                           float *max_pt)
{
    struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
    struct brv_paragraph *p = brv_paragraph_collect(layout, parent, first, end, NULL);
    brv_paragraph_find_levels(layout, p);
    do {
        struct brv_arena_mark part = brv_arena_mark(layout->scratch);
        brv_paragraph_itemize_part(layout, p, p->part_to, BRV_PART_BYTES);
        float min;
        float max;
        brv_paragraph_measure(p, &min, &max);
        widen(min_pt, max_pt, min, max + 0.05f);
        layout->measured.sum_pt += max;
        brv_arena_rewind(layout->scratch, part);
    } while (p->part_to < p->text.len);
    layout->measured.lines += !p->is_empty;
    for (size_t at = 0; (at = brv_str_find_byte(p->text, at, '\n')) < p->text.len; at++) {
        layout->measured.lines++;
    }
    brv_arena_rewind(layout->scratch, mark);
}

static void measure_children(struct brv_layout *layout, struct brv_styled *styled, float *min_pt,
                             float *max_pt)
{
    bool is_row = styled->style->display == BRV_DISPLAY_TABLE_ROW;
    float row_min = 0;
    float row_max = 0;
    struct brv_styled *child = styled->first;
    while (child) {
        if (brv_is_block_level(child)) {
            float min;
            float max;
            brv_block_measure(layout, child, &min, &max);
            row_min += min;
            row_max += max;
            widen(min_pt, max_pt, is_row ? row_min : min, is_row ? row_max : max);
            child = child->next;
            continue;
        }
        struct brv_styled *end = child;
        while (end && !brv_is_block_level(end)) {
            end = end->next;
        }
        measure_inline(layout, styled, child, end, min_pt, max_pt);
        child = end;
    }
}

void brv_block_measure(struct brv_layout *layout, struct brv_styled *styled, float *min_pt,
                       float *max_pt)
{
    *min_pt = 0;
    *max_pt = 0;
    if (layout->depth >= BRV_LAYOUT_DEPTH) {
        return;
    }
    bool was_measuring = layout->is_measuring;
    layout->is_measuring = true;
    layout->depth++;
    if (brv_is_replaced(styled)) {
        brv_replaced_measure(layout, styled, min_pt, max_pt);
    } else {
        measure_children(layout, styled, min_pt, max_pt);
    }
    layout->depth--;
    layout->is_measuring = was_measuring;

    struct brv_edges margins = brv_style_margins(styled->style, 0, false);
    struct brv_edges insets = brv_style_insets(styled->style, 0, false);
    float sides = margins.left_pt + margins.right_pt + insets.left_pt + insets.right_pt;
    *min_pt += sides;
    *max_pt += sides;
    if (styled->style->width.keyword == BRV_LENGTH_SET && styled->style->width.pt > 0) {
        float set = styled->style->width.pt + sides;
        *max_pt = set > *min_pt ? set : *min_pt;
    }
}
