// Brevier — how shapes of drawings look: colours, gradients, strokes and texts from tables.
// SPDX-License-Identifier: MIT
#include "plugin/drawing.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <math.h>
#include <string.h>

enum { STOPS_MAX = 32, DASHES_MAX = 8 };

static const double coordinate_max = 1e6;

// ---- numbers

double brv_coordinate_check(lua_State *L, int index, const char *name)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "\"%s\" is a %s, expected a number", name, brv_lua_type_name(L, index));
    double value = lua_tonumber(L, index);
    if (!(fabs(value) <= coordinate_max))
        luaL_error(L, "\"%s\" is %f, expected a number up to a million", name, value);
    return value;
}

double brv_length_check(lua_State *L, int index, const char *name)
{
    double value = brv_coordinate_check(L, index, name);
    if (value < 0)
        luaL_error(L, "\"%s\" is %f, expected 0 or more", name, value);
    return value;
}

// [… table] The number at a position of the table on top.
static double number_in(lua_State *L, lua_Integer position, const char *name)
{
    lua_rawgeti(L, -1, position);
    double value = brv_coordinate_check(L, -1, name);
    lua_pop(L, 1);
    return value;
}

// ---- colours

static const struct {
    const char *name;
    uint32_t rgba;
} color_names[] = {
    { "black", 0x000000FF },  { "silver", 0xC0C0C0FF }, { "gray", 0x808080FF },
    { "grey", 0x808080FF },   { "white", 0xFFFFFFFF },  { "maroon", 0x800000FF },
    { "red", 0xFF0000FF },    { "purple", 0x800080FF }, { "fuchsia", 0xFF00FFFF },
    { "green", 0x008000FF },  { "lime", 0x00FF00FF },   { "olive", 0x808000FF },
    { "yellow", 0xFFFF00FF }, { "navy", 0x000080FF },   { "blue", 0x0000FFFF },
    { "teal", 0x008080FF },   { "aqua", 0x00FFFFFF },   { "transparent", 0x00000000 },
};

// "#rgb", "#rgba", "#rrggbb" or "#rrggbbaa".
static bool parse_hex(brv_str text, uint32_t *rgba)
{
    bool is_short = text.len == 4 || text.len == 5;
    if (text.len == 0 || text.ptr[0] != '#' || !(is_short || text.len == 7 || text.len == 9))
        return false;
    *rgba = 0;
    for (size_t i = 1; i < text.len; i++) {
        char c = brv_to_lower(text.ptr[i]);
        bool is_letter = c >= 'a' && c <= 'f';
        if (!brv_is_digit(c) && !is_letter)
            return false;
        uint32_t digit = (uint32_t)(is_letter ? c - 'a' + 10 : c - '0');
        *rgba = is_short ? *rgba << 8 | digit << 4 | digit : *rgba << 4 | digit;
    }
    if (text.len == 4 || text.len == 7)
        *rgba = *rgba << 8 | 0xFF;
    return true;
}

uint32_t brv_color_check(lua_State *L, int index, const char *name)
{
    static const char expected[] = "expected a colour like \"#0b5d5a\" or \"navy\"";
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "\"%s\" is a %s, %s", name, brv_lua_type_name(L, index), expected);
    brv_str text;
    text.ptr = lua_tolstring(L, index, &text.len);
    uint32_t rgba = 0;
    if (parse_hex(text, &rgba))
        return rgba;
    const char *names[BRV_COUNT(color_names)];
    for (size_t i = 0; i < BRV_COUNT(color_names); i++) {
        if (brv_str_is(text, color_names[i].name))
            return color_names[i].rgba;
        names[i] = color_names[i].name;
    }
    const char *nearest = brv_nearest(text, names, BRV_COUNT(names));
    if (nearest)
        luaL_error(L, "\"%s\" is \"%s\" (did you mean \"%s\"?)", name, text.ptr, nearest);
    luaL_error(L, "\"%s\" is \"%s\", %s", name, text.ptr, expected);
    return 0; // not reached
}

// ---- paints

// [… gradient] The stops: a list of { offset, colour }.
static void read_stops(lua_State *L, const char *name, struct brv_paint *paint)
{
    lua_pushliteral(L, "stops");
    if (lua_rawget(L, -2) != LUA_TTABLE)
        luaL_error(L, "the gradient of \"%s\" has no \"stops\"", name);
    size_t count = lua_rawlen(L, -1);
    if (count < 2 || count > STOPS_MAX)
        luaL_error(L, "\"stops\" has %d entries, expected 2 to %d", (int)count, STOPS_MAX);
    brv_drawing_charge(L, count * sizeof(struct brv_stop));
    struct brv_stop *stops = BRV_NEW_ARRAY(brv_sandbox_of(L)->arena, struct brv_stop, count);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1); // [… gradient stops stop]
        if (!lua_istable(L, -1))
            luaL_error(L,
                       "stop %d is a %s, expected { offset, colour }",
                       (int)i + 1,
                       luaL_typename(L, -1));
        double offset = number_in(L, 1, "offset of a stop");
        if (offset < (i > 0 ? (double)stops[i - 1].offset : 0) || offset > 1)
            luaL_error(L,
                       "offset %f of stop %d is out of order, expected 0 to 1, rising",
                       offset,
                       (int)i + 1);
        lua_rawgeti(L, -1, 2);
        stops[i] = (struct brv_stop){ (float)offset, brv_color_check(L, -1, "stop") };
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
    paint->stops = stops;
    paint->stop_count = count;
}

