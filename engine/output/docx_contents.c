// Brevier — tables of contents and lists of figures and tables as fields.
//
// A nav of the class toc, lof or lot is a title and nested lists of links. In Word its entries are
// the result of one TOC field that reaches over their paragraphs: a reader sees what our own layout
// found, and whoever edits the document updates the field and gets the same from Word. Nothing asks
// Word to do so by itself.
//
// Entries have the styles "toc 1" to "toc 9" by the level of the heading they lead to, because that
// is the style Word gives them when it makes the table anew.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"

enum contents_kind { CONTENTS_NONE, CONTENTS_HEADINGS, CONTENTS_FIGURES, CONTENTS_TABLES };
enum { LEVEL_MAX = DOCX_ENTRY_LEVELS };

static enum contents_kind contents_kind(const struct brv_styled *element)
{
    static const struct {
        const char *name;
        enum contents_kind kind;
    } rows[] = {
        { "toc", CONTENTS_HEADINGS },
        { "lof", CONTENTS_FIGURES },
        { "lot", CONTENTS_TABLES },
    };
    if (brv_docx_kind(element) != BRV_KIND_NAV) {
        return CONTENTS_NONE;
    }
    for (size_t i = 0; i < element->node->class_count; i++) {
        for (size_t k = 0; k < BRV_COUNT(rows); k++) {
            if (brv_str_is(element->node->classes[i], rows[k].name)) {
                return rows[k].kind;
            }
        }
    }
    return CONTENTS_NONE;
}

// ---- what our own pages say

brv_str brv_docx_page_label(struct docx *docx, brv_str href)
{
    const struct brv_pages *pages = docx->job->pages;
    if (!pages || href.len < 2 || href.ptr[0] != '#') {
        return (brv_str){ 0 };
    }
    if (!docx->pages.arena) {
        docx->pages.arena = docx->arena;
        for (size_t i = 0; i < pages->destination_count; i++) {
            const struct brv_destination *destination = &pages->destinations[i];
            *brv_map_at(&docx->pages, destination->id) = &pages->pages[destination->page].label;
        }
    }
    const brv_str *label = brv_map_find(&docx->pages, brv_str_slice(href, 1, href.len));
    return label ? *label : (brv_str){ 0 };
}

// ---- entries

static int heading_level(struct docx *docx, brv_str href)
{
    if (!docx->levels.arena) {
        docx->levels.arena = docx->arena;
        const struct brv_node *root = docx->job->root->node;
        for (const struct brv_node *node = root; node; node = brv_node_walk_next(root, node)) {
            int level = brv_kind_heading_level(node->kind);
            if (level > 0 && node->id.len > 0) {
                *brv_map_at(&docx->levels, node->id) = (void *)(uintptr_t)level;
            }
        }
    }
    return (int)(uintptr_t)brv_map_find(&docx->levels, brv_str_slice(href, 1, href.len));
}

// The place that an entry leads to; empty for a paragraph that is none.
static brv_str entry_href(const struct docx_paragraph *paragraph)
{
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        if (item->link && item->link->target.len > 1 && item->link->target.ptr[0] == '#') {
            return item->link->target;
        }
    }
    return (brv_str){ 0 };
}

static void take_entry(struct docx *docx, struct docx_paragraph *paragraph, enum contents_kind kind)
{
    paragraph->num = NULL;
    paragraph->wanted = (brv_str){ 0 }; // Word knows its own names only
    if (kind != CONTENTS_HEADINGS) {
        paragraph->role = DOCX_ROLE_LIST_OF_FIGURES;
        return;
    }
    int level = heading_level(docx, entry_href(paragraph));
    paragraph->role = DOCX_ROLE_TOC;
    bool has_level = paragraph->level > 0 && paragraph->level <= LEVEL_MAX;
    paragraph->level = level > 0 ? level : has_level ? paragraph->level : 1;
    const struct docx_paragraph_format **usual = &docx->entry_formats[paragraph->level];
    *usual = *usual ? *usual : paragraph->format;
    bool breaks = paragraph->format->page_break;
    *paragraph->format = **usual; // Word has one style for each level
    paragraph->format->page_break = breaks;
}

static void add_first(struct docx_paragraph *paragraph, struct docx_inline *item)
{
    item->next = paragraph->first;
    paragraph->first = item;
    paragraph->last = paragraph->last ? paragraph->last : item;
}

static brv_str instruction(struct docx *docx, enum contents_kind kind, int least, int most)
{
    switch (kind) {
    case CONTENTS_FIGURES:
    case CONTENTS_TABLES:
        return brv_arena_printf(docx->arena,
                                "TOC \\h \\z \\c \"%" BRV_STR_F "\"",
                                BRV_STR_ARG(brv_docx_sequence_name(docx, kind == CONTENTS_TABLES)));
    case CONTENTS_HEADINGS:
    case CONTENTS_NONE:
        break;
    }
    return brv_arena_printf(docx->arena, "TOC \\o \"%d-%d\" \\h \\z \\u", least, most);
}

// ---- the field

bool brv_docx_build_contents(struct docx *docx, const struct docx_place *place,
                             const struct brv_styled *element)
{
    enum contents_kind kind = contents_kind(element);
    if (kind == CONTENTS_NONE || docx->in_contents) {
        return false;
    }
    struct docx_flow *flow = place->flow;
    struct docx_block *before = flow->last;
    docx->in_contents = true;
    brv_docx_build_container(docx, place, element);
    docx->in_contents = false;
    struct docx_block *start = before ? before->next : flow->first;
    struct docx_paragraph *first = NULL;
    struct docx_paragraph *last = NULL;
    int least = LEVEL_MAX;
    int most = 1;
    for (struct docx_block *block = start; block; block = block->next) {
        struct docx_paragraph *paragraph = block->paragraph;
        if (!paragraph) {
            continue;
        }
        if (brv_docx_is_heading_role(paragraph->role)) {
            paragraph->role = DOCX_ROLE_TOC_HEADING;
            paragraph->format->outline = 0; // no part of what it is the title of
        } else if (entry_href(paragraph).len > 0) {
            take_entry(docx, paragraph, kind);
            first = first ? first : paragraph;
            last = paragraph;
            least = paragraph->level < least ? paragraph->level : least;
            most = paragraph->level > most ? paragraph->level : most;
        }
    }
    if (!first) {
        return true;
    }
    struct docx_inline *field = BRV_NEW(docx->arena, struct docx_inline);
    field->kind = DOCX_FIELD;
    field->field = instruction(docx, kind, least, most);
    add_first(first, field);
    brv_docx_inline_new(docx, last, DOCX_FIELD_END);
    if (kind == CONTENTS_HEADINGS) {
        start->opens_contents = true;
        flow->last->closes_contents = true; // NOLINT: the field's end is there
    }
    return true;
}
