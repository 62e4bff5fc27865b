// Brevier — the content of a PDF page: graphics state, boxes, lines, marked content.
// SPDX-License-Identifier: MIT
//
// Every mark on a page stands in exactly one marked-content sequence: of an element, by MCID, or
// of an artifact. Those of elements never nest, because readers lose the outer one when the inner
// ends:
//
//     /P<</MCID 0>>BDC BT … ET EMC
//     /Span<</MCID 1/ActualText<…>>>BDC BT … ET EMC          text that glyphs do not tell
//     /Artifact<</Type/Pagination/Subtype/Footer>>BDC … EMC
//     /Artifact<</Type/Layout>>BDC /Span<</ActualText()>>BDC … EMC EMC    no text: leaders
//
// Text objects stand inside a sequence, never across its ends.
#include "output/pdf_content.h"

#include "output/pdf_image.h"
#include "output/pdf_path.h"
#include "output/pdf_structure.h"
#include "output/pdf_tree.h"
#include "output/pdf_write.h"

#include <math.h>

// The distance of a Bézier curve's control points that makes a quarter of a circle of radius 1.
static const double quarter_circle = 0.5522847498;

// ---- marked content

static void content_add_artifact(struct brv_pdf_content *content, int artifact)
{
    struct brv_buf *out = content->out;
    switch (artifact) {
    case BRV_ARTIFACT_HEADER:
        brv_buf_add_cstr(out, "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]");
        break;
    case BRV_ARTIFACT_FOOTER:
        brv_buf_add_cstr(out, "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]");
        break;
    case BRV_ARTIFACT_BACKGROUND: // needs a box: the page
        brv_buf_add_cstr(out, "/Artifact<</Type/Background/BBox[0 0");
        brv_pdf_add_pt(out, (double)content->pdf->pages->pages[content->page].width_pt);
        brv_pdf_add_pt(out, content->height);
        brv_buf_add_byte(out, ']');
        break;
    default:
        brv_buf_add_cstr(out, "/Artifact<</Type/Layout");
        break;
    }
}

// "/P<</MCID 7" or "/Artifact<</Type/Layout", to be closed by the caller.
static void content_add_mark(struct brv_pdf_content *content, const struct brv_item *item,
                             const char *type)
{
    brv_pdf_content_close(content);
    content->is_in_marked = true;
    content->tag = item->tag;
    content->artifact = item->artifact;
    content->is_silent = false;
    content->is_reversed = false;
    if (!item->tag) {
        content_add_artifact(content, item->artifact);
        return;
    }
    struct brv_pdf_structure *structure = content->pdf->structure;
    size_t mcid = brv_pdf_structure_add_content(structure, item->tag, content->page);
    brv_buf_printf(content->out,
                   "/%s<</MCID %zu",
                   type ? type : brv_pdf_structure_type(structure, item->tag),
                   mcid);
}

void brv_pdf_content_open(struct brv_pdf_content *content, const struct brv_item *item)
{
    if (content->is_in_marked && content->tag == item->tag && !content->is_reversed &&
        (item->tag || content->artifact == item->artifact))
        return;
    content_add_mark(content, item, NULL);
    brv_buf_add_cstr(content->out, ">>BDC\n");
    content->is_silent = !item->tag && item->artifact == BRV_ARTIFACT_LEADER;
    if (content->is_silent)
        brv_buf_add_cstr(content->out, "/Span<</ActualText()>>BDC\n");
}

void brv_pdf_content_open_reversed(struct brv_pdf_content *content, const struct brv_item *item)
{
    if (!item->tag) {
        brv_pdf_content_open(content, item);
        return;
    }
    if (content->is_in_marked && content->tag == item->tag && content->is_reversed)
        return;
    content_add_mark(content, item, "ReversedChars");
    brv_buf_add_cstr(content->out, ">>BDC\n");
    content->is_reversed = true;
}

void brv_pdf_content_open_as(struct brv_pdf_content *content, const struct brv_item *item,
                             brv_str text)
{
    content_add_mark(content, item, "Span");
    brv_buf_add_cstr(content->out, "/ActualText");
    brv_pdf_add_text(content->out, text);
    brv_buf_add_cstr(content->out, ">>BDC\n");
}

void brv_pdf_content_close(struct brv_pdf_content *content)
{
    if (!content->is_in_marked)
        return;
    brv_pdf_content_end_text(content);
    brv_buf_add_cstr(content->out, content->is_silent ? "EMC\nEMC\n" : "EMC\n");
    content->is_in_marked = false;
}

void brv_pdf_content_begin_text(struct brv_pdf_content *content)
{
    if (!content->is_in_text)
        brv_buf_add_cstr(content->out, "BT\n");
    content->is_in_text = true;
}

