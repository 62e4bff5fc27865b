// Brevier — blocks as paragraphs.
//
// Word has no nested boxes: a paragraph stands alone with its indents, its frame and its spacing.
// So the walk carries what the boxes around say (struct docx_place): indents add up, a frame is
// given to every paragraph within (Word joins equal neighbours into one), and the vertical margins
// of a container wait for its first and last paragraph, where brv_docx_settle() lets them collapse.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"
#include "output/docx_page.h"
#include "output/docx_picture.h"

// ---- adding to a flow

static struct docx_block *add_block(struct docx *docx, struct docx_flow *flow)
{
    struct docx_block *block = BRV_NEW(docx->arena, struct docx_block);
    if (flow->last) {
        flow->last->next = block;
    } else {
        flow->first = block;
    }
    flow->last = block;
    block->section = docx->section;
    return block;
}

struct docx_paragraph *brv_docx_paragraph_blank(struct docx *docx)
{
    struct docx_paragraph *paragraph = BRV_NEW(docx->arena, struct docx_paragraph);
    paragraph->format = BRV_NEW(docx->formats, struct docx_paragraph_format);
    return paragraph;
}

struct docx_paragraph *brv_docx_paragraph_new(struct docx *docx, const struct docx_place *place,
                                              const struct brv_styled *source,
                                              struct docx_paragraph_format format)
{
    struct docx_flow *flow = place->flow;
    struct docx_paragraph *paragraph = brv_docx_paragraph_blank(docx);
    paragraph->source = source;
    paragraph->role = place->role;
    paragraph->level = place->list_level;
    paragraph->place = place->box;
    *paragraph->format = format;
    paragraph->before_chain = flow->pending_before;
    paragraph->format->page_break |= flow->pending_break;
    flow->pending_before = 0;
    flow->pending_break = false;
    add_block(docx, flow)->paragraph = paragraph;
    return paragraph;
}

void brv_docx_add_table(struct docx *docx, struct docx_flow *flow, struct docx_table *table)
{
    table->before_chain = flow->pending_before;
    table->page_break |= flow->pending_break;
    flow->pending_before = 0;
    flow->pending_break = false;
    add_block(docx, flow)->table = table;
}

// ---- what an element is

bool brv_docx_is_block(const struct brv_styled *styled)
{
    switch (styled->kind) {
    case BRV_STYLED_ELEMENT:
        if (styled->style->cssfloat == BRV_FLOAT_FOOTNOTE) {
            return false;
        }
        return styled->style->display != BRV_DISPLAY_INLINE;
    case BRV_STYLED_BEFORE:
    case BRV_STYLED_AFTER:
        return styled->style->display != BRV_DISPLAY_INLINE;
    case BRV_STYLED_TEXT:
    case BRV_STYLED_MARKER:
    case BRV_STYLED_LEADER:
    case BRV_STYLED_PAGE_NUMBER:
    case BRV_STYLED_PAGE_COUNT:
    case BRV_STYLED_TARGET_PAGE:
    case BRV_STYLED_STRING:
        break;
    }
    return false;
}

// Whether an element holds paragraphs rather than being one. What may hold only inline elements is
// one paragraph, though the sheet may put a part of it on a line of its own.
static bool holds_blocks(const struct brv_styled *element)
{
    if (element->kind == BRV_STYLED_ELEMENT && element->node &&
        brv_kind_content(element->node->kind) == BRV_CONTENT_INLINE) {
        return false;
    }
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (brv_docx_is_block(child)) {
            return true;
        }
    }
    return false;
}

enum docx_role brv_docx_role_within(const struct brv_styled *element, enum docx_role around)
{
    enum brv_kind kind = brv_docx_kind(element);
    int heading = brv_kind_heading_level(kind);
    if (heading > 0) {
        return (enum docx_role)(DOCX_ROLE_HEADING_1 + heading - 1);
    }
    if (kind == BRV_KIND_BLOCKQUOTE) {
        return DOCX_ROLE_QUOTE;
    }
    if (kind == BRV_KIND_PRE) {
        return DOCX_ROLE_CODE;
    }
    if (kind == BRV_KIND_CAPTION || kind == BRV_KIND_FIGCAPTION) {
        return DOCX_ROLE_CAPTION;
    }
    if (kind == BRV_KIND_DT) {
        return DOCX_ROLE_TERM;
    }
    if (kind == BRV_KIND_DD) {
        return DOCX_ROLE_DEFINITION;
    }
    if (kind == BRV_KIND_P && brv_node_has_class(element->node, BRV_S("subtitle"))) {
        return DOCX_ROLE_SUBTITLE;
    }
    return kind == BRV_KIND_HR ? DOCX_ROLE_RULE : around;
}

