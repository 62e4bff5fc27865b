// Brevier — Markdown blocks to elements.
// SPDX-License-Identifier: MIT
#include "load/md_reader.h"

enum { START_MAX = 10000 }; // see COUNT in model/attrs.def

static void set_align(struct brv_md_reader *reader, MD_ALIGN align)
{
    static const char *const names[] = { NULL, "left", "center", "right" };
    if (names[align]) {
        brv_node_set_attr(reader->markdown->arena,
                          brv_builder_top(&reader->builder)->node,
                          BRV_S("data-align"),
                          brv_str_from_cstr(names[align]));
    }
}

static void set_list_start(struct brv_md_reader *reader, unsigned start)
{
    struct brv_markdown *markdown = reader->markdown;
    if (start > START_MAX) {
        brv_report(markdown->sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   brv_md_here(reader),
                   "list begins at %u, at most %d can be shown; numbered from 1",
                   start,
                   START_MAX);
    } else if (start != 1) {
        brv_node_set(markdown->arena,
                     brv_builder_top(&reader->builder)->node,
                     BRV_ATTR_START,
                     brv_arena_printf(markdown->arena, "%u", start));
    }
}

static void set_code_language(struct brv_md_reader *reader, const MD_BLOCK_CODE_DETAIL *detail)
{
    struct brv_arena *arena = reader->markdown->arena;
    struct brv_node *code = brv_builder_top(&reader->builder)->node;
    brv_str lang = brv_md_attribute(reader, &detail->lang);
    brv_str info = brv_str_trim(brv_md_attribute(reader, &detail->info));
    if (lang.len > 0) {
        brv_node_set(arena,
                     code,
                     BRV_ATTR_CLASS,
                     brv_arena_printf(arena, "language-%" BRV_STR_F, BRV_STR_ARG(lang)));
    }
    if (info.len > lang.len) {
        brv_node_set_attr(arena, code, BRV_S("data-info"), info);
    }
}

// A rule has no text: it is the next line that can be one.
static void add_rule(struct brv_md_reader *reader)
{
    struct brv_builder *builder = &reader->builder;
    brv_str original = reader->view.original;
    size_t from = (size_t)(builder->cursor - original.ptr);
    size_t start = brv_str_find_byte(original, from, '\n');
    start = from == 0 ? 0 : start;
    while (start < original.len &&
           (brv_is_space(original.ptr[start]) || original.ptr[start] == '>')) {
        start++;
    }
    size_t end = brv_str_find_byte(original, start, '\n');
    struct brv_node *rule = brv_builder_add_empty(builder, BRV_KIND_HR);
    builder->cursor = original.ptr + end;
    if (rule) {
        rule->span =
            brv_view_span(&reader->view, brv_str_trim(brv_str_slice(original, start, end)));
    }
}

// Widens a heading to the "#" of its line, or passes the line under it.
static void finish_heading(struct brv_md_reader *reader, struct brv_node *heading)
{
    struct brv_builder *builder = &reader->builder;
    brv_str original = reader->view.original;
    const char *from = builder->cursor;
    while (from > original.ptr && from[-1] != '\n') {
        from--;
    }
    const char *end = original.ptr + original.len;
    size_t line_end = brv_str_find_byte(original, (size_t)(builder->cursor - original.ptr), '\n');
    while (from < builder->cursor && (brv_is_space(*from) || *from == '>')) {
        from++;
    }
    if (from < end && *from == '#') {
        brv_str mark = { from, (size_t)(builder->cursor - from) };
        if (heading && heading->span.source) {
            heading->span = brv_view_span(&reader->view, mark);
        }
        builder->cursor = original.ptr + line_end;
    } else if (line_end < original.len) {
        builder->cursor =
            original.ptr + brv_str_find_byte(original, line_end + 1, '\n'); // the underline
    }
}

