// Brevier — the kinds of sources behind a feed.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_SOURCE_H
#define BRV_LOAD_FEED_SOURCE_H

#include "load/feed.h"

// One entry of a source as found: names are raw, bytes unchecked.
struct brv_feed_entry {
    brv_str name; // within the source
    brv_str path; // on disk; empty within a container
    brv_str bytes;
    enum brv_feed_state state;
    brv_str reason;
    bool is_file;   // `path` is to be read, and may be a container; bytes are not filled
    bool is_folder; // FAILED: it cannot be read; WHOLE: all in it has come out
};

struct brv_feed_source {
    struct brv_feed_source *outer; // what goes on when this one ends
    struct brv_arena *arena;       // of its own; freed at its end
    brv_str prefix;                // put before the names of its entries: "sub/a/"
    brv_str label;                 // put before them in messages: "sub/a.zip:"
    brv_str name;                  // of a container as an item: "sub/a.zip"; empty: it is none
    brv_str path;                  // … on disk
    brv_str fault;                 // why it cannot be read, or not to its end
    // How far next() is, in bytes, entries or rows, of how many; 0: that is not known.
    uint64_t gone, size;
    uint64_t passed_over; // because of globs, by next() itself; a folder is one
    double weight;        // … of its bytes, unpacked, beside other sources; 0: it is no container
    void *state;
    // Whether next() has something to say at once; when not, *descriptor can be read from when it
    // may have. NULL: it always has.
    bool (*is_ready)(struct brv_feed_source *source, int *descriptor);
    // The next entry; false at the end or, with an error reported, where the source breaks off.
    bool (*next)(struct brv_feed_source *source, struct brv_arena *arena,
                 struct brv_feed_entry *entry, struct brv_sink *sink);
};

// Each opens a source into `source` (whose arena is set) or reports why it cannot.
enum brv_status brv_feed_open_folder(struct brv_feed_source *source, brv_str path,
                                     const struct brv_feed_options *options, struct brv_sink *sink);
enum brv_status brv_feed_open_zip(struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, struct brv_sink *sink);
enum brv_status brv_feed_open_tar(struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, struct brv_sink *sink);
enum brv_status brv_feed_open_lines(struct brv_feed_source *source, brv_str path,
                                    const struct brv_feed_options *options, struct brv_sink *sink);
enum brv_status brv_feed_open_list(struct brv_feed_source *source,
                                   const struct brv_feed_options *options, struct brv_sink *sink);
enum brv_status brv_feed_open_table(struct brv_feed_source *source, brv_str path,
                                    const struct brv_feed_options *options, struct brv_sink *sink);
// … without waiting for who writes to it: that was done.
enum brv_status brv_feed_open_table_at_once(struct brv_feed_source *source, brv_str path,
                                            const struct brv_feed_options *options,
                                            struct brv_sink *sink);

// Opens a table as one without rows: the query is looked at, and not run.
enum brv_status brv_feed_check_table(struct brv_feed_source *source, brv_str path,
                                     const struct brv_feed_options *options, struct brv_sink *sink);

// Whether an operand can be opened; false with an error reported. A pipe or a device is refused: to
// open one may take forever.
bool brv_feed_operand_check(struct brv_arena *arena, brv_str path, bool takes_folders,
                            struct brv_sink *sink);
// Leaves out operands that others before them lead to as well.
void brv_feed_operands_settle(struct brv_arena *arena, struct brv_feed_options *options);

// Whether the query suits the database, as far as that is told without running it. A database that
// cannot be read is no fault of the query; then `is_unread`.
bool brv_feed_query_check(const struct brv_feed_options *options, bool *is_unread,
                          struct brv_sink *sink);

// What a folder that is an operand is called, which may be written with slashes at its end.
brv_str brv_feed_root_name(brv_str path);

// How a file of this name is opened as a container; NULL: it is none.
brv_feed_open_fn *brv_feed_container(brv_str path);

// An entry that is not taken, or is lost; the format is of the reason.
void brv_feed_entry_lose(struct brv_arena *arena, struct brv_feed_entry *entry, const char *format,
                         ...) BRV_PRINTF(3, 4);
void brv_feed_entry_fail(struct brv_arena *arena, struct brv_feed_entry *entry, const char *format,
                         ...) BRV_PRINTF(3, 4);
// … because the system says nothing of its path, but why. One that is too long was never there.
void brv_feed_entry_miss(struct brv_arena *arena, struct brv_feed_entry *entry, int error);

// ---- names

// What is kept of a name that somebody made longer than any path.
brv_str brv_feed_name_cut(brv_str raw);
// The name of an entry that has none, after its number in the source at `path`: "reports-12".
brv_str brv_feed_name_numbered(struct brv_arena *arena, brv_str path, size_t number);

// A text on one line, as messages show it.
brv_str brv_feed_visible(struct brv_arena *arena, brv_str text);

// What a container calls an entry, with what stands before it. Either may hold anything, NULs too.
brv_str brv_feed_joined(struct brv_arena *arena, brv_str before, brv_str name);

// What a file that is listed by its path is called: the path without a root, "." and "..", which
// goes up: "sub/../a.md" is "a.md".
brv_str brv_feed_name_of_path(struct brv_arena *arena, brv_str path);

// A relative path that is safe to write beneath a folder on any system. Never empty.
brv_str brv_feed_name_clean(struct brv_arena *arena, brv_str raw);

// What is said of an entry of the name `raw`, and with `prefix` before it the name `clean`, that is
// called `called` in the end. Empty when nothing was changed but what harms nobody, "./" and
// doubled slashes.
brv_str brv_feed_name_warning(struct brv_arena *arena, brv_str prefix, brv_str raw, brv_str clean,
                              brv_str called);

// The "id" in the "meta" of a document in JSON, in the arena; empty when there is none.
brv_str brv_feed_json_id(struct brv_arena *arena, brv_str line);

// ---- patterns

// A pattern in the manner of .gitignore. Without "/" it is held against the last component of a
// path, else against all of it; "**" is any number of folders; "/" at its end: folders only.
struct brv_glob {
    brv_str text; // borrowed
    bool folders_only, is_path;
};
struct brv_glob brv_glob_parse(brv_str text);
bool brv_glob_matches_exactly(const struct brv_glob *glob, brv_str path, bool is_folder);
// The same, or a folder that the path lies in matches.
bool brv_glob_matches(brv_str glob, brv_str path, bool is_folder);
// Whether one of several does.
bool brv_globs_match(const brv_str *globs, size_t count, brv_str path);

// The rules of one .brevierignore, in order; the last that matches decides.
struct brv_ignore_rule {
    struct brv_glob glob;
    bool takes_back; // "!"
};
struct brv_ignore {
    struct brv_ignore_rule *rules;
    size_t count;
};
enum brv_ignored { BRV_IGNORED_UNSAID, BRV_IGNORED, BRV_IGNORED_NOT };

// The text is borrowed.
struct brv_ignore brv_ignore_parse(struct brv_arena *arena, brv_str text);
// What the rules of a folder say of a path beneath it.
enum brv_ignored brv_ignore_says(const struct brv_ignore *ignore, brv_str path, bool is_folder);

// ---- content

// Why bytes that are no analysis may hold some all the same, which are lost; or NULL. What begins
// as some archives do may be a text as well: whether it is one otherwise, the caller says.
const char *brv_feed_packed_fault(brv_str bytes, bool is_text);

// Why bytes are no analysis ("it is empty", "it is binary"), or NULL.
const char *brv_feed_content_fault(brv_str bytes);

#endif
