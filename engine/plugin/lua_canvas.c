// Brevier — the canvas that a drawing's `draw` is given: its methods.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "plugin/canvas.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <math.h>
#include <string.h>

enum { DRAWING_TEXT_BYTES = 64 << 10 };

// ---- shapes

static struct brv_shape *add_shape(lua_State *L, struct brv_canvas *canvas,
                                   enum brv_shape_kind kind)
{
    struct brv_recording *recording = canvas->recording;
    struct brv_sandbox *box = brv_sandbox_of(L);
    brv_charge(L, 20);
    brv_drawing_charge(L, sizeof(struct brv_shape));
    if (recording->drawing->shape_count == box->limits.plugin_nodes)
        brv_raise_verdict(L, BRV_VERDICT_OUTPUT);
    struct brv_shape *shape = BRV_NEW(recording->arena, struct brv_shape);
    shape->kind = kind;
    shape->clip = canvas->clip;
    shape->outer_clip = canvas->outer_clip;
    *recording->end = shape;
    recording->end = &shape->next;
    recording->drawing->shape_count++;
    return shape;
}

// Adds a path with the style at `index`; a path that paints nothing is left out.
static int add_path(lua_State *L, struct brv_canvas *canvas, const struct brv_path_maker *path,
                    int index, enum brv_draw_what what, bool is_even_odd)
{
    struct brv_draw_style style;
    brv_draw_style_read(L, index, &canvas->matrix, what, &style);
    if (path->count == 0 ||
        (style.fill.kind == BRV_PAINT_NONE && style.stroke.kind == BRV_PAINT_NONE))
        return 0;
    struct brv_shape *shape = add_shape(L, canvas, BRV_SHAPE_PATH);
    shape->path.path = (struct brv_path){
        .segments = path->segments,
        .count = path->count,
        .is_even_odd = is_even_odd || style.is_even_odd,
    };
    shape->path.fill = style.fill;
    shape->path.stroke = (struct brv_stroke){
        .paint = style.stroke,
        .width = (float)style.width,
        .cap = style.cap,
        .join = style.join,
        .miter_limit = (float)style.miter_limit,
        .dashes = style.dashes,
        .dash_count = style.dash_count,
        .dash_offset = (float)style.dash_offset,
    };
    return 0;
}

static int l_line(lua_State *L)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    brv_path_move(&path, brv_coordinate_check(L, 2, "x1"), brv_coordinate_check(L, 3, "y1"));
    brv_path_line(&path, brv_coordinate_check(L, 4, "x2"), brv_coordinate_check(L, 5, "y2"));
    return add_path(L, canvas, &path, 6, BRV_DRAW_LINE, false);
}

// [… list] Its numbers in pairs as points joined by lines.
static void add_points(lua_State *L, struct brv_path_maker *path)
{
    brv_lua_check_table(L, 2);
    size_t count = lua_rawlen(L, 2);
    if (count < 4 || count % 2 != 0)
        luaL_error(L, "%d numbers are no list of points, expected x1, y1, x2, y2, …", (int)count);
    for (size_t i = 1; i <= count; i += 2) {
        lua_rawgeti(L, 2, (lua_Integer)i);
        lua_rawgeti(L, 2, (lua_Integer)i + 1);
        double x = brv_coordinate_check(L, -2, "x");
        double y = brv_coordinate_check(L, -1, "y");
        lua_pop(L, 2);
        if (i == 1)
            brv_path_move(path, x, y);
        else
            brv_path_line(path, x, y);
    }
}

static int l_polyline(lua_State *L)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    add_points(L, &path);
    return add_path(L, canvas, &path, 3, BRV_DRAW_LINE, false);
}

static int l_polygon(lua_State *L)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    add_points(L, &path);
    brv_path_close(&path);
    return add_path(L, canvas, &path, 3, BRV_DRAW_AREA, false);
}

