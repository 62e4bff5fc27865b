// Brevier — reading the archive form.
// The two marker lines part the excerpt from the analysis. The analysis is parsed as one Markdown
// text, so that link definitions and footnotes reach over all of it, and is then cut into sections
// at its headings. Only headings that md4c finds at the top level count: what looks like one in a
// fence, quote or list is none.
// SPDX-License-Identifier: MIT
#include "load/archive.h"

#include "load/line.h"
#include "load/title.h"

static bool is_marker(brv_str text, struct brv_line line, const char *marker)
{
    return brv_str_is_nocase(brv_line_text(text, line), marker);
}

static bool is_heading_line(brv_str text, struct brv_line line)
{
    size_t at = line.content;
    while (at < line.end && text.ptr[at] == '#') {
        at++;
    }
    size_t level = at - line.content;
    return line.indent < 4 && level >= 1 && level <= 6 &&
           (at == line.end || brv_is_space(text.ptr[at]));
}

// Parts a text at its marker lines. Each of the three may come out empty; `body` is the rest.
static void split_markers(brv_str text, brv_str *report_label, brv_str *excerpt,
                          brv_str *summary_label, brv_str *body)
{
    *report_label = *excerpt = *summary_label = (brv_str){ 0 };
    *body = text;
    struct brv_line line = brv_line_first(text);
    while (brv_line_is_blank(line) && brv_line_next(text, &line)) {
    }
    size_t start = line.end;
    if (is_marker(text, line, "Full Report")) {
        *report_label = brv_line_text(text, line);
        struct brv_fence fence = { 0 };
        bool is_end = false;
        while (!is_end && brv_line_next(text, &line)) {
            is_end = !brv_fence_step(&fence, text, line) &&
                     (is_marker(text, line, "Analysis Summary") || is_heading_line(text, line));
        }
        *excerpt = brv_str_slice(text, start, is_end ? line.start : text.len);
        *body = brv_str_slice(text, is_end ? line.start : text.len, text.len);
    }
    if (is_marker(text, line, "Analysis Summary")) {
        *summary_label = brv_line_text(text, line);
        *body = brv_str_slice(text, line.end, text.len);
    }
}

static void cover(struct brv_section *section, struct brv_span span)
{
    for (; section && span.source; section = section->parent) {
        section->span = section->span.source ? brv_span_join(section->span, span) : span;
    }
}

static void add_block(struct brv_section *section, struct brv_node *block)
{
    struct brv_node *blocks = section->blocks;
    brv_node_append(blocks, block);
    blocks->span = blocks->first == block || !blocks->span.source
                       ? block->span
                       : brv_span_join(blocks->span, block->span);
    cover(section, block->span);
}

// The section that a heading of `level` belongs in: the last one of a lower level. Title and
// preamble hold no sections; what follows them stands beside them.
static struct brv_section *parent_for(struct brv_section *current, int level)
{
    while (current && (current->level >= level || current->slug.len > 0)) {
        current = current->parent;
    }
    return current;
}

static struct brv_section *add_section(struct brv_document *document, struct brv_section *current,
                                       struct brv_arena *arena, struct brv_node *heading,
                                       bool *has_title)
{
    int level = brv_kind_heading_level(heading->kind);
    struct brv_section *section =
        brv_section_append(document, parent_for(current, level), arena, heading->span);
    section->level = level;
    section->heading = heading;
    if (level == 1 && !*has_title) {
        section->slug = BRV_S("title");
        *has_title = true;
    }
    cover(section, heading->span);
    return section;
}

static void add_sections(struct brv_document *document, struct brv_arena *arena,
                         struct brv_node *root)
{
    struct brv_section *current = NULL;
    bool has_title = false;
    while (root->first) {
        struct brv_node *block = root->first;
        brv_node_remove(block);
        if (brv_kind_is_heading(block->kind)) {
            current = add_section(document, current, arena, block, &has_title);
            continue;
        }
        if (!current) {
            current = brv_section_append(document, NULL, arena, block->span);
            current->slug = BRV_S("preamble");
            current->level = 2;
        }
        add_block(current, block);
    }
}

static void add_excerpt(struct brv_document *document, struct brv_markdown *markdown, brv_str label,
                        brv_str text)
{
    struct brv_arena *arena = markdown->arena;
    struct brv_span span = brv_span_of(markdown->source, label);
    struct brv_section *section = brv_section_append(document, NULL, arena, span);
    section->slug = BRV_S("excerpt");
    section->level = 2;
    section->heading = brv_node_new(arena, BRV_KIND_H2, span);
    brv_node_append(section->heading, brv_node_new_text(arena, label, span));
    struct brv_node *root = brv_markdown_read(markdown, text);
    while (root->first) {
        struct brv_node *block = root->first;
        brv_node_remove(block);
        add_block(section, block);
    }
}

struct brv_section *brv_section_append(struct brv_document *document, struct brv_section *parent,
                                       struct brv_arena *arena, struct brv_span span)
{
    struct brv_section *section = BRV_NEW(arena, struct brv_section);
    section->parent = parent;
    section->span = span;
    section->blocks = brv_node_new(arena, BRV_KIND_DIV, span);
    struct brv_section **first = parent ? &parent->first : &document->first;
    struct brv_section **last = parent ? &parent->last : &document->last;
    if (*last) {
        (*last)->next = section;
    } else {
        *first = section;
    }
    *last = section;
    return section;
}

void brv_archive_read(struct brv_document *document, struct brv_markdown *markdown, brv_str text)
{
    brv_str report_label;
    brv_str excerpt;
    brv_str summary_label;
    brv_str body;
    split_markers(text, &report_label, &excerpt, &summary_label, &body);
    if (report_label.len > 0) {
        add_excerpt(document, markdown, report_label, excerpt);
    }
    struct brv_node *root = brv_markdown_read(markdown, body);
    if (summary_label.len > 0 && root->first && root->first->kind == BRV_KIND_H1) {
        document->summary_label = summary_label;
    } else if (summary_label.len > 0) {
        // No title to stand before: the line is text like any other.
        struct brv_span span = brv_span_of(markdown->source, summary_label);
        struct brv_node *p = brv_node_new(markdown->arena, BRV_KIND_P, span);
        brv_node_append(p, brv_node_new_text(markdown->arena, summary_label, span));
        if (root->first) {
            brv_node_insert_before(root->first, p);
        } else {
            brv_node_append(root, p);
        }
    }
    add_sections(document, markdown->arena, root);
    brv_title_take_kind(document, markdown->arena);
}
