// Brevier — the parts of a template in our document.
//
// Its styles stand as they are. Numbers in them point to its own numbering, which follows ours with
// other ids; only the ordered lists, which a document begins anew, are numbered by us.
// SPDX-License-Identifier: MIT
#include "output/docx_template.h"

#include "output/docx_xml.h"

// ---- styles

static brv_str shifted(struct brv_arena *arena, brv_str number, int offset)
{
    size_t value = 0;
    if (!brv_str_to_size(number, &value) || value > INT16_MAX) {
        value = 0;
    }
    return brv_arena_printf(arena, "%zu", value + (size_t)offset);
}

static struct docx_dom *element_new(struct brv_arena *arena, const char *name, brv_str value)
{
    struct docx_dom *dom = BRV_NEW(arena, struct docx_dom);
    dom->name = brv_str_from_cstr(name);
    brv_docx_dom_set(arena, dom, "w:val", value);
    return dom;
}

// Gives a style's w:numPr the numbering that our style of the same name has.
static void set_numbering(struct brv_arena *arena, struct docx_dom *number,
                          const struct docx_style *style)
{
    struct docx_dom *level =
        element_new(arena, "w:ilvl", brv_arena_printf(arena, "%d", style->num_level));
    struct docx_dom *num =
        element_new(arena, "w:numId", brv_arena_printf(arena, "%d", style->num->id));
    level->parent = num->parent = number;
    level->next = num;
    number->first = level;
    number->last = num;
}

static const struct docx_style *find_adopted(const struct docx *docx, brv_str id)
{
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->is_adopted && brv_str_equal(style->id, id)) {
            return style;
        }
    }
    return NULL;
}

// The child of a name, put before the first of its siblings that must follow it.
static struct docx_dom *ensure(struct brv_arena *arena, struct docx_dom *parent, const char *name,
                               const char *const *before, size_t count)
{
    struct docx_dom *known = brv_docx_dom_child(parent, name);
    if (known) {
        return known;
    }
    struct docx_dom *dom = BRV_NEW(arena, struct docx_dom);
    dom->name = brv_str_from_cstr(name);
    dom->parent = parent;
    struct docx_dom **at = &parent->first;
    bool is_past = false;
    while (*at && !is_past) {
        is_past = true;
        for (size_t i = 0; i < count; i++) {
            is_past &= !brv_docx_dom_is(*at, before[i]);
        }
        at = is_past ? at : &(*at)->next;
    }
    dom->next = *at;
    *at = dom;
    parent->last = dom->next ? parent->last : dom;
    return dom;
}

// Our own list style may be one that the template has without a number.
static struct docx_dom *ensure_number(struct brv_arena *arena, struct docx_dom *style)
{
    static const char *const before_properties[] = {
        "w:name",       "w:aliases",        "w:basedOn",  "w:next",   "w:link",
        "w:hidden",     "w:autoRedefine",   "w:personal", "w:locked", "w:uiPriority",
        "w:semiHidden", "w:unhideWhenUsed", "w:qFormat",  "w:rsid",
    };
    static const char *const before_number[] = {
        "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl",
    };
    struct docx_dom *properties =
        ensure(arena, style, "w:pPr", before_properties, BRV_COUNT(before_properties));
    return ensure(arena, properties, "w:numPr", before_number, BRV_COUNT(before_number));
}

static void number_style(const struct docx *docx, struct docx_dom *style)
{
    const struct docx_template *template = docx->template;
    struct docx_dom *properties = brv_docx_dom_child(style, "w:pPr");
    struct docx_dom *number = brv_docx_dom_child(properties, "w:numPr");
    const struct docx_style *own = find_adopted(docx, brv_docx_dom_value(style, "w:styleId"));
    if (own && own->num) {
        set_numbering(docx->arena, ensure_number(docx->arena, style), own);
        return;
    }
    if (!number) {
        return;
    }
    struct docx_dom *num = brv_docx_dom_child(number, "w:numId");
    bool is_none = brv_str_is(brv_docx_dom_value(num, "w:val"), "0");
    if (is_none) {
        return;
    }
    if (num && template->numbering) {
        brv_str id = shifted(docx->arena, brv_docx_dom_value(num, "w:val"), template->num_offset);
        brv_docx_dom_set(docx->arena, num, "w:val", id);
    } else {
        brv_docx_dom_remove(number);
    }
}

