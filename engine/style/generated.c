// Brevier — generated content: from content lists to text and nodes of the styled tree.
// SPDX-License-Identifier: MIT
#include "style/generated.h"

enum { MAX_STRING_BYTES = 2000 };

struct brv_styled *brv_styled_append(struct brv_arena *arena, struct brv_styled *parent,
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

// NULL for no text.
static struct brv_styled *append_text(struct brv_arena *arena, struct brv_styled *parent,
                                      brv_str text)
{
    if (text.len == 0)
        return NULL;
    struct brv_styled *styled = brv_styled_append(arena, parent, BRV_STYLED_TEXT, parent->style);
    styled->text = text;
    return styled;
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
static void add_target_text(struct brv_generator *g, brv_str target, struct brv_buf *out)
{
    if (!g->has_ids) {
        for (const struct brv_node *n = g->root; n; n = brv_node_walk_next(g->root, n)) {
            if (n->kind == BRV_KIND_TEXT || n->id.len == 0)
                continue;
            void **slot = brv_map_at(&g->ids, n->id);
            if (!*slot) // the first of a name, as for links
                *slot = (void *)(uintptr_t)n;
        }
        g->has_ids = true;
    }
    if (!brv_str_starts_with(target, BRV_S("#")))
        return;
    const struct brv_node *node = brv_map_find(&g->ids, brv_str_slice(target, 1, target.len));
    if (node)
        add_element_text(out, node);
}

static brv_str quote(struct brv_generator *g, const struct brv_style *style, bool is_open)
{
    static const brv_str automatic[] = {
        BRV_S_INIT("“"),
        BRV_S_INIT("”"),
        BRV_S_INIT("‘"),
        BRV_S_INIT("’"),
    };
    const brv_str *marks = automatic;
    size_t pairs = 2;
    if (!is_open && g->quote_depth > 0)
        g->quote_depth--;
    size_t level = (size_t)g->quote_depth;
    g->quote_depth += is_open;
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
static bool add_item_text(struct brv_generator *g, const struct brv_content_item *item,
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
            out,
            brv_counters_text(&g->counters, &marker, brv_counter_value(&g->counters, item->text)));
        return true;
    case BRV_CONTENT_COUNTERS:
        brv_counter_values(&g->counters, item->text, &marker, item->separator, out);
        return true;
    case BRV_CONTENT_ELEMENT_TEXT:
        add_element_text(out, node);
        return true;
    case BRV_CONTENT_OPEN_QUOTE:
    case BRV_CONTENT_CLOSE_QUOTE:
        brv_buf_add_str(out, quote(g, style, item->kind == BRV_CONTENT_OPEN_QUOTE));
        return true;
    case BRV_CONTENT_TARGET_TEXT:
        if (brv_content_awaits_target(item))
            return false;
        add_target_text(g, brv_node_attr_named(node, item->separator), out);
        return true;
    case BRV_CONTENT_NAMED_STRING:
    case BRV_CONTENT_LEADER:
    case BRV_CONTENT_TARGET_COUNTER:
    case BRV_CONTENT_IMAGE:
        return false;
    }
    return false;
}

brv_str brv_generate_string(struct brv_generator *g, const struct brv_content_list *content,
                            const struct brv_node *node, const struct brv_style *style)
{
    brv_buf_clear(&g->text);
    for (uint32_t i = 0; content->keyword == BRV_CONTENT_SET && i < content->count; i++)
        (void)add_item_text(g, &content->items[i], node, style, &g->text);
    return brv_arena_str(g->arena, brv_buf_str(&g->text));
}

// ---- nodes

// An img of its own. As the only thing in its box it is the box, as CSS has it: width and height
// are the image's then.
static void append_image(struct brv_arena *arena, struct brv_styled *parent,
                         const struct brv_content_item *item)
{
    if (!item->image) {
        append_text(arena, parent, item->separator);
        return;
    }
    struct brv_node *node = brv_node_new(arena, BRV_KIND_IMG, brv_span_none());
    brv_node_set(arena, node, BRV_ATTR_SRC, item->text);
    brv_node_set(arena, node, BRV_ATTR_ALT, item->separator);
    node->image = item->image;
    const bool is_alone = parent->style->content.count == 1;
    const struct brv_style *style = brv_cascade_image_style(parent->style, is_alone);
    brv_styled_append(arena, parent, BRV_STYLED_ELEMENT, style)->node = node;
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
    case BRV_CONTENT_IMAGE:
        append_image(arena, parent, item);
        return;
    case BRV_CONTENT_STRING:
    case BRV_CONTENT_ATTR:
    case BRV_CONTENT_COUNTERS:
    case BRV_CONTENT_ELEMENT_TEXT:
    case BRV_CONTENT_TARGET_TEXT:
    case BRV_CONTENT_OPEN_QUOTE:
    case BRV_CONTENT_CLOSE_QUOTE:
        return;
    }
    struct brv_styled *styled = brv_styled_append(arena, parent, kind, parent->style);
    styled->format = item->style;
    styled->place = item->place;
    styled->text = text;
}

// ---- what stands elsewhere

bool brv_content_awaits_target(const struct brv_content_item *item)
{
    return (item->kind == BRV_CONTENT_TARGET_COUNTER && !brv_str_is(item->text, "page")) ||
           (item->kind == BRV_CONTENT_TARGET_TEXT && brv_str_is_nocase(item->text, "before"));
}

