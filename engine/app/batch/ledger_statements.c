// Brevier — a ledger's statements.
// SPDX-License-Identifier: MIT
#include "app/batch/ledger_statements.h"

#define ITEM_COLUMNS                                                                               \
    "name, position, origin, stem, outcome, reason, kind, title, date, bytes, content, closure, "  \
    "plugins, assets, reads, choice"
#define OUTPUT_COLUMNS "format, path, bytes, digest, key, look"

static const char *const statements[BRV_LEDGER_STATEMENTS] = {
    [BRV_LEDGER_BEGIN] = "BEGIN IMMEDIATE",
    [BRV_LEDGER_COMMIT] = "COMMIT",
    [BRV_LEDGER_LOOK] = "BEGIN",
    [BRV_LEDGER_FIND] = "SELECT " ITEM_COLUMNS " FROM items WHERE name = ?1",
    [BRV_LEDGER_FIND_OUTPUT] =
        "SELECT " OUTPUT_COLUMNS ", (SELECT written FROM timings WHERE item = ?1 AND format = ?2)"
        " FROM outputs WHERE item = ?1 AND format = ?2",
    [BRV_LEDGER_FIND_PATH] = "SELECT item FROM outputs WHERE path = ?1",
    [BRV_LEDGER_FIND_CLOSURE] =
        "SELECT engine, sheets, selection, fonts, options FROM closures WHERE id = ?1",
    [BRV_LEDGER_FIND_LOOK] = "SELECT elements, rules FROM looks WHERE id = ?1",
    [BRV_LEDGER_FIND_CHOICE] = "SELECT sections, plugins FROM choices WHERE id = ?1",
    [BRV_LEDGER_EACH] = "SELECT " ITEM_COLUMNS " FROM items ORDER BY name",
    [BRV_LEDGER_EACH_OUTPUT] =
        "SELECT " OUTPUT_COLUMNS " FROM outputs WHERE item = ?1 ORDER BY format",
    [BRV_LEDGER_EACH_DIAGNOSTIC] =
        "SELECT formats, severity, code, file, line, column, message, hint FROM diagnostics "
        "WHERE item = ?1 ORDER BY number",
    [BRV_LEDGER_PUT] =
        "REPLACE INTO items (" ITEM_COLUMNS
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    [BRV_LEDGER_LOSE_PATH] =
        "UPDATE items SET closure = '', reason = 'its place is that of \"' || ?2 || '\" by now', "
        "outcome = CASE WHEN (SELECT count(*) FROM outputs WHERE item = items.name) > 1 "
        "THEN 'degraded' ELSE 'failed' END "
        "WHERE name = (SELECT item FROM outputs WHERE path = ?1 AND item <> ?2)",
    [BRV_LEDGER_PUT_OUTPUT] =
        "REPLACE INTO outputs (item, " OUTPUT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [BRV_LEDGER_PUT_TIMING] =
        "REPLACE INTO timings (item, format, micros, written) VALUES (?1, ?2, ?3, ?4)",
    [BRV_LEDGER_PUT_DIAGNOSTIC] =
        "REPLACE INTO diagnostics (item, number, formats, severity, code, file, line, column, "
        "message, hint) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [BRV_LEDGER_PUT_CLOSURE] =
        "REPLACE INTO closures (id, engine, sheets, selection, fonts, options) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [BRV_LEDGER_PUT_LOOK] = "REPLACE INTO looks (id, elements, rules) VALUES (?1, ?2, ?3)",
    [BRV_LEDGER_PUT_CHOICE] = "REPLACE INTO choices (id, sections, plugins) VALUES (?1, ?2, ?3)",
    [BRV_LEDGER_PUT_POSITION] = "UPDATE items SET position = ?2 WHERE name = ?1",
    [BRV_LEDGER_DOUBT] = "UPDATE outputs SET key = '' WHERE item = ?1 AND (?2 = '' OR format = ?2)",
    [BRV_LEDGER_REKEY] = "UPDATE outputs SET key = ?3 WHERE item = ?1 AND format = ?2",
    [BRV_LEDGER_DROP_DIAGNOSTICS] = "DELETE FROM diagnostics WHERE item = ?1",
    [BRV_LEDGER_DROP_ITEM] = "DELETE FROM items WHERE name = ?1",
    [BRV_LEDGER_DROP_OUTPUTS] = "DELETE FROM outputs WHERE item = ?1",
    [BRV_LEDGER_DROP_OUTPUT] = "DELETE FROM outputs WHERE item = ?1 AND format = ?2",
    [BRV_LEDGER_DROP_TIMINGS] = "DELETE FROM timings WHERE item = ?1",
    [BRV_LEDGER_DROP_CLOSURES] = "DELETE FROM closures WHERE NOT EXISTS "
                                 "(SELECT 1 FROM items WHERE closure = closures.id)",
    [BRV_LEDGER_DROP_LOOKS] = "DELETE FROM looks WHERE id NOT IN (SELECT look FROM outputs)",
    [BRV_LEDGER_DROP_CHOICES] = "DELETE FROM choices WHERE id NOT IN (SELECT choice FROM items)",
    [BRV_LEDGER_EACH_STAMP] =
        "SELECT path, device, inode, bytes, modified, changed, digest FROM stamps",
    [BRV_LEDGER_PUT_STAMP] =
        "REPLACE INTO stamps (path, device, inode, bytes, modified, changed, digest) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [BRV_LEDGER_DROP_STAMPS] = "DELETE FROM stamps",
    [BRV_LEDGER_RUN_BEGIN] = "INSERT INTO runs (started, options) VALUES (?1, ?2)",
    [BRV_LEDGER_RUN_END] = "UPDATE runs SET finished = ?1, complete = ?2, outcome = ?3 "
                           "WHERE id = (SELECT max(id) FROM runs)",
    [BRV_LEDGER_RUN_LAST] = "SELECT complete FROM runs ORDER BY id DESC LIMIT 1",
    [BRV_LEDGER_EACH_RUN_LEFT] = "SELECT options, outcome FROM runs WHERE id > "
                                 "coalesce((SELECT max(id) FROM runs WHERE complete), 0)",
    [BRV_LEDGER_EACH_RUN_COMPLETE] =
        "SELECT options, outcome FROM runs WHERE complete ORDER BY id DESC",
};

