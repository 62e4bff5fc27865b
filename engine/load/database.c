// Brevier — how SQLite is told to open a file.
// SPDX-License-Identifier: MIT
#include "load/database.h"

#include "base/buf.h"
#include "base/file.h"

#include <stdio.h>

// Whether a database that is kept with a write-ahead log has none beside it.
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

char *brv_database_address(struct brv_arena *arena, brv_str path, bool only_reads)
{
    struct brv_buf *address = brv_buf_new_in(arena);
    brv_buf_add_cstr(address, brv_str_starts_with(path, BRV_S("/")) ? "file://" : "file:");
    for (size_t i = 0; i < path.len; i++)
        if (strchr("%?#", path.ptr[i]))
            brv_buf_printf(address, "%%%02x", (unsigned)(unsigned char)path.ptr[i]);
        else
            brv_buf_add_byte(address, path.ptr[i]);
    brv_buf_add_cstr(address, only_reads && is_at_rest(arena, path) ? "?immutable=1" : "");
    return brv_arena_cstr(arena, brv_buf_str(address));
}