void brv_docx_template_write_defaults(const struct docx_template *template, struct brv_buf *out)
{
    const struct docx_dom *defaults = brv_docx_dom_child(template->styles, "w:docDefaults");
    if (defaults) {
        brv_docx_dom_write(out, defaults);
    }
}

void brv_docx_template_write_styles(const struct docx *docx, struct brv_buf *out)
{
    const struct docx_dom *styles = docx->template->styles;
    for (struct docx_dom *style = styles->first; style; style = style->next) {
        if (brv_docx_dom_is(style, "w:style")) {
            number_style(docx, style);
            brv_docx_dom_write(out, style);
            brv_buf_add_byte(out, '\n');
        }
    }
}

// ---- numbering

// The children of a level in the order of the standard, which not every writer keeps; those that
// need more than the text, as a picture for a bullet, are left out.
static void sort_level(struct docx_dom *level)
{
    static const char *const order[] = {
        "w:start", "w:numFmt",  "w:lvlRestart", "w:pStyle", "w:isLgl",
        "w:suff",  "w:lvlText", "w:lvlJc",      "w:pPr",    "w:rPr",
    };
    struct docx_dom *sorted = NULL;
    struct docx_dom **end = &sorted;
    struct docx_dom *last = NULL;
    for (size_t i = 0; i < BRV_COUNT(order); i++) {
        struct docx_dom *child = brv_docx_dom_child(level, order[i]);
        if (child) {
            brv_docx_dom_remove(child);
            child->next = NULL;
            *end = last = child;
            end = &child->next;
        }
    }
    level->first = sorted;
    level->last = last;
}

void brv_docx_template_write_numbering(const struct docx_template *template, const char *name,
                                       struct brv_buf *out)
{
    struct brv_arena *arena = template->names.arena;
    struct docx_dom *first = template->numbering ? template->numbering->first : NULL;
    for (struct docx_dom *dom = first; dom; dom = dom->next) {
        if (!brv_docx_dom_is(dom, name)) {
            continue;
        }
        bool is_num = brv_docx_dom_is(dom, "w:num");
        const char *key = is_num ? "w:numId" : "w:abstractNumId";
        int offset = is_num ? template->num_offset : template->abstract_offset;
        brv_docx_dom_set(arena, dom, key, shifted(arena, brv_docx_dom_value(dom, key), offset));
        for (struct docx_dom *inner = dom; inner;) {
            struct docx_dom *next = brv_docx_dom_next(dom, inner);
            if (inner != dom && brv_docx_dom_is(inner, "w:abstractNumId")) {
                brv_str id =
                    shifted(arena, brv_docx_dom_value(inner, "w:val"), template->abstract_offset);
                brv_docx_dom_set(arena, inner, "w:val", id);
            } else if (brv_docx_dom_is(inner, "w:lvl")) {
                sort_level(inner);
                next = brv_docx_dom_next(dom, inner);
            }
            inner = next;
        }
        brv_docx_dom_write(out, dom);
        brv_buf_add_byte(out, '\n');
    }
}

// ---- theme, headers and footers

void brv_docx_template_write_theme(const struct docx_template *template, struct brv_buf *out)
{
    brv_buf_add_cstr(out,
                     BRV_XML_DECLARATION
                     "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"");
    brv_xml_attr(out, "name", brv_docx_dom_value(template->theme, "name"));
    brv_buf_add_byte(out, '>');
    struct docx_dom *elements = brv_docx_dom_child(template->theme, "a:themeElements");
    if (elements) {
        brv_docx_dom_write(out, elements);
    }
    brv_buf_add_cstr(out, "</a:theme>\n");
}

void brv_docx_template_take_pages(const struct docx *docx, struct docx_pages *pages)
{
    static const char *const elements[] = { "hdr", "ftr" };
    const struct docx_template *template = docx->template;
    if (!template->has_headers) {
        return;
    }
    pages->has_first = template->has_first;
    pages->has_even = template->has_even;
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            const struct docx_dom *root = template->headers[kind][which];
            pages->parts[kind][which] = NULL;
            pages->links[kind][which] = template->links[kind][which];
            if (!root) {
                continue;
            }
            struct brv_buf *out = brv_buf_new_in(docx->arena);
            brv_buf_printf(
                out, BRV_XML_DECLARATION "<w:%s " DOCX_NAMESPACES ">\n", elements[which]);
            brv_docx_dom_write_children(out, root);
            brv_buf_printf(out, "</w:%s>\n", elements[which]);
            pages->parts[kind][which] = out;
        }
    }
}
