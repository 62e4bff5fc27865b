// Brevier — paths of drawings in a PDF.
// SPDX-License-Identifier: MIT
//
// Each path stands between q and Q, so nothing that it sets outlives it, and what the page
// remembers of its graphics state stays true.
#include "output/pdf_path.h"

#include "output/pdf_write.h"

#include <math.h>

// ---- geometry

double brv_pdf_path_coordinate(float origin_pt, float value, float scale)
{
    const double most = 32000; // beyond any page; readers need not take more
    double at = (double)origin_pt + (double)value * (double)scale;
    return at > most     ? most
           : at > -most  ? at
           : at <= -most ? -most
                         : 0; // at last what is no number
}

static void path_add(struct brv_pdf_content *content, const struct brv_path_item *item,
                     const struct brv_path *path)
{
    static const char *const operators[] = { " m\n", " l\n", " c\n", "h\n" };
    for (size_t i = 0; i < path->count; i++) {
        const struct brv_segment *segment = &path->segments[i];
        for (unsigned k = 0; k < brv_segment_point_count(segment->kind); k++) {
            struct brv_point point = segment->points[k];
            double x = brv_pdf_path_coordinate(item->x_pt, point.x, item->scale);
            double y = brv_pdf_path_coordinate(item->y_pt, point.y, item->scale);
            brv_pdf_add_pt(content->out, x);
            brv_pdf_add_pt(content->out, content->height - y);
        }
        brv_buf_add_cstr(content->out, operators[segment->kind]);
    }
}

static void clip_add(struct brv_pdf_content *content, const struct brv_path_item *item,
                     const struct brv_path *clip)
{
    if (!clip)
        return;
    path_add(content, item, clip);
    if (clip->count == 0) // nothing is within
        brv_buf_add_cstr(content->out, "0 0 0 0 re\n");
    brv_buf_add_cstr(content->out, clip->is_even_odd ? "W* n\n" : "W n\n");
}

// What a path takes of the page, with `half` a stroke around it.
static bool path_extent(const struct brv_path_item *item, const struct brv_path *path, double half,
                        double box[4])
{
    bool is_empty = true;
    for (size_t i = 0; i < path->count; i++) {
        const struct brv_segment *segment = &path->segments[i];
        for (unsigned k = 0; k < brv_segment_point_count(segment->kind); k++) {
            struct brv_point point = segment->points[k];
            double x = brv_pdf_path_coordinate(item->x_pt, point.x, item->scale);
            double y = brv_pdf_path_coordinate(item->y_pt, point.y, item->scale);
            box[0] = is_empty ? x - half : fmin(box[0], x - half);
            box[1] = is_empty ? y - half : fmin(box[1], y - half);
            box[2] = is_empty ? x + half : fmax(box[2], x + half);
            box[3] = is_empty ? y + half : fmax(box[3], y + half);
            is_empty = false;
        }
    }
    return !is_empty;
}

bool brv_pdf_path_box(const struct brv_path_item *item, double box[4])
{
    const struct brv_shape *shape = item->shape;
    const struct brv_stroke *stroke = &shape->path.stroke;
    double half =
        stroke->paint.kind == BRV_PAINT_NONE ? 0 : (double)(stroke->width * item->scale) / 2;
    bool is_seen = path_extent(item, &shape->path.path, half, box);
    const struct brv_path *clips[] = { shape->clip, shape->outer_clip };
    for (size_t i = 0; i < BRV_COUNT(clips) && is_seen; i++) {
        double clip[4];
        if (clips[i] && path_extent(item, clips[i], 0, clip)) {
            box[0] = fmax(box[0], clip[0]);
            box[1] = fmax(box[1], clip[1]);
            box[2] = fmin(box[2], clip[2]);
            box[3] = fmin(box[3], clip[3]);
            is_seen = box[0] <= box[2] && box[1] <= box[3];
        }
    }
    return is_seen;
}

// ---- paint

static struct brv_color color_of(uint32_t rgba)
{
    return (struct brv_color){
        (uint8_t)(rgba >> 24), (uint8_t)(rgba >> 16), (uint8_t)(rgba >> 8), (uint8_t)rgba
    };
}

static void color_set(struct brv_pdf_content *content, uint32_t rgba, const char *operator)
{
    struct brv_color color = color_of(rgba);
    if (color.alpha != content->alpha) {
        content->pdf->has_alpha[color.alpha] = true;
        brv_buf_printf(content->out, "/A%d gs\n", color.alpha);
    }
    brv_pdf_add_color(content->out, color);
    brv_buf_add_cstr(content->out, operator);
}

static bool is_drawn(const struct brv_paint *paint)
{
    return paint->kind == BRV_PAINT_SOLID ? (paint->rgba & 0xFF) > 0
                                          : paint->kind != BRV_PAINT_NONE && paint->stop_count > 0;
}

