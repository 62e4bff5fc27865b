// Brevier — sections in Word: pages of a name, text in columns.
//
// In Word the last paragraph of a section holds its properties, and says how it begins: on a page
// of its own, or on the page where the one before ended, as text in columns does between text over
// the whole width.
// SPDX-License-Identifier: MIT
#include "output/docx_page.h"
#include "output/docx_template.h"

#include "base/direction.h"

enum { A4_WIDTH = 11906, A4_HEIGHT = 16838, USUAL_MARGIN = 1134, LEAST_DISTANCE = 240 };
enum { LEAST_SIDE = 720, COLUMNS_MAX = 16 }; // half an inch, as on pages of our own

// ---- pages

static int32_t page_margin(const struct brv_page_style *page, enum docx_side side)
{
    if (!page->style) {
        return USUAL_MARGIN;
    }
    bool is_across = side == DOCX_LEFT || side == DOCX_RIGHT;
    int32_t reference = docx_twips(is_across ? page->width_pt : page->height_pt);
    return docx_twips(brv_docx_margin_pt(page->style, side, reference) +
                      brv_docx_padding_pt(page->style, side, reference));
}

static int32_t at_least(int32_t length, int32_t least)
{
    return length < least ? least : length;
}

static struct docx_pages *pages_new(struct docx *docx, brv_str name)
{
    const struct brv_output_job *job = docx->job;
    struct docx_pages *pages = BRV_NEW(docx->arena, struct docx_pages);
    pages->name = name;
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        struct brv_page_style *page = &pages->styles[kind];
        *page =
            (struct brv_page_style){ .width_pt = A4_WIDTH / 20.0f, .height_pt = A4_HEIGHT / 20.0f };
        bool is_same = kind == DOCX_PAGE_EVEN && job->sheets &&
                       !brv_style_has_sides(job->sheets, BRV_MEDIA_DOCX, name);
        if (is_same) {
            *page = pages->styles[DOCX_PAGE_DEFAULT];
        } else if (job->sheets) {
            *page = brv_style_page(docx->arena,
                                   job->sheets,
                                   BRV_MEDIA_DOCX,
                                   job->root->style,
                                   name,
                                   kind == DOCX_PAGE_FIRST,
                                   kind == DOCX_PAGE_EVEN ? BRV_PAGE_LEFT : BRV_PAGE_RIGHT,
                                   false);
        }
    }
    const struct brv_page_style *page = &pages->styles[DOCX_PAGE_DEFAULT];
    pages->width = docx_twips(page->width_pt);
    pages->height = docx_twips(page->height_pt);
    for (int side = DOCX_TOP; side <= DOCX_RIGHT; side++) {
        pages->margins[side] = page_margin(page, (enum docx_side)side);
    }
    const struct brv_page_style *even = &pages->styles[DOCX_PAGE_EVEN];
    bool is_swapped = pages->margins[DOCX_LEFT] == page_margin(even, DOCX_RIGHT) &&
                      pages->margins[DOCX_RIGHT] == page_margin(even, DOCX_LEFT);
    pages->may_mirror = is_swapped && pages->width == docx_twips(even->width_pt);
    return pages;
}

// Word takes no page without room for text: margins give way.
static void limit_margins(struct docx *docx, struct docx_pages *pages, enum docx_side first,
                          enum docx_side second, int32_t length)
{
    int32_t *margins = pages->margins;
    int32_t most = at_least(length - LEAST_SIDE, 0);
    int64_t sum = (int64_t)margins[first] + margins[second];
    if (sum <= most) {
        return;
    }
    brv_style_report_margins(docx->sink,
                             first == DOCX_LEFT,
                             (float)margins[first] / 20,
                             (float)margins[second] / 20,
                             (float)length / 20);
    margins[first] = (int32_t)(most * (int64_t)at_least(margins[first], 0) / sum);
    margins[second] = most - margins[first];
}

static void measure_pages(struct docx *docx, struct docx_pages *pages)
{
    limit_margins(docx, pages, DOCX_TOP, DOCX_BOTTOM, pages->height);
    limit_margins(docx, pages, DOCX_LEFT, DOCX_RIGHT, pages->width);
    const int32_t *margins = pages->margins;
    pages->text_width =
        at_least(pages->width - margins[DOCX_LEFT] - margins[DOCX_RIGHT], LEAST_SIDE);
    pages->text_height =
        at_least(pages->height - margins[DOCX_TOP] - margins[DOCX_BOTTOM], LEAST_SIDE);
}

