// Brevier — zip archives: the packages of Word documents, written and read.
// The only files that see libzip are zip_write.c and zip_read.c. They are a module of their own:
// libzip brings libraries along that take long to bind, a tenth of a short document's time or,
// where libcrypto has no stand-in (engine/cmake/stand_in.cmake), as long as to build one. So an
// output gets them by a struct brv_zip_source and asks it for them when it needs them, which for a
// document without a template is when all its parts are there.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_ZIP_H
#define BRV_OUTPUT_ZIP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

// An entry as it stands in the archive. Who writes one compresses it: libzip would make a
// compressor for each of a dozen small parts, and clearing its quarter of a megabyte costs more
// than the work.
struct brv_zip_entry {
    const char *name;
    brv_str bytes; // deflated, or stored
    size_t size;   // once inflated
    uint32_t crc;  // of that
    bool is_stored;
};

struct brv_zip_reader; // opaque; lives in an arena

struct brv_zip {
    // Appends an archive to `out`: the entries in their order, with the first date that a zip can
    // hold, so that equal entries give equal bytes. A failure of libzip is an output error.
    enum brv_status (*write)(const struct brv_zip_entry *entries, size_t count, struct brv_buf *out,
                             struct brv_sink *sink);
    // NULL, with *why set, for what is no archive or holds too much. `bytes` must outlive it.
    struct brv_zip_reader *(*open)(struct brv_arena *arena, brv_str bytes, const char **why);
    // The content of an entry; empty when there is none, or with *why set when it cannot be read.
    // Limits hold before anything is inflated: the number of entries, the size of each and of all,
    // and how much an entry may grow.
    brv_str (*read)(struct brv_zip_reader *reader, brv_str name, const char **why);
};

extern const struct brv_zip brv_zip; // in module zip

struct brv_zip_source {
    // NULL, with an error reported, when it is not to be had.
    const struct brv_zip *(*open)(void *user, struct brv_sink *sink);
    void *user;
};

// zip_read.c, for zip_write.c, where the table is.
struct brv_zip_reader *brv_zip_open(struct brv_arena *arena, brv_str bytes, const char **why);
brv_str brv_zip_read(struct brv_zip_reader *reader, brv_str name, const char **why);

#endif
