// Brevier — Markdown inlines to elements: links, images, references, raw HTML and text.
// A reference link repeats the target of its definition, so a short text can ask for very much
// output; all targets of a document together may be no longer than EXPANSION_FACTOR times its text.
// md4c reads a target each time it is used, so a text that asks for far more is given up.
// SPDX-License-Identifier: MIT
#include "load/clean.h"
#include "load/entity.h"
#include "load/md_reader.h"
#include "model/link.h"

enum {
    EXPANSION_FACTOR = 4,     // link targets, as a multiple of the text …
    EXPANSION_FREE = 1 << 20, // … and what is always allowed
    EXPANSION_STOP = 16,      // given up beyond this multiple of both
};

static bool is_in_view(const struct brv_md_reader *reader, const char *text)
{
    return text >= reader->view.text && text < reader->view.text + reader->view.len;
}

static brv_str original_of(const struct brv_md_reader *reader, const char *text, size_t size)
{
    return brv_view_slice(&reader->view, (size_t)(text - reader->view.text), size);
}

// Decodes a reference into `out`; an unknown name stays as it is typed.
static void decode(struct brv_md_reader *reader, brv_str reference, struct brv_span span,
                   struct brv_buf *out)
{
    uint32_t codepoint;
    if (brv_entity_decode(reference, &codepoint)) {
        brv_buf_add_codepoint(out, brv_clean_codepoint(codepoint, span, reader->markdown->sink));
    } else {
        brv_buf_add_str(out, reference);
    }
}

static size_t expansion_limit(const struct brv_md_reader *reader)
{
    const struct brv_source *source = reader->markdown->source;
    size_t text_len = source ? source->text.len : reader->view.len;
    return EXPANSION_FREE + EXPANSION_FACTOR * text_len;
}

// Counts what a link or image repeats; false, once with an error, when a document repeats too much.
static bool may_expand(struct brv_md_reader *reader, size_t bytes)
{
    struct brv_markdown *markdown = reader->markdown;
    size_t limit = expansion_limit(reader);
    bool was_within = markdown->expanded_bytes <= limit;
    markdown->expanded_bytes += bytes;
    if (markdown->expanded_bytes <= limit) {
        return true;
    }
    if (was_within) {
        brv_report(markdown->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_md_here(reader),
                   "link targets repeat more than %d times the text; further links are text",
                   EXPANSION_FACTOR);
    }
    return false;
}

static int tag_of(MD_SPANTYPE type)
{
    return (int)type + 1;
}

// Of an address that is written bare, md4c tells more than belongs to its cell. No other target has
// a bar there but one behind a backslash.
static brv_str within_cell(const struct brv_md_reader *reader, brv_str target)
{
    const struct brv_node *block = brv_builder_top(&reader->builder)->node;
    while (block && brv_kind_is_inline(block->kind)) {
        block = block->parent;
    }
    if (!block || (block->kind != BRV_KIND_TD && block->kind != BRV_KIND_TH)) {
        return target;
    }
    return brv_str_slice(target, 0, brv_str_find_byte(target, 0, '|'));
}

static void begin_link(struct brv_md_reader *reader, const MD_SPAN_A_DETAIL *detail)
{
    struct brv_markdown *markdown = reader->markdown;
    brv_str target = within_cell(reader, brv_str_trim(brv_md_attribute(reader, &detail->href)));
    brv_str title = brv_md_attribute(reader, &detail->title);
    bool fits = may_expand(reader, target.len + title.len);
    bool allowed = fits && brv_url_is_allowed(target);
    struct brv_node *node =
        brv_builder_begin_inline(&reader->builder, allowed ? BRV_KIND_A : BRV_KIND_SPAN);
    if (!node) {
        return;
    }
    brv_builder_top(&reader->builder)->tag = tag_of(MD_SPAN_A);
    if (allowed) {
        brv_node_set(markdown->arena, node, BRV_ATTR_HREF, target);
    } else if (fits) {
        brv_builder_top(&reader->builder)->refused_target = target;
    }
    if (title.len > 0 && fits) {
        brv_node_set(markdown->arena, node, BRV_ATTR_TITLE, title);
    }
}

