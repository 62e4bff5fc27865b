// Brevier — digests of files, kept by what tells that a file is still the same.
// The fonts of a machine are hundreds of megabytes, and all of their bytes count. So the ledger
// keeps for each file that was read where it lay, how long it was and when it changed last, with
// its digest; and a later run reads only what differs in any of these. The time of the last change
// is the system's own, which no program sets back. What an installation has read no first run has
// to: a file beside the program holds the same of the fonts that were there then.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_STAMPS_H
#define BRV_APP_BATCH_STAMPS_H

#include "app/batch/ledger.h"

struct brv_stamps;

// With what the ledger has kept (NULL: there is none); lives in the arena. `now` is the Unix time.
struct brv_stamps *brv_stamps_new(struct brv_arena *arena, struct brv_ledger *ledger, int64_t now);

// Adds what the file at `path` holds of files that the ledger does not know. Without one, and for
// lines that make no sense, nothing is added.
void brv_stamps_read(struct brv_stamps *stamps, brv_str path);
// The content of such a file: of what was asked for and has settled.
void brv_stamps_write(const struct brv_stamps *stamps, struct brv_buf *out);

// The digest of a file's content, in the stamps' arena; empty when it is no file or not readable.
brv_str brv_stamps_digest(struct brv_stamps *stamps, brv_str path);

// Lets the ledger keep those of the files that were asked for, and forget the others; within a
// group.
enum brv_status brv_stamps_save(struct brv_stamps *stamps, struct brv_ledger *ledger,
                                struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
