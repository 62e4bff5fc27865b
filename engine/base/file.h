// Brevier — reading and writing files.
// Reading is whole-file with a limit. Writing is all or nothing: a temporary file beside the
// target, written, synced and renamed; a failure leaves the old file untouched and no temporary.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_FILE_H
#define BRV_BASE_FILE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/macros.h"

// Reads a whole file ("-": standard input) into the arena. Fails with a diagnostic of `code` when
// it cannot be opened, is a directory, or is longer than `limit_bytes`.
enum brv_status brv_file_read(struct brv_arena *arena, brv_str path, size_t limit_bytes,
                              enum brv_code code, brv_str *content, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// A whole file as it lies in the system's memory, until the arena ends; parts nobody looks at are
// never read. Only for files that belong to the program as its modules do: who shortens such a
// file ends the process, and who writes into it changes what was read. False when it cannot be
// opened, is empty or no regular file; nothing is reported.
bool brv_file_map(struct brv_arena *arena, brv_str path, brv_str *content) BRV_WARN_UNUSED;

// Puts `content` at `path` ("-": standard output), atomically for files.
enum brv_status brv_file_write(brv_str path, brv_str content, struct brv_sink *sink)
    BRV_WARN_UNUSED;

bool brv_file_exists(brv_str path);
bool brv_is_directory(brv_str path);

// What changes when a file does.
struct brv_file_stamp {
    long long size_bytes;
    long long seconds; // since 1970, of the last change …
    long nanoseconds;  // … and what is beyond whole seconds
};
// False when there is no regular file of that name.
bool brv_file_stamp(brv_str path, struct brv_file_stamp *stamp) BRV_WARN_UNUSED;
// The same for a directory: what changes when a file comes into it or goes.
bool brv_directory_stamp(brv_str path, struct brv_file_stamp *stamp) BRV_WARN_UNUSED;

// The names in a directory (without "." and ".."), sorted by brv_str_compare; *count 0 when it
// cannot be read. Names live in the arena.
brv_str *brv_directory_list(struct brv_arena *arena, brv_str path, size_t *count);

// "dir/name"; `name` alone when it is absolute or dir is empty.
brv_str brv_path_join(struct brv_arena *arena, brv_str directory, brv_str name);
// The part before the last "/", "" when there is none ("/" for a file of the root).
brv_str brv_path_directory(brv_str path);
brv_str brv_path_file_name(brv_str path);
// The suffix after the last "." of the file name, without the dot; "" when there is none (a leading
// dot starts no suffix).
brv_str brv_path_extension(brv_str path);
// True for a relative path that stays beneath its root: no "", ".", ".." component, no leading
// "/", no backslash, no NUL.
bool brv_path_is_safe(brv_str path);

// Opens a regular file beneath `root` (a directory) for reading, never following a symbolic link
// or leaving the root (openat2 RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS, or component by component
// with O_NOFOLLOW where the kernel lacks it), and reads it whole.
enum brv_status brv_file_read_beneath(struct brv_arena *arena, brv_str root, brv_str path,
                                      size_t limit_bytes, struct brv_span where, brv_str *content,
                                      struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
