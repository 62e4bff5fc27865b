// Brevier — the ledger of a batch: opening, groups, runs.
// SPDX-License-Identifier: MIT
#include "app/batch/ledger_statements.h"

#include "app/batch/digest.h"
#include "load/database.h"

enum { SCHEMA_VERSION = 5 };

static void ledger_close(void *ptr)
{
    struct brv_ledger *ledger = ptr;
    for (size_t i = 0; i < BRV_LEDGER_STATEMENTS; i++)
        sqlite3_finalize(ledger->statements[i]);
    sqlite3_close(ledger->database);
}

// ---- groups and runs

enum brv_status brv_ledger_begin(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return brv_ledger_step(ledger, brv_ledger_statement(ledger, BRV_LEDGER_BEGIN), sink);
}

enum brv_status brv_ledger_commit(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return brv_ledger_step(ledger, brv_ledger_statement(ledger, BRV_LEDGER_COMMIT), sink);
}

enum brv_status brv_ledger_check(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return ledger->fault == SQLITE_OK ? BRV_OK : brv_ledger_fault(ledger, sink);
}

void brv_ledger_look(struct brv_ledger *ledger)
{
    sqlite3_stmt *s = sqlite3_get_autocommit(ledger->database)
                          ? brv_ledger_statement(ledger, BRV_LEDGER_LOOK)
                          : NULL;
    if (s) {
        brv_ledger_next(ledger, s);
        sqlite3_reset(s);
    }
}

void brv_ledger_look_away(struct brv_ledger *ledger)
{
    sqlite3_stmt *s = sqlite3_get_autocommit(ledger->database)
                          ? NULL
                          : brv_ledger_statement(ledger, BRV_LEDGER_COMMIT);
    if (s) {
        brv_ledger_next(ledger, s);
        sqlite3_reset(s);
    }
}

enum brv_status brv_ledger_run_begin(struct brv_ledger *ledger, int64_t now, brv_str options,
                                     struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_RUN_BEGIN);
    if (s) {
        bind_number(s, 1, (uint64_t)now);
        bind_text(s, 2, options);
    }
    return brv_ledger_step(ledger, s, sink);
}

// Forgets a group that could not be written.
static enum brv_status group_abandon(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return sqlite3_get_autocommit(ledger->database) ? BRV_OK
                                                    : brv_ledger_execute(ledger, "ROLLBACK", sink);
}

enum brv_status brv_ledger_run_end(struct brv_ledger *ledger, int64_t now, bool is_complete,
                                   brv_str outcome, struct brv_sink *sink)
{
    if (group_abandon(ledger, sink))
        return BRV_FAILED;
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_RUN_END);
    if (s) {
        bind_number(s, 1, (uint64_t)now);
        bind_number(s, 2, is_complete);
        bind_text(s, 3, outcome);
    }
    if (brv_ledger_step(ledger, s, sink))
        return BRV_FAILED;
    // What nothing was rendered with any more: the ledger tells of now, not of how it came about.
    static const enum brv_ledger_statement unused[] = { BRV_LEDGER_DROP_CLOSURES,
                                                        BRV_LEDGER_DROP_LOOKS,
                                                        BRV_LEDGER_DROP_CHOICES };
    for (size_t i = 0; i < BRV_COUNT(unused); i++)
        if (brv_ledger_step(ledger, brv_ledger_statement(ledger, unused[i]), sink))
            return BRV_FAILED;
    return BRV_OK;
}

bool brv_ledger_is_finished(struct brv_ledger *ledger)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_RUN_LAST);
    bool is_finished = brv_ledger_next(ledger, s) && sqlite3_column_int(s, 0) != 0;
    sqlite3_reset(s);
    return is_finished;
}

static brv_str run_text(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return brv_str_from_cstr(text ? text : "");
}

static void each_run(struct brv_ledger *ledger, enum brv_ledger_statement which,
                     brv_ledger_run_fn *each, void *user)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, which);
    while (brv_ledger_next(ledger, s))
        each(user, run_text(s, 0), run_text(s, 1));
    sqlite3_reset(s);
}

void brv_ledger_each_run_left(struct brv_ledger *ledger, brv_ledger_run_fn *each, void *user)
{
    each_run(ledger, BRV_LEDGER_EACH_RUN_LEFT, each, user);
}

void brv_ledger_each_run_complete(struct brv_ledger *ledger, brv_ledger_run_fn *each, void *user)
{
    each_run(ledger, BRV_LEDGER_EACH_RUN_COMPLETE, each, user);
}

// ---- opening

