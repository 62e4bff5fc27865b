// Brevier — the images that stylesheets name.
// SPDX-License-Identifier: MIT
#include "app/sheet_images.h"

#include "base/file.h"
#include "load/image.h"

// A document numbers its own images from 1; those of the sheets come from the other end.
enum { LAST_ID = INT32_MAX };

const struct brv_image *brv_sheet_image_open(void *user, const struct brv_sheet_image *image,
                                             struct brv_sink *sink)
{
    struct brv_sheet_opener *opener = user;
    brv_str folder = brv_path_directory(image->span.source->name);
    brv_str path = image->path;
    while (brv_str_starts_with(path, BRV_S("./")))
        path = brv_str_slice(path, 2, path.len);
    brv_str bytes;
    struct brv_image *opened = NULL;
    struct brv_sink faults = brv_sink_init(opener->arena);
    if (!brv_file_read_beneath(opener->arena,
                               folder.len > 0 ? folder : BRV_S("."),
                               path,
                               opener->limits->image_bytes,
                               image->span,
                               &bytes,
                               &faults))
        opened =
            brv_image_load(opener->arena, image->path, bytes, opener->limits, image->span, &faults);
    if (opened)
        opened->id = LAST_ID - opener->count++;
    // As all that a sheet gets wrong, it costs no more than itself.
    for (const struct brv_diag *diag = faults.first; diag; diag = diag->next)
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         diag->span,
                         "%" BRV_STR_F,
                         BRV_STR_ARG(diag->message));
    return opened;
}
