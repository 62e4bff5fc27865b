// Brevier — inline content as runs.
//
// White space is collapsed here as CSS says, over the borders of elements, because Word shows what
// it is given. Upper case is a property of a style and leaves the text alone; the other
// transformations Word can't make, so they are made here.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

// What the elements around a text node say about it.
struct run_context {
    const struct docx_place *place;
    const struct brv_styled *namer; // innermost inline element
    struct docx_run_format extra;   // what does not inherit: shade, underline, strike, raise
    brv_str href;
    brv_str lang;
    bool is_string; // the text is a string of the sheet: a STYLEREF field finds it by its style
    int depth;
};

struct inline_state {
    struct docx *docx;
    struct docx_paragraph *paragraph;
    bool has_space; // the text so far ends with collapsible space, or nothing has come yet
    // A block within the line has ended; the break waits for what follows. The style is the
    // block's.
    const struct brv_styled *ended_block;
};

// ---- styles

static enum docx_role role_of_inline(const struct brv_styled *namer)
{
    if (!namer || namer->kind != BRV_STYLED_ELEMENT || !namer->node) {
        return DOCX_ROLE_GENERATED;
    }
    if (namer->node->kind == BRV_KIND_STRONG) {
        return DOCX_ROLE_STRONG;
    }
    if (namer->node->kind == BRV_KIND_EM) {
        return DOCX_ROLE_EMPHASIS;
    }
    if (namer->node->kind == BRV_KIND_CODE) {
        return DOCX_ROLE_INLINE_CODE;
    }
    if (namer->node->kind == BRV_KIND_A) {
        return DOCX_ROLE_HYPERLINK;
    }
    if (namer->node->kind == BRV_KIND_DEL) {
        return DOCX_ROLE_DELETED;
    }
    if (namer->node->kind == BRV_KIND_SUP) {
        return DOCX_ROLE_SUPERSCRIPT;
    }
    if (namer->node->kind == BRV_KIND_SUB) {
        return DOCX_ROLE_SUBSCRIPT;
    }
    if (namer->node->kind == BRV_KIND_MARK) {
        return DOCX_ROLE_HIGHLIGHT;
    }
    return namer->node->kind == BRV_KIND_IMG ? DOCX_ROLE_IMAGE : DOCX_ROLE_SPAN;
}

// "Hyperlink Strong" for a strong in a link, "Badge" for a span with a class.
static brv_str fallback_name(struct docx *docx, const struct brv_styled *namer)
{
    if (!namer) {
        return (brv_str){ 0 };
    }
    brv_str own = { 0 };
    if (namer->kind == BRV_STYLED_ELEMENT && namer->node && namer->node->class_count > 0) {
        own = brv_docx_name_from_class(docx, namer->node->classes[0]);
    }
    const struct brv_styled *around = namer->parent;
    if (around && around->kind == BRV_STYLED_ELEMENT &&
        around->style->display == BRV_DISPLAY_INLINE && role_of_inline(around) != DOCX_ROLE_SPAN) {
        const char *outer = brv_docx_role_name(role_of_inline(around));
        const char *inner = brv_docx_role_name(role_of_inline(namer));
        return brv_arena_printf(docx->arena,
                                "%s %" BRV_STR_F,
                                outer,
                                BRV_STR_ARG(own.len > 0 ? own : brv_str_from_cstr(inner)));
    }
    return own;
}

static const struct docx_style *style_for(struct inline_state *state,
                                          const struct run_context *context,
                                          const struct brv_style *style)
{
    struct docx_run_format format = brv_docx_run_format(state->docx, style);
    format.shade = context->extra.shade;
    format.underline = context->extra.underline;
    format.strike = context->extra.strike;
    format.raise = context->extra.raise;
    struct docx_run_delta delta = brv_docx_run_delta(&state->paragraph->format.run, &format);
    if (delta.members == 0 && !context->is_string) {
        return NULL;
    }
    brv_str wanted = context->namer ? context->namer->style->brv_word_style : (brv_str){ 0 };
    brv_str fallback = context->namer ? fallback_name(state->docx, context->namer)
                                      : brv_str_from_cstr(context->place->label);
    return brv_docx_character_style(
        state->docx, &delta, role_of_inline(context->namer), wanted, fallback, state->paragraph);
}

