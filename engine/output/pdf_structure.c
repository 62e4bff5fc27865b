// Brevier — the tree of tags of a PDF: what the content of its pages means.
// SPDX-License-Identifier: MIT
//
// An element's kids are marked content, annotations and further elements, in reading order. Layout
// gives the order of elements; where content stands between them is known only when pages are
// drawn. So an element enters its parent's kids when its first content is drawn, after all the
// siblings that precede it; what never draws anything enters at the end:
//
//     P ── "See " Link("the report") " for more."
//     kids of P: MCID 0, Link, MCID 2          kids of Link: MCID 1, its annotation
//
// Each element enters once, so all of this is linear in the content.
#include "output/pdf_structure.h"

#include "output/pdf_tree.h"
#include "output/pdf_write.h"

#include <math.h>
#include <stdlib.h>

enum pdf_kid_kind { PDF_KID_ELEMENT, PDF_KID_CONTENT, PDF_KID_ANNOTATION };

// A long document has a hundred thousand of both, so they are kept small.
struct pdf_kid {
    struct pdf_kid *next;
    uint32_t value; // object of the element or annotation; MCID
    uint32_t page;  // of content and annotations
    enum pdf_kid_kind kind;
};

// What a figure takes of its page.
struct pdf_figure {
    size_t page;
    bool is_on_many_pages; // its box would span pages
    double left, top, right, bottom;
};

struct pdf_element {
    uint32_t id;          // its object
    uint32_t note_number; // of a Note: 1, 2, … in reading order
    bool is_entered;
    bool has_annotation;
    struct pdf_figure *figure;     // once something of it is drawn
    struct brv_tag *next_to_enter; // the first child that is not in `kids`
    struct pdf_kid *first;
    struct pdf_kid *last;
};

struct brv_pdf_structure {
    struct brv_pdf *pdf;
    struct pdf_element *elements; // by tag id
    uint32_t tree_id;
    uint32_t *content_tags; // tag ids, by page and MCID
    size_t content_count;
    size_t content_capacity;
    size_t *page_starts; // by page: where its MCIDs begin in content_tags; page_count + 1 of them
    size_t page;         // the page being drawn
    uint32_t *annotation_tags;
    size_t annotation_count;
    size_t annotation_capacity;
    const struct brv_tag *boxed_tag;    // the last tag whose figure was looked for …
    const struct brv_tag *boxed_figure; // … and the figure
};

// The structure types of PDF 1.7, sorted (ISO 32000-1, 14.8.4).
static const char *const structure_types[] = {
    "Annot",    "Art",    "BibEntry", "BlockQuote", "Caption", "Code",      "Div",
    "Document", "Figure", "Form",     "Formula",    "H",       "H1",        "H2",
    "H3",       "H4",     "H5",       "H6",         "Index",   "L",         "LBody",
    "LI",       "Lbl",    "Link",     "NonStruct",  "Note",    "P",         "Part",
    "Private",  "Quote",  "RB",       "RP",         "RT",      "Reference", "Ruby",
    "Sect",     "Span",   "TBody",    "TD",         "TFoot",   "TH",        "THead",
    "TOC",      "TOCI",   "TR",       "Table",      "WP",      "WT",        "Warichu",
};

static int structure_compare(const void *key, const void *name)
{
    return strcmp(key, *(const char *const *)name);
}

static bool tag_is(const struct brv_tag *tag, const char *type)
{
    return strcmp(tag->type, type) == 0;
}

static struct pdf_element *structure_element(const struct brv_pdf_structure *structure,
                                             const struct brv_tag *tag)
{
    return &structure->elements[tag->id];
}

struct brv_tag *brv_pdf_tag_next(const struct brv_tag *tag)
{
    if (tag->first)
        return tag->first;
    while (tag && !tag->next)
        tag = tag->parent;
    return tag ? tag->next : NULL;
}

static struct pdf_kid *structure_add_kid(struct brv_pdf_structure *structure,
                                         const struct brv_tag *tag, enum pdf_kid_kind kind,
                                         uint32_t value)
{
    struct pdf_element *element = structure_element(structure, tag);
    struct pdf_kid *kid = BRV_NEW(structure->pdf->arena, struct pdf_kid);
    kid->kind = kind;
    kid->value = value;
    if (element->last)
        element->last->next = kid;
    else
        element->first = kid;
    element->last = kid;
    return kid;
}

// Enters the children of `parent` up to `through` (all of them when it is NULL).
static void structure_enter_children(struct brv_pdf_structure *structure,
                                     const struct brv_tag *parent, const struct brv_tag *through)
{
    struct pdf_element *element = structure_element(structure, parent);
    struct brv_tag *child = element->next_to_enter;
    while (child) {
        struct pdf_element *entering = structure_element(structure, child);
        entering->is_entered = true;
        structure_add_kid(structure, parent, PDF_KID_ELEMENT, entering->id);
        bool is_last = child == through;
        child = child->next;
        if (is_last)
            break;
    }
    element->next_to_enter = child;
}

