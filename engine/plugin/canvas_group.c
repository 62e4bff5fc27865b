// Brevier — groups of a canvas: transforms and clips for a while.
// SPDX-License-Identifier: MIT
#include "base/arena.h"
#include "plugin/canvas.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <math.h>
#include <string.h>

static double field(lua_State *L, int position, double fallback, const char *name)
{
    lua_rawgeti(L, -1, position);
    double value = lua_isnil(L, -1) ? fallback : brv_coordinate_check(L, -1, name);
    lua_pop(L, 1);
    return value;
}

// [… value] The transform that one key of a group's table asks for.
static struct brv_matrix read_transform(lua_State *L, const char *key)
{
    struct brv_matrix matrix = brv_matrix_identity();
    bool is_list = lua_istable(L, -1);
    if (strcmp(key, "translate") == 0) {
        luaL_argcheck(L, is_list, 2, "\"translate\" is no list, expected { x, y }");
        matrix.e = field(L, 1, 0, "translate");
        matrix.f = field(L, 2, 0, "translate");
    } else if (strcmp(key, "rotate") == 0) {
        double angle = (is_list ? field(L, 1, 0, "rotate") : brv_coordinate_check(L, -1, "rotate"));
        double x = is_list ? field(L, 2, 0, "rotate") : 0;
        double y = is_list ? field(L, 3, 0, "rotate") : 0;
        double s = sin(angle * M_PI / 180);
        double c = cos(angle * M_PI / 180);
        matrix = (struct brv_matrix){ c, s, -s, c, x - c * x + s * y, y - s * x - c * y };
    } else {
        matrix.a = is_list ? field(L, 1, 1, "scale") : brv_coordinate_check(L, -1, "scale");
        matrix.d = is_list ? field(L, 2, matrix.a, "scale") : matrix.a;
        if (matrix.a == 0 || matrix.d == 0 || fabs(matrix.a) > 1e4 || fabs(matrix.d) > 1e4)
            luaL_error(L, "\"scale\" is out of range, expected up to 10000 and not 0");
    }
    return matrix;
}

// The upright rectangle that a path is, if it is one.
static bool path_is_rect(const struct brv_path *path, struct brv_point *low, struct brv_point *high)
{
    if (path->count != 5 || path->segments[4].kind != BRV_SEGMENT_CLOSE)
        return false;
    struct brv_point p[4];
    for (int i = 0; i < 4; i++) {
        if (path->segments[i].kind == BRV_SEGMENT_CURVE)
            return false;
        p[i] = path->segments[i].points[0];
    }
    bool is_flat = p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y && p[3].x == p[0].x;
    bool is_tall = p[0].x == p[1].x && p[1].y == p[2].y && p[2].x == p[3].x && p[3].y == p[0].y;
    *low = (struct brv_point){ fminf(p[0].x, p[2].x), fminf(p[0].y, p[2].y) };
    *high = (struct brv_point){ fmaxf(p[0].x, p[2].x), fmaxf(p[0].y, p[2].y) };
    return is_flat || is_tall;
}

// A clip inside the canvas's clips. Upright rectangles are intersected, so they nest as deep as one
// likes; of other shapes the outputs take two.
static void add_clip(lua_State *L, struct brv_canvas *canvas, struct brv_path_maker *maker)
{
    struct brv_arena *arena = canvas->recording->arena;
    struct brv_path *clip = BRV_NEW(arena, struct brv_path);
    *clip = (struct brv_path){ .segments = maker->segments, .count = maker->count };
    struct brv_point low, high, outer_low, outer_high;
    if (canvas->clip && path_is_rect(clip, &low, &high) &&
        path_is_rect(canvas->clip, &outer_low, &outer_high)) {
        struct brv_matrix identity = brv_matrix_identity();
        struct brv_path_maker both = { .L = L, .arena = arena, .matrix = &identity };
        low = (struct brv_point){ fmaxf(low.x, outer_low.x), fmaxf(low.y, outer_low.y) };
        high = (struct brv_point){ fminf(high.x, outer_high.x), fminf(high.y, outer_high.y) };
        brv_path_rect(&both,
                      (double)low.x,
                      (double)low.y,
                      fmax((double)(high.x - low.x), 0),
                      fmax((double)(high.y - low.y), 0),
                      0);
        *clip = (struct brv_path){ .segments = both.segments, .count = both.count };
    } else if (canvas->clip) {
        if (canvas->outer_clip)
            luaL_error(L, "clips that are no upright rectangles are nested more than two deep");
        canvas->outer_clip = canvas->clip;
    }
    canvas->clip = clip;
}

// [… value] { x, y, width, height } or a path.
static void read_clip(lua_State *L, struct brv_canvas *canvas)
{
    luaL_argcheck(L,
                  lua_istable(L, -1),
                  2,
                  "\"clip\" is no list, expected { x, y, width, height } or a path");
    struct brv_path_maker maker = brv_canvas_new_path(L, canvas);
    lua_rawgeti(L, -1, 1);
    bool is_rect = lua_type(L, -1) == LUA_TNUMBER;
    lua_pop(L, 1);
    if (is_rect)
        brv_path_rect(&maker,
                      field(L, 1, 0, "clip"),
                      field(L, 2, 0, "clip"),
                      fmax(field(L, 3, 0, "clip"), 0),
                      fmax(field(L, 4, 0, "clip"), 0),
                      0);
    else
        brv_canvas_read_path(L, lua_absindex(L, -1), &maker);
    add_clip(L, canvas, &maker);
}

// (canvas table function)
int brv_canvas_group(lua_State *L)
{
    static const char *const names[] = { "translate", "rotate", "scale", "clip" };
    struct brv_canvas *canvas = brv_canvas_check(L);
    brv_lua_check_table(L, 2);
    luaL_checktype(L, 3, LUA_TFUNCTION);
    lua_settop(L, 3);
    brv_charge(L, 49);
    brv_lua_names_in(L, 2, "a group has no", names, BRV_COUNT(names));
    lua_pushvalue(L, 3); // [… function]
    struct brv_canvas *inner = brv_canvas_push(L, canvas->recording);
    *inner = *canvas;                               // [… function inner]
    for (size_t i = 0; i < BRV_COUNT(names); i++) { // in this order, whatever was written first
        lua_pushstring(L, names[i]);
        if (lua_rawget(L, 2) != LUA_TNIL) {
            if (i < 3)
                inner->matrix = brv_matrix_multiply(inner->matrix, read_transform(L, names[i]));
            else
                read_clip(L, inner);
        }
        lua_pop(L, 1);
    }
    lua_call(L, 1, 0);
    return 0;
}
