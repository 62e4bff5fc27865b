// Brevier — inline content of the text output: what the elements of a line stand for.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "model/drawing.h"
#include "output/text_collect.h"

// ---- elements

// Counts what is shown in upper case around the text. Code means what its letters say: it keeps its
// case.
static void collector_count(struct brv_collector *c, const struct brv_styled *styled, int by)
{
    if (styled->kind == BRV_STYLED_ELEMENT && styled->node->kind == BRV_KIND_CODE)
        c->code_depth += by;
    if (styled->style->brv_text_emphasis == BRV_TEXT_EMPHASIS_UPPERCASE)
        c->uppercase_depth += by;
}

// True when the text already says where the link goes.
static bool link_is_told(brv_str text, brv_str url)
{
    static const brv_str schemes[] = {
        BRV_S_INIT("https://"), BRV_S_INIT("http://"), BRV_S_INIT("mailto:"), BRV_S_INIT("tel:")
    };
    text = brv_str_trim(text);
    if (brv_str_equal(text, url))
        return true;
    for (size_t i = 0; i < BRV_COUNT(schemes); i++) {
        if (!brv_str_starts_with(url, schemes[i]))
            continue;
        brv_str rest = brv_str_slice(url, schemes[i].len, url.len);
        if (brv_str_equal(text, rest))
            return true;
        if (rest.len > 0 && rest.ptr[rest.len - 1] == '/' &&
            brv_str_equal(text, brv_str_slice(rest, 0, rest.len - 1)))
            return true;
    }
    return false;
}

static bool holds_nocase(brv_str text, brv_str part)
{
    for (size_t at = 0; at + part.len <= text.len; at++)
        if (brv_str_equal_nocase(brv_str_slice(text, at, at + part.len), part))
            return true;
    return false;
}

// True when the link, or what the sheet writes beside it, already names the place that it leads to
// or the page of it. The entries of a list of contents do.
static bool place_is_told(struct brv_text *t, const struct brv_styled *link, brv_str url)
{
    enum { NAME_BYTES = 400 }; // a longer text is no name
    for (const struct brv_node *at = link->node; at; at = at->parent)
        if (at->kind == BRV_KIND_NAV)
            return true;
    if (brv_text_target_is_note(t, url))
        return true;
    struct brv_buf *text = brv_buf_new_in(t->arena);
    for (const struct brv_styled *at = link->first; at && text->len < NAME_BYTES;) {
        if (at->kind == BRV_STYLED_TARGET_PAGE && brv_text_page_of(t, at->text) > 0)
            return true;
        if (at->kind == BRV_STYLED_TEXT)
            brv_buf_add_str(text, at->text);
        if (at->first) {
            at = at->first;
            continue;
        }
        while (at != link && !at->next)
            at = at->parent;
        at = at != link ? at->next : NULL;
    }
    brv_str title = brv_text_target_title(t, url);
    return title.len > 0 && text->len < NAME_BYTES && holds_nocase(brv_buf_str(text), title);
}

// " (title)", in one line with the text around it.
static void collector_add_title(struct brv_collector *c, brv_str title,
                                const struct brv_style *style)
{
    if (title.len == 0)
        return;
    struct brv_style plain = *style;
    plain.white_space = BRV_SPACE_NORMAL;
    brv_collector_add_text(c, BRV_S(" ("), &plain);
    brv_collector_add_text(c, title, &plain);
    brv_collector_add_text(c, BRV_S(")"), &plain);
}

