// Brevier — block layout. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_BLOCK_H
#define BRV_LAYOUT_BLOCK_H

#include "layout/context.h"
#include "layout/flow.h"

// Where blocks go: a column of a flow.
struct brv_column {
    struct brv_flow *flow;
    float x_pt, width_pt;
    struct brv_tag *tag; // structure that the content belongs to
    bool is_rtl;         // start is at the right
    bool begins_as_told; // there the lines start too, whichever way they run: beside their markers,
                         // below each other in a table
};

// Lays out one element, or only its children (table cells, notes), into the column.
void brv_block_flow(struct brv_layout *layout, struct brv_styled *styled, struct brv_column column);
void brv_block_flow_children(struct brv_layout *layout, struct brv_styled *styled,
                             struct brv_column column);
// Tables are blocks too: table.c.
void brv_table_flow(struct brv_layout *layout, struct brv_styled *table, struct brv_column column);

// The inside of a list item and of a definition list: list.c.
void brv_list_item_flow(struct brv_layout *layout, struct brv_styled *styled,
                        struct brv_column column);
void brv_terms_flow(struct brv_layout *layout, struct brv_styled *styled, struct brv_column column);

bool brv_is_block_level(const struct brv_styled *styled);

// The kind of the element behind a styled node; a div for generated content.
static inline enum brv_kind brv_styled_node_kind(const struct brv_styled *styled)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->node ? styled->node->kind : BRV_KIND_DIV;
}

// The narrowest and the natural width of an element's content with its own edges.
void brv_block_measure(struct brv_layout *layout, struct brv_styled *styled, float *min_pt,
                       float *max_pt);

// The columns of a multi-column block with this content box; NULL when it has only one.
const struct brv_columns *brv_columns_of(struct brv_layout *layout, const struct brv_style *style,
                                         float x_pt, float width_pt, bool is_rtl);

// How far beyond the left side of the page something would begin; 0 when it does not.
static inline float brv_beyond_left(const struct brv_layout *layout, float x_pt)
{
    float beyond = -layout->bleed_pt - x_pt;
    return beyond > 0 ? beyond : 0;
}

// Destination, strings and outline entry of an element, on the next slice.
void brv_block_marks(struct brv_layout *layout, struct brv_flow *flow,
                     const struct brv_styled *styled, struct brv_tag *tag);

// ---- frames (frame.c)

bool brv_frame_is_visible(const struct brv_style *style);
// Sizes of the edges with left and right swapped for right-to-left columns.
struct brv_edges {
    float top_pt, right_pt, bottom_pt, left_pt;
};
struct brv_edges brv_style_margins(const struct brv_style *style, float width_pt, bool is_rtl);
struct brv_edges brv_style_insets(const struct brv_style *style, float width_pt, bool is_rtl);

// The content box of a page, and its margins. However much a sheet asks for, they leave room for a
// line, and nothing lies beyond a side of the page; a warning says so.
struct brv_page_box {
    struct brv_edges margins;
    float x_pt, y_pt, width_pt, height_pt;
};
struct brv_page_box brv_page_box(struct brv_layout *layout, const struct brv_page_style *page);

// Items of a frame between two heights, appended to a list: first the fill, then the borders.
void brv_frame_draw(struct brv_arena *arena, const struct brv_frame *frame, float top_pt,
                    float bottom_pt, bool has_top, bool has_bottom, struct brv_item_list *fills,
                    struct brv_item_list *borders);

// One slice from a whole flow: what cannot be broken. Frames are drawn; marks are kept.
struct brv_slice brv_flow_flatten(struct brv_arena *arena, struct brv_flow *flow);

#endif
