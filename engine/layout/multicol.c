// Brevier — multi-column blocks: how many columns, how wide.
// SPDX-License-Identifier: MIT
#include "layout/block.h"

// CSS Multi-column 1, 3.4: how many columns of the wanted width there is room for.
static unsigned count_of(const struct brv_style *style, float room_pt, float gap_pt)
{
    unsigned count = style->column_count > 0 ? (unsigned)style->column_count : BRV_COLUMNS;
    float wanted = style->column_width.keyword == BRV_LENGTH_SET ? style->column_width.pt : 0;
    if (wanted > 0) {
        float fit = (room_pt + gap_pt) / (wanted + gap_pt);
        count = fit < (float)count ? (unsigned)fit : count;
    }
    count = count < BRV_COLUMNS ? count : BRV_COLUMNS;
    // However many are asked for, each keeps room for a few letters.
    float least = 3 * style->font_size;
    while (count > 1 && room_pt - gap_pt * (float)(count - 1) < least * (float)count) {
        count--;
    }
    return count > 0 ? count : 1;
}

const struct brv_columns *brv_columns_of(struct brv_layout *layout, const struct brv_style *style,
                                         float x_pt, float width_pt, bool is_rtl)
{
    bool has_width = style->column_width.keyword == BRV_LENGTH_SET && style->column_width.pt > 0;
    if (style->column_count <= 1 && (!has_width || style->column_count == 1)) {
        return NULL;
    }
    float gap = style->column_gap.keyword == BRV_LENGTH_SET
                    ? brv_length_resolve(style->column_gap, width_pt)
                    : style->font_size;
    unsigned count = count_of(style, width_pt, gap);
    if (count == 1) {
        return NULL;
    }
    struct brv_columns *columns = BRV_NEW(layout->arena, struct brv_columns);
    *columns = (struct brv_columns){
        .count = count,
        .width_pt = (width_pt - gap * (float)(count - 1)) / (float)count,
        .gap_pt = gap,
        .grid_pt = brv_style_line_height_pt(style),
        .all_x_pt = x_pt,
        .all_width_pt = width_pt,
        .rule_width_pt = style->column_rule_width,
        .rule_style = style->column_rule_style,
        .rule_color = style->column_rule_color,
        .is_balanced = style->column_fill == BRV_COLUMN_FILL_BALANCE,
    };
    columns->pitch_pt = columns->width_pt + gap;
    columns->x_pt = x_pt;
    if (is_rtl) {
        columns->x_pt += columns->pitch_pt * (float)(count - 1);
        columns->pitch_pt = -columns->pitch_pt;
    }
    return columns;
}