enum brv_status brv_ledger_execute(struct brv_ledger *ledger, const char *sql,
                                   struct brv_sink *sink)
{
    return sqlite3_exec(ledger->database, sql, NULL, NULL, NULL) == SQLITE_OK
               ? BRV_OK
               : brv_ledger_fault(ledger, sink);
}

// What SQL gives that is asked for one number; less than 0 when it cannot be had.
static int64_t number_of(struct brv_ledger *ledger, const char *sql)
{
    sqlite3_stmt *row = brv_ledger_row(ledger, sql);
    int64_t number = row ? sqlite3_column_int64(row, 0) : -1;
    sqlite3_finalize(row);
    return number;
}

static enum brv_status not_a_ledger(const struct brv_ledger *ledger, struct brv_sink *sink)
{
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_OUTPUT,
                                       brv_span_none(),
                                       "\"%" BRV_STR_F "\" is no ledger of a batch",
                                       BRV_STR_ARG(ledger->path));
    brv_ledger_advise(ledger, diag, sink);
    return BRV_FAILED;
}

static enum brv_status ledger_set_up(struct brv_ledger *ledger, struct brv_arena *arena,
                                     struct brv_sink *sink)
{
    enum { PATIENCE_MS = 10000 };
    sqlite3_busy_timeout(ledger->database, PATIENCE_MS);
    int64_t version = number_of(ledger, "PRAGMA user_version");
    if (version < 0)
        return brv_ledger_fault(ledger, sink);
    if (version != 0 && version != SCHEMA_VERSION) {
        struct brv_diag *diag =
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_OUTPUT,
                       brv_span_none(),
                       "the ledger \"%" BRV_STR_F "\" is of version %lld, expected %d",
                       BRV_STR_ARG(ledger->path),
                       (long long)version,
                       SCHEMA_VERSION);
        brv_ledger_advise(ledger, diag, sink);
        return BRV_FAILED;
    }
    // A database of somebody else may be of any version.
    const bool is_new = version == 0 && ledger->mode == BRV_LEDGER_WRITE;
    const int64_t tables = number_of(
        ledger,
        is_new ? "SELECT count(*) FROM sqlite_master"
               : "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('items', "
                 "'outputs', 'diagnostics', 'closures', 'timings', 'runs')");
    if (tables != (is_new ? 0 : 6))
        return not_a_ledger(ledger, sink);
    if (ledger->mode != BRV_LEDGER_WRITE)
        return BRV_OK;
    // A row of an item, or of a choice, is a kilobyte: of these a page of 8 KiB holds several, one
    // of 4 none without a page more. New choices go all over their table: 16 MiB are at hand. A
    // commit is on disk when it returns: outputs are known to the ledger only when they are safe.
    static const char pragmas[] = "PRAGMA page_size = 8192; PRAGMA cache_size = -16384;"
                                  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
    if (brv_ledger_execute(ledger, pragmas, sink) ||
        brv_ledger_execute(ledger, "BEGIN IMMEDIATE", sink) ||
        brv_ledger_execute(ledger, brv_arena_cstr(arena, brv_ledger_schema()), sink) ||
        brv_ledger_execute(ledger, "PRAGMA user_version = 5; COMMIT", sink))
        return BRV_FAILED;
    return BRV_OK;
}

struct brv_ledger *brv_ledger_open(struct brv_arena *arena, brv_str path, enum brv_ledger_mode mode,
                                   struct brv_sink *sink)
{
    struct brv_ledger *ledger = BRV_NEW(arena, struct brv_ledger);
    ledger->path = brv_arena_str(arena, path);
    ledger->mode = mode;
    // Who only joins may still have to put a log away that a killed run left.
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                (mode == BRV_LEDGER_WRITE ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(
        brv_database_address(arena, path, mode == BRV_LEDGER_READ), &ledger->database, flags, NULL);
    brv_arena_on_free(arena, ledger_close, ledger);
    if (code != SQLITE_OK) {
        brv_ledger_fault(ledger, sink);
        return NULL;
    }
    return ledger_set_up(ledger, arena, sink) ? NULL : ledger;
}

brv_str brv_item_key(struct brv_arena *arena, const struct brv_item_row *row)
{
    struct brv_digest digest;
    brv_digest_start(&digest);
    brv_digest_add(&digest, row->content);
    brv_digest_add(&digest, row->closure);
    brv_digest_add(&digest, row->plugins);
    brv_digest_add(&digest, row->assets);
    brv_digest_add(&digest, row->reads);
    return brv_digest_end(&digest, arena);
}
