// Brevier — putting slices on pages: geometry, frames, marks.
// SPDX-License-Identifier: MIT
#include "layout/page.h"
#include "layout/scale.h"

// ---- geometry

// How the margin boxes of a page show its number; decimal where none does.
static enum brv_list_style number_style(const struct brv_page_style *page)
{
    for (int box = 0; box < BRV_BOX_COUNT; box++) {
        const struct brv_style *style = page->boxes[box];
        const uint32_t count =
            style && style->content.keyword == BRV_CONTENT_SET ? style->content.count : 0;
        for (uint32_t i = 0; i < count; i++) {
            const struct brv_content_item *item = &style->content.items[i];
            if (item->kind == BRV_CONTENT_COUNTER && brv_str_is(item->text, "page")) {
                return item->style;
            }
        }
    }
    return BRV_LIST_DECIMAL;
}

const struct brv_geometry *brv_book_geometry(struct brv_book *book, brv_str name, size_t index,
                                             bool is_blank)
{
    struct brv_layout *layout = book->layout;
    bool is_first = index == 0;
    enum brv_page_side side = index % 2 == 0 ? BRV_PAGE_RIGHT : BRV_PAGE_LEFT;
    for (const struct brv_geometry *known = book->geometries; known; known = known->next) {
        if (known->is_first == is_first && known->side == side && known->is_blank == is_blank &&
            brv_str_equal(known->name, name)) {
            return known;
        }
    }
    struct brv_geometry *made = BRV_NEW(layout->arena, struct brv_geometry);
    *made = (struct brv_geometry){
        .next = book->geometries,
        .name = name,
        .is_first = is_first,
        .is_blank = is_blank,
        .side = side,
        .page = brv_style_page(layout->arena,
                               layout->sheets,
                               BRV_MEDIA_PDF,
                               layout->root_style,
                               name,
                               is_first,
                               side,
                               is_blank),
    };
    made->number_style = number_style(&made->page);
    const struct brv_page_box box = brv_page_box(layout, &made->page);
    made->margins = box.margins;
    made->x_pt = box.x_pt;
    made->y_pt = box.y_pt;
    made->width_pt = box.width_pt;
    made->height_pt = box.height_pt;
    book->geometries = made;
    return made;
}

// ---- one page

// A reader calls a page what is printed on it.
static void set_label(struct brv_book *book)
{
    book->pages[book->page_count - 1].label =
        brv_page_number_text(book->layout->arena, book->geometry->number_style, book->page_number);
}

void brv_book_begin_page(struct brv_book *book, brv_str name, bool is_blank)
{
    struct brv_layout *layout = book->layout;
    book->geometry = brv_book_geometry(book, name, book->page_count, is_blank);
    BRV_PUSH(layout->arena, book->pages, book->page_count, book->page_capacity) = (struct brv_page){
        .width_pt = book->geometry->page.width_pt,
        .height_pt = book->geometry->page.height_pt,
    };
    book->page_number += book->page_number < INT32_MAX;
    set_label(book);
    book->content = (struct brv_item_list){ 0 };
    book->part_count = 0;
    for (size_t i = 0; i < book->open_count; i++) {
        if (!book->open[i]->columns) {
            BRV_PUSH(layout->arena, book->parts, book->part_count, book->part_capacity) =
                (struct brv_frame_part){ .frame = book->open[i] };
        }
    }
    for (size_t i = 0; i < book->string_count; i++) {
        const brv_str last = book->strings[i].values.last;
        book->strings[i].values = (struct brv_page_string){ .entry = last, .last = last };
    }
}

static void set_string(struct brv_book *book, const struct brv_mark *mark)
{
    size_t i = 0;
    while (i < book->string_count && !brv_str_equal(book->strings[i].name, mark->name)) {
        i++;
    }
    if (i == book->string_count) {
        BRV_PUSH(book->layout->arena, book->strings, book->string_count, book->string_capacity) =
            (struct brv_running_string){ .name = mark->name };
    }
    book->strings[i].where = mark->where;
    struct brv_page_string *string = &book->strings[i].values;
    if (!string->is_set) {
        string->first = mark->value;
        string->is_set = true;
        string->is_set_at_start = book->is_at_start;
    }
    string->last = mark->value;
}

static void open_frame(struct brv_book *book, struct brv_frame *frame, float y_pt)
{
    struct brv_arena *arena = book->layout->arena;
    book->open = brv_arena_grow(
        arena, book->open, &book->open_capacity, book->open_count + 1, sizeof(struct brv_frame *));
    book->open[book->open_count++] = frame;
    BRV_PUSH(arena, book->parts, book->part_count, book->part_capacity) = (struct brv_frame_part){
        .frame = frame,
        .top_pt = y_pt,
        .dx_pt = frame->columns ? book->dx_pt : 0,
        .has_top = true,
    };
}

