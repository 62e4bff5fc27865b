// Brevier — a batch: an archive in, its outputs and a ledger of them out.
//
//     feed ─► decide ─► window ─► crew of workers ─► window ─► publish ─► ledger, report
//
// The supervisor pulls items from the feed, leaves alone what the ledger says is done already, and
// hands the rest to worker processes, which render into temporary files. The window holds the items
// between reading and publishing; it is what bounds memory, and it puts results back into the order
// of the source. Publishing takes groups from its front: the files are synced, renamed to their
// names, and then the ledger learns of the whole group in one transaction. Whatever is killed
// between two groups, the next run finds a ledger that tells no more than what is on disk.
//
// A worker that crashes, hangs or wants too much memory costs its item one attempt; after a second
// one, alone in a fresh worker, the item is quarantined. Archives are unpacked by a process of
// their own (unpack.h). The supervisor runs no plugin and looks into no analysis.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_BATCH_H
#define BRV_APP_BATCH_BATCH_H

#include "app/batch/closure.h"
#include "app/batch/folders.h"
#include "app/batch/ledger.h"
#include "app/cli.h"
#include "base/hash.h"
#include "load/feed.h"

enum { BRV_FORMAT_LIMIT = 8 };

enum brv_slot_state {
    BRV_SLOT_FREE,
    BRV_SLOT_WAITING,  // for a worker
    BRV_SLOT_SENT,     // to one
    BRV_SLOT_FINISHED, // to be published
};

struct brv_made { // one output of an item, in a temporary file
    const struct brv_output *output;
    struct brv_output_row row;
    brv_str elements; // what its styling asked of the sheets
};

// An item between feed and ledger.
struct brv_slot {
    enum brv_slot_state state;
    struct brv_arena *arena; // of the item; freed with the slot
    struct brv_item_row row;
    brv_str path; // of the analysis on disk; empty within a container
    brv_str bytes;
    unsigned wanted; // formats to render, as bits of their place in the batch's list
    unsigned kept;   // formats that stand beside them, as bits of their place in brv_outputs;
                     // none: the row is written afresh. See keep.h
    struct brv_item_row before;       // of what is kept: the item's row …
    struct brv_diag_row *before_rows; // … and what its formats said
    size_t before_count;
    unsigned attempts;
    bool is_known;     // the ledger has a row of it
    bool is_unchanged; // nothing to do; the ledger's row stands
    bool has_moved;    // but for its position
    uint64_t place;    // of a part of the source: its position as the ledger has it; else 0
    bool is_retold;    // … or for what it is called: its row is written afresh, its outputs stand
    bool is_left_out;  // by --since: neither rendered nor in the ledger
    brv_str container; // that it came from, as an item: "pack.zip"; empty: from none
    bool is_left_over; // … by a signal, for the next run
    bool is_lost;      // its content could not be had: what stands of it stays
    struct brv_closure before_closure; // of an item that was rendered under another than today's
    bool is_recast;                    // … that bears on it in some formats at most
    brv_str sections;                  // of the analysis, once it was rendered
    bool has_left;                     // this shard for another, or the archive: its row goes
    brv_str why;                       // it is rendered
    brv_str fault;                     // why it cannot be had, or is none; empty for an analysis
    brv_str removed[BRV_FORMAT_LIMIT]; // paths of outputs of before that nothing took the place of
    size_t removed_count;
    bool had_altered; // somebody had altered one of these
    brv_str clash;    // its name met another's: an error; empty when it did not
    struct brv_made made[BRV_FORMAT_LIMIT];
    size_t made_count;
    struct brv_diag_row *diagnostics;
    size_t diagnostic_count;
    brv_str mismatch; // --verify: how it differs; empty: it does not
};

struct brv_counts {
    uint64_t items, done, degraded, failed, skipped, quarantined;
    uint64_t unchanged; // among those
    uint64_t rendered;
    uint64_t left_out;
    uint64_t compared;   // outputs, by --verify
    uint64_t mismatches; // … of these
    uint64_t faults;     // errors that are of no item: of a stylesheet, say
};

