// Brevier — inline elements: what they say about their text, breaks, notes, fields.
// SPDX-License-Identifier: MIT
#include "output/docx_inline.h"

#include "output/docx_naming.h"
#include "output/docx_picture.h"

// ---- elements

static void build_inline(struct docx_inline_state *state, const struct docx_run_context *context,
                         const struct brv_styled *styled);

static void build_inline_children(struct docx_inline_state *state,
                                  const struct docx_run_context *context,
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

// The style of a number in the text or before the note; without one of the sheet a raised number.
// NULL when it looks like its paragraph.
static const struct docx_style *number_style(struct docx_inline_state *state,
                                             const struct brv_style *style, const char *name)
{
    struct docx_run_format around = state->paragraph->format->run;
    struct docx_run_format format = style ? brv_docx_run_format(state->docx, style) : around;
    bool is_lowered = style && style->vertical_align == BRV_VERTICAL_SUB;
    bool is_raised = !style || style->vertical_align == BRV_VERTICAL_SUPER;
    format.raise = is_raised    ? BRV_VERTICAL_SUPER
                   : is_lowered ? BRV_VERTICAL_SUB
                                : BRV_VERTICAL_BASELINE;
    brv_docx_undo_raised_size(&format, &around);
    struct docx_run_delta delta = brv_docx_run_delta(&around, &format);
    if (delta.members == 0) {
        return NULL;
    }
    bool is_call = !name;
    return brv_docx_character_style(state->docx,
                                    &delta,
                                    is_call ? DOCX_ROLE_FOOTNOTE_REFERENCE : DOCX_ROLE_GENERATED,
                                    (brv_str){ 0 },
                                    is_call ? (brv_str){ 0 } : brv_str_from_cstr(name),
                                    state->paragraph);
}

// Text around the number that Word counts: "(3) " for the third note. False for text without it.
static bool split_number(struct docx *docx, const struct docx_note *note, brv_str text,
                         brv_str *before, brv_str *after)
{
    brv_str number = brv_arena_printf(docx->arena, "%d", note->id);
    size_t at = brv_str_find(text, 0, number);
    bool is_number = at < text.len && (at == 0 || !brv_is_digit(text.ptr[at - 1])) &&
                     (at + number.len == text.len || !brv_is_digit(text.ptr[at + number.len]));
    *before = is_number ? brv_str_slice(text, 0, at) : text;
    *after = is_number ? brv_str_slice(text, at + number.len, text.len) : (brv_str){ 0 };
    return is_number || text.len == 0;
}

static void add_plain(struct docx_inline_state *state, brv_str text, const struct docx_style *style)
{
    if (text.len > 0) {
        struct docx_inline *item = brv_docx_inline_new(state->docx, state->paragraph, DOCX_TEXT);
        item->text = text;
        item->style = style;
    }
}

static void add_call(struct docx_inline_state *state, struct docx_note *note,
                     const struct brv_styled_note *styled)
{
    const struct docx_style *style = number_style(state, styled ? styled->call : NULL, NULL);
    brv_str before = { 0 };
    brv_str after = { 0 };
    bool is_counted =
        split_number(state->docx, note, styled ? styled->call_text : before, &before, &after);
    if (is_counted) {
        add_plain(state, before, style);
    }
    struct docx_inline *call = brv_docx_inline_new(state->docx, state->paragraph, DOCX_NOTE);
    call->style = style;
    call->note = note;
    note->call = call;
    if (is_counted) {
        note->before = before;
        note->after = after;
        add_plain(state, after, style);
    } else { // a mark of the sheet's own
        call->text = before;
    }
    state->has_space = false;
}

static void add_mark(struct docx_inline_state *state, const struct docx_note *note,
                     const struct brv_styled_note *styled)
{
    const struct docx_style *style =
        styled ? number_style(state, styled->marker, "Footnote Marker") : NULL;
    if (!style) { // as Word has it
        style = number_style(state, NULL, NULL);
    }
    brv_str before = { 0 };
    brv_str after = { 0 };
    brv_str text = styled ? styled->marker_text : before;
    bool is_counted = split_number(state->docx, note, text, &before, &after);
    add_plain(state, before, style);
    if (is_counted) {
        brv_docx_inline_new(state->docx, state->paragraph, DOCX_NOTE_MARK)->style = style;
        add_plain(state, after, style);
    }
    if (text.len == 0 || !brv_is_space(text.ptr[text.len - 1])) {
        add_plain(state, BRV_S(" "), NULL);
    }
}

// A later call of a note is a link to the first one that says its number: in Word a field that
// finds the number, and looks like the first.
static bool add_later_call(struct docx_inline_state *state, const struct brv_styled *link)
{
    brv_str href = brv_node_attr(link->node, BRV_ATTR_HREF);
    const struct docx_bookmark *target =
        href.len > 1 && href.ptr[0] == '#'
            ? brv_map_find(&state->docx->bookmarks, brv_str_slice(href, 1, href.len))
            : NULL;
    const struct docx_note *note = target ? target->note : NULL;
    if (!note) {
        return false;
    }
    brv_str number = brv_arena_printf(state->docx->arena, "%d", note->id);
    if (!brv_str_equal(brv_node_plain_text(state->docx->arena, link->node), number)) {
        return false;
    }
    add_plain(state, note->before, note->call->style);
    struct docx_inline *call = brv_docx_inline_new(state->docx, state->paragraph, DOCX_NOTE_OF);
    call->style = note->call->style;
    call->bookmark = target;
    call->text = note->call->text.len > 0 ? note->call->text : number;
    add_plain(state, note->after, note->call->style);
    state->has_space = false;
    return true;
}

static void build_note(struct docx_inline_state *state, const struct docx_run_context *context,
                       const struct brv_styled *styled, struct docx_bookmark *bookmark)
{
    struct docx *docx = state->docx;
    struct docx_note *note = note_new(docx);
    add_call(state, note, styled->note);
    if (bookmark) {
        bookmark->note = note;
        brv_docx_inline_new(docx, state->paragraph, DOCX_NOTE_END)->bookmark = bookmark;
    }
    struct docx_place place = {
        .flow = &note->flow,
        .outer = context->place,
        .shade = DOCX_NO_COLOR,
        .width = docx->text_width,
        .role = DOCX_ROLE_FOOTNOTE_TEXT,
        .depth = context->place->depth + 1,
        .in_note = true,
        .is_rtl = brv_styled_is_rtl(styled, false),
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
    struct docx_inline_state mark_state = { .docx = docx, .paragraph = first };
    add_mark(&mark_state, note, styled->note);
    if (rest) {
        first->last->next = rest;
        first->last = end;
    }
}

// A picture, or the words that stand in its place.
static void add_picture(struct docx_inline_state *state, const struct docx_run_context *context,
                        const struct brv_styled *styled)
{
    struct docx_picture *picture = brv_docx_picture(state->docx, styled, context->place);
    if (!picture) {
        brv_str alt = brv_node_attr(styled->node, BRV_ATTR_ALT);
        brv_docx_add_styled_text(state, context, styled->style, alt);
        return;
    }
    brv_docx_take_font(state->docx, styled->style->font_family); // of a drawing's texts
    struct docx_inline *item = brv_docx_add_item(state, context, styled->style, DOCX_PICTURE);
    item->style = NULL;
    item->picture = picture;
    state->has_space = false;
}

// What CSS does not inherit and yet shows on all text within.
static void take_look(struct docx_run_context *context, const struct brv_style *style)
{
    if (brv_docx_rgb(style->background_color) != DOCX_NO_COLOR) {
        context->extra.shade = brv_docx_rgb(style->background_color);
    }
    struct docx_border border = brv_docx_inline_border(style);
    if (border.style != BRV_BORDER_NONE) {
        context->extra.border = border;
    }
    context->extra.underline |= (style->text_decoration_line & BRV_DECORATION_UNDERLINE) != 0;
    context->extra.strike |= (style->text_decoration_line & BRV_DECORATION_LINE_THROUGH) != 0;
    if (style->vertical_align == BRV_VERTICAL_SUB || style->vertical_align == BRV_VERTICAL_SUPER) {
        context->extra.raise = (uint8_t)style->vertical_align;
    }
}

// A note; in brackets where none can be called.
static void build_footnote(struct docx_inline_state *state, const struct docx_run_context *context,
                           const struct brv_styled *styled, struct docx_bookmark *bookmark)
{
    if (context->place->in_note || context->place->depth >= DOCX_DEPTH_LIMIT) {
        brv_docx_add_text(state, context, styled->style, BRV_S(" ["));
        build_inline_children(state, context, styled);
        brv_docx_add_text(state, context, styled->style, BRV_S("]"));
    } else {
        build_note(state, context, styled, bookmark);
    }
}

static void build_element(struct docx_inline_state *state, struct docx_run_context context,
                          const struct brv_styled *styled)
{
    const struct brv_node *node = styled->node;
    const struct brv_style *style = styled->style;
    context.namer = styled;
    take_look(&context, style);
    struct docx_bookmark *bookmark = NULL;
    if (node && node->id.len > 0) {
        bookmark = brv_docx_bookmark(state->docx, node->id, state->paragraph);
        if (bookmark) {
            brv_docx_inline_new(state->docx, state->paragraph, DOCX_BOOKMARK)->bookmark = bookmark;
        }
    }
    if (node && brv_node_has_attr(node, BRV_ATTR_LANG)) {
        context.lang = brv_node_attr(node, BRV_ATTR_LANG);
    }
    if (node && node->kind == BRV_KIND_A && styled->kind == BRV_STYLED_ELEMENT) {
        if (add_later_call(state, styled)) {
            return;
        }
        context.link = brv_docx_link(state->docx, node);
    }
    if (node && node->kind == BRV_KIND_BR) {
        brv_docx_add_break(state, &context, style);
        return;
    }
    if (brv_docx_is_picture(styled)) {
        add_picture(state, &context, styled);
        return;
    }
    if (styled->kind == BRV_STYLED_ELEMENT && style->cssfloat == BRV_FLOAT_FOOTNOTE) {
        build_footnote(state, &context, styled, bookmark);
        return;
    }
    if (styled->string_count > 0) {
        context.is_string = true;
        brv_docx_remember_strings(
            state->docx, styled, state->paragraph, brv_docx_inline_style(state, &context, style));
    }
    // A block within a line stands on lines of its own.
    bool is_block = style->display != BRV_DISPLAY_INLINE && styled->kind != BRV_STYLED_MARKER;
    if (is_block && !state->has_ended_block && state->paragraph->last &&
        state->paragraph->last->kind != DOCX_LINE_BREAK &&
        state->paragraph->last->kind != DOCX_BOOKMARK) {
        brv_docx_add_item(state, &context, style, DOCX_LINE_BREAK);
        state->has_space = true;
    }
    build_inline_children(state, &context, styled);
    if (is_block && state->paragraph->last) {
        state->has_ended_block = true;
        state->has_space = true;
    }
}

static void add_text(struct docx_inline_state *state, const struct docx_run_context *context,
                     const struct brv_styled *styled)
{
    if (!styled->node && styled->bookmark.len > 0) {
        struct docx_inline *field = brv_docx_add_item(state, context, styled->style, DOCX_TEXT_OF);
        field->text = styled->text;
        field->field = styled->bookmark;
        state->has_space = false;
    } else if (!brv_docx_add_sequence(state, context, styled)) {
        brv_docx_add_styled_text(state, context, styled->style, styled->text);
    }
}

// A leader is a tab to the end of the line.
static void add_leader(struct docx_inline_state *state, const struct docx_run_context *context,
                       const struct brv_styled *styled)
{
    struct docx_paragraph_format *format = state->paragraph->format;
    if (format->tab_right == 0) {
        format->tab_right = context->place->left + context->place->width - format->right;
        if (format->tab_right <= 0) { // no room between the margins
            format->tab_right = state->docx->text_width;
        }
    }
    format->leader = (uint8_t)(styled->text.len > 0 ? styled->text.ptr[0] : '.');
    brv_docx_add_item(state, context, styled->style, DOCX_TAB);
    state->has_space = true;
}

static struct docx_inline *add_number(struct docx_inline_state *state,
                                      const struct docx_run_context *context,
                                      const struct brv_styled *styled, enum docx_inline_kind kind)
{
    struct docx_inline *field = brv_docx_add_item(state, context, styled->style, kind);
    field->number = styled->format;
    state->has_space = false;
    return field;
}

// What a running head shows.
static void add_string(struct docx_inline_state *state, const struct docx_run_context *context,
                       const struct brv_styled *styled)
{
    const struct docx_string *string = brv_map_find(&state->docx->strings, styled->text);
    if (!string) {
        return;
    }
    struct docx_inline *field = brv_docx_add_item(state, context, styled->style, DOCX_STYLE_OF);
    field->string = string;
    field->place = styled->place;
    if (string->home && !string->style && !string->is_mixed) {
        state->docx->shown_roles |= UINT64_C(1) << string->home->role;
    }
    field->text = brv_docx_string_value(state->docx, string);
    state->has_space = false;
}

static void build_inline(struct docx_inline_state *state, const struct docx_run_context *context,
                         const struct brv_styled *styled)
{
    struct docx_run_context inner = *context;
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
        add_text(state, context, styled);
        return;
    case BRV_STYLED_MARKER: // numbering says it
        return;
    case BRV_STYLED_LEADER:
        add_leader(state, context, styled);
        return;
    case BRV_STYLED_PAGE_NUMBER:
        add_number(state, context, styled, DOCX_PAGE);
        return;
    case BRV_STYLED_PAGE_COUNT:
        add_number(state, context, styled, DOCX_PAGE_COUNT);
        return;
    case BRV_STYLED_TARGET_PAGE: {
        struct docx_inline *field = add_number(state, context, styled, DOCX_PAGE_OF);
        field->text = styled->text;
        field->field = brv_docx_page_label(state->docx, styled->text);
        return;
    }
    case BRV_STYLED_STRING:
        add_string(state, context, styled);
        return;
    }
}

// ---- the content of a paragraph

// A break at the end, as code that ends in a line feed has one, begins no line; in Word it would.
static void drop_last_break(struct docx_paragraph *paragraph)
{
    if (!paragraph->last || paragraph->last->kind != DOCX_LINE_BREAK) {
        return;
    }
    struct docx_inline *before = NULL;
    for (struct docx_inline *item = paragraph->first; item->next; item = item->next) {
        before = item;
    }
    *(before ? &before->next : &paragraph->first) = NULL;
    paragraph->last = before;
}

void brv_docx_build_inlines(struct docx *docx, struct docx_paragraph *paragraph,
                            const struct docx_place *place, const struct brv_styled *first,
                            const struct brv_styled *end)
{
    struct docx_inline_state state = { .docx = docx, .paragraph = paragraph, .has_space = true };
    struct docx_run_context context = { .place = place };
    context.extra = paragraph->format->run;
    if (first && first->parent && first->parent->node) {
        context.lang = brv_node_lang(first->parent->node);
    }
    for (const struct brv_styled *styled = first; styled && styled != end; styled = styled->next) {
        build_inline(&state, &context, styled);
    }
    struct docx_inline *last = paragraph->last;
    if (last && last->kind == DOCX_TEXT && state.has_space && last->text.len > 0 &&
        last->text.ptr[last->text.len - 1] == ' ') {
        last->text.len--;
    }
    drop_last_break(paragraph);
    brv_docx_split_by_direction(docx, paragraph);
    if (paragraph->source) {
        brv_docx_set_sides(docx, paragraph, place);
    }
}
