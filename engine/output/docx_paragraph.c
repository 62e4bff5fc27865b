// Brevier — elements as paragraphs: format, bookmarks, numbers.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"
#include "output/docx_picture.h"

brv_str brv_docx_string_value(const struct docx *docx, const struct docx_string *string)
{
    const struct docx_string_value *other = string->others;
    while (other && other->pages != docx->section->pages) {
        other = other->next;
    }
    return other ? other->value : string->value;
}

// Notes what a string says on pages of a name, unless it has said something there before.
static void remember_other(struct docx *docx, struct docx_string *string, brv_str value)
{
    const struct docx_pages *pages = docx->section->pages;
    struct docx_string_value **at = &string->others;
    while (*at && (*at)->pages != pages) {
        at = &(*at)->next;
    }
    if (!*at && pages != docx->first_pages) {
        *at = BRV_NEW(docx->arena, struct docx_string_value);
        **at = (struct docx_string_value){ .pages = pages, .value = value };
    }
}

static bool is_call(const struct brv_styled *styled)
{
    return brv_docx_kind(styled) == BRV_KIND_FOOTNOTE
               ? styled->style->cssfloat == BRV_FLOAT_FOOTNOTE
               : styled->node && brv_node_has_class(styled->node, BRV_S(BRV_CLASS_LATER_CALL));
}

// Whether a part of a paragraph is text in its one style, but for notes called at the end: what
// stands in other styles within would be missing from a field that shows it.
static bool is_one_text(const struct brv_styled *element)
{
    bool has_call = false;
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (is_call(child)) {
            has_call = true;
        } else if (child->kind != BRV_STYLED_TEXT || has_call) {
            return false;
        }
    }
    return true;
}

void brv_docx_remember_strings(struct docx *docx, const struct brv_styled *element,
                               const struct docx_paragraph *paragraph,
                               const struct docx_style *style)
{
    for (size_t i = 0; i < element->string_count; i++) {
        void **slot = brv_map_at(&docx->strings, element->strings[i].name);
        struct docx_string *string = *slot;
        brv_str value = element->strings[i].value;
        // A STYLEREF field shows all text of one style, so only such values can be fields.
        bool is_plain = paragraph && element->node && (style || paragraph->source == element);
        is_plain &= !style || is_one_text(element);
        brv_str text = is_plain ? brv_str_trim(brv_node_plain_text(docx->arena, element->node))
                                : (brv_str){ 0 };
        size_t at = text.len > 0 ? brv_str_find(value, 0, text) : value.len;
        bool is_whole = at < value.len; // but for what the sheet puts around it
        brv_str before = brv_str_slice(value, 0, is_whole ? at : 0);
        brv_str after = brv_str_slice(value, is_whole ? at + text.len : value.len, value.len);
        if (!string || (string->is_of_contents && !docx->in_contents)) {
            string = *slot = string ? string : BRV_NEW(docx->arena, struct docx_string);
            string->value = value;
            string->before = before;
            string->after = after;
            string->home = paragraph;
            string->style = style;
            string->is_mixed = !is_whole;
            string->is_of_contents = docx->in_contents;
        } else if (!docx->in_contents) { // their title has a style of its own
            string->is_mixed |= !is_whole || string->style != style || !string->home ||
                                string->home->role != paragraph->role ||
                                !brv_str_equal(string->before, before) ||
                                !brv_str_equal(string->after, after);
        }
        string->longest = value.len > string->longest.len ? value : string->longest;
        if (!docx->in_contents) {
            remember_other(docx, string, value);
        }
    }
}

static void add_bookmark(struct docx *docx, struct docx_paragraph *paragraph,
                         const struct brv_styled *element)
{
    if (element->kind == BRV_STYLED_ELEMENT && element->node && element->node->id.len > 0) {
        const struct docx_bookmark *bookmark =
            brv_docx_bookmark(docx, element->node->id, paragraph);
        if (bookmark) {
            brv_docx_inline_new(docx, paragraph, DOCX_BOOKMARK)->bookmark = bookmark;
        }
    }
}

// Bookmarks of the containers that begin with this paragraph.
static void add_outer_bookmarks(struct docx *docx, struct docx_paragraph *paragraph,
                                const struct brv_styled *element)
{
    add_bookmark(docx, paragraph, element);
    for (const struct brv_styled *child = element; child->parent; child = child->parent) {
        const struct brv_styled *first = child->parent->first;
        while (first && first->kind == BRV_STYLED_MARKER) {
            first = first->next;
        }
        if (first != child) {
            break;
        }
        add_bookmark(docx, paragraph, child->parent);
    }
}