// Counts an item that is finished.
void brv_counts_add(struct brv_counts *counts, const struct brv_slot *slot);

struct brv_window {
    struct brv_slot *slots;
    size_t size;
    uint64_t first; // position of the oldest item
    uint64_t next;  // position of the next to be read
    size_t bytes;   // of the analyses in it
};

// An archive that failed before and is whole now is no item any more: its row goes when what it
// holds is in the ledger.
struct brv_mended {
    brv_str name;
    uint64_t end; // the position behind its last item
};

struct brv_batch {
    struct brv_cli *cli;
    struct brv_arena *arena;
    struct brv_sink *sink;
    struct brv_tools *tools;
    const struct brv_batch_options *options;
    bool is_dry; // it writes nothing: no ledger, no outputs
    const struct brv_output *formats[BRV_FORMAT_LIMIT];
    size_t format_count;
    bool uses_fonts;     // one of them does
    brv_str out;         // … of the outputs
    brv_str staging;     // folder of temporary files in it
    brv_str ledger_path; // of this shard
    brv_str *guarded;    // sources beneath the outputs' folder, as paths beneath it
    size_t guarded_count;
    struct brv_stamps *stamps; // of the files in it
    struct brv_closure closure;
    struct brv_bearings *bearings;
    const brv_str *plugin_digests; // by the host's index
    struct brv_map reads;          // digests of files that plugins read by grants, as looked up
    struct brv_ledger *ledger;
    struct brv_shards *shards; // the others; NULL without
    struct brv_feed *feed;
    struct brv_window window;
    struct brv_mended *mended; // in the order of their ends
    size_t mended_count, mended_capacity;
    size_t mended_at;           // … of those whose rows are still there
    struct brv_folders changed; // whose names are not synced
    struct brv_counts counts;
    struct brv_crew *crew;
    struct brv_report *report;
    uint64_t total;       // items of the source; 0: not known beforehand
    uint64_t unsent;      // no item before this position waits for a worker
    uint64_t begun;       // items to be rendered so far, for --limit
    uint64_t pending;     // … of these wait for a worker, or for its reply
    int awaits;           // what the feed waits for; -1: nothing
    bool has_ended;       // the feed
    bool has_quarantine;  // its folder is there
    bool has_items;       // the feed gave some
    bool has_lost_source; // one could not be opened, or broke off
    bool has_remains;     // files that were to go could not be removed
    bool is_stopping;     // by a signal: no new items
    bool is_partial;      // it does not end what a run before it left: it sees other items
    bool is_unfinished;   // at the end: items are left, by --limit, a signal or a fault
    bool has_broken;      // the surroundings failed: disk full, folder gone
};

static inline struct brv_slot *brv_batch_slot(struct brv_batch *batch, uint64_t position)
{
    return &batch->window.slots[position % batch->window.size];
}

// Gives closed standard streams a file that cannot be used, so that no other gets their number; a
// write that goes nowhere is one that fails, not one that kills.
void brv_batch_streams_settle(void);

// Chooses and makes the folders, locks them against another batch and opens the ledger.
enum brv_status brv_batch_places_choose(struct brv_batch *batch) BRV_WARN_UNUSED;

// A file of an item before it is published.
brv_str brv_batch_staged(const struct brv_batch *batch, struct brv_arena *arena, uint64_t position,
                         const char *suffix);
// Where an output is published, beneath the folder.
brv_str brv_batch_output_path(struct brv_arena *arena, brv_str stem,
                              const struct brv_output *output);

