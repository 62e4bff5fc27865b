// Brevier — footnotes: numbers, ids, and the lines at the foot of a page.
// SPDX-License-Identifier: MIT
#include "layout/footnote.h"
#include "layout/block.h"
#include "layout/paragraph.h"
#include "layout/tag.h"
#include "model/words.h"

#define NOTE_TARGET "#brv-note-"

struct brv_note *brv_note_new(struct brv_layout *layout, struct brv_styled *styled,
                              struct brv_tag *parent)
{
    struct brv_arena *arena = layout->arena;
    struct brv_note *note = BRV_NEW(arena, struct brv_note);
    size_t number = ++layout->footnote_count;
    note->styled = styled;
    note->label = brv_arena_printf(arena, "%zu", number);
    note->target = brv_arena_printf(arena, NOTE_TARGET "%zu", number);
    note->note_id = brv_str_slice(note->target, 1, note->target.len);
    note->call_id = brv_arena_printf(arena, "brv-call-%zu", number);
    note->parent_tag = parent;
    if (parent) {
        note->call_tag = brv_tag_new(arena, parent, "Reference", NULL);
        note->call_tag = brv_tag_new(arena, note->call_tag, "Link", NULL);
    }
    return note;
}

brv_str brv_note_name(struct brv_arena *arena, brv_str target, brv_str lang)
{
    if (!brv_str_starts_with(target, BRV_S(NOTE_TARGET))) {
        return (brv_str){ 0 };
    }
    brv_str number = brv_str_slice(target, sizeof NOTE_TARGET - 1, target.len);
    const char *word = brv_words_of(lang)->footnote;
    return brv_arena_printf(arena, "%s %" BRV_STR_F, word, BRV_STR_ARG(number));
}

void brv_note_flow(struct brv_layout *layout, struct brv_note *note, float width_pt)
{
    if (note->flow.arena) {
        return;
    }
    note->flow.arena = layout->flows;
    struct brv_tag *note_tag = NULL;
    if (note->parent_tag) { // behind the text with its call, and so read after it
        note_tag = brv_tag_new(layout->arena, note->parent_tag, "Note", note->styled->node);
    }
    const struct brv_styled_note *parts = note->styled->note;
    const struct brv_style *style = parts->marker;
    brv_str number = parts->marker_text.len > 0 ? parts->marker_text : note->label;
    float indent = 1.8f * style->font_size;
    float wanted = brv_text_width(layout, style, (brv_str){ 0 }, number) + 0.4f * style->font_size;
    indent = wanted > indent ? wanted : indent;
    indent = indent < width_pt / 4 ? indent : width_pt / 4;
    brv_flow_mark(&note->flow, BRV_MARK_DESTINATION)->name = note->note_id;
    if (note->styled->node && note->styled->node->id.len > 0) { // a second call links to it
        brv_flow_mark(&note->flow, BRV_MARK_DESTINATION)->name = note->styled->node->id;
    }
    struct brv_tag *label = note_tag ? brv_tag_new(layout->arena, note_tag, "Lbl", NULL) : NULL;
    struct brv_tag *link = label ? brv_tag_new(layout->arena, label, "Link", NULL) : NULL;
    const struct brv_node *node = note->styled->node;
    const brv_str lang = node ? brv_node_lang(node) : (brv_str){ 0 };
    note->is_rtl = brv_styled_is_rtl(note->styled, false);
    const float number_x = note->is_rtl ? width_pt - indent : 0;
    struct brv_column column = {
        .flow = &note->flow,
        .x_pt = note->is_rtl ? 0 : indent,
        .width_pt = width_pt - indent,
        .tag = note_tag,
        .is_rtl = note->is_rtl,
    };
    layout->columnless++;
    brv_block_flow_children(layout, note->styled, column);
    layout->columnless--;

    // The number stands before the first line and leads back to the call.
    struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
    struct brv_paragraph *p = brv_paragraph_of_text(layout, style, (brv_str){ 0 }, number, link);
    p->is_rtl = note->is_rtl;
    brv_paragraph_itemize(layout, p);
    size_t count;
    struct brv_line *lines = brv_paragraph_break(layout, p, indent, 0, &count);
    struct brv_slice own = { 0 };
    if (count > 0) {
        brv_line_place(layout, p, &lines[0], &own, number_x, indent, BRV_ALIGN_START);
        struct brv_slice *slice = note->flow.count > 0 ? &note->flow.slices[0]
                                                       : brv_flow_slice(&note->flow, own.height_pt);
        struct brv_link_area *area = brv_slice_link(layout->arena, slice);
        *area = (struct brv_link_area){
            .x_pt = number_x,
            .width_pt = indent,
            .height_pt = own.height_pt,
            .url = brv_arena_printf(layout->arena, "#%" BRV_STR_F, BRV_STR_ARG(note->call_id)),
            .tag = link,
            .alt = brv_note_name(layout->arena, note->target, lang),
        };
        own.last->next = slice->first;
        slice->last = slice->last ? slice->last : own.last;
        slice->first = own.first;
    }
    brv_arena_rewind(layout->scratch, mark);
}

float brv_note_height(const struct brv_note *note, size_t from)
{
    float height = 0;
    for (size_t i = from; i < note->flow.count; i++) {
        const struct brv_slice *slice = &note->flow.slices[i];
        height += slice->height_pt + (i > from ? slice->before_pt : 0);
    }
    return height;
}

float brv_slice_notes_height(struct brv_layout *layout, const struct brv_slice *slice,
                             float width_pt)
{
    float height = 0;
    for (const struct brv_mark *mark = slice->marks; mark; mark = mark->next) {
        if (mark->kind == BRV_MARK_NOTE) {
            brv_note_flow(layout, mark->note, width_pt);
            height += brv_note_height(mark->note, 0);
        }
    }
    return height;
}

float brv_slice_notes_least(const struct brv_slice *slice, float long_pt)
{
    enum { FIRST_LINES = 3 };
    float height = 0;
    for (const struct brv_mark *mark = slice->marks; mark; mark = mark->next) {
        if (mark->kind == BRV_MARK_NOTE) {
            float own = brv_note_height(mark->note, 0);
            if (own > long_pt && mark->note->flow.count > FIRST_LINES) {
                return height + own - brv_note_height(mark->note, FIRST_LINES);
            }
            height += own;
        }
    }
    return height;
}
