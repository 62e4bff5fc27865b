// Brevier — filling paragraphs of the text output.
//
// Lines are chosen together, not one after the other: the cost of a line is the square of the
// columns it leaves empty, and the breaks of the least total cost win. The last line costs nothing
// unless it is so short that it looks lost. Since a line holds at most `width` words, the search is
// linear in the length of the paragraph.
//
// Breaks follow the Unicode line breaking rules where they matter in print: at spaces, and between
// ideographs and kana, except that no line begins with closing punctuation or a small kana and none
// ends with an opening bracket. Hyphens and slashes give breaks only to a word that would not fit
// otherwise: identifiers, dates and paths stay in one piece as long as they can.
// SPDX-License-Identifier: MIT
#include "output/text_fill.h"

#include "base/utf8.h"
#include "base/width.h"

#include <assert.h>

// ---- classes of characters

struct range {
    uint32_t first;
    uint32_t last;
};

static bool ranges_hold(const struct range *ranges, size_t count, uint32_t codepoint)
{
    for (size_t i = 0; i < count; i++)
        if (codepoint >= ranges[i].first && codepoint <= ranges[i].last)
            return true;
    return false;
}

// Scripts and signs that may break on either side without a space.
static bool is_ideographic(uint32_t codepoint)
{
    static const struct range ranges[] = {
        { 0x2E80, 0x2FDF },   // radicals
        { 0x3000, 0x30FF },   // CJK punctuation, kana
        { 0x3105, 0x312F },   // Bopomofo
        { 0x3190, 0x4DBF },   // annotation, strokes, enclosed, extension A
        { 0x4E00, 0x9FFF },   // unified ideographs
        { 0xA000, 0xA4CF },   // Yi
        { 0xF900, 0xFAFF },   // compatibility ideographs
        { 0xFE30, 0xFE4F },   // vertical forms
        { 0xFF01, 0xFF9F },   // full- and half-width forms
        { 0x1F000, 0x1FAFF }, // pictographs
        { 0x20000, 0x3FFFF }, // ideographic planes
    };
    return codepoint >= 0x2E80 && ranges_hold(ranges, BRV_COUNT(ranges), codepoint);
}

static bool set_holds(const uint16_t *set, size_t count, uint32_t codepoint)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set[middle] < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && set[low] == codepoint;
}

// What must not begin a line: closing punctuation, small kana, marks of repetition and length.
static bool may_not_begin(uint32_t codepoint)
{
    // clang-format off
    static const uint16_t set[] = { // sorted
        '!', '%', ')', ',', '.', ':', ';', '?', ']', '}', 0x00A2, 0x00B0, 0x00B7, 0x00BB, 0x2019,
        0x201D, 0x2020, 0x2021, 0x2026, 0x2030, 0x2032, 0x2033, 0x203A, 0x203C, 0x2047, 0x2048,
        0x2049, 0x2103, 0x3001, 0x3002, 0x3003, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011,
        0x3015, 0x3017, 0x3019, 0x301B, 0x301C, 0x301E, 0x301F, 0x303B, 0x3041, 0x3043, 0x3045,
        0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095, 0x3096, 0x309B, 0x309C,
        0x309D, 0x309E, 0x30A0, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5,
        0x30E7, 0x30EE, 0x30F5, 0x30F6, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF05, 0xFF09,
        0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF60, 0xFF61, 0xFF63, 0xFF64,
        0xFF65, 0xFF9E, 0xFF9F, 0xFFE0,
    };
    // clang-format on
    return set_holds(set, BRV_COUNT(set), codepoint);
}

// What must not end a line: opening brackets and quotes, currency and number signs.
static bool may_not_end(uint32_t codepoint)
{
    // clang-format off
    static const uint16_t set[] = { // sorted
        '#', '$', '(', '[', '{', 0x00A3, 0x00A5, 0x00AB, 0x2018, 0x201C, 0x2039, 0x3008, 0x300A,
        0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFF03, 0xFF04, 0xFF08,
        0xFF3B, 0xFF5B, 0xFF5F, 0xFF62, 0xFFE1, 0xFFE5,
    };
    // clang-format on
    return set_holds(set, BRV_COUNT(set), codepoint);
}

