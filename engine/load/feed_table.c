// Brevier — feeds: the rows of a SELECT over an SQLite file.
// The first column names an item, the second is its text. The file is opened read-only. A row
// without a name is called after its number; one whose name is a BLOB that is no text, after its
// bytes.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/file.h"
#include "base/utf8.h"
#include "load/database.h"

#include <sqlite3.h>

enum { PATIENCE_MS = 10000 }; // with who writes to it meanwhile

struct table {
    sqlite3 *database;
    sqlite3_stmt *select;
    brv_str path;
    size_t limit_bytes;
    size_t number; // of rows given out
    bool wants_count;
};

static void table_close(void *state)
{
    struct table *table = state;
    sqlite3_finalize(table->select);
    sqlite3_close(table->database);
}

static brv_str column(struct brv_arena *arena, sqlite3_stmt *select, int index)
{
    const void *bytes = sqlite3_column_blob(select, index); // before the length, which it settles
    int len = sqlite3_column_bytes(select, index);
    return brv_arena_str(arena, (brv_str){ bytes, bytes ? (size_t)len : 0 });
}

static bool is_text(brv_str bytes)
{
    return brv_utf8_is_valid(bytes) && !memchr(bytes.ptr, 0, bytes.len);
}

static brv_str hexadecimal(struct brv_arena *arena, brv_str bytes)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    for (size_t i = 0; i < bytes.len; i++)
        brv_buf_printf(out, "%02x", (unsigned)(unsigned char)bytes.ptr[i]);
    return brv_buf_str(out);
}

static brv_str row_name(const struct table *table, struct brv_arena *arena)
{
    bool is_blob = sqlite3_column_type(table->select, 0) == SQLITE_BLOB;
    brv_str name = brv_feed_name_cut(column(arena, table->select, 0));
    if (brv_str_trim(name).len == 0)
        return brv_feed_name_numbered(arena, table->path, table->number);
    return is_blob && !is_text(name) ? hexadecimal(arena, name) : name;
}

static int count_stop(void *user)
{
    (void)user;
    return 1;
}

// How many rows there are to come; 0 when it cannot be told, or would take more than a moment.
static uint64_t rows_count(const struct table *table)
{
    enum { MOST_STEPS = 50 * 1000 * 1000 }; // of SQLite's machine: half a second
    struct brv_buf text = { 0 };
    brv_str query = brv_str_trim(brv_str_from_cstr(sqlite3_sql(table->select)));
    query.len -= brv_str_ends_with(query, BRV_S(";"));
    brv_buf_printf(&text, "SELECT count(*) FROM (%" BRV_STR_F "\n)", BRV_STR_ARG(query));
    sqlite3_stmt *count = NULL;
    uint64_t rows = 0;
    sqlite3_progress_handler(table->database, MOST_STEPS, count_stop, NULL);
    if (sqlite3_prepare_v2(table->database, text.ptr, (int)text.len, &count, NULL) == SQLITE_OK &&
        sqlite3_step(count) == SQLITE_ROW)
        rows = (uint64_t)sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    sqlite3_progress_handler(table->database, 0, NULL, NULL);
    brv_buf_deinit(&text);
    return rows;
}

static bool table_next(struct brv_feed_source *source, struct brv_arena *arena,
                       struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct table *table = source->state;
    if (table->wants_count && table->number == 0)
        source->size = rows_count(table);
    int code = sqlite3_step(table->select);
    if (code != SQLITE_ROW) {
        if (code != SQLITE_DONE)
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_INPUT,
                       brv_span_none(),
                       "the table of \"%" BRV_STR_F "\" breaks off: %s",
                       BRV_STR_ARG(table->path),
                       sqlite3_errmsg(table->database));
        return false;
    }
    source->gone = ++table->number;
    *entry = (struct brv_feed_entry){ .name = row_name(table, arena) };
    if ((size_t)sqlite3_column_bytes(table->select, 1) > table->limit_bytes)
        brv_feed_entry_fail(arena, entry, BRV_FEED_TOO_LONG, table->limit_bytes);
    else
        entry->bytes = column(arena, table->select, 1);
    return true;
}

// What is wrong with the query is its writer's to mend; else it is the database.
static enum brv_status table_fault(struct table *table, int code, struct brv_sink *sink)
{
    const bool is_query = code == SQLITE_ERROR;
    brv_report(sink,
               BRV_ERROR,
               is_query ? BRV_CODE_USAGE : BRV_CODE_INPUT,
               brv_span_none(),
               "%s \"%" BRV_STR_F "\": %s",
               is_query ? "--query does not suit" : "cannot read the database",
               BRV_STR_ARG(table->path),
               sqlite3_errmsg(table->database));
    return BRV_FAILED;
}

// Whether more than blanks and comments are behind a statement.
static bool is_followed(struct table *table, const char *rest, const char *end)
{
    while (rest < end) {
        sqlite3_stmt *next = NULL;
        const char *from = rest;
        int code = sqlite3_prepare_v2(table->database, from, (int)(end - from), &next, &rest);
        sqlite3_finalize(next);
        if (code != SQLITE_OK || next)
            return true;
        if (rest == from)
            break;
    }
    return false;
}

static enum brv_status query_prepare(struct table *table, brv_str query, struct brv_sink *sink)
{
    const char *rest;
    int code =
        sqlite3_prepare_v2(table->database, query.ptr, (int)query.len, &table->select, &rest);
    if (code != SQLITE_OK)
        return table_fault(table, code, sink);
    const char *fault = NULL;
    if (!table->select || sqlite3_column_count(table->select) != 2)
        fault = "is to be a SELECT of two columns, a name and a text";
    else if (!sqlite3_stmt_readonly(table->select))
        fault = "is to be a SELECT, which writes nothing";
    else if (is_followed(table, rest, query.ptr + query.len))
        fault = "is to be one SELECT, and nothing behind it";
    if (fault)
        brv_report(sink, BRV_ERROR, BRV_CODE_USAGE, brv_span_none(), "--query %s", fault);
    return fault ? BRV_FAILED : BRV_OK;
}

static enum brv_status table_open(struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, int patience_ms,
                                  struct brv_sink *sink)
{
    struct table *table = BRV_NEW(source->arena, struct table);
    table->path = brv_arena_str(source->arena, path);
    table->limit_bytes = options->limits->input_bytes;
    table->wants_count = options->wants_rows;
    brv_arena_on_free(source->arena, table_close, table);
    int code = sqlite3_open_v2(brv_database_address(source->arena, path, true),
                               &table->database,
                               SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                               NULL);
    // Its reader may write no temporary file: what ORDER BY sorts is in memory.
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(table->database, patience_ms);
    if (code == SQLITE_OK)
        code = sqlite3_exec(table->database, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return table_fault(table, code, sink);
    source->state = table;
    source->next = table_next;
    return query_prepare(table, options->query, sink);
}

// ---- exported

enum brv_status brv_feed_open_table(struct brv_feed_source *source, brv_str path,
                                    const struct brv_feed_options *options, struct brv_sink *sink)
{
    return table_open(source, path, options, PATIENCE_MS, sink);
}

enum brv_status brv_feed_open_table_at_once(struct brv_feed_source *source, brv_str path,
                                            const struct brv_feed_options *options,
                                            struct brv_sink *sink)
{
    return table_open(source, path, options, 0, sink);
}

enum brv_status brv_feed_check_table(struct brv_feed_source *source, brv_str path,
                                     const struct brv_feed_options *options, struct brv_sink *sink)
{
    enum brv_status status = brv_feed_open_table(source, path, options, sink);
    source->next = brv_feed_nothing_next;
    return status;
}
