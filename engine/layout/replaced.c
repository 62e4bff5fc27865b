// Brevier — pictures in the flow: how large they are and where they stand.
// SPDX-License-Identifier: MIT
#include "layout/replaced.h"

#include "layout/tag.h"

#include <float.h>

#define CELL_SHARE 0.8f // of the page
#define FRAME_PT 0.5f   // around the place of a picture that could not be had
#define LEAST_PT 0.1f   // nothing shrinks to nothing,
#define NARROW_PT 36    // and columns are not squeezed below this for want of words

static const struct brv_color grey = { 0x99, 0x99, 0x99, 0xFF };

// ---- what an element shows

bool brv_is_replaced(const struct brv_styled *styled)
{
    enum brv_kind kind = brv_styled_node_kind(styled);
    return kind == BRV_KIND_IMG || kind == BRV_KIND_DRAWING;
}

struct brv_replaced *brv_replaced_of(struct brv_arena *arena, const struct brv_styled *styled)
{
    enum brv_kind kind = brv_styled_node_kind(styled);
    const struct brv_image *image = kind == BRV_KIND_IMG ? styled->node->image : NULL;
    const struct brv_drawing *drawing = kind == BRV_KIND_DRAWING ? styled->node->drawing : NULL;
    if (!image && !drawing) {
        return NULL;
    }
    struct brv_replaced *replaced = BRV_NEW(arena, struct brv_replaced);
    replaced->styled = styled;
    replaced->image = image;
    replaced->drawing = drawing;
    float width = image ? brv_image_width_pt(image) : drawing->width_pt;
    float height = image ? brv_image_height_pt(image) : drawing->height_pt;
    replaced->natural_width_pt = brv_larger(width, LEAST_PT);
    replaced->natural_height_pt = brv_larger(height, LEAST_PT);
    return replaced;
}

// ---- sizes

// A length of the style; `otherwise` when it sets none.
static float length_or(struct brv_length length, float reference_pt, float otherwise)
{
    return length.keyword == BRV_LENGTH_SET ? brv_length_resolve(length, reference_pt) : otherwise;
}

// Makes both sides smaller by one factor so that neither is over its limit.
static void shrink(float *width, float *height, float most_width, float most_height)
{
    float scale = brv_smaller(1, brv_smaller(most_width / *width, most_height / *height));
    *width *= scale;
    *height *= scale;
}

void brv_replaced_fit(const struct brv_layout *layout, struct brv_replaced *replaced, float room_pt,
                      float kept_pt)
{
    const struct brv_style *style = replaced->styled->style;
    // A picture in a cell leaves room for the header of its table and the edges of its row.
    float whole = layout->page_height_pt * (layout->tables_within > 0 ? CELL_SHARE : 1);
    float page = brv_larger(whole - kept_pt, LEAST_PT);
    float room = brv_larger(room_pt, LEAST_PT);
    float natural_width = replaced->natural_width_pt;
    float natural_height = replaced->natural_height_pt;
    float width = length_or(style->width, room, 0);
    float height = length_or(style->height, layout->page_height_pt, 0);
    float most_width = brv_larger(length_or(style->max_width, room, room), LEAST_PT);
    float most_height =
        brv_larger(length_or(style->max_height, layout->page_height_pt, page), LEAST_PT);
    if (width > 0 && height > 0 && replaced->image) {
        width = brv_smaller(width, most_width); // the style sets the proportions
        height = brv_smaller(height, most_height);
    } else {
        float across = width > 0 ? width / natural_width : FLT_MAX;
        float down = height > 0 ? height / natural_height : FLT_MAX;
        float scale = width > 0 || height > 0 ? brv_smaller(across, down) : 1;
        width = natural_width * scale;
        height = natural_height * scale;
        shrink(&width, &height, most_width, most_height);
    }
    shrink(&width, &height, room, page);
    replaced->width_pt = brv_larger(width, LEAST_PT);
    replaced->height_pt = brv_larger(height, LEAST_PT);
}

// ---- drawing

static void draw_image(struct brv_layout *layout, const struct brv_replaced *replaced,
                       struct brv_slice *slice, struct brv_tag *tag, float x_pt, float y_pt)
{
    brv_slice_item(layout->arena, slice, BRV_ITEM_IMAGE, tag)->image = (struct brv_image_item){
        .image = replaced->image,
        .x_pt = x_pt,
        .y_pt = y_pt,
        .width_pt = replaced->width_pt,
        .height_pt = replaced->height_pt,
    };
}

void brv_replaced_draw(struct brv_layout *layout, const struct brv_replaced *replaced,
                       struct brv_slice *slice, struct brv_tag *tag, float x_pt, float y_pt)
{
    if (brv_is_decoration(replaced->styled)) {
        tag = NULL;
    }
    if (replaced->image) {
        draw_image(layout, replaced, slice, tag, x_pt, y_pt);
    } else {
        brv_drawing_draw(layout, replaced, slice, tag, x_pt, y_pt);
    }
}

