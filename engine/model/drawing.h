// Brevier — drawings: a list of shapes that a plugin recorded once and every output draws.
// Plain data in points, origin at the top left of the drawing, y downwards. Transforms and groups
// are already applied: each shape stands for itself, in painting order. The face of texts is the
// drawing element's (its computed font-family); size, weight, slant and colour are the text's own.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_DRAWING_H
#define BRV_MODEL_DRAWING_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum brv_segment_kind {
    BRV_SEGMENT_MOVE,  // 1 point
    BRV_SEGMENT_LINE,  // 1 point
    BRV_SEGMENT_CURVE, // cubic Bézier: 2 control points and the end
    BRV_SEGMENT_CLOSE, // none
};

static inline unsigned brv_segment_point_count(enum brv_segment_kind kind)
{
    switch (kind) {
    case BRV_SEGMENT_MOVE:
    case BRV_SEGMENT_LINE:
        return 1;
    case BRV_SEGMENT_CURVE:
        return 3;
    case BRV_SEGMENT_CLOSE:
        return 0;
    }
    return 0;
}

struct brv_point {
    float x, y;
};

struct brv_segment {
    enum brv_segment_kind kind;
    struct brv_point points[3];
};

// Subpaths; each begins with a MOVE.
struct brv_path {
    const struct brv_segment *segments;
    size_t count;
    bool is_even_odd; // fill rule; false: non-zero winding
};

enum brv_paint_kind { BRV_PAINT_NONE, BRV_PAINT_SOLID, BRV_PAINT_LINEAR, BRV_PAINT_RADIAL };

struct brv_stop {
    float offset;  // 0 … 1, not descending
    uint32_t rgba; // 0xRRGGBBAA
};

struct brv_paint {
    enum brv_paint_kind kind;
    uint32_t rgba;                // SOLID: 0xRRGGBBAA
    struct brv_point from, to;    // LINEAR: the axis. RADIAL: from is the centre
    float radius;                 // RADIAL
    const struct brv_stop *stops; // two or more
    size_t stop_count;
};

enum brv_line_cap { BRV_CAP_BUTT, BRV_CAP_ROUND, BRV_CAP_SQUARE };
enum brv_line_join { BRV_JOIN_MITER, BRV_JOIN_ROUND, BRV_JOIN_BEVEL };

struct brv_stroke {
    struct brv_paint paint; // NONE or SOLID
    float width;
    enum brv_line_cap cap;
    enum brv_line_join join;
    float miter_limit;
    const float *dashes; // lengths on, off, …; NULL: solid
    size_t dash_count;
    float dash_offset;
};

enum brv_text_anchor { BRV_ANCHOR_START, BRV_ANCHOR_MIDDLE, BRV_ANCHOR_END };

struct brv_shape_text {
    brv_str text; // one line
    // (a b c d e f): x' = a·x + c·y + e, y' = b·x + d·y + f, from the text's own coordinates, whose
    // origin is the anchor point on the baseline, to the drawing's.
    float matrix[6];
    float size; // points, before the matrix
    enum brv_text_anchor anchor;
    int weight; // 100 … 900
    bool is_italic;
    uint32_t rgba;
};

enum brv_shape_kind { BRV_SHAPE_PATH, BRV_SHAPE_TEXT };

struct brv_shape {
    struct brv_shape *next;
    enum brv_shape_kind kind;
    const struct brv_path *clip; // NULL: none; groups' clips are intersected beforehand or nested
    const struct brv_path *outer_clip; // a clip around that clip; NULL: none
    union {
        struct {
            struct brv_path path;
            struct brv_paint fill;
            struct brv_stroke stroke;
        } path;
        struct brv_shape_text text;
    };
};

struct brv_drawing {
    float width_pt, height_pt;
    struct brv_shape *first;
    size_t shape_count;
    brv_str text; // what the text output shows, as lines; empty: the element's alt
};

#endif
