// Brevier — what an output cannot honour of @page rules and margin boxes.
// Word has one line for header and footer each, with a left, a middle and a right part and one
// frame, for first, left and right pages of a name; sizes and margins are those of all of them.
// Text, when it has pages, has the same parts as plain lines.
// SPDX-License-Identifier: MIT
#include "style/loss.h"

#include "style/cascade.h"

#include <stdlib.h>

enum {
    BOXES_OF_LINES = 1 << BRV_BOX_TOP_LEFT | 1 << BRV_BOX_TOP_CENTER | 1 << BRV_BOX_TOP_RIGHT |
                     1 << BRV_BOX_BOTTOM_LEFT | 1 << BRV_BOX_BOTTOM_CENTER |
                     1 << BRV_BOX_BOTTOM_RIGHT,
};

// ---- properties

static bool is_border(enum brv_css_property_id id)
{
    return (id >= BRV_PROP_border_top_width && id <= BRV_PROP_border_left_color) ||
           id == BRV_PROP_border_radius;
}

static bool is_margin(enum brv_css_property_id id)
{
    return id >= BRV_PROP_margin_top && id <= BRV_PROP_padding_left;
}

static bool is_size(enum brv_css_property_id id)
{
    return id == BRV_PROP_width || id == BRV_PROP_max_width || id == BRV_PROP_height ||
           id == BRV_PROP_max_height;
}

static bool is_placement(enum brv_css_property_id id)
{
    return id == BRV_PROP_text_align || id == BRV_PROP_text_align_last ||
           id == BRV_PROP_text_indent || id == BRV_PROP_vertical_align ||
           id == BRV_PROP_white_space;
}

// What becomes of a property in pages where the table, which speaks of elements, is not right.
static bool is_lost_in_pages(enum brv_css_property_id id, enum brv_media media,
                             enum brv_place place)
{
    const bool is_box = place == BRV_PLACE_BOX;
    switch (media) {
    case BRV_MEDIA_PDF:
        return false;
    case BRV_MEDIA_DOCX:
        if (is_box)
            return is_margin(id) || is_size(id) || is_placement(id);
        return is_border(id) || is_size(id) || id == BRV_PROP_background_color ||
               (is_margin(id) && place == BRV_PLACE_SOME_PAGE);
    case BRV_MEDIA_TEXT:
        return is_box ? id != BRV_PROP_content && id != BRV_PROP_display : true;
    }
    return false;
}

enum brv_extent brv_css_extent(const struct brv_css_property *property, enum brv_media media,
                               enum brv_place place)
{
    static const char letters[] = {
        [BRV_MEDIA_PDF] = 'P', [BRV_MEDIA_DOCX] = 'W', [BRV_MEDIA_TEXT] = 'T'
    };
    const char letter = letters[media];
    if (brv_str_starts_with(property->name, BRV_S("-brv-")))
        return BRV_EXTENT_HONOURED;
    if (place != BRV_PLACE_ELEMENT && is_lost_in_pages(property->id, media, place))
        return BRV_EXTENT_DROPPED;
    if (strchr(property->outputs, letter))
        return BRV_EXTENT_HONOURED;
    return strchr(property->outputs, letter - 'A' + 'a') ? BRV_EXTENT_APPROXIMATED
                                                         : BRV_EXTENT_DROPPED;
}

// ---- rules

static void add(struct brv_page_losses *losses, struct brv_span span, brv_str name, brv_str note,
                bool is_near)
{
    BRV_PUSH(losses->arena, losses->items, losses->count, losses->capacity) =
        (struct brv_page_loss){ span, name, note, is_near };
}

// Whether a declaration makes the computed style of its block another than the initial one.
static bool says_something(const struct brv_page_losses *losses, const struct brv_style *style,
                           const struct brv_css_declaration *declaration)
{
    const struct brv_css_property *property = brv_css_property_of(declaration);
    return property && !property->type->equal(brv_css_field(style, property),
                                              brv_css_field(&losses->sheets->initial, property));
}