// ---- items

struct docx_inline *brv_docx_inline_new(struct docx *docx, struct docx_paragraph *paragraph,
                                        enum docx_inline_kind kind)
{
    struct docx_inline *item = BRV_NEW(docx->arena, struct docx_inline);
    item->kind = kind;
    if (paragraph->last) {
        paragraph->last->next = item;
    } else {
        paragraph->first = item;
    }
    paragraph->last = item;
    return item;
}

static void end_block(struct inline_state *state, const struct run_context *context);

static struct docx_inline *add_item(struct inline_state *state, const struct run_context *context,
                                    const struct brv_style *style, enum docx_inline_kind kind)
{
    if (state->ended_block) {
        end_block(state, context);
    }
    struct docx_inline *item = brv_docx_inline_new(state->docx, state->paragraph, kind);
    item->style = style_for(state, context, style);
    item->href = context->href;
    item->lang = context->lang;
    return item;
}

// The break after a block within the line.
static void end_block(struct inline_state *state, const struct run_context *context)
{
    const struct brv_style *style = state->ended_block->style;
    state->ended_block = NULL;
    add_item(state, context, style, DOCX_LINE_BREAK);
    state->has_space = true;
}

// White space between a block within the line and what follows: not seen, but the words of a
// heading stay apart in Word's navigation pane and for whoever copies it. It ends the block's own
// line, whose height must not change.
static void keep_space(struct inline_state *state)
{
    struct docx_inline *last = state->paragraph->last;
    if (last && last->kind == DOCX_TEXT && last->text.len > 0 &&
        last->text.ptr[last->text.len - 1] != ' ') {
        last->text =
            brv_arena_printf(state->docx->arena, "%" BRV_STR_F " ", BRV_STR_ARG(last->text));
    }
}

static void add_text(struct inline_state *state, const struct run_context *context,
                     const struct brv_style *style, brv_str text)
{
    if (text.len > 0) {
        add_item(state, context, style, DOCX_TEXT)->text = text;
        state->has_space = false;
    }
}

// ---- white space

// True when `text` can be shown as it is: single inner spaces only.
static bool is_collapsed(brv_str text, bool after_space)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!brv_is_space(text.ptr[i])) {
            after_space = false;
        } else if (after_space || text.ptr[i] != ' ') {
            return false;
        } else {
            after_space = true;
        }
    }
    return true;
}

static brv_str collapse(struct docx *docx, brv_str text, bool after_space)
{
    if (is_collapsed(text, after_space)) {
        return text;
    }
    char *copy = brv_arena_alloc(docx->arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!brv_is_space(text.ptr[i])) {
            copy[len++] = text.ptr[i];
            after_space = false;
        } else if (!after_space) {
            copy[len++] = ' ';
            after_space = true;
        }
    }
    return (brv_str){ copy, len };
}

static void add_collapsed(struct inline_state *state, const struct run_context *context,
                          const struct brv_style *style, brv_str text)
{
    if (state->ended_block && text.len > 0 && brv_is_space(text.ptr[0])) {
        keep_space(state);
    }
    text = collapse(state->docx, text, state->has_space);
    add_text(state, context, style, text);
    if (text.len > 0) {
        state->has_space = text.ptr[text.len - 1] == ' ';
    }
}

static void add_break(struct inline_state *state, const struct run_context *context,
                      const struct brv_style *style)
{
    // Space before a line's end is never seen; Word would keep it.
    struct docx_inline *last = state->paragraph->last;
    if (last && last->kind == DOCX_TEXT && state->has_space && last->text.len > 0 &&
        last->text.ptr[last->text.len - 1] == ' ') {
        last->text.len--;
    }
    add_item(state, context, style, DOCX_LINE_BREAK);
    state->has_space = true;
}

