// Brevier — whether what a sheet shows as a table is one.
// SPDX-License-Identifier: MIT
#include "style/styled.h"

static bool is_display(const struct brv_styled *styled, enum brv_display display)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->style->display == display;
}

// Whether all children are in order, by what they are shown as; text among them is none.
static bool holds_only(const struct brv_styled *styled,
                       bool (*is_right)(const struct brv_styled *child))
{
    for (const struct brv_styled *child = styled->first; child; child = child->next) {
        bool is_blank = child->kind == BRV_STYLED_TEXT && brv_str_trim(child->text).len == 0;
        bool is_drawn = child->kind == BRV_STYLED_TEXT || child->kind == BRV_STYLED_ELEMENT;
        if (is_drawn && !is_blank && !is_right(child)) {
            return false;
        }
    }
    return true;
}

static bool is_cell(const struct brv_styled *styled)
{
    return is_display(styled, BRV_DISPLAY_TABLE_CELL) || is_display(styled, BRV_DISPLAY_NONE);
}

static bool is_row(const struct brv_styled *styled)
{
    return is_display(styled, BRV_DISPLAY_NONE) ||
           (is_display(styled, BRV_DISPLAY_TABLE_ROW) && holds_only(styled, is_cell));
}

static bool is_part(const struct brv_styled *styled)
{
    bool is_group = is_display(styled, BRV_DISPLAY_TABLE_HEADER_GROUP) ||
                    is_display(styled, BRV_DISPLAY_TABLE_ROW_GROUP);
    return is_row(styled) || is_display(styled, BRV_DISPLAY_TABLE_CAPTION) ||
           (is_group && holds_only(styled, is_row));
}

bool brv_styled_is_table(const struct brv_styled *styled)
{
    return is_display(styled, BRV_DISPLAY_TABLE) && holds_only(styled, is_part);
}
