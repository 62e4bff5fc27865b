// Brevier — what a program that uses the C library asks for, as a job.
// What the command line refuses is refused here, in the words of the library.
// SPDX-License-Identifier: MIT
#include "app/request.h"

#include "app/attachment.h"
#include "app/date.h"

static struct brv_diag *fault(struct brv_sink *sink, brv_str message)
{
    return brv_report(
        sink, BRV_ERROR, BRV_CODE_USAGE, brv_span_none(), "%" BRV_STR_F, BRV_STR_ARG(message));
}

static enum brv_status output_find(const struct brv_request *request, struct brv_job *job,
                                   struct brv_sink *sink)
{
    const char *format = request->format ? request->format : "";
    job->output = brv_output_find(brv_str_from_cstr(format));
    if (job->output)
        return BRV_OK;
    fault(
        sink,
        brv_arena_printf(job->arena, "unknown format \"%s\", expected pdf, docx or text", format));
    return BRV_FAILED;
}

static enum brv_status count_check(struct brv_job *job, const char *what, size_t count,
                                   size_t least, struct brv_sink *sink)
{
    if (count == 0 || (count >= least && count <= BRV_TEXT_MOST))
        return BRV_OK;
    fault(sink,
          brv_arena_printf(
              job->arena, "%s of %zu, expected %zu to %d", what, count, least, (int)BRV_TEXT_MOST));
    return BRV_FAILED;
}

static enum brv_status text_options(const struct brv_request *request, struct brv_job *job,
                                    struct brv_sink *sink)
{
    if (count_check(job, "a text width", request->text_width, BRV_TEXT_LEAST_COLUMNS, sink) ||
        count_check(job, "a page length", request->page_length, BRV_TEXT_LEAST_LINES, sink))
        return BRV_FAILED;
    bool is_flowed = request->is_flowed != 0;
    job->options.text_width = request->text_width;
    if (request->text_width == 0 && is_flowed)
        job->options.text_width = BRV_TEXT_MAIL_COLUMNS;
    job->options.page_length = request->page_length;
    job->options.ascii = request->is_ascii != 0;
    job->options.flowed = is_flowed;
    job->options.delsp = request->is_delsp != 0;
    return BRV_OK;
}

static enum brv_status date_check(const struct brv_request *request, struct brv_job *job,
                                  struct brv_sink *sink)
{
    long long seconds = 0;
    job->date = brv_str_from_cstr(request->date);
    if (!request->date || brv_date_parse(job->date, &seconds))
        return BRV_OK;
    fault(sink,
          brv_arena_printf(job->arena,
                           "date \"%s\" is not understood, expected one like 2025-12-19",
                           request->date));
    return BRV_FAILED;
}

static enum brv_status contents_check(const struct brv_request *request, struct brv_job *job,
                                      struct brv_sink *sink)
{
    job->contents = (struct brv_contents_wishes){
        .toc_depth = request->toc_depth,
        .has_figures = request->has_figure_list != 0,
        .has_tables = request->has_table_list != 0,
    };
    if (request->toc_depth >= BRV_CONTENTS_NONE && request->toc_depth <= BRV_CONTENTS_DEPTH_MAX)
        return BRV_OK;
    fault(sink,
          brv_arena_printf(job->arena,
                           "a table of contents of %d levels, expected -1 to %d",
                           request->toc_depth,
                           (int)BRV_CONTENTS_DEPTH_MAX));
    return BRV_FAILED;
}

// ---- PDF

static enum brv_status attachments_read(const struct brv_request *request, struct brv_job *job,
                                        struct brv_sink *sink)
{
    size_t count = request->attached_count;
    struct brv_attachment *attachments = BRV_NEW_ARRAY(job->arena, struct brv_attachment, count);
    for (size_t i = 0; i < count; i++) {
        const struct brv_attached_file *file = &request->attached[i];
        brv_str asked = brv_str_from_cstr(file->relationship);
        attachments[i] = (struct brv_attachment){
            .name = brv_attachment_name(job->arena, brv_str_from_cstr(file->name)),
            .relationship = brv_attachment_relationship(asked),
            .bytes = { file->bytes, file->bytes ? file->length : 0 },
        };
        attachments[i].type = brv_str_from_cstr(brv_attachment_type(attachments[i].name));
        brv_str name = attachments[i].name;
        const char *expected = NULL;
        if (name.len == 0)
            expected = "has no name";
        else if (attachments[i].relationship.len == 0)
            expected = "has no relationship that is known, expected source, data, alternative, "
                       "supplement or unspecified";
        for (size_t k = 0; k < i; k++)
            if (brv_str_equal(attachments[k].name, name))
                expected = "has the name of another";
        if (!expected)
            continue;
        fault(sink,
              brv_arena_printf(job->arena,
                               "attached file %zu (\"%" BRV_STR_F "\") %s",
                               i + 1,
                               BRV_STR_ARG(name),
                               expected));
        return BRV_FAILED;
    }
    job->options.attachments = attachments;
    job->options.attachment_count = count;
    return BRV_OK;
}

static enum brv_status pdf_options(const struct brv_request *request, struct brv_job *job,
                                   struct brv_sink *sink)
{
    const char *standard = request->pdf_standard;
    brv_str unknown = { 0 };
    if (standard &&
        !brv_pdf_standard_parse(brv_str_from_cstr(standard), &job->options.standard, &unknown)) {
        fault(sink,
              brv_arena_printf(job->arena,
                               "unknown PDF standard \"%s\", expected one like a-2a, ua-1 or none",
                               standard));
        return BRV_FAILED;
    }
    bool is_pdf = job->output->media == BRV_MEDIA_PDF;
    if (!is_pdf && (standard || request->attached_count > 0)) {
        fault(sink,
              brv_arena_printf(job->arena,
                               "%s for PDF, and the format is %s",
                               standard ? "a PDF standard is" : "attached files are",
                               job->output->name));
        return BRV_FAILED;
    }
    if (request->attached_count > 0 && job->options.standard.part == 2) {
        fault(sink, BRV_S("PDF/A-2 does not admit attached files of any kind, expected a-3"));
        return BRV_FAILED;
    }
    return attachments_read(request, job, sink);
}

// ---- exported

enum brv_status brv_request_read(const struct brv_request *request, struct brv_job *job,
                                 struct brv_sink *sink)
{
    job->options.date = -1;
    job->asset_root = brv_str_from_cstr(request->asset_root);
    job->word_template = brv_str_from_cstr(request->word_template);
    job->reports_loss = request->reports_loss != 0;
    if (output_find(request, job, sink) || text_options(request, job, sink) ||
        date_check(request, job, sink) || contents_check(request, job, sink))
        return BRV_FAILED;
    return pdf_options(request, job, sink);
}
