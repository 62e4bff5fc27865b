// Brevier — collecting diagnostics.
// SPDX-License-Identifier: MIT
#include "base/diag.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { DEFAULT_LIMIT = 1000 };

const char *brv_code_name(enum brv_code code)
{
    switch (code) {
    case BRV_CODE_USAGE:
        return "usage";
    case BRV_CODE_INPUT:
        return "input";
    case BRV_CODE_STYLE:
        return "style";
    case BRV_CODE_PLUGIN:
        return "plugin";
    case BRV_CODE_LIMIT:
        return "limit";
    case BRV_CODE_OUTPUT:
        return "output";
    case BRV_CODE_INTERNAL:
        return "internal";
    }
    return "internal";
}

const char *brv_severity_name(enum brv_severity severity)
{
    switch (severity) {
    case BRV_NOTE:
        return "note";
    case BRV_WARNING:
        return "warning";
    case BRV_ERROR:
        return "error";
    }
    return "error";
}

// One line without surprises, in the sink's arena.
static BRV_PRINTF(2, 0) brv_str
    message_format(struct brv_sink *sink, const char *format, va_list args)
{
    brv_str message = brv_arena_vprintf(sink->arena, format, args);
    bool is_clean = brv_utf8_is_valid(message);
    for (size_t at = 0; is_clean && at < message.len;)
        is_clean = !brv_is_invisible(brv_utf8_next(message, &at));
    if (is_clean)
        return message;
    struct brv_buf visible = { 0 };
    brv_buf_add_visible(&visible, message);
    message = brv_arena_str(sink->arena, brv_buf_str(&visible));
    brv_buf_deinit(&visible);
    return message;
}

struct brv_diag *brv_report(struct brv_sink *sink, enum brv_severity severity, enum brv_code code,
                            struct brv_span span, const char *format, ...)
{
    sink->counts[severity]++;
    if (sink->kept >= (sink->limit ? sink->limit : DEFAULT_LIMIT)) {
        if (!sink->dropped)
            sink->dropped = BRV_NEW(sink->arena, struct brv_diag);
        *sink->dropped = (struct brv_diag){ .severity = severity, .code = code, .span = span };
        return sink->dropped;
    }
    struct brv_diag *diag = BRV_NEW(sink->arena, struct brv_diag);
    *diag = (struct brv_diag){ .severity = severity, .code = code, .span = span };
    va_list args;
    va_start(args, format);
    diag->message = message_format(sink, format, args);
    va_end(args);
    if (sink->last)
        sink->last->next = diag;
    else
        sink->first = diag;
    sink->last = diag;
    sink->kept++;
    return diag;
}

void brv_diag_hint(struct brv_sink *sink, struct brv_diag *diag, const char *format, ...)
{
    if (diag == sink->dropped)
        return;
    va_list args;
    va_start(args, format);
    diag->hint = message_format(sink, format, args);
    va_end(args);
}

void brv_diag_note(struct brv_sink *sink, struct brv_diag *diag, struct brv_span span,
                   const char *format, ...)
{
    if (diag == sink->dropped)
        return;
    struct brv_diag_note *note = BRV_NEW(sink->arena, struct brv_diag_note);
    note->span = span;
    va_list args;
    va_start(args, format);
    note->message = message_format(sink, format, args);
    va_end(args);
    // Notes are few; they stay in the order of their reports.
    const struct brv_diag_note **link = &diag->notes;
    while (*link)
        link = (const struct brv_diag_note **)&(*link)->next;
    *link = note;
}

void brv_diag_hint_nearest(struct brv_sink *sink, struct brv_diag *diag, brv_str word,
                           const char *const *names, size_t count)
{
    if (diag == sink->dropped)
        return;
    const char *nearest = brv_nearest(word, names, count);
    if (nearest)
        brv_diag_hint(sink, diag, "did you mean \"%s\"?", nearest);
}
