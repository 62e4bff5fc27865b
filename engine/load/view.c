// Brevier — making a view of a Markdown text and masking in it what md4c must not see.
// The scan goes by lines and knows fenced code, where nothing is masked. It reads container
// prefixes ("> ", "- ", "1. ") only as far as it must: a line that merely looks like a table's
// delimiter row is masked without harm, because the reader is shown the original.
// SPDX-License-Identifier: MIT
#include "load/view_scan.h"

enum {
    BRACKETS_OPEN_MAX = 32, // at once in a run of lines; md4c looks up the text of each pair
    BRACKETS_MAX = 8192,    // … in all of it; md4c looks for each one's line
    BARE_LINKS_MAX = 4096,  // in a run of lines; md4c's time grows with their square
};

// Collects the labels of all calls "[^label]" that do not begin a definition.
static void find_calls(struct brv_view_scan *scan)
{
    brv_str text = scan->text;
    size_t at = 0;
    while ((at = brv_str_find_byte(text, at, '^')) < text.len) {
        at++;
        if (at < 2 || text.ptr[at - 2] != '[') {
            continue;
        }
        brv_str label = brv_note_label(brv_str_slice(text, at - 2, text.len));
        size_t after = at - 2 + label.len + strlen("[^]");
        if (label.len > 0 && (after >= text.len || text.ptr[after] != ':')) {
            *brv_map_at(&scan->called, label) = scan;
        }
    }
}

// Moves `line` to the last line of the definition that begins there: its paragraph, then blocks
// indented by four.
static void skip_definition(brv_str text, struct brv_line *line)
{
    bool in_paragraph = true;
    struct brv_line next = *line;
    while (brv_line_next(text, &next)) {
        if (brv_line_is_blank(next)) {
            in_paragraph = false;
        } else if (next.indent >= 4 || (in_paragraph && brv_line_is_plain(text, next))) {
            in_paragraph = true;
            *line = next;
        } else {
            break;
        }
    }
}

// Takes a footnote definition out of md4c's sight; false when the line begins none. A definition
// that nothing calls, or a second one of the same label, is left as the text it is, but so that
// md4c does not take it for a link definition and drop it. Moves `line` to the last one taken.
static bool take_note(struct brv_view_scan *scan, struct brv_line *line)
{
    size_t start = line->content;
    brv_str rest = brv_str_slice(scan->text, start, line->end);
    brv_str label = line->indent < 4 ? brv_note_label(rest) : (brv_str){ 0 };
    size_t after = label.len + strlen("[^]");
    if (label.len == 0 || after >= rest.len || scan->text.ptr[start + after] != ':') {
        return false;
    }
    struct brv_note **known = (struct brv_note **)brv_map_at(&scan->notes->by_label, label);
    if (*known || !brv_map_find(&scan->called, label)) {
        brv_report(scan->sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   brv_view_place(scan, rest),
                   *known ? "footnote \"%" BRV_STR_F "\" is defined twice; shown as text"
                          : "footnote \"%" BRV_STR_F "\" is never called; shown as text",
                   BRV_STR_ARG(label));
        brv_view_hide(scan, brv_str_slice(rest, 0, 1), BRV_VIEW_MASK);
        return false;
    }
    skip_definition(scan->text, line);
    struct brv_note *note = BRV_NEW(scan->arena, struct brv_note);
    note->label = label;
    note->definition = brv_str_slice(scan->text, start, line->end);
    note->body = brv_str_slice(scan->text, start + after + 1, line->end);
    *known = *scan->notes->end = note;
    scan->notes->end = &note->next;
    brv_view_hide(scan, note->definition, ' ');
    return true;
}

// Skips quote marks and list bullets at the start of a line; masks the one over the limit.
static size_t skip_containers(struct brv_view_scan *scan, struct brv_line line)
{
    brv_str text = scan->text;
    size_t at = line.content;
    int depth = 0;
    size_t width;
    while ((width = brv_line_marker(text, at, line.end)) > 0) {
        if (++depth > scan->limits->nesting) {
            brv_str marker = brv_str_slice(text, at, at + 1);
            if (!scan->nesting_reported) {
                brv_report(scan->sink,
                           BRV_ERROR,
                           BRV_CODE_LIMIT,
                           brv_view_place(scan, marker),
                           "quotes and lists are nested deeper than %d; shown as text",
                           scan->limits->nesting);
                scan->nesting_reported = true;
            }
            brv_view_hide(scan, brv_str_slice(text, at, at + width), BRV_VIEW_MASK);
            return line.end;
        }
        at += width;
        while (at < line.end && (text.ptr[at] == ' ' || text.ptr[at] == '\t')) {
            at++;
        }
    }
    return at;
}