static bool is_no_break(uint32_t codepoint)
{
    return codepoint == 0x00A0 || codepoint == 0x202F || codepoint == 0x2060 ||
           codepoint == 0xFEFF || codepoint == BRV_MARK_SPACE;
}

static bool may_break_between(uint32_t before, uint32_t after)
{
    if (before < 0x2E80 && after < 0x2E80)
        return false;
    if (!is_ideographic(before) && !is_ideographic(after))
        return false;
    return !is_no_break(before) && !is_no_break(after) && !may_not_end(before) &&
           !may_not_begin(after);
}

// ---- cutting

struct cutter {
    struct brv_arena *arena;
    brv_str run;
    struct brv_word *items;
    size_t count;
    size_t capacity;
    size_t start;   // of the word being read
    uint32_t width; // its columns so far
    bool has_space;
    size_t line_width;
    size_t widest_word;
    size_t widest_line;
};

static void cutter_end_word(struct cutter *c, size_t at)
{
    if (at > c->start) {
        bool begins_line = c->count == 0 || c->items[c->count - 1].ends_line;
        bool has_space = c->has_space && !begins_line;
        BRV_PUSH(c->arena, c->items, c->count, c->capacity) = (struct brv_word){
            .from = (uint32_t)c->start,
            .to = (uint32_t)at,
            .width = c->width,
            .has_space = has_space,
        };
        c->line_width += c->width + (has_space ? 1 : 0);
        if (c->width > c->widest_word)
            c->widest_word = c->width;
        if (c->line_width > c->widest_line)
            c->widest_line = c->line_width;
        c->has_space = false;
    }
    c->start = at;
    c->width = 0;
}

static void cutter_end_line(struct cutter *c, size_t at)
{
    cutter_end_word(c, at);
    if (c->count == 0 || c->items[c->count - 1].ends_line) // an empty line is a word of nothing
        BRV_PUSH(c->arena, c->items, c->count, c->capacity) =
            (struct brv_word){ .from = (uint32_t)at, .to = (uint32_t)at };
    c->items[c->count - 1].ends_line = true;
    c->line_width = 0;
    c->has_space = false;
}

struct brv_words brv_words_cut(struct brv_arena *arena, brv_str run)
{
    struct cutter c = { .arena = arena, .run = run };
    uint32_t previous = 0;
    for (size_t at = 0; at < run.len;) {
        char byte = run.ptr[at];
        if (byte == ' ' || byte == BRV_MARK_BREAK || byte == BRV_MARK_LINE) {
            if (byte == BRV_MARK_LINE) {
                cutter_end_line(&c, at);
            } else {
                cutter_end_word(&c, at);
                c.has_space = c.has_space || byte == ' ';
            }
            c.start = ++at;
            previous = 0;
        } else if (byte == BRV_MARK_SPACE) {
            c.width++;
            at++;
            previous = BRV_MARK_SPACE;
        } else {
            size_t end = at; // clusters must not reach over marks
            while (end < run.len && (unsigned char)run.ptr[end] > ' ')
                end++;
            brv_str piece = brv_str_slice(run, 0, end);
            while (at < end) {
                size_t peek = at;
                uint32_t first = brv_utf8_next(piece, &peek);
                size_t next = at;
                uint32_t width = (uint32_t)brv_cluster_width(piece, &next);
                if (previous && may_break_between(previous, first))
                    cutter_end_word(&c, at);
                c.width += width;
                if (width > 0 || is_no_break(first))
                    previous = first;
                at = next;
            }
            if (at < run.len && (unsigned char)run.ptr[at] < ' ' && run.ptr[at] != BRV_MARK_BREAK &&
                run.ptr[at] != BRV_MARK_LINE && run.ptr[at] != BRV_MARK_SPACE)
                at++; // a control character that is no mark of ours: of no width
        }
    }
    cutter_end_word(&c, run.len);
    return (struct brv_words){
        .run = run,
        .items = c.items,
        .count = c.count,
        .widest_word = c.widest_word,
        .widest_line = c.widest_line,
    };
}