// An image alone is its box, so it has the size of that.
static bool is_image_size(const struct brv_style *style, enum brv_css_property_id id)
{
    return is_size(id) && style->content.count == 1 &&
           style->content.items[0].kind == BRV_CONTENT_IMAGE;
}

// A part of a line that stands where it would without being told.
static bool is_usual_place(enum brv_margin_box box, const struct brv_style *style,
                           enum brv_css_property_id id)
{
    const bool is_left = box == BRV_BOX_TOP_LEFT || box == BRV_BOX_BOTTOM_LEFT;
    const bool is_right = box == BRV_BOX_TOP_RIGHT || box == BRV_BOX_BOTTOM_RIGHT;
    const enum brv_text_align usual = is_left    ? BRV_ALIGN_LEFT
                                      : is_right ? BRV_ALIGN_RIGHT
                                                 : BRV_ALIGN_CENTER;
    return id == BRV_PROP_text_align && style->text_align == usual;
}

// Word has fields for the first and the last on a page only.
static bool has_string_of_start(const struct brv_content_list *content)
{
    for (uint32_t i = 0; i < content->count; i++) {
        const enum brv_string_place place = content->items[i].place;
        if (place == BRV_STRING_START || place == BRV_STRING_FIRST_EXCEPT)
            return true;
    }
    return false;
}

static bool has_leader(const struct brv_content_list *content)
{
    for (uint32_t i = 0; i < content->count; i++) {
        if (content->items[i].kind == BRV_CONTENT_LEADER)
            return true;
    }
    return false;
}

// What the header of a Word document cannot say as the sheet has it.
static void note_header_content(struct brv_page_losses *losses,
                                const struct brv_css_declaration *declaration,
                                const struct brv_content_list *content)
{
    struct brv_span span = brv_css_declaration_span(losses->sheets, declaration);
    if (has_leader(content))
        add(losses, span, BRV_S("leader()"), BRV_S("a header has tab stops of its own"), true);
    if (has_string_of_start(content))
        add(losses,
            span,
            BRV_S("string()"),
            BRV_S("a header shows the first on the page, or the last"),
            true);
}

// The first box of a line has its frame, and only that.
static bool is_framed(const struct brv_page_losses *losses, const struct brv_css_page_rule *rule,
                      enum brv_margin_box box)
{
    static const enum brv_margin_box lines[2][3] = {
        { BRV_BOX_TOP_LEFT, BRV_BOX_TOP_CENTER, BRV_BOX_TOP_RIGHT },
        { BRV_BOX_BOTTOM_LEFT, BRV_BOX_BOTTOM_CENTER, BRV_BOX_BOTTOM_RIGHT },
    };
    const struct brv_page_style page = brv_style_page(losses->arena,
                                                      losses->sheets,
                                                      losses->media,
                                                      losses->root,
                                                      rule->name,
                                                      false,
                                                      BRV_PAGE_RIGHT,
                                                      false);
    const bool is_below =
        box == BRV_BOX_BOTTOM_LEFT || box == BRV_BOX_BOTTOM_CENTER || box == BRV_BOX_BOTTOM_RIGHT;
    for (int i = 0; i < 3; i++) {
        const enum brv_margin_box other = lines[is_below][i];
        if (other == box || page.boxes[other]->content.keyword == BRV_CONTENT_SET)
            return other == box;
    }
    return false;
}

static void note_block(struct brv_page_losses *losses, const struct brv_css_page_rule *rule,
                       const struct brv_css_block *block, const struct brv_style *style,
                       enum brv_place place, enum brv_margin_box box)
{
    const bool is_box = place == BRV_PLACE_BOX;
    for (; block; block = block->next) {
        for (size_t i = 0; i < block->count; i++) {
            const struct brv_css_declaration *declaration = &block->items[i];
            if (!says_something(losses, style, declaration))
                continue;
            const struct brv_css_property *property = brv_css_property_of(declaration);
            const enum brv_css_property_id id = property->id;
            if (is_box && losses->media == BRV_MEDIA_DOCX && id == BRV_PROP_content)
                note_header_content(losses, declaration, &style->content);
            enum brv_extent extent = brv_css_extent(property, losses->media, place);
            if (extent == BRV_EXTENT_APPROXIMATED)
                extent = brv_css_value_extent(
                    &(struct brv_styled){ .kind = BRV_STYLED_BEFORE, .style = style },
                    property,
                    losses->media,
                    true);
            if (is_box && losses->media == BRV_MEDIA_DOCX &&
                (is_border(id) || id == BRV_PROP_background_color) && !is_framed(losses, rule, box))
                extent = BRV_EXTENT_DROPPED;
            if (extent != BRV_EXTENT_HONOURED &&
                !(is_box && (is_usual_place(box, style, id) || is_image_size(style, id))))
                losses->declarations[declaration->serial] =
                    (struct brv_loss){ declaration, place, extent };
        }
    }
}