// Number of non-blank lines after `line`, counted once for each run of them.
static size_t lines_ahead(struct brv_view_scan *scan, struct brv_line line)
{
    if (line.number >= scan->run_end) {
        scan->columns = 0;
        scan->bare_links = scan->brackets = scan->brackets_open = 0;
        scan->brackets_reported = false;
        struct brv_line next = line;
        scan->run_end = line.number + 1;
        while (brv_line_next(scan->text, &next) && !brv_line_is_blank(next)) {
            scan->run_end++;
        }
    }
    return scan->run_end - line.number - 1;
}

// Whether the scheme that ends before `colon` begins the target of a link: "](https:".
static bool is_of_target(brv_str text, size_t colon)
{
    size_t at = colon;
    while (at > 0 && brv_is_alnum(text.ptr[at - 1])) {
        at--;
    }
    while (at > 0 && text.ptr[at - 1] == ' ') {
        at--;
    }
    return at > 1 && text.ptr[at - 1] == '(' && text.ptr[at - 2] == ']';
}

// Hides the colons of links with a text, and the "://" of bare links beyond the limit, which are so
// left as text.
static void mask_bare_links(struct brv_view_scan *scan, struct brv_line line)
{
    brv_str text = brv_str_slice(scan->text, line.content, line.end);
    size_t at = 0;
    for (; (at = brv_str_find_byte(text, at, ':')) < text.len; at++) {
        if (!brv_str_starts_with(brv_str_from(text, at), BRV_S("://"))) {
            continue;
        }
        brv_str colon = brv_str_slice(text, at, at + 1);
        if (is_of_target(text, at)) {
            brv_view_hide(scan, colon, BRV_VIEW_COLON);
        } else if (++scan->bare_links > BARE_LINKS_MAX) {
            if (scan->bare_links == BARE_LINKS_MAX + 1) {
                brv_report(scan->sink,
                           BRV_ERROR,
                           BRV_CODE_LIMIT,
                           brv_view_place(scan, colon),
                           "more than %d links in one paragraph; the rest is text",
                           BARE_LINKS_MAX);
            }
            brv_view_hide(scan, colon, BRV_VIEW_MASK);
        }
    }
}

// Hides brackets that open within too many others or after too many.
static void mask_brackets(struct brv_view_scan *scan, struct brv_line line)
{
    brv_str text = brv_str_slice(scan->text, line.content, line.end);
    if (scan->brackets_open == 0 && brv_str_find_byte(text, 0, '[') == text.len) {
        return; // nearly all lines
    }
    for (size_t at = line.content; at < line.end; at++) {
        char c = scan->text.ptr[at];
        if (c == ']' && scan->brackets_open > 0) {
            scan->brackets_open--;
        }
        if (c != '[') {
            continue;
        }
        scan->brackets++;
        scan->brackets_open++;
        if (scan->brackets <= BRACKETS_MAX && scan->brackets_open <= BRACKETS_OPEN_MAX) {
            continue;
        }
        brv_str bracket = brv_str_slice(scan->text, at, at + 1);
        if (!scan->brackets_reported) {
            brv_report(
                scan->sink,
                BRV_WARNING,
                BRV_CODE_LIMIT,
                brv_view_place(scan, bracket),
                "more than %d brackets in one paragraph or %d open at once; the rest is text",
                BRACKETS_MAX,
                BRACKETS_OPEN_MAX);
            scan->brackets_reported = true;
        }
        brv_view_hide(scan, bracket, BRV_VIEW_MASK);
    }
}

// The byte of the original behind byte `at` of the copy, as its piece `of` tells.
static size_t origin_of(const struct brv_view *view, size_t of, size_t at)
{
    size_t origin = view->pieces[of].origin + (at - view->pieces[of].at);
    if (of + 1 < view->piece_count && origin > view->pieces[of + 1].origin) {
        return view->pieces[of + 1].origin;
    }
    return origin;
}

