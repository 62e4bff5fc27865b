// Brevier — filling paragraphs of the text output.
//
// Lines are chosen together, not one after the other: the cost of a line is the square of the
// columns it leaves empty, and the breaks of the least total cost win. The last line costs nothing
// unless it is so short that it looks lost; in a heading it costs what the others do. Of the lines
// that could end at a word the longest is tried first: a shorter one leaves more empty, and as soon
// as that alone costs more than the best so far, so do all that are shorter still. Since a line
// holds at most `width` words, the search is linear in the length of the paragraph.
// SPDX-License-Identifier: MIT
#include "output/text_fill.h"

#include "base/utf8.h"
#include "base/width.h"
#include "output/text_break.h"

#include <assert.h>

// ---- words that are too long

static bool word_is_address(brv_str word)
{
    return brv_str_find(word, 0, BRV_S("://")) < word.len ||
           brv_str_find_byte(word, 0, '\\') < word.len ||
           brv_str_starts_with(word, BRV_S("mailto:")) || brv_str_starts_with(word, BRV_S("www."));
}

static bool is_joint(uint32_t codepoint)
{
    return codepoint == '-' || codepoint == '/' || codepoint == 0x2010 || codepoint == 0x2013 ||
           codepoint == 0x2014 || codepoint == BRV_MARK_HYPHEN;
}

struct splitter {
    struct brv_arena *arena;
    struct brv_word *items;
    size_t count;
    size_t capacity;
    size_t room;    // columns of a piece
    bool may_sever; // anywhere
    size_t joint;   // the last place where the piece could end and still fit; before it: none
    uint32_t joint_width;
};

// Ends a piece of a word at `end`, as wide as `width`; the rest of it is the next.
static void splitter_cut(struct splitter *s, struct brv_word *piece, size_t end, uint32_t width)
{
    piece->to = (uint32_t)end;
    piece->width = width;
    BRV_PUSH(s->arena, s->items, s->count, s->capacity) = *piece;
    *piece = (struct brv_word){ .from = (uint32_t)end, .has_marks = piece->has_marks };
}

// A place where the piece may end, as wide as `width` then. The first that comes too late is the
// best there is.
static void splitter_meet(struct splitter *s, struct brv_word *piece, size_t end, uint32_t width)
{
    if (width > 0 && width <= s->room) {
        s->joint = end;
        s->joint_width = width;
    } else if (width > 0 && s->joint <= piece->from && !s->may_sever) {
        splitter_cut(s, piece, end, width);
    }
}

