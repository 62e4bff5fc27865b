// Brevier — pages of the text output.
//
// The document is set as one long column first, with a mark for each line. Then it is cut: a page
// takes as many lines as fit between its header and its footer and ends before a line that need not
// stay with the one before it. Blank lines at a cut are dropped; a page that begins within a table
// begins with the table's header. A page is filled up with blank lines to its full length, so that
// its footer stands where a printer expects it, and ends with a form feed where another page
// follows.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "output/text.h"

struct page {
    size_t first;      // mark of its first line
    size_t end;        // mark after its last one
    size_t first_line; // lines of the document before it, blank ones not counted
    const struct brv_page_style *style;
    const struct brv_flow_header *header; // of the table within which it begins, or NULL
};

// Pages that @page can tell apart: the first, those at the right, those at the left.
enum side { SIDE_FIRST, SIDE_RIGHT, SIDE_LEFT, SIDE_COUNT };

struct pager {
    struct brv_text *t;
    const struct brv_flow *flow;
    const struct brv_flow_marks *marks;
    struct page *pages;
    size_t count;
    size_t capacity;
    struct brv_map styles;  // name of a page → struct brv_page_style[SIDE_COUNT]
    size_t next_header;     // of the marks: the first that ends on this page or a later one
    size_t next_string;     // of t->strings: the first that stands on this page or a later one
    struct brv_map strings; // named strings as they are where the page begins
};

static const struct brv_page_style *page_style(struct pager *p, size_t page, brv_str name)
{
    struct brv_text *t = p->t;
    void **place = brv_map_at(&p->styles, name);
    if (!*place) {
        struct brv_page_style *styles = BRV_NEW_ARRAY(t->arena, struct brv_page_style, SIDE_COUNT);
        for (int side = 0; side < SIDE_COUNT; side++)
            styles[side] = brv_style_page(t->arena,
                                          t->job->sheets,
                                          BRV_MEDIA_TEXT,
                                          t->job->root->style,
                                          name,
                                          side == SIDE_FIRST,
                                          side == SIDE_LEFT ? BRV_PAGE_LEFT : BRV_PAGE_RIGHT,
                                          false);
        *place = styles;
    }
    const struct brv_page_style *styles = *place;
    return &styles[page == 0 ? SIDE_FIRST : page % 2 == 0 ? SIDE_RIGHT : SIDE_LEFT];
}

static bool has_boxes(const struct brv_page_style *style, const enum brv_margin_box boxes[3])
{
    for (int i = 0; i < 3; i++)
        if (style->boxes[boxes[i]] && style->boxes[boxes[i]]->content.keyword == BRV_CONTENT_SET)
            return true;
    return false;
}

static const enum brv_margin_box header_boxes[3] = { BRV_BOX_TOP_LEFT,
                                                     BRV_BOX_TOP_CENTER,
                                                     BRV_BOX_TOP_RIGHT };
static const enum brv_margin_box footer_boxes[3] = { BRV_BOX_BOTTOM_LEFT,
                                                     BRV_BOX_BOTTOM_CENTER,
                                                     BRV_BOX_BOTTOM_RIGHT };

enum { EDGE_LINES = 2 }; // a header or a footer and the blank line that parts it from the text

// Lines that a page has for the text.
static size_t page_room(const struct brv_page_style *style, size_t length)
{
    size_t edges = 0;
    if (has_boxes(style, header_boxes))
        edges += EDGE_LINES;
    if (has_boxes(style, footer_boxes))
        edges += EDGE_LINES;
    return length > edges ? length - edges : 1;
}

// ---- cutting

static size_t after_blanks(const struct brv_flow_marks *marks, size_t at)
{
    while (at < marks->count && marks->items[at].is_blank)
        at++;
    return at;
}

// The mark before which a page ends that begins at `first` and has room for `room` lines.
static size_t page_end(const struct brv_flow_marks *marks, size_t first, size_t room)
{
    size_t limit = marks->count - first < room ? marks->count : first + room;
    for (size_t i = first + 1; i < limit; i++)
        if (marks->items[i].breaks)
            return i;
    for (size_t i = limit; i > first; i--) {
        size_t next = after_blanks(marks, i);
        if (next == marks->count || !marks->items[next].keeps)
            return i;
    }
    return limit; // more lines that want to stay together than a page has
}

