// Brevier — how SQLite is told to open a file.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_DATABASE_H
#define BRV_LOAD_DATABASE_H

#include "base/arena.h"
#include "base/str.h"

// The path as an address of SQLite's, for SQLITE_OPEN_URI; lives in the arena. A database may be
// kept with a write-ahead log, which SQLite makes where there is none, even to read. Who only reads
// gets an address that tells it not to when none is there: then nobody writes.
char *brv_database_address(struct brv_arena *arena, brv_str path, bool only_reads);

#endif
