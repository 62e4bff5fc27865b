// Brevier — the ledger of a batch.
// SPDX-License-Identifier: MIT
#include "app/batch/ledger.h"

#include "app/batch/digest.h"

#include <sqlite3.h>

enum { SCHEMA_VERSION = 1 };

enum statement {
    BEGIN,
    COMMIT,
    FIND,
    FIND_OUTPUT,
    FIND_CLOSURE,
    EACH,
    EACH_OUTPUT,
    PUT,
    PUT_OUTPUT,
    PUT_TIMING,
    PUT_DIAGNOSTIC,
    PUT_CLOSURE,
    PUT_POSITION,
    DOUBT,
    DROP_DIAGNOSTICS,
    DROP_ITEM,
    DROP_OUTPUTS,
    DROP_OUTPUT,
    DROP_TIMINGS,
    RUN_BEGIN,
    RUN_END,
    STATEMENT_COUNT,
};

#define ITEM_COLUMNS                                                                               \
    "name, position, origin, stem, outcome, reason, kind, title, date, bytes, content, closure, "  \
    "plugins, assets"
#define OUTPUT_COLUMNS "format, path, bytes, digest, key"

static const char *const statements[STATEMENT_COUNT] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [FIND] = "SELECT " ITEM_COLUMNS " FROM items WHERE name = ?1",
    [FIND_OUTPUT] = "SELECT " OUTPUT_COLUMNS " FROM outputs WHERE item = ?1 AND format = ?2",
    [FIND_CLOSURE] = "SELECT engine, sheets, selection, fonts, options FROM closures WHERE id = ?1",
    [EACH] = "SELECT " ITEM_COLUMNS " FROM items ORDER BY name",
    [EACH_OUTPUT] = "SELECT " OUTPUT_COLUMNS " FROM outputs WHERE item = ?1 ORDER BY format",
    [PUT] = "REPLACE INTO items (" ITEM_COLUMNS
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [PUT_OUTPUT] =
        "REPLACE INTO outputs (item, " OUTPUT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [PUT_TIMING] = "REPLACE INTO timings (item, format, micros) VALUES (?1, ?2, ?3)",
    [PUT_DIAGNOSTIC] =
        "REPLACE INTO diagnostics (item, number, formats, severity, code, file, line, column, "
        "message, hint) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [PUT_CLOSURE] = "REPLACE INTO closures (id, engine, sheets, selection, fonts, options) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [PUT_POSITION] = "UPDATE items SET position = ?2 WHERE name = ?1",
    [DOUBT] = "UPDATE outputs SET key = '' WHERE item = ?1",
    [DROP_DIAGNOSTICS] = "DELETE FROM diagnostics WHERE item = ?1",
    [DROP_ITEM] = "DELETE FROM items WHERE name = ?1",
    [DROP_OUTPUTS] = "DELETE FROM outputs WHERE item = ?1",
    [DROP_OUTPUT] = "DELETE FROM outputs WHERE item = ?1 AND format = ?2",
    [DROP_TIMINGS] = "DELETE FROM timings WHERE item = ?1",
    [RUN_BEGIN] = "INSERT INTO runs (started, options) VALUES (?1, ?2)",
    [RUN_END] = "UPDATE runs SET finished = ?1, outcome = ?2 "
                "WHERE id = (SELECT max(id) FROM runs)",
};

struct brv_ledger {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENT_COUNT]; // prepared when first used
    brv_str path;
    bool is_read_only;
};

static void ledger_close(void *ptr)
{
    struct brv_ledger *ledger = ptr;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(ledger->statements[i]);
    sqlite3_close(ledger->database);
}

// ---- faults

static enum brv_status ledger_fault(struct brv_ledger *ledger, struct brv_sink *sink)
{
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "the ledger \"%" BRV_STR_F "\" cannot be used: %s",
               BRV_STR_ARG(ledger->path),
               ledger->database ? sqlite3_errmsg(ledger->database) : "no memory");
    return BRV_FAILED;
}

// ---- statements

