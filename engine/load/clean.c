// Brevier — cleaning decoded text and settling a loaded tree.
// SPDX-License-Identifier: MIT
#include "load/clean.h"

#include "base/buf.h"
#include "base/utf8.h"

enum {
    EMBEDDING_FIRST = 0x202A,
    POP_EMBEDDING = 0x202C,
    OVERRIDE_LAST = 0x202E,
    ISOLATE_FIRST = 0x2066,
    POP_ISOLATE = 0x2069,
};

// What is open at a point of a paragraph: 'e' for an embedding or override, 'i' for an isolate.
struct bidi {
    struct brv_buf open;
    struct brv_span first; // where the first control was seen
};

// The first bidirectional control at or after *at, moving *at past it; 0 when there is none. All of
// them begin with the same byte, which nothing else in UTF-8 holds but the beginnings of others.
static uint32_t next_control(brv_str text, size_t *at)
{
    while ((*at = brv_str_find_byte(text, *at, '\xE2')) < text.len) {
        uint32_t c = brv_utf8_next(text, at);
        if (brv_is_bidi_control(c)) {
            return c;
        }
    }
    return 0;
}

static void bidi_pop_isolate(struct bidi *bidi)
{
    for (size_t i = bidi->open.len; i > 0; i--) {
        if (bidi->open.ptr[i - 1] == 'i') {
            bidi->open.len = i - 1; // embeddings inside end with their isolate
            return;
        }
    }
}

static void bidi_feed(struct bidi *bidi, brv_str text, struct brv_span span)
{
    size_t at = 0;
    for (uint32_t c = next_control(text, &at); c; c = next_control(text, &at)) {
        if (c == POP_EMBEDDING) {
            if (bidi->open.len > 0 && bidi->open.ptr[bidi->open.len - 1] == 'e') {
                bidi->open.len--;
            }
        } else if (c == POP_ISOLATE) {
            bidi_pop_isolate(bidi);
        } else {
            if (bidi->open.len == 0) {
                bidi->first = span;
            }
            brv_buf_add_byte(&bidi->open, c >= EMBEDDING_FIRST && c <= OVERRIDE_LAST ? 'e' : 'i');
        }
    }
}

// Adds the closing controls for what is open, innermost first, and forgets it.
static void bidi_close(struct bidi *bidi, struct brv_buf *out, struct brv_sink *sink)
{
    brv_report(sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               bidi->first,
               "bidirectional control is not closed; closed at the end of its paragraph");
    for (size_t i = bidi->open.len; i > 0; i--) {
        brv_buf_add_codepoint(out, bidi->open.ptr[i - 1] == 'e' ? POP_EMBEDDING : POP_ISOLATE);
    }
    brv_buf_clear(&bidi->open);
}

static void show_bidi(struct brv_arena *arena, struct brv_node *text)
{
    enum { CONTROL_BYTES = 3 };
    size_t at = 0;
    size_t shown = 0; // so far
    struct brv_buf *buf = NULL;
    for (uint32_t c = next_control(text->text, &at); c; c = next_control(text->text, &at)) {
        if (!buf) {
            buf = brv_buf_new_in(arena);
        }
        brv_buf_add_str(buf, brv_str_slice(text->text, shown, at - CONTROL_BYTES));
        brv_buf_printf(buf, "⟨U+%04X⟩", (unsigned)c);
        shown = at;
    }
    if (buf) {
        brv_buf_add_str(buf, brv_str_from(text->text, shown));
        text->text = brv_buf_str(buf);
    }
}

static void show_bidi_below(struct brv_arena *arena, struct brv_node *code)
{
    for (struct brv_node *at = code; at; at = brv_node_walk_next(code, at)) {
        if (at->kind == BRV_KIND_TEXT) {
            show_bidi(arena, at);
        }
    }
}

// Feeds the text of an inline subtree; notes are left to their own turn.
static void settle_inline(struct brv_arena *arena, struct bidi *bidi, struct brv_node *root)
{
    for (struct brv_node *at = root; at;) {
        if (at->kind == BRV_KIND_TEXT) {
            bidi_feed(bidi, at->text, at->span);
        } else if (at->kind == BRV_KIND_CODE) {
            show_bidi_below(arena, at);
        }
        bool is_apart = at->kind == BRV_KIND_CODE || at->kind == BRV_KIND_FOOTNOTE;
        at = is_apart ? brv_node_walk_over(root, at) : brv_node_walk_next(root, at);
    }
}