// ---- in a line

// The lower edge stands on the baseline unless vertical-align says otherwise.
static float drop_of(const struct brv_replaced *replaced, const struct brv_inline *stretch)
{
    const struct brv_text_font *font = stretch->font;
    float height = replaced->height_pt + replaced->edges.top_pt + replaced->edges.bottom_pt;
    float x_height = font->primary ? (float)font->primary->x_height * stretch->style->font_size /
                                         (float)font->primary->units_per_em
                                   : 0;
    switch (stretch->style->vertical_align) {
    case BRV_VERTICAL_TOP:
        return height - font->ascent_pt;
    case BRV_VERTICAL_MIDDLE:
        return (height - x_height) / 2;
    case BRV_VERTICAL_BOTTOM:
        return font->descent_pt;
    case BRV_VERTICAL_BASELINE:
    case BRV_VERTICAL_SUB:
    case BRV_VERTICAL_SUPER:
        break;
    }
    return -stretch->meaning.shift_pt;
}

static void fit_in_line(const struct brv_layout *layout, const struct brv_inline *stretch,
                        struct brv_piece *piece, float measure_pt, float line_pt)
{
    struct brv_replaced *replaced = stretch->object;
    float sides = piece->lead_pt + piece->trail_pt;
    replaced->edges = brv_style_margins(stretch->style, measure_pt, false);
    struct brv_edges insets = brv_style_insets(stretch->style, measure_pt, false);
    replaced->edges.top_pt += insets.top_pt;
    replaced->edges.bottom_pt += insets.bottom_pt;
    float kept = line_pt + replaced->edges.top_pt + replaced->edges.bottom_pt;
    brv_replaced_fit(layout, replaced, measure_pt - sides, kept);
    replaced->drop_pt = drop_of(replaced, stretch);
    piece->width_pt = replaced->width_pt + sides;
    if (replaced->box) { // drawn around the picture, not around the font
        float below = replaced->drop_pt - replaced->edges.bottom_pt;
        replaced->box->descent_pt = below;
        replaced->box->ascent_pt = replaced->height_pt - below;
    }
}

void brv_paragraph_fit(const struct brv_layout *layout, struct brv_paragraph *p, float measure_pt)
{
    float line = brv_style_line_height_pt(p->style);
    for (size_t i = 0; p->has_objects && i < p->piece_count; i++) {
        struct brv_piece *piece = &p->pieces[i];
        if (piece->kind == BRV_PIECE_OBJECT) {
            fit_in_line(layout, &p->inlines[piece->inline_index], piece, measure_pt, line);
        }
    }
}

float brv_replaced_line_height(const struct brv_replaced *replaced)
{
    return replaced->height_pt + replaced->edges.top_pt + replaced->edges.bottom_pt;
}

float brv_piece_min_width(const struct brv_piece *piece)
{
    return piece->kind == BRV_PIECE_OBJECT ? brv_smaller(piece->width_pt, NARROW_PT)
                                           : piece->width_pt;
}

const struct brv_style *brv_replaced_missing_style(struct brv_arena *arena,
                                                   const struct brv_style *style)
{
    struct brv_style *result = BRV_NEW(arena, struct brv_style);
    *result = *style;
    result->border_top_width = result->border_bottom_width = FRAME_PT;
    result->border_left_width = result->border_right_width = FRAME_PT;
    result->border_top_style = result->border_bottom_style = BRV_BORDER_SOLID;
    result->border_left_style = result->border_right_style = BRV_BORDER_SOLID;
    result->border_top_color = result->border_bottom_color = grey;
    result->border_left_color = result->border_right_color = grey;
    result->padding_left.pt = result->padding_right.pt = 3;
    return result;
}

// ---- alone

// What the caption of the figure around needs, so that picture and caption share a page.
static float caption_height(struct brv_layout *layout, const struct brv_styled *styled,
                            float room_pt)
{
    float height = 0;
    const struct brv_styled *figure = styled->parent;
    while (figure && brv_styled_node_kind(figure) != BRV_KIND_FIGURE) {
        figure = figure->parent;
    }
    for (struct brv_styled *child = figure ? figure->first : NULL; child; child = child->next) {
        if (brv_styled_node_kind(child) != BRV_KIND_FIGCAPTION) {
            continue;
        }
        float min;
        float max;
        brv_block_measure(layout, child, &min, &max);
        float lines = (float)(int)(max / brv_larger(room_pt, 1)) + 2; // one for the ragged ends
        struct brv_edges margins = brv_style_margins(child->style, room_pt, false);
        struct brv_edges insets = brv_style_insets(child->style, room_pt, false);
        height += lines * brv_style_line_height_pt(child->style) + margins.top_pt +
                  margins.bottom_pt + insets.top_pt + insets.bottom_pt;
    }
    return brv_smaller(height, layout->page_height_pt / 2);
}

