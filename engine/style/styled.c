// Brevier — the styled tree.
// One walk over the element tree, without recursion: entering an element styles it, moves the
// counters, and makes its marker and ::before; leaving it makes its ::after and ends the counters
// of its children.
// SPDX-License-Identifier: MIT
#include "style/styled.h"

#include "style/cascade.h"
#include "style/counter.h"
#include "style/counter_style.h"

#include <assert.h>

enum { MAX_STRING_BYTES = 2000 };

struct frame {
    const struct brv_css_element *element;
    struct brv_css_computed computed[BRV_PSEUDO_COUNT];
    struct brv_styled *styled; // what children are appended to; of an ancestor for `contents`
    const struct brv_style_trace *trace;
};

struct builder {
    struct brv_arena *arena;
    struct brv_cascade *cascade;
    const struct brv_css_element *elements;
    size_t next_element;
    struct frame *frames;
    size_t depth; // frames in use
    size_t capacity;
    struct brv_counters counters;
    int quote_depth;
    struct brv_buf text;
    struct brv_styled *root;
    struct brv_map ids; // of target-text(), filled when first asked
    bool has_ids;
    bool is_traced;
};

static struct brv_styled *append(struct brv_arena *arena, struct brv_styled *parent,
                                 enum brv_styled_kind kind, const struct brv_style *style)
{
    struct brv_styled *styled = BRV_NEW(arena, struct brv_styled);
    styled->kind = kind;
    styled->style = style;
    styled->parent = parent;
    if (parent && parent->last)
        parent->last->next = styled;
    else if (parent)
        parent->first = styled;
    if (parent)
        parent->last = styled;
    return styled;
}

static void append_text(struct brv_arena *arena, struct brv_styled *parent, brv_str text)
{
    if (text.len > 0)
        append(arena, parent, BRV_STYLED_TEXT, parent->style)->text = text;
}

// ---- text of content lists

// The text of an element with white space collapsed, cut to what a running head can use.
static void add_element_text(struct brv_buf *out, const struct brv_node *node)
{
    const size_t start = out->len;
    bool needs_space = false;
    const struct brv_node *n = node;
    while (n && out->len - start < MAX_STRING_BYTES) {
        brv_str text = n->kind == BRV_KIND_TEXT  ? n->text
                       : n->kind == BRV_KIND_IMG ? brv_node_attr(n, BRV_ATTR_ALT)
                                                 : (brv_str){ 0 };
        needs_space |= n->kind == BRV_KIND_BR;
        for (size_t i = 0; i < text.len; i++) {
            if (brv_is_space(text.ptr[i])) {
                needs_space = true;
                continue;
            }
            // Cut only between characters.
            bool is_start = ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
            if (is_start && out->len - start >= MAX_STRING_BYTES)
                return;
            if (needs_space && out->len > start)
                brv_buf_add_byte(out, ' ');
            needs_space = false;
            brv_buf_add_byte(out, text.ptr[i]);
        }
        n = n->kind == BRV_KIND_FOOTNOTE ? brv_node_walk_over(node, n)
                                         : brv_node_walk_next(node, n);
    }
}

// The text of the element that "#id" means; nothing when there is none.
static void add_target_text(struct builder *b, brv_str target, struct brv_buf *out)
{
    if (!b->has_ids) {
        const struct brv_node *root = b->elements[0].node;
        for (const struct brv_node *n = root; n; n = brv_node_walk_next(root, n)) {
            if (n->kind == BRV_KIND_TEXT || n->id.len == 0)
                continue;
            void **slot = brv_map_at(&b->ids, n->id);
            if (!*slot) // the first of a name, as for links
                *slot = (void *)(uintptr_t)n;
        }
        b->has_ids = true;
    }
    if (!brv_str_starts_with(target, BRV_S("#")))
        return;
    const struct brv_node *node = brv_map_find(&b->ids, brv_str_slice(target, 1, target.len));
    if (node)
        add_element_text(out, node);
}

static brv_str quote(struct builder *b, const struct brv_style *style, bool is_open)
{
    static const brv_str automatic[] = {
        BRV_S_INIT("“"),
        BRV_S_INIT("”"),
        BRV_S_INIT("‘"),
        BRV_S_INIT("’"),
    };
    const brv_str *marks = automatic;
    size_t pairs = 2;
    if (!is_open && b->quote_depth > 0)
        b->quote_depth--;
    size_t level = (size_t)b->quote_depth;
    b->quote_depth += is_open;
    if (style->quotes.keyword == BRV_STRINGS_NONE)
        return (brv_str){ 0 };
    if (style->quotes.keyword == BRV_STRINGS_SET) {
        marks = style->quotes.items;
        pairs = style->quotes.count / 2;
    }
    level = level < pairs ? level : pairs - 1;
    return marks[level * 2 + !is_open];
}