// The header to repeat on a page that begins at `at`; NULL when that is in no table, or when the
// header would take more of the page than its rows.
static const struct brv_flow_header *header_at(struct pager *p, size_t at, size_t room)
{
    const struct brv_flow_marks *marks = p->marks;
    while (p->next_header < marks->header_count && marks->headers[p->next_header].last <= at)
        p->next_header++;
    if (p->next_header == marks->header_count)
        return NULL;
    const struct brv_flow_header *header = &marks->headers[p->next_header];
    return at >= header->end && header->line_count <= room / 2 ? header : NULL;
}

static void cut(struct pager *p, size_t length)
{
    const struct brv_flow_marks *marks = p->marks;
    size_t line = 0;
    for (size_t at = after_blanks(marks, 0); at < marks->count; at = after_blanks(marks, at)) {
        struct page page = {
            .first = at,
            .first_line = line,
            .style = page_style(p, p->count, marks->items[at].page),
        };
        size_t room = page_room(page.style, length);
        page.header = header_at(p, at, room);
        page.end = page_end(marks, at, page.header ? room - page.header->line_count : room);
        for (; at < page.end; at++)
            line += marks->items[at].is_blank ? 0 : 1;
        BRV_PUSH(p->t->arena, p->pages, p->count, p->capacity) = page;
    }
}

static size_t page_of_line(const struct pager *p, size_t line)
{
    size_t low = 0;
    size_t high = p->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->pages[middle].first_line <= line)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// ---- headers and footers

// A page of them.
struct paged {
    const struct pager *pager;
    size_t page;
};

// The value of a named string on the page, else the one that it has already.
static brv_str string_on(const void *user, brv_str name, enum brv_string_place place)
{
    const struct pager *p = ((const struct paged *)user)->pager;
    size_t page = ((const struct paged *)user)->page;
    const struct brv_text_marks *strings = &p->t->strings;
    size_t begin = p->pages[page].first_line;
    size_t end = page + 1 < p->count ? p->pages[page + 1].first_line : SIZE_MAX;
    const struct brv_text_mark *entry = brv_map_find(&p->strings, name);
    struct brv_page_string string = { .entry = entry ? entry->value : (brv_str){ 0 } };
    string.last = string.entry;
    for (size_t i = p->next_string; i < strings->count && strings->items[i].line < end; i++) {
        const struct brv_text_mark *at = &strings->items[i];
        if (at->line < begin || !brv_str_equal(at->name, name))
            continue;
        if (!string.is_set) {
            string.first = at->value;
            string.is_set = true;
            string.is_set_at_start = at->line == begin;
        }
        string.last = at->value;
    }
    return brv_page_string_at(&string, place);
}

// The content of a margin box on a page, as one line.
static brv_str box_line(const struct pager *p, const struct brv_style *style, size_t page)
{
    struct brv_text *t = p->t;
    if (!style || style->content.keyword != BRV_CONTENT_SET)
        return (brv_str){ 0 };
    struct brv_styled *content = brv_style_margin_box(t->arena, style);
    if (!content)
        return (brv_str){ 0 };
    const struct paged paged = { p, page };
    const struct brv_page_values values = {
        .number = (int)page + 1,
        .count = (int)p->count,
        .string = string_on,
        .user = &paged,
    };
    brv_styled_fill_in(t->arena, content, &values);
    return brv_text_line(t, brv_text_run(t, content->first, NULL));
}

