// Brevier — inline content: from styled nodes to one text with stretches.
// White space collapses across element borders, as CSS asks: a space is written only when something
// follows it on the same line. Soft hyphens leave the text and become places where a word may part.
// SPDX-License-Identifier: MIT
#include "layout/footnote.h"
#include "layout/paragraph.h"
#include "layout/replaced.h"
#include "layout/tag.h"

#include "base/buf.h"
#include "base/utf8.h"

struct collector {
    struct brv_layout *layout;
    struct brv_paragraph *paragraph;
    struct brv_buf text;
    bool at_line_start;         // collapsible space is dropped here
    bool space_pending;         // one collapsed space waits for what follows
    struct brv_inline space;    // the stretch that wrote it
    float lead_pt;              // edges of inline boxes that wait for their first text
    struct brv_inline_box *box; // the last that was made
};

static bool collapses(enum brv_white_space mode)
{
    return mode == BRV_SPACE_NORMAL || mode == BRV_SPACE_NOWRAP || mode == BRV_SPACE_PRE_LINE;
}

static bool keeps_newlines(enum brv_white_space mode)
{
    return mode == BRV_SPACE_PRE || mode == BRV_SPACE_PRE_WRAP || mode == BRV_SPACE_PRE_LINE;
}

static bool same_meaning(const struct brv_meaning *a, const struct brv_meaning *b)
{
    return a->tag == b->tag && a->link_tag == b->link_tag && a->box == b->box &&
           a->decoration == b->decoration && a->shift_pt >= b->shift_pt &&
           a->shift_pt <= b->shift_pt && brv_str_equal(a->url, b->url) &&
           brv_str_equal(a->lang, b->lang);
}

// The stretch that text of this style and meaning goes to: the last one when it is the same.
static struct brv_inline *stretch(struct collector *c, const struct brv_inline *like)
{
    struct brv_paragraph *p = c->paragraph;
    if (p->inline_count > 0 && c->lead_pt <= 0 && !like->is_leader && !like->object) {
        struct brv_inline *last = &p->inlines[p->inline_count - 1];
        if (last->style == like->style && last->trail_pt <= 0 && !last->is_leader &&
            !last->object && same_meaning(&last->meaning, &like->meaning)) {
            return last;
        }
    }
    struct brv_inline *made =
        &BRV_PUSH(c->layout->scratch, p->inlines, p->inline_count, p->inline_capacity);
    *made = *like;
    made->from = (uint32_t)c->text.len;
    made->lead_pt = c->lead_pt;
    made->trail_pt = 0;
    c->lead_pt = 0;
    return made;
}

static void flush_space(struct collector *c)
{
    if (c->space_pending) {
        c->space_pending = false;
        float lead = c->lead_pt;
        c->lead_pt = 0;
        stretch(c, &c->space);
        c->lead_pt = lead;
        brv_buf_add_byte(&c->text, ' ');
    }
}

static void add_newline(struct collector *c, const struct brv_inline *like)
{
    c->space_pending = false;
    stretch(c, like);
    brv_buf_add_byte(&c->text, '\n');
    c->at_line_start = true;
}

static void add_text(struct collector *c, const struct brv_inline *like, brv_str text)
{
    enum brv_white_space mode = like->style->white_space;
    for (size_t at = 0; at < text.len;) {
        char byte = text.ptr[at];
        if (byte == '\n' && keeps_newlines(mode)) {
            add_newline(c, like);
            at++;
            continue;
        }
        if (brv_is_space(byte) && collapses(mode)) {
            if (!c->at_line_start && !c->space_pending) {
                c->space_pending = true;
                c->space = *like;
            }
            at++;
            continue;
        }
        if (text.len - at >= 2 && memcmp(text.ptr + at, "\xC2\xAD", 2) == 0) {
            if (like->style->hyphens != BRV_HYPHENS_NONE && c->text.len > 0) {
                BRV_PUSH(c->layout->scratch,
                         c->paragraph->hyphens,
                         c->paragraph->hyphen_count,
                         c->paragraph->hyphen_capacity) = (uint32_t)c->text.len;
            }
            at += 2;
            continue;
        }
        flush_space(c);
        stretch(c, like);
        c->at_line_start = false;
        size_t end = at;
        while (end < text.len && !brv_is_space(text.ptr[end]) && text.ptr[end] != '\xC2') {
            end++;
        }
        if (end == at) {
            brv_utf8_next(text, &end); // a space that is kept, or U+0080 … U+00BF
        }
        brv_buf_add(&c->text, text.ptr + at, end - at);
        at = end;
    }
}