static void structure_enter(struct brv_pdf_structure *structure, const struct brv_tag *tag)
{
    while (tag->parent && !structure_element(structure, tag)->is_entered) {
        structure_enter_children(structure, tag->parent, tag);
        tag = tag->parent;
    }
}

struct brv_pdf_structure *brv_pdf_structure_new(struct brv_pdf *pdf)
{
    struct brv_pdf_structure *structure = BRV_NEW(pdf->arena, struct brv_pdf_structure);
    structure->pdf = pdf;
    structure->elements =
        BRV_NEW_ARRAY(pdf->arena, struct pdf_element, (size_t)pdf->pages->tag_count + 1);
    structure->page_starts = BRV_NEW_ARRAY(pdf->arena, size_t, pdf->pages->page_count + 1);
    structure->tree_id = brv_pdf_file_reserve(pdf->file);
    uint32_t note_count = 0;
    for (struct brv_tag *tag = pdf->pages->root; tag; tag = brv_pdf_tag_next(tag)) {
        struct pdf_element *element = structure_element(structure, tag);
        element->id = brv_pdf_file_reserve(pdf->file);
        element->next_to_enter = tag->first;
        if (tag_is(tag, "Note"))
            element->note_number = ++note_count;
    }
    return structure;
}

uint32_t brv_pdf_structure_id(const struct brv_pdf_structure *structure, const struct brv_tag *tag)
{
    return structure_element(structure, tag)->id;
}

const char *brv_pdf_structure_type(const struct brv_pdf_structure *structure,
                                   const struct brv_tag *tag)
{
    (void)structure;
    if (bsearch(tag->type,
                structure_types,
                BRV_COUNT(structure_types),
                sizeof *structure_types,
                structure_compare))
        return tag->type;
    return "Div";
}

size_t brv_pdf_structure_add_content(struct brv_pdf_structure *structure, struct brv_tag *tag,
                                     size_t page)
{
    while (structure->page < page)
        structure->page_starts[++structure->page] = structure->content_count;
    size_t mcid = structure->content_count - structure->page_starts[page];
    BRV_PUSH(structure->pdf->arena,
             structure->content_tags,
             structure->content_count,
             structure->content_capacity) = tag->id;
    structure_enter(structure, tag);
    structure_add_kid(structure, tag, PDF_KID_CONTENT, (uint32_t)mcid)->page = (uint32_t)page;
    return mcid;
}

bool brv_pdf_structure_has_content(const struct brv_pdf_structure *structure,
                                   const struct brv_tag *tag)
{
    const struct pdf_kid *kid = structure_element(structure, tag)->first;
    while (kid && kid->kind != PDF_KID_CONTENT)
        kid = kid->next;
    return kid != NULL;
}

static const struct brv_tag *structure_find_figure(struct brv_pdf_structure *structure,
                                                   const struct brv_tag *tag)
{
    if (tag != structure->boxed_tag) {
        structure->boxed_tag = tag;
        while (tag && !tag_is(tag, "Figure") && !tag_is(tag, "Formula"))
            tag = tag->parent;
        structure->boxed_figure = tag;
    }
    return structure->boxed_figure;
}

void brv_pdf_structure_add_box(struct brv_pdf_structure *structure, const struct brv_tag *tag,
                               size_t page, double left, double top, double right, double bottom)
{
    tag = structure_find_figure(structure, tag);
    if (!tag)
        return;
    struct pdf_element *element = structure_element(structure, tag);
    struct pdf_figure *figure = element->figure;
    if (!figure) {
        element->figure = BRV_NEW(structure->pdf->arena, struct pdf_figure);
        *element->figure = (struct pdf_figure){ page, false, left, top, right, bottom };
        return;
    }
    figure->is_on_many_pages |= page != figure->page;
    figure->left = fmin(left, figure->left);
    figure->top = fmin(top, figure->top);
    figure->right = fmax(right, figure->right);
    figure->bottom = fmax(bottom, figure->bottom);
}

size_t brv_pdf_structure_add_annotation(struct brv_pdf_structure *structure, struct brv_tag *tag,
                                        size_t page, uint32_t annotation_id)
{
    BRV_PUSH(structure->pdf->arena,
             structure->annotation_tags,
             structure->annotation_count,
             structure->annotation_capacity) = tag->id;
    structure_enter(structure, tag);
    structure_add_kid(structure, tag, PDF_KID_ANNOTATION, annotation_id)->page = (uint32_t)page;
    structure_element(structure, tag)->has_annotation = true;
    return structure->pdf->pages->page_count + structure->annotation_count - 1;
}

