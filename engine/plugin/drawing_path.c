// Brevier — paths of drawings: geometry, and the transforms applied to it.
// SPDX-License-Identifier: MIT
#include "base/arena.h"
#include "plugin/drawing.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

// ---- matrices

struct brv_matrix brv_matrix_identity(void)
{
    return (struct brv_matrix){ .a = 1, .d = 1 };
}

struct brv_matrix brv_matrix_multiply(struct brv_matrix outer, struct brv_matrix inner)
{
    return (struct brv_matrix){
        .a = outer.a * inner.a + outer.c * inner.b,
        .b = outer.b * inner.a + outer.d * inner.b,
        .c = outer.a * inner.c + outer.c * inner.d,
        .d = outer.b * inner.c + outer.d * inner.d,
        .e = outer.a * inner.e + outer.c * inner.f + outer.e,
        .f = outer.b * inner.e + outer.d * inner.f + outer.f,
    };
}

// Outputs write hundredths of points: a thousandth is finer, and the same on every machine, where
// the last bits of a sine may differ.
static float rounded(double value)
{
    return (float)(round(value * 1000) / 1000) + 0.0F; // and no zero is negative
}

struct brv_point brv_matrix_apply(const struct brv_matrix *matrix, double x, double y)
{
    return (struct brv_point){
        rounded(matrix->a * x + matrix->c * y + matrix->e),
        rounded(matrix->b * x + matrix->d * y + matrix->f),
    };
}

double brv_matrix_scale(const struct brv_matrix *matrix)
{
    return sqrt(fabs(matrix->a * matrix->d - matrix->b * matrix->c));
}

// ---- paths

static struct brv_segment *add_segment(struct brv_path_maker *path, enum brv_segment_kind kind)
{
    // A list that grows leaves its smaller selves in the arena, and has room to spare.
    brv_drawing_charge(path->L, 3 * sizeof *path->segments);
    struct brv_segment *segment =
        &BRV_PUSH(path->arena, path->segments, path->count, path->capacity);
    segment->kind = kind;
    return segment;
}

static void add_point(struct brv_path_maker *path, enum brv_segment_kind kind, double x, double y)
{
    add_segment(path, kind)->points[0] = brv_matrix_apply(path->matrix, x, y);
    path->x = x;
    path->y = y;
}

void brv_path_move(struct brv_path_maker *path, double x, double y)
{
    add_point(path, BRV_SEGMENT_MOVE, x, y);
}

void brv_path_line(struct brv_path_maker *path, double x, double y)
{
    add_point(path, BRV_SEGMENT_LINE, x, y);
}

void brv_path_curve(struct brv_path_maker *path, const double xy[6])
{
    struct brv_segment *segment = add_segment(path, BRV_SEGMENT_CURVE);
    for (size_t i = 0; i < 3; i++)
        segment->points[i] = brv_matrix_apply(path->matrix, xy[2 * i], xy[2 * i + 1]);
    path->x = xy[4];
    path->y = xy[5];
}

void brv_path_close(struct brv_path_maker *path)
{
    add_segment(path, BRV_SEGMENT_CLOSE);
}

// Each quarter, or less, is one curve: the error is below a four-thousandth of the radius.
void brv_path_arc(struct brv_path_maker *path, double x, double y, double rx, double ry,
                  double from, double to)
{
    if (to - from > 360)
        to = from + 360;
    if (from - to > 360)
        to = from - 360;
    int parts = (int)ceil(fabs(to - from) / 90);
    double step = parts > 0 ? (to - from) / parts * pi / 180 : 0;
    double reach = 4.0 / 3 * tan(step / 4);
    double angle = from * pi / 180; // clockwise from the top: (sin, -cos)
    double at[2] = { x + rx * sin(angle), y - ry * cos(angle) };
    if (path->count > 0)
        brv_path_line(path, at[0], at[1]);
    else
        brv_path_move(path, at[0], at[1]);
    for (int i = 0; i < parts; i++) {
        double next = angle + step;
        double end[2] = { x + rx * sin(next), y - ry * cos(next) };
        brv_path_curve(path,
                       (const double[6]){
                           at[0] + reach * rx * cos(angle),
                           at[1] + reach * ry * sin(angle),
                           end[0] - reach * rx * cos(next),
                           end[1] - reach * ry * sin(next),
                           end[0],
                           end[1],
                       });
        angle = next;
        at[0] = end[0];
        at[1] = end[1];
    }
}

void brv_path_rect(struct brv_path_maker *path, double x, double y, double width, double height,
                   double radius)
{
    double most = fmin(width, height) / 2;
    radius = fmin(radius, most);
    if (radius <= 0) {
        brv_path_move(path, x, y);
        brv_path_line(path, x + width, y);
        brv_path_line(path, x + width, y + height);
        brv_path_line(path, x, y + height);
        brv_path_close(path);
        return;
    }
    double right = x + width - radius;
    double bottom = y + height - radius;
    brv_path_arc(path, x + radius, y + radius, radius, radius, 270, 360);
    brv_path_arc(path, right, y + radius, radius, radius, 0, 90);
    brv_path_arc(path, right, bottom, radius, radius, 90, 180);
    brv_path_arc(path, x + radius, bottom, radius, radius, 180, 270);
    brv_path_close(path);
}