static void add_styled_text(struct collector *c, const struct brv_inline *like, brv_str text)
{
    if (like->style->text_transform != BRV_TRANSFORM_NONE) {
        text = brv_text_transformed(
            c->layout->scratch, text, like->style->text_transform, like->meaning.lang);
    }
    add_text(c, like, text);
}

static void add_mark(struct collector *c, struct brv_mark *mark)
{
    BRV_PUSH(c->layout->scratch,
             c->paragraph->marks,
             c->paragraph->mark_count,
             c->paragraph->mark_capacity) = (struct brv_inline_mark){ (uint32_t)c->text.len, mark };
}

static struct brv_mark *new_mark(struct collector *c, enum brv_mark_kind kind)
{
    struct brv_mark *mark =
        BRV_NEW(c->layout->is_measuring ? c->layout->scratch : c->layout->arena, struct brv_mark);
    mark->kind = kind;
    add_mark(c, mark);
    return mark;
}

static void add_element_marks(struct collector *c, const struct brv_styled *styled)
{
    if (styled->node && styled->kind == BRV_STYLED_ELEMENT && styled->node->id.len > 0) {
        new_mark(c, BRV_MARK_DESTINATION)->name = styled->node->id;
    }
    for (size_t i = 0; i < styled->string_count; i++) {
        struct brv_mark *mark = new_mark(c, BRV_MARK_STRING);
        mark->name = styled->strings[i].name;
        mark->value = styled->strings[i].value;
        mark->where = styled->node ? styled->node->span : brv_span_none();
    }
}

static bool is_visible_box(const struct brv_style *style)
{
    return style->background_color.alpha > 0 || style->border_top_width > 0 ||
           style->border_bottom_width > 0 || style->border_left_width > 0 ||
           style->border_right_width > 0 || style->padding_left.pt > 0 ||
           style->padding_right.pt > 0;
}

// An edge takes no more of a line than a quarter of the page.
static float limited_edge(const struct brv_layout *layout, float edge_pt)
{
    float most = layout->page_width_pt / 4;
    return edge_pt > most ? most : edge_pt < -most ? -most : edge_pt;
}

static float start_edge(const struct brv_layout *layout, const struct brv_style *style)
{
    return limited_edge(layout,
                        style->padding_left.pt + style->border_left_width + style->margin_left.pt);
}

static float end_edge(const struct brv_layout *layout, const struct brv_style *style)
{
    return limited_edge(
        layout, style->padding_right.pt + style->border_right_width + style->margin_right.pt);
}

// How far the baseline of raised and lowered text is from that around it, upwards.
static float shift_of(const struct brv_style *style, const struct brv_style *outer)
{
    return style->vertical_align == BRV_VERTICAL_SUPER ? 0.34f * outer->font_size
           : style->vertical_align == BRV_VERTICAL_SUB ? -0.16f * outer->font_size
                                                       : 0;
}