static void await(struct brv_generator *g, struct brv_styled *parent,
                  const struct brv_content_item *item, const struct brv_node *node)
{
    brv_str target = brv_node_attr_named(node, item->separator);
    if (!brv_str_starts_with(target, BRV_S("#")))
        return;
    void **slot = brv_map_at(&g->awaited, brv_str_slice(target, 1, target.len));
    struct brv_awaiting *awaiting = BRV_NEW(g->arena, struct brv_awaiting);
    *awaiting = (struct brv_awaiting){
        .next = *slot,
        .item = item,
        .text = brv_styled_append(g->arena, parent, BRV_STYLED_TEXT, parent->style),
    };
    *slot = awaiting;
}

void brv_generate_awaited(struct brv_generator *g, const struct brv_node *node,
                          const struct brv_styled *before)
{
    struct brv_awaiting *awaiting = brv_map_find(&g->awaited, node->id);
    if (!awaiting)
        return;
    *brv_map_at(&g->awaited, node->id) = NULL; // the first of a name, as for links
    for (; awaiting; awaiting = awaiting->next) {
        const struct brv_content_item *item = awaiting->item;
        brv_buf_clear(&g->text);
        if (item->kind == BRV_CONTENT_TARGET_COUNTER) {
            const struct brv_content_item counter = {
                .kind = BRV_CONTENT_COUNTER,
                .style = item->style,
                .counter_style = item->counter_style,
                .text = item->text,
            };
            (void)add_item_text(g, &counter, node, NULL, &g->text);
        }
        const bool is_before = item->kind == BRV_CONTENT_TARGET_TEXT;
        for (struct brv_styled *part = is_before && before ? before->first : NULL; part;
             part = part->next) {
            if (part->kind == BRV_STYLED_TEXT)
                brv_buf_add_str(&g->text, part->text);
        }
        awaiting->text->text = brv_arena_str(g->arena, brv_buf_str(&g->text));
    }
}

void brv_generate_content(struct brv_generator *g, struct brv_styled *parent,
                          const struct brv_node *node)
{
    const struct brv_content_list *content = &parent->style->content;
    for (uint32_t i = 0; i < content->count; i++) {
        const struct brv_content_item *item = &content->items[i];
        if (item->kind == BRV_CONTENT_STRING) { // no copy
            append_text(g->arena, parent, item->text);
            continue;
        }
        brv_buf_clear(&g->text);
        if (item->kind == BRV_CONTENT_NAMED_STRING) // a variable brought it
            continue;
        if (brv_content_awaits_target(item)) {
            await(g, parent, item, node);
            continue;
        }
        if (!add_item_text(g, item, node, parent->style, &g->text)) {
            append_item(g->arena, parent, item, node);
            continue;
        }
        struct brv_styled *text =
            append_text(g->arena, parent, brv_arena_str(g->arena, brv_buf_str(&g->text)));
        if (text && item->kind == BRV_CONTENT_TARGET_TEXT)
            text->bookmark = brv_node_attr_named(node, item->separator);
    }
}

struct brv_styled *brv_style_margin_box(struct brv_arena *arena, const struct brv_style *box)
{
    if (box->content.keyword != BRV_CONTENT_SET || box->display == BRV_DISPLAY_NONE)
        return NULL;
    struct brv_styled *styled = brv_styled_append(arena, NULL, BRV_STYLED_BEFORE, box);
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

brv_str brv_page_number_text(struct brv_arena *arena, enum brv_list_style style, int number)
{
    const bool is_plain = style == BRV_LIST_NONE || style == BRV_LIST_STRING;
    const struct brv_list_marker marker = { .style = is_plain ? BRV_LIST_DECIMAL : style };
    return brv_counter_text(arena, &marker, number);
}

brv_str brv_page_string_at(const struct brv_page_string *string, enum brv_string_place place)
{
    switch (place) {
    case BRV_STRING_FIRST:
        return string->is_set ? string->first : string->entry;
    case BRV_STRING_START:
        return string->is_set_at_start ? string->first : string->entry;
    case BRV_STRING_LAST:
        return string->last;
    case BRV_STRING_FIRST_EXCEPT:
        return string->is_set ? (brv_str){ 0 } : string->entry;
    }
    return (brv_str){ 0 };
}

void brv_styled_fill_in(struct brv_arena *arena, struct brv_styled *content,
                        const struct brv_page_values *values)
{
    for (struct brv_styled *child = content->first; child; child = child->next) {
        switch (child->kind) {
        case BRV_STYLED_PAGE_NUMBER:
            child->text = brv_page_number_text(arena, child->format, values->number);
            break;
        case BRV_STYLED_PAGE_COUNT:
            child->text = brv_page_number_text(arena, child->format, values->count);
            break;
        case BRV_STYLED_STRING:
            child->text = values->string(values->user, child->text, child->place);
            break;
        case BRV_STYLED_ELEMENT:
        case BRV_STYLED_TEXT:
        case BRV_STYLED_BEFORE:
        case BRV_STYLED_AFTER:
        case BRV_STYLED_MARKER:
        case BRV_STYLED_LEADER:
        case BRV_STYLED_TARGET_PAGE:
            continue;
        }
        child->kind = BRV_STYLED_TEXT;
    }
}