// ---- containers

static void close_container(struct docx_flow *flow, const struct docx_block *before, int32_t after)
{
    if (flow->last == before) { // empty: its margins collapse through
        flow->pending_before = flow->pending_before > after ? flow->pending_before : after;
    } else if (flow->last->paragraph) {
        struct docx_paragraph *last = flow->last->paragraph;
        last->after_chain = last->after_chain > after ? last->after_chain : after;
    } else {
        struct docx_table *last = flow->last->table;
        last->after_chain = last->after_chain > after ? last->after_chain : after;
    }
}

static uint8_t padded(uint8_t space_pt, int32_t twips)
{
    int32_t sum = space_pt + (twips + 10) / 20;
    return (uint8_t)(sum > DOCX_BORDER_SPACE_PT ? DOCX_BORDER_SPACE_PT : sum);
}

// The margins of the first and the last paragraph in a frame stand within it, as its padding does.
static void pad_frame(struct docx_block *first, const struct docx_block *last,
                      const struct brv_styled *box)
{
    int32_t top = 0;
    int32_t bottom = 0;
    struct docx_paragraph *head = first->paragraph;
    struct docx_paragraph *tail = last->paragraph;
    if (head && head->place == box && head->format->borders[DOCX_TOP].style != BRV_BORDER_NONE) {
        top = head->format->before;
        head->format->before = 0;
    }
    if (tail && tail->place == box && tail->format->borders[DOCX_BOTTOM].style != BRV_BORDER_NONE) {
        bottom = tail->format->after > tail->after_chain ? tail->format->after : tail->after_chain;
        tail->format->after = 0;
        tail->after_chain = 0;
    }
    for (struct docx_block *block = first; block && (top > 0 || bottom > 0); block = block->next) {
        if (block->paragraph && block->paragraph->place == box) { // Word joins equal frames only
            struct docx_border *borders = block->paragraph->format->borders;
            borders[DOCX_TOP].space_pt = padded(borders[DOCX_TOP].space_pt, top);
            borders[DOCX_BOTTOM].space_pt = padded(borders[DOCX_BOTTOM].space_pt, bottom);
        }
    }
}

// An item, numbered by its list.
static void build_item(struct docx *docx, const struct docx_place *place, struct docx_list *list,
                       const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_place within = *place;
    int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, place->width) +
                              brv_docx_padding_pt(style, DOCX_LEFT, place->width));
    int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width) +
                               brv_docx_padding_pt(style, DOCX_RIGHT, place->width));
    within.list = list;
    within.list_level = place->list_level + 1;
    within.left += left;
    within.right += right;
    within.width -= left + right;
    within.item_before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, place->width));
    within.item_after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, place->width));
    within.role = DOCX_ROLE_LIST_CONTINUE;
    within.is_rtl = brv_styled_is_rtl(element, place->is_rtl);
    within.begins_as_told = true;
    within.depth++;
    within.keep_lines |= style->break_inside == BRV_BREAK_AVOID;
    if (brv_docx_rgb(style->background_color) != DOCX_NO_COLOR) {
        within.shade = brv_docx_rgb(style->background_color);
    }
    place->flow->pending_break |= style->break_before >= BRV_BREAK_PAGE;
    struct docx_item item = brv_docx_item(docx, list, element, &within);
    item.wanted = style->brv_word_style.len > 0 ? style->brv_word_style
                                                : list->element->style->brv_word_style;
    within.item = &item;
    brv_docx_build_children(docx, &within, element);
    brv_docx_end_item(docx, &within); // an empty one still has its number
    place->flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
}

static void build_list(struct docx *docx, const struct docx_place *place,
                       const struct brv_styled *element)
{
    struct docx_list list = { .element = element, .outer = place->list };
    for (const struct brv_styled *child = element->first; child;) {
        const struct brv_styled *end = child;
        while (end && !brv_docx_is_block(end)) { // items that the sheet makes notes
            end = end->next;
        }
        brv_docx_build_anonymous(docx, place, element, child, end);
        if (end) {
            build_item(docx, place, &list, end);
        }
        child = end ? end->next : NULL;
    }
}

// An element that the sheet makes an item: its marker says which.
static bool is_lone_item(const struct brv_styled *element)
{
    return element->style->display == BRV_DISPLAY_LIST_ITEM &&
           brv_docx_kind(element) != BRV_KIND_LI && element->first &&
           element->first->kind == BRV_STYLED_MARKER;
}