// The meaning of an inline element, from its parent's.
static struct brv_inline enter(struct collector *c, const struct brv_inline *outer,
                               const struct brv_styled *styled)
{
    struct brv_layout *layout = c->layout;
    struct brv_inline inner = *outer;
    const struct brv_style *style = styled->style;
    struct brv_meaning *meaning = &inner.meaning;
    inner.style = style;
    if (styled->node && styled->kind == BRV_STYLED_ELEMENT) {
        inner.where = styled->node->span;
        brv_str lang = brv_node_attr(styled->node, BRV_ATTR_LANG);
        meaning->tag = brv_tag_of(layout, meaning->tag, styled, meaning->lang);
        if (brv_is_replaced(styled) && meaning->tag != outer->meaning.tag) {
            meaning->tag->is_inline = true;
        }
        meaning->lang = lang.len > 0 ? lang : meaning->lang;
        meaning->is_code |= styled->node->kind == BRV_KIND_CODE;
        brv_str href = brv_node_attr(styled->node, BRV_ATTR_HREF);
        if (styled->node->kind == BRV_KIND_A && href.len > 0) {
            meaning->url = href;
            meaning->link_tag = meaning->tag;
        }
    }
    inner.font = brv_layout_font(layout, style, meaning->lang);
    meaning->shift_pt += shift_of(style, outer->style);
    if (style->text_decoration_line != BRV_DECORATION_NONE) {
        struct brv_decoration_line *line = BRV_NEW(layout->scratch, struct brv_decoration_line);
        *line = (struct brv_decoration_line){ meaning->decoration,
                                              style->text_decoration_line,
                                              style->color };
        meaning->decoration = line;
    }
    if (is_visible_box(style)) {
        struct brv_inline_box *box = BRV_NEW(layout->scratch, struct brv_inline_box);
        *box = (struct brv_inline_box){
            meaning->box, style, inner.font->ascent_pt, inner.font->descent_pt
        };
        meaning->box = box;
        c->box = box;
    }
    return inner;
}

static void add_children(struct collector *c, const struct brv_inline *like,
                         const struct brv_styled *parent, int depth);

// A picture is one character of its own; a picture that could not be had, its description.
static void add_picture(struct collector *c, const struct brv_inline *like,
                        const struct brv_styled *styled, struct brv_replaced *picture)
{
    if (picture) {
        struct brv_inline own = *like;
        own.object = picture;
        flush_space(c);
        stretch(c, &own);
        brv_buf_add_cstr(&c->text, "\xEF\xBF\xBC"); // U+FFFC
        c->at_line_start = false;
        c->paragraph->has_objects = true;
        return;
    }
    brv_str alt = brv_node_attr(styled->node, BRV_ATTR_ALT);
    if (alt.len == 0) {
        alt = brv_node_attr(styled->node, BRV_ATTR_SRC);
    }
    add_text(c, like, alt);
}

static void add_element(struct collector *c, const struct brv_inline *outer,
                        struct brv_styled *styled, int depth)
{
    enum brv_kind kind = styled->node ? styled->node->kind : BRV_KIND_SPAN;
    if (styled->kind == BRV_STYLED_ELEMENT && kind == BRV_KIND_BR) {
        add_newline(c, outer);
        return;
    }
    if (styled->kind == BRV_STYLED_ELEMENT && styled->style->cssfloat == BRV_FLOAT_FOOTNOTE) {
        if (c->layout->is_measuring) {
            add_text(c, outer, BRV_S("00"));
            return;
        }
        if (c->layout->repeats > 0) {
            return;
        }
        struct brv_note *note = brv_note_new(c->layout, styled, outer->meaning.tag);
        struct brv_inline call = *outer;
        call.style = styled->note->call;
        call.font = brv_layout_font(c->layout, call.style, outer->meaning.lang);
        call.meaning.tag = note->call_tag;
        call.meaning.link_tag = note->call_tag;
        call.meaning.url = note->target;
        call.meaning.shift_pt += shift_of(call.style, outer->style);
        new_mark(c, BRV_MARK_NOTE)->note = note;
        new_mark(c, BRV_MARK_DESTINATION)->name = note->call_id;
        add_text(c, &call, styled->note->call_text.len > 0 ? styled->note->call_text : note->label);
        return;
    }
    struct brv_replaced *picture = brv_replaced_of(c->layout->scratch, styled);
    struct brv_styled missing;
    if (brv_is_replaced(styled) && !picture) {
        missing = *styled;
        missing.style = brv_replaced_missing_style(c->layout->scratch, styled->style);
        styled = &missing;
    }
    struct brv_inline inner = enter(c, outer, styled);
    bool is_box = inner.meaning.box != outer->meaning.box;
    if (picture && is_box) {
        picture->box = c->box;
    }
    is_box = is_box || picture; // whose margins count, too
    bool is_block =
        styled->style->display == BRV_DISPLAY_BLOCK && styled->kind == BRV_STYLED_ELEMENT;
    if (is_block && c->text.len > 0 && !c->at_line_start) {
        add_newline(c, outer);
    }
    add_element_marks(c, styled);
    size_t before = c->paragraph->inline_count;
    if (is_box) {
        flush_space(c);
        c->lead_pt += start_edge(c->layout, styled->style);
    }
    if (brv_is_replaced(styled)) {
        add_picture(c, &inner, styled, picture);
    } else {
        add_children(c, &inner, styled, depth + 1);
    }
    if (is_box && c->paragraph->inline_count > before) {
        flush_space(c);
        c->paragraph->inlines[c->paragraph->inline_count - 1].trail_pt +=
            end_edge(c->layout, styled->style);
    } else if (is_box) {
        c->lead_pt = 0;
    }
    if (is_block) {
        add_newline(c, outer);
    }
}

