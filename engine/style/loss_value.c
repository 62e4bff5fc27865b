// Brevier — how far an output honours one value.
// The table of properties says what an output can at its best: "near" where some values are beyond
// it. Here stands which ones, and where a property has nothing to act on.
// SPDX-License-Identifier: MIT
#include "style/loss.h"

// Weights that Word shows as they are: its fonts are bold or not.
enum { WEIGHT_NORMAL = 400, WEIGHT_BOLD = 700, LINES_WORD_KEEPS = 2 };

// ---- where a property acts

static bool is_picture(const struct brv_styled *styled)
{
    const struct brv_content_list *content = &styled->style->content;
    if (styled->kind != BRV_STYLED_ELEMENT)
        return content->keyword == BRV_CONTENT_SET && content->count == 1 &&
               content->items[0].kind == BRV_CONTENT_IMAGE;
    return styled->node->kind == BRV_KIND_IMG || styled->node->kind == BRV_KIND_DRAWING;
}

static bool is_cell(const struct brv_styled *styled)
{
    return styled->style->display == BRV_DISPLAY_TABLE_CELL;
}

static bool is_table(const struct brv_styled *styled)
{
    return styled->style->display == BRV_DISPLAY_TABLE;
}

static bool is_inline(const struct brv_styled *styled)
{
    return styled->style->display == BRV_DISPLAY_INLINE && !is_picture(styled) &&
           styled->style->cssfloat == BRV_FLOAT_NONE;
}

// A block among the words of a paragraph: Word begins a line for it, in the same paragraph.
static bool is_line_of_paragraph(const struct brv_styled *styled)
{
    const struct brv_styled *parent = styled->parent;
    return styled->style->display == BRV_DISPLAY_BLOCK && parent &&
           parent->kind == BRV_STYLED_ELEMENT &&
           brv_kind_content(parent->node->kind) == BRV_CONTENT_INLINE;
}

static bool is_space_around(enum brv_css_property_id id)
{
    return id >= BRV_PROP_margin_top && id <= BRV_PROP_padding_left;
}

// What a border or rule without a style would have looked like is no loss.
static bool is_unseen(const struct brv_style *style, enum brv_css_property_id id)
{
    switch ((int)id) {
    case BRV_PROP_border_top_width:
    case BRV_PROP_border_top_color:
        return style->border_top_style == BRV_BORDER_NONE;
    case BRV_PROP_border_right_width:
    case BRV_PROP_border_right_color:
        return style->border_right_style == BRV_BORDER_NONE;
    case BRV_PROP_border_bottom_width:
    case BRV_PROP_border_bottom_color:
        return style->border_bottom_style == BRV_BORDER_NONE;
    case BRV_PROP_border_left_width:
    case BRV_PROP_border_left_color:
        return style->border_left_style == BRV_BORDER_NONE;
    case BRV_PROP_column_rule_width:
    case BRV_PROP_column_rule_color:
        return style->column_rule_style == BRV_BORDER_NONE;
    default:
        return false;
    }
}

// ---- each output

static enum brv_extent near_unless(bool is_exact)
{
    return is_exact ? BRV_EXTENT_HONOURED : BRV_EXTENT_APPROXIMATED;
}

static enum brv_extent dropped_unless(bool acts)
{
    return acts ? BRV_EXTENT_HONOURED : BRV_EXTENT_DROPPED;
}

static bool is_side(enum brv_break value)
{
    return value == BRV_BREAK_LEFT || value == BRV_BREAK_RIGHT;
}

static bool breaks(enum brv_break value)
{
    return value != BRV_BREAK_AUTO && value != BRV_BREAK_AVOID;
}

// Word's running heads follow the words of one element, with fixed words around them; what is put
// together of more does not change.
static bool follows(const struct brv_string_sets *sets)
{
    for (uint32_t i = 0; i < sets->count; i++) {
        const struct brv_content_list *content = &sets->items[i].content;
        uint32_t texts = 0;
        uint32_t others = 0;
        for (uint32_t k = 0; k < content->count; k++) {
            texts += content->items[k].kind == BRV_CONTENT_ELEMENT_TEXT;
            others += content->items[k].kind != BRV_CONTENT_ELEMENT_TEXT &&
                      content->items[k].kind != BRV_CONTENT_STRING;
        }
        if (content->count > 1 && (texts != 1 || others > 0))
            return false;
    }
    return true;
}