static void build_lone_item(struct docx *docx, const struct docx_place *place,
                            const struct brv_styled *element)
{
    struct docx_list list = { .element = element, .outer = place->list };
    list.count = brv_docx_marker_number(element) - 1;
    build_item(docx, place, &list, element);
}

// The space that a container leaves above and below what is in it, beyond a frame.
struct space {
    int32_t top, bottom;
};

// Narrows a place to what is within a container, and gives it the frame.
static struct space enter_box(struct docx_place *here, const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    const int32_t width = here->width;
    struct space space = {
        .top = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, width)),
        .bottom = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, width)),
    };
    int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, width) +
                              brv_docx_padding_pt(style, DOCX_LEFT, width));
    int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, width) +
                               brv_docx_padding_pt(style, DOCX_RIGHT, width));
    if (brv_docx_has_frame(style)) {
        here->box = element;
        here->shade = brv_docx_rgb(style->background_color);
        brv_docx_frame(style, width, here->borders);
        left += brv_docx_border_twips(here->borders[DOCX_LEFT]);
        right += brv_docx_border_twips(here->borders[DOCX_RIGHT]);
    } else {
        space.top += docx_twips(brv_docx_padding_pt(style, DOCX_TOP, width));
        space.bottom += docx_twips(brv_docx_padding_pt(style, DOCX_BOTTOM, width));
    }
    here->left += left;
    here->right += right;
    here->width -= left + right;
    here->width = here->width < DOCX_WIDTH_MIN ? DOCX_WIDTH_MIN : here->width;
    return space;
}

// All paragraphs but the last keep with the next.
static void keep_together(struct docx_block *first, const struct docx_block *last)
{
    for (struct docx_block *block = first; block && block != last; block = block->next) {
        if (block->paragraph) {
            block->paragraph->format->keep_next = 1;
        }
    }
}

void brv_docx_build_container(struct docx *docx, const struct docx_place *place,
                              const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_flow *flow = place->flow;
    bool is_framed = brv_docx_has_frame(style);
    flow->pending_break |= style->break_before >= BRV_BREAK_PAGE;
    if (is_framed && place->depth > 0 && brv_docx_is_table_frame(element)) {
        brv_docx_build_framed(docx, place, element);
        flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
        return;
    }
    struct docx_place here = *place;
    here.outer = place;
    here.depth++;
    here.role = brv_docx_role_within(element, place->role);
    here.keep_lines |= style->break_inside == BRV_BREAK_AVOID;
    const struct space space = enter_box(&here, element);
    bool is_quote = brv_docx_kind(element) == BRV_KIND_BLOCKQUOTE;
    if (is_quote || (!is_framed && style->brv_word_style.len > 0)) {
        here.wanted = style->brv_word_style; // a quote's paragraphs are what its style is for
    }
    flow->pending_before = flow->pending_before > space.top ? flow->pending_before : space.top;
    const struct docx_block *before = flow->last;
    brv_docx_remember_strings(docx, element, NULL, NULL);
    if (brv_kind_is_list(brv_docx_kind(element))) {
        build_list(docx, &here, element);
    } else {
        brv_docx_build_children(docx, &here, element);
    }
    struct docx_block *first = before ? before->next : flow->first;
    if (style->break_inside == BRV_BREAK_AVOID) {
        keep_together(first, flow->last);
    }
    if (is_framed && first) {
        pad_frame(first, flow->last, element);
    }
    close_container(flow, before, space.bottom);
    flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
}

// Whether there is anything to see of a frame without content: a rule beside it is as high as that.
static bool has_height(const struct brv_style *style, int32_t width)
{
    bool is_high = false;
    for (int side = DOCX_TOP; side <= DOCX_BOTTOM; side += DOCX_BOTTOM - DOCX_TOP) {
        is_high |= brv_docx_border(style, (enum docx_side)side).style != BRV_BORDER_NONE ||
                   brv_docx_padding_pt(style, (enum docx_side)side, width) > 0;
    }
    return is_high && brv_docx_has_frame(style);
}

// What has numbers of its own or none at all: that of the item that begins with it stands before
// it, as it does where one types "1." and then a list or table.
static bool takes_no_number(const struct brv_styled *element)
{
    return brv_kind_is_list(brv_docx_kind(element)) || brv_styled_is_table(element) ||
           (brv_docx_has_frame(element->style) && brv_docx_is_table_frame(element));
}