// Preformatted text: line feeds and tabs are elements of their own in Word.
static void add_preformatted(struct inline_state *state, const struct run_context *context,
                             const struct brv_style *style, brv_str text, bool collapses)
{
    size_t from = 0;
    for (size_t i = 0; i <= text.len; i++) {
        bool is_end = i == text.len;
        bool is_tab = !is_end && text.ptr[i] == '\t' && !collapses;
        if (!is_end && text.ptr[i] != '\n' && !is_tab) {
            continue;
        }
        brv_str line = brv_str_slice(text, from, i);
        if (collapses) {
            add_collapsed(state, context, style, line);
        } else {
            add_text(state, context, style, line);
        }
        if (is_tab) {
            add_item(state, context, style, DOCX_TAB);
        } else if (!is_end) {
            add_item(state, context, style, DOCX_LINE_BREAK);
            state->has_space = collapses;
        }
        from = i + 1;
    }
}

static void add_styled_text(struct inline_state *state, const struct run_context *context,
                            const struct brv_style *style, brv_str text)
{
    if (style->text_transform == BRV_TRANSFORM_LOWERCASE ||
        style->text_transform == BRV_TRANSFORM_CAPITALIZE) { // Word has no such property
        text = brv_text_transformed(state->docx->arena, text, style->text_transform);
    }
    switch (style->white_space) {
    case BRV_SPACE_NORMAL:
    case BRV_SPACE_NOWRAP:
        add_collapsed(state, context, style, text);
        return;
    case BRV_SPACE_PRE:
    case BRV_SPACE_PRE_WRAP:
        add_preformatted(state, context, style, text, false);
        return;
    case BRV_SPACE_PRE_LINE:
        add_preformatted(state, context, style, text, true);
        return;
    }
}

// ---- elements

static void build_inline(struct inline_state *state, const struct run_context *context,
                         const struct brv_styled *styled);

static void build_inline_children(struct inline_state *state, const struct run_context *context,
                                  const struct brv_styled *styled)
{
    for (const struct brv_styled *child = styled->first; child; child = child->next) {
        build_inline(state, context, child);
    }
}

static struct docx_note *note_new(struct docx *docx)
{
    struct docx_note *note = BRV_NEW(docx->arena, struct docx_note);
    note->id = docx->last_note ? docx->last_note->id + 1 : 1;
    if (docx->last_note) {
        docx->last_note->next = note;
    } else {
        docx->first_note = note;
    }
    docx->last_note = note;
    return note;
}

// Word's own reference style is a raised number, whatever the call looks like elsewhere.
static const struct docx_style *reference_style(struct inline_state *state)
{
    struct docx_run_delta delta;
    memset(&delta, 0, sizeof delta);
    delta.members = DOCX_RUN_RAISE;
    delta.format.raise = BRV_VERTICAL_SUPER;
    return brv_docx_character_style(state->docx,
                                    &delta,
                                    DOCX_ROLE_FOOTNOTE_REFERENCE,
                                    (brv_str){ 0 },
                                    (brv_str){ 0 },
                                    state->paragraph);
}

