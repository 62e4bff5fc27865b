// Brevier — runs of the text output: how characters become one.
// SPDX-License-Identifier: MIT
#include "output/text_collect.h"

#include "base/utf8.h"
#include "base/width.h"
#include "output/text_ascii.h"
#include "output/text_break.h"

static bool ends_with_leader(const struct brv_buf *out)
{
    return out->len > 0 && out->ptr[out->len - 1] == BRV_MARK_LEADER_END;
}

void brv_collector_flush(struct brv_collector *c)
{
    if (c->space && c->has_text && !ends_with_leader(c->out))
        brv_buf_add_byte(c->out, c->space);
    else if (c->has_hyphen)
        brv_buf_add_byte(c->out, BRV_MARK_HYPHEN);
    c->space = 0;
    c->has_hyphen = false;
    if (c->opening->len > 0) {
        brv_buf_add_str(c->out, brv_buf_str(c->opening));
        brv_buf_clear(c->opening);
    }
    c->has_text = true;
}

// The character at `*at` in the language of `node` (NULL: of the document), and what else becomes
// one form with it. White space was dealt with before: any other control character would be taken
// for a mark.
static void buf_add_mapped(struct brv_text *t, struct brv_buf *out, brv_str text, size_t *at,
                           const struct brv_node *node)
{
    unsigned char first = (unsigned char)text.ptr[*at];
    if (first < 0x20 || first == 0x7F) {
        (*at)++;
        brv_buf_add_str(out, brv_text_choose(t, "\uFFFD", "?"));
    } else if (!t->is_ascii || first < 0x80) {
        size_t from = *at;
        bool is_lost = brv_utf8_next(text, at) == BRV_REPLACEMENT;
        brv_buf_add_str(out, is_lost ? BRV_S("\uFFFD") : brv_str_slice(text, from, *at));
    } else if (!brv_ascii_add(out, text, at, brv_node_lang(node ? node : t->job->root->node))) {
        t->unmapped += t->is_measuring ? 0 : 1;
        brv_buf_add_byte(out, '?');
    }
}

static void collector_add_character(struct brv_collector *c, brv_str text, size_t *at)
{
    enum { SOFT_HYPHEN = 0xAD, ZERO_WIDTH_SPACE = 0x200B };
    size_t next = *at;
    uint32_t codepoint = brv_utf8_next(text, &next);
    if (codepoint == SOFT_HYPHEN || codepoint == ZERO_WIDTH_SPACE) {
        bool is_within = c->has_text && !c->space; // a word, as far as it goes
        if (codepoint == SOFT_HYPHEN)
            c->has_hyphen = is_within;
        else if (is_within)
            brv_buf_add_byte(c->out, BRV_MARK_BREAK);
        *at = next;
        return;
    }
    bool breaks_here =
        c->t->is_ascii && c->has_text && !c->space && brv_may_break_between(c->previous, codepoint);
    if (breaks_here) // as it could between the ideographs that cannot be told from the form
        brv_buf_add_byte(c->out, BRV_MARK_BREAK);
    c->previous = codepoint;
    brv_collector_flush(c);
    if (c->t->is_ascii && (codepoint == 0xA0 || codepoint == 0x202F)) {
        brv_buf_add_byte(c->out, BRV_MARK_SPACE);
        *at = next;
    } else {
        buf_add_mapped(c->t, c->out, text, at, c->block);
    }
}

void brv_collector_drop_leader(struct brv_collector *c)
{
    if (!ends_with_leader(c->out))
        return;
    while (c->out->ptr[c->out->len - 1] != BRV_MARK_LEADER)
        c->out->len--;
    c->out->len--;
}

void brv_collector_add_leader(struct brv_collector *c, brv_str pattern)
{
    c->space = 0;
    brv_collector_drop_leader(c);
    brv_collector_flush(c);
    brv_buf_add_byte(c->out, BRV_MARK_LEADER);
    brv_buf_add_str(c->out, brv_text_plain(c->t, pattern));
    brv_buf_add_byte(c->out, BRV_MARK_LEADER_END);
}

void brv_collector_end_line(struct brv_collector *c)
{
    c->space = 0;
    c->has_hyphen = false;
    brv_collector_drop_leader(c);
    brv_buf_add_byte(c->out, BRV_MARK_LINE);
    c->has_text = false;
}

// Columns from here to the next tab stop, counted from where the line of the run begins.
static size_t collector_to_stop(struct brv_collector *c)
{
    enum { TAB_STOP = 8 }; // as in a terminal
    brv_str run = brv_buf_str(c->out);
    for (size_t at = c->counted; at < run.len;) {
        if (run.ptr[at] == BRV_MARK_LINE) {
            c->columns = 0;
            at++;
        } else if (run.ptr[at] == BRV_MARK_SPACE || run.ptr[at] == ' ') {
            c->columns++;
            at++;
        } else {
            c->columns += (size_t)brv_cluster_width(run, &at);
        }
    }
    c->counted = run.len;
    return TAB_STOP - c->columns % TAB_STOP;
}