// ---- writing

static void element_add_kids(struct brv_pdf_structure *structure, const struct pdf_element *element,
                             struct brv_buf *out)
{
    const uint32_t *page_ids = structure->pdf->page_ids;
    // Content on the element's own page (that of its first content) is told by number alone.
    const struct pdf_kid *content = element->first;
    while (content && content->kind != PDF_KID_CONTENT)
        content = content->next;
    size_t own_page = 0;
    if (content) {
        own_page = content->page;
        brv_buf_add_cstr(out, "/Pg");
        brv_pdf_add_ref(out, page_ids[own_page]);
    }
    if (!element->first)
        return;
    brv_buf_add_cstr(out, "/K[");
    for (const struct pdf_kid *kid = element->first; kid; kid = kid->next) {
        switch (kid->kind) {
        case PDF_KID_ELEMENT:
            brv_pdf_add_ref(out, kid->value);
            break;
        case PDF_KID_CONTENT:
            if (kid->page == own_page) {
                brv_buf_printf(out, " %u", kid->value);
            } else {
                brv_buf_add_cstr(out, "<</Type/MCR/Pg");
                brv_pdf_add_ref(out, page_ids[kid->page]);
                brv_buf_printf(out, "/MCID %u>>", kid->value);
            }
            break;
        case PDF_KID_ANNOTATION:
            brv_buf_add_cstr(out, "<</Type/OBJR/Pg");
            brv_pdf_add_ref(out, page_ids[kid->page]);
            brv_buf_add_cstr(out, "/Obj");
            brv_pdf_add_ref(out, kid->value);
            brv_buf_add_cstr(out, ">>");
            break;
        }
    }
    brv_buf_add_byte(out, ']');
}

static void element_add_box(struct brv_pdf_structure *structure, const struct brv_tag *tag,
                            const struct pdf_figure *figure, struct brv_buf *out)
{
    double height = (double)structure->pdf->pages->pages[figure->page].height_pt;
    brv_buf_printf(out, "/A<</O/Layout/Placement/%s/BBox[", tag->is_inline ? "Inline" : "Block");
    brv_pdf_add_pt(out, figure->left);
    brv_pdf_add_pt(out, height - figure->bottom);
    brv_pdf_add_pt(out, fmax(figure->right, figure->left + 0.1)); // a rule is a figure, too
    brv_pdf_add_pt(out, height - fmin(figure->top, figure->bottom - 0.1));
    brv_buf_add_cstr(out, "]>>");
}

static void element_add_attributes(struct brv_pdf_structure *structure, const struct brv_tag *tag,
                                   const struct pdf_element *element, struct brv_buf *out)
{
    if (tag_is(tag, "TH") || tag_is(tag, "TD")) {
        bool is_header = tag_is(tag, "TH");
        if (!is_header && tag->row_span <= 1 && tag->col_span <= 1)
            return;
        brv_buf_add_cstr(out, "/A<</O/Table");
        if (is_header)
            brv_buf_add_cstr(out, tag->is_header_column ? "/Scope/Column" : "/Scope/Row");
        if (tag->row_span > 1)
            brv_buf_printf(out, "/RowSpan %u", tag->row_span);
        if (tag->col_span > 1)
            brv_buf_printf(out, "/ColSpan %u", tag->col_span);
        brv_buf_add_cstr(out, ">>");
    } else if (tag_is(tag, "L") && tag->list_numbering) {
        brv_buf_printf(out, "/A<</O/List/ListNumbering/%s>>", tag->list_numbering);
    } else if (element->figure && !element->figure->is_on_many_pages) {
        element_add_box(structure, tag, element->figure, out);
    }
}

static void element_add_note_name(const struct pdf_element *element, struct brv_buf *out)
{
    brv_buf_printf(out, "(note-%08x)", element->note_number); // of one length, so names are sorted
}

