// Brevier — text as runs.
//
// White space is collapsed here as CSS says, over the borders of elements, because Word shows what
// it is given. Upper case is a property of a style and leaves the text alone; the other
// transformations Word can't make, so they are made here.
// SPDX-License-Identifier: MIT
#include "output/docx_inline.h"
#include "output/docx_naming.h"

#include <assert.h>

enum { SHORT_TEXT = 40 };

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
    bool is_generated = namer->kind == BRV_STYLED_BEFORE || namer->kind == BRV_STYLED_AFTER;
    if (is_generated && namer->node &&
        (namer->node->kind == BRV_KIND_CAPTION || namer->node->kind == BRV_KIND_FIGCAPTION)) {
        return BRV_S("Caption Label");
    }
    brv_str own = { 0 };
    bool is_named = role_of_inline(namer) == DOCX_ROLE_SPAN || brv_docx_is_meant(namer);
    if (is_named && namer->kind == BRV_STYLED_ELEMENT && namer->node &&
        namer->node->class_count > 0) {
        own = namer->node->class_count > 1
                  ? brv_docx_name_from_class(docx, brv_node_attr(namer->node, BRV_ATTR_CLASS))
                  : brv_docx_class_name(docx, namer);
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

const struct docx_style *brv_docx_inline_style(struct docx_inline_state *state,
                                               const struct docx_run_context *context,
                                               const struct brv_style *style)
{
    struct docx_run_format format = brv_docx_run_format(state->docx, style);
    format.shade = context->extra.shade;
    format.underline = context->extra.underline;
    format.strike = context->extra.strike;
    format.raise = context->extra.raise;
    format.border = context->extra.border;
    brv_docx_undo_raised_size(&format, &state->paragraph->format->run);
    struct docx_run_delta delta = brv_docx_run_delta(&state->paragraph->format->run, &format);
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

// The break after a block within the line. It looks like what it follows: its height counts there.
static void end_block(struct docx_inline_state *state)
{
    assert(state->paragraph->last);
    const struct docx_style *style = state->paragraph->last->style;
    state->has_ended_block = false;
    brv_docx_inline_new(state->docx, state->paragraph, DOCX_LINE_BREAK)->style = style;
    state->has_space = true;
}

struct docx_inline *brv_docx_add_item(struct docx_inline_state *state,
                                      const struct docx_run_context *context,
                                      const struct brv_style *style, enum docx_inline_kind kind)
{
    if (state->has_ended_block) {
        end_block(state);
    }
    struct docx_inline *item = brv_docx_inline_new(state->docx, state->paragraph, kind);
    item->style = brv_docx_inline_style(state, context, style);
    item->link = context->link;
    item->lang = context->lang;
    return item;
}

// White space between a block within the line and what follows: not seen, but the words of a
// heading stay apart in Word's navigation pane and for whoever copies it. It ends the block's own
// line, whose height must not change.
static void keep_space(struct docx_inline_state *state)
{
    struct docx_inline *last = state->paragraph->last;
    if (last && last->kind == DOCX_TEXT && last->text.len > 0 &&
        last->text.ptr[last->text.len - 1] != ' ') {
        last->text =
            brv_arena_printf(state->docx->arena, "%" BRV_STR_F " ", BRV_STR_ARG(last->text));
    }
}

void brv_docx_add_text(struct docx_inline_state *state, const struct docx_run_context *context,
                       const struct brv_style *style, brv_str text)
{
    if (text.len == 0) {
        return;
    }
    struct docx_inline *last = state->paragraph->last;
    struct docx_inline *item = brv_docx_add_item(state, context, style, DOCX_TEXT);
    item->text = text;
    state->has_space = false;
    if (last && last->next == item && last->kind == DOCX_TEXT && last->text.len <= SHORT_TEXT &&
        last->style == item->style && last->link == item->link &&
        brv_str_equal(last->lang, item->lang)) { // the pieces of generated text are one run
        last->text = brv_arena_printf(state->docx->arena,
                                      "%" BRV_STR_F "%" BRV_STR_F,
                                      BRV_STR_ARG(last->text),
                                      BRV_STR_ARG(text));
        last->next = NULL;
        state->paragraph->last = last;
    }
}

// ---- white space

// As many bytes at a time as a register holds, signed: what is not ASCII is below all others.
typedef signed char sixteen __attribute__((vector_size(16)));

// Past bytes of text in which a space follows no other and precedes none.
static size_t skip_words(brv_str text)
{
    size_t at = 0;
    for (; at + 1 + sizeof(sixteen) <= text.len; at += sizeof(sixteen)) {
        sixteen bytes;
        sixteen next;
        uint64_t halves[2]; // no bit of a good byte
        memcpy(&bytes, text.ptr + at, sizeof bytes);
        memcpy(&next, text.ptr + at + 1, sizeof next);
        const sixteen bad = ((bytes >= 0) & (bytes < ' ')) | ((bytes == ' ') & (next == ' '));
        memcpy(halves, &bad, sizeof halves);
        if (halves[0] | halves[1]) {
            break;
        }
    }
    return at;
}

// True when `text` can be shown as it is: single inner spaces only.
static bool is_collapsed(brv_str text, bool after_space)
{
    if (after_space && text.len > 0 && text.ptr[0] == ' ') {
        return false;
    }
    size_t skipped = text.len > sizeof(sixteen) ? skip_words(text) : 0;
    after_space = skipped > 0 ? text.ptr[skipped - 1] == ' ' : after_space;
    for (size_t i = skipped; i < text.len; i++) {
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

static void add_collapsed(struct docx_inline_state *state, const struct docx_run_context *context,
                          const struct brv_style *style, brv_str text)
{
    if (state->has_ended_block && text.len > 0 && brv_is_space(text.ptr[0])) {
        keep_space(state);
    }
    text = collapse(state->docx, text, state->has_space);
    brv_docx_add_text(state, context, style, text);
    if (text.len > 0) {
        state->has_space = text.ptr[text.len - 1] == ' ';
    }
}

void brv_docx_add_break(struct docx_inline_state *state, const struct docx_run_context *context,
                        const struct brv_style *style)
{
    // Space before a line's end is never seen; Word would keep it.
    struct docx_inline *last = state->paragraph->last;
    if (last && last->kind == DOCX_TEXT && state->has_space && last->text.len > 0 &&
        last->text.ptr[last->text.len - 1] == ' ') {
        last->text.len--;
    }
    brv_docx_add_item(state, context, style, DOCX_LINE_BREAK);
    state->has_space = true;
}

// Preformatted text: line feeds and tabs are elements of their own in Word.
static void add_preformatted(struct docx_inline_state *state,
                             const struct docx_run_context *context, const struct brv_style *style,
                             brv_str text, bool collapses)
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
            brv_docx_add_text(state, context, style, line);
        }
        if (is_tab) {
            brv_docx_add_item(state, context, style, DOCX_TAB);
        } else if (!is_end) {
            brv_docx_add_item(state, context, style, DOCX_LINE_BREAK);
            state->has_space = collapses;
        }
        from = i + 1;
    }
}

void brv_docx_add_styled_text(struct docx_inline_state *state,
                              const struct docx_run_context *context, const struct brv_style *style,
                              brv_str text)
{
    if (style->text_transform == BRV_TRANSFORM_LOWERCASE ||
        style->text_transform == BRV_TRANSFORM_CAPITALIZE) { // Word has no such property
        text = brv_text_transformed(state->docx->arena, text, style->text_transform, context->lang);
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