static int add_rect(lua_State *L, bool is_rounded)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    brv_path_rect(&path,
                  brv_coordinate_check(L, 2, "x"),
                  brv_coordinate_check(L, 3, "y"),
                  brv_length_check(L, 4, "width"),
                  brv_length_check(L, 5, "height"),
                  is_rounded ? brv_length_check(L, 6, "radius") : 0);
    return add_path(L, canvas, &path, is_rounded ? 7 : 6, BRV_DRAW_AREA, false);
}

static int l_rect(lua_State *L)
{
    return add_rect(L, false);
}

static int l_rounded(lua_State *L)
{
    return add_rect(L, true);
}

static int add_ellipse(lua_State *L, bool is_circle)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    double rx = brv_length_check(L, 4, is_circle ? "radius" : "rx");
    double ry = is_circle ? rx : brv_length_check(L, 5, "ry");
    double x = brv_coordinate_check(L, 2, "x");
    double y = brv_coordinate_check(L, 3, "y");
    brv_path_arc(&path, x, y, rx, ry, 0, 360);
    brv_path_close(&path);
    return add_path(L, canvas, &path, is_circle ? 5 : 6, BRV_DRAW_AREA, false);
}

static int l_circle(lua_State *L)
{
    return add_ellipse(L, true);
}

static int l_ellipse(lua_State *L)
{
    return add_ellipse(L, false);
}

static int l_arc(lua_State *L)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    double radius = brv_length_check(L, 4, "radius");
    brv_path_arc(&path,
                 brv_coordinate_check(L, 2, "x"),
                 brv_coordinate_check(L, 3, "y"),
                 radius,
                 radius,
                 brv_coordinate_check(L, 5, "from"),
                 brv_coordinate_check(L, 6, "to"));
    return add_path(L, canvas, &path, 7, BRV_DRAW_LINE, false);
}

// A slice of a pie or of a ring; all the way round it is a disc or a ring without a seam.
static int l_sector(lua_State *L)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    double x = brv_coordinate_check(L, 2, "x");
    double y = brv_coordinate_check(L, 3, "y");
    double outer = brv_length_check(L, 4, "outer");
    double inner = brv_length_check(L, 5, "inner");
    double from = brv_coordinate_check(L, 6, "from");
    double to = brv_coordinate_check(L, 7, "to");
    bool is_round = fabs(to - from) >= 360;
    brv_path_arc(&path, x, y, outer, outer, from, to);
    if (is_round) {
        brv_path_close(&path);
        if (inner > 0) {
            brv_path_move(
                &path, x + inner * sin(from * M_PI / 180), y - inner * cos(from * M_PI / 180));
            brv_path_arc(&path, x, y, inner, inner, to, from);
        }
    } else if (inner > 0) {
        brv_path_arc(&path, x, y, inner, inner, to, from);
    } else {
        brv_path_line(&path, x, y);
    }
    brv_path_close(&path);
    return add_path(L, canvas, &path, 8, BRV_DRAW_AREA, is_round);
}

// ---- free paths

static int l_path(lua_State *L)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    struct brv_path_maker path = brv_canvas_new_path(L, canvas);
    brv_canvas_read_path(L, 2, &path);
    return add_path(L, canvas, &path, 3, BRV_DRAW_AREA, false);
}

// ---- texts

// The last bits of a sine differ from machine to machine.
static float steady(double value)
{
    return (float)(round(value * 1e5) / 1e5) + 0.0F;
}

