// Brevier — pages in Word: the section's properties, headers and footers.
//
// A margin box becomes a place in one line of header or footer: left, centre and right by tab
// stops. The corner boxes and those of the sides have no place in Word.
// SPDX-License-Identifier: MIT
#include "output/docx_page.h"

#include "output/docx_template.h"

#include "output/docx_write.h"
#include "output/docx_xml.h"

enum { A4_WIDTH = 11906, A4_HEIGHT = 16838, USUAL_MARGIN = 1134, LEAST_DISTANCE = 240 };

static const enum brv_margin_box boxes[2][3] = {
    { BRV_BOX_TOP_LEFT, BRV_BOX_TOP_CENTER, BRV_BOX_TOP_RIGHT },
    { BRV_BOX_BOTTOM_LEFT, BRV_BOX_BOTTOM_CENTER, BRV_BOX_BOTTOM_RIGHT },
};

static int32_t page_margin(const struct docx_pages *pages, const struct brv_page_style *page,
                           enum docx_side side)
{
    if (pages->template && page == &pages->styles[DOCX_PAGE_DEFAULT]) {
        return pages->template->margins[side];
    }
    if (!page->style) {
        return USUAL_MARGIN;
    }
    float reference = side == DOCX_LEFT || side == DOCX_RIGHT ? page->width_pt : page->height_pt;
    return docx_twips(brv_docx_margin_pt(page->style, side, docx_twips(reference)) +
                      brv_docx_padding_pt(page->style, side, docx_twips(reference)));
}

static int32_t text_width(const struct docx_pages *pages, const struct brv_page_style *page)
{
    int32_t width = docx_twips(page->width_pt) - page_margin(pages, page, DOCX_LEFT) -
                    page_margin(pages, page, DOCX_RIGHT);
    return width < 1440 ? 1440 : width;
}

static int32_t text_height(const struct docx_pages *pages, const struct brv_page_style *page)
{
    int32_t height = docx_twips(page->height_pt) - page_margin(pages, page, DOCX_TOP) -
                     page_margin(pages, page, DOCX_BOTTOM);
    return height < 1440 ? 1440 : height;
}

void brv_docx_page_styles(struct docx *docx, struct docx_pages *pages)
{
    const struct brv_output_job *job = docx->job;
    struct brv_page_style usual = { .width_pt = A4_WIDTH / 20.0f, .height_pt = A4_HEIGHT / 20.0f };
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        pages->styles[kind] = usual;
        if (job->sheets) {
            pages->styles[kind] =
                brv_style_page(docx->arena,
                               job->sheets,
                               BRV_MEDIA_DOCX,
                               job->root->style,
                               job->root->style->page,
                               kind == DOCX_PAGE_FIRST,
                               kind == DOCX_PAGE_EVEN ? BRV_PAGE_LEFT : BRV_PAGE_RIGHT,
                               false);
        }
    }
    if (docx->template && docx->template->has_page) {
        pages->template = docx->template;
        pages->styles[DOCX_PAGE_DEFAULT].width_pt = (float)docx->template->width / 20;
        pages->styles[DOCX_PAGE_DEFAULT].height_pt = (float)docx->template->height / 20;
    }
    docx->pages_now = pages;
    docx->text_width = text_width(pages, &pages->styles[DOCX_PAGE_DEFAULT]);
    docx->text_height = text_height(pages, &pages->styles[DOCX_PAGE_DEFAULT]);
}

const struct docx_section *brv_docx_section(struct docx *docx, brv_str name)
{
    for (const struct docx_section *known = docx->first_section; known; known = known->next) {
        if (brv_str_equal(known->name, name)) {
            return known;
        }
    }
    struct docx_section *section = BRV_NEW(docx->arena, struct docx_section);
    section->name = name;
    section->page = brv_style_page(docx->arena,
                                   docx->job->sheets,
                                   BRV_MEDIA_DOCX,
                                   docx->job->root->style,
                                   name,
                                   false,
                                   BRV_PAGE_RIGHT,
                                   false);
    section->text_width = text_width(docx->pages_now, &section->page);
    section->text_height = text_height(docx->pages_now, &section->page);
    section->next = docx->first_section;
    docx->first_section = section;
    return section;
}

