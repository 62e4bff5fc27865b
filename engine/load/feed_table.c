// Brevier — feeds: the rows of a SELECT over an SQLite file.
// The first column names an item, the second is its text. The file is opened read-only.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "load/database.h"

#include <sqlite3.h>

struct table {
    sqlite3 *database;
    sqlite3_stmt *select;
    brv_str path;
    size_t limit_bytes;
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

static bool table_next(struct brv_feed_source *source, struct brv_arena *arena,
                       struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct table *table = source->state;
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
    *entry = (struct brv_feed_entry){ .name = column(arena, table->select, 0) };
    if ((size_t)sqlite3_column_bytes(table->select, 1) > table->limit_bytes)
        brv_feed_entry_fail(arena, entry, BRV_FEED_TOO_LONG, table->limit_bytes);
    else
        entry->bytes = column(arena, table->select, 1);
    return true;
}

static enum brv_status table_fault(struct table *table, const char *what, struct brv_sink *sink)
{
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "%s \"%" BRV_STR_F "\": %s",
               what,
               BRV_STR_ARG(table->path),
               sqlite3_errmsg(table->database));
    return BRV_FAILED;
}

enum brv_status brv_feed_open_table(struct brv_feed_source *source, brv_str path,
                                    const struct brv_feed_options *options, struct brv_sink *sink)
{
    struct table *table = BRV_NEW(source->arena, struct table);
    table->path = brv_arena_str(source->arena, path);
    table->limit_bytes = options->limits->input_bytes;
    brv_arena_on_free(source->arena, table_close, table);
    if (sqlite3_open_v2(brv_database_address(source->arena, path, true),
                        &table->database,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                        NULL) != SQLITE_OK)
        return table_fault(table, "cannot open the database", sink);
    if (sqlite3_prepare_v2(
            table->database, options->query.ptr, (int)options->query.len, &table->select, NULL) !=
        SQLITE_OK)
        return table_fault(table, "the query does not suit", sink);
    if (!table->select || !sqlite3_stmt_readonly(table->select) ||
        sqlite3_column_count(table->select) != 2) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "--query is to be a SELECT of two columns, a name and a text");
        return BRV_FAILED;
    }
    source->state = table;
    source->next = table_next;
    return BRV_OK;
}