static void close_frame(struct brv_book *book, const struct brv_frame *frame, float y_pt)
{
    if (book->open_count > 0 && book->open[book->open_count - 1] == frame) {
        book->open_count--;
    }
    for (size_t i = book->part_count; i-- > 0;) {
        if (book->parts[i].frame == frame) {
            book->parts[i].bottom_pt = y_pt;
            book->parts[i].has_bottom = true;
            book->parts[i].ends_with_band = book->columns && !frame->columns;
            return;
        }
    }
}

static void place_mark(struct brv_book *book, const struct brv_mark *mark, float top_pt,
                       float bottom_pt)
{
    struct brv_arena *arena = book->layout->arena;
    size_t page = book->page_count - 1;
    float y = book->geometry->y_pt + top_pt;
    switch (mark->kind) {
    case BRV_MARK_OPEN:
        if (mark->frame) {
            open_frame(book, mark->frame, top_pt);
        }
        break;
    case BRV_MARK_CLOSE:
        close_frame(book, mark->frame, bottom_pt);
        break;
    case BRV_MARK_DESTINATION:
        BRV_PUSH(arena, book->destinations, book->destination_count, book->destination_capacity) =
            (struct brv_destination){ mark->name, page, y };
        break;
    case BRV_MARK_OUTLINE:
        BRV_PUSH(arena, book->outline, book->outline_count, book->outline_capacity) =
            (struct brv_outline_entry){ mark->level, mark->value, page, y, mark->tag };
        break;
    case BRV_MARK_STRING:
        set_string(book, mark);
        break;
    case BRV_MARK_PAGE_NUMBER:
        book->page_number = mark->level;
        set_label(book);
        break;
    case BRV_MARK_NOTE:
        break; // the breaker has taken it
    }
}

static struct brv_item *copy_item(struct brv_arena *arena, const struct brv_item *item)
{
    struct brv_item *copy = BRV_NEW(arena, struct brv_item);
    *copy = *item;
    copy->tag = NULL;
    copy->next = NULL;
    return copy;
}

static void place_items(struct brv_book *book, struct brv_item *first, float x, float y,
                        bool is_copy)
{
    struct brv_item *next;
    for (struct brv_item *item = first; item; item = next) {
        next = item->next;
        struct brv_item *own = is_copy ? copy_item(book->layout->arena, item) : item;
        own->next = NULL;
        brv_item_move(own, x, y);
        brv_item_list_add(&book->content, own);
    }
}

void brv_book_place(struct brv_book *book, struct brv_slice *slice, float y_pt, unsigned how)
{
    const struct brv_geometry *geometry = book->geometry;
    float x = geometry->x_pt + book->dx_pt;
    float y = geometry->y_pt + y_pt;
    const struct brv_page_style *page_style = &geometry->page;
    brv_slice_fit(book->layout,
                  slice,
                  (struct brv_sides){ .left_pt = -x,
                                      .right_pt = page_style->width_pt - x,
                                      .bottom_pt = page_style->height_pt - y,
                                      .height_pt = geometry->height_pt });
    bool is_copy = how & BRV_PLACE_COPY;
    book->is_at_start = !book->content.first;
    place_items(book, slice->first, x, y, is_copy);
    if (!(how & BRV_PLACE_UNDER_HEADER)) {
        place_items(book, slice->above.first, x, y, is_copy);
    }
    if (how & BRV_PLACE_LAST) {
        place_items(book, slice->below.first, x, y, is_copy);
    }
    if (is_copy) {
        return;
    }
    struct brv_page *page = &book->pages[book->page_count - 1];
    struct brv_link_area *next_area;
    for (struct brv_link_area *area = slice->links; area; area = next_area) {
        next_area = area->next;
        area->x_pt += x;
        area->y_pt += y;
        area->next = page->links;
        page->links = area;
    }
    for (const struct brv_mark *mark = slice->marks; mark; mark = mark->next) {
        place_mark(book, mark, y_pt, y_pt + slice->height_pt);
    }
}

// ---- columns

void brv_book_begin_column(struct brv_book *book, const struct brv_columns *columns, unsigned index,
                           float top_pt)
{
    book->columns = columns;
    book->dx_pt = columns->pitch_pt * (float)index;
    for (size_t i = 0; i < book->open_count; i++) {
        if (book->open[i]->columns == columns) {
            BRV_PUSH(book->layout->arena, book->parts, book->part_count, book->part_capacity) =
                (struct brv_frame_part){
                    .frame = book->open[i],
                    .top_pt = top_pt,
                    .dx_pt = book->dx_pt,
                };
        }
    }
}