static void stroke_set(struct brv_pdf_content *content, const struct brv_stroke *stroke,
                       float scale)
{
    struct brv_buf *out = content->out;
    brv_buf_add_byte(out, ' ');
    brv_buf_add_number(out, brv_pdf_path_coordinate(0, stroke->width, scale), 3);
    brv_buf_printf(out, " w %d J %d j\n", (int)stroke->cap, (int)stroke->join);
    if (stroke->join == BRV_JOIN_MITER && stroke->miter_limit >= 1) {
        brv_buf_add_number(out, brv_pdf_path_coordinate(0, stroke->miter_limit, 1), 3);
        brv_buf_add_cstr(out, " M\n");
    }
    const double least = 0.05; // what is written as 0 would be no pattern
    double total = 0;
    for (size_t i = 0; i < stroke->dash_count; i++)
        total += brv_pdf_path_coordinate(0, stroke->dashes[i], scale);
    if (!(total > least))
        return;
    brv_buf_add_byte(out, '[');
    for (size_t i = 0; i < stroke->dash_count; i++)
        brv_pdf_add_pt(out, brv_pdf_path_coordinate(0, stroke->dashes[i], scale));
    brv_buf_add_byte(out, ']');
    brv_pdf_add_pt(out, brv_pdf_path_coordinate(0, stroke->dash_offset, scale));
    brv_buf_add_cstr(out, " d\n");
}

static void fill_draw(struct brv_pdf_content *content, const struct brv_path_item *item)
{
    const struct brv_path *path = &item->shape->path.path;
    const struct brv_paint *fill = &item->shape->path.fill;
    if (fill->kind == BRV_PAINT_SOLID) {
        color_set(content, fill->rgba, " rg\n");
        path_add(content, item, path);
        brv_buf_add_cstr(content->out, path->is_even_odd ? "f*\n" : "f\n");
        return;
    }
    brv_buf_add_cstr(content->out, "q\n");
    clip_add(content, item, path);
    brv_pdf_gradient_draw(content, item, fill);
    brv_buf_add_cstr(content->out, "Q\n");
}

void brv_pdf_path_draw(struct brv_pdf_content *content, const struct brv_path_item *item)
{
    const struct brv_shape *shape = item->shape;
    const struct brv_stroke *stroke = &shape->path.stroke;
    bool has_fill = is_drawn(&shape->path.fill);
    bool has_stroke =
        stroke->paint.kind == BRV_PAINT_SOLID && is_drawn(&stroke->paint) && stroke->width > 0;
    if (shape->path.path.count == 0 || (!has_fill && !has_stroke))
        return;
    brv_pdf_content_end_text(content);
    brv_buf_add_cstr(content->out, "q\n");
    if (has_fill)
        fill_draw(content, item);
    if (has_stroke) {
        // The fill may have left another alpha than the page's, so it is set in any case.
        content->pdf->has_alpha[stroke->paint.rgba & 0xFF] = true;
        brv_buf_printf(content->out, "/A%d gs\n", (int)(stroke->paint.rgba & 0xFF));
        brv_pdf_add_color(content->out, color_of(stroke->paint.rgba));
        brv_buf_add_cstr(content->out, " RG\n");
        stroke_set(content, stroke, item->scale);
        path_add(content, item, &shape->path.path);
        brv_buf_add_cstr(content->out, "S\n");
    }
    brv_buf_add_cstr(content->out, "Q\n");
}

// ---- clips

static bool is_clipped(const struct brv_path_item *item)
{
    return item->shape && (item->shape->clip || item->shape->outer_clip);
}

static bool same_clip(const struct brv_path_item *a, const struct brv_path_item *b)
{
    return a->shape && b->shape && a->shape->clip == b->shape->clip &&
           a->shape->outer_clip == b->shape->outer_clip && fabsf(a->x_pt - b->x_pt) < 0.005F &&
           fabsf(a->y_pt - b->y_pt) < 0.005F;
}

// The shape whose clips hold for an item, and where its drawing is; no shape for all other items.
static struct brv_path_item clip_of(const struct brv_item *item)
{
    struct brv_path_item wanted = { 0 };
    if (item && item->kind == BRV_ITEM_PATH) {
        wanted = item->path;
    } else if (item && item->kind == BRV_ITEM_GLYPHS && item->glyphs.clipped) {
        wanted = *item->glyphs.clipped;
        wanted.x_pt += item->glyphs.x_pt;
        wanted.y_pt += item->glyphs.baseline_pt;
    }
    if (!is_clipped(&wanted))
        wanted.shape = NULL;
    return wanted;
}

void brv_pdf_clip_set(struct brv_pdf_content *content, const struct brv_item *item)
{
    struct brv_path_item wanted = clip_of(item);
    if ((!wanted.shape && !content->clipped.shape) || same_clip(&wanted, &content->clipped))
        return;
    brv_pdf_content_close(content);
    if (content->clipped.shape) { // and all that was set within goes with it
        brv_buf_add_cstr(content->out, "Q\n");
        *content = *content->unclipped;
    }
    if (!wanted.shape)
        return;
    if (!content->unclipped)
        content->unclipped = BRV_NEW(content->pdf->arena, struct brv_pdf_content);
    *content->unclipped = *content;
    content->clipped = wanted;
    brv_buf_add_cstr(content->out, "q\n");
    clip_add(content, &wanted, wanted.shape->outer_clip);
    clip_add(content, &wanted, wanted.shape->clip);
}
