// Brevier — links on PDF pages.
// SPDX-License-Identifier: MIT
#include "model/link.h"
#include "output/pdf.h"
#include "output/pdf_structure.h"
#include "output/pdf_write.h"

// RFC 3986 characters stay, and "%" where it already begins an escape; everything else becomes
// %XX. Nothing of a document can end the string or begin another object.
static void link_add_uri(struct brv_buf *out, brv_str url)
{
    static const char digits[] = "0123456789ABCDEF";
    static const char marks[] = "-._~:/?#[]@!$&'*+,;=%";
    brv_buf_add_byte(out, '(');
    for (size_t i = 0; i < url.len; i++) {
        char c = url.ptr[i];
        char lower = brv_to_lower(c);
        if ((lower >= 'a' && lower <= 'z') || brv_is_digit(c) || (c && strchr(marks, c))) {
            brv_buf_add_byte(out, c);
        } else {
            unsigned byte = (unsigned char)c;
            brv_buf_add_byte(out, '%');
            brv_buf_add_byte(out, digits[byte >> 4]);
            brv_buf_add_byte(out, digits[byte & 15]);
        }
    }
    brv_buf_add_byte(out, ')');
}

static double link_clamp(double value, double limit)
{
    return !(value > 0) ? 0 : value > limit ? limit : value;
}

// Whether the link can be followed: an allowed URL, or a place that exists. Both were checked
// before layout; this is the last edge.
static bool link_is_live(const struct brv_pdf *pdf, const struct brv_link_area *link)
{
    if (!link->tag || link->url.len < 2 || !brv_url_is_allowed(link->url))
        return false;
    float y_pt;
    if (link->url.ptr[0] == '#')
        return brv_pages_find(pdf->pages, link->url, &y_pt) < pdf->pages->page_count;
    return true;
}

// The object of the annotation, or 0 for a link that is not made.
static uint32_t link_write(struct brv_pdf *pdf, size_t index, const struct brv_link_area *link)
{
    const struct brv_page *page = &pdf->pages->pages[index];
    double width = (double)page->width_pt;
    double height = (double)page->height_pt;
    double left = link_clamp((double)link->x_pt, width);
    double right = link_clamp((double)(link->x_pt + link->width_pt), width);
    double top = link_clamp((double)link->y_pt, height);
    double bottom = link_clamp((double)(link->y_pt + link->height_pt), height);
    if (!link_is_live(pdf, link) || right - left < 0.01 || bottom - top < 0.01)
        return 0;
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    size_t parent_key = brv_pdf_structure_add_annotation(pdf->structure, link->tag, index, id);
    struct brv_buf *out = &pdf->scratch;
    brv_buf_add_cstr(out, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    brv_pdf_add_pt(out, left);
    brv_pdf_add_pt(out, height - bottom);
    brv_pdf_add_pt(out, right);
    brv_pdf_add_pt(out, height - top);
    brv_buf_printf(out, "]/StructParent %zu/Contents", parent_key);
    brv_pdf_add_text(out, link->alt.len ? link->alt : link->url);
    if (link->url.ptr[0] == '#') {
        brv_buf_add_cstr(out, "/A<</S/GoTo/D");
        brv_pdf_add_bytes(out, brv_str_slice(link->url, 1, link->url.len));
    } else {
        brv_buf_add_cstr(out, "/A<</S/URI/URI");
        link_add_uri(out, link->url);
    }
    brv_buf_add_cstr(out, ">>");
    brv_pdf_file_put(pdf->file, id, brv_buf_str(out));
    brv_buf_clear(out);
    return id;
}

void brv_pdf_links_write(struct brv_pdf *pdf, size_t index, struct brv_buf *out)
{
    bool is_first = true;
    for (const struct brv_link_area *link = pdf->pages->pages[index].links; link;
         link = link->next) {
        uint32_t id = link_write(pdf, index, link);
        if (!id)
            continue;
        if (is_first)
            brv_buf_add_cstr(out, "/Tabs/S/Annots[");
        is_first = false;
        brv_pdf_add_ref(out, id);
    }
    if (!is_first)
        brv_buf_add_byte(out, ']');
}
