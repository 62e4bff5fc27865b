// Brevier — the vertical list. Private to the room.
//
// Block layout turns the tree into one list of slices: lines, table rows, paddings. A slice is
// never cut. Between slices a page may end, at a cost that the slice below carries. What spans
// several slices (a background, a border) is a frame: it opens before one slice and closes after
// another, and is drawn once for each page that it touches. Whatever else belongs to a place
// (destinations, running strings, footnotes) is a mark on the slice. The page breaker needs nothing
// more, so orphans, headings that stay with their text and repeated table headers are all one
// mechanism.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_FLOW_H
#define BRV_LAYOUT_FLOW_H

#include "layout/pages.h"
#include "style/styled.h"

struct brv_item_list {
    struct brv_item *first, *last;
};
void brv_item_list_add(struct brv_item_list *list, struct brv_item *item);
// Moves all items of `from` to the end of `list`.
void brv_item_list_join(struct brv_item_list *list, struct brv_item_list *from);

enum { BRV_COLUMNS = 16 };

// Columns that slices stand in: the vertical list goes down the first, then the next. Slices are
// set as if all stood in the first.
struct brv_columns {
    unsigned count;       // at most BRV_COLUMNS
    float x_pt, width_pt; // of the first column
    float pitch_pt;       // from a column to the next; negative from right to left
    float grid_pt;        // from a line to the next: neighbouring lines stand side by side
    float gap_pt;
    float all_x_pt, all_width_pt; // of all columns
    float rule_width_pt;
    enum brv_border_style rule_style;
    struct brv_color rule_color;
    bool is_balanced; // the last page's columns are of one height
};

// A box that spans slices. Positions as in slices; y is found when pages are filled.
struct brv_frame {
    const struct brv_style *style;
    float x_pt, width_pt; // border box
    // While pages are filled:
    struct brv_frame *next;      // the one that encloses it
    struct brv_frame *following; // in opening order
    float top_pt, bottom_pt;
    bool is_continued;                 // an earlier page has its top
    bool is_rtl;                       // left and right borders change places
    bool is_borderless;                // a collapsing table: its cells draw the borders
    const struct brv_columns *columns; // in which it stands and is cut, NULL none
};

struct brv_note; // footnote.h

enum brv_mark_kind {
    BRV_MARK_OPEN,
    BRV_MARK_CLOSE,
    BRV_MARK_DESTINATION,
    BRV_MARK_OUTLINE,
    BRV_MARK_STRING,
    BRV_MARK_NOTE,
    BRV_MARK_PAGE_NUMBER, // the number of the page it stands on, in `level`
};
struct brv_mark {
    struct brv_mark *next;
    enum brv_mark_kind kind;
    struct brv_frame *frame;
    brv_str name;  // destination, string
    brv_str value; // outline title, string
    int level;
    struct brv_tag *tag;
    struct brv_note *note;
    struct brv_span where; // a string was set
};

// How dear it is to end a page before a slice; the cheapest, then the lowest on the page, is taken.
// Below BRV_COST_GLUED they add up: what tears two blocks, one in the other, is dearer than what
// tears the outer alone, and a lost line within them is dearer still.
enum brv_break_cost {
    BRV_COST_FREE,
    BRV_COST_LINES = 1,    // orphans, widows
    BRV_COST_INSIDE = 2,   // break-inside: avoid, for each block
    BRV_COST_GLUED = 0x80, // break-before or -after: avoid
    BRV_COST_NEVER = 0x81, // between padding and what it pads
};

struct brv_slice {
    float before_pt; // white space that a page top swallows
    float height_pt;
    uint8_t cost;                  // of a break before it
    uint8_t forced;                // enum brv_break: PAGE, LEFT, RIGHT or AUTO
    uint8_t inside;                // how many blocks ask for no break before it
    bool continues;                // a paragraph that the slice above begins or continues
    bool is_listing;               // its line breaks are the author's
    bool on_grid;                  // a line of text that stands on the grid of its columns
    float rise_pt;                 // of the line: what larger text and pictures add above it
    struct brv_item *first, *last; // y from the slice's top
    struct brv_item_list above;    // a line at its top, unless a repeated header brings one
    struct brv_item_list below;    // a line at its bottom, only where a page ends there
    struct brv_link_area *links;
    struct brv_mark *marks, *last_mark;
    const struct brv_flow *header;     // repeated when the slice begins a page, NULL none
    brv_str page;                      // name of the page it wants
    const struct brv_columns *columns; // that it stands in, NULL: across the page
};

struct brv_flow {
    struct brv_arena *arena;
    struct brv_slice *slices;
    struct brv_slice **long_slices; // where a long flow's are kept on the heap, else NULL
    size_t count, capacity;
    float height_pt; // of all slices with the space before them

    // What the next slice will carry.
    float margin_positive_pt, margin_negative_pt;
    uint8_t cost;
    uint8_t forced;
    uint8_t inside;      // > 0: within break-inside: avoid
    uint8_t cost_inside; // the same when the waiting cost was set
    struct brv_mark *marks, *last_mark;
    const struct brv_flow *header;
    brv_str page;
    const struct brv_columns *columns;
};

// Adds to the collapsing margin before the next slice.
void brv_flow_margin(struct brv_flow *flow, float margin_pt);
// The next slice costs at least this much to break before.
void brv_flow_cost(struct brv_flow *flow, enum brv_break_cost cost);
// The height of the slices at the end that are to stand on the page of the next one.
float brv_flow_glued_pt(const struct brv_flow *flow);
// A block begins that asks for no break inside; it ends, having begun with slice `from`. Where that
// does not hold, as no page holds it, blocks around it and within it keep theirs.
void brv_flow_begin_kept(struct brv_flow *flow);
void brv_flow_end_kept(struct brv_flow *flow, size_t from, bool holds);
struct brv_mark *brv_flow_mark(struct brv_flow *flow, enum brv_mark_kind kind);
// A mark on the last slice, of which there must be one: what closes after it.
struct brv_mark *brv_flow_mark_last(struct brv_flow *flow, enum brv_mark_kind kind);
void brv_slice_mark(struct brv_slice *slice, struct brv_mark *mark);
// A slice that wants another page than the one before begins it. The new slice is valid until the
// next push.
struct brv_slice *brv_flow_slice(struct brv_flow *flow, float height_pt);

struct brv_item *brv_slice_item(struct brv_arena *arena, struct brv_slice *slice,
                                enum brv_item_kind kind, struct brv_tag *tag);
struct brv_link_area *brv_slice_link(struct brv_arena *arena, struct brv_slice *slice);

void brv_item_move(struct brv_item *item, float dx_pt, float dy_pt);
// Moves every item and link of `from` into `to`, shifted down; the line at its top, too.
void brv_slice_merge(struct brv_slice *to, struct brv_slice *from, float dy_pt);

#endif
