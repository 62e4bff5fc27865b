// Brevier — the table of contents and the lists of figures and tables.
// They are elements like any other, made after the plugins and before the cascade, so that one
// sheet styles them for every output:
//
//     nav.toc                      nav.lof, nav.lot
//       h2.toc-title "Contents"      h2.toc-title "Figures"
//       ul                           ul
//         li                           li
//           a[href="#method"]            a[href="#figure-1"]
//           ul …                     (the figures and tables that have a caption)
//
// Leaders and page numbers are the sheet's: a::after { content: leader(".") target-counter(…) }.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_CONTENTS_H
#define BRV_APP_CONTENTS_H

#include "base/diag.h"
#include "model/document.h"

enum { BRV_CONTENTS_NONE = -1, BRV_CONTENTS_DEPTH = 2, BRV_CONTENTS_DEPTH_MAX = 5 };

struct brv_contents_wishes {
    int toc_depth; // levels of headings below the title, BRV_CONTENTS_NONE for no table whatever
                   // the document says, 0 for what its own "toc" says
    bool has_figures, has_tables; // lists that are wanted whatever "lof" and "lot" say
};

// The depth that a written value asks for: "true" is BRV_CONTENTS_DEPTH. False for what makes no
// sense.
bool brv_contents_depth(brv_str value, int *depth);

// Adds what is wanted behind the title. Headings, figures and tables that are listed get an id when
// they have none, or one that an element before them has.
void brv_contents_add(struct brv_arena *arena, const struct brv_document *document,
                      struct brv_node *article, const struct brv_contents_wishes *wishes,
                      struct brv_sink *sink);

#endif