// Levels of depth that a block needs so that it can be whole.
static int levels_of(MD_BLOCKTYPE type)
{
    switch (type) {
    case MD_BLOCK_TABLE:
        return 5; // table, thead, tr, th, text
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_CODE:
        return 3; // list, item, text
    case MD_BLOCK_QUOTE:
        return 3;
    case MD_BLOCK_DOC:
    case MD_BLOCK_LI:
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        return 2;
    }
    return 2;
}

static enum brv_kind kind_of(MD_BLOCKTYPE type, const void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        return BRV_KIND_BLOCKQUOTE;
    case MD_BLOCK_UL:
        return BRV_KIND_UL;
    case MD_BLOCK_OL:
        return BRV_KIND_OL;
    case MD_BLOCK_LI:
        return BRV_KIND_LI;
    case MD_BLOCK_H:
        return brv_kind_from_heading_level((int)((const MD_BLOCK_H_DETAIL *)detail)->level);
    case MD_BLOCK_CODE:
        return BRV_KIND_PRE;
    case MD_BLOCK_TABLE:
        return BRV_KIND_TABLE;
    case MD_BLOCK_THEAD:
        return BRV_KIND_THEAD;
    case MD_BLOCK_TBODY:
        return BRV_KIND_TBODY;
    case MD_BLOCK_TR:
        return BRV_KIND_TR;
    case MD_BLOCK_TH:
        return BRV_KIND_TH;
    case MD_BLOCK_TD:
        return BRV_KIND_TD;
    case MD_BLOCK_HR:
        return BRV_KIND_HR;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
        return BRV_KIND_P;
    }
    return BRV_KIND_P;
}

int brv_md_enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct brv_md_reader *reader = user;
    const struct brv_limits *limits = reader->markdown->limits;
    reader->html_reported = false;
    reader->in_html_block = type == MD_BLOCK_HTML;
    if (type == MD_BLOCK_DOC) {
        return 0;
    }
    if (type == MD_BLOCK_HR) {
        add_rule(reader);
        return 0;
    }
    if (type == MD_BLOCK_TABLE) {
        // The mask has caught these; what slipped through must still not be padded by md4c.
        const MD_BLOCK_TABLE_DETAIL *table = detail;
        if (table->col_count > limits->table_columns ||
            table->body_row_count > limits->table_rows) {
            return BRV_MD_STOP;
        }
    }
    if (!brv_builder_begin_block(&reader->builder, kind_of(type, detail), levels_of(type))) {
        return 0;
    }
    if (type == MD_BLOCK_OL) {
        set_list_start(reader, ((const MD_BLOCK_OL_DETAIL *)detail)->start);
    } else if (type == MD_BLOCK_LI && ((const MD_BLOCK_LI_DETAIL *)detail)->is_task) {
        char mark = ((const MD_BLOCK_LI_DETAIL *)detail)->task_mark;
        brv_node_set_attr(reader->markdown->arena,
                          brv_builder_top(&reader->builder)->node,
                          BRV_S("data-task"),
                          mark == ' ' ? BRV_S("open") : BRV_S("done"));
    } else if (type == MD_BLOCK_TR) {
        reader->cells_unread = 0;
    } else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
        reader->cell_from = reader->builder.cursor;
        set_align(reader, ((const MD_BLOCK_TD_DETAIL *)detail)->align);
    } else if (type == MD_BLOCK_CODE) {
        brv_builder_begin_inline(&reader->builder, BRV_KIND_CODE);
        set_code_language(reader, detail);
    }
    return 0;
}

// Code and HTML end with a line feed that only ends their last line.
static void trim_last_line(struct brv_node *block)
{
    struct brv_node *last = block->last;
    while (last && last->kind == BRV_KIND_BR) {
        brv_node_remove(last);
        last = block->last;
    }
    if (last && last->kind == BRV_KIND_TEXT && brv_str_ends_with(last->text, BRV_S("\n"))) {
        last->text.len--;
        if (last->text.len == 0) {
            brv_node_remove(last);
        }
    }
}

static size_t cell_count(const struct brv_node *row)
{
    size_t count = 0;
    for (const struct brv_node *cell = row->first; cell; cell = cell->next) {
        count++;
    }
    return count;
}