// Settles the runs of inline children of a block (or of an inline that holds flow).
static void settle_runs(struct brv_arena *arena, struct brv_node *block, struct brv_sink *sink)
{
    struct bidi bidi = { 0 };
    for (struct brv_node *child = block->first; child; child = child->next) {
        if (!brv_kind_is_inline(child->kind)) {
            continue;
        }
        if (block->kind == BRV_KIND_PRE) {
            show_bidi_below(arena, child);
        } else {
            settle_inline(arena, &bidi, child);
        }
        bool is_end = !child->next || !brv_kind_is_inline(child->next->kind);
        if (!is_end || bidi.open.len == 0) {
            continue;
        }
        struct brv_buf closers = { 0 };
        bidi_close(&bidi, &closers, sink);
        struct brv_node *text =
            brv_node_new_text(arena, brv_arena_str(arena, brv_buf_str(&closers)), child->span);
        brv_buf_deinit(&closers);
        if (child->next) {
            brv_node_insert_before(child->next, text);
        } else {
            brv_node_append(block, text);
        }
        child = text;
    }
    brv_buf_deinit(&bidi.open);
}

// Joins each run of text children into its first node.
static void join_texts(struct brv_arena *arena, struct brv_node *parent)
{
    for (struct brv_node *child = parent->first; child; child = child->next) {
        if (child->kind != BRV_KIND_TEXT || !child->next || child->next->kind != BRV_KIND_TEXT) {
            continue;
        }
        struct brv_buf joined = { 0 };
        brv_buf_add_str(&joined, child->text);
        while (child->next && child->next->kind == BRV_KIND_TEXT) {
            brv_buf_add_str(&joined, child->next->text);
            if (child->span.source && child->next->span.source) {
                child->span = brv_span_join(child->span, child->next->span);
            }
            brv_node_remove(child->next);
        }
        child->text = brv_arena_str(arena, brv_buf_str(&joined));
        brv_buf_deinit(&joined);
    }
}

static bool is_forbidden(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) ||
           (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF || brv_is_noncharacter(c);
}

uint32_t brv_clean_codepoint(uint32_t codepoint, struct brv_span span, struct brv_sink *sink)
{
    if (!is_forbidden(codepoint)) {
        return codepoint;
    }
    brv_report(sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               span,
               "character U+%04X may not stand in a text; replaced by U+FFFD",
               (unsigned)codepoint);
    return BRV_REPLACEMENT;
}

// Where the first character stands that may not; text.len when all may.
static size_t find_forbidden(brv_str text)
{
    for (size_t at = brv_utf8_skip_plain(text, 0); at < text.len;
         at = brv_utf8_skip_plain(text, at)) {
        size_t start = at;
        if (is_forbidden(brv_utf8_next(text, &at))) {
            return start;
        }
    }
    return text.len;
}

brv_str brv_clean_text(struct brv_arena *arena, brv_str text, struct brv_span span,
                       struct brv_sink *sink)
{
    size_t first = find_forbidden(text);
    if (first == text.len) {
        return text;
    }
    brv_clean_codepoint(brv_utf8_next(text, &first), span, sink);
    struct brv_buf buf = { 0 };
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        brv_buf_add_codepoint(&buf, is_forbidden(c) ? BRV_REPLACEMENT : c);
    }
    brv_str clean = brv_arena_str(arena, brv_buf_str(&buf));
    brv_buf_deinit(&buf);
    return clean;
}

brv_str brv_bidi_close(struct brv_arena *arena, brv_str text, struct brv_span span,
                       struct brv_sink *sink)
{
    struct bidi bidi = { 0 };
    bidi_feed(&bidi, text, span);
    if (bidi.open.len > 0) {
        struct brv_buf buf = { 0 };
        brv_buf_add_str(&buf, text);
        bidi_close(&bidi, &buf, sink);
        text = brv_arena_str(arena, brv_buf_str(&buf));
        brv_buf_deinit(&buf);
    }
    brv_buf_deinit(&bidi.open);
    return text;
}

void brv_tree_settle(struct brv_arena *arena, struct brv_node *root, struct brv_sink *sink)
{
    for (struct brv_node *at = root; at; at = brv_node_walk_next(root, at)) {
        if (!brv_kind_is_inline(at->kind) || at->kind == BRV_KIND_FOOTNOTE) {
            settle_runs(arena, at, sink);
        }
        join_texts(arena, at);
        for (struct brv_attr *attr = at->attrs; attr; attr = attr->next) {
            if (brv_attr_value_type(attr->id) == BRV_ATTR_VALUE_TEXT) {
                attr->value = brv_bidi_close(arena, attr->value, at->span, sink);
            }
        }
    }
}
