// Brevier — Markdown through md4c.
// md4c calls back in document order; the builder turns that into nodes. What md4c says about
// places is only where its text slices stand, so spans are exact for text and inline elements and
// derived for blocks: a block reaches from its first text to its last, a heading from the "#" of
// its line, and a rule or an empty block stands at the line where it is found or would be.
// SPDX-License-Identifier: MIT
#include "load/markdown.h"

#include "load/clean.h"
#include "load/linkdefs.h"
#include "load/md_reader.h"

enum {
    DEPTH_RESERVE = 16,  // levels that plugins may put around a document's elements
    INPUT_MAX = 1 << 30, // md4c counts in 32 bits
};

static void parse_note(void *user, const struct brv_note *note, struct brv_node *footnote,
                       int depth);

// Parses a view below `root`, which stands `depth` levels below the root of its document. False
// when md4c had to be stopped.
static bool read_view(struct brv_markdown *markdown, struct brv_view *view, struct brv_notes *notes,
                      struct brv_node *root, int depth)
{
    struct brv_md_reader reader = { .markdown = markdown, .view = *view };
    reader.alt = brv_buf_new_in(markdown->arena);
    brv_builder_init(&reader.builder, markdown->arena, &reader.view, root, markdown->sink);
    reader.builder.max_depth = brv_load_depth(markdown->limits);
    reader.builder.base_depth = depth;
    reader.notes = (struct brv_note_reader){ .builder = &reader.builder,
                                             .notes = notes,
                                             .count = &markdown->note_count,
                                             .parse = parse_note,
                                             .user = &reader };
    MD_PARSER parser = { .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
                                  MD_FLAG_PERMISSIVEAUTOLINKS,
                         .enter_block = brv_md_enter_block,
                         .leave_block = brv_md_leave_block,
                         .enter_span = brv_md_enter_span,
                         .leave_span = brv_md_leave_span,
                         .text = brv_md_text };
    bool done = md_parse(reader.view.text, (MD_SIZE)reader.view.len, &parser, &reader) == 0;
    reader.builder.blocks_skipped = 0;
    brv_builder_flush(&reader.builder);
    return done;
}

// Shows a whole text as it is, when md4c could not be let through it.
static void show_as_written(struct brv_markdown *markdown, const struct brv_view *view,
                            struct brv_node *root)
{
    struct brv_span span = brv_view_span(view, view->original);
    brv_report(
        markdown->sink,
        BRV_ERROR,
        BRV_CODE_LIMIT,
        span,
        "text asks for more table cells or link targets than allowed; shown as preformatted");
    root->first = root->last = NULL;
    struct brv_node *pre = brv_node_new(markdown->arena, BRV_KIND_PRE, span);
    brv_node_append(pre, brv_node_new_text(markdown->arena, view->original, span));
    brv_node_append(root, pre);
}

static void parse_note(void *user, const struct brv_note *note, struct brv_node *footnote,
                       int depth)
{
    struct brv_md_reader *reader = user;
    struct brv_markdown *markdown = reader->markdown;
    struct brv_view view = brv_view_of_note(markdown->arena, &reader->view, note);
    brv_view_mask(&view, markdown->limits, NULL, markdown->arena, markdown->sink);
    if (!read_view(markdown, &view, NULL, footnote, depth)) {
        show_as_written(markdown, &view, footnote);
    }
}

// A definition whose only calls turned out to be no calls (in code, say) is shown after the rest.
static void show_uncalled(struct brv_markdown *markdown, const struct brv_view *view,
                          const struct brv_notes *notes, struct brv_node *root)
{
    for (const struct brv_note *note = notes->first; note; note = note->next) {
        if (note->number > 0) {
            continue;
        }
        struct brv_span span = brv_view_span(view, note->definition);
        brv_report(markdown->sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   span,
                   "footnote \"%" BRV_STR_F "\" is never called; shown as text",
                   BRV_STR_ARG(note->label));
        struct brv_node *p = brv_node_new(markdown->arena, BRV_KIND_P, span);
        brv_node_append(p, brv_node_new_text(markdown->arena, note->definition, span));
        brv_node_append(root, p);
    }
}

struct brv_node *brv_markdown_read(struct brv_markdown *markdown, brv_str text)
{
    struct brv_view view = brv_view_new(markdown->arena, markdown->source, text);
    struct brv_span span = brv_view_span(&view, text);
    struct brv_node *root = brv_node_new(markdown->arena, BRV_KIND_DIV, span);
    struct brv_notes notes = { .by_label = { .arena = markdown->arena } };
    notes.end = &notes.first;
    if (text.len > INPUT_MAX) {
        show_as_written(markdown, &view, root);
        return root;
    }
    brv_view_mask(&view, markdown->limits, &notes, markdown->arena, markdown->sink);
    brv_linkdefs_check(&view, markdown->arena, markdown->sink);
    if (read_view(markdown, &view, &notes, root, 0)) {
        show_uncalled(markdown, &view, &notes, root);
    } else {
        show_as_written(markdown, &view, root);
    }
    brv_tree_settle(markdown->arena, root, markdown->sink);
    return root;
}

int brv_load_depth(const struct brv_limits *limits)
{
    return limits->nesting > 2 * DEPTH_RESERVE ? limits->nesting - DEPTH_RESERVE
                                               : limits->nesting / 2 + 1;
}
