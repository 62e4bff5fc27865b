// Brevier — fuzz target: any bytes through the sanitiser, then every diagnostic drawn, and others
// at places that the first bytes choose.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "base/width.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_source *source = brv_source_new(arena, BRV_S("fuzz"), (brv_str){ 0 });
    brv_source_set_text(source, (brv_str){ (const char *)data, size }, arena, BRV_WARNING, &sink);
    check(brv_utf8_is_valid(source->text));

    for (size_t i = 0; i + 1 < size && i < 8; i += 2) {
        struct brv_span span = { source, data[i], data[i + 1] };
        struct brv_diag *diag = brv_report(&sink,
                                           BRV_ERROR,
                                           BRV_CODE_INPUT,
                                           span,
                                           "\"%" BRV_STR_F "\"",
                                           BRV_STR_ARG(brv_span_text(span)));
        brv_diag_note(&sink, diag, span, "here");
    }
    struct brv_buf *out = brv_buf_new_in(arena);
    for (const struct brv_diag *diag = sink.first; diag; diag = diag->next) {
        brv_diag_print(diag, out);
        brv_diag_print_json(diag, out);
    }
    check(brv_utf8_is_valid(brv_buf_str(out)));
    check(brv_str_width(source->text) <= 2 * source->text.len);
    brv_arena_free(arena);
    return 0;
}