static void collector_end_link(struct brv_collector *c, const struct brv_styled *styled)
{
    struct brv_text *t = c->t;
    const struct brv_node *node = styled->node;
    brv_str url = brv_node_attr(node, BRV_ATTR_HREF);
    if (url.len == 0)
        return;
    bool is_within = url.ptr[0] == '#';
    bool is_told = is_within ? place_is_told(t, styled, url)
                             : link_is_told(brv_node_plain_text(t->arena, node), url);
    bool is_inline = styled->style->brv_text_links == BRV_TEXT_LINKS_INLINE;
    if (!is_told && !is_inline) {
        brv_collector_add_fixed(c,
                                brv_arena_printf(t->arena,
                                                 c->has_text ? " [%zu]" : "[%zu]",
                                                 brv_text_link_number(t, node)));
        c->has_text = true;
        return;
    }
    if (!is_told) {
        enum { TITLE_COLUMNS = 40 };
        if (c->has_text && !c->space)
            c->space = ' ';
        brv_collector_flush(c);
        brv_collector_add_fixed(c, BRV_S("<"));
        brv_collector_add_fixed(
            c, is_within ? brv_text_target_shown(t, url, TITLE_COLUMNS) : brv_text_url(t, url));
        brv_collector_add_fixed(c, BRV_S(">"));
    }
    collector_add_title(c, brv_text_link_title(t, node), styled->style);
}

// An address that is its link's text. Where it must be ASCII it is escaped: with its letters put in
// ASCII forms it would be another one. False when there is nothing to escape.
static bool collector_add_address(struct brv_collector *c, const struct brv_styled *styled)
{
    brv_str url = brv_node_attr(styled->node, BRV_ATTR_HREF);
    if (!c->t->is_ascii || styled->node->kind != BRV_KIND_A)
        return false;
    brv_str text = brv_node_plain_text(c->t->arena, styled->node);
    brv_str address = brv_text_url(c->t, text);
    if (address.len == text.len || !link_is_told(text, url))
        return false;
    brv_collector_flush(c);
    brv_collector_add_fixed(c, address);
    collector_end_link(c, styled);
    return true;
}

static void collector_add_image(struct brv_collector *c, const struct brv_styled *styled)
{
    const struct brv_node *node = styled->node;
    bool is_drawing = node->kind == BRV_KIND_DRAWING;
    brv_str title = brv_str_trim(brv_node_attr(node, BRV_ATTR_TITLE));
    brv_str says = brv_node_attr(node, BRV_ATTR_ALT);
    if (says.len == 0)
        says = title;
    if (says.len == 0)
        says = brv_node_attr(node, BRV_ATTR_SRC);
    struct brv_style plain = *styled->style;
    plain.white_space = BRV_SPACE_NORMAL;
    brv_collector_add_text(c, is_drawing ? BRV_S("[drawing") : BRV_S("[image"), &plain);
    if (says.len > 0) {
        brv_collector_add_text(c, BRV_S(": "), &plain);
        brv_collector_add_text(c, says, &plain);
    }
    if (!brv_str_equal_nocase(title, brv_str_trim(says)))
        collector_add_title(c, title, styled->style);
    brv_collector_add_text(c, BRV_S("]"), &plain);
}

// The lines that a drawing has for text, all as wide as the widest: they stay together wherever a
// line of the paragraph is aligned.
static void collector_add_drawing(struct brv_collector *c, const struct brv_styled *styled)
{
    const struct brv_drawing *drawing = styled->node->drawing;
    brv_str text = drawing ? drawing->text : (brv_str){ 0 };
    if (text.len == 0) {
        collector_add_image(c, styled);
        return;
    }
    size_t widest = 0;
    for (int is_writing = 0; is_writing < 2; is_writing++) {
        for (size_t at = 0; at < text.len;) {
            size_t end = brv_str_find_byte(text, at, '\n');
            brv_str line = brv_text_plain(c->t, brv_str_slice(text, at, end));
            size_t width = brv_str_width(line);
            widest = width > widest ? width : widest;
            at = end + 1;
            if (!is_writing)
                continue;
            if (c->has_text)
                brv_collector_end_line(c);
            brv_collector_flush(c);
            brv_collector_add_fixed(c, line);
            brv_collector_add_fixed(c, brv_text_spaces(c->t, widest - width));
        }
    }
    brv_collector_end_line(c);
}

// True for "(p. 7)" where there are no pages, or none of its target: without the number the rest
// says nothing.
static bool awaits_page(const struct brv_text *t, const struct brv_styled *generated)
{
    for (const struct brv_styled *at = generated->first; at; at = at->next)
        if (at->kind == BRV_STYLED_TARGET_PAGE && brv_text_page_of(t, at->text) == 0)
            return true;
    return false;
}

