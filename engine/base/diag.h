// Brevier — diagnostics: what went wrong, where, and what to do about it.
// Code that meets a fault reports *what* with brv_report(); the sink keeps it; the printers in
// base/diag_print.c alone decide how places are drawn. Line and column are computed only there.
// Messages: one line, lower case, the offending thing in "quotes", what was expected; never the
// file name or position.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_DIAG_H
#define BRV_BASE_DIAG_H

#include "base/arena.h"
#include "base/macros.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct brv_buf;

// A text that diagnostics can point into. `text` is sanitised (see base/utf8.h); `line_starts`
// holds the byte offset of each line. Immutable once its text is set; lives in an arena.
struct brv_source {
    brv_str name; // as the user wrote it: a path, "<stdin>", "<built-in>"
    brv_str text;
    const uint32_t *line_starts;
    size_t line_count;
    const uint32_t *checkpoints; // code points before each 4096th byte, so that columns are cheap
};

// A source over text that is already clean (program-made text, or after brv_source_set_text).
// Name and text are borrowed.
struct brv_source *brv_source_new(struct brv_arena *arena, brv_str name, brv_str text);

// Bytes [offset, offset + length) of a source; source NULL means "no place".
struct brv_span {
    const struct brv_source *source;
    uint32_t offset;
    uint32_t length;
};

static inline struct brv_span brv_span_none(void)
{
    return (struct brv_span){ 0 };
}

// The span of a slice that points into source->text.
struct brv_span brv_span_of(const struct brv_source *source, brv_str slice);
// From the start of `a` to the end of `b` (same source).
struct brv_span brv_span_join(struct brv_span a, struct brv_span b);
brv_str brv_span_text(struct brv_span span);

// 1-based; the column counts code points.
struct brv_location {
    size_t line;
    size_t column;
};
struct brv_location brv_span_locate(struct brv_span span);

enum brv_severity { BRV_NOTE, BRV_WARNING, BRV_ERROR };

// By audience: who can mend it. The exit status follows from it (app/exit.c).
enum brv_code {
    BRV_CODE_USAGE,    // the command line
    BRV_CODE_INPUT,    // the analysis
    BRV_CODE_STYLE,    // a stylesheet
    BRV_CODE_PLUGIN,   // a plugin
    BRV_CODE_LIMIT,    // a limit was reached
    BRV_CODE_OUTPUT,   // writing, fonts, what an output cannot honour
    BRV_CODE_INTERNAL, // our own fault
};
const char *brv_code_name(enum brv_code code); // "usage", "input", …
const char *brv_severity_name(enum brv_severity severity);

// A further place or fact that belongs to a diagnostic.
struct brv_diag_note {
    const struct brv_diag_note *next;
    struct brv_span span;
    brv_str message;
};

struct brv_diag {
    struct brv_diag *next;
    enum brv_severity severity;
    enum brv_code code;
    struct brv_span span;
    brv_str message;
    brv_str hint; // may be empty
    const struct brv_diag_note *notes;
};

// Collects diagnostics in the order of their reports. Zero-initialise with an arena that outlives
// it. Beyond `limit` (0: 1000) diagnostics are counted but not kept.
struct brv_sink {
    struct brv_arena *arena;
    struct brv_diag *first;
    struct brv_diag *last;
    size_t kept;
    size_t limit;
    size_t counts[3];         // by severity, dropped ones included
    struct brv_diag *dropped; // returned beyond the limit; hints to it are ignored
};

static inline struct brv_sink brv_sink_init(struct brv_arena *arena)
{
    return (struct brv_sink){ .arena = arena };
}

static inline bool brv_sink_has_errors(const struct brv_sink *sink)
{
    return sink->counts[BRV_ERROR] > 0;
}

// Adds a diagnostic and returns it so that a hint or notes can be added; never NULL.
// The message is copied into the sink's arena; control characters in it are made visible.
struct brv_diag *brv_report(struct brv_sink *sink, enum brv_severity severity, enum brv_code code,
                            struct brv_span span, const char *format, ...) BRV_PRINTF(5, 6);
void brv_diag_hint(struct brv_sink *sink, struct brv_diag *diag, const char *format, ...)
    BRV_PRINTF(3, 4);
void brv_diag_note(struct brv_sink *sink, struct brv_diag *diag, struct brv_span span,
                   const char *format, ...) BRV_PRINTF(4, 5);
// hint: did you mean "…"? when one of the names is near enough to `word`, else nothing.
void brv_diag_hint_nearest(struct brv_sink *sink, struct brv_diag *diag, brv_str word,
                           const char *const *names, size_t count);

// The nearest of `names` to `word` by optimal string alignment distance (case ignored), or NULL
// when none is within a third of the word's length (at least 1, at most 3). First one wins ties.
const char *brv_nearest(brv_str word, const char *const *names, size_t count);

// `file:line:col: error: message`, the source line with a caret, hint and notes. Long lines are cut
// around the place to 100 columns.
void brv_diag_print(const struct brv_diag *diag, struct brv_buf *out);
// One JSON object on one line: severity, code, file, line, column, length, message, hint, notes.
void brv_diag_print_json(const struct brv_diag *diag, struct brv_buf *out);

#endif
