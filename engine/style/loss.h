// Brevier — what an output honours, by where a declaration stands.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_LOSS_H
#define BRV_STYLE_LOSS_H

#include "style/sheet.h"

// From best to worst.
enum brv_extent { BRV_EXTENT_HONOURED, BRV_EXTENT_APPROXIMATED, BRV_EXTENT_DROPPED };

enum brv_place {
    BRV_PLACE_ELEMENT,
    BRV_PLACE_PAGE,      // @page for all pages
    BRV_PLACE_SOME_PAGE, // @page with :first, :left, :right or :blank
    BRV_PLACE_BOX,       // a margin box
};

// How far an output honours a property at its best. -brv- properties speak to one output on
// purpose, so none drops them.
enum brv_extent brv_css_extent(const struct brv_css_property *property, enum brv_media media,
                               enum brv_place place);

// How far it honours the value that an element has (loss_value.c).
enum brv_extent brv_css_value_extent(const struct brv_styled *styled,
                                     const struct brv_css_property *property, enum brv_media media,
                                     bool has_pages);

struct brv_loss {
    const struct brv_css_declaration *declaration; // NULL: none
    enum brv_place place;
    enum brv_extent extent; // the worst of all elements
};

// What is lost of rules rather than of declarations.
struct brv_page_loss {
    struct brv_span span;
    brv_str name;
    brv_str note;
    bool is_near;
};
struct brv_page_losses {
    struct brv_arena *arena;
    const struct brv_stylesheets *sheets;
    enum brv_media media;
    const struct brv_style *root;
    struct brv_loss *declarations; // by serial
    struct brv_page_loss *items;   // in the order of the sheets
    size_t count;
    size_t capacity;
};

// Adds the losses of the author's @page rules. Text has pages only when asked for.
void brv_css_page_losses(struct brv_page_losses *losses, bool has_pages);

#endif
