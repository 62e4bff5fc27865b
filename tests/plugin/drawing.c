// Brevier — drawings: what is recorded, what it costs and what is refused.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "model/drawing.h"

#include <stdio.h>
#include <stdlib.h>

// ---- the shapes as text

static void print_paint(const struct brv_paint *paint, const char *name, struct brv_buf *out)
{
    static const char *const kinds[] = { "none", "", "linear ", "radial " };
    if (paint->kind == BRV_PAINT_NONE)
        return;
    brv_buf_printf(out, " %s %s", name, kinds[paint->kind]);
    if (paint->kind == BRV_PAINT_SOLID)
        brv_buf_printf(out, "%08x", paint->rgba);
    else
        brv_buf_printf(out, "%g,%g", (double)paint->from.x, (double)paint->from.y);
    if (paint->kind == BRV_PAINT_LINEAR)
        brv_buf_printf(out, "-%g,%g", (double)paint->to.x, (double)paint->to.y);
    if (paint->kind == BRV_PAINT_RADIAL)
        brv_buf_printf(out, " r %g", (double)paint->radius);
    for (size_t i = 0; i < paint->stop_count; i++)
        brv_buf_printf(out, " %g:%08x", (double)paint->stops[i].offset, paint->stops[i].rgba);
}

static void print_path(const struct brv_path *path, struct brv_buf *out)
{
    static const int points[] = { 1, 1, 3, 0 };
    for (size_t i = 0; i < path->count; i++) {
        const struct brv_segment *segment = &path->segments[i];
        brv_buf_printf(out, " %c", "MLCZ"[segment->kind]);
        for (int p = 0; p < points[segment->kind]; p++)
            brv_buf_printf(out,
                           "%s%g,%g",
                           p ? " " : "",
                           (double)segment->points[p].x,
                           (double)segment->points[p].y);
    }
    if (path->is_even_odd)
        brv_buf_add_cstr(out, " evenodd");
}

static void print_stroke(const struct brv_stroke *stroke, struct brv_buf *out)
{
    print_paint(&stroke->paint, "stroke", out);
    if (stroke->paint.kind == BRV_PAINT_NONE)
        return;
    brv_buf_printf(
        out, " width %g cap %d join %d", (double)stroke->width, stroke->cap, stroke->join);
    for (size_t i = 0; i < stroke->dash_count; i++)
        brv_buf_printf(out, " %s%g", i ? "" : "dash ", (double)stroke->dashes[i]);
}

static void print_shape(const struct brv_shape *shape, struct brv_buf *out)
{
    if (shape->kind == BRV_SHAPE_TEXT) {
        const struct brv_shape_text *text = &shape->text;
        brv_buf_printf(out, "text \"%" BRV_STR_F "\" at", BRV_STR_ARG(text->text));
        for (int i = 0; i < 6; i++)
            brv_buf_printf(out, " %g", (double)text->matrix[i]);
        brv_buf_printf(out, " size %g anchor %d", (double)text->size, text->anchor);
        brv_buf_printf(out, " weight %d italic %d %08x", text->weight, text->is_italic, text->rgba);
    } else {
        brv_buf_add_cstr(out, "path");
        print_path(&shape->path.path, out);
        print_paint(&shape->path.fill, "fill", out);
        print_stroke(&shape->path.stroke, out);
    }
    if (shape->clip) {
        brv_buf_add_cstr(out, " clip");
        print_path(shape->clip, out);
    }
    if (shape->outer_clip) {
        brv_buf_add_cstr(out, " in");
        print_path(shape->outer_clip, out);
    }
}

static const struct brv_node *find_drawing(const struct rig *rig)
{
    const struct brv_node *node = rig->article;
    while (node && node->kind != BRV_KIND_DRAWING)
        node = brv_node_walk_next(rig->article, node);
    return node;
}