void brv_ledger_advise(const struct brv_ledger *ledger, struct brv_diag *diag,
                       struct brv_sink *sink)
{
    static const char *const advice[] = {
        [BRV_LEDGER_WRITE] = "rename or remove it: the same command makes it anew, a batch by "
                             "rendering everything",
        [BRV_LEDGER_JOIN] = "rename or remove it, and run its shard again",
        [BRV_LEDGER_READ] = "rename or remove it: a batch that writes makes it anew, by rendering "
                            "everything",
    };
    brv_diag_hint(sink, diag, "%s", advice[ledger->mode]);
}

enum brv_status brv_ledger_fault(struct brv_ledger *ledger, struct brv_sink *sink)
{
    if (ledger->is_told)
        return BRV_FAILED;
    ledger->is_told = ledger->fault != SQLITE_OK;
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_OUTPUT,
                                       brv_span_none(),
                                       "the ledger \"%" BRV_STR_F "\" cannot be used: %s",
                                       BRV_STR_ARG(ledger->path),
                                       ledger->is_told    ? sqlite3_errstr(ledger->fault)
                                       : ledger->database ? sqlite3_errmsg(ledger->database)
                                                          : "no memory");
    int code = ledger->is_told ? ledger->fault : sqlite3_errcode(ledger->database);
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        brv_ledger_advise(ledger, diag, sink);
    return BRV_FAILED;
}

sqlite3_stmt *brv_ledger_row(struct brv_ledger *ledger, const char *sql)
{
    sqlite3_stmt *row = NULL;
    if (sqlite3_prepare_v2(ledger->database, sql, -1, &row, NULL) == SQLITE_OK &&
        sqlite3_step(row) == SQLITE_ROW)
        return row;
    sqlite3_finalize(row);
    return NULL;
}

bool brv_ledger_next(struct brv_ledger *ledger, sqlite3_stmt *statement)
{
    int code = statement ? sqlite3_step(statement) : SQLITE_DONE;
    if (code != SQLITE_ROW && code != SQLITE_DONE && ledger->fault == SQLITE_OK)
        ledger->fault = code;
    return code == SQLITE_ROW;
}

sqlite3_stmt *brv_ledger_statement(struct brv_ledger *ledger, enum brv_ledger_statement which)
{
    sqlite3_stmt **slot = &ledger->statements[which];
    if (ledger->fault != SQLITE_OK && ledger->mode == BRV_LEDGER_WRITE)
        return NULL;
    int code = SQLITE_OK;
    if (*slot)
        sqlite3_reset(*slot);
    else
        code = sqlite3_prepare_v3(
            ledger->database, statements[which], -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
    if (code != SQLITE_OK && ledger->fault == SQLITE_OK)
        ledger->fault = code;
    return *slot;
}

enum brv_status brv_ledger_step(struct brv_ledger *ledger, sqlite3_stmt *statement,
                                struct brv_sink *sink)
{
    if (!statement)
        return brv_ledger_fault(ledger, sink);
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        return brv_ledger_fault(ledger, sink);
    sqlite3_reset(statement);
    return BRV_OK;
}

enum brv_status brv_ledger_step_with(struct brv_ledger *ledger, enum brv_ledger_statement which,
                                     brv_str first, brv_str second, struct brv_sink *sink)
{
    sqlite3_stmt *statement = brv_ledger_statement(ledger, which);
    if (statement && sqlite3_bind_parameter_count(statement) > 0)
        bind_text(statement, 1, first);
    if (statement && sqlite3_bind_parameter_count(statement) > 1)
        bind_text(statement, 2, second);
    return brv_ledger_step(ledger, statement, sink);
}