static void build_note(struct inline_state *state, const struct run_context *context,
                       const struct brv_styled *styled)
{
    struct docx *docx = state->docx;
    struct docx_note *note = note_new(docx);
    struct docx_inline *call = brv_docx_inline_new(docx, state->paragraph, DOCX_NOTE);
    call->style = reference_style(state);
    call->note = note;
    state->has_space = false;
    struct docx_place place = {
        .flow = &note->flow,
        .outer = context->place,
        .shade = DOCX_NO_COLOR,
        .width = docx->text_width,
        .role = DOCX_ROLE_FOOTNOTE_TEXT,
        .depth = context->place->depth + 1,
        .in_note = true,
    };
    brv_docx_build_children(docx, &place, styled);
    if (!note->flow.first || !note->flow.first->paragraph) { // the number needs a paragraph
        struct docx_flow content = note->flow;
        memset(&note->flow, 0, sizeof note->flow);
        brv_docx_paragraph_new(docx, &place, styled, brv_docx_text_format(docx, styled->style));
        if (content.first) {
            note->flow.last->next = content.first;
            note->flow.last = content.last;
        }
    }
    struct docx_paragraph *first = note->flow.first->paragraph;
    struct docx_inline *rest = first->first;
    struct docx_inline *end = first->last;
    first->first = first->last = NULL;
    struct inline_state mark_state = { .docx = docx, .paragraph = first };
    brv_docx_inline_new(docx, first, DOCX_NOTE_MARK)->style = reference_style(&mark_state);
    brv_docx_inline_new(docx, first, DOCX_TEXT)->text = BRV_S(" ");
    if (rest) {
        first->last->next = rest;
        first->last = end;
    }
}

static void build_element(struct inline_state *state, struct run_context context,
                          const struct brv_styled *styled)
{
    const struct brv_node *node = styled->node;
    const struct brv_style *style = styled->style;
    context.namer = styled;
    if (brv_docx_rgb(style->background_color) != DOCX_NO_COLOR) {
        context.extra.shade = brv_docx_rgb(style->background_color);
    }
    context.extra.underline |= (style->text_decoration_line & BRV_DECORATION_UNDERLINE) != 0;
    context.extra.strike |= (style->text_decoration_line & BRV_DECORATION_LINE_THROUGH) != 0;
    if (style->vertical_align == BRV_VERTICAL_SUB || style->vertical_align == BRV_VERTICAL_SUPER) {
        context.extra.raise = (uint8_t)style->vertical_align;
    }
    if (node && node->id.len > 0) {
        const struct docx_bookmark *bookmark = brv_docx_bookmark(state->docx, node->id);
        if (bookmark) {
            brv_docx_inline_new(state->docx, state->paragraph, DOCX_BOOKMARK)->bookmark = bookmark;
        }
    }
    if (node && brv_node_has_attr(node, BRV_ATTR_LANG)) {
        context.lang = brv_node_attr(node, BRV_ATTR_LANG);
    }
    if (node && node->kind == BRV_KIND_A) {
        brv_str href = brv_node_attr(node, BRV_ATTR_HREF);
        context.href = brv_docx_link_target(state->docx, href);
        if (context.href.len == 0 && brv_url_is_allowed(href)) {
            brv_report(state->docx->sink,
                       BRV_WARNING,
                       BRV_CODE_OUTPUT,
                       node->span,
                       "link target \"%" BRV_STR_F "\" is no valid address and is shown as text",
                       BRV_STR_ARG(href));
        }
    }
    if (node && node->kind == BRV_KIND_BR) {
        add_break(state, &context, style);
        return;
    }
    if (node && node->kind == BRV_KIND_IMG) {
        add_styled_text(state, &context, style, brv_node_attr(node, BRV_ATTR_ALT));
        return;
    }
    if (node && node->kind == BRV_KIND_FOOTNOTE) {
        if (context.place->in_note || context.place->depth >= DOCX_DEPTH_LIMIT) {
            add_text(state, &context, style, BRV_S(" ["));
            build_inline_children(state, &context, styled);
            add_text(state, &context, style, BRV_S("]"));
        } else {
            build_note(state, &context, styled);
        }
        return;
    }
    if (styled->string_count > 0) {
        context.is_string = true;
        brv_docx_remember_strings(
            state->docx, styled, state->paragraph, style_for(state, &context, style));
    }
    // A block within a line stands on lines of its own.
    bool is_block = style->display != BRV_DISPLAY_INLINE && styled->kind != BRV_STYLED_MARKER;
    if (is_block && !state->ended_block && state->paragraph->last &&
        state->paragraph->last->kind != DOCX_LINE_BREAK &&
        state->paragraph->last->kind != DOCX_BOOKMARK) {
        add_item(state, &context, style, DOCX_LINE_BREAK);
        state->has_space = true;
    }
    build_inline_children(state, &context, styled);
    if (is_block && state->paragraph->last) {
        state->ended_block = styled;
        state->has_space = true;
    }
}