static sqlite3_stmt *statement_of(struct brv_ledger *ledger, enum statement which)
{
    sqlite3_stmt **slot = &ledger->statements[which];
    if (!*slot)
        sqlite3_prepare_v3(
            ledger->database, statements[which], -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
    else
        sqlite3_reset(*slot);
    return *slot;
}

static void bind_text(sqlite3_stmt *statement, int index, brv_str text)
{
    sqlite3_bind_text(
        statement, index, text.len > 0 ? text.ptr : "", (int)text.len, SQLITE_TRANSIENT);
}

static void bind_number(sqlite3_stmt *statement, int index, uint64_t number)
{
    sqlite3_bind_int64(statement, index, (sqlite3_int64)number);
}

static enum brv_status statement_run(struct brv_ledger *ledger, sqlite3_stmt *statement,
                                     struct brv_sink *sink)
{
    if (!statement)
        return ledger_fault(ledger, sink);
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        return ledger_fault(ledger, sink);
    sqlite3_reset(statement);
    return BRV_OK;
}

// A statement whose parameters are all texts.
static enum brv_status run_with(struct brv_ledger *ledger, enum statement which, brv_str first,
                                brv_str second, struct brv_sink *sink)
{
    sqlite3_stmt *statement = statement_of(ledger, which);
    if (statement && sqlite3_bind_parameter_count(statement) > 0)
        bind_text(statement, 1, first);
    if (statement && sqlite3_bind_parameter_count(statement) > 1)
        bind_text(statement, 2, second);
    return statement_run(ledger, statement, sink);
}

static brv_str column_text(sqlite3_stmt *statement, struct brv_arena *arena, int index)
{
    const unsigned char *text = sqlite3_column_text(statement, index);
    int len = sqlite3_column_bytes(statement, index);
    brv_str borrowed = { (const char *)text, text ? (size_t)len : 0 };
    return arena ? brv_arena_str(arena, borrowed) : borrowed;
}

static uint64_t column_number(sqlite3_stmt *statement, int index)
{
    return (uint64_t)sqlite3_column_int64(statement, index);
}

// ---- rows

static const char *const outcome_names[] = {
    [BRV_ITEM_DONE] = "done",
    [BRV_ITEM_DEGRADED] = "degraded",
    [BRV_ITEM_FAILED] = "failed",
    [BRV_ITEM_SKIPPED] = "skipped",
    [BRV_ITEM_QUARANTINED] = "quarantined",
};

const char *brv_item_outcome_name(enum brv_item_outcome outcome)
{
    return outcome_names[outcome];
}

static enum brv_item_outcome outcome_from_name(brv_str name)
{
    size_t i = 0;
    while (i + 1 < BRV_COUNT(outcome_names) && !brv_str_is(name, outcome_names[i]))
        i++;
    return (enum brv_item_outcome)i;
}

static struct brv_item_row item_row(sqlite3_stmt *s, struct brv_arena *arena)
{
    return (struct brv_item_row){
        .name = column_text(s, arena, 0),
        .position = column_number(s, 1),
        .origin = column_text(s, arena, 2),
        .stem = column_text(s, arena, 3),
        .outcome = outcome_from_name(column_text(s, NULL, 4)),
        .reason = column_text(s, arena, 5),
        .kind = column_text(s, arena, 6),
        .title = column_text(s, arena, 7),
        .date = column_text(s, arena, 8),
        .bytes = column_number(s, 9),
        .content = column_text(s, arena, 10),
        .closure = column_text(s, arena, 11),
        .plugins = column_text(s, arena, 12),
        .assets = column_text(s, arena, 13),
    };
}

static struct brv_output_row output_row(sqlite3_stmt *s, struct brv_arena *arena)
{
    return (struct brv_output_row){
        .format = column_text(s, arena, 0),
        .path = column_text(s, arena, 1),
        .bytes = column_number(s, 2),
        .digest = column_text(s, arena, 3),
        .key = column_text(s, arena, 4),
    };
}

// ---- reading

bool brv_ledger_find(struct brv_ledger *ledger, struct brv_arena *arena, brv_str name,
                     struct brv_item_row *row)
{
    sqlite3_stmt *s = statement_of(ledger, FIND);
    if (!s)
        return false;
    bind_text(s, 1, name);
    bool is_found = sqlite3_step(s) == SQLITE_ROW;
    if (is_found)
        *row = item_row(s, arena);
    sqlite3_reset(s);
    return is_found;
}

bool brv_ledger_find_output(struct brv_ledger *ledger, struct brv_arena *arena, brv_str item,
                            brv_str format, struct brv_output_row *row)
{
    sqlite3_stmt *s = statement_of(ledger, FIND_OUTPUT);
    if (!s)
        return false;
    bind_text(s, 1, item);
    bind_text(s, 2, format);
    bool is_found = sqlite3_step(s) == SQLITE_ROW;
    if (is_found)
        *row = output_row(s, arena);
    sqlite3_reset(s);
    return is_found;
}

bool brv_ledger_find_closure(struct brv_ledger *ledger, struct brv_arena *arena, brv_str id,
                             struct brv_closure *closure)
{
    sqlite3_stmt *s = statement_of(ledger, FIND_CLOSURE);
    if (!s)
        return false;
    bind_text(s, 1, id);
    bool is_found = sqlite3_step(s) == SQLITE_ROW;
    if (is_found)
        *closure = (struct brv_closure){
            .id = brv_arena_str(arena, id),
            .engine = column_text(s, arena, 0),
            .sheets = column_text(s, arena, 1),
            .selection = column_text(s, arena, 2),
            .fonts = column_text(s, arena, 3),
            .options = column_text(s, arena, 4),
        };
    sqlite3_reset(s);
    return is_found;
}

enum brv_status brv_ledger_each(struct brv_ledger *ledger, brv_ledger_item_fn *each, void *user,
                                struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, EACH);
    int code = SQLITE_ERROR;
    while (s && (code = sqlite3_step(s)) == SQLITE_ROW) {
        struct brv_item_row row = item_row(s, NULL);
        each(user, &row);
    }
    return code == SQLITE_DONE ? BRV_OK : ledger_fault(ledger, sink);
}