// Adds the pieces of a word that is longer than the room; the first keeps its space, the last its
// line end.
static void splitter_add(struct splitter *s, brv_str run, struct brv_word word)
{
    assert(run.ptr); // a word that is too long is not empty
    brv_str until = brv_str_slice(run, 0, word.to);
    bool has_joints = !word_is_address(brv_str_slice(run, word.from, word.to));
    struct brv_word piece = {
        .from = word.from,
        .has_space = word.has_space,
        .has_marks = word.has_marks,
    };
    s->joint = 0;
    for (size_t at = word.from; at < word.to;) {
        size_t next = at;
        uint32_t codepoint = brv_utf8_next(run, &next);
        bool is_hyphen =
            codepoint == BRV_MARK_HYPHEN; // which takes a column only where it is shown
        uint32_t cells = is_hyphen ? 0 : 1;
        if (codepoint > ' ') {
            next = at;
            cells = (uint32_t)brv_cluster_width(until, &next);
        } else if (codepoint == BRV_MARK_LEADER) {
            cells = BRV_LEADER_LEAST;
            next = brv_str_find_byte(until, at, BRV_MARK_LEADER_END);
            next += next < until.len ? 1 : 0;
        }
        if (codepoint == ' ' && piece.width > 0) { // before a sign that there is no room for
            splitter_cut(s, &piece, at, piece.width);
            piece.from++;
            piece.has_space = true;
            at++;
            continue;
        }
        bool is_spaceless = has_joints && brv_is_spaceless(codepoint);
        if (is_spaceless)
            splitter_meet(s, &piece, at, piece.width);
        if (piece.width + cells > s->room && piece.width > 0) {
            if (s->joint > piece.from) {
                splitter_cut(s, &piece, s->joint, s->joint_width);
                at = s->joint;
                continue;
            }
            if (s->may_sever) // a hyphen right before has no room
                splitter_cut(
                    s, &piece, at - (run.ptr[at - 1] == BRV_MARK_HYPHEN ? 1 : 0), piece.width);
        }
        piece.width += cells;
        at = next;
        if (is_spaceless || (has_joints && is_joint(codepoint)))
            splitter_meet(s, &piece, at, piece.width + (is_hyphen ? 1 : 0));
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
    struct splitter s = { .arena = arena, .room = width, .may_sever = may_sever };
    for (size_t i = 0; i < words->count; i++) {
        if (words->items[i].width <= width)
            BRV_PUSH(arena, s.items, s.count, s.capacity) = words->items[i];
        else
            splitter_add(&s, words->run, words->items[i]);
    }
    *count = s.count;
    return s.items;
}

// ---- choosing the breaks

// A last line below this share of the width looks lost; what it lacks is counted like empty
// columns.
enum { SHORT_LAST_LINE = 6, LOST_WEIGHT = 4 };

static uint64_t line_cost(size_t width, size_t room, bool is_last)
{
    if (width >= room)
        return 0;
    uint64_t lack = room - width;
    if (is_last) {
        size_t least = room / SHORT_LAST_LINE;
        lack = width < least ? (least - width) * LOST_WEIGHT : 0;
    }
    return lack * lack;
}

// What is known of the words before one.
struct best {
    uint64_t cost; // of all their lines
    uint32_t from; // first word of the last of them
    uint32_t left; // columns up to the word, were it on one line with them
};

struct lines {
    struct brv_arena *arena;
    struct brv_fill_line *items;
    size_t count;
    size_t capacity;
};

static void lines_add(struct lines *lines, struct brv_fill_line line)
{
    BRV_PUSH(lines->arena, lines->items, lines->count, lines->capacity) = line;
}

static size_t words_width(const struct brv_word *words, size_t count)
{
    size_t width = 0;
    for (size_t i = 0; i < count; i++)
        width += words[i].width + (i > 0 && words[i].has_space ? 1 : 0);
    return width;
}

// The last of the lines of least cost for the words before `end`: it begins at `first` or later.
// `right` is the column up to which it reaches.
static struct best last_line(const struct best *best, size_t first, size_t end, size_t right,
                             bool is_last, const struct brv_fill_options *options)
{
    struct best found = { .cost = UINT64_MAX };
    size_t room = options->width - (first == 0 ? options->indent : options->hang);
    for (size_t from = first; from < end; from++) {
        size_t width = right - best[from].left;
        if (width <= room || from + 1 == end) {
            uint64_t cost = line_cost(width, room, is_last);
            if (from > 0 && cost > found.cost)
                break;
            if (best[from].cost + cost < found.cost)
                found = (struct best){ .cost = best[from].cost + cost, .from = (uint32_t)from };
        }
        room = options->width - options->hang;
    }
    return found;
}

// Fills words of which only the last may end a line; appends to `lines`.
static void lines_choose(struct lines *lines, const struct brv_word *words, size_t count,
                         struct brv_fill_options options)
{
    if (count <= options.width) { // it may all stand on one line
        size_t width = words_width(words, count);
        if (width <= options.width - options.indent) {
            lines_add(lines, (struct brv_fill_line){ words, count, width });
            return;
        }
    }
    struct best *best = brv_arena_take(lines->arena, (count + 1) * sizeof *best);
    best[0] = (struct best){ 0 };
    size_t first = 0; // of the longest line that fits
    size_t right = 0; // columns up to the end of the last word
    for (size_t end = 1; end <= count; end++) {
        right = best[end - 1].left + words[end - 1].width;
        while (first + 1 < end &&
               (right - best[first].left > options.width || end - first > options.width))
            first++;
        // What the first line has room for is best left on it: parted it leaves more columns empty.
        if (end < count && right <= options.width - options.indent && end <= options.width)
            best[end] =
                (struct best){ .cost = line_cost(right, options.width - options.indent, false) };
        else
            best[end] =
                last_line(best, first, end, right, end == count && !options.balances, &options);
        best[end].left = (uint32_t)right + (end < count && words[end].has_space ? 1 : 0);
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
            .width = best[end - 1].left + words[end - 1].width - best[from].left,
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
    if (breaks && options.hang >= options.width)
        options.hang = options.width - 1;
    if (words->line_count == 1 &&
        (!breaks || words->widest_line <= options.width - options.indent)) {
        struct brv_fill_line *line = BRV_NEW(arena, struct brv_fill_line);
        *line = (struct brv_fill_line){ words->items, words->count, words->widest_line };
        *count = 1;
        return line;
    }
    size_t total = words->count;
    const struct brv_word *items = words->items;
    if (breaks)
        items = words_split(arena, words, options.width - options.hang, options.may_sever, &total);
    struct lines lines = { .arena = arena };
    for (size_t from = 0; from < total;) {
        size_t to = from + 1;
        while (to < total && !items[to - 1].ends_line)
            to++;
        if (breaks)
            lines_choose(&lines, items + from, to - from, options);
        else
            lines_add(&lines,
                      (struct brv_fill_line){
                          .words = items + from,
                          .count = to - from,
                          .width = words_width(items + from, to - from),
                      });
        options.indent = options.hang;
        from = to;
    }
    *count = lines.count;
    return lines.items;
}

// " ..... ", ending where all leaders of a column of lines end.
static void leader_write(brv_str pattern, size_t columns, struct brv_buf *out)
{
    size_t width = brv_str_width(pattern);
    size_t inner = columns > BRV_LEADER_LEAST ? columns - 2 : 1;
    size_t times = width > 0 ? inner / width : 0;
    brv_buf_add_repeated(out, ' ', columns - 1 - times * width);
    for (size_t i = 0; i < times; i++)
        brv_buf_add_str(out, pattern);
    brv_buf_add_byte(out, ' ');
}

// Writes a word's marks as what they stand for; `extra` columns go to its first leader. A hyphen is
// shown where the word has been broken: there it ends.
static void word_write(brv_str word, size_t *extra, struct brv_buf *out)
{
    for (size_t at = 0; at < word.len; at++) {
        if (word.ptr[at] == BRV_MARK_LEADER) {
            size_t end = brv_str_find_byte(word, at, BRV_MARK_LEADER_END);
            leader_write(brv_str_slice(word, at + 1, end), BRV_LEADER_LEAST + *extra, out);
            *extra = 0;
            at = end;
        } else if (word.ptr[at] == BRV_MARK_HYPHEN) {
            brv_buf_add_repeated(out, '-', at + 1 == word.len ? 1 : 0);
        } else {
            brv_buf_add_byte(out, word.ptr[at] == BRV_MARK_SPACE ? ' ' : word.ptr[at]);
        }
    }
}

size_t brv_fill_line_write(const struct brv_words *words, const struct brv_fill_line *line,
                           size_t room, struct brv_buf *out)
{
    if (words->is_verbatim && line->count > 0) {
        size_t from = line->words[0].from;
        brv_buf_add_str(out, brv_str_slice(words->run, from, line->words[line->count - 1].to));
        return line->width;
    }
    size_t extra = room > line->width ? room - line->width : 0;
    size_t left = extra;
    for (size_t i = 0; i < line->count; i++) {
        const struct brv_word *word = &line->words[i];
        if (i > 0 && word->has_space)
            brv_buf_add_byte(out, ' ');
        brv_str text = brv_str_slice(words->run, word->from, word->to);
        if (word->has_marks)
            word_write(text, &left, out);
        else
            brv_buf_add_str(out, text);
    }
    return line->width + (extra - left);
}