// Three boxes on one line: at the left, in the middle and at the right. The outer two have half of
// the line at most; the middle one stands in the middle as long as they let it, and has what they
// leave.
static brv_str edge_line(const struct pager *p, const enum brv_margin_box boxes[3], size_t page)
{
    enum { BETWEEN = 2 };
    struct brv_text *t = p->t;
    const struct brv_page_style *style = p->pages[page].style;
    size_t width = p->flow->width;
    brv_str parts[3];
    size_t widths[3];
    for (int i = 0; i < 3; i++) {
        parts[i] = box_line(p, style->boxes[boxes[i]], page);
        widths[i] = brv_str_width(parts[i]);
    }
    size_t outer_most = (width - BETWEEN) / 2;
    if (widths[0] + widths[2] + BETWEEN > width && widths[2] > outer_most)
        widths[2] = outer_most;
    size_t left_most = widths[2] > 0 ? width - widths[2] - BETWEEN : width;
    if (widths[1] > 0 && left_most > outer_most)
        left_most = outer_most;
    if (widths[0] > left_most)
        widths[0] = left_most;
    size_t begin = widths[0] > 0 ? widths[0] + BETWEEN : 0;
    size_t end = widths[2] > 0 ? width - widths[2] - BETWEEN : width;
    size_t room = end > begin ? end - begin : 0;
    if (widths[1] > room)
        widths[1] = room;
    size_t middle = (width - widths[1]) / 2;
    if (middle < begin)
        middle = begin;
    else if (middle + widths[1] > end)
        middle = end - widths[1];
    const size_t starts[3] = { 0, middle, width - widths[2] };

    struct brv_buf *line = brv_buf_new_in(t->arena);
    for (int i = 0; i < 3; i++) {
        if (widths[i] == 0)
            continue;
        size_t used = brv_str_width(brv_buf_str(line));
        brv_buf_add_repeated(line, ' ', starts[i] > used ? starts[i] - used : 0);
        struct brv_buf *part = brv_buf_new_in(t->arena);
        brv_text_add_cut(t, part, parts[i], widths[i]);
        brv_buf_add_str(line, brv_text_isolated(t, brv_buf_str(part)));
    }
    while (line->len > 0 && line->ptr[line->len - 1] == ' ')
        line->len--;
    return brv_buf_str(line);
}

// ---- writing

static void pass_strings(struct pager *p, size_t page)
{
    const struct brv_text_marks *strings = &p->t->strings;
    size_t end = page + 1 < p->count ? p->pages[page + 1].first_line : SIZE_MAX;
    for (; p->next_string < strings->count; p->next_string++) {
        struct brv_text_mark *string = &strings->items[p->next_string];
        if (string->line >= end)
            break;
        *brv_map_at(&p->strings, string->name) = string;
    }
}

static void write_line(struct brv_buf *out, brv_str line)
{
    brv_buf_add_str(out, line);
    brv_buf_add_byte(out, '\n');
}

static void write_page(struct pager *p, size_t index, size_t length, struct brv_buf *out)
{
    const struct page *page = &p->pages[index];
    const struct brv_flow_marks *marks = p->marks;
    const struct brv_page_style *style = page->style;
    size_t room = page_room(style, length);
    size_t end = page->end;
    while (end > page->first && marks->items[end - 1].is_blank)
        end--;
    if (has_boxes(style, header_boxes)) {
        write_line(out, edge_line(p, header_boxes, index));
        brv_buf_add_byte(out, '\n');
    }
    if (page->header)
        brv_buf_add_str(out, page->header->lines);
    size_t from = marks->items[page->first].offset;
    size_t to = end < marks->count ? marks->items[end].offset : p->flow->out->len;
    brv_buf_add_str(out, brv_str_slice(brv_buf_str(p->flow->out), from, to));
    if (has_boxes(style, footer_boxes)) {
        size_t used = end - page->first + (page->header ? page->header->line_count : 0);
        brv_buf_add_repeated(out, '\n', (used < room ? room - used : 0) + EDGE_LINES - 1);
        write_line(out, edge_line(p, footer_boxes, index));
    }
    if (index + 1 < p->count)
        brv_buf_add_byte(out, '\f');
}

// ---- exported

void brv_text_paginate(struct brv_text *t, const struct brv_flow *flow, size_t length,
                       struct brv_map *page_numbers, struct brv_buf *out)
{
    struct pager p = {
        .t = t,
        .flow = flow,
        .marks = flow->marks,
        .styles = { .arena = t->arena },
        .strings = { .arena = t->arena },
    };
    cut(&p, length);
    for (size_t i = 0; i < t->targets.count; i++) {
        size_t *page = BRV_NEW(t->arena, size_t);
        *page = page_of_line(&p, t->targets.items[i].line) + 1;
        void **place = brv_map_at(page_numbers, t->targets.items[i].name);
        if (!*place) // an id that stands twice means its first place
            *place = page;
    }
    for (size_t i = 0; out && i < p.count; i++) {
        write_page(&p, i, length, out);
        pass_strings(&p, i);
    }
}

size_t brv_text_page_of(const struct brv_text *t, brv_str target)
{
    if (!t->is_paged || target.len < 2 || target.ptr[0] != '#')
        return 0;
    const size_t *page = brv_map_find(&t->page_numbers, brv_str_slice(target, 1, target.len));
    return page ? *page : 0;
}
