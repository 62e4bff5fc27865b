// Brevier — drawings as DrawingML shapes.
//
// A drawing is a locked canvas: a group of vector shapes that the first edition of the standard
// has, so that no Word needs a fallback. Each shape has the box of its own path, whose points are
// counted from its corner; a text has a box around its line, turned about its middle as the text
// is about its anchor. Where the box of a text is in doubt, because fonts differ, it is wider than
// it needs to be, as far as the canvas goes: only its anchor counts. Below all lies a rectangle as
// large as the canvas, since some programs fit what they find into it instead of what it measures.
//
// A clip has no counterpart. A shape that lies outside of one is left out; others stand whole.
// SPDX-License-Identifier: MIT
#include "output/docx_picture.h"
#include "output/docx_widths.h"
#include "output/docx_xml.h"

#include <math.h>

#define CANVAS "http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas"
#define DEGREE 60000 // of an angle in DrawingML
#define TURN (360L * DEGREE)

struct box {
    float left, top, right, bottom;
};

static long long emu(float pt)
{
    return llroundf(pt * DOCX_EMU_PER_PT);
}

// ---- boxes

// Control points count: a curve never leaves them.
static struct box box_of(const struct brv_path *path)
{
    struct box box = { 0 };
    bool is_first = true;
    for (size_t i = 0; i < path->count; i++) {
        for (size_t k = 0; k < brv_segment_point_count(path->segments[i].kind); k++) {
            struct brv_point point = path->segments[i].points[k];
            box.left = is_first ? point.x : fminf(box.left, point.x);
            box.right = is_first ? point.x : fmaxf(box.right, point.x);
            box.top = is_first ? point.y : fminf(box.top, point.y);
            box.bottom = is_first ? point.y : fmaxf(box.bottom, point.y);
            is_first = false;
        }
    }
    return box;
}

static bool is_outside(const struct box *box, const struct brv_path *clip)
{
    if (!clip) {
        return false;
    }
    struct box around = box_of(clip);
    return box->right < around.left || box->left > around.right || box->bottom < around.top ||
           box->top > around.bottom;
}

// ---- paint

static void write_rgba(struct brv_buf *out, uint32_t rgba)
{
    brv_buf_add_cstr(out, "<a:srgbClr");
    brv_xml_attr_rgb(out, "val", rgba >> 8);
    unsigned alpha = rgba & 0xFF;
    if (alpha == 0xFF) {
        brv_buf_add_cstr(out, "/>");
    } else {
        brv_buf_printf(out, "><a:alpha val=\"%u\"/></a:srgbClr>", (alpha * 100000u + 127u) / 255u);
    }
}

static void write_solid(struct brv_buf *out, uint32_t rgba)
{
    brv_buf_add_cstr(out, "<a:solidFill>");
    write_rgba(out, rgba);
    brv_buf_add_cstr(out, "</a:solidFill>");
}

static void write_gradient(struct brv_buf *out, const struct brv_paint *paint)
{
    bool is_radial = paint->kind == BRV_PAINT_RADIAL;
    brv_buf_add_cstr(out, "<a:gradFill rotWithShape=\"1\"><a:gsLst>");
    for (size_t i = 0; i < paint->stop_count; i++) {
        float offset = fminf(fmaxf(paint->stops[i].offset, 0), 1);
        brv_buf_printf(out, "<a:gs pos=\"%ld\">", lroundf(offset * 100000));
        write_rgba(out, paint->stops[i].rgba);
        brv_buf_add_cstr(out, "</a:gs>");
    }
    brv_buf_add_cstr(out, "</a:gsLst>");
    if (is_radial) {
        brv_buf_add_cstr(out,
                         "<a:path path=\"circle\"><a:fillToRect l=\"50000\" t=\"50000\" "
                         "r=\"50000\" b=\"50000\"/></a:path>");
    } else {
        float x = paint->to.x - paint->from.x;
        float y = paint->to.y - paint->from.y;
        float degrees = atan2f(y, x) * 57.29578f;
        long angle = lroundf((degrees < 0 ? degrees + 360 : degrees) * DEGREE) % TURN;
        brv_buf_printf(out, "<a:lin ang=\"%ld\" scaled=\"0\"/>", angle);
    }
    brv_buf_add_cstr(out, "</a:gradFill>");
}

static void write_paint(struct brv_buf *out, const struct brv_paint *paint)
{
    switch (paint->kind) {
    case BRV_PAINT_NONE:
        brv_buf_add_cstr(out, "<a:noFill/>");
        return;
    case BRV_PAINT_SOLID:
        write_solid(out, paint->rgba);
        return;
    case BRV_PAINT_LINEAR:
    case BRV_PAINT_RADIAL:
        if (paint->stop_count >= 2) {
            write_gradient(out, paint);
        } else {
            brv_buf_add_cstr(out, "<a:noFill/>");
        }
        return;
    }
}

