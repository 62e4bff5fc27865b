// Brevier — the styles that a Word user expects in the pane.
//
// A document has styles for what it holds. Whoever goes on writing in Word also wants the heading
// or the list that has not come up yet, in the look of the sheet. So what is missing is built once
// from a small tree of samples, styled by the same sheets, and its styles are added unused.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"
#include "output/docx_naming.h"

enum { USUAL_LEVELS = 3, SAMPLE_CELLS = 3 };

// Whether text has the space of the table beside it. A template's own text is better than none.
static bool is_spaced(const struct docx *docx, const struct docx_style *style)
{
    return style->is_variant && style->role == DOCX_ROLE_BODY && !docx->template;
}

// Whether a style looks as it does because of where it stands: a heading in a panel, a list of a
// section that a rule names.
static bool is_of_its_place(const struct docx_style *style)
{
    bool is_heading = style->role >= DOCX_ROLE_HEADING_2 && style->role <= DOCX_ROLE_HEADING_6;
    bool is_item = style->role == DOCX_ROLE_LIST_BULLET || style->role == DOCX_ROLE_LIST_NUMBER;
    bool is_in_list = is_item && brv_docx_is_in_list(style->home->source);
    return ((is_heading || is_in_list || style->role == DOCX_ROLE_CODE) &&
            brv_docx_is_special(style)) ||
           (is_item && !style->num); // whose number is typed
}

static bool has_style(const struct docx *docx, enum docx_role role, int level)
{
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->role == role && (level == 0 || style->level == level) &&
            style->wanted.len == 0 && style->fallback.len == 0 && !style->is_odd &&
            !is_spaced(docx, style) && !is_of_its_place(style) &&
            (role != DOCX_ROLE_BODY || brv_docx_may_take_role(style))) {
            return true;
        }
    }
    return false;
}

// Whether the text of cells is there in odd looks only: no cell begins at its start that no rule
// chooses by its place.
static bool lacks_plain_cell(const struct docx *docx)
{
    bool has_cell = false;
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        bool is_cell = style->role == DOCX_ROLE_TABLE_TEXT;
        if (is_cell && !style->is_odd && style->paragraph.align == BRV_ALIGN_START) {
            return false;
        }
        has_cell |= is_cell;
    }
    return has_cell;
}

// Whether there is a style of a name that the sheet asks for.
static bool has_name(const struct docx *docx, brv_str wanted)
{
    const struct docx_style *style = wanted.len > 0 ? docx->first_style : NULL;
    while (style && !brv_str_equal_nocase(style->wanted, wanted) &&
           !brv_str_is_nocase(wanted, brv_docx_role_name(style->role))) {
        style = style->next;
    }
    return style != NULL;
}

// ---- samples

static struct brv_node *add(struct docx *docx, struct brv_node *parent, enum brv_kind kind)
{
    struct brv_node *node = brv_node_new(docx->arena, kind, (struct brv_span){ 0 });
    brv_node_append(parent, node);
    return node;
}

static void add_sample(struct docx *docx, struct brv_node *parent, enum brv_kind kind)
{
    struct brv_node *node = add(docx, parent, kind);
    brv_node_append(node, brv_node_new_text(docx->arena, BRV_S("sample"), (struct brv_span){ 0 }));
}

static void add_list(struct docx *docx, struct brv_node *parent, enum brv_kind kind,
                     enum docx_role role)
{
    bool is_complete = true;
    for (int level = 1; level <= USUAL_LEVELS; level++) {
        is_complete &= has_style(docx, role, level);
    }
    for (int level = 1; level <= USUAL_LEVELS && !is_complete; level++) {
        struct brv_node *list = add(docx, parent, kind);
        add_sample(docx, list, BRV_KIND_LI);
        parent = list->first;
    }
}

// The cell in the middle is neither first nor last.
static void add_table(struct docx *docx, struct brv_node *parent)
{
    struct brv_node *body = add(docx, add(docx, parent, BRV_KIND_TABLE), BRV_KIND_TBODY);
    for (int row = 0; row < SAMPLE_CELLS; row++) {
        struct brv_node *tr = add(docx, body, BRV_KIND_TR);
        for (int column = 0; column < SAMPLE_CELLS; column++) {
            add_sample(docx, tr, BRV_KIND_TD);
        }
    }
}

// A root that the sheets take for the document's.
static struct brv_node *sample_root(struct docx *docx)
{
    const struct brv_node *root = docx->job->root->node;
    struct brv_node *article = brv_node_new(docx->arena, root->kind, (struct brv_span){ 0 });
    if (brv_node_has_attr(root, BRV_ATTR_KIND)) {
        brv_node_set(docx->arena, article, BRV_ATTR_KIND, brv_node_attr(root, BRV_ATTR_KIND));
    }
    return article;
}