// A page number in the counter style that the node asks for.
static brv_str in_format(const struct brv_layout *layout, const struct brv_styled *styled,
                         brv_str label)
{
    size_t number;
    struct brv_list_marker marker = { .style = styled->format };
    bool is_decimal = marker.style == BRV_LIST_NONE || marker.style == BRV_LIST_STRING ||
                      marker.style == BRV_LIST_DECIMAL;
    if (is_decimal || !brv_str_to_size(label, &number) || number > INT32_MAX) {
        return label;
    }
    return brv_counter_text(layout->arena, &marker, (int)number);
}

// What the pass before says of an id; a guess in the first pass.
static brv_str page_label_of(struct brv_layout *layout, brv_str id)
{
    layout->wants_page_of = true;
    brv_str name = brv_str_starts_with(id, BRV_S("#")) ? brv_str_slice(id, 1, id.len) : id;
    const brv_str *label = brv_map_find(&layout->page_of.pages, name);
    // Not known before the first pass is over; after it, there is no such place.
    return label ? *label : brv_str_is(layout->page_of.count, "0") ? BRV_S("0") : BRV_S("?");
}

// counter(page) in the body: the page of a destination that stands right here.
static brv_str page_label_here(struct collector *c)
{
    if (c->layout->is_measuring) {
        return BRV_S("00");
    }
    brv_str name =
        brv_arena_printf(c->layout->arena, "brv-page-%zu", ++c->layout->page_reference_count);
    new_mark(c, BRV_MARK_DESTINATION)->name = name;
    return page_label_of(c->layout, name);
}

static void add_node(struct collector *c, const struct brv_inline *like, struct brv_styled *styled,
                     int depth)
{
    struct brv_inline own = *like;
    switch (styled->kind) {
    case BRV_STYLED_ELEMENT:
    case BRV_STYLED_BEFORE:
    case BRV_STYLED_AFTER:
        if (depth < BRV_LAYOUT_DEPTH) {
            add_element(c, like, styled, depth);
        }
        return;
    case BRV_STYLED_TEXT:
        if (styled->node) {
            own.where = styled->node->span;
        }
        add_styled_text(c, &own, styled->text);
        return;
    case BRV_STYLED_MARKER:
        // An outside marker is set by block layout, beside the first line.
        if (styled->style->list_style_position == BRV_LIST_INSIDE && styled->text.len > 0) {
            own.style = styled->style;
            own.font = brv_layout_font(c->layout, own.style, own.meaning.lang);
            add_text(c, &own, styled->text);
            add_text(c, like, BRV_S(" "));
        }
        return;
    case BRV_STYLED_LEADER:
        flush_space(c);
        own.is_leader = true;
        stretch(c, &own);
        brv_buf_add_str(&c->text, styled->text.len > 0 ? styled->text : BRV_S("."));
        c->at_line_start = false;
        return;
    case BRV_STYLED_PAGE_NUMBER:
        add_text(c, &own, in_format(c->layout, styled, page_label_here(c)));
        return;
    case BRV_STYLED_PAGE_COUNT:
        c->layout->wants_page_of = true;
        add_text(c, &own, in_format(c->layout, styled, c->layout->page_of.count));
        return;
    case BRV_STYLED_TARGET_PAGE:
        add_text(c, &own, in_format(c->layout, styled, page_label_of(c->layout, styled->text)));
        return;
    case BRV_STYLED_STRING:
        add_styled_text(c, &own, styled->text);
        return;
    }
}