static void build_inline(struct inline_state *state, const struct run_context *context,
                         const struct brv_styled *styled)
{
    const struct brv_style *style = styled->style;
    struct run_context inner = *context;
    inner.depth++;
    if (inner.depth > DOCX_DEPTH_LIMIT) {
        return; // the tree checker has refused such trees
    }
    switch (styled->kind) {
    case BRV_STYLED_ELEMENT:
    case BRV_STYLED_BEFORE:
    case BRV_STYLED_AFTER:
        build_element(state, inner, styled);
        return;
    case BRV_STYLED_TEXT:
        add_styled_text(state, context, style, styled->text);
        return;
    case BRV_STYLED_MARKER: // numbering says it
        return;
    case BRV_STYLED_LEADER:
        if (state->paragraph->format.tab_right == 0) {
            state->paragraph->format.tab_right =
                context->place->left + context->place->width - state->paragraph->format.right;
            if (state->paragraph->format.tab_right <= 0) { // no room between the margins
                state->paragraph->format.tab_right = state->docx->text_width;
            }
        }
        state->paragraph->format.leader =
            (uint8_t)(styled->text.len > 0 ? styled->text.ptr[0] : '.');
        add_item(state, context, style, DOCX_TAB);
        state->has_space = true;
        return;
    case BRV_STYLED_PAGE_NUMBER:
    case BRV_STYLED_PAGE_COUNT: {
        struct docx_inline *field =
            add_item(state,
                     context,
                     style,
                     styled->kind == BRV_STYLED_PAGE_NUMBER ? DOCX_PAGE : DOCX_PAGE_COUNT);
        field->number = styled->format;
        state->has_space = false;
        return;
    }
    case BRV_STYLED_TARGET_PAGE: {
        struct docx_inline *field = add_item(state, context, style, DOCX_PAGE_OF);
        field->text = styled->text;
        field->number = styled->format;
        state->has_space = false;
        return;
    }
    case BRV_STYLED_STRING: {
        const struct docx_string *string = brv_map_find(&state->docx->strings, styled->text);
        if (string) {
            add_item(state, context, style, DOCX_STYLE_OF)->string = string;
            state->has_space = false;
        }
        return;
    }
    }
}

// ---- the content of a paragraph

void brv_docx_build_inlines(struct docx *docx, struct docx_paragraph *paragraph,
                            const struct docx_place *place, const struct brv_styled *first,
                            const struct brv_styled *end)
{
    struct inline_state state = { .docx = docx, .paragraph = paragraph, .has_space = true };
    struct run_context context = { .place = place };
    context.extra = paragraph->format.run;
    if (first && first->parent && first->parent->node) {
        context.lang = brv_node_lang(first->parent->node);
    }
    for (const struct brv_styled *styled = first; styled != end; styled = styled->next) {
        build_inline(&state, &context, styled);
    }
    struct docx_inline *last = paragraph->last;
    if (last && last->kind == DOCX_TEXT && state.has_space && last->text.len > 0 &&
        last->text.ptr[last->text.len - 1] == ' ') {
        last->text.len--;
    }
    brv_docx_split_by_direction(docx, paragraph);
    if (paragraph->is_rtl && paragraph->source) { // Word's "left" is where lines begin
        enum brv_text_align align = paragraph->source->style->text_align;
        paragraph->format.align = align == BRV_ALIGN_LEFT    ? BRV_ALIGN_END
                                  : align == BRV_ALIGN_RIGHT ? BRV_ALIGN_START
                                                             : paragraph->format.align;
    }
}