static void note_box(struct brv_page_losses *losses, const struct brv_css_page_rule *rule,
                     enum brv_margin_box box, const struct brv_style *page)
{
    const struct brv_css_block *block = rule->boxes[box];
    const bool is_pdf = losses->media == BRV_MEDIA_PDF;
    const struct brv_style *style =
        brv_cascade_blocks(brv_cascade_of(losses->root), &block, 1, page);
    if (block->count == 0 || style->content.keyword == BRV_CONTENT_EMPTY)
        return;
    if (is_pdf || (BOXES_OF_LINES & 1 << box)) {
        note_block(losses, rule, block, style, BRV_PLACE_BOX, box);
        return;
    }
    add(losses,
        brv_css_declaration_span(losses->sheets, &block->items[0]),
        brv_arena_printf(losses->arena, "@%s", brv_css_box_name(box)),
        (brv_str){ 0 },
        false);
}

static void note_rule(struct brv_page_losses *losses, const struct brv_css_page_rule *rule)
{
    const bool is_some = rule->conditions != 0;
    const bool is_pdf = losses->media == BRV_MEDIA_PDF;
    const struct brv_style *style =
        brv_cascade_blocks(brv_cascade_of(losses->root), &rule->block, 1, losses->root);
    if (!is_pdf && (rule->conditions & BRV_PAGE_IS_BLANK)) {
        add(losses, rule->span, BRV_S("@page :blank"), (brv_str){ 0 }, false);
        return;
    }
    if (rule->has_size && !is_pdf && (losses->media == BRV_MEDIA_TEXT || is_some))
        add(losses, rule->span, BRV_S("size"), (brv_str){ 0 }, false);
    note_block(losses,
               rule,
               rule->block,
               style,
               is_some ? BRV_PLACE_SOME_PAGE : BRV_PLACE_PAGE,
               BRV_BOX_COUNT);
    for (int box = 0; box < BRV_BOX_COUNT; box++) {
        if (rule->boxes[box])
            note_box(losses, rule, (enum brv_margin_box)box, style);
    }
}

static int compare_orders(const void *a, const void *b)
{
    const struct brv_css_page_rule *x = *(const struct brv_css_page_rule *const *)a;
    const struct brv_css_page_rule *y = *(const struct brv_css_page_rule *const *)b;
    return x->order < y->order ? -1 : x->order > y->order;
}

void brv_css_page_losses(struct brv_page_losses *losses, bool has_pages)
{
    const struct brv_stylesheets *sheets = losses->sheets;
    const struct brv_css_page_rule **rules =
        BRV_NEW_ARRAY(losses->arena, const struct brv_css_page_rule *, sheets->page_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < sheets->page_count; i++) {
        if (sheets->pages[i].origin == BRV_ORIGIN_AUTHOR &&
            (sheets->pages[i].media & 1u << losses->media))
            rules[count++] = &sheets->pages[i];
    }
    qsort(rules, count, sizeof(const void *), compare_orders);
    const struct brv_css_block *last = NULL; // the selectors of one rule share its block
    for (size_t i = 0; i < count; i++) {
        if (rules[i]->block == last)
            continue;
        last = rules[i]->block;
        if (has_pages || losses->media != BRV_MEDIA_TEXT)
            note_rule(losses, rules[i]);
        else
            add(losses, rules[i]->span, BRV_S("@page"), BRV_S("text has no pages"), false);
    }
}
