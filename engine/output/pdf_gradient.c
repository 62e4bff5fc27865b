// Brevier — gradients in a PDF: shadings, and masks for those that fade.
// SPDX-License-Identifier: MIT
//
// A shading has a function from the way along its axis to a colour. Stops become one function each
// two of them, stitched together. Colours have no alpha in PDF: where the stops differ in theirs, a
// second, grey shading of the alphas masks the first.
#include "output/pdf_path.h"
#include "output/pdf_write.h"

struct gradient {
    struct brv_pdf *pdf;
    const struct brv_path_item *item;
    const struct brv_paint *paint;
    double height; // of the page
    bool is_alpha; // the shading of the alphas
};

static void stop_add(struct brv_buf *out, const struct gradient *gradient, uint32_t rgba)
{
    brv_buf_add_byte(out, '[');
    if (gradient->is_alpha)
        brv_buf_add_number(out, (rgba & 0xFF) / 255.0, 4);
    else
        for (int shift = 24; shift > 0; shift -= 8) {
            brv_buf_add_byte(out, ' ');
            brv_buf_add_number(out, (rgba >> shift & 0xFF) / 255.0, 4);
        }
    brv_buf_add_byte(out, ']');
}

static void step_add(struct brv_buf *out, const struct gradient *gradient, uint32_t from,
                     uint32_t to)
{
    brv_buf_add_cstr(out, "<</FunctionType 2/Domain[0 1]/N 1/C0");
    stop_add(out, gradient, from);
    brv_buf_add_cstr(out, "/C1");
    stop_add(out, gradient, to);
    brv_buf_add_cstr(out, ">>");
}

// Two stops at one place are a sharp edge: no function between them, the bound stands once.
static void function_add(struct brv_buf *out, const struct gradient *gradient)
{
    const struct brv_stop *stops = gradient->paint->stops;
    size_t count = gradient->paint->stop_count;
    struct brv_buf bounds = { 0 };
    struct brv_buf encode = { 0 };
    struct brv_buf steps = { 0 };
    float at = 0;
    uint32_t color = stops[0].rgba;
    for (size_t i = 0; i <= count; i++) {
        float offset = i < count ? stops[i].offset : 1;
        uint32_t next = i < count ? stops[i].rgba : color;
        offset = offset > 1 ? 1 : offset;
        if (offset > at) {
            if (steps.len > 0) {
                brv_buf_add_byte(&bounds, ' ');
                brv_buf_add_number(&bounds, (double)at, 5);
            }
            step_add(&steps, gradient, color, next);
            brv_buf_add_cstr(&encode, "0 1 ");
            at = offset;
        }
        color = next;
    }
    brv_buf_add_cstr(out, "<</FunctionType 3/Domain[0 1]/Functions[");
    brv_buf_add_str(out, brv_buf_str(&steps));
    brv_buf_add_cstr(out, "]/Bounds[");
    brv_buf_add_str(out, brv_buf_str(&bounds));
    brv_buf_add_cstr(out, "]/Encode[");
    brv_buf_add_str(out, brv_buf_str(&encode));
    brv_buf_add_cstr(out, "]>>");
    brv_buf_deinit(&bounds);
    brv_buf_deinit(&encode);
    brv_buf_deinit(&steps);
}

static void point_add(struct brv_buf *out, const struct gradient *gradient, struct brv_point point)
{
    const struct brv_path_item *item = gradient->item;
    double y = brv_pdf_path_coordinate(item->y_pt, point.y, item->scale);
    brv_pdf_add_pt(out, brv_pdf_path_coordinate(item->x_pt, point.x, item->scale));
    brv_pdf_add_pt(out, gradient->height - y);
}

// The number of a new shading, among pdf->shadings.
static size_t shading_put(const struct gradient *gradient)
{
    struct brv_pdf *pdf = gradient->pdf;
    const struct brv_paint *paint = gradient->paint;
    struct brv_buf out = { 0 };
    bool is_linear = paint->kind == BRV_PAINT_LINEAR;
    brv_buf_printf(&out,
                   "/ShadingType %d/ColorSpace/%s/Coords[",
                   is_linear ? 2 : 3,
                   gradient->is_alpha ? "DeviceGray" : "DeviceRGB");
    point_add(&out, gradient, paint->from);
    if (is_linear) {
        point_add(&out, gradient, paint->to);
    } else {
        brv_buf_add_cstr(&out, " 0");
        point_add(&out, gradient, paint->from);
        double radius = brv_pdf_path_coordinate(0, paint->radius, gradient->item->scale);
        brv_pdf_add_pt(&out, radius > 0 ? radius : 0);
    }
    brv_buf_add_cstr(&out, "]/Extend[true true]/Function");
    function_add(&out, gradient);
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put(pdf->file, id, brv_buf_str(&out));
    brv_buf_deinit(&out);
    BRV_PUSH(pdf->arena, pdf->shadings.ids, pdf->shadings.count, pdf->shadings.capacity) = id;
    return pdf->shadings.count;
}

// A graphics state whose mask is the luminosity of a shading that fills the page.
static size_t mask_put(struct brv_pdf_content *content, size_t shading)
{
    struct brv_pdf *pdf = content->pdf;
    struct brv_buf out = { 0 };
    brv_buf_add_cstr(&out, "/Type/XObject/Subtype/Form/BBox[0 0");
    brv_pdf_add_pt(&out, (double)pdf->pages->pages[content->page].width_pt);
    brv_pdf_add_pt(&out, content->height);
    brv_buf_add_cstr(&out, "]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</Shading<</S");
    brv_pdf_add_ref(&out, pdf->shadings.ids[shading - 1]);
    brv_buf_add_cstr(&out, ">>>>");
    uint32_t form = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(pdf->file, form, brv_buf_str(&out), BRV_S("/S sh"), BRV_PDF_PLAIN);
    brv_buf_clear(&out);
    brv_buf_add_cstr(&out, "/Type/ExtGState/ca 1/SMask<</S/Luminosity/G");
    brv_pdf_add_ref(&out, form);
    brv_buf_add_cstr(&out, ">>");
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put(pdf->file, id, brv_buf_str(&out));
    brv_buf_deinit(&out);
    BRV_PUSH(pdf->arena, pdf->masks.ids, pdf->masks.count, pdf->masks.capacity) = id;
    return pdf->masks.count;
}

void brv_pdf_gradient_draw(struct brv_pdf_content *content, const struct brv_path_item *item,
                           const struct brv_paint *paint)
{
    struct gradient gradient = {
        .pdf = content->pdf, .item = item, .paint = paint, .height = content->height
    };
    uint8_t alpha = (uint8_t)paint->stops[0].rgba;
    bool fades = false;
    for (size_t i = 1; i < paint->stop_count; i++)
        fades = fades || (uint8_t)paint->stops[i].rgba != alpha;
    size_t shading = shading_put(&gradient);
    if (fades) {
        gradient.is_alpha = true;
        brv_buf_printf(content->out, "/M%zu gs\n", mask_put(content, shading_put(&gradient)));
    } else {
        content->pdf->has_alpha[alpha] = true;
        brv_buf_printf(content->out, "/A%d gs\n", alpha);
    }
    brv_buf_printf(content->out, "/S%zu sh\n", shading);
}
