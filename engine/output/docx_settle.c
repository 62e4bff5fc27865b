// Brevier — margins between neighbours, and the paragraphs that Word wants around tables.
//
// Word keeps the larger of the space after a paragraph and the space before the next, which is how
// CSS margins collapse between siblings. What remains is the margins of containers, which CSS lets
// collapse with those of their first and last child: they are added here, and only where the
// neighbour's own space is not already as large, so that most paragraphs keep their plain style.
// Tables have no margins in Word; their neighbours carry them.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

#include <assert.h>

enum { HEADING_SLACK = 120 };

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t space_before(const struct docx_block *block)
{
    assert(block->paragraph || block->table);
    return block->paragraph
               ? larger(block->paragraph->format->before, block->paragraph->before_chain)
               : larger(block->table->before, block->table->before_chain);
}

static int32_t space_after(const struct docx_block *block)
{
    assert(block->paragraph || block->table);
    return block->paragraph ? larger(block->paragraph->format->after, block->paragraph->after_chain)
                            : larger(block->table->after, block->table->after_chain);
}

// Word makes contents anew in the styles it has for them, and knows no variants.
static bool is_entry(const struct docx_paragraph *paragraph)
{
    return paragraph->role == DOCX_ROLE_TOC || paragraph->role == DOCX_ROLE_LIST_OF_FIGURES;
}

static void raise_before(struct docx_paragraph *paragraph, int32_t space)
{
    if (paragraph->format->before < space && !is_entry(paragraph)) {
        paragraph->format->before = space;
        paragraph->is_variant = true;
    }
}

// A heading in a style of its own is lost to Word's tables of contents: a few points before the
// table or list that follows are not worth it.
static bool is_kept(const struct docx_paragraph *paragraph, int32_t space)
{
    return brv_docx_is_heading_role(paragraph->role) &&
           space - paragraph->format->after <= HEADING_SLACK;
}

static void raise_after(struct docx_paragraph *paragraph, int32_t space)
{
    if (paragraph->format->after < space && !is_entry(paragraph) && !is_kept(paragraph, space)) {
        paragraph->format->after = space;
        paragraph->is_variant = true;
    }
}

// A paragraph without text and hardly any height.
static struct docx_block *filler_new(struct docx *docx, int32_t space, bool page_break)
{
    struct docx_block *block = BRV_NEW(docx->arena, struct docx_block);
    struct docx_paragraph *paragraph = brv_docx_paragraph_blank(docx);
    paragraph->role = DOCX_ROLE_SPACER;
    paragraph->format->run = docx->normal->paragraph.run;
    paragraph->format->run.half_points = 2;
    paragraph->format->shade = DOCX_NO_COLOR;
    paragraph->format->line = -DOCX_FILLER_LINE;
    paragraph->format->after = larger(space - DOCX_FILLER_LINE, 0);
    paragraph->format->page_break = page_break;
    block->paragraph = paragraph;
    return block;
}

// What a page break before a table says stands in the filler that has it.
static struct docx_block *broken_filler_new(struct docx *docx, int32_t space,
                                            struct docx_block *block)
{
    struct docx_block *filler = filler_new(docx, space, block->table->page_break);
    if (block->table->page_break) {
        filler->numbers_pages = block->numbers_pages;
        filler->page_number = block->page_number;
        block->numbers_pages = false;
        block->table->page_break = false;
    }
    return filler;
}

static void insert_after(struct docx_flow *flow, struct docx_block *at, struct docx_block *block)
{
    block->section = at ? at->section : flow->first ? flow->first->section : NULL;
    if (!at) {
        block->next = flow->first;
        flow->first = block;
    } else {
        block->next = at->next;
        at->next = block;
    }
    if (flow->last == at) {
        flow->last = block;
    }
}

static void settle_pair(struct docx *docx, struct docx_flow *flow, struct docx_block *a,
                        struct docx_block *b)
{
    int32_t gap = larger(space_after(a), space_before(b));
    if (a->paragraph && b->paragraph) {
        if (gap <= larger(a->paragraph->format->after, b->paragraph->format->before)) {
            return;
        }
        bool is_list_after_contents =
            is_entry(a->paragraph) && b->paragraph->role == DOCX_ROLE_TOC_HEADING;
        if (b->paragraph->before_chain >= gap || is_list_after_contents) {
            raise_before(b->paragraph, gap);
        } else {
            raise_after(a->paragraph, gap);
        }
    } else if (a->paragraph) {
        raise_after(a->paragraph, gap);
        if (b->table->page_break) {
            insert_after(flow, a, broken_filler_new(docx, 0, b));
        }
    } else if (b->paragraph) {
        raise_before(b->paragraph, gap);
    } else { // Word would join the two tables
        insert_after(flow, a, broken_filler_new(docx, gap, b));
    }
}

// As on our own pages, what is in a cell begins and ends at its padding.
static void trim(const struct docx_flow *flow)
{
    if (flow->first->paragraph) {
        flow->first->paragraph->format->before = 0;
    }
    if (flow->last->paragraph->role != DOCX_ROLE_SPACER) {
        flow->last->paragraph->format->after = 0;
    }
}

static void settle_table(struct docx *docx, struct docx_table *table)
{
    for (struct docx_row *row = table->first; row; row = row->next) {
        for (struct docx_cell *cell = row->first; cell; cell = cell->next) {
            if (cell->flow) {
                brv_docx_settle(docx, cell->flow, true);
                if (!table->is_box) {
                    trim(cell->flow);
                }
            }
        }
    }
}

void brv_docx_settle(struct docx *docx, struct docx_flow *flow, bool is_cell)
{
    struct docx_block *first = flow->first;
    if (!first) {
        if (is_cell) {
            insert_after(flow, NULL, filler_new(docx, 0, false));
        }
        return;
    }
    if (first->paragraph) {
        raise_before(first->paragraph, first->paragraph->before_chain);
    } else if (!is_cell && (space_before(first) > 0 || first->table->page_break)) {
        insert_after(flow, NULL, broken_filler_new(docx, space_before(first), first));
    }
    for (struct docx_block *block = first; block; block = block->next) {
        if (block->table) {
            settle_table(docx, block->table);
        }
        if (block->next) {
            settle_pair(docx, flow, block, block->next);
        }
    }
    if (flow->last->paragraph) {
        raise_after(flow->last->paragraph, flow->last->paragraph->after_chain);
    } else { // a cell, a note and a page end with a paragraph
        insert_after(
            flow, flow->last, filler_new(docx, is_cell ? 0 : space_after(flow->last), false));
    }
}

struct docx_block *brv_docx_add_filler(struct docx *docx, struct docx_flow *flow,
                                       struct docx_block *at)
{
    struct docx_block *filler = filler_new(docx, 0, false);
    insert_after(flow, at, filler);
    return filler;
}
