// Brevier — fuzz target: any bytes as a picture. The first byte chooses what helps them past the
// first hurdle: nothing, right PNG checksums, or the start of a JPEG.
// SPDX-License-Identifier: MIT
#include "load/image.h"
#include "pictures.h"

#include "base/arena.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_limits limits = brv_limits_default();
    limits.image_pixels = 1 << 16;
    struct brv_buf bytes = { 0 };
    if (data[0] == 2)
        brv_buf_add(&bytes, "\xFF\xD8\xFF", 3);
    brv_buf_add(&bytes, data + (data[0] <= 2), size - (data[0] <= 2));
    if (data[0] == 1)
        png_sign(&bytes);
    const struct brv_image *image =
        brv_image_load(arena, BRV_S("fuzz"), brv_buf_str(&bytes), &limits, brv_span_none(), &sink);
    check(image ? sink.counts[BRV_ERROR] == 0 : sink.counts[BRV_ERROR] == 1);
    if (image) {
        check((size_t)image->width_px * image->height_px <= limits.image_pixels);
        check(image->width_px > 0 && image->height_px > 0);
        check(image->dpi_x >= 10 && image->dpi_y >= 10);
        check(image->orientation >= 1 && image->orientation <= 8);
    }
    brv_buf_deinit(&bytes);
    brv_arena_free(arena);
    return 0;
}
