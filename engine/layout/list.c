// Brevier — lists: items with their markers, terms with their descriptions.
// SPDX-License-Identifier: MIT
#include "layout/block.h"
#include "layout/paragraph.h"
#include "layout/tag.h"

// The first slice with text or a picture from `from` on, and its baseline.
static struct brv_slice *first_line(struct brv_flow *flow, size_t from, float *baseline_pt)
{
    for (size_t i = from; i < flow->count; i++) {
        for (const struct brv_item *item = flow->slices[i].first; item; item = item->next) {
            if (item->kind == BRV_ITEM_GLYPHS) {
                *baseline_pt = item->glyphs.baseline_pt;
                return &flow->slices[i];
            }
            if (item->kind == BRV_ITEM_IMAGE) { // beside its foot
                *baseline_pt = item->image.y_pt + item->image.height_pt;
                return &flow->slices[i];
            }
            if (item->kind == BRV_ITEM_PATH) {
                *baseline_pt = flow->slices[i].height_pt;
                return &flow->slices[i];
            }
        }
    }
    return NULL;
}

static void set_marker(struct brv_layout *layout, const struct brv_styled *marker,
                       struct brv_column column, size_t from, struct brv_tag *label)
{
    struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
    brv_str lang = marker->parent->node ? brv_node_lang(marker->parent->node) : (brv_str){ 0 };
    struct brv_paragraph *p =
        brv_paragraph_of_text(layout, marker->style, lang, marker->text, label);
    p->is_rtl = column.is_rtl;
    brv_paragraph_itemize(layout, p);
    float min;
    float width;
    brv_paragraph_measure(p, &min, &width);
    size_t count;
    struct brv_line *lines = brv_paragraph_break(layout, p, width + 1, 0, &count);
    if (count > 0) {
        float gap = 0.4f * marker->style->font_size;
        float x = column.is_rtl ? column.x_pt + column.width_pt + gap : column.x_pt - gap - width;
        struct brv_slice own = { 0 };
        brv_line_place(layout, p, &lines[0], &own, x, width, BRV_ALIGN_LEFT);
        float baseline = 0;
        struct brv_slice *slice = first_line(column.flow, from, &baseline);
        if (!slice) {
            slice = brv_flow_slice(column.flow, own.height_pt);
            brv_slice_merge(slice, &own, 0);
        } else if (own.first && own.first->kind == BRV_ITEM_GLYPHS) {
            // The marker is read before the text, so its items go first.
            float shift = baseline - own.first->glyphs.baseline_pt;
            for (struct brv_item *item = own.first; item; item = item->next) {
                brv_item_move(item, 0, shift);
            }
            own.last->next = slice->first;
            slice->first = own.first;
        }
    }
    brv_arena_rewind(layout->scratch, mark);
}

// The last item of a list is no more alone at the head of a page than the last line of a paragraph.
static void keep_short_end(struct brv_flow *flow, const struct brv_styled *item, size_t from)
{
    const bool is_end = item->parent && !item->next && item->parent->first != item;
    const size_t lines = flow->count - from;
    if (is_end && lines > 0 && lines < (size_t)item->style->widows &&
        flow->slices[from].cost < BRV_COST_GLUED) {
        flow->slices[from].cost |= BRV_COST_LINES;
    }
}

void brv_list_item_flow(struct brv_layout *layout, struct brv_styled *styled,
                        struct brv_column column)
{
    const struct brv_styled *marker = styled->first;
    bool has_marker = marker && marker->kind == BRV_STYLED_MARKER && marker->text.len > 0 &&
                      marker->style->list_style_position == BRV_LIST_OUTSIDE;
    struct brv_tag *item = column.tag;
    struct brv_tag *label = NULL;
    if (item) { // an entry of a contents list, or a paragraph shown as an item, is its own body
        bool is_item = strcmp(item->type, "LI") == 0;
        bool has_label = is_item || strcmp(item->type, "TOCI") == 0;
        label =
            has_marker ? brv_tag_new(layout->arena, item, has_label ? "Lbl" : "Span", NULL) : NULL;
        column.tag = is_item ? brv_tag_new(layout->arena, item, "LBody", NULL) : item;
    }
    column.begins_as_told = true;
    size_t from = column.flow->count;
    brv_block_flow_children(layout, styled, column);
    if (has_marker) {
        set_marker(layout, marker, column, from, label);
    }
    keep_short_end(column.flow, styled, from);
}

void brv_terms_flow(struct brv_layout *layout, struct brv_styled *styled, struct brv_column column)
{
    struct brv_tag *list = column.tag;
    bool had_body = true;
    for (struct brv_styled *child = styled->first; child; child = child->next) {
        bool is_term = brv_styled_node_kind(child) == BRV_KIND_DT;
        if (list && (had_body || column.tag == list) && (is_term || column.tag == list)) {
            column.tag = brv_tag_new(layout->arena, list, "LI", NULL);
        }
        had_body = !is_term;
        if (brv_is_block_level(child)) {
            brv_block_flow(layout, child, column);
        }
    }
}