// ---- words that are too long

static bool word_is_address(brv_str word)
{
    return brv_str_find(word, 0, BRV_S("://")) < word.len ||
           brv_str_starts_with(word, BRV_S("mailto:")) || brv_str_starts_with(word, BRV_S("www."));
}

static bool word_is_ascii(brv_str word)
{
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] >= 0x80)
            return false;
    return true;
}

static bool is_joint(uint32_t codepoint)
{
    return codepoint == '-' || codepoint == '/' || codepoint == 0x2010 || codepoint == 0x2013 ||
           codepoint == 0x2014;
}

struct splitter {
    struct brv_arena *arena;
    struct brv_word *items;
    size_t count;
    size_t capacity;
};

// Adds the pieces of a word that is longer than `width`; the first keeps its space, the last its
// line end.
static void splitter_add(struct splitter *s, brv_str run, struct brv_word word, size_t width,
                         bool may_sever)
{
    assert(run.ptr); // a word that is too long is not empty
    brv_str text = brv_str_slice(run, word.from, word.to);
    bool by_joints = !word_is_address(text);
    bool anywhere = may_sever || !word_is_ascii(text);
    struct brv_word piece = { .from = word.from, .has_space = word.has_space };
    size_t joint = 0; // where the piece could end after its last hyphen
    uint32_t joint_width = 0;
    for (size_t at = word.from; at < word.to;) {
        size_t peek = at;
        uint32_t codepoint = brv_utf8_next(run, &peek);
        size_t next = at;
        brv_str until = brv_str_slice(run, 0, word.to);
        uint32_t cells = 1;
        if ((unsigned char)run.ptr[at] > ' ')
            cells = (uint32_t)brv_cluster_width(until, &next);
        else
            next = at + 1;
        if (piece.width + cells > width && at > piece.from) {
            bool at_joint = by_joints && joint > piece.from;
            if (at_joint || anywhere) {
                struct brv_word rest = { .from = at_joint ? (uint32_t)joint : (uint32_t)at };
                rest.width = at_joint ? piece.width - joint_width : 0;
                piece.to = rest.from;
                piece.width -= rest.width;
                BRV_PUSH(s->arena, s->items, s->count, s->capacity) = piece;
                piece = rest;
                joint = 0;
            }
        }
        piece.width += cells;
        if (by_joints && is_joint(codepoint)) {
            if (piece.width > width && !anywhere) { // nothing earlier: the next best place
                piece.to = (uint32_t)next;
                BRV_PUSH(s->arena, s->items, s->count, s->capacity) = piece;
                piece = (struct brv_word){ .from = (uint32_t)next };
                joint = 0;
            } else {
                joint = next;
                joint_width = piece.width;
            }
        }
        at = next;
    }
    piece.to = word.to;
    piece.ends_line = word.ends_line;
    if (piece.to > piece.from || s->count == 0)
        BRV_PUSH(s->arena, s->items, s->count, s->capacity) = piece;
    else
        s->items[s->count - 1].ends_line = word.ends_line;
}

static const struct brv_word *words_split(struct brv_arena *arena, const struct brv_words *words,
                                          size_t width, bool may_sever, size_t *count)
{
    *count = words->count;
    if (words->widest_word <= width)
        return words->items;
    struct splitter s = { .arena = arena };
    for (size_t i = 0; i < words->count; i++) {
        if (words->items[i].width <= width)
            BRV_PUSH(arena, s.items, s.count, s.capacity) = words->items[i];
        else
            splitter_add(&s, words->run, words->items[i], width, may_sever);
    }
    *count = s.count;
    return s.items;
}

// ---- choosing the breaks

// A last line below this share of the width looks lost; what it lacks is counted like empty
// columns.
enum { SHORT_LAST_LINE = 6 };

