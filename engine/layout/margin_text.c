// Brevier — the text of margin boxes: what it is, and as much of it as its box can show.
// A running head may be as long as a chapter's title, and stands on every page; so its cost must be
// that of what is seen of it.
// SPDX-License-Identifier: MIT
#include "layout/margin.h"

#include "base/utf8.h"
#include "layout/plan.h"

#define LEAST_ADVANCE_EM 0.25f // of letters, on an average
#define LEAST_FONT_PT 1.0f

// ---- what it says

static brv_str string_value(const void *user, brv_str name, enum brv_string_place place)
{
    const struct brv_page_facts *facts = user;
    for (size_t i = 0; i < facts->string_count; i++) {
        if (brv_str_equal(facts->strings[i].name, name)) {
            return brv_page_string_at(&facts->strings[i].values, place);
        }
    }
    return (brv_str){ 0 };
}

// More letters than a box of a style could show. Negative margins make it larger than its edge.
static size_t capacity_of(const struct brv_style *style, float width_pt, float height_pt)
{
    enum { MORE = 64 }; // where there is next to no room
    const struct brv_edges margins = brv_style_margins(style, width_pt, false);
    const float width =
        width_pt + brv_larger(-margins.left_pt, 0) + brv_larger(-margins.right_pt, 0);
    const float height =
        height_pt + brv_larger(-margins.top_pt, 0) + brv_larger(-margins.bottom_pt, 0);
    const float em = brv_larger(style->font_size, LEAST_FONT_PT);
    const float line = brv_larger(brv_style_line_height_pt(style), em / 2);
    return MORE + (size_t)(brv_larger(width, 0) / (LEAST_ADVANCE_EM * em) *
                           (brv_larger(height, 0) / line));
}

// Cuts what follows the first so many letters, however they are made up, off the texts of a box.
static void limit_text(struct brv_styled *content, size_t letters)
{
    enum { LETTER_BYTES = 16 }; // on an average
    size_t bytes = letters * LETTER_BYTES;
    for (struct brv_styled *part = content->first; part; part = part->next) {
        const brv_str text = part->text;
        uint32_t previous = 0;
        unsigned pairs = 0;
        size_t end = 0;
        for (size_t at = 0; at < text.len && at < bytes; end = at) {
            uint32_t codepoint = brv_utf8_next(text, &at);
            bool is_new = !brv_grapheme_continues(previous, codepoint, &pairs);
            if (is_new && letters == 0) {
                break;
            }
            letters -= is_new;
            previous = codepoint;
        }
        bytes -= end < bytes ? end : bytes;
        part->text = brv_str_slice(text, 0, end);
    }
}

// Where the first of the strings that a box shows was set: there its text can be made shorter.
static struct brv_span place_of(const struct brv_page_facts *facts, const struct brv_style *style)
{
    for (uint32_t i = 0; i < style->content.count; i++) {
        const struct brv_content_item *item = &style->content.items[i];
        for (size_t k = 0; item->kind == BRV_CONTENT_NAMED_STRING && k < facts->string_count; k++) {
            if (brv_str_equal(facts->strings[k].name, item->text)) {
                return facts->strings[k].where;
            }
        }
    }
    return brv_span_none();
}

struct brv_paragraph *brv_margin_text(struct brv_book *book, size_t page, enum brv_margin_box box,
                                      float width_pt, float height_pt)
{
    const struct brv_style *style = book->facts[page].geometry->page.boxes[box];
    if (!style || style->content.keyword != BRV_CONTENT_SET) {
        return NULL;
    }
    struct brv_styled *content = brv_style_margin_box(book->layout->arena, style);
    if (!content) {
        return NULL;
    }
    const struct brv_page_values values = {
        .number = book->facts[page].number,
        .count = (int)book->page_count,
        .string = string_value,
        .user = &book->facts[page],
    };
    brv_styled_fill_in(book->layout->arena, content, &values);
    limit_text(content, capacity_of(style, width_pt, height_pt));
    struct brv_paragraph *p =
        brv_paragraph_collect(book->layout, content, content->first, NULL, NULL);
    if (p->inline_count > 0) {
        p->inlines[0].where = place_of(&book->facts[page], style);
    }
    brv_paragraph_itemize(book->layout, p);
    return p;
}

// ---- how it is set

