// Brevier — reading footnote calls and inline notes.
// A footnote element stands where it is called and has the id "fn:1", "fn:2", … in the order of
// calls. A second call of the same note is a link to the first, in a sup of class "footnote-ref":
// the content is there only once.
// SPDX-License-Identifier: MIT
#include "load/notes.h"

#include "load/line.h"

enum { NOTE_TAG = -1 };

// An odd number of backslashes before `at` escapes it; what is masked is no markup either.
static bool is_literal(const struct brv_builder *builder, const char *at)
{
    size_t backslashes = 0;
    for (const char *c = at; c > builder->view->original.ptr && c[-1] == '\\'; c--) {
        backslashes++;
    }
    return backslashes % 2 == 1 || brv_view_is_masked(builder->view, at);
}

static bool is_in_note(const struct brv_builder *builder)
{
    for (size_t i = 0; i < builder->depth; i++) {
        if (builder->frames[i].is_note) {
            return true;
        }
    }
    return false;
}

static brv_str note_id(struct brv_arena *arena, size_t number)
{
    return brv_arena_printf(arena, "fn:%zu", number);
}

static bool is_in_link(const struct brv_builder *builder)
{
    for (size_t i = 0; i < builder->depth; i++) {
        if (builder->frames[i].node->kind == BRV_KIND_A) {
            return true;
        }
    }
    return false;
}

// Links do not nest: within one, only the number is shown.
static void add_repeated_call(struct brv_note_reader *reader, const struct brv_note *note,
                              brv_str call)
{
    struct brv_builder *builder = reader->builder;
    struct brv_node *sup = brv_builder_begin_inline(builder, BRV_KIND_SUP);
    if (sup) {
        brv_node_set(builder->arena, sup, BRV_ATTR_CLASS, BRV_S(BRV_CLASS_LATER_CALL));
    }
    bool is_link = !is_in_link(builder);
    struct brv_node *a = brv_builder_begin_inline(builder, is_link ? BRV_KIND_A : BRV_KIND_SPAN);
    if (a && is_link) {
        brv_node_set(builder->arena,
                     a,
                     BRV_ATTR_HREF,
                     brv_arena_printf(builder->arena, "#fn:%zu", note->number));
    }
    brv_builder_add_bytes(builder,
                          brv_arena_printf(builder->arena, "%zu", note->number),
                          brv_view_span(builder->view, brv_str_slice(call, 2, call.len - 1)));
    brv_builder_end_inline(builder);
    brv_builder_end_inline(builder);
    builder->cursor = call.ptr + call.len;
    if (sup) {
        sup->span = brv_view_span(builder->view, call);
    }
}

static void add_call(struct brv_note_reader *reader, brv_str call)
{
    struct brv_builder *builder = reader->builder;
    brv_str label = brv_str_slice(call, 2, call.len - 1);
    struct brv_span span = brv_view_span(builder->view, call);
    bool is_nested = !reader->notes || is_in_note(builder);
    struct brv_note *note = is_nested ? NULL : brv_map_find(&reader->notes->by_label, label);
    if (!note) {
        brv_report(builder->sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   span,
                   !is_nested ? "footnote \"%" BRV_STR_F "\" is not defined; shown as text"
                              : "footnote \"%" BRV_STR_F
                                "\" is called within a footnote; shown as text",
                   BRV_STR_ARG(label));
        brv_builder_add_slice(builder, call);
        return;
    }
    if (note->number > 0) {
        add_repeated_call(reader, note, call);
        return;
    }
    builder->cursor = call.ptr;
    struct brv_node *footnote = brv_builder_begin_inline(builder, BRV_KIND_FOOTNOTE);
    if (!footnote) {
        brv_builder_add_slice(builder, call);
        brv_builder_end_inline(builder);
        return;
    }
    note->number = ++*reader->count;
    brv_node_set(builder->arena, footnote, BRV_ATTR_ID, note_id(builder->arena, note->number));
    reader->parse(reader->user, note, footnote, builder->base_depth + (int)builder->depth);
    brv_builder_end_inline(builder);
    footnote->span = span;
    builder->cursor = call.ptr + call.len;
}