// The shapes of the first drawing, one a line.
static const char *shapes_of(struct rig *rig)
{
    const struct brv_node *node = find_drawing(rig);
    if (!node || !node->drawing)
        fail_msg("no drawing; %s", rig_diagnostics(rig));
    struct brv_buf *out = brv_buf_new_in(rig->arena);
    size_t count = 0;
    for (const struct brv_shape *shape = node->drawing->first; shape; shape = shape->next) {
        brv_buf_add_cstr(out, count++ ? "\n" : "");
        print_shape(shape, out);
    }
    assert_int_equal(count, node->drawing->shape_count);
    brv_buf_add_byte(out, '\0');
    return out->ptr;
}

// Records a drawing of 100 by 50 points with these calls on g.
static void record(struct rig *rig, const char *calls)
{
    rig_start(rig);
    brv_str body = brv_arena_printf(rig->arena,
                                    "return e.section { e.drawing { width = 100, height = 50, "
                                    "alt = \"A shape\",\ndraw = function(g)\n%s\nend } }%c",
                                    calls,
                                    '\0');
    rig_probe(rig, body.ptr);
}

// ---- what is recorded

struct shape_case {
    const char *calls;
    const char *shapes;
};

static const struct shape_case shape_cases[] = {
    { "", "" },
    { "g:rect(1, 2, 10, 20)", "path M1,2 L11,2 L11,22 L1,22 Z fill 000000ff" },
    { "g:rect(0, 0, 4, 4, { fill = \"#f00\", stroke = \"#00ff0080\", width = 2 })",
      "path M0,0 L4,0 L4,4 L0,4 Z fill ff0000ff stroke 00ff0080 width 2 cap 0 join 0" },
    { "g:rect(0, 0, 4, 4, { fill = \"transparent\" })", "" },
    { "g:rect(0, 0, 4, 4, { stroke = \"navy\", width = 0 })", "" },
    { "g:line(0, 0, 5, 5)", "path M0,0 L5,5 stroke 000000ff width 1 cap 0 join 0" },
    { "g:line(0, 0, 5, 5, { cap = \"round\", join = \"bevel\", dash = { 3 } })",
      "path M0,0 L5,5 stroke 000000ff width 1 cap 1 join 2 dash 3 3" },
    { "g:polyline({ 0, 0, 1, 0, 1, 1 }, { width = 0.5 })",
      "path M0,0 L1,0 L1,1 stroke 000000ff width 0.5 cap 0 join 0" },
    { "g:polygon({ 0, 0, 1, 0, 1, 1 }, { rule = \"evenodd\" })",
      "path M0,0 L1,0 L1,1 Z evenodd fill 000000ff" },
    { "g:circle(5, 5, 5, { opacity = 0.5 })",
      "path M5,0 C7.761,0 10,2.239 10,5 C10,7.761 7.761,10 5,10 C2.239,10 0,7.761 0,5 "
      "C0,2.239 2.239,0 5,0 Z fill 00000080" },
    { "g:ellipse(5, 5, 5, 0)",
      "path M5,5 C7.761,5 10,5 10,5 C10,5 7.761,5 5,5 C2.239,5 0,5 0,5 C0,5 2.239,5 5,5 Z "
      "fill 000000ff" },
    { "g:arc(0, 0, 10, 0, 90)",
      "path M0,-10 C5.523,-10 10,-5.523 10,0 stroke 000000ff width 1 cap 0 join 0" },
    { "g:sector(0, 0, 10, 0, 0, 90)",
      "path M0,-10 C5.523,-10 10,-5.523 10,0 L0,0 Z fill 000000ff" },
    { "g:sector(0, 0, 10, 5, 0, 90)",
      "path M0,-10 C5.523,-10 10,-5.523 10,0 L5,0 C5,-2.761 2.761,-5 0,-5 Z fill 000000ff" },
    { "g:rounded(0, 0, 10, 10, 0)", "path M0,0 L10,0 L10,10 L0,10 Z fill 000000ff" },
    { "g:path({ \"M\", 0, 0, \"L\", 3, 0, \"C\", 1, 2, 3, 4, 5, 6, \"Z\" })",
      "path M0,0 L3,0 C1,2 3,4 5,6 Z fill 000000ff" },
    { "g:path({ \"M\", 0, 0, \"Q\", 3, 3, 6, 0 }, { stroke = \"teal\" })",
      "path M0,0 C2,2 4,2 6,0 stroke 008080ff width 1 cap 0 join 0" },
    { "g:rect(0, 0, 9, 9, { fill = { linear = { 0, 0, 9, 0 }, stops = { { 0, \"white\" }, "
      "{ 1, \"black\" } } } })",
      "path M0,0 L9,0 L9,9 L0,9 Z fill linear 0,0-9,0 0:ffffffff 1:000000ff" },
    { "g:rect(0, 0, 9, 9, { fill = { radial = { 4, 4, 3 }, stops = { { 0, \"#fff8\" }, "
      "{ 1, \"black\" } } }, opacity = 0.5 })",
      "path M0,0 L9,0 L9,9 L0,9 Z fill radial 4,4 r 3 0:ffffff44 1:00000080" },
    { "g:text(3, 4, \"Label\", { size = 8, anchor = \"end\", weight = 700, fill = \"gray\" })",
      "text \"Label\" at 1 0 0 1 3 4 size 8 anchor 2 weight 700 italic 0 808080ff" },
    { "g:text(0, 0, \"a\\nb\", { size = 8, italic = true })",
      "text \"a\" at 1 0 0 1 0 0 size 8 anchor 0 weight 400 italic 1 000000ff\n"
      "text \"b\" at 1 0 0 1 0 10 size 8 anchor 0 weight 400 italic 1 000000ff" },
    { "g:text(3, 4, \"up\", { rotate = -90 })",
      "text \"up\" at 0 -1 1 0 3 4 size 9 anchor 0 weight 400 italic 0 000000ff" },
    { "g:text(0, 0, \"x\\0y\")",
      "text \"x\xEF\xBF\xBDy\" at 1 0 0 1 0 0 size 9 anchor 0 weight 400 italic 0 000000ff" },
    { "g:group({ translate = { 10, 20 }, scale = 2 }, function(h)\n"
      "h:rect(1, 1, 2, 2, { stroke = \"black\", dash = { 1, 2 } }) end)\ng:line(0, 0, 1, 1)",
      "path M12,22 L16,22 L16,26 L12,26 Z stroke 000000ff width 2 cap 0 join 0 dash 2 4\n"
      "path M0,0 L1,1 stroke 000000ff width 1 cap 0 join 0" },
    { "g:group({ rotate = { 90, 5, 5 } }, function(g) g:line(5, 0, 5, 5) end)",
      "path M10,5 L5,5 stroke 000000ff width 1 cap 0 join 0" },
    { "g:group({ clip = { 0, 0, 10, 10 } }, function(g)\n"
      "g:group({ clip = { 5, 5, 10, 10 } }, function(g) g:line(0, 0, 1, 1) end) end)",
      "path M0,0 L1,1 stroke 000000ff width 1 cap 0 join 0 clip M5,5 L10,5 L10,10 L5,10 Z" },
    { "g:group({ clip = { \"M\", 0, 0, \"L\", 9, 0, \"L\", 9, 9, \"Z\" } }, function(g)\n"
      "g:group({ clip = { 5, 5, 10, 10 } }, function(g) g:line(0, 0, 1, 1) end) end)",
      "path M0,0 L1,1 stroke 000000ff width 1 cap 0 join 0 clip M5,5 L15,5 L15,15 L5,15 Z in "
      "M0,0 L9,0 L9,9 Z" },
    { "local ok = pcall(g.group, g, { scale = 3 }, function(h) h:line(0, 0, 1, 1) error(\"x\") "
      "end)\n"
      "assert(not ok) g:line(0, 0, 1, 1)",
      "path M0,0 L3,3 stroke 000000ff width 3 cap 0 join 0\n"
      "path M0,0 L1,1 stroke 000000ff width 1 cap 0 join 0" },
};