// What text in bold and the like is in plain text; always wanted, for the first use may stand where
// all is bold.
static const struct {
    enum brv_kind kind;
    enum docx_role role;
} inlines[] = {
    { BRV_KIND_STRONG, DOCX_ROLE_STRONG },
    { BRV_KIND_EM, DOCX_ROLE_EMPHASIS },
    { BRV_KIND_CODE, DOCX_ROLE_INLINE_CODE },
    { BRV_KIND_A, DOCX_ROLE_HYPERLINK },
};

static struct brv_node *samples_new(struct docx *docx)
{
    static const struct {
        enum brv_kind kind, outer; // outer: what it stands in; ARTICLE: nothing
        enum docx_role role;
    } rows[] = {
        { BRV_KIND_H1, BRV_KIND_ARTICLE, DOCX_ROLE_HEADING_1 },
        { BRV_KIND_H2, BRV_KIND_ARTICLE, DOCX_ROLE_HEADING_2 },
        { BRV_KIND_H3, BRV_KIND_ARTICLE, DOCX_ROLE_HEADING_3 },
        { BRV_KIND_H4, BRV_KIND_ARTICLE, DOCX_ROLE_HEADING_4 },
        { BRV_KIND_H5, BRV_KIND_ARTICLE, DOCX_ROLE_HEADING_5 },
        { BRV_KIND_H6, BRV_KIND_ARTICLE, DOCX_ROLE_HEADING_6 },
        { BRV_KIND_P, BRV_KIND_ARTICLE, DOCX_ROLE_BODY },
        { BRV_KIND_P, BRV_KIND_BLOCKQUOTE, DOCX_ROLE_QUOTE },
        { BRV_KIND_CODE, BRV_KIND_PRE, DOCX_ROLE_CODE },
        { BRV_KIND_FIGCAPTION, BRV_KIND_FIGURE, DOCX_ROLE_CAPTION },
    };
    struct brv_node *article = sample_root(docx);
    struct brv_node *section = add(docx, article, BRV_KIND_SECTION);
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (!has_style(docx, rows[i].role, 0)) {
            add_sample(docx,
                       rows[i].outer == BRV_KIND_ARTICLE ? section
                                                         : add(docx, section, rows[i].outer),
                       rows[i].kind);
        }
    }
    if (!has_style(docx, DOCX_ROLE_SUBTITLE, 0)) {
        struct brv_node *header = add(docx, section, BRV_KIND_HEADER);
        add_sample(docx, header, BRV_KIND_P);
        brv_node_set(docx->arena, header->first, BRV_ATTR_CLASS, BRV_S("subtitle"));
    }
    add_list(docx, section, BRV_KIND_UL, DOCX_ROLE_LIST_BULLET);
    add_list(docx, section, BRV_KIND_OL, DOCX_ROLE_LIST_NUMBER);
    if (lacks_plain_cell(docx)) {
        add_table(docx, section);
    }
    struct brv_node *text = add(docx, section, BRV_KIND_P);
    for (size_t i = 0; i < BRV_COUNT(inlines); i++) {
        add_sample(docx, text, inlines[i].kind);
    }
    brv_node_set(docx->arena, text->last, BRV_ATTR_HREF, BRV_S("https://sample.example/"));
    return article;
}

// ---- their styles

static void add_paragraph_style(struct docx *docx, struct docx_paragraph *paragraph)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->role == paragraph->role && style->level <= paragraph->level &&
            memcmp(&style->paragraph, paragraph->format, sizeof style->paragraph) == 0) {
            style->is_odd = false; // nothing around it changes it
            return;
        }
    }
    struct docx_block block = { .paragraph = paragraph };
    struct docx_flow flow = { .first = &block, .last = &block };
    brv_docx_style_flow(docx, &flow);
    paragraph->style->uses = 0;
    paragraph->style->is_odd = false;
}

static void add_style(struct docx *docx, struct docx_paragraph *paragraph)
{
    bool is_list =
        paragraph->role == DOCX_ROLE_LIST_BULLET || paragraph->role == DOCX_ROLE_LIST_NUMBER;
    brv_docx_settle_wanted(docx, paragraph);
    if (has_style(docx, paragraph->role, is_list ? paragraph->level : 0) ||
        has_name(docx, paragraph->wanted)) {
        return;
    }
    add_paragraph_style(docx, paragraph);
}