// "^[" opens a footnote with one paragraph; false when there is no room or a note is open.
static bool begin_note(struct brv_note_reader *reader, brv_str opener)
{
    struct brv_builder *builder = reader->builder;
    if (!reader->notes || builder->blocks_skipped > 0 || builder->inlines_skipped > 0) {
        return false;
    }
    bool has_room = builder->base_depth + (int)builder->depth + 4 <= builder->max_depth;
    if (!has_room || is_in_note(builder)) {
        return false;
    }
    builder->cursor = opener.ptr;
    brv_builder_begin_inline(builder, BRV_KIND_FOOTNOTE);
    brv_builder_top(builder)->tag = NOTE_TAG;
    brv_builder_begin_inline(builder, BRV_KIND_P);
    brv_builder_top(builder)->tag = NOTE_TAG;
    brv_builder_top(builder)->is_note = true;
    builder->cursor = opener.ptr + opener.len;
    return true;
}

static void end_note(struct brv_note_reader *reader, const char *closer)
{
    struct brv_builder *builder = reader->builder;
    struct brv_node *p = brv_builder_end_inline(builder);
    struct brv_node *footnote = brv_builder_end_inline(builder);
    struct brv_span end = brv_view_span(builder->view, (brv_str){ closer, 1 });
    footnote->span = p->span.source ? brv_span_join(footnote->span, end) : end;
    brv_node_set(builder->arena, footnote, BRV_ATTR_ID, note_id(builder->arena, ++*reader->count));
    builder->cursor = closer + 1;
}

void brv_notes_end(struct brv_note_reader *reader)
{
    struct brv_builder *builder = reader->builder;
    if (builder->blocks_skipped > 0 || builder->inlines_skipped > 0 ||
        !brv_builder_top(builder)->is_note) {
        return;
    }
    struct brv_span opener = builder->frames[builder->depth - 2].node->span;
    struct brv_node *p = brv_builder_end_inline(builder);
    struct brv_node *footnote = brv_builder_end_inline(builder);
    struct brv_node *parent = footnote->parent;
    brv_node_remove(footnote);
    brv_node_append(parent, brv_node_new_text(builder->arena, BRV_S("^["), opener));
    while (p->first) {
        struct brv_node *child = p->first;
        brv_node_remove(child);
        brv_node_append(parent, child);
    }
}

void brv_notes_add_text(struct brv_note_reader *reader, brv_str slice)
{
    struct brv_builder *builder = reader->builder;
    bool has_opener = brv_str_find_byte(slice, 0, '[') < slice.len ||
                      brv_str_find_byte(slice, 0, '^') < slice.len;
    if (!has_opener && !brv_builder_top(builder)->is_note) { // nearly all
        brv_builder_add_slice(builder, slice);
        return;
    }
    size_t done = 0;
    size_t at = 0;
    while (at < slice.len) {
        char c = slice.ptr[at];
        if (c != '[' && c != '^' && c != ']') {
            at++;
            continue;
        }
        struct brv_frame *top = brv_builder_top(builder);
        bool in_note = top->is_note && builder->blocks_skipped == 0;
        if ((c == ']' && !in_note) || is_literal(builder, slice.ptr + at)) {
            at++;
            continue;
        }
        brv_str rest = brv_str_slice(slice, at, slice.len);
        brv_str label = brv_note_label(rest);
        if (label.len > 0) {
            size_t len = label.len + strlen("[^]");
            brv_builder_add_slice(builder, brv_str_slice(slice, done, at));
            add_call(reader, brv_str_slice(rest, 0, len));
            done = at += len;
        } else if (brv_str_starts_with(rest, BRV_S("^["))) {
            brv_builder_add_slice(builder, brv_str_slice(slice, done, at));
            done = at;
            bool begun = begin_note(reader, brv_str_slice(rest, 0, 2));
            at += 2;
            done = begun ? at : done;
            if (!begun && in_note) {
                top->brackets++;
            }
        } else if (c == '[' && in_note) {
            top->brackets++;
            at++;
        } else if (c == ']' && in_note && top->brackets > 0) {
            top->brackets--;
            at++;
        } else if (c == ']' && in_note) {
            brv_builder_add_slice(builder, brv_str_slice(slice, done, at));
            end_note(reader, slice.ptr + at);
            done = ++at;
        } else {
            at++;
        }
    }
    brv_builder_add_slice(builder, brv_str_slice(slice, done, slice.len));
}
