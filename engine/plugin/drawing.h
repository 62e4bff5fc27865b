// Brevier — a drawing while a script records it.
// Shapes go to the drawing as they will be painted: transforms are applied and clips attached when
// a shape is added, so that nothing but the list remains. Everything here runs inside a body of the
// gate, takes memory from the sandbox's arena and pays for it; numbers that are no numbers raise.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_DRAWING_H
#define BRV_PLUGIN_DRAWING_H

#include "model/drawing.h"

#include <lua.h>

struct brv_arena;

enum { BRV_DRAWING_SIDE_PT = 14400 }; // the longest side of a page that PDF knows

// x' = a·x + c·y + e, y' = b·x + d·y + f
struct brv_matrix {
    double a, b, c, d, e, f;
};
struct brv_matrix brv_matrix_identity(void);
// First `inner`, then `outer`.
struct brv_matrix brv_matrix_multiply(struct brv_matrix outer, struct brv_matrix inner);
struct brv_point brv_matrix_apply(const struct brv_matrix *matrix, double x, double y);
// By how much lengths grow, on the whole.
double brv_matrix_scale(const struct brv_matrix *matrix);

struct brv_recording {
    struct brv_arena *arena;
    struct brv_drawing *drawing;
    struct brv_shape **end;
    bool is_closed; // draw has returned
};

// A path under construction, in the coordinates of a canvas.
struct brv_path_maker {
    lua_State *L;
    struct brv_arena *arena;
    const struct brv_matrix *matrix;
    struct brv_segment *segments;
    size_t count;
    size_t capacity;
    double x, y; // the current point
};

void brv_path_move(struct brv_path_maker *path, double x, double y);
void brv_path_line(struct brv_path_maker *path, double x, double y);
void brv_path_curve(struct brv_path_maker *path, const double xy[6]);
void brv_path_close(struct brv_path_maker *path);
// Part of an ellipse in degrees, clockwise from 12 o'clock. Goes on from the current point with a
// line, or begins there when the path is empty.
void brv_path_arc(struct brv_path_maker *path, double x, double y, double rx, double ry,
                  double from, double to);
void brv_path_rect(struct brv_path_maker *path, double x, double y, double width, double height,
                   double radius);

// What is black when a table of style does not say: areas are filled, lines are stroked.
enum brv_draw_what { BRV_DRAW_AREA, BRV_DRAW_LINE, BRV_DRAW_TEXT };

// What a table of style says; what it does not say has the default of the shape.
struct brv_draw_style {
    struct brv_paint fill;
    struct brv_paint stroke;
    bool has_fill;
    bool has_stroke;
    double width;
    double dash_offset;
    const float *dashes;
    size_t dash_count;
    enum brv_line_cap cap;
    enum brv_line_join join;
    double miter_limit;
    bool is_even_odd;
    double size;
    double rotate;
    enum brv_text_anchor anchor;
    int weight;
    bool is_italic;
};

// Reads the table at `index`, or the defaults when there is none. Raises for a name or a value that
// is not known.
void brv_draw_style_read(lua_State *L, int index, const struct brv_matrix *matrix,
                         enum brv_draw_what what, struct brv_draw_style *style);

// A colour at `index`: "#rgb", "#rgba", "#rrggbb", "#rrggbbaa", "transparent" or one of the sixteen
// names of HTML, as 0xRRGGBBAA. `name` is for messages.
uint32_t brv_color_check(lua_State *L, int index, const char *name);

// Numbers of a script: finite and of a size that every output can hold.
double brv_coordinate_check(lua_State *L, int index, const char *name);
double brv_length_check(lua_State *L, int index, const char *name); // and not below 0

// Pays for memory that a drawing takes; no drawing costs more than a plugin may hold.
void brv_drawing_charge(lua_State *L, size_t bytes);

// (table) The constructor e.drawing.
int brv_drawing_construct(lua_State *L);
// The drawing of the element at `index`, NULL when it has none.
const struct brv_drawing *brv_drawing_of(lua_State *L, int index);

#endif