void brv_pdf_content_end_text(struct brv_pdf_content *content)
{
    if (content->is_in_text)
        brv_buf_add_cstr(content->out, "ET\n");
    content->is_in_text = false;
}

// ---- graphics state

static bool color_is_same(struct brv_color a, struct brv_color b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

static bool is_same(float a, float b)
{
    return !(a < b) && !(a > b);
}

void brv_pdf_content_set_alpha(struct brv_pdf_content *content, uint8_t alpha)
{
    if (content->alpha == alpha)
        return;
    content->alpha = alpha;
    content->pdf->has_alpha[alpha] = true;
    brv_buf_printf(content->out, "/A%d gs\n", alpha);
}

void brv_pdf_content_set_fill(struct brv_pdf_content *content, struct brv_color color)
{
    brv_pdf_content_set_alpha(content, color.alpha);
    if (color_is_same(content->fill, color))
        return;
    content->fill = color;
    brv_pdf_add_color(content->out, color);
    brv_buf_add_cstr(content->out, " rg\n");
}

static void content_set_line_style(struct brv_pdf_content *content, enum brv_border_style style,
                                   float width)
{
    bool is_pattern = style == BRV_BORDER_DASHED || style == BRV_BORDER_DOTTED;
    if (!is_pattern)
        style = BRV_BORDER_SOLID;
    if (content->line_style == style && (!is_pattern || is_same(content->dash_width, width)))
        return;
    content->line_style = style;
    content->dash_width = width;
    struct brv_buf *out = content->out;
    if (style == BRV_BORDER_DASHED) {
        brv_buf_add_cstr(out, "0 J[");
        brv_pdf_add_pt(out, 3.0 * (double)width);
        brv_pdf_add_pt(out, 2.0 * (double)width);
        brv_buf_add_cstr(out, "]0 d\n");
    } else if (style == BRV_BORDER_DOTTED) { // dashes of no length with round ends
        brv_buf_add_cstr(out, "1 J[0");
        brv_pdf_add_pt(out, 2.0 * (double)width);
        brv_buf_add_cstr(out, "]0 d\n");
    } else {
        brv_buf_add_cstr(out, "0 J[]0 d\n");
    }
}

void brv_pdf_content_set_stroke(struct brv_pdf_content *content, struct brv_color color,
                                float width, enum brv_border_style style)
{
    brv_pdf_content_set_alpha(content, color.alpha);
    if (!color_is_same(content->stroke, color)) {
        content->stroke = color;
        brv_pdf_add_color(content->out, color);
        brv_buf_add_cstr(content->out, " RG\n");
    }
    if (!is_same(content->line_width, width)) {
        content->line_width = width;
        brv_buf_add_byte(content->out, ' ');
        brv_buf_add_number(content->out, (double)width, 3);
        brv_buf_add_cstr(content->out, " w\n");
    }
    content_set_line_style(content, style, width);
}

// ---- boxes and lines

static void content_add_point(struct brv_pdf_content *content, double x, double y)
{
    brv_pdf_add_pt(content->out, x);
    brv_pdf_add_pt(content->out, content->height - y);
}

static void content_add_curve(struct brv_pdf_content *content, const double points[6])
{
    for (int i = 0; i < 6; i += 2)
        content_add_point(content, points[i], points[i + 1]);
    brv_buf_add_cstr(content->out, " c\n");
}

static void content_add_to(struct brv_pdf_content *content, double x, double y, const char *op)
{
    content_add_point(content, x, y);
    brv_buf_add_cstr(content->out, op);
}

// Clockwise from the end of the top left corner.
static void content_add_round_path(struct brv_pdf_content *content, const struct brv_box_item *box,
                                   double radius)
{
    double left = (double)box->x_pt;
    double top = (double)box->y_pt;
    double right = left + (double)box->width_pt;
    double bottom = top + (double)box->height_pt;
    double near = radius * (1 - quarter_circle); // from the corner to the control point
    double r = radius;
    content_add_to(content, left + r, top, " m");
    content_add_to(content, right - r, top, " l");
    content_add_curve(content, (double[]){ right - near, top, right, top + near, right, top + r });
    content_add_to(content, right, bottom - r, " l");
    content_add_curve(content,
                      (double[]){ right, bottom - near, right - near, bottom, right - r, bottom });
    content_add_to(content, left + r, bottom, " l");
    content_add_curve(content,
                      (double[]){ left + near, bottom, left, bottom - near, left, bottom - r });
    content_add_to(content, left, top + r, " l");
    content_add_curve(content, (double[]){ left, top + near, left + near, top, left + r, top });
}

static void content_draw_box(struct brv_pdf_content *content, const struct brv_box_item *box)
{
    if (!(box->width_pt > 0) || !(box->height_pt > 0) || box->fill.alpha == 0)
        return;
    brv_pdf_content_end_text(content);
    brv_pdf_content_set_fill(content, box->fill);
    double shorter = (double)(box->width_pt < box->height_pt ? box->width_pt : box->height_pt);
    double radius = (double)box->radius_pt;
    if (radius > shorter / 2)
        radius = shorter / 2;
    if (radius > 0) {
        content_add_round_path(content, box, radius);
        brv_buf_add_cstr(content->out, "f\n");
        return;
    }
    content_add_point(content, (double)box->x_pt, (double)(box->y_pt + box->height_pt));
    brv_pdf_add_pt(content->out, (double)box->width_pt);
    brv_pdf_add_pt(content->out, (double)box->height_pt);
    brv_buf_add_cstr(content->out, " re f\n");
}

static void content_draw_line(struct brv_pdf_content *content, const struct brv_line_item *line)
{
    if (!(line->width_pt > 0) || line->color.alpha == 0 || line->style == BRV_BORDER_NONE)
        return;
    brv_pdf_content_end_text(content);
    bool is_double = line->style == BRV_BORDER_DOUBLE;
    float width = is_double ? line->width_pt / 3 : line->width_pt;
    brv_pdf_content_set_stroke(content, line->color, width, line->style);
    double x1 = (double)line->x1_pt;
    double y1 = (double)line->y1_pt;
    double x2 = (double)line->x2_pt;
    double y2 = (double)line->y2_pt;
    double length = hypot(x2 - x1, y2 - y1);
    double across_x = length > 0 ? (y1 - y2) / length * (double)width : 0;
    double across_y = length > 0 ? (x2 - x1) / length * (double)width : 0;
    for (int side = is_double ? -1 : 0; side <= (is_double ? 1 : 0); side += 2) {
        content_add_to(content, x1 + side * across_x, y1 + side * across_y, " m");
        content_add_to(content, x2 + side * across_x, y2 + side * across_y, " l S\n");
    }
}

// ---- pages

// The box around a box that is turned about a run's origin.
static void turned_box(const struct brv_glyph_run *run, double *left, double *top, double *right,
                       double *bottom)
{
    const double x = (double)run->x_pt;
    const double y = (double)run->baseline_pt;
    const double across[2] = { *left - x, *right - x };
    const double down[2] = { *top - y, *bottom - y };
    for (int i = 0; i < 4; i++) {
        double dx = across[i % 2];
        double dy = down[i / 2];
        double corner_x = x + (double)run->turn[0] * dx + (double)run->turn[2] * dy;
        double corner_y = y + (double)run->turn[1] * dx + (double)run->turn[3] * dy;
        *left = i == 0 ? corner_x : fmin(*left, corner_x);
        *right = i == 0 ? corner_x : fmax(*right, corner_x);
        *top = i == 0 ? corner_y : fmin(*top, corner_y);
        *bottom = i == 0 ? corner_y : fmax(*bottom, corner_y);
    }
}

static void content_note_box(struct brv_pdf_content *content, const struct brv_item *item)
{
    double left = 0, top = 0, right = 0, bottom = 0;
    switch (item->kind) {
    case BRV_ITEM_GLYPHS:
        left = right = (double)item->glyphs.x_pt;
        for (size_t i = 0; i < item->glyphs.glyph_count; i++)
            right += (double)item->glyphs.glyphs[i].x_advance_pt;
        top = (double)(item->glyphs.baseline_pt - item->glyphs.size_pt);
        bottom = (double)(item->glyphs.baseline_pt + item->glyphs.size_pt / 4);
        if (item->glyphs.is_turned)
            turned_box(&item->glyphs, &left, &top, &right, &bottom);
        break;
    case BRV_ITEM_BOX:
        left = (double)item->box.x_pt;
        top = (double)item->box.y_pt;
        right = left + (double)item->box.width_pt;
        bottom = top + (double)item->box.height_pt;
        break;
    case BRV_ITEM_LINE:
        left = (double)fminf(item->line.x1_pt, item->line.x2_pt);
        right = (double)fmaxf(item->line.x1_pt, item->line.x2_pt);
        top = (double)fminf(item->line.y1_pt, item->line.y2_pt);
        bottom = (double)fmaxf(item->line.y1_pt, item->line.y2_pt);
        break;
    case BRV_ITEM_IMAGE:
        left = (double)item->image.x_pt;
        top = (double)item->image.y_pt;
        right = left + (double)item->image.width_pt;
        bottom = top + (double)item->image.height_pt;
        break;
    case BRV_ITEM_PATH: {
        double box[4];
        if (!brv_pdf_path_box(&item->path, box))
            return;
        left = box[0], top = box[1], right = box[2], bottom = box[3];
        break;
    }
    }
    brv_pdf_structure_add_box(
        content->pdf->structure, item->tag, content->page, left, top, right, bottom);
}

// A run whose own coordinates are turned: written upright at the origin, under a matrix. What is
// set within does not outlive it, but marked content may.
static void content_draw_turned(struct brv_pdf_content *content, const struct brv_item *item)
{
    const float *turn = item->glyphs.turn;
    struct brv_item upright = *item;
    upright.glyphs.x_pt = 0;
    upright.glyphs.baseline_pt = (float)content->height;
    brv_pdf_content_open(content, item);
    brv_pdf_content_end_text(content);
    struct brv_pdf_content before = *content;
    brv_buf_add_cstr(content->out, "q");
    const float matrix[4] = { turn[0], -turn[1], -turn[2], turn[3] };
    for (int i = 0; i < 4; i++) {
        brv_buf_add_byte(content->out, ' ');
        brv_buf_add_number(content->out, (double)matrix[i], 5);
    }
    brv_pdf_add_pt(content->out, (double)item->glyphs.x_pt);
    brv_pdf_add_pt(content->out, content->height - (double)item->glyphs.baseline_pt);
    brv_buf_add_cstr(content->out, " cm\n");
    brv_pdf_run_write(content, &upright);
    brv_pdf_content_end_text(content);
    brv_buf_add_cstr(content->out, "Q\n");
    before.is_in_marked = content->is_in_marked;
    before.tag = content->tag;
    before.artifact = content->artifact;
    before.is_silent = content->is_silent;
    before.is_reversed = content->is_reversed;
    *content = before;
}

static void content_draw(struct brv_pdf_content *content, const struct brv_item *item)
{
    if (item->tag)
        content_note_box(content, item);
    brv_pdf_clip_set(content, item);
    switch (item->kind) {
    case BRV_ITEM_GLYPHS:
        if (item->glyphs.is_turned)
            content_draw_turned(content, item);
        else
            brv_pdf_run_write(content, item);
        break;
    case BRV_ITEM_BOX:
        brv_pdf_content_open(content, item);
        content_draw_box(content, &item->box);
        break;
    case BRV_ITEM_LINE:
        brv_pdf_content_open(content, item);
        content_draw_line(content, &item->line);
        break;
    case BRV_ITEM_IMAGE:
        brv_pdf_content_open(content, item);
        brv_pdf_image_draw(content, &item->image);
        break;
    case BRV_ITEM_PATH:
        brv_pdf_content_open(content, item);
        brv_pdf_path_draw(content, &item->path);
        break;
    }
}

void brv_pdf_page_write(struct brv_pdf *pdf, size_t index, uint32_t parent_id)
{
    const struct brv_page *page = &pdf->pages->pages[index];
    struct brv_pdf_content content = {
        .pdf = pdf,
        .out = &pdf->content,
        .page = index,
        .height = (double)page->height_pt,
        .fill = { 0, 0, 0, 255 },
        .stroke = { 0, 0, 0, 255 },
        .alpha = 255,
        .line_width = 1,
        .line_style = BRV_BORDER_SOLID,
    };
    brv_buf_clear(content.out);
    for (const struct brv_item *item = page->first; item; item = item->next)
        content_draw(&content, item);
    brv_pdf_clip_set(&content, NULL);
    brv_pdf_content_close(&content);
    uint32_t content_id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(
        pdf->file, content_id, BRV_S(""), brv_buf_str(content.out), BRV_PDF_DEFLATE);

    struct brv_buf *entries = brv_buf_new_in(pdf->arena);
    brv_buf_add_cstr(entries, "/Type/Page/Parent");
    brv_pdf_add_ref(entries, parent_id);
    brv_buf_add_cstr(entries, "/MediaBox[0 0");
    brv_pdf_add_pt(entries, (double)page->width_pt);
    brv_pdf_add_pt(entries, (double)page->height_pt);
    brv_buf_add_cstr(entries, "]/Resources");
    brv_pdf_add_ref(entries, pdf->resources_id);
    brv_buf_add_cstr(entries, "/Contents");
    brv_pdf_add_ref(entries, content_id);
    brv_buf_printf(entries, "/StructParents %zu", index);
    brv_pdf_links_write(pdf, index, entries);
    brv_pdf_file_put(pdf->file, pdf->page_ids[index], brv_buf_str(entries));
}