struct brv_replaced *brv_replaced_in_block(struct brv_layout *layout,
                                           const struct brv_styled *styled,
                                           const struct brv_column *column, struct brv_edges insets)
{
    struct brv_replaced *replaced = brv_replaced_of(layout->arena, styled);
    if (replaced) {
        const float room = column->width_pt;
        struct brv_edges margins = brv_style_margins(styled->style, room, false);
        float sides = margins.left_pt + margins.right_pt + insets.left_pt + insets.right_pt;
        float caption = caption_height(layout, styled, brv_larger(room - sides, 1));
        float glued = brv_flow_glued_pt(column->flow);
        float kept = insets.top_pt + insets.bottom_pt + caption;
        kept += kept + glued <= layout->page_height_pt / 2 ? glued : 0;
        brv_replaced_fit(layout, replaced, room - sides, kept);
    }
    return replaced;
}

void brv_replaced_measure(struct brv_layout *layout, const struct brv_styled *styled, float *min_pt,
                          float *max_pt)
{
    struct brv_replaced *replaced = brv_replaced_of(layout->scratch, styled);
    *max_pt = layout->page_width_pt;
    if (replaced) {
        brv_replaced_fit(layout, replaced, layout->page_width_pt, 0);
        *max_pt = replaced->width_pt;
    }
    *min_pt = brv_smaller(*max_pt, NARROW_PT);
}

static void flow_picture(struct brv_layout *layout, const struct brv_replaced *picture,
                         struct brv_column column, enum brv_text_align align)
{
    struct brv_slice *slice = brv_flow_slice(column.flow, picture->height_pt);
    float slack = brv_larger(column.width_pt - picture->width_pt, 0);
    float x = column.x_pt + brv_align_start(align, column.is_rtl, slack);
    brv_replaced_draw(layout, picture, slice, column.tag, x, 0);
}

static void draw_frame(struct brv_layout *layout, struct brv_slice *slice, struct brv_tag *tag,
                       float x_pt, float width_pt)
{
    const float half = FRAME_PT / 2;
    const float left = x_pt + half;
    const float right = x_pt + width_pt - half;
    const float bottom = slice->height_pt - half;
    const float corners[5][2] = {
        { left, half }, { right, half }, { right, bottom }, { left, bottom }, { left, half }
    };
    for (size_t i = 0; i < 4; i++) {
        brv_slice_item(layout->arena, slice, BRV_ITEM_LINE, tag)->line =
            (struct brv_line_item){ corners[i][0],     corners[i][1], corners[i + 1][0],
                                    corners[i + 1][1], FRAME_PT,      grey,
                                    BRV_BORDER_SOLID };
    }
}

// The place of a picture that could not be had: a ruled box with its description.
static void flow_placeholder(struct brv_layout *layout, struct brv_styled *styled,
                             struct brv_column column)
{
    brv_str alt = brv_node_attr(styled->node, BRV_ATTR_ALT);
    alt = alt.len > 0 ? alt : brv_node_attr(styled->node, BRV_ATTR_SRC);
    float pad = styled->style->font_size;
    float width = brv_length_resolve(styled->style->width, column.width_pt);
    width = width > 0 && width < column.width_pt ? width : column.width_pt;

    struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
    brv_str lang = brv_node_lang(styled->node);
    struct brv_paragraph *p = brv_paragraph_of_text(layout, styled->style, lang, alt, column.tag);
    struct brv_flow inner = { .arena = layout->flows };
    brv_paragraph_flow(layout, p, &inner, column.x_pt + pad, width > 2 * pad ? width - 2 * pad : 1);
    bool is_text = inner.height_pt + 2 * pad > layout->page_height_pt;
    if (is_text) { // a description that no page can hold is text like any other
        p = brv_paragraph_of_text(layout, styled->style, lang, alt, column.tag);
        brv_paragraph_flow(layout, p, column.flow, column.x_pt, column.width_pt);
    }
    brv_arena_rewind(layout->scratch, mark);
    if (!is_text) {
        struct brv_slice text = brv_flow_flatten(layout->arena, &inner);
        struct brv_slice *slice = brv_flow_slice(column.flow, text.height_pt + 2 * pad);
        draw_frame(layout, slice, column.tag, column.x_pt, width);
        brv_slice_merge(slice, &text, pad);
    }
}

void brv_replaced_flow(struct brv_layout *layout, struct brv_styled *styled,
                       const struct brv_replaced *picture, struct brv_column column,
                       enum brv_text_align align)
{
    column.tag = brv_tag_of(layout, column.tag, styled, (brv_str){ 0 });
    brv_block_marks(layout, column.flow, styled, column.tag);
    if (picture) {
        flow_picture(layout, picture, column, align);
    } else {
        flow_placeholder(layout, styled, column);
    }
}
