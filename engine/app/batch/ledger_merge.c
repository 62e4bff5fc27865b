// Brevier — the ledger of a batch: another's rows are added to it.
// SPDX-License-Identifier: MIT
#include "app/batch/ledger_statements.h"

// Copies what `select` gives of the other ledger by way of `insert`, whose parameters are its
// columns.
static enum brv_status rows_copy(struct brv_ledger *ledger, struct brv_ledger *other,
                                 const char *select, const char *insert, struct brv_sink *sink)
{
    sqlite3_stmt *from = NULL;
    sqlite3_stmt *to = NULL;
    enum brv_status status = BRV_FAILED;
    if (sqlite3_prepare_v2(other->database, select, -1, &from, NULL) != SQLITE_OK) {
        brv_ledger_fault(other, sink);
    } else if (sqlite3_prepare_v2(ledger->database, insert, -1, &to, NULL) != SQLITE_OK) {
        brv_ledger_fault(ledger, sink);
    } else {
        int code;
        status = BRV_OK;
        while ((code = sqlite3_step(from)) == SQLITE_ROW && status == BRV_OK) {
            for (int i = 0; i < sqlite3_column_count(from); i++)
                sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
            status = brv_ledger_step(ledger, to, sink);
        }
        if (status == BRV_OK && code != SQLITE_DONE)
            status = brv_ledger_fault(other, sink);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    return status;
}

enum brv_status brv_ledger_clear(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return brv_ledger_execute(
        ledger,
        "DELETE FROM items; DELETE FROM outputs; DELETE FROM diagnostics;"
        "DELETE FROM closures; DELETE FROM looks; DELETE FROM choices; DELETE FROM timings",
        sink);
}

// Notes which items both have, and of which the row here is the later one: an analysis that changed
// is another shard's, and the one that had it does not know of that before its next run.
static enum brv_status items_meet(struct brv_ledger *ledger, struct brv_ledger *other,
                                  struct brv_sink *sink)
{
    return brv_ledger_execute(ledger,
                              "CREATE TEMP TABLE IF NOT EXISTS met (name TEXT PRIMARY KEY,"
                              " is_later INTEGER NOT NULL) WITHOUT ROWID; DELETE FROM met",
                              sink) ||
                   rows_copy(ledger,
                             other,
                             "SELECT name, coalesce(max(written), 0) FROM items LEFT JOIN timings"
                             " ON item = name GROUP BY name",
                             "INSERT INTO met (name, is_later) SELECT ?1, ?2 <"
                             " (SELECT coalesce(max(written), 0) FROM timings WHERE item = ?1)"
                             " WHERE EXISTS (SELECT 1 FROM items WHERE name = ?1)",
                             sink)
               ? BRV_FAILED
               : BRV_OK;
}

enum brv_status brv_ledger_merge(struct brv_ledger *ledger, struct brv_ledger *other,
                                 struct brv_sink *sink)
{
#define STAYS "EXISTS (SELECT 1 FROM met WHERE name = ?1 AND is_later)"
    static const struct {
        const char *select, *insert;
    } steps[] = {
        { "SELECT name FROM items", "DELETE FROM diagnostics WHERE item = ?1 AND NOT " STAYS },
        { "SELECT name FROM items", "DELETE FROM outputs WHERE item = ?1 AND NOT " STAYS },
        { "SELECT name FROM items", "DELETE FROM timings WHERE item = ?1 AND NOT " STAYS },
        { "SELECT name, position, origin, stem, outcome, reason, kind, title, date, bytes, content,"
          " closure, plugins, assets, reads, choice FROM items",
          "REPLACE INTO items (name, position, origin, stem, outcome, reason, kind, title, date,"
          " bytes, content, closure, plugins, assets, reads, choice)"
          " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16"
          " WHERE NOT " STAYS },
        { "SELECT item, format, path, bytes, digest, key, look FROM outputs",
          "REPLACE INTO outputs (item, format, path, bytes, digest, key, look)"
          " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT " STAYS },
        { "SELECT item, number, formats, severity, code, file, line, column, message, hint"
          " FROM diagnostics",
          "REPLACE INTO diagnostics (item, number, formats, severity, code, file, line, column,"
          " message, hint) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT " STAYS },
        { "SELECT id, engine, sheets, selection, fonts, options FROM closures",
          "REPLACE INTO closures (id, engine, sheets, selection, fonts, options)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6)" },
        { "SELECT id, elements, rules FROM looks",
          "REPLACE INTO looks (id, elements, rules) VALUES (?1, ?2, ?3)" },
        { "SELECT id, sections, plugins FROM choices",
          "REPLACE INTO choices (id, sections, plugins) VALUES (?1, ?2, ?3)" },
        { "SELECT item, format, micros, written FROM timings",
          "REPLACE INTO timings (item, format, micros, written)"
          " SELECT ?1, ?2, ?3, ?4 WHERE NOT " STAYS },
        { "SELECT started, finished, complete, options, outcome FROM runs ORDER BY id",
          "INSERT INTO runs (started, finished, complete, options, outcome)"
          " SELECT ?1, ?2, ?3, ?4, ?5"
          " WHERE NOT EXISTS (SELECT 1 FROM runs WHERE started = ?1 AND options = ?4"
          " AND outcome IS ?5)" },
    };
#undef STAYS
    if (items_meet(ledger, other, sink))
        return BRV_FAILED;
    for (size_t i = 0; i < BRV_COUNT(steps); i++)
        if (rows_copy(ledger, other, steps[i].select, steps[i].insert, sink))
            return BRV_FAILED;
    return BRV_OK;
}

uint64_t brv_ledger_written(struct brv_ledger *ledger)
{
    sqlite3_stmt *row = brv_ledger_row(ledger, "SELECT max(written) FROM timings");
    uint64_t nanos = row ? (uint64_t)sqlite3_column_int64(row, 0) : 0;
    sqlite3_finalize(row);
    return nanos;
}

bool brv_ledger_is_ahead(struct brv_ledger *ledger, struct brv_ledger *shard)
{
    // The runs of shards come with the rows of shards: one of none that is the last came after
    // them.
    static const char own[] = "SELECT 1 FROM runs WHERE id = (SELECT max(id) FROM runs)"
                              " AND options NOT LIKE '%--shard=%'"
                              " AND (started > ?1 OR EXISTS"
                              " (SELECT 1 FROM runs WHERE started = ?1 AND options = ?2))";
    static const char last[] = "SELECT started, options FROM runs ORDER BY id DESC LIMIT 1";
    sqlite3_stmt *from = brv_ledger_row(shard, last);
    sqlite3_stmt *to = NULL;
    bool is_ahead = false;
    if (from && sqlite3_prepare_v2(ledger->database, own, -1, &to, NULL) == SQLITE_OK) {
        sqlite3_bind_value(to, 1, sqlite3_column_value(from, 0));
        sqlite3_bind_value(to, 2, sqlite3_column_value(from, 1));
        is_ahead = sqlite3_step(to) == SQLITE_ROW;
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    return is_ahead;
}

// A text of a row; empty when there is none.
static brv_str row_text(struct brv_arena *arena, sqlite3_stmt *row, int column)
{
    const char *text = row ? (const char *)sqlite3_column_text(row, column) : NULL;
    return brv_arena_str(arena, brv_str_from_cstr(text ? text : ""));
}

// The one text that a SELECT gives; empty when it gives none.
static brv_str text_select(struct brv_ledger *ledger, struct brv_arena *arena, const char *select)
{
    sqlite3_stmt *row = brv_ledger_row(ledger, select);
    brv_str text = row_text(arena, row, 0);
    sqlite3_finalize(row);
    return text;
}

bool brv_ledger_manner(struct brv_ledger *ledger, struct brv_arena *arena,
                       struct brv_ledger_manner *manner)
{
    brv_str closure = text_select(ledger,
                                  arena,
                                  "SELECT closure FROM items WHERE closure <> ''"
                                  " GROUP BY closure ORDER BY count(*) DESC, closure LIMIT 1");
    manner->formats = text_select(ledger,
                                  arena,
                                  "SELECT group_concat(format, ', ') FROM"
                                  " (SELECT DISTINCT format FROM outputs ORDER BY format)");
    return manner->formats.len > 0 &&
           brv_ledger_find_closure(ledger, arena, closure, &manner->closure);
}

size_t brv_ledger_met(struct brv_ledger *ledger, struct brv_arena *arena, brv_str *first)
{
    sqlite3_stmt *row = brv_ledger_row(ledger, "SELECT count(*), min(name) FROM met");
    size_t count = row ? (size_t)sqlite3_column_int64(row, 0) : 0;
    *first = row_text(arena, row, 1);
    sqlite3_finalize(row);
    return count;
}