static void element_write(struct brv_pdf_structure *structure, const struct brv_tag *tag)
{
    struct pdf_element *element = structure_element(structure, tag);
    struct brv_buf *out = &structure->pdf->scratch;
    // A Link without an annotation (its target was refused) is only a span of text.
    bool is_dead_link = tag_is(tag, "Link") && !element->has_annotation;
    brv_buf_printf(out,
                   "/Type/StructElem/S/%s/P",
                   is_dead_link ? "Span" : brv_pdf_structure_type(structure, tag));
    brv_pdf_add_ref(
        out, tag->parent ? structure_element(structure, tag->parent)->id : structure->tree_id);
    element_add_kids(structure, element, out);
    if (tag_is(tag, "Note")) {
        brv_buf_add_cstr(out, "/ID");
        element_add_note_name(element, out);
    }
    if (tag->lang.len && brv_pdf_is_language(tag->lang)) {
        brv_buf_add_cstr(out, "/Lang");
        brv_pdf_add_bytes(out, tag->lang);
    }
    if (tag->alt.len) {
        brv_buf_add_cstr(out, "/Alt");
        brv_pdf_add_text(out, tag->alt);
    }
    if (tag->title.len) {
        brv_buf_add_cstr(out, "/T");
        brv_pdf_add_text(out, tag->title);
    }
    element_add_attributes(structure, tag, element, out);
    brv_pdf_file_put(structure->pdf->file, element->id, brv_buf_str(out));
    brv_buf_clear(out);
}

// Pages come first in the parent tree, by index, each with the elements of its MCIDs; then the
// annotations in the order of their making.
static brv_str structure_write_parents(struct brv_pdf_structure *structure)
{
    struct brv_pdf *pdf = structure->pdf;
    const size_t page_count = pdf->pages->page_count;
    while (structure->page < page_count)
        structure->page_starts[++structure->page] = structure->content_count;
    size_t count = page_count + structure->annotation_count;
    struct brv_pdf_tree_entry *entries =
        BRV_NEW_ARRAY(pdf->arena, struct brv_pdf_tree_entry, count);
    for (size_t i = 0; i < count; i++) {
        struct brv_buf *out = &pdf->scratch;
        if (i < page_count) {
            brv_buf_add_byte(out, '[');
            for (size_t at = structure->page_starts[i]; at < structure->page_starts[i + 1]; at++)
                brv_pdf_add_ref(out, structure->elements[structure->content_tags[at]].id);
            brv_buf_add_byte(out, ']');
        } else {
            uint32_t tag_id = structure->annotation_tags[i - page_count];
            brv_pdf_add_ref(out, structure->elements[tag_id].id);
        }
        entries[i].key = brv_arena_printf(pdf->arena, "%zu", i);
        entries[i].value = brv_arena_str(pdf->arena, brv_buf_str(out));
        brv_buf_clear(out);
    }
    return brv_pdf_tree_write(pdf, "Nums", entries, count);
}

// The names of notes, which PDF/UA wants; empty when there is none.
static brv_str structure_write_names(struct brv_pdf_structure *structure)
{
    struct brv_pdf *pdf = structure->pdf;
    struct brv_pdf_tree_entry *entries = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (struct brv_tag *tag = pdf->pages->root; tag; tag = brv_pdf_tag_next(tag)) {
        const struct pdf_element *element = structure_element(structure, tag);
        if (!element->note_number)
            continue;
        struct brv_buf *out = &pdf->scratch;
        element_add_note_name(element, out);
        struct brv_pdf_tree_entry *entry = &BRV_PUSH(pdf->arena, entries, count, capacity);
        entry->key = brv_arena_str(pdf->arena, brv_buf_str(out));
        entry->value = brv_arena_printf(pdf->arena, "%u 0 R", element->id);
        brv_buf_clear(out);
    }
    return count ? brv_pdf_tree_write(pdf, "Names", entries, count) : (brv_str){ 0 };
}

void brv_pdf_structure_write(struct brv_pdf_structure *structure, struct brv_buf *catalog)
{
    struct brv_pdf *pdf = structure->pdf;
    for (struct brv_tag *tag = pdf->pages->root; tag; tag = brv_pdf_tag_next(tag))
        structure_enter_children(structure, tag, NULL);
    for (struct brv_tag *tag = pdf->pages->root; tag; tag = brv_pdf_tag_next(tag))
        element_write(structure, tag);
    brv_str parents = structure_write_parents(structure);
    brv_str names = structure_write_names(structure);
    struct brv_buf *out = &pdf->scratch;
    brv_buf_add_cstr(out, "/Type/StructTreeRoot/K");
    brv_pdf_add_ref(out, brv_pdf_structure_id(structure, pdf->pages->root));
    brv_buf_add_cstr(out, "/ParentTree<<");
    brv_buf_add_str(out, parents);
    brv_buf_printf(
        out, ">>/ParentTreeNextKey %zu", pdf->pages->page_count + structure->annotation_count);
    if (names.len) {
        brv_buf_add_cstr(out, "/IDTree<<");
        brv_buf_add_str(out, names);
        brv_buf_add_cstr(out, ">>");
    }
    brv_pdf_file_put(pdf->file, structure->tree_id, brv_buf_str(out));
    brv_buf_clear(out);
    brv_buf_add_cstr(catalog, "/MarkInfo<</Marked true>>/StructTreeRoot");
    brv_pdf_add_ref(catalog, structure->tree_id);
}