// The cell in the middle of the sample of a table; NULL in a frame, which has one cell a row.
static const struct docx_cell *middle_cell(const struct docx_table *table)
{
    const struct docx_row *row = table->first ? table->first->next : NULL;
    return row && row->first ? row->first->next : NULL;
}

// Samples that a sheet frames stand in the cells of frames.
static void add_styles(struct docx *docx, const struct docx_flow *flow, bool is_in_table)
{
    for (const struct docx_block *block = flow->first; block; block = block->next) {
        if (block->paragraph && is_in_table) {
            add_paragraph_style(docx, block->paragraph);
        } else if (block->paragraph) {
            add_style(docx, block->paragraph);
        } else if (block->table) {
            const struct docx_cell *middle = middle_cell(block->table);
            const struct docx_row *row = middle ? NULL : block->table->first;
            if (middle) {
                add_styles(docx, middle->flow, true);
            }
            for (; row; row = row->next) {
                add_styles(docx, row->first->flow, is_in_table);
            }
        }
    }
}

static bool has_inline_style(const struct docx_flow *flow, const struct docx_style *style)
{
    for (const struct docx_block *block = flow->first; block; block = block->next) {
        const struct docx_inline *item = block->paragraph ? block->paragraph->first : NULL;
        for (; item; item = item->next) {
            if (item->style == style) {
                return true;
            }
        }
    }
    return false;
}

// Text in bold and the like is odd where it does not look as it does in plain text.
static void find_odd_inlines(const struct docx *docx, const struct docx_flow *samples)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        for (size_t i = 0; i < BRV_COUNT(inlines); i++) {
            if (style->role == inlines[i].role && style->wanted.len == 0 &&
                style->fallback.len == 0) {
                style->is_odd = !has_inline_style(samples, style);
            }
        }
    }
}

// What stands in and beside such text by the sheet is nothing that somebody looks for: of the
// styles after `known` those of mixes go again.
static void drop_mixes(struct docx *docx, struct docx_style *known)
{
    struct docx_style **at = known ? &known->next : &docx->first_style;
    for (docx->last_style = known; *at;) {
        struct docx_style *style = *at;
        if (style->type == DOCX_CHARACTER_STYLE && style->fallback.len > 0) {
            *at = style->next;
        } else {
            docx->last_style = style;
            at = &style->next;
        }
    }
}

// A title looks as the first heading does and is no part of the outline.
static void add_title(struct docx *docx)
{
    const struct docx_style *heading = docx->first_style;
    while (heading && (heading->role != DOCX_ROLE_HEADING_1 || heading->wanted.len > 0)) {
        heading = heading->next;
    }
    if (heading) {
        struct docx_paragraph *title = brv_docx_paragraph_blank(docx);
        title->role = DOCX_ROLE_TITLE;
        *title->format = heading->paragraph;
        title->format->outline = 0;
        add_style(docx, title);
    }
}

brv_str brv_docx_plain_name(struct docx *docx)
{
    if (!docx->knows_plain_name && docx->job->sheets) {
        struct brv_node *article = sample_root(docx);
        add_sample(docx, add(docx, article, BRV_KIND_SECTION), BRV_KIND_P);
        const struct brv_styled *root =
            brv_style_tree_after(docx->arena, docx->job->root, BRV_MEDIA_DOCX, article);
        for (const struct brv_styled *at = root; at; at = brv_styled_walk_next(root, at)) {
            if (brv_docx_kind(at) == BRV_KIND_P) { // not there if the sheet shows none
                docx->plain_name = at->style->brv_word_style;
            }
        }
    }
    docx->knows_plain_name = true;
    return docx->plain_name;
}

void brv_docx_add_usual_styles(struct docx *docx)
{
    if (!docx->job->sheets) {
        return;
    }
    const struct brv_map strings = docx->strings;
    docx->strings = (struct brv_map){ .arena = docx->arena }; // samples set none
    const struct brv_styled *root =
        brv_style_tree_after(docx->arena, docx->job->root, BRV_MEDIA_DOCX, samples_new(docx));
    struct docx_flow flow = { .first = NULL };
    struct docx_place place = {
        .flow = &flow,
        .shade = DOCX_NO_COLOR,
        .width = docx->text_width,
        .role = DOCX_ROLE_BODY,
        .depth = 1,
        .in_note = true,
    };
    docx->in_samples = true;
    brv_docx_number_headings(docx, root, true);
    struct docx_style *known = docx->last_style;
    brv_docx_build_children(docx, &place, root);
    drop_mixes(docx, known);
    add_styles(docx, &flow, false);
    find_odd_inlines(docx, &flow);
    add_title(docx);
    docx->strings = strings;
}
