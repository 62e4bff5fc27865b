// Brevier — pages in Word: the section's properties, headers and footers.
//
// A margin box becomes a place in one line of header or footer: left, centre and right by tab
// stops. The corner boxes and those of the sides have no place in Word.
// SPDX-License-Identifier: MIT
#include "output/docx_page.h"

#include "base/direction.h"

#include "output/docx_naming.h"
#include "output/docx_template.h"
#include "output/docx_write.h"
#include "output/docx_xml.h"

static const enum brv_margin_box boxes[2][3] = {
    { BRV_BOX_TOP_LEFT, BRV_BOX_TOP_CENTER, BRV_BOX_TOP_RIGHT },
    { BRV_BOX_BOTTOM_LEFT, BRV_BOX_BOTTOM_CENTER, BRV_BOX_BOTTOM_RIGHT },
};

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

// Whether nothing is seen of it, as of a name that the document does not set.
static bool is_blank(const struct docx_inline *item)
{
    return item->kind == DOCX_TAB || item->kind == DOCX_LINE_BREAK ||
           (item->kind == DOCX_TEXT && brv_str_trim(item->text).len == 0) ||
           (item->kind == DOCX_STYLE_OF && item->text.len == 0);
}

static bool has_text(const struct docx_paragraph *paragraph)
{
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        if (!is_blank(item)) {
            return true;
        }
    }
    return false;
}

static void append(struct docx_paragraph *paragraph, struct docx_inline *item)
{
    item->next = NULL;
    if (paragraph->last) {
        paragraph->last->next = item;
    } else {
        paragraph->first = item;
    }
    paragraph->last = item;
}

// What stands left, in the middle and right as the lines that it makes: the first lines of all
// three with tabs between them, then the second ones.
static void join_parts(struct docx *docx, struct docx_paragraph *paragraph,
                       struct docx_inline *parts[3], bool is_centered)
{
    for (struct docx_inline *end = paragraph->last; parts[0] || parts[1] || parts[2];) {
        struct docx_inline *line_break = NULL;
        int column = 0;
        if (end) {
            append(paragraph, end);
        }
        for (int i = 0; i < 3; i++) {
            for (; parts[i] && parts[i]->kind != DOCX_LINE_BREAK && column < i;
                 column += is_centered ? 1 : 2) {
                brv_docx_inline_new(docx, paragraph, DOCX_TAB);
            }
            while (parts[i] && parts[i]->kind != DOCX_LINE_BREAK) {
                struct docx_inline *item = parts[i];
                parts[i] = item->next;
                append(paragraph, item);
            }
            if (parts[i]) {
                line_break = parts[i];
                parts[i] = line_break->next;
            }
        }
        end = line_break;
    }
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
    struct docx_inline *parts[3] = { NULL };
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
            paragraph->page = pages->name;
        }
        place.label = labels[which][i];
        brv_docx_build_inlines(docx, paragraph, &place, content->first, NULL);
        parts[i] = paragraph->first;
        paragraph->first = paragraph->last = NULL;
    }
    if (paragraph) {
        // In a document from right to left Word's line begins at the right, its tabs lead to the
        // left; the sheet's sides are those of the page.
        bool is_rtl = brv_lang_is_rtl(docx->lang);
        if (is_rtl) {
            struct docx_inline *left = parts[0];
            parts[0] = parts[2];
            parts[2] = left;
        }
        join_parts(docx, paragraph, parts, is_centered);
        brv_docx_split_by_direction(docx, paragraph);
        paragraph->is_rtl = is_rtl;
        for (struct docx_inline *item = paragraph->first; item; item = item->next) {
            item->is_rtl = item->kind == DOCX_TAB ? is_rtl : item->is_rtl;
        }
    }
    return paragraph && has_text(paragraph);
}

static void build_pages(struct docx *docx, struct docx_pages *pages)
{
    docx->section = brv_docx_section(docx, pages->name);
    docx->text_width = pages->text_width;
    docx->text_height = pages->text_height;
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            struct docx_flow *flow = &pages->flows[kind][which];
            if (build_line(docx, pages, kind, which, flow)) {
                pages->parts[kind][which] = brv_buf_new_in(docx->arena);
                brv_docx_style_flow(docx, flow);
            } else {
                *flow = (struct docx_flow){ 0 };
            }
        }
    }
}

void brv_docx_build_pages(struct docx *docx)
{
    const struct docx_section *last = docx->section;
    for (struct docx_pages *pages = docx->first_pages; pages; pages = pages->next) {
        build_pages(docx, pages);
    }
    docx->section = last;
}