static void end_link(struct brv_md_reader *reader)
{
    brv_str target = brv_builder_top(&reader->builder)->refused_target;
    struct brv_node *link = brv_builder_end_inline(&reader->builder);
    if (link && link->kind == BRV_KIND_SPAN && target.len > 0) {
        brv_link_check(reader->markdown->sink,
                       target,
                       BRV_CODE_INPUT,
                       link->span.source ? link->span : brv_md_here(reader));
        brv_link_refuse(reader->markdown->arena, link, target);
    }
}

static void begin_image(struct brv_md_reader *reader, const MD_SPAN_IMG_DETAIL *detail)
{
    struct brv_markdown *markdown = reader->markdown;
    if (reader->image_depth++ > 0) {
        return;
    }
    brv_buf_clear(reader->alt);
    brv_str target = brv_md_attribute(reader, &detail->src);
    brv_str title = brv_md_attribute(reader, &detail->title);
    reader->image = brv_builder_add_empty(&reader->builder, BRV_KIND_IMG);
    if (!reader->image) {
        return;
    }
    if (may_expand(reader, target.len + title.len)) {
        brv_node_set(markdown->arena, reader->image, BRV_ATTR_SRC, target);
        if (title.len > 0) {
            brv_node_set(markdown->arena, reader->image, BRV_ATTR_TITLE, title);
        }
    }
}

// An image without a description has no text that tells its place: it is the next after what was
// read before.
static void locate_image(struct brv_md_reader *reader)
{
    const struct brv_view *view = &reader->view;
    struct brv_builder *builder = &reader->builder;
    size_t from = (size_t)(builder->cursor - view->original.ptr);
    size_t at = brv_str_find(view->original, from, BRV_S("!["));
    if (at >= view->original.len) {
        return;
    }
    size_t end = at + 2;
    builder->cursor = view->original.ptr + end;
    while (end < view->original.len && view->original.ptr[end] != '\n' &&
           view->original.ptr[end - 1] != ')') {
        end++;
    }
    reader->image->span = brv_view_span(view, brv_str_slice(view->original, at, end));
}

static void end_image(struct brv_md_reader *reader)
{
    if (--reader->image_depth == 0 && reader->image) {
        if (reader->alt->len == 0) {
            locate_image(reader);
        }
        brv_node_set(reader->markdown->arena,
                     reader->image,
                     BRV_ATTR_ALT,
                     brv_arena_str(reader->markdown->arena, brv_buf_str(reader->alt)));
    }
}

static void add_html(struct brv_md_reader *reader, brv_str slice)
{
    if (!reader->html_reported) {
        struct brv_sink *sink = reader->markdown->sink;
        struct brv_diag *diag = brv_report(sink,
                                           BRV_WARNING,
                                           BRV_CODE_INPUT,
                                           brv_view_span(&reader->view, slice),
                                           "raw HTML is shown as text");
        if (brv_str_starts_with(slice, BRV_S("<br"))) {
            brv_diag_hint(sink, diag, "end the line with a backslash for a line break");
        }
        reader->html_reported = true;
    }
    brv_builder_add_slice(&reader->builder, slice);
}

// Text that md4c made itself: line feeds, spaces, replacement characters.
static void add_made_text(struct brv_md_reader *reader, MD_TEXTTYPE type, brv_str text)
{
    struct brv_builder *builder = &reader->builder;
    if (reader->in_html_block && brv_str_is(text, "\n")) {
        brv_builder_add_empty(builder, BRV_KIND_BR);
    } else if (type == MD_TEXT_BR) {
        brv_builder_add_empty(builder, BRV_KIND_BR);
    } else if (type == MD_TEXT_SOFTBR) {
        brv_builder_add_bytes(builder, BRV_S(" "), brv_span_none());
    } else {
        brv_builder_add_bytes(builder, text, brv_span_none());
    }
}

// ---- the indentation of code

// The column after a byte of a line, as CommonMark counts them.
static size_t column_after(size_t column, char byte)
{
    enum { TAB_STOP = 4 };
    return column + (byte == '\t' ? TAB_STOP - column % TAB_STOP : 1);
}

