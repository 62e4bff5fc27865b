// Brevier — which paragraphs and tables are plain.
//
// What has a name of Word's own is what a Word user takes for whatever he adds, so it must look as
// the sheet has such a thing where nothing around changes it: "List Bullet" is not the list of a
// quote, though the document may have no other, and "Table Text" is not the bold first column. Such
// an odd use has a style of its own, which is based on the plain one.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"
#include "output/docx_naming.h"

// The roles that know odd uses, each with the element that is no more than what it is for. Headings
// know none: with a style of their own they were lost to Word's contents.
static const struct {
    enum docx_role role;
    enum brv_kind own; // ARTICLE: none
} rows[] = {
    { DOCX_ROLE_BODY, BRV_KIND_ARTICLE },        { DOCX_ROLE_LIST_BULLET, BRV_KIND_ARTICLE },
    { DOCX_ROLE_LIST_NUMBER, BRV_KIND_ARTICLE }, { DOCX_ROLE_LIST_CONTINUE, BRV_KIND_ARTICLE },
    { DOCX_ROLE_QUOTE, BRV_KIND_BLOCKQUOTE },    { DOCX_ROLE_CODE, BRV_KIND_PRE },
    { DOCX_ROLE_TABLE_HEADING, BRV_KIND_TABLE }, { DOCX_ROLE_TABLE_TEXT, BRV_KIND_TABLE },
    { DOCX_ROLE_TABLE, BRV_KIND_TABLE },
};

bool brv_docx_is_in_list(const struct brv_styled *source)
{
    while (source && brv_docx_kind(source) != BRV_KIND_LI) {
        source = source->parent;
    }
    return source != NULL;
}

static bool changes_looks(enum brv_kind kind)
{
    return brv_kind_is_list(kind) || kind == BRV_KIND_BLOCKQUOTE || kind == BRV_KIND_ASIDE ||
           kind == BRV_KIND_FIGURE || kind == BRV_KIND_TABLE || kind == BRV_KIND_PRE ||
           kind == BRV_KIND_DL || kind == BRV_KIND_FOOTNOTE || brv_kind_heading_level(kind) > 0;
}

enum brv_kind brv_docx_odd_kind(enum docx_role role, const struct brv_styled *source)
{
    size_t row = 0;
    while (row < BRV_COUNT(rows) && rows[row].role != role) {
        row++;
    }
    if (row == BRV_COUNT(rows)) {
        return BRV_KIND_TEXT;
    }
    bool is_of_list = role == DOCX_ROLE_LIST_BULLET || role == DOCX_ROLE_LIST_NUMBER ||
                      role == DOCX_ROLE_LIST_CONTINUE;
    bool has_own = false;
    for (; source; source = source->parent) {
        enum brv_kind kind = brv_docx_kind(source);
        if (kind == rows[row].own && !has_own) {
            has_own = true;
        } else if (changes_looks(kind) && !(is_of_list && brv_kind_is_list(kind))) {
            return kind;
        }
    }
    return BRV_KIND_TEXT;
}

bool brv_docx_is_odd(enum docx_role role, const struct brv_styled *source)
{
    bool is_cell = brv_docx_is_cell_role(role);
    bool is_chosen = is_cell && source && // by its place: "td:first-child"
                     brv_str_find_byte(source->selector, 0, ':') < source->selector.len;
    return is_chosen || brv_docx_odd_kind(role, source) != BRV_KIND_TEXT;
}

// ---- which of several has the name of its role

// In a frame, or under a rule that names a class: not what the role usually looks like.
bool brv_docx_is_special(const struct docx_style *style)
{
    const struct docx_paragraph *home = style->home;
    if (!home || style->type != DOCX_PARAGRAPH_STYLE) {
        return false;
    }
    brv_str selector = home->source ? home->source->selector : (brv_str){ 0 };
    return home->place || home->page.len > 0 ||
           brv_str_find_byte(selector, 0, '.') < selector.len ||
           brv_str_find_byte(selector, 0, '#') < selector.len;
}

// In a frame, or of a class of its own that a rule names.
static bool has_own_class(const struct docx_style *style)
{
    const struct docx_paragraph *home = style->home;
    bool has_class = home && home->source && home->source->node &&
                     home->source->node->class_count > 0 && brv_docx_is_special(style);
    return has_class || (home && home->place);
}

bool brv_docx_is_better(const struct docx_style *a, const struct docx_style *b)
{
    if (a->is_odd != b->is_odd) {
        return !a->is_odd;
    }
    if (a->is_variant != b->is_variant) {
        return !a->is_variant;
    }
    bool a_is_special = brv_docx_is_special(a);
    bool b_is_special = brv_docx_is_special(b);
    bool is_cell = brv_docx_is_cell_role(a->role);
    if (is_cell && a_is_special == b_is_special) { // whoever writes a new cell begins at its start
        const struct docx_paragraph_format *own = &a->paragraph;
        const struct docx_paragraph_format *other = &b->paragraph;
        if ((own->align == BRV_ALIGN_START) != (other->align == BRV_ALIGN_START)) {
            return own->align == BRV_ALIGN_START;
        }
        int32_t space = own->before + own->after;
        if (space != other->before + other->after) { // what is alone in a cell has none
            return space < other->before + other->after;
        }
        if (own->run.half_points != other->run.half_points) { // smaller in tables too wide
            return own->run.half_points > other->run.half_points;
        }
    }
    if (a_is_special != b_is_special) {
        return !a_is_special;
    }
    if (!a->num != !b->num) { // a number that Word does not count is the exception
        return a->num;
    }
    bool is_counted = a->num && b->num && a->num->abstract->kind == DOCX_LIST_NUMBERS;
    if (is_counted && a->num != b->num) { // the others begin anew after the first
        return a->num->id < b->num->id;
    }
    return a->uses > b->uses;
}

bool brv_docx_may_take_role(const struct docx_style *style)
{
    if (style->wanted.len > 0 || style->twin) {
        return false;
    }
    if (style->type == DOCX_PARAGRAPH_STYLE) {
        return style->role != DOCX_ROLE_BODY || (!style->is_odd && !has_own_class(style));
    }
    if (style->type == DOCX_CHARACTER_STYLE) {
        return style->role != DOCX_ROLE_SPAN && style->fallback.len == 0 && !style->is_odd;
    }
    return style->fallback.len == 0 && !style->is_odd;
}