// [… value] A colour, or { linear = { x1, y1, x2, y2 }, stops = … }, or { radial = { x, y, r }, …
// }.
static struct brv_paint read_paint(lua_State *L, const char *name, const struct brv_matrix *matrix)
{
    struct brv_paint paint = { .kind = BRV_PAINT_SOLID };
    if (!lua_istable(L, -1)) {
        paint.rgba = brv_color_check(L, -1, name);
        if ((paint.rgba & 0xFF) == 0)
            paint.kind = BRV_PAINT_NONE;
        return paint;
    }
    read_stops(L, name, &paint);
    lua_pushliteral(L, "linear");
    if (lua_rawget(L, -2) == LUA_TTABLE) {
        paint.kind = BRV_PAINT_LINEAR;
        paint.from = brv_matrix_apply(matrix, number_in(L, 1, "linear"), number_in(L, 2, "linear"));
        paint.to = brv_matrix_apply(matrix, number_in(L, 3, "linear"), number_in(L, 4, "linear"));
    }
    lua_pop(L, 1);
    lua_pushliteral(L, "radial");
    if (paint.kind != BRV_PAINT_LINEAR && lua_rawget(L, -2) == LUA_TTABLE) {
        paint.kind = BRV_PAINT_RADIAL;
        paint.from = brv_matrix_apply(matrix, number_in(L, 1, "radial"), number_in(L, 2, "radial"));
        paint.radius = (float)(fabs(number_in(L, 3, "radial")) * brv_matrix_scale(matrix));
    }
    lua_pop(L, 1);
    if (paint.kind == BRV_PAINT_SOLID)
        luaL_error(L, "the gradient of \"%s\" has neither \"linear\" nor \"radial\"", name);
    return paint;
}

static uint32_t fade_color(uint32_t rgba, double opacity)
{
    uint32_t alpha = (uint32_t)((rgba & 0xFF) * opacity + 0.5);
    return (rgba & 0xFFFFFF00) | alpha;
}

static void fade(lua_State *L, struct brv_paint *paint, double opacity)
{
    paint->rgba = fade_color(paint->rgba, opacity);
    if (paint->stop_count == 0)
        return;
    struct brv_stop *stops =
        BRV_NEW_ARRAY(brv_sandbox_of(L)->arena, struct brv_stop, paint->stop_count);
    for (size_t i = 0; i < paint->stop_count; i++)
        stops[i] = (struct brv_stop){
            paint->stops[i].offset,
            fade_color(paint->stops[i].rgba, opacity),
        };
    paint->stops = stops;
}

// ---- tables of style

// Those of shapes, those of both, those of texts.
enum key {
    KEY_STROKE,
    KEY_WIDTH,
    KEY_DASH,
    KEY_DASH_OFFSET,
    KEY_CAP,
    KEY_JOIN,
    KEY_MITER_LIMIT,
    KEY_RULE,
    KEY_OPACITY,
    KEY_FILL,
    KEY_SIZE,
    KEY_WEIGHT,
    KEY_ITALIC,
    KEY_ANCHOR,
    KEY_ROTATE,
    KEY_COUNT,
    TEXT_KEYS_BEGIN = KEY_OPACITY,
    SHAPE_KEYS_END = KEY_SIZE,
};

static const char *const keys[KEY_COUNT] = {
    "stroke",  "width", "dash", "dash_offset", "cap",    "join",   "miter_limit", "rule",
    "opacity", "fill",  "size", "weight",      "italic", "anchor", "rotate",
};