// ---- building

static const struct brv_style *first_box(const struct brv_page_style *page, int which)
{
    for (int i = 0; i < 3; i++) {
        const struct brv_style *style = page->boxes[boxes[which][i]];
        if (style && style->content.keyword == BRV_CONTENT_SET) {
            return style;
        }
    }
    return NULL;
}

// Whether any page shows something in the middle: without that, a long title has the whole line up
// to what stands on the right.
static bool has_center(const struct docx_pages *pages, int which)
{
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        const struct brv_style *style = pages->styles[kind].boxes[boxes[which][1]];
        if (style && style->content.keyword == BRV_CONTENT_SET) {
            return true;
        }
    }
    return false;
}

static struct docx_paragraph_format line_format(struct docx *docx, const struct brv_style *style,
                                                bool is_centered)
{
    struct docx_paragraph_format format = brv_docx_text_format(docx, style);
    format.align = BRV_ALIGN_START;
    format.first = 0;
    format.tab_center = is_centered ? docx->text_width / 2 : 0;
    format.tab_right = docx->text_width;
    format.shade = brv_docx_rgb(style->background_color);
    brv_docx_frame(style, docx->text_width, format.borders);
    return format;
}

static bool has_text(const struct docx_paragraph *paragraph)
{
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        bool is_blank = item->kind == DOCX_TAB || item->kind == DOCX_LINE_BREAK ||
                        (item->kind == DOCX_TEXT && brv_str_trim(item->text).len == 0) ||
                        (item->kind == DOCX_STYLE_OF && item->string->value.len == 0);
        if (!is_blank) {
            return true;
        }
    }
    return false;
}

// All kinds of page share the style of the default one's first box: one "header", one "footer".
static bool build_line(struct docx *docx, const struct docx_pages *pages, int kind, int which,
                       struct docx_flow *flow)
{
    const struct brv_page_style *page = &pages->styles[kind];
    struct docx_place place = {
        .flow = flow,
        .shade = DOCX_NO_COLOR,
        .width = docx->text_width,
        .role = which == 0 ? DOCX_ROLE_HEADER : DOCX_ROLE_FOOTER,
        .depth = 1,
        .in_note = true, // no notes in a header
    };
    static const char *const labels[2][3] = {
        { "Header Left", "Header Center", "Header Right" },
        { "Footer Left", "Footer Center", "Footer Right" },
    };
    struct docx_paragraph *paragraph = NULL;
    bool is_centered = has_center(pages, which);
    int column = 0;
    for (int i = 0; i < 3; i++) {
        const struct brv_style *style = page->boxes[boxes[which][i]];
        const struct brv_styled *content = style ? brv_style_margin_box(docx->arena, style) : NULL;
        if (!content) {
            continue;
        }
        if (!paragraph) {
            const struct brv_style *usual = first_box(&pages->styles[DOCX_PAGE_DEFAULT], which);
            struct docx_paragraph_format format =
                line_format(docx, usual ? usual : style, is_centered);
            paragraph = brv_docx_paragraph_new(docx, &place, content, format);
        }
        for (; column < i; column += is_centered ? 1 : 2) {
            brv_docx_inline_new(docx, paragraph, DOCX_TAB);
        }
        place.label = labels[which][i];
        brv_docx_build_inlines(docx, paragraph, &place, content->first, NULL);
    }
    return paragraph && has_text(paragraph);
}

void brv_docx_build_pages(struct docx *docx, struct docx_pages *pages)
{
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            struct docx_flow *flow = &pages->flows[kind][which];
            if (build_line(docx, pages, kind, which, flow)) {
                pages->parts[kind][which] = brv_buf_new_in(docx->arena);
                brv_docx_style_flow(docx, flow);
            }
        }
    }
}

// ---- writing

static bool same_part(const struct brv_buf *a, const struct brv_buf *b)
{
    return a == b || (a && b && brv_str_equal(brv_buf_str(a), brv_buf_str(b)));
}