// The last piece that begins at or before `at`.
static size_t piece_at(const struct brv_view *view, size_t at)
{
    size_t low = 0;
    size_t high = view->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (view->pieces[middle].at <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static brv_str untouched_text(const struct brv_view *view, struct brv_arena *arena)
{
    return view->pieces ? brv_arena_str(arena, (brv_str){ view->text, view->len }) : view->original;
}

static size_t span_offset(const struct brv_view *view, brv_str slice)
{
    return (size_t)(slice.ptr - view->source->text.ptr);
}

void brv_view_hide(struct brv_view_scan *scan, brv_str slice, char byte)
{
    char *at = scan->view->text + (slice.ptr - scan->text.ptr);
    for (size_t i = 0; i < slice.len; i++) {
        if (at[i] != '\n') {
            at[i] = byte;
        }
    }
}

struct brv_span brv_view_place(const struct brv_view_scan *scan, brv_str slice)
{
    size_t at = (size_t)(slice.ptr - scan->text.ptr);
    return brv_view_span(scan->view, brv_view_slice(scan->view, at, slice.len));
}

struct brv_view brv_view_new(struct brv_arena *arena, const struct brv_source *source,
                             brv_str original)
{
    bool inside = source && original.len > 0 && original.ptr >= source->text.ptr &&
                  original.ptr + original.len <= source->text.ptr + source->text.len;
    char *text = brv_arena_cstr(arena, original);
    return (struct brv_view){ .source = inside ? source : NULL,
                              .original = original,
                              .text = text,
                              .len = original.len,
                              .masked = text };
}

struct brv_view brv_view_of_note(struct brv_arena *arena, const struct brv_view *outer,
                                 const struct brv_note *note)
{
    struct brv_view view = { .source = outer->source, .original = note->body };
    view.text = brv_arena_alloc(arena, note->body.len + 1);
    size_t capacity = 0;
    struct brv_line line = brv_line_first(note->body);
    do {
        size_t from = line.number == 0 ? line.content : line.start;
        for (size_t column = 0; column < 4 && from < line.content; from++) {
            column += note->body.ptr[from] == '\t' ? 4 : 1;
        }
        BRV_PUSH(arena, view.pieces, view.piece_count, capacity) =
            (struct brv_view_piece){ .at = (uint32_t)view.len, .origin = (uint32_t)from };
        memcpy(view.text + view.len, note->body.ptr + from, line.end - from);
        view.len += line.end - from;
        view.text[view.len++] = '\n';
    } while (brv_line_next(note->body, &line));
    return view;
}

brv_str brv_view_slice(const struct brv_view *view, size_t at, size_t len)
{
    size_t origin = at;
    size_t end = at + len;
    if (view->pieces) {
        origin = origin_of(view, piece_at(view, at), at);
        end = len > 0 ? origin_of(view, piece_at(view, end - 1), end) : origin;
    }
    return brv_str_slice(view->original,
                         origin < view->original.len ? origin : view->original.len,
                         end < view->original.len ? end : view->original.len);
}

struct brv_span brv_view_span(const struct brv_view *view, brv_str slice)
{
    if (!view->source) {
        return brv_span_none();
    }
    return (struct brv_span){ .source = view->source,
                              .offset = (uint32_t)span_offset(view, slice),
                              .length = (uint32_t)slice.len };
}

bool brv_view_is_masked(const struct brv_view *view, const char *at)
{
    return view->masked && view->masked[at - view->original.ptr] != *at;
}

void brv_view_mask(struct brv_view *view, const struct brv_limits *limits, struct brv_notes *notes,
                   struct brv_arena *arena, struct brv_sink *sink)
{
    struct brv_view_scan scan = { .view = view,
                                  .text = untouched_text(view, arena),
                                  .limits = limits,
                                  .notes = notes,
                                  .arena = arena,
                                  .sink = sink,
                                  .called = { .arena = arena } };
    if (notes) {
        find_calls(&scan);
    }
    struct brv_line line = brv_line_first(scan.text);
    do {
        if (!brv_fence_step(&scan.fence, scan.text, line) && !(notes && take_note(&scan, &line))) {
            size_t content = skip_containers(&scan, line);
            brv_view_mask_large_table(&scan, line, content, lines_ahead(&scan, line));
            brv_view_keep_cells(&scan, line, content);
            mask_bare_links(&scan, line);
            mask_brackets(&scan, line);
        }
    } while (brv_line_next(scan.text, &line));
    brv_view_widen(&scan);
}