// Where the white space before `text` begins that is so many columns wide; `text` where none is, as
// when a tab is shared with what the code stands in.
static const char *indentation_begin(const struct brv_md_reader *reader, const char *text,
                                     size_t columns)
{
    const char *line = text;
    while (line > reader->view.original.ptr && line[-1] != '\n') {
        line--;
    }
    size_t end = 0;
    for (const char *at = line; at < text; at++) {
        end = column_after(end, *at);
    }
    const char *begin = text;
    size_t column = 0;
    for (const char *at = line; at < text; at++) {
        if (column + columns == end) {
            begin = at;
        } else if (begin == text && column + columns > end) {
            break;
        }
        if (*at != ' ' && *at != '\t') {
            begin = text;
        }
        column = column_after(column, *at);
    }
    return begin;
}

// md4c tells the indentation of a line of code in spaces, whatever was typed. It waits for the
// line, which has the author's tabs before it.
static void add_code(struct brv_md_reader *reader, brv_str text)
{
    const char *begin = indentation_begin(reader, text.ptr, reader->indentation);
    if (begin == text.ptr) {
        brv_md_end_indentation(reader);
    }
    reader->indentation = 0;
    brv_str line = { begin, text.len + (size_t)(text.ptr - begin) };
    brv_builder_add_slice(&reader->builder, line);
}

void brv_md_end_indentation(struct brv_md_reader *reader)
{
    for (; reader->indentation > 0; reader->indentation--) {
        brv_builder_add_bytes(&reader->builder, BRV_S(" "), brv_span_none());
    }
}

static void add_decoded(struct brv_md_reader *reader, brv_str reference)
{
    struct brv_builder *builder = &reader->builder;
    struct brv_span span = brv_view_span(&reader->view, reference);
    struct brv_buf buf = { 0 };
    decode(reader, reference, span, &buf);
    brv_builder_add_bytes(builder, brv_buf_str(&buf), span);
    brv_buf_deinit(&buf);
    builder->cursor = reference.ptr + reference.len;
}

static void add_alt_text(struct brv_md_reader *reader, MD_TEXTTYPE type, brv_str text)
{
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
        brv_buf_add_byte(reader->alt, ' ');
    } else if (type == MD_TEXT_ENTITY) {
        decode(reader, text, brv_md_here(reader), reader->alt);
    } else {
        brv_buf_add_str(reader->alt, text);
    }
}

brv_str brv_md_attribute(struct brv_md_reader *reader, const MD_ATTRIBUTE *attribute)
{
    if (attribute->size == 0) {
        return (brv_str){ 0 };
    }
    bool is_plain = attribute->substr_types[0] == MD_TEXT_NORMAL &&
                    attribute->substr_offsets[1] == attribute->size;
    if (is_plain && is_in_view(reader, attribute->text)) {
        return original_of(reader, attribute->text, attribute->size);
    }
    struct brv_buf buf = { 0 };
    for (size_t i = 0; attribute->substr_offsets[i] < attribute->size; i++) {
        MD_OFFSET from = attribute->substr_offsets[i];
        brv_str part = { attribute->text + from, attribute->substr_offsets[i + 1] - from };
        if (attribute->substr_types[i] == MD_TEXT_ENTITY) {
            decode(reader, part, brv_md_here(reader), &buf);
        } else {
            brv_buf_add_str(&buf, part);
        }
    }
    for (size_t i = 0; i < buf.len; i++) {
        buf.ptr[i] = buf.ptr[i] == BRV_VIEW_COLON ? ':' : buf.ptr[i];
    }
    brv_str text = brv_arena_str(reader->markdown->arena, brv_buf_str(&buf));
    brv_buf_deinit(&buf);
    return text;
}

// The depth below the innermost open element that md4c calls `type`; 0 when none is open in this
// block.
static size_t find_open(const struct brv_builder *builder, MD_SPANTYPE type)
{
    for (size_t depth = builder->depth; depth > 1 && builder->frames[depth - 1].tag != 0; depth--) {
        if (builder->frames[depth - 1].tag == tag_of(type)) {
            return depth - 1;
        }
    }
    return 0;
}

