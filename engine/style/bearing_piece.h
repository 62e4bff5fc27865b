// Brevier — the pieces that sheets are told in, by number (bearing.c, bearing_piece.c).
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_BEARING_PIECE_H
#define BRV_STYLE_BEARING_PIECE_H

#include "style/sheet.h"

// The set as such, which says nothing, and all texts of it; the fonts; pages, selectors with their
// rules, and at last variables by the serial of their declarations.
enum { BRV_PIECE_SET, BRV_PIECE_TEXTS, BRV_PIECE_FACES, BRV_PIECE_PAGES };

static inline size_t brv_piece_first_entry(const struct brv_stylesheets *sheets)
{
    return BRV_PIECE_PAGES + sheets->page_count;
}

static inline size_t brv_piece_first_variable(const struct brv_stylesheets *sheets)
{
    return brv_piece_first_entry(sheets) + sheets->entry_count;
}

// A variable is a piece of its own, apart from the block that it stands in.
static inline bool brv_css_is_custom(const struct brv_css_declaration *declaration)
{
    return declaration->id == BRV_PROP_COUNT;
}

#endif
