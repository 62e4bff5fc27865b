// Brevier — feeds: the analyses of folders, archives, lists and tables, one after the other.
// A feed is pulled: it opens what it needs when it gets there, holds one analysis at a time,
// unpacks nothing to disk and gives the same items in the same order for the same source. What is
// no analysis comes out as well, with the reason, so that every entry of a source is accounted for.
//
// Sources, by operand: a folder (its tree, sorted, without hidden files), a .zip, a .tar, also
// packed as .gz, .bz2, .xz or .zst (.tgz, .tbz2, …), a .jsonl (a document a line), a single file,
// "-" (standard input lists file names, one a line); and a SELECT over an SQLite file. Containers
// within a folder are opened, containers within containers are not. Links are not followed. A path
// that is come to twice is one item.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_H
#define BRV_LOAD_FEED_H

#include "base/diag.h"
#include "model/limits.h"

// The folder beneath an output's that no item is called after: a batch keeps what it could not
// render there.
#define BRV_FEED_QUARANTINE "quarantine"

struct brv_feed_source;
struct brv_feed_options;

// Opens a container of a feed in the feed's place, in another process say, with the function that
// the feed would have called itself.
typedef enum brv_status brv_feed_open_fn(struct brv_feed_source *source, brv_str path,
                                         const struct brv_feed_options *options,
                                         struct brv_sink *sink);
typedef enum brv_status brv_feed_open_through_fn(void *user, brv_feed_open_fn *open,
                                                 struct brv_feed_source *source, brv_str path,
                                                 const struct brv_feed_options *options,
                                                 struct brv_sink *sink);

struct brv_feed_options {
    const brv_str *operands;
    size_t operand_count;
    brv_str database; // an SQLite file, read after the operands; empty: none
    brv_str query;    // a SELECT whose first column names an item and whose second is its text
    // Globs over the names of items ("*.md", "2025/**", "pack/drafts/"), whatever source they come
    // from: with includes an item must match one of them, with excludes none. The file
    // .brevierignore of a folder excludes likewise, "!" takes back.
    const brv_str *includes;
    size_t include_count;
    const brv_str *excludes;
    size_t exclude_count;
    brv_str avoid;                   // a folder that is not entered: the output's; may be empty
    const struct brv_limits *limits; // NULL: the defaults
    bool wants_total;                // files are counted; see brv_feed_total()
    bool wants_rows;                 // … the rows of a table as well, if that takes no time
    bool never_waits; // for a list or a container that is slow to say more; see brv_feed_awaits()
    brv_feed_open_through_fn *open_through; // archives and tables; NULL: the feed opens them
    void *user;                             // of open_through
};

enum brv_feed_state {
    BRV_FEED_ANALYSIS, // bytes are to be rendered
    BRV_FEED_SKIPPED,  // no analysis: empty, binary, of another encoding, a link, …
    BRV_FEED_FAILED,   // one that is not taken: over a limit, no file
    BRV_FEED_LOST,     // one that cannot be had: unreadable, gone, damaged. It may be what it was
    BRV_FEED_WHOLE,    // no item: a container was read to its end; one that failed before is mended
};

struct brv_feed_item {
    enum brv_feed_state state;
    bool is_container; // or a folder. WHOLE, or FAILED: what else it holds is not known
    brv_str reason;    // of SKIPPED and FAILED, in words
    // What a ledger knows the item by, and what its outputs are called: the relative path with
    // anything unsafe taken out (folders stay, "." and ".." and roots do not, nor device names and
    // control characters). Both are unique within the feed, stems also to file systems that
    // do not tell letters apart by case or by how they are written; a name that meets another gets
    // a number. (What is skipped has a stem that may be another's: it has no outputs.)
    brv_str name;
    brv_str stem;
    brv_str origin; // as messages name it, on one line: "archive.zip:2025/a.md"
    brv_str path;   // on disk; empty within a container
    brv_str bytes;
    brv_str container; // that it is within, named as it would be as an item; empty: within none
    brv_str warning;   // what was changed about the name to make it safe; empty when nothing
    // An error: another item came before it whose outputs would have been called alike. Empty when
    // none did.
    brv_str clash;
};

struct brv_feed;

// Checks that every operand can be opened, and the query; NULL after a usage or input error. The
// feed lives in the arena; options are borrowed.
struct brv_feed *brv_feed_new(struct brv_arena *arena, const struct brv_feed_options *options,
                              struct brv_sink *sink);

// The next item, its texts in `arena`; false at the end. A container that cannot be opened or
// breaks off in its middle is an item that failed, and so is a folder that cannot be read, whose
// name ends with "/"; the feed goes on with the next.
bool brv_feed_next(struct brv_feed *feed, struct brv_arena *arena, struct brv_feed_item *item,
                   struct brv_sink *sink);

// When an option forbids waiting and brv_feed_next() was false though there may be more: what can
// be read from before it is worth asking again. Else -1: it was the end.
int brv_feed_awaits(const struct brv_feed *feed);

// How many items there are in all, those included that have come out; 0: it is not known. Of files
// and folders it is counted. Archives and tables have it judged, by how many came out of as much of
// them as was read, better and better; of one that comes first nothing is known at the beginning,
// of a list nothing ever.
uint64_t brv_feed_total(const struct brv_feed *feed);

// How many files, entries and rows were passed over so far because of includes, excludes and
// .brevierignore; a folder that they leave out is one.
uint64_t brv_feed_passed_over(const struct brv_feed *feed);

// What the outputs of an item of this name are called after, unless another's are: the name without
// the suffix of a text file.
brv_str brv_feed_stem(brv_str name);

// What is said of an item whose outputs are called `stem` because of another, by its origin.
brv_str brv_feed_clash(struct brv_arena *arena, brv_str other, brv_str stem);

// Whether an item of this name has come out so far.
bool brv_feed_has_name(const struct brv_feed *feed, brv_str name);
// Whether includes and excludes let an item of this name come out.
bool brv_feed_takes_name(const struct brv_feed *feed, brv_str name);

#endif