static struct docx_pages *find_pages(struct docx *docx, brv_str name)
{
    struct docx_pages **at = &docx->first_pages;
    int index = 0;
    for (; *at; at = &(*at)->next, index++) {
        if (brv_str_equal((*at)->name, name)) {
            return *at;
        }
    }
    *at = pages_new(docx, name);
    (*at)->index = index;
    if (index == 0 && docx->template && docx->template->has_page) {
        (*at)->template = docx->template;
        (*at)->width = docx->template->width;
        (*at)->height = docx->template->height;
        memcpy((*at)->margins, docx->template->margins, sizeof(*at)->margins);
        (*at)->may_mirror = docx->template->is_mirrored;
    }
    measure_pages(docx, *at);
    return *at;
}

bool brv_docx_mirrors_margins(const struct docx *docx)
{
    bool may_mirror = !brv_lang_is_rtl(docx->lang);
    bool has_sides = false;
    for (const struct docx_pages *pages = docx->first_pages; pages; pages = pages->next) {
        bool is_alike = pages->margins[DOCX_LEFT] == pages->margins[DOCX_RIGHT];
        has_sides |= !is_alike;
        may_mirror &= is_alike || pages->may_mirror;
    }
    return may_mirror && has_sides;
}

// ---- sections

static const struct docx_section *find_section(struct docx *docx, const struct docx_section *sample)
{
    for (const struct docx_section *known = docx->first_section; known; known = known->next) {
        if (known->pages == sample->pages && known->columns == sample->columns &&
            known->gap == sample->gap && known->has_rule == sample->has_rule) {
            return known;
        }
    }
    struct docx_section *section = BRV_NEW(docx->arena, struct docx_section);
    *section = *sample;
    section->next = docx->first_section;
    docx->first_section = section;
    return section;
}

const struct docx_section *brv_docx_section(struct docx *docx, brv_str name)
{
    struct docx_pages *pages = find_pages(docx, name);
    struct docx_section sample = { .pages = pages, .columns = 1, .text_width = pages->text_width };
    return find_section(docx, &sample);
}

const struct docx_section *brv_docx_columns(struct docx *docx, const struct brv_style *style,
                                            const struct docx_section *around)
{
    int32_t width = around->text_width;
    int32_t em = docx_twips(style->font_size);
    int32_t gap = style->column_gap.keyword == BRV_LENGTH_SET
                      ? docx_twips(brv_length_resolve(style->column_gap, (float)width / 20))
                      : em;
    int count = style->column_count > 0 ? style->column_count : COLUMNS_MAX;
    if (style->column_width.keyword == BRV_LENGTH_SET) {
        int32_t wanted = at_least(docx_twips(brv_length_resolve(style->column_width, 0)), em);
        int fitting = (width + gap) / (wanted + gap > 0 ? wanted + gap : 1);
        count = fitting < count ? fitting : count;
    } else if (style->column_count <= 0) {
        return around;
    }
    count = count > COLUMNS_MAX ? COLUMNS_MAX : count;
    if (count < 2 || width - (count - 1) * gap < count * em) {
        return around;
    }
    struct docx_section sample = {
        .pages = around->pages,
        .columns = count,
        .gap = gap,
        .has_rule = style->column_rule_style != BRV_BORDER_NONE && style->column_rule_width > 0,
        .text_width = (width - (count - 1) * gap) / count,
    };
    return find_section(docx, &sample);
}

void brv_docx_begin_sections(struct docx *docx)
{
    docx->section = brv_docx_section(docx, docx->job->root->style->page);
    docx->text_width = docx->section->pages->text_width;
    docx->text_height = docx->section->pages->text_height;
}

// ---- page numbers

// The number that counter-reset or counter-set gives to the page of an element.
static bool find_page_number(const struct brv_style *style, int *number)
{
    const struct brv_counter_ops *operations[] = { &style->counter_reset, &style->counter_set };
    bool is_found = false;
    for (size_t i = 0; i < BRV_COUNT(operations); i++) {
        for (uint32_t k = 0; k < operations[i]->count; k++) {
            const struct brv_counter_op *operation = &operations[i]->items[k];
            if (brv_str_is(operation->name, "page") && operation->value >= 0) {
                *number = operation->value;
                is_found = true;
            }
        }
    }
    return is_found;
}

