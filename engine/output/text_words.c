// Brevier — words of the text output: what no line break may part.
//
// Breaks follow the Unicode line breaking rules where they matter in print: at spaces, and between
// ideographs and kana, except that no line begins with closing punctuation or a small kana and none
// ends with an opening bracket. Hyphens and slashes give breaks only to a word that would not fit
// otherwise (text_fill.c): identifiers, dates and paths stay in one piece as long as they can.
//
// Nearly all text is words of ASCII with single spaces between them. These are cut in one go; what
// ends such a stretch is read character by character.
// SPDX-License-Identifier: MIT
#include "base/memory.h"
#include "base/utf8.h"
#include "base/width.h"
#include "output/text_break.h"
#include "output/text_fill.h"

struct cutter {
    struct brv_arena *arena;
    struct brv_words words;
    struct brv_word *items;
    size_t count;
    size_t capacity;
    size_t start;   // of the word being read
    uint32_t width; // its columns so far
    bool has_space;
    bool has_marks;
    bool begins_line;
    size_t line_width;
};

// True for a sign that stands between spaces and yet begins no line (UAX 14, LB13): it stays with
// the word before it. So does a dash.
static bool is_trailing_sign(brv_str word)
{
    static const uint16_t signs[] = { 0x00B7, 0x00BB, 0x2013, 0x2014, 0x2026 };
    if (word.len == 1)
        return strchr("/!?;:|%)", word.ptr[0]) != NULL;
    size_t at = 0;
    uint32_t codepoint = word.len <= 3 ? brv_utf8_next(word, &at) : 0;
    for (size_t i = 0; at == word.len && i < BRV_COUNT(signs); i++)
        if (signs[i] == codepoint)
            return true;
    return false;
}

// True for a word that no line may part from the last one: a sign, or what such a quotation mark
// opens before a space.
static bool cutter_joins(const struct cutter *c, size_t at)
{
    const struct brv_word *last = &c->items[c->count - 1];
    brv_str run = c->words.run;
    if (c->start != last->to + 1)
        return false;
    return (c->width == 1 && is_trailing_sign(brv_str_slice(run, c->start, at))) ||
           (last->width == 1 && brv_str_is(brv_str_slice(run, last->from, last->to), "\u00AB"));
}

// The word becomes part of the last one.
static void cutter_extend(struct cutter *c, size_t at)
{
    struct brv_word *last = &c->items[c->count - 1];
    last->to = (uint32_t)at;
    last->width += 1 + c->width;
    last->has_marks |= c->has_marks;
    c->line_width += 1 + c->width;
    if (last->width > c->words.widest_word)
        c->words.widest_word = last->width;
    if (c->line_width > c->words.widest_line)
        c->words.widest_line = c->line_width;
    c->has_space = false;
}

static void cutter_push(struct cutter *c, size_t at)
{
    bool has_space = c->has_space && !c->begins_line;
    if (has_space && (c->width == 1 || c->items[c->count - 1].width == 1) && cutter_joins(c, at)) {
        cutter_extend(c, at);
        return;
    }
    if (c->begins_line) {
        c->line_width = 0;
        c->words.line_count++;
        c->begins_line = false;
    }
    BRV_PUSH(c->arena, c->items, c->count, c->capacity) = (struct brv_word){
        .from = (uint32_t)c->start,
        .to = (uint32_t)at,
        .width = c->width,
        .has_space = has_space,
        .has_marks = c->has_marks,
    };
    c->line_width += c->width + (has_space ? 1 : 0);
    if (c->width > c->words.widest_word)
        c->words.widest_word = c->width;
    if (c->line_width > c->words.widest_line)
        c->words.widest_line = c->line_width;
    c->has_space = false;
}

static void cutter_end_word(struct cutter *c, size_t at)
{
    size_t end = at;
    while (end > c->start && c->words.run.ptr[end - 1] == BRV_MARK_HYPHEN)
        end--; // it would be shown
    if (end > c->start)
        cutter_push(c, end);
    c->start = at;
    c->width = 0;
    c->has_marks = false;
}

static void cutter_end_line(struct cutter *c, size_t at)
{
    cutter_end_word(c, at);
    if (c->begins_line) // an empty line is a word of nothing
        cutter_push(c, at);
    c->items[c->count - 1].ends_line = true;
    c->begins_line = true;
    c->has_space = false;
}

