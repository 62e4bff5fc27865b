// Brevier — the Word file whose look a document takes over.
// SPDX-License-Identifier: MIT
#include "app/word_template.h"

#include "base/file.h"

enum { TEMPLATE_BYTES_MAX = 16 << 20 };

enum brv_status brv_word_template_read(const struct brv_job *job, brv_str *name, brv_str *bytes,
                                       struct brv_sink *sink)
{
    const struct brv_url *url = &job->styled->style->brv_word_template;
    *bytes = (brv_str){ 0 };
    *name = job->word_template.len > 0 ? job->word_template : url->path;
    if (job->word_template.len > 0)
        return brv_file_read(job->arena, *name, TEMPLATE_BYTES_MAX, BRV_CODE_OUTPUT, bytes, sink);
    if (url->path.len == 0)
        return BRV_OK;
    brv_str folder = brv_path_directory(url->sheet);
    return brv_file_read_beneath(job->arena,
                                 folder.len > 0 ? folder : BRV_S("."),
                                 url->path,
                                 TEMPLATE_BYTES_MAX,
                                 brv_span_none(),
                                 bytes,
                                 sink);
}
