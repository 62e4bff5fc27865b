// Brevier — a ledger's inside: its statements, shared by the files that read and write rows.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_LEDGER_STATEMENTS_H
#define BRV_APP_BATCH_LEDGER_STATEMENTS_H

#include "app/batch/ledger.h"

#include <sqlite3.h>

enum brv_ledger_statement {
    BRV_LEDGER_BEGIN,
    BRV_LEDGER_COMMIT,
    BRV_LEDGER_LOOK,
    BRV_LEDGER_FIND,
    BRV_LEDGER_FIND_OUTPUT,
    BRV_LEDGER_FIND_PATH,
    BRV_LEDGER_FIND_CLOSURE,
    BRV_LEDGER_FIND_LOOK,
    BRV_LEDGER_FIND_CHOICE,
    BRV_LEDGER_EACH,
    BRV_LEDGER_EACH_OUTPUT,
    BRV_LEDGER_EACH_DIAGNOSTIC,
    BRV_LEDGER_PUT,
    BRV_LEDGER_LOSE_PATH,
    BRV_LEDGER_PUT_OUTPUT,
    BRV_LEDGER_PUT_TIMING,
    BRV_LEDGER_PUT_DIAGNOSTIC,
    BRV_LEDGER_PUT_CLOSURE,
    BRV_LEDGER_PUT_LOOK,
    BRV_LEDGER_PUT_CHOICE,
    BRV_LEDGER_PUT_POSITION,
    BRV_LEDGER_DOUBT,
    BRV_LEDGER_REKEY,
    BRV_LEDGER_DROP_DIAGNOSTICS,
    BRV_LEDGER_DROP_ITEM,
    BRV_LEDGER_DROP_OUTPUTS,
    BRV_LEDGER_DROP_OUTPUT,
    BRV_LEDGER_DROP_TIMINGS,
    BRV_LEDGER_DROP_CLOSURES,
    BRV_LEDGER_DROP_LOOKS,
    BRV_LEDGER_DROP_CHOICES,
    BRV_LEDGER_EACH_STAMP,
    BRV_LEDGER_PUT_STAMP,
    BRV_LEDGER_DROP_STAMPS,
    BRV_LEDGER_RUN_BEGIN,
    BRV_LEDGER_RUN_END,
    BRV_LEDGER_RUN_LAST,
    BRV_LEDGER_EACH_RUN_LEFT,
    BRV_LEDGER_EACH_RUN_COMPLETE,
    BRV_LEDGER_STATEMENTS,
};

struct brv_ledger {
    sqlite3 *database;
    sqlite3_stmt *statements[BRV_LEDGER_STATEMENTS]; // prepared when first used
    brv_str path;
    enum brv_ledger_mode mode;
    int fault;    // SQLite's code, of the first row that could not be read
    bool is_told; // it was reported
};

// Reports what SQLite says; always BRV_FAILED.
enum brv_status brv_ledger_fault(struct brv_ledger *ledger, struct brv_sink *sink);

// Says what to do about a ledger that is of no use.
void brv_ledger_advise(const struct brv_ledger *ledger, struct brv_diag *diag,
                       struct brv_sink *sink);

// Runs SQL that gives no rows.
enum brv_status brv_ledger_execute(struct brv_ledger *ledger, const char *sql,
                                   struct brv_sink *sink) BRV_WARN_UNUSED;

// The first row that SQL gives which is asked for once, to be finalized; NULL when it gives none.
sqlite3_stmt *brv_ledger_row(struct brv_ledger *ledger, const char *sql);

// The next row of a statement (NULL: of none) that reads; false behind the last, or when it cannot
// be read, which the ledger remembers.
bool brv_ledger_next(struct brv_ledger *ledger, sqlite3_stmt *statement);

// The statement, prepared and reset; NULL when it cannot be prepared, or the ledger that is written
// to could not be read: SQLite tries for ten seconds each time.
sqlite3_stmt *brv_ledger_statement(struct brv_ledger *ledger, enum brv_ledger_statement which);
// Runs one that gives no rows.
enum brv_status brv_ledger_step(struct brv_ledger *ledger, sqlite3_stmt *statement,
                                struct brv_sink *sink) BRV_WARN_UNUSED;
// Runs one whose parameters are at most two texts.
enum brv_status brv_ledger_step_with(struct brv_ledger *ledger, enum brv_ledger_statement which,
                                     brv_str first, brv_str second, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// Texts are not copied: a statement has done its work before any of its texts goes.
static inline void bind_text(sqlite3_stmt *statement, int index, brv_str text)
{
    sqlite3_bind_text(statement, index, text.len > 0 ? text.ptr : "", (int)text.len, SQLITE_STATIC);
}

static inline void bind_number(sqlite3_stmt *statement, int index, uint64_t number)
{
    sqlite3_bind_int64(statement, index, (sqlite3_int64)number);
}

#endif
