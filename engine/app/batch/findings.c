// Brevier — what the formats of an item say, each thing once.
// SPDX-License-Identifier: MIT
#include "app/batch/findings.h"

#include "base/source.h"

struct brv_findings brv_findings_init(struct brv_arena *arena)
{
    return (struct brv_findings){ .arena = arena, .known = { .arena = arena } };
}

bool brv_diag_row_is_of(const struct brv_diag_row *row, const char *format)
{
    for (brv_str rest = row->formats; rest.len > 0;)
        if (brv_str_is(brv_str_next_item(&rest, ','), format))
            return true;
    return false;
}

void brv_findings_add(struct brv_findings *findings, const struct brv_diag_row *row,
                      const char *format)
{
    struct brv_arena *arena = findings->arena;
    brv_str key = brv_arena_printf(arena,
                                   "%" BRV_STR_F ":%zu:%zu:%" BRV_STR_F ":%" BRV_STR_F,
                                   BRV_STR_ARG(row->file),
                                   (size_t)row->line,
                                   (size_t)row->column,
                                   BRV_STR_ARG(row->severity),
                                   BRV_STR_ARG(row->message));
    void **slot = brv_map_at(&findings->known, key);
    if (*slot) {
        struct brv_diag_row *known = &findings->rows[(size_t)*slot - 1];
        if (!brv_diag_row_is_of(known, format))
            known->formats =
                brv_arena_printf(arena, "%" BRV_STR_F ",%s", BRV_STR_ARG(known->formats), format);
        return;
    }
    struct brv_diag_row added = *row;
    added.formats = brv_str_from_cstr(format);
    BRV_PUSH(arena, findings->rows, findings->count, findings->capacity) = added;
    *slot = (void *)findings->count; // NOLINT: a number, from 1
}

void brv_findings_add_all(struct brv_findings *findings, const struct brv_sink *sink,
                          const char *format)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next) {
        struct brv_diag_row row = {
            .severity = brv_str_from_cstr(brv_severity_name(diag->severity)),
            .code = brv_str_from_cstr(brv_code_name(diag->code)),
            .message = brv_arena_str(findings->arena, diag->message),
            .hint = brv_arena_str(findings->arena, diag->hint),
        };
        if (diag->span.source) {
            struct brv_location at = brv_span_locate(diag->span);
            row.file = brv_arena_str(findings->arena, diag->span.source->name);
            row.line = at.line;
            row.column = at.column;
        }
        brv_findings_add(findings, &row, format);
    }
}
