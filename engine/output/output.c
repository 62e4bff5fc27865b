// Brevier — outputs: descriptors, listed in one array.
// SPDX-License-Identifier: MIT
#include "output/output.h"

const struct brv_output *const brv_outputs[] = {
    &brv_output_pdf,
    &brv_output_docx,
    &brv_output_text,
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