// Items that are plain text here; false for those that only an output can resolve.
static bool add_item_text(struct builder *b, const struct brv_content_item *item,
                          const struct brv_node *node, const struct brv_style *style,
                          struct brv_buf *out)
{
    const struct brv_list_marker marker = {
        .style = item->style,
        .counter_style = item->counter_style,
    };
    switch (item->kind) {
    case BRV_CONTENT_STRING:
        brv_buf_add_str(out, item->text);
        return true;
    case BRV_CONTENT_ATTR:
        brv_buf_add_str(out, brv_node_attr_named(node, item->text));
        return true;
    case BRV_CONTENT_COUNTER:
        if (brv_str_is(item->text, "page") || brv_str_is(item->text, "pages"))
            return false;
        brv_buf_add_str(
            out, brv_counter_text(b->arena, &marker, brv_counter_value(&b->counters, item->text)));
        return true;
    case BRV_CONTENT_COUNTERS:
        brv_counter_values(&b->counters, item->text, &marker, item->separator, out);
        return true;
    case BRV_CONTENT_ELEMENT_TEXT:
        add_element_text(out, node);
        return true;
    case BRV_CONTENT_OPEN_QUOTE:
    case BRV_CONTENT_CLOSE_QUOTE:
        brv_buf_add_str(out, quote(b, style, item->kind == BRV_CONTENT_OPEN_QUOTE));
        return true;
    case BRV_CONTENT_TARGET_TEXT:
        add_target_text(b, brv_node_attr_named(node, item->separator), out);
        return true;
    case BRV_CONTENT_NAMED_STRING:
    case BRV_CONTENT_LEADER:
    case BRV_CONTENT_TARGET_COUNTER:
        return false;
    }
    return false;
}

// The parts that outputs resolve. `node` is NULL in margin boxes.
static void append_item(struct brv_arena *arena, struct brv_styled *parent,
                        const struct brv_content_item *item, const struct brv_node *node)
{
    enum brv_styled_kind kind = BRV_STYLED_TEXT;
    brv_str text = item->text;
    switch (item->kind) {
    case BRV_CONTENT_COUNTER:
        kind = brv_str_is(item->text, "page") ? BRV_STYLED_PAGE_NUMBER : BRV_STYLED_PAGE_COUNT;
        text = (brv_str){ 0 };
        break;
    case BRV_CONTENT_NAMED_STRING:
        kind = BRV_STYLED_STRING;
        break;
    case BRV_CONTENT_LEADER:
        kind = BRV_STYLED_LEADER;
        break;
    case BRV_CONTENT_TARGET_COUNTER:
        kind = BRV_STYLED_TARGET_PAGE;
        text = node ? brv_node_attr_named(node, item->separator) : (brv_str){ 0 };
        break;
    case BRV_CONTENT_STRING:
    case BRV_CONTENT_ATTR:
    case BRV_CONTENT_COUNTERS:
    case BRV_CONTENT_ELEMENT_TEXT:
    case BRV_CONTENT_TARGET_TEXT:
    case BRV_CONTENT_OPEN_QUOTE:
    case BRV_CONTENT_CLOSE_QUOTE:
        return;
    }
    struct brv_styled *styled = append(arena, parent, kind, parent->style);
    styled->format = item->style;
    styled->text = text;
}

static void append_content(struct builder *b, struct brv_styled *parent,
                           const struct brv_content_list *content, const struct brv_node *node)
{
    for (uint32_t i = 0; i < content->count; i++) {
        const struct brv_content_item *item = &content->items[i];
        if (item->kind == BRV_CONTENT_STRING) { // no copy
            append_text(b->arena, parent, item->text);
            continue;
        }
        brv_buf_clear(&b->text);
        if (add_item_text(b, item, node, parent->style, &b->text))
            append_text(b->arena, parent, brv_arena_str(b->arena, brv_buf_str(&b->text)));
        else
            append_item(b->arena, parent, item, node);
    }
}

// ---- counters

