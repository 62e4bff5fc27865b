// Brevier — drawing diagnostics.
//
//     incident.md:42:12: error: unknown severity "hgih"
//        42 | Severity: hgih
//           |           ^~~~
//           hint: did you mean "high"?
//
// The caret stands where the eye sees the place: tabs are expanded, wide characters take two
// columns and combining marks none. Only a window of a long line is looked at, so that a line of
// 16 MiB costs no more than one of 100 columns.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/utf8.h"
#include "base/width.h"

enum {
    TAB_COLUMNS = 4,
    LINE_COLUMNS = 100,
    BEFORE_COLUMNS = 60, // shown before the place when the line is cut
    WINDOW_BYTES = 2048, // zero-width characters may be many: bytes are bounded too
    NUMBER_COLUMNS = 5,
};

// Appends one code point as it is drawn and returns its columns.
static size_t cell_add(struct brv_buf *out, uint32_t codepoint, size_t column)
{
    size_t start = out->len;
    if (codepoint == '\t') {
        size_t columns = TAB_COLUMNS - column % TAB_COLUMNS;
        brv_buf_add_repeated(out, ' ', columns);
        return columns;
    }
    if (brv_is_invisible(codepoint)) {
        brv_buf_printf(out, "\\u{%02x}", (unsigned)codepoint);
        return out->len - start;
    }
    brv_buf_add_codepoint(out, codepoint);
    return (size_t)brv_codepoint_width(codepoint);
}

// Where the shown part of the line starts: at its start when the place is near.
static size_t window_start(const struct brv_source *source, struct brv_line line, size_t offset)
{
    size_t at = offset;
    size_t columns = 0;
    while (at > line.start && columns < BEFORE_COLUMNS && offset - at < WINDOW_BYTES / 2) {
        uint32_t codepoint = brv_utf8_previous(source->text, &at);
        columns += codepoint == '\t' ? TAB_COLUMNS : (size_t)brv_codepoint_width(codepoint);
    }
    return at;
}

static void number_add(struct brv_buf *out, size_t number)
{
    struct brv_buf digits = { 0 };
    brv_buf_add_int(&digits, (long long)number);
    if (digits.len < NUMBER_COLUMNS)
        brv_buf_add_repeated(out, ' ', NUMBER_COLUMNS - digits.len);
    brv_buf_add_str(out, brv_buf_str(&digits));
    brv_buf_deinit(&digits);
}

static void excerpt_print(struct brv_span span, struct brv_buf *out)
{
    const struct brv_source *source = span.source;
    size_t offset = span.offset < source->text.len ? span.offset : source->text.len;
    struct brv_line line = brv_source_line(source, offset);
    size_t end = span.length < line.end - offset ? offset + span.length : line.end;

    struct brv_buf text = { 0 };
    size_t column = 0;
    size_t at = window_start(source, line, offset);
    size_t window_end = line.end - at > WINDOW_BYTES ? at + WINDOW_BYTES : line.end;
    if (at > line.start) {
        brv_buf_add_cstr(&text, "…");
        column++;
    }
    size_t caret_start = column;
    size_t caret_end = column;
    while (at < window_end && column < LINE_COLUMNS) {
        if (at == offset)
            caret_start = column;
        bool is_marked = at < end;
        column += cell_add(&text, brv_utf8_next(source->text, &at), column);
        if (is_marked)
            caret_end = column;
    }
    if (offset >= at)
        caret_start = column;
    if (at < line.end)
        brv_buf_add_cstr(&text, "…");

    number_add(out, line.number + 1);
    brv_buf_add_cstr(out, text.len ? " | " : " |");
    brv_buf_add_str(out, brv_buf_str(&text));
    brv_buf_add_byte(out, '\n');
    brv_buf_add_repeated(out, ' ', NUMBER_COLUMNS);
    brv_buf_add_cstr(out, " | ");
    brv_buf_add_repeated(out, ' ', caret_start);
    brv_buf_add_byte(out, '^');
    if (caret_end > caret_start + 1)
        brv_buf_add_repeated(out, '~', caret_end - caret_start - 1);
    brv_buf_add_byte(out, '\n');
    brv_buf_deinit(&text);
}

static void place_print(struct brv_span span, const char *heading, brv_str message,
                        struct brv_buf *out)
{
    if (span.source) {
        struct brv_location location = brv_span_locate(span);
        brv_buf_add_visible(out, span.source->name);
        brv_buf_printf(out, ":%zu:%zu: ", location.line, location.column);
    } else {
        brv_buf_add_cstr(out, "brevier: ");
    }
    brv_buf_add_cstr(out, heading);
    brv_buf_add_cstr(out, ": ");
    brv_buf_add_str(out, message);
    brv_buf_add_byte(out, '\n');
    if (span.source)
        excerpt_print(span, out);
}

void brv_diag_print(const struct brv_diag *diag, struct brv_buf *out)
{
    place_print(diag->span, brv_severity_name(diag->severity), diag->message, out);
    if (diag->hint.len) {
        brv_buf_add_repeated(out, ' ', NUMBER_COLUMNS + 1);
        brv_buf_add_cstr(out, "hint: ");
        brv_buf_add_str(out, diag->hint);
        brv_buf_add_byte(out, '\n');
    }
    for (const struct brv_diag_note *note = diag->notes; note; note = note->next) {
        if (note->span.source) {
            place_print(note->span, "note", note->message, out);
            continue;
        }
        brv_buf_add_repeated(out, ' ', NUMBER_COLUMNS + 1);
        brv_buf_add_cstr(out, "note: ");
        brv_buf_add_str(out, note->message);
        brv_buf_add_byte(out, '\n');
    }
}

static void json_place(struct brv_span span, struct brv_buf *out)
{
    if (!span.source)
        return;
    struct brv_location location = brv_span_locate(span);
    brv_str text = brv_span_text(span);
    size_t from = (size_t)(text.ptr - span.source->text.ptr);
    brv_buf_add_cstr(out, "\"file\":");
    brv_buf_add_json_string(out, span.source->name);
    brv_buf_printf(out,
                   ",\"line\":%zu,\"column\":%zu,\"length\":%zu,",
                   location.line,
                   location.column,
                   brv_source_codepoints(span.source, from, from + text.len));
}

void brv_diag_print_json(const struct brv_diag *diag, struct brv_buf *out)
{
    brv_buf_printf(out,
                   "{\"severity\":\"%s\",\"code\":\"%s\",",
                   brv_severity_name(diag->severity),
                   brv_code_name(diag->code));
    json_place(diag->span, out);
    brv_buf_add_cstr(out, "\"message\":");
    brv_buf_add_json_string(out, diag->message);
    if (diag->hint.len)
        brv_buf_add_json_member(out, "hint", diag->hint);
    brv_buf_add_cstr(out, ",\"notes\":[");
    for (const struct brv_diag_note *note = diag->notes; note; note = note->next) {
        brv_buf_add_cstr(out, note == diag->notes ? "{" : ",{");
        json_place(note->span, out);
        brv_buf_add_cstr(out, "\"message\":");
        brv_buf_add_json_string(out, note->message);
        brv_buf_add_byte(out, '}');
    }
    brv_buf_add_cstr(out, "]}\n");
}
