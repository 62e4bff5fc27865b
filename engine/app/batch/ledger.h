// Brevier — the ledger: what became of every item of an archive, in an SQLite file.
// The schema is in ledger.sql, with a comment for each column: people query it. Rows hold nothing
// that depends on the clock, on the machine or on who finished first, except in the tables `runs`,
// `timings` and `stamps`; so the ledgers of an interrupted and an uninterrupted run hold the same.
// All changes of a group of items are one transaction, written after their outputs are on disk
// under their names.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_LEDGER_H
#define BRV_APP_BATCH_LEDGER_H

#include "base/diag.h"

struct brv_ledger;

// What all items of a run share of the things that their outcome depends on, as digests.
struct brv_closure {
    brv_str id; // digest of the others
    brv_str engine;
    brv_str sheets;
    brv_str selection; // which plugins there are, and what they match
    brv_str fonts;
    brv_str options;
};

enum brv_item_outcome {
    BRV_ITEM_DONE,
    BRV_ITEM_DEGRADED,
    BRV_ITEM_FAILED,
    BRV_ITEM_SKIPPED,     // no analysis
    BRV_ITEM_QUARANTINED, // it brought a worker down twice
};
const char *brv_item_outcome_name(enum brv_item_outcome outcome);

struct brv_item_row {
    brv_str name;
    uint64_t position; // in the source, from 1
    brv_str origin;
    brv_str stem;
    enum brv_item_outcome outcome;
    brv_str reason; // of all but DONE
    brv_str kind, title, date;
    uint64_t bytes;
    brv_str content; // digest of the analysis
    brv_str closure; // id
    brv_str choice;  // id; empty for what is no analysis
    brv_str plugins; // "NAME DIGEST\n" for each whose code ran, by name
    brv_str assets;  // "SOURCE DIGEST\n" for each picture, "-" for one that was not to be had
    brv_str reads; // "PLUGIN PATH DIGEST\n" for each file read by a grant, "PLUGIN -\n": the clock
};

struct brv_output_row {
    brv_str format;
    brv_str path; // beneath the output folder
    uint64_t bytes;
    brv_str digest;
    brv_str look; // id
    brv_str key;  // of what it was made from; see brv_item_key
    uint64_t micros;
    uint64_t written_nanos; // its file, by the file system's clock
};

// What of the stylesheets bears on an output, and which plugins manifests choose: see bearing.h.
struct brv_look_row {
    brv_str id, elements, rules;
};
struct brv_choice_row {
    brv_str id, sections, plugins;
};

struct brv_diag_row {
    brv_str formats; // "pdf,docx": the runs that gave it
    brv_str severity, code;
    brv_str file; // empty: no place
    uint64_t line, column;
    brv_str message, hint;
};

// A file outside the archive, when it was read; see stamps.h.
struct brv_stamp_row {
    brv_str path;
    uint64_t device, inode, bytes;
    uint64_t modified, changed; // nanoseconds
    brv_str digest;
};

// The schema's SQL, from ledger.sql.
brv_str brv_ledger_schema(void);

enum brv_ledger_mode {
    BRV_LEDGER_WRITE, // makes it when there is none
    BRV_LEDGER_JOIN,  // reads what others may be writing
    BRV_LEDGER_READ,  // nobody writes meanwhile: works where no file can be made beside it
};

// Opens the ledger at `path`; NULL after an error (none there, not a ledger, of another version, no
// permission). Closed with the arena.
struct brv_ledger *brv_ledger_open(struct brv_arena *arena, brv_str path, enum brv_ledger_mode mode,
                                   struct brv_sink *sink);

// Reading a row on its own costs more for asking whether the file has changed than for the row.
// Between these two it is asked once. What is read is of one moment; nothing is written meanwhile.
void brv_ledger_look(struct brv_ledger *ledger); // once more is nothing
void brv_ledger_look_away(struct brv_ledger *ledger);

// Whether all could be read so far that was asked for; BRV_FAILED, reported once, when not: then
// what was said not to be known may be.
enum brv_status brv_ledger_check(struct brv_ledger *ledger, struct brv_sink *sink) BRV_WARN_UNUSED;

// What stands of an item; false when it is not known. Texts live in the arena.
bool brv_ledger_find(struct brv_ledger *ledger, struct brv_arena *arena, brv_str name,
                     struct brv_item_row *row);
bool brv_ledger_find_output(struct brv_ledger *ledger, struct brv_arena *arena, brv_str item,
                            brv_str format, struct brv_output_row *row);
// Whether some item has an output of this path.
bool brv_ledger_has_path(struct brv_ledger *ledger, brv_str path);
// … and which; empty: none.
brv_str brv_ledger_path_owner(struct brv_ledger *ledger, struct brv_arena *arena, brv_str path);
bool brv_ledger_find_closure(struct brv_ledger *ledger, struct brv_arena *arena, brv_str id,
                             struct brv_closure *closure);
bool brv_ledger_find_look(struct brv_ledger *ledger, struct brv_arena *arena, brv_str id,
                          struct brv_look_row *row);
bool brv_ledger_find_choice(struct brv_ledger *ledger, struct brv_arena *arena, brv_str id,
                            struct brv_choice_row *row);
// What was said of an item, in the arena.
struct brv_diag_row *brv_ledger_diagnostics(struct brv_ledger *ledger, struct brv_arena *arena,
                                            brv_str item, size_t *count);
// Every item with its outputs, in the order of names.
typedef void brv_ledger_item_fn(void *user, const struct brv_item_row *row);
enum brv_status brv_ledger_each(struct brv_ledger *ledger, brv_ledger_item_fn *each, void *user,
                                struct brv_sink *sink) BRV_WARN_UNUSED;