static void build_block(struct docx *docx, const struct docx_place *place,
                        const struct brv_styled *element)
{
    if (takes_no_number(element)) {
        brv_docx_end_item(docx, place);
    }
    if (brv_styled_is_table(element) && place->depth < DOCX_DEPTH_LIMIT) {
        brv_docx_build_table(docx, place, element);
        return;
    }
    enum brv_kind kind = brv_docx_kind(element);
    if (is_lone_item(element) && place->depth < DOCX_DEPTH_LIMIT) {
        build_lone_item(docx, place, element);
        return;
    }
    if (!brv_kind_is_list(brv_docx_kind(element)) &&
        (place->depth >= DOCX_DEPTH_LIMIT || !holds_blocks(element))) {
        bool is_empty = !element->first && kind != BRV_KIND_HR && !brv_docx_is_picture(element) &&
                        !has_height(element->style, place->width);
        if (!is_empty) {
            brv_docx_build_leaf(docx, place, element);
        }
        return;
    }
    if (!brv_docx_build_contents(docx, place, element)) {
        brv_docx_build_container(docx, place, element);
    }
}

// Builds what stands in a section, and goes back to the one around.
static void build_in_section(struct docx *docx, const struct docx_place *place,
                             const struct brv_styled *element, const struct docx_section *section)
{
    const struct docx_section *outer = docx->section;
    struct docx_place here = *place;
    here.width += section->text_width - outer->text_width;
    here.width = here.width < DOCX_WIDTH_MIN ? DOCX_WIDTH_MIN : here.width;
    docx->section = section;
    docx->text_width = section->text_width;
    docx->text_height = section->pages->text_height;
    build_block(docx, &here, element);
    docx->section = outer;
    docx->text_width = outer->text_width;
    docx->text_height = outer->pages->text_height;
}

// The section that an element of the body asks for: pages of a name, columns on them.
static const struct docx_section *section_for(struct docx *docx, const struct brv_style *style)
{
    const struct docx_section *section = docx->section;
    if (style->page.len > 0 && !brv_str_equal(style->page, section->pages->name)) {
        section = brv_docx_section(docx, style->page);
    }
    if (section->columns == 1) {
        return brv_docx_columns(docx, style, section);
    }
    return style->column_span == BRV_COLUMN_SPAN_ALL ? brv_docx_section(docx, section->pages->name)
                                                     : section;
}

void brv_docx_build_block(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_place turned;
    bool is_rtl = brv_styled_is_rtl(element, place->is_rtl);
    if (is_rtl != place->is_rtl) {
        turned = *place;
        turned.is_rtl = is_rtl;
        place = &turned;
    }
    bool is_of_body = place->flow == &docx->body && place->box == NULL;
    const struct docx_section *section = is_of_body ? section_for(docx, style) : docx->section;
    struct docx_block *before = place->flow->last;
    bool begins_page =
        style->page.len > 0 || style->break_before >= BRV_BREAK_PAGE || place->flow->pending_break;
    if (section != docx->section) {
        build_in_section(docx, place, element, section);
    } else {
        build_block(docx, place, element);
    }
    if (place->flow == &docx->body && (begins_page || !before)) {
        brv_docx_number_pages(style, before ? before->next : docx->body.first);
    }
}

void brv_docx_build_range(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *container, const struct brv_styled *first,
                          const struct brv_styled *end)
{
    for (const struct brv_styled *child = first; child != end;) {
        if (brv_docx_is_block(child)) {
            brv_docx_build_block(docx, place, child);
            child = child->next;
            continue;
        }
        const struct brv_styled *next = child;
        while (next != end && !brv_docx_is_block(next)) {
            next = next->next;
        }
        brv_docx_build_anonymous(docx, place, container, child, next);
        child = next;
    }
}

void brv_docx_build_children(struct docx *docx, const struct docx_place *place,
                             const struct brv_styled *element)
{
    brv_docx_build_range(docx, place, element, element->first, NULL);
}

void brv_docx_build_body(struct docx *docx)
{
    const struct brv_styled *root = docx->job->root;
    struct docx_place place = {
        .flow = &docx->body,
        .shade = DOCX_NO_COLOR,
        .width = docx->text_width,
        .role = DOCX_ROLE_BODY,
        .is_rtl = brv_styled_is_rtl(root, false),
    };
    // The root's own box is the page's text area.
    brv_docx_remember_strings(docx, root, NULL, NULL);
    place.depth = 1;
    docx->section = brv_docx_columns(docx, root->style, docx->section);
    docx->text_width = place.width = docx->section->text_width;
    brv_docx_build_children(docx, &place, root);
    brv_docx_number_pages(root->style, docx->body.first);
}