int32_t brv_docx_header_height(const struct docx_pages *pages, int which)
{
    const struct docx_block *block = pages->flows[DOCX_PAGE_DEFAULT][which].first;
    if (!block) {
        return 0;
    }
    const struct docx_paragraph_format *format = block->paragraph->format;
    int32_t line = format->line > 0 ? format->line : format->run.half_points * 12;
    int32_t lines = 1;
    for (const struct docx_inline *item = block->paragraph->first; item; item = item->next) {
        int32_t own = item->style && !is_blank(item) ? item->style->run.format.half_points * 12 : 0;
        line = own > line ? own : line;
        lines += item->kind == DOCX_LINE_BREAK;
    }
    return line * lines;
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

// The header or footer of a kind of page, which is first seen on the page of this number.
static void write_part(struct docx *docx, struct docx_pages *pages, int kind, int which,
                       int page_number)
{
    static const char *const openings[] = { "<w:hdr " DOCX_NAMESPACES ">\n",
                                            "<w:ftr " DOCX_NAMESPACES ">\n" };
    struct brv_buf *out = pages->parts[kind][which];
    if (!out) {
        return;
    }
    brv_buf_clear(out);
    pages->links[kind][which] = brv_docx_part(docx->arena);
    struct docx_writer writer = {
        .docx = docx,
        .part = &pages->links[kind][which],
        .out = out,
        .page_number = page_number,
    };
    brv_buf_add_cstr(out, BRV_XML_DECLARATION);
    brv_buf_add_cstr(out, openings[which]);
    brv_docx_write_flow(&writer, &pages->flows[kind][which]);
    brv_buf_add_cstr(out, which == 0 ? "</w:hdr>\n" : "</w:ftr>\n");
}

// The number of the first page that has these headers and footers; negative where only a layout
// could know.
static int first_number(const struct docx *docx, const struct docx_pages *pages)
{
    const struct docx_block *begin = docx->body.first;
    int number = -1;
    for (const struct docx_block *block = begin; block && number < 0; block = block->next) {
        if (block->section->pages == pages && (block == begin || block->numbers_pages)) {
            number = block->numbers_pages ? block->page_number : 1;
        }
        while (block->next && block->next->section == block->section &&
               !block->next->numbers_pages) {
            block = block->next;
        }
    }
    return number;
}

static void write_pages(struct docx *docx, struct docx_pages *pages)
{
    int number = first_number(docx, pages);
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            write_part(docx, pages, kind, which, number);
        }
    }
    pages->has_first = differs(pages, DOCX_PAGE_FIRST);
    pages->has_even = differs(pages, DOCX_PAGE_EVEN);
    bool is_one = !pages->has_first && !pages->has_even;
    for (int which = 0; which < 2 && number >= 0 && !is_one; which++) { // now by kind
        int next = number + pages->has_first;
        int usual = next + (pages->has_even && next % 2 == 0);
        write_part(docx, pages, DOCX_PAGE_DEFAULT, which, usual);
        write_part(docx, pages, DOCX_PAGE_EVEN, which, next + next % 2);
    }
    for (int which = 0; which < 2; which++) {
        if (!pages->has_first) {
            pages->parts[DOCX_PAGE_FIRST][which] = NULL;
        }
        if (!pages->has_even) {
            pages->parts[DOCX_PAGE_EVEN][which] = NULL;
        }
    }
}

// Even pages that were like the others get parts of their own.
static void tell_even_apart(struct docx_pages *pages)
{
    pages->has_even = true;
    for (int which = 0; which < 2; which++) {
        pages->links[DOCX_PAGE_EVEN][which] = pages->links[DOCX_PAGE_DEFAULT][which];
    }
}

// A header or footer that a section does not name is that of the section before. Where pages of
// some name have one, an empty part says that others have none.
static void say_none(struct docx *docx, enum docx_page_kind kind)
{
    static const char *const parts[] = { "<w:hdr " DOCX_NAMESPACES "><w:p/></w:hdr>\n",
                                         "<w:ftr " DOCX_NAMESPACES "><w:p/></w:ftr>\n" };
    for (int which = 0; which < 2; which++) {
        bool is_anywhere = false;
        for (struct docx_pages *pages = docx->first_pages; pages; pages = pages->next) {
            is_anywhere |= pages->parts[kind][which] != NULL;
        }
        for (struct docx_pages *pages = docx->first_pages; pages && is_anywhere;
             pages = pages->next) {
            if (pages->parts[kind][which]) {
                continue;
            }
            if (kind == DOCX_PAGE_EVEN && !pages->has_even) {
                tell_even_apart(pages);
            }
            struct brv_buf *out = brv_buf_new_in(docx->arena);
            brv_buf_add_cstr(out, BRV_XML_DECLARATION);
            brv_buf_add_cstr(out, parts[which]);
            pages->parts[kind][which] = out;
            pages->links[kind][which] = brv_docx_part(docx->arena);
        }
    }
}

void brv_docx_write_pages(struct docx *docx)
{
    bool has_even = false;
    for (struct docx_pages *pages = docx->first_pages; pages; pages = pages->next) {
        write_pages(docx, pages);
        if (docx->template && pages == docx->first_pages) {
            brv_docx_template_take_pages(docx, pages);
        }
        has_even |= pages->has_even;
    }
    docx->has_even = has_even; // for the whole document: pages alike on both sides say so twice
    say_none(docx, DOCX_PAGE_DEFAULT);
    for (struct docx_pages *pages = docx->first_pages; pages && has_even; pages = pages->next) {
        for (int which = 0; which < 2 && !pages->has_even; which++) {
            pages->parts[DOCX_PAGE_EVEN][which] = pages->parts[DOCX_PAGE_DEFAULT][which];
        }
    }
    if (has_even) {
        say_none(docx, DOCX_PAGE_EVEN);
    }
}

brv_str brv_docx_page_part(struct brv_arena *arena, const struct docx_pages *pages, int kind,
                           int which)
{
    bool is_shared = kind == DOCX_PAGE_EVEN && !pages->has_even;
    int number = pages->index * DOCX_PAGE_KINDS + (is_shared ? DOCX_PAGE_DEFAULT : kind) + 1;
    return brv_arena_printf(arena, "%s%d", which == 0 ? "header" : "footer", number);
}