enum brv_status brv_ledger_each_output(struct brv_ledger *ledger, brv_str item,
                                       brv_ledger_output_fn *each, void *user,
                                       struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, EACH_OUTPUT);
    int code = SQLITE_ERROR;
    if (s)
        bind_text(s, 1, item);
    while (s && (code = sqlite3_step(s)) == SQLITE_ROW) {
        struct brv_output_row row = output_row(s, NULL);
        each(user, item, &row);
    }
    return code == SQLITE_DONE ? BRV_OK : ledger_fault(ledger, sink);
}

// ---- writing

enum brv_status brv_ledger_begin(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return statement_run(ledger, statement_of(ledger, BEGIN), sink);
}

enum brv_status brv_ledger_commit(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return statement_run(ledger, statement_of(ledger, COMMIT), sink);
}

enum brv_status brv_ledger_put(struct brv_ledger *ledger, const struct brv_item_row *row,
                               struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, PUT);
    if (!s)
        return ledger_fault(ledger, sink);
    bind_text(s, 1, row->name);
    bind_number(s, 2, row->position);
    bind_text(s, 3, row->origin);
    bind_text(s, 4, row->stem);
    bind_text(s, 5, brv_str_from_cstr(outcome_names[row->outcome]));
    bind_text(s, 6, row->reason);
    bind_text(s, 7, row->kind);
    bind_text(s, 8, row->title);
    bind_text(s, 9, row->date);
    bind_number(s, 10, row->bytes);
    bind_text(s, 11, row->content);
    bind_text(s, 12, row->closure);
    bind_text(s, 13, row->plugins);
    bind_text(s, 14, row->assets);
    if (statement_run(ledger, s, sink))
        return BRV_FAILED;
    return run_with(ledger, DROP_DIAGNOSTICS, row->name, (brv_str){ 0 }, sink);
}

enum brv_status brv_ledger_put_output(struct brv_ledger *ledger, brv_str item,
                                      const struct brv_output_row *row, struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, PUT_OUTPUT);
    sqlite3_stmt *timing = statement_of(ledger, PUT_TIMING);
    if (!s || !timing)
        return ledger_fault(ledger, sink);
    bind_text(s, 1, item);
    bind_text(s, 2, row->format);
    bind_text(s, 3, row->path);
    bind_number(s, 4, row->bytes);
    bind_text(s, 5, row->digest);
    bind_text(s, 6, row->key);
    bind_text(timing, 1, item);
    bind_text(timing, 2, row->format);
    bind_number(timing, 3, row->micros);
    return statement_run(ledger, s, sink) ? BRV_FAILED : statement_run(ledger, timing, sink);
}