// Indents leave room to write on, however deep the boxes go.
static int32_t clamp_indent(const struct docx *docx, int32_t indent)
{
    int32_t most = docx->text_width - DOCX_WIDTH_MIN;
    return indent > most ? most : indent < -docx->text_width ? -docx->text_width : indent;
}

static bool has_borders(const struct docx_paragraph_format *format)
{
    bool has_any = false;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        has_any |= format->borders[i].style != BRV_BORDER_NONE;
    }
    return has_any;
}

void brv_docx_apply_place(const struct docx *docx, const struct docx_place *place,
                          struct docx_paragraph_format *format)
{
    format->left = clamp_indent(docx, format->left + place->left);
    format->right = clamp_indent(docx, format->right + place->right);
    format->keep_next |= place->keep_next;
    format->keep_lines |= place->keep_lines;
    if (format->shade == DOCX_NO_COLOR) {
        format->shade = place->shade;
    }
    bool is_bare = !has_borders(format);
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) { // a border of its own leaves those beside it
        bool is_beside = i == DOCX_LEFT || i == DOCX_RIGHT;
        if (format->borders[i].style == BRV_BORDER_NONE && (is_bare || is_beside)) {
            format->borders[i] = place->borders[i];
        }
    }
}

// The edge of a frame on one side of what stands there: a border of the frame's own, whatever that
// has itself; its mere padding only where that has none.
static void take_edge(const struct docx_place *place, enum docx_side side,
                      struct docx_border borders[DOCX_SIDES])
{
    const struct docx_border *edge = &place->borders[side];
    bool is_seen = edge->style != BRV_BORDER_NONE && edge->rgb != place->shade;
    if (is_seen || borders[side].style == BRV_BORDER_NONE) {
        borders[side] = *edge;
    }
}

// What begins or ends a frame has the frame's edge there.
static void join_frame(const struct docx_place *place, const struct brv_styled *element,
                       struct docx_paragraph_format *format)
{
    if (!place->box || !has_borders(format)) {
        return;
    }
    if (place->box->first == element) {
        take_edge(place, DOCX_TOP, format->borders);
    }
    if (place->box->last == element) {
        take_edge(place, DOCX_BOTTOM, format->borders);
    }
}

void brv_docx_take_item(struct docx *docx, const struct docx_place *place,
                        struct docx_paragraph *paragraph)
{
    struct docx_item *item = place->item;
    if (!item || item->is_taken) {
        return;
    }
    item->is_taken = true;
    paragraph->role = item->role;
    paragraph->num = item->num;
    paragraph->num_level = item->level;
    paragraph->format->first = -item->hanging;
    paragraph->wanted_around = item->wanted;
    if (paragraph->wanted.len == 0) {
        paragraph->wanted = item->wanted;
    }
    if (item->literal.len > 0) {
        brv_docx_inline_new(docx, paragraph, DOCX_TEXT)->text = item->literal;
        brv_docx_inline_new(docx, paragraph, DOCX_TAB);
    }
}

struct docx_paragraph *brv_docx_build_empty(struct docx *docx, const struct docx_place *place,
                                            const struct brv_styled *container)
{
    struct docx_paragraph_format format = brv_docx_text_format(docx, container->style);
    format.before = place->item_before;
    format.after = place->item_after;
    brv_docx_apply_place(docx, place, &format);
    struct docx_paragraph *paragraph = brv_docx_paragraph_new(docx, place, container, format);
    paragraph->wanted = container->style->brv_word_style;
    return paragraph;
}

void brv_docx_end_item(struct docx *docx, const struct docx_place *place)
{
    if (place->item && !place->item->is_taken) {
        struct docx_paragraph *paragraph = brv_docx_build_empty(docx, place, place->item->element);
        brv_docx_take_item(docx, place, paragraph);
    }
}

void brv_docx_build_anonymous(struct docx *docx, const struct docx_place *place,
                              const struct brv_styled *container, const struct brv_styled *first,
                              const struct brv_styled *end)
{
    bool has_content = false;
    for (const struct brv_styled *styled = first; styled != end; styled = styled->next) {
        has_content |= styled->kind != BRV_STYLED_MARKER &&
                       (styled->kind != BRV_STYLED_TEXT || brv_str_trim(styled->text).len > 0);
    }
    if (!has_content) {
        return;
    }
    struct docx_paragraph *paragraph = brv_docx_build_empty(docx, place, container);
    if (docx->in_contents && first->next == end && brv_docx_kind(first) == BRV_KIND_A) {
        // Of an entry that Word makes anew it keeps the look of the paragraph alone.
        paragraph->format->run = brv_docx_run_format(docx, first->style);
    }
    add_outer_bookmarks(docx, paragraph, first);
    brv_docx_take_item(docx, place, paragraph);
    brv_docx_build_inlines(docx, paragraph, place, first, end);
}