static enum brv_extent in_word(const struct brv_styled *styled, enum brv_css_property_id id,
                               enum brv_extent usual)
{
    const struct brv_style *style = styled->style;
    // Runs and lines have none.
    if (is_space_around(id) && (is_inline(styled) || is_line_of_paragraph(styled)))
        return BRV_EXTENT_DROPPED;
    switch ((int)id) {
    case BRV_PROP_font_weight:
        return near_unless(style->font_weight == WEIGHT_NORMAL ||
                           style->font_weight == WEIGHT_BOLD);
    case BRV_PROP_font_variant_caps:
        return near_unless(style->font_variant_caps != BRV_CAPS_ALL_SMALL);
    case BRV_PROP_text_decoration_line:
        return style->text_decoration_line == BRV_DECORATION_OVERLINE
                   ? BRV_EXTENT_DROPPED
                   : near_unless(!(style->text_decoration_line & BRV_DECORATION_OVERLINE));
    case BRV_PROP_white_space:
        return near_unless(style->white_space != BRV_SPACE_NOWRAP);
    case BRV_PROP_hyphens:
        return near_unless(style->hyphens != BRV_HYPHENS_AUTO);
    case BRV_PROP_width:
        return dropped_unless(is_table(styled) || is_cell(styled) || is_picture(styled));
    case BRV_PROP_max_width:
        return dropped_unless(is_picture(styled));
    case BRV_PROP_break_before:
        return near_unless(!is_side(style->break_before));
    case BRV_PROP_break_after:
        return near_unless(!is_side(style->break_after));
    case BRV_PROP_orphans:
        return near_unless(style->orphans <= LINES_WORD_KEEPS);
    case BRV_PROP_widows:
        return near_unless(style->widows <= LINES_WORD_KEEPS);
    case BRV_PROP_column_rule_style:
        return near_unless(style->column_rule_style == BRV_BORDER_SOLID);
    case BRV_PROP_string_set:
        return near_unless(follows(&style->string_set));
    default:
        return usual;
    }
}

static bool has_page_numbers(const struct brv_content_list *content)
{
    for (uint32_t i = 0; i < content->count; i++) {
        const struct brv_content_item *item = &content->items[i];
        if ((item->kind == BRV_CONTENT_COUNTER || item->kind == BRV_CONTENT_TARGET_COUNTER) &&
            (brv_str_is(item->text, "page") || brv_str_is(item->text, "pages")))
            return true;
    }
    return false;
}

static enum brv_extent in_text(const struct brv_styled *styled, enum brv_css_property_id id,
                               bool has_pages, enum brv_extent usual)
{
    const struct brv_style *style = styled->style;
    if ((is_space_around(id) || id == BRV_PROP_border_left_style) && is_inline(styled))
        return BRV_EXTENT_DROPPED;
    switch ((int)id) {
    case BRV_PROP_text_align:
        return near_unless(style->text_align != BRV_ALIGN_JUSTIFY);
    case BRV_PROP_max_width:
        return dropped_unless(!is_picture(styled));
    case BRV_PROP_break_before:
        return near_unless(!breaks(style->break_before) ||
                           (has_pages && !is_side(style->break_before)));
    case BRV_PROP_break_after:
        return near_unless(!breaks(style->break_after) ||
                           (has_pages && !is_side(style->break_after)));
    case BRV_PROP_break_inside: // where there are no pages there is nothing to avoid
    case BRV_PROP_string_set:   // nor any margin box, which would be told of, to show it
        return BRV_EXTENT_HONOURED;
    case BRV_PROP_page:
        return near_unless(has_pages || style->page.len == 0);
    case BRV_PROP_orphans:
    case BRV_PROP_widows:
        return has_pages ? usual : BRV_EXTENT_HONOURED;
    case BRV_PROP_content:
        return near_unless(has_pages || !has_page_numbers(&style->content));
    default:
        return usual;
    }
}

enum brv_extent brv_css_value_extent(const struct brv_styled *styled,
                                     const struct brv_css_property *property, enum brv_media media,
                                     bool has_pages)
{
    const struct brv_style *style = styled->style;
    const enum brv_css_property_id id = property->id;
    const enum brv_extent usual = brv_css_extent(property, media, BRV_PLACE_ELEMENT);
    if (is_unseen(style, id))
        return BRV_EXTENT_HONOURED;
    if (media == BRV_MEDIA_TEXT)
        return in_text(styled, id, has_pages, usual);
    if (id == BRV_PROP_height || id == BRV_PROP_max_height)
        return dropped_unless(is_picture(styled));
    if (id == BRV_PROP_vertical_align && style->vertical_align >= BRV_VERTICAL_TOP)
        return dropped_unless(is_cell(styled));
    return media == BRV_MEDIA_DOCX ? in_word(styled, id, usual) : usual;
}
