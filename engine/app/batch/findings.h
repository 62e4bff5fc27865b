// Brevier — what the formats of an item say, each thing once.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_FINDINGS_H
#define BRV_APP_BATCH_FINDINGS_H

#include "app/batch/ledger.h"
#include "base/hash.h"

struct brv_findings {
    struct brv_arena *arena;
    struct brv_map known; // rows by what is said and where
    struct brv_diag_row *rows;
    size_t count;
    size_t capacity;
};
struct brv_findings brv_findings_init(struct brv_arena *arena);

// Adds what a format says. What another said before is that row, with this format's name added.
void brv_findings_add(struct brv_findings *findings, const struct brv_diag_row *row,
                      const char *format);
// The same for all that was reported.
void brv_findings_add_all(struct brv_findings *findings, const struct brv_sink *sink,
                          const char *format);

// Whether a row is of this format: "pdf" is one of "pdf,docx".
bool brv_diag_row_is_of(const struct brv_diag_row *row, const char *format);

#endif