static int read_word(lua_State *L, const char *name, const char *const *words, int count)
{
    const char *word = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : luaL_typename(L, -1);
    for (int i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    brv_lua_name_error(
        L, lua_pushfstring(L, "\"%s\" has no value", name), word, words, (size_t)count);
}

static void read_dashes(lua_State *L, const struct brv_matrix *matrix, struct brv_draw_style *style)
{
    if (!lua_istable(L, -1))
        luaL_error(L, "\"dash\" is a %s, expected a list of lengths", luaL_typename(L, -1));
    size_t count = lua_rawlen(L, -1);
    if (count > DASHES_MAX)
        luaL_error(L, "\"dash\" has %d lengths, expected up to %d", (int)count, DASHES_MAX);
    // An odd list counts twice, as in SVG.
    size_t total = count % 2 == 0 ? count : 2 * count;
    float *dashes = BRV_NEW_ARRAY(brv_sandbox_of(L)->arena, float, total);
    double sum = 0;
    for (size_t i = 0; i < total; i++) {
        double length = number_in(L, (lua_Integer)(i % count) + 1, "dash");
        if (length < 0)
            luaL_error(L, "\"dash\" has a length of %f, expected 0 or more", length);
        sum += length;
        dashes[i] = (float)(length * brv_matrix_scale(matrix));
    }
    style->dashes = sum > 0 ? dashes : NULL;
    style->dash_count = sum > 0 ? total : 0;
}

// [… value]
static void read_key(lua_State *L, enum key key, const struct brv_matrix *matrix,
                     struct brv_draw_style *style, double *opacity)
{
    static const char *const caps[] = { "butt", "round", "square" };
    static const char *const joins[] = { "miter", "round", "bevel" };
    static const char *const rules[] = { "nonzero", "evenodd" };
    static const char *const anchors[] = { "start", "middle", "end" };
    switch (key) {
    case KEY_OPACITY:
        *opacity = brv_length_check(L, -1, "opacity");
        if (*opacity > 1)
            luaL_error(L, "\"opacity\" is %f, expected 0 to 1", *opacity);
        return;
    case KEY_FILL:
        style->fill = read_paint(L, "fill", matrix);
        style->has_fill = true;
        return;
    case KEY_STROKE:
        style->stroke = read_paint(L, "stroke", matrix);
        if (style->stroke.stop_count > 0)
            luaL_error(L, "\"stroke\" is a gradient, expected a colour");
        style->has_stroke = true;
        return;
    case KEY_WIDTH:
        style->width = brv_length_check(L, -1, "width");
        return;
    case KEY_DASH:
        read_dashes(L, matrix, style);
        return;
    case KEY_DASH_OFFSET:
        style->dash_offset = brv_coordinate_check(L, -1, "dash_offset");
        return;
    case KEY_CAP:
        style->cap = (enum brv_line_cap)read_word(L, "cap", caps, BRV_COUNT(caps));
        return;
    case KEY_JOIN:
        style->join = (enum brv_line_join)read_word(L, "join", joins, BRV_COUNT(joins));
        return;
    case KEY_MITER_LIMIT:
        style->miter_limit = fmax(brv_length_check(L, -1, "miter_limit"), 1);
        return;
    case KEY_RULE:
        style->is_even_odd = read_word(L, "rule", rules, BRV_COUNT(rules)) == 1;
        return;
    case KEY_SIZE:
        style->size = brv_length_check(L, -1, "size");
        return;
    case KEY_WEIGHT:
        style->weight = (int)brv_length_check(L, -1, "weight");
        if (style->weight < 100 || style->weight > 900)
            luaL_error(L, "\"weight\" is %d, expected 100 to 900", style->weight);
        return;
    case KEY_ITALIC:
        style->is_italic = lua_toboolean(L, -1);
        return;
    case KEY_ANCHOR:
        style->anchor = (enum brv_text_anchor)read_word(L, "anchor", anchors, BRV_COUNT(anchors));
        return;
    case KEY_ROTATE:
        style->rotate = brv_coordinate_check(L, -1, "rotate");
        return;
    case KEY_COUNT:
        return;
    }
}

// The keys are read in their own order, whatever that of the table is.
static void read_keys(lua_State *L, int index, bool is_text, const struct brv_matrix *matrix,
                      struct brv_draw_style *style, double *opacity)
{
    enum key first = is_text ? TEXT_KEYS_BEGIN : 0;
    enum key end = is_text ? KEY_COUNT : SHAPE_KEYS_END;
    const char *what = is_text ? "a text has no style" : "a shape has no style";
    uint32_t found = brv_lua_names_in(L, index, what, keys + first, end - first);
    for (int key = (int)first; found; key++, found >>= 1) {
        if (!(found & 1))
            continue;
        lua_pushstring(L, keys[key]);
        lua_rawget(L, index); // [… value]
        read_key(L, (enum key)key, matrix, style, opacity);
        lua_pop(L, 1);
    }
}

void brv_draw_style_read(lua_State *L, int index, const struct brv_matrix *matrix,
                         enum brv_draw_what what, struct brv_draw_style *style)
{
    bool is_text = what == BRV_DRAW_TEXT;
    *style = (struct brv_draw_style){ .width = 1, .miter_limit = 4, .size = 9, .weight = 400 };
    double opacity = 1;
    if (!lua_isnoneornil(L, index)) {
        brv_lua_check_table(L, index);
        read_keys(L, index, is_text, matrix, style, &opacity);
    }
    static const struct brv_paint black = { .kind = BRV_PAINT_SOLID, .rgba = 0x000000FF };
    if (what == BRV_DRAW_LINE && !style->has_stroke)
        style->stroke = black;
    if (what != BRV_DRAW_LINE && !style->has_fill && !style->has_stroke)
        style->fill = black;
    if (opacity < 1) {
        fade(L, &style->fill, opacity);
        fade(L, &style->stroke, opacity);
    }
    style->width *= brv_matrix_scale(matrix);
    style->dash_offset *= brv_matrix_scale(matrix);
    if (style->width <= 0)
        style->stroke.kind = BRV_PAINT_NONE;
    if (is_text && style->fill.stop_count > 0)
        luaL_error(L, "\"fill\" of a text is a gradient, expected a colour");
}