static void move_counters(struct builder *b, const struct brv_style *style,
                          const struct brv_node *node, int level)
{
    static const brv_str list_item = BRV_S_INIT("list-item");
    for (uint32_t i = 0; i < style->counter_reset.count; i++) {
        const struct brv_counter_op *op = &style->counter_reset.items[i];
        brv_counter_reset(&b->counters, op->name, op->value, level);
    }
    if (node && node->kind == BRV_KIND_OL && brv_node_has_attr(node, BRV_ATTR_START))
        brv_counter_reset(
            &b->counters, list_item, (int)brv_node_attr_count(node, BRV_ATTR_START, 1) - 1, level);
    static const brv_str footnote = BRV_S_INIT("footnote");
    bool has_item = false;
    bool has_note = false;
    for (uint32_t i = 0; i < style->counter_increment.count; i++) {
        const struct brv_counter_op *op = &style->counter_increment.items[i];
        brv_counter_increment(&b->counters, op->name, op->value, level);
        has_item |= brv_str_equal(op->name, list_item);
        has_note |= brv_str_equal(op->name, footnote);
    }
    if (node && style->display == BRV_DISPLAY_LIST_ITEM && !has_item)
        brv_counter_increment(&b->counters, list_item, 1, level);
    if (node && style->cssfloat == BRV_FLOAT_FOOTNOTE && !has_note)
        brv_counter_increment(&b->counters, footnote, 1, level);
    for (uint32_t i = 0; i < style->counter_set.count; i++) {
        const struct brv_counter_op *op = &style->counter_set.items[i];
        brv_counter_set(&b->counters, op->name, op->value, level);
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

static void append_marker(struct builder *b, struct frame *frame)
{
    const struct brv_css_computed *computed = &frame->computed[BRV_PSEUDO_MARKER];
    const struct brv_style *item = frame->computed[BRV_PSEUDO_NONE].style;
    const struct brv_style *style = computed->style;
    const struct brv_node *node = frame->element->node;
    const struct brv_list_marker *type = &item->list_style_type;
    if (style->content.keyword == BRV_CONTENT_EMPTY || style->display == BRV_DISPLAY_NONE)
        return;
    brv_buf_clear(&b->text);
    if (style->content.keyword == BRV_CONTENT_SET) {
        for (uint32_t i = 0; i < style->content.count; i++)
            (void)add_item_text(b, &style->content.items[i], node, style, &b->text);
    } else {
        brv_str number =
            brv_counter_text(b->arena, type, brv_counter_value(&b->counters, BRV_S("list-item")));
        if (type->counter_style)
            brv_buf_add_str(&b->text, type->counter_style->prefix);
        brv_buf_add_str(&b->text, number);
        if (type->counter_style)
            brv_buf_add_str(&b->text, type->counter_style->suffix);
        if (type->style >= BRV_LIST_DECIMAL && type->style <= BRV_LIST_UPPER_ROMAN)
            brv_buf_add_byte(&b->text, '.');
    }
    brv_str text = brv_str_trim(brv_buf_str(&b->text));
    if (text.len == 0)
        return;
    struct brv_styled *marker = append(b->arena, frame->styled, BRV_STYLED_MARKER, style);
    marker->node = node;
    marker->text = brv_arena_str(b->arena, text);
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
    struct brv_styled *styled = append(b->arena, frame->styled, kind, computed->style);
    styled->node = frame->element->node;
    styled->selector = computed->selector;
    styled->trace = trace_new(b, frame, pseudo, frame->trace);
    append_content(b, styled, &computed->style->content, styled->node);
}

static brv_str note_text(struct builder *b, const struct brv_style *style,
                         const struct brv_node *node)
{
    brv_buf_clear(&b->text);
    for (uint32_t i = 0; style->content.keyword == BRV_CONTENT_SET && i < style->content.count; i++)
        (void)add_item_text(b, &style->content.items[i], node, style, &b->text);
    return brv_arena_str(b->arena, brv_str_trim(brv_buf_str(&b->text)));
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
        brv_buf_clear(&b->text);
        for (uint32_t k = 0; k < sets->items[i].content.count; k++)
            (void)add_item_text(
                b, &sets->items[i].content.items[k], styled->node, styled->style, &b->text);
        strings[i].name = sets->items[i].name;
        strings[i].value = brv_arena_str(b->arena, brv_buf_str(&b->text));
    }
    styled->strings = strings;
    styled->string_count = sets->count;
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
    b->frames = brv_arena_grow(b->arena, b->frames, &b->capacity, b->depth + 1, sizeof *b->frames);
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
        frame->styled = append(b->arena, frame->styled, BRV_STYLED_ELEMENT, own->style);
        frame->styled->node = node;
        frame->styled->selector = own->selector;
        frame->styled->trace = frame->trace;
    }
    if (!parent)
        b->root = frame->styled;
    b->depth++;
    move_counters(b, own->style, node, level);
    if (frame->styled->node == node)
        set_strings(b, frame->styled);
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
    brv_counters_leave(&b->counters, (int)b->depth);
}