static void test_drawing__records_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(shape_cases); i++) {
        struct rig rig;
        record(&rig, shape_cases[i].calls);
        const char *shapes = shapes_of(&rig);
        if (strcmp(shapes, shape_cases[i].shapes) != 0)
            fail_msg("%s\ngave %s\nwant %s", shape_cases[i].calls, shapes, shape_cases[i].shapes);
        rig_end(&rig);
    }
}

// ---- the element

static void test_drawing__is_an_element_like_others(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_probe(&rig,
              "local d = e.drawing { width = 120, height = 40, class = \"chart\", id = \"c\",\n"
              "alt = \"Bars\", text = \"a ##\\nb #\", draw = function(g) g:line(0, 0, 9, 9) end }\n"
              "assert(d.tag == \"drawing\" and d.class == \"chart\" and d.width == nil)\n"
              "for key in pairs(d) do assert(type(key) == \"string\", key) end\n"
              "return e.figure { d, e.figcaption \"As drawn\" }");
    const struct brv_node *node = find_drawing(&rig);
    if (!node)
        fail_msg("%s", rig_diagnostics(&rig));
    assert_int_equal(rig.failures, 0);
    assert_true(brv_str_is(brv_node_attr(node, BRV_ATTR_ALT), "Bars"));
    assert_true(brv_str_is(node->id, "c"));
    assert_true(node->drawing->width_pt == 120 && node->drawing->height_pt == 40);
    assert_true(brv_str_is(node->drawing->text, "a ##\nb #"));
    // A copy of the element shows the same.
    assert_ptr_equal(brv_node_copy(rig.arena, node)->drawing, node->drawing);
    rig_end(&rig);
}