enum brv_status brv_ledger_put_diagnostic(struct brv_ledger *ledger, brv_str item, uint64_t number,
                                          const struct brv_diag_row *row, struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, PUT_DIAGNOSTIC);
    if (!s)
        return ledger_fault(ledger, sink);
    bind_text(s, 1, item);
    bind_number(s, 2, number);
    bind_text(s, 3, row->formats);
    bind_text(s, 4, row->severity);
    bind_text(s, 5, row->code);
    bind_text(s, 6, row->file);
    bind_number(s, 7, row->line);
    bind_number(s, 8, row->column);
    bind_text(s, 9, row->message);
    bind_text(s, 10, row->hint);
    return statement_run(ledger, s, sink);
}

enum brv_status brv_ledger_put_closure(struct brv_ledger *ledger, const struct brv_closure *closure,
                                       struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, PUT_CLOSURE);
    if (!s)
        return ledger_fault(ledger, sink);
    bind_text(s, 1, closure->id);
    bind_text(s, 2, closure->engine);
    bind_text(s, 3, closure->sheets);
    bind_text(s, 4, closure->selection);
    bind_text(s, 5, closure->fonts);
    bind_text(s, 6, closure->options);
    return statement_run(ledger, s, sink);
}

enum brv_status brv_ledger_put_position(struct brv_ledger *ledger, brv_str name, uint64_t position,
                                        struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, PUT_POSITION);
    if (!s)
        return ledger_fault(ledger, sink);
    bind_text(s, 1, name);
    bind_number(s, 2, position);
    return statement_run(ledger, s, sink);
}

enum brv_status brv_ledger_drop(struct brv_ledger *ledger, brv_str name, struct brv_sink *sink)
{
    static const enum statement parts[] = {
        DROP_DIAGNOSTICS, DROP_OUTPUTS, DROP_TIMINGS, DROP_ITEM
    };
    for (size_t i = 0; i < BRV_COUNT(parts); i++)
        if (run_with(ledger, parts[i], name, (brv_str){ 0 }, sink))
            return BRV_FAILED;
    return BRV_OK;
}

enum brv_status brv_ledger_doubt(struct brv_ledger *ledger, brv_str name, struct brv_sink *sink)
{
    return run_with(ledger, DOUBT, name, (brv_str){ 0 }, sink);
}

enum brv_status brv_ledger_drop_output(struct brv_ledger *ledger, brv_str name, brv_str format,
                                       struct brv_sink *sink)
{
    return run_with(ledger, DROP_OUTPUT, name, format, sink);
}

enum brv_status brv_ledger_run_begin(struct brv_ledger *ledger, int64_t now, brv_str options,
                                     struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, RUN_BEGIN);
    if (s) {
        bind_number(s, 1, (uint64_t)now);
        bind_text(s, 2, options);
    }
    return statement_run(ledger, s, sink);
}

enum brv_status brv_ledger_run_end(struct brv_ledger *ledger, int64_t now, brv_str outcome,
                                   struct brv_sink *sink)
{
    sqlite3_stmt *s = statement_of(ledger, RUN_END);
    if (s) {
        bind_number(s, 1, (uint64_t)now);
        bind_text(s, 2, outcome);
    }
    return statement_run(ledger, s, sink);
}

// ---- opening

static enum brv_status ledger_execute(struct brv_ledger *ledger, const char *sql,
                                      struct brv_sink *sink)
{
    return sqlite3_exec(ledger->database, sql, NULL, NULL, NULL) == SQLITE_OK
               ? BRV_OK
               : ledger_fault(ledger, sink);
}

