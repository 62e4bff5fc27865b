// Brevier — the text output: a styled tree under character-cell metrics.
// A column is half the root font size wide and a line as high as the root's lines, so that the
// lengths of a stylesheet mean in text what they mean on paper. See output/text.h for the files.
// SPDX-License-Identifier: MIT
#include "output/text.h"

static size_t columns_of(const struct brv_output_options *options)
{
    size_t columns = options->text_width > 0 ? options->text_width : BRV_TEXT_COLUMNS;
    if (columns < BRV_TEXT_LEAST_COLUMNS)
        return BRV_TEXT_LEAST_COLUMNS;
    return columns < BRV_TEXT_MOST ? columns : BRV_TEXT_MOST;
}

// That a line of mail which goes on in the next one ends with, at most.
static size_t spaces_at_end(const struct brv_output_options *options)
{
    size_t spaces = options->delsp ? 2 : 1;
    return options->flowed ? spaces : 0;
}

// ---- lines that are too wide

static void note_wide(void *user, brv_str line)
{
    enum { SHOWN_COLUMNS = 60 };
    struct brv_text *t = user;
    if (t->wide_count++ > 0)
        return;
    struct brv_buf *out = brv_buf_new_in(t->arena);
    brv_text_add_cut(t, out, brv_str_trim(line), SHOWN_COLUMNS);
    t->wide_line = brv_buf_str(out);
    t->wide_span = t->node ? t->node->span : (struct brv_span){ 0 };
}

static void report(const struct brv_text *t, size_t columns, struct brv_sink *sink)
{
    if (t->wide_count > 0)
        brv_report(sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   t->wide_span,
                   "%zu line%s wider than %zu columns, as what cannot be broken is: \"%" BRV_STR_F
                   "\"",
                   t->wide_count,
                   t->wide_count == 1 ? " is" : "s are",
                   columns,
                   BRV_STR_ARG(t->wide_line));
    if (t->unmapped > 0)
        brv_report(sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "%zu character%s without an ASCII form shown as \"?\"",
                   t->unmapped,
                   t->unmapped == 1 ? "" : "s");
}

// ---- one pass

// What a pass over the document needs to know, and leaves.
struct pass {
    struct brv_map page_numbers; // as found by the pass before
    struct brv_sink *sink;
    struct brv_buf *out; // NULL: only the pages are looked for
};

// Sets the document; returns the pages of its targets as they came out.
static struct brv_map document_set(const struct brv_output_job *job, const struct pass *pass)
{
    const struct brv_style *root = job->root->style;
    bool is_paged = job->options.page_length > 0;
    struct brv_text t = {
        .job = job,
        .arena = job->arena,
        .scratch = brv_arena_new(),
        .sink = pass->sink,
        .cell_pt = root->font_size > 0 ? root->font_size / 2 : 5,
        .line_pt = brv_style_line_height_pt(root),
        .is_ascii = job->options.ascii,
        .run = brv_buf_new_in(job->arena),
        .opening = brv_buf_new_in(job->arena),
        .link_numbers = { .arena = job->arena },
        .places = { .arena = job->arena },
        .note_numbers = { .arena = job->arena },
        .is_paged = is_paged,
        .page_numbers = pass->page_numbers,
    };
    if (!(t.line_pt > 0))
        t.line_pt = 2.4f * t.cell_pt;
    size_t columns = columns_of(&job->options);
    struct brv_flow_marks marks = { .arena = job->arena };
    struct brv_flow flow = {
        .out = is_paged ? brv_buf_new_in(job->arena) : pass->out,
        .width = columns - spaces_at_end(&job->options),
        .line_pt = t.line_pt,
        .is_mail = job->options.flowed,
        .is_delsp = job->options.flowed && job->options.delsp,
        .limit = columns,
        .on_wide = note_wide,
        .user = &t,
        .marks = is_paged ? &marks : NULL,
    };
    t.document = &flow;
    brv_text_block(&t, &flow, job->root, 0);
    brv_text_references(&t, &flow);
    struct brv_map page_numbers = { .arena = job->arena };
    if (is_paged)
        brv_text_paginate(&t, &flow, job->options.page_length, &page_numbers, pass->out);
    report(&t, columns, pass->sink);
    brv_arena_free(t.scratch);
    return page_numbers;
}

// ---- exported

// The numbers of pages stand in the document, which is cut into pages with them in it: it is set
// once to find them and then again to write it. A number takes its line whatever it is, so they
// do not move what they count.
enum brv_status brv_text_render(const struct brv_output_job *job, struct brv_buf *out,
                                struct brv_sink *sink)
{
    struct pass pass = { .page_numbers = { .arena = job->arena } };
    if (job->options.page_length > 0) {
        struct brv_sink unheard = brv_sink_init(job->arena); // it will all be said again
        pass.sink = &unheard;
        pass.page_numbers = document_set(job, &pass);
    }
    pass.sink = sink;
    pass.out = out;
    (void)document_set(job, &pass);
    return BRV_OK;
}
