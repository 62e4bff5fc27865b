// Brevier — the styled tree.
// One walk over the element tree, without recursion: entering an element styles it, moves the
// counters, and makes its marker and ::before; leaving it makes its ::after and ends the counters
// of its children.
// SPDX-License-Identifier: MIT
#include "style/styled.h"

#include "style/counter_style.h"
#include "style/generated.h"

#include <assert.h>

struct frame {
    const struct brv_css_element *element;
    struct brv_css_computed computed[BRV_PSEUDO_COUNT];
    struct brv_styled *styled; // what children are appended to; of an ancestor for `contents`
    const struct brv_style_trace *trace;
};

struct builder {
    struct brv_arena *arena;
    struct brv_cascade *cascade;
    struct brv_generator generator;
    const struct brv_css_element *elements;
    size_t next_element;
    struct frame *frames;
    size_t depth; // frames in use
    size_t capacity;
    struct brv_styled *root;
    bool is_traced;
};

// ---- counters

static void move_counters(struct builder *b, const struct brv_style *style,
                          const struct brv_node *node, int level)
{
    static const brv_str list_item = BRV_S_INIT("list-item");
    static const brv_str footnote = BRV_S_INIT("footnote");
    if (node && level == 0) // notes are counted through the document, whatever the sheet resets
        brv_counter_reset(&b->generator.counters, footnote, 0, level);
    for (uint32_t i = 0; i < style->counter_reset.count; i++) {
        const struct brv_counter_op *op = &style->counter_reset.items[i];
        brv_counter_reset(&b->generator.counters, op->name, op->value, level);
    }
    if (node && node->kind == BRV_KIND_OL && brv_node_has_attr(node, BRV_ATTR_START))
        brv_counter_reset(&b->generator.counters, list_item, brv_node_list_start(node) - 1, level);
    bool has_item = false;
    bool has_note = false;
    for (uint32_t i = 0; i < style->counter_increment.count; i++) {
        const struct brv_counter_op *op = &style->counter_increment.items[i];
        brv_counter_increment(&b->generator.counters, op->name, op->value, level);
        has_item |= brv_str_equal(op->name, list_item);
        has_note |= brv_str_equal(op->name, footnote);
    }
    if (node && style->display == BRV_DISPLAY_LIST_ITEM && !has_item)
        brv_counter_increment(&b->generator.counters, list_item, 1, level);
    if (node && style->cssfloat == BRV_FLOAT_FOOTNOTE && !has_note)
        brv_counter_increment(&b->generator.counters, footnote, 1, level);
    for (uint32_t i = 0; i < style->counter_set.count; i++) {
        const struct brv_counter_op *op = &style->counter_set.items[i];
        brv_counter_set(&b->generator.counters, op->name, op->value, level);
    }
}

// ---- traces

static const struct brv_style_trace *trace_new(struct builder *b, const struct frame *frame,
                                               enum brv_css_pseudo pseudo,
                                               const struct brv_style_trace *parent)
{
    if (!b->is_traced)
        return NULL;
    struct brv_style_trace *trace = BRV_NEW(b->arena, struct brv_style_trace);
    *trace = (struct brv_style_trace){
        .parent = parent,
        .node = frame->element->node,
        .winners = frame->computed[pseudo].winners,
    };
    return trace;
}

// ---- pseudo-elements and strings

static brv_str marker_text(struct builder *b, const struct brv_list_marker *type)
{
    const struct brv_counters *counters = &b->generator.counters;
    int value = brv_counter_value(counters, BRV_S("list-item"));
    if (type->counter_style)
        return brv_counter_style_marker(b->arena, type->counter_style, counters->media, value);
    brv_str number = brv_counter_text(b->arena, type, value);
    if (type->style >= BRV_LIST_DECIMAL && type->style <= BRV_LIST_UPPER_ROMAN)
        return brv_arena_printf(b->arena, "%" BRV_STR_F ".", BRV_STR_ARG(number));
    return number;
}

static void append_marker(struct builder *b, struct frame *frame)
{
    const struct brv_css_computed *computed = &frame->computed[BRV_PSEUDO_MARKER];
    const struct brv_style *item = frame->computed[BRV_PSEUDO_NONE].style;
    const struct brv_style *style = computed->style;
    const struct brv_node *node = frame->element->node;
    const struct brv_list_marker *type = &item->list_style_type;
    if (style->content.keyword == BRV_CONTENT_EMPTY || style->display == BRV_DISPLAY_NONE)
        return;
    brv_str text = style->content.keyword == BRV_CONTENT_SET
                       ? brv_generate_string(&b->generator, &style->content, node, style)
                       : marker_text(b, type);
    text = brv_str_trim(text);
    if (text.len == 0)
        return;
    struct brv_styled *marker =
        brv_styled_append(b->arena, frame->styled, BRV_STYLED_MARKER, style);
    marker->node = node;
    marker->text = text;
    marker->format = style->content.keyword == BRV_CONTENT_SET ? BRV_LIST_STRING : type->style;
    marker->selector = computed->selector;
    marker->trace = trace_new(b, frame, BRV_PSEUDO_MARKER, frame->trace);
}