static void write_dashes(struct brv_buf *out, const struct brv_stroke *stroke)
{
    if (stroke->dash_count < 2 || stroke->width <= 0) {
        return;
    }
    brv_buf_add_cstr(out, "<a:custDash>"); // in thousandths of a per cent of the line's width
    for (size_t i = 0; i + 1 < stroke->dash_count; i += 2) {
        brv_buf_printf(out,
                       "<a:ds d=\"%ld\" sp=\"%ld\"/>",
                       lroundf(fminf(stroke->dashes[i] / stroke->width, 1000) * 100000),
                       lroundf(fminf(stroke->dashes[i + 1] / stroke->width, 1000) * 100000));
    }
    brv_buf_add_cstr(out, "</a:custDash>");
}

static void write_stroke(struct brv_buf *out, const struct brv_stroke *stroke, float scale)
{
    static const char *const caps[] = { "flat", "rnd", "sq" };
    if (stroke->paint.kind == BRV_PAINT_NONE || stroke->width <= 0) {
        brv_buf_add_cstr(out, "<a:ln><a:noFill/></a:ln>");
        return;
    }
    long long width = emu(stroke->width * scale);
    brv_buf_printf(out,
                   "<a:ln w=\"%lld\" cap=\"%s\">",
                   width > 20116800 ? 20116800 : width, // the most a line may have
                   caps[stroke->cap]);
    write_paint(out, &stroke->paint);
    write_dashes(out, stroke);
    switch (stroke->join) {
    case BRV_JOIN_ROUND:
        brv_buf_add_cstr(out, "<a:round/>");
        break;
    case BRV_JOIN_BEVEL:
        brv_buf_add_cstr(out, "<a:bevel/>");
        break;
    case BRV_JOIN_MITER:
        brv_buf_printf(
            out, "<a:miter lim=\"%ld\"/>", lroundf(fminf(stroke->miter_limit, 1000) * 100000));
        break;
    }
    brv_buf_add_cstr(out, "</a:ln>");
}

// ---- shapes

// A shape's box, turned clockwise about its middle.
static void open_shape(struct brv_buf *out, int id, long turned, float left, float top,
                       long long width, long long height)
{
    brv_buf_printf(out,
                   "<a:sp><a:nvSpPr><a:cNvPr id=\"%d\" name=\"\"/><a:cNvSpPr/></a:nvSpPr><a:spPr>"
                   "<a:xfrm",
                   id);
    if (turned != 0) {
        brv_xml_attr_int(out, "rot", turned);
    }
    brv_buf_printf(out,
                   "><a:off x=\"%lld\" y=\"%lld\"/><a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm>",
                   emu(left),
                   emu(top),
                   width,
                   height);
}

static void write_points(struct brv_buf *out, const struct brv_segment *segment,
                         const struct box *box, float scale)
{
    for (size_t i = 0; i < brv_segment_point_count(segment->kind); i++) {
        brv_buf_printf(out,
                       "<a:pt x=\"%lld\" y=\"%lld\"/>",
                       emu((segment->points[i].x - box->left) * scale),
                       emu((segment->points[i].y - box->top) * scale));
    }
}

static void write_segments(struct brv_buf *out, const struct brv_path *path, const struct box *box,
                           float scale)
{
    static const char *const names[] = { "moveTo", "lnTo", "cubicBezTo" };
    for (size_t i = 0; i < path->count; i++) {
        const struct brv_segment *segment = &path->segments[i];
        if (segment->kind == BRV_SEGMENT_CLOSE) {
            brv_buf_add_cstr(out, "<a:close/>");
        } else {
            brv_buf_printf(out, "<a:%s>", names[segment->kind]);
            write_points(out, segment, box, scale);
            brv_buf_printf(out, "</a:%s>", names[segment->kind]);
        }
    }
}

static void write_path(struct brv_buf *out, const struct brv_shape *shape, int id, float scale)
{
    const struct brv_path *path = &shape->path.path;
    struct box box = box_of(path);
    if (path->count == 0 || is_outside(&box, shape->clip) || is_outside(&box, shape->outer_clip)) {
        return;
    }
    long long width = emu((box.right - box.left) * scale);
    long long height = emu((box.bottom - box.top) * scale);
    width = width > 0 ? width : 1; // an upright line has a box, too
    height = height > 0 ? height : 1;
    open_shape(out, id, 0, box.left * scale, box.top * scale, width, height);
    brv_buf_printf(out,
                   "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
                   "<a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst>"
                   "<a:path w=\"%lld\" h=\"%lld\">",
                   width,
                   height);
    write_segments(out, path, &box, scale);
    brv_buf_add_cstr(out, "</a:path></a:pathLst></a:custGeom>");
    write_paint(out, &shape->path.fill);
    write_stroke(out, &shape->path.stroke, scale);
    brv_buf_add_cstr(out, "</a:spPr></a:sp>");
}

