// Brevier — the Word file whose look a document takes over.
// SPDX-License-Identifier: MIT
#include "app/word_template.h"

#include "base/file.h"

enum { TEMPLATE_BYTES_MAX = 16 << 20 };

static enum brv_status read_file(const struct brv_job *job, const struct brv_url *url, brv_str name,
                                 brv_str *bytes, struct brv_sink *sink)
{
    if (job->word_template.len > 0)
        return brv_file_read(job->arena, name, TEMPLATE_BYTES_MAX, BRV_CODE_OUTPUT, bytes, sink);
    brv_str folder = brv_path_directory(url->sheet);
    return brv_file_read_beneath(job->arena,
                                 folder.len > 0 ? folder : BRV_S("."),
                                 url->path,
                                 TEMPLATE_BYTES_MAX,
                                 brv_span_none(),
                                 bytes,
                                 sink);
}

enum brv_status brv_word_template_read(const struct brv_job *job, brv_str *name, brv_str *bytes,
                                       struct brv_sink *sink)
{
    const struct brv_url *url = &job->styled->style->brv_word_template;
    *bytes = (brv_str){ 0 };
    *name = job->word_template.len > 0 ? job->word_template : url->path;
    if (name->len == 0)
        return BRV_OK;
    if (read_file(job, url, *name, bytes, sink))
        return BRV_FAILED;
    if (brv_str_starts_with(*bytes, BRV_S("PK"))) // as each zip archive does
        return BRV_OK;
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "the Word template \"%" BRV_STR_F "\" is no Word document (.docx)",
               BRV_STR_ARG(*name));
    return BRV_FAILED;
}