static bool differs(const struct docx_pages *pages, int kind)
{
    return !same_part(pages->parts[kind][0], pages->parts[DOCX_PAGE_DEFAULT][0]) ||
           !same_part(pages->parts[kind][1], pages->parts[DOCX_PAGE_DEFAULT][1]);
}

void brv_docx_write_pages(struct docx *docx, struct docx_pages *pages)
{
    static const char *const elements[] = { "hdr", "ftr" };
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            struct brv_buf *out = pages->parts[kind][which];
            if (out) {
                struct docx_part *part = &pages->links[kind][which];
                *part = brv_docx_part(docx->arena);
                brv_buf_printf(
                    out, BRV_XML_DECLARATION "<w:%s " DOCX_NAMESPACES ">\n", elements[which]);
                brv_docx_write_flow(docx, part, out, &pages->flows[kind][which]);
                brv_buf_printf(out, "</w:%s>\n", elements[which]);
            }
        }
    }
    pages->has_first = differs(pages, DOCX_PAGE_FIRST);
    pages->has_even = differs(pages, DOCX_PAGE_EVEN);
    for (int which = 0; which < 2; which++) {
        if (!pages->has_first) {
            pages->parts[DOCX_PAGE_FIRST][which] = NULL;
        }
        if (!pages->has_even) {
            pages->parts[DOCX_PAGE_EVEN][which] = NULL;
        }
    }
}

const char *brv_docx_page_part(int kind, int which)
{
    static const char *const names[DOCX_PAGE_KINDS][2] = {
        { "header1", "footer1" },
        { "header2", "footer2" },
        { "header3", "footer3" },
    };
    return names[kind][which];
}

// Where a header starts so that it stands in the middle of its margin, as CSS has it.
static int32_t distance(const struct docx_pages *pages, int which)
{
    const struct brv_page_style *page = &pages->styles[DOCX_PAGE_DEFAULT];
    const struct docx_block *block = pages->flows[DOCX_PAGE_DEFAULT][which].first;
    if (pages->template) {
        return which == 0 ? pages->template->header : pages->template->footer;
    }
    int32_t margin = page_margin(pages, page, which == 0 ? DOCX_TOP : DOCX_BOTTOM);
    int32_t line = block ? block->paragraph->format.line : 0;
    if (block && line == 0) {
        line = block->paragraph->format.run.half_points * 12;
    }
    int32_t space = (margin - line) / 2;
    return space < LEAST_DISTANCE ? LEAST_DISTANCE : space;
}

void brv_docx_write_section(const struct docx_pages *pages, const struct docx_section *section,
                            bool is_first, struct brv_buf *out)
{
    static const char *const types[] = { "default", "first", "even" };
    static const char *const elements[] = { "header", "footer" };
    const struct brv_page_style *page =
        section ? &section->page : &pages->styles[DOCX_PAGE_DEFAULT];
    brv_buf_add_cstr(out, "<w:sectPr>");
    for (int kind = 0; is_first && kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            if (pages->parts[kind][which]) {
                brv_buf_printf(out,
                               "<w:%sReference w:type=\"%s\" r:id=\"rId%s\"/>",
                               elements[which],
                               types[kind],
                               brv_docx_page_part(kind, which));
            }
        }
    }
    brv_buf_printf(out,
                   "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>",
                   (int)docx_twips(page->width_pt),
                   (int)docx_twips(page->height_pt),
                   page->width_pt > page->height_pt ? " w:orient=\"landscape\"" : "");
    brv_buf_printf(out,
                   "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
                   "w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
                   (int)page_margin(pages, page, DOCX_TOP),
                   (int)page_margin(pages, page, DOCX_RIGHT),
                   (int)page_margin(pages, page, DOCX_BOTTOM),
                   (int)page_margin(pages, page, DOCX_LEFT),
                   (int)distance(pages, 0),
                   (int)distance(pages, 1));
    brv_buf_add_cstr(out, is_first && pages->has_first ? "<w:titlePg/></w:sectPr>" : "</w:sectPr>");
}
