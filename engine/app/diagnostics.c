// Brevier — how a run's messages are printed.
// SPDX-License-Identifier: MIT
#include "app/diagnostics.h"

static size_t dropped(const struct brv_sink *sink)
{
    return sink->counts[BRV_NOTE] + sink->counts[BRV_WARNING] + sink->counts[BRV_ERROR] -
           sink->kept;
}

void brv_diagnostics_text(const struct brv_sink *sink, struct brv_buf *out)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next) {
        if (diag->span.source || diag->notes || diag->hint.len == 0) {
            brv_diag_print(diag, out);
            continue;
        }
        brv_buf_printf(out,
                       "brevier: %s: %" BRV_STR_F ", %" BRV_STR_F "\n",
                       brv_severity_name(diag->severity),
                       BRV_STR_ARG(diag->message),
                       BRV_STR_ARG(diag->hint));
    }
    if (dropped(sink) > 0)
        brv_buf_printf(out, "brevier: note: %zu further messages are not shown\n", dropped(sink));
}

void brv_diagnostics_json(const struct brv_sink *sink, struct brv_buf *out)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next)
        brv_diag_print_json(diag, out);
    if (dropped(sink) > 0)
        brv_buf_printf(out,
                       "{\"severity\":\"note\",\"code\":\"limit\",\"message\":"
                       "\"%zu further messages are not shown\",\"notes\":[]}\n",
                       dropped(sink));
}