typedef void brv_ledger_output_fn(void *user, brv_str item, const struct brv_output_row *row);
enum brv_status brv_ledger_each_output(struct brv_ledger *ledger, brv_str item,
                                       brv_ledger_output_fn *each, void *user,
                                       struct brv_sink *sink) BRV_WARN_UNUSED;

// A group: everything between begin and commit is written or nothing is.
enum brv_status brv_ledger_begin(struct brv_ledger *ledger, struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_ledger_commit(struct brv_ledger *ledger, struct brv_sink *sink) BRV_WARN_UNUSED;

// Puts an item's row in place of the one of its name; its diagnostics are forgotten.
enum brv_status brv_ledger_put(struct brv_ledger *ledger, const struct brv_item_row *row,
                               struct brv_sink *sink) BRV_WARN_UNUSED;
// Another item whose output had this path has lost it, and is tried again by the run that sees it.
enum brv_status brv_ledger_put_output(struct brv_ledger *ledger, brv_str item,
                                      const struct brv_output_row *row, struct brv_sink *sink)
    BRV_WARN_UNUSED;
enum brv_status brv_ledger_put_diagnostic(struct brv_ledger *ledger, brv_str item, uint64_t number,
                                          const struct brv_diag_row *row, struct brv_sink *sink)
    BRV_WARN_UNUSED;
enum brv_status brv_ledger_put_closure(struct brv_ledger *ledger, const struct brv_closure *closure,
                                       struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_ledger_put_look(struct brv_ledger *ledger, const struct brv_look_row *row,
                                    struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_ledger_put_choice(struct brv_ledger *ledger, const struct brv_choice_row *row,
                                      struct brv_sink *sink) BRV_WARN_UNUSED;
// Where the item stands in the source now.
enum brv_status brv_ledger_put_position(struct brv_ledger *ledger, brv_str name, uint64_t position,
                                        struct brv_sink *sink) BRV_WARN_UNUSED;
// Notes that an item's output of this format, or with an empty one all its outputs, are about to
// change: none of them counts as up to date until it is put again.
enum brv_status brv_ledger_doubt(struct brv_ledger *ledger, brv_str name, brv_str format,
                                 struct brv_sink *sink) BRV_WARN_UNUSED;
// Gives an item's output of this format another key.
enum brv_status brv_ledger_rekey(struct brv_ledger *ledger, brv_str name, brv_str format,
                                 brv_str key, struct brv_sink *sink) BRV_WARN_UNUSED;
// Forgets an item with its outputs and diagnostics; or one of its outputs.
enum brv_status brv_ledger_drop(struct brv_ledger *ledger, brv_str name, struct brv_sink *sink)
    BRV_WARN_UNUSED;
enum brv_status brv_ledger_drop_output(struct brv_ledger *ledger, brv_str name, brv_str format,
                                       struct brv_sink *sink) BRV_WARN_UNUSED;

// The stamps; what cannot be read of them counts as not there.
typedef void brv_ledger_stamp_fn(void *user, const struct brv_stamp_row *row);
void brv_ledger_each_stamp(struct brv_ledger *ledger, brv_ledger_stamp_fn *each, void *user);
enum brv_status brv_ledger_put_stamp(struct brv_ledger *ledger, const struct brv_stamp_row *row,
                                     struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_ledger_drop_stamps(struct brv_ledger *ledger, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// Notes the beginning and end of a run, with Unix times and the command's options; a complete one
// left no item. A group that was begun and not committed when it ends is forgotten.
enum brv_status brv_ledger_run_begin(struct brv_ledger *ledger, int64_t now, brv_str options,
                                     struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_ledger_run_end(struct brv_ledger *ledger, int64_t now, bool is_complete,
                                   brv_str outcome, struct brv_sink *sink) BRV_WARN_UNUSED;

// Whether the last run came to its end, and left no item; false as well when there was none.
bool brv_ledger_is_finished(struct brv_ledger *ledger);
// The runs since the last that did; an outcome is empty where the run was killed.
typedef void brv_ledger_run_fn(void *user, brv_str options, brv_str outcome);
void brv_ledger_each_run_left(struct brv_ledger *ledger, brv_ledger_run_fn *each, void *user);
// The runs that left no item, the last one first.
void brv_ledger_each_run_complete(struct brv_ledger *ledger, brv_ledger_run_fn *each, void *user);

// Forgets every item, but not the runs; within a group.
enum brv_status brv_ledger_clear(struct brv_ledger *ledger, struct brv_sink *sink) BRV_WARN_UNUSED;

// Adds all rows of another ledger, whose items take the place of those of the same name, unless
// their outputs were written later; within a group.
enum brv_status brv_ledger_merge(struct brv_ledger *ledger, struct brv_ledger *other,
                                 struct brv_sink *sink) BRV_WARN_UNUSED;
// How many items the last one merged had that were there before, and the first of their names.
size_t brv_ledger_met(struct brv_ledger *ledger, struct brv_arena *arena, brv_str *first);

// When the last output that a ledger tells of was written; 0: it tells of none.
uint64_t brv_ledger_written(struct brv_ledger *ledger);
// Whether the last run that a ledger tells of was of no shard, and the shard of the other has not
// run since.
bool brv_ledger_is_ahead(struct brv_ledger *ledger, struct brv_ledger *shard);

// How a ledger's items were rendered: the closure of most of them, and the formats that there are
// outputs of, "pdf, text". False when it has none.
struct brv_ledger_manner {
    struct brv_closure closure;
    brv_str formats;
};
bool brv_ledger_manner(struct brv_ledger *ledger, struct brv_arena *arena,
                       struct brv_ledger_manner *manner);

// The digest of all that an output is made from.
brv_str brv_item_key(struct brv_arena *arena, const struct brv_item_row *row);

#endif