// The page of a link's target, where the document has pages.
static void collector_add_page(struct brv_collector *c, const struct brv_styled *styled)
{
    size_t page = brv_text_page_of(c->t, styled->text);
    if (page == 0)
        return;
    struct brv_list_marker marker = { .style = styled->format };
    if (marker.style == BRV_LIST_NONE || marker.style == BRV_LIST_STRING)
        marker.style = BRV_LIST_DECIMAL;
    brv_collector_flush(c);
    brv_collector_add_fixed(c, brv_counter_text(c->t->arena, &marker, (int)page));
}

// What stands in the text for a footnote: what ::footnote-call says, else "[^1]".
static void collector_add_call(struct brv_collector *c, const struct brv_styled *footnote)
{
    struct brv_text *t = c->t;
    size_t number = brv_text_note_number(t, footnote);
    const struct brv_styled_note *note = footnote->note;
    // A call stands at the word before it, where it is not the author who set it apart: one of two
    // spaces about what became a note is enough.
    const struct brv_styled *next = footnote->next;
    bool is_between_spaces = next && next->kind == BRV_STYLED_TEXT && next->text.len > 0 &&
                             brv_is_space(next->text.ptr[0]);
    if (!c->has_text || !is_between_spaces)
        brv_collector_flush(c);
    if (!note || note->call_text.len == 0) {
        brv_collector_add_fixed(c, brv_arena_printf(t->arena, "[^%zu]", number));
        return;
    }
    brv_collector_add_fixed(c, brv_text_marker(t, note->call, false));
    brv_collector_add_fixed(c, note->call_text);
    brv_collector_add_fixed(c, brv_text_marker(t, note->call, true));
}

// Goes into a node; false when its children are not to be walked.
static bool collector_enter(struct brv_collector *c, const struct brv_styled *styled)
{
    switch (styled->kind) {
    case BRV_STYLED_TEXT:
        brv_collector_add_text(c, styled->text, styled->style);
        return false;
    case BRV_STYLED_LEADER:
        brv_collector_add_leader(c, styled->text);
        return false;
    case BRV_STYLED_TARGET_PAGE:
        collector_add_page(c, styled);
        return false;
    case BRV_STYLED_PAGE_NUMBER: // these belong to margin boxes
    case BRV_STYLED_PAGE_COUNT:
    case BRV_STYLED_STRING:
        return false;
    case BRV_STYLED_MARKER:
        if (!styled->first)
            brv_collector_add_text(c, styled->text, styled->style);
        break;
    case BRV_STYLED_ELEMENT:
        brv_text_note_place(c->t, styled);
        if (styled->node->kind == BRV_KIND_BR) {
            brv_collector_end_line(c);
            return false;
        }
        if (styled->node->kind == BRV_KIND_DRAWING) {
            collector_add_drawing(c, styled);
            return false;
        }
        if (styled->node->kind == BRV_KIND_IMG) {
            collector_add_image(c, styled);
            return false;
        }
        if (collector_add_address(c, styled))
            return false;
        if (styled->style->cssfloat == BRV_FLOAT_FOOTNOTE) {
            collector_add_call(c, styled);
            return false;
        }
        if (!brv_text_is_inline(styled) && c->has_text)
            brv_collector_end_line(c);
        break;
    case BRV_STYLED_BEFORE:
    case BRV_STYLED_AFTER:
        if (awaits_page(c->t, styled))
            return false;
        break;
    }
    collector_count(c, styled, 1);
    brv_buf_add_str(c->opening, brv_text_marker(c->t, styled->style, false));
    return true;
}

static void collector_leave(struct brv_collector *c, const struct brv_styled *styled)
{
    brv_str opening = brv_text_marker(c->t, styled->style, false);
    collector_count(c, styled, -1);
    if (c->opening->len > 0) // nothing was shown since: the element is empty
        c->opening->len -= opening.len;
    else
        brv_collector_add_fixed(c, brv_text_marker(c->t, styled->style, true));
    if (styled->kind == BRV_STYLED_MARKER && !c->space) // a marker within the text
        c->space = ' ';
    if (styled->kind != BRV_STYLED_ELEMENT)
        return;
    if (styled->node->kind == BRV_KIND_A)
        collector_end_link(c, styled);
    if (!brv_text_is_inline(styled) && c->has_text)
        brv_collector_end_line(c);
}