static void close_top(struct brv_md_reader *reader)
{
    struct brv_frame *top = brv_builder_top(&reader->builder);
    if (top->is_note) {
        brv_notes_end(&reader->notes);
    } else if (top->tag == tag_of(MD_SPAN_A)) {
        end_link(reader);
    } else {
        brv_builder_end_inline(&reader->builder);
    }
}

static void close_span(struct brv_md_reader *reader, MD_SPANTYPE type)
{
    size_t depth = find_open(&reader->builder, type);
    while (depth > 0 && reader->builder.depth > depth) {
        close_top(reader);
    }
}

static enum brv_kind kind_of(MD_SPANTYPE type)
{
    return type == MD_SPAN_EM       ? BRV_KIND_EM
           : type == MD_SPAN_STRONG ? BRV_KIND_STRONG
           : type == MD_SPAN_CODE   ? BRV_KIND_CODE
                                    : BRV_KIND_DEL;
}

int brv_md_enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct brv_md_reader *reader = user;
    if (type == MD_SPAN_IMG) {
        begin_image(reader, detail);
    } else if (reader->image_depth > 0) {
        return 0; // only the text of an image's description is kept
    } else if (type == MD_SPAN_A) {
        close_span(reader, type); // links do not nest: this one's end was forgotten
        begin_link(reader, detail);
    } else if (brv_builder_begin_inline(&reader->builder, kind_of(type))) {
        brv_builder_top(&reader->builder)->tag = tag_of(type);
    }
    bool is_too_much = reader->markdown->expanded_bytes > EXPANSION_STOP * expansion_limit(reader);
    return is_too_much ? BRV_MD_STOP : 0;
}

void brv_md_close_spans(struct brv_md_reader *reader)
{
    struct brv_builder *builder = &reader->builder;
    if (reader->image_depth > 0) {
        reader->image_depth = 1;
        end_image(reader);
    }
    builder->inlines_skipped = 0;
    while (builder->blocks_skipped == 0 && brv_builder_top(builder)->tag != 0) {
        close_top(reader);
    }
}

int brv_md_leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct brv_md_reader *reader = user;
    struct brv_builder *builder = &reader->builder;
    (void)detail;
    if (type == MD_SPAN_IMG) {
        if (reader->image_depth > 0) {
            end_image(reader);
        }
    } else if (reader->image_depth == 0 && builder->blocks_skipped == 0) {
        if (builder->inlines_skipped > 0) {
            builder->inlines_skipped--;
            return 0;
        }
        close_span(reader, type);
    }
    return 0;
}

int brv_md_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *user)
{
    struct brv_md_reader *reader = user;
    bool is_slice = is_in_view(reader, bytes) && type != MD_TEXT_BR && type != MD_TEXT_SOFTBR;
    brv_str text = is_slice ? original_of(reader, bytes, size) : (brv_str){ bytes, size };
    if (type == MD_TEXT_CODE && !is_slice && text.len > 0 && text.ptr[0] == ' ') {
        reader->indentation += text.len;
        return 0;
    }
    if (reader->indentation > 0 && is_slice && type == MD_TEXT_CODE) {
        add_code(reader, text);
        return 0;
    }
    brv_md_end_indentation(reader);
    if (reader->image_depth > 0) {
        if (is_slice && reader->image) {
            struct brv_span span = brv_view_span(&reader->view, text);
            reader->image->span =
                reader->alt->len > 0 ? brv_span_join(reader->image->span, span) : span;
        }
        add_alt_text(reader, type, text);
        reader->builder.cursor = is_slice ? text.ptr + text.len : reader->builder.cursor;
    } else if (!is_slice) {
        add_made_text(reader, type, text);
    } else if (type == MD_TEXT_NORMAL) {
        brv_notes_add_text(&reader->notes, text);
    } else if (type == MD_TEXT_ENTITY) {
        add_decoded(reader, text);
    } else if (type == MD_TEXT_HTML) {
        add_html(reader, text);
    } else {
        brv_builder_add_slice(&reader->builder, text);
    }
    return 0;
}