static void append_pseudo(struct builder *b, struct frame *frame, enum brv_css_pseudo pseudo,
                          int level)
{
    const struct brv_css_computed *computed = &frame->computed[pseudo];
    if (!computed->is_matched || computed->style->content.keyword != BRV_CONTENT_SET ||
        computed->style->display == BRV_DISPLAY_NONE)
        return;
    move_counters(b, computed->style, NULL, level);
    enum brv_styled_kind kind = pseudo == BRV_PSEUDO_BEFORE ? BRV_STYLED_BEFORE : BRV_STYLED_AFTER;
    struct brv_styled *styled = brv_styled_append(b->arena, frame->styled, kind, computed->style);
    styled->node = frame->element->node;
    styled->selector = computed->selector;
    styled->trace = trace_new(b, frame, pseudo, frame->trace);
    brv_generate_content(&b->generator, styled, styled->node);
}

static brv_str note_text(struct builder *b, const struct brv_style *style,
                         const struct brv_node *node)
{
    return brv_str_trim(brv_generate_string(&b->generator, &style->content, node, style));
}

static void set_note(struct builder *b, struct frame *frame)
{
    struct brv_styled_note *note = BRV_NEW(b->arena, struct brv_styled_note);
    note->call = frame->computed[BRV_PSEUDO_FOOTNOTE_CALL].style;
    note->marker = frame->computed[BRV_PSEUDO_FOOTNOTE_MARKER].style;
    note->call_text = note_text(b, note->call, frame->styled->node);
    note->marker_text = note_text(b, note->marker, frame->styled->node);
    frame->styled->note = note;
}

static void set_strings(struct builder *b, struct brv_styled *styled)
{
    const struct brv_string_sets *sets = &styled->style->string_set;
    if (sets->count == 0)
        return;
    struct brv_styled_string *strings =
        BRV_NEW_ARRAY(b->arena, struct brv_styled_string, sets->count);
    for (uint32_t i = 0; i < sets->count; i++) {
        strings[i].name = sets->items[i].name;
        strings[i].value = brv_generate_string(
            &b->generator, &sets->items[i].content, styled->node, styled->style);
    }
    styled->strings = strings;
    styled->string_count = sets->count;
}

static void set_bookmark(struct builder *b, struct brv_styled *styled)
{
    const struct brv_content_list *label = &styled->style->brv_bookmark_label;
    if (styled->style->brv_bookmark_level > 0 && label->keyword == BRV_CONTENT_SET)
        styled->bookmark =
            brv_str_trim(brv_generate_string(&b->generator, label, styled->node, styled->style));
}

// ---- the walk

static void skip_elements(struct builder *b, const struct brv_node *node)
{
    for (const struct brv_node *n = brv_node_walk_next(node, node); n;
         n = brv_node_walk_next(node, n))
        b->next_element += n->kind != BRV_KIND_TEXT;
}

// False when the element is not shown; its children are skipped then.
static bool enter(struct builder *b, const struct brv_node *node)
{
    const struct brv_css_element *element = &b->elements[b->next_element++];
    if (b->depth == b->capacity)
        b->frames =
            brv_arena_grow(b->arena, b->frames, &b->capacity, b->depth + 1, sizeof *b->frames);
    assert(b->frames);
    struct frame *parent = b->depth > 0 ? &b->frames[b->depth - 1] : NULL;
    struct frame *frame = &b->frames[b->depth];
    brv_cascade_element(
        b->cascade, element, parent ? &parent->computed[BRV_PSEUDO_NONE] : NULL, frame->computed);
    const struct brv_css_computed *own = &frame->computed[BRV_PSEUDO_NONE];
    const int level = (int)b->depth;
    if (own->style->display == BRV_DISPLAY_NONE && parent) {
        skip_elements(b, node);
        return false;
    }
    frame->element = element;
    frame->styled = parent ? parent->styled : NULL;
    frame->trace = trace_new(b, frame, BRV_PSEUDO_NONE, parent ? parent->trace : NULL);
    if (own->style->display != BRV_DISPLAY_CONTENTS || !parent) {
        frame->styled = brv_styled_append(b->arena, frame->styled, BRV_STYLED_ELEMENT, own->style);
        frame->styled->node = node;
        frame->styled->selector = own->selector;
        frame->styled->trace = frame->trace;
    }
    if (!parent)
        b->root = frame->styled;
    b->depth++;
    move_counters(b, own->style, node, level);
    if (frame->styled->node == node) {
        set_strings(b, frame->styled);
        set_bookmark(b, frame->styled);
    }
    if (own->style->cssfloat == BRV_FLOAT_FOOTNOTE && frame->styled->node == node)
        set_note(b, frame);
    if (own->style->display == BRV_DISPLAY_LIST_ITEM)
        append_marker(b, frame);
    append_pseudo(b, frame, BRV_PSEUDO_BEFORE, level + 1);
    return true;
}