// The frame of a paragraph of its own, and the space above and below.
static void set_frame(const struct brv_style *style, const struct docx_place *place,
                      struct docx_paragraph_format *format)
{
    int32_t width = place->width;
    format->before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, width));
    format->after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, width));
    format->before = format->before < place->item_before ? place->item_before : format->before;
    format->after = format->after < place->item_after ? place->item_after : format->after;
    if (!brv_docx_has_frame(style)) {
        format->before += docx_twips(brv_docx_padding_pt(style, DOCX_TOP, width));
        format->after += docx_twips(brv_docx_padding_pt(style, DOCX_BOTTOM, width));
        return;
    }
    struct docx_border *borders = format->borders;
    format->shade = brv_docx_rgb(style->background_color);
    brv_docx_frame(style, width, borders);
    bool is_underline = borders[DOCX_BOTTOM].style != BRV_BORDER_NONE &&
                        borders[DOCX_TOP].style == BRV_BORDER_NONE &&
                        borders[DOCX_LEFT].style == BRV_BORDER_NONE;
    if (is_underline) { // neighbours must not be joined into one box
        borders[DOCX_BETWEEN] = borders[DOCX_BOTTOM];
    }
}

// From the edge of its box to its text.
static int32_t indent(const struct brv_style *style, enum docx_side side, int32_t width)
{
    return docx_twips(brv_docx_margin_pt(style, side, width) +
                      brv_docx_padding_pt(style, side, width)) +
           brv_docx_border_twips(brv_docx_border(style, side));
}

static struct docx_paragraph_format leaf_format(struct docx *docx, const struct docx_place *place,
                                                const struct brv_styled *element,
                                                enum docx_role role)
{
    const struct brv_style *style = element->style;
    struct docx_paragraph_format format = brv_docx_text_format(docx, style);
    if (style->white_space == BRV_SPACE_PRE && format.align == BRV_ALIGN_JUSTIFY) {
        format.align = BRV_ALIGN_START;
    }
    format.run.underline = (style->text_decoration_line & BRV_DECORATION_UNDERLINE) != 0;
    format.run.strike = (style->text_decoration_line & BRV_DECORATION_LINE_THROUGH) != 0;
    set_frame(style, place, &format);
    format.left = indent(style, DOCX_LEFT, place->width);
    format.right = indent(style, DOCX_RIGHT, place->width);
    format.keep_next = style->break_after == BRV_BREAK_AVOID;
    format.keep_lines = style->break_inside == BRV_BREAK_AVOID;
    format.page_break = style->break_before >= BRV_BREAK_PAGE;
    if (role == DOCX_ROLE_RULE) { // its frame is all there is to see
        format.line = -DOCX_FILLER_LINE;
        format.run.half_points = 2;
    }
    if (role == DOCX_ROLE_CODE) { // every eighth character, of most fonts for code
        format.tab_step = format.run.half_points * 10 * 8 * 6 / 10;
    }
    format.outline = (uint8_t)brv_kind_heading_level(brv_docx_kind(element));
    join_frame(place, element, &format);
    brv_docx_apply_place(docx, place, &format);
    return format;
}

// What the sheet calls it, or what is around it.
static void set_wanted(struct docx_paragraph *paragraph, const struct docx_place *place,
                       brv_str own)
{
    paragraph->wanted = own;
    if (paragraph->role == DOCX_ROLE_BODY || paragraph->role == DOCX_ROLE_QUOTE) {
        paragraph->wanted_around = place->wanted;
        paragraph->wanted = own.len > 0 ? own : place->wanted;
    }
}

void brv_docx_build_leaf(struct docx *docx, const struct docx_place *place,
                         const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_place here = *place;
    here.role = brv_docx_role_within(element, place->role);
    struct docx_paragraph *paragraph =
        brv_docx_paragraph_new(docx, &here, element, leaf_format(docx, place, element, here.role));
    set_wanted(paragraph, place, style->brv_word_style);
    add_outer_bookmarks(docx, paragraph, element);
    int heading = brv_kind_heading_level(brv_docx_kind(element));
    const struct docx_num *number = heading > 0 ? brv_docx_heading_number(docx, element) : NULL;
    paragraph->num = number;
    paragraph->num_level = number ? heading - 1 : 0;
    brv_docx_take_item(docx, &here, paragraph);
    paragraph->sets_string = element->string_count > 0;
    brv_docx_remember_strings(docx, element, paragraph, NULL);
    if (brv_docx_is_picture(element)) {
        brv_docx_build_inlines(docx, paragraph, &here, element, element->next);
    } else { // ::before a numbered heading is its number
        const struct brv_styled *first = number ? element->first->next : element->first;
        brv_docx_build_inlines(docx, paragraph, &here, first, NULL);
    }
    place->flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
}