// How text lies in a box unless its style says otherwise.
static enum brv_text_align align_of(enum brv_margin_box box, const struct brv_style *style,
                                    bool is_last)
{
    if (style->text_align != BRV_ALIGN_START) {
        return is_last ? brv_style_last_align(style) : style->text_align;
    }
    switch (box) {
    case BRV_BOX_TOP_LEFT:
    case BRV_BOX_BOTTOM_LEFT:
        return BRV_ALIGN_LEFT;
    case BRV_BOX_TOP_RIGHT:
    case BRV_BOX_BOTTOM_RIGHT:
        return BRV_ALIGN_RIGHT;
    case BRV_BOX_TOP_LEFT_CORNER:
    case BRV_BOX_TOP_CENTER:
    case BRV_BOX_TOP_RIGHT_CORNER:
    case BRV_BOX_RIGHT_TOP:
    case BRV_BOX_RIGHT_MIDDLE:
    case BRV_BOX_RIGHT_BOTTOM:
    case BRV_BOX_BOTTOM_RIGHT_CORNER:
    case BRV_BOX_BOTTOM_CENTER:
    case BRV_BOX_BOTTOM_LEFT_CORNER:
    case BRV_BOX_LEFT_BOTTOM:
    case BRV_BOX_LEFT_MIDDLE:
    case BRV_BOX_LEFT_TOP:
    case BRV_BOX_COUNT:
        break;
    }
    return BRV_ALIGN_CENTER;
}

// Sets the lines that fit, the first in any case; *end is where in the text the last one ends.
static struct brv_slice set_lines(struct brv_layout *layout, struct brv_paragraph *p,
                                  enum brv_margin_box box, float measure_pt, float height_pt,
                                  size_t *end)
{
    struct brv_slice text = { 0 };
    size_t count;
    struct brv_line *lines = brv_paragraph_break(layout, p, measure_pt, 0, &count);
    *end = p->text.len;
    for (size_t i = 0; i < count; i++) {
        struct brv_slice line = { 0 };
        enum brv_text_align align = align_of(box, p->style, lines[i].is_last);
        brv_line_place(layout, p, &lines[i], &line, 0, measure_pt, align);
        if (i > 0 && text.height_pt + line.height_pt > height_pt + BRV_FIT_TOLERANCE_PT) {
            *end = p->pieces[lines[i].from].from;
            break;
        }
        brv_slice_merge(&text, &line, text.height_pt);
        text.height_pt += line.height_pt;
    }
    return text;
}

// The text up to a place, which moves to the start of its grapheme, with an ellipsis behind it.
static struct brv_paragraph *shortened(struct brv_layout *layout, const struct brv_paragraph *p,
                                       size_t end)
{
    static const char ellipsis[] = "…";
    const size_t room = sizeof ellipsis - 1;
    struct brv_paragraph *q = BRV_NEW(layout->scratch, struct brv_paragraph);
    *q = *p;
    for (bool continues = true; end > 0 && continues;) {
        unsigned pairs = 0;
        size_t before = end;
        size_t after = end;
        uint32_t previous = brv_utf8_previous(p->text, &before);
        continues = brv_is_space(p->text.ptr[before]) ||
                    brv_grapheme_continues(previous, brv_utf8_next(p->text, &after), &pairs);
        end = continues ? before : end;
    }
    q->bytes = BRV_NEW_ARRAY(layout->arena, char, end + room);
    memcpy(q->bytes, p->text.ptr, end);
    memcpy(q->bytes + end, ellipsis, room);
    q->text = (brv_str){ q->bytes, end + room };
    while (q->inline_count > 1 && q->inlines[q->inline_count - 1].from >= end) {
        q->inline_count--;
    }
    while (q->hyphen_count > 0 && q->hyphens[q->hyphen_count - 1] >= end) {
        q->hyphen_count--;
    }
    brv_paragraph_itemize(layout, q);
    return q;
}

static void report_cut(struct brv_layout *layout, const struct brv_paragraph *p)
{
    enum { SHOWN_BYTES = 40 };
    size_t shown = 0;
    for (size_t at = 0; at < p->text.len && at <= SHOWN_BYTES;) {
        shown = at;
        (void)brv_utf8_next(p->text, &at);
    }
    brv_str begin = brv_str_slice(p->text, 0, shown);
    brv_str key = brv_arena_printf(layout->scratch, "running head %" BRV_STR_F, BRV_STR_ARG(begin));
    if (brv_layout_tell_once(layout, key)) {
        brv_report(layout->sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   p->inline_count > 0 ? p->inlines[0].where : brv_span_none(),
                   "\"%" BRV_STR_F "…\" is longer than its box in the page's margin and is cut",
                   BRV_STR_ARG(begin));
    }
}

struct brv_slice brv_margin_set(struct brv_layout *layout, struct brv_paragraph *p,
                                enum brv_margin_box box, float measure_pt, float height_pt)
{
    size_t end;
    struct brv_slice text = set_lines(layout, p, box, measure_pt, height_pt, &end);
    if (end == p->text.len) {
        return text;
    }
    report_cut(layout, p);
    // The ellipsis takes the place of some letters: of more and more, until it fits.
    const size_t whole = end;
    for (size_t left_out = 1; end > 0; left_out *= 2) {
        end = whole;
        for (size_t i = 0; i < left_out && end > 0; i++) {
            (void)brv_utf8_previous(p->text, &end);
        }
        struct brv_paragraph *q = shortened(layout, p, end);
        size_t shown;
        text = set_lines(layout, q, box, measure_pt, height_pt, &shown);
        if (shown == q->text.len) {
            break;
        }
    }
    return text;
}