// True where nothing but spaces stands in the line so far: its first word stays with them. Of a
// line that stands in very far nobody asks.
static bool stands_in(const struct brv_buf *out)
{
    enum { FAR = 100 };
    size_t at = out->len;
    while (at > 0 && out->len - at < FAR && out->ptr[at - 1] == BRV_MARK_SPACE)
        at--;
    return at == 0 || out->ptr[at - 1] == BRV_MARK_LINE;
}

// White space where all of it is kept, as in code.
static void collector_keep_space(struct brv_collector *c, char byte, bool may_wrap, brv_str after)
{
    if (byte == '\n') {
        brv_collector_end_line(c);
        return;
    }
    c->has_text = true; // leading spaces count
    brv_collector_flush(c);
    bool is_last = after.len == 0 || !brv_is_space(after.ptr[0]);
    bool breaks = may_wrap && is_last && (after.len == 0 || !stands_in(c->out));
    for (size_t i = byte == '\t' ? collector_to_stop(c) : 1; i > 0; i--)
        brv_buf_add_byte(c->out, breaks && i == 1 ? ' ' : BRV_MARK_SPACE);
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7F;
}

// Where the stretch ends that is shown as it stands: with spaces, where each is one that may break
// and stands between two such characters.
static size_t plain_end(brv_str text, size_t at, bool has_spaces)
{
    for (;;) {
        at = brv_utf8_skip_word(text, at);
        if (!has_spaces || at + 1 >= text.len || text.ptr[at] != ' ' || !is_plain(text.ptr[at + 1]))
            return at;
        at++;
    }
}

static bool spaces_may_break(enum brv_white_space mode)
{
    return mode == BRV_SPACE_NORMAL || mode == BRV_SPACE_PRE_LINE;
}

bool brv_collector_shows_as_is(brv_str text, const struct brv_style *style)
{
    return style->text_transform == BRV_TRANSFORM_NONE && text.len > 0 && is_plain(text.ptr[0]) &&
           plain_end(text, 0, spaces_may_break(style->white_space)) == text.len;
}

void brv_collector_add_text(struct brv_collector *c, brv_str text, const struct brv_style *style)
{
    enum brv_white_space mode = style->white_space;
    bool keeps_spaces = mode == BRV_SPACE_PRE || mode == BRV_SPACE_PRE_WRAP;
    bool keeps_lines = keeps_spaces || mode == BRV_SPACE_PRE_LINE;
    bool is_shouted = c->uppercase_depth > 0 && c->code_depth == 0;
    enum brv_text_transform transform =
        is_shouted ? BRV_TRANSFORM_UPPERCASE : style->text_transform;
    if (transform != BRV_TRANSFORM_NONE) {
        brv_str lang = c->block ? brv_node_lang(c->block) : (brv_str){ 0 };
        text = brv_text_transformed(c->t->arena, text, transform, lang);
    }
    for (size_t at = 0; at < text.len;) {
        if (is_plain(text.ptr[at])) { // nearly all text
            size_t end = plain_end(text, at, spaces_may_break(mode));
            brv_collector_flush(c);
            brv_buf_add_str(c->out, brv_str_slice(text, at, end));
            c->previous = (unsigned char)text.ptr[end - 1];
            at = end;
            continue;
        }
        char byte = text.ptr[at];
        if (!brv_is_space(byte)) {
            collector_add_character(c, text, &at);
            continue;
        }
        at++;
        if (keeps_spaces) {
            collector_keep_space(c, byte, mode == BRV_SPACE_PRE_WRAP, brv_str_from(text, at));
        } else if (keeps_lines && byte == '\n') {
            brv_collector_end_line(c);
        } else if (!c->space) {
            c->space = mode == BRV_SPACE_NOWRAP ? BRV_MARK_SPACE : ' ';
        }
    }
}

void brv_collector_add_fixed(struct brv_collector *c, brv_str text)
{
    for (size_t at = 0; at < text.len;) {
        if (text.ptr[at] == ' ') {
            brv_buf_add_byte(c->out, BRV_MARK_SPACE);
            at++;
        } else {
            buf_add_mapped(c->t, c->out, text, &at, c->block);
        }
    }
}

brv_str brv_text_plain(struct brv_text *t, brv_str text)
{
    if (!t->is_ascii)
        return text;
    struct brv_buf *out = brv_buf_new_in(t->arena);
    for (size_t at = 0; at < text.len;)
        buf_add_mapped(t, out, text, &at, t->node);
    return brv_buf_str(out);
}