static uint64_t line_cost(size_t width, size_t room, bool is_last)
{
    if (width >= room)
        return 0;
    uint64_t lack = room - width;
    if (is_last) {
        size_t least = room / SHORT_LAST_LINE;
        lack = width < least ? (least - width) * 2 : 0;
    }
    return lack * lack;
}

struct best {
    uint64_t cost; // of all lines up to here
    size_t from;   // first word of the last of them
};

struct lines {
    struct brv_arena *arena;
    struct brv_fill_line *items;
    size_t count;
    size_t capacity;
};

static size_t words_width(const struct brv_word *words, size_t count)
{
    size_t width = 0;
    for (size_t i = 0; i < count; i++)
        width += words[i].width + (i > 0 && words[i].has_space ? 1 : 0);
    return width;
}

// Fills words of which only the last may end a line; appends to `lines`.
static void lines_choose(struct lines *lines, const struct brv_word *words, size_t count,
                         struct brv_fill_options options, struct best *best)
{
    best[0] = (struct best){ 0 };
    for (size_t end = 1; end <= count; end++) {
        best[end] = (struct best){ .cost = UINT64_MAX };
        size_t width = 0;
        for (size_t from = end; from-- > 0;) {
            width += words[from].width;
            if (from + 1 < end && words[from + 1].has_space)
                width++;
            size_t room = options.width - (from == 0 ? options.indent : 0);
            if ((width > options.width || end - from > options.width) && from + 1 < end)
                break; // no longer line fits either
            if (width > room && from + 1 < end)
                continue;
            uint64_t cost = best[from].cost + line_cost(width, room, end == count);
            if (cost < best[end].cost)
                best[end] = (struct best){ .cost = cost, .from = from };
        }
    }
    size_t made = 0;
    for (size_t end = count; end > 0; end = best[end].from)
        made++;
    lines->items = brv_arena_grow(
        lines->arena, lines->items, &lines->capacity, lines->count + made, sizeof *lines->items);
    size_t at = lines->count + made;
    for (size_t end = count; end > 0; end = best[end].from) {
        size_t from = best[end].from;
        lines->items[--at] = (struct brv_fill_line){
            .words = words + from,
            .count = end - from,
            .width = words_width(words + from, end - from),
        };
    }
    lines->count += made;
}

const struct brv_fill_line *brv_words_fill(struct brv_arena *arena, const struct brv_words *words,
                                           struct brv_fill_options options, size_t *count)
{
    bool breaks = options.width > 0;
    if (breaks && options.indent >= options.width)
        options.indent = options.width - 1;
    size_t total = words->count;
    const struct brv_word *items = words->items;
    if (breaks)
        items = words_split(arena, words, options.width, options.may_sever, &total);
    struct lines lines = { .arena = arena };
    struct best *best = BRV_NEW_ARRAY(arena, struct best, total + 1);
    for (size_t from = 0; from < total;) {
        size_t to = from + 1;
        while (to < total && !items[to - 1].ends_line)
            to++;
        if (breaks)
            lines_choose(&lines, items + from, to - from, options, best);
        else
            BRV_PUSH(arena, lines.items, lines.count, lines.capacity) = (struct brv_fill_line){
                .words = items + from,
                .count = to - from,
                .width = words_width(items + from, to - from),
            };
        options.indent = 0;
        from = to;
    }
    *count = lines.count;
    return lines.items;
}

void brv_fill_line_write(const struct brv_words *words, const struct brv_fill_line *line,
                         struct brv_buf *out)
{
    for (size_t i = 0; i < line->count; i++) {
        const struct brv_word *word = &line->words[i];
        if (i > 0 && word->has_space)
            brv_buf_add_byte(out, ' ');
        size_t start = out->len;
        brv_buf_add_str(out, brv_str_slice(words->run, word->from, word->to));
        for (size_t at = start; at < out->len; at++)
            if (out->ptr[at] == BRV_MARK_SPACE)
                out->ptr[at] = ' ';
    }
}
