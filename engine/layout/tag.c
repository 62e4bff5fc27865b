// Brevier — building the structure tree.
// SPDX-License-Identifier: MIT
#include "layout/tag.h"

struct brv_tag *brv_tag_new(struct brv_arena *arena, struct brv_tag *parent, const char *type,
                            const struct brv_node *node)
{
    struct brv_tag *tag = BRV_NEW(arena, struct brv_tag);
    tag->type = type;
    tag->node = node;
    tag->parent = parent;
    if (parent) {
        if (parent->last) {
            parent->last->next = tag;
        } else {
            parent->first = tag;
        }
        parent->last = tag;
    }
    return tag;
}

// The standard type of a kind; NULL where the element only has meaning through its parent's.
static const char *type_of(enum brv_kind kind)
{
    switch (kind) {
    case BRV_KIND_ARTICLE:
        return "Art";
    case BRV_KIND_SECTION:
    case BRV_KIND_ASIDE:
    case BRV_KIND_NAV:
        return "Sect";
    case BRV_KIND_HEADER:
    case BRV_KIND_DIV:
        return "Div";
    case BRV_KIND_H1:
        return "H1";
    case BRV_KIND_H2:
        return "H2";
    case BRV_KIND_H3:
        return "H3";
    case BRV_KIND_H4:
        return "H4";
    case BRV_KIND_H5:
        return "H5";
    case BRV_KIND_H6:
        return "H6";
    case BRV_KIND_P:
    case BRV_KIND_PRE:
        return "P";
    case BRV_KIND_UL:
    case BRV_KIND_OL:
    case BRV_KIND_DL:
        return "L";
    case BRV_KIND_LI:
        return "LI";
    case BRV_KIND_DT:
        return "Lbl";
    case BRV_KIND_DD:
        return "LBody";
    case BRV_KIND_TABLE:
        return "Table";
    case BRV_KIND_CAPTION:
    case BRV_KIND_FIGCAPTION:
        return "Caption";
    case BRV_KIND_THEAD:
        return "THead";
    case BRV_KIND_TBODY:
        return "TBody";
    case BRV_KIND_TR:
        return "TR";
    case BRV_KIND_TH:
        return "TH";
    case BRV_KIND_TD:
        return "TD";
    case BRV_KIND_BLOCKQUOTE:
        return "BlockQuote";
    case BRV_KIND_FIGURE:
        return "Div";
    case BRV_KIND_IMG:
    case BRV_KIND_DRAWING:
        return "Figure";
    case BRV_KIND_CODE:
        return "Code";
    case BRV_KIND_A:
        return "Link";
    case BRV_KIND_FOOTNOTE:
        return "Note";
    case BRV_KIND_TEXT:
    case BRV_KIND_HR:
    case BRV_KIND_SPAN:
    case BRV_KIND_STRONG:
    case BRV_KIND_EM:
    case BRV_KIND_DEL:
    case BRV_KIND_SUP:
    case BRV_KIND_SUB:
    case BRV_KIND_MARK:
    case BRV_KIND_BR:
    case BRV_KIND_COUNT:
        return NULL;
    }
    return NULL;
}

static const char *numbering_of(const struct brv_style *style)
{
    switch (style->list_style_type.style) {
    case BRV_LIST_DISC:
        return "Disc";
    case BRV_LIST_CIRCLE:
        return "Circle";
    case BRV_LIST_SQUARE:
        return "Square";
    case BRV_LIST_DECIMAL:
    case BRV_LIST_DECIMAL_LEADING_ZERO:
        return "Decimal";
    case BRV_LIST_LOWER_ALPHA:
        return "LowerAlpha";
    case BRV_LIST_UPPER_ALPHA:
        return "UpperAlpha";
    case BRV_LIST_LOWER_ROMAN:
        return "LowerRoman";
    case BRV_LIST_UPPER_ROMAN:
        return "UpperRoman";
    case BRV_LIST_NONE:
    case BRV_LIST_STRING:
        return NULL;
    }
    return NULL;
}

static bool is_in_contents(const struct brv_tag *tag)
{
    return strcmp(tag->type, "TOCI") == 0 ||
           (strcmp(tag->type, "P") == 0 && tag->parent && strcmp(tag->parent->type, "TOCI") == 0);
}

bool brv_is_decoration(const struct brv_styled *styled)
{
    const struct brv_styled *parent = styled->parent;
    return styled->node && styled->node->kind == BRV_KIND_IMG && parent &&
           parent->kind != BRV_STYLED_ELEMENT && brv_node_attr(styled->node, BRV_ATTR_ALT).len == 0;
}

struct brv_tag *brv_tag_of(struct brv_layout *layout, struct brv_tag *parent,
                           const struct brv_styled *styled, brv_str parent_lang)
{
    if (!parent || layout->is_counting || styled->kind != BRV_STYLED_ELEMENT || !styled->node ||
        brv_is_decoration(styled)) {
        return parent;
    }
    const struct brv_node *node = styled->node;
    const char *type = type_of(node->kind);
    brv_str wanted = styled->style->brv_tag;
    if (brv_str_is(wanted, "none")) {
        return parent;
    }
    if (wanted.len > 0) {
        type = brv_arena_cstr(layout->arena, wanted);
    }
    brv_str lang = brv_node_attr(node, BRV_ATTR_LANG);
    bool has_lang = lang.len > 0 && !brv_str_equal_nocase(lang, parent_lang);
    if (!type && has_lang) {
        type = "Span";
    }
    if (!type) {
        return parent;
    }
    // An entry of a table of contents refers to its place, by a link.
    if (node->kind == BRV_KIND_A && is_in_contents(parent)) {
        parent = brv_tag_new(layout->arena, parent, "Reference", NULL);
    }
    struct brv_tag *tag = brv_tag_new(layout->arena, parent, type, node);
    tag->lang = has_lang ? lang : (brv_str){ 0 };
    tag->title = brv_node_attr(node, BRV_ATTR_TITLE);
    tag->alt = brv_node_attr(node, BRV_ATTR_ALT);
    if (brv_kind_is_list(node->kind)) {
        const struct brv_styled *item = styled->first;
        tag->list_numbering = numbering_of(item ? item->style : styled->style);
    }
    return tag;
}

uint32_t brv_tag_number(struct brv_tag *root)
{
    uint32_t count = 0;
    struct brv_tag *tag = root;
    while (tag) {
        tag->id = ++count;
        if (tag->first) {
            tag = tag->first;
            continue;
        }
        while (tag != root && !tag->next) {
            tag = tag->parent;
        }
        tag = tag == root ? NULL : tag->next;
    }
    return count;
}