void brv_docx_number_pages(const struct brv_style *style, struct docx_block *begin)
{
    int number = 0;
    if (begin && !begin->numbers_pages && find_page_number(style, &number)) {
        begin->numbers_pages = true;
        begin->page_number = number;
    }
}

static bool begins_page(const struct docx_block *block)
{
    return block->paragraph ? block->paragraph->format->page_break : block->table->page_break;
}

// The section's last paragraph will hold its properties.
static struct docx_block *end_section(struct docx *docx, struct docx_block *block)
{
    if (!block->paragraph) {
        block = brv_docx_add_filler(docx, &docx->body, block);
    }
    block->paragraph->ends_section = true;
    return block;
}

void brv_docx_end_sections(struct docx *docx)
{
    struct docx_block *begin = docx->body.first;
    for (struct docx_block *block = begin; block && block->next; block = block->next) {
        struct docx_block *next = block->next;
        bool is_numbered = next->numbers_pages && begins_page(next);
        if (block->section != next->section || is_numbered) {
            block = end_section(docx, block);
            begin = next;
        } else if (next->numbers_pages) { // not the first thing on pages of its name
            begin->page_number = begin->numbers_pages ? begin->page_number : next->page_number;
            begin->numbers_pages = true;
            next->numbers_pages = false;
        }
        if (is_numbered && next->paragraph) { // the section begins the page
            next->paragraph->format->page_break = false;
        }
    }
}

// ---- writing

static void write_references(const struct docx *docx, const struct docx_pages *pages, bool is_first,
                             struct brv_buf *out)
{
    static const char *const types[] = { "default", "first", "even" };
    static const char *const elements[] = { "header", "footer" };
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            bool is_wanted = kind != DOCX_PAGE_FIRST || is_first;
            if (is_wanted && pages->parts[kind][which]) {
                brv_buf_printf(out,
                               "<w:%sReference w:type=\"%s\" r:id=\"rId%" BRV_STR_F "\"/>",
                               elements[which],
                               types[kind],
                               BRV_STR_ARG(brv_docx_page_part(docx->arena, pages, kind, which)));
            }
        }
    }
}

// Where a header starts so that it stands in the middle of its margin, as CSS has it.
static int32_t distance(const struct docx_pages *pages, int which)
{
    if (pages->template && pages->template->has_headers) {
        return which == 0 ? pages->template->header : pages->template->footer;
    }
    int32_t margin = pages->margins[which == 0 ? DOCX_TOP : DOCX_BOTTOM];
    return at_least((margin - brv_docx_header_height(pages, which)) / 2, LEAST_DISTANCE);
}

void brv_docx_write_section(const struct docx *docx, const struct docx_block *begin,
                            const struct docx_section *before, struct brv_buf *out)
{
    const struct docx_section *section = begin ? begin->section : docx->section;
    const struct docx_pages *pages = section->pages;
    bool numbers_pages = begin && begin->numbers_pages;
    bool goes_on = before && before->pages == pages && !numbers_pages;
    brv_buf_add_cstr(out, "<w:sectPr>");
    if (!before || before->pages != pages) {
        write_references(docx, pages, !before, out);
    }
    brv_buf_add_cstr(out, goes_on ? "<w:type w:val=\"continuous\"/>" : "");
    brv_buf_printf(out,
                   "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>",
                   (int)pages->width,
                   (int)pages->height,
                   pages->width > pages->height ? " w:orient=\"landscape\"" : "");
    brv_buf_printf(out,
                   "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
                   "w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
                   (int)pages->margins[DOCX_TOP],
                   (int)pages->margins[DOCX_RIGHT],
                   (int)pages->margins[DOCX_BOTTOM],
                   (int)pages->margins[DOCX_LEFT],
                   (int)distance(pages, 0),
                   (int)distance(pages, 1));
    if (numbers_pages) {
        brv_buf_printf(out, "<w:pgNumType w:start=\"%d\"/>", begin->page_number);
    }
    if (section->columns > 1) {
        brv_buf_printf(out,
                       "<w:cols w:num=\"%d\" w:space=\"%d\"%s/>",
                       section->columns,
                       (int)section->gap,
                       section->has_rule ? " w:sep=\"1\"" : "");
    }
    bool has_title = !before && pages->has_first;
    brv_buf_add_cstr(out, has_title ? "<w:titlePg/>" : "");
    brv_buf_add_cstr(out, brv_lang_is_rtl(docx->lang) ? "<w:bidi/>" : "");
    brv_buf_add_cstr(out, "</w:sectPr>");
}
