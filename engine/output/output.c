// Brevier — outputs: descriptors, listed in one array.
// SPDX-License-Identifier: MIT
#include "output/output.h"

static const struct brv_output output_pdf = {
    .name = "pdf",
    .extension = "pdf",
    .summary = "a tagged PDF with outline and links (PDF/A-2a, PDF/UA-1)",
    .media = BRV_MEDIA_PDF,
    .wants_pages = true,
    .module = "pdf",
};

static const struct brv_output output_docx = {
    .name = "docx",
    .extension = "docx",
    .summary = "Word document with named styles, native lists, tables, notes and fields",
    .media = BRV_MEDIA_DOCX,
    .quotes_pages = true,
    .module = "docx",
    .wants_zip = true,
};

static const struct brv_output output_text = {
    .name = "text",
    .extension = "txt",
    .summary = "plain text, wrapped to a width, for mails and tickets",
    .media = BRV_MEDIA_TEXT,
    .render = brv_text_render,
};

const struct brv_output *const brv_outputs[] = {
    &output_pdf,
    &output_docx,
    &output_text,
    NULL,
};

const struct brv_output *brv_output_find(brv_str name)
{
    for (const struct brv_output *const *output = brv_outputs; *output; output++)
        if (brv_str_is(name, (*output)->name))
            return *output;
    return NULL;
}

const struct brv_output *brv_output_for_extension(brv_str extension)
{
    for (const struct brv_output *const *output = brv_outputs; *output; output++)
        if (brv_str_is_nocase(extension, (*output)->extension))
            return *output;
    return NULL;
}