static struct brv_styled *build(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                enum brv_media media, const struct brv_node *root, bool is_traced,
                                struct brv_sink *sink)
{
    size_t element_count = 0;
    struct builder b = {
        .arena = arena,
        .cascade = brv_cascade_new(arena, sheets, media, sink),
        .elements = brv_css_elements_new(arena, root, &element_count),
        .counters = { .arena = arena },
        .ids = { .arena = arena },
        .is_traced = is_traced,
    };
    if (is_traced)
        brv_cascade_trace(b.cascade);
    const struct brv_node *node = root;
    for (;;) {
        bool is_entered = false;
        if (node->kind == BRV_KIND_TEXT) {
            assert(b.depth > 0); // the root is an element
            struct brv_styled *parent = b.frames[b.depth - 1].styled;
            struct brv_styled *text = append(arena, parent, BRV_STYLED_TEXT, parent->style);
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
    brv_buf_deinit(&b.text);
    return b.root;
}

struct brv_styled *brv_style_tree(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                  enum brv_media media, const struct brv_node *root,
                                  struct brv_sink *sink)
{
    return build(arena, sheets, media, root, false, sink);
}

struct brv_styled *brv_style_tree_traced(struct brv_arena *arena,
                                         const struct brv_stylesheets *sheets, enum brv_media media,
                                         const struct brv_node *root, struct brv_sink *sink)
{
    return build(arena, sheets, media, root, true, sink);
}

struct brv_styled *brv_style_margin_box(struct brv_arena *arena, const struct brv_style *box)
{
    if (box->content.keyword != BRV_CONTENT_SET || box->display == BRV_DISPLAY_NONE)
        return NULL;
    struct brv_styled *styled = append(arena, NULL, BRV_STYLED_BEFORE, box);
    for (uint32_t i = 0; i < box->content.count; i++) {
        const struct brv_content_item *item = &box->content.items[i];
        bool is_page = brv_str_is(item->text, "page") || brv_str_is(item->text, "pages");
        if (item->kind == BRV_CONTENT_STRING)
            append_text(arena, styled, item->text);
        else if (item->kind != BRV_CONTENT_COUNTER || is_page)
            append_item(arena, styled, item, NULL);
    }
    return styled;
}

brv_str brv_stylesheets_renderer(const struct brv_stylesheets *sheets, enum brv_media media,
                                 const struct brv_node *element)
{
    enum { MAX_DEPTH = 128 };
    const struct brv_node *chain[MAX_DEPTH];
    size_t depth = 0;
    for (const struct brv_node *n = element; n && depth < MAX_DEPTH; n = n->parent)
        chain[depth++] = n;
    struct brv_arena *arena = brv_arena_new();
    struct brv_cascade *cascade = brv_cascade_new(arena, sheets, media, NULL);
    struct brv_css_element *above = NULL;
    struct brv_css_computed parent = { 0 };
    struct brv_css_computed computed[BRV_PSEUDO_COUNT];
    for (size_t i = depth; i > 0; i--) {
        // A prototype is the only child of its kind for all that the sheet can see.
        struct brv_css_element *own = BRV_NEW(arena, struct brv_css_element);
        *own = (struct brv_css_element){
            .node = chain[i - 1],
            .parent = above,
            .index = 1,
            .index_from_end = 1,
            .type_index = 1,
            .type_index_from_end = 1,
            .ancestors = above ? above->ancestors | brv_css_bits(above->node) : 0,
        };
        brv_cascade_element(cascade, own, above ? &parent : NULL, computed);
        parent = computed[BRV_PSEUDO_NONE];
        above = own;
    }
    // The text of a string value lives with the sheets, not with this cascade.
    brv_str renderer = parent.style ? parent.style->brv_renderer : (brv_str){ 0 };
    brv_arena_free(arena);
    return renderer;
}