static int l_text(lua_State *L)
{
    struct brv_canvas *canvas = brv_canvas_check(L);
    double x = brv_coordinate_check(L, 2, "x");
    double y = brv_coordinate_check(L, 3, "y");
    brv_str text;
    text.ptr = luaL_checklstring(L, 4, &text.len);
    if (text.len > DRAWING_TEXT_BYTES)
        luaL_error(L, "a text of %d bytes, expected up to %d", (int)text.len, DRAWING_TEXT_BYTES);
    struct brv_draw_style style;
    brv_draw_style_read(L, 5, &canvas->matrix, BRV_DRAW_TEXT, &style);
    double angle = style.rotate * M_PI / 180;
    double line = 0;
    for (size_t at = 0; at <= text.len; line += 1.25 * style.size) {
        size_t end = brv_str_find_byte(text, at, '\n');
        brv_str one = brv_str_slice(text, at, end);
        at = end + 1;
        if (one.len == 0 || style.fill.kind == BRV_PAINT_NONE || style.size <= 0)
            continue;
        brv_drawing_charge(L, one.len);
        struct brv_shape *shape = add_shape(L, canvas, BRV_SHAPE_TEXT);
        struct brv_matrix own = { cos(angle), sin(angle), -sin(angle), cos(angle), x, y };
        own = brv_matrix_multiply(own, (struct brv_matrix){ .a = 1, .d = 1, .f = line });
        own = brv_matrix_multiply(canvas->matrix, own);
        shape->text = (struct brv_shape_text){
            .text = brv_elements_clean_text(canvas->recording->arena, one),
            .matrix = { steady(own.a),
                        steady(own.b),
                        steady(own.c),
                        steady(own.d),
                        steady(own.e),
                        steady(own.f) },
            .size = (float)style.size,
            .anchor = style.anchor,
            .weight = style.weight,
            .is_italic = style.is_italic,
            .rgba = style.fill.rgba,
        };
    }
    return 0;
}

// ---- measures

// About the width of text in a sans serif: a plugin sees no fonts, and needs none to place a label.
// In hundredths of the size, from space to tilde.
static const unsigned char widths[95] = {
    26, 27, 41, 65, 57, 83, 73, 23, 30, 30, 55, 57, 27, 32, 27, 37, // space … /
    57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 27, 27, 57, 57, 57, 43, // 0 … ?
    90, 64, 65, 63, 73, 56, 52, 73, 74, 34, 27, 62, 52, 91, 76, 78, // @ … O
    60, 78, 62, 55, 56, 73, 60, 93, 59, 57, 57, 33, 37, 33, 57, 44, // P … _
    28, 56, 62, 48, 62, 56, 34, 62, 62, 26, 26, 53, 26, 93, 62, 61, // ` … o
    62, 62, 41, 48, 36, 62, 51, 79, 53, 51, 47, 38, 55, 38, 57,     // p … ~
};

// (text [, size])
int brv_lua_text_width(lua_State *L)
{
    brv_str text;
    text.ptr = luaL_checklstring(L, 1, &text.len);
    double size = lua_isnoneornil(L, 2) ? 9 : brv_length_check(L, 2, "size");
    brv_charge_bytes(L, text.len);
    double sum = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= ' ' && c <= '~')
            sum += widths[c - ' '];
        else if (c >= 0xE3 && c <= 0xED) // the scripts of East Asia, mostly
            sum += 100;
        else if (c >= 0xC0)
            sum += 60;
    }
    lua_pushnumber(L, sum / 100 * size);
    return 1;
}

static const struct brv_lua_function canvas_functions[] = {
    { "arc", l_arc, "(x, y, radius, from, to [, style])", "A part of a circle, as a line." },
    { "circle", l_circle, "(x, y, radius [, style])", "A circle around a point." },
    { "ellipse", l_ellipse, "(x, y, rx, ry [, style])", "An ellipse." },
    { "group",
      brv_canvas_group,
      "({ translate, rotate, scale, clip }, f)",
      "Calls f with a canvas that is moved by `{ x, y }`, turned by degrees or "
      "`{ degrees, x, y }`, scaled by a number or `{ x, y }` and clipped to "
      "`{ x, y, width, height }` or a path." },
    { "line", l_line, "(x1, y1, x2, y2 [, style])", "A straight line." },
    { "path",
      l_path,
      "(commands [, style])",
      "Any shape: `{ \"M\", x, y, \"L\", x, y, \"C\", x1, y1, x2, y2, x, y, \"Q\", x1, y1, x, y, "
      "\"A\", x, y, radius, from, to, \"Z\" }`." },
    { "polygon", l_polygon, "({ x1, y1, x2, y2, … } [, style])", "Straight lines, closed." },
    { "polyline", l_polyline, "({ x1, y1, x2, y2, … } [, style])", "Straight lines, open." },
    { "rect", l_rect, "(x, y, width, height [, style])", "A rectangle." },
    { "rounded", l_rounded, "(x, y, width, height, radius [, style])", "One with round corners." },
    { "sector",
      l_sector,
      "(x, y, outer, inner, from, to [, style])",
      "A slice of a ring, of a pie when inner is 0." },
    { "text",
      l_text,
      "(x, y, text [, style])",
      "Text from a point on its baseline; a line feed begins the next line." },
};

