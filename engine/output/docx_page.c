// Brevier — the headers and footers of a section in Word, and which kinds of page have which.
//
// docx_page_line.c makes a line of the margin boxes of an edge. The corner boxes and those of the
// sides have no place in Word.
// SPDX-License-Identifier: MIT
#include "output/docx_page.h"

#include "output/docx_naming.h"
#include "output/docx_template.h"
#include "output/docx_write.h"
#include "output/docx_xml.h"

// ---- building

static void build_pages(struct docx *docx, struct docx_pages *pages)
{
    docx->section = brv_docx_section(docx, pages->name);
    docx->text_width = pages->text_width;
    docx->text_height = pages->text_height;
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        // A template's stand in place of the usual ones.
        bool is_ours = !pages->template || !pages->template->has_headers;
        for (int which = 0; which < 2 && is_ours; which++) {
            struct docx_flow *flow = &pages->flows[kind][which];
            if (brv_docx_build_page_line(docx, pages, kind, which, flow)) {
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
