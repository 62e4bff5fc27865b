// Brevier — finding link definitions that no link uses.
// Labels are compared as Markdown does, nearly: ASCII case and the length of white space do not
// matter.
// SPDX-License-Identifier: MIT
#include "load/linkdefs.h"

#include "base/buf.h"
#include "load/line.h"

enum { LABEL_MAX = 200 };

struct definition {
    struct definition *next;
    brv_str label; // folded
    brv_str text;  // the line
};

struct labels {
    const struct brv_view *view;
    struct brv_arena *arena;
    struct brv_map counts; // of folded labels in brackets, as size_t *
    struct definition *first;
    struct definition **end;
};

// The label of the brackets that `text` begins with; empty when there are none or others within.
static brv_str label_of(brv_str text)
{
    for (size_t i = 1; i < text.len && i <= LABEL_MAX; i++) {
        char c = text.ptr[i];
        if (c == '[') {
            break;
        }
        if (c == ']' && text.ptr[i - 1] != '\\') {
            return brv_str_slice(text, 1, i);
        }
    }
    return (brv_str){ 0 };
}

static brv_str fold(struct brv_arena *arena, brv_str label)
{
    char *folded = brv_arena_alloc(arena, label.len + 1);
    size_t len = 0;
    brv_str rest = label;
    brv_str word;
    while (brv_str_next_word(&rest, &word)) {
        if (len > 0) {
            folded[len++] = ' ';
        }
        for (size_t i = 0; i < word.len; i++) {
            folded[len++] = brv_to_lower(word.ptr[i]);
        }
    }
    return (brv_str){ folded, len };
}

static void count_labels(struct labels *labels)
{
    brv_str text = labels->view->original;
    for (size_t at = 0; (at = brv_str_find_byte(text, at, '[')) < text.len; at++) {
        brv_str label = label_of(brv_str_slice(text, at, text.len));
        if (label.len == 0) {
            continue;
        }
        size_t **count = (size_t **)brv_map_at(&labels->counts, fold(labels->arena, label));
        if (!*count) {
            *count = BRV_NEW(labels->arena, size_t);
        }
        ++**count;
    }
}

// True when `rest`, what follows the colon, is a target and perhaps a title.
static bool is_target(brv_str rest)
{
    brv_str target;
    if (!brv_str_next_word(&rest, &target)) {
        return false;
    }
    brv_str title = brv_str_trim(rest);
    if (title.len == 0) {
        return true;
    }
    char open = title.ptr[0];
    char close = title.ptr[title.len - 1];
    return title.len > 1 && ((open == '"' && close == '"') || (open == '\'' && close == '\'') ||
                             (open == '(' && close == ')'));
}

static bool add_definition(struct labels *labels, struct brv_line line)
{
    brv_str text = labels->view->original;
    const char *start = text.ptr + line.content;
    if (line.indent >= 4 || brv_line_is_blank(line) || *start != '[' ||
        brv_view_is_masked(labels->view, start)) {
        return false;
    }
    brv_str content = brv_str_slice(text, line.content, line.end);
    brv_str label = label_of(content);
    size_t colon = line.content + label.len + strlen("[]");
    if (label.len == 0 || colon >= line.end || text.ptr[colon] != ':' ||
        !is_target(brv_str_slice(text, colon + 1, line.end))) {
        return false;
    }
    struct definition *definition = BRV_NEW(labels->arena, struct definition);
    definition->label = fold(labels->arena, label);
    definition->text = content;
    *labels->end = definition;
    labels->end = &definition->next;
    return true;
}

// Definitions stand where a paragraph could begin.
static void find_definitions(struct labels *labels)
{
    brv_str text = labels->view->original;
    struct brv_fence fence = { 0 };
    struct brv_line line = brv_line_first(text);
    bool may_begin = true;
    do {
        if (brv_fence_step(&fence, text, line)) {
            may_begin = true;
        } else {
            may_begin = (may_begin && add_definition(labels, line)) || brv_line_is_blank(line) ||
                        text.ptr[line.content] == '#';
        }
    } while (brv_line_next(text, &line));
}

void brv_linkdefs_check(const struct brv_view *view, struct brv_arena *arena, struct brv_sink *sink)
{
    struct labels labels = { .view = view, .arena = arena, .counts = { .arena = arena } };
    labels.end = &labels.first;
    find_definitions(&labels);
    if (!labels.first) {
        return;
    }
    count_labels(&labels);
    for (const struct definition *at = labels.first; at; at = at->next) {
        const size_t *count = brv_map_find(&labels.counts, at->label);
        if (count && *count == 1) {
            brv_report(sink,
                       BRV_NOTE,
                       BRV_CODE_INPUT,
                       brv_view_span(view, at->text),
                       "no link uses this definition; it is not shown");
        }
    }
}