// The part of a row's line after its last cell: what stands in cells that the head has not. A cell
// may be empty, or hold a link without words, and leave the cursor where it was.
static brv_str text_beyond_cells(const struct brv_md_reader *reader, const struct brv_node *row)
{
    brv_str original = reader->view.original;
    size_t at = (size_t)(reader->builder.cursor - original.ptr);
    size_t end = brv_str_find_byte(original, at, '\n');
    size_t bars = 1 + reader->cells_unread;
    if (bars > cell_count(row)) {
        return (brv_str){ 0 }; // nothing is read: the cursor is still in the row before
    }
    for (; at < end && bars > 0; at++) {
        at += original.ptr[at] == '\\';
        bars -= at < end && original.ptr[at] == '|';
    }
    brv_str rest = brv_str_trim(brv_str_slice(original, at < end ? at : end, end));
    if (brv_str_ends_with(rest, BRV_S("|"))) {
        rest = brv_str_trim(brv_str_slice(rest, 0, rest.len - 1));
    }
    return rest;
}

// md4c drops the cells of a row beyond those of the head. Their text goes to the last one.
static void keep_extra_cells(struct brv_md_reader *reader, struct brv_node *row)
{
    struct brv_markdown *markdown = reader->markdown;
    brv_str rest = text_beyond_cells(reader, row);
    if (rest.len == 0) {
        return;
    }
    struct brv_span span = brv_view_span(&reader->view, rest);
    brv_report(markdown->sink,
               BRV_WARNING,
               BRV_CODE_INPUT,
               span,
               "row has more cells than the head of its table; added to the last one");
    if (row->last->first) {
        brv_node_append(row->last, brv_node_new_text(markdown->arena, BRV_S(" "), span));
    }
    brv_node_append(row->last, brv_node_new_text(markdown->arena, rest, span));
}

// A picture with a title, alone in its paragraph, is a figure, and the title its caption. One level
// more is needed for that; where there is none, the title stays with the picture.
static void finish_paragraph(struct brv_md_reader *reader, struct brv_node *block)
{
    struct brv_arena *arena = reader->markdown->arena;
    struct brv_node *image = block->first;
    if (!image || image->next || image->kind != BRV_KIND_IMG ||
        !brv_builder_has_room(&reader->builder, 3)) {
        return;
    }
    struct brv_attr **attr = &image->attrs;
    while (*attr && (*attr)->id != BRV_ATTR_TITLE) {
        attr = &(*attr)->next;
    }
    if (!*attr) {
        return;
    }
    struct brv_node *caption = brv_node_new(arena, BRV_KIND_FIGCAPTION, image->span);
    brv_node_append(caption, brv_node_new_text(arena, (*attr)->value, image->span));
    brv_node_append(block, caption);
    block->kind = BRV_KIND_FIGURE;
    *attr = (*attr)->next;
}

int brv_md_leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct brv_md_reader *reader = user;
    (void)detail;
    if (type == MD_BLOCK_DOC || type == MD_BLOCK_HR) {
        return 0;
    }
    brv_md_close_spans(reader);
    if (type == MD_BLOCK_CODE && reader->builder.blocks_skipped == 0) {
        struct brv_node *code = brv_builder_end_inline(&reader->builder);
        trim_last_line(code);
    }
    struct brv_node *block = brv_builder_end_block(&reader->builder);
    if (type == MD_BLOCK_H) {
        finish_heading(reader, block);
    } else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
        bool is_read = reader->builder.cursor != reader->cell_from;
        reader->cells_unread = is_read ? 0 : reader->cells_unread + 1;
    } else if (type == MD_BLOCK_TR && block && block->last) {
        keep_extra_cells(reader, block);
    } else if (type == MD_BLOCK_HTML && block) {
        trim_last_line(block);
    } else if (type == MD_BLOCK_P && block) {
        finish_paragraph(reader, block);
    }
    reader->in_html_block = false;
    return 0;
}
