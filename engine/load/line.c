// Brevier — walking the lines of a Markdown text.
// SPDX-License-Identifier: MIT
#include "load/line.h"

enum { TAB_STOP = 4, LABEL_MAX = 100, NUMBER_DIGITS_MAX = 9 };

static struct brv_line line_from(brv_str text, size_t start, size_t number)
{
    struct brv_line line = { .start = start, .number = number };
    line.end = brv_str_find_byte(text, start, '\n');
    line.content = start;
    while (line.content < line.end) {
        char c = text.ptr[line.content];
        if (c != ' ' && c != '\t') {
            break;
        }
        line.indent += c == '\t' ? TAB_STOP - line.indent % TAB_STOP : 1;
        line.content++;
    }
    return line;
}

static size_t run_length(brv_str text, size_t at, size_t end, char byte)
{
    size_t length = 0;
    while (at + length < end && text.ptr[at + length] == byte) {
        length++;
    }
    return length;
}

struct brv_line brv_line_first(brv_str text)
{
    return line_from(text, 0, 0);
}

bool brv_line_next(brv_str text, struct brv_line *line)
{
    if (line->end >= text.len) {
        return false;
    }
    *line = line_from(text, line->end + 1, line->number + 1);
    return true;
}

bool brv_line_is_blank(struct brv_line line)
{
    return line.content == line.end;
}

brv_str brv_line_text(brv_str text, struct brv_line line)
{
    return brv_str_trim(brv_str_slice(text, line.start, line.end));
}

bool brv_line_is_plain(brv_str text, struct brv_line line)
{
    struct brv_fence fence = { 0 };
    return line.content < line.end && text.ptr[line.content] != '#' &&
           brv_line_marker(text, line.content, line.end) == 0 &&
           brv_note_label(brv_str_slice(text, line.content, line.end)).len == 0 &&
           !brv_fence_step(&fence, text, line);
}

size_t brv_line_marker(brv_str text, size_t at, size_t end)
{
    if (at >= end) {
        return 0;
    }
    char c = text.ptr[at];
    if (c == '>') {
        return 1;
    }
    size_t width = 0;
    if (c == '-' || c == '+' || c == '*') {
        width = 1;
    } else {
        while (at + width < end && width <= NUMBER_DIGITS_MAX &&
               brv_is_digit(text.ptr[at + width])) {
            width++;
        }
        if (width == 0 || width > NUMBER_DIGITS_MAX || at + width >= end ||
            (text.ptr[at + width] != '.' && text.ptr[at + width] != ')')) {
            return 0;
        }
        width++;
    }
    return at + width == end || brv_is_space(text.ptr[at + width]) ? width : 0;
}

brv_str brv_note_label(brv_str text)
{
    if (!brv_str_starts_with(text, BRV_S("[^"))) {
        return (brv_str){ 0 };
    }
    for (size_t i = 2; i < text.len && i <= LABEL_MAX + 2; i++) {
        char c = text.ptr[i];
        if (c == ']') {
            return brv_str_slice(text, 2, i);
        }
        if (c == '[' || brv_is_space(c)) {
            break;
        }
    }
    return (brv_str){ 0 };
}

// Moves `at` and `column` past the list markers that a line begins with; false when the text after
// them is indented code.
static bool skip_items(brv_str text, struct brv_line line, size_t *at, size_t *column)
{
    size_t width;
    *at = line.content;
    *column = line.indent;
    while (*at < line.end && text.ptr[*at] != '>' &&
           (width = brv_line_marker(text, *at, line.end)) > 0) {
        *at += width;
        *column += width;
        size_t edge = *column;
        for (; *at < line.end && (text.ptr[*at] == ' ' || text.ptr[*at] == '\t'); ++*at) {
            *column += text.ptr[*at] == '\t' ? TAB_STOP - *column % TAB_STOP : 1;
        }
        if (*column > edge + TAB_STOP) {
            return false;
        }
    }
    return true;
}

static bool fence_opens(struct brv_fence *fence, brv_str text, struct brv_line line)
{
    size_t at;
    size_t column;
    if (line.indent >= TAB_STOP || !skip_items(text, line, &at, &column) || at == line.end ||
        (text.ptr[at] != '`' && text.ptr[at] != '~')) {
        return false;
    }
    size_t length = run_length(text, at, line.end, text.ptr[at]);
    brv_str info = brv_str_slice(text, at + length, line.end);
    // The info string of a backtick fence holds no backtick: that would be a code span.
    if (length < 3 || (text.ptr[at] == '`' && brv_str_find_byte(info, 0, '`') < info.len)) {
        return false;
    }
    *fence = (struct brv_fence){ .byte = text.ptr[at],
                                 .length = length,
                                 .column = at > line.content ? column : 0 };
    return true;
}

bool brv_fence_step(struct brv_fence *fence, brv_str text, struct brv_line line)
{
    bool is_within = brv_line_is_blank(line) || line.indent >= fence->column;
    if (fence->byte == 0 || !is_within) {
        fence->byte = 0;
        return fence_opens(fence, text, line);
    }
    if (!brv_line_is_blank(line) && line.indent - fence->column < TAB_STOP) {
        size_t length = run_length(text, line.content, line.end, fence->byte);
        if (length >= fence->length &&
            brv_str_trim(brv_str_slice(text, line.content + length, line.end)).len == 0) {
            fence->byte = 0;
        }
    }
    return true;
}