// ---- what is refused

struct fault_case {
    const char *body;
    const char *message;
};

#define DRAW(calls)                                                                                \
    "return e.drawing { width = 9, height = 9, alt = \"\", draw = function(g) " calls " end }"

static const struct fault_case fault_cases[] = {
    { "return e.drawing { }", "\"width\" is a nil, expected a number" },
    { "return e.drawing { width = 0, height = 9 }", "\"width\" is 0.0, expected 1 to 14400" },
    { "return e.drawing { width = 9, height = 0/0 }", "expected a number up to a million" },
    { "return e.drawing { width = 9, height = 9 }", "has no \"alt\"" },
    { "return e.drawing { width = 9, height = 9, alt = \"\" }", "\"draw\" is a nil" },
    { "return e.drawing { width = 9, height = 9, alt = \"\", text = 4, draw = print }", "print" },
    { "return e.drawing { width = 9, height = 9, alt = \"\", text = {}, draw = error }",
      "\"text\" is a table, expected a text" },
    { "return e.drawing { width = 9, height = 9, alt = \"\", draw = type, \"x\" }",
      "a drawing has no children" },
    { "return e.drawing { width = 9, height = 9, alt = \"\", draw = type, colour = \"x\" }",
      "has no attribute \"colour\"" },
    { "return { tag = \"drawing\", alt = \"x\" }", "a drawing was not drawn" },
    { DRAW("g:rekt(1, 2, 3, 4)"), "no method \"rekt\" (did you mean \"rect\"?)" },
    { DRAW("g.line(1, 2, 3, 4)"), "write g:line(…), not g.line(…)" },
    { DRAW("g.x = 1"), "read-only" },
    { DRAW("g:rect(1, 2, \"3\", 4)"), "\"width\" is a string, expected a number" },
    { DRAW("g:rect(1, 2, -3, 4)"), "\"width\" is -3.0, expected 0 or more" },
    { DRAW("g:rect(1, 2, 1e7, 4)"), "expected a number up to a million" },
    { DRAW("g:rect(1, 2, 3, 4, { fil = \"red\" })"), "(did you mean \"fill\"?)" },
    { DRAW("g:rect(1, 2, 3, 4, { size = 3 })"), "a shape has no style \"size\"" },
    { DRAW("g:text(1, 2, \"x\", { dash = { 1 } })"), "a text has no style \"dash\"" },
    { DRAW("g:rect(1, 2, 3, 4, { fill = \"#12\" })"), "expected a colour like" },
    { DRAW("g:rect(1, 2, 3, 4, { fill = \"navi\" })"), "(did you mean \"navy\"?)" },
    { DRAW("g:rect(1, 2, 3, 4, { fill = {} })"), "has no \"stops\"" },
    { DRAW("g:rect(1, 2, 3, 4, { fill = { stops = { { 0, \"red\" }, { 1, \"red\" } } } })"),
      "has neither \"linear\" nor \"radial\"" },
    { DRAW("g:rect(1, 2, 3, 4, { fill = { stops = { { 1, \"red\" }, { 0, \"red\" } } } })"),
      "out of order" },
    { DRAW("g:line(1, 2, 3, 4, { stroke = { linear = { 0, 0, 1, 1 }, stops = { { 0, \"red\" }, "
           "{ 1, \"red\" } } } })"),
      "\"stroke\" is a gradient" },
    { DRAW("g:line(1, 2, 3, 4, { cap = \"rund\" })"), "(did you mean \"round\"?)" },
    { DRAW("g:line(1, 2, 3, 4, { dash = { -1 } })"), "\"dash\" has a length of -1" },
    { DRAW("g:line(1, 2, 3, 4, { opacity = 2 })"), "\"opacity\" is 2" },
    { DRAW("g:polygon({ 1, 2, 3 })"), "3 numbers are no list of points" },
    { DRAW("g:path({ \"L\", 1, 2 })"), "a path begins with \"L\", expected \"M\"" },
    { DRAW("g:path({ \"M\", 1 })"), "\"M\" at item 1 of a path needs 2 numbers: x, y" },
    { DRAW("g:path({ \"M\", 1, 2, 3 })"), "item 4 of a path is no command" },
    { DRAW("g:path({ \"M\", 1, 2, \"Z\", \"L\", 1, 1 })"), "follows \"Z\", expected \"M\"" },
    { DRAW("g:group({ skew = 1 }, function() end)"), "a group has no \"skew\"" },
    { DRAW("g:group({ scale = 0 }, function() end)"), "\"scale\" is out of range" },
    { DRAW("local c = { \"M\", 0, 0, \"L\", 9, 9, \"Z\" } g:group({ clip = c }, function(g) "
           "g:group({ clip = c }, function(g) g:group({ clip = c }, function(g) end) end) end)"),
      "nested more than two deep" },
    { "local kept\nlocal d = e.drawing { width = 9, height = 9, alt = \"\", draw = function(g) "
      "kept = g end }\nkept:line(0, 0, 1, 1)",
      "a canvas was used after its draw had returned" },
    { DRAW("while true do g:line(0, 0, 1, 1) end"), "needed more than 32768 KiB of memory" },
    { DRAW("local t = {} for i = 1, 40000 do t[i] = i end while true do g:polyline(t) end"),
      "needed more than 32768 KiB" },
    { DRAW("local f function f(g) g:group({}, f) end f(g)"), "" },
};

static void test_drawing__faults_are_located(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(fault_cases); i++) {
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_cpu_ms = 20000;
        rig_probe(&rig, fault_cases[i].body);
        const char *told = rig_diagnostics(&rig);
        if (rig.failures != 1 || !strstr(told, fault_cases[i].message) ||
            !strstr(told, "probe.lua:"))
            fail_msg("%s\nwant %s\ngot %s", fault_cases[i].body, fault_cases[i].message, told);
        assert_non_null(strstr(rig_plain(&rig), "Three."));
        rig_end(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawing__records_shapes),
        cmocka_unit_test(test_drawing__is_an_element_like_others),
        cmocka_unit_test(test_drawing__faults_are_located),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
