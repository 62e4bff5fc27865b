// Brevier — filling pages. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_PAGE_H
#define BRV_LAYOUT_PAGE_H

#include "layout/block.h"

// A page as its style describes it; made once for each name and position.
struct brv_geometry {
    const struct brv_geometry *next;
    brv_str name;
    bool is_first, is_blank;
    enum brv_page_side side;
    struct brv_page_style page;
    enum brv_list_style number_style; // as its margin boxes show counter(page)
    struct brv_edges margins;
    float x_pt, y_pt, width_pt, height_pt; // content box
};

// A frame's part on the page being filled.
struct brv_frame_part {
    struct brv_frame *frame;
    float top_pt, bottom_pt;
    float dx_pt; // of its column
    bool has_top, has_bottom;
    bool is_cut;         // ends with its column, at bottom_pt
    bool ends_with_band; // closed within columns that stand in it: ends with all of them
};

struct brv_running_string {
    brv_str name;
    struct brv_page_string values;
    struct brv_span where; // it was set last
};

// What margin boxes need to know of a page once it is full.
struct brv_page_facts {
    const struct brv_geometry *geometry;
    const struct brv_running_string *strings;
    size_t string_count;
    int number; // counter(page)
};

// The pages while they are being filled (place.c).
struct brv_book {
    struct brv_layout *layout;
    struct brv_page *pages;
    size_t page_count, page_capacity;
    struct brv_page_facts *facts;
    size_t fact_count, fact_capacity;
    const struct brv_geometry *geometries;

    struct brv_destination *destinations;
    size_t destination_count, destination_capacity;
    struct brv_outline_entry *outline;
    size_t outline_count, outline_capacity;

    // The page that is open.
    int page_number;
    const struct brv_geometry *geometry;
    struct brv_item_list content;
    struct brv_frame_part *parts; // in opening order
    size_t part_count, part_capacity;
    struct brv_frame **open; // enclosing frames, outermost first
    size_t open_count, open_capacity;
    struct brv_running_string *strings;
    size_t string_count, string_capacity;
    bool is_at_start; // what is being placed is the first on it

    // The column that is open.
    const struct brv_columns *columns;
    float dx_pt;
};

// That of a page by its place among all, from 0.
const struct brv_geometry *brv_book_geometry(struct brv_book *book, brv_str name, size_t index,
                                             bool is_blank);
void brv_book_begin_page(struct brv_book *book, brv_str name, bool is_blank);
// Puts a slice on the open page, `y_pt` below its content top.
enum brv_place {
    BRV_PLACE_COPY = 1,         // marks, links and tags stay behind: a repeated table header
    BRV_PLACE_UNDER_HEADER = 2, // such a header stands right above
    BRV_PLACE_LAST = 4,         // nothing follows on the page
};
void brv_book_place(struct brv_book *book, struct brv_slice *slice, float y_pt, unsigned how);
// What is placed from here on stands in a column of the open page; frames that go on from the
// column before begin at its top. Ending a column cuts them again; ending the last, with the bottom
// of the longest column, closes those that hold all columns.
void brv_book_begin_column(struct brv_book *book, const struct brv_columns *columns, unsigned index,
                           float top_pt);
void brv_book_end_column(struct brv_book *book, float bottom_pt);
void brv_book_end_columns(struct brv_book *book, float top_pt, float bottom_pt, unsigned used);
// Draws the frames down to `bottom_pt` and closes the page.
void brv_book_end_page(struct brv_book *book, float bottom_pt);

// Distributes a flow over pages (page.c).
void brv_book_fill(struct brv_book *book, const struct brv_flow *flow);

// Sets the margin boxes of all pages, once their number is known (margin.c).
void brv_book_set_margins(struct brv_book *book);

#endif
