// Brevier — font faces: finding, loading, and choosing one for each character.
// A brv_fonts holds every face of the process; faces are mapped once, validated by HarfBuzz,
// shared by all documents and read-only while pages exist. Candidates come from fontconfig's
// caches in an order of our own (family list, style distance, then file name), so the same
// installed fonts give the same choice whatever the user's fontconfig rules are.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_FONT_H
#define BRV_LAYOUT_FONT_H

#include "base/diag.h"
#include "base/worker.h"
#include "style/style.h"

// HarfBuzz's types, as hb.h declares them: who needs more includes it.
typedef struct hb_face_t hb_face_t;
typedef struct hb_font_t hb_font_t;

struct brv_fonts; // opaque
struct brv_declared_fonts;

// `index` is the path of an index of what the system brings, which spares asking fontconfig and is
// believed while every folder of fonts is as it was; empty: there is none.
struct brv_fonts *brv_fonts_new(struct brv_arena *arena, brv_str index);

// From now on the worker makes ready what layout will soon ask for; NULL: nobody does.
void brv_fonts_help(struct brv_fonts *fonts, struct brv_worker *worker);

// One face as outputs need it. Metrics are in font units (y up) unless named otherwise.
struct brv_face {
    hb_face_t *face; // immutable
    hb_font_t *font; // scale = units per em, immutable
    brv_str file;
    unsigned index; // in a collection
    brv_str family;
    brv_str postscript_name;
    unsigned units_per_em;
    int ascent, descent, cap_height, x_height; // descent negative
    int underline_position, underline_thickness;
    int strike_position, strike_thickness;
    int weight;         // 100 … 900
    float italic_angle; // degrees, negative leans right
    bool is_fixed_pitch;
    bool is_cff;       // outlines in a CFF table
    bool is_cid_keyed; // and that CFF is CID-keyed
    bool may_embed;    // OS/2 fsType allows embedding and subsetting
    uint32_t id;       // 0, 1, 2 … in the order of first use: a stable key for tables
};

// What a style asks of a font.
struct brv_font_request {
    struct brv_strings families;
    int weight;
    enum brv_font_style style;
    float stretch_percent;
    brv_str lang;
    const struct brv_declared_fonts *declared; // by the document's sheets, NULL none
};

// The first face for a request (its first available family; a generic at last). Never NULL unless
// no font at all is installed; then an error is reported once and NULL returned.
const struct brv_face *brv_fonts_primary(struct brv_fonts *fonts,
                                         const struct brv_font_request *request,
                                         struct brv_sink *sink);
// The face that draws `codepoint` for a request: the families in order, then any installed face
// that has it (same style first), else NULL.
const struct brv_face *brv_fonts_for_codepoint(struct brv_fonts *fonts,
                                               const struct brv_font_request *request,
                                               uint32_t codepoint);

// Writes such an index. Nothing is written where there is more than it can hold.
void brv_fonts_write_index(struct brv_arena *arena, struct brv_buf *out);

// Every installed face as "family, style, file:index", sorted, for `brevier fonts`.
void brv_fonts_list(struct brv_fonts *fonts, struct brv_buf *out);
// The files that layout may read of the machine, one a line: the fonts, the hyphenation patterns.
void brv_fonts_files(struct brv_fonts *fonts, struct brv_buf *out);

#endif