static void write_canvas(struct brv_buf *out, long long width, long long height)
{
    open_shape(out, 1, 0, 0, 0, width, height);
    brv_buf_add_cstr(out,
                     "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/>"
                     "</a:ln></a:spPr></a:sp>");
}

// The width of the box of a text that is `natural` wide and anchored at `x` of the canvas.
static float box_width(const struct brv_shape_text *text, float natural, float x, float canvas)
{
    float room = text->anchor == BRV_ANCHOR_START ? canvas - x
                 : text->anchor == BRV_ANCHOR_END ? x
                                                  : 2 * fminf(x, canvas - x);
    const float least = 1.1f;
    const float most = 2;
    return fmaxf(least * natural, fminf(most * natural, room));
}

static void write_text(const struct docx *docx, struct brv_buf *out,
                       const struct docx_picture *picture, const struct brv_shape_text *text,
                       int id, float scale)
{
    // The middle of a line stands so far above its baseline, in faces of the usual proportions.
    const float rise = 0.365f;
    const float room = 1.5f; // of a line, in sizes
    static const char *const aligns[] = { "l", "ctr", "r" };
    const float *m = text->matrix;
    float grown = hypotf(m[0], m[1]) * scale;
    float size = text->size * grown;
    if (size <= 0 || text->text.len == 0) {
        return;
    }
    float natural = (brv_docx_text_width_em(text->text) + 0.5f) * size;
    float width = box_width(text, natural, m[4] * scale, picture->width_pt);
    float aside = text->anchor == BRV_ANCHOR_START ? width / 2
                  : text->anchor == BRV_ANCHOR_END ? -width / 2
                                                   : 0;
    float angle = atan2f(m[1], m[0]);
    float x = m[4] * scale + cosf(angle) * aside + sinf(angle) * rise * size;
    float y = m[5] * scale + sinf(angle) * aside - cosf(angle) * rise * size;
    float degrees = angle * 57.29578f;
    long turned = lroundf((degrees < 0 ? degrees + 360 : degrees) * DEGREE) % TURN;
    float height = room * size;
    open_shape(out, id, turned, x - width / 2, y - height / 2, emu(width), emu(height));
    long hundredths = lroundf(size * 100);
    brv_buf_printf(out,
                   "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/>"
                   "</a:ln></a:spPr><a:txSp><a:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" "
                   "tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"/><a:lstStyle/><a:p>"
                   "<a:pPr algn=\"%s\"/><a:r><a:rPr sz=\"%ld\" b=\"%d\" i=\"%d\">",
                   aligns[text->anchor],
                   hundredths < 100      ? 100
                   : hundredths > 400000 ? 400000
                                         : hundredths,
                   text->weight >= 600,
                   text->is_italic);
    write_solid(out, text->rgba);
    const struct docx_font *font =
        &docx->fonts[brv_docx_font(docx, picture->source->style->font_family)];
    brv_buf_add_cstr(out, "<a:latin");
    brv_xml_attr(out, "typeface", font->name);
    brv_buf_add_cstr(out, "/><a:ea");
    brv_xml_attr(out, "typeface", font->east_asian);
    brv_buf_add_cstr(out, "/><a:cs");
    brv_xml_attr(out, "typeface", font->complex);
    brv_buf_add_cstr(out, "/></a:rPr><a:t>");
    brv_xml_text(out, text->text);
    brv_buf_add_cstr(out, "</a:t></a:r></a:p></a:txBody><a:useSpRect/></a:txSp></a:sp>");
}

void brv_docx_write_drawing(const struct docx *docx, struct brv_buf *out,
                            const struct docx_picture *picture)
{
    const struct brv_drawing *drawing = picture->drawing;
    float scale = drawing->width_pt > 0 ? picture->width_pt / drawing->width_pt : 1;
    long long width = emu(picture->width_pt);
    long long height = emu(picture->height_pt);
    brv_buf_printf(out,
                   "<a:graphicData uri=\"" CANVAS "\"><lc:lockedCanvas xmlns:lc=\"" CANVAS "\">"
                   "<a:nvGrpSpPr><a:cNvPr id=\"0\" name=\"\"/><a:cNvGrpSpPr/></a:nvGrpSpPr>"
                   "<a:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/>"
                   "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"%lld\" cy=\"%lld\"/></a:xfrm>"
                   "</a:grpSpPr>",
                   width,
                   height,
                   width,
                   height);
    write_canvas(out, width, height);
    int id = 2;
    for (const struct brv_shape *shape = drawing->first; shape; shape = shape->next, id++) {
        switch (shape->kind) {
        case BRV_SHAPE_PATH:
            write_path(out, shape, id, scale);
            break;
        case BRV_SHAPE_TEXT:
            write_text(docx, out, picture, &shape->text, id, scale);
            break;
        }
    }
    brv_buf_add_cstr(out, "</lc:lockedCanvas></a:graphicData>");
}