const struct brv_lua_library brv_lua_canvas = {
    .name = "canvas",
    .where = BRV_LUA_METHODS,
    .summary =
        "What `draw` of an `e.drawing` is given, with methods: `g:line(0, 0, 10, 10)`. Points are "
        "1/72 inch, from the top left corner, y downwards; angles are degrees, clockwise from 12 "
        "o'clock. A style is a table: `fill` and `stroke` (a colour like `\"#0b5d5a\"`, "
        "`\"#0b5d5a80\"` or `\"navy\"`; a fill may be `{ linear = { x1, y1, x2, y2 }, stops = "
        "{ { 0, \"white\" }, { 1, \"navy\" } } }` or `{ radial = { x, y, r }, stops = … }`), "
        "`width`, `dash`, `dash_offset`, `cap` (`butt`, `round`, `square`), `join` (`miter`, "
        "`round`, `bevel`), `miter_limit`, `rule` (`nonzero`, `evenodd`), `opacity`; for a text "
        "`fill`, `size`, `weight`, `italic`, `anchor` (`start`, `middle`, `end`), `rotate`, "
        "`opacity`.",
    .functions = canvas_functions,
    .count = BRV_COUNT(canvas_functions),
};

// ---- the object

static const char key_canvas = 'c'; // registry: the metatable of canvases

struct brv_canvas *brv_canvas_check(lua_State *L)
{
    struct brv_canvas *canvas = lua_touserdata(L, 1);
    bool is_one = canvas && lua_type(L, 1) == LUA_TUSERDATA && lua_getmetatable(L, 1);
    if (is_one) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_canvas)); // [… meta expected]
        is_one = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
    }
    if (!is_one)
        luaL_error(L, "expected a canvas; write g:line(…), not g.line(…)");
    if (canvas->recording->is_closed) // NOLINT: luaL_error() does not come back
        luaL_error(L, "a canvas was used after its draw had returned");
    return canvas;
}

struct brv_path_maker brv_canvas_new_path(lua_State *L, struct brv_canvas *canvas)
{
    return (struct brv_path_maker){
        .L = L,
        .arena = canvas->recording->arena,
        .matrix = &canvas->matrix,
    };
}

// (canvas name) upvalue 1: the methods
static int find_method(lua_State *L)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const char *names[BRV_COUNT(canvas_functions)];
    for (size_t i = 0; i < BRV_COUNT(canvas_functions); i++)
        names[i] = canvas_functions[i].name;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    brv_charge(L, 10);
    brv_lua_name_error(L, "a canvas has no method", name, names, BRV_COUNT(names));
}

static int refuse_write(lua_State *L)
{
    return luaL_error(L, "a canvas is read-only");
}

// [-0, +1]
static void push_metatable(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_canvas)) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 4); // [meta]
    lua_createtable(L, 0, (int)BRV_COUNT(canvas_functions));
    for (size_t i = 0; i < BRV_COUNT(canvas_functions); i++) {
        lua_pushcfunction(L, canvas_functions[i].function);
        lua_setfield(L, -2, canvas_functions[i].name);
    }
    lua_pushcclosure(L, find_method, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushliteral(L, "canvas");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_canvas));
}

// [-0, +1] A canvas without transform or clip.
struct brv_canvas *brv_canvas_push(lua_State *L, struct brv_recording *recording)
{
    struct brv_canvas *canvas = lua_newuserdatauv(L, sizeof *canvas, 0);
    *canvas = (struct brv_canvas){ .recording = recording, .matrix = brv_matrix_identity() };
    push_metatable(L);
    lua_setmetatable(L, -2);
    return canvas;
}