// ---- exported

bool brv_text_is_inline(const struct brv_styled *styled)
{
    if (styled->kind == BRV_STYLED_ELEMENT && styled->style->cssfloat == BRV_FLOAT_FOOTNOTE)
        return true;
    if (styled->kind != BRV_STYLED_ELEMENT && styled->kind != BRV_STYLED_BEFORE &&
        styled->kind != BRV_STYLED_AFTER)
        return true;
    return styled->style->display == BRV_DISPLAY_INLINE ||
           styled->style->display == BRV_DISPLAY_CONTENTS;
}

brv_str brv_text_marker(struct brv_text *t, const struct brv_style *style, bool is_closing)
{
    switch (style->brv_text_emphasis) {
    case BRV_TEXT_EMPHASIS_STARS:
        return BRV_S("*");
    case BRV_TEXT_EMPHASIS_SLASHES:
        return BRV_S("/");
    case BRV_TEXT_EMPHASIS_UPPERCASE:
        return (brv_str){ 0 };
    case BRV_TEXT_EMPHASIS_NONE:
        break;
    }
    struct brv_strings marker = style->brv_text_marker;
    if (marker.keyword != BRV_STRINGS_SET || marker.count == 0)
        return (brv_str){ 0 };
    return brv_text_plain(t, marker.items[is_closing && marker.count > 1 ? 1 : 0]);
}

brv_str brv_text_run(struct brv_text *t, const struct brv_styled *first,
                     const struct brv_styled *end)
{
    if (first && first->next == end && first->kind == BRV_STYLED_TEXT && !first->first &&
        brv_collector_shows_as_is(first->text, first->style))
        return first->text;
    struct brv_collector c = { .t = t, .out = t->run, .opening = t->opening };
    c.block = first && first->parent ? first->parent->node : NULL;
    brv_buf_clear(c.out);
    brv_buf_clear(c.opening);
    for (const struct brv_styled *top = first; top && top != end; top = top->next) {
        const struct brv_styled *at = top;
        for (;;) {
            bool goes_in = collector_enter(&c, at);
            if (goes_in && at->first) {
                at = at->first;
                continue;
            }
            if (goes_in)
                collector_leave(&c, at);
            while (at != top && !at->next) {
                at = at->parent;
                collector_leave(&c, at);
            }
            if (at == top)
                break;
            at = at->next;
        }
    }
    brv_collector_drop_leader(&c);
    // A line break at the very end breaks nothing.
    while (c.out->len > 0 && c.out->ptr[c.out->len - 1] == BRV_MARK_LINE)
        c.out->len--;
    return brv_arena_str(t->arena, brv_buf_str(c.out));
}

brv_str brv_text_line(struct brv_text *t, brv_str run)
{
    struct brv_words words = brv_words_cut(t->arena, run);
    struct brv_buf *out = brv_buf_new_in(t->arena);
    for (size_t i = 0; i < words.count; i++) {
        struct brv_fill_line word = { .words = &words.items[i], .count = 1 };
        bool has_space = i > 0 && (words.items[i].has_space || words.items[i - 1].ends_line);
        if (has_space)
            brv_buf_add_byte(out, ' ');
        (void)brv_fill_line_write(&words, &word, 0, out);
    }
    return brv_buf_str(out);
}

void brv_text_add_cut(const struct brv_text *t, struct brv_buf *out, brv_str text, size_t columns)
{
    if (brv_str_width(text) <= columns) {
        brv_buf_add_str(out, text);
        return;
    }
    brv_str ellipsis = brv_text_choose(t, "\u2026", "...");
    size_t least = brv_str_width(ellipsis);
    size_t at = 0;
    for (size_t width = 0; at < text.len;) {
        size_t next = at;
        width += (size_t)brv_cluster_width(text, &next);
        if (width + least > columns)
            break;
        at = next;
    }
    brv_buf_add_str(out, brv_str_trim(brv_str_slice(text, 0, at)));
    brv_buf_add_str(out, ellipsis);
}