// Words of ASCII from where one begins: as many as stand there with single spaces between them.
// Returns where something else stands; a word that it belongs to is left to be read with it.
static size_t cutter_add_plain(struct cutter *c, size_t at)
{
    brv_str run = c->words.run;
    for (;;) {
        size_t end = brv_utf8_skip_word(run, at);
        if (end == at || (end < run.len && run.ptr[end] != ' ' && run.ptr[end] != BRV_MARK_LINE))
            break;
        c->start = at;
        c->width = (uint32_t)(end - at);
        cutter_push(c, end);
        at = end;
        if (end == run.len || run.ptr[end] != ' ')
            break;
        c->has_space = true;
        at++;
    }
    c->start = at;
    c->width = 0;
    return at;
}

// Reads characters up to the next mark or space, as no cluster may reach over it.
static size_t cutter_add_text(struct cutter *c, size_t at, uint32_t *previous)
{
    size_t end = at;
    while (end < c->words.run.len && (unsigned char)c->words.run.ptr[end] > ' ')
        end++;
    brv_str piece = brv_str_slice(c->words.run, 0, end);
    while (at < end) {
        size_t ascii_end = at;
        while (ascii_end < end && (unsigned char)piece.ptr[ascii_end] < 0x80)
            ascii_end++;
        if (ascii_end < end) {
            c->words.is_ascii = false;
            ascii_end -= ascii_end > at ? 1 : 0; // marks may follow it
        }
        if (ascii_end > at && *previous < 0x80) {
            *previous = (unsigned char)piece.ptr[ascii_end - 1];
            c->width += (uint32_t)(ascii_end - at);
            at = ascii_end;
            continue;
        }
        size_t peek = at;
        uint32_t first = brv_utf8_next(piece, &peek);
        size_t next = at;
        uint32_t width = (uint32_t)brv_cluster_width(piece, &next);
        if (*previous && brv_may_break_between(*previous, first))
            cutter_end_word(c, at);
        c->width += width;
        if (width > 0 || brv_is_no_break(first))
            *previous = first;
        at = next;
    }
    return at;
}

struct brv_words brv_words_cut(struct brv_arena *arena, brv_str run)
{
    struct cutter c = { .arena = arena, .begins_line = true };
    c.words = (struct brv_words){ .run = run, .is_verbatim = true, .is_ascii = true };
    enum { BYTES_OF_A_WORD = 6 }; // with its space, in most languages
    c.capacity = run.len / BYTES_OF_A_WORD + 1;
    c.items = brv_arena_take(arena, brv_size_multiply(c.capacity, sizeof *c.items));
    uint32_t previous = 0; // character of the word being read
    for (size_t at = 0; at < run.len;) {
        if (!previous && c.start == at)
            at = cutter_add_plain(&c, at);
        if (at == run.len)
            break;
        switch (run.ptr[at]) {
        case BRV_MARK_LINE:
            cutter_end_line(&c, at);
            c.start = ++at;
            previous = 0;
            break;
        case ' ':
            cutter_end_word(&c, at);
            c.words.is_verbatim &= !c.has_space;
            c.has_space = true;
            c.start = ++at;
            previous = 0;
            break;
        case BRV_MARK_BREAK:
            cutter_end_word(&c, at);
            c.words.is_verbatim = false;
            c.start = ++at;
            previous = 0;
            break;
        case BRV_MARK_HYPHEN:
            c.has_marks = true;
            c.words.is_verbatim = false;
            at++;
            break;
        case BRV_MARK_SPACE:
            c.width++;
            c.has_marks = true;
            c.words.is_verbatim = false;
            previous = BRV_MARK_SPACE;
            at++;
            break;
        case BRV_MARK_LEADER:
            at = brv_str_find_byte(run, at, BRV_MARK_LEADER_END);
            at += at < run.len ? 1 : 0;
            c.width += BRV_LEADER_LEAST;
            c.has_marks = true;
            c.words.is_verbatim = c.words.is_ascii = false;
            previous = BRV_MARK_SPACE;
            break;
        default:
            if ((unsigned char)run.ptr[at] > ' ')
                at = cutter_add_text(&c, at, &previous);
            else
                at++; // a control character that is no mark of ours: of no width
        }
    }
    cutter_end_word(&c, run.len);
    c.words.items = c.items;
    c.words.count = c.count;
    return c.words;
}