static void add_children(struct collector *c, const struct brv_inline *like,
                         const struct brv_styled *parent, int depth)
{
    for (struct brv_styled *child = parent->first; child; child = child->next) {
        add_node(c, like, child, depth);
    }
}

static struct collector begin(struct brv_layout *layout, const struct brv_style *style,
                              brv_str lang)
{
    struct collector c = { .layout = layout, .at_line_start = true };
    c.paragraph = BRV_NEW(layout->scratch, struct brv_paragraph);
    c.paragraph->style = style;
    c.paragraph->lang = lang;
    return c;
}

static struct brv_paragraph *finish(struct collector *c)
{
    struct brv_paragraph *p = c->paragraph;
    // Trailing newline of a pre or a br at the end makes no line of its own.
    if (c->text.len > 0 && c->text.ptr[c->text.len - 1] == '\n') {
        c->text.len--;
    }
    struct brv_arena *arena = c->layout->is_measuring ? c->layout->scratch : c->layout->arena;
    p->bytes = BRV_NEW_ARRAY(arena, char, c->text.len + 1);
    if (c->text.len > 0) {
        memcpy(p->bytes, c->text.ptr, c->text.len);
    }
    p->text = (brv_str){ p->bytes, c->text.len };
    p->is_empty = p->text.len == 0;
    while (p->inline_count > 0 && p->inlines[p->inline_count - 1].from >= p->text.len) {
        p->inline_count--;
    }
    while (p->hyphen_count > 0 && p->hyphens[p->hyphen_count - 1] >= p->text.len) {
        p->hyphen_count--;
    }
    brv_buf_deinit(&c->text);
    return p;
}

static struct brv_inline base_inline(struct brv_layout *layout, const struct brv_style *style,
                                     brv_str lang, struct brv_tag *tag)
{
    struct brv_inline base;
    memset(&base, 0, sizeof base);
    base.style = style;
    base.font = brv_layout_font(layout, style, lang);
    base.meaning.tag = tag;
    base.meaning.lang = lang;
    return base;
}

struct brv_paragraph *brv_paragraph_collect(struct brv_layout *layout, struct brv_styled *parent,
                                            struct brv_styled *first, const struct brv_styled *end,
                                            struct brv_tag *tag)
{
    brv_str lang = parent->node ? brv_node_lang(parent->node) : (brv_str){ 0 };
    struct collector c = begin(layout, parent->style, lang);
    struct brv_inline base = base_inline(layout, parent->style, lang, tag);
    if (parent->node) {
        base.where = parent->node->span;
        c.paragraph->is_heading = brv_kind_is_heading(parent->node->kind);
        base.meaning.is_code =
            parent->node->kind == BRV_KIND_PRE || parent->node->kind == BRV_KIND_CODE;
    }
    if (parent->style->text_decoration_line != BRV_DECORATION_NONE) {
        struct brv_decoration_line *line = BRV_NEW(layout->scratch, struct brv_decoration_line);
        *line = (struct brv_decoration_line){ NULL,
                                              parent->style->text_decoration_line,
                                              parent->style->color };
        base.meaning.decoration = line;
    }
    for (struct brv_styled *child = first; child && child != end; child = child->next) {
        add_node(&c, &base, child, 0);
    }
    return finish(&c);
}

struct brv_paragraph *brv_paragraph_of_text(struct brv_layout *layout,
                                            const struct brv_style *style, brv_str lang,
                                            brv_str text, struct brv_tag *tag)
{
    struct collector c = begin(layout, style, lang);
    struct brv_inline base = base_inline(layout, style, lang, tag);
    if (text.len > 0) {
        stretch(&c, &base);
        brv_buf_add_str(&c.text, text);
    }
    return finish(&c);
}
