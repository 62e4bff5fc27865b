// Brevier — making a view of a Markdown text and masking in it what md4c must not see.
// The scan goes by lines and knows fenced code, where nothing is masked. It reads container
// prefixes ("> ", "- ", "1. ") only as far as it must: a line that merely looks like a table's
// delimiter row is masked without harm, because the reader is shown the original.
// SPDX-License-Identifier: MIT
#include "load/view.h"

#include "load/line.h"

enum {
    MASK = 'x',
    CELLS_MAX = 200000,     // of all tables of a text; md4c pads short rows with empty cells
    BRACKETS_OPEN_MAX = 32, // at once in a run of lines; md4c looks up the text of each pair
    BRACKETS_MAX = 8192,    // … in all of it; md4c looks for each one's line
    BARE_LINKS_MAX = 4096,  // in a run of lines; md4c's time grows with their square
};

struct scan {
    struct brv_view *view;
    brv_str text; // the copy as it was before anything was masked
    const struct brv_limits *limits;
    struct brv_notes *notes;
    struct brv_arena *arena;
    struct brv_sink *sink;
    struct brv_map called; // labels of "[^label]"
    struct brv_fence fence;
    size_t run_end; // number of the line after the run of non-blank lines around the current one
    size_t cells;
    size_t columns;    // of the table whose rows may follow in that run; 0: none
    size_t bare_links; // in that run, so far
    size_t brackets;   // in that run, so far
    size_t brackets_open;
    bool brackets_reported;
    bool nesting_reported;
};

static void mask(struct scan *scan, brv_str slice, char byte)
{
    char *at = scan->view->text + (slice.ptr - scan->text.ptr);
    for (size_t i = 0; i < slice.len; i++) {
        if (at[i] != '\n') {
            at[i] = byte;
        }
    }
}

static struct brv_span place(const struct scan *scan, brv_str slice)
{
    size_t at = (size_t)(slice.ptr - scan->text.ptr);
    return brv_view_span(scan->view, brv_view_slice(scan->view, at, slice.len));
}

// Collects the labels of all calls "[^label]" that do not begin a definition.
static void find_calls(struct scan *scan)
{
    brv_str text = scan->text;
    size_t at = 0;
    while ((at = brv_str_find(text, at, BRV_S("[^"))) < text.len) {
        brv_str label = brv_note_label(brv_str_slice(text, at, text.len));
        size_t after = at + label.len + strlen("[^]");
        if (label.len > 0 && (after >= text.len || text.ptr[after] != ':')) {
            *brv_map_at(&scan->called, label) = scan;
        }
        at += 2;
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
static bool take_note(struct scan *scan, struct brv_line *line)
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
                   place(scan, rest),
                   *known ? "footnote \"%" BRV_STR_F "\" is defined twice; shown as text"
                          : "footnote \"%" BRV_STR_F "\" is never called; shown as text",
                   BRV_STR_ARG(label));
        mask(scan, brv_str_slice(rest, 0, 1), MASK);
        return false;
    }
    skip_definition(scan->text, line);
    struct brv_note *note = BRV_NEW(scan->arena, struct brv_note);
    note->label = label;
    note->definition = brv_str_slice(scan->text, start, line->end);
    note->body = brv_str_slice(scan->text, start + after + 1, line->end);
    *known = *scan->notes->end = note;
    scan->notes->end = &note->next;
    mask(scan, note->definition, ' ');
    return true;
}

// Skips quote marks and list bullets at the start of a line; masks the one over the limit.
static size_t skip_containers(struct scan *scan, struct brv_line line)
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
                           place(scan, marker),
                           "quotes and lists are nested deeper than %d; shown as text",
                           scan->limits->nesting);
                scan->nesting_reported = true;
            }
            mask(scan, brv_str_slice(text, at, at + width), MASK);
            return line.end;
        }
        at += width;
        while (at < line.end && (text.ptr[at] == ' ' || text.ptr[at] == '\t')) {
            at++;
        }
    }
    return at;
}

// Number of columns when text[from, to) has the form of a table's delimiter row, else 0.
static size_t delimiter_columns(brv_str text, size_t from, size_t to)
{
    size_t columns = 0;
    bool dash = false;
    bool bar = false;
    for (size_t i = from; i < to; i++) {
        char c = text.ptr[i];
        if (c == '-') {
            columns += !dash;
            dash = true;
        } else if (c == '|') {
            dash = false;
            bar = true;
        } else if (c != ':' && !brv_is_space(c)) {
            return 0;
        }
    }
    return bar ? columns : 0;
}

// Number of non-blank lines after `line`, counted once for each run of them.
static size_t lines_ahead(struct scan *scan, struct brv_line line)
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

// md4c wants three characters in each cell of a delimiter row: lets spaces beside the dashes of a
// shorter one count as dashes. False when there are too few even so.
static bool widen_delimiter(struct scan *scan, size_t from, size_t to)
{
    brv_str text = scan->text;
    while (from < to && brv_is_space(text.ptr[from])) {
        from++;
    }
    while (to > from && brv_is_space(text.ptr[to - 1])) {
        to--;
    }
    size_t left = from;
    size_t right = to;
    while (right - left < 3 && text.ptr[from] == '-' && left > 0 && text.ptr[left - 1] == ' ') {
        left--;
    }
    while (right - left < 3 && text.ptr[to - 1] == '-' && right < text.len &&
           text.ptr[right] == ' ') {
        right++;
    }
    if (right - left < 3) {
        return false;
    }
    mask(scan, brv_str_slice(text, left, from), '-');
    mask(scan, brv_str_slice(text, to, right), '-');
    return true;
}