// Where an item's copy, or with the suffix its reason, lies in quarantine, beneath the folder. No
// two of these are called alike, nor what some file systems take for alike.
#define BRV_REASON_SUFFIX ".reason.txt"
// What lies there of an item: its copy and the reason, by the suffixes of their temporary files and
// of their names.
enum { BRV_QUARANTINE_FILES = 2 };
struct brv_quarantine_file {
    const char *staged, *published;
};
extern const struct brv_quarantine_file brv_quarantine_files[BRV_QUARANTINE_FILES];
brv_str brv_batch_quarantine_path(struct brv_arena *arena, const struct brv_item_row *row,
                                  const char *suffix);
// Removes a file beneath the folder, with the folders above it that are empty then. False, with an
// error reported, when it stands there still.
bool brv_batch_file_remove(struct brv_batch *batch, struct brv_arena *arena, brv_str path);

// Takes an item out of quarantine, or out of the place there that was its before; false as above.
bool brv_batch_quarantine_drop(struct brv_batch *batch, struct brv_arena *arena,
                               const struct brv_item_row *row);

// Whether a file, which may have been written to since or be a copy, holds an output's bytes.
bool brv_batch_is_as_written(struct brv_arena *arena, brv_str path,
                             const struct brv_output_row *row);

// Whether somebody has changed an output's file since it was written. False when it is gone.
bool brv_batch_is_altered(struct brv_batch *batch, struct brv_arena *arena, brv_str item,
                          const struct brv_output_row *row);

// When a file was last written to; 0 when there is none.
uint64_t brv_batch_written_nanos(struct brv_arena *arena, brv_str path);

// Why an output must not take its place: what stands there is a source, or may be one yet. NULL
// when it may. What no batch wrote there is not replaced without a word.
const char *brv_batch_place_fault(struct brv_batch *batch, const struct brv_slot *slot,
                                  const struct brv_output_row *row);

// Adds to what is told of an item.
void brv_slot_tell(struct brv_slot *slot, const struct brv_diag_row *rows, size_t count);

// Ends an item. One whose name met another's is degraded at best.
void brv_slot_finish(struct brv_slot *slot, enum brv_item_outcome outcome, brv_str reason);

// Whether the run sees only what globs choose.
bool brv_batch_has_globs(const struct brv_batch *batch);

// Pulls the next item into the window. False when there is no more, or none yet, or no room.
bool brv_batch_pull(struct brv_batch *batch);
// Whether the window takes no more items.
bool brv_batch_is_full(const struct brv_batch *batch);

// Decides what is to be done about an item that was read: fills wanted and why, or marks it as
// unchanged.
void brv_batch_decide(struct brv_batch *batch, struct brv_slot *slot);

// Takes away what stood before and goes, of the items before `end`, and tells the ledger that what
// stays is about to change: outputs of items that fail now, or that are called otherwise now, so
// that their names are free; so that a run killed in between leaves nothing that looks unchanged.
enum brv_status brv_batch_settle(struct brv_batch *batch, uint64_t end) BRV_WARN_UNUSED;
// Removes an output that goes, unless it is one of another shard by now; in a turn of this one.
// False when it stands there still, which is reported.
bool brv_batch_output_remove(struct brv_batch *batch, struct brv_arena *arena,
                             const struct brv_output_row *row);

// Publishes what is finished at the front of the window, at most one group; BRV_FAILED, with an
// error reported, when the surroundings fail.
enum brv_status brv_batch_publish(struct brv_batch *batch) BRV_WARN_UNUSED;

// --verify: compares what was made of an item with what the ledger and the folder hold.
void brv_slot_verify(struct brv_batch *batch, struct brv_slot *slot);
// … and finds the outputs that nothing is made of any more. The feed must have ended.
enum brv_status brv_batch_verify_rest(struct brv_batch *batch) BRV_WARN_UNUSED;

// Tells (or, with --yes, removes) the outputs whose source is gone. The feed must have ended.
enum brv_status brv_batch_prune(struct brv_batch *batch) BRV_WARN_UNUSED;

// brevier batch merge FOLDER.
enum brv_exit brv_batch_merge(struct brv_cli *cli);

#endif