void brv_book_end_column(struct brv_book *book, float bottom_pt)
{
    for (size_t i = 0; i < book->part_count; i++) {
        struct brv_frame_part *part = &book->parts[i];
        if (part->frame->columns == book->columns && !part->has_bottom && !part->is_cut) {
            part->bottom_pt = bottom_pt;
            part->is_cut = true;
        }
    }
}

void brv_book_end_columns(struct brv_book *book, float top_pt, float bottom_pt, unsigned used)
{
    const struct brv_columns *columns = book->columns;
    for (size_t i = 0; i < book->part_count; i++) {
        struct brv_frame_part *part = &book->parts[i];
        if (part->ends_with_band) {
            part->bottom_pt = bottom_pt;
            part->ends_with_band = false;
        }
    }
    float x =
        book->geometry->x_pt + columns->x_pt +
        (columns->pitch_pt > 0 ? columns->width_pt + columns->gap_pt / 2 : -columns->gap_pt / 2);
    bool has_rule = columns->rule_width_pt > 0 && columns->rule_style != BRV_BORDER_NONE;
    for (unsigned i = 0; has_rule && i + 1 < used; i++) {
        struct brv_item *rule = BRV_NEW(book->layout->arena, struct brv_item);
        rule->kind = BRV_ITEM_LINE;
        rule->artifact = BRV_ARTIFACT_LAYOUT;
        rule->line = (struct brv_line_item){ x,
                                             book->geometry->y_pt + top_pt,
                                             x,
                                             book->geometry->y_pt + bottom_pt,
                                             columns->rule_width_pt,
                                             columns->rule_color,
                                             columns->rule_style };
        brv_item_list_add(&book->content, rule);
        x += columns->pitch_pt;
    }
    book->columns = NULL;
    book->dx_pt = 0;
}

// ---- one page, once it is full

static struct brv_link_area *reversed(struct brv_link_area *areas)
{
    struct brv_link_area *result = NULL;
    while (areas) {
        struct brv_link_area *next = areas->next;
        areas->next = result;
        result = areas;
        areas = next;
    }
    return result;
}

// The page's own background and border, then the frames' fills and borders.
static void draw_frames(struct brv_book *book, float bottom_pt, struct brv_item_list *fills,
                        struct brv_item_list *borders)
{
    struct brv_arena *arena = book->layout->arena;
    const struct brv_geometry *geometry = book->geometry;
    const struct brv_style *style = geometry->page.style;
    if (style->background_color.alpha > 0) {
        struct brv_item *sheet = BRV_NEW(arena, struct brv_item);
        sheet->kind = BRV_ITEM_BOX;
        sheet->artifact = BRV_ARTIFACT_BACKGROUND;
        sheet->box = (struct brv_box_item){
            0, 0, geometry->page.width_pt, geometry->page.height_pt, 0, style->background_color
        };
        brv_item_list_add(fills, sheet);
    }
    for (size_t i = 0; i < book->part_count; i++) {
        const struct brv_frame_part *part = &book->parts[i];
        float bottom = part->has_bottom || part->is_cut ? part->bottom_pt : bottom_pt;
        struct brv_frame placed = *part->frame;
        placed.x_pt += geometry->x_pt + part->dx_pt;
        brv_frame_draw(arena,
                       &placed,
                       geometry->y_pt + part->top_pt,
                       geometry->y_pt + bottom,
                       part->has_top,
                       part->has_bottom,
                       fills,
                       borders);
    }
}

void brv_book_end_page(struct brv_book *book, float bottom_pt)
{
    struct brv_arena *arena = book->layout->arena;
    struct brv_item_list all = { 0 };
    struct brv_item_list borders = { 0 };
    draw_frames(book, bottom_pt, &all, &borders);
    const struct brv_item_list *parts[] = { &borders, &book->content };
    for (size_t i = 0; i < BRV_COUNT(parts); i++) {
        if (parts[i]->first) {
            brv_item_list_add(&all, parts[i]->first);
            all.last = parts[i]->last;
        }
    }
    struct brv_page *page = &book->pages[book->page_count - 1];
    page->first = all.first;
    page->last = all.last;
    page->links = reversed(page->links);

    struct brv_running_string *strings =
        BRV_NEW_ARRAY(arena, struct brv_running_string, book->string_count);
    for (size_t i = 0; i < book->string_count; i++) {
        strings[i] = book->strings[i];
    }
    BRV_PUSH(arena, book->facts, book->fact_count, book->fact_capacity) =
        (struct brv_page_facts){ book->geometry, strings, book->string_count, book->page_number };
}
