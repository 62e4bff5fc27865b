// Brevier — feeds: the rows of a SELECT over an SQLite file.
// The first column names an item, the second is its text. The file is opened read-only.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/buf.h"
#include "base/file.h"

#include <sqlite3.h>
#include <stdio.h>

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

// Whether a database that is kept with a write-ahead log has none beside it: then nobody writes to
// it, and SQLite need not make one only to read.
static bool is_at_rest(struct brv_arena *arena, brv_str path)
{
    enum { VERSIONS = 18, WITH_LOG = 2 }; // where in the header that stands, as two bytes
    char header[VERSIONS + 2] = { 0 };
    FILE *file = fopen(brv_arena_cstr(arena, path), "rbe");
    bool has_header = file && fread(header, sizeof header, 1, file) == 1;
    if (file)
        fclose(file);
    return has_header && header[VERSIONS] == WITH_LOG && header[VERSIONS + 1] == WITH_LOG &&
           !brv_file_exists(brv_arena_printf(arena, "%" BRV_STR_F "-wal", BRV_STR_ARG(path)));
}

// The path as an address of SQLite's.
static char *address_of(struct brv_arena *arena, brv_str path)
{
    struct brv_buf *address = brv_buf_new_in(arena);
    brv_buf_add_cstr(address, brv_str_starts_with(path, BRV_S("/")) ? "file://" : "file:");
    for (size_t i = 0; i < path.len; i++)
        if (strchr("%?#", path.ptr[i]))
            brv_buf_printf(address, "%%%02x", (unsigned)(unsigned char)path.ptr[i]);
        else
            brv_buf_add_byte(address, path.ptr[i]);
    brv_buf_add_cstr(address, is_at_rest(arena, path) ? "?immutable=1" : "");
    return brv_arena_cstr(arena, brv_buf_str(address));
}

enum brv_status brv_feed_open_table(struct brv_feed_source *source, brv_str path,
                                    const struct brv_feed_options *options, struct brv_sink *sink)
{
    struct table *table = BRV_NEW(source->arena, struct table);
    table->path = brv_arena_str(source->arena, path);
    table->limit_bytes = options->limits->input_bytes;
    brv_arena_on_free(source->arena, table_close, table);
    if (sqlite3_open_v2(address_of(source->arena, path),
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