static void leave(struct builder *b)
{
    struct frame *frame = &b->frames[--b->depth];
    append_pseudo(b, frame, BRV_PSEUDO_AFTER, (int)b->depth + 1);
    brv_counters_leave(&b->generator.counters, (int)b->depth);
}

// ---- what speaks of other elements

static const struct brv_styled *before_of(const struct brv_styled *element)
{
    const struct brv_styled *child = element->first;
    while (child && child->kind == BRV_STYLED_MARKER)
        child = child->next;
    return child && child->kind == BRV_STYLED_BEFORE ? child : NULL;
}

// Counts once more, through the finished tree, and stops at each element that is spoken of. Only
// documents that ask for it pay for this.
static void count_again(struct builder *b)
{
    struct brv_generator *g = &b->generator;
    g->counters = (struct brv_counters){ .arena = b->arena, .media = g->counters.media };
    const struct brv_styled *at = b->root;
    for (int level = 0; at;) {
        if (at->kind == BRV_STYLED_ELEMENT) {
            const struct brv_styled *before = before_of(at);
            move_counters(b, at->style, at->node, level);
            if (before)
                move_counters(b, before->style, NULL, level + 1);
            if (at->node->id.len > 0)
                brv_generate_awaited(g, at->node, before);
            if (at->first) {
                at = at->first;
                level++;
                continue;
            }
            brv_counters_leave(&g->counters, level);
        } else if (at->kind == BRV_STYLED_AFTER) {
            move_counters(b, at->style, NULL, level);
        }
        while (at && !at->next) {
            at = at->parent;
            level--;
            if (at)
                brv_counters_leave(&g->counters, level);
        }
        at = at ? at->next : NULL;
    }
}

struct brv_styled *brv_styled_build(struct brv_arena *arena, struct brv_cascade *cascade,
                                    enum brv_media media, const struct brv_node *root,
                                    bool is_traced)
{
    size_t element_count = 0;
    struct brv_arena *scratch = brv_arena_new();
    struct builder b = {
        .arena = arena,
        .cascade = cascade,
        .elements = brv_css_elements_new(scratch, root, &element_count),
        .generator = {
            .arena = arena,
            .root = root,
            .counters = { .arena = arena, .media = media },
            .ids = { .arena = arena },
            .awaited = { .arena = arena },
        },
        .is_traced = is_traced,
    };
    const struct brv_node *node = root;
    for (;;) {
        bool is_entered = false;
        if (node->kind == BRV_KIND_TEXT) {
            assert(b.depth > 0); // the root is an element
            struct brv_styled *parent = b.frames[b.depth - 1].styled;
            struct brv_styled *text =
                brv_styled_append(arena, parent, BRV_STYLED_TEXT, parent->style);
            text->text = node->text;
            text->node = node;
        } else {
            is_entered = enter(&b, node);
            if (is_entered && node->first) {
                node = node->first;
                continue;
            }
        }
        if (is_entered)
            leave(&b);
        while (node != root && !node->next) {
            node = node->parent;
            leave(&b);
        }
        if (node == root)
            break;
        node = node->next;
    }
    if (b.generator.awaited.count > 0)
        count_again(&b);
    brv_buf_deinit(&b.generator.text);
    brv_arena_free(scratch);
    return b.root;
}

struct brv_styled *brv_style_tree(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                  enum brv_media media, const struct brv_node *root,
                                  struct brv_sink *sink)
{
    struct brv_cascade *cascade = brv_cascade_new(arena, sheets, media, sink);
    return brv_styled_build(arena, cascade, media, root, false);
}

struct brv_styled *brv_style_tree_after(struct brv_arena *arena, const struct brv_styled *other,
                                        enum brv_media media, const struct brv_node *root)
{
    struct brv_cascade *cascade = brv_cascade_of(other->style);
    brv_cascade_turn(cascade, NULL);
    return brv_styled_build(arena, cascade, media, root, false);
}

struct brv_styled *brv_style_tree_traced(struct brv_arena *arena,
                                         const struct brv_stylesheets *sheets, enum brv_media media,
                                         const struct brv_node *root, struct brv_sink *sink)
{
    struct brv_cascade *cascade = brv_cascade_new(arena, sheets, media, sink);
    brv_cascade_trace(cascade);
    return brv_styled_build(arena, cascade, media, root, true);
}
