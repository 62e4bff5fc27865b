// Brevier — what all parts of one layout share. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_CONTEXT_H
#define BRV_LAYOUT_CONTEXT_H

#include "base/hash.h"
#include "layout/fontset.h"
#include "layout/pages.h"
#include "layout/shape.h"
#include "style/styled.h"

enum { BRV_LAYOUT_DEPTH = 200 };

static inline float brv_smaller(float a, float b)
{
    return a < b ? a : b;
}

static inline float brv_larger(float a, float b)
{
    return a > b ? a : b;
}

// A font request resolved for a style and a language, with the metrics that lines need.
struct brv_text_font {
    const struct brv_font_set *set;
    const struct brv_face *primary;
    float ascent_pt, descent_pt; // of the primary face at the style's size; both positive
    bool synthesizes_caps;       // small capitals are wanted and the primary face has none
};

// The page on which each "#id" stands, from the previous pass.
struct brv_page_of {
    struct brv_map pages; // id → brv_str page label
    brv_str count;        // label of counter(pages)
};

struct brv_layout {
    struct brv_arena *lasting; // what all passes share
    struct brv_arena *arena;   // what the pages of this pass keep
    struct brv_arena *flows;   // vertical lists, until this pass has its pages
    struct brv_arena *scratch; // rewound after each paragraph
    struct brv_fonts *fonts;
    struct brv_shaper *shaper;
    const struct brv_stylesheets *sheets;
    struct brv_sink *sink;
    const struct brv_style *root_style;
    const struct brv_declared_fonts *declared;

    struct brv_map fonts_by_style; // (style, language) → brv_text_font
    struct brv_map drawing_styles; // looks of texts in drawings → brv_style
    struct brv_map told;           // what was reported already, over all passes
    const struct brv_face **faces;
    size_t face_count, face_capacity;
    struct brv_page_of page_of;
    bool wants_page_of; // a body page reference was met, so a further pass may be needed

    size_t footnote_count;
    size_t page_reference_count;         // counter(page) in the body
    float page_width_pt, page_height_pt; // the content box of the page being filled
    float bleed_pt; // from it to the nearer side of the page: so far text may stick out
    int depth;
    int columnless;    // > 0: within what cannot stand in columns of its own: cells, footnotes
    int repeats;       // > 0: what is set stands elsewhere, too: no notes
    int tables_within; // > 0: within a table's cell
    bool is_measuring; // widths only: no tags, notes or reports of lasting effect
    struct {
        float sum_pt;   // natural widths of paragraphs
        unsigned lines; // that they have at least
    } measured;         // by brv_block_measure(), since somebody set it to nothing
    bool is_counting;   // pages only: no text is drawn on them, no tags are made
};

// The resolved font of a style. NULL primary when no font is installed.
const struct brv_text_font *brv_layout_font(struct brv_layout *layout,
                                            const struct brv_style *style, brv_str lang);

// True the first time it is asked for a key in this document.
bool brv_layout_tell_once(struct brv_layout *layout, brv_str key);

// Notes a face as used by this document.
void brv_layout_use_face(struct brv_layout *layout, const struct brv_face *face);

#endif