static int64_t version_of(struct brv_ledger *ledger)
{
    sqlite3_stmt *s = NULL;
    int64_t version = -1;
    if (sqlite3_prepare_v2(ledger->database, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        version = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return version;
}

static enum brv_status ledger_set_up(struct brv_ledger *ledger, struct brv_arena *arena,
                                     struct brv_sink *sink)
{
    enum { PATIENCE_MS = 10000 };
    sqlite3_busy_timeout(ledger->database, PATIENCE_MS);
    int64_t version = version_of(ledger);
    if (version < 0)
        return ledger_fault(ledger, sink);
    if (version != 0 && version != SCHEMA_VERSION) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the ledger \"%" BRV_STR_F "\" is of version %lld, expected %d",
                   BRV_STR_ARG(ledger->path),
                   (long long)version,
                   SCHEMA_VERSION);
        return BRV_FAILED;
    }
    if (ledger->is_read_only)
        return BRV_OK;
    // A commit is on disk when it returns: outputs are known to the ledger only when they are safe.
    if (ledger_execute(ledger, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", sink) ||
        ledger_execute(ledger, "BEGIN IMMEDIATE", sink) ||
        ledger_execute(ledger, brv_arena_cstr(arena, brv_ledger_schema()), sink) ||
        ledger_execute(ledger, "PRAGMA user_version = 1; COMMIT", sink))
        return BRV_FAILED;
    return BRV_OK;
}

struct brv_ledger *brv_ledger_open(struct brv_arena *arena, brv_str path, bool is_read_only,
                                   struct brv_sink *sink)
{
    struct brv_ledger *ledger = BRV_NEW(arena, struct brv_ledger);
    ledger->path = brv_arena_str(arena, path);
    ledger->is_read_only = is_read_only;
    int flags = is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(brv_arena_cstr(arena, path), &ledger->database, flags, NULL);
    brv_arena_on_free(arena, ledger_close, ledger);
    if (code != SQLITE_OK) {
        ledger_fault(ledger, sink);
        return NULL;
    }
    return ledger_set_up(ledger, arena, sink) ? NULL : ledger;
}

// ---- merging

enum brv_status brv_ledger_merge(struct brv_ledger *ledger, brv_str path, struct brv_sink *sink)
{
    static const char tables[] =
        "BEGIN IMMEDIATE;"
        "DELETE FROM diagnostics WHERE item IN (SELECT name FROM other.items);"
        "DELETE FROM outputs WHERE item IN (SELECT name FROM other.items);"
        "DELETE FROM timings WHERE item IN (SELECT name FROM other.items);"
        "REPLACE INTO items SELECT * FROM other.items;"
        "REPLACE INTO outputs SELECT * FROM other.outputs;"
        "REPLACE INTO diagnostics SELECT * FROM other.diagnostics;"
        "REPLACE INTO closures SELECT * FROM other.closures;"
        "REPLACE INTO timings SELECT * FROM other.timings;"
        "INSERT INTO runs (started, finished, options, outcome)"
        " SELECT started, finished, options, outcome FROM other.runs ORDER BY id;"
        "COMMIT";
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink quiet = brv_sink_init(arena);
    enum brv_status status = BRV_FAILED;
    // Opened by itself first: what is no ledger is told by its own name.
    struct brv_ledger *other = brv_ledger_open(arena, path, false, sink);
    sqlite3_stmt *attach = NULL;
    if (other && sqlite3_prepare_v2(ledger->database, "ATTACH ?1 AS other", -1, &attach, NULL) ==
                     SQLITE_OK) {
        bind_text(attach, 1, path);
        status = statement_run(ledger, attach, sink);
        sqlite3_finalize(attach);
        if (status == BRV_OK) {
            status = ledger_execute(ledger, tables, sink);
            if (status)
                (void)ledger_execute(ledger, "ROLLBACK", &quiet);
            (void)ledger_execute(ledger, "DETACH other", &quiet);
        }
    }
    brv_arena_free(arena);
    return status;
}

brv_str brv_item_key(struct brv_arena *arena, brv_str content, brv_str closure, brv_str plugins,
                     brv_str assets)
{
    struct brv_digest digest;
    brv_digest_start(&digest);
    brv_digest_add(&digest, content);
    brv_digest_add(&digest, closure);
    brv_digest_add(&digest, plugins);
    brv_digest_add(&digest, assets);
    return brv_digest_end(&digest, arena);
}
