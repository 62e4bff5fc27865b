// Brevier — the tree builder.
// Spans grow from the inside: a text has the place of its bytes, an element reaches from its first
// child to its last. What holds no text stands, empty, after the text before it.
// SPDX-License-Identifier: MIT
#include "load/builder.h"

static bool is_in_original(const struct brv_builder *builder, const char *at)
{
    brv_str original = builder->view->original;
    return at >= original.ptr && at < original.ptr + original.len;
}

static void copy_pending(struct brv_builder *builder)
{
    if (!builder->is_copied) {
        brv_buf_clear(builder->buf);
        brv_buf_add_str(builder->buf, builder->pending);
        builder->is_copied = true;
    }
}

static bool has_pending(const struct brv_builder *builder)
{
    return builder->is_copied || builder->pending.len > 0;
}

static void widen_pending(struct brv_builder *builder, struct brv_span span)
{
    builder->pending_span =
        has_pending(builder) ? brv_span_join(builder->pending_span, span) : span;
}

static void cover_children(struct brv_node *node)
{
    if (node->first && node->first->span.source && node->last->span.source) {
        node->span = brv_span_join(node->first->span, node->last->span);
    }
}

static struct brv_node *push(struct brv_builder *builder, enum brv_kind kind)
{
    brv_builder_flush(builder);
    struct brv_node *node = brv_node_new(builder->arena, kind, brv_builder_here(builder));
    brv_node_append(brv_builder_top(builder)->node, node);
    BRV_PUSH(builder->arena, builder->frames, builder->depth, builder->capacity) =
        (struct brv_frame){ .node = node };
    return node;
}

static struct brv_node *pop(struct brv_builder *builder)
{
    brv_builder_flush(builder);
    struct brv_node *node = brv_builder_top(builder)->node;
    cover_children(node);
    builder->depth--;
    return node;
}

bool brv_builder_has_room(const struct brv_builder *builder, int levels)
{
    return builder->base_depth + (int)builder->depth + levels <= builder->max_depth;
}

// Shows the source lines of a block that was too deep.
static void show_skipped(struct brv_builder *builder)
{
    const char *from = builder->skipped_from;
    const char *to = builder->skipped_to;
    if (from) {
        while (from > builder->view->original.ptr && from[-1] != '\n') {
            from--;
        }
        brv_str lines = { from, (size_t)(to - from) };
        struct brv_span span = brv_view_span(builder->view, lines);
        struct brv_node *pre = brv_node_new(builder->arena, BRV_KIND_PRE, span);
        brv_node_append(pre, brv_node_new_text(builder->arena, lines, span));
        brv_builder_flush(builder);
        brv_node_append(brv_builder_top(builder)->node, pre);
    }
    builder->skipped_from = builder->skipped_to = NULL;
}

void brv_builder_init(struct brv_builder *builder, struct brv_arena *arena,
                      const struct brv_view *view, struct brv_node *root, struct brv_sink *sink)
{
    *builder = (struct brv_builder){ .arena = arena, .sink = sink, .view = view };
    builder->buf = brv_buf_new_in(arena);
    builder->cursor = view->original.ptr;
    BRV_PUSH(arena, builder->frames, builder->depth, builder->capacity) =
        (struct brv_frame){ .node = root };
}

bool brv_builder_begin_block(struct brv_builder *builder, enum brv_kind kind, int levels)
{
    if (builder->blocks_skipped > 0) {
        builder->blocks_skipped++;
        return false;
    }
    if (!brv_builder_has_room(builder, levels)) {
        brv_builder_flush(builder);
        brv_report(builder->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_builder_here(builder),
                   "blocks are nested too deeply; shown as preformatted text");
        builder->blocks_skipped = 1;
        return false;
    }
    push(builder, kind);
    return true;
}

struct brv_node *brv_builder_end_block(struct brv_builder *builder)
{
    if (builder->blocks_skipped > 0) {
        if (--builder->blocks_skipped == 0) {
            show_skipped(builder);
        }
        return NULL;
    }
    return pop(builder);
}

struct brv_node *brv_builder_begin_inline(struct brv_builder *builder, enum brv_kind kind)
{
    if (builder->blocks_skipped > 0) {
        return NULL;
    }
    if (builder->inlines_skipped > 0 || !brv_builder_has_room(builder, 2)) {
        if (builder->inlines_skipped++ == 0) {
            brv_report(builder->sink,
                       BRV_ERROR,
                       BRV_CODE_LIMIT,
                       brv_builder_here(builder),
                       "\"%s\" is nested too deeply; only its text is kept",
                       brv_kind_name(kind));
        }
        return NULL;
    }
    return push(builder, kind);
}

struct brv_node *brv_builder_end_inline(struct brv_builder *builder)
{
    if (builder->blocks_skipped > 0) {
        return NULL;
    }
    if (builder->inlines_skipped > 0) {
        builder->inlines_skipped--;
        return NULL;
    }
    return pop(builder);
}

void brv_builder_add_slice(struct brv_builder *builder, brv_str slice)
{
    if (slice.len == 0) {
        return;
    }
    builder->cursor = slice.ptr + slice.len;
    if (builder->blocks_skipped > 0) {
        if (!builder->skipped_from) {
            builder->skipped_from = slice.ptr;
        }
        builder->skipped_to = builder->cursor;
        return;
    }
    widen_pending(builder, brv_view_span(builder->view, slice));
    if (builder->is_copied) {
        brv_buf_add_str(builder->buf, slice);
    } else if (builder->pending.len == 0) {
        builder->pending = slice;
    } else if (builder->pending.ptr + builder->pending.len == slice.ptr) {
        builder->pending.len += slice.len;
    } else {
        copy_pending(builder);
        brv_buf_add_str(builder->buf, slice);
    }
}

void brv_builder_add_bytes(struct brv_builder *builder, brv_str text, struct brv_span span)
{
    if (text.len == 0 || builder->blocks_skipped > 0) {
        return;
    }
    // A line feed made by the parser usually stands right there in the original.
    if (!builder->is_copied && builder->pending.len > 0 && text.len == 1) {
        const char *next = builder->pending.ptr + builder->pending.len;
        if (is_in_original(builder, next) && *next == text.ptr[0]) {
            brv_builder_add_slice(builder, (brv_str){ next, 1 });
            return;
        }
    }
    widen_pending(builder, span.source ? span : brv_builder_here(builder));
    copy_pending(builder);
    brv_buf_add_str(builder->buf, text);
}

void brv_builder_flush(struct brv_builder *builder)
{
    if (!has_pending(builder)) {
        return;
    }
    brv_str text = builder->is_copied ? brv_arena_str(builder->arena, brv_buf_str(builder->buf))
                                      : builder->pending;
    brv_node_append(brv_builder_top(builder)->node,
                    brv_node_new_text(builder->arena, text, builder->pending_span));
    builder->pending = (brv_str){ 0 };
    builder->is_copied = false;
}

struct brv_node *brv_builder_add_empty(struct brv_builder *builder, enum brv_kind kind)
{
    if (builder->blocks_skipped > 0) {
        return NULL;
    }
    brv_builder_flush(builder);
    struct brv_node *node = brv_node_new(builder->arena, kind, brv_builder_here(builder));
    brv_node_append(brv_builder_top(builder)->node, node);
    return node;
}

struct brv_span brv_builder_here(const struct brv_builder *builder)
{
    return brv_view_span(builder->view, (brv_str){ builder->cursor, 0 });
}