static void widen_delimiters(struct scan *scan, size_t from, size_t to)
{
    brv_str text = scan->text;
    for (size_t start = from; start < to;) {
        size_t end = brv_str_find_byte(brv_str_slice(text, 0, to), start, '|');
        bool is_cell = brv_str_trim(brv_str_slice(text, start, end)).len > 0;
        if (is_cell && !widen_delimiter(scan, start, end)) {
            struct brv_diag *diag =
                brv_report(scan->sink,
                           BRV_WARNING,
                           BRV_CODE_INPUT,
                           place(scan, brv_str_slice(text, from, to)),
                           "a table needs three dashes below each column's head; shown as text");
            brv_diag_hint(scan->sink, diag, "write |---|---|");
            return;
        }
        start = end + 1;
    }
}

static void mask_large_table(struct scan *scan, struct brv_line line, size_t from)
{
    size_t rows = lines_ahead(scan, line);
    size_t columns = delimiter_columns(scan->text, from, line.end);
    const struct brv_limits *limits = scan->limits;
    if (columns == 0) {
        return;
    }
    bool is_small = columns <= limits->table_columns && rows <= limits->table_rows;
    if (is_small && columns * rows <= CELLS_MAX - scan->cells) {
        scan->cells += columns * rows;
        scan->columns = columns;
        widen_delimiters(scan, from, line.end);
        return;
    }
    brv_str row = brv_str_slice(scan->text, from, line.end);
    if (is_small) {
        brv_report(scan->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   place(scan, row),
                   "more than %d table cells in one text; the table is shown as text",
                   CELLS_MAX);
    } else {
        brv_report(scan->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   place(scan, row),
                   "table of %zu columns and %zu rows, at most %zu and %zu are allowed; shown as "
                   "text",
                   columns,
                   rows,
                   limits->table_columns,
                   limits->table_rows);
    }
    mask(scan, row, MASK);
}

// Where all the cells that a table's head has are empty in a row but further ones are not, md4c
// would drop those: hides the bars between them, which makes them text of the last cell. (Rows with
// text in an earlier cell are seen to when they are read, in md_blocks.c.)
static void keep_cells_after_empty(struct scan *scan, struct brv_line line, size_t from)
{
    brv_str text = scan->text;
    size_t bars = 0;
    size_t at = from + (from < line.end && text.ptr[from] == '|');
    for (; at < line.end && bars < scan->columns; at++) {
        if (text.ptr[at] == '|') {
            bars++;
        } else if (!brv_is_space(text.ptr[at])) {
            return;
        }
    }
    brv_str rest = brv_str_trim(brv_str_slice(text, at, line.end));
    size_t first = 0;
    while (first < rest.len && (rest.ptr[first] == '|' || brv_is_space(rest.ptr[first]))) {
        first++;
    }
    if (scan->columns == 0 || bars < scan->columns || first == rest.len) {
        return;
    }
    brv_report(scan->sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               place(scan, rest),
               "row has more cells than the head of its table; added to the last one");
    for (size_t i = at - 1; i + 1 < line.end; i++) {
        if (text.ptr[i] == '|') {
            mask(scan, brv_str_slice(text, i, i + 1), MASK);
        }
    }
}

// Hides the "://" of bare links beyond the limit, which are so left as text.
static void mask_bare_links(struct scan *scan, struct brv_line line)
{
    brv_str text = brv_str_slice(scan->text, line.content, line.end);
    size_t at = 0;
    while ((at = brv_str_find(text, at, BRV_S("://"))) < text.len) {
        if (++scan->bare_links > BARE_LINKS_MAX) {
            brv_str colon = brv_str_slice(text, at, at + 1);
            if (scan->bare_links == BARE_LINKS_MAX + 1) {
                brv_report(scan->sink,
                           BRV_ERROR,
                           BRV_CODE_LIMIT,
                           place(scan, colon),
                           "more than %d links in one paragraph; the rest is text",
                           BARE_LINKS_MAX);
            }
            mask(scan, colon, MASK);
        }
        at++;
    }
}

// Hides brackets that open within too many others or after too many.
static void mask_brackets(struct scan *scan, struct brv_line line)
{
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
                place(scan, bracket),
                "more than %d brackets in one paragraph or %d open at once; the rest is text",
                BRACKETS_MAX,
                BRACKETS_OPEN_MAX);
            scan->brackets_reported = true;
        }
        mask(scan, bracket, MASK);
    }
}

static brv_str untouched_text(const struct brv_view *view, struct brv_arena *arena)
{
    return view->pieces ? brv_arena_str(arena, (brv_str){ view->text, view->len }) : view->original;
}

static size_t span_offset(const struct brv_view *view, brv_str slice)
{
    return (size_t)(slice.ptr - view->source->text.ptr);
}

struct brv_view brv_view_new(struct brv_arena *arena, const struct brv_source *source,
                             brv_str original)
{
    bool inside = source && original.len > 0 && original.ptr >= source->text.ptr &&
                  original.ptr + original.len <= source->text.ptr + source->text.len;
    return (struct brv_view){ .source = inside ? source : NULL,
                              .original = original,
                              .text = brv_arena_cstr(arena, original),
                              .len = original.len };
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
    if (view->pieces) {
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
        origin = view->pieces[low].origin + (at - view->pieces[low].at);
    }
    size_t end = origin + len;
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
    return !view->pieces && view->text[at - view->original.ptr] != *at;
}

void brv_view_mask(struct brv_view *view, const struct brv_limits *limits, struct brv_notes *notes,
                   struct brv_arena *arena, struct brv_sink *sink)
{
    struct scan scan = { .view = view,
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
            mask_large_table(&scan, line, content);
            keep_cells_after_empty(&scan, line, content);
            mask_bare_links(&scan, line);
            mask_brackets(&scan, line);
        }
    } while (brv_line_next(scan.text, &line));
}
