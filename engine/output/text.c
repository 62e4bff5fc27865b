// Brevier — the text output: a styled tree under character-cell metrics.
// A column is half the root font size wide and a line as high as the root's lines, so that the
// lengths of a stylesheet mean in text what they mean on paper. See output/text.h for the files.
// SPDX-License-Identifier: MIT
#include "output/text.h"

enum { DEFAULT_COLUMNS = 80, LEAST_COLUMNS = 20, MOST_COLUMNS = 1000 };

static size_t columns_of(const struct brv_output_options *options)
{
    size_t columns = options->text_width > 0 ? options->text_width : DEFAULT_COLUMNS;
    if (columns < LEAST_COLUMNS)
        return LEAST_COLUMNS;
    return columns < MOST_COLUMNS ? columns : MOST_COLUMNS;
}

enum brv_status brv_text_render(const struct brv_output_job *job, struct brv_buf *out,
                                struct brv_sink *sink)
{
    const struct brv_style *root = job->root->style;
    struct brv_text t = {
        .job = job,
        .arena = job->arena,
        .sink = sink,
        .cell_pt = root->font_size > 0 ? root->font_size / 2 : 5,
        .line_pt = brv_style_line_height_pt(root),
        .is_ascii = job->options.ascii,
        .run = brv_buf_new_in(job->arena),
        .opening = brv_buf_new_in(job->arena),
        .link_numbers = { .arena = job->arena },
        .note_numbers = { .arena = job->arena },
    };
    if (!(t.line_pt > 0))
        t.line_pt = 2.4f * t.cell_pt;
    struct brv_flow flow = {
        .out = out,
        .width = columns_of(&job->options),
        .line_pt = t.line_pt,
    };
    brv_text_block(&t, &flow, job->root, 0);
    brv_text_references(&t, &flow);
    if (t.unmapped > 0)
        brv_report(sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "%zu character%s without an ASCII form shown as \"?\"",
                   t.unmapped,
                   t.unmapped == 1 ? "" : "s");
    return BRV_OK;
}
